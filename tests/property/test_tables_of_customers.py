"""Customers laid out as rows of tables are the same customers when they are taken out again."""

from __future__ import annotations

import marshal

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.customers import (
    NO_FACTS,
    Address,
    ContactPoint,
    CustomerDraft,
    PersonalFacts,
)
from crm_desktop.store.loading import Load
from crm_desktop.store.tables import WIDTHS, Drafts, Tables, rows_of, tables_of

TEXT = st.text(max_size=8)
WORD = st.text(min_size=1, max_size=8)
DRAFTS = st.builds(
    CustomerDraft,
    name=WORD,
    kind=st.sampled_from(["person", "organisation"]),
    given_name=TEXT,
    family_name=TEXT,
    organisation=TEXT,
    stage=st.sampled_from([None, "prospect", "former"]),
    birthday=st.sampled_from([None, "1980-05-31"]),
    notes=TEXT,
    contact_points=st.lists(
        st.builds(
            ContactPoint,
            st.sampled_from(["phone", "email", "im"]),
            WORD,
            st.none() | WORD,
            TEXT,
            st.none(),
            st.just(False),
        ),
        max_size=3,
    ).map(tuple),
    addresses=st.lists(
        st.builds(Address, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, st.none(), st.just(False)),
        max_size=2,
    ).map(tuple),
    tags=st.lists(WORD, max_size=2, unique=True).map(tuple),
    custom=st.dictionaries(WORD, WORD, max_size=3).map(lambda found: tuple(found.items())),
    facts=st.just(NO_FACTS) | st.builds(PersonalFacts, preferences=TEXT),
)
ROWS = st.lists(st.none() | DRAFTS, max_size=6)


@given(ROWS)
def test_tables_hold_every_customer(rows: list[CustomerDraft | None]) -> None:
    tables = tables_of(rows)
    crossed = Tables(*marshal.loads(marshal.dumps(tuple(tables), 2)))
    drafts = Drafts(crossed)
    assert [drafts.at(place) for place in range(len(rows))] == rows


@given(ROWS, st.data())
def test_only_new_customers_keep_their_rows(
    rows: list[CustomerDraft | None], data: st.DataObject
) -> None:
    new = [
        0 if row is None or data.draw(st.booleans()) else 100 + place
        for place, row in enumerate(rows)
    ]
    kept = [row if number else None for row, number in zip(rows, new, strict=True)]
    load, alone = Load(tables_of(rows), new), Load(tables_of(kept), new)
    assert load.numbers == [number for number in new if number]
    for table in WIDTHS:
        assert _untimed(table, load) == _untimed(table, alone)
    for number, draft in zip(new, rows, strict=True):
        if number and draft is not None:
            (row,) = [r for r in rows_of("customer", load.rows["customer"]) if r[0] == number]
            assert row[2] == draft.name
            assert row[6] == (draft.stage or "potential")


def _untimed(table: str, load: Load) -> list[tuple[object, ...]]:
    rows = list(rows_of(table, load.rows[table]))
    if table == "customer":
        return [row[:9] for row in rows]
    return [row[:7] for row in rows] if table == "customer_summary" else rows
