"""Putting a sheet right in the wizard: dates, single cells, spellings."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import type_text

from crm_desktop.ui.pages.import_page import ImportPage
from crm_desktop.ui.pages.import_wizard.cell_edit import CellEdit
from crm_desktop.ui.pages.import_wizard.findings import FindingsTable
from crm_desktop.ui.pages.import_wizard.grid import SheetGrid
from crm_desktop.ui.pages.import_wizard.sources import SheetChoice
from crm_desktop.ui.pages.import_wizard.steps import Step
from crm_desktop.ui.shell import Shell

LONG = 30_000
# English heads in a Portuguese archive: which of the two is the month, nobody knows.
HEADS = ["Name", "Mobile", "E-mail", "City", "Tags", "Birthday"]
PEOPLE = [
    ["Ana Lopes", "912 345 678", "ana@example.pt", "Lisboa", "vip, Norte", "03/04/1985"],
    ["Rui Sousa", "12-34", "ver cartão", "lisboa", "VIP", "05/06/1990"],
    ["Eva Paz", "963 111 222", "eva@example.pt", "LISBOA", "VIP", "07/08/1979"],
    ["Gil Reis", "963 111 333", "gil@example.pt", "Coimbra", "", "02/01/1960"],
    ["Ivo Dias", "963 111 444", "ivo@example.pt", "Coimbra", "", "02/01/1961"],
    ["Zé Luz", "963 111 555", "ze@example.pt", "Coimbrra", "", "01/02/1962"],
]


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return table(tmp_path / "people.csv", PEOPLE)


def table(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADS, *rows])
    return path


def to_columns(qtbot: QtBot, shell: Shell, path: Path) -> ImportPage:
    shell.show_page("import")
    page = shell.page("import")
    assert isinstance(page, ImportPage)
    page.open_files([path])
    qtbot.waitUntil(lambda: page.step is Step.COLUMNS, timeout=LONG)
    return page


def to_check(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.waitUntil(lambda: page.next.isEnabled(), timeout=LONG)
    page.go_on()
    qtbot.waitUntil(lambda: page.step is Step.CHECK and not page.busy, timeout=LONG)


def import_all(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.waitUntil(lambda: page.next.isEnabled() and not page.asking.busy, timeout=LONG)
    page.go_on()
    qtbot.waitUntil(lambda: page.step is Step.RESULT and not page.busy, timeout=LONG)


def choice(page: ImportPage) -> SheetChoice:
    sheet = page.columns_step.grid.sheet_model.sheet
    assert sheet is not None
    return sheet


def editor(view: SheetGrid | FindingsTable) -> CellEdit:
    """The field that is open over a cell."""
    found = view.viewport().findChildren(CellEdit)
    assert len(found) == 1
    return found[0]


def write(qtbot: QtBot, view: SheetGrid | FindingsTable, text: str) -> None:
    """Write into the open field, as an input method does, and press Enter."""
    field = editor(view)
    field.selectAll()
    type_text(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not view.viewport().findChildren(CellEdit), timeout=LONG)


# --- dates ---------------------------------------------------------------------------------------


def test_dates_are_asked_for_with_the_owners_own(
    qtbot: QtBot, started: Shell, people: Path
) -> None:
    page = to_columns(qtbot, started, people)
    step = page.columns_step
    assert step.dates.isVisible()
    assert "“03/04/1985” and “05/06/1990”" in step.dates.text.text()
    words = [button.text() for button in step.dates.buttons]
    assert words == ["3 April 1985 · 5 June 1990", "4 March 1985 · 6 May 1990"]
    assert step.look.text() == "1 column to look at"
    # The way there by the keyboard alone.
    qtbot.mouseClick(step.look, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is step.dates.buttons[0]
    qtbot.keyClick(step.dates.buttons[0], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is step.dates.buttons[1]
    qtbot.keyClick(step.dates.buttons[1], Qt.Key.Key_Space)
    assert not step.dates.isVisible()
    assert step.look.isHidden()
    assert QApplication.focusWidget() is step.grid.head
    column = choice(page).plan.columns[5]
    assert (column.date_order, column.date_examples) == ("MDY", ())
    to_check(qtbot, page)
    import_all(qtbot, page)
    assert started.session is not None
    customers = started.session.workspace.customers
    assert customers.get(customers.search("Ana")[0].id).birthday == "1985-03-04"


def test_dates_that_are_settled_are_not_asked_for(
    qtbot: QtBot, started: Shell, tmp_path: Path
) -> None:
    rows = [*PEOPLE, ["Bia Mel", "963 111 777", "", "Porto", "", "12/25/1970"]]
    page = to_columns(qtbot, started, table(tmp_path / "a.csv", rows))
    assert page.columns_step.dates.isHidden()
    assert choice(page).plan.columns[5].date_order == "MDY"


def test_the_chooser_answers_too(qtbot: QtBot, started: Shell, people: Path) -> None:
    page = to_columns(qtbot, started, people)
    grid = page.columns_step.grid
    grid.open_chooser(5)
    qtbot.keyClicks(grid.popup.search, "birthday day month")
    qtbot.keyClick(grid.popup.search, Qt.Key.Key_Return)
    assert choice(page).plan.columns[5].date_order == "DMY"
    assert page.columns_step.dates.isHidden()


def test_a_column_that_becomes_birthdays_is_asked_for_too(
    qtbot: QtBot, started: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*HEADS[:5], "Since"], *PEOPLE])
    page = to_columns(qtbot, started, path)
    step = page.columns_step
    assert step.dates.isHidden()
    step.grid.open_chooser(5)
    qtbot.keyClicks(step.grid.popup.search, "birthday")
    qtbot.keyClick(step.grid.popup.search, Qt.Key.Key_Return)
    qtbot.waitUntil(step.dates.isVisible, timeout=LONG)
    qtbot.mouseClick(step.dates.buttons[0], Qt.MouseButton.LeftButton)
    assert choice(page).plan.columns[5].date_order == "DMY"
    assert step.dates.isHidden()
    qtbot.waitUntil(lambda: not page.asking.busy, timeout=LONG)


# --- cells ---------------------------------------------------------------------------------------


def test_a_cell_is_corrected_in_the_grid(qtbot: QtBot, started: Shell, people: Path) -> None:
    page = to_columns(qtbot, started, people)
    grid = page.columns_step.grid
    model = grid.sheet_model
    grid.setFocus()
    grid.setCurrentIndex(model.index(2, 1))
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    assert editor(grid).text() == "12-34"
    qtbot.keyClick(editor(grid), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not grid.viewport().findChildren(CellEdit))
    assert page.step is Step.COLUMNS
    assert choice(page).plan.fixes == ()
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    write(qtbot, grid, "912 000 111")
    assert model.text(2, 1) == "912 000 111"
    assert page.columns_step.facts.full_text().endswith("1 cell corrected")
    assert model.original(2, 1) == "12-34"
    assert "In the file: 12-34" in str(model.data(model.index(2, 1), Qt.ItemDataRole.ToolTipRole))
    # Typing writes over a cell, as in Excel; Del empties it.
    grid.setCurrentIndex(model.index(3, 0))
    qtbot.keyClick(grid, Qt.Key.Key_X)
    write(qtbot, grid, "王秀英")
    grid.setCurrentIndex(model.index(2, 2))
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert [tuple(fix) for fix in choice(page).plan.fixes] == [
        (3, 1, "912 000 111"),
        (4, 0, "王秀英"),
        (3, 2, ""),
    ]
    to_check(qtbot, page)
    assert page.check_step.problems.lines == []
    import_all(qtbot, page)
    assert started.session is not None
    customers = started.session.workspace.customers
    rui = customers.get(customers.search("Rui")[0].id)
    assert [p.value for p in rui.phones] == ["+351912000111"]
    assert {o.field: o.text for o in customers.origins(rui.id)}["phone"] == "12-34"
    assert customers.search("王秀英")


def test_what_is_no_customer_cannot_be_edited(qtbot: QtBot, started: Shell, people: Path) -> None:
    page = to_columns(qtbot, started, people)
    grid = page.columns_step.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.sheet_model.index(0, 1))
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    assert not grid.viewport().findChildren(CellEdit)
    assert grid.popup.isVisible()
    qtbot.keyClick(grid.popup.search, Qt.Key.Key_Escape)


def test_a_correction_is_taken_back(qtbot: QtBot, started: Shell, people: Path) -> None:
    page = to_columns(qtbot, started, people)
    grid = page.columns_step.grid
    model = grid.sheet_model
    model.setData(model.index(2, 1), "912 000 111")
    grid.setCurrentIndex(model.index(2, 1))
    grid.take_back()
    assert choice(page).plan.fixes == ()
    assert model.text(2, 1) == "12-34"


def test_a_problem_is_put_right_where_it_is_listed(
    qtbot: QtBot, started: Shell, people: Path
) -> None:
    page = to_columns(qtbot, started, people)
    to_check(qtbot, page)
    step = page.check_step
    found = step.problem_table
    assert [line.value for line in step.problems.lines] == ["12-34", "ver cartão"]
    at = found.visualRect(step.problems.index(0, 2)).center()
    qtbot.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=at)
    write(qtbot, found, "912 000 111")
    assert page.step is Step.CHECK
    qtbot.waitUntil(lambda: not page.asking.busy, timeout=LONG)
    assert [line.value for line in step.problems.lines] == ["ver cartão"]
    assert page.next.text() == "Import 6 rows"
    # Another one by the keyboard; it is wrong as well, and says so.
    found.setFocus()
    qtbot.keyClick(found, Qt.Key.Key_F2)
    write(qtbot, found, "still none")
    qtbot.waitUntil(lambda: not page.asking.busy, timeout=LONG)
    assert [line.value for line in step.problems.lines] == ["still none"]
    found.setFocus()
    qtbot.keyClick(found, Qt.Key.Key_F2)
    write(qtbot, found, "rui@example.pt")
    qtbot.waitUntil(lambda: not page.asking.busy, timeout=LONG)
    assert step.problems.lines == []
    # What was done is listed, and can be taken back.
    step.chips.choose("corrected")
    step.chips.chosen.emit("corrected")
    assert step.tables.currentWidget() is step.corrected_table
    listed = [(line.value, line.words) for line in step.corrected.lines]
    assert listed == [("912 000 111", "12-34"), ("rui@example.pt", "ver cartão")]
    step.corrected_table.setFocus()
    step.corrected_table.setCurrentIndex(step.corrected.index(1, 0))
    qtbot.keyClick(step.corrected_table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not page.asking.busy, timeout=LONG)
    assert [line.value for line in step.problems.lines] == ["ver cartão"]
    assert len(step.corrected.lines) == 1
    import_all(qtbot, page)


def test_enter_still_goes_to_the_cell(qtbot: QtBot, started: Shell, people: Path) -> None:
    page = to_columns(qtbot, started, people)
    to_check(qtbot, page)
    found = page.check_step.problem_table
    found.setFocus()
    found.setCurrentIndex(page.check_step.problems.index(1, 0))
    qtbot.keyClick(found, Qt.Key.Key_Return)
    assert page.step is Step.COLUMNS
    here = page.columns_step.grid.currentIndex()
    assert (here.row(), here.column()) == (2, 2)


def test_a_cell_far_below_is_put_right_in_the_list(
    qtbot: QtBot, started: Shell, tmp_path: Path
) -> None:
    good = [[f"Ana Lopes {n}", f"91{n:07d}", "", "Porto", "", ""] for n in range(300)]
    page = to_columns(qtbot, started, table(tmp_path / "a.csv", [*good, PEOPLE[1]]))
    to_check(qtbot, page)
    found = page.check_step.problem_table
    found.setFocus()
    found.setCurrentIndex(page.check_step.problems.index(0, 0))
    qtbot.keyClick(found, Qt.Key.Key_Return)
    assert page.step is Step.CHECK
    assert started.toasts.current is not None
    assert "Row 302 stands below" in started.toasts.current.message.text()
    qtbot.keyClick(found, Qt.Key.Key_F2)
    write(qtbot, found, "912 000 999")
    qtbot.waitUntil(lambda: not page.asking.busy, timeout=LONG)
    assert [line.value for line in page.check_step.problems.lines] == ["ver cartão"]


def test_an_open_field_is_not_taken_away_by_new_figures(
    qtbot: QtBot, started: Shell, people: Path
) -> None:
    page = to_columns(qtbot, started, people)
    to_check(qtbot, page)
    step = page.check_step
    step.problem_table.edit_row(1)
    field = editor(step.problem_table)
    choice(page).fix(3, 1, "912 000 111", "12-34")
    step.problems.fixed.emit()
    assert page.next.text() == "Check again"
    qtbot.waitUntil(lambda: not page.asking.busy, timeout=LONG)
    assert editor(step.problem_table) is field
    write(qtbot, step.problem_table, "rui@example.pt")
    qtbot.waitUntil(lambda: not page.asking.busy and not step.problems.lines, timeout=LONG)
    assert len(step.corrected.lines) == 2


# --- spellings -----------------------------------------------------------------------------------


def test_spellings_are_joined(qtbot: QtBot, started: Shell, people: Path) -> None:
    page = to_columns(qtbot, started, people)
    step = page.columns_step
    assert step.spelt.text() == "2 columns with several spellings"
    qtbot.mouseClick(step.spelt, Qt.MouseButton.LeftButton)
    panel = step.spellings
    qtbot.waitUntil(lambda: bool(panel.lines), timeout=LONG)
    assert panel.title.full_text() == "Spellings in “City”"
    assert panel.facts.text() == "6 values · 5 different"
    shown = [(line.target(), line.edit.text(), line.values.full_text()) for line in panel.lines]
    assert shown == [
        ("Lisboa", "Lisboa", "Lisboa 1 · LISBOA 1 · lisboa 1"),
        (None, "Coimbra", "Coimbra 2 · Coimbrra 1"),
    ]
    assert panel.outcome.text() == "2 values change"
    # Tab goes round inside; the slip waits for the owner's word.
    first, slip = panel.lines
    assert QApplication.focusWidget() is first.box
    for expected in (first.edit, slip.box):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is expected
    qtbot.keyClick(slip.box, Qt.Key.Key_Space)
    assert panel.outcome.text() == "3 values change"
    qtbot.keyClick(slip.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert panel.isHidden()
    assert page.step is Step.COLUMNS
    assert set(choice(page).plan.columns[3].replacements) == {
        ("lisboa", "Lisboa"),
        ("LISBOA", "Lisboa"),
        ("Coimbrra", "Coimbra"),
    }
    assert [step.grid.sheet_model.text(row, 3) for row in (1, 2, 3, 6)] == [
        *["Lisboa"] * 3,
        "Coimbra",
    ]
    assert step.spelt.text() == "1 column with several spellings"
    to_check(qtbot, page)
    import_all(qtbot, page)
    assert started.session is not None
    customers = started.session.workspace.customers
    rui = customers.get(customers.search("Rui")[0].id)
    assert rui.addresses[0].city == "Lisboa"
    assert {o.field: o.text for o in customers.origins(rui.id)}["city"] == "lisboa"


def test_what_was_joined_can_be_changed_and_taken_back(
    qtbot: QtBot, started: Shell, people: Path
) -> None:
    page = to_columns(qtbot, started, people)
    step = page.columns_step
    grid, panel = step.grid, step.spellings
    choice(page).replace_values(3, [("lisboa", "Lisbon"), ("LISBOA", "Lisbon"), ("X", "Y")])
    grid.head.go_to(3)
    grid.head.setFocus()
    qtbot.keyClick(grid.head, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool(panel.lines), timeout=LONG)
    assert [line.target() for line in panel.lines] == ["Lisbon", None]
    panel.lines[0].box.setChecked(False)
    qtbot.mouseClick(panel.join, Qt.MouseButton.LeftButton)
    # What was said of other values stays.
    assert choice(page).plan.columns[3].replacements == (("X", "Y"),)


def test_the_panel_goes_without_a_word(qtbot: QtBot, started: Shell, people: Path) -> None:
    page = to_columns(qtbot, started, people)
    step = page.columns_step
    step.grid.values_wanted.emit(3)
    qtbot.waitUntil(lambda: bool(step.spellings.lines), timeout=LONG)
    qtbot.keyClick(step.spellings.lines[0].edit, Qt.Key.Key_Escape)
    assert step.spellings.isHidden()
    assert page.step is Step.COLUMNS
    step.grid.values_wanted.emit(3)
    qtbot.waitUntil(lambda: bool(step.spellings.lines), timeout=LONG)
    qtbot.mouseClick(step.grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    assert step.spellings.isHidden()
    step.grid.values_wanted.emit(3)
    qtbot.waitUntil(lambda: bool(step.spellings.lines), timeout=LONG)
    started.show_page("customers")
    assert step.spellings.isHidden()
    started.show_page("import")
    assert choice(page).plan.columns[3].replacements == ()
    # A column without any says so.
    qtbot.waitUntil(lambda: not page.asking.busy, timeout=LONG)
    step.grid.values_wanted.emit(0)
    qtbot.waitUntil(lambda: "more than one way" in step.spellings.note.text(), timeout=LONG)
    assert step.spellings.join.isHidden()
    qtbot.keyClick(step.spellings.cancel, Qt.Key.Key_Escape)


def test_tags_are_joined_one_by_one(qtbot: QtBot, started: Shell, people: Path) -> None:
    page = to_columns(qtbot, started, people)
    step = page.columns_step
    step.grid.values_wanted.emit(4)
    qtbot.waitUntil(lambda: bool(step.spellings.lines), timeout=LONG)
    qtbot.mouseClick(step.spellings.join, Qt.MouseButton.LeftButton)
    assert choice(page).plan.columns[4].replacements == (("vip", "VIP"),)
    assert step.grid.sheet_model.text(1, 4) == "VIP, Norte"
    to_check(qtbot, page)
    import_all(qtbot, page)
    assert started.session is not None
    customers = started.session.workspace.customers
    assert customers.get(customers.search("Ana")[0].id).tags == ("VIP", "Norte")
