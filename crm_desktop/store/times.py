"""Times as the archive writes them: UTC, ISO 8601, milliseconds, a Z at the end."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> str:
    """The present moment."""
    return write(datetime.now(UTC))


def today() -> date:
    """The day by the owner's clock."""
    return date.today()


def write(moment: datetime) -> str:
    """A moment as the archive's text; a naive one is taken as UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse(text: str) -> datetime:
    """The moment that an archive's text stands for."""
    return datetime.fromisoformat(text)
