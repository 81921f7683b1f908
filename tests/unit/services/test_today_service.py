"""What a day asks for, on a fixed day: due, coming, quiet, put aside, and all of it taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from crm_desktop.domain.customers import CustomerDraft, CustomerId, InteractionKind, PersonalFacts
from crm_desktop.domain.documents import DocumentFacts, crossed
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.payments import PaymentKind
from crm_desktop.domain.promises import Side
from crm_desktop.domain.tasks import Task
from crm_desktop.domain.today import (
    DueTask,
    Expiring,
    Feast,
    LatePayment,
    Section,
    TodayLine,
    Topic,
)
from crm_desktop.services import feasts
from crm_desktop.services.settings import read_days
from crm_desktop.services.workspace import Workspace
from crm_desktop.store import custom_fields

NOW = datetime(2026, 11, 23, 10, 30)  # a Monday
TODAY = NOW.date()


@pytest.fixture
def w(workspace: Workspace) -> Workspace:
    workspace.tasks.clock = lambda: NOW
    return workspace


def _all(w: Workspace, **asked: object) -> dict[Topic, Section]:
    found = [*w.today.pressing(**asked), *w.today.coming(**asked)]  # type: ignore[arg-type]
    return {section.topic: section for section in found}


def _lines(w: Workspace, topic: Topic) -> list[TodayLine]:
    section = _all(w).get(topic)
    return section.lines if section else []


def _names(lines: Sequence[TodayLine]) -> list[str]:
    return [line.customer.name for line in lines if line.customer is not None]


def _customer(w: Workspace, name: str, stage: str = "customer", **more: object) -> CustomerId:
    return w.customers.create(CustomerDraft(name=name, stage=stage, **more))  # type: ignore[arg-type]


def _talked(w: Workspace, who: CustomerId, *days_ago: int) -> None:
    for days in days_ago:
        at = datetime.combine(TODAY - timedelta(days=days), datetime.min.time(), UTC)
        w.customers.log_interaction(who, InteractionKind.CALL, "Spoke", at=at + timedelta(hours=9))


def test_a_new_archive_asks_for_nothing(w: Workspace) -> None:
    assert w.today.is_new()
    assert _all(w) == {}
    _customer(w, "Ana")
    assert not w.today.is_new()


def test_tasks_stand_under_overdue_due_and_follow_ups(w: Workspace) -> None:
    ana = _customer(w, "Ana")
    for title, day, hour in (
        ("late", TODAY - timedelta(days=3), None),
        ("missed", TODAY, 9),
        ("now", TODAY, None),
        ("later today", TODAY, 18),
        ("tomorrow", TODAY + timedelta(days=1), None),
        ("some day", None, None),
    ):
        at = NOW.replace(hour=hour, minute=0).time() if hour else None
        w.tasks.create(Task(title, due_on=day, due_time=at))
    w.timeline.log(ana, InteractionKind.CALL, "Wants terms -> send them today")
    found = _all(w)

    def titles(topic: Topic) -> list[str]:
        subjects = [line.subject for line in found[topic].lines]
        return [one.task.title for one in subjects if isinstance(one, DueTask)]

    assert titles(Topic.OVERDUE) == ["late", "missed"]
    assert titles(Topic.DUE) == ["later today", "now"]
    assert titles(Topic.FOLLOW_UPS) == ["send them"]
    [line] = found[Topic.FOLLOW_UPS].lines
    assert line.customer is not None
    assert line.customer.id == ana
    assert isinstance(line.subject, DueTask)
    assert line.subject.about == "Wants terms"


def test_only_the_first_lines_come_with_the_count_of_all(w: Workspace) -> None:
    for number in range(9):
        w.tasks.create(Task(f"Task {number}", due_on=TODAY))
    [section] = w.today.pressing(limits={Topic.DUE: 4})
    assert (len(section.lines), section.total) == (4, 9)


def test_lines_of_one_owner(w: Workspace) -> None:
    ana = _customer(w, "Ana", facts=PersonalFacts(owner="Rui"), birthday="1980-11-24")
    _customer(w, "Eva", birthday="1980-11-25")
    w.tasks.create(Task("Rui's", owner="Rui", due_on=TODAY))
    w.tasks.create(Task("Nobody's", due_on=TODAY))
    w.cases.begin(ana, "Rui's customer's")
    mine = _all(w, owner="Rui")
    assert [mine[t].total for t in (Topic.DUE, Topic.FEASTS, Topic.CASES)] == [1, 1, 1]
    assert [_all(w)[t].total for t in (Topic.DUE, Topic.FEASTS)] == [2, 2]


def test_promises_that_are_near_then_those_without_a_day(w: Workspace) -> None:
    ana = _customer(w, "Ana")
    for text, due in (("undated", ""), ("soon", "2026-12-01"), ("far", "2027-03-01"),
                      ("late", "2026-11-01")):  # fmt: skip
        w.promises.add(ana, Side.WE, text, due=due)
    assert [line.subject.text for line in _lines(w, Topic.PROMISES)] == ["late", "soon", "undated"]  # type: ignore[union-attr]


def test_who_lies_in_the_trash_is_left_out(w: Workspace) -> None:
    ana = _customer(w, "Ana", birthday="1980-11-24")
    w.tasks.create(Task("Call", ana, due_on=TODAY))
    w.cases.begin(ana, "Broken")
    w.promises.add(ana, Side.THEY, "Pay")
    w.documents.add(ana, b"x", file_name="p.txt", facts=DocumentFacts(expires_on="2026-12-01"))
    _talked(w, ana, 400)
    w.customers.set_custom(ana, "Wedding", "2001-11-30")
    assert len(_all(w)) == 6
    w.customers.delete([ana])
    assert _all(w) == {}


# Birthdays and anniversaries.


def test_birthdays_of_the_next_fourteen_days(w: Workspace) -> None:
    for name, birthday in (
        ("Today", "1976-11-23"),
        ("No year", "--11-30"),
        ("Last day", "1990-12-07"),
        ("Too far", "1990-12-08"),
        ("Yesterday", "1990-11-22"),
    ):
        _customer(w, name, birthday=birthday)
    lines = _lines(w, Topic.FEASTS)
    assert _names(lines) == ["Today", "No year", "Last day"]
    said = [line.subject for line in lines]
    assert all(isinstance(one, Feast) for one in said)
    assert [(one.day, one.years) for one in said if isinstance(one, Feast)] == [
        (TODAY, 50),
        (date(2026, 11, 30), None),
        (date(2026, 12, 7), 36),
    ]


def test_lunar_birthdays_come_on_this_years_solar_day(w: Workspace) -> None:
    # The fifteenth day of the tenth month is the 23rd of November in 2026.
    _customer(w, "王秀英", birthday="lunar 1956-10-15")
    _customer(w, "李伟", birthday="lunar 1956-11-15")
    [line] = _lines(w, Topic.FEASTS)
    assert _names([line]) == ["王秀英"]
    assert line.subject == Feast(line.customer.id, line.subject.kind, TODAY, 70, lunar=True)  # type: ignore[union-attr]


def test_in_january_the_lunar_year_is_still_the_old_one(w: Workspace) -> None:
    w.tasks.clock = lambda: datetime(2026, 1, 10, 9)
    _customer(w, "腊八", birthday="lunar 2000-12-08")  # kept on 26 January 2026
    assert _lines(w, Topic.FEASTS) == []
    w.tasks.clock = lambda: datetime(2026, 1, 20, 9)
    [line] = _lines(w, Topic.FEASTS)
    assert isinstance(line.subject, Feast)
    assert (line.subject.day, line.subject.years) == (date(2026, 1, 26), 25)


def test_every_lunar_day_has_its_solar_day_once_a_year() -> None:
    keys: dict[str, set[date]] = {}
    day = date(2025, 1, 29)  # new year
    while day < date(2026, 2, 17):  # the next one
        for key, kept in feasts.lunar_keys(day, 0).items():
            keys.setdefault(key, set()).add(kept)
        day += timedelta(days=1)
    assert len(keys) == 720
    assert {len(days) for key, days in keys.items() if not key.endswith("+")} == {1}


def test_the_dead_and_those_who_want_no_word_get_none(w: Workspace) -> None:
    _customer(w, "Dead", birthday="1950-11-24", facts=PersonalFacts(deceased=True))
    barred = _customer(w, "Barred", birthday="1950-11-24", facts=PersonalFacts(do_not_contact=True))
    _talked(w, barred, 500)
    assert _all(w) == {}


def test_who_is_born_on_the_leap_day_has_his_day_every_year(w: Workspace) -> None:
    w.tasks.clock = lambda: datetime(2027, 2, 20, 9)
    _customer(w, "Leap", birthday="2000-02-29")
    [line] = _lines(w, Topic.FEASTS)
    assert isinstance(line.subject, Feast)
    assert (line.subject.day, line.subject.years) == (date(2027, 2, 28), 27)


def test_round_years_with_the_firm_and_days_of_own_fields(w: Workspace) -> None:
    five, four = _customer(w, "Five"), _customer(w, "Four")
    _talked(w, five, 5 * 365 + 1 - 3)  # three days from now, five years ago
    _talked(w, four, 4 * 365 + 1 - 3)
    wed = _customer(w, "Wed")

    def fields(c: object) -> None:
        custom_fields.field_id(c, "Aniversário de casamento", kind=FieldKind.DATE)  # type: ignore[arg-type]
        custom_fields.field_id(c, "Last visit", kind=FieldKind.DATE)  # type: ignore[arg-type]

    w._archive.write("Fields", fields)
    w.customers.set_custom(wed, "Aniversário de casamento", "2001-11-30")
    w.customers.set_custom(wed, "Last visit", "2025-11-30")
    lines = [line for line in _lines(w, Topic.FEASTS) if isinstance(line.subject, Feast)]
    assert [
        (line.customer.name, line.subject.years, line.subject.field)  # type: ignore[union-attr]
        for line in lines
    ] == [("Five", 5, ""), ("Wed", 25, "Aniversário de casamento")]


def test_a_greeting_is_noted_and_the_line_goes_until_next_year(w: Workspace) -> None:
    ana = _customer(w, "Ana", birthday="1980-11-30")
    [line] = _lines(w, Topic.FEASTS)
    w.today.greet(line, "Happy birthday", InteractionKind.MESSAGE)
    assert _lines(w, Topic.FEASTS) == []
    assert [one.text for one in w.customers.timeline(ana)] == ["Happy birthday"]
    w.history.undo()
    assert _names(_lines(w, Topic.FEASTS)) == ["Ana"]
    assert w.customers.timeline(ana) == []
    w.history.redo()
    w.tasks.clock = lambda: NOW.replace(year=2027)
    assert Topic.FEASTS in _all(w)


# Documents.


def test_documents_are_warned_of_by_their_kinds_days(w: Workspace) -> None:
    ana = _customer(w, "Ana")
    for name, kind, last in (
        ("passport", "Passport", TODAY + timedelta(days=80)),
        ("visa", "Visa", TODAY + timedelta(days=80)),
        ("visa soon", "Visa", TODAY + timedelta(days=8)),
        ("contract", "Contract", TODAY + timedelta(days=3)),
        ("gone", "Passport", TODAY - timedelta(days=5)),
        ("long gone", "Passport", TODAY - timedelta(days=60)),
        ("no day", "Passport", None),
    ):
        facts = DocumentFacts(kind, expires_on=last.isoformat() if last else None)
        w.documents.add(ana, name.encode(), file_name=f"{name}.txt", name=name, facts=facts)
    w.settings.set_warnings("Visa", "10, 3")
    w.settings.set_warnings("Contract", "0")
    found = [line.subject for line in _lines(w, Topic.DOCUMENTS)]
    assert [one.name for one in found if isinstance(one, Expiring)] == [
        "gone",
        "visa soon",
        "passport",
    ]
    w.settings.set_warnings("Visa", "")
    w.settings.set_warnings("", "5")
    assert [one.subject.name for one in _lines(w, Topic.DOCUMENTS)] == ["gone"]  # type: ignore[union-attr]


def test_a_threshold_is_told_of_once(w: Workspace) -> None:
    ana = _customer(w, "Ana")
    last = TODAY + timedelta(days=30)
    facts = DocumentFacts("Passport", expires_on=last.isoformat())
    w.documents.add(ana, b"x", file_name="p.txt", name="P", facts=facts)
    yesterday = TODAY - timedelta(days=1)
    assert [one.name for one in w.today.newly_expiring(yesterday)] == ["P"]
    assert w.today.newly_expiring(TODAY) == []
    w.tasks.clock = lambda: NOW + timedelta(days=22)
    assert w.today.newly_expiring(TODAY) == []
    w.tasks.clock = lambda: NOW + timedelta(days=23)
    assert [one.name for one in w.today.newly_expiring(TODAY)] == ["P"]
    w.tasks.clock = lambda: NOW + timedelta(days=31)
    assert [one.name for one in w.today.newly_expiring(TODAY + timedelta(days=30))] == ["P"]


@pytest.mark.parametrize(("after", "nearest"), [(-91, 7), (-30, 7), (-8, 7), (-7, None), (-100, 7)])
def test_the_nearest_threshold_counts(after: int, nearest: int | None) -> None:
    until = TODAY - timedelta(days=7)
    assert crossed(TODAY, (90, 30, 7), TODAY + timedelta(days=after), until) == nearest


@pytest.mark.parametrize(
    ("text", "days"),
    [("90, 30, 7", (90, 30, 7)), ("7 30；90、7", (90, 30, 7)), ("0", ()), ("", ()), ("-", ())],
)
def test_days_as_typed(text: str, days: tuple[int, ...]) -> None:
    assert read_days(text) == days


@pytest.mark.parametrize("text", ["soon", "30, x", "-5", "0, 7", "99999", "1 2 3 4 5 6 7"])
def test_what_are_no_days_is_refused(text: str) -> None:
    with pytest.raises(UserError) as caught:
        read_days(text)
    assert caught.value.field == "days"


def test_a_warning_that_was_seen_comes_again_at_the_next_threshold(w: Workspace) -> None:
    ana = _customer(w, "Ana")
    last = TODAY + timedelta(days=40)
    facts = DocumentFacts("Passport", expires_on=last.isoformat())
    w.documents.add(ana, b"x", file_name="p.txt", facts=facts)
    for days, after in ((0, 10), (10, 33), (33, 41)):
        w.tasks.clock = lambda days=days: NOW + timedelta(days=days)
        [line] = _lines(w, Topic.DOCUMENTS)
        w.today.put_aside(line, days=0)
        w.tasks.clock = lambda after=after: NOW + timedelta(days=after - 1)
        assert _lines(w, Topic.DOCUMENTS) == []
        w.tasks.clock = lambda after=after: NOW + timedelta(days=after)
        assert len(_lines(w, Topic.DOCUMENTS)) == 1


def test_a_new_one_is_asked_for_in_a_task(w: Workspace) -> None:
    ana = _customer(w, "Ana")
    facts = DocumentFacts("Passport", expires_on="2026-12-01")
    w.documents.add(ana, b"x", file_name="p.txt", facts=facts)
    [line] = _lines(w, Topic.DOCUMENTS)
    w.today.ask_for_new(line, "Ask for a new passport")
    assert _lines(w, Topic.DOCUMENTS) == []
    [task] = w.tasks.of(ana)
    assert (task.title, task.due_on) == ("Ask for a new passport", date(2026, 11, 30))
    w.history.undo()
    assert w.tasks.of(ana) == []
    assert len(_lines(w, Topic.DOCUMENTS)) == 1


# Who went quiet.


def test_who_went_quiet_by_months_or_by_his_own_rhythm(w: Workspace) -> None:
    for name, *days in (
        ("Long ago", 200),
        ("Lately", 100),
        ("Monthly, then nothing", 100, 130, 160, 190, 220),
        ("Half-yearly", 150, 330, 510, 690),
        ("Daily last week", 10, 11, 12, 13, 14),
        ("Three only", 100, 110, 120),
    ):
        _talked(w, _customer(w, str(name)), *map(int, days))
    _talked(w, _customer(w, "No customer yet", "prospect"), 300)
    _customer(w, "Never spoken to")
    assert set(_names(_lines(w, Topic.QUIET))) == {"Long ago", "Monthly, then nothing"}
    w.settings.set_quiet_months(3)
    assert set(_names(_lines(w, Topic.QUIET))) == {
        *("Long ago", "Monthly, then nothing", "Lately", "Half-yearly", "Three only"),
    }
    w.settings.set_quiet_months(1)
    assert "Daily last week" not in _names(_lines(w, Topic.QUIET))


def test_the_best_of_the_quiet_come_first(w: Workspace) -> None:
    plain, often, starred = _customer(w, "Plain"), _customer(w, "Often"), _customer(w, "Starred")
    _talked(w, plain, 300)
    _talked(w, often, 300, 301)
    _talked(w, starred, 300)
    w.customers.update(starred, "rating", "5")
    assert _names(_lines(w, Topic.QUIET)) == ["Starred", "Often", "Plain"]
    _talked(w, starred, 0)
    assert _names(_lines(w, Topic.QUIET)) == ["Often", "Plain"]


# Putting aside.


def test_a_line_is_put_aside_for_some_days_and_comes_again(w: Workspace) -> None:
    ana = _customer(w, "Ana")
    w.cases.begin(ana, "Broken")
    _talked(w, ana, 300)
    [case], [quiet] = _lines(w, Topic.CASES), _lines(w, Topic.QUIET)
    w.today.put_aside(case, days=1)
    assert (len(_lines(w, Topic.CASES)), len(_lines(w, Topic.QUIET))) == (0, 1)
    w.today.put_aside(quiet, days=0)
    assert _all(w) == {}
    w.tasks.clock = lambda: NOW + timedelta(days=1)
    assert list(_all(w)) == [Topic.CASES]
    w.tasks.clock = lambda: NOW + timedelta(days=30)
    assert list(_all(w)) == [Topic.CASES, Topic.QUIET]


def test_what_is_over_is_forgotten_with_the_next_one(w: Workspace) -> None:
    ana = _customer(w, "Ana")
    for subject in ("One", "Two"):
        w.cases.begin(ana, subject)
    one, two = _lines(w, Topic.CASES)
    w.today.put_aside(one, days=1)
    w.tasks.clock = lambda: NOW + timedelta(days=2)
    w.today.put_aside(two, days=1)
    with w._archive.reading() as c:
        rows = c.execute("SELECT count(*) FROM setting WHERE name LIKE 'today.%'").fetchone()
    assert rows[0] == 1


def test_an_erased_customer_leaves_no_name_behind(w: Workspace) -> None:
    ana = _customer(w, "Ana Secret", birthday="1980-11-30")
    w.cases.begin(ana, "Broken")
    [case], [feast] = _lines(w, Topic.CASES), _lines(w, Topic.FEASTS)
    w.today.put_aside(case, days=3)
    w.today.greet(feast, "Happy birthday", InteractionKind.MESSAGE)
    [gap, *_more] = w.gaps.find(w.gaps.ranking(), 0)[0]
    w.gaps.not_needed(gap)
    w.customers.delete([ana])
    w.customers.erase([ana])
    with w._archive.reading() as c:
        for table in ("step", "journal", "setting"):
            for row in c.execute(f"SELECT * FROM {table}"):
                assert "Secret" not in str(row), (table, row)


def test_payments_that_are_overdue(w: Workspace) -> None:
    w.settings.set_home_country("PT")
    ana = _customer(w, "Ana", facts=PersonalFacts(owner="Rita"))
    orders = []
    for title, days in (("Azores", 3), ("Berlin", 20), ("Madeira", -5)):
        order = w.orders.create(title, ana)
        w.orders.add_free_line(order, "Journey", "100")
        w.orders.agree(order)
        due = (TODAY - timedelta(days=days)).isoformat()
        w.payments.add_due(order, PaymentKind.BALANCE, "", due)
        orders.append(order)
    berlin, azores = _lines(w, Topic.PAYMENTS)
    assert isinstance(berlin.subject, LatePayment)
    assert (berlin.subject.title, berlin.subject.since) == ("Berlin", TODAY - timedelta(days=20))
    assert berlin.subject.amount.amount == 100_00
    assert Topic.PAYMENTS in _all(w, owner="Rita")
    assert Topic.PAYMENTS not in _all(w, owner="Eva")
    w.today.put_aside(berlin, days=0)
    assert [line.key for line in _lines(w, Topic.PAYMENTS)] == [azores.key]
    w.history.undo()
    assert len(_lines(w, Topic.PAYMENTS)) == 2
    w.payments.note(orders[1], PaymentKind.BALANCE, "100")
    assert [line.key for line in _lines(w, Topic.PAYMENTS)] == [azores.key]
