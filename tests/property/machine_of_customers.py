"""Rules that change what customers are: fields, ways to reach them, tags, own fields, merges."""

from __future__ import annotations

import model_changes as change
import pytest
from archive_machine import PICK, ArchiveMachine
from archive_seen import NAMES
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from crm_desktop.domain.bulk import TAG, Edit, Way
from crm_desktop.domain.customers import (
    Address,
    AddressId,
    ContactKind,
    ContactPointId,
    CustomerDraft,
    CustomerId,
    Stage,
)
from crm_desktop.domain.duplicates import Choice
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.fields import CustomFieldId, FieldKind, reference
from crm_desktop.domain.filters import OWN
from crm_desktop.domain.relations import RelationKind
from crm_desktop.services.relations import Said

MOST = 6
NAME = st.sampled_from(NAMES)
FIRM = st.sampled_from(["", "Mar Alto", "王伟"])
TAGS = st.lists(st.sampled_from(["VIP", "novo", "家庭", "x"]), max_size=3, unique=True)
STAGE = st.sampled_from([stage.value for stage in Stage])
TEXT = st.sampled_from(["", "one", "três", "三", "a\nb", "<b>one</b> three"])
EDITS = st.one_of(
    st.tuples(st.just("name"), NAME),
    st.tuples(st.just("organisation"), FIRM),
    st.tuples(st.just("kind"), st.sampled_from(["person", "organisation"])),
    st.tuples(st.just("stage"), STAGE),
    st.tuples(st.sampled_from(["notes", "preferences"]), TEXT),
    st.tuples(st.sampled_from(["title", "owner"]), st.sampled_from(["", "one", "<b>dois</b>"])),
    st.tuples(st.just("birthday"), st.sampled_from(["", "1980-05-31", "--02-29"])),
    st.tuples(st.just("rating"), st.sampled_from(["0", "3", "5"])),
)
# As typed, and as understood.
POINTS = st.sampled_from(
    [
        ("phone", "912 345 678", "+351912345678"),
        ("phone", "+351 912345678", "+351912345678"),
        ("phone", "no number", None),
        ("email", "X@example.org", "x@example.org"),
        ("im", "微信号", "微信号"),
    ]
)
LABEL = st.sampled_from(["", "work"])
CITY = st.sampled_from(["", "Porto", "Évora"])
FIELD = st.sampled_from(["Seat", "Size"])
VALUE = st.sampled_from(["", "12", "window", "three"])
KIND = st.sampled_from(["teacher of", "spouse_of", "works_at"])
WORDS = {"teacher of": "pupil of"}
SETTLED = st.frozensets(
    st.sampled_from(["name", "organisation", "birthday", "stage", "notes", "rating", "owner"])
)
MANY = st.lists(PICK, min_size=1, max_size=4)
BULK = st.one_of(
    st.tuples(st.just(TAG), st.sampled_from([Way.ADD, Way.REMOVE]), st.sampled_from(["VIP", "x"])),
    st.tuples(st.just("stage"), st.just(Way.SET), STAGE),
    st.tuples(st.just("owner"), st.just(Way.SET), st.just("one")),
    st.tuples(st.just("owner"), st.just(Way.CLEAR), st.just("")),
    st.tuples(st.just("rating"), st.just(Way.SET), st.just("3")),
    st.tuples(st.just(OWN), st.just(Way.SET), st.sampled_from(["12", "window"])),
    st.tuples(st.just(OWN), st.just(Way.CLEAR), st.just("")),
)
SOME_EDITS = st.lists(BULK, min_size=1, max_size=2, unique_by=lambda edit: edit[0])


def some(machine: ArchiveMachine) -> bool:
    """Whether there is anybody."""
    return bool(machine.m.tables["customer"])


def fields(machine: ArchiveMachine) -> bool:
    """Whether there is a field of the owner's own."""
    return bool(machine.m.tables["field"])


