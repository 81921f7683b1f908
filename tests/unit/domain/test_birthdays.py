"""Birthdays as the archive keeps them, of both calendars."""

from __future__ import annotations

import pytest

from crm_desktop.domain.birthdays import Birthday, agree, differ, has_year, is_lunar, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1984-08-15", Birthday(1984, 8, 15)),
        ("--02-29", Birthday(None, 2, 29)),
        ("L1984-08-15", Birthday(1984, 8, 15, lunar=True)),
        ("L--08-30", Birthday(None, 8, 30, lunar=True)),
        ("L1984-10-01+", Birthday(1984, 10, 1, lunar=True, leap=True)),
    ],
)
def test_what_is_kept_is_read_and_written_again(text: str, expected: Birthday) -> None:
    assert parse(text) == expected
    assert expected.text == text
    assert is_lunar(text) is expected.lunar
    assert has_year(text) is (expected.year is not None)


@pytest.mark.parametrize(
    "text", ["", "1984", "1983-02-29", "L1984-13-01", "L--08-31", "1984-08-15+", "L84-08-15"]
)
def test_what_no_day_can_be_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("one", "other", "same", "unlike"),
    [
        ("1984-08-15", "1984-08-15", True, False),
        ("1984-08-15", "--08-15", True, False),
        ("1984-08-15", "1985-08-15", False, True),
        ("L1984-08-15", "L--08-15", True, False),
        ("L1984-08-15", "L1984-08-16", False, True),
        # The same figures of two calendars are two days, and may be the same birth.
        ("L1984-08-15", "1984-08-15", False, False),
        ("L--08-15", "--08-15", False, False),
    ],
)
def test_lunar_days_are_compared_with_lunar_ones_alone(
    one: str, other: str, same: bool, unlike: bool
) -> None:
    assert (agree(one, other), differ(one, other)) == (same, unlike)
    assert (agree(other, one), differ(other, one)) == (same, unlike)
