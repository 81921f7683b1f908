"""Days as spreadsheets count them."""

from __future__ import annotations

import datetime as dt

from crm_desktop.bridge.values.text import Value


def serial_date(value: float, *, epoch_1904: bool = False) -> Value:
    """Turn a spreadsheet's day number into a date, a time below 1, a number where it is none.

    The 1900 system believes in a 29 February 1900, so numbers up to 60 are one day off.
    """
    if not 0 <= value < 2_958_466:
        return value
    days = int(value)
    seconds = round((value - days) * 86_400)
    if days == 0 and not epoch_1904:
        return (dt.datetime.min + dt.timedelta(seconds=seconds)).time() if seconds else 0.0
    if epoch_1904:
        origin = dt.datetime(1904, 1, 1)
    else:
        origin = dt.datetime(1899, 12, 31) if days < 60 else dt.datetime(1899, 12, 30)
    moment = origin + dt.timedelta(days=days, seconds=seconds)
    return moment if seconds else moment.date()
