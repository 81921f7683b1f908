"""An archive as a firm of many years has it: customers with facts, timelines, and a day's work.

Made once, it may be kept: `--archive FILE` takes it from there, or puts it there; it is copied
before anything is measured.
"""

from __future__ import annotations

import argparse
import random
import shutil
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path

from benchmarks._archives import make_archive
from crm_desktop.domain.cases import Case, CaseStatus, Severity
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.promises import Promise, Side
from crm_desktop.domain.tasks import Task
from crm_desktop.services.workspace import Workspace
from crm_desktop.store import custom_fields, customers
from crm_desktop.store.bulk import insert_many
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal.triggers import inserting
from crm_desktop.store.records import CASES, PROMISES, TASKS
from crm_desktop.store.search import index
from crm_desktop.store.times import write

_OWNERS = ("Ana", "Bruno", "Carla", "李娜", "")
_SOURCES = ("Recommended", "Trade fair", "Web", "Walk-in", "")
_LANGUAGES = ("pt", "en", "zh", "")
_TAGS = ("VIP", "Group", "Family", "Newsletter", "Late payer")
_KINDS = ("call", "visit", "message", "email", "note")
_PAPERS = ("Passport", "Visa", "Contract", "")
_WORDS = (
    "Asked for a quote to Madeira; window seats.",
    "客户希望延长付款期限。",
    "Prefere contacto à tarde.",
    "Sent the tickets",
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of a benchmark that wants such an archive."""
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--interactions", type=int, default=500_000)
    parser.add_argument("--archive", type=Path, help="take it from this file, or keep it there")


def firm(options: argparse.Namespace, path: Path) -> None:
    """Put the archive that the options ask for at a path."""
    kept: Path | None = options.archive
    if kept is not None and kept.exists():
        shutil.copyfile(kept, path)
        return
    make_firm(path, options.customers, options.interactions)
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, kept)


def make_firm(path: Path, count: int, interactions: int) -> None:
    """Fill a new archive.

    Args:
        path: of the archive.
        count: how many customers; each has facts, most a birthday, one in ten a document.
        interactions: entries of all timelines.
    """
    make_archive(path, count)
    rng = random.Random(count)
    with Workspace.open(path, data_dir=path.parent / "data") as workspace:

        def fill(c: Connection, _step: object) -> None:
            c.execute("UPDATE journal_state SET by_ranges = 1")  # its triggers are of no interest
            _facts(c, rng, count)
            c.execute("UPDATE journal_state SET by_ranges = 0")
            _lists(c, rng, count, interactions)

        workspace._archive.write_bulk("Years", fill)
        workspace._archive.write("Work", lambda c: _work(c, rng, count))
        workspace._archive.maintain(index.rebuild)
        workspace.close(backup=False)


def _facts(c: Connection, rng: random.Random, count: int) -> None:
    choose = rng.choice
    c.executemany(
        "UPDATE customer SET owner = ?, source = ?, language = ?, rating = ?, birthday = ?,"
        " created_at = ?, do_not_contact = ? WHERE id = ?",
        [
            (
                *(choose(_OWNERS), choose(_SOURCES), choose(_LANGUAGES)),
                *(rng.randrange(6), _birthday(rng), write(_moment(rng)), int(rng.random() < 0.02)),
                number,
            )
            for number in range(1, count + 1)
        ],
    )


def _lists(c: Connection, rng: random.Random, count: int, interactions: int) -> None:
    numbers = range(1, count + 1)
    tags = [customers.tag_id(c, tag) for tag in _TAGS]
    worn = [(n, tag) for n in numbers for tag in tags if rng.random() < 0.12]
    since = custom_fields.field_id(c, "Customer since", kind=FieldKind.DATE)
    turnover = custom_fields.field_id(c, "Turnover", kind=FieldKind.MONEY)
    own = [(n, since, _moment(rng).date().isoformat()) for n in numbers if rng.random() < 0.7]
    own += [(n, turnover, f"{rng.randrange(100_000)}.50") for n in numbers if rng.random() < 0.7]
    told = [
        (rng.randrange(1, count + 1), rng.choice(_KINDS), write(at), rng.choice(_WORDS))
        for at in sorted(_moment(rng) for _n in range(interactions))
    ]
    today = date.today()
    papers = [
        (
            *(n, f"Document {n}", _PAPERS[n % 4]),
            (today + timedelta(rng.randrange(-900, 2700))).isoformat(),
            write(_moment(rng)),
        )
        for n in numbers[::10]
    ]
    for table, columns, rows in (
        ("customer_tag", "customer_id, tag_id", worn),
        ("custom_value", "customer_id, field_id, value", own),
        ("interaction", "customer_id, kind, at, text", told),
        ("document", "customer_id, name, kind, expires_on, added_at", papers),
    ):
        with inserting(c, table):
            insert_many(c, table, columns, list(chain.from_iterable(rows)))


def _work(c: Connection, rng: random.Random, count: int) -> None:
    """Tasks of one customer in twenty, half of them done; a few cases and promises."""
    now, today = datetime.now(UTC), date.today()
    for number in range(0, count, 20):
        who = CustomerId(number + 1)
        due = today + timedelta(days=rng.randrange(-60, 300))
        done = now if number % 40 else None
        TASKS.insert(c, Task(f"Call {number}", who, due_on=due, created_at=now, done_at=done))
        if number % 200 == 0:
            status = rng.choice(list(CaseStatus))
            case = Case(who, f"Case {number}", severity=Severity.HIGH, status=status, opened_at=now)
            CASES.insert(c, case)
            PROMISES.insert(c, Promise(who, Side.WE, f"Send {number}", due, created_at=now))


def _moment(rng: random.Random) -> datetime:
    now = datetime.now(UTC).replace(microsecond=0)
    return now - timedelta(minutes=rng.randrange(8 * 365 * 24 * 60))


def _birthday(rng: random.Random) -> str | None:
    if rng.random() < 0.4:
        return None
    day = date(1940, 1, 1) + timedelta(rng.randrange(25_000))
    kind = rng.random()
    if kind < 0.1:
        return f"--{day:%m-%d}"
    return f"L{day:%Y-%m-}{min(day.day, 29):02}" if kind < 0.2 else day.isoformat()
