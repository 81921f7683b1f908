"""Payments: what came in for an order and went back, and what is due when.

All that is counted is in minor units of the order's currency. What was paid in another one is
turned into it once, at the rate that is kept with it, and stays so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, NewType

from crm_desktop.domain.money import Money
from crm_desktop.domain.orders import (
    ListedOrder,
    Order,
    OrderId,
    Requirement,
    ToldTraveller,
    ToldVersion,
)
from crm_desktop.domain.processes import OrderStep

PaymentId = NewType("PaymentId", int)
PaymentDueId = NewType("PaymentDueId", int)
ReminderId = NewType("ReminderId", int)


class PaymentKind(StrEnum):
    """What a payment is."""

    DEPOSIT = "deposit"
    INSTALMENT = "instalment"
    BALANCE = "balance"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Payment:
    """What changed hands.

    Attributes:
        amount: above zero, minor units of `currency`; a refund's too.
        rate: how much of the order's currency one unit of `currency` is.
        counted: minor units of the order's currency.
        method: a word of the owner's: cash, card, transfer.
        reference: of the bank or the till.
        number: of its receipt; "" before one is written.
        reason: why it was voided.
        voided_at: since when it does not count; its receipt stays given out.
        id: None before it is stored.
    """

    kind: PaymentKind
    paid_on: date
    amount: int
    currency: str
    counted: int
    rate: Decimal = Decimal(1)
    order_id: OrderId | None = None
    method: str = ""
    reference: str = ""
    notes: str = ""
    number: str = ""
    reason: str = ""
    created_at: datetime | None = None
    receipted_at: datetime | None = None
    voided_at: datetime | None = None
    id: PaymentId | None = None

    @property
    def money(self) -> Money:
        """As it changed hands."""
        return Money(self.amount, self.currency)

    @property
    def signed(self) -> int:
        """What it adds to what was received, in the order's minor units."""
        if self.voided_at is not None:
            return 0
        return -self.counted if self.kind is PaymentKind.REFUND else self.counted


@dataclass(frozen=True, slots=True)
class PaymentDue:
    """A part of the price and its day.

    Attributes:
        amount: minor units of the order's currency; None for the rest.
        due_on: None for no day.
        id: None before it is stored.
    """

    kind: PaymentKind = PaymentKind.BALANCE
    amount: int | None = None
    due_on: date | None = None
    order_id: OrderId | None = None
    position: int = 0
    id: PaymentDueId | None = None


THE_REST = PaymentDue()


class PlannedPayment(NamedTuple):
    """A part of the price with what was paid of it, in minor units."""

    due: PaymentDue
    amount: int
    paid: int

    @property
    def open(self) -> int:
        """What is still to be paid of it."""
        return self.amount - self.paid

    def is_late(self, today: date) -> bool:
        """Whether its day is over and something of it is open."""
        return self.open > 0 and self.due.due_on is not None and self.due.due_on < today


class Balance(NamedTuple):
    """How an order stands, in minor units of its currency.

    Attributes:
        total: what it comes to.
        paid: all payments.
        refunded: all that went back, above zero.
    """

    total: int
    paid: int
    refunded: int

    @property
    def received(self) -> int:
        """What was paid less what went back."""
        return self.paid - self.refunded

    @property
    def open(self) -> int:
        """What is still to be paid; below zero for what is to be given back."""
        return self.total - self.received


class Tone(StrEnum):
    """How a reminder speaks."""

    FRIENDLY = "friendly"
    FIRM = "firm"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A letter that went out.

    Attributes:
        amount: that it asked for, minor units of the order's currency.
        id: None before it is stored.
    """

    tone: Tone
    amount: int
    at: datetime
    order_id: OrderId | None = None
    id: ReminderId | None = None


class Movement(StrEnum):
    """What changes how a customer stands."""

    ORDER = "order"
    CHANGE = "change"
    PAYMENT = "payment"
    REFUND = "refund"


class StatementEntry(NamedTuple):
    """One line of a statement.

    Attributes:
        day: on which it came, by the owner's clock.
        what: kind of movement.
        reference: of the order, or the receipt's number.
        title: of the order.
        amount: what it adds to what he owes, minor units; below zero for what he paid.
        owes: what he owes after it.
    """

    day: date
    what: Movement
    reference: str
    title: str
    amount: int
    owes: int


class Statement(NamedTuple):
    """How a customer stands in one currency, and how he came to that."""

    currency: str
    entries: Sequence[StatementEntry]

    @property
    def owes(self) -> Money:
        """What he owes; below zero for what is to be given back."""
        return Money(self.entries[-1].owes if self.entries else 0, self.currency)


class Overdue(NamedTuple):
    """An order of which something is late.

    Attributes:
        amount: what is late.
        since: the first day that is over.
        reminded: the last letter that went out about it, if any.
    """

    order: ListedOrder
    amount: Money
    since: date
    reminded: Reminder | None = None

    @property
    def next_tone(self) -> Tone:
        """How the next letter speaks: each a step firmer."""
        if self.reminded is None:
            return Tone.FRIENDLY
        tones = list(Tone)
        return tones[min(tones.index(self.reminded.tone) + 1, len(tones) - 1)]


class OrderAccount(NamedTuple):
    """The money of an order: how it stands, what is due when, and what changed hands."""

    balance: Balance
    plan: Sequence[PlannedPayment]
    payments: Sequence[Payment]
    reminders: Sequence[Reminder] = ()


class ToldOrder(NamedTuple):
    """An order with its money as it goes out of an archive and comes into another.

    Attributes:
        versions: the first one first.
        opportunity: the place of its opportunity among its customer's; None for none.
        quotation: the place of the quotation that it came of among its customer's.
        travellers: those who may be named.
        steps: of its process, in their order.
    """

    order: Order
    versions: Sequence[ToldVersion]
    requirements: Sequence[Requirement] = ()
    dues: Sequence[PaymentDue] = ()
    payments: Sequence[Payment] = ()
    reminders: Sequence[Reminder] = ()
    travellers: Sequence[ToldTraveller] = ()
    opportunity: int | None = None
    quotation: int | None = None
    steps: Sequence[OrderStep] = ()


def balance(total: int, payments: Iterable[Payment]) -> Balance:
    """How an order stands; whatever was voided does not count."""
    paid = refunded = 0
    for payment in payments:
        if payment.signed < 0:
            refunded -= payment.signed
        else:
            paid += payment.signed
    return Balance(total, paid, refunded)


def planned(total: int, dues: Sequence[PaymentDue], received: int) -> list[PlannedPayment]:
    """What is due when, and what is paid of it: always as much as the order comes to.

    The parts take their amounts in their order, as far as the total reaches; the rest, which
    stands last, takes what is left of it. What was received fills them in the same order.

    Args:
        total: what the order comes to, zero or above.
        dues: in their order.
        received: what was paid less what went back.
    """
    fixed = [due for due in dues if due.amount is not None]
    rest = next((due for due in dues if due.amount is None), THE_REST)
    found = []
    left, money = total, max(0, received)
    for due in (*fixed, rest):
        amount = left if due.amount is None else min(due.amount, left)
        paid = min(money, amount)
        left, money = left - amount, money - paid
        if amount or due.id is not None:
            found.append(PlannedPayment(due, amount, paid))
    return found


def late(plan: Iterable[PlannedPayment], today: date) -> tuple[int, date] | None:
    """What is late of a plan, and since when; None for nothing."""
    found = [one for one in plan if one.is_late(today)]
    if not found:
        return None
    return sum(one.open for one in found), min(one.due.due_on for one in found if one.due.due_on)
