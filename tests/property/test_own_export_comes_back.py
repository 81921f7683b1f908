"""Any archive, exported as JSON and imported into an empty one, is an equal archive."""

from __future__ import annotations

import tempfile
from pathlib import Path

from any_customers import DRAFTS, FIRMS, MOMENTS, RECORDS, TEXT
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain.customers import (
    CustomerListQuery,
    InteractionKind,
    Stage,
)
from crm_desktop.domain.relations import Relation
from crm_desktop.services import backups
from crm_desktop.services.workspace import Workspace
from crm_desktop.store.dossiers import add_records
from crm_desktop.store.relations import add


def _documents(w: Workspace) -> list[dict[str, object]]:
    return [w.exports.document(n) for n in sorted(w.customers.ids(CustomerListQuery()))]


@settings(max_examples=25)
@given(st.data())
def test_export_then_import_and_backup_then_restore(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Workspace.open(folder / "a.crm", create=True, data_dir=folder) as w:
            w.settings.set_home_country("PT")
            numbers = [
                w.customers.create(d) for d in data.draw(st.lists(DRAFTS, min_size=1, max_size=5))
            ]
            for number in data.draw(st.lists(st.sampled_from(numbers), max_size=3)):
                w.customers.log_interaction(
                    number,
                    data.draw(st.sampled_from(InteractionKind)),
                    data.draw(TEXT),
                    at=data.draw(MOMENTS),
                )
            for number in data.draw(st.lists(st.sampled_from(numbers), max_size=2)):
                w.customers.update(number, "stage", data.draw(st.sampled_from(Stage)))
                records = data.draw(RECORDS)
                w._archive.write("Records", lambda c, n=number, r=records: add_records(c, n, r))
            for number in data.draw(st.lists(st.sampled_from(numbers), max_size=2)):
                w.customers.update(number, "organisation", data.draw(FIRMS))
            for pair in data.draw(st.lists(st.permutations(numbers).map(lambda p: p[:2]))):
                relation = Relation("spouse_of", pair[-1], data.draw(st.just("") | TEXT))
                if len(pair) > 1:
                    w._archive.write("Relate", lambda c, p=pair, r=relation: add(c, p[0], r))
            w.customers.delete(data.draw(st.lists(st.sampled_from(numbers), max_size=1)))
            before = _documents(w)
            w.exports.export(folder / "a.json")
            copy = w.backups.make(target=folder / "copy.crm").path
        with Workspace.open(folder / "b.crm", create=True, data_dir=folder) as other:
            if before:
                other.imports.import_files([folder / "a.json"])
            assert _documents(other) == before
            assert other.backups.check().messages == ()
        backups.restore(folder / "b.crm", copy)
        with Workspace.open(folder / "b.crm", data_dir=folder) as restored:
            assert _documents(restored) == before
