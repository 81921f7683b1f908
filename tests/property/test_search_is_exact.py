"""The index finds what a plain scan finds, whatever was written before."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain.customers import (
    NO_FACTS,
    Address,
    ContactPoint,
    CustomerDraft,
    CustomerListQuery,
)
from crm_desktop.services.workspace import Workspace
from crm_desktop.store.search import find
from crm_desktop.store.search.keys import parse_query

WORDS = st.sampled_from(
    [
        "Ana",
        "João",
        "Silva",
        "silva-costa",
        "Müller",
        "王伟",
        "王秀英",
        "张",
        "上海东方",
        "김민준",
        "محمد",
        "Иванов",
        "Ёлкин",
        "O'Neil",
        "x@example.org",
        "a.b+c@example.com",
        "+351912345678",
        "912-345",
        "½",
        "ﬁ",
        "ＡＢ",
        "123456789",
        "Straße",
        "が",
        '"q"',
        "lv",
        "长沙",
        "a",
        "b",
        "c",
        "ab",
        "abc",
        "abcd",
    ]
)
TEXT = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
DRAFTS = st.builds(
    CustomerDraft,
    name=TEXT,
    kind=st.just("person"),
    given_name=st.just(""),
    family_name=st.just(""),
    stage=st.none(),
    birthday=st.none(),
    tags=st.just(()),
    organisation=st.just("") | TEXT,
    notes=st.just("") | TEXT,
    contact_points=st.lists(
        st.builds(
            ContactPoint,
            st.sampled_from(["phone", "email", "im"]),
            WORDS,
            st.none(),
            st.just(""),
            st.none(),
        ),
        max_size=2,
    ).map(tuple),
    addresses=st.lists(WORDS.map(lambda city: Address(city=city)), max_size=2).map(tuple),
    custom=st.just(()) | st.tuples(st.tuples(st.just("Field"), TEXT)),
    facts=st.just(NO_FACTS),
)


def _slices(text: str) -> st.SearchStrategy[str]:
    return st.tuples(st.integers(0, len(text)), st.integers(1, 8)).map(
        lambda s: text[s[0] : s[0] + s[1]]
    )


@settings(max_examples=40)
@given(data=st.data(), looked_through=st.sampled_from([0, 1, find._LOOKED_THROUGH]))
def test_same_hits_as_a_plain_scan(data: st.DataObject, looked_through: int) -> None:
    """Short texts are looked for in two ways, which few customers would never need both."""
    with mock.patch.object(find, "_LOOKED_THROUGH", looked_through):
        _compare_with_a_scan(data)


def _compare_with_a_scan(data: st.DataObject) -> None:
    drafts = data.draw(st.lists(DRAFTS, min_size=1, max_size=8))
    with tempfile.TemporaryDirectory() as folder:
        w = Workspace.open(Path(folder) / "a.crm", create=True, data_dir=Path(folder))
        try:
            numbers = [w.customers.create(draft) for draft in drafts]
            for number in data.draw(st.lists(st.sampled_from(numbers), max_size=3)):
                w.customers.update(number, "name", data.draw(TEXT))
            w.customers.delete(data.draw(st.lists(st.sampled_from(numbers), max_size=2)))
            if data.draw(st.booleans()):
                w.history.undo()
            with w._archive.reading() as c:
                skeys = dict(c.execute("SELECT customer_id, skey FROM search_doc").fetchall())
            assert set(skeys) == set(w.customers.ids(CustomerListQuery()))
            everything = " ".join(skeys.values()) or "x"
            queries = data.draw(
                st.lists(TEXT | WORDS | _slices(everything) | st.text(max_size=5), max_size=12)
            )
            for text in queries:
                query = parse_query(text)
                scanned = {n for n, skey in skeys.items() if query.matches(skey)}
                found = list(w.customers.ids(CustomerListQuery(text=text)))
                if text.strip():
                    assert set(found) == scanned, text
                    assert len(found) == len(set(found))
                    assert w.customers.count(CustomerListQuery(text=text)) == len(scanned)
            assert w.backups.check().messages == ()
        finally:
            w.close(backup=False)
