"""Numbers on paper: once given out they never come again."""

from __future__ import annotations

from datetime import date

import pytest

from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.numbers import DEFAULT_PATTERNS, Fate, Series
from crm_desktop.domain.quotations import QuotationId
from crm_desktop.services.workspace import Workspace

YEAR = date.today().year


@pytest.fixture
def draft(workspace: Workspace) -> QuotationId:
    ana = workspace.customers.create(CustomerDraft("Ana"))
    made = workspace.quotations.create("Azores", ana)
    workspace.quotations.add_free_line(made, "Hotel", "100")
    return made


def test_each_series_has_a_pattern_of_its_own(workspace: Workspace) -> None:
    numbers = workspace.numbers
    assert [numbers.pattern(one) for one in Series] == list(DEFAULT_PATTERNS.values())
    numbers.set_pattern(Series.RECEIPT, " {year}/{n} ")
    assert numbers.pattern(Series.RECEIPT) == "{year}/{n}"
    assert numbers.expected(Series.RECEIPT) == f"{YEAR}/1"
    assert numbers.expected(Series.QUOTATION, day=date(2031, 1, 1)) == "Q-2031-0001"
    workspace.history.undo()
    assert numbers.pattern(Series.RECEIPT) == "R-{year}-{n:04}"
    numbers.set_pattern(Series.RECEIPT, "")
    assert numbers.pattern(Series.RECEIPT) == "R-{year}-{n:04}"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("Q-{year}", "Write {n} once"),
        ("Q-{n}-{n}", "Write {n} once"),
        ("Q-{day}-{n}", "Nobody knows {day}. There are {year}, {yy}, {month} and {n}."),
        ("Q-{n", "A brace is not closed"),
        ("Q-{month}-{n}", "A month needs its year"),
        ("Q" * 60 + "{n}", "That is too long"),
    ],
)
def test_patterns_that_would_give_a_number_twice(
    workspace: Workspace, pattern: str, words: str
) -> None:
    with pytest.raises(UserError) as told:
        workspace.numbers.set_pattern(Series.QUOTATION, pattern)
    assert str(told.value).startswith(words)
    assert told.value.field == "pattern"


def test_a_number_that_was_taken_back_is_a_gap(workspace: Workspace, draft: QuotationId) -> None:
    q = workspace.quotations
    first = q.issue(draft)
    workspace.history.undo()
    assert q.get(draft).quotation.number == ""
    [gap] = workspace.numbers.gaps(Series.QUOTATION)
    assert (gap.number, gap.fate, gap.bearer) == (first, Fate.TAKEN_BACK, draft)
    workspace.history.redo()
    assert q.get(draft).quotation.number == first
    assert workspace.numbers.gaps(Series.QUOTATION) == []
    workspace.history.undo()
    assert q.issue(draft) == f"Q-{YEAR}-0002"
    copied = q.copy(draft)
    third = q.issue(copied)
    workspace.history.undo()
    q.remove(copied)
    found = [(gap.number, gap.fate) for gap in workspace.numbers.gaps(Series.QUOTATION)]
    assert found == [(third, Fate.REMOVED), (first, Fate.TAKEN_BACK)]


def test_a_version_that_was_on_paper_does_not_come_again(
    workspace: Workspace, draft: QuotationId
) -> None:
    q = workspace.quotations
    number = q.issue(draft)
    second = q.new_version(draft)
    assert q.issue(second) == f"{number}/2"
    workspace.history.undo()
    q.update_line(q.get(second).lines[0].id, "price", "90")  # type: ignore[arg-type]
    assert q.issue(second) == f"{number}/3"
    [gap] = workspace.numbers.gaps(Series.QUOTATION)
    assert (gap.number, gap.fate) == (f"{number}/2", Fate.TAKEN_BACK)


def test_another_pattern_never_writes_a_number_again(
    workspace: Workspace, draft: QuotationId
) -> None:
    q, numbers = workspace.quotations, workspace.numbers
    given = []
    for pattern in ("A-{n:03}", "a-{n}", "", "Q-{year}-{n:04}", "A-{n:03}", "A-{n:02}"):
        numbers.set_pattern(Series.QUOTATION, pattern)
        for _time in range(2):
            expected = numbers.expected(Series.QUOTATION)
            given.append(q.issue(q.copy(draft)))
            assert given[-1] == expected
    assert len({number.casefold() for number in given}) == len(given)
    assert given[:6] == ["A-001", "A-002", "a-3", "a-4", f"Q-{YEAR}-0001", f"Q-{YEAR}-0002"]
