"""What Office and LibreOffice write into HTML beside the text: types, formats, sheets' names.

Sources: "Microsoft Office HTML and XML Reference" (`x:num`, `mso-number-format`,
`<x:ExcelWorkbook>`), LibreOffice sc/source/filter/html (`sdval`, `sdnum`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from crm_desktop.bridge.files.sparse import is_date_format
from crm_desktop.bridge.files.tokens import unescape

_MOST_COLSPAN = 1000  # as the standard says
_MOST_ROWSPAN = 65_534
_MOST_CSS = 1 << 20

_ATTR = re.compile(r"""([^\s=>"'/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?""")
_CLASS = re.compile(r"\.([\w-]+)")
_FORMAT = re.compile(
    r"""mso-number-format\s*:\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^;"']+))""",
    re.IGNORECASE,
)
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{4})|(.))")
_NAMED_DATES = re.compile(r"(?:(?:short|medium|long|general) (?:date|time))$", re.IGNORECASE)
_SHEET_XML = re.compile(r"<x:ExcelWorksheet>(.{0,20000}?)</x:ExcelWorksheet>", re.DOTALL)
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,200})</x:Name>")
_SHEET_SOURCE = re.compile(r"""<x:WorksheetSource\s+HRef\s*=\s*["']([^"']{1,500})["']""", re.I)
SHEET_HIDDEN = re.compile(r"<x:Visible>\s*Sheet(?:Very)?Hidden\s*<")


class SheetLink(NamedTuple):
    """A sheet of a workbook saved as several pages."""

    name: str
    source: str
    hidden: bool


class Kind(NamedTuple):
    """What the attributes of a cell say."""

    colspan: int = 1
    rowspan: int = 1
    typed: str = ""  # num, bool, err, str
    number: str = ""
    format: str = ""
    classes: str = ""


PLAIN = Kind()


def css_formats(css: str) -> dict[str, str]:
    """The number format of each class of a style sheet that has one."""
    formats = {}
    if "mso-number-format" in css:
        for rule in css[:_MOST_CSS].split("}"):
            selector, _brace, body = rule.partition("{")
            code = _css_format(body)
            if code and code != "General":
                formats.update(dict.fromkeys(_CLASS.findall(selector), code))
    return formats


def office_sheets(office: str) -> list[SheetLink]:
    """The sheets that `<x:ExcelWorkbook>` lists."""
    sheets = []
    for match in _SHEET_XML.finditer(office):
        about = match.group(1)
        name, source = _SHEET_NAME.search(about), _SHEET_SOURCE.search(about)
        if name:
            link = unescape(source.group(1)) if source else ""
            hidden = bool(SHEET_HIDDEN.search(about))
            sheets.append(SheetLink(unescape(name.group(1)).strip(), link, hidden))
    return sheets


def attributes(attrs: str) -> dict[str, str]:
    """The attributes of a tag by name in lower case; of doubles the first counts."""
    found: dict[str, str] = {}
    for key, value in _ATTR.findall(attrs):
        if value[:1] in ('"', "'"):
            value = value[1:-1]
        found.setdefault(key.lower(), unescape(value) if "&" in value else value)
    return found


@lru_cache(maxsize=4096)
def cell_kind(attrs: str) -> Kind:
    """What a cell's attributes say; most say nothing that matters and give `PLAIN`."""
    given = attributes(attrs)
    colspan = _span(given.get("colspan"), _MOST_COLSPAN)
    rowspan = _span(given.get("rowspan"), _MOST_ROWSPAN)
    code = _css_format(given["style"]) if "style" in given else ""
    typed = number = ""
    for key in ("num", "bool", "err", "str"):
        if "x:" + key in given:
            typed, number = key, given["x:" + key]
    if not typed and "sdval" in given:
        typed, number = "num", given["sdval"]
        code = code or given.get("sdnum", "").split(";", 2)[-1]
    elif not code and "sdnum" in given:
        code = given["sdnum"].split(";", 2)[-1]
    kind = Kind(colspan, rowspan, typed, number, code, given.get("class", ""))
    return PLAIN if kind[:5] == PLAIN[:5] else kind


def _span(text: str | None, most: int) -> int:
    if not text:
        return 1
    text = text.strip()[:12]
    if text == "0" and most == _MOST_ROWSPAN:
        return most  # down to the end of the rows' group
    return min(int(text), most) or 1 if text.isdecimal() else 1


def _css_format(css: str) -> str:
    match = _FORMAT.search(css) if "mso-number-format" in css else None
    if match is None:
        return ""
    code = next((g for g in match.groups() if g is not None), "")
    return _CSS_ESCAPE.sub(_css_unescape, code).strip()


def _css_unescape(match: re.Match[str]) -> str:
    return chr(int(match.group(1), 16)) if match.group(1) else match.group(2)


def is_date_code(code: str) -> bool:
    """Whether a number format of Office's HTML or XML, which may be a name, shows a date."""
    if not code or code in ("General", "@", "Standard", "Fixed", "Currency", "Percent"):
        return False
    return bool(_NAMED_DATES.match(code)) or is_date_format(code)