class CustomerRules(ArchiveMachine):
    """What is done with customers."""

    @initialize(names=st.lists(NAME, min_size=2, max_size=3))
    def begin(self, names: list[str]) -> None:
        """Most of what can be done needs somebody."""
        for name in names:
            self.create(name, "", organisation=False, tags=["VIP"])

    @precondition(lambda self: len(self.m.tables["customer"]) < MOST)
    @rule(name=NAME, firm=FIRM, organisation=st.booleans(), tags=TAGS)
    def create(self, name: str, firm: str, organisation: bool, tags: list[str]) -> None:
        said = {
            "name": name,
            "kind": "organisation" if organisation else "person",
            "organisation": firm,
        }
        draft = CustomerDraft(**said, tags=tuple(tags))
        self.do(
            lambda: self.w.customers.create(draft),
            lambda number: change.create(self.m, number, said, tags),
        )

    @precondition(some)
    @rule(who=PICK, edit=EDITS)
    def update(self, who: int, edit: tuple[str, str]) -> None:
        number, (column, text) = self.customer(who), edit
        value = {"rating": lambda: int(text), "birthday": lambda: text or None}.get(column)
        self.do(
            lambda: self.w.customers.update(number, column, text),
            lambda _none: change.update(self.m, number, column, value() if value else text),
        )

    @precondition(some)
    @rule(who=PICK, tags=TAGS)
    def set_tags(self, who: int, tags: list[str]) -> None:
        number = self.customer(who)
        self.do(
            lambda: self.w.customers.set_tags(number, tags),
            lambda _none: change.set_tags(self.m, number, tags),
        )

    @precondition(some)
    @rule(who=PICK, point=POINTS, label=LABEL, barred=st.booleans(), which=st.none() | PICK)
    def save_point(
        self,
        who: int,
        point: tuple[str, str, str | None],
        label: str,
        barred: bool,
        which: int | None,
    ) -> None:
        """A new way to reach somebody, or another text in place of one."""
        number, (kind, raw, value) = self.customer(who), point
        old = 0 if which is None else self.nth("point", which, customer=number)
        row = {"kind": kind, "raw": raw, "value": value, "label": label, "do_not_use": barred}

        def changed(_none: None) -> None:
            if old:
                self.m.change("point", old, **row)
            else:
                place = self.m.behind("point", number)
                points = self.w.customers.get(number).contact_points
                key = max(p.id or 0 for p in points)
                self.m.insert("point", {"customer": number, "position": place, **row}, key)

        self.do(
            lambda: self.w.customers.save_contact_point(
                number,
                ContactKind(kind),
                raw,
                label=label,
                do_not_use=barred,
                contact_point_id=ContactPointId(old) if old else None,
            ),
            changed,
        )

    @precondition(lambda self: self.m.tables["point"])
    @rule(which=PICK)
    def drop_point(self, which: int) -> None:
        key = self.nth("point", which)
        row = self.m.tables["point"][key]
        self.do(
            lambda: self.w.customers.save_contact_point(
                row["customer"],
                ContactKind(row["kind"]),
                " ",
                contact_point_id=ContactPointId(key),
            ),
            lambda _none: self.m.drop("point", key),
        )

    @precondition(some)
    @rule(who=PICK, city=CITY, which=st.none() | PICK)
    def save_address(self, who: int, city: str, which: int | None) -> None:
        number = self.customer(who)
        old = 0 if which is None else self.nth("address", which, customer=number)
        address = Address(city=city, id=AddressId(old) if old else None)

        def changed(_none: None) -> None:
            if old and city:
                self.m.change("address", old, city=city)
            elif old:
                self.m.drop("address", old)
            elif city:
                place = self.m.behind("address", number)
                key = max(a.id or 0 for a in self.w.customers.get(number).addresses)
                row = {"customer": number, "city": city, "position": place}
                self.m.insert("address", row, key)

        self.do(lambda: self.w.customers.save_address(number, address), changed)

    @precondition(some)
    @rule(who=PICK, which=PICK, table=st.sampled_from(["point", "address"]))
    def put_first(self, who: int, which: int, table: str) -> None:
        number = self.customer(who)
        key = self.nth(table, which, customer=number)
        if key:
            self.do(
                lambda: self.w.customers.put_first(
                    number, ContactPointId(key), address=table == "address"
                ),
                lambda _none: change.put_first(self.m, table, number, key),
            )

    # Own fields

    @precondition(some)
    @rule(who=PICK, name=FIELD, value=VALUE)
    def set_custom(self, who: int, name: str, value: str) -> None:
        """A field that nobody has yet is made."""
        number = self.customer(who)

        def changed(_none: None) -> None:
            known = change.live_field(self.m, name)
            if known is None and value:
                known = next(f.id for f in self.w.fields.all() if f.name == name)
                change.add_field(self.m, name, "text", known)
            if known is not None:
                change.set_value(self.m, number, known, value)

        self.do(lambda: self.w.customers.set_custom(number, name, value, strict=False), changed)

    @precondition(some)
    @rule(who=PICK, other=PICK)
    def name_another(self, who: int, other: int) -> None:
        """A field that holds customers."""
        number, value = self.customer(who), reference(self.customer(other))
        known = change.live_field(self.m, "Guide")
        if known is None:
            self.do(
                lambda: self.w.fields.add("Guide", FieldKind.CUSTOMER),
                lambda key: change.add_field(self.m, "Guide", "customer", key),
            )
        key = change.live_field(self.m, "Guide")
        assert key is not None
        self.do(
            lambda: self.w.customers.set_custom(number, "Guide", value),
            lambda _none: change.set_value(self.m, number, key, value),
        )

    @rule(name=FIELD, kind=st.sampled_from(["text", "number"]))
    def add_field(self, name: str, kind: str) -> None:
        if change.live_field(self.m, name) is not None:
            with pytest.raises(UserError):
                self.w.fields.add(name, FieldKind(kind))
            return
        self.do(
            lambda: self.w.fields.add(name, FieldKind(kind)),
            lambda key: change.add_field(self.m, name, kind, key),
        )

    @precondition(fields)
    @rule(which=PICK, name=FIELD)
    def rename_field(self, which: int, name: str) -> None:
        key = CustomFieldId(self.nth("field", which, removed=None))
        if key and change.live_field(self.m, name) not in (None, key):
            with pytest.raises(UserError):
                self.w.fields.rename(key, name)
        elif key:
            self.do(
                lambda: self.w.fields.rename(key, name),
                lambda _none: change.rename_field(self.m, key, name),
            )

    @precondition(fields)
    @rule(which=PICK)
    def remove_or_restore_field(self, which: int) -> None:
        key = CustomFieldId(self.nth("field", which))
        lies = self.m.tables["field"][key]["removed"] is not None
        token = None if lies else self.moment()
        self.do(
            lambda: self.w.fields.restore(key) if lies else self.w.fields.remove(key),
            lambda _step: self.m.change("field", key, removed=token),
        )

    @precondition(fields)
    @rule(which=PICK, kind=st.sampled_from(["text", "number"]), hidden=st.booleans())
    def change_field(self, which: int, kind: str, hidden: bool) -> None:
        key = CustomFieldId(self.nth("field", which))
        if self.m.tables["field"][key]["kind"] == "customer":
            self.do(
                lambda: self.w.fields.set_hidden(key, hidden=hidden),
                lambda _none: self.m.change("field", key, hidden=hidden),
            )
        else:
            self.do(
                lambda: self.w.fields.change_kind(key, FieldKind(kind)),
                lambda _step: self.m.change("field", key, kind=kind),
            )

    # Many, and two

    @precondition(some)
    @rule(who=MANY, edits=SOME_EDITS, which=PICK)
    def edit_many(self, who: list[int], edits: list[tuple[str, Way, str]], which: int) -> None:
        numbers = list(dict.fromkeys(map(self.customer, who)))
        field = self.nth("field", which, removed=None)
        edits = [edit for edit in edits if edit[0] != OWN or field]
        if not edits:
            return

        def changed(_edited: object) -> None:
            for name, way, value in edits:
                if name == TAG:
                    many = change.add_tag if way is Way.ADD else change.remove_tag
                    many(self.m, numbers, value)
                    continue
                for number in numbers:
                    if name == OWN:
                        change.set_value(self.m, number, field, value)
                    else:
                        told = int(value) if name == "rating" else value
                        change.set_column(self.m, number, name, told)

        head = self.head()
        listed = [Edit(f"{OWN}{field}" if n == OWN else n, way, v) for n, way, v in edits]
        edited = self.do(lambda: self.w.bulk.edit(numbers, listed), changed)
        assert edited.step == (self.head() if self.head() != head else None)

    @precondition(some)
    @rule(who=MANY)
    def trash(self, who: list[int]) -> None:
        numbers, token = list(map(self.customer, who)), self.moment()
        self.do(
            lambda: self.w.customers.delete(numbers),
            lambda _step: change.set_trash(self.m, numbers, token),
        )

    @precondition(some)
    @rule(who=MANY)
    def bring_back(self, who: list[int]) -> None:
        numbers = list(map(self.customer, who))
        self.do(
            lambda: self.w.customers.restore(numbers),
            lambda _step: change.set_trash(self.m, numbers, None),
        )

    @precondition(lambda self: len(self.m.tables["customer"]) > 1)
    @rule(who=PICK, other=PICK, kind=KIND, ends=st.booleans())
    def relate(self, who: int, other: int, kind: str, ends: bool) -> None:
        number, far = self.customer(who), self.customer(other)
        rows = self.m.tables["customer"]
        if far == number:
            return
        refused = kind == RelationKind.WORKS_AT and (
            rows[number]["kind"] != "person" or rows[far]["kind"] != "organisation"
        )
        said = Said(kind, far, reverse=WORDS.get(kind, ""))
        if ends:
            self.do(
                lambda: self.w.relations.remove(number, said),
                lambda _none: self._part(number, far, kind),
            )
        elif refused:
            with pytest.raises(UserError):
                self.w.relations.add(number, said)
        else:
            self.do(
                lambda: self.w.relations.add(number, said),
                lambda _none: self._relate(number, far, kind),
            )

    def _relate(self, number: int, far: int, kind: str) -> None:
        known = next(self.m.rows("relation_kind", name=kind), None)
        if kind in WORDS and known is None:
            self.m.insert("relation_kind", {"name": kind, "reverse": WORDS[kind]})
        change.relate(self.m, number, far, kind)
        rows = self.m.tables["customer"]
        if kind == RelationKind.WORKS_AT and not rows[number]["organisation"]:
            self.m.change("customer", number, organisation=rows[far]["name"])

    def _part(self, number: int, far: int, kind: str) -> None:
        ends = [(number, far), (far, number)] if kind == "spouse_of" else [(number, far)]
        for one, other in ends:
            for key, _row in list(self.m.rows("relation", customer=one, other=other, kind=kind)):
                self.m.drop("relation", key)
        rows = self.m.tables["customer"]
        if kind == "works_at" and rows[number]["organisation"] == rows[far]["name"]:
            self.m.change("customer", number, organisation="")

    @precondition(lambda self: len(self.m.tables["customer"]) > 1)
    @rule(who=PICK, other=PICK, settled=SETTLED, custom=st.frozensets(FIELD), join=st.booleans())
    def merge(
        self, who: int, other: int, settled: frozenset[str], custom: frozenset[str], join: bool
    ) -> None:
        kept, gone = self.customer(who), self.customer(other)
        if kept == gone:
            with pytest.raises(UserError):
                self.w.duplicates.merge(kept, CustomerId(gone))
            return
        self.do(
            lambda: self.w.duplicates.merge(kept, gone, Choice(settled, custom, join)),
            lambda _step: change.merge(self.m, kept, gone, settled, custom, join=join),
        )
