"""The steps of an order as a checklist: what is next, what is missing for it, what is late."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QMenu, QVBoxLayout, QWidget

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.orders import Order, OrderId, OrderStatus
from crm_desktop.domain.processes import OrderStepId, ProcessId, StandingStep, WholeProcess
from crm_desktop.i18n import _, ngettext, pgettext
from crm_desktop.services.pipelines import Template, template_name
from crm_desktop.services.rules import effect_text
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.order_words import day_text
from crm_desktop.ui.process_words import missing_text
from crm_desktop.ui.theme import SPACE, colours
from crm_desktop.ui.widgets.basic import PillButton, button, label, row
from crm_desktop.ui.widgets.edit import InlineEdit, LineEdit

_EDIT = "edit"
_INDENT = 26


class Running(NamedTuple):
    """The steps of an order, and the processes that it could run by."""

    steps: Sequence[StandingStep]
    processes: Sequence[WholeProcess]


class OrderSteps(QWidget):
    """Shows them; `processes_wanted` asks for the window in which processes are edited."""

    processes_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.order: Order | None = None
        self._found = Running((), ())
        self._all = False
        self.progress = label("", "secondary")
        self.process = PillButton()
        self._menu = QMenu(self.process)
        self._menu.triggered.connect(self._chosen)
        self.process.setMenu(self._menu)
        self.hint = label(
            _("Steps keep an order on its way: what is missing, who does it, and by when."),
            "mute",
            wrap=True,
        )
        self.done = button("", kind="link", clicked=self._show_done)
        self.rows: list[StepRow] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(SPACE.xs)
        self.new = LineEdit(name=_("Another step of this order"))
        self.new.setPlaceholderText(_("Add a step to this order. Enter saves"))
        self.new.takes_enter = True
        self.new.returnPressed.connect(self.add)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.new.textEdited.connect(self.error.hide)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.s)
        head = label(pgettext("process", "Steps"), "section")
        box.addLayout(row(head, self.progress, None, self.process, spacing=SPACE.m))
        box.addWidget(self.hint)
        box.addWidget(self.done, 0, Qt.AlignmentFlag.AlignLeft)
        box.addLayout(self._lines)
        box.addWidget(self.new)
        box.addWidget(self.error)

    def show_steps(self, order: Order, found: Running) -> None:
        """Show how an order stands."""
        if self.order is None or self.order.id != order.id:
            self.new.clear()
            self.error.hide()
            self._all = False
        self.order, self._found = order, found
        self._offer_processes()
        self._show()

    def _show(self) -> None:
        order, steps = self.order, self._found.steps
        assert order is not None
        done = sum(one.done for one in steps)
        self.progress.setText(
            _("{done} of {n} done").format(done=done, n=len(steps)) if steps else ""
        )
        self.hint.setVisible(not steps)
        hidden = done if not self._all and done < len(steps) else 0
        words = ngettext("Show {n} that is done", "Show {n} that are done", hidden)
        self.done.setText(words.format(n=hidden))
        self.done.setVisible(bool(hidden))
        listed = [one for one in steps if not (hidden and one.done)]
        while len(self.rows) < len(listed):
            made = StepRow(self)
            self.rows.append(made)
            self._lines.addWidget(made)
        for place, made in enumerate(self.rows):
            made.setVisible(place < len(listed))
            if place < len(listed):
                made.show_step(listed[place], ticks=order.status is not OrderStatus.DRAFT)
        cancelled = order.status is OrderStatus.CANCELLED
        self.new.setVisible(not cancelled)
        self.process.setVisible(not cancelled)

    def _show_done(self) -> None:
        self._all = True
        self._show()

    def _offer_processes(self) -> None:
        order = self.order
        assert order is not None
        self.process.set_pill(order.process or _("Choose a process"), colours().neutral)
        self.process.setAccessibleName(_("Process: {name}").format(name=order.process or _("none")))
        self._menu.clear()
        names = set()
        for one in self._found.processes:
            names.add(one.process.name)
            self._offer(one.process.name, one.process.id, order.process == one.process.name)
        for template in Template:
            if template_name(template) not in names:
                words = _("New: {name}").format(name=template_name(template))
                self._offer(words, template, chosen=False)
        self._menu.addSeparator()
        if self._found.steps:
            self._offer(_("Take the steps away"), None, chosen=False)
        self._offer(_("Edit processes…"), _EDIT, chosen=False)

    def _offer(self, text: str, data: object, chosen: bool) -> None:
        action = self._menu.addAction(text.replace("&", "&&"))
        action.setData(data)
        action.setCheckable(chosen)
        action.setChecked(chosen)

    # Writing.

    def _chosen(self, action: object) -> None:
        wanted = action.data()  # type: ignore[attr-defined]
        order = self.order
        if wanted == _EDIT:
            whole = next(
                (p for p in self._found.processes if order and p.process.name == order.process),
                None,
            )
            self.processes_wanted.emit(None if whole is None else whole.process.id)
            return
        if order is None or order.id is None:
            return
        number, workspace = order.id, session_of(self).workspace
        had = bool(self._found.steps)

        def act() -> StepId:
            process: ProcessId | None
            if isinstance(wanted, str):
                process = workspace.processes.begin(Template(wanted))
            else:
                process = None if wanted is None else ProcessId(wanted)
            return workspace.order_steps.run_by(number, process)

        host = host_of(self)

        def done(step: StepId) -> None:
            if had:
                host.toast(_("The order has other steps now; what was done stays done"), undo=step)

        WriteOp(self, act).success(done).failure(self.tell).run()

    def add(self) -> None:
        """Give the order a step of its own."""
        order, text = self.order, self.new.text()
        if order is None or order.id is None or not text.strip():
            return
        number: OrderId = order.id
        steps = session_of(self).workspace.order_steps

        def done(_step: StepId) -> None:
            if self.new.text() == text:
                self.new.clear()

        WriteOp(self, lambda: steps.add(number, text)).success(done).failure(self.tell).run()

    def tick(self, number: OrderStepId, name: str, *, done: bool) -> None:
        """Note that a step is done, or is not."""
        steps, host = session_of(self).workspace.order_steps, host_of(self)

        def noted(step: StepId | None) -> None:
            if step is not None and done:
                host.toast(_("Done: {what}").format(what=name), undo=step)

        def refused(error: UserError) -> None:
            self.tell(error)
            self._show()

        op = WriteOp(self, lambda: steps.tick(number, done=done))
        op.success(noted).failure(refused).run()

    def save(self, number: OrderStepId, field: str, edit: InlineEdit, text: str) -> None:
        """Change a field of a step."""
        steps = session_of(self).workspace.order_steps
        WriteOp(self, lambda: steps.update(number, field, text)).failure(
            lambda error: edit.show_error(str(error))
        ).run()

    def remove(self, number: OrderStepId) -> None:
        """Take a step away."""
        steps, host = session_of(self).workspace.order_steps, host_of(self)

        def done(step: StepId) -> None:
            host.toast(_("The step is taken away"), undo=step)

        WriteOp(self, lambda: steps.remove(number)).success(done).failure(self.tell).run()

    def tell(self, error: UserError) -> None:
        """Say what was refused."""
        self.error.setText(str(error))
        self.error.show()


class StepRow(QWidget):
    """One step."""

    def __init__(self, steps: OrderSteps) -> None:
        super().__init__()
        self._steps = steps
        self.shown: StandingStep | None = None
        self.tick = QCheckBox()
        self.tick.clicked.connect(self._ticked)
        self.owner = InlineEdit(_("Who does it"), placeholder=_("who does it"))
        self.owner.committed.connect(partial(self._save, "owner", self.owner))
        self.owner.setFixedWidth(130)
        self.due = label("", "caption")
        self.missing = label("", "caption", wrap=True)
        self.note = InlineEdit(_("Note"), placeholder=_("note"))
        self.note.committed.connect(partial(self._save, "note", self.note))
        self.more = button("", "ellipsis", kind="quiet", name=_("More"))
        menu = QMenu(self.more)
        menu.addAction(_("Write a note")).triggered.connect(self._start_note)
        menu.addAction(_("Take this step away")).triggered.connect(self._remove)
        self.more.setMenu(menu)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(row(self.tick, None, self.due, self.owner, self.more, spacing=SPACE.s))
        for part in (self.missing, self.note):
            line = row(part)
            line.setContentsMargins(_INDENT, 0, 0, 0)
            box.addLayout(line)

    def show_step(self, one: StandingStep, *, ticks: bool) -> None:
        """Show a step."""
        if self.shown is not None and self.shown.step.id != one.step.id:
            for edit in (self.owner, self.note):
                edit.forget()
        self.shown = one
        step = one.step
        self.tick.setText(step.name.replace("&", "&&"))
        self.tick.setAccessibleName(step.name)
        self.tick.setChecked(one.done)
        self.tick.setEnabled(ticks)
        bold = self.tick.font()
        bold.setWeight(QFont.Weight.DemiBold if one.is_next else QFont.Weight.Normal)
        self.tick.setFont(bold)
        follows = "\n".join(
            _("Then: {effect}").format(effect=effect_text(effect)) for effect in step.brings_about
        )
        self.tick.setToolTip("\n".join(filter(None, (step.details, follows))))
        day = step.done_at.astimezone().date() if step.done_at is not None else step.due_on
        words = pgettext("step", "done {day}") if one.done else pgettext("step", "by {day}")
        self.due.setText(words.format(day=day_text(day)) if day is not None else "")
        self._set_role(self.due, "error" if one.late else "caption")
        self.missing.setText(self._said(one))
        self._set_role(self.missing, "error" if one.late and one.missing else "caption")
        self.owner.set_value(step.owner)
        self.note.set_value(step.note)
        self.missing.setVisible(bool(self.missing.text()))
        self.note.setVisible(bool(step.note) or self.note.edit.hasFocus())

    def _said(self, one: StandingStep) -> str:
        if one.missing:
            listed = "; ".join(map(missing_text, one.missing))
            return _("missing: {what}").format(what=listed)
        if one.done:
            return _("done by itself: nothing was missing") if one.step.by_itself else ""
        return one.step.details

    def _set_role(self, part: QWidget, role: str) -> None:
        if part.property("role") != role:
            part.setProperty("role", role)
            part.style().unpolish(part)
            part.style().polish(part)

    def _ticked(self, done: bool) -> None:
        if self.shown is not None and self.shown.step.id is not None:
            self._steps.tick(self.shown.step.id, self.shown.step.name, done=done)

    def _save(self, field: str, edit: InlineEdit, text: str) -> None:
        if self.shown is not None and self.shown.step.id is not None:
            self._steps.save(self.shown.step.id, field, edit, text)

    def _start_note(self, *_checked: object) -> None:
        self.note.show()
        self.note.start()

    def _remove(self, *_checked: object) -> None:
        if self.shown is not None and self.shown.step.id is not None:
            self._steps.remove(self.shown.step.id)
