"""All of a customer, put together from the tables."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import datetime
from typing import Any

from crm_desktop.domain.customers import Customer, CustomerId, PersonalFacts
from crm_desktop.domain.dossiers import Dossier, Records
from crm_desktop.domain.exchange import FollowUp
from crm_desktop.domain.tasks import Task, TaskId
from crm_desktop.store import custom_fields, documents, merging, relations, timeline
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import (
    CASES,
    PROMISES,
    STAGE_CHANGES,
    TASKS,
    RecordTable,
    written,
)


def of(connection: Connection, customer: Customer, inside: Container[int]) -> Dossier:
    """A customer with all that hangs on him.

    Args:
        connection: for reading.
        customer: who.
        inside: the numbers of those who may be named: what he is to others is left out.
    """
    number = customer.id
    tasks = TASKS.of(connection, number)
    follows = ((at, follow_up(connection, task, inside)) for at, task in enumerate(tasks))
    return Dossier(
        customer=customer,
        interactions=timeline.page(connection, number, before=None, limit=None),
        relations=[one for one in relations.of(connection, number) if one.other in inside],
        documents=documents.whole_of(connection, number),
        records=Records(
            STAGE_CHANGES.of(connection, number),
            tasks,
            CASES.of(connection, number),
            PROMISES.of(connection, number),
        ),
        follows={at: told for at, told in follows if told is not None},
        removed=custom_fields.removed_values(connection, number),
        merges=merging.notes(connection, number),
        apart=[other for other in merging.apart_from(connection, number) if other in inside],
    )


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
    tables: tuple[RecordTable[Any], ...] = (STAGE_CHANGES, TASKS, CASES, PROMISES)
    for table, listed in zip(tables, records, strict=True):
        if listed:
            there = table.of(connection, owner)
            numbers = _add_missing(connection, table, there, listed, customer_id=owner)
            if table is TASKS:
                made = {place: TaskId(number) for place, number in numbers.items()}
    return made


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


def fill_facts(connection: Connection, number: CustomerId, facts: PersonalFacts) -> bool:
    """Give a customer those facts that he has nothing of; returns whether there was any."""
    row = connection.execute(
        f"SELECT {', '.join(PersonalFacts._fields)} FROM customer WHERE id = ?", (number,)
    ).fetchone()
    missing = {
        name: written(said)
        for name, said, there in zip(PersonalFacts._fields, facts, row, strict=True)
        if said and not there
    }
    for name, value in missing.items():
        connection.execute(f"UPDATE customer SET {name} = ? WHERE id = ?", (value, number))
    return bool(missing)


def put_into_trash(connection: Connection, whom: Iterable[tuple[CustomerId, datetime]]) -> None:
    """Have customers lie in the trash since some moments."""
    connection.executemany(
        "UPDATE customer SET deleted_at = ? WHERE id = ?",
        [(written(moment), number) for number, moment in whom],
    )
