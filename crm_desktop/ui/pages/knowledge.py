"""Knowledge."""

from crm_desktop.domain.articles import ArticleId
from crm_desktop.ui.pages.base import Page


class KnowledgePage(Page):
    """Soon."""

    def open_article(self, article: ArticleId) -> None:
        """Soon."""
