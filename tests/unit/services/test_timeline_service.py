"""The timeline: entries and what the program knows, as one, by pages; logged with a follow-up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sheet_files
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain.cases import Case, CaseStatus
from crm_desktop.domain.customers import CustomerDraft, CustomerId, InteractionKind
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.promises import Promise, Side
from crm_desktop.domain.timeline import EventKind, TimelineEntry, TimelineQuery
from crm_desktop.services.timeline import split_follow_up
from crm_desktop.services.workspace import Workspace
from crm_desktop.store.records import CASES, PROMISES

NOW = datetime(2026, 11, 23, 10, 30)
CALL, NOTE = InteractionKind.CALL, InteractionKind.NOTE


@pytest.fixture
def w(workspace: Workspace) -> Workspace:
    workspace.tasks.clock = lambda: NOW
    return workspace


@pytest.fixture
def ana(w: Workspace) -> CustomerId:
    return w.customers.create(CustomerDraft(name="Ana"))


def _texts(w: Workspace, customer: CustomerId, **query: object) -> list[tuple[str, str]]:
    page = w.timeline.page(TimelineQuery(customer, **query))  # type: ignore[arg-type]
    return [(e.kind, e.text) for e in (*page.pinned, *page.entries)]


def test_a_call_is_logged_with_its_follow_up_in_one_step(w: Workspace, ana: CustomerId) -> None:
    logged = w.timeline.log(ana, CALL, "wants a quote -> call back in 2 weeks")
    assert _texts(w, ana)[0] == ("call", "wants a quote")
    [task] = w.tasks.of(ana)
    assert (task.title, task.due_on) == ("call back", date(2026, 12, 7))
    assert (task.id, task.interaction_id) == (logged.task, logged.entry)
    w.history.undo()
    assert (_texts(w, ana), w.tasks.of(ana)) == ([("created", "")], [])
    w.history.redo()
    assert w.tasks.of(ana)[0].interaction_id == logged.entry


@pytest.mark.parametrize(
    ("follow_up", "title", "day"),
    [
        ("send the offer friday", "send the offer", date(2026, 11, 27)),
        ("in 2 weeks", "Follow up: wants a quote", date(2026, 12, 7)),
        ("下周三", "Follow up: wants a quote", date(2026, 12, 2)),
        ("think about it", "think about it", None),
    ],
)
def test_a_follow_up_of_its_own(
    w: Workspace, ana: CustomerId, follow_up: str, title: str, day: date | None
) -> None:
    w.timeline.log(ana, CALL, "wants a quote", follow_up=follow_up)
    [task] = w.tasks.of(ana)
    assert (task.title, task.due_on) == (title, day)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a -> b", ("a", "b")),
        ("A → B → amanhã 15h", ("A → B", "amanhã 15h")),
        ("报价⇒下周三", ("报价", "下周三")),
        ("no arrow", ("no arrow", "")),
        ("nothing behind ->", ("nothing behind ->", "")),
        ("a -> b\nand more", ("a -> b\nand more", "")),
    ],
)
def test_what_stands_behind_an_arrow(text: str, parts: tuple[str, str]) -> None:
    assert split_follow_up(text) == parts


def test_nothing_is_not_logged(w: Workspace, ana: CustomerId) -> None:
    for text in ("", "  ", "-> tomorrow"):
        with pytest.raises(UserError) as refused:
            w.timeline.log(ana, CALL, text)
        assert refused.value.field == "text"
    with pytest.raises(UserError, match="no customer"):
        w.timeline.log(CustomerId(99), CALL, "x")
    assert w.tasks.of(ana) == []


def test_entries_are_changed_pinned_and_deleted(w: Workspace, ana: CustomerId) -> None:
    first = w.timeline.log(ana, CALL, "first -> call tomorrow").entry
    w.timeline.log(ana, NOTE, "second")
    w.timeline.edit(first, "the first")
    w.timeline.set_kind(first, InteractionKind.EMAIL)
    assert _texts(w, ana) == [("note", "second"), ("email", "the first"), ("created", "")]
    w.timeline.pin(first, pinned=True)
    assert _texts(w, ana) == [("email", "the first"), ("note", "second"), ("created", "")]
    w.timeline.delete(first)
    assert _texts(w, ana) == [("note", "second"), ("created", "")]
    [task] = w.tasks.of(ana)
    assert task.interaction_id is None
    for _step in range(4):
        w.history.undo()
    assert _texts(w, ana)[1] == ("call", "first")
    assert w.tasks.of(ana)[0].interaction_id == first
    for _step in range(4):
        w.history.redo()
    assert _texts(w, ana) == [("note", "second"), ("created", "")]


def test_an_entry_that_is_gone_says_so(w: Workspace, ana: CustomerId) -> None:
    entry = w.timeline.log(ana, CALL, "x").entry
    w.timeline.delete(entry)
    with pytest.raises(UserError, match="gone"):
        w.timeline.edit(entry, "y")
    with pytest.raises(UserError, match="word"):
        w.timeline.edit(entry, " ")


def test_what_the_program_knows_stands_among_them(w: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    sheet_files.write_xlsx(path, {"S": [["Name", "City"], ["Ana", "Porto"]]})
    w.imports.import_files([path])
    ana = w.customers.search("Ana")[0].id
    w.customers.update(ana, "stage", "customer")
    w.documents.add(ana, b"hello", file_name="passport.txt")
    now = datetime.now(UTC)
    resolved = now + timedelta(seconds=2)
    case = Case(
        ana, "broken", status=CaseStatus.RESOLVED, opened_at=now + timedelta(seconds=1),
        resolved_at=resolved,
    )  # fmt: skip
    promise = Promise(ana, Side.WE, "a new one", created_at=now, kept_at=now + timedelta(seconds=3))
    w._archive.write("Case", lambda c: (CASES.insert(c, case), PROMISES.insert(c, promise)))
    task, _step = w.tasks.add("call", customer_id=ana)
    w.tasks.tick([task])
    page = w.timeline.page(TimelineQuery(ana))
    assert not page.more
    assert sorted((e.kind, e.text, e.more) for e in page.entries) == [
        ("case_opened", "broken", ""),
        ("case_resolved", "broken", ""),
        ("document", "passport", ""),
        ("imported", "list.xlsx", "S"),
        ("promise_kept", "a new one", ""),
        ("stage", "customer", "potential"),
        ("task_done", "call", ""),
    ]
    assert [e.kind for e in page.entries[:3]] == ["promise_kept", "case_resolved", "case_opened"]
    imported = page.entries[-1]
    assert (imported.kind, imported.row, imported.rows) == ("imported", 2, 1)
    assert all(e.is_event and e.interaction is None for e in page.entries)
    # Undone, they are gone: nothing of them is stored.
    w.history.undo()
    assert EventKind.TASK_DONE not in {e.kind for e in w.timeline.page(TimelineQuery(ana)).entries}


def test_it_is_filtered_and_searched(w: Workspace, ana: CustomerId) -> None:
    w.timeline.log(ana, CALL, "Orçamento para a São João")
    pinned = w.timeline.log(ana, NOTE, "想要靠窗的座位").entry
    w.timeline.pin(pinned, pinned=True)
    assert _texts(w, ana, kinds=frozenset([CALL])) == [("call", "Orçamento para a São João")]
    assert _texts(w, ana, kinds=frozenset([NOTE])) == [("note", "想要靠窗的座位")]
    assert _texts(w, ana, kinds=frozenset(EventKind)) == [("created", "")]
    assert _texts(w, ana, text="sao orcam") == [("call", "Orçamento para a São João")]
    assert _texts(w, ana, text="靠窗") == [("note", "想要靠窗的座位")]
    assert _texts(w, ana, text="nothing") == []


MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(st.sampled_from(InteractionKind), st.integers(0, 3)), max_size=14),
    st.integers(0, 4),
    st.integers(1, 5),
    st.sampled_from(["", "entry"]),
)
def test_pages_put_together_are_the_whole(
    w: Workspace, entries: list[tuple[InteractionKind, int]], tasks: int, limit: int, text: str
) -> None:
    """Many of one moment, of several tables: none is lost or comes twice between pages."""
    customer = w.customers.create(CustomerDraft(name="B"))
    for number, (kind, second) in enumerate(entries):
        at = MOMENT + timedelta(seconds=second)
        w.timeline.log(customer, kind, f"entry {number}", at=at)
    ids = [w.tasks.add(f"entry t{n}", customer_id=customer)[0] for n in range(tasks)]
    w.tasks.tick(ids)  # all of them at one moment
    whole = w.timeline.page(TimelineQuery(customer, text=text, limit=1000))
    assert len(whole.entries) == len(entries) + tasks + (not text)
    assert [e.place.at for e in whole.entries] == sorted(
        (e.place.at for e in whole.entries), reverse=True
    )
    found: list[TimelineEntry] = []
    more = True
    while more:
        before = found[-1].place if found else None
        page = w.timeline.page(TimelineQuery(customer, text=text, before=before, limit=limit))
        found += page.entries
        more = page.more
    assert found == whole.entries
