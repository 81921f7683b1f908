"""Two tables below each other: every row comes in, under its own header."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest
from opened import Read

# What a column holds is told by its header; a person's values tell who he is.
WHO = {"Name", "Client", "Contact", "Contact person"}
PHONE = {"Phone", "Tel"}
EMAIL = {"Email", "E-mail"}
GROUPS = ("Group", "Category", "Class", "Society", "Club", "Team", "Activity", "Organisation")

UPPER = (
    ("Name", "Phone", "Email", "Day"),
    ("Name", "Phone", "Email"),
    ("Name", "Day", "Phone", "Email", "Room"),
    *((group, "Contact", "Phone", "Email", "Day") for group in GROUPS),
    ("Group", "Contact", "Phone", "Email"),
)
LOWER = (
    ("Name", "Phone", "Email"),
    ("Name", "Phone", "Email", "Town"),
    ("Name", "Tel", "E-mail", "Address"),
    ("Client", "Tel", "E-mail", "Town"),
    ("Group", "Contact", "Phone", "Email"),
)
ABOVE: tuple[list[list[str]], ...] = (
    [],
    [["REGULAR"]],
    [["Church Hall"], [], ["REGULAR"]],
    [["Hall"], []],
)
BETWEEN: tuple[list[list[str]], ...] = ([[]], [[], ["OTHERS"]], [["OTHERS"]])
FIRST = (
    "Ann Bob Cy Di Ed Flo Gus Hal Ivy Jo Kim Lee May Ned Oz Pam Quin Ray Sue Tom Una Vic".split()
)
LAST = "Lowe Hart Moss Voss Long Page Reed Shaw Todd".split()


def person(header: Sequence[str], number: int) -> list[str]:
    """A row below a header; each value tells of its person and its column."""
    name = f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}"

    def value(column: str) -> str:
        if column in WHO:
            return name
        if column in PHONE:
            return f"07700 9{number:05}"
        if column in EMAIL:
            return f"{name.replace(' ', '.').lower()}{number}@example.com"
        return f"{column} {'ABCDEFGHIJKLM'[number % 13]}{'xyz'[number % 3]}"

    return [value(column) for column in header]


def wrong_of(read: Read, expected: Sequence[tuple[Sequence[str], list[str]]]) -> list[str]:
    """What is missing, or stands under a header that is not its own."""
    found = {p.value: d for d in read.drafts for p in d.contact_points if p.kind == "email"}
    wrong = [draft.name for draft in read.drafts if draft not in list(found.values())]
    for header, row in expected:
        said = dict(zip(header, row, strict=True))
        email = next(said[h] for h in header if h in EMAIL)
        draft = found.pop(email, None)
        if draft is None:
            wrong.append(f"{email} is missing")
            continue
        if draft.name != next(said[h] for h in header if h in WHO):
            wrong.append(f"{email} is called {draft.name}")
        own = dict(draft.custom)
        wrong += [
            f"{email}: {column} is {own.get(column)}"
            for column in ("Day", "Room")
            if own.get(column) != said.get(column)
        ]
        towns = [a.city for a in draft.addresses if a.city]
        if towns != [town for h, town in said.items() if h == "Town"]:
            wrong.append(f"{email}: town is {towns}")
    return wrong + list(found)


@pytest.mark.parametrize("size", [3, 45])
@pytest.mark.parametrize("above", range(len(ABOVE)))
@pytest.mark.parametrize("between", range(len(BETWEEN)))
def test_every_row_of_two_stacked_tables_comes_in(
    tmp_path: Path, size: int, above: int, between: int
) -> None:
    wrong: dict[str, list[str]] = {}
    path = tmp_path / "hirers.csv"
    for number, (upper, lower) in enumerate(product(UPPER, LOWER)):
        if size > 3 and number % 4 != above:
            continue  # long ones in turn
        first = [(upper, person(upper, n)) for n in range(size)]
        then = [(lower, person(lower, n)) for n in range(size, 2 * size)]
        rows = [*ABOVE[above], list(upper), *(row for _h, row in first)]
        rows += [*BETWEEN[between], list(lower), *(row for _h, row in then)]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        if found := wrong_of(Read(path, "GB"), [*first, *then]):
            wrong[f"{' | '.join(upper)} / {' | '.join(lower)}"] = found[:4]
    assert not wrong
