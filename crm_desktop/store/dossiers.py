"""All of a customer, put together from the tables."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from crm_desktop.domain.customers import Customer, CustomerId
from crm_desktop.domain.dossiers import Dossier, Records, Sales
from crm_desktop.domain.exchange import FollowUp
from crm_desktop.domain.leads import Lead
from crm_desktop.domain.opportunities import ToldOpportunity
from crm_desktop.domain.payments import ToldOrder
from crm_desktop.domain.quotations import ToldQuotation
from crm_desktop.domain.rules import ToldFiring
from crm_desktop.domain.tasks import Task, TaskId
from crm_desktop.store import (
    custom_fields,
    documents,
    merging,
    opportunities,
    processes,
    quotations,
    relations,
    surveys,
    timeline,
    told_orders,
)
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import (
    CASES,
    LEADS,
    PROMISES,
    QUOTATION_LINES,
    STAGE_CHANGES,
    TASKS,
    RecordTable,
    written,
)

T = TypeVar("T")

# Whose rows are read for a dossier, by what reads them.
_HAVING = {
    "interaction": "SELECT DISTINCT customer_id FROM interaction",
    "relation": "SELECT DISTINCT customer_id FROM relation",
    "document": "SELECT DISTINCT customer_id FROM document",
    "stage_change": "SELECT DISTINCT customer_id FROM stage_change",
    "task": "SELECT DISTINCT customer_id FROM task",
    "service_case": "SELECT DISTINCT customer_id FROM service_case",
    "promise": "SELECT DISTINCT customer_id FROM promise",
    "lead": "SELECT DISTINCT customer_id FROM lead",
    "opportunity": "SELECT DISTINCT customer_id FROM opportunity",
    "quotation": "SELECT DISTINCT customer_id FROM quotation",
    "sales_order": "SELECT DISTINCT customer_id FROM sales_order",
    "rule_firing": "SELECT DISTINCT customer_id FROM rule_firing",
    "survey": "SELECT customer_id FROM survey_request"
    " UNION SELECT customer_id FROM survey_response",
    "removed": "SELECT DISTINCT v.customer_id FROM custom_value v"
    " JOIN custom_field f ON f.id = v.field_id WHERE f.deleted_at IS NOT NULL",
    "merge": "SELECT DISTINCT kept_id FROM merge",
    "distinct_pair": "SELECT DISTINCT customer_id FROM distinct_pair",
}


def having(connection: Connection) -> Mapping[str, Container[int]]:
    """Who has anything of each kind, to spare the others' questions when all are read."""
    return {
        kind: frozenset(row[0] for row in connection.execute(sql)) for kind, sql in _HAVING.items()
    }


def of(
    connection: Connection,
    customer: Customer,
    inside: Container[int],
    known: Mapping[str, Container[int]] | None = None,
) -> Dossier:
    """A customer with all that hangs on him.

    Args:
        connection: for reading.
        customer: who.
        inside: the numbers of those who may be named: what he is to others is left out.
        known: as `having` says; without it, everything is asked for.
    """
    number = customer.id

    def rows(kind: str, read: Callable[[Connection, CustomerId], list[T]]) -> list[T]:
        return read(connection, number) if known is None or number in known[kind] else []

    tasks = rows("task", TASKS.of)
    follows = ((at, follow_up(connection, task, inside)) for at, task in enumerate(tasks))
    return Dossier(
        customer=customer,
        interactions=rows("interaction", timeline.everything),
        relations=[one for one in rows("relation", relations.of) if one.other in inside],
        documents=rows("document", documents.whole_of),
        records=Records(
            rows("stage_change", STAGE_CHANGES.of),
            tasks,
            rows("service_case", CASES.of),
            rows("promise", PROMISES.of),
            rows("lead", LEADS.of),
        ),
        follows={at: told for at, told in follows if told is not None},
        sales=_sales(
            connection,
            rows("opportunity", opportunities.told),
            tasks,
            rows("quotation", quotations.told),
            number if known is None or number in known["sales_order"] else None,
            inside,
            rows("rule_firing", processes.told_firings),
            number if known is None or number in known["survey"] else None,
        ),
        removed=dict(rows("removed", custom_fields.removed_values)),
        merges=rows("merge", merging.notes),
        apart=[one for one in rows("distinct_pair", merging.apart_from) if one in inside],
    )


