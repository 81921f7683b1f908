"""What somebody sees of an archive: asked of the services, and worked out from the plain model."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Any

from archive_model import Model
from model_changes import COLUMNS, FACTS, tags_of, values_of

from crm_desktop.domain.customers import Customer, CustomerId, CustomerListQuery, SortColumn, Stage
from crm_desktop.domain.filters import Condition, Group, Op
from crm_desktop.domain.timeline import EventKind, TimelineQuery
from crm_desktop.services.workspace import Workspace

Seen = dict[str, Any]

# As lists have them: by their letters, Chinese ones by reading, other scripts behind.
NAMES = ("Ana", "João", "Mar Alto", "王伟", "x" * 300, "Ёлка 🎈", "محمد")
QUERIES = ("ana", "mar alto", "912345", "porto", "ЁЛКА", "window", "three", "x@exa", "ó")
VIP = Group((Condition("tag", Op.ANY_OF, ("VIP",)),))


def seen(w: Workspace) -> dict[int, Seen]:
    """Every customer's file, by number; the trash included."""
    numbers = [*w.customers.ids(CustomerListQuery()), *_trash(w)]
    return {customer.id: _file(w, customer) for customer in w.customers.get_many(numbers)}


def _trash(w: Workspace) -> list[CustomerId]:
    return [CustomerId(n) for n in w.customers.ids(CustomerListQuery(trashed=True))]


def own(customer: Customer) -> Seen:
    """What a customer is, beside what was done for him."""
    said = {name: getattr(customer, name) for name in COLUMNS if name not in FACTS}
    return {
        **said,
        **{name: getattr(customer.facts, name) for name in FACTS},
        "points": [(p.id, p.kind, p.raw, p.label, p.do_not_use) for p in customer.contact_points],
        "addresses": [(a.id, a.city) for a in customer.addresses],
        "tags": list(customer.tags),
        "custom": dict(customer.custom),
    }


def _file(w: Workspace, customer: Customer) -> Seen:
    number = customer.id
    tasks = [*w.tasks.of(number), *w.tasks.of(number, done=True)]
    related = w.customers.related(number)
    page = w.timeline.page(TimelineQuery(number, limit=1000))
    entries = [*page.pinned, *page.entries]
    return {
        **own(customer),
        "trash": customer.deleted_at is not None,
        "stages": [(turn.before, turn.stage) for turn in w.customers.stage_changes(number)],
        "entries": sorted(
            (entry.interaction, entry.kind, entry.text, entry.pinned)
            for entry in entries
            if entry.interaction is not None
        ),
        "events": Counter(
            (entry.kind, entry.text, entry.more)
            for entry in entries
            if entry.is_event and entry.kind != EventKind.CREATED
        ),
        "tasks": sorted(
            (t.id, t.title, t.interaction_id, t.due_on, t.repeat, t.done_at is not None)
            for t in tasks
        ),
        "cases": sorted((c.id, c.subject, c.severity, c.status) for c in w.cases.of(number)),
        "promises": sorted((p.id, p.text) for p in w.promises.open_of(number)),
        "documents": [
            (d.id, d.name, [w.documents.bytes_of(v.id) for v in w.documents.versions(d.id)])
            for d in w.documents.of(number)
        ],
        "related": sorted((r.id, r.kind, r.reverse) for r in related.forward),
        "related_back": sorted((r.id, r.kind, r.reverse) for r in related.backward),
        "merged": [(m.merged, m.name) for m in w.duplicates.merged_into(number)],
        "articles": [a.id for a in w.knowledge.for_customer(number)],
    }


def expected(m: Model) -> dict[int, Seen]:
    """The same from the model."""
    return {number: _expected_file(m, number) for number in m.tables["customer"]}


def expected_own(m: Model, number: int) -> Seen:
    """What a customer is by the model."""
    row = m.tables["customer"][number]
    return {
        **{name: row[name] for name in COLUMNS},
        "points": [
            (key, p["kind"], p["raw"], p["label"], p["do_not_use"])
            for key, p in m.placed("point", number)
        ],
        "addresses": [(key, a["city"]) for key, a in m.placed("address", number)],
        "tags": tags_of(m, number),
        "custom": values_of(m, number),
    }


def _expected_file(m: Model, number: int) -> Seen:
    his = {"customer": number}
    return {
        **expected_own(m, number),
        "trash": m.tables["customer"][number]["trash"] is not None,
        "stages": [(r["before"], r["stage"]) for _k, r in m.rows("stage_change", **his)],
        "entries": [(k, r["kind"], r["text"], r["pinned"]) for k, r in m.rows("entry", **his)],
        "events": _expected_events(m, number),
        "tasks": [
            (k, r["title"], r["entry"], r["due"], r["repeat"], r["done"] is not None)
            for k, r in m.rows("task", **his)
        ],
        "cases": [(k, r["subject"], r["severity"], r["status"]) for k, r in m.rows("case", **his)],
        "promises": [(k, r["text"]) for k, r in m.rows("promise", kept=None, **his)],
        "documents": [
            (k, r["name"], [v["content"] for _k, v in m.rows("version", document=k)][::-1])
            for k, r in m.rows("document", **his)
        ],
        "related": _expected_related(m, number, "customer", "other"),
        "related_back": _expected_related(m, number, "other", "customer"),
        "merged": [(r["merged"], r["name"]) for _k, r in m.rows("merge", kept=number)][::-1],
        "articles": [r["article"] for _k, r in m.rows("link", **his)],
    }


