"""The rows of processes and rules, and how the steps of orders stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.orders import Order, OrderId, OrderStatus, PaperState
from crm_desktop.domain.payments import PaymentKind
from crm_desktop.domain.processes import (
    NeedKind,
    OrderFacts,
    OrderStep,
    Process,
    ProcessId,
    ProcessStep,
    StandingStep,
    Step,
    StepNeed,
    WholeProcess,
    kept_up,
    standing,
)
from crm_desktop.domain.rules import Firing, Rule, ToldFiring
from crm_desktop.domain.today import DueStep
from crm_desktop.store import orders, payments
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import (
    FIRINGS,
    ORDER_STEPS,
    ORDERS,
    PROCESS_STEPS,
    PROCESSES,
    RULES,
    RecordTable,
)

_SHARED = tuple(field.name for field in fields(Step))


# Templates


def every(connection: Connection) -> list[WholeProcess]:
    """All processes in their order."""
    listed = PROCESSES.where(connection, "1 ORDER BY t.position, t.id")
    return [WholeProcess(one, steps(connection, one.id)) for one in listed if one.id is not None]


def steps(connection: Connection, process: ProcessId) -> list[ProcessStep]:
    """The steps of a process in their order."""
    return PROCESS_STEPS.where(connection, "t.process_id = ? ORDER BY t.position, t.id", (process,))


def named(connection: Connection, name: str) -> WholeProcess | None:
    """The process of a name, if there is one."""
    return next((one for one in every(connection) if one.process.name == name), None)


def usual(connection: Connection, order: Order) -> str:
    """By which process an order is likely to run: that of the one before it of the same pipeline.

    Returns:
        Its name; that of the pipeline, where a process is called so and nothing ran yet; "" for
        none.
    """
    pipeline = connection.execute(
        "SELECT p.id, p.name FROM opportunity o JOIN pipeline_stage s ON s.id = o.stage_id"
        " JOIN pipeline p ON p.id = s.pipeline_id WHERE o.id = ?",
        (order.opportunity_id,),
    ).fetchone()
    last = connection.execute(
        "SELECT o.process FROM sales_order o LEFT JOIN opportunity p ON p.id = o.opportunity_id"
        " LEFT JOIN pipeline_stage s ON s.id = p.stage_id"
        " WHERE ?1 IS s.pipeline_id AND o.confirmed_at IS NOT NULL AND o.id <> ?2"
        " ORDER BY o.id DESC LIMIT 1",
        (None if pipeline is None else pipeline[0], order.id),
    ).fetchone()
    if last is not None:
        return str(last[0])
    if pipeline is not None and named(connection, pipeline[1]) is not None:
        return str(pipeline[1])
    return ""


def running(connection: Connection, name: str) -> int:
    """How many open orders run by the process of a name."""
    (count,) = connection.execute(
        "SELECT count(*) FROM sales_order WHERE process = ? AND status = 'open'", (name,)
    ).fetchone()
    return int(count)


# Steps of orders


def order_steps(connection: Connection, order: OrderId) -> list[OrderStep]:
    """The steps of an order in their order."""
    return ORDER_STEPS.where(connection, "t.order_id = ? ORDER BY t.position, t.id", (order,))


def copied(step: Step, order: OrderId, position: int) -> OrderStep:
    """A template's step for an order."""
    shared = {name: getattr(step, name) for name in _SHARED}
    return replace(OrderStep(**shared), order_id=order, position=position)


def run_by(connection: Connection, order: OrderId, process: WholeProcess) -> None:
    """Have an order run by a process: it gets the steps, and keeps none that it had."""
    ORDER_STEPS.delete(
        connection, [one.id for one in order_steps(connection, order) if one.id is not None]
    )
    for place, step in enumerate(process.steps):
        ORDER_STEPS.insert(connection, copied(step, order, place))
    ORDERS.update(connection, [order], {"process": process.process.name})


