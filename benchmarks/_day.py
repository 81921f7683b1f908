"""An archive that has a day's work in it: entries, tasks, cases, promises, documents, birthdays."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks._archives import make_archive
from crm_desktop.domain.cases import Case, CaseStatus, Severity
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.promises import Promise, Side
from crm_desktop.domain.tasks import Task
from crm_desktop.services.workspace import Workspace
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import CASES, PROMISES, TASKS

_WORDS = (
    "Asked for a quote to Madeira; window seats. 客户希望延长付款期限。 Prefere contacto à tarde."
)
_KINDS = ("call", "visit", "message", "email", "note")
_OWNERS = ("Ana", "Rui", "王芳", "")
_PAPERS = ("Passport", "Visa", "Contract", "")


def make_day(path: Path, customers: int, entries: int, today: date) -> None:
    """Fill a new archive.

    Args:
        path: of the archive.
        customers: how many; a fifth of them have a birthday, a tenth stars, documents and owners.
        entries: of all timelines.
        today: the day that tasks are due around.
    """
    make_archive(path, customers)
    rng = random.Random(entries)
    with Workspace.open(path, data_dir=path.parent / "data") as workspace:
        workspace._archive.write_bulk("Entries", lambda c, _s: _entries(c, customers, entries, rng))
        workspace._archive.write("Work", lambda c: _work(c, customers, today, rng))
        workspace.close(backup=False)


def _entries(c: Connection, customers: int, entries: int, rng: random.Random) -> None:
    start = datetime(2016, 1, 1, tzinfo=UTC)

    def rows() -> object:
        for number in range(entries):
            at = start + timedelta(minutes=rng.randrange(10 * 525_600))
            text = _WORDS[: 20 + number * 7 % 60]
            moment = f"{at:%Y-%m-%dT%H:%M:00.000Z}"
            yield rng.randrange(customers) + 1, _KINDS[number % 5], moment, text

    c.executemany(
        "INSERT INTO interaction (customer_id, kind, at, text) VALUES (?, ?, ?, ?)", rows()
    )


def _work(c: Connection, customers: int, today: date, rng: random.Random) -> None:
    facts = []
    for number in range(1, customers + 1, 5):
        born = date(1950, 1, 1) + timedelta(days=rng.randrange(20_000))
        stars = rng.randrange(1, 6) if number % 10 == 1 else 0
        lunar = "L" if number % 25 == 1 and born.day <= 29 else ""
        facts.append((f"{lunar}{born}", stars, rng.choice(_OWNERS) if stars else "", number))
    c.executemany("UPDATE customer SET birthday = ?, rating = ?, owner = ? WHERE id = ?", facts)
    now = datetime.now(UTC)
    for number in range(0, customers, 20):
        who = CustomerId(number + 1)
        due = today + timedelta(days=rng.randrange(-60, 300))
        done = now if number % 40 else None
        TASKS.insert(c, Task(f"Call {number}", who, due_on=due, created_at=now, done_at=done))
        if number % 200 == 0:
            status = rng.choice(list(CaseStatus))
            CASES.insert(
                c, Case(who, f"Case {number}", severity=Severity.HIGH, status=status, opened_at=now)
            )
            PROMISES.insert(c, Promise(who, Side.WE, f"Send {number}", due, created_at=now))
    c.executemany(
        "INSERT INTO document (customer_id, name, kind, expires_on, added_at)"
        " VALUES (?, ?, ?, ?, '2024-01-01T00:00:00.000Z')",
        [
            (
                number,
                f"Document {number}",
                _PAPERS[number % 4],
                (today + timedelta(days=rng.randrange(-900, 2700))).isoformat(),
            )
            for number in range(1, customers + 1, 10)
        ],
    )
