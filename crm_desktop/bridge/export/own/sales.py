"""What is being sold to a customer, as objects of our exchange file.

An opportunity names its pipeline and stage, and so does each of its moves; a task says by its
place of which opportunity it is a step.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crm_desktop.bridge.export.own.records import moment, read_record, record_json
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.dossiers import Sales
from crm_desktop.domain.money import MOST
from crm_desktop.domain.opportunities import Opportunity, PipelineStageId, ToldOpportunity


def add_sales(result: dict[str, Any], sales: Sales) -> None:
    """Add it to a customer's object, in which his tasks stand already."""
    if sales.opportunities:
        result["opportunities"] = list(map(_opportunity_json, sales.opportunities))
    for at, place in sales.steps.items():
        result["tasks"][at]["opportunity"] = place


def read_sales(found: Mapping[str, Any], owner: CustomerId) -> Sales:
    """What a customer's object says of it.

    Raises:
        TypeError, ValueError, KeyError, AttributeError: it makes no sense.
    """
    listed = [_opportunity(one, owner) for one in found.get("opportunities") or ()]
    steps = {
        at: int(task["opportunity"])
        for at, task in enumerate(found.get("tasks") or ())
        if task.get("opportunity") is not None
    }
    if any(not 0 <= place < len(listed) for place in steps.values()):
        raise ValueError("not a step of an opportunity")
    return Sales(listed, steps)


def _opportunity_json(told: ToldOpportunity) -> dict[str, Any]:
    written = record_json(told.opportunity)
    written |= {"pipeline": told.at[0], "stage": told.at[1]}
    written["moves"] = [_move_json(where, at) for where, at in told.moves]
    return written


def _move_json(where: tuple[str, str] | None, at: datetime) -> dict[str, Any]:
    named = {} if where is None else {"pipeline": where[0], "stage": where[1]}
    return {"at": at.isoformat(), **named}


def _opportunity(found: dict[str, Any], owner: CustomerId) -> ToldOpportunity:
    made = read_record(
        Opportunity, found, customer_id=owner, stage_id=PipelineStageId(0)
    )  # fmt: skip
    money = made.money
    if not made.title.strip() or (money is not None and not 0 <= money.amount <= MOST):
        raise ValueError("not an opportunity")
    if made.entered_at is None or made.created_at is None or made.updated_at is None:
        raise ValueError("not an opportunity")
    moves = [
        (_at(one) if one.get("stage") else None, moment(one["at"]))
        for one in found.get("moves") or ()
    ]
    return ToldOpportunity(made, _at(found), moves)


def _at(found: Mapping[str, Any]) -> tuple[str, str]:
    pipeline, stage = str(found["pipeline"]), str(found["stage"])
    if not pipeline.strip() or not stage.strip():
        raise ValueError("not a stage")
    return pipeline, stage
