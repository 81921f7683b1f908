"""All of a customer, put together from the tables."""

from __future__ import annotations

from typing import Any

from crm_desktop.domain.customers import Customer, CustomerId
from crm_desktop.domain.dossiers import Dossier, Records
from crm_desktop.store import custom_fields, documents, relations, timeline
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import CASES, PROMISES, STAGE_CHANGES, TASKS, RecordTable


def of(connection: Connection, customer: Customer) -> Dossier:
    """A customer with all that hangs on him."""
    number = customer.id
    return Dossier(
        customer=customer,
        interactions=timeline.page(connection, number, before=None, limit=None),
        relations=relations.of(connection, number),
        documents=documents.of(connection, number),
        records=Records(
            STAGE_CHANGES.of(connection, number),
            TASKS.of(connection, number),
            CASES.of(connection, number),
            PROMISES.of(connection, number),
        ),
        removed=custom_fields.removed_values(connection, number),
    )


def add_records(connection: Connection, owner: CustomerId, records: Records) -> None:
    """Give a customer records that he does not have yet; equal ones count."""
    tables: tuple[RecordTable[Any], ...] = (STAGE_CHANGES, TASKS, CASES, PROMISES)
    for table, listed in zip(tables, records, strict=True):
        if not listed:
            continue
        there = [table.bare(one) for one in table.of(connection, owner)]
        for record in listed:
            wanted = table.bare(record)
            if wanted in there:
                there.remove(wanted)
            else:
                table.insert(connection, record, customer_id=owner)
