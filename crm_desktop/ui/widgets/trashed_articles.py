"""Articles that were deleted, each a click away from coming back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.articles import ArticleId, DeletedArticle
from crm_desktop.domain.changes import Changes, StepId
from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import Card, ElidedLabel, Icon, button, label, row
from crm_desktop.ui.widgets.notice import Notice

_MOST = 5


class TrashedArticles(Card):
    """The articles of the trash; hidden where there are none. `listed` tells that it knows them."""

    listed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, margins=(18, 12, 18, 12))
        self.articles: Sequence[DeletedArticle] = ()
        self._chosen: ArticleId | None = None
        self._titles: list[str] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._more = label("", "caption")
        self.yes = button(_("Erase for good"), kind="danger", clicked=self._erase)
        self.no = button(_("Keep"), clicked=self._keep, tip=_("Keep (Esc)"))
        self.question = Notice("triangle-alert", self.yes, self.no, kind="warning")
        self.body.setSpacing(SPACE.xs)
        self.body.addWidget(label(_("Deleted articles"), "section"))
        self.body.addWidget(self.question)
        self.body.addLayout(self._lines)
        self.body.addWidget(self._more)
        self.hide()

    def listen(self) -> None:
        """Show them, and follow what happens."""
        session_of(self).bus.changed.connect(self._changed)
        self.ask()

    def titles(self) -> list[str]:
        """The titles shown, from top to bottom."""
        return self._titles

    def _changed(self, changes: Changes) -> None:
        if "article" in changes.tables or changes.customers is None:
            self.ask()

    def ask(self) -> None:
        """Read them: erasing changes no table that one could follow."""
        knowledge = session_of(self).workspace.knowledge
        ReadOp(self, knowledge.trashed, key="trashed").success(self._show).run()

    def _show(self, found: Sequence[DeletedArticle]) -> None:
        fonts.ensure_for(*(one.title for one in found))
        while (item := self._lines.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self._titles = [one.title for one in found[:_MOST]]
        for one in found[:_MOST]:
            self._lines.addWidget(self._line(one))
        self._more.setText(_("… and {n} more").format(n=say.number(len(found) - _MOST)))
        self._more.setVisible(len(found) > _MOST)
        self.setVisible(bool(found))
        self.articles = found
        self.listed.emit()

    def _line(self, one: DeletedArticle) -> QWidget:
        made = QWidget()
        back = button(_("Restore"), kind="link", clicked=partial(self._restore, one.id))
        back.setAccessibleName(_("Restore {name}").format(name=one.title))
        erase = button(_("Erase for good"), kind="link", clicked=partial(self._ask_to_erase, one))
        erase.setAccessibleName(_("Erase {name} for good").format(name=one.title))
        when = label(say.moment(one.at), "caption")
        line = row(Icon("book-open", "faint", 15), ElidedLabel(one.title), when, back, erase)
        line.setStretch(1, 1)
        made.setLayout(line)
        return made

    def _restore(self, number: ArticleId, *_checked: object) -> None:
        knowledge, host = session_of(self).workspace.knowledge, host_of(self)

        def done(step: StepId) -> None:
            host.toast(_("The article is back"), undo=step)

        WriteOp(self, lambda: knowledge.restore([number])).success(done).run()

    def _ask_to_erase(self, one: DeletedArticle, *_checked: object) -> None:
        self._chosen = one.id
        words = _("“{name}” will be erased for good. This cannot be undone.")
        self.question.text.setText(words.format(name=one.title))
        self.question.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        self.question.hide()

    def _erase(self) -> None:
        knowledge, number = session_of(self).workspace.knowledge, self._chosen
        self.question.hide()
        if number is not None:
            WriteOp(self, lambda: knowledge.erase([number])).success(self._erased).run()

    def _erased(self, _count: int) -> None:
        self.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the question back."""
        if event.key() == Qt.Key.Key_Escape and self.question.isVisible():
            self._keep()
        else:
            super().keyPressEvent(event)
