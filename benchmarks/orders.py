"""Orders: an edit among 200 lines, and the lists of what is owed among many orders.

    python -m benchmarks.orders [ORDERS]

Goal: an edit of one line of 200, read, checked, worked out again and safe on the disk,
p95 <= 50 ms. The lists stand on pages that open at once: p95 <= 300 ms each.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks._machine import print_facts, print_percentiles, timed
from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.lines import totals
from crm_desktop.domain.orders import (
    Order,
    OrderLine,
    OrderQuery,
    OrderStatus,
    OrderVersion,
    VersionStatus,
)
from crm_desktop.domain.payments import Payment, PaymentDue, PaymentKind
from crm_desktop.services.workspace import Workspace
from crm_desktop.store import orders
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import PAYMENT_DUES, PAYMENTS

LINES, EDITS = 200, 60
EDIT_MS, LIST_MS = 50, 300
NOW = dt.datetime(2026, 5, 4, 12, 30, tzinfo=dt.UTC)


def edited(w: Workspace) -> bool:
    """An edit among many lines of a change, read, worked out again and saved."""
    number = w.orders.create("Fleet", w.customers.create(CustomerDraft("Ana")))
    for n in range(LINES):
        w.orders.add_free_line(number, f"Part {n}", "12,50", tax_rate="23")
    w.orders.agree(number)
    w.orders.change(number)
    draft = w.orders.draft(number)
    assert draft is not None
    made = [line.id for line in draft.lines if line.id is not None]
    saved, read = [], []
    for n in range(EDITS):
        started = time.perf_counter()
        w.orders.update_line(made[n * 3], "quantity", str(n + 2))
        edited_at = time.perf_counter()
        w.orders.draft(number)
        read.append(time.perf_counter() - edited_at)
        saved.append(time.perf_counter() - started)
    print_percentiles("of which reading and working out", read)
    return print_percentiles("an edit of 200 lines, to its new total", saved, at_most=EDIT_MS)


def fill(w: Workspace, count: int) -> None:
    """Orders of five lines each, a part of them paid, some late; the same ones every time."""
    chance = random.Random(7)
    people = [w.customers.create(CustomerDraft(f"Customer {n}")) for n in range(500)]

    def write(c: Connection) -> None:
        for n in range(count):
            order = Order(
                f"Journey {n}", chance.choice(people), "EUR", number=f"O-{n:05}",
                status=OrderStatus.OPEN, created_at=NOW, updated_at=NOW, confirmed_at=NOW,
            )  # fmt: skip
            lines = [
                OrderLine(f"Part {at}", price=chance.randrange(500, 90_000), tax_rate=23_000)
                for at in range(5)
            ]
            version = OrderVersion(
                status=VersionStatus.AGREED, created_at=NOW, updated_at=NOW, agreed_at=NOW
            )
            total = totals(version.sheet("EUR"), lines).total
            version = replace(version, total=total)
            number = orders.insert(c, order, version, lines)
            due = NOW.date() + dt.timedelta(days=chance.randrange(-20, 200))
            PAYMENT_DUES.insert(c, PaymentDue(due_on=due, order_id=number))
            if n % 3:
                paid = Payment(
                    PaymentKind.DEPOSIT, NOW.date(), 10_000, "EUR", 10_000, order_id=number,
                    created_at=NOW,
                )  # fmt: skip
                PAYMENTS.insert(c, paid)

    w._archive.write("Orders", write)


def main() -> None:
    print_facts()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with Workspace.open(data / "a.crm", create=True, data_dir=data) as w:
            w.settings.set_home_country("PT")
            met = [edited(w)]
            fill(w, count)
            print(f"{count} orders")
            someone = w.orders.list()[0].order.customer_id
            for name, does in (
                ("the list of orders", w.orders.list),
                ("orders found by words", lambda: w.orders.list(OrderQuery("journey 77"))),
                ("what is late", lambda: w.payments.overdue(NOW.date() + dt.timedelta(days=9))),
                ("a customer's orders", lambda: w.orders.of(someone)),
            ):
                took = [timed(does) for _time in range(10)]
                met.append(print_percentiles(name, took, at_most=LIST_MS))
            w.close(backup=False)
    if not all(met):
        sys.exit(1)


if __name__ == "__main__":
    main()
