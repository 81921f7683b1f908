"""Colours that tell rows apart become tags, by the sheet's legend or by the user's word."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from archives import Imported, import_file
from opened import Read
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color
from PIL import Image
from writers_traits import cell_style, record, text16, write_biff8, write_ods

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.imports import COLOUR_COLUMN, BandKind, Beside, ColourUse, SheetPreview
from crm_desktop.services.imports.mapping import apply_mapping
from crm_desktop.services.imports.options import ImportOptions
from crm_desktop.services.imports.report import as_document, as_text
from crm_desktop.services.workspace import Workspace

YELLOW, RED, BLUE = "#FFFF00", "#FF9999", "#DDEEFF"
HEADS = ["Nome", "Telefone", "Cidade"]
PEOPLE = [
    ["Ana Silva", "912345678", "Porto"],
    ["Rui Costa", "913456789", "Lisboa"],
    ["Eva Matos", "914567890", "Faro"],
    ["Zé Lima", "915678901", "Braga"],
    ["Ivo Reis", "916789012", "Porto"],
    ["Lia Sousa", "917890123", "Évora"],
    ["Gil Nunes", "918901234", "Beja"],
]
# By the place of a person, counted from 0.
COLOURED = {0: YELLOW, 3: YELLOW, 5: RED}
Cell = tuple[int, int, str, str]


def write(
    path: Path,
    legend: Sequence[Cell] = (),
    *,
    coloured: Mapping[int, str] = COLOURED,
    top: int = 0,
    people: Sequence[Sequence[str]] = PEOPLE,
) -> Path:
    """A list with a coloured header; a legend's cells are row, column, text, colour."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Clientes")
    plain = book.add_format({})
    formats = {c: book.add_format({"bg_color": c}) for c in (YELLOW, RED, BLUE)}
    sheet.write_row(top, 0, HEADS, formats[BLUE])
    for i, person in enumerate(people):
        sheet.write_row(top + 1 + i, 0, person, formats.get(coloured.get(i, ""), plain))
    for row, column, text, colour in legend:
        if text:
            sheet.write(row, column, text, formats.get(colour, plain))
        else:
            sheet.write_blank(row, column, None, formats[colour])
    book.close()
    return path


def preview(path: Path) -> SheetPreview:
    (found,) = Read(path).preview.sheets
    return found


LEGENDS: dict[str, tuple[int, list[Cell], dict[str, str]]] = {
    "above, the colour said": (
        4,
        [
            (0, 0, "Clientes 2024", ""),
            (1, 0, "amarelo = VIP", YELLOW),
            (2, 0, "vermelho: não pagou", RED),
        ],
        {YELLOW: "VIP", RED: "não pagou"},
    ),
    "above, swatches": (
        3,
        [(0, 0, "", YELLOW), (0, 1, "VIP", ""), (1, 0, "", RED), (1, 1, "Não pagou", "")],
        {YELLOW: "VIP", RED: "Não pagou"},
    ),
    "beside, under a head": (
        0,
        [
            (0, 4, "Legenda", ""),
            (1, 4, "", YELLOW),
            (1, 5, "VIP", ""),
            (2, 4, "", RED),
            (2, 5, "Atrasado, 2024", ""),
        ],
        {YELLOW: "VIP", RED: "Atrasado, 2024"},
    ),
    "beside, from the header on": (
        0,
        [(0, 3, "黄色：重点客户", YELLOW), (1, 3, "红色：欠款", RED)],
        {YELLOW: "重点客户", RED: "欠款"},
    ),
    "beside, longer than the list": (
        0,
        [(7, 4, "", YELLOW), (7, 5, "VIP", ""), (8, 4, "", RED), (8, 5, "Não pagou", "")],
        {YELLOW: "VIP", RED: "Não pagou"},
    ),
    "below, under a head": (
        0,
        [
            (9, 0, "Legenda:", ""),
            (10, 0, "", YELLOW),
            (10, 1, "VIP", ""),
            (11, 0, "", RED),
            (11, 1, "Não pagou", ""),
        ],
        {YELLOW: "VIP", RED: "Não pagou"},
    ),
    "below, without a gap": (
        0,
        [(8, 0, "yellow = VIP", YELLOW), (9, 0, "late payer - red", RED)],
        {YELLOW: "VIP", RED: "late payer"},
    ),
    "below, the colour in the first cell": (
        0,
        [
            (9, 0, "Amarelo", YELLOW),
            (9, 1, "VIP", ""),
            (10, 0, "Vermelho", RED),
            (10, 1, "Não pagou", ""),
        ],
        {YELLOW: "VIP", RED: "Não pagou"},
    ),
}


