"""The later steps that stand in the way of taking one back, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.changes import Step
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Card, button, label, row

_MOST = 6


class InTheWay(Card):
    """Names the steps, the newest first.

    `all_wanted` tells that they shall be taken back as well, `rest_wanted` that only what they
    left alone shall; `left` that all stays.
    """

    all_wanted = Signal()
    rest_wanted = Signal()
    left = Signal()

    def __init__(self, step: Step, later: Sequence[Step], parent: QWidget | None = None) -> None:
        super().__init__(parent, margins=(14, 10, 14, 10))
        self.body.setSpacing(SPACE.xs)
        n = len(later)
        words = ngettext("A later step built on “{step}”:", "{n} later steps built on “{step}”:", n)
        self.body.addWidget(label(words.format(n=say.number(n), step=step.name), wrap=True))
        for one in later[:_MOST]:
            self.body.addWidget(label(f"{say.moment(one.at)} · {one.name}", "secondary", wrap=True))
        if n > _MOST:
            more = ngettext("and {n} more", "and {n} more", n - _MOST)
            self.body.addWidget(label(more.format(n=say.number(n - _MOST)), "secondary"))
        both = ngettext("Take it back as well", "Take all {n} back as well", n)
        self.all = button(both.format(n=say.number(n)), "undo-2", clicked=self.all_wanted.emit)
        self.rest = button(
            _("Keep what they changed, take back the rest"), clicked=self.rest_wanted.emit
        )
        leave = button(_("Leave all as it is"), kind="link", clicked=self.left.emit)
        self.body.addSpacing(SPACE.xs)
        self.body.addLayout(row(self.all, self.rest, leave, None, spacing=SPACE.s))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves all as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
