"""What becomes of a known customer's fields under each policy."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_desktop.bridge.matching.merge import apply_merge, fill, merge_draft
from crm_desktop.bridge.matching.policies import FirstWord, rules_of
from crm_desktop.domain.customers import (
    NO_FACTS,
    Address,
    ContactPoint,
    CustomerDraft,
    PersonalFacts,
)
from crm_desktop.domain.imports import FACTS, ColumnMapping, Policy, SheetPlan


def phone(value: str, label: str = "", number: int | None = None) -> ContactPoint:
    return ContactPoint("phone", value, value, label, number)  # type: ignore[arg-type]


MARIA = CustomerDraft(
    "Maria Silva",
    organisation="Café",
    birthday="1970-03-04",
    notes="likes tea",
    contact_points=(phone("+351911", "mobile", 1), phone("+351222", "work", 2)),
    addresses=(Address("Rua A", "", "Porto", id=7),),  # type: ignore[arg-type]
    tags=("VIP", "cruise"),
    custom=(("Seat", "window"),),
    facts=PersonalFacts(owner="Rui", source="fair", rating=4),
)


def after(draft: CustomerDraft, **rules: Policy) -> CustomerDraft:
    named = {f.replace("custom_", "custom:"): policy for f, policy in rules.items()}
    return apply_merge(MARIA, merge_draft(MARIA, draft, named))


def test_overwrite_single_fields() -> None:
    row = CustomerDraft("Maria Silva", organisation="Hotel", birthday="--03-04", notes="coffee")
    over = dict.fromkeys(("organisation", "birthday", "notes", "stage"), Policy.OVERWRITE)
    merge = merge_draft(MARIA, row, over)
    # The year that is known stays: the row says the same day.
    assert merge.fields == {"organisation": "Hotel", "notes": "coffee"}
    assert (merge.differing, merge.replaced) == ([], 2)


def test_overwrite_takes_the_place_of_the_same_label() -> None:
    row = CustomerDraft("Maria Silva", contact_points=(phone("+351933", "mobile"),))
    points = after(row, phone=Policy.OVERWRITE).contact_points
    assert points == (phone("+351933", "mobile", 1), phone("+351222", "work", 2))
    home = CustomerDraft("Maria Silva", contact_points=(phone("+351944", "home"),))
    assert after(home, phone=Policy.OVERWRITE).contact_points[2] == phone("+351944", "home")


def test_the_only_phone_gives_way_whatever_its_label() -> None:
    known = MARIA._replace(contact_points=(phone("+351911", "mobile", 1),))
    row = CustomerDraft("Maria Silva", contact_points=(phone("+351933"),))
    merge = merge_draft(known, row, {"phone": Policy.OVERWRITE})
    assert apply_merge(known, merge).contact_points == (phone("+351933", "mobile", 1),)


def test_overwrite_parts_of_an_address() -> None:
    row = CustomerDraft("Maria Silva", addresses=(Address("Rua B", "4000", "Lisboa"),))
    merge = merge_draft(MARIA, row, {"city": Policy.OVERWRITE})
    assert apply_merge(MARIA, merge).addresses == (Address("Rua A", "4000", "Lisboa", id=7),)  # type: ignore[arg-type]
    assert merge.differing == [("street", "Rua A", "Rua B")]


def test_overwrite_tags_and_own_fields() -> None:
    row = CustomerDraft("Maria Silva", tags=("vip", "new"), custom=(("Seat", "aisle"),))
    done = after(row, tags=Policy.OVERWRITE, custom_Seat=Policy.OVERWRITE)
    assert (done.tags, done.custom) == (("VIP", "new"), (("Seat", "aisle"),))


def test_facts_under_each_policy() -> None:
    facts = PersonalFacts(title="Dr.", owner="Zé", rating=2, language="pt")
    row = CustomerDraft("Maria Silva", facts=facts)
    filled = merge_draft(MARIA, row)
    assert filled.facts == {"title": "Dr.", "language": "pt"}
    assert filled.differing == [("owner", "Rui", "Zé"), ("rating", "4", "2")]
    some = {"owner": Policy.OVERWRITE, "title": Policy.KEEP, "rating": Policy.ADD}
    merge = merge_draft(MARIA, row, some)
    assert merge.facts == {"owner": "Zé", "language": "pt"}
    assert (merge.differing, merge.replaced) == ([("rating", "4", "2")], 1)
    done = apply_merge(MARIA, merge).facts
    assert done == MARIA.facts._replace(owner="Zé", language="pt")


def test_the_first_row_says_who_looks_after_him() -> None:
    first, over = FirstWord(), {"owner": Policy.OVERWRITE}
    row = CustomerDraft("Maria", facts=PersonalFacts(owner="Zé"))
    assert first.rules(1, row, over) == over
    assert first.rules(1, row._replace(facts=PersonalFacts(owner="Ana")), over) == {}


def test_add_appends_to_what_says_something_else() -> None:
    row = CustomerDraft("Maria Silva", notes="coffee", custom=(("Seat", "aisle"),))
    done = after(row, notes=Policy.ADD, custom_Seat=Policy.ADD)
    assert (done.notes, done.custom) == ("likes tea\ncoffee", (("Seat", "window; aisle"),))
    again = merge_draft(done, row, {"notes": Policy.ADD, "custom:Seat": Policy.ADD})
    assert not again.changes


def test_a_row_without_a_name_overwrites_none() -> None:
    row = CustomerDraft("+351911", contact_points=(phone("+351911"),))
    assert after(row, name=Policy.OVERWRITE).name == "Maria Silva"
    row = CustomerDraft("Maria da Silva")
    assert after(row, name=Policy.OVERWRITE).name == "Maria da Silva"


def plan(*fields: str, **policies: str) -> SheetPlan:
    columns = tuple(ColumnMapping(i, "ABCDEF"[i], f, f, 1.0) for i, f in enumerate(fields))
    named = tuple((f.replace("every", "*"), p) for f, p in policies.items())
    return SheetPlan(0, 1, columns, policies=named)


def test_rules_are_for_the_fields_that_columns_feed() -> None:
    assert rules_of(plan("name", "phone")) == {}
    made = rules_of(plan("given_name", "phone", "kind", "skip", every="overwrite", phone="fill"))
    assert made == {"given_name": "overwrite", "name": "overwrite"}


def test_only_the_first_row_overwrites() -> None:
    first, over = FirstWord(), {"phone": Policy.OVERWRITE, "notes": Policy.KEEP}
    row = CustomerDraft("Maria", contact_points=(phone("+351933"),))
    assert first.rules(1, row, over) == over
    assert first.rules(1, row, over) == {"notes": Policy.KEEP}
    assert first.rules(2, row, over) == over


TEXT = st.sampled_from(["", "a", "b", "ç", "家"])
POINTS = st.lists(
    st.builds(phone, st.sampled_from(["+1", "+2", "+3", "+4"]), TEXT), max_size=3
).map(tuple)
DRAFTS = st.builds(
    CustomerDraft,
    name=st.sampled_from(["Ana", "Rui"]),
    organisation=TEXT,
    birthday=st.sampled_from([None, "--01-02", "1990-01-02", "1980-05-05"]),
    stage=st.sampled_from([None, "prospect", "customer"]),
    notes=TEXT,
    contact_points=POINTS,
    addresses=st.lists(
        st.builds(Address, TEXT, TEXT, TEXT, st.just(""), st.just(""), TEXT), max_size=2
    ).map(lambda found: tuple(a for a in found if not a.is_empty)),
    tags=st.lists(st.sampled_from(["x", "y", "z"]), max_size=3, unique=True).map(tuple),
    custom=st.dictionaries(st.sampled_from(["P", "Q"]), TEXT.filter(bool)).map(
        lambda found: tuple(found.items())
    ),
    facts=st.builds(
        PersonalFacts,
        title=TEXT,
        language=st.sampled_from(["", "pt", "zh"]),
        source=TEXT,
        owner=st.sampled_from(["", "Rui", "rui", "Zé"]),
        rating=st.integers(0, 5),
        preferences=st.just(""),
        deceased=st.just(False),
        do_not_contact=st.just(False),
    )
    | st.just(NO_FACTS),
)
FIELDS = (
    *("name", "organisation", "birthday", "stage", "notes", "phone", "street", "city", "tags"),
    *FACTS,
)
RULES = st.dictionaries(
    st.sampled_from([*FIELDS, "custom:P", "custom:Q"]), st.sampled_from(list(Policy))
)


@given(DRAFTS, DRAFTS)
def test_fill_never_loses(known: CustomerDraft, row: CustomerDraft) -> None:
    merge = merge_draft(known, row)
    done = apply_merge(known, merge)
    assert merge.replaced == 0
    assert set(known.contact_points) <= set(done.contact_points)
    for before in known.addresses:  # a town may have got its street
        pairs = [zip(before, now, strict=True) for now in done.addresses]
        assert any(all(old in ("", new) for old, new in parts) for parts in pairs)
    assert set(known.tags) <= set(done.tags)
    assert dict(known.custom).items() <= dict(done.custom).items()
    assert done.notes.startswith(known.notes)
    assert done.organisation == (known.organisation or row.organisation)


@given(DRAFTS, DRAFTS, RULES)
def test_keep_touches_nothing_and_add_loses_nothing(
    known: CustomerDraft, row: CustomerDraft, rules: dict[str, Policy]
) -> None:
    kept = dict.fromkeys(
        (*FIELDS, "postcode", "custom:P", "custom:Q", "given_name", "family_name"), Policy.KEEP
    )
    assert not merge_draft(known, row, kept).changes
    added = dict.fromkeys(rules, Policy.ADD)
    done = apply_merge(known, merge_draft(known, row, added))
    assert all(value in dict(done.custom)[name] for name, value in known.custom)
    assert done.notes.startswith(known.notes)
    filled = dict.fromkeys(rules, Policy.FILL)
    assert merge_draft(known, row, filled) == fill(known, row)


@example(
    # The one address that is known is named by the row: the other one is another.
    CustomerDraft("Ana", addresses=(Address("", "1000", "Porto"),)),
    CustomerDraft("Ana", addresses=(Address("", "", "Porto"), Address("", "", "Faro"))),
    {"city": Policy.OVERWRITE},
)
@example(
    # The second address takes a street beside a postcode that stays: it is still another one.
    CustomerDraft("Ana", addresses=(Address("", "", "a"), Address("", "a", ""))),
    CustomerDraft("Ana", addresses=(Address("a", "", ""), Address("a", "b", ""))),
    {"street": Policy.OVERWRITE},
)
@given(DRAFTS, DRAFTS, RULES)
def test_the_second_time_changes_nothing(
    known: CustomerDraft, row: CustomerDraft, rules: dict[str, Policy]
) -> None:
    done = apply_merge(known, merge_draft(known, row, rules))
    assert not merge_draft(done, row, rules).changes


@pytest.mark.parametrize("policy", list(Policy))
def test_blanks_are_filled_but_where_kept(policy: Policy) -> None:
    blank = CustomerDraft("Maria Silva")
    fields = (
        *("organisation", "birthday", "notes", "phone", "street", "city", "tags", "custom:Seat"),
        *FACTS,
    )
    done = apply_merge(blank, merge_draft(blank, MARIA, dict.fromkeys(fields, policy)))
    assert done == (blank if policy is Policy.KEEP else MARIA)
