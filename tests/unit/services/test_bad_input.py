"""What nobody should type or paste: a clear word at its field, or kept as typed and marked.

Files and their names stand in test_bad_files.py, what a sheet may hold in the tests of the import.
"""

from __future__ import annotations

import pytest
from bad_input_kit import (
    DAYS,
    INVISIBLE,
    LINES,
    LONG,
    LONG_TEXTS,
    NAMED,
    NO_DAYS,
    NO_EMAILS,
    NO_PHONES,
    ODD,
    TIDIED,
    Kit,
    Place,
    refused,
)

from crm_desktop.domain.bulk import TAG, Edit, Way
from crm_desktop.domain.customers import ContactKind, ContactPoint, CustomerDraft, InteractionKind
from crm_desktop.domain.fields import FieldKind, phone_parts
from crm_desktop.services import field_values


def _ids(places: list[Place]) -> list[str]:
    return [f"{number}-{place[0]}" for number, place in enumerate(places)]


@pytest.mark.parametrize("place", NAMED + LINES, ids=_ids(NAMED + LINES))
def test_a_line_is_kept_as_typed(kit: Kit, place: Place) -> None:
    field, write, read, most = place
    typed = {text: text for text in (*ODD, "y" * most) if len(text) <= most}
    for text, kept in {**typed, **TIDIED}.items():
        write(kit, text)
        assert read(kit) == kept
    before = read(kit)
    refused(lambda: write(kit, "y" * (most + 1)), field)
    if field != "taker":  # whose giver was noted
        assert read(kit) == before
    write(kit, "Ana 1")


@pytest.mark.parametrize("place", NAMED, ids=_ids(NAMED))
def test_a_name_that_nobody_can_see_is_none(kit: Kit, place: Place) -> None:
    field, write, *_how = place
    for text in INVISIBLE:
        refused(lambda text=text: write(kit, text), field)


@pytest.mark.parametrize("place", LONG_TEXTS, ids=_ids(LONG_TEXTS))
def test_a_text_is_kept_as_typed(kit: Kit, place: Place) -> None:
    field, write, read, _most = place
    for text in (*ODD, "a\n\n\tb", "z" * 100_000):
        write(kit, text)
        assert read(kit) == text
    write(kit, "a\r\nb\0\ud800c")
    assert read(kit) == "a\nbc"
    before = read(kit)
    refused(lambda: write(kit, "z" * 100_001), field)
    assert read(kit) == before
    write(kit, "")


def test_tags_are_kept_as_typed(kit: Kit) -> None:
    customers = kit.w.customers
    customers.set_tags(kit.ana, [*ODD, *TIDIED, *INVISIBLE])
    assert customers.get(kit.ana).tags == tuple(dict.fromkeys([*ODD, *TIDIED.values()]))
    refused(lambda: customers.set_tags(kit.ana, ["y" * 501]), "tags")
    kit.w.bulk.edit([kit.ana], [Edit(TAG, Way.ADD, "<i>in bulk</i>")])
    assert "<i>in bulk</i>" in customers.get(kit.ana).tags
    for text in (*INVISIBLE, "y" * 501):
        refused(lambda text=text: kit.w.bulk.edit([kit.ana], [Edit(TAG, Way.ADD, text)]), "value")
    customers.set_tags(kit.ana, [])


def test_an_articles_tags_are_kept_as_typed(kit: Kit) -> None:
    words = [word for word in ODD if not set(word) & set(",;，、")]
    kit.w.knowledge.update(kit.article, "tags", ",".join([*words, *INVISIBLE]))
    assert set(kit.w.knowledge.get(kit.article).article.words) >= {LONG, "CON", "🎈👨‍👩‍👧"}
    refused(lambda: kit.w.knowledge.update(kit.article, "tags", "y" * 501), "tags")


def test_names_of_fields(kit: Kit) -> None:
    fields = kit.w.fields
    for name in (*(odd for odd in ODD if len(odd) <= 100), "x" * 100):
        number = fields.add(name)
        kit.w.customers.set_custom(kit.ana, name, "<b>1</b>")
        assert kit.w.customers.get(kit.ana).custom[name] == "<b>1</b>"
        fields.remove(number)
    before = [field.name for field in fields.all()]
    for name in (*INVISIBLE, "x" * 101, LONG):
        refused(lambda name=name: fields.add(name), "name")
        refused(lambda name=name: fields.rename(kit.own, name), "name")
    assert [field.name for field in fields.all()] == before
    kind = fields.add("Word", FieldKind.CHOICE, words=ODD)
    assert next(f.words for f in fields.all() if f.id == kind) == ODD
    refused(lambda: fields.set_words(kind, ["y" * 501], {}), "words")


def test_entries_are_kept_as_typed(kit: Kit) -> None:
    w = kit.w
    for text in ODD:
        number = w.timeline.log(kit.ana, InteractionKind.CALL, text, follow_up=text).entry
        w.timeline.edit(kit.entry, text)
        said = {entry.id: entry.text for entry in w.customers.timeline(kit.ana, limit=500)}
        assert said[number] == said[kit.entry] == text
    for text in (*INVISIBLE, "z" * 100_001):
        refused(lambda text=text: w.timeline.edit(kit.entry, text), "text")
        refused(lambda text=text: w.timeline.log(kit.ana, InteractionKind.CALL, text), "text")