def order_facts(
    connection: Connection, order: OrderId, needs: Iterable[StepNeed], today: date
) -> OrderFacts:
    """What the steps of an order are measured by.

    Args:
        connection: any.
        order: which.
        needs: of its steps: only the documents that they speak of are looked for.
        today: by the owner's clock.
    """
    whole = orders.whole(connection, order)
    account = payments.account(connection, order)
    assert whole is not None
    assert account is not None
    end = whole.version.ends_on or whole.version.starts_on or today
    people = [(one.customer_id, name) for one, name in orders.travellers(connection, order)]
    wanted = {(need.what, need.months) for need in needs if need.kind is NeedKind.DOCUMENT}
    papers: dict[tuple[str, int], Sequence[tuple[str, PaperState]]] = {}
    for kind, months in wanted:
        papers[kind, months] = [
            (name, orders.paper_state(connection, person, kind, end, months))
            for person, name in people or [(whole.order.customer_id, whole.customer_name)]
        ]
    deposits = [one.open for one in account.plan if one.due.kind is PaymentKind.DEPOSIT]
    confirmed = whole.order.confirmed_at
    return OrderFacts(
        None if confirmed is None else confirmed.astimezone().date(),
        whole.version.starts_on,
        whole.version.ends_on,
        len(people),
        sum(deposits) if deposits else max(0, 1 - account.balance.received),
        account.balance.open,
        account.balance.total > 0,
        papers,
    )


def _needs(listed: Iterable[OrderStep]) -> list[StepNeed]:
    return [need for step in listed for need in step.needed]


def stands(connection: Connection, order: OrderId, today: date) -> list[StandingStep]:
    """How the steps of an order stand on a day."""
    listed = order_steps(connection, order)
    if not listed:
        return []
    return standing(listed, order_facts(connection, order, _needs(listed), today), today)


def keep_up(connection: Connection, order: OrderId, now: datetime) -> None:
    """Have the steps of an open order say what holds: done where nothing is missing, and when due.

    Args:
        connection: the writer's, inside a step.
        order: which; one that is not there any more is passed over.
        now: with a time zone.
    """
    found = ORDERS.get(connection, order)
    if found is None or found.status is not OrderStatus.OPEN:
        return
    listed = order_steps(connection, order)
    if not listed:
        return
    facts = order_facts(connection, order, _needs(listed), now.astimezone().date())
    for number, changes in kept_up(listed, facts, now).items():
        ORDER_STEPS.update(connection, [number], changes)


_NEXT = """FROM order_step t JOIN sales_order o ON o.id = t.order_id AND o.status = 'open'
  JOIN customer c ON c.id = o.customer_id AND c.deleted_at IS NULL
  WHERE t.done_at IS NULL AND t.due_on <= :day
    AND (:owner = '' OR t.owner = :owner OR (t.owner = '' AND c.owner = :owner))
    AND NOT EXISTS (SELECT 1 FROM order_step e WHERE e.order_id = t.order_id
      AND e.done_at IS NULL AND (e.position, e.id) < (t.position, t.id))
    AND o.id NOT IN (SELECT value FROM json_each(:aside))"""


def coming(
    connection: Connection, day: date, *, owner: str, aside: Sequence[int], limit: int
) -> tuple[list[DueStep], int]:
    """The next steps of open orders that are due until a day, the earliest first.

    Args:
        connection: any.
        day: the last one.
        owner: whose, "" for everybody's.
        aside: orders that are left out.
        limit: at most so many.

    Returns:
        They, and how many there are.
    """
    values = {"day": day.isoformat(), "owner": owner, "aside": json.dumps(list(aside))}
    (total,) = connection.execute(f"SELECT count(*) {_NEXT}", values).fetchone()
    rows = connection.execute(
        f"SELECT t.id, o.customer_id, o.number, o.title {_NEXT}"
        " ORDER BY t.due_on, t.id LIMIT :limit",
        {**values, "limit": limit},
    ).fetchall()
    made = []
    for number, customer, of, title in rows:
        step = ORDER_STEPS.get(connection, number)
        assert step is not None
        assert step.order_id is not None
        done, count = connection.execute(
            "SELECT count(done_at), count(*) FROM order_step WHERE order_id = ?", (step.order_id,)
        ).fetchone()
        made.append(DueStep(step.order_id, CustomerId(customer), of, title, step, done, count))
    return made, int(total)


