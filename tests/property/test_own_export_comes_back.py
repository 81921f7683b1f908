"""Any archive, exported as JSON and imported into an empty one, is an equal archive."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain.cases import Case, CaseKind, CaseStatus, Severity
from crm_desktop.domain.customers import (
    NO_FACTS,
    Address,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    CustomerListQuery,
    InteractionKind,
    PersonalFacts,
    Stage,
)
from crm_desktop.domain.dossiers import Records
from crm_desktop.domain.promises import Promise, Side
from crm_desktop.domain.relations import Relation
from crm_desktop.domain.tasks import Priority, Task
from crm_desktop.services import backups
from crm_desktop.services.workspace import Workspace
from crm_desktop.store.dossiers import add_records
from crm_desktop.store.relations import add

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=12
).filter(str.strip)
NAME = TEXT.filter(lambda t: any(c.isalnum() for c in t))
POINTS = st.lists(
    st.tuples(
        st.sampled_from(["phone", "email", "im"]),
        st.sampled_from(
            ["912 345 678", "+44 20 7946 0958", "x@Example.org", "no address", "微信号"]
        ),
        st.sampled_from(["", "work", "传真"]),
        st.booleans(),
    ).map(lambda p: ContactPoint(p[0], p[1], None, p[2], do_not_use=p[3])),
    max_size=3,
).map(tuple)
ADDRESSES = st.lists(
    st.tuples(TEXT, TEXT, TEXT, st.booleans()).map(
        lambda a: Address(a[0], "", a[1], "", a[2], do_not_use=a[3])
    ),
    max_size=2,
).map(tuple)
FIRMS = st.sampled_from(["Mar Alto", "MAR ALTO", "Évora Tours", "上海东方"])
DRAFTS = st.tuples(
    NAME | FIRMS,
    st.sampled_from(["person", "organisation"]),
    st.sampled_from(["potential", "prospect", "customer", "former"]),
    st.sampled_from(["1980-05-31", "--02-29", None]),
    st.just("") | TEXT,
    POINTS,
    ADDRESSES,
    st.lists(NAME, max_size=2).map(tuple),
    st.dictionaries(NAME, TEXT, max_size=2).map(lambda d: tuple(d.items())),
    st.just("") | FIRMS,
    st.just(NO_FACTS)
    | st.builds(
        PersonalFacts,
        title=st.sampled_from(["", "Dr."]),
        language=st.sampled_from(["", "pt"]),
        source=st.just("") | NAME,
        rating=st.integers(0, 5),
        preferences=st.just("") | NAME,
        deceased=st.booleans(),
        do_not_contact=st.booleans(),
    ),
).map(
    lambda d: CustomerDraft(
        name=d[0],
        kind=d[1],
        stage=d[2],
        birthday=d[3],
        notes=d[4],
        contact_points=d[5],
        addresses=d[6],
        tags=d[7],
        custom=d[8],
        organisation=d[9],
        facts=d[10],
    )
)


MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)).map(
    lambda t: t.replace(microsecond=t.microsecond // 1000 * 1000, tzinfo=UTC)
)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1))
NOBODY = st.just(CustomerId(0))
TASK = st.builds(
    Task,
    title=NAME,
    notes=st.just("") | TEXT,
    due_on=st.dates(),
    due_time=st.none() | st.just(time(15, 30)),
    repeat=st.sampled_from(["", "FREQ=WEEKLY"]),
    priority=st.sampled_from(Priority),
    created_at=MOMENTS,
    done_at=st.none() | MOMENTS,
)
CASE = st.builds(
    Case,
    customer_id=NOBODY,
    subject=NAME,
    kind=st.sampled_from(CaseKind),
    severity=st.sampled_from(Severity),
    status=st.sampled_from(CaseStatus),
    promised_on=DAYS,
    satisfaction=st.none() | st.integers(1, 5),
    opened_at=MOMENTS,
)
PROMISE = st.builds(
    Promise,
    customer_id=NOBODY,
    side=st.sampled_from(Side),
    text=NAME,
    due_on=DAYS,
    created_at=MOMENTS,
    kept_at=st.none() | MOMENTS,
)
RECORDS = st.tuples(*(st.lists(kind, max_size=2) for kind in (TASK, CASE, PROMISE))).map(
    lambda lists: Records((), *lists)
)


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