def test_a_line_for_a_task_that_is_too_long(kit: Kit) -> None:
    line = "tomorrow " + "y" * 600
    assert kit.w.tasks.read_line(line).title  # while somebody types
    refused(lambda: kit.w.tasks.add(line, customer_id=kit.ana), "title")
    refused(
        lambda: kit.w.timeline.log(kit.ana, InteractionKind.CALL, "Asked", follow_up=line), "title"
    )
    # What follows up a long text bears its first words.
    kit.w.timeline.log(kit.ana, InteractionKind.CALL, "z" * 5_000, follow_up="in 2 weeks")
    assert any(task.title.endswith("z…") for task in kit.w.tasks.of(kit.ana))


@pytest.mark.parametrize("place", DAYS, ids=[f"{n}-{day[0]}" for n, day in enumerate(DAYS)])
def test_an_impossible_day_is_refused_at_its_field(kit: Kit, place: tuple[str, object]) -> None:
    field, write = place
    assert callable(write)
    before = len(kit.w.history.steps(limit=1000))
    for text in NO_DAYS:
        refused(lambda text=text: write(kit, text), field)
    assert len(kit.w.history.steps(limit=1000)) == before


def test_numbers_of_few_values(kit: Kit) -> None:
    for text in (*ODD, "6", "5.5", "9" * 400):
        refused(lambda text=text: kit.w.customers.update(kit.ana, "rating", text), "rating")
        for field in ("satisfaction", "severity"):
            refused(lambda text=text, f=field: kit.w.cases.update(kit.case, f, text), field)
        refused(lambda text=text: kit.w.customers.update(kit.ana, "stage", text), "stage")


# Phones, e-mails, own fields


def test_a_broken_phone_is_kept_and_marked(kit: Kit) -> None:
    customers = kit.w.customers
    for text in NO_PHONES:
        customers.save_contact_point(kit.ana, ContactKind.PHONE, text)
        point = customers.get(kit.ana).phones[-1]
        assert (point.raw, point.value) == (text, None)
    made = customers.create(
        CustomerDraft(
            "Rui", contact_points=tuple(ContactPoint("phone", t, None) for t in NO_PHONES)
        )
    )
    assert [(p.raw, p.value) for p in customers.get(made).phones] == [(t, None) for t in NO_PHONES]
    refused(lambda: customers.save_contact_point(kit.ana, ContactKind.PHONE, "9" * 501), "phone")
    draft = CustomerDraft("Rui", contact_points=(ContactPoint("phone", "9" * 501, None),))
    assert kit.w.duplicates.likely(draft)  # while somebody types
    refused(lambda: customers.create(draft), "phone")


def test_a_broken_email_is_refused_or_kept_and_marked(kit: Kit) -> None:
    customers = kit.w.customers
    for text in NO_EMAILS:
        refused(
            lambda text=text: customers.save_contact_point(kit.ana, ContactKind.EMAIL, text),
            "email",
        )
        customers.save_contact_point(kit.ana, ContactKind.EMAIL, text, strict=False)
        point = customers.get(kit.ana).emails[-1]
        assert (point.raw, point.value) == (text, None)


NO_VALUES = {
    FieldKind.NUMBER: ("twelve", "1,2,3", "1e999", "NaN", "-Infinity", "🎈"),
    FieldKind.MONEY: ("much", "12 €€", "NaN", "<b>1</b>"),
    FieldKind.DATE: tuple(day for day in NO_DAYS if day not in ("9999-12-31", "\u200b")),
    FieldKind.YES_NO: ("maybe", "2", LONG),
    FieldKind.CHOICE: ("d", "a; b", "<b>a</b>", LONG),
    FieldKind.CHOICES: ("d", "a; d", "CON"),
    FieldKind.EMAIL: NO_EMAILS,
    FieldKind.LINK: ("no link", "javascript:alert(1)", "../../x", "🎈"),
    FieldKind.CUSTOMER: ("Nobody", "customer:x", LONG),
}


@pytest.mark.parametrize("kind", FieldKind)
def test_a_value_of_no_kind_is_refused_or_kept_and_marked(kit: Kit, kind: FieldKind) -> None:
    w = kit.w
    words = ("a", "b", "c") if kind in NO_VALUES and "choice" in kind else ()
    name = f"Field {kind}"
    w.fields.add(name, kind, words=words)
    field = next(one for one in w.fields.all() if one.name == name)
    for text in NO_VALUES.get(kind, ()):
        refused(lambda text=text: w.customers.set_custom(kit.ana, name, text), name)
        assert name not in w.customers.get(kit.ana).custom
    for text in NO_VALUES.get(kind, NO_PHONES if kind is FieldKind.PHONE else ODD):
        w.customers.set_custom(kit.ana, name, text, strict=False)
        value = w.customers.get(kit.ana).custom[name]
        assert value == text
        is_text = kind in (FieldKind.TEXT, FieldKind.LONG_TEXT)
        assert bool(field_values.mark(field, value)) is not is_text, text
        assert phone_parts(w.customers.shown_fields(w.customers.get(kit.ana))[name])[0] == text
        w.customers.set_custom(kit.ana, name, "")
    most = 100_001 if kind in (FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.PHONE) else 501
    refused(lambda: w.customers.set_custom(kit.ana, name, "y" * most, strict=False), name)
    if kind is FieldKind.MONEY:
        for text in ("€", "EURO", "🎈", LONG, "../", "12"):
            refused(lambda text=text: w.fields.set_currency(field.id, text), "currency")
