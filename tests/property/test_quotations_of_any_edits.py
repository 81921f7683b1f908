"""Quotations under any mix of edits: totals, undo, and numbers that never come twice."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from archive_dump import Row, dump
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.numbers import Series
from crm_desktop.domain.quotations import (
    QuotationId,
    QuotationLineId,
    QuotationStatus,
)
from crm_desktop.services.workspace import Workspace

_PRICES = st.integers(0, 10_000).map(lambda cents: f"{cents // 100},{cents % 100:02}")
_QUANTITIES = st.decimals(Decimal("0.001"), 50, places=3).map(lambda q: f"{q:f}".replace(".", ","))
_RATES = st.sampled_from(["0", "6", "13,5", "23"])
_OFF = st.sampled_from(["", "5 %", "12,5 %", "0,01", "50 % + 0,01"])
_LINES = st.lists(
    st.fixed_dictionaries(
        {
            "quantity": _QUANTITIES,
            "price": _PRICES,
            "tax_rate": _RATES,
            "discount": _OFF,
            "kind": st.sampled_from([kind.value for kind in LineKind]),
        }
    ),
    min_size=1,
    max_size=4,
)
_WORDS = st.fixed_dictionaries(
    {
        "taxes": st.sampled_from(["added", "included"]),
        "discount": _OFF,
        "rounding": st.sampled_from(["", "0,05", "1"]),
        "title": st.just("Edited"),
    }
)


@contextlib.contextmanager
def firm() -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with Workspace.open(data / "a.crm", create=True, data_dir=data) as w:
            w.settings.set_home_country("PT")
            yield w
            w.close(backup=False)


def without_times(tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Every step says of what it touches that it was changed just now."""
    return {
        table: [{**row, **({"updated_at": ""} if "updated_at" in row else {})} for row in rows]
        for table, rows in tables.items()
        if not table.startswith("quotation_line")  # these name their quotation with its times
    } | {"quotation_line": [bare(row) for row in tables["quotation_line"]]}


def bare(row: Row) -> Row:
    return {**row, "quotation_id": row["quotation_id"]["title"]}


def edit_all(edits: list[Callable[[], object]]) -> None:
    """Make all edits; one that is refused as others are not made yet is made after them."""
    while edits:
        refused = []
        for edit in edits:
            try:
                edit()
            except UserError:
                refused.append(edit)
        assert len(refused) < len(edits)
        edits = refused


@settings(max_examples=15)
@given(st.data())
def test_totals_do_not_know_the_order_of_edits(data: st.DataObject) -> None:
    lines = data.draw(_LINES)
    # Every one worth enough, so that no discount is above it.
    for line in lines:
        line["price"] = f"1{line['price']}"
        line["quantity"] = f"1{line['quantity']}"
    lines[0]["kind"] = "item"
    words = data.draw(_WORDS)
    with firm() as w:
        ana = w.customers.create(CustomerDraft("Ana"))
        found = []
        for _order in range(2):
            number = w.quotations.create("Azores", ana)
            made = [w.quotations.add_free_line(number, f"Line {n}", "1") for n in range(len(lines))]
            edits: list[Callable[[], object]] = [
                lambda q=number, f=field, v=value: w.quotations.update(q, f, v)
                for field, value in words.items()
            ]
            edits += [
                lambda at=at, f=field, v=value: w.quotations.update_line(at, f, v)
                for at, line in zip(made, lines, strict=True)
                for field, value in line.items()
            ]
            edit_all(data.draw(st.permutations(edits)))
            w.quotations.move_line(data.draw(st.sampled_from(made)), 0)
            whole = w.quotations.get(number)
            # In the order in which the lines were added.
            pairs = zip(whole.lines, whole.totals.lines, strict=True)
            by_line = {line.id: amount for line, amount in pairs}
            found.append((whole.totals._replace(lines=()), [by_line[at] for at in made]))
        assert found[0] == found[1]


