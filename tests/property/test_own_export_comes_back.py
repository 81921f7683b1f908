"""Any archive, exported as JSON and imported into an empty one, is an equal archive."""

from __future__ import annotations

import tempfile
from pathlib import Path

from any_customers import (
    DRAFTS,
    FIRMS,
    HEADS,
    MOMENTS,
    OPPORTUNITY,
    RECORDS,
    TEXT,
    put_head,
    quotations,
)
from any_orders import orders
from archive_dump import differences, dump
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain.customers import CustomerId, InteractionKind, Stage
from crm_desktop.domain.dossiers import Records, Sales
from crm_desktop.domain.opportunities import ToldOpportunity
from crm_desktop.domain.payments import ToldOrder
from crm_desktop.domain.quotations import ToldQuotation
from crm_desktop.domain.relations import Relation
from crm_desktop.services import backups
from crm_desktop.services.workspace import Workspace
from crm_desktop.store import articles, catalogue
from crm_desktop.store.dossiers import add_records, add_sales
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import TASKS
from crm_desktop.store.relations import add

_CONTENTS = st.sampled_from([b"one", b"two" * 1000, b"%PDF-1.4 three"])


def _fill(w: Workspace, data: st.DataObject) -> None:
    """Draw an archive of a few customers."""
    w.settings.set_home_country("PT")
    head = data.draw(HEADS)
    w._archive.write("Head", lambda c: put_head(c, head))
    numbers = [w.customers.create(d) for d in data.draw(st.lists(DRAFTS, min_size=1, max_size=5))]
    some = st.lists(st.sampled_from(numbers), max_size=3)
    for number in data.draw(some):
        kind, text = data.draw(st.sampled_from(InteractionKind)), data.draw(TEXT)
        entry = w.timeline.log(number, kind, f"{text} a", at=data.draw(MOMENTS)).entry
        w.timeline.pin(entry, pinned=data.draw(st.booleans()))
        _pick_tasks(w, data, number, int(entry))
    for number in data.draw(some):
        w.customers.update(number, "stage", data.draw(st.sampled_from(Stage)))
        records = data.draw(RECORDS)
        sold = data.draw(st.lists(OPPORTUNITY, max_size=2))
        offered = data.draw(quotations(number, len(sold)))
        ordered = data.draw(orders(number, len(sold), len(offered)))

        def write(
            c: Connection, n: CustomerId = number, r: Records = records,
            listed: list[ToldOpportunity] = sold, quoted: list[ToldQuotation] = offered,
            agreed: list[ToldOrder] = ordered,
        ) -> None:  # fmt: skip
            made = add_records(c, n, r)
            steps = {place: place % len(listed) for place in made} if listed else {}
            add_sales(c, n, Sales(listed, steps, quoted, agreed), made)

        w._archive.write("Records", write)
        for order in w.orders.of(number):
            assert order.order.id is not None
            for traveller in data.draw(some):
                w.travellers.add(order.order.id, traveller, data.draw(st.just("") | TEXT))
    for number in data.draw(some):
        w.customers.update(number, "organisation", data.draw(FIRMS))
    for number in data.draw(some):
        document = w.documents.add(number, data.draw(_CONTENTS), file_name="a.bin", name="Paper")
        content = data.draw(_CONTENTS)
        if content != w.documents.bytes_of(w.documents.get(document).current.id):
            w.documents.replace(document, content, file_name="b.bin")
        w.documents.set_facts(document, kind="Passport", expires_on="2030-05-31")
    for article in w.knowledge.all():
        for number in data.draw(some):
            w._archive.write("Link", lambda c, a=article, n=number: articles.link(c, a.id, n))
    for product in w.catalogue.search():
        for number in data.draw(some):
            w._archive.write(
                "Link", lambda c, p=product.product.id, n=number: catalogue.link_supplier(c, p, n)
            )
    if len(numbers) > 1:
        _relate(w, data, numbers)
    w.customers.delete(data.draw(st.lists(st.sampled_from(numbers), max_size=1)))


def _pick_tasks(w: Workspace, data: st.DataObject, number: CustomerId, entry: int) -> None:
    """Have tasks follow an entry up; their customer may be another one since."""
    for task in data.draw(RECORDS).tasks:
        w._archive.write(
            "Task",
            lambda c, t=task: TASKS.insert(c, t, customer_id=number, interaction_id=entry),
        )


def _relate(w: Workspace, data: st.DataObject, numbers: list[CustomerId]) -> None:
    pairs = st.lists(st.permutations(numbers).map(lambda p: p[:2]), max_size=2)
    kinds = st.sampled_from(["spouse_of", "teacher of"])
    for one, other in data.draw(pairs):
        relation = Relation(data.draw(kinds), other, data.draw(st.just("") | TEXT))
        w._archive.write("Relate", lambda c, n=one, r=relation: add(c, n, r))
    for one, other in data.draw(pairs):
        w.duplicates.keep_apart(one, other)
    if data.draw(st.booleans()):
        gone = numbers.pop()
        w.duplicates.merge(numbers[0], gone)
        if len(numbers) > 1 and data.draw(st.booleans()):
            w.duplicates.merge(numbers[-1], numbers.pop(0))


@settings(max_examples=25)
@given(st.data())
def test_export_then_import_and_backup_then_restore(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Workspace.open(folder / "a.crm", create=True, data_dir=folder) as w:
            _fill(w, data)
            before = dump(w)
            w.exports.export(folder / "a.json", trash=True)
            w.exports.export(folder / "live.json")
            copy = w.backups.make(target=folder / "copy.crm").path
        for exported, trash in (("a.json", True), ("live.json", False)):
            with Workspace.open(folder / f"{exported}.crm", create=True, data_dir=folder) as other:
                other.imports.import_files([folder / exported])
                if trash:
                    assert differences(dump(other), before) == {}
                other.exports.export(folder / "again.json", trash=trash)
                again = (folder / "again.json").read_bytes()
                assert again == (folder / exported).read_bytes()
                assert other.backups.check().messages == ()
                # Once more, into an archive that has all of it: nothing changes.
                after = dump(other)
                if not trash:
                    other.imports.import_files([folder / exported])
                    assert _counts(dump(other)) == _counts(after)
        backups.restore(folder / "a.json.crm", copy)
        with Workspace.open(folder / "a.json.crm", data_dir=folder) as restored:
            assert differences(dump(restored), before) == {}


def _counts(tables: dict[str, list[dict[str, object]]]) -> dict[str, int]:
    """Of what belongs to the firm: customers who resemble each other may be taken for one."""
    names = ("setting", "custom_field", "relation_kind", "tag", "saved_view", "article")
    names += ("category", "product", "product_price", "pipeline", "pipeline_stage")
    return {name: len(tables[name]) for name in names}
