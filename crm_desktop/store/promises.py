"""Promises that nobody has ticked yet."""

from __future__ import annotations

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.promises import Promise
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import PROMISES


def open_of(connection: Connection, owner: CustomerId) -> list[Promise]:
    """A customer's: what is due first, then in the order of their coming."""
    return PROMISES.where(
        connection,
        "t.customer_id = ? AND t.kept_at IS NULL ORDER BY t.due_on IS NULL, t.due_on, t.id",
        (owner,),
    )
