"""Fields of the owner's own, whatever they hold: one writing a kind, one order, nothing lost."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.bridge.values.canonical import canonical
from crm_desktop.domain.customers import CustomerDraft, CustomerListQuery
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.fields import (
    CustomField,
    CustomFieldId,
    FieldKind,
    Place,
    arranged,
    is_of_kind,
    moved,
    order_key,
    put,
    reference,
)
from crm_desktop.services.field_values import shown
from crm_desktop.services.workspace import Workspace

KINDS = st.sampled_from(FieldKind)
WORDS = st.sampled_from(["Gold", "Silver", "青铜", "A, B"])
VALUES = st.sampled_from(
    [
        *("5/3/2019", "2019-03-05", "--02-29", "31/2/2020", "1998", "1.234,5", "-7", "12,50 €"),
        *("USD 3", "sim", "não", "912 345 678", "ask Rita", "Ana@Example.org", "a@x.org; b@x.org"),
        *("www.example.org", "none", "Gold", "gold; Silver", "customer:1", "Rui Costa", "—", "0"),
    ]
) | st.text(max_size=12)


@given(KINDS, VALUES)
def test_what_is_read_is_of_its_kind_and_read_again_the_same(kind: FieldKind, text: str) -> None:
    written = canonical(kind, text)
    if kind is not FieldKind.CUSTOMER and written is not None:
        assert is_of_kind(kind, written)
        assert canonical(kind, written) == written
    # Whatever it is, it can be shown and put in order.
    shown(kind, written or text)
    order_key(kind, written or text, ("Gold",))


HEADINGS = st.sampled_from(["", "A", "B"])
PLACES = st.lists(HEADINGS, min_size=1, max_size=7).map(
    lambda headings: [
        Place(f.id, f.heading)
        for f in arranged(
            CustomField(str(n), heading=heading, id=CustomFieldId(n))
            for n, heading in enumerate(headings)
        )
    ]
)


def _in_groups(places: list[Place]) -> bool:
    fields = [CustomField(str(p.id), heading=p.heading, id=p.id) for p in places]
    return arranged(fields) == fields


@given(PLACES, st.data())
def test_moving_loses_nobody_and_keeps_groups_together(
    places: list[Place], data: st.DataObject
) -> None:
    number = data.draw(st.sampled_from([p.id for p in places]))
    step = data.draw(st.sampled_from([-1, 1]))
    went = moved(places, number, step)
    assert sorted(p.id for p in went) == sorted(p.id for p in places)
    assert _in_groups(went)
    alone = sum(1 for p in places if p.heading == next(q.heading for q in places if q.id == number))
    if went != places and alone > 1 and any(p.heading != "" for p in went):
        back = moved(went, number, -step)
        # A way back that does not lead over a heading ends where it began.
        if [p.id for p in went] != [p.id for p in places]:
            assert back == places
    before = data.draw(st.integers(0, len(places)))
    heading = places[before - 1].heading if before else ""
    dropped = put(places, number, before, heading)
    assert sorted(p.id for p in dropped) == sorted(p.id for p in places)


def _state(w: Workspace) -> object:
    numbers = sorted(w.customers.ids(CustomerListQuery()))
    return w.fields.all(), w.fields.removed(), [w.exports.document(n) for n in numbers]


@settings(max_examples=10)
@given(st.data())
def test_any_history_of_fields_is_undone_redone_and_exported(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Workspace.open(folder / "a.crm", create=True, data_dir=folder) as w:
            w.settings.set_home_country("PT")
            people = [w.customers.create(CustomerDraft(n)) for n in ("Rui Costa", "Eva Reis")]
            before = [_state(w)]
            for turn in range(data.draw(st.integers(1, 6))):
                last = w.history.can_undo()
                _act(w, people, data, turn)
                if w.history.can_undo() != last:
                    before.append(_state(w))
            assert w.backups.check().messages == ()
            w.exports.export(folder / "a.json")
            with Workspace.open(folder / "b.crm", create=True, data_dir=folder) as other:
                other.imports.import_files([folder / "a.json"])
                assert _numberless(_state(other)) == _numberless(before[-1])
                assert other.backups.check().messages == ()
            for state in reversed(before[:-1]):
                w.history.undo()
                assert _without_times(_state(w)) == _without_times(state)
            for state in before[1:]:
                w.history.redo()
                assert _without_times(_state(w)) == _without_times(state)
            assert w.backups.check().messages == ()


def _numberless(state: object) -> object:
    fields, removed, documents = state  # type: ignore[misc]
    nobody = CustomFieldId(0)
    return (
        [replace(f, id=nobody) for f in fields],
        {one.field.name: (replace(one.field, id=nobody), one.values) for one in removed},
        documents,
    )


def _without_times(state: object) -> object:
    fields, removed, documents = state  # type: ignore[misc]
    return fields, removed, [{**one, "updated_at": None} for one in documents]


def _act(w: Workspace, people: list, data: st.DataObject, turn: int) -> None:
    """One thing that an owner may do."""
    listed = w.fields.all()
    what = data.draw(
        st.sampled_from(["add", "set", "set", "kind", "remove", "restore", "hide", "move"])
    )
    if what == "add" or not listed:
        kind = data.draw(KINDS)
        words = data.draw(st.lists(WORDS, unique=True))
        w.fields.add(f"F{turn}", kind, heading=data.draw(HEADINGS), words=words)
        return
    field = data.draw(st.sampled_from(listed))
    if what == "set":
        value = data.draw(VALUES)
        if field.kind is FieldKind.CUSTOMER:
            value = reference(people[0])
        try:
            w.customers.set_custom(data.draw(st.sampled_from(people)), field.name, value)
        except UserError:
            assert not is_of_kind(field.kind, value, field.words)
    elif what == "kind":
        fits = w.fields.look(field.id, kind := data.draw(KINDS))
        w.fields.change_kind(field.id, kind)
        values = [w.customers.get(n).custom.get(field.name, "") for n in people]
        [now] = [f for f in w.fields.all() if f.id == field.id]
        assert sum(not is_of_kind(kind, v, now.words) for v in values) == fits.kept
    elif what == "remove":
        w.fields.remove(field.id)
    elif what == "restore":
        for one in w.fields.removed()[:1]:
            w.fields.restore(one.field.id)
    elif what == "hide":
        w.fields.set_hidden(field.id, hidden=not field.hidden)
    else:
        w.fields.arrange(moved([Place(f.id, f.heading) for f in listed], field.id, 1))
