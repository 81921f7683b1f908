"""Tables in text, whatever they are called and however they are written."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from opened import Read, opened

LISTS: dict[str, tuple[str, list[list[str]]]] = {
    "simplified": ("gb18030", [["姓名", "手机", "公司"], ["王秀英", "13800138000", "海风旅行社"]]),
    "simplified short": ("gb18030", [["姓名"], ["张三"], ["李四"]]),
    "rare simplified": ("gb18030", [["姓名", "城市"], ["朱镕基", "北京"], ["陶喆", "台北"]]),
    "traditional": ("big5", [["姓名", "手機", "公司"], ["陳雅婷", "0912345678", "國際旅行社"]]),
    "hong kong": ("big5hkscs", [["姓名", "地址"], ["陳大文", "香港九龍旺角彌敦道"]]),
    "japanese": ("cp932", [["氏名", "電話", "住所"], ["山田太郎", "090-1234-5678", "東京都港区"]]),
    "korean": ("cp949", [["이름", "전화", "주소"], ["김민수", "010-1234-5678", "서울시 강남구"]]),
    "portuguese": ("cp1252", [["Nome", "Observações"], ["João Conceição", "não à tarde – “só”"]]),
    "german": ("cp1252", [["Name", "Straße"], ["Jürgen Müller", "Königstraße 5"], ["Groß", "ß"]]),
    "french": ("cp1252", [["Prénom", "Société"], ["Hélène", "Crêperie à l’Étoile"], ["Zoé", "œ"]]),
    "russian": ("cp1251", [["Имя", "Город"], ["Анна Иванова", "Москва"], ["Пётр", "Тверь"]]),
    "czech": (
        "cp1250",
        [["Jméno", "Město"], ["Jiří Dvořák", "České Budějovice"], ["Šárka", "Plzeň"]],
    ),
    "turkish": (
        "cp1254",
        [["Ad", "Şehir"], ["Ayşe Yılmaz", "İstanbul"], ["Gül Şahin", "Eskişehir"]],
    ),
    "greek": ("cp1253", [["Όνομα", "Πόλη"], ["Μαρία Παπαδοπούλου", "Αθήνα"], ["Γιώργος", "Πάτρα"]]),
}
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


def as_csv(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("case", LISTS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_legacy_encodings(tmp_path: Path, case: str, delimiter: str) -> None:
    encoding, rows = LISTS[case]
    text = as_csv(rows, delimiter)
    assert opened(tmp_path / "a.csv", text, encoding=encoding).rows == rows


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("case", LISTS)
def test_unicode_with_and_without_a_mark(tmp_path: Path, case: str, encoding: str) -> None:
    rows = LISTS[case][1]
    assert opened(tmp_path / "a.txt", as_csv(rows, "\t"), encoding=encoding).rows == rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.tsv", "a"])
def test_text_under_any_name(tmp_path: Path, name: str, delimiter: str) -> None:
    rows = [["Nome", "Morada", "Tel"], ["Ana Silva", "Rua A, 5; 2|B", "912345678"], ["Rui", "", ""]]
    found = opened(tmp_path / name, as_csv(rows, delimiter))
    assert (found.format, found.rows) == ("csv", [["Nome", "Morada", "Tel"], rows[1], ["Rui"]])


def test_a_foreign_letter_far_below(tmp_path: Path) -> None:
    rows = [["Name", "City"], *[["Ann Lee", "York"]] * 20_000, ["José", "Málaga"]]
    assert opened(tmp_path / "a.csv", as_csv(rows), encoding="cp1252").rows[-1] == rows[-1]
    assert opened(tmp_path / "b.csv", as_csv(rows), encoding="utf-8").rows[-1] == rows[-1]


def test_sep_line(tmp_path: Path) -> None:
    for text in ("sep=;\r\nNome;Valor\r\nAna;1,5,6\r\n", "\ufeffsep=;\nNome;Valor\nAna;1,5,6\n"):
        found = opened(tmp_path / "a.csv", text)
        assert found.rows == [[], ["Nome", "Valor"], ["Ana", "1,5,6"]]
    assert opened(tmp_path / "a.csv", "sep=\t\nNome\tTel\nAna\t9\n").rows[1:] == [
        ["Nome", "Tel"],
        ["Ana", "9"],
    ]
    quoted = opened(tmp_path / "a.csv", '"sep=;"\nNome;Valor\nAna;1,5\n')
    assert quoted.rows[1:] == [["Nome", "Valor"], ["Ana", "1,5"]]


def test_quotes_with_breaks_and_delimiters_inside(tmp_path: Path) -> None:
    text = 'Nome,Nota,Tel\r\nAna,"um, ""dois""\r\ntrês",9\r\n"Silva, Rui",,8\r\n'
    assert opened(tmp_path / "a.csv", text).rows == [
        ["Nome", "Nota", "Tel"],
        ["Ana", 'um, "dois"\r\ntrês', "9"],
        ["Silva, Rui", "", "8"],
    ]


def test_quotes_that_are_letters(tmp_path: Path) -> None:
    text = 'Nome;Produto;Tel\nAna;Tubo 5";9\nRui;"Grande" e 3";8\nEva;x;7\n'
    assert opened(tmp_path / "a.csv", text).rows[1:] == [
        ["Ana", 'Tubo 5"', "9"],
        ["Rui", '"Grande" e 3"', "8"],
        ["Eva", "x", "7"],
    ]


def test_ragged_rows_blank_lines_and_zeros(tmp_path: Path) -> None:
    text = "Nome;Tel;Nota\n\nAna;9\nRui;8;x;y;z\n;;\nE\0va;7\n"
    assert opened(tmp_path / "a.csv", text).rows == [
        ["Nome", "Tel", "Nota"],
        [],
        ["Ana", "9"],
        ["Rui", "8", "x", "y", "z"],
        [],
        ["Eva", "7"],
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    text = end.join(["Nome,Tel", "Ana,9", "Rui,8"])
    assert opened(tmp_path / "a.csv", text).rows == [["Nome", "Tel"], ["Ana", "9"], ["Rui", "8"]]


def test_commas_within_fields_that_semicolons_part(tmp_path: Path) -> None:
    text = "Nome;Morada;Saldo\nAna;Rua A, 5, 2.º;1,50\nRui;Rua B, 6, 3.º;2,50\n"
    assert opened(tmp_path / "a.csv", text).rows[1] == ["Ana", "Rua A, 5, 2.º", "1,50"]


def test_one_column(tmp_path: Path) -> None:
    text = "E-mail\na@x.pt\nb@x.pt\n"
    assert opened(tmp_path / "a.txt", text).rows == [["E-mail"], ["a@x.pt"], ["b@x.pt"]]


def test_customers_of_a_tab_text_that_is_called_xls(tmp_path: Path) -> None:
    path = tmp_path / "客户.xls"
    path.write_bytes("姓名\t手机\t城市\r\n王秀英\t13800138000\t上海\r\n".encode("utf-16"))
    found = Read(path, "CN")
    assert found.columns == {"姓名": "name", "手机": "phone/mobile", "城市": "city"}
    assert [(d.name, d.contact_points[0].value) for d in found.drafts] == [
        ("王秀英", "+8613800138000")
    ]
