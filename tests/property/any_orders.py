"""Orders of any kind with their money, for hypothesis."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from any_customers import DAYS, MOMENTS, NAME, NOBODY, STEP, TEXT
from hypothesis import strategies as st

from crm_desktop.domain.lines import LineKind, totals
from crm_desktop.domain.orders import (
    Fee,
    Order,
    OrderLine,
    OrderStatus,
    OrderVersion,
    Requirement,
    ToldOrderLine,
    ToldVersion,
    VersionStatus,
    written_fees,
)
from crm_desktop.domain.payments import (
    Payment,
    PaymentDue,
    PaymentKind,
    Reminder,
    ToldOrder,
    Tone,
)
from crm_desktop.domain.pricing import Taxes
from crm_desktop.domain.processes import OrderStep

THEN = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
_AMOUNTS = st.integers(1, 10**9)
_RATES = st.integers(0, 100_000)
_WORDS = st.just("") | TEXT
_LINES = st.lists(
    st.builds(
        OrderLine,
        NAME,
        kind=st.sampled_from([LineKind.ITEM, LineKind.TEXT]),
        details=_WORDS,
        quantity=st.decimals(Decimal("0.001"), 1000, places=3),
        unit=_WORDS,
        price=st.integers(0, 10**9),
        discount_percent=_RATES,
        tax_rate=_RATES,
    ),
    max_size=3,
).map(
    lambda lines: [
        ToldOrderLine(replace(line, key=key, returns=1 if key > 1 else None))
        for key, line in enumerate(lines, start=1)
    ]
)
_VERSION = st.builds(
    ToldVersion,
    st.builds(
        OrderVersion,
        taxes=st.sampled_from(Taxes),
        discount_percent=_RATES,
        rounding=st.integers(1, 100),
        starts_on=DAYS,
        ends_on=DAYS,
        fees=st.just("") | st.lists(st.builds(Fee, st.integers(0, 99), _RATES), max_size=2,
                                    unique_by=lambda fee: fee.days).map(written_fees),
        terms=_WORDS,
        reason=_WORDS,
        created_at=MOMENTS,
        updated_at=MOMENTS,
    ),
    _LINES,
)  # fmt: skip
_DUES = st.lists(
    st.builds(
        PaymentDue,
        st.sampled_from([PaymentKind.DEPOSIT, PaymentKind.INSTALMENT, PaymentKind.BALANCE]),
        st.none() | _AMOUNTS,
        DAYS,
    ),
    max_size=2,
)
_PAID = st.builds(
    Payment,
    st.sampled_from([PaymentKind.DEPOSIT, PaymentKind.BALANCE]),
    DAYS.filter(bool),
    _AMOUNTS,
    st.just("GBP"),
    _AMOUNTS,
    rate=st.decimals(Decimal("0.0001"), 1000, places=4),
    method=_WORDS,
    reference=_WORDS,
    notes=_WORDS,
    created_at=MOMENTS,
    voided_at=st.none() | MOMENTS,
    reason=_WORDS,
)
_TOLD = st.builds(
    ToldOrder,
    st.builds(
        Order,
        title=NAME,
        customer_id=NOBODY,
        currency=st.sampled_from(["EUR", "JPY", "KWD"]),
        language=st.sampled_from(["en", "zh_CN", "pt"]),
        reason=_WORDS,
        created_at=MOMENTS,
        updated_at=MOMENTS,
        process=_WORDS,
    ),
    st.lists(_VERSION, min_size=1, max_size=3),
    st.lists(st.builds(Requirement, NAME, due_on=DAYS, months=st.integers(0, 12)), max_size=2),
    _DUES,
    st.lists(_PAID, max_size=2),
    st.lists(st.builds(Reminder, st.sampled_from(Tone), _AMOUNTS, MOMENTS), max_size=2),
    steps=st.lists(
        st.builds(
            OrderStep,
            **STEP,
            due_on=DAYS,
            done_at=st.none() | MOMENTS,
            by_itself=st.booleans(),
            note=_WORDS,
            order_id=st.none(),
            id=st.none(),
        ),
        max_size=2,
    ),
)


def comes_to(order: Order, told: ToldVersion) -> int:
    """What a version's lines come to."""
    return totals(told.version.sheet(order.currency), [line for line, _p in told.lines]).total


def orders(number: int, sold: int, offered: int) -> st.SearchStrategy[list[ToldOrder]]:
    """A customer's: those with a number have one that is nobody else's.

    Args:
        number: the customer's.
        sold: how many opportunities he has.
        offered: how many quotations he has.
    """

    def numbered(drawn: list[tuple[ToldOrder, OrderStatus]]) -> list[ToldOrder]:
        found = []
        for place, (told, status) in enumerate(drawn):
            if status is OrderStatus.DRAFT:
                found.append(told._replace(versions=told.versions[:1]))
                continue
            order = replace(
                told.order, status=status, number=f"O-{number}-{place}", confirmed_at=THEN
            )
            last = len(told.versions)
            versions = [
                one._replace(
                    version=replace(
                        one.version,
                        version=at,
                        status=VersionStatus.AGREED if at == last else VersionStatus.REPLACED,
                        agreed_at=THEN,
                        total=comes_to(order, one),
                    )
                )
                for at, one in enumerate(told.versions, start=1)
            ]
            payments = [
                replace(one, number=f"R-{number}-{place}-{at}", receipted_at=THEN)
                for at, one in enumerate(told.payments)
            ]
            found.append(
                told._replace(
                    order=order,
                    versions=versions,
                    payments=payments,
                    opportunity=0 if sold else None,
                    quotation=0 if offered else None,
                )
            )
        return found

    return st.lists(st.tuples(_TOLD, st.sampled_from(OrderStatus)), max_size=2).map(numbered)