def _expected_events(m: Model, number: int) -> Counter[tuple[str, str, str]]:
    his = {"customer": number}
    cases = [row for _k, row in m.rows("case", **his)]
    return Counter(
        [
            *(
                (EventKind.STAGE, r["stage"], r["before"])
                for _k, r in m.rows("stage_change", **his)
            ),
            *((EventKind.DOCUMENT, r["name"], "") for _k, r in m.rows("document", **his)),
            *((EventKind.CASE_OPENED, r["subject"], "") for r in cases),
            *((EventKind.CASE_RESOLVED, r["subject"], "") for r in cases if r["resolved"]),
            *(
                (EventKind.PROMISE_KEPT, r["text"], "")
                for _k, r in m.rows("promise", **his)
                if r["kept"] is not None
            ),
            *(
                (EventKind.TASK_DONE, r["title"], "")
                for _k, r in m.rows("task", **his)
                if r["done"] is not None
            ),
        ]
    )


def _expected_related(m: Model, number: int, near: str, far: str) -> list[tuple[int, str, str]]:
    words = {row["name"]: row["reverse"] for _k, row in m.rows("relation_kind")}
    return sorted(
        (row[far], row["kind"], words.get(row["kind"], ""))
        for _k, row in m.rows("relation", **{near: number})
        if m.tables["customer"][row[far]]["trash"] is None
    )


# Lists and the search


def check_lists(w: Workspace, m: Model) -> None:
    """The lists have whom they should, in their order."""
    ids, everybody = w.customers.ids, m.tables["customer"]
    live = [n for n, row in m.rows("customer", trash=None)]
    by_name = sorted(live, key=lambda n: (NAMES.index(everybody[n]["name"]), n))
    assert list(ids(CustomerListQuery())) == by_name
    assert list(ids(CustomerListQuery(sort=SortColumn.NAME, descending=True))) == by_name[::-1]
    for stage in Stage:
        of_stage = [n for n in by_name if everybody[n]["stage"] == stage]
        assert list(ids(CustomerListQuery(stage=stage))) == of_stage
    assert list(ids(CustomerListQuery(filter=VIP))) == [
        n for n in by_name if "VIP" in tags_of(m, n)
    ]
    assert set(_trash(w)) == everybody.keys() - set(live)
    rows = w.customers.rows([CustomerId(n) for n in by_name])
    assert [(row.name, row.stage) for row in rows] == [
        (everybody[n]["name"], everybody[n]["stage"]) for n in by_name
    ]


def check_search(w: Workspace, m: Model) -> None:
    """Whoever has all the words is found, and nobody else."""
    texts = {n: _searched(m, n) for n, _row in m.rows("customer", trash=None)}
    for query in QUERIES:
        words = _folded(query).split()
        found = {n for n, text in texts.items() if all(word in text for word in words)}
        assert set(w.customers.ids(CustomerListQuery(text=query))) == found, query


def check_fields(w: Workspace, m: Model) -> None:
    """The owner's own fields, in their order, and those in the trash."""
    live = [(k, r) for k, r in m.rows("field", removed=None)]
    live.sort(key=lambda field: (field[1]["position"], field[0]))
    assert [(f.id, f.name, f.kind, f.hidden) for f in w.fields.all()] == [
        (k, r["name"], r["kind"], r["hidden"]) for k, r in live
    ]
    assert {(one.field.id, one.field.name, one.values) for one in w.fields.removed()} == {
        (k, r["name"], len(list(m.rows("value", field=k))))
        for k, r in m.rows("field")
        if r["removed"] is not None
    }


def check_articles(w: Workspace, m: Model) -> None:
    """The articles."""
    assert sorted((a.id or 0, a.title, a.text) for a in w.knowledge.all()) == [
        (key, row["title"], row["text"]) for key, row in m.rows("article")
    ]


def check_catalogue(w: Workspace, m: Model) -> None:
    """The products, with their prices and suppliers."""
    there = {key: row for key, row in m.rows("product") if row["trash"] is None}
    seen = {p.product.id: w.catalogue.get(p.product.id) for p in w.catalogue.search()}  # type: ignore[arg-type]
    assert {key: (p.product.name, p.product.notes) for key, p in seen.items()} == {
        key: (row["name"], row["notes"]) for key, row in there.items()
    }
    for key, whole in seen.items():
        assert [(p.id, p.amount) for p in whole.prices] == [
            (k, row["amount"]) for k, row in m.rows("price", product=key)
        ]
        assert [number for number, _name in whole.suppliers] == [
            row["customer"]
            for _k, row in m.rows("supply", product=key)
            if m.tables["customer"][row["customer"]]["trash"] is None
        ]
    assert {p.id for p in w.catalogue.trashed()} == {
        key for key, row in m.rows("product") if row["trash"] is not None
    }


def _searched(m: Model, number: int) -> str:
    row = m.tables["customer"][number]
    points = [point for _k, point in m.rows("point", customer=number)]
    kinds = {r["name"]: r["kind"] for _k, r in m.rows("field")}
    custom = [
        _name_of(m, value) if kinds[name] == "customer" else value
        for name, value in values_of(m, number).items()
    ]
    return " ".join(
        [
            *(_folded(row[name]) for name in ("name", "organisation", "notes")),
            *(_folded(f"{p['raw']} {p['value'] or ''}") for p in points),
            *("".join(filter(str.isdigit, p["raw"])) for p in points if p["kind"] == "phone"),
            *(_folded(a["city"]) for _k, a in m.rows("address", customer=number)),
            *map(_folded, custom),
        ]
    )


def _name_of(m: Model, value: str) -> str:
    number = value.removeprefix("customer:")
    known = m.tables["customer"].get(int(number)) if number.isdigit() else None
    return value if known is None else known["name"]


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))