def _sales(
    connection: Connection,
    listed: Sequence[ToldOpportunity],
    tasks: Sequence[Task],
    offered: Sequence[ToldQuotation],
    ordering: CustomerId | None,
    inside: Container[int],
    firings: Sequence[ToldFiring],
    asked: CustomerId | None,
) -> Sales:
    places = {one.opportunity.id: place for place, one in enumerate(listed)}
    steps = (
        (at, places.get(task.opportunity_id)) for at, task in enumerate(tasks)
        if task.opportunity_id is not None
    )  # fmt: skip
    ordered: Sequence[ToldOrder] = ()
    if ordering is not None:
        ordered = told_orders.told(
            connection,
            ordering,
            inside,
            opportunities=places,
            quotations={one.quotation.id: place for place, one in enumerate(offered)},
            products=quotations.places_of_products(connection),
        )
    of_orders = (
        (at, processes.number_of(connection, task.order_id))
        for at, task in enumerate(tasks)
        if task.order_id is not None
    )
    found = Sales(
        listed,
        {at: place for at, place in steps if place is not None},
        offered,
        ordered,
        {at: number for at, number in of_orders if number},
        firings,
    )
    if asked is None:
        return found
    orders = {one.order.id: place for place, one in enumerate(ordered) if one.order.id}
    requests, responses = surveys.told_of(connection, asked, orders)
    return found._replace(asked=requests, answered=responses)


def everybody(connection: Connection, *, trashed: bool = False) -> list[CustomerId]:
    """All customers by ascending number, the trash only where that is wanted."""
    condition = "1" if trashed else "deleted_at IS NULL"
    rows = connection.execute(f"SELECT id FROM customer WHERE {condition} ORDER BY id")
    return [CustomerId(row[0]) for row in rows]


def follow_up(connection: Connection, task: Task, inside: Container[int]) -> FollowUp | None:
    """Which entry a task follows up; None where that is of nobody who may be named."""
    if task.interaction_id is None:
        return None
    told = timeline.follow_up(connection, task.interaction_id, task.customer_id)
    return told if told and (told.customer is None or told.customer in inside) else None


def add_records(connection: Connection, owner: CustomerId, records: Records) -> dict[int, TaskId]:
    """Give a customer records that he does not have yet; equal ones count.

    Returns:
        The numbers of the tasks that he got, by their places.
    """
    made: dict[int, TaskId] = {}
    tables: tuple[RecordTable[Any], ...] = (STAGE_CHANGES, TASKS, CASES, PROMISES, LEADS)
    for table, listed in zip(tables, records, strict=True):
        if listed:
            there = table.of(connection, owner)
            numbers = _add_missing(connection, table, there, listed, customer_id=owner)
            if table is TASKS:
                made = {place: TaskId(number) for place, number in numbers.items()}
    return made


def add_sales(
    connection: Connection, owner: CustomerId, sales: Sales, tasks: Mapping[int, TaskId]
) -> told_orders.Waiting:
    """Give a customer what is being sold to him, as far as he does not have it yet.

    Args:
        connection: the writer's, inside a step.
        owner: who.
        sales: as they were told.
        tasks: the numbers of his tasks that were written, by their places.

    Returns:
        What waits for others of its file.
    """
    here = opportunities.take_in(connection, owner, sales.opportunities)
    for at, place in sales.steps.items():
        if at in tasks:
            TASKS.update(connection, [tasks[at]], {"opportunity_id": here[place]})
    offered, lines = quotations.take_in(connection, owner, sales.quotations, here)
    waiting, orders = told_orders.take_in(connection, owner, sales.orders, here, offered)
    surveys.take_in_answers(connection, owner, sales.asked, sales.answered, orders)
    waiting.products += ((QUOTATION_LINES, line, place) for line, place in lines.items())
    waiting.numbered += (
        (TASKS, tasks[at], number) for at, number in sales.of_orders.items() if at in tasks
    )
    waiting.numbered += processes.take_in_firings(connection, owner, sales.firings)
    return waiting


def add_firm_leads(connection: Connection, listed: Iterable[Lead]) -> dict[int, int]:
    """Write leads of whom nobody knows yet who they are; equal ones count.

    Returns:
        The numbers of those that were written, by their places.
    """
    there = LEADS.where(connection, "t.customer_id IS NULL ORDER BY t.id")
    return _add_missing(connection, LEADS, there, listed, customer_id=None)


def add_firm_tasks(connection: Connection, listed: Iterable[Task]) -> dict[int, TaskId]:
    """The same for tasks of the firm itself."""
    there = TASKS.where(connection, "t.customer_id IS NULL ORDER BY t.id")
    numbers = _add_missing(connection, TASKS, there, listed, customer_id=None)
    return {place: TaskId(number) for place, number in numbers.items()}


def _add_missing(
    connection: Connection,
    table: RecordTable[Any],
    there: Iterable[Any],
    listed: Iterable[Any],
    **owner: object,
) -> dict[int, int]:
    known = [table.bare(one) for one in there]
    made = {}
    for place, record in enumerate(listed):
        wanted = table.bare(record)
        if wanted in known:
            known.remove(wanted)
        else:
            made[place] = table.insert(connection, record, **owner)
    return made


def put_into_trash(connection: Connection, whom: Iterable[tuple[CustomerId, datetime]]) -> None:
    """Have customers lie in the trash since some moments."""
    connection.executemany(
        "UPDATE customer SET deleted_at = ? WHERE id = ?",
        [(written(moment), number) for number, moment in whom],
    )
