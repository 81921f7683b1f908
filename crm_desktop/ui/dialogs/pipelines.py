"""Pipelines and their stages, edited in place: each change is saved at once and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from crm_desktop.domain.changes import Changes, StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.opportunities import (
    Need,
    Outcome,
    PipelineId,
    PipelineStage,
    PipelineStageId,
)
from crm_desktop.i18n import _, ngettext
from crm_desktop.services.opportunities import need_text
from crm_desktop.services.pipelines import PipelineService, Template, WholePipeline, template_name
from crm_desktop.ui import format as say
from crm_desktop.ui.dialogs.sheet import Sheet, press_by_enter
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.opportunity_words import outcome_text
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.theme import SPACE, colours, icons
from crm_desktop.ui.widgets.basic import PillButton, button, label, row
from crm_desktop.ui.widgets.edit import InlineEdit, LineEdit
from crm_desktop.ui.widgets.tab_order import TabOrder

_NEW = "new"


class PipelinesDialog(Sheet):
    """One pipeline at a time; the pill at its head chooses another one."""

    def __init__(self, parent: QWidget, number: PipelineId | None) -> None:
        super().__init__(_("Pipelines"), parent, width=760)
        self._host = host_of(parent)
        self._service: PipelineService = session_of(parent).workspace.pipelines
        self._number = number
        self._found: list[WholePipeline] = []
        self._adding = False
        self.rows: list[StageRow] = []
        self.tab_order = TabOrder(self)
        self.pill = PillButton()
        self._menu = QMenu(self.pill)
        self._menu.triggered.connect(self._chosen)
        self.pill.setMenu(self._menu)
        self.name = InlineEdit(_("Name of the pipeline"), role="section")
        self.name.edit.takes_enter = True
        self.name.committed.connect(self._rename)
        self.remove = button(_("Remove pipeline"), kind="link", clicked=self._remove)
        head = row(self.name, self.pill, self.remove)
        head.setStretch(0, 1)
        self.body.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE.s)
        self._grid.setVerticalSpacing(SPACE.xs)
        self._grid.setColumnStretch(0, 1)
        heads = (
            _("Stage"), _("Means"), _("Won, %"), _("Days at most"), _("Wants before"), "",
        )  # fmt: skip
        for place, text in enumerate(heads):
            self._grid.addWidget(label(text, "caption"), 0, place)
        self.body.addLayout(self._grid)
        self.new = LineEdit(name=_("New stage"))
        self.new.setPlaceholderText(_("Add a stage. Enter saves"))
        self.new.takes_enter = True
        self.new.returnPressed.connect(self._add)
        self.body.addWidget(self.new)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.body.addWidget(self.error)
        self._question = QWidget()
        self.asked = label("", "secondary", wrap=True)
        self.into = PillButton()
        self._into_menu = QMenu(self.into)
        self.into.setMenu(self._into_menu)
        self._into_menu.triggered.connect(self._into_chosen)
        keep = button(_("Keep it"), kind="link", clicked=self._keep)
        line = row(self.asked, self.into, keep)
        line.setStretch(0, 1)
        self._question.setLayout(line)
        self._question.hide()
        self.body.addWidget(self._question)
        self._going: PipelineStageId | None = None
        self.yes = button(_("Done"), kind="primary", clicked=self.accept)
        self.end_with(None, self.yes, default=self.yes)
        self.keep_typed(self.new.text)
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)
        session_of(parent).bus.changed.connect(self._changed)
        self._ask()

    # Reading.

    def _ask(self) -> None:
        ReadOp(self, self._service.all, key="pipelines").success(self._take).run()

    def _changed(self, changes: Changes) -> None:
        if changes.tables & {"pipeline", "pipeline_stage"} or changes.customers is None:
            self._ask()

    def _take(self, found: list[WholePipeline]) -> None:
        self._found = found
        if not found:
            self.done(0)
            return
        shown = next((one for one in found if one.pipeline.id == self._number), found[0])
        self._number = shown.pipeline.id
        self.name.set_value(shown.pipeline.name)
        self.pill.set_pill(_("Other pipelines"), colours().neutral)
        self._menu.clear()
        for one in found:
            self._offer(one.pipeline.name, one.pipeline.id, one is shown)
        self._menu.addSeparator()
        for template in Template:
            words = _("New: {name}").format(name=template_name(template))
            if all(one.pipeline.name != template_name(template) for one in found):
                self._offer(words, template, False)
        self._offer(_("New: with a name of its own"), _NEW, False)
        self._show_stages(shown.stages)

    def _offer(self, text: str, data: object, chosen: bool) -> None:
        action = self._menu.addAction(text.replace("&", "&&"))
        action.setData(data)
        action.setCheckable(True)
        action.setChecked(chosen)

    def _show_stages(self, stages: Sequence[PipelineStage]) -> None:
        while len(self.rows) < len(stages):
            self.rows.append(StageRow(self, self._grid, len(self.rows) + 1))
        for extra in self.rows[len(stages) :]:
            extra.hide()
        for made, stage in zip(self.rows, stages, strict=False):
            made.show_stage(stage, is_first=stage is stages[0], is_last=stage is stages[-1])
        self.tab_order.now()
        press_by_enter(self, self.yes)

    def stages(self) -> Sequence[PipelineStage]:
        """Those of the pipeline that is shown."""
        shown = next((one for one in self._found if one.pipeline.id == self._number), None)
        return () if shown is None else shown.stages

    # Writing.

    def write(
        self, act: Callable[[], object], refused: Callable[[UserError], object] | None = None
    ) -> None:
        """Change something; what is refused is said at its field, else here."""
        self.error.hide()
        WriteOp(self, act).failure(refused or self._refused).run()

    def _refused(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()

    def _chosen(self, action: QAction) -> None:
        wanted = action.data()
        service = self._service
        if isinstance(wanted, int):
            self._number = PipelineId(wanted)
            self._ask()
            return
        if wanted == _NEW:
            names = {one.pipeline.name for one in self._found}
            base = _("New pipeline")
            name = next(
                n for i in range(1, len(names) + 2)
                if (n := base if i == 1 else f"{base} {i}") not in names
            )  # fmt: skip
            op = WriteOp(self, lambda: service.create(name)).success(self._made_named)
        else:
            template = Template(wanted)
            op = WriteOp(self, lambda: service.begin(template)).success(self._made)
        op.failure(self._refused).run()

    def _made(self, number: PipelineId) -> None:
        self._number = number
        self._ask()

    def _made_named(self, number: PipelineId) -> None:
        self._made(number)
        self.name.start()

    def _rename(self, text: str) -> None:
        service, number = self._service, self._number
        if number is not None:
            self.write(
                lambda: service.rename(number, text),
                lambda error: self.name.show_error(str(error)),
            )

    def _remove(self) -> None:
        service, number, host = self._service, self._number, self._host
        if number is None:
            return

        def done(step: StepId) -> None:
            host.toast(_("The pipeline was removed"), undo=step)

        self.error.hide()
        WriteOp(self, lambda: service.remove(number)).success(done).failure(self._refused).run()

    def _add(self) -> None:
        service, number, text = self._service, self._number, self.new.text()
        if number is None or self._adding:
            return

        def added(_stage: PipelineStageId) -> None:
            if self.new.text() == text:
                self.new.clear()

        self.error.hide()
        self._adding = True
        op = WriteOp(self, lambda: service.add_stage(number, text))
        op.success(added).failure(self._refused).always(self._answered).run()

    def _answered(self) -> None:
        self._adding = False

    def change(self, stage: PipelineStage, field: str, text: str, edit: InlineEdit | None) -> None:
        """Change a field of a stage."""
        service, number = self._service, stage.id
        assert number is not None
        refused = None if edit is None else lambda error: edit.show_error(str(error))
        self.write(lambda: service.update_stage(number, field, text), refused)

    def shift(self, stage: PipelineStage, by: int) -> None:
        """Put a stage earlier or later."""
        service, number = self._service, stage.id
        place = [one.id for one in self.stages()].index(number) + by
        assert number is not None
        self.write(lambda: service.move_stage(number, place))

    def ask_to_remove(self, stage: PipelineStage) -> None:
        """Remove a stage; where something stands in it, ask where that goes."""
        service, number = self._service, stage.id
        assert number is not None

        def counted(count: int) -> None:
            if not count:
                self._do_remove(number, None)
                return
            words = ngettext(
                "{n} opportunity stands in “{stage}”. It goes to:",
                "{n} opportunities stand in “{stage}”. They go to:",
                count,
            )
            self.asked.setText(words.format(n=say.number(count), stage=stage.name))
            self._going = number
            self._into_menu.clear()
            for one in self.stages():
                if one.id != number:
                    self._into_menu.addAction(one.name.replace("&", "&&")).setData(one.id)
            self.into.set_pill(_("Choose a stage"), colours().blue)
            self._question.show()
            self.into.setFocus(Qt.FocusReason.OtherFocusReason)

        ReadOp(self, lambda: service.standing_in(number), key="count").success(counted).run()

    def _into_chosen(self, action: QAction) -> None:
        if self._going is not None:
            self._do_remove(self._going, action.data())

    def _do_remove(self, number: PipelineStageId, into: PipelineStageId | None) -> None:
        service, host = self._service, self._host

        def done(step: StepId) -> None:
            host.toast(_("The stage was removed"), undo=step)

        self._keep()
        self.error.hide()
        op = WriteOp(self, lambda: service.remove_stage(number, into=into))
        op.success(done).failure(self._refused).run()

    def _keep(self) -> None:
        self._going = None
        self._question.hide()


class StageRow:
    """The parts of one line of the grid."""

    def __init__(self, dialog: PipelinesDialog, grid: QGridLayout, line: int) -> None:
        self._dialog = dialog
        self.stage: PipelineStage | None = None
        self.name = InlineEdit(_("Name of the stage"))
        self.chance = InlineEdit(_("Won, in percent"))
        self.days = InlineEdit(_("Days at most"), placeholder=_("any"))
        for field, edit in (
            ("name", self.name), ("probability", self.chance), ("most_days", self.days),
        ):  # fmt: skip
            edit.edit.takes_enter = True
            edit.committed.connect(partial(self._commit, field, edit))
        self.chance.setFixedWidth(70)
        self.days.setFixedWidth(90)
        self.outcome = PillButton()
        outcomes = QMenu(self.outcome)
        for outcome in Outcome:
            outcomes.addAction(outcome_text(outcome)).setData(outcome.value)
        outcomes.triggered.connect(lambda action: self._set("outcome", str(action.data())))
        self.outcome.setMenu(outcomes)
        self.needs = PillButton()
        self._needs = QMenu(self.needs)
        for need in Need:
            action = self._needs.addAction(need_text(need))
            action.setCheckable(True)
            action.setData(need.value)
        self._needs.triggered.connect(self._needs_chosen)
        self.needs.setMenu(self._needs)
        self.up = self._button("arrow-up", _("Earlier"), partial(self._shift, -1))
        self.down = self._button("arrow-down", _("Later"), partial(self._shift, 1))
        self.remove = self._button("x", _("Remove the stage"), self._remove)
        ends = QWidget()
        ends.setLayout(row(self.up, self.down, self.remove, spacing=0))
        self._parts = (self.name, self.outcome, self.chance, self.days, self.needs, ends)
        for place, part in enumerate(self._parts):
            grid.addWidget(part, line, place, Qt.AlignmentFlag.AlignTop)

    def _button(self, icon: str, name: str, clicked: Callable[[], object]) -> QWidget:
        made = button("", kind="link", clicked=clicked, name=name)
        made.setToolTip(name)
        icons.set_icon(made, icon, "mute", 14)
        made.setFixedWidth(24)
        return made

    def show_stage(self, stage: PipelineStage, *, is_first: bool, is_last: bool) -> None:
        """Show a stage."""
        c = colours()
        self.stage = stage
        self.name.set_value(stage.name)
        self.chance.set_value(str(stage.probability), f"{stage.probability} %")
        self.days.set_value("" if stage.most_days is None else str(stage.most_days))
        tint = {Outcome.OPEN: c.blue, Outcome.WON: c.green, Outcome.LOST: c.red}[stage.outcome]
        self.outcome.set_pill(outcome_text(stage.outcome), tint)
        count = len(stage.needed)
        said = ngettext("{n} thing", "{n} things", count).format(n=say.number(count))
        self.needs.set_pill(said if count else _("Nothing"), c.amber if count else c.neutral)
        wanted = ", ".join(map(need_text, stage.needed)) or _("Nothing")
        self.needs.setToolTip(wanted)
        self.needs.setAccessibleName(_("Wants before: {needs}").format(needs=wanted))
        self.outcome.setAccessibleName(
            _("Means: {outcome}").format(outcome=outcome_text(stage.outcome))
        )
        for action in self._needs.actions():
            action.setChecked(action.data() in stage.needs.split())
        for part in self._parts:
            part.show()
        self.up.setEnabled(not is_first)
        self.down.setEnabled(not is_last)

    def hide(self) -> None:
        """There is no such stage."""
        for part in self._parts:
            part.hide()

    def _commit(self, field: str, edit: InlineEdit, text: str) -> None:
        if self.stage is not None:
            self._dialog.change(self.stage, field, text, edit)

    def _set(self, field: str, text: str) -> None:
        if self.stage is not None:
            self._dialog.change(self.stage, field, text, None)

    def _needs_chosen(self) -> None:
        wanted = (str(a.data()) for a in self._needs.actions() if a.isChecked())
        self._set("needs", " ".join(wanted))

    def _shift(self, by: int, *_checked: object) -> None:
        if self.stage is not None:
            self._dialog.shift(self.stage, by)

    def _remove(self, *_checked: object) -> None:
        if self.stage is not None:
            self._dialog.ask_to_remove(self.stage)
