"""The rows of quotations and their lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.money import Money
from crm_desktop.domain.numbers import Series
from crm_desktop.domain.opportunities import OpportunityId
from crm_desktop.domain.quotations import (
    ListedQuotation,
    Quotation,
    QuotationId,
    QuotationLine,
    QuotationLineId,
    QuotationQuery,
    QuotationStatus,
    ToldLine,
    ToldQuotation,
    WholeQuotation,
    totals,
)
from crm_desktop.store import numbers, papers
from crm_desktop.store.engine import Connection
from crm_desktop.store.papers import NEWEST
from crm_desktop.store.records import QUOTATION_LINES, QUOTATIONS


def whole(connection: Connection, number: QuotationId) -> WholeQuotation | None:
    """A quotation with its lines and what they come to."""
    found = QUOTATIONS.get(connection, number)
    if found is None:
        return None
    listed = lines(connection, number)
    earlier = None if found.earlier_id is None else QUOTATIONS.get(connection, found.earlier_id)
    name = connection.execute(
        "SELECT name FROM customer WHERE id = ?", (found.customer_id,)
    ).fetchone()
    return WholeQuotation(
        found, listed, totals(found, listed), name[0], "" if earlier is None else earlier.reference
    )


def lines(connection: Connection, number: QuotationId) -> list[QuotationLine]:
    """A quotation's lines in their order."""
    return QUOTATION_LINES.where(
        connection, "t.quotation_id = ? ORDER BY t.position, t.id", (number,)
    )


def of_customer(connection: Connection, customer: CustomerId) -> list[ListedQuotation]:
    """A customer's quotations, the newest first."""
    found = QUOTATIONS.where(connection, f"t.customer_id = ? {NEWEST}", (customer,))
    return _listed(connection, found)


def of_opportunity(connection: Connection, opportunity: OpportunityId) -> list[ListedQuotation]:
    """The quotations of an opportunity, the newest first."""
    found = QUOTATIONS.where(connection, f"t.opportunity_id = ? {NEWEST}", (opportunity,))
    return _listed(connection, found)


def search(connection: Connection, query: QuotationQuery) -> list[ListedQuotation]:
    """Quotations of all who are not in the trash, the newest first."""
    found = papers.search(connection, QUOTATIONS, query.text, query.statuses, query.limit)
    return _listed(connection, found)


def _listed(connection: Connection, found: Sequence[Quotation]) -> list[ListedQuotation]:
    wanted = json.dumps([one.id for one in found])
    held: dict[QuotationId | None, list[QuotationLine]] = {}
    for line in QUOTATION_LINES.where(
        connection, "t.quotation_id IN (SELECT value FROM json_each(?))", (wanted,)
    ):
        held.setdefault(line.quotation_id, []).append(line)
    names = dict(
        connection.execute(
            "SELECT id, name FROM customer WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps([one.customer_id for one in found]),),
        ).fetchall()
    )
    return [
        ListedQuotation(
            one,
            Money(totals(one, held.get(one.id, ())).total, one.currency),
            names.get(one.customer_id, ""),
        )
        for one in found
    ]


def newest(connection: Connection, language: str = "") -> Quotation | None:
    """The quotation that was begun last, of one language; None where there is none."""
    condition = "1" if not language else "t.language = :language"
    found = QUOTATIONS.where(connection, f"{condition} {NEWEST} LIMIT 1", {"language": language})
    return next(iter(found), None)


def following(connection: Connection, number: QuotationId) -> QuotationId | None:
    """The draft that is to replace a quotation."""
    row = connection.execute(
        "SELECT id FROM quotation WHERE earlier_id = ? AND status = ? ORDER BY id DESC",
        (number, QuotationStatus.DRAFT.value),
    ).fetchone()
    return None if row is None else QuotationId(row[0])


