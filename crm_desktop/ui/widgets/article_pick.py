"""A field that finds one article by what is typed of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import _
from crm_desktop.ui.host import session_of
from crm_desktop.ui.widgets.pick import Pick, Picked

_HITS = 8


class ArticlePick(Pick):
    """Typing lists articles below; `picked` tells that one was chosen, or the field emptied."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, _("Words of an article"), parent)

    def finder(self, text: str) -> Callable[[], Sequence[Picked]]:
        """What looks for articles."""
        knowledge = session_of(self).workspace.knowledge
        return lambda: [
            Picked(article.id or 0, article.title, article.tags)
            for article in knowledge.search(text, limit=_HITS)
        ]