def of_journeys(connection: Connection, customers: Iterable[CustomerId]) -> list[OrderId]:
    """The open orders of some customers, and those by which they travel."""
    rows = connection.execute(
        "SELECT id FROM sales_order WHERE status = 'open' AND customer_id IN"
        " (SELECT value FROM json_each(?1)) UNION SELECT o.id FROM order_traveller t"
        " JOIN sales_order o ON o.id = t.order_id AND o.status = 'open'"
        " WHERE t.customer_id IN (SELECT value FROM json_each(?1)) ORDER BY 1",
        (json.dumps(sorted(set(customers))),),
    )
    return [OrderId(row[0]) for row in rows]


# Rules


def rules(connection: Connection) -> list[Rule]:
    """The rules that the owner wrote or changed, in their order."""
    return RULES.where(connection, "1 ORDER BY t.position, t.id")


def has_fired(
    connection: Connection, rule: str, order: OrderId, *, about: str = "", customer: int = 0
) -> bool:
    """Whether a rule has brought something about for an order before."""
    row = connection.execute(
        "SELECT 1 FROM rule_firing WHERE rule = ? AND order_id = ? AND about = ?"
        " AND (?4 = 0 OR customer_id = ?4)",
        (rule, order, about, customer),
    ).fetchone()
    return row is not None


def fired(connection: Connection, firing: Firing) -> None:
    """Note that a rule brought something about."""
    FIRINGS.insert(connection, firing)


# Out of an archive and into another


def number_of(connection: Connection, order: OrderId) -> str:
    """The number of an order on paper; "" of a draft."""
    found = ORDERS.get(connection, order)
    return "" if found is None else found.number


def told_firings(connection: Connection, customer: CustomerId) -> list[ToldFiring]:
    """What rules brought about for a customer, in the order in which it came."""
    return [
        ToldFiring(one, "" if one.order_id is None else number_of(connection, one.order_id))
        for one in FIRINGS.of(connection, customer)
    ]


def take_in_firings(
    connection: Connection, customer: CustomerId, listed: Sequence[ToldFiring]
) -> list[tuple[RecordTable[Any], int, str]]:
    """Note what rules brought about for a customer elsewhere, as far as it is not known.

    Returns:
        What was written, with the number of the order that each is of.
    """
    known = [FIRINGS.bare(one) for one in FIRINGS.of(connection, customer)]
    made: list[tuple[RecordTable[Any], int, str]] = []
    for firing, order in listed:
        said = FIRINGS.bare(firing)
        if said in known:
            known.remove(said)
            continue
        made.append((FIRINGS, FIRINGS.insert(connection, firing, customer_id=customer), order))
    return made


def take_in(connection: Connection, found: WholeProcess) -> None:
    """Write a process of another archive, unless one is called so here."""
    if named(connection, found.process.name) is not None:
        return
    place = len(PROCESSES.all(connection))
    number = ProcessId(PROCESSES.insert(connection, Process(found.process.name, place)))
    for position, step in enumerate(found.steps):
        PROCESS_STEPS.insert(connection, step, process_id=number, position=position)


def take_in_rule(connection: Connection, rule: Rule) -> None:
    """Write a rule of another archive, unless there is the same, or one in its place."""
    bare = RULES.bare(replace(rule, position=0))
    here = rules(connection)
    if any(
        (rule.ready and one.ready == rule.ready) or RULES.bare(replace(one, position=0)) == bare
        for one in here
    ):
        return
    RULES.insert(connection, rule, position=len(here))
