"""An archive as a firm of many years would have it: customers with facts, and their timelines."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path

from benchmarks._archives import make_archive
from crm_desktop.domain.fields import FieldKind
from crm_desktop.services.workspace import Workspace
from crm_desktop.store import custom_fields, customers
from crm_desktop.store.bulk import insert_many
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal.triggers import inserting
from crm_desktop.store.search import index
from crm_desktop.store.times import write

OWNERS = ("Ana", "Bruno", "Carla", "李娜", "")
SOURCES = ("Recommended", "Trade fair", "Web", "Walk-in", "")
LANGUAGES = ("pt", "en", "zh", "")
TAGS = ("VIP", "Group", "Family", "Newsletter", "Late payer")
KINDS = ("call", "visit", "message", "email", "note")
WORDS = (
    "Asked for a quote",
    "客户希望延长付款期限",
    "Prefere contacto à tarde",
    "Sent the tickets",
)


def make(path: Path, count: int, interactions: int) -> None:
    """Make an archive of so many customers, who have so many interactions between them."""
    make_archive(path, count)
    rng = random.Random(count)
    with Workspace.open(path, data_dir=path.parent / "data") as workspace:
        workspace._archive.write_bulk("More", lambda c, _step: _fill(c, rng, count, interactions))
        workspace._archive.maintain(index.rebuild)
        workspace.close(backup=False)


def _fill(c: Connection, rng: random.Random, count: int, interactions: int) -> None:
    numbers = range(1, count + 1)
    c.execute("UPDATE journal_state SET by_ranges = 1")  # its triggers are of no interest here
    c.executemany(
        "UPDATE customer SET owner = ?, source = ?, language = ?, rating = ?, birthday = ?,"
        " created_at = ?, do_not_contact = ? WHERE id = ?",
        [
            (
                *(rng.choice(OWNERS), rng.choice(SOURCES), rng.choice(LANGUAGES)),
                *(rng.randrange(6), _birthday(rng), write(_moment(rng)), int(rng.random() < 0.02)),
                number,
            )
            for number in numbers
        ],
    )
    c.execute("UPDATE journal_state SET by_ranges = 0")
    tags = [customers.tag_id(c, tag) for tag in TAGS]
    worn = [(n, tag) for n in numbers for tag in tags if rng.random() < 0.12]
    since = custom_fields.field_id(c, "Customer since", kind=FieldKind.DATE)
    turnover = custom_fields.field_id(c, "Turnover", kind=FieldKind.MONEY)
    own = [(n, since, _moment(rng).date().isoformat()) for n in numbers if rng.random() < 0.7]
    own += [(n, turnover, f"{rng.randrange(100_000)}.50") for n in numbers if rng.random() < 0.7]
    moments = sorted(_moment(rng) for _n in range(interactions))
    told = [
        (rng.randrange(1, count + 1), rng.choice(KINDS), write(at), rng.choice(WORDS))
        for at in moments
    ]
    today = date.today()
    due = [
        (
            n,
            "Call back",
            (today + timedelta(rng.randrange(-60, 90))).isoformat(),
            write(moments[-1]),
        )
        for n in numbers
        if rng.random() < 0.1
    ]
    for table, columns, rows in (
        ("customer_tag", "customer_id, tag_id", worn),
        ("custom_value", "customer_id, field_id, value", own),
        ("interaction", "customer_id, kind, at, text", told),
        ("task", "customer_id, title, due_on, created_at", due),
    ):
        with inserting(c, table):
            insert_many(c, table, columns, list(chain.from_iterable(rows)))


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
