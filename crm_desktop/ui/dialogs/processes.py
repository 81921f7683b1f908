"""Processes and their steps: one at a time, each change saved at once and undoable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from crm_desktop.domain.changes import Changes, StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.processes import ProcessId, ProcessStep, ProcessStepId, WholeProcess
from crm_desktop.i18n import _, ngettext
from crm_desktop.services.pipelines import Template, template_name
from crm_desktop.services.rules import effect_text
from crm_desktop.ui import format as say
from crm_desktop.ui.dialogs.process_step import StepDetails
from crm_desktop.ui.dialogs.sheet import Sheet, press_by_enter
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.process_words import due_text, need_text
from crm_desktop.ui.theme import SPACE, colours, icons
from crm_desktop.ui.widgets.basic import PillButton, button, label, row
from crm_desktop.ui.widgets.edit import InlineEdit, LineEdit
from crm_desktop.ui.widgets.tab_order import TabOrder

_NEW = "new"
# As far as a link stands from its own edge.
_LEVEL = 6


class ProcessesDialog(Sheet):
    """The pill at its head chooses another process."""

    def __init__(self, parent: QWidget, number: ProcessId | None) -> None:
        super().__init__(_("Processes"), parent, width=720)
        self._host = host_of(parent)
        self._service = session_of(parent).workspace.processes
        self._number = number
        self._found: Sequence[WholeProcess] = ()
        self._adding = False
        self.rows: list[StepLine] = []
        self.tab_order = TabOrder(self)
        self.pill = PillButton()
        self._menu = QMenu(self.pill)
        self._menu.triggered.connect(self._chosen)
        self.pill.setMenu(self._menu)
        self.name = InlineEdit(_("Name of the process"), role="section")
        self.name.edit.takes_enter = True
        self.name.committed.connect(self._rename)
        self.remove = button(_("Remove process"), kind="link", clicked=self._remove)
        head = row(self.name, self.pill, self.remove)
        head.setStretch(0, 1)
        self.body.addLayout(head)
        self.running = label("", "secondary", wrap=True)
        self.body.addWidget(self.running)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE.m)
        self._grid.setVerticalSpacing(SPACE.s)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.new = LineEdit(name=_("New step"))
        self.new.setPlaceholderText(_("Add a step. Enter saves"))
        self.new.takes_enter = True
        self.new.returnPressed.connect(self._add)
        self.body.addWidget(self.new)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.yes = button(_("Done"), kind="primary", clicked=self.accept)
        self.end_with(None, self.yes, default=self.yes)
        self.keep_typed(self.new.text)
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)
        session_of(parent).bus.changed.connect(self._changed)
        self._ask()

    # Reading.

    def _ask(self) -> None:
        ReadOp(self, self._service.all, key="processes").success(self._take).run()

    def _changed(self, changes: Changes) -> None:
        if changes.tables & {"process", "process_step"} or changes.customers is None:
            self._ask()

    def _take(self, found: Sequence[WholeProcess]) -> None:
        self._found = found
        shown = next((one for one in found if one.process.id == self._number), None)
        shown = shown or (found[0] if found else None)
        self._number = None if shown is None else shown.process.id
        self.pill.set_pill(_("Other processes") if found else _("Choose one"), colours().neutral)
        self._menu.clear()
        for one in found:
            self._offer(one.process.name, one.process.id, chosen=one is shown)
        self._menu.addSeparator()
        names = {one.process.name for one in found}
        for template in Template:
            if template_name(template) not in names:
                words = _("New: {name}").format(name=template_name(template))
                self._offer(words, template, chosen=False)
        self._offer(_("New: with a name of its own"), _NEW, chosen=False)
        for part in (self.name, self.remove, self.new):
            part.setVisible(shown is not None)
        if shown is None:
            self.running.setText(
                _("A process is the way of an order: steps with what each needs, and by when.")
            )
            self._show_steps(())
            return
        self.name.set_value(shown.process.name)
        self._show_steps(shown.steps)
        service, number = self._service, shown.process.id
        assert number is not None
        ReadOp(self, lambda: service.running(number), key="running").success(self._told).run()

    def _told(self, count: int) -> None:
        words = ngettext(
            "{n} open order runs by it and keeps the steps that it has; new ones take these.",
            "{n} open orders run by it and keep the steps that they have; new ones take these.",
            count,
        )
        self.running.setText(
            words.format(n=say.number(count)) if count else _("No open order runs by it.")
        )

    def _offer(self, text: str, data: object, *, chosen: bool) -> None:
        action = self._menu.addAction(text.replace("&", "&&"))
        action.setData(data)
        action.setCheckable(chosen)
        action.setChecked(chosen)

    def _show_steps(self, listed: Sequence[ProcessStep]) -> None:
        while len(self.rows) < len(listed):
            self.rows.append(StepLine(self, self._grid, len(self.rows)))
        for extra in self.rows[len(listed) :]:
            extra.hide()
        for made, step in zip(self.rows, listed, strict=False):
            made.show_step(step, is_first=step is listed[0], is_last=step is listed[-1])
        self.tab_order.now()
        press_by_enter(self, self.yes)

    # Writing.

    def write(self, act: Callable[[], object], words: str = "") -> None:
        """Change something; what is refused is said here."""
        host = self._host

        def done(step: object) -> None:
            if words and isinstance(step, int):
                host.toast(words, undo=StepId(step))

        self.error.hide()
        WriteOp(self, act).success(done).failure(self._refused).run()

    def _refused(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()

    def _chosen(self, action: QAction) -> None:
        wanted, service = action.data(), self._service
        if isinstance(wanted, int):
            self._number = ProcessId(wanted)
            self._ask()
            return
        if wanted == _NEW:
            names = {one.process.name for one in self._found}
            base = _("New process")
            name = next(
                n for i in range(1, len(names) + 2)
                if (n := base if i == 1 else f"{base} {i}") not in names
            )  # fmt: skip
            op = WriteOp(self, lambda: service.create(name)).success(self._made_named)
        else:
            template = Template(wanted)
            op = WriteOp(self, lambda: service.begin(template)).success(self._made)
        op.failure(self._refused).run()

    def _made(self, number: ProcessId) -> None:
        self._number = number
        self._ask()

    def _made_named(self, number: ProcessId) -> None:
        self._made(number)
        self.name.show()
        self.name.start()

    def _rename(self, text: str) -> None:
        service, number = self._service, self._number
        if number is None:
            return
        WriteOp(self, lambda: service.rename(number, text)).failure(
            lambda error: self.name.show_error(str(error))
        ).run()

    def _remove(self) -> None:
        service, number = self._service, self._number
        if number is not None:
            self.write(lambda: service.remove(number), _("The process was removed"))

    def _add(self) -> None:
        service, number, text = self._service, self._number, self.new.text()
        if number is None or self._adding:
            return

        def added(_step: ProcessStepId) -> None:
            if self.new.text() == text:
                self.new.clear()

        self.error.hide()
        self._adding = True
        op = WriteOp(self, lambda: service.add_step(number, text))
        op.success(added).failure(self._refused).always(self._answered).run()

    def _answered(self) -> None:
        self._adding = False

    def shift(self, step: ProcessStep, by: int) -> None:
        """Put a step earlier or later."""
        service, number = self._service, step.id
        shown = next(one for one in self._found if one.process.id == self._number)
        place = [one.id for one in shown.steps].index(number) + by
        assert number is not None
        self.write(lambda: service.move_step(number, place))

    def take_away(self, step: ProcessStep) -> None:
        """Remove a step."""
        service, number = self._service, step.id
        assert number is not None
        self.write(lambda: service.remove_step(number), _("The step was removed"))

    def open_step(self, step: ProcessStep) -> None:
        """Describe a step."""
        StepDetails(self, step).open()


class StepLine:
    """The parts of one line of the grid."""

    def __init__(self, dialog: ProcessesDialog, grid: QGridLayout, line: int) -> None:
        self._dialog = dialog
        self.step: ProcessStep | None = None
        self.name = button("", kind="link", clicked=self._open)
        self.said = label("", "caption", wrap=True)
        self.due = label("", "secondary", wrap=True)
        self.due.setMinimumWidth(170)
        self.due.setContentsMargins(0, _LEVEL, 0, 0)
        self.said.setContentsMargins(_LEVEL, 0, 0, 0)
        words = QWidget()
        box = QGridLayout(words)
        box.setContentsMargins(0, 0, 0, 0)
        box.setVerticalSpacing(0)
        box.setColumnStretch(1, 1)
        box.addWidget(self.name, 0, 0)
        box.addWidget(self.said, 1, 0, 1, 2)
        self.up = _sign("arrow-up", _("Earlier"), partial(self._shift, -1))
        self.down = _sign("arrow-down", _("Later"), partial(self._shift, 1))
        self.remove = _sign("x", _("Remove the step"), self._remove)
        ends = QWidget()
        ends.setLayout(row(self.up, self.down, self.remove, spacing=0))
        self._parts = (words, self.due, ends)
        for place, part in enumerate(self._parts):
            grid.addWidget(part, line, place, Qt.AlignmentFlag.AlignTop)

    def show_step(self, step: ProcessStep, *, is_first: bool, is_last: bool) -> None:
        """Show a step."""
        self.step = step
        self.name.setText(step.name.replace("&", "&&"))
        self.name.setAccessibleName(_("Describe the step {name}").format(name=step.name))
        needs = ", ".join(map(need_text, step.needed))
        follows = "; ".join(map(effect_text, step.brings_about))
        said = [step.owner]
        if needs:
            said.append(_("needs {what}").format(what=needs))
        if follows:
            said.append(_("then: {effect}").format(effect=follows))
        self.said.setText(" · ".join(filter(None, said)))
        self.said.setVisible(bool(self.said.text()))
        self.due.setText(due_text(step))
        for part in self._parts:
            part.show()
        self.up.setEnabled(not is_first)
        self.down.setEnabled(not is_last)

    def hide(self) -> None:
        """There is no such step."""
        for part in self._parts:
            part.hide()

    def _open(self, *_checked: object) -> None:
        if self.step is not None:
            self._dialog.open_step(self.step)

    def _shift(self, by: int, *_checked: object) -> None:
        if self.step is not None:
            self._dialog.shift(self.step, by)

    def _remove(self, *_checked: object) -> None:
        if self.step is not None:
            self._dialog.take_away(self.step)


def _sign(icon: str, name: str, clicked: Callable[..., object]) -> QWidget:
    made = button("", kind="link", clicked=clicked, name=name)
    made.setToolTip(name)
    icons.set_icon(made, icon, "mute", 14)
    made.setFixedWidth(24)
    return made
