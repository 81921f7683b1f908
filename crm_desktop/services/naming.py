"""A name and its parts, kept in line with each other inside one step."""

from __future__ import annotations

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.names import NameParts, other_part, parts_left, renamed
from crm_desktop.store import customers
from crm_desktop.store.engine import Connection

FIELDS = ("name", "given_name", "family_name")


def change(connection: Connection, number: CustomerId, field: str, text: str) -> None:
    """Set a name or one of its parts; the others follow.

    Args:
        connection: the writer's, inside a step.
        number: whose.
        field: one of `FIELDS`.
        text: as it is to be kept.
    """
    customer = customers.get(connection, number)
    if customer is None:
        return
    before = NameParts(customer.given_name, customer.family_name)
    name = customer.name
    if field == "name":
        name, after = text, parts_left(text, before)
    else:
        after = before._replace(**{field.removesuffix("_name"): text})
        if text and not all(after) and not all(before):
            rest = other_part(name, text)
            after = NameParts(after.given or rest, after.family or rest)
        name = renamed(name, before, after, customer.facts.language)
    for column, value in zip(FIELDS, (name, *after), strict=True):
        if getattr(customer, column) != value:
            customers.set_column(connection, number, column, value)
