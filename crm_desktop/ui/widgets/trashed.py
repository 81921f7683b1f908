"""Deleted records that are no customers, each a click away from coming back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.domain.changes import Changes, StepId
from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import Card, ElidedLabel, Icon, button, label, row
from crm_desktop.ui.widgets.notice import Notice

# More are not worth the time that they take; the last ones are the ones that are wanted back.
_MOST = 100
_LINES_HIGH, _LEAST_LINES_HIGH = 120, 48


class Gone(NamedTuple):
    """A deleted record: its number, what it is called, when it was deleted."""

    id: int
    name: str
    at: datetime


class _Lines(QScrollArea):
    """As high as its lines, up to a few of them; the others are scrolled to."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        inner = QWidget()
        self.lines = QVBoxLayout(inner)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(0)
        self.setWidget(inner)

    def sizeHint(self) -> QSize:
        """All lines, or a few."""
        return QSize(0, min(self.lines.totalSizeHint().height(), _LINES_HIGH))

    def minimumSizeHint(self) -> QSize:
        """As many as show that there are more."""
        return QSize(0, min(self.lines.totalSizeHint().height(), _LEAST_LINES_HIGH))


class Trashed(Card):
    """The records of one kind in the trash; hidden where there are none.

    `listed` tells that it knows them.
    """

    listed = Signal()

    def __init__(self, parent: QWidget, *, title: str, icon: str, table: str) -> None:
        """Build it.

        Args:
            parent: its owner.
            title: what stands above them.
            icon: name of the icon beside each.
            table: whose changes may bring or take one.
        """
        super().__init__(parent, margins=(18, 12, 18, 12))
        self.found: Sequence[Gone] = ()
        self._icon = icon
        self._table = table
        self._chosen: int | None = None
        self._titles: list[str] = []
        self._area = _Lines()
        self._lines = self._area.lines
        self._more = label("", "caption")
        self.yes = button(_("Erase for good"), kind="danger", clicked=self._erase)
        self.no = button(_("Keep"), clicked=self._keep, tip=_("Keep (Esc)"))
        self.question = Notice("triangle-alert", self.yes, self.no, kind="warning")
        self.body.setSpacing(SPACE.xs)
        self.body.addWidget(label(title, "section"))
        self.body.addWidget(self.question)
        self.body.addWidget(self._area)
        self.body.addWidget(self._more)
        self.hide()

    # What each kind has of its own.

    def reader(self) -> Callable[[], Sequence[Gone]]:
        """What reads them, on a reader's thread."""
        raise NotImplementedError

    def restorer(self, number: int) -> Callable[[], StepId]:
        """What brings one back."""
        raise NotImplementedError

    def eraser(self, number: int) -> Callable[[], int]:
        """What erases one for good."""
        raise NotImplementedError

    def back_words(self) -> str:
        """What is said once one is back."""
        raise NotImplementedError

    # What all have.

    def listen(self) -> None:
        """Show them, and follow what happens."""
        session_of(self).bus.changed.connect(self._changed)
        self.ask()

    def titles(self) -> list[str]:
        """The names shown, from top to bottom."""
        return self._titles

    def _changed(self, changes: Changes) -> None:
        if self._table in changes.tables or changes.customers is None:
            self.ask()

    def ask(self) -> None:
        """Read them: erasing changes no table that one could follow."""
        ReadOp(self, self.reader(), key="trashed").success(self._show).run()

    def _show(self, found: Sequence[Gone]) -> None:
        fonts.ensure_for(*(one.name for one in found))
        while (item := self._lines.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self._titles = [one.name for one in found[:_MOST]]
        for one in found[:_MOST]:
            self._lines.addWidget(self._line(one))
        self._more.setText(_("… and {n} more").format(n=say.number(len(found) - _MOST)))
        self._more.setVisible(len(found) > _MOST)
        self._area.updateGeometry()
        self.setVisible(bool(found))
        self.found = found
        self.listed.emit()

    def _line(self, one: Gone) -> QWidget:
        made = QWidget()
        back = button(_("Restore"), kind="link", clicked=partial(self._restore, one.id))
        back.setAccessibleName(_("Restore {name}").format(name=one.name))
        erase = button(_("Erase for good"), kind="link", clicked=partial(self._ask_to_erase, one))
        erase.setAccessibleName(_("Erase {name} for good").format(name=one.name))
        when = label(say.moment(one.at), "caption")
        line = row(Icon(self._icon, "faint", 15), ElidedLabel(one.name), when, back, erase)
        line.setStretch(1, 1)
        made.setLayout(line)
        return made

    def _restore(self, number: int, *_checked: object) -> None:
        host = host_of(self)

        def done(step: StepId) -> None:
            host.toast(self.back_words(), undo=step)

        WriteOp(self, self.restorer(number)).success(done).run()

    def _ask_to_erase(self, one: Gone, *_checked: object) -> None:
        self._chosen = one.id
        words = _("“{name}” will be erased for good. This cannot be undone.")
        self.question.text.setText(words.format(name=one.name))
        self.question.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        self.question.hide()

    def _erase(self) -> None:
        number = self._chosen
        self.question.hide()
        if number is not None:
            WriteOp(self, self.eraser(number)).success(self._erased).run()

    def _erased(self, _count: int) -> None:
        self.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the question back."""
        if event.key() == Qt.Key.Key_Escape and self.question.isVisible():
            self._keep()
        else:
            super().keyPressEvent(event)
