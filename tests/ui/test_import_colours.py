"""Naming the colours of rows in the wizard, and leaving out what the spreadsheet hides."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_kit import type_text

from crm_desktop.domain.customers import CustomerListQuery
from crm_desktop.domain.imports import COLOUR_COLUMN, Outcome
from crm_desktop.ui.pages.import_page import ImportPage
from crm_desktop.ui.pages.import_wizard.sources import SheetChoice
from crm_desktop.ui.pages.import_wizard.steps import Step
from crm_desktop.ui.shell import Shell

LONG = 30_000
YELLOW, RED = "#FFFF00", "#FF9999"
NAMES = ["Ana Silva", "Rui Costa", "Eva Matos", "Zé Lima", "Ivo Reis", "Lia Sousa", "Gil Nunes"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "clientes.xlsx"
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("Clientes")
    sheet.write_row(0, 0, ["Nome", "Telefone", "Cidade"])
    looks = {
        0: made.add_format({"bg_color": YELLOW}),
        3: made.add_format({"bg_color": YELLOW}),
        4: made.add_format({"bg_color": RED}),
        6: made.add_format({"font_strikeout": True}),
    }
    for i, name in enumerate(NAMES):
        sheet.write_row(i + 1, 0, [name, f"91{2345678 + i}", "Porto"], looks.get(i))
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.set_column(2, 2, None, None, {"hidden": True})
    made.close()
    return path


@pytest.fixture
def page(started: Shell, book: Path, qtbot: QtBot) -> ImportPage:
    started.show_page("import")
    page = started.page("import")
    assert isinstance(page, ImportPage)
    page.open_files([book])
    qtbot.waitUntil(lambda: page.step is Step.COLUMNS, timeout=LONG)
    return page


def choice(page: ImportPage) -> SheetChoice:
    sheet = page.columns_step.grid.sheet_model.sheet
    assert sheet is not None
    return sheet


def import_all(qtbot: QtBot, page: ImportPage) -> None:
    for step in (Step.CHECK, Step.RESULT):
        qtbot.waitUntil(lambda: page.next.isEnabled() and not page.asking.busy, timeout=LONG)
        page.go_on()
        qtbot.waitUntil(lambda s=step: page.step is s and not page.busy, timeout=LONG)


def test_a_named_colour_becomes_a_tag(started: Shell, page: ImportPage, qtbot: QtBot) -> None:
    step = page.columns_step
    model = step.grid.sheet_model
    assert step.colours.isVisible()
    assert list(step.colours.fields) == [YELLOW, RED]
    step.next_unsure()
    field = step.colours.fields[YELLOW]
    assert field.hasFocus()
    type_text(field, "VIP")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    column = model.column_of(COLOUR_COLUMN)
    assert [model.text(row, column) for row in range(8)] == ["", "VIP", "", "", "VIP", "", "", ""]
    assert model.fills(5) == (RED,)
    assert not choice(page).unsure()
    import_all(qtbot, page)
    assert started.session is not None
    workspace = started.session.workspace
    tags = {
        customer["name"]: customer["tags"]
        for number in workspace.customers.ids(CustomerListQuery())
        if (customer := workspace.exports.document(number))["name"] in NAMES
    }
    assert tags == {name: ["VIP"] if name in ("Ana Silva", "Zé Lima") else [] for name in NAMES}


def test_what_is_hidden_is_marked_and_can_stay_out(page: ImportPage, qtbot: QtBot) -> None:
    step = page.columns_step
    model = step.grid.sheet_model
    assert step.hidden.isVisible()
    assert "1 hidden row" in step.hidden.text.text()
    assert [model.is_hidden(row) for row in range(5)] == [False, False, False, True, False]
    assert model.is_hidden_column(2)
    assert model.is_struck(7)
    assert "Hidden in the spreadsheet." in model.headerData(3, Qt.Orientation.Vertical, _TIP)
    step.hidden.box.click()
    assert choice(page).plan.without_hidden
    assert model.role_of(3, 0) == model.role_of(1, 2) == "out"
    step.grid.open_chooser(2)
    assert not step.grid.popup.isVisible()
    import_all(qtbot, page)
    result = page.result
    assert result is not None
    (sheet,) = result.files[0].sheets
    assert [(r.row, r.reason) for r in sheet.left_out] == [(4, "The row is hidden.")]
    assert result.total(Outcome.CREATED) == 6


def test_all_can_come_in_again(page: ImportPage) -> None:
    box = page.columns_step.hidden.box
    box.click()
    box.click()
    sheet = choice(page)
    assert not sheet.plan.without_hidden
    column = sheet.column_at(2)
    assert column is not None
    assert column.field == "city"


_TIP = Qt.ItemDataRole.ToolTipRole
