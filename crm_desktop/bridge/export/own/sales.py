"""What is being sold to a customer, as objects of our exchange file.

An opportunity names its pipeline and stage, and so does each of its moves; a task says by its
place of which opportunity it is a step, and by its number of which order. A quotation says by
their places to which opportunity it belongs and which one it replaces, and each of its lines, of
which product it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crm_desktop.bridge.export.own.lines import check_discount, check_line, place_in
from crm_desktop.bridge.export.own.orders import order_json, read_order
from crm_desktop.bridge.export.own.processes import firing_json, read_firing
from crm_desktop.bridge.export.own.records import moment, read_record, record_json
from crm_desktop.bridge.export.own.surveys import (
    read_request,
    read_response,
    request_json,
    response_json,
)
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.dossiers import Sales
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.money import MOST
from crm_desktop.domain.opportunities import Opportunity, PipelineStageId, ToldOpportunity
from crm_desktop.domain.quotations import (
    Quotation,
    QuotationLine,
    QuotationStatus,
    ToldLine,
    ToldQuotation,
    totals,
)


def add_sales(result: dict[str, Any], sales: Sales) -> None:
    """Add it to a customer's object, in which his tasks stand already."""
    if sales.opportunities:
        result["opportunities"] = list(map(_opportunity_json, sales.opportunities))
    for at, place in sales.steps.items():
        result["tasks"][at]["opportunity"] = place
    if sales.quotations:
        result["quotations"] = list(map(_quotation_json, sales.quotations))
    if sales.orders:
        result["orders"] = list(map(order_json, sales.orders))
    for at, number in sales.of_orders.items():
        result["tasks"][at]["order"] = number
    if sales.firings:
        result["rules"] = list(map(firing_json, sales.firings))
    if sales.asked:
        result["asked"] = list(map(request_json, sales.asked))
    if sales.answered:
        result["answered"] = list(map(response_json, sales.answered))


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
    offered = [
        _quotation(one, owner, at, len(listed))
        for at, one in enumerate(found.get("quotations") or ())
    ]
    ordered = [
        read_order(one, owner, opportunities=len(listed), quotations=len(offered))
        for one in found.get("orders") or ()
    ]
    of_orders = {
        at: str(task["order"])
        for at, task in enumerate(found.get("tasks") or ())
        if task.get("order")
    }
    firings = [read_firing(one, owner) for one in found.get("rules") or ()]
    asked = [read_request(one, owner, len(ordered)) for one in found.get("asked") or ()]
    answered = [read_response(one, owner, len(asked)) for one in found.get("answered") or ()]
    return Sales(listed, steps, offered, ordered, of_orders, firings, asked, answered)


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


def _quotation_json(told: ToldQuotation) -> dict[str, Any]:
    written = record_json(told.quotation)
    for name in ("opportunity", "earlier"):
        if (place := getattr(told, name)) is not None:
            written[name] = place
    written["lines"] = [
        record_json(line) | ({} if product is None else {"product": product})
        for line, product in told.lines
    ]
    return written


def _quotation(found: dict[str, Any], owner: CustomerId, at: int, sold: int) -> ToldQuotation:
    made = read_record(Quotation, found, customer_id=owner)
    listed = [
        ToldLine(read_record(QuotationLine, one), place_in(one, "product"))
        for one in found.get("lines") or ()
    ]
    told = ToldQuotation(made, listed, place_in(found, "opportunity"), place_in(found, "earlier"))
    if not (made.title.strip() and made.created_at and made.updated_at):
        raise ValueError("not a quotation")
    if (made.status is QuotationStatus.DRAFT) == bool(made.number) or made.version < 1:
        raise ValueError("not a number")
    # An opportunity of his, and a quotation that came before it.
    if not (told.opportunity or 0) < max(sold, 1) or not (told.earlier or 0) < max(at, 1):
        raise ValueError("not a place")
    for off in (made.discount, *(line.discount for line, _product in listed)):
        check_discount(off)
    for line, _product in listed:
        _check(line)
    if made.rounding < 1 or abs(totals(made, [line for line, _p in listed]).total) > MOST:
        raise ValueError("not a total")
    return told


def _check(line: QuotationLine) -> None:
    check_line(line)
    if line.kind is not LineKind.TEXT and line.quantity <= 0:
        raise ValueError("not a quantity")


def _at(found: Mapping[str, Any]) -> tuple[str, str]:
    pipeline, stage = str(found["pipeline"]), str(found["stage"])
    if not pipeline.strip() or not stage.strip():
        raise ValueError("not a stage")
    return pipeline, stage
