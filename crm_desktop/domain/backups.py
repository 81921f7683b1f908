"""Copies of the archive: which are kept, and what a check found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

DAILY, WEEKLY, MONTHLY, NEWEST = 12, 10, 9, 5


@dataclass(frozen=True, slots=True)
class Backup:
    """One verified copy of the archive; `size` in bytes, `made_at` UTC.

    `reason` is "close", "import", "migration", "restore" or "manual".
    """

    path: Path
    made_at: datetime
    size: int
    reason: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Result of looking an archive over: one message for each thing found or mended."""

    ok: bool
    messages: tuple[str, ...]


def to_keep(backups: Sequence[Backup]) -> set[Path]:
    """Which copies are worth their room.

    The newest five; beside them the last one of each of the twelve newest days, ten newest
    weeks and nine newest months that have any.
    """
    newest_first = sorted(backups, key=lambda b: (b.made_at, b.path.name), reverse=True)
    kept = {b.path for b in newest_first[:NEWEST]}
    periods: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (DAILY, lambda t: t.date()),
        (WEEKLY, lambda t: t.isocalendar()[:2]),
        (MONTHLY, lambda t: (t.year, t.month)),
    )
    for how_many, period in periods:
        last_of: dict[object, Path] = {}
        for backup in newest_first:
            last_of.setdefault(period(backup.made_at), backup.path)
        kept.update(list(last_of.values())[:how_many])
    return kept
