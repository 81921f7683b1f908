"""The guide's files that are no plain workbooks: text tables, a web page, cards, a password."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from guide_samples import PASSWORD, workbook
from msoffcrypto.format.ooxml import OOXMLFile

_PEOPLE = [
    ["Name", "Phone", "City"],
    ["Ana Ferreira", "912 345 701", "Évora"],
    ["João Conceição", "912 345 751", "Setúbal"],
]
_CHINESE = [
    ["姓名", "手机", "城市"],
    ["王秀英", "13800138001", "上海"],
    ["李建国", "13900139002", "杭州"],
]
_CARD = """BEGIN:VCARD
VERSION:3.0
N:Ferreira;Ana;;;
FN:Ana Ferreira
ORG:Mar Alto\\, Lda.
TEL;TYPE=CELL:+351 912 345 701
TEL;TYPE=HOME:213 456 701
EMAIL:ana.ferreira@example.org
ADR;TYPE=HOME:;;Rua do Sol\\, 5;Lisboa;;1200-001;Portugal
BDAY:1961-04-03
NOTE:Wants a quiet room.
PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgo=
END:VCARD
"""
_OUTLOOK = """
First Name|Last Name|Company|Business Phone|Mobile Phone|E-mail Address|Birthday|Categories|Spouse
Rui|Tavares|||912 345 702|rui.tavares@example.org|0/0/00|Regulars;Cruises|Clara
Carla|Neves|Mar Alto, Lda.|213 456 720||carla@maralto.example|0/0/00|Firms|
"""
_GOOGLE = """
First Name|Last Name|Labels|E-mail 1 - Label|E-mail 1 - Value|Phone 1 - Label|Phone 1 - Value
Inês|Moura|Regulars ::: * myContacts|Home|ines@example.org|Mobile|912 345 703 ::: 213 456 703
Tomás|Lobo|* myContacts|Work|tomas.lobo@example.org|Mobile|912 345 704
"""
_OWN = {
    "format": "crm-desktop",
    "version": 1,
    "customers": [
        {
            "id": 1,
            "kind": "person",
            "name": "Vera Duarte",
            "phones": [{"number": "+351912345709", "raw": "912 345 709", "label": "mobile"}],
            "stage": "customer",
        }
    ],
}


def write_formats(folder: Path) -> list[Path]:
    """One small file of every sort, and one with a password."""
    folder.mkdir(parents=True, exist_ok=True)
    page = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in _PEOPLE)
    page = f"<html><body><table>{page}</table></body></html>"
    contents = {
        "Report from the bank.xls": page.encode("utf-8"),
        "Old program.csv": _table(_PEOPLE, ";").encode("cp1252"),
        "客户.csv": _table(_CHINESE, ",").encode("gb18030"),
        "Phone book.vcf": _CARD.replace("\n", "\r\n").encode("utf-8"),
        "Outlook contacts.csv": _table(_lines(_OUTLOOK), ",").encode("cp1252"),
        "Google contacts.csv": _table(_lines(_GOOGLE), ",").encode("utf-8"),
        "customers.json": json.dumps(_OWN).encode("utf-8"),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [*(folder / name for name in contents), write_locked(folder / "Locked.xlsx")]


def write_locked(path: Path) -> Path:
    """A workbook that asks for `PASSWORD`."""
    plain = workbook(path, {"Customers": _PEOPLE}).read_bytes()
    sealed = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(PASSWORD, sealed)
    path.write_bytes(sealed.getvalue())
    return path


def _table(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def _lines(text: str) -> list[list[str]]:
    return [line.split("|") for line in text.strip().splitlines()]
