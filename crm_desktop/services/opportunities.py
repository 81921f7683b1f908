"""Opportunities: begun, followed through the stages of their pipeline, won or lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import Customer, CustomerId, Stage
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.money import Money
from crm_desktop.domain.names import shortened
from crm_desktop.domain.opportunities import (
    BoardQuery,
    ListedOpportunity,
    Move,
    Need,
    Opportunity,
    OpportunityId,
    Outcome,
    PipelineStage,
    PipelineStageId,
    missing,
)
from crm_desktop.domain.tasks import Task, TaskId
from crm_desktop.i18n import _, ngettext, pgettext
from crm_desktop.services import amounts, inputs
from crm_desktop.services.pipelines import PipelineService, Template, WholePipeline
from crm_desktop.services.settings import SettingsService
from crm_desktop.services.tasks import TaskService
from crm_desktop.store import customers
from crm_desktop.store import opportunities as rows
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import OPPORTUNITIES, TASKS
from crm_desktop.store.search.fold import fold

_NOTHING: Mapping[str, str] = {}
_LINES = frozenset(("owner", "source", "occasion", "lost_reason"))


class WholeOpportunity(NamedTuple):
    """An opportunity with what stands around it.

    Attributes:
        tasks: the open ones of it, as they are due.
        moves: the stages that it came to, the first one first.
    """

    opportunity: Opportunity
    customer_name: str
    pipeline: WholePipeline
    stage: PipelineStage
    tasks: Sequence[Task] = ()
    moves: Sequence[Move] = ()


class Board(NamedTuple):
    """A pipeline with what stands in it."""

    pipeline: WholePipeline
    listed: Sequence[ListedOpportunity] = ()


class OpportunityService:
    """The opportunities of one archive. Each change is one step that can be undone."""

    def __init__(
        self,
        archive: Archive,
        settings: SettingsService,
        tasks: TaskService,
        pipelines: PipelineService,
    ) -> None:
        self._archive = archive
        self._settings = settings
        self._tasks = tasks
        self._pipelines = pipelines

    # Reading

    def board(self, query: BoardQuery) -> Board:
        """What stands in a pipeline.

        Raises:
            UserError: the pipeline is not there any more.
        """
        pipeline = self._pipelines.get(query.pipeline)
        with self._archive.reading() as c:
            return Board(pipeline, rows.board(c, query))

    def get(self, number: OpportunityId) -> WholeOpportunity:
        """One opportunity with what stands around it.

        Raises:
            UserError: it is not there any more.
        """
        with self._archive.reading() as c:
            found = OPPORTUNITIES.get(c, number)
            place = None if found is None else rows.place(c, found.stage_id)
            if found is None or place is None or place.pipeline.id is None:
                raise UserError(_("This opportunity is not there any more."))
            return WholeOpportunity(
                found,
                customers.names(c, [found.customer_id]).get(found.customer_id, ""),
                WholePipeline(place.pipeline, rows.stages(c, place.pipeline.id)),
                place.stage,
                TASKS.where(
                    c,
                    "t.opportunity_id = ? AND t.done_at IS NULL"
                    " ORDER BY t.due_on IS NULL, t.due_on, t.due_time, t.id",
                    (number,),
                ),
                rows.moves(c, number),
            )

    def search(self, text: str, *, limit: int) -> list[ListedOpportunity]:
        """Opportunities that have all words of a text, the newest first; none for no words."""
        words = fold(text).split()
        if not words:
            return []
        with self._archive.reading() as c:
            return rows.searched(c, words, limit)

    def of(self, customer: CustomerId) -> list[tuple[Opportunity, PipelineStage]]:
        """A customer's opportunities with their stages: what is open first, then the newest."""
        with self._archive.reading() as c:
            found = [
                (one, place.stage)
                for one in rows.of_customer(c, customer)
                if (place := rows.place(c, one.stage_id)) is not None
            ]
        return sorted(found, key=lambda pair: pair[1].outcome is not Outcome.OPEN)

    def words_used(self, field: str) -> list[str]:
        """What was written into `source`, `occasion` or `lost_reason` before, to be offered."""
        with self._archive.reading() as c:
            used = rows.words_used(c, field)
        offered = _offered().get(field, ())
        return [*used, *(word for word in offered if word not in used)]

    # Changing

    def create(
        self,
        title: str,
        customer: CustomerId,
        *,
        stage: PipelineStageId | None = None,
        amount: str = "",
        owner: str = "",
        source: str = "",
    ) -> OpportunityId:
        """Begin an opportunity; a customer who was only potential is a prospect from now on.

        Args:
            title: what it is about, as typed.
            customer: whose.
            stage: where it stands; None for the first stage of the first pipeline, which is made
                where there is none.
            amount: what it is worth, as typed.
            owner: who follows it up; "" for who looks after the customer.
            source: how it came.

        Raises:
            UserError: it has no title, the amount is none, or there is no such customer.
        """
        self._check_customer(customer)
        act = self.beginning(title, stage=stage, amount=amount, owner=owner, source=source)
        step = _("New opportunity {title}").format(title=shortened(_title(title)))
        return self._archive.write(step, lambda c: act(c, customer))

    def beginning(
        self,
        title: str,
        *,
        stage: PipelineStageId | None = None,
        amount: str = "",
        owner: str = "",
        source: str = "",
    ) -> Callable[[Connection, CustomerId], OpportunityId]:
        """What `create` does, to be done for a customer inside a step of something else.

        Raises:
            UserError: as `create`.
        """
        clean = _title(title)
        worth = self._amount(amount)
        where = stage or self._first_stage()
        now = datetime.now(UTC)

        def act(c: Connection, customer: CustomerId) -> OpportunityId:
            follows = owner or _customer(c, customer).facts.owner
            made = Opportunity(
                clean,
                customer,
                where,
                inputs.line(follows, "owner"),
                None if worth is None else worth.amount,
                "" if worth is None else worth.currency,
                source=inputs.line(source, "source"),
                entered_at=now,
                created_at=now,
                updated_at=now,
            )
            number = rows.insert(c, made)
            self._follow_stage(c, customer, Stage.PROSPECT)
            return number

        return act

    def update(self, number: OpportunityId, field: str, value: str) -> StepId | None:
        """Change a field of an opportunity.

        Args:
            number: which.
            field: title, owner, amount, closes_on, source, occasion, lost_reason, or notes.
            value: as typed.

        Returns:
            The step, for Undo; None where it says the same already.

        Raises:
            UserError: the value makes no sense there, or the opportunity is gone.
        """
        one = self.get(number).opportunity
        changes = self._changes(field, value)
        if all(getattr(one, name) == new for name, new in changes.items()):
            return None
        changes["updated_at"] = datetime.now(UTC)
        return self._step(_of(one), lambda c: OPPORTUNITIES.update(c, [number], changes))

    def _changes(self, field: str, value: str) -> dict[str, object]:
        if field == "title":
            return {field: _title(value)}
        if field in _LINES:
            return {field: inputs.line(value, field)}
        if field == "notes":
            return {field: inputs.long_text(value, field)}
        if field == "closes_on":
            return {field: self._day(value, field)}
        if field == "amount":
            worth = self._amount(value)
            return {
                "amount": None if worth is None else worth.amount,
                "currency": "" if worth is None else worth.currency,
            }
        raise ValueError(field)

    def move(
        self,
        number: OpportunityId,
        stage: PipelineStageId,
        *,
        given: Mapping[str, str] = _NOTHING,
    ) -> StepId | None:
        """Put an opportunity into another stage; what is won makes its customer one.

        Args:
            number: which.
            stage: where to.
            given: what is said of it on this occasion, as typed: `lost_reason`, and what the
                stage wants (values of `Need`).

        Returns:
            The step, for Undo; None where it stands there already.

        Raises:
            UserError: the stage wants what it does not have (`field` is that of the first), or
                nobody says why it was lost (`field` is lost_reason).
        """
        act = self.moving(number, stage, given=given)
        if act is None:
            return None
        one = self.get(number).opportunity
        name = _("{title}: {stage}").format(
            title=shortened(one.title), stage=self._place(stage).stage.name
        )
        return self._step(name, act)

    def moving(
        self,
        number: OpportunityId,
        stage: PipelineStageId,
        *,
        given: Mapping[str, str] = _NOTHING,
    ) -> Callable[[Connection], None] | None:
        """What `move` does, to be done inside a step of something else; None for nothing.

        Raises:
            UserError: as `move`.
        """
        whole = self.get(number)
        one = whole.opportunity
        if one.stage_id == stage:
            return None
        place = self._place(stage)
        said = {name: text for name, text in given.items() if text.strip()}
        step = self._step_of(one, said.pop(Need.NEXT_STEP, ""))
        changes: dict[str, Any] = {}
        for field, text in said.items():
            changes |= self._changes(field, text)
        lost = place.stage.outcome is Outcome.LOST
        if lost and not changes.setdefault("lost_reason", one.lost_reason):
            raise UserError(_("Say why it was lost."), field="lost_reason")
        if not lost:
            changes["lost_reason"] = ""
        then = replace(one, **changes)
        if wanted := missing(place.stage, then, has_next_step=bool(whole.tasks or step)):
            words = _("“{stage}” wants first: {needs}.").format(
                stage=place.stage.name, needs=", ".join(map(need_text, wanted))
            )
            raise UserError(words, field=wanted[0].value)
        now = datetime.now(UTC)

        def act(c: Connection) -> None:
            rows.enter(c, number, stage, now)
            OPPORTUNITIES.update(c, [number], changes)
            if step is not None:
                TASKS.insert(c, step)
            if place.stage.outcome is Outcome.WON:
                self._follow_stage(c, one.customer_id, Stage.CUSTOMER)

        return act

    def add_step(self, number: OpportunityId, line: str) -> TaskId:
        """Note what is to be done next, from a line with its day in words.

        Raises:
            UserError: there is no word in it.
        """
        one = self.get(number).opportunity
        task = self._step_of(one, line)
        if task is None:
            raise UserError(_("Say what is to be done."), field="title")
        return self._tasks.create(task)[0]

    def _step_of(self, one: Opportunity, line: str) -> Task | None:
        """The task that a line stands for; None for an empty one."""
        if not line.strip():
            return None
        title, due = self._tasks.read_line(line)
        task = Task(title, one.customer_id, owner=one.owner, opportunity_id=one.id)
        if due is not None:
            task = replace(task, due_on=due.day, due_time=due.time)
        return self._tasks.clean(task)

    def remove(self, numbers: Sequence[OpportunityId]) -> StepId:
        """Take opportunities away; their tasks stay with the customers. Returns the step."""
        name = ngettext("Delete {n} opportunity", "Delete {n} opportunities", len(numbers)).format(
            n=len(numbers)
        )
        if len(numbers) == 1:
            title = self.get(numbers[0]).opportunity.title
            name = _("Delete opportunity {title}").format(title=shortened(title))
        return self._step(name, lambda c: OPPORTUNITIES.delete(c, numbers))

    # Parts

    def _place(self, stage: PipelineStageId) -> rows.Place:
        with self._archive.reading() as c:
            place = rows.place(c, stage)
        if place is None:
            raise UserError(_("This stage is not there any more."))
        return place

    def _first_stage(self) -> PipelineStageId:
        listed = self._pipelines.all()
        if not listed:
            self._pipelines.begin(Template.SIMPLE_SALE)
            listed = self._pipelines.all()
        first = next(s.id for s in listed[0].stages if s.outcome is Outcome.OPEN)
        assert first is not None
        return first

    def _follow_stage(self, c: Connection, customer: CustomerId, stage: Stage) -> None:
        """Take a customer on to a stage of his life cycle, where he has not come so far."""
        order = (Stage.POTENTIAL, Stage.PROSPECT, Stage.CUSTOMER)
        before = _customer(c, customer).stage
        came_back = before is Stage.FORMER and stage is Stage.CUSTOMER
        if came_back or (before in order and order.index(before) < order.index(stage)):
            customers.set_column(c, customer, "stage", stage.value)

    def _check_customer(self, customer: CustomerId) -> None:
        with self._archive.reading() as c:
            if not customers.exists(c, customer):
                raise UserError(_("There is no customer {number}.").format(number=customer))

    def _day(self, text: str, field: str) -> date | None:
        """A day in words: "in 2 weeks", 31/5/2030."""
        try:
            due = self._tasks.read_due(text)
        except UserError as error:
            raise UserError(str(error), field=field) from error
        return None if due is None else due.day

    def _amount(self, text: str) -> Money | None:
        from crm_desktop.bridge.values.currencies import home_currency

        country = self._settings.home_country()
        return amounts.amount(text, "amount", currency=home_currency(country), country=country)

    def _step(self, name: str, act: Callable[[Connection], object]) -> StepId:
        def run(c: Connection) -> StepId:
            act(c)
            return steps.current(c)

        return self._archive.write(name, run)


def need_text(need: Need) -> str:
    """What a stage may want, in words."""
    return {
        Need.AMOUNT: pgettext("stage needs", "an amount"),
        Need.CLOSES_ON: pgettext("stage needs", "a day when it is decided"),
        Need.OWNER: pgettext("stage needs", "somebody who follows it up"),
        Need.NEXT_STEP: pgettext("stage needs", "a next step"),
    }[need]


def _offered() -> dict[str, tuple[str, ...]]:
    return {
        "source": (_("Phone"), _("Web form"), _("Recommended"), _("Walked in")),
        "occasion": (
            _("Their supplier is in trouble"),
            _("A new buyer is in charge"),
            _("We have something new"),
        ),
        "lost_reason": (
            _("Too expensive"), _("Went to somebody else"), _("No answer"), _("No need any more"),
        ),
    }  # fmt: skip


def _customer(c: Connection, number: CustomerId) -> Customer:
    found = customers.get(c, number)
    if found is None:
        raise UserError(_("There is no customer {number}.").format(number=number))
    return found


def _of(one: Opportunity) -> str:
    return _("Opportunity {title}").format(title=shortened(one.title))


def _title(text: str) -> str:
    return inputs.title(text, "title", _("Say in a few words what it is about."))
