"""Tasks: taken in from a line, ticked, put off, repeated, listed, and all of it taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain.customers import CustomerDraft, CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.repeats import Every, every_of, rule_of
from crm_desktop.domain.tasks import Due, Priority, Task, TaskId, TaskQuery, When, when
from crm_desktop.services.repeating import checked_rule, next_occurrence, repeat_words
from crm_desktop.services.workspace import Workspace

NOW = datetime(2026, 11, 23, 10, 30, 20)  # a Monday


@pytest.fixture
def w(workspace: Workspace) -> Workspace:
    workspace.tasks.clock = lambda: NOW
    workspace.settings.set_home_country("PT")
    return workspace


def _open(w: Workspace) -> list[tuple[str, str, date | None]]:
    pages = w.tasks.first_pages().heads
    return [
        (head.name, listed.task.title, listed.task.due_on)
        for head, page in pages.items()
        for listed in page
    ]


def _add(w: Workspace, line: str, **more: object) -> TaskId:
    number, _step = w.tasks.add(line)
    if more:
        w.tasks.change(replace(w.tasks.get(number), **more))  # type: ignore[arg-type]
    return number


def test_a_line_says_what_and_when(w: Workspace) -> None:
    task = w.tasks.get(_add(w, "call Ana tomorrow 15h"))
    assert (task.title, task.due_on, task.due_time) == ("call Ana", date(2026, 11, 24), time(15))
    assert task.created_at is not None
    assert w.tasks.get(_add(w, "  think \n")).due_on is None
    with pytest.raises(UserError) as refused:
        w.tasks.add("   ")
    assert refused.value.field == "title"


def test_the_due_field_takes_words_or_says_so(w: Workspace) -> None:
    assert w.tasks.read_due("下周三") == Due(date(2026, 12, 2))
    assert w.tasks.read_due("3/4") == Due(date(2027, 4, 3))
    assert w.tasks.read_due(" ") is None
    with pytest.raises(UserError, match="someday maybe") as refused:
        w.tasks.read_due("someday maybe")
    assert refused.value.field == "due"


def test_tasks_stand_under_their_heads(w: Workspace) -> None:
    for line in ("late 15/11/2026", "done by now today 10:29", "this minute today 10:30",
                 "today today", "soon in 6 days", "later in 7 days", "some day"):  # fmt: skip
        _add(w, line)
    assert _open(w) == [
        ("OVERDUE", "late", date(2026, 11, 15)),
        ("OVERDUE", "done by now", date(2026, 11, 23)),
        ("TODAY", "this minute", date(2026, 11, 23)),
        ("TODAY", "today", date(2026, 11, 23)),
        ("WEEK", "soon", date(2026, 11, 29)),
        ("LATER", "later", date(2026, 11, 30)),
        ("SOMEDAY", "some day", None),
    ]
    assert list(w.tasks.counts().values()) == [2, 2, 1, 1, 1]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.none() | st.dates(date(2026, 11, 20), date(2026, 12, 3)),
            st.none() | st.sampled_from([time(9), time(10, 30), time(10, 31), time(18)]),
            st.sampled_from(Priority),
        ),
        max_size=12,
    ),
    st.integers(1, 4),
)
def test_pages_hold_what_the_domain_says(
    w: Workspace, dues: list[tuple[date | None, time | None, Priority]], limit: int
) -> None:
    for head in When:
        for listed in w.tasks.page(TaskQuery(head)):
            assert listed.task.id is not None
            w.tasks.delete([listed.task.id])
    tasks = []
    for place, (day, at, priority) in enumerate(dues):
        task = Task(f"{place}", due_on=day, due_time=at if day else None, priority=priority)
        tasks.append(w.tasks.get(w.tasks.create(task)[0]))
    minute = NOW.replace(second=0)
    for head in When:
        expected = sorted(
            (t for t in tasks if when(t, minute) is head),
            key=lambda t: (t.due_on or date.min, -t.priority, t.due_time or time.max, t.id),
        )
        found: list[Task] = []
        while page := w.tasks.page(
            TaskQuery(head, after=found[-1] if found else None, limit=limit)
        ):
            assert len(page) <= limit
            found += [listed.task for listed in page]
        assert found == expected
        assert w.tasks.counts()[head] == len(expected)


def test_a_tick_is_taken_back_and_done_again(w: Workspace) -> None:
    number = _add(w, "call Ana today")
    step = w.tasks.tick([number])
    assert _open(w) == []
    assert w.tasks.get(number).done_at is not None
    assert w.history.step(step).name == "Done: call Ana"  # type: ignore[union-attr]
    w.history.undo()
    assert w.tasks.get(number).done_at is None
    w.history.redo()
    assert _open(w) == []
    w.tasks.untick([number])
    assert [title for _head, title, _day in _open(w)] == ["call Ana"]


def test_a_repeating_task_comes_again(w: Workspace) -> None:
    number = _add(w, "water the plants today 9:00", repeat="FREQ=WEEKLY")
    w.tasks.tick([number])
    [(head, title, day)] = _open(w)
    assert (head, title, day) == ("LATER", "water the plants", date(2026, 11, 30))
    assert w.tasks.first_pages().heads[When.LATER][0].task.due_time == time(9)
    w.history.undo()
    assert _open(w) == [("OVERDUE", "water the plants", date(2026, 11, 23))]
    w.history.redo()
    # Taken back by hand, its next occurrence goes as well; one that was changed stays.
    w.tasks.untick([number])
    assert _open(w) == [("OVERDUE", "water the plants", date(2026, 11, 23))]
    w.tasks.tick([number])
    following = w.tasks.first_pages().heads[When.LATER][0].task
    w.tasks.change(replace(following, title="water the cactus"))
    w.tasks.untick([number])
    assert len(_open(w)) == 2


def test_several_at_once_are_one_step(w: Workspace) -> None:
    numbers = [_add(w, f"job {n} today") for n in range(5)]
    w.tasks.tick(numbers)
    w.history.undo()
    assert len(_open(w)) == 5
    w.tasks.postpone(numbers, days=7)
    assert {day for _head, _title, day in _open(w)} == {date(2026, 11, 30)}
    w.tasks.delete(numbers)
    assert _open(w) == []
    w.history.undo()
    assert len(_open(w)) == 5


@pytest.mark.parametrize(
    ("line", "days", "day"),
    [
        ("job today", 1, date(2026, 11, 24)),
        ("job 15/11/2026", 1, date(2026, 11, 24)),  # from today: yesterday would help nobody
        ("a", 7, date(2026, 11, 30)),
        ("job friday", 7, date(2026, 12, 4)),
    ],
)
def test_putting_off(w: Workspace, line: str, days: int, day: date) -> None:
    number = _add(w, line)
    w.tasks.postpone([number], days=days)
    assert w.tasks.get(number).due_on == day


def test_putting_off_to_a_day_keeps_the_time(w: Workspace) -> None:
    number = _add(w, "job today 15h")
    w.tasks.postpone_to([number], Due(date(2026, 12, 1)))
    assert w.tasks.get(number).due_time == time(15)
    w.tasks.postpone_to([number], Due(date(2026, 12, 1), time(9)))
    assert w.tasks.get(number).due_time == time(9)


def test_a_customers_tasks(w: Workspace) -> None:
    ana = w.customers.create(CustomerDraft(name="Ana"))
    w.tasks.add("some day", customer_id=ana)
    w.tasks.add("call in 2 days", customer_id=ana)
    done, _step = w.tasks.add("written today", customer_id=ana)
    w.tasks.tick([done])
    _add(w, "not hers today")
    assert [t.title for t in w.tasks.of(ana)] == ["call", "some day"]
    assert [t.title for t in w.tasks.of(ana, done=True)] == ["written"]
    assert w.tasks.page(TaskQuery(When.WEEK))[0].customer_name == "Ana"
    # Those of customers in the trash wait there with them.
    w.customers.delete([ana])
    assert [title for _head, title, _day in _open(w)] == ["not hers"]
    assert sum(w.tasks.counts().values()) == 1
    w.customers.restore([ana])
    assert sum(w.tasks.counts().values()) == 3


def test_an_owners_tasks(w: Workspace) -> None:
    _add(w, "hers today", owner="Rita")
    _add(w, "nobody's today")
    customer = w.customers.create(CustomerDraft(name="Ana"))
    w.customers.update(customer, "owner", "Paulo")
    assert [t.task.title for t in w.tasks.first_pages(owner="Rita").heads[When.TODAY]] == ["hers"]
    assert w.tasks.counts(owner="Rita")[When.TODAY] == 1
    assert w.tasks.owners() == ["Paulo", "Rita"]


def test_what_falls_due(w: Workspace) -> None:
    _add(w, "early today 9:00")
    _add(w, "now today 10:31")
    _add(w, "later today 18:00")
    _add(w, "without a time today")
    assert w.tasks.next_due(NOW) == datetime(2026, 11, 23, 10, 31)
    found = w.tasks.falling_due(NOW, datetime(2026, 11, 23, 10, 31))
    assert [one.task.title for one in found] == ["now"]
    assert w.tasks.falling_due(datetime(2026, 11, 23, 10, 31), NOW.replace(hour=17)) == []
    number = found[0].task.id
    assert number is not None
    w.tasks.tick([number])
    assert w.tasks.next_due(NOW) == datetime(2026, 11, 23, 18)


def test_a_rule_needs_a_day(w: Workspace) -> None:
    assert w.tasks.get(_add(w, "a", repeat="freq=weekly")).repeat == "FREQ=WEEKLY"
    assert [day for *_more, day in _open(w)] == [NOW.date()]


def test_a_task_that_is_gone_says_so(w: Workspace) -> None:
    number = _add(w, "a")
    w.tasks.delete([number])
    act: tuple[Callable[[], object], ...] = (
        lambda: w.tasks.tick([number]),
        lambda: w.tasks.get(number),
        lambda: w.tasks.postpone([number], days=1),
    )
    for gone in act:
        with pytest.raises(UserError, match="gone"):
            gone()


def test_tasks_come_back_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "firm.crm"
    with Workspace.open(path, create=True, data_dir=tmp_path) as first:
        number, _step = first.tasks.add("call tomorrow 15h")
        first.tasks.tick([number])
        first.close(backup=False)
    with Workspace.open(path, data_dir=tmp_path) as again:
        again.history.undo()
        assert again.tasks.get(number).done_at is None
        assert again.tasks.of(CustomerId(1)) == []
        again.close(backup=False)


# Rules.


@pytest.mark.parametrize(
    ("rule", "due", "following", "rule_then"),
    [
        ("FREQ=DAILY", "2026-11-23", "2026-11-24", "FREQ=DAILY"),
        # What was missed for weeks comes once.
        ("FREQ=WEEKLY", "2026-11-03", "2026-11-24", "FREQ=WEEKLY"),
        ("FREQ=DAILY", "2020-01-01", "2026-11-23", "FREQ=DAILY"),
        ("FREQ=DAILY;COUNT=3", "2026-11-23", "2026-11-24", "FREQ=DAILY;COUNT=2"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-27", "2026-11-30", None),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27", "2026-12-25", None),
        ("FREQ=WEEKLY;UNTIL=20261207T000000Z", "2026-11-23", "2026-11-30", None),
    ],
)
def test_the_next_occurrence(rule: str, due: str, following: str, rule_then: str | None) -> None:
    task = Task("x", due_on=date.fromisoformat(due), repeat=checked_rule(rule))
    assert next_occurrence(task, NOW) == (Due(date.fromisoformat(following)), rule_then or rule)


@pytest.mark.parametrize("rule", ["FREQ=DAILY;COUNT=1", "FREQ=WEEKLY;UNTIL=20261124"])
def test_a_rule_comes_to_its_end(rule: str, w: Workspace) -> None:
    number = _add(w, "x today", repeat=rule)
    w.tasks.tick([number])
    assert _open(w) == []


@pytest.mark.parametrize(
    ("every", "days"),
    [
        (Every.MONTH, ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]),
        (Every.QUARTER, ["2026-11-30", "2027-02-28", "2027-05-30"]),
        (Every.YEAR, ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
        (Every.MONTH, ["2026-11-28", "2026-12-28"]),
    ],
)
def test_months_without_the_day_have_their_last_one(every: Every, days: list[str]) -> None:
    due = date.fromisoformat(days[0])
    rule = rule_of(every, due)
    found = [due]
    while len(found) < len(days):
        task = Task("x", due_on=found[-1], repeat=rule)
        following = next_occurrence(task, NOW)
        assert following is not None
        found.append(following[0].day)
    assert [day.isoformat() for day in found] == days


@pytest.mark.parametrize("every", Every)
@pytest.mark.parametrize("day", [1, 29, 30, 31])
def test_the_list_knows_its_own_rules(every: Every, day: int) -> None:
    rule = rule_of(every, date(2027, 1, day))
    assert every_of(rule) is every
    assert checked_rule(rule) == rule
    assert repeat_words(rule) != rule
    assert repeat_words("FREQ=DAILY;INTERVAL=9") == "FREQ=DAILY;INTERVAL=9"


@pytest.mark.parametrize(
    "rule",
    ["every week", "FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=1", "FREQ=WEEKLY;BYDAY=XX",
     "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=0", "FREQ=DAILY\nRDATE:20200101",
     "FREQ=DAILY;UNTIL=abc", "FREQ=DAILY;" + "X" * 300],
)  # fmt: skip
def test_what_is_no_rule(rule: str) -> None:
    with pytest.raises(UserError) as refused:
        checked_rule(rule)
    assert refused.value.field == "repeat"
