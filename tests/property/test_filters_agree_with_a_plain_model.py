"""Random filters over random customers: who is found is whom a plain look at each one finds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.bridge.values.lunar import solar_days
from crm_desktop.domain import birthdays
from crm_desktop.domain.customers import (
    Address,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    CustomerListQuery,
    InteractionKind,
    PersonalFacts,
    Stage,
)
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.filters import (
    FIELDS,
    Condition,
    Group,
    Op,
    ValueKind,
    from_json,
    operators,
    to_json,
)
from crm_desktop.domain.lists import COLUMNS
from crm_desktop.domain.tasks import Task
from crm_desktop.services.workspace import Workspace
from crm_desktop.store import custom_fields, timeline
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import TASKS
from crm_desktop.store.search.fold import digits, fold

TODAY = date.today()
NAMES = ("João Silva", "joao", "王秀英", 'Anna "Q" Smith', "O'Neil  x")
TEXTS = ("", "Évora\n2nd  line", "wants EVORA", "vegetarian", "não")
CITIES = ("", "Évora", "Porto", "evora")
WORDS = ("", "Ana", "Bruno", "李娜")
NUMBERS = ("12", "-3.5", "100000.50 EUR", "about 7", "0")
DAYS = tuple((TODAY + timedelta(n)).isoformat() for n in (-800, -40, -30, -1, 0, 1, 14, 400))
BIRTHDAYS = (
    *(None, f"1980-{TODAY:%m-%d}", f"--{TODAY + timedelta(5):%m-%d}", "2000-02-29"),
    *("L1984-08-15", "L--12-30", "L1990-05-05+", f"1950-{TODAY - timedelta(1):%m-%d}"),
)
PHONES = ("", "+351912345678", "912 345", "no phone")


@dataclass
class Person:
    """A customer as the model knows him."""

    draft: CustomerDraft
    contacts: list[datetime]
    tasks: list[tuple[str | None, bool]]
    number: str
    day: str
    flag: str
    choices: str
    id: CustomerId | None = None


@st.composite
def people(draw: st.DrawFn) -> Person:
    pick = st.sampled_from
    phone, mail = draw(pick(PHONES)), draw(pick(("", "Joao@Example.org")))
    points = [ContactPoint("phone", phone, phone if phone[:1] == "+" else None)] if phone else []
    points += [ContactPoint("email", mail, mail.lower())] if mail else []
    facts = PersonalFacts(
        owner=draw(pick(WORDS)), rating=draw(pick((0, 3, 5))), do_not_contact=draw(st.booleans())
    )
    city = draw(pick(CITIES))
    return Person(
        CustomerDraft(
            draw(pick(NAMES)),
            stage=draw(pick([stage.value for stage in Stage])),
            birthday=draw(pick(BIRTHDAYS)),
            notes=draw(pick(TEXTS)),
            contact_points=tuple(points),
            addresses=(Address(city=city),) if city else (),
            tags=tuple(draw(st.sets(pick(("VIP", "Família"))))),
            facts=facts,
        ),
        [
            datetime.now(UTC) - timedelta(days=days, hours=1)
            for days in draw(st.lists(pick((0, 20, 45, 900)), max_size=3))
        ],
        draw(st.lists(st.tuples(pick((None, *DAYS)), st.booleans()), max_size=2)),
        draw(pick(("", *NUMBERS))),
        draw(pick(("", "1998-03", "--03-05", f"{DAYS[1]} 14:30", *DAYS))),
        draw(pick(("", "yes", "no"))),
        draw(pick(("", "red", "red; green", "greenish"))),
    )


OWN_KINDS = {
    "custom:1": ValueKind.NUMBER,
    "custom:2": ValueKind.DAY,
    "custom:3": ValueKind.FLAG,
    "custom:4": ValueKind.WORD,
}
ASKED = {
    name: FIELDS[name]
    for name in (
        *("stage", "owner", "tag", "rating", "last_contact", "contacts", "open_tasks", "task_due"),
        *("birthday", "age", "name", "phone", "email", "city", "notes", "do_not_contact"),
    )
} | OWN_KINDS
WANTED = {
    "stage": ("customer", "former"),
    "tag": ("VIP", "Família", "x"),
    "custom:4": ("red", "green"),
}
_UNITS = ("day", "week", "month", "quarter", "year")


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    name = draw(st.sampled_from(sorted(ASKED)))
    kind = ASKED[name]
    op = draw(st.sampled_from(operators(name, kind)))
    pick = st.sampled_from
    if op in (Op.YES, Op.NO, Op.EMPTY, Op.FILLED):
        values: tuple[str, ...] = ()
    elif kind is ValueKind.WORD:
        values = tuple(draw(st.sets(pick(WANTED.get(name, WORDS[1:])), min_size=1)))
    elif op in (Op.LAST, Op.NEXT, Op.OLDER):
        values = (str(draw(pick((0, 1, 14, 30, 500)))), draw(pick(_UNITS)))
    elif op in (Op.THIS, Op.PREVIOUS, Op.FOLLOWING):
        values = (draw(pick(_UNITS)),)
    elif kind is ValueKind.NUMBER:
        values = tuple(draw(pick(("0", "1", "3", "-3.5", "100000.5", "40"))) for _n in "12")
    elif kind in (ValueKind.DAY, ValueKind.MOMENT):
        values = tuple(draw(pick(DAYS)) for _n in "12")
    else:
        values = (draw(pick(("joao", "JOÃO", "évora", "2nd line", "912 345", "q' s", "n", "英"))),)
    if op not in (Op.BETWEEN, Op.ANY_OF, Op.NONE_OF, Op.LAST, Op.NEXT, Op.OLDER):
        values = values[:1]
    return Condition(name, op.value, values)


TREES = st.recursive(
    conditions(),
    lambda parts: st.builds(Group, st.lists(parts, max_size=3).map(tuple), st.booleans()),
    max_leaves=5,
).map(lambda part: part if isinstance(part, Group) else Group((part,)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("filters")


def filled(path: Path, persons: list[Person]) -> Workspace:
    workspace = Workspace.open(path, create=True, data_dir=path.parent)

    def fill(c: Connection) -> None:
        for name, kind in (
            ("Turnover", FieldKind.MONEY),
            ("Since", FieldKind.DATE),
            ("Paper", FieldKind.YES_NO),
            ("Colours", FieldKind.CHOICES),
        ):
            custom_fields.field_id(c, name, kind=kind)
        for person in persons:
            assert person.id is not None
            for at in person.contacts:
                timeline.add(c, person.id, InteractionKind.CALL, "x", at)
            for due, done in person.tasks:
                ended = datetime.now(UTC) if done else None
                day = None if due is None else date.fromisoformat(due)
                TASKS.insert(
                    c,
                    Task("t", person.id, due_on=day, done_at=ended, created_at=datetime.now(UTC)),
                )
            for name, value in (
                ("Turnover", person.number),
                ("Since", person.day),
                ("Paper", person.flag),
                ("Colours", person.choices),
            ):
                custom_fields.set_value(c, person.id, name, value)

    def create() -> None:
        for person in persons:
            person.id = workspace.customers.create(person.draft)

    workspace.submit(create).result()
    workspace._archive.write("Fill", fill)
    return workspace


# The model: slow, and as one would say it.


def meets(person: Person, part: Condition | Group) -> bool:
    if isinstance(part, Group):
        if part.is_empty:
            return True
        inner = [meets(person, p) for p in part.parts if not (isinstance(p, Group) and p.is_empty)]
        return any(inner) if part.any_of else all(inner)
    op = Op(part.op)
    opposite = {
        Op.LACKS: Op.CONTAINS,
        Op.IS_NOT: Op.IS,
        Op.NONE_OF: Op.ANY_OF,
        Op.EMPTY: Op.FILLED,
        Op.NO: Op.YES,
    }.get(op)
    if opposite is not None:
        return not meets(person, part._replace(op=opposite))
    return said(person, part.field, op, part.values)


def said(person: Person, name: str, op: Op, values: tuple[str, ...]) -> bool:
    draft = person.draft
    texts: dict[str, list[str]] = {
        "stage": [draft.stage or ""],
        "owner": [draft.facts.owner],
        "tag": list(draft.tags),
        "name": [draft.name],
        "notes": [draft.notes],
        "phone": [p.raw for p in draft.contact_points if p.kind == "phone"],
        "email": [p.raw for p in draft.contact_points if p.kind == "email"],
        "city": [a.city for a in draft.addresses],
        "custom:4": person.choices.split("; "),
    }
    if name in ("do_not_contact", "custom:3"):
        return draft.facts.do_not_contact if name == "do_not_contact" else person.flag == "yes"
    if name == "birthday":
        return (op is Op.FILLED and bool(draft.birthday)) or born_in(draft.birthday, op, values)
    if name in texts:
        held = [text for text in texts[name] if text]
        if op is Op.FILLED:
            return bool(held)
        if op is Op.ANY_OF:
            return any(text in values for text in held)
        if name == "phone" and figures_agree(draft.contact_points, op, values[0]):
            return True
        return any(agrees(fold(text), op, fold(values[0])) for text in held)
    if name in ("task_due", "last_contact", "custom:2"):
        days = {
            "task_due": [due for due, done in person.tasks if due and not done],
            "last_contact": [
                at.astimezone().date().isoformat() for at in sorted(person.contacts)[-1:]
            ],
            "custom:2": [person.day] if person.day else [],
        }[name]
        if op is Op.FILLED:
            return bool(days)
        whole = [d[:10] for d in days if re.match(r"\d{4}-\d\d-\d\d", d)]
        return any(in_period(date.fromisoformat(day), op, values) for day in whole)
    amount = amount_of(person, name)
    if op is Op.FILLED:
        own = name == "custom:1"
        return bool(person.number) if own else amount is not None and (name == "age" or amount > 0)
    return amount is not None and compares(amount, op, values)


def amount_of(person: Person, name: str) -> float | None:
    if name == "contacts":
        return len(person.contacts)
    if name == "open_tasks":
        return sum(not done for _due, done in person.tasks)
    if name == "rating":
        return person.draft.facts.rating
    if name == "age":
        found = birthdays.parse(person.draft.birthday or "")
        if found is None or found.year is None:
            return None
        return TODAY.year - found.year - ((found.month, found.day) > (TODAY.month, TODAY.day))
    match = re.fullmatch(r"(-?[\d.]+)( [A-Z]{3})?", person.number)
    return float(match[1]) if match else None


def compares(amount: float, op: Op, values: tuple[str, ...]) -> bool:
    bounds = sorted(map(float, values))
    return {
        Op.EQUAL: amount == bounds[0],
        Op.LESS: amount < bounds[0],
        Op.MORE: amount > bounds[0],
        Op.BETWEEN: bounds[0] <= amount <= bounds[-1],
    }[op]


def agrees(text: str, op: Op, wanted: str) -> bool:
    if op is Op.IS:
        return text == wanted
    return text.startswith(wanted) if op is Op.STARTS else wanted in text


def figures_agree(points: tuple[ContactPoint, ...], op: Op, wanted: str) -> bool:
    figures = digits(wanted)
    numbers = [p.value.lstrip("+") for p in points if p.kind == "phone" and p.value]
    return bool(figures) and any(agrees(number, op, figures) for number in numbers)


def months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError


def moved(day: date, count: int, unit: str) -> date:
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    return months_on(day, count * {"month": 1, "quarter": 3, "year": 12}[unit])


def in_period(day: date, op: Op, values: tuple[str, ...]) -> bool:
    if op is Op.LAST:
        return moved(TODAY, -int(values[0]), values[1]) <= day <= TODAY
    if op is Op.NEXT:
        return TODAY <= day <= moved(TODAY, int(values[0]), values[1])
    if op is Op.OLDER:
        return day < moved(TODAY, -int(values[0]), values[1])
    if op in (Op.THIS, Op.PREVIOUS, Op.FOLLOWING):
        ahead = {Op.PREVIOUS: -1, Op.THIS: 0, Op.FOLLOWING: 1}[op]
        return period_of(day, values[0]) == period_of(
            moved(first_of(TODAY, values[0]), ahead, values[0]), values[0]
        )
    days = sorted(map(date.fromisoformat, values))
    return {
        Op.ON: day == days[0],
        Op.BEFORE: day < days[0],
        Op.AFTER: day > days[0],
        Op.BETWEEN: days[0] <= day <= days[-1],
    }[op]


def first_of(day: date, unit: str) -> date:
    return {
        "day": day,
        "week": day - timedelta(days=day.weekday()),
        "month": day.replace(day=1),
        "quarter": day.replace(day=1, month=(day.month - 1) // 3 * 3 + 1),
        "year": day.replace(day=1, month=1),
    }[unit]


def period_of(day: date, unit: str) -> object:
    return first_of(day, unit)


def born_in(text: str | None, op: Op, values: tuple[str, ...]) -> bool:
    """Whether he has his birthday on some day of the period, of those within a year's reach."""
    found = birthdays.parse(text or "")
    if found is None or op is Op.FILLED:
        return False
    for year in range(TODAY.year - 60, TODAY.year + 61):
        if found.lunar:
            kept = solar_days(found._replace(leap=False), year) if year < 2099 else []
        else:
            try:
                kept = [date(year, found.month, found.day)]
            except ValueError:
                kept = [date(year, 2, 28)]
        if any(in_period(day, op, values) for day in kept):
            return True
    return False


@settings(max_examples=40, deadline=None)
@given(st.lists(people(), min_size=1, max_size=8), st.lists(TREES, min_size=1, max_size=8))
def test_whoever_meets_a_filter_is_found(
    folder: Path, persons: list[Person], trees: list[Group]
) -> None:
    path = folder / f"{len(list(folder.iterdir()))}.crm"
    with filled(path, persons) as workspace:
        for number, tree in enumerate(trees):
            assert from_json(to_json(tree)) == tree
            expected = {person.id for person in persons if meets(person, tree)}
            sort = (None, *COLUMNS, *OWN_KINDS)[number * 7 % 29]
            query = CustomerListQuery(filter=tree, sort=sort, descending=number % 2 == 1)
            found = list(workspace.customers.ids(query))
            assert set(found) == expected
            assert len(found) == len(expected)
            assert workspace.customers.count(query) == len(expected)
            # By the row, as the first page is asked for; here everybody fits on it.
            page = workspace.customers.first_page(
                CustomerListQuery(filter=tree), limit=max(len(expected), 1)
            )
            assert {row.id for row in page} == expected
        workspace.close(backup=False)
