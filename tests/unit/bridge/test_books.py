"""What the readers of whole workbooks do with files that are not sound, and with our own bugs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import sheet_files as files
import xlrd

from crm_desktop.bridge.files import xls
from crm_desktop.bridge.files.formats import Format, Source
from crm_desktop.bridge.files.xls import XlsBook
from crm_desktop.domain.errors import UserError

ROWS = [["Nome", "Nascimento"], *([f"Ana {n}", dt.date(1980, 5, 12)] for n in range(40))]


@pytest.fixture
def sound(tmp_path: Path) -> bytes:
    path = tmp_path / "a.xls"
    files.write_xls(path, {"Clientes": ROWS})
    return path.read_bytes()


def read(data: bytes) -> list[Any]:
    book = XlsBook(Source(Path("a.xls"), Format.XLS, data, "", len(data)))
    return [list(row) for row in book.sheet(0).rows()]


def test_a_file_that_breaks_off_is_damaged_wherever_it_does(sound: bytes) -> None:
    rows = read(sound)
    refused = 0
    for end in range(0, len(sound), 64):
        try:
            found = read(sound[:end])
        except UserError as error:
            assert "damaged or was cut off" in str(error)  # noqa: PT017  (some are only padding)
            refused += 1
        else:
            assert found == rows
    assert refused > len(sound) // 64 // 2


def test_a_failure_below_the_library_is_the_files_too(sound: bytes) -> None:
    # Half a surrogate pair: the codec raises, in a frame of the standard library's.
    broken = sound.replace(
        "Clientes".encode("utf-16-le"), "\ud800".encode("utf-16-le", "surrogatepass") * 8
    )
    with pytest.raises(UserError, match="damaged") as caught:
        read(broken)
    assert isinstance(caught.value.__cause__, UnicodeDecodeError)


def test_a_bug_of_ours_is_not_blamed_on_the_file(
    sound: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_sheet: object, _datemode: object) -> object:
        raise IndexError("ours")

    monkeypatch.setattr(xls, "_XlsSheet", broken)
    with pytest.raises(IndexError, match="ours"):
        read(sound)


def test_a_file_too_vast_for_the_memory_is_not_called_damaged(
    sound: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vast(*_args: object) -> object:
        raise MemoryError

    monkeypatch.setattr(xlrd.sheet.Sheet, "read", vast)
    with pytest.raises(MemoryError):
        read(sound)
