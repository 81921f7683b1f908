"""The rows of pipelines, their stages, and the opportunities in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.opportunities import (
    BoardQuery,
    ListedOpportunity,
    Move,
    NextStep,
    Opportunity,
    OpportunityId,
    Outcome,
    Pipeline,
    PipelineId,
    PipelineStage,
    PipelineStageId,
    ToldOpportunity,
    ToldPipeline,
)
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import MOVES, OPPORTUNITIES, PIPELINE_STAGES, PIPELINES
from crm_desktop.store.search.fold import fold
from crm_desktop.store.times import write

_IN_ORDER = "ORDER BY t.position, t.id"
# A customer in the trash takes what is going on with him out of sight.
_LIVE = "JOIN customer c ON c.id = t.customer_id AND c.deleted_at IS NULL"
# The open task of each opportunity that is due first; of equal days the one noted first.
_NEXT_STEPS = """
SELECT t.opportunity_id, t.title, t.due_on FROM task t
WHERE t.opportunity_id IS NOT NULL AND t.done_at IS NULL{condition}
ORDER BY t.due_on IS NULL DESC, t.due_on DESC, t.due_time DESC, t.id DESC"""


class Place(NamedTuple):
    """Where an opportunity stands."""

    pipeline: Pipeline
    stage: PipelineStage


def pipelines(connection: Connection) -> list[Pipeline]:
    """All pipelines in their order."""
    return PIPELINES.where(connection, f"1 {_IN_ORDER}")


def stages(connection: Connection, pipeline: PipelineId) -> list[PipelineStage]:
    """A pipeline's stages in their order."""
    return PIPELINE_STAGES.where(connection, f"t.pipeline_id = ? {_IN_ORDER}", (pipeline,))


def place(connection: Connection, stage: PipelineStageId) -> Place | None:
    """A stage with its pipeline."""
    found = PIPELINE_STAGES.get(connection, stage)
    if found is None or found.pipeline_id is None:
        return None
    pipeline = PIPELINES.get(connection, found.pipeline_id)
    return None if pipeline is None else Place(pipeline, found)


def standing_in(connection: Connection, stages: Iterable[PipelineStageId]) -> list[OpportunityId]:
    """What stands in some stages, that of customers in the trash, too."""
    return [
        OpportunityId(row[0])
        for stage in stages
        for row in connection.execute(
            "SELECT id FROM opportunity WHERE stage_id = ? ORDER BY id", (stage,)
        )
    ]


def board(connection: Connection, query: BoardQuery) -> list[ListedOpportunity]:
    """What stands in a pipeline: what is due to be decided soonest first, then the largest.

    Args:
        connection: for reading.
        query: which; every word of its text is in the title, the customer's name or the owner.
    """
    condition = "t.stage_id IN (SELECT id FROM pipeline_stage WHERE pipeline_id = :pipeline)"
    if query.owner:
        condition += " AND t.owner = :owner"
    if query.closed_since is not None:
        condition += (
            f" AND (t.entered_at >= :since OR t.stage_id IN (SELECT id FROM pipeline_stage"
            f" WHERE pipeline_id = :pipeline AND outcome = '{Outcome.OPEN.value}'))"
        )
    values = {
        "pipeline": query.pipeline,
        "owner": query.owner,
        "since": "" if query.closed_since is None else write(query.closed_since),
    }
    found = OPPORTUNITIES.where(
        connection,
        f"{condition} ORDER BY t.closes_on IS NULL, t.closes_on, t.amount DESC, t.id",
        values,
        join=_LIVE,
    )
    names = _names(connection, query.pipeline)
    if words := fold(query.text).split():
        found = [
            one for one in found
            if all(
                word in fold(f"{one.title} {names[one.customer_id]} {one.owner}")
                for word in words
            )
        ]  # fmt: skip
    steps = next_steps(connection)
    return [ListedOpportunity(one, names[one.customer_id], steps.get(one.id or 0)) for one in found]


def searched(connection: Connection, words: Sequence[str], limit: int) -> list[ListedOpportunity]:
    """Opportunities whose title, customer or owner have all words, the newest first.

    Args:
        connection: for reading.
        words: folded; at least one.
        limit: how many at most.
    """
    told = connection.execute(
        "SELECT t.id, c.name, t.title || ' ' || c.name || ' ' || t.owner"
        f" FROM opportunity t {_LIVE} ORDER BY t.created_at DESC, t.id DESC"
    )
    hits = (
        (number, name)
        for number, name, said in told
        if (folded := fold(said)) and all(word in folded for word in words)
    )
    return [
        ListedOpportunity(one, name)
        for number, name in list(islice(hits, limit))
        if (one := OPPORTUNITIES.get(connection, number)) is not None
    ]


def of_customer(connection: Connection, customer: CustomerId) -> list[Opportunity]:
    """A customer's opportunities, the newest first."""
    return OPPORTUNITIES.where(
        connection, "t.customer_id = ? ORDER BY t.created_at DESC, t.id DESC", (customer,)
    )


def next_steps(
    connection: Connection, opportunity: OpportunityId | None = None
) -> dict[int, NextStep]:
    """What is to be done next for each opportunity, or for one."""
    condition = "" if opportunity is None else " AND t.opportunity_id = :opportunity"
    rows = connection.execute(_NEXT_STEPS.format(condition=condition), {"opportunity": opportunity})
    # The last one of each is the first one due.
    return {
        number: NextStep(title, None if due is None else date.fromisoformat(due))
        for number, title, due in rows
    }


