"""Orders and payments under any mix of edits: what is owed always follows from what stands."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from archive_dump import Row, dump
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.numbers import Series
from crm_desktop.domain.orders import OrderId, OrderStatus
from crm_desktop.domain.payments import PaymentKind
from crm_desktop.domain.pricing import Taxes, line_total
from crm_desktop.services.workspace import Workspace

_PRICES = st.integers(0, 1_000_00).map(lambda cents: f"{cents // 100},{cents % 100:02}")
_PAID = st.integers(1, 1_000_00).map(lambda cents: f"{cents // 100},{cents % 100:02}")
_QUANTITIES = st.sampled_from(["1", "2", "0,001", "1,125", "3"])
_RATES = st.sampled_from(["0", "6", "13,5", "19", "23"])
_OFF = st.sampled_from(["", "5 %", "12,5 %", "0,01", "50 % + 0,01"])
_PICK = st.integers(0, 20)
_DAYS = st.integers(-30, 60).map(lambda days: (date.today() + timedelta(days=days)).isoformat())


def without_times(tables: dict[str, list[Row]]) -> str:
    """Every step says of what it touches that it was changed just now."""

    def bare(value: object) -> object:
        if isinstance(value, dict):
            return {name: "" if name == "updated_at" else bare(v) for name, v in value.items()}
        return value

    return repr({table: sorted(repr(bare(r)) for r in rows) for table, rows in tables.items()})


class MoneyMachine(RuleBasedStateMachine):
    """Any steps, undone and done again; papers that went out are remembered."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        data = Path(self.folder.name)
        self.w = Workspace.open(data / "a.crm", create=True, data_dir=data)
        self.w.settings.set_home_country("PT")
        self.ana = self.w.customers.create(CustomerDraft("Ana"))
        last = self.w.history.can_undo()
        assert last is not None
        self.first = last.id
        self.orders: list[OrderId] = []
        self.papers: list[str] = []

    def teardown(self) -> None:
        if hasattr(self, "w"):
            self.w.close(backup=False)
            self.folder.cleanup()

    def step(self, act: Callable[[], object]) -> None:
        """Do it; what stood before comes back when it is undone, and goes when it is redone.

        What is refused changes nothing.
        """
        before = without_times(dump(self.w))
        last = self.w.history.can_undo()
        with contextlib.suppress(UserError):
            act()
        done = self.w.history.can_undo()
        if done is None or (last is not None and done.id == last.id):
            assert without_times(dump(self.w)) == before
            return
        after = without_times(dump(self.w))
        self.w.history.undo()
        assert without_times(dump(self.w)) == before
        self.w.history.redo()
        assert without_times(dump(self.w)) == after

    def some(self, pick: int) -> OrderId:
        return self.orders[pick % len(self.orders)]

    @rule(price=_PRICES, quantity=_QUANTITIES, rate=_RATES)
    def create(self, price: str, quantity: str, rate: str) -> None:
        made: list[OrderId] = []
        self.step(lambda: made.append(self.w.orders.create("Azores", self.ana)))
        self.orders += made
        self.w.orders.add_free_line(made[0], "Hotel", price, quantity=quantity, tax_rate=rate)

    @precondition(lambda self: self.orders)
    @rule(pick=_PICK, price=_PRICES, quantity=_QUANTITIES, rate=_RATES, off=_OFF)
    def add(self, pick: int, price: str, quantity: str, rate: str, off: str) -> None:
        order = self.some(pick)
        lines: list[int] = []
        self.step(
            lambda: lines.append(
                self.w.orders.add_free_line(order, "More", price, quantity=quantity, tax_rate=rate)
            )
        )
        for line in lines:
            self.step(lambda at=line: self.w.orders.update_line(at, "discount", off))

    @precondition(lambda self: self.orders)
    @rule(pick=_PICK, field=st.sampled_from(["discount", "taxes", "rounding"]), off=_OFF)
    def set_terms(self, pick: int, field: str, off: str) -> None:
        value = {"discount": off, "taxes": "included", "rounding": "0,05"}[field]
        self.step(lambda: self.w.orders.update(self.some(pick), field, value))

    @precondition(lambda self: self.orders)
    @rule(pick=_PICK)
    def agree(self, pick: int) -> None:
        self.step(lambda: self.papers.append(self.w.orders.agree(self.some(pick))))

    @precondition(lambda self: self.orders)
    @rule(pick=_PICK)
    def change(self, pick: int) -> None:
        self.step(lambda: self.w.orders.change(self.some(pick)))

    @precondition(lambda self: self.orders)
    @rule(pick=_PICK)
    def discard(self, pick: int) -> None:
        self.step(lambda: self.w.orders.discard(self.some(pick)))

    @precondition(lambda self: self.orders)
    @rule(pick=_PICK, line=_PICK, quantity=_QUANTITIES)
    def take_back(self, pick: int, line: int, quantity: str) -> None:
        order = self.some(pick)
        lines = self.w.orders.get(order).lines
        if lines:
            at = lines[line % len(lines)].id
            assert at is not None
            self.step(lambda: self.w.orders.take_back(order, {at: quantity}))

    @precondition(lambda self: self.orders)
    @rule(pick=_PICK, fee=st.none() | _PAID)
    def cancel(self, pick: int, fee: str | None) -> None:
        self.step(lambda: self.w.orders.cancel(self.some(pick), fee=fee))

    @precondition(lambda self: self.orders)
    @rule(pick=_PICK, kind=st.sampled_from(PaymentKind), amount=_PAID, day=_DAYS)
    def pay(self, pick: int, kind: PaymentKind, amount: str, day: str) -> None:
        self.step(lambda: self.w.payments.note(self.some(pick), kind, amount, paid_on=day))

    @precondition(lambda self: self.orders)
    @rule(pick=_PICK, amount=st.integers(1, 100_000), rate=st.sampled_from(["0,0061", "1,1"]))
    def pay_in_yen(self, pick: int, amount: int, rate: str) -> None:
        self.step(
            lambda: self.w.payments.note(
                self.some(pick), PaymentKind.BALANCE, f"{amount} JPY", rate=rate
            )
        )

    @precondition(lambda self: self.orders)
    @rule(pick=_PICK, at=_PICK, way=st.sampled_from(["receipt", "void", "remove", "amount"]),
          amount=_PAID)  # fmt: skip
    def touch_payment(self, pick: int, at: int, way: str, amount: str) -> None:
        payments = self.w.payments.account(self.some(pick)).payments
        if not payments:
            return
        number = payments[at % len(payments)].id
        assert number is not None
        does = {
            "receipt": lambda: self.papers.append(self.w.payments.receipt(number)),
            "void": lambda: self.w.payments.void(number, "typed twice"),
            "remove": lambda: self.w.payments.remove(number),
            "amount": lambda: self.w.payments.update(number, "amount", amount),
        }
        had = payments[at % len(payments)].number
        self.step(does[way])
        if had and way == "receipt":
            self.papers.pop()

    @precondition(lambda self: self.orders)
    @rule(pick=_PICK, amount=st.just("") | _PAID | st.just("20 %"), day=_DAYS)
    def plan(self, pick: int, amount: str, day: str) -> None:
        self.step(
            lambda: self.w.payments.add_due(self.some(pick), PaymentKind.INSTALMENT, amount, day)
        )

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _time in range(times):
            last = self.w.history.can_undo()
            if last is not None and last.id != self.first:
                self.w.history.undo()
        there = {one.order.id for one in self.w.orders.list()}
        self.orders = [order for order in self.orders if order in there]

    @invariant()
    def what_is_owed_follows_from_what_stands(self) -> None:
        for order in getattr(self, "orders", ()):
            whole = self.w.orders.get(order)
            totals = whole.totals
            counted = [
                line_total(line.priced) for line in whole.lines if line.kind is not LineKind.TEXT
            ]
            assert totals.subtotal == sum(counted)
            assert totals.total == totals.net + totals.tax + totals.rounding
            if whole.version.taxes is Taxes.INCLUDED:
                assert totals.net + totals.tax == totals.subtotal - totals.discount
            else:
                assert totals.net == totals.subtotal - totals.discount
            assert totals.total >= 0
            for version in self.w.orders.versions(order):
                told = self.w.orders.version(order, version.version)
                said = 0 if version.agreed_at is None else told.totals.total
                assert version.total == said
            account = self.w.payments.account(order)
            received = sum(payment.signed for payment in account.payments)
            assert account.balance.open == totals.total - received
            assert received >= 0
            assert sum(part.amount for part in account.plan) == totals.total
            assert sum(part.paid for part in account.plan) == min(received, totals.total)
            for payment in account.payments:
                if payment.currency == "JPY":
                    exact = Fraction(payment.amount) * Fraction(payment.rate) * 100
                    assert abs(payment.counted - exact) <= Fraction(1, 2)
            [listed] = [one for one in self.w.orders.of(self.ana) if one.order.id == order]
            assert listed.total.amount == totals.total
            assert listed.open.amount == account.balance.open
            if whole.order.status is OrderStatus.CANCELLED:
                assert whole.version.taxes is Taxes.INCLUDED
        for statement in self.w.payments.statements(self.ana) if hasattr(self, "ana") else ():
            agreed = [one for one in self.w.orders.list() if one.order.number]
            draft_paid = sum(one.received for one in self.w.orders.list() if not one.order.number)
            owed = sum(one.open.amount for one in agreed) - draft_paid
            assert statement.owes.amount == owed

    @invariant()
    def no_number_comes_twice(self) -> None:
        papers = getattr(self, "papers", [])
        assert len(set(papers)) == len(papers)
        if hasattr(self, "w"):
            borne = {one.order.number for one in self.w.orders.list()} - {""}
            gone = {gap.number for gap in self.w.numbers.gaps(Series.ORDER)}
            assert not borne & gone


TestMoney = MoneyMachine.TestCase
TestMoney.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
