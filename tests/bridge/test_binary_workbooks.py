"""xlsb: cells with their column go to calamine, cells without it to a reader of our own."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pytest
from opened import Opened, Read
from writers_xlsb import write_xlsb

from crm_desktop.bridge.files.books import open_book
from crm_desktop.bridge.files.calamine import CalamineBook
from crm_desktop.bridge.files.formats import load
from crm_desktop.bridge.files.xlsb import XlsbBook
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS
from crm_desktop.domain.errors import UserError

ROWS: dict[int, list[Any]] = {
    0: ["Nome", "Telemóvel", "Nascimento", "Saldo", "Sócio", "Nota"],
    1: ["Ana Silva", 912345678, dt.date(1980, 2, 1), 12.25, True, "王秀英"],
    2: ["Rui", None, dt.date(1975, 12, 31), -7.5, False, "#N/A"],
    5: ["Eva Melo", 914567890, None, 1e10, None, "par"],
}
EXPECTED: list[list[Any]] = [
    ["Nome", "Telemóvel", "Nascimento", "Saldo", "Sócio", "Nota"],
    ["Ana Silva", 912345678.0, dt.date(1980, 2, 1), 12.25, True, "王秀英"],
    ["Rui", "", dt.date(1975, 12, 31), -7.5, False],
    [],
    [],
    ["Eva Melo", 914567890.0, "", 1e10, "", "par"],
]


@pytest.mark.parametrize("short", [False, True])
def test_every_column_is_read(tmp_path: Path, short: bool) -> None:
    path = tmp_path / "a.xlsb"
    write_xlsb(path, {"Clientes": ROWS, "Velha": {0: ["x", "yy"]}}, short=short, hidden=["Velha"])
    found = Opened(path)
    if not short:  # calamine says what an error is
        found.sheets[0][2] = found.sheets[0][2][:5]
    assert (found.format, found.names) == ("xlsb", ["Clientes", "Velha"])
    assert found.hidden == [False, True]
    assert found.sheets == [EXPECTED, [["x", "yy"]]]


def test_who_reads(tmp_path: Path) -> None:
    for short, measured, reader in (
        (False, True, CalamineBook),
        (True, True, XlsbBook),
        (False, False, XlsbBook),
    ):
        path = tmp_path / f"{short}{measured}.xlsb"
        write_xlsb(path, {"A": ROWS}, short=short, measured=measured)
        source = load(path, None, DEFAULT_LIMITS)
        assert isinstance(open_book(source, DEFAULT_LIMITS), reader)
        assert isinstance(open_book(source, DEFAULT_LIMITS, sparse=True), XlsbBook)


def test_days_as_integers_are_dates(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsb"
    write_xlsb(path, {"Clientes": ROWS}, short=False, whole_days=True)
    assert [row[2:3] for row in Opened(path).rows] == [row[2:3] for row in EXPECTED]
    assert Read(path).drafts[0].birthday == "1980-02-01"


def test_customers_of_short_records(tmp_path: Path) -> None:
    path = tmp_path / "clientes.xlsb"
    write_xlsb(path, {"Clientes": ROWS}, short=True)
    drafts = Read(path).drafts
    assert [(d.name, d.birthday) for d in drafts] == [
        ("Ana Silva", "1980-02-01"),
        ("Rui", "1975-12-31"),
        ("Eva Melo", None),
    ]
    assert drafts[0].contact_points[0].value == "+351912345678"


@pytest.mark.parametrize("cut", [1, 7, 40, 100, 200])
def test_records_that_break_off_say_so(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.xlsb"
    write_xlsb(path, {"A": ROWS}, short=True)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    broken = tmp_path / "b.xlsb"
    with zipfile.ZipFile(broken, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data[:-cut] if "sheet1" in name else data)
    try:
        rows = Opened(broken).rows
    except UserError as error:
        said = str(error)
    else:
        said = ""
        assert rows == EXPECTED
    assert ("damaged" in said) == (cut > 4)