@pytest.mark.parametrize(("top", "legend", "names"), LEGENDS.values(), ids=LEGENDS)
def test_a_legend_names_the_colours(
    top: int, legend: list[Cell], names: dict[str, str], workspace: Workspace, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.xlsx", legend, top=top)
    shown = preview(path)
    assert shown.beside.colours == (
        ColourUse(YELLOW, 2, names[YELLOW]),
        ColourUse(RED, 1, names[RED]),
    )
    assert [c.column for c in shown.plan.columns] == ["A", "B", "C", "colour"]
    assert shown.plan.columns[-1].index == COLOUR_COLUMN
    found = import_file(workspace, path)
    assert found.names == [person[0] for person in PEOPLE]
    tags = {name: customer["tags"] for name, customer in found.by_name.items()}
    expected = {person[0]: [] for person in PEOPLE}
    expected |= {PEOPLE[i][0]: [names[colour]] for i, colour in COLOURED.items()}
    assert tags == expected


def test_legend_rows_below_are_notes(tmp_path: Path) -> None:
    _top, legend, _names = LEGENDS["below, under a head"]
    notes = [b.first for b in preview(write(tmp_path / "a.xlsx", legend)).bands]
    assert notes == [1, 10, 11, 12]


def test_without_a_legend_colours_wait_for_their_names(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.xlsx")
    shown = preview(path)
    assert shown.plan.colours == ((YELLOW, ""), (RED, ""))
    assert shown.beside.fills == ((2, (YELLOW,)), (5, (YELLOW,)), (7, (RED,)))
    found = import_file(workspace, path)
    assert all(customer["tags"] == [] for customer in found.customers)
    assert "FFFF00, FF9999" in as_text(found.result)
    (sheet,) = as_document(found.result)["files"][0]["sheets"]
    assert sheet["colours"] == {
        "FFFF00": {"rows": 2, "tag": ""},
        "FF9999": {"rows": 1, "tag": ""},
    }


def test_a_mapping_names_colours_and_is_remembered(workspace: Workspace, tmp_path: Path) -> None:
    mapping = {"sheets": {"Clientes": {"colours": {"ffff00": "VIP"}}}}
    path = write(tmp_path / "a.xlsx")
    found = Imported(
        workspace, workspace.imports.import_files([path], options=ImportOptions(mapping=mapping))
    )
    assert found.by_name["Ana Silva"]["tags"] == ["VIP"]
    assert found.by_name["Lia Sousa"]["tags"] == []
    (sheet,) = as_document(found.result)["files"][0]["sheets"]
    assert sheet["colours"]["FFFF00"] == {"rows": 2, "tag": "VIP"}
    later = write(tmp_path / "b.xlsx", coloured={1: YELLOW})
    assert import_file(workspace, later).by_name["Rui Costa"]["tags"] == ["VIP"]


@pytest.mark.parametrize(
    "said",
    [{"colours": {"yellow": "VIP"}}, {"colours": {"FFFF00": 1}}, {"hidden": "no"}, {"hidden": []}],
)
def test_a_mapping_says_what_it_does_not_understand(said: dict, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        apply_mapping(preview(write(tmp_path / "a.xlsx")), said)


@pytest.mark.parametrize(
    "coloured",
    [
        {1: YELLOW, 3: YELLOW, 5: YELLOW},
        {0: YELLOW, 1: RED, 2: YELLOW, 3: RED, 4: YELLOW, 5: RED, 6: YELLOW},
        {2: BLUE},
        dict.fromkeys(range(7), YELLOW),
    ],
    ids=["every second row", "two in turn", "the header's", "every row"],
)
def test_colours_that_only_dress_are_passed_over(coloured: dict[int, str], tmp_path: Path) -> None:
    shown = preview(write(tmp_path / "a.xlsx", coloured=coloured))
    assert shown.beside == Beside()
    assert [c.column for c in shown.plan.columns] == ["A", "B", "C"]


def test_a_columns_own_colour_is_passed_over(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    grey = book.add_format({"bg_color": "#CCCCCC"})
    sheet.write_row(0, 0, [*HEADS, "Notas"])
    for i, person in enumerate(PEOPLE):
        sheet.write_row(1 + i, 0, person)
        if i % 3 != 1:
            sheet.write(1 + i, 3, f"nota {i}", grey)
    book.close()
    assert preview(tmp_path / "a.xlsx").beside.colours == ()


def test_what_a_legend_explains_always_tells(tmp_path: Path) -> None:
    bands = {1: YELLOW, 3: YELLOW, 5: YELLOW}
    legend = [(9, 0, "amarelo = VIP", YELLOW)]
    path = write(tmp_path / "a.xlsx", legend, coloured=bands)
    assert preview(path).beside.colours == (ColourUse(YELLOW, 3, "VIP"),)


def test_coloured_people_are_no_legend(workspace: Workspace, tmp_path: Path) -> None:
    """Each colour stands once, as in a legend; but these cells are the table's own."""
    path = write(tmp_path / "a.xlsx", coloured={0: YELLOW, 1: RED}, people=PEOPLE[:3])
    shown = preview(path)
    assert shown.plan.colours == ((YELLOW, ""), (RED, ""))
    assert import_file(workspace, path).names == ["Ana Silva", "Rui Costa", "Eva Matos"]


def test_a_single_coloured_cell_counts_and_a_row_may_have_two(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx",
        [(1, 0, "Ana Silva", YELLOW), (1, 1, "912345678", RED), (3, 2, "Faro", YELLOW)],
        coloured={},
    )
    assert preview(path).beside.fills == ((2, (YELLOW, RED)), (4, (YELLOW,)))


def test_theme_colours_have_their_tint_and_conditions_are_no_fills(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (HEADS, *PEOPLE):
        sheet.append(row)
    light = PatternFill("solid", fgColor=Color(theme=4, tint=0.4))
    for column in "ABC":
        sheet[f"{column}4"].fill = light
    rule = CellIsRule(operator="equal", formula=['"Porto"'], fill=PatternFill(bgColor="FFFF0000"))
    sheet.conditional_formatting.add("C2:C8", rule)
    book.save(tmp_path / "a.xlsx")
    (use,) = preview(tmp_path / "a.xlsx").beside.colours
    assert (use.colour, use.rows) == ("#95B3D7", 1)


def test_a_long_sheet_has_its_legend_too(tmp_path: Path) -> None:
    """Where styles are many they are looked for in another way."""
    people = [[f"Pessoa {i}", str(912000000 + i), "Porto"] for i in range(3000)]
    coloured = dict.fromkeys(range(0, 3000, 7), YELLOW) | dict.fromkeys(range(3, 3000, 50), RED)
    coloured = {i: c for i, c in coloured.items() if i % 11}
    _top, legend, _names = LEGENDS["beside, under a head"]
    path = write(tmp_path / "a.xlsx", legend, coloured=coloured, people=people)
    shown = preview(path)
    counts = [sum(1 for c in coloured.values() if c == colour) for colour in (YELLOW, RED)]
    assert shown.beside.colours == (
        ColourUse(YELLOW, counts[0], "VIP"),
        ColourUse(RED, counts[1], "Atrasado, 2024"),
    )
    assert [c.column for c in shown.plan.columns] == ["A", "B", "C", "colour"]


def test_old_workbooks_have_colours_and_a_legend(tmp_path: Path) -> None:
    plain, yellow = 1, 2

    def text(row: int, column: int, said: str, style: int) -> bytes:
        head = row.to_bytes(2, "little") + column.to_bytes(2, "little")
        return record(0x204, head + style.to_bytes(2, "little") + text16(said))

    sheet = b""
    for i, person in enumerate((HEADS, *PEOPLE)):
        style = yellow if i in (1, 5) else plain
        sheet += b"".join(text(i, j, said, style) for j, said in enumerate(person))
    sheet += record(0x201, bytes([1, 0, 4, 0, yellow, 0])) + text(1, 5, "VIP", plain)
    path = write_biff8(tmp_path / "a.xls", sheet, styles=cell_style() + cell_style(fill=13), flag=1)
    shown = preview(path)
    assert shown.beside.colours == (ColourUse(YELLOW, 2, "VIP"),)
    assert [c.column for c in shown.plan.columns] == ["A", "B", "C", "colour"]


def test_open_document_sheets_have_colours_and_a_legend(tmp_path: Path) -> None:
    def cell(said: str, style: str = "") -> str:
        named = f' table:style-name="{style}"' if style else ""
        if not said:
            return f"<table:table-cell{named}/>"
        return (
            f'<table:table-cell office:value-type="string"{named}>'
            f"<text:p>{said}</text:p></table:table-cell>"
        )

    rows = ""
    for i, person in enumerate((HEADS, *PEOPLE)):
        style = "ye" if i in (1, 5) else ""
        cells = "".join(cell(said, style) for said in person)
        if i == 1:
            cells += cell("") + cell("", "ye") + cell("VIP")
        rows += f"<table:table-row>{cells}</table:table-row>"
    styles = (
        '<style:style style:name="ye" style:family="table-cell">'
        '<style:table-cell-properties fo:background-color="#ffff00"/></style:style>'
    )
    table = f'<table:table table:name="S">{rows}</table:table>'
    shown = preview(write_ods(tmp_path / "a.ods", table, styles=styles))
    assert shown.beside.colours == (ColourUse(YELLOW, 2, "VIP"),)
    assert [c.column for c in shown.plan.columns] == ["A", "B", "C", "colour"]


# --- hidden rows and columns, pictures ---------------------------------------------------------


def write_hidden(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Clientes")
    for i, person in enumerate((HEADS, *PEOPLE)):
        sheet.write_row(i, 0, person)
    for row in (2, 5):
        sheet.set_row(row, None, None, {"hidden": True})
    sheet.set_column(2, 2, None, None, {"hidden": True})
    book.close()
    return path


def test_hidden_rows_and_columns_stay_out_where_the_user_says_so(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = write_hidden(tmp_path / "a.xlsx")
    shown = preview(path).beside
    assert (shown.hidden_rows, shown.hidden_columns, shown.hidden) == (2, (2,), {3, 6})
    mapping = {"sheets": {"Clientes": {"hidden": "skip"}}}
    found = Imported(
        workspace, workspace.imports.import_files([path], options=ImportOptions(mapping=mapping))
    )
    assert found.names == ["Ana Silva", "Eva Matos", "Zé Lima", "Lia Sousa", "Gil Nunes"]
    assert [(r.row, r.reason) for r in found.sheets[0].left_out] == [
        (3, "The row is hidden."),
        (6, "The row is hidden."),
    ]
    assert found.fields() == {"A": "name", "B": "phone", "C": "skip"}
    assert all(not customer["addresses"] for customer in found.customers)
    (sheet,) = as_document(found.result)["files"][0]["sheets"]
    assert sheet["hidden"] == {"rows": 2, "columns": 1, "skipped": True}


def test_leaving_hidden_rows_out_is_not_remembered(workspace: Workspace, tmp_path: Path) -> None:
    path = write_hidden(tmp_path / "a.xlsx")
    workspace.imports.import_files([path], options=ImportOptions(mapping={"hidden": "skip"}))
    found = import_file(workspace, path)
    assert len(found.names) == 7
    assert found.fields()["C"] == "city"


def test_pictures_are_told_of(workspace: Workspace, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    for i, person in enumerate((HEADS, *PEOPLE)):
        sheet.write_row(i + 2, 0, person)
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    for cell in ("A1", "D5", "E5", "D7"):  # a logo, two of Rui's, one of Zé's
        sheet.insert_image(cell, "p.png", {"image_data": io.BytesIO(picture.getvalue())})
    book.close()
    shown = preview(tmp_path / "a.xlsx")
    assert shown.warnings == (
        "2 rows have pictures; they become documents of their customers.",
        "1 picture stands outside the rows, such as a logo; it is not taken over.",
    )
    assert [b.kind for b in shown.bands] == [BandKind.HEADER]
    found = import_file(workspace, tmp_path / "a.xlsx")
    assert [(p.row, p.problem) for p in found.sheets[0].problems] == []
    assert found.sheets[0].pictures == 2  # one picture, twice in Rui's row
