"""What files are, by their bytes, and which of them a computer would run."""

from __future__ import annotations

from datetime import date

import pytest

from crm_desktop.domain.documents import DocumentFacts, Expiry, expiry
from crm_desktop.domain.media import ending, file_name, media_type, runs


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n....", "contract.pdf", "image/png"),
        (b"\xff\xd8\xff\xe1", "", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "", "image/webp"),
        (b"BM\x36\x00\x00\x00\x00\x00\x00\x00", "", "image/bmp"),
        (b"BMW brochure", "a.txt", "text/plain"),
        (b"%PDF-1.7", "a.png", "application/pdf"),
        (b"\r\n%PDF-1.4", "", "application/pdf"),
        (
            b"PK\x03\x04",
            "a.DOCX",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"PK\x03\x04", "a.bin", "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "application/msword"),
        (b"\xd7\xcd\xc6\x9a\x00", "", "image/wmf"),
        (b"\x01\x00\x00\x00" + bytes(36) + b" EMF", "", "image/emf"),
        (b"\x00\x00\x00\x18ftypheic", "", "image/heic"),
        (b"<?xml version='1.0'?><svg xmlns=", "", "image/svg+xml"),
        (b"Name;Phone", "a.csv", "text/csv"),
        (b"\x00\x01\x02", "a.csv", "application/octet-stream"),
        (b"", "", "application/octet-stream"),
    ],
)
def test_the_bytes_say_what_a_file_is(head: bytes, name: str, kind: str) -> None:
    assert media_type(head, name) == kind


@pytest.mark.parametrize(
    "name",
    [
        "a.exe",
        "A.EXE",
        "a.pdf.exe",
        "a.exe ",
        "a.exe...",
        "a\u202etxt.exe",
        "a.Lnk",
        "x.settingcontent-ms",
        "a.jar",
        "a.ps1",
        "a.desktop",
        "a.command",
        "a.appimage",
        "a.msi",
        "a.reg",
        "a.url",
        "a.iso",
    ],
)
def test_these_names_run(name: str) -> None:
    assert runs(name, b"")


@pytest.mark.parametrize("name", ["a.pdf", "exe", "a.exe.pdf", "a.docx", "", ".exe2", "a.jpg"])
def test_these_names_do_not(name: str) -> None:
    assert not runs(name, b"%PDF-1.7")


@pytest.mark.parametrize("head", [b"MZ\x90", b"\x7fELF", b"#!/bin/sh", b"\xcf\xfa\xed\xfe"])
def test_these_bytes_run_whatever_they_are_called(head: bytes) -> None:
    assert runs("invoice.pdf", head)


@pytest.mark.parametrize(
    ("wanted", "media", "name"),
    [
        ("../../etc/passwd", "", "etc-passwd"),
        ("C:\\Users\\x.pdf", "", "C-Users-x.pdf"),
        ("con.pdf", "application/pdf", "_con.pdf"),
        ("Passport", "image/png", "Passport.png"),
        ("Foto (a.xlsx, row 2)", "image/jpeg", "Foto (a.xlsx, row 2).jpg"),
        ("护照.pdf", "application/pdf", "护照.pdf"),
        ("a\u202efdp.exe", "", "afdp.exe"),
        ("x" * 300 + ".pdf", "application/pdf", "x" * 117 + ".pdf"),
        (" . ", "", "document"),
        ("", "application/pdf", "document.pdf"),
    ],
)
def test_names_that_every_system_takes(wanted: str, media: str, name: str) -> None:
    assert file_name(wanted, media) == name


def test_endings() -> None:
    assert [ending(n) for n in ("a.PDF", "a", "a.tar.gz", "a.pdf. ", "")] == [
        "pdf",
        "",
        "gz",
        "pdf",
        "",
    ]


@pytest.mark.parametrize(
    ("last", "state"),
    [
        (None, Expiry.NONE),
        ("2026-11-21", Expiry.EXPIRED),
        ("2026-11-22", Expiry.SOON),
        ("2027-02-20", Expiry.SOON),
        ("2027-02-21", Expiry.VALID),
    ],
)
def test_a_document_is_valid_on_its_last_day(last: str | None, state: Expiry) -> None:
    assert expiry(DocumentFacts(expires_on=last), date(2026, 11, 22)) is state
