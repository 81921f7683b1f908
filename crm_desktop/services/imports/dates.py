"""The days that dates in figures can mean, to ask the owner where a column leaves it open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crm_desktop.bridge.values.dates import DMY, MDY, YMD, read_date
from crm_desktop.bridge.values.text import narrow, tidy_line


class Reading(NamedTuple):
    """One way to read a column's dates.

    Attributes:
        order: "DMY", "MDY" or "YMD".
        days: ISO texts, one for each example.
    """

    order: str
    days: tuple[str, ...]


def readings(examples: Sequence[str]) -> tuple[Reading, ...]:
    """The ways to read a column's dates that can read all of its examples, and differ.

    Args:
        examples: as `ColumnMapping.date_examples` has them.
    """
    found: list[Reading] = []
    for order in (DMY, MDY, YMD):
        days = [read_date(narrow(tidy_line(text)), order, birthday=True) for text in examples]
        whole = tuple(day for day in days if day is not None)
        if len(whole) == len(days) and all(whole != other.days for other in found):
            found.append(Reading(order, whole))
    return tuple(found)
