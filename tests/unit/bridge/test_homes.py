"""Which country a file's national phone numbers are read in, before its owner has said so."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from reading import read

ENGLISH = ["Name", "Mobile", "E-mail", "Country"]


def country(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return read(path, "").preview.country


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def test_english_headers_over_portuguese_customers(file: Path) -> None:
    rows = [[f"Ana {n}", f"963 111 {n}22", f"ana{n}@example.pt", ""] for n in range(6)]
    assert country(file, ENGLISH, rows) == "PT"


def test_english_headers_over_customers_of_a_named_country(file: Path) -> None:
    rows = [[f"Jan {n}", f"06 1234567{n}", "", "Netherlands"] for n in range(6)]
    assert country(file, ENGLISH, rows) == "NL"


def test_a_few_foreign_addresses_say_nothing(file: Path) -> None:
    header = ["Nome", "Telemóvel", "E-mail", "País"]
    rows = [[f"Ana {n}", f"963 111 {n}22", f"ana{n}@gmail.com", ""] for n in range(8)]
    rows += [["Eva Lang", "963 111 999", "eva@example.de", "Alemanha"]]
    assert country(file, header, rows) == "PT"


def test_brazilian_numbers_under_portuguese_headers(file: Path) -> None:
    header = ["Nome", "Celular", "E-mail", "País"]
    rows = [[f"Ana {n}", f"(11) 9{n}123-4567", f"ana{n}@example.com.br", ""] for n in range(6)]
    assert country(file, header, rows) == "BR"


def test_ends_that_anybody_may_have_are_no_country(file: Path) -> None:
    rows = [[f"Ann {n}", f"020 7946 09{n}8", f"ann{n}@example.io", ""] for n in range(6)]
    assert country(file, ENGLISH, rows) == "GB"