def insert(
    connection: Connection, quotation: Quotation, listed: Iterable[QuotationLine]
) -> QuotationId:
    """Store a quotation with its lines."""
    number = QuotationId(QUOTATIONS.insert(connection, quotation))
    for place, line in enumerate(listed):
        QUOTATION_LINES.insert(connection, line, quotation_id=number, position=place)
    return number


def append(connection: Connection, quotation: QuotationId, line: QuotationLine) -> QuotationLineId:
    """Store a line behind those that are there."""
    (place,) = connection.execute(
        "SELECT coalesce(max(position) + 1, 0) FROM quotation_line WHERE quotation_id = ?",
        (quotation,),
    ).fetchone()
    made = QUOTATION_LINES.insert(connection, line, quotation_id=quotation, position=place)
    return QuotationLineId(made)


# Out of an archive and into another.


def told(connection: Connection, customer: CustomerId) -> list[ToldQuotation]:
    """A customer's quotations in the order in which they came."""
    found = QUOTATIONS.of(connection, customer)
    places = {one.id: place for place, one in enumerate(found)}
    sold = _places(connection, "opportunity", "customer_id = ?", (customer,))
    products = places_of_products(connection)
    return [
        ToldQuotation(
            one,
            [
                ToldLine(line, products.get(line.product_id or 0))
                for line in lines(connection, one.id)
            ],
            sold.get(one.opportunity_id or 0),
            places.get(one.earlier_id),
        )
        for one in found
        if one.id is not None
    ]


def take_in(
    connection: Connection,
    customer: CustomerId,
    listed: Sequence[ToldQuotation],
    opportunities: Mapping[int, OpportunityId],
) -> tuple[dict[int, QuotationId], dict[QuotationLineId, int]]:
    """Give a customer quotations that he does not have yet.

    One with a number is known by it and its version, whatever became of it since; a draft by all
    that it says. Numbers on paper from elsewhere are never given out here.

    Args:
        connection: the writer's, inside a step.
        customer: whose.
        listed: with places in place of numbers.
        opportunities: his by their places.

    Returns:
        His by their places, and the lines that were written and wait for their products, with
        the places of these.
    """
    waiting: dict[QuotationLineId, int] = {}
    here: dict[int, QuotationId] = {}
    known = [(_said(one), one.quotation.id) for one in told(connection, customer)]
    for at, one in enumerate(listed):
        alike = next((k for k in known if k[0] == _said(one)), None)
        if alike is not None:
            known.remove(alike)
            assert alike[1] is not None
            here[at] = alike[1]
            continue
        sold = None if one.opportunity is None else opportunities.get(one.opportunity)
        number = QuotationId(
            QUOTATIONS.insert(
                connection,
                one.quotation,
                customer_id=customer,
                opportunity_id=sold,
                earlier_id=None if one.earlier is None else here.get(one.earlier),
            )
        )
        for place, (line, product) in enumerate(one.lines):
            made = QUOTATION_LINES.insert(
                connection, line, quotation_id=number, position=place, product_id=None
            )
            if product is not None:
                waiting[QuotationLineId(made)] = product
        if one.quotation.number and one.quotation.created_at is not None:
            issued = one.quotation.issued_at or one.quotation.created_at
            numbers.note(
                connection, Series.QUOTATION, one.quotation.number, one.quotation.version, issued
            )
        here[at] = number
    return here, waiting


def places_of_products(connection: Connection) -> dict[int, int]:
    """The places of all products by their numbers."""
    return _places(connection, "product", "1", ())


def _said(one: ToldQuotation) -> object:
    quotation = one.quotation
    if quotation.number:
        return quotation.number, quotation.version
    lines_said = [QUOTATION_LINES.bare(replace(line, position=0)) for line, _product in one.lines]
    return QUOTATIONS.bare(quotation), lines_said


def _places(
    connection: Connection, table: str, condition: str, values: Sequence[object]
) -> dict[int, int]:
    rows = connection.execute(f"SELECT id FROM {table} WHERE {condition} ORDER BY id", values)
    return {row[0]: place for place, row in enumerate(rows)}
