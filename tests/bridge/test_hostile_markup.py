"""Markup and cards made to hang, crash or fill the memory; time grows with the file alone."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from opened import opened

from crm_desktop.bridge.process.reader import Reader
from crm_desktop.domain.errors import UserError

HEAD = "<table><tr><td>Nome<td>Tel<tr><td>Ana<td>912345678"


def seconds(path: Path, content: str) -> float:
    start = time.process_time()
    with contextlib.suppress(UserError):
        opened(path, content)
    return time.process_time() - start


HOSTILE = {
    "tags without end": lambda n: HEAD + "<td <td " * n,
    "quotes without end": lambda n: HEAD + '<td a="' * n,
    "other quotes": lambda n: HEAD + "<td a='<td b=\"" * n,
    "brackets in quotes": lambda n: HEAD + '<td a="' + "<" * n + '">x',
    "only brackets": lambda n: HEAD + "<" * n,
    "comments without end": lambda n: HEAD + "<!--" * n,
    "comments": lambda n: HEAD + "<!---->" * n,
    "styles": lambda n: "<style>" + ".a{" * n + "</style>" + HEAD,
    "formats": lambda n: '<style>.a{mso-number-format:"' + "\\" * n + "</style>" + HEAD,
    "declarations": lambda n: HEAD + "<![CDATA[" * n,
    "deep tables": lambda n: HEAD + "<table><tr><td>" * n,
    "deep spans": lambda n: HEAD + "<td>" + "<span style='display:none'>" * n,
    "entities": lambda n: HEAD + "<td>" + "&amp" * n + "&#" + "9" * n,
    "blanks": lambda n: "<html" + " " * n + HEAD,
    "equal signs": lambda n: HEAD + "<td " + "=" * n + ">",
    "one long text": lambda n: HEAD + "<td>" + "x " * n,
    "xml prolog": lambda n: "<?xml " + "<? " * n,
    "cards": lambda n: "BEGIN:VCARD\n" + "N:a;b\n " * n,
    "soft breaks": lambda n: "BEGIN:VCARD\nNOTE;QUOTED-PRINTABLE:" + "=\n" * n,
    "backslashes": lambda n: "BEGIN:VCARD\nN:" + "\\" * n + ";b\nTEL:1",
    "parameters": lambda n: "BEGIN:VCARD\nN" + ";a" * n + ":b\nTEL" + ';"' * n,
    "begins": lambda n: "BEGIN:VCARD\nAGENT:\n" * n,
    "letter": lambda n: (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n" + "--a\n\n" * n
    ),
    "letter's head": lambda n: "MIME-Version: 1.0\n" + "A: b\n" * n,
    "colons": lambda n: "a:" * n,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_time_grows_with_the_file_alone(tmp_path: Path, case: str) -> None:
    make = HOSTILE[case]
    path = tmp_path / "a.xls"
    # Eight times as much takes eight times as long, or sixty-four times: a machine whose clock
    # doubles meanwhile is told apart from that by another try.
    tries = []
    for _try in range(3):
        tries.append((seconds(path, make(20_000)), seconds(path, make(160_000))))
        few, many = tries[-1]
        if many < max(2.0, few * 32):
            return
    raise AssertionError(f"the time grows with the square of the file: {tries}")


def test_vast_spans(tmp_path: Path) -> None:
    text = "<table><tr><td colspan=1000000000 rowspan=99999999999>Nome<td>Tel</tr>"
    text += "<tr><td>x<td colspan=-5>y<td colspan='2 '>z</tr></table>"
    rows = opened(tmp_path / "a.xls", text).rows
    assert [(j, v) for j, v in enumerate(rows[0]) if v] == [(0, "Nome"), (1000, "Tel")]
    assert [(j, v) for j, v in enumerate(rows[1]) if v] == [(1000, "x"), (1001, "y"), (1002, "z")]
    with pytest.raises(UserError, match="16,384 columns"):
        opened(tmp_path / "b.xls", "<table><tr>" + "<td colspan=1000>x" * 17)


def test_entities_are_refused(tmp_path: Path) -> None:
    for text in (
        '<!DOCTYPE html [<!ENTITY a "b">]><html>' + HEAD,
        '<!DOCTYPE lolz [<!ENTITY lol "lol">]><lolz>&lol;</lolz>',
    ):
        with pytest.raises(UserError, match=r"DOCTYPE|XML file"):
            opened(tmp_path / "a.xls", text)


def test_a_hundred_thousand_rows_in_the_process_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    row = (
        "<tr><td>Ana {0}</td><td class=x>9123{0:05}</td><td>a{0}@x.pt</td><td>Rua A, {0}</td></tr>"
    )
    with path.open("w") as file:
        file.write("<html><table border=1><tr><th>Nome<th>Tel<th>Email<th>Morada</tr>\n")
        file.writelines(row.format(n) + "\n" for n in range(100_000))
        file.write("</table></html>")
    with Reader(path, "PT") as reader:
        preview = reader.inspect()
        assert (preview.format, preview.sheets[0].rows) == ("html", 100_000)
        assert sum(len(batch) for batch in reader.rows(preview.sheets[0].plan)) == 100_000


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.95])
def test_cut_off_pages_and_cards_give_what_is_left(tmp_path: Path, share: float) -> None:
    page = "<table>" + "<tr><td title='a'>Ana</td><td>912345678</td></tr>" * 300
    cards = "BEGIN:VCARD\r\nFN:Ana\r\nTEL:912345678\r\nEND:VCARD\r\n" * 300
    for number, text in enumerate((page, cards)):
        found = opened(tmp_path / f"{number}.xls", text[: int(len(text) * share)])
        assert abs(len(found.rows) - 300 * share) <= 3
