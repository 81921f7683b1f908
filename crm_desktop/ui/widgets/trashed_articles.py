"""Articles that were deleted, each a click away from coming back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.articles import ArticleId
from crm_desktop.domain.changes import StepId
from crm_desktop.i18n import _
from crm_desktop.services.knowledge import KnowledgeService
from crm_desktop.ui.host import session_of
from crm_desktop.ui.widgets.trashed import Gone, Trashed


class TrashedArticles(Trashed):
    """The articles of the trash."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, title=_("Deleted articles"), icon="book-open", table="article")

    def ids(self) -> list[ArticleId]:
        """All of them."""
        return [ArticleId(one.id) for one in self.found]

    def reader(self) -> Callable[[], Sequence[Gone]]:
        """What reads them."""
        knowledge = self._service()
        return lambda: [Gone(one.id, one.title, one.at) for one in knowledge.trashed()]

    def restorer(self, number: int) -> Callable[[], StepId]:
        """What brings one back."""
        knowledge = self._service()
        return lambda: knowledge.restore([ArticleId(number)])

    def eraser(self, number: int) -> Callable[[], int]:
        """What erases one for good."""
        knowledge = self._service()
        return lambda: knowledge.erase([ArticleId(number)])

    def back_words(self) -> str:
        """What is said once one is back."""
        return _("The article is back")

    def _service(self) -> KnowledgeService:
        return session_of(self).workspace.knowledge
