"""Web pages saved as one file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from opened import opened
from writers_markup import Letter, mhtml, workbook_frame

from crm_desktop.domain.errors import UserError

TABS = "<table><tr><td><a href=sheet001.htm>Ativos</a><td>Antigos</table>" * 3


def table(*rows: str) -> str:
    return f"<html><table>{''.join(f'<tr>{r}' for r in rows)}</table></html>"


@pytest.mark.parametrize("packing", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_a_workbook_of_several_sheets(tmp_path: Path, packing: str, end: str) -> None:
    css = '.xl25 {mso-number-format:"Short Date";}'
    long = "muito " * 60
    ativos = table("<td>Nome<td>Desde", f"<td>João<br>{long}=3D<td class=xl25 x:num=38353>x")
    hidden = "<!--<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>-->"
    letter = mhtml(
        [
            Letter("file:///C:/A/Livro.htm", workbook_frame("Ativos", "Antigos &amp; Cª", "Vazia")),
            Letter("file:///C:/A/Livro_files/stylesheet.css", css, "text/css", "us-ascii", packing),
            Letter("file:///C:/A/Livro_files/tabstrip.htm", TABS, "text/html", "us-ascii"),
            Letter("file:///C:/A/Livro_files/sheet002.htm", hidden + table("<td>Nome", "<td>王")),
            Letter("file:///C:/A/Livro_files/sheet001.htm", ativos, "text/html", "utf-8", packing),
            Letter("file:///C:/A/Livro_files/sheet003.htm", "<html><body></body></html>"),
            Letter("file:///C:/A/Livro_files/filelist.xml", "<xml/>", "text/xml"),
        ],
        end=end,
    )
    found = opened(tmp_path / "Livro.xls", letter)
    assert found.format == "mhtml"
    assert found.names == ["Ativos", "Antigos & Cª", "Vazia"]
    assert found.hidden == [False, True, False]
    assert found.sheets == [
        [["Nome", "Desde"], [f"João\n{long.strip()} =3D", dt.date(2005, 1, 1)]],
        [["Nome"], ["王"]],
        [],
    ]


def test_a_browsers_letter_has_headers_of_its_own(tmp_path: Path) -> None:
    letter = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.pt/lista\r\n"
        b"Subject: =?utf-8?Q?Lista?=\r\nDate: Mon, 1 Jan 2024 10:00:00 -0000\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        b'\tboundary="----MultipartBoundary--x----"\r\n\r\n\r\n'
        b"------MultipartBoundary--x----\r\nContent-Type: text/html\r\n"
        b"Content-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b"Content-Location: https://x.pt/lista\r\n\r\n"
        b'<!DOCTYPE html><html><head><meta http-equiv=3D"Content-Type" content=3D"text/html; =\r\n'
        b'charset=3DUTF-8"></head><table><tr><td>Nome<td>Cidade<tr><td>Jo=C3=A3o<td>=C3=89vora</table>'
        b"\r\n------MultipartBoundary--x----\r\nContent-Type: image/png\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
        b"------MultipartBoundary--x------\r\n"
    )
    found = opened(tmp_path / "lista.mhtml", letter)
    assert found.rows == [["Nome", "Cidade"], ["João", "Évora"]]


def test_a_letter_with_one_page_and_no_parts(tmp_path: Path) -> None:
    letter = (
        "MIME-Version: 1.0\nContent-Type: text/html; charset=iso-8859-1\n"
        "Content-Transfer-Encoding: 8bit\n\n" + table("<td>Nome", "<td>João")
    )
    assert opened(tmp_path / "a.xls", letter, encoding="latin-1").rows == [["Nome"], ["João"]]


@pytest.mark.parametrize("charset", ["gb2312", "big5", "windows-1252", "utf-8"])
def test_charsets_of_parts(tmp_path: Path, charset: str) -> None:
    name = {"gb2312": "王秀英", "big5": "陳雅婷"}.get(charset, "João")
    letter = mhtml([Letter("a.htm", table("<td>Name", f"<td>{name}"), charset=charset)])
    assert opened(tmp_path / "a.mht", letter).rows[1] == [name]


def test_of_letters_that_are_cut_off_the_rest_is_read(tmp_path: Path) -> None:
    rows = [f"<td>Ana {n}<td>91234{n:04}" for n in range(200)]
    letter = mhtml([Letter("a.htm", table("<td>Nome<td>Tel", *rows))])
    found = opened(tmp_path / "a.mht", letter[: len(letter) // 2])
    assert found.rows[:2] == [["Nome", "Tel"], ["Ana 0", "912340000"]]
    assert 80 < len(found.rows) < 120


def test_base64_that_is_cut_off_says_so(tmp_path: Path) -> None:
    letter = mhtml([Letter("a.htm", table("<td>Nome" * 99), packing="base64")])
    end = letter.rindex(b"\n", 0, len(letter) // 2)
    with pytest.raises(UserError, match="damaged"):
        opened(tmp_path / "a.mht", letter[: end - 3])


def test_letters_without_a_page_say_so(tmp_path: Path) -> None:
    for letter in (
        mhtml([]),
        mhtml([Letter("a.txt", "olá", "text/plain")]),
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n",
    ):
        with pytest.raises(UserError, match="web page without a table"):
            opened(tmp_path / "a.mht", letter)
    with pytest.raises(UserError, match="damaged"):
        opened(tmp_path / "a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nx")


def test_a_text_table_that_begins_with_a_colon_is_no_letter(tmp_path: Path) -> None:
    text = "Nome: Ana\nTel: 912\n\nNome: Rui\n"
    assert opened(tmp_path / "a.txt", text).format == "csv"


def test_parts_within_parts_end_somewhere(tmp_path: Path) -> None:
    letter = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n"
    for n in range(200):
        letter += b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1)
    with pytest.raises(UserError, match="without a table"):
        opened(tmp_path / "a.mht", letter)
