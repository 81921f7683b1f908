"""The history: every step by day, each to be taken back by itself."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from crm_desktop.domain.changes import Changes, Step, StepId, StepKind
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.clocks import after
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.pages.base import Page
from crm_desktop.ui.theme import SPACE, fonts, icons
from crm_desktop.ui.widgets.basic import (
    Card,
    ElidedLabel,
    EmptyState,
    Icon,
    button,
    hairline,
    label,
    row,
)
from crm_desktop.ui.widgets.in_the_way import InTheWay

_STEPS = 40
_LAID_OUT = 30  # milliseconds until a new widget has its place


class HistoryPage(Page):
    """What was done, the newest first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        from crm_desktop.ui.shell import Shell

        shell = self.host
        assert isinstance(shell, Shell)
        self._shell = shell
        self._oldest: StepId | None = None
        self._day: date | None = None
        self._card: Card | None = None
        self._stale = True
        self._limit = _STEPS
        self.in_the_way: InTheWay | None = None
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(SPACE.s)
        self._more = button(_("Show earlier steps"), clicked=self._ask_more)
        self._empty = EmptyState(
            "history",
            _("Nothing was done yet"),
            _("Every step is listed here and can be taken back, months later too."),
        )
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, SPACE.m, 0)
        box.addLayout(self._list)
        box.addLayout(row(None, self._more, None))
        box.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(inner)
        self.area.setAccessibleName(_("History"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE.xl, SPACE.xl, SPACE.m, SPACE.m)
        outer.setSpacing(SPACE.m)
        outer.addWidget(label(_("History"), "title"))
        outer.addWidget(
            label(
                _("Each step can be taken back by itself; what was edited since is kept."),
                "secondary",
            )
        )
        outer.addWidget(self.area, 1)
        outer.addWidget(self._empty, 1)
        self._empty.hide()
        self._more.hide()
        self.session.bus.changed.connect(self._changed)

    def activate(self) -> None:
        """Bring the list up to date."""
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._stale:
            self._ask()

    def _changed(self, _changes: Changes) -> None:
        self._stale = True
        if self.isVisible():
            self._ask()

    def _ask_more(self) -> None:
        self._limit += _STEPS
        self._ask()

    def _ask(self) -> None:
        history, limit = self.workspace.history, self._limit
        ReadOp(self, lambda: history.steps(limit=limit), key="steps").success(self._take).run()

    def _take(self, steps: list[Step]) -> None:
        self._stale = False
        fonts.ensure_for(*(s.name for s in steps))
        while (item := self._list.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self._day, self._card = None, None
        for step in steps:
            self._add(step)
        self._more.setVisible(len(steps) >= self._limit)
        self._empty.setVisible(not steps)
        self.area.setVisible(bool(steps))

    def _add(self, step: Step) -> None:
        day = say.local(step.at).date()
        if day != self._day or self._card is None:
            self._day = day
            head = label(say.day(step.at), "section")
            head.setContentsMargins(2, SPACE.s, 0, 0)
            self._list.addWidget(head)
            self._card = Card(margins=(14, 4, 8, 4))
            self._card.body.setSpacing(0)
            self._list.addWidget(self._card)
        else:
            self._card.body.addWidget(hairline())
        self._card.body.addWidget(self._line(step))

    def _line(self, step: Step) -> QWidget:
        sign = {StepKind.UNDO: "undo-2", StepKind.REDO: "redo-2"}.get(step.kind, "circle-dot")
        made = QWidget()
        made.setFixedHeight(46)
        name = ElidedLabel(step.name, "mute" if step.undone else "")
        words = ngettext("{n} change", "{n} changes", step.rows).format(n=say.number(step.rows))
        parts: list[QWidget] = [Icon(sign, "faint", 16), name]
        if step.undone:
            parts.append(label(_("taken back"), "caption"))
        parts += [label(words, "caption"), label(say.clock(step.at), "caption")]
        line = row(*parts, spacing=SPACE.m)
        line.setStretch(1, 1)
        line.addWidget(self._offer(step))
        made.setLayout(line)
        return made

    def _offer(self, step: Step) -> QPushButton:
        made = button(_("Take back"), kind="link", clicked=self._take_back)
        made.setAccessibleName(_("Take back {step}").format(step=step.name))
        made.setProperty("step", int(step.id))
        made.setFixedWidth(96)
        can = step.kind is StepKind.DO and not step.undone
        made.setEnabled(can)
        if not can:
            made.setText("")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        else:
            icons.set_icon(made, "undo-2", "accent", 14)
        return made

    def _take_back(self) -> None:
        sender = self.sender()
        if not isinstance(sender, QPushButton):
            return
        step = StepId(int(sender.property("step")))
        history = self.workspace.history

        def read() -> tuple[Step | None, list[Step]]:
            return history.step(step), history.in_the_way(step)

        ReadOp(self, read, key="in the way").success(partial(self._decide, sender)).run()

    def _decide(self, asked: QPushButton, found: tuple[Step | None, list[Step]]) -> None:
        """Take a step back where nothing was built on it; else say what was, and ask."""
        step, later = found
        if step is None or not isValid(asked):
            return
        if not later:
            self._shell.undo_step(step.id)
            return
        self._leave()
        line = asked.parentWidget()
        assert line is not None
        card = line.parentWidget()
        assert isinstance(card, Card)
        made = self.in_the_way = InTheWay(step, later)
        made.all_wanted.connect(partial(self._shell.steps.undo_with, step.id, later))
        made.rest_wanted.connect(partial(self._shell.undo_step, step.id))
        made.left.connect(self._leave)
        made.left.connect(asked.setFocus)
        card.body.insertWidget(card.body.indexOf(line) + 1, made)
        made.all.setFocus(Qt.FocusReason.OtherFocusReason)
        after(_LAID_OUT, made, partial(self.area.ensureWidgetVisible, made))

    def _leave(self) -> None:
        if self.in_the_way is not None and isValid(self.in_the_way):
            self.in_the_way.hide()
            self.in_the_way.deleteLater()
        self.in_the_way = None
