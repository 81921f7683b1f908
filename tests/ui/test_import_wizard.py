"""The wizard from a dropped file to its result, through the started window."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msoffcrypto
import pytest
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import settle

from crm_desktop import i18n
from crm_desktop.domain.customers import CustomerDraft, CustomerListQuery
from crm_desktop.domain.imports import Outcome
from crm_desktop.ui.dialogs.origins import Origins
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.import_page import ImportPage
from crm_desktop.ui.pages.import_wizard.sources import State
from crm_desktop.ui.pages.import_wizard.steps import Step
from crm_desktop.ui.pages.import_wizard.words import FieldChoice, index_of, letter_of
from crm_desktop.ui.pages.settings import SettingsPage
from crm_desktop.ui.shell import Shell

HEADS = ["Nome", "Telemóvel", "E-mail", "Localidade", "Passaporte", "Observações"]
PEOPLE = [
    ["João da Conceição", "912 345 678", "joao@example.pt", "Lisboa", "P1", "Prefere telefone"],
    ["Maria Inês Ferreira", "963 111 222", "maria@example.pt", "Porto", "P2", ""],
    ["Rui Sousa", "12-34", "ver cartão", "Faro", "P3", "Viaja em agosto"],
    ["Total", "", "", "3", "", ""],
]

LONG = 30_000
Table = Sequence[Sequence[object]]


def book(path: Path, *sheets: tuple[str, Table]) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        for name, rows in sheets:
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def many(path: Path, count: int) -> Path:
    rows = [
        [f"Cliente {n:05d}", f"91{n:07d}", f"c{n}@example.pt", "Lisboa", f"P{n}", ""]
        for n in range(count)
    ]
    return book(path, ("Clientes", [HEADS, *rows]))


@pytest.fixture
def clientes(tmp_path: Path) -> Path:
    return book(tmp_path / "clientes.xlsx", ("Clientes", [HEADS, *PEOPLE]), ("Folha2", []))


def drop(shell: Shell, *paths: Path) -> None:
    """Drop files on the window, as the user's mouse would."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(400, 300), copy, data, buttons, keys)
    QApplication.sendEvent(shell, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(shell, QDropEvent(QPointF(400, 300), copy, data, buttons, keys))


def wizard(shell: Shell) -> ImportPage:
    page = shell.page("import")
    assert isinstance(page, ImportPage)
    return page


def reach(qtbot: QtBot, page: ImportPage, step: Step) -> None:
    qtbot.waitUntil(lambda: page.step is step and not page.busy, timeout=LONG)


def customers(shell: Shell) -> int:
    assert shell.session is not None
    return shell.session.workspace.customers.count(CustomerListQuery())


def to_check(qtbot: QtBot, shell: Shell, *files: Path) -> ImportPage:
    drop(shell, *files)
    page = wizard(shell)
    reach(qtbot, page, Step.COLUMNS)
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    reach(qtbot, page, Step.CHECK)
    return page


def to_result(qtbot: QtBot, shell: Shell, *files: Path) -> ImportPage:
    page = to_check(qtbot, shell, *files)
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    reach(qtbot, page, Step.RESULT)
    return page


def test_a_dropped_sheet_becomes_customers(qtbot: QtBot, started: Shell, clientes: Path) -> None:
    drop(started, clientes)
    page = wizard(started)
    reach(qtbot, page, Step.COLUMNS)
    assert started.current_page() is page
    grid = page.columns_step.grid
    heads = [grid.sheet_model.headerData(i, Qt.Orientation.Horizontal) for i in range(6)]
    assert heads == ["Name", "Phone · mobile", "E-mail", "City", "Passaporte", "Notes"]
    cards = page.columns_step.sheets.cards
    assert [(c.box.isChecked(), c.box.isEnabled()) for c in cards] == [(True, True), (False, False)]

    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    reach(qtbot, page, Step.CHECK)
    assert page.result is not None
    assert all(s.balances for f in page.result.files for s in f.sheets)
    assert page.check_step.figures.accessibleName() == (
        "4 rows = 3 new + 0 updated + 0 merged + 0 continued + 1 left out"
    )
    assert customers(started) == 0

    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    reach(qtbot, page, Step.RESULT)
    assert page.result.step is not None
    assert customers(started) == 3
    qtbot.mouseClick(page.result_step.show_customers, Qt.MouseButton.LeftButton)
    assert started.current_key() == "customers"


def test_the_keyboard_is_enough(qtbot: QtBot, started: Shell, clientes: Path) -> None:
    drop(started, clientes)
    page = wizard(started)
    reach(qtbot, page, Step.COLUMNS)
    grid = page.columns_step.grid
    # Over to the passport, open its chooser, name a field of one's own.
    for _n in range(4):
        qtbot.keyClick(grid.head, Qt.Key.Key_Right)
    qtbot.keyClick(grid.head, Qt.Key.Key_Space)
    assert grid.popup.isVisible()
    qtbot.keyClicks(grid.popup.search, "Travel document")
    qtbot.keyClick(grid.popup.search, Qt.Key.Key_Return)
    assert not grid.popup.isVisible()
    sheet = grid.sheet_model.sheet
    assert sheet is not None
    assert sheet.plan.columns[4].field == "custom:Travel document"
    # The notes are left out.
    qtbot.keyClick(grid.head, Qt.Key.Key_End)
    qtbot.keyClick(grid.head, Qt.Key.Key_Return)
    qtbot.keyClicks(grid.popup.search, "leave")
    qtbot.keyClick(grid.popup.search, Qt.Key.Key_Return)
    assert sheet.plan.columns[5].field == "skip"

    qtbot.keyClick(grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    if page.step is Step.COLUMNS and not page.busy:
        page.go_on()
    reach(qtbot, page, Step.CHECK)
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    reach(qtbot, page, Step.RESULT)
    assert started.session is not None
    people = started.session.workspace.customers
    found = people.get(people.search("João")[0].id)
    assert found.custom == {"Travel document": "P1"}
    assert found.notes == ""


def test_escape_goes_back(qtbot: QtBot, started: Shell, clientes: Path) -> None:
    page = to_check(qtbot, started, clientes)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.step is Step.COLUMNS
    # Nothing was changed: the check still holds.
    page.go_on()
    assert page.step is Step.CHECK
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.step is Step.FILE


def test_a_problem_leads_to_its_cell(qtbot: QtBot, started: Shell, clientes: Path) -> None:
    page = to_check(qtbot, started, clientes)
    lines = page.check_step.problems.lines
    assert {(line.row, line.column, line.value) for line in lines} == {
        (4, "B", "12-34"),
        (4, "C", "ver cartão"),
    }
    assert all(line.words for line in lines)
    table = page.check_step.problem_table
    at = table.visualRect(page.check_step.problems.index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert page.step is Step.COLUMNS
    grid = page.columns_step.grid
    here = grid.currentIndex()
    assert (here.row(), here.column()) == (3, index_of(lines[0].column))
    assert grid.sheet_model.problem(3, 1)
    assert [line.row for line in page.check_step.left_out.lines] == [5]
    assert page.check_step.left_out.lines[0].words


def test_another_header_row(qtbot: QtBot, started: Shell, tmp_path: Path) -> None:
    rows = [["Nome", "Cidade"], ["Cliente", "Telefone"], ["Ana Lopes", "912 000 111"]]
    path = book(tmp_path / "duplo.xlsx", ("A", rows))
    drop(started, path)
    page = wizard(started)
    reach(qtbot, page, Step.COLUMNS)
    grid = page.columns_step.grid
    grid.rows.sectionClicked.emit(1)
    assert not page.next.isEnabled()
    qtbot.waitUntil(lambda: page.next.isEnabled(), timeout=LONG)
    sheet = grid.sheet_model.sheet
    assert sheet is not None
    assert sheet.plan.header_row == 2
    assert [c.field for c in sheet.plan.columns] == ["name", "phone"]
    assert sheet.preview.rows == 1
    assert [grid.sheet_model.role_of(r, 0) for r in range(3)] == ["title", "header", ""]


def test_chinese_and_wide(qtbot: QtBot, started: Shell, tmp_path: Path) -> None:
    heads = ["姓名", "公司名称", "手机", *[f"{year}年消费" for year in range(1997, 2024)]]
    rows = [["王秀英", "上海东方贸易有限公司", "13800138000", *range(27)]]
    path = book(tmp_path / "客户名单.xlsx", ("客户", [heads, *rows]))
    drop(started, path)
    page = wizard(started)
    reach(qtbot, page, Step.COLUMNS)
    grid = page.columns_step.grid
    assert grid.sheet_model.columnCount() == 30
    heads_shown = [grid.sheet_model.headerData(i, Qt.Orientation.Horizontal) for i in (0, 1, 2, 29)]
    assert heads_shown == ["Name", "Organisation", "Phone · mobile", "2023年消费"]
    grid.open_chooser(29)
    assert grid.horizontalScrollBar().value() > 0
    assert grid.popup.isVisible()
    grid.popup.hide()


def test_sheets_in_and_out(qtbot: QtBot, started: Shell, tmp_path: Path) -> None:
    path = book(tmp_path / "anos.xlsx", ("2019", [HEADS, PEOPLE[0]]), ("2020", [HEADS, PEOPLE[1]]))
    drop(started, path)
    page = wizard(started)
    reach(qtbot, page, Step.COLUMNS)
    assert page.hint.text() == "2 sheets · 2 rows"
    first, second = page.columns_step.sheets.cards
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert page.hint.text() == "1 sheet · 1 row"
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.isChecked()
    qtbot.keyClick(second, Qt.Key.Key_Space)
    assert not page.next.isEnabled()
    qtbot.keyClick(second, Qt.Key.Key_Space)
    page.go_on()
    reach(qtbot, page, Step.CHECK)
    page.go_on()
    reach(qtbot, page, Step.RESULT)
    assert customers(started) == 1


def test_a_sheet_without_anybody_cannot_go_on(qtbot: QtBot, started: Shell, clientes: Path) -> None:
    drop(started, clientes)
    page = wizard(started)
    reach(qtbot, page, Step.COLUMNS)
    grid = page.columns_step.grid
    for column in range(3):
        grid.open_chooser(column)
        qtbot.keyClicks(grid.popup.search, "leave out")
        qtbot.keyClick(grid.popup.search, Qt.Key.Key_Return)
    assert not page.next.isEnabled()
    assert page.columns_step.warning.isVisible()
    grid.open_chooser(0)
    qtbot.keyClicks(grid.popup.search, "name")
    qtbot.keyClick(grid.popup.search, Qt.Key.Key_Return)
    assert page.next.isEnabled()
    assert not page.columns_step.warning.isVisible()


def test_a_broken_file_says_so_and_nothing_is_lost(
    qtbot: QtBot, started: Shell, clientes: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "cortado.xlsx"
    broken.write_bytes(clientes.read_bytes()[:3000])
    picture = tmp_path / "logo.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    drop(started, broken, picture, clientes)
    page = wizard(started)
    states = [State.REFUSED, State.REFUSED, State.READY]
    qtbot.waitUntil(lambda: [f.state for f in page.files] == states, timeout=LONG)
    assert page.step is Step.FILE
    shown = page.file_step.rows()
    assert "cortado.xlsx" in shown[0].message.text()
    assert "a picture" in shown[1].message.text()
    qtbot.mouseClick(page.file_step.next, Qt.MouseButton.LeftButton)
    assert page.step is Step.COLUMNS
    assert [f.path.name for f in page.files] == ["clientes.xlsx"]
    assert customers(started) == 0


def test_a_missing_file(qtbot: QtBot, started: Shell, tmp_path: Path) -> None:
    drop(started, tmp_path / "nowhere.xlsx")
    page = wizard(started)
    qtbot.waitUntil(lambda: page.files[0].state is State.REFUSED, timeout=LONG)
    assert "nowhere.xlsx" in page.file_step.rows()[0].message.text()
    qtbot.mouseClick(page.file_step.rows()[0].remove, Qt.MouseButton.LeftButton)
    assert page.files == []
    assert page.file_step.rows() == []


def test_a_password_is_asked_for_once_it_is_needed(
    qtbot: QtBot, started: Shell, clientes: Path, tmp_path: Path
) -> None:
    locked = tmp_path / "segredo.xlsx"
    sealed = io.BytesIO()
    with clientes.open("rb") as plain:
        OOXMLFile(plain).encrypt("chave", sealed)
    locked.write_bytes(sealed.getvalue())
    assert msoffcrypto.OfficeFile(io.BytesIO(locked.read_bytes())).is_encrypted()

    drop(started, locked)
    page = wizard(started)
    qtbot.waitUntil(lambda: bool(page.files) and page.files[0].state is State.LOCKED, timeout=LONG)
    shown = page.file_step.rows()[0]
    assert shown.password.isVisible()
    assert "password" in shown.message.text()
    qtbot.keyClicks(shown.password, "wrong")
    qtbot.keyClick(shown.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "does not open" in shown.message.text(), timeout=LONG)
    assert shown.password.text() == ""
    qtbot.keyClicks(shown.password, "chave")
    qtbot.mouseClick(shown.unlock, Qt.MouseButton.LeftButton)
    reach(qtbot, page, Step.COLUMNS)


def test_cancel_in_the_middle_leaves_nothing(qtbot: QtBot, started: Shell, tmp_path: Path) -> None:
    page = to_check(qtbot, started, many(tmp_path / "grande.xlsx", 30_000))
    assert page.result is not None
    assert page.result.total(Outcome.CREATED) == 30_000
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    assert page.step is Step.IMPORT
    qtbot.waitUntil(lambda: "of 30,000 rows" in page.work_step.counts.text(), timeout=LONG)
    assert page.busy
    assert started.rail.status.job.isVisible()
    qtbot.mouseClick(page.work_step.stop, Qt.MouseButton.LeftButton)
    reach(qtbot, page, Step.CHECK)
    assert customers(started) == 0
    # And it can be done all the same.
    page.go_on()
    reach(qtbot, page, Step.RESULT)
    assert customers(started) == 30_000


def test_another_language_waits_for_the_import(
    qtbot: QtBot, started: Shell, tmp_path: Path
) -> None:
    page = to_check(qtbot, started, many(tmp_path / "grande.xlsx", 5_000))
    page.go_on()
    assert page.busy
    started.show_page("settings")
    settings = started.page("settings")
    assert isinstance(settings, SettingsPage)
    assert settings.language_waits.isHidden()
    before = started.rail
    settings.language.setCurrentIndex(settings.language.findData("pt"))
    settings.language.activated.emit(settings.language.currentIndex())
    assert settings.language_waits.isVisible()
    assert settings.language_waits.text() == "The language changes when the running job is done."
    assert started.preferences.text("language") == "pt"
    assert i18n.language() == "en"
    qtbot.waitUntil(lambda: started.rail is not before, timeout=LONG)
    assert i18n.language() == "pt"
    assert customers(started) == 5_000
    # What the import did is told in the new language, and can be taken back there.
    after = wizard(started)
    assert after is not page
    assert after.step is Step.RESULT
    assert after.result_step.title.text() == "5.000 clientes novos"
    after.undo()
    qtbot.waitUntil(lambda: after.result_step.undo.isHidden(), timeout=LONG)
    assert customers(started) == 0


def test_another_language_keeps_the_files_and_their_columns(
    qtbot: QtBot, started: Shell, clientes: Path
) -> None:
    drop(started, clientes)
    page = wizard(started)
    reach(qtbot, page, Step.COLUMNS)
    page.files[0].sheets[0].choose(4, FieldChoice("", "", field="notes"))
    started.choose_language("pt")
    qtbot.waitUntil(lambda: started.stack.built("import") not in (None, page), timeout=LONG)
    after = wizard(started)
    reach(qtbot, after, Step.COLUMNS)
    assert [f.path for f in after.files] == [clientes]
    column = after.files[0].sheets[0].column_at(4)
    assert column is not None
    assert column.field == "notes"
    assert after.next.text() == "Verificar"


def test_a_language_that_waits_can_be_taken_back(
    qtbot: QtBot, started: Shell, tmp_path: Path
) -> None:
    page = to_check(qtbot, started, many(tmp_path / "grande.xlsx", 2_000))
    page.go_on()
    before = started.rail
    started.choose_language("pt")
    assert started.toasts.current is not None
    assert started.toasts.current.message.text() == (
        "The language changes when the running job is done."
    )
    started.show_page("settings")
    settings = started.page("settings")
    assert isinstance(settings, SettingsPage)
    assert settings.language_waits.isVisible()
    assert settings.language.currentData() == "pt"
    started.choose_language("en")
    assert settings.language_waits.isHidden()
    assert settings.language.currentData() == "en"
    reach(qtbot, page, Step.RESULT)
    settle(started, qtbot)
    assert started.rail is before
    assert i18n.language() == started.preferences.text("language") == "en"


def test_undo_keeps_what_was_edited_since(qtbot: QtBot, started: Shell, clientes: Path) -> None:
    page = to_result(qtbot, started, clientes)
    assert started.session is not None
    people = started.session.workspace.customers
    people.update(people.search("Maria")[0].id, "notes", "Ligar em maio")
    qtbot.mouseClick(page.result_step.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.result_step.undo.isHidden(), timeout=LONG)
    assert page.result_step.title.text() == "This import was undone."
    qtbot.waitUntil(lambda: page.result_step.kept.isVisible(), timeout=LONG)
    assert customers(started) == 1
    assert people.search("Maria")[0].name == "Maria Inês Ferreira"


def test_undo_of_all(qtbot: QtBot, started: Shell, clientes: Path) -> None:
    page = to_result(qtbot, started, clientes)
    qtbot.mouseClick(page.result_step.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.result_step.undo.isHidden(), timeout=LONG)
    assert not page.result_step.kept.isVisible()
    assert customers(started) == 0
    qtbot.mouseClick(page.result_step.another, Qt.MouseButton.LeftButton)
    assert page.step is Step.FILE
    assert page.files == []


def test_the_result_follows_an_undo_from_elsewhere(
    qtbot: QtBot, started: Shell, clientes: Path
) -> None:
    page = to_result(qtbot, started, clientes)
    shown = page.result_step
    told = shown.title.text()
    started.commands.undo.trigger()
    qtbot.waitUntil(lambda: shown.undo.isHidden(), timeout=LONG)
    assert shown.title.text() == "This import was undone."
    assert shown.figures.isHidden()
    assert customers(started) == 0
    qtbot.waitUntil(lambda: shown.redo.isVisible(), timeout=LONG)
    # Here and there again: the page tells what is so at present.
    qtbot.mouseClick(shown.redo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown.undo.isVisible(), timeout=LONG)
    assert shown.title.text() == told
    assert shown.redo.isHidden()
    assert shown.figures.isVisible()
    assert customers(started) == 3


def test_redo_is_offered_while_it_would_redo_this_import(
    qtbot: QtBot, started: Shell, clientes: Path
) -> None:
    page = to_result(qtbot, started, clientes)
    assert started.session is not None
    assert page.result is not None
    assert page.result.step is not None
    started.undo_step(page.result.step)
    qtbot.waitUntil(lambda: page.result_step.redo.isVisible(), timeout=LONG)
    started.session.workspace.customers.create(CustomerDraft(name="Nova"))
    qtbot.waitUntil(lambda: page.result_step.redo.isHidden(), timeout=LONG)
    assert page.result_step.title.text() == "This import was undone."


def test_an_undone_import_stays_so_in_another_language(
    qtbot: QtBot, started: Shell, clientes: Path
) -> None:
    page = to_result(qtbot, started, clientes)
    page.undo()
    qtbot.waitUntil(lambda: page.result_step.redo.isVisible(), timeout=LONG)
    before = started.rail
    started.choose_language("pt")
    qtbot.waitUntil(lambda: started.rail is not before, timeout=LONG)
    after = wizard(started)
    qtbot.waitUntil(lambda: after.result_step.redo.isVisible(), timeout=LONG)
    assert after.result_step.undo.isHidden()


def test_the_same_file_again(qtbot: QtBot, started: Shell, clientes: Path) -> None:
    page = to_result(qtbot, started, clientes)
    page.start_over()
    page.activate()
    assert page.file_step.again.text() == "Import clientes.xlsx again"
    qtbot.mouseClick(page.file_step.again, Qt.MouseButton.LeftButton)
    reach(qtbot, page, Step.COLUMNS)
    page.go_on()
    reach(qtbot, page, Step.CHECK)
    assert page.check_step.already.isVisible()
    assert "Already imported: Today" in page.check_step.already.text.text()
    assert page.result is not None
    assert page.result.total(Outcome.LEFT_OUT) == 4
    assert "Unchanged since" in page.check_step.left_out.lines[0].words
    assert not page.next.isEnabled()
    # All the same, once more.
    qtbot.mouseClick(page.check_step.changed_box, Qt.MouseButton.LeftButton)
    reach(qtbot, page, Step.CHECK)
    qtbot.waitUntil(lambda: page.next.isEnabled(), timeout=LONG)
    assert page.result.total(Outcome.UPDATED) == 3


def test_a_workbook_that_has_grown(qtbot: QtBot, started: Shell, clientes: Path) -> None:
    page = to_result(qtbot, started, clientes)
    more = ["Eva Paz", "914 222 333", "eva@example.pt", "Beja", "P4", ""]
    book(clientes, ("Clientes", [HEADS, more, *PEOPLE]))
    page = to_check(qtbot, started, clientes)
    assert "A file of this name was imported before" in page.check_step.already.text.text()
    assert page.result is not None
    assert page.result.total(Outcome.CREATED) == 1
    assert page.result.total(Outcome.UPDATED) == 0
    assert page.next.text() == "Import 1 row"
    page.go_on()
    reach(qtbot, page, Step.RESULT)
    assert customers(started) == 4


def test_several_files_are_one_step(qtbot: QtBot, started: Shell, tmp_path: Path) -> None:
    first = book(tmp_path / "a.xlsx", ("A", [HEADS, PEOPLE[0]]))
    second = tmp_path / "b.csv"
    second.write_text("Nome;Telefone\nAna Lopes;911 222 333\n", encoding="utf-8")
    page = to_result(qtbot, started, first, second)
    assert customers(started) == 2
    assert started.session is not None
    history = started.session.workspace.history
    step = history.can_undo()
    assert step is not None
    assert page.result is not None
    assert step.id == page.result.step


def test_our_own_export_needs_no_columns(
    qtbot: QtBot, started: Shell, clientes: Path, tmp_path: Path
) -> None:
    page = to_result(qtbot, started, clientes)
    target = tmp_path / "export.json"
    started.archives.export(target, CustomerListQuery())
    qtbot.waitUntil(lambda: target.exists() and not started.operations.busy, timeout=LONG)
    page.undo()
    qtbot.waitUntil(lambda: page.result_step.undo.isHidden(), timeout=LONG)
    page.start_over()
    drop(started, target)
    reach(qtbot, page, Step.CHECK)
    page.go_on()
    reach(qtbot, page, Step.RESULT)
    assert customers(started) == 3


def test_cells_copied_from_excel(qtbot: QtBot, started: Shell) -> None:
    started.show_page("import")
    page = wizard(started)
    data = QMimeData()
    data.setText("Nome\tTelefone\nAna Lopes\t912 345 678\nRui Sousa\t963 111 222\n")
    QGuiApplication.clipboard().setMimeData(data)
    qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    reach(qtbot, page, Step.COLUMNS)
    assert page.hint.text() == "1 sheet · 2 rows"


EXCEL_HTML = """<html xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<style><!--td {mso-number-format:General;}--></style></head><body><!--StartFragment-->
<table border=0><tr><td class=xl65>Nome</td><td>Telefone</td><td>Morada</td></tr>
<tr><td>João Simões</td><td>912 345 678</td><td>Rua A, 5<br>4000-001 Porto</td></tr>
<tr><td>王秀英</td><td>963 111 222</td><td></td></tr></table><!--EndFragment--></body></html>"""


def test_a_table_copied_from_excel_as_html(qtbot: QtBot, started: Shell) -> None:
    started.show_page("customers")
    page = started.page("customers")
    data = QMimeData()
    data.setHtml(EXCEL_HTML)
    data.setText("Nome\tTelefone\nJoão\t912\n")
    QGuiApplication.clipboard().setMimeData(data)
    # Nobody is there yet, so there is no list to have the keyboard.
    qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wizard_page = wizard(started)
    reach(qtbot, wizard_page, Step.COLUMNS)
    path = wizard_page.files[0].path
    assert path.name.startswith("Pasted cells")
    assert path.suffix == ".html"
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0
    wizard_page.go_on()
    reach(qtbot, wizard_page, Step.CHECK)
    wizard_page.go_on()
    reach(qtbot, wizard_page, Step.RESULT)
    assert started.session is not None
    people = started.session.workspace.customers
    assert {people.search(n)[0].name for n in ("João", "王秀")} == {"João Simões", "王秀英"}
    address = people.get(people.search("João")[0].id).addresses[0]
    assert address[:3] == ("Rua A, 5", "4000-001", "Porto")
    # There is no file to import again.
    wizard_page.start_over()
    wizard_page.activate()
    assert wizard_page.file_step.again.isHidden()


def test_a_text_in_a_page_is_no_table(qtbot: QtBot, started: Shell) -> None:
    started.show_page("import")
    data = QMimeData()
    data.setHtml("<p>Just a <b>sentence</b>.</p>")
    data.setText("Just a sentence.")
    QGuiApplication.clipboard().setMimeData(data)
    page = wizard(started)
    qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.files == []


def test_pasted_cells_are_gone_when_the_program_ends(tmp_path: Path) -> None:
    code = (
        "from PySide6.QtCore import QMimeData\n"
        "from crm_desktop.ui.pasting import pasted_cells\n"
        "data = QMimeData(); data.setText('Nome\\tTel\\nAna\\t912')\n"
        "print(pasted_cells(data))\n"
    )
    env = {**os.environ, "TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "TMP": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    assert "Pasted cells" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_country_is_read_anew(qtbot: QtBot, started: Shell, clientes: Path) -> None:
    drop(started, clientes)
    page = wizard(started)
    reach(qtbot, page, Step.COLUMNS)
    country = page.columns_step.country
    assert country.country() == "PT"
    grid = page.columns_step.grid
    grid.open_chooser(4)
    qtbot.keyClicks(grid.popup.search, "leave out")
    qtbot.keyClick(grid.popup.search, Qt.Key.Key_Return)
    country.set_country("ES")
    country.chosen.emit("ES")
    qtbot.waitUntil(
        lambda: page.step is Step.COLUMNS and page.files[0].preview is not None, timeout=LONG
    )
    assert page.files[0].preview is not None
    assert page.files[0].preview.country == "ES"
    # What was said of the columns still holds.
    assert [c.field for c in page.files[0].plans()[0].columns][4] == "skip"
    assert grid.sheet_model.headerData(4, Qt.Orientation.Horizontal) == "Leave out"
    assert started.session is not None
    settings = started.session.workspace.settings
    qtbot.waitUntil(lambda: settings.home_country() == "ES", timeout=LONG)


def test_closing_the_archive_closes_the_file(qtbot: QtBot, started: Shell, clientes: Path) -> None:
    drop(started, clientes)
    page = wizard(started)
    reach(qtbot, page, Step.COLUMNS)
    sessions = page.opening.sessions
    assert len(sessions._open) == 1
    session = sessions._open[0]
    with qtbot.waitSignal(page.opening.destroyed, timeout=LONG):
        started.archives.close_to_welcome()
    settle(started, qtbot)
    assert sessions._open == []
    assert sessions._ended
    assert session is not None


def test_letters() -> None:
    assert [letter_of(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert [index_of(letter_of(n)) for n in range(800)] == list(range(800))
    assert index_of("1") == -1


def test_each_value_says_which_cell_it_came_from(
    qtbot: QtBot, started: Shell, clientes: Path
) -> None:
    page = to_check(qtbot, started, clientes)
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    reach(qtbot, page, Step.RESULT)
    qtbot.mouseClick(page.result_step.show_customers, Qt.MouseButton.LeftButton)
    customers_page = started.current_page()
    assert isinstance(customers_page, CustomersPage)
    qtbot.waitUntil(lambda: customers_page.model.rowCount() == 3, timeout=LONG)
    customers_page.table.selectRow(0)
    panel = customers_page.panel
    qtbot.waitUntil(lambda: panel.customer is not None and panel.origins.isVisible(), timeout=LONG)
    assert panel.customer is not None
    name = panel.customer.name
    qtbot.mouseClick(panel.origins, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.findChild(Origins) is not None, timeout=LONG)
    table = panel.findChild(Origins).table
    lines = [[table.item(r, c).text() for c in range(4)] for r in range(table.rowCount())]
    assert lines[0] == ["Name", name, f"A{lines[0][2][1:]}", "clientes.xlsx · Clientes"]
    assert [line[0] for line in lines[:5]] == ["Name", "Phone", "E-mail", "City", "Passaporte"]