class QuotationMachine(RuleBasedStateMachine):
    """Any steps, undone and done again across restarts; papers that went out are remembered."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.data = Path(self.folder.name)
        self.w = Workspace.open(self.data / "a.crm", create=True, data_dir=self.data)
        self.w.settings.set_home_country("PT")
        self.ana = self.w.customers.create(CustomerDraft("Ana"))
        self.papers: list[str] = []
        self.before: list[tuple[int, dict[str, list[Row]]]] = []

    def teardown(self) -> None:
        if hasattr(self, "w"):
            self.w.close(backup=False)
            self.folder.cleanup()

    def step(self, act: Callable[[], object]) -> None:
        """Do it; what stood before has to come back when it is undone."""
        before = without_times(dump(self.w))
        last = self.w.history.can_undo()
        act()
        done = self.w.history.can_undo()
        assert done is not None
        if last is None or done.id != last.id:
            assert without_times(dump(self.w)) != before
            after = without_times(dump(self.w))
            self.w.history.undo()
            assert without_times(dump(self.w)) == before
            self.w.history.redo()
            assert without_times(dump(self.w)) == after

    def some(self, which: int, *statuses: QuotationStatus) -> QuotationId | None:
        found = [x.quotation.id for x in self.w.quotations.list() if x.quotation.status in statuses]
        return found[which % len(found)] if found else None

    @rule(price=_PRICES)
    def draft(self, price: str) -> None:
        made: list[QuotationId] = []
        self.step(lambda: made.append(self.w.quotations.create("Azores", self.ana)))
        self.step(lambda: self.w.quotations.add_free_line(made[0], "Hotel", price))

    @rule(which=st.integers(0, 9), quantity=_QUANTITIES, place=st.integers(0, 3))
    def edit(self, which: int, quantity: str, place: int) -> None:
        number = self.some(which, QuotationStatus.DRAFT)
        if number is not None:
            q = self.w.quotations
            self.step(lambda: q.add_text(number, "More"))
            line = q.get(number).lines[0].id
            assert isinstance(line, int)
            self.step(lambda: q.update_line(QuotationLineId(line), "quantity", quantity))
            self.step(lambda: q.move_line(QuotationLineId(line), place))

    @rule(which=st.integers(0, 9))
    def issue(self, which: int) -> None:
        number = self.some(which, QuotationStatus.DRAFT)
        if number is None:
            return
        # What it was to replace may have been accepted or replaced meanwhile.
        with contextlib.suppress(UserError):
            self.papers.append(self.w.quotations.issue(number))

    @rule(which=st.integers(0, 9), end=st.sampled_from(["accept", "decline", "version", "copy"]))
    def decide(self, which: int, end: str) -> None:
        number = self.some(which, QuotationStatus.ISSUED)
        q = self.w.quotations
        if number is not None:
            self.step(
                {
                    "accept": lambda: q.accept(number),
                    "decline": lambda: q.decline(number, "too dear"),
                    "version": lambda: q.new_version(number),
                    "copy": lambda: q.copy(number),
                }[end]
            )

    @rule(which=st.integers(0, 9))
    def remove(self, which: int) -> None:
        number = self.some(which, QuotationStatus.DRAFT)
        if number is not None:
            self.step(lambda: self.w.quotations.remove(number))

    @rule(pattern=st.sampled_from(["", "Q-{n}", "{yy}-{n:02}", "{year}/{n}", "q-{n:01}"]))
    def renumber(self, pattern: str) -> None:
        self.w.numbers.set_pattern(Series.QUOTATION, pattern)

    @precondition(lambda self: self.w.history.can_undo())
    @rule(steps=st.integers(1, 3))
    def undo(self, steps: int) -> None:
        for _step in range(steps):
            found = self.w.history.can_undo()
            if found is not None and found.name != "New customer Ana":
                self.w.history.undo()

    @precondition(lambda self: self.w.history.can_redo())
    @rule()
    def redo(self) -> None:
        self.w.history.redo()

    @rule()
    def reopen(self) -> None:
        self.w.close(backup=False)
        self.w = Workspace.open(self.data / "a.crm", data_dir=self.data)

    @invariant()
    def no_paper_comes_twice(self) -> None:
        if not hasattr(self, "w"):
            return
        folded = [paper.casefold() for paper in self.papers]
        assert len(set(folded)) == len(folded)
        borne = [x.quotation.reference for x in self.w.quotations.list() if x.quotation.number]
        assert len(set(borne)) == len(borne)
        # Every paper stands on a quotation or among the gaps, and on one of them only.
        gaps = {gap.number for gap in self.w.numbers.gaps(Series.QUOTATION)}
        for paper in self.papers:
            assert (paper in borne) != (paper in gaps)


QuotationMachine.TestCase.settings = settings(max_examples=12, stateful_step_count=25)
test_quotation_machine = QuotationMachine.TestCase
