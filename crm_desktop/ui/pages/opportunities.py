"""Opportunities: a board of the stages, or a list; the chosen one at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.changes import Changes, StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import EnvironmentProblem, UserError
from crm_desktop.domain.opportunities import (
    BoardQuery,
    ListedOpportunity,
    Opportunity,
    OpportunityId,
    Outcome,
    PipelineId,
    PipelineStage,
    PipelineStageId,
    missing,
)
from crm_desktop.i18n import _
from crm_desktop.services.opportunities import Board, WholeOpportunity
from crm_desktop.services.pipelines import Template, WholePipeline, template_name
from crm_desktop.ui import opportunity_words as words
from crm_desktop.ui.dialogs.new_opportunity import NewOpportunity
from crm_desktop.ui.dialogs.stage_needs import LOST_REASON, StageNeeds
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages.base import Page
from crm_desktop.ui.pages.opportunity_panel import OpportunityPanel
from crm_desktop.ui.theme import SPACE, colours, fonts
from crm_desktop.ui.widgets.basic import (
    Card,
    Chips,
    ElidedLabel,
    EmptyState,
    PillButton,
    button,
    label,
    row,
)
from crm_desktop.ui.widgets.board import Board as BoardView
from crm_desktop.ui.widgets.edit import SearchField
from crm_desktop.ui.widgets.opportunity_table import OpportunityTable
from crm_desktop.ui.widgets.owner_choice import OwnerChoice

_TABLES = frozenset(
    ("opportunity", "opportunity_move", "pipeline", "pipeline_stage", "task", "customer")
)
# What was won or lost longer ago is past, and would fill the board.
_PAST = timedelta(days=90)
_BOARD, _LIST = "board", "list"
Pairs = Sequence[tuple[PipelineStage, Sequence[ListedOpportunity]]]
# In less room than this the head and the tools would be cut.
_WIDE = 560


class OpportunitiesPage(Page):
    """What stands in one pipeline."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pipelines: list[WholePipeline] = []
        self._pipeline: PipelineId | None = None
        self._found: Board | None = None
        self._pairs: Pairs = []
        self._worths: list[words.StageWorth] = []
        self._wanted: OpportunityId | None = None
        self.count = ElidedLabel("", "secondary")
        self.pipeline = PillButton()
        self._menu = QMenu(self.pipeline)
        self.pipeline.setMenu(self._menu)
        self.search = SearchField(_("Find opportunities"))
        self.owner = OwnerChoice(_("Whose opportunities"), _("Everybody’s"))
        self.kind = Chips([(_BOARD, _("Board")), (_LIST, _("List"))])
        self.board = BoardView()
        self.table = OpportunityTable()
        self.panel = OpportunityPanel()
        self.panel.hide()
        self._build()
        self.search.textChanged.connect(self._ask)
        self.search.returnPressed.connect(self._into_list)
        self.owner.activated.connect(self._ask)
        self.kind.chosen.connect(self._kind_chosen)
        for view in (self.board, self.table):
            view.chosen.connect(self._chosen)
            view.opened.connect(self._open)
            view.delete_wanted.connect(self.delete)
        self.board.move_wanted.connect(self.move_to)
        self.panel.move_wanted.connect(self.move_to)
        self.panel.delete_wanted.connect(self.delete)
        self.panel.customer_wanted.connect(self._go)
        self.panel.closed.connect(self.close_panel)
        self.session.bus.changed.connect(self._changed)

    def _build(self) -> None:
        self.add = button(_("New opportunity"), "plus", kind="primary", clicked=self.new)
        self.add.setToolTip(_("New opportunity (Ctrl+N)"))
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(label(_("Opportunities"), "title"))
        titles.addWidget(self.count)
        head = QHBoxLayout()
        head.addLayout(titles, 1)
        head.addWidget(self.add)
        tools = row(self.pipeline, self.search, self.owner, self.kind)
        tools.setStretch(1, 1)
        starts = [button(template_name(one), clicked=partial(self._begin, one)) for one in Template]
        self.starts = dict(zip(Template, starts, strict=True))
        self._empty = EmptyState(
            "briefcase",
            _("No pipeline yet"),
            _(
                "An enquiry becomes a sale in stages. Begin with one of these ways; every stage"
                " can be renamed, added and removed later."
            ),
            *starts,
        )
        self._body = QStackedWidget()
        listed = Card(margins=(1, 1, 1, 8))
        listed.body.addWidget(self.table)
        for part in (self._empty, self.board, listed):
            self._body.addWidget(part)
        self._views = {_BOARD: self.board, _LIST: listed}
        left = QVBoxLayout()
        left.setContentsMargins(SPACE.xl, SPACE.xl, SPACE.xl, SPACE.xl - 4)
        left.setSpacing(SPACE.m)
        left.addLayout(head)
        self._tools = QWidget()
        self._tools.setLayout(tools)
        left.addWidget(self._tools)
        left.addWidget(self._body, 1)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(left, 1)
        box.addWidget(self.panel)

    # What the window asks of its page.

    def activate(self) -> None:
        """Into the board."""
        self._into_list()
        self._ask_pipelines()

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def new(self) -> bool:
        """Ctrl+N: a new opportunity."""
        dialog = NewOpportunity(self, stage=self._first_stage(), made=self._begun)
        dialog.open()
        return True

    def selected(self) -> list[CustomerId]:
        """Whose the chosen one is."""
        number = self._number()
        found = None if number is None else self._listed(number)
        return [] if found is None else [found.opportunity.customer_id]

    def open_opportunity(self, number: OpportunityId) -> None:
        """Show one, in whatever pipeline it stands."""
        opportunities = self.workspace.opportunities

        def show(whole: WholeOpportunity) -> None:
            self._pipeline = whole.pipeline.pipeline.id
            self._wanted = number
            self.search.clear()
            self.panel.show_opportunity(whole)
            self._show_side(shown=True)
            self._ask_pipelines()

        ReadOp(self, lambda: opportunities.get(number), key="open").success(show).run()

    def kept(self) -> object:
        """Which one is open, and which pipeline."""
        return self._pipeline, self.panel.number if self.panel.isVisible() else None

    def take_up(self, kept: object) -> None:
        """Show them again."""
        if isinstance(kept, tuple):
            self._pipeline, number = kept
            if number is not None:
                self.open_opportunity(number)

    def _into_list(self) -> None:
        if self._is_list():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._body.currentWidget() is self.board:
            self.board.take_focus()
        else:
            self.starts[Template.SIMPLE_SALE].setFocus(Qt.FocusReason.OtherFocusReason)

    # Reading.

    def _ask_pipelines(self) -> None:
        pipelines, tasks = self.workspace.pipelines, self.workspace.tasks
        ReadOp(self, pipelines.all, key="pipelines").success(self._take_pipelines).run()
        ReadOp(self, tasks.owners, key="owners").success(self._take_owners).run()

    def _take_owners(self, names: list[str]) -> None:
        self.owner.show_owners(names)
        self._show_side(shown=not self.panel.isHidden())

    def _take_pipelines(self, found: list[WholePipeline]) -> None:
        self._pipelines = found
        numbers = [one.pipeline.id for one in found]
        if self._pipeline not in numbers:
            self._pipeline = numbers[0] if numbers else None
        self._tools.setVisible(bool(found))
        self._show_menu()
        if self._pipeline is None:
            self._found = None
            self.count.set_text("")
            self._body.setCurrentWidget(self._empty)
            self.close_panel()
        else:
            self._ask()

    def _show_menu(self) -> None:
        self._menu.clear()
        for one in self._pipelines:
            action = self._menu.addAction(one.pipeline.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(one.pipeline.id == self._pipeline)
            action.triggered.connect(partial(self._choose_pipeline, one.pipeline.id))
            if action.isChecked():
                self.pipeline.set_pill(one.pipeline.name, colours().neutral)
                name = _("Pipeline: {name}").format(name=one.pipeline.name)
                self.pipeline.setAccessibleName(name)
        self._menu.addSeparator()
        self._menu.addAction(_("Edit pipelines…"), self.edit_pipelines)

    def _choose_pipeline(self, number: PipelineId | None, *_checked: object) -> None:
        self._pipeline = number
        self._show_menu()
        self._ask()

    def _ask(self) -> None:
        if self._pipeline is None:
            return
        opportunities = self.workspace.opportunities
        since = datetime.now(UTC) - _PAST
        query = BoardQuery(self._pipeline, self.search.text(), self.owner.owner(), since)
        op = ReadOp(self, lambda: opportunities.board(query), key="board")
        op.success(self._take).failure(self._gone).run()

    def _gone(self, _error: UserError) -> None:
        self._ask_pipelines()

    def _take(self, found: Board) -> None:
        fonts.ensure_for(*(f"{o.opportunity.title}{o.customer_name}" for o in found.listed))
        self._found = found
        self._pairs = _by_stage(found)
        self._show()
        number = self.panel.number
        if number is not None and not self.panel.isHidden():
            self._show_panel(number)

    def _show(self) -> None:
        pairs = self._pairs
        self.count.set_text(words.board_sum(self._worked_out()))
        wanted, self._wanted = self._wanted, None
        view = self._views[self.kind.key()]
        first = self._body.currentWidget() is not view
        # The other one is brought in line when it is shown.
        shown = self.table if self.kind.key() == _LIST else self.board
        shown.show_stages(pairs)
        self._body.setCurrentWidget(view)
        if wanted is not None:
            if shown is self.board:
                self.board.choose(wanted, focus=first or self.board.has_keyboard())
            else:
                self.table.choose(wanted)
        elif first:
            self._into_list()

    def _worked_out(self) -> list[words.StageWorth]:
        """What each stage is worth; that of those with other cards is worked out anew."""
        known = {id(one.listed): one for one in self._worths}
        self._worths = [
            one
            if (one := known.get(id(listed))) is not None and one.stage == stage
            else words.worth_of(stage, listed)
            for stage, listed in self._pairs
        ]
        return self._worths

    def _kind_chosen(self) -> None:
        if self._found is not None:
            self._wanted = self._number()
            self._show()

    def _number(self) -> OpportunityId | None:
        return self.table.number() if self._is_list() else self.board.number()

    def _is_list(self) -> bool:
        return self._body.currentWidget() is self._views[_LIST]

    def _listed(self, number: OpportunityId) -> ListedOpportunity | None:
        among = (one for _stage, listed in self._pairs for one in listed)
        return next((one for one in among if one.opportunity.id == number), None)

    def _chosen(self, number: OpportunityId) -> None:
        if not self.panel.isHidden() and number != self.panel.number:
            self._show_panel(number)

    def _open(self, number: OpportunityId) -> None:
        self._show_panel(number)
        self._show_side(shown=True)

    def _show_side(self, *, shown: bool) -> None:
        """Show the panel or not; in a narrow window its place is that of what can wait."""
        self.panel.setVisible(shown)
        room = self.width() - (self.panel.width() if shown else 0) >= _WIDE
        for part in (self.add, self.search):
            part.setVisible(room)
        self.owner.setVisible(room and self.owner.count() > 1)

    def _show_panel(self, number: OpportunityId) -> None:
        opportunities = self.workspace.opportunities

        def gone(_error: UserError) -> None:
            self.close_panel()

        op = ReadOp(self, lambda: opportunities.get(number), key="panel")
        op.success(self.panel.show_opportunity).failure(gone).run()

    def close_panel(self) -> None:
        """Esc: the board has the whole width again."""
        had_focus = self.panel.isAncestorOf(self.focusWidget() or self)
        self._show_side(shown=False)
        if had_focus:
            self._into_list()

    def _changed(self, changes: Changes) -> None:
        if changes.tables & {"pipeline", "pipeline_stage"}:
            self._ask_pipelines()
        elif changes.tables & _TABLES or changes.customers is None:
            self._ask()

    # Writing.

    def _begin(self, template: Template, *_checked: object) -> None:
        pipelines = self.workspace.pipelines

        def done(number: PipelineId) -> None:
            self._pipeline = number
            self._ask_pipelines()

        WriteOp(self, lambda: pipelines.begin(template)).success(done).run()

    def edit_pipelines(self) -> None:
        """Edit the stages of the pipeline that is shown, and the others."""
        from crm_desktop.ui.dialogs.pipelines import PipelinesDialog

        PipelinesDialog(self, self._pipeline).open()

    def _first_stage(self) -> PipelineStageId | None:
        found = next((p for p in self._pipelines if p.pipeline.id == self._pipeline), None)
        stages = () if found is None else found.stages
        return next((s.id for s in stages if s.outcome is Outcome.OPEN), None)

    def _begun(self, number: OpportunityId) -> None:
        self.host.toast(_("The opportunity is written down"))
        self.open_opportunity(number)

    def move_to(self, number: OpportunityId, stage: PipelineStageId) -> None:
        """Put one into another stage; what the stage wants is asked first."""
        opportunities = self.workspace.opportunities
        listed = self._listed(number)
        target = next((one for one, _listed in self._pairs if one.id == stage), None)
        if listed is None or target is None:
            # Open beside the board, and not on it: found otherwise, long closed, of another way.
            ReadOp(self, lambda: opportunities.get(number), key="move").success(
                lambda whole: self._ask_and_move(whole, stage)
            ).run()
        elif listed.opportunity.stage_id != stage and not self._asks(
            listed.opportunity, listed.customer_name, target, has_step=listed.next_step is not None
        ):
            self._paint_moved(listed, target)
            self._move(number, stage)

    def _ask_and_move(self, whole: WholeOpportunity, stage: PipelineStageId) -> None:
        one, has_step = whole.opportunity, bool(whole.tasks)
        target = next((s for s in whole.pipeline.stages if s.id == stage), None)
        if target is None or one.stage_id == stage or one.id is None:
            return
        if not self._asks(one, whole.customer_name, target, has_step=has_step):
            self._move(one.id, stage)

    def _asks(self, one: Opportunity, name: str, target: PipelineStage, *, has_step: bool) -> bool:
        """Ask for what a stage wants, where something is missing."""
        asked: list[str] = []
        if target.outcome is Outcome.LOST and not one.lost_reason:
            asked.append(LOST_REASON)
        asked += [need.value for need in missing(target, one, has_next_step=has_step)]
        if asked and one.id is not None:
            StageNeeds(one.id, f"{one.title} · {name}", target, asked, self._told, self).open()
        return bool(asked)

    def _move(self, number: OpportunityId, stage: PipelineStageId) -> None:
        opportunities = self.workspace.opportunities
        op = WriteOp(self, lambda: opportunities.move(number, stage)).success(self._told)
        op.failure(self._not_moved).problem(self._not_moved).run()

    def _paint_moved(self, listed: ListedOpportunity, target: PipelineStage) -> None:
        """Show it where it was dropped before the archive has it."""
        assert self._found is not None
        assert target.id is not None
        now = datetime.now(UTC)
        moved = listed._replace(
            opportunity=replace(listed.opportunity, stage_id=target.id, entered_at=now)
        )
        self._pairs = [
            (stage, _with(among, moved))
            if stage.id == target.id
            else (stage, [one for one in among if one is not listed])
            if stage.id == listed.opportunity.stage_id
            else (stage, among)
            for stage, among in self._pairs
        ]
        self._wanted = listed.opportunity.id
        self._show()

    def _not_moved(self, error: UserError | EnvironmentProblem) -> None:
        self.host.show_problem(error)
        self._ask()

    def _told(self, step: object) -> None:
        if isinstance(step, int):
            self.host.toast(_("The opportunity was moved"), undo=StepId(step))

    def delete(self, number: OpportunityId) -> None:
        """Del: it goes, with Undo."""
        opportunities = self.workspace.opportunities

        def done(step: StepId) -> None:
            self.host.toast(_("The opportunity was deleted"), undo=step)
            if self.panel.number == number:
                self.close_panel()

        WriteOp(self, lambda: opportunities.remove([number])).success(done).run()

    def _go(self, customer: CustomerId) -> None:
        self.host.show_customer(customer)

    # Qt's own names.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room, or take it."""
        super().resizeEvent(event)
        self._show_side(shown=not self.panel.isHidden())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 opens and edits, Esc closes the panel, Down leads from the field into the board."""
        key = event.key()
        if key == Qt.Key.Key_F2:
            if (number := self._number()) is not None:
                self._open(number)
                self.panel.title.start()
        elif key == Qt.Key.Key_Escape and not self.panel.isHidden():
            self.close_panel()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Escape):
            self._into_list()
        else:
            super().keyPressEvent(event)


def _with(among: Sequence[ListedOpportunity], moved: ListedOpportunity) -> list[ListedOpportunity]:
    """Others with one more, where the archive would list it."""

    def key(one: ListedOpportunity) -> tuple[bool, date, int, int]:
        what = one.opportunity
        # None of the amounts comes after nothing at all.
        amount = -1 if what.amount is None else what.amount
        return what.closes_on is None, what.closes_on or date.min, -amount, what.id or 0

    return sorted([*among, moved], key=key)


def _by_stage(found: Board) -> Pairs:
    held: dict[PipelineStageId, list[ListedOpportunity]] = {}
    for one in found.listed:
        held.setdefault(one.opportunity.stage_id, []).append(one)
    return [(s, held.get(s.id, [])) for s in found.pipeline.stages if s.id is not None]