def moves(connection: Connection, opportunity: OpportunityId) -> list[Move]:
    """The stages that an opportunity came to, the first one first."""
    return MOVES.where(connection, "t.opportunity_id = ? ORDER BY t.id", (opportunity,))


def words_used(connection: Connection, column: str) -> list[str]:
    """What was written into a field of opportunities, the most frequent first.

    Raises:
        ValueError: it is none of `source`, `occasion`, `lost_reason`.
    """
    if column not in ("source", "occasion", "lost_reason"):
        raise ValueError(column)
    rows = connection.execute(
        f"SELECT {column} FROM opportunity WHERE {column} <> ''"
        f" GROUP BY {column} ORDER BY count(*) DESC, {column} LIMIT 50"
    )
    return [row[0] for row in rows]


def put_in_order(connection: Connection, numbers: Sequence[PipelineStageId]) -> None:
    """Give stages the places in which they are listed."""
    for position, number in enumerate(numbers):
        PIPELINE_STAGES.update(connection, [number], {"position": position})


def enter(
    connection: Connection, opportunity: OpportunityId, stage: PipelineStageId, at: datetime
) -> None:
    """Put an opportunity into a stage, and note that it came there."""
    OPPORTUNITIES.update(
        connection, [opportunity], {"stage_id": stage, "entered_at": at, "updated_at": at}
    )
    MOVES.insert(connection, Move(at, stage, opportunity))


def insert(connection: Connection, opportunity: Opportunity) -> OpportunityId:
    """Store a new opportunity; it has come to its stage now."""
    number = OpportunityId(OPPORTUNITIES.insert(connection, opportunity))
    assert opportunity.entered_at is not None
    MOVES.insert(connection, Move(opportunity.entered_at, opportunity.stage_id, number))
    return number


def _names(connection: Connection, pipeline: PipelineId) -> dict[CustomerId, str]:
    rows = connection.execute(
        """SELECT c.id, c.name FROM customer c WHERE c.id IN (
              SELECT t.customer_id FROM opportunity t
              JOIN pipeline_stage s ON s.id = t.stage_id AND s.pipeline_id = ?)""",
        (pipeline,),
    )
    return dict(rows.fetchall())


# Out of an archive and into another.


def told_pipelines(connection: Connection) -> list[ToldPipeline]:
    """All pipelines with their stages."""
    return [
        ToldPipeline(one.name, stages(connection, one.id))
        for one in pipelines(connection)
        if one.id is not None
    ]


def told(connection: Connection, customer: CustomerId) -> list[ToldOpportunity]:
    """A customer's opportunities in the order in which they came."""
    named = _places(connection)
    return [
        ToldOpportunity(
            one,
            named[one.stage_id],
            [
                (None if move.stage_id is None else named[move.stage_id], move.at)
                for move in moves(connection, one.id)
            ],
        )
        for one in OPPORTUNITIES.of(connection, customer)
        if one.id is not None
    ]


def take_in_pipeline(connection: Connection, pipeline: ToldPipeline) -> None:
    """Write a pipeline that comes from elsewhere; one of that name gets the stages it lacks."""
    there = pipelines(connection)
    number = next((one.id for one in there if one.name == pipeline.name), None)
    if number is None:
        made = Pipeline(pipeline.name, len(there))
        number = PipelineId(PIPELINES.insert(connection, made))
    known = stages(connection, number)
    position = len(known)
    for stage in pipeline.stages:
        if all(one.name != stage.name for one in known):
            PIPELINE_STAGES.insert(connection, stage, pipeline_id=number, position=position)
            position += 1


def take_in(
    connection: Connection, customer: CustomerId, listed: Sequence[ToldOpportunity]
) -> dict[int, OpportunityId]:
    """Give a customer opportunities that he does not have yet; equal ones count.

    Args:
        connection: the writer's, inside a step.
        customer: whose.
        listed: with names of pipelines and stages; what is not there is made.

    Returns:
        The numbers of all of them here, by their places.
    """
    here: dict[int, OpportunityId] = {}
    known = [(told_one, told_one.opportunity.id) for told_one in told(connection, customer)]
    for at, one in enumerate(listed):
        alike = next((k for k in known if _said(k[0]) == _said(one)), None)
        if alike is not None:
            known.remove(alike)
            assert alike[1] is not None
            here[at] = alike[1]
            continue
        number = OpportunityId(
            OPPORTUNITIES.insert(
                connection,
                one.opportunity,
                customer_id=customer,
                stage_id=_stage_named(connection, one.at),
            )
        )
        for where, moment in one.moves:
            stage = None if where is None else _stage_named(connection, where)
            MOVES.insert(connection, Move(moment, stage, number))
        here[at] = number
    return here


def _said(one: ToldOpportunity) -> object:
    return OPPORTUNITIES.bare(one.opportunity), one.at, list(one.moves)


def _places(connection: Connection) -> dict[PipelineStageId, tuple[str, str]]:
    rows = connection.execute(
        "SELECT s.id, p.name, s.name FROM pipeline_stage s JOIN pipeline p ON p.id = s.pipeline_id"
    )
    return {PipelineStageId(number): (pipeline, stage) for number, pipeline, stage in rows}


def _stage_named(connection: Connection, named: tuple[str, str]) -> PipelineStageId:
    for number, found in _places(connection).items():
        if found == named:
            return number
    pipeline, stage = named
    take_in_pipeline(connection, ToldPipeline(pipeline, [PipelineStage(stage)]))
    return _stage_named(connection, named)
