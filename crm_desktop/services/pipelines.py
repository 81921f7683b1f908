"""Pipelines and their stages, as the owner edits them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.opportunities import (
    CERTAIN,
    Need,
    Outcome,
    Pipeline,
    PipelineId,
    PipelineStage,
    PipelineStageId,
)
from crm_desktop.i18n import _, ngettext, pgettext
from crm_desktop.services import inputs
from crm_desktop.store import opportunities as rows
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import PIPELINE_STAGES, PIPELINES

_MOST_DAYS = 3_650


class Template(StrEnum):
    """The ways that the program knows to begin with."""

    SIMPLE_SALE = "simple_sale"
    SERVICE_JOB = "service_job"
    OUTBOUND_TRAVEL = "outbound_travel"


class WholePipeline(NamedTuple):
    """A pipeline with its stages in their order."""

    pipeline: Pipeline
    stages: Sequence[PipelineStage] = ()


class PipelineService:
    """The pipelines of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def all(self) -> list[WholePipeline]:
        """All pipelines in their order."""
        with self._archive.reading() as c:
            return [
                WholePipeline(one, rows.stages(c, one.id))
                for one in rows.pipelines(c)
                if one.id is not None
            ]

    def get(self, number: PipelineId) -> WholePipeline:
        """One pipeline.

        Raises:
            UserError: it is not there any more.
        """
        with self._archive.reading() as c:
            found = PIPELINES.get(c, number)
            if found is None:
                raise UserError(_("This pipeline is not there any more."))
            return WholePipeline(found, rows.stages(c, number))

    # Pipelines

    def begin(self, template: Template) -> PipelineId:
        """Make a pipeline like one of those that the program knows, in the user's words."""
        return self._make(template_name(template), _stages_of(template))

    def create(self, name: str) -> PipelineId:
        """Make a pipeline with a stage to begin in, one for what is won and one for what is lost.

        Raises:
            UserError: it has no name, or another one has it.
        """
        first = PipelineStage(pgettext("stage of a sale", "New"), probability=10)
        return self._make(name, [first, *_ends()])

    def _make(self, name: str, listed: Sequence[PipelineStage]) -> PipelineId:
        clean = self._checked_name(name)

        def act(c: Connection) -> PipelineId:
            made = Pipeline(clean, len(rows.pipelines(c)))
            number = PipelineId(PIPELINES.insert(c, made))
            for position, stage in enumerate(listed):
                PIPELINE_STAGES.insert(c, stage, pipeline_id=number, position=position)
            return number

        return self._archive.write(_("New pipeline {name}").format(name=clean), act)

    def rename(self, number: PipelineId, name: str) -> StepId | None:
        """Call a pipeline otherwise; None where it is called so already.

        Raises:
            UserError: it has no name, or another one has it.
        """
        pipeline = self.get(number).pipeline
        clean = self._checked_name(name, besides=number)
        if clean == pipeline.name:
            return None
        return self._step(
            _("Pipeline {name}").format(name=pipeline.name),
            lambda c: PIPELINES.update(c, [number], {"name": clean}),
        )

    def remove(self, number: PipelineId) -> StepId:
        """Take a pipeline away.

        Raises:
            UserError: something stands in it.
        """
        whole = self.get(number)
        with self._archive.reading() as c:
            standing = rows.standing_in(c, [s.id for s in whole.stages if s.id is not None])
        if standing:
            words = ngettext(
                "{n} opportunity stands in this pipeline. Move it to another one first.",
                "{n} opportunities stand in this pipeline. Move them to another one first.",
                len(standing),
            )
            raise UserError(words.format(n=len(standing)))
        return self._step(
            _("Remove pipeline {name}").format(name=whole.pipeline.name),
            lambda c: PIPELINES.delete(c, [number]),
        )

    # Stages

    def add_stage(self, pipeline: PipelineId, name: str) -> PipelineStageId:
        """Add a stage before those in which a sale ends.

        Raises:
            UserError: it has no name, or another stage of the pipeline has it.
        """
        whole = self.get(pipeline)
        clean = _stage_name(name, whole.stages)
        still_open = [s for s in whole.stages if s.outcome is Outcome.OPEN]
        last = still_open[-1].probability if still_open else 0
        made = PipelineStage(clean, pipeline, probability=(last + CERTAIN) // 2)

        def act(c: Connection) -> PipelineStageId:
            number = PipelineStageId(PIPELINE_STAGES.insert(c, made))
            ends = [s.id for s in whole.stages if s.outcome is not Outcome.OPEN and s.id]
            order = [s.id for s in still_open if s.id] + [number, *ends]
            rows.put_in_order(c, order)
            return number

        return self._archive.write(_of(whole), act)

    def update_stage(self, number: PipelineStageId, field: str, value: str) -> StepId | None:
        """Change a field of a stage.

        Args:
            number: which.
            field: name, outcome, probability, most_days, or needs.
            value: as typed; of needs, values of `Need` with blanks between.

        Returns:
            The step, for Undo; None where it says the same already.

        Raises:
            UserError: the value makes no sense there; or no stage would be left for what is
                open, won or lost.
        """
        stage, whole = self._stage(number)
        changes = self._changes(stage, whole, field, value)
        if all(getattr(stage, name) == new for name, new in changes.items()):
            return None
        return self._step(_of(whole), lambda c: PIPELINE_STAGES.update(c, [number], changes))

    def _changes(
        self, stage: PipelineStage, whole: WholePipeline, field: str, value: str
    ) -> dict[str, object]:
        others = [s for s in whole.stages if s.id != stage.id]
        if field == "name":
            return {field: _stage_name(value, others)}
        if field == "outcome":
            wanted = Outcome(inputs.one_of(Outcome, value, field))
            if wanted is not stage.outcome:
                _check_kept(stage, others)
            sure = {Outcome.WON: CERTAIN, Outcome.LOST: 0}.get(wanted, stage.probability)
            return {field: wanted, "probability": sure}
        if field == "probability":
            return {field: _number(value, 0, CERTAIN, field)}
        if field == "most_days":
            return {field: _number(value, 1, _MOST_DAYS, field) if value.strip() else None}
        if field == "needs":
            wanted_needs = {inputs.one_of(Need, one, field) for one in value.split()}
            return {field: " ".join(need for need in Need if need in wanted_needs)}
        raise ValueError(field)

    def move_stage(self, number: PipelineStageId, place: int) -> StepId:
        """Put a stage at another place of its pipeline, the first one 0."""
        _found, whole = self._stage(number)
        order = [s.id for s in whole.stages if s.id is not None and s.id != number]
        order.insert(max(0, place), number)
        return self._step(_of(whole), lambda c: rows.put_in_order(c, order))

    def standing_in(self, number: PipelineStageId) -> int:
        """How many opportunities stand in a stage, to be told before it is removed."""
        with self._archive.reading() as c:
            return len(rows.standing_in(c, [number]))

    def remove_stage(
        self, number: PipelineStageId, *, into: PipelineStageId | None = None
    ) -> StepId:
        """Take a stage away; what stands in it goes to another one of the pipeline.

        Raises:
            UserError: something stands in it and nobody says where it goes; or no stage would
                be left for what is open, won or lost.
        """
        stage, whole = self._stage(number)
        others = [s for s in whole.stages if s.id != number]
        _check_kept(stage, others)
        if into is not None and all(s.id != into for s in others):
            raise ValueError(into)
        with self._archive.reading() as c:
            standing = rows.standing_in(c, [number])
        if standing and into is None:
            words = ngettext(
                "{n} opportunity stands in this stage. Say where it goes.",
                "{n} opportunities stand in this stage. Say where they go.",
                len(standing),
            )
            raise UserError(words.format(n=len(standing)), field="into")
        now = datetime.now(UTC)

        def act(c: Connection) -> None:
            for opportunity in rows.standing_in(c, [number]):
                assert into is not None
                rows.enter(c, opportunity, into, now)
            PIPELINE_STAGES.delete(c, [number])

        name = _("Remove stage {stage} of {name}")
        return self._step(name.format(stage=stage.name, name=whole.pipeline.name), act)

    # Parts

    def _stage(self, number: PipelineStageId) -> tuple[PipelineStage, WholePipeline]:
        with self._archive.reading() as c:
            found = rows.place(c, number)
        if found is None or found.pipeline.id is None:
            raise UserError(_("This stage is not there any more."))
        return found.stage, self.get(found.pipeline.id)

    def _checked_name(self, name: str, *, besides: PipelineId | None = None) -> str:
        clean = inputs.title(name, "name", _("A pipeline needs a name."))
        if any(w.pipeline.name == clean and w.pipeline.id != besides for w in self.all()):
            raise UserError(_("Another pipeline is called so."), field="name")
        return clean

    def _step(self, name: str, act: Callable[[Connection], object]) -> StepId:
        def run(c: Connection) -> StepId:
            act(c)
            return steps.current(c)

        return self._archive.write(name, run)


def template_name(template: Template) -> str:
    """What a pipeline that the program knows is called."""
    return {
        Template.SIMPLE_SALE: _("Simple sale"),
        Template.SERVICE_JOB: _("Service job"),
        Template.OUTBOUND_TRAVEL: _("Outbound travel"),
    }[template]


def _stages_of(template: Template) -> list[PipelineStage]:
    ways: dict[Template, list[PipelineStage]] = {
        Template.SIMPLE_SALE: [
            PipelineStage(pgettext("stage of a sale", "Enquiry"), probability=10, most_days=3),
            PipelineStage(pgettext("stage of a sale", "Talking"), probability=30, most_days=14),
            PipelineStage(
                pgettext("stage of a sale", "Offer made"),
                probability=60,
                most_days=14,
                needs=Need.AMOUNT,
            ),
        ],
        Template.SERVICE_JOB: [
            PipelineStage(pgettext("stage of a sale", "Request"), probability=30, most_days=2),
            PipelineStage(pgettext("stage of a sale", "Looked at"), probability=50, most_days=5),
            PipelineStage(
                pgettext("stage of a sale", "Estimate given"),
                probability=70,
                most_days=10,
                needs=Need.AMOUNT,
            ),
        ],
        Template.OUTBOUND_TRAVEL: [
            PipelineStage(pgettext("stage of a sale", "Enquiry"), probability=10, most_days=1),
            PipelineStage(
                pgettext("stage of a sale", "Judged genuine"),
                probability=25,
                most_days=3,
                needs=Need.OWNER,
            ),
            PipelineStage(
                pgettext("stage of a sale", "Planning the itinerary"), probability=50, most_days=14
            ),
            PipelineStage(
                pgettext("stage of a sale", "Quotation sent"),
                probability=70,
                most_days=7,
                needs=Need.AMOUNT,
            ),
            PipelineStage(
                pgettext("stage of a sale", "Waiting for the deposit"),
                probability=90,
                most_days=7,
                needs=f"{Need.AMOUNT} {Need.CLOSES_ON}",
            ),
        ],
    }
    return [*ways[template], *_ends()]


def _ends() -> list[PipelineStage]:
    return [
        PipelineStage(pgettext("stage of a sale", "Won"), outcome=Outcome.WON, probability=CERTAIN),
        PipelineStage(pgettext("stage of a sale", "Lost"), outcome=Outcome.LOST),
    ]


def _of(whole: WholePipeline) -> str:
    return _("Pipeline {name}").format(name=whole.pipeline.name)


def _stage_name(text: str, others: Sequence[PipelineStage]) -> str:
    clean = inputs.title(text, "name", _("A stage needs a name."))
    if any(one.name == clean for one in others):
        raise UserError(_("Another stage of this pipeline is called so."), field="name")
    return clean


def _check_kept(stage: PipelineStage, others: Sequence[PipelineStage]) -> None:
    """A pipeline keeps a stage for each outcome."""
    if all(one.outcome is not stage.outcome for one in others):
        words = {
            Outcome.OPEN: _("A pipeline needs a stage for what is open."),
            Outcome.WON: _("A pipeline needs a stage for what is won."),
            Outcome.LOST: _("A pipeline needs a stage for what is lost."),
        }
        raise UserError(words[stage.outcome], field="outcome")


def _number(text: str, least: int, most: int, field: str) -> int:
    clean = inputs.tidy(text).removesuffix("%").strip()
    if not clean.isdecimal() or not least <= int(clean) <= most:
        words = _("Write a whole number from {least} to {most}.")
        raise UserError(words.format(least=least, most=most), field=field)
    return int(clean)
