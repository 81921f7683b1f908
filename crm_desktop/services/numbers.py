"""Numbers of quotations, orders and receipts: by which pattern, and which are missing."""

from __future__ import annotations

from datetime import date, datetime

from crm_desktop.domain import numbering
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.numbers import DEFAULT_PATTERNS, Gap, Series
from crm_desktop.i18n import _
from crm_desktop.services import inputs
from crm_desktop.store import numbers, settings
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection

_SETTING = "numbers."


class NumberService:
    """The numbers of one archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def pattern(self, series: Series) -> str:
        """By which pattern a series is numbered."""
        with self._archive.reading() as c:
            return _pattern(c, series)

    def set_pattern(self, series: Series, text: str) -> None:
        """Number a series otherwise from now on; what was given out stays and never comes again.

        Args:
            series: which.
            text: as typed, such as `{year}/{n:03}`; "" takes the usual one again.

        Raises:
            UserError: it could not give numbers that never come again.
        """
        wanted = inputs.line(text, "pattern")
        if wanted:
            try:
                numbering.check(wanted)
            except numbering.PatternError as wrong:
                raise UserError(_wrong(wrong), field="pattern") from wrong

        def act(c: Connection) -> None:
            if wanted and wanted != DEFAULT_PATTERNS[series]:
                settings.save(c, {f"{_SETTING}{series.value}": wanted})
            else:
                settings.delete(c, f"{_SETTING}{series.value}")

        self._archive.write(_("Change how papers are numbered"), act)

    def expected(self, series: Series, *, day: date | None = None) -> str:
        """The number that comes next, to be shown beside the pattern."""
        with self._archive.reading() as c:
            return numbers.expected(c, series, _pattern(c, series), day or date.today())

    def gaps(self, series: Series) -> list[Gap]:
        """Numbers that were given out and that nothing bears, with what became of them.

        They come of issuing that was taken back; whoever audits the firm asks for them.

        Returns:
            The newest first.
        """
        with self._archive.reading() as c:
            return numbers.gaps(c, series)


def give(connection: Connection, series: Series, at: datetime) -> str:
    """Give the next number of a series out, inside a step."""
    day = at.astimezone().date()
    return numbers.give(connection, series, _pattern(connection, series), day=day, at=at)


def _pattern(connection: Connection, series: Series) -> str:
    found = settings.get(connection, f"{_SETTING}{series.value}") or DEFAULT_PATTERNS[series]
    try:
        numbering.check(found)
    except numbering.PatternError:  # of a file from elsewhere, or of a later version
        return DEFAULT_PATTERNS[series]
    return found


def _wrong(error: numbering.PatternError) -> str:
    return {
        "counter": _("Write {n} once, with no figures right beside it: Q-{year}-{n:04}."),
        "field": _("Nobody knows {field}. There are {year}, {yy}, {month} and {n}.").replace(
            "{field}", error.what
        ),
        "braces": _("A brace is not closed, or not opened."),
        "long": _("That is too long for a number."),
        "month": _("A month needs its year beside it, or the numbers come again."),
    }[error.wrong]
