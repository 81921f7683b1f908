"""Any two customers made one, and two again, are what they were; undo and redo included."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from any_customers import DRAFTS, RECORDS, TEXT
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain.customers import CustomerId, CustomerListQuery, InteractionKind
from crm_desktop.domain.duplicates import Choice
from crm_desktop.domain.relations import Relation
from crm_desktop.services.workspace import Workspace
from crm_desktop.store.dossiers import add_records
from crm_desktop.store.relations import add

FIELDS = ("name", "organisation", "birthday", "stage", "notes", "title", "rating", "deceased")


def _documents(w: Workspace) -> list[dict[str, Any]]:
    listed = [w.exports.document(n) for n in sorted(w.customers.ids(CustomerListQuery()))]
    return [{k: v for k, v in one.items() if k != "updated_at"} for one in listed]


def _points(documents: list[dict[str, Any]], numbers: tuple[int, ...]) -> set[str]:
    found = [one for one in documents if one["id"] in numbers]
    phones = {p["number"] or p["raw"] for one in found for p in one["phones"]}
    emails = {e["address"] for one in found for e in one["emails"]}
    return phones | emails | {i["account"] for one in found for i in one["ims"]}


@settings(max_examples=25)
@given(st.data())
def test_merge_then_unmerge(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Workspace.open(folder / "a.crm", create=True, data_dir=folder) as w:
            w.settings.set_home_country("PT")
            numbers = [w.customers.create(data.draw(DRAFTS)) for _n in range(3)]
            for number in data.draw(st.lists(st.sampled_from(numbers), max_size=3)):
                w.customers.log_interaction(number, InteractionKind.NOTE, data.draw(TEXT))
                records = data.draw(RECORDS)
                w._archive.write("Records", lambda c, n=number, r=records: add_records(c, n, r))
            for pair in data.draw(st.lists(st.permutations(numbers).map(lambda p: p[:2]))):
                relation = Relation("spouse_of", pair[1], "")
                w._archive.write("Relate", lambda c, p=pair, r=relation: add(c, p[0], r))
            before = _documents(w)
            kept, other = data.draw(st.permutations(numbers).map(lambda p: tuple(p[:2])))
            choice = Choice(
                fields=frozenset(data.draw(st.sets(st.sampled_from(FIELDS)))),
                custom=frozenset(data.draw(st.sets(TEXT, max_size=1))),
                join_notes=data.draw(st.booleans()),
            )

            w.duplicates.merge(kept, other, choice)

            merged = _documents(w)
            assert [one["id"] for one in merged] == sorted({*numbers} - {other})
            assert _points(merged, (kept,)) == _points(before, (kept, other))
            (entry,) = w.duplicates.merged_into(CustomerId(kept))
            w.duplicates.unmerge(kept, entry.id)
            assert _documents(w) == before
            w.history.redo()
            assert _documents(w) == merged
            w.history.undo()
            assert _documents(w) == before
            assert w.backups.check().messages == ()
