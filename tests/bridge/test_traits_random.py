"""Traits placed at random come back as they were written, and both ways of reading agree."""

from __future__ import annotations

import itertools
from pathlib import Path

import openpyxl
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment as Note
from openpyxl.styles import Font, PatternFill
from writers_traits import traits_of

from crm_desktop.bridge.files.formats import load
from crm_desktop.bridge.files.ooxml import Package
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS
from crm_desktop.bridge.traits.marks import drop_wide_fills
from crm_desktop.bridge.traits.model import Area, Comment, Traits
from crm_desktop.bridge.traits.sheet import read_sheet_part, read_slowly
from crm_desktop.bridge.traits.styles import read_looks

cells = st.tuples(st.integers(1, 60), st.integers(0, 30))
texts = st.text("abcá中é <>&\"'!#=(", min_size=1, max_size=12).map(str.strip).filter(bool)
kinds = st.fixed_dictionaries(
    {
        "value": st.one_of(texts, st.integers(0, 10**6), st.none()),
        "formula": st.sampled_from([None, None, None, "SUM(A1:A9)", "A1*2", 'B1&"<f>"']),
        "struck": st.booleans(),
        "fill": st.sampled_from(["", "", "#FF0000", "#00FF00", "#FFFFFF"]),
        "code": st.sampled_from(["General", "General", "000 000", "dd/mm/yyyy", '@" x"']),
        "note": st.one_of(st.none(), texts),
    }
)
sheets = st.fixed_dictionaries(
    {
        "cells": st.dictionaries(cells, kinds, max_size=25),
        "rows": st.sets(st.integers(1, 70), max_size=5),
        "columns": st.sets(st.integers(0, 40), max_size=4),
        "merged": st.sampled_from([None, Area(65, 1, 66, 3), Area(70, 0, 70, 5)]),
    }
)


def expected(sheet: dict, *, computes: bool) -> Traits:
    traits = Traits(cells=0)
    traits.hidden_rows, traits.hidden_columns = set(sheet["rows"]), set(sheet["columns"])
    if sheet["merged"]:
        traits.merged = [sheet["merged"]]
    for cell, kind in sheet["cells"].items():
        holds = kind["value"] is not None or kind["formula"] is not None
        traits.cells += (kind["formula"] is None or computes) and holds
        if kind["formula"] is not None:
            if not computes:
                traits.unevaluated.add(cell)
            if "SUM" in kind["formula"]:
                traits.sums.add(cell)
        if holds and kind["struck"]:
            traits.struck.add(cell)
        if holds and kind["code"] in ("000 000", '@" x"'):
            traits.number_formats[cell] = kind["code"]
        if kind["fill"] not in ("", "#FFFFFF") and (
            holds or begins(sheet, cell, noted=not computes) or leads(sheet, cell)
        ):
            traits.fills[cell] = kind["fill"]
        if kind["note"]:
            traits.comments[cell] = Comment(kind["note"], "Eu")
    rows = {row for row, _column in written(sheet, noted=not computes)}
    drop_wide_fills(traits.fills, len(rows))
    return traits


def leads(sheet: dict, cell: tuple[int, int]) -> bool:
    """Whether a cell stands right before one that holds something."""
    after = sheet["cells"].get((cell[0], cell[1] + 1))
    return after is not None and (after["value"] is not None or after["formula"] is not None)


def written(sheet: dict, *, noted: bool) -> list[tuple[int, int]]:
    """Cells that stand in the file: with content, a style of their own, maybe with a note."""
    return [
        cell
        for cell, kind in sheet["cells"].items()
        if kind["value"] is not None
        or kind["formula"] is not None
        or kind["struck"]
        or kind["fill"]
        or kind["code"] != "General"
        or (noted and kind["note"])
    ]


def begins(sheet: dict, cell: tuple[int, int], *, noted: bool) -> bool:
    row = [other for other in written(sheet, noted=noted) if other[0] == cell[0]]
    held = [
        sheet["cells"][c]["value"] is not None or sheet["cells"][c]["formula"] is not None
        for c in row
    ]
    return any(held) and cell == min(row)


def by_xlsxwriter(sheet: dict, path: Path, *, memory: bool) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": memory, "in_memory": True})
    target = book.add_worksheet()
    rows = itertools.groupby(sorted(sheet["cells"].items()), key=lambda item: item[0][0])
    by_row = {row: list(items) for row, items in rows}
    for row in sorted({*by_row, *sheet["rows"]}):
        if row in sheet["rows"]:
            target.set_row(row - 1, None, None, {"hidden": True})
        for (_row, column), kind in by_row.get(row, ()):
            style = {}
            if kind["struck"]:
                style["font_strikeout"] = True
            if kind["fill"]:
                style["bg_color"] = kind["fill"]
            if kind["code"] != "General":
                style["num_format"] = kind["code"]
            made = book.add_format(style) if style else None
            if kind["formula"] is not None:
                target.write_formula(row - 1, column, "=" + kind["formula"], made, 7)
            elif isinstance(kind["value"], str):
                target.write_string(row - 1, column, kind["value"], made)
            elif kind["value"] is not None:
                target.write_number(row - 1, column, kind["value"], made)
            elif made:
                target.write_blank(row - 1, column, None, made)
            if kind["note"]:
                target.write_comment(row - 1, column, kind["note"], {"author": "Eu"})
    for column in sheet["columns"]:
        target.set_column(column, column, None, None, {"hidden": True})
    book.close()


