"""When filters are asked: today, with the moon's calendar at hand."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.periods import Period
from crm_desktop.store.filter_values import Asked

_MONTHS, _DAYS = range(1, 13), range(1, 31)


def now() -> Asked:
    """This day of the owner's clock."""
    return Asked(date.today(), _lunar_days)


@lru_cache(maxsize=64)
def _lunar_days(period: Period) -> list[str]:
    from crm_desktop.bridge.values.lunar import FIRST_YEAR, LAST_YEAR, solar_days

    first, after = period
    assert first is not None
    assert after is not None
    years = range(max(first.year, FIRST_YEAR + 1), min(after.year, LAST_YEAR) + 1)
    return [
        f"{month:02}-{day:02}"
        for month in _MONTHS
        for day in _DAYS
        if any(
            first <= kept < after
            for year in years
            for kept in solar_days(Birthday(None, month, day, lunar=True), year)
        )
    ]
