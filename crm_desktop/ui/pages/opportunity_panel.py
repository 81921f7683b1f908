"""The chosen opportunity: what it is about, what is next, and how it came here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.opportunities import Move, OpportunityId, Outcome
from crm_desktop.domain.tasks import ListedTask, Task, TaskId
from crm_desktop.i18n import _
from crm_desktop.services import amounts
from crm_desktop.services.opportunities import OpportunityService, WholeOpportunity
from crm_desktop.ui import format as say
from crm_desktop.ui.host import session_of
from crm_desktop.ui.leaving import leave
from crm_desktop.ui.opportunity_words import field_example, field_text, stage_tint
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages import refusals
from crm_desktop.ui.pages.customer_tasks import TaskRow
from crm_desktop.ui.pages.quotation_section import QuotationSection
from crm_desktop.ui.task_actions import TaskActions
from crm_desktop.ui.theme import SIZE, SPACE, fonts, icons
from crm_desktop.ui.widgets.basic import button, hairline, label, row
from crm_desktop.ui.widgets.completion import complete_with
from crm_desktop.ui.widgets.edit import InlineEdit, LineEdit
from crm_desktop.ui.widgets.facts import FactRow, TextFact
from crm_desktop.ui.widgets.rich_notes import RichNotes
from crm_desktop.ui.widgets.stage_pick import StagePick

_WORDS = ("source", "occasion", "lost_reason")
_FIELDS = ("amount", "closes_on", "owner", *_WORDS)


class OpportunityPanel(QFrame):
    """Shows and edits an opportunity.

    `move_wanted` carries its number and a stage; `customer_wanted` whose it is.
    """

    closed = Signal()
    move_wanted = Signal(object, object)
    delete_wanted = Signal(object)
    customer_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setFixedWidth(SIZE.panel)
        self.shown: WholeOpportunity | None = None
        # The next step that is on its way into the archive.
        self._sent = ""
        self.title = InlineEdit(_("What it is about"), role="record")
        self.title.committed.connect(self._save_title)
        self.customer = button("", "user", kind="link", clicked=self._go)
        self.stage = StagePick()
        self.stage.picked.connect(self._stage_picked)
        self.facts = {
            field: TextFact(
                field_text(field), partial(self._save, field), placeholder=field_example(field)
            )
            for field in _FIELDS
        }
        for field in _WORDS:
            self.facts[field].edit.entered.connect(partial(self._offer, field))
        self.does = TaskActions(self)
        self.steps: list[TaskRow] = []
        self.line = LineEdit(name=_("Next step"))
        self.line.setPlaceholderText(_("What is next, and when. Enter saves"))
        self.line.takes_enter = True
        self.line.returnPressed.connect(self.save_step)
        self._error = label("", "error", wrap=True)
        self._error.hide()
        self.quotations = QuotationSection()
        self.notes = RichNotes(_("Notes"), _("What was agreed, what they want"))
        self.notes.committed.connect(self._save_notes)
        self.moves = label("", "secondary", wrap=True)
        self._build()

    def _build(self) -> None:
        close = button("", kind="quiet", clicked=self.closed.emit, name=_("Close the panel"))
        close.setToolTip(_("Close (Esc)"))
        icons.set_icon(close, "x", "mute", 16)
        close.setFixedWidth(32)
        remove = button("", "trash-2", kind="quiet", clicked=self._delete)
        remove.setAccessibleName(_("Delete the opportunity"))
        remove.setToolTip(_("Delete the opportunity (Del on the board)"))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addLayout(row(self.customer, None))
        head = row(spacing=SPACE.xs)
        head.setContentsMargins(14, 18, 12, 0)
        head.addLayout(names, 1)
        for made in (remove, close):
            head.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(20, 0, 20, 20)
        box.setSpacing(SPACE.s)
        facts = QVBoxLayout()
        facts.setSpacing(0)
        self._stage_row = FactRow(_("Stage"), self.stage)
        for fact in (self._stage_row, *self.facts.values()):
            facts.addWidget(fact)
        box.addLayout(facts)
        box.addWidget(hairline())
        box.addWidget(label(_("Next steps"), "section"))
        self._steps = QVBoxLayout()
        self._steps.setSpacing(0)
        box.addLayout(self._steps)
        box.addWidget(self.line)
        box.addWidget(self._error)
        box.addWidget(hairline())
        box.addWidget(self.quotations)
        box.addWidget(hairline())
        box.addWidget(label(_("Notes"), "section"))
        box.addWidget(self.notes)
        box.addWidget(hairline())
        box.addWidget(label(_("How it went"), "section"))
        box.addWidget(self.moves)
        box.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.m)
        whole.addLayout(head)
        whole.addWidget(self.area, 1)

    # Showing.

    @property
    def number(self) -> OpportunityId | None:
        """Which one is shown."""
        return None if self.shown is None else self.shown.opportunity.id

    def show_opportunity(self, whole: WholeOpportunity) -> None:
        """Show one; what is being typed into it is left alone."""
        one = whole.opportunity
        if one.id != self.number:
            self._leave()
        self.shown = whole
        fonts.ensure_for(one.title, whole.customer_name, one.notes, one.owner)
        self.title.set_value(one.title)
        self.customer.setText(whole.customer_name)
        self.customer.setAccessibleName(_("Customer: {name}").format(name=whole.customer_name))
        self.stage.show_stage(whole.stage, whole.pipeline.stages, stage_tint)
        closes = one.closes_on
        shown = "" if closes is None else say.full_date(closes.year, closes.month, closes.day)
        self.facts["amount"].show_value(
            amounts.money_typed(one.money), amounts.money_shown(one.money)
        )
        self.facts["closes_on"].show_value("" if closes is None else closes.isoformat(), shown)
        for field in ("owner", *_WORDS):
            self.facts[field].show_value(getattr(one, field))
        lost = whole.stage.outcome is Outcome.LOST
        self.facts["lost_reason"].setVisible(lost or bool(one.lost_reason))
        self.notes.set_value(one.notes)
        self._show_steps(whole.tasks)
        self.quotations.show_opportunity(one.id, one.customer_id, whole.customer_name)
        self.moves.setText(_moves_text(whole, whole.moves))

    def _show_steps(self, tasks: Sequence[Task]) -> None:
        now = session_of(self).workspace.tasks.clock()
        known = {made.task.id: made for made in self.steps}
        wanted = {task.id for task in tasks}
        for number, gone in known.items():
            if number not in wanted:
                self._steps.removeWidget(gone)
                gone.hide()
                gone.deleteLater()
        self.steps = []
        for place, task in enumerate(tasks):
            made = known.get(task.id) or self._made(task)
            if self._steps.indexOf(made) != place:
                self._steps.insertWidget(place, made)
            made.show_task(task, now)
            self.steps.append(made)

    def _made(self, task: Task) -> TaskRow:
        made = TaskRow(task)
        made.ticked.connect(lambda one: self.does.tick([one]))
        made.opened.connect(lambda one: self.does.edit(self._listed(one)))
        made.postponed.connect(lambda one, days: self.does.postpone([one], days))
        made.day_wanted.connect(lambda one: self.does.ask_day([one]))
        made.delete_wanted.connect(lambda one: self.does.delete([one]))
        made.menu_wanted.connect(self._menu)
        return made

    def _listed(self, task: Task) -> ListedTask:
        return ListedTask(task, "" if self.shown is None else self.shown.customer_name)

    def _menu(self, task: Task, at: QPoint) -> None:
        self.does.menu([self._listed(task)], at)

    def _leave(self) -> None:
        """Keep what is being typed into the one that goes, and let its fields be filled."""
        refused = refusals.standing(self)
        if refused and self.shown is not None and self.number is not None:
            title = self.shown.opportunity.title
            refusals.tell_of_opportunity(self, self.number, title, refused)
        leave(self)
        self.save_step()
        self.line.clear()
        self._sent = ""
        self._error.hide()
        self.area.verticalScrollBar().setValue(0)
        for edit in (self.title, *(fact.edit for fact in self.facts.values())):
            edit.forget()

    # Writing.

    def _save_title(self, text: str) -> None:
        self._save("title", text, self.title)

    def _save_notes(self, text: str) -> None:
        self._write("notes", text, self._tell)

    def _save(self, field: str, text: str, edit: InlineEdit) -> None:
        self._write(field, text, lambda error: edit.show_error(str(error)))

    def _write(self, field: str, text: str, tell: Callable[[UserError], object]) -> None:
        service, shown, number = self._service(), self.shown, self.number
        if shown is None or number is None:
            return

        def refused(error: UserError) -> None:
            if self.number == number:
                tell(error)
            else:
                said = [(text, str(error))]
                refusals.tell_of_opportunity(self, number, shown.opportunity.title, said)

        WriteOp(self, lambda: service.update(number, field, text)).failure(refused).run()

    def save_step(self) -> None:
        """Note the next step that is typed."""
        service, shown, number = self._service(), self.shown, self.number
        text = self.line.text()
        # Enter pressed twice, or another one chosen meanwhile, writes it once.
        if shown is None or number is None or not text.strip() or text == self._sent:
            return

        def saved(_task: TaskId) -> None:
            if self.number == number:
                self._sent = ""
                if self.line.text() == text:
                    self.line.clear()

        def refused(error: UserError) -> None:
            if self.number == number:
                self._sent = ""
                self._tell(error)
            else:
                said = [(text, str(error))]
                refusals.tell_of_opportunity(self, number, shown.opportunity.title, said)

        self._sent = text
        self._error.hide()
        WriteOp(self, lambda: service.add_step(number, text)).success(saved).failure(refused).run()

    def _tell(self, error: UserError) -> None:
        self._error.setText(str(error))
        self._error.show()

    def _offer(self, field: str) -> None:
        service, edit = self._service(), self.facts[field].edit.edit
        ReadOp(self, lambda: service.words_used(field), key=field).success(
            lambda words: complete_with(edit, words)
        ).run()

    def _stage_picked(self, stage: object) -> None:
        if self.number is not None:
            self.move_wanted.emit(self.number, stage)

    def _go(self) -> None:
        if self.shown is not None:
            self.customer_wanted.emit(self.shown.opportunity.customer_id)

    def _delete(self) -> None:
        if self.number is not None:
            self.delete_wanted.emit(self.number)

    def _service(self) -> OpportunityService:
        return session_of(self).workspace.opportunities

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; in the line of the next step it gives up what is typed first."""
        if event.key() == Qt.Key.Key_Escape:
            if self.line.hasFocus() and self.line.text():
                self.line.clear()
                self._error.hide()
            else:
                self.closed.emit()
            return
        super().keyPressEvent(event)


def _moves_text(whole: WholeOpportunity, moves: Sequence[Move]) -> str:
    """A line for each stage that it came to, the newest first."""
    names = {stage.id: stage.name for stage in whole.pipeline.stages}
    lines = []
    for move in reversed(moves):
        stage = names.get(move.stage_id, "") if move.stage_id is not None else ""
        when = say.local(move.at)
        day = say.full_date(when.year, when.month, when.day)
        name = stage or _("a stage that was removed or stands elsewhere")
        lines.append(_("{day}: {stage}").format(day=day, stage=name))
    return "\n".join(lines)
