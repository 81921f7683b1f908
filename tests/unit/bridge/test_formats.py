"""Files that cannot be read say so in one clear sentence."""

from __future__ import annotations

import io
import os
import random
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
import sheet_files as files
from reading import read_apart

from crm_desktop.bridge.files.formats import Format, load
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS, Limits
from crm_desktop.bridge.process.reader import Reader
from crm_desktop.domain.errors import UserError

ROWS = [["Nome", "Telefone"], ["Ana Silva", "912345678"]]


def refusal(path: Path, limits: Limits = DEFAULT_LIMITS, password: str | None = None) -> UserError:
    with pytest.raises(UserError) as caught, Reader(path, "PT", password, limits) as reader:
        reader.inspect()
    text = str(caught.value)
    assert text.endswith((".", ")"))
    assert "\n" not in text
    return caught.value


def test_missing_file(tmp_path: Path) -> None:
    assert "There is no file" in str(refusal(tmp_path / "nobody.xlsx"))


def test_folder(tmp_path: Path) -> None:
    assert "folder" in str(refusal(tmp_path))


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "leer.xlsx"
    path.touch()
    assert "0 bytes" in str(refusal(path))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_truncated_workbook(tmp_path: Path, share: float) -> None:
    path = tmp_path / "half.xlsx"
    files.write_xlsx(path, {"A": ROWS})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert "damaged or was cut off" in str(refusal(path))


def test_damaged_inside(tmp_path: Path) -> None:
    path = tmp_path / "bad.xlsx"
    files.write_xlsx(path, {"A": ROWS * 50})
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    start = info.header_offset + 30 + len(info.filename)
    data[start + 5 : start + 60] = b"\xff" * 55
    path.write_bytes(data)
    assert "damaged" in str(refusal(path))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(100), "picture"),
        (random.Random(1).randbytes(5000), "not a spreadsheet"),
        (b"<html><body><p>Nome</p></body></html>", "web page without a table"),
        (b'{"name": "something"}', "JSON file, but not one"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD", "no address card"),
        (b"\x7fELF" + bytes(200), "program"),
    ],
)
def test_other_files_under_a_spreadsheets_name(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "clientes.xlsx"
    path.write_bytes(content)
    assert said in str(refusal(path))


def test_zip_without_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "fotos.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("foto.txt", "x")
    assert "zip archive" in str(refusal(path))


def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.csv"
    files.write_csv(path, ROWS)
    path.chmod(0)
    if os.geteuid() != 0:
        assert "no permission" in str(refusal(path))
        return
    # Root may read everything: be somebody else for a moment.
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents[:2]:
        parent.chmod(parent.stat().st_mode | 0o055)
    os.seteuid(65534)
    try:
        assert "no permission" in str(refusal(path))
    finally:
        os.seteuid(0)


def test_kind_is_told_by_content_not_by_name(tmp_path: Path) -> None:
    for number, (write, kind) in enumerate(
        [
            (lambda p: files.write_xlsx(p, {"A": ROWS}), Format.XLSX),
            (lambda p: files.write_xls(p, {"A": ROWS}), Format.XLS),
            (lambda p: files.write_ods(p, {"A": ROWS}), Format.ODS),
            (lambda p: files.write_csv(p, ROWS), Format.CSV),
        ]
    ):
        path = tmp_path / f"{number}.pdf"
        write(path)
        assert load(path, None, DEFAULT_LIMITS).format is kind


def test_macro_workbook(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    files.write_xlsx(path, {"A": ROWS})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x" * 10)
    assert read_apart(path).preview.format == "xlsm"


# --- passwords ---------------------------------------------------------------------------------


def encrypt(path: Path, password: str) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = io.BytesIO(path.read_bytes())
    with path.open("wb") as out:
        OOXMLFile(plain).encrypt(password, out)


def test_password_is_asked_for_and_used(tmp_path: Path) -> None:
    path = tmp_path / "geheim.xlsx"
    files.write_xlsx(path, {"A": ROWS})
    encrypt(path, "segredo")
    asked = refusal(path)
    assert asked.field == "password"
    assert "enter it" in str(asked)
    wrong = refusal(path, password="errado")
    assert wrong.field == "password"
    assert "does not open" in str(wrong)
    assert read_apart(path, password="segredo").drafts[0].name == "Ana Silva"


def test_excels_own_password_is_tried_silently(tmp_path: Path) -> None:
    path = tmp_path / "protected.xlsx"
    files.write_xlsx(path, {"A": ROWS})
    encrypt(path, "VelvetSweatshop")
    assert read_apart(path).drafts[0].name == "Ana Silva"


# --- hostile files -----------------------------------------------------------------------------


def bomb(path: Path, size: int, declared: int | None = None) -> None:
    """A workbook whose sheet unpacks to `size` bytes; its directory may tell less."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = bytearray()
    block = bytes(1 << 20).replace(b"\0", b" ")
    head = b'<?xml version="1.0"?><worksheet>'
    check = zlib.crc32(head)
    packed += deflate.compress(head)
    for _n in range(size >> 20):
        packed += deflate.compress(block)
        check = zlib.crc32(block, check)
    packed += deflate.flush()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.parts("").items():
            if "sheet1" not in name:
                archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet1.xml", "x")
    data = bytearray(path.read_bytes())
    name = b"xl/worksheets/sheet1.xml"
    real = declared if declared is not None else len(head) + (size >> 20 << 20)
    local = data.find(b"PK\x03\x04", data.find(b"workbook.xml.rels") + 20)
    central = data.find(b"PK\x01\x02")
    header = data[local : local + 30 + len(name)]
    header[8:10] = struct.pack("<H", 8)
    header[14:26] = struct.pack("<III", check, len(packed), real)
    directory = bytearray(data[central:])
    entry = directory.rfind(b"PK\x01\x02")
    directory[entry + 10 : entry + 12] = struct.pack("<H", 8)
    directory[entry + 16 : entry + 28] = struct.pack("<III", check, len(packed), real)
    end = directory.rfind(b"PK\x05\x06")
    directory[end + 16 : end + 20] = struct.pack("<I", local + len(header) + len(packed))
    path.write_bytes(bytes(data[:local]) + bytes(header) + bytes(packed) + bytes(directory))


SMALL = DEFAULT_LIMITS._replace(ratio_from=20 << 20)


def test_zip_bomb_is_refused_by_what_it_declares(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    bomb(path, 64 << 20)
    assert path.stat().st_size < 1 << 20
    assert "unpack to far more" in str(refusal(path, SMALL))
    assert "unpack to far more" in str(refusal(path, DEFAULT_LIMITS._replace(part_size=60 << 20)))


def test_zip_bomb_that_lies_is_refused_while_unpacking(tmp_path: Path) -> None:
    path = tmp_path / "liar.xlsx"
    bomb(path, 64 << 20, declared=4000)
    assert "unpack to far more" in str(refusal(path, SMALL))


def test_doctype_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "entity.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.parts("").items():
            if name == "xl/workbook.xml":
                text = text.replace("?><", '?><!DOCTYPE x [<!ENTITY a "b">]><', 1)
            archive.writestr(name, text)
    assert "DOCTYPE" in str(refusal(path))


def test_file_above_the_size_cap(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_bytes(b"a,b\n" * 600_000)
    assert "up to 1 MB" in str(refusal(path, DEFAULT_LIMITS._replace(file_size=1 << 20)))