def by_openpyxl(sheet: dict, path: Path) -> None:
    book = openpyxl.Workbook()
    target = book.active
    for (row, column), kind in sheet["cells"].items():
        cell = target.cell(row, column + 1)
        if kind["formula"] is not None:
            cell.value = "=" + kind["formula"]
        elif kind["value"] is not None:
            cell.value = kind["value"]
            if isinstance(kind["value"], str):
                cell.data_type = "s"
        if kind["struck"]:
            cell.font = Font(strike=True)
        if kind["fill"]:
            cell.fill = PatternFill("solid", fgColor=kind["fill"][1:])
        if kind["code"] != "General":
            cell.number_format = kind["code"]
        if kind["note"]:
            cell.comment = Note(kind["note"], "Eu")
    for row in sheet["rows"]:
        target.row_dimensions[row].hidden = True
    for column in sheet["columns"]:
        target.column_dimensions[openpyxl.utils.get_column_letter(column + 1)].hidden = True
    if area := sheet["merged"]:
        target.merge_cells(
            start_row=area.top,
            start_column=area.left + 1,
            end_row=area.bottom,
            end_column=area.right + 1,
        )
    book.save(path)


def both_ways(path: Path) -> tuple[Traits, Traits]:
    """What the cells say, found by the search and found by the parser."""
    package = Package(load(path, None, DEFAULT_LIMITS))
    part, looks = package.sheets()[0][0][1], read_looks(package)
    fast = read_sheet_part(package, part, looks).marks.finish()
    slow = read_slowly(package.chunks(part), looks).marks.finish()
    return fast, slow


quiet = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quiet
@given(sheet=sheets, memory=st.booleans())
def test_xlsxwriter(sheet: dict, memory: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sheet = {**sheet, "merged": None}
    by_xlsxwriter(sheet, path, memory=memory)
    assert traits_of(path, sparse=True) == expected(sheet, computes=True)
    fast, slow = both_ways(path)
    assert fast == slow


@quiet
@given(sheet=sheets)
def test_openpyxl(sheet: dict, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    by_openpyxl(sheet, path)
    # openpyxl writes cells for notes alone, and for merged areas.
    assert traits_of(path, sparse=True) == expected(sheet, computes=False)
    fast, slow = both_ways(path)
    assert fast == slow


pieces = st.lists(
    st.sampled_from(
        [
            "<c{r}/>",
            '<c{r} s="1"/>',
            '<c{r} s="1"><v>1</v></c>',
            '<c{r} s="2" t="str"><v>a#b</v></c>',
            '<c{r} s="2"></c>',
            '<c{r} t="e"><v>#N/A</v></c>',
            '<c{r} t="e"/>',
            "<c{r}><f>SUM(A1)</f></c>",
            "<c{r}><f>A1</f><v/></c>",
            '<c{r} t="str"><f>A1</f><v></v></c>',
            '<c{r}><f t="shared" si="1" ref="A1:B2">SUM(B1)</f><v>1</v></c>',
            '<c{r}><f t="shared" si="0"/><v>1</v></c>',
            '<c{r} t="inlineStr"><is><t>hidden="1" f</t></is></c>',
        ]
    ),
    max_size=6,
)
raw_rows = st.lists(st.tuples(st.booleans(), pieces), max_size=8)


@quiet
@given(rows=raw_rows)
def test_the_search_finds_what_the_parser_finds(rows: list, tmp_path: Path) -> None:
    from writers_traits import raw_xlsx, worksheet

    from crm_desktop.bridge.values.text import column_letter

    # Whoever begins a group of shared formulas comes before the others, in every program.
    body = '<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:Z9">SUM(B1)</f><v>1</v></c></row>'
    for number, (hidden, parts) in enumerate(rows, 2):
        inside = "".join(
            part.replace("{r}", f' r="{column_letter(column)}{number}"')
            for column, part in enumerate(parts)
        )
        flag = ' hidden="1"' if hidden else ""
        body += f'<row r="{number}"{flag}>{inside}</row>'
    styles = (
        "<fonts><font/><font><strike/></font></fonts><fills><fill/><fill/>"
        '<fill><patternFill patternType="solid"><fgColor rgb="FFFF0000"/></patternFill></fill>'
        '</fills><cellXfs><xf/><xf fontId="1" fillId="0"/><xf numFmtId="46" fillId="2"/></cellXfs>'
    )
    fast, slow = both_ways(raw_xlsx(tmp_path / "a.xlsx", worksheet(body), styles=styles))
    assert fast == slow
