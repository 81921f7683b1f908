"""Cells of forms as labels: "Nome:", "Nome: Ana", and the lines that are there to be written on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.sheets import detect
from crm_desktop.bridge.sheets.synonyms import meanings
from crm_desktop.bridge.values.text import Value, tidy_line

LONGEST_LABEL = 40
COLONS = ":："
# "____", "__/__/____", "......": nothing but what somebody may write on.
_LINE = re.compile(r"(?=.*(?:[_＿]{2}|\.{3}|…|-{3}|—{2}))[_＿.…\-—/|()\s]+")
_MAY_BE_LINE = ("__", "＿", "...", "…", "---", "——")


def label_of(value: Value) -> str:
    """The label that a cell holds, "" for none."""
    if not isinstance(value, str):
        return ""
    text = tidy_line(value)
    bare = text.rstrip(COLONS).strip()
    if not bare or len(bare) > LONGEST_LABEL or detect.is_contact(bare):
        return ""
    return bare if text != bare or meanings(bare) else ""


def plain_label(value: Value) -> str:
    """A text as a label, known or not; "" for what is none."""
    if not isinstance(value, str):
        return ""
    text = tidy_line(value).rstrip(COLONS).strip()
    return "" if len(text) > LONGEST_LABEL or detect.is_contact(text) else text


def inline(value: Value) -> tuple[str, Value] | None:
    """`Label: value` in one cell."""
    if not isinstance(value, str):
        return None
    text = tidy_line(value)
    for colon in COLONS:
        label, found, said = text.partition(colon)
        if found and said.strip() and not said.startswith("//") and meanings(label.strip()):
            return label.strip(), said.strip()
    return None


def without_lines(rows: Iterable[Row]) -> list[Row]:
    """Rows without the lines to write on: "____" is blank, "Nome: ____" is "Nome:"."""
    return [[_unlined(v) for v in row] if any(map(_may_be_line, row)) else row for row in rows]


def _may_be_line(value: Value) -> bool:
    return isinstance(value, str) and any(mark in value for mark in _MAY_BE_LINE)


def _unlined(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    if _LINE.fullmatch(value):
        return ""
    for colon in COLONS:
        label, found, said = value.partition(colon)
        if found and _LINE.fullmatch(said):
            return label + colon
    return value
