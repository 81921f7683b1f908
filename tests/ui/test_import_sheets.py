"""The sheets in the import wizard: a card for each table, its kind, its bands in the grid."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.customers import CustomerListQuery
from crm_desktop.domain.imports import GROUP_COLUMN, SHEET_COLUMN, Outcome, SheetKind
from crm_desktop.ui.pages.import_page import ImportPage
from crm_desktop.ui.pages.import_wizard.findings import FindingsTable
from crm_desktop.ui.pages.import_wizard.row_head import RowHead
from crm_desktop.ui.pages.import_wizard.sheet_list import sheet_state, sheet_tags
from crm_desktop.ui.pages.import_wizard.steps import Step
from crm_desktop.ui.shell import Shell

LONG = 30_000
A, B, C, D = "912345678", "913456789", "914567890", "915678901"
Rows = Sequence[Sequence[object]]

PEOPLE = [["Nome", "Telefone", "Cidade"], ["Ana Silva", A, "Porto"], ["Rui Costa", B, "Faro"]]
TWO_TABLES = [
    ["Particulares"],
    *PEOPLE,
    [],
    ["Empresas"],
    ["Empresa", "E-mail", "Telefone"],
    ["Mar Alto, Lda", "geral@maralto.example", C],
]
BESIDE = [
    ["Nome", "Telefone", "", "Nome", "Telefone"],
    ["Bela Dias", A, "", "Ivo Pinto", C],
    ["Caio Luz", B, "", "", ""],
]
SALES = [
    ["Data", "Cliente", "Destino", "Fatura", "Valor"],
    *(
        [f"2019-{1 + i % 12:02d}-05", name, "Roma", f"FT 2019/{i}", 100.5 + i]
        for i, name in enumerate(("Ana Silva", "Rui Costa", "Inês Melo") * 4)
    ),
]
FIGURES = [["Mês", "2018", "2019"], ["Janeiro", 100, 200], ["Fevereiro", 50, 70]]
GROUPS = [
    ["Agência Mar Aberto"],
    ["Nome", "Telefone", "Compras"],
    ["Lisboa"],
    ["Ana Silva", A, 10],
    ["Porto"],
    ["Rui Costa", B, 20],
    ["Total", "", 30],
]


def book(path: Path, *sheets: tuple[str, Rows], hidden: Sequence[str] = ()) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        for name, rows in sheets:
            sheet = workbook.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def reach(qtbot: QtBot, page: ImportPage, step: Step) -> None:
    qtbot.waitUntil(lambda: page.step is step and not page.busy, timeout=LONG)


def columns_of(qtbot: QtBot, shell: Shell, path: Path) -> ImportPage:
    shell.open_import([path])
    page = shell.page("import")
    assert isinstance(page, ImportPage)
    reach(qtbot, page, Step.COLUMNS)
    return page


def customers(shell: Shell) -> int:
    assert shell.session is not None
    return shell.session.workspace.customers.count(CustomerListQuery())


def test_a_card_for_each_table(qtbot: QtBot, started: Shell, tmp_path: Path) -> None:
    path = book(
        tmp_path / "agencia.xlsx",
        ("Contactos", TWO_TABLES),
        ("Balcão", BESIDE),
        ("Antigos", PEOPLE),
        ("Vendas 2019", SALES),
        ("Resumo", FIGURES),
        ("Folha9", []),
        hidden=["Antigos"],
    )
    page = columns_of(qtbot, started, path)
    shown = [
        (c.text(), sheet_state(c.sheet), [text for text, _tint in sheet_tags(c.sheet)])
        for c in page.columns_step.sheets.cards
    ]
    assert shown == [
        ("Contactos", "2 rows · rows 1–5", ["List", "1 unsure"]),
        ("Contactos", "1 row · rows 6–8", ["List", "1 unsure"]),
        ("Balcão", "2 rows · columns A–C", ["List", "1 unsure"]),
        ("Balcão", "1 row · columns D–E", ["List", "1 unsure"]),
        ("Antigos", "2 rows", ["List", "hidden", "1 unsure"]),
        ("Vendas 2019", "12 rows", ["Sales"]),
        ("Resumo", "2 rows", ["Figures"]),
        ("Folha9", "nothing to import", ["Empty"]),
    ]
    boxes = [(c.box.isChecked(), c.box.isEnabled()) for c in page.columns_step.sheets.cards]
    assert boxes == [(True, True)] * 6 + [(False, False)] * 2
    assert "Sales" in page.columns_step.sheets.cards[5].accessibleName()


def test_tables_of_one_sheet_are_told_apart_in_their_cards(
    qtbot: QtBot, started: Shell, tmp_path: Path
) -> None:
    """Two beside each other above two others: words for rows and columns would be cut off."""
    left, right = ["Nome", "Telefone", None], ["Empresa", "E-mail"]
    rows = [
        [*left, *right],
        ["Ana Silva", "912345678", None, "Mar Alto, Lda", "geral@maralto.example"],
        [],
        ["Nome", "Cidade", None, "Empresa", "NIPC"],
        ["Rui Costa", "Porto", None, "Boa Vista, SA", "502757191"],
    ]
    page = columns_of(qtbot, started, book(tmp_path / "a.xlsx", ("Contactos", rows)))
    states = [sheet_state(card.sheet) for card in page.columns_step.sheets.cards]
    assert states == ["1 row · A1:C3", "1 row · D1:E3", "1 row · A4:C5", "1 row · D4:E5"]


def test_forms_have_no_header_row(qtbot: QtBot, started: Shell, tmp_path: Path) -> None:
    form = [["Nome:", "Ana Silva"], ["Telefone:", "912345678"], ["Cidade:", "Porto"]]
    page = columns_of(qtbot, started, book(tmp_path / "a.xlsx", ("Ana", form)))
    assert "header" not in page.columns_step.facts.text()


def test_values_that_stay_are_not_told_as_cells_that_were_not_understood(
    qtbot: QtBot, started: Shell, tmp_path: Path
) -> None:
    rows = [["Nome", "Telefone", "Origem"], ["Ana Silva", "912345678", "Porto"]]
    rows.append(["Ana Silva", "912345678", "Faro"])
    page = columns_of(qtbot, started, book(tmp_path / "a.xlsx", ("Clientes", rows)))
    page.go_on()
    reach(qtbot, page, Step.CHECK)
    words = page.check_step.note.text()
    assert "1 value stays as it is" in words
    assert "could not be read" not in words


def test_sales_can_be_taken_as_a_list_and_back(
    qtbot: QtBot, started: Shell, tmp_path: Path
) -> None:
    page = columns_of(
        qtbot, started, book(tmp_path / "v.xlsx", ("Clientes", PEOPLE), ("Vendas", SALES))
    )
    step = page.columns_step
    assert step.sales.isHidden()
    card = step.sheets.cards[1]
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert step.sales.isVisible()
    step.grid.open_chooser(1)
    assert not step.grid.popup.isVisible()
    qtbot.mouseClick(step.switch, Qt.MouseButton.LeftButton)
    assert card.sheet.kind is SheetKind.LIST
    assert sheet_tags(card.sheet)[0][0] == "List"
    page.go_on()
    reach(qtbot, page, Step.CHECK)
    assert page.result is not None
    assert page.result.total(Outcome.LEFT_OUT) == 0
    page.go_back()
    step.sheets.go_to(card.sheet)
    qtbot.mouseClick(step.switch, Qt.MouseButton.LeftButton)
    assert card.sheet.kind is SheetKind.LEDGER
    page.go_on()
    reach(qtbot, page, Step.CHECK)
    assert page.result.total(Outcome.LEFT_OUT) == 12
    page.go_on()
    reach(qtbot, page, Step.RESULT)
    assert customers(started) == 2


def test_figures_become_a_list_once_a_column_names_customers(
    qtbot: QtBot, started: Shell, tmp_path: Path
) -> None:
    path = book(tmp_path / "f.xlsx", ("Clientes", PEOPLE), ("Resumo", FIGURES))
    page = columns_of(qtbot, started, path)
    card = page.columns_step.sheets.cards[1]
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    grid = page.columns_step.grid
    grid.open_chooser(0)
    qtbot.keyClicks(grid.popup.search, "name")
    qtbot.keyClick(grid.popup.search, Qt.Key.Key_Return)
    assert card.sheet.kind is SheetKind.LIST
    assert (card.box.isChecked(), card.box.isEnabled()) == (True, True)
    grid.open_chooser(0)
    qtbot.keyClicks(grid.popup.search, "leave out")
    qtbot.keyClick(grid.popup.search, Qt.Key.Key_Return)
    assert card.sheet.kind is SheetKind.SUMMARY
    assert (card.box.isChecked(), card.box.isEnabled()) == (False, False)


def test_bands_and_the_columns_that_no_sheet_has(
    qtbot: QtBot, started: Shell, tmp_path: Path
) -> None:
    path = book(tmp_path / "g.xlsx", ("VIP", GROUPS), ("2019", PEOPLE))
    page = columns_of(qtbot, started, path)
    grid, model = page.columns_step.grid, page.columns_step.grid.sheet_model
    assert [model.role_of(r, 0) for r in range(7)] == [
        "title",
        "header",
        "group",
        "",
        "group",
        "",
        "total",
    ]
    assert [model.title(c) for c in range(model.columnCount())] == [
        "A",
        "B",
        "C",
        "Heading",
        "Sheet name",
    ]
    heading, name = model.column_of(GROUP_COLUMN), model.column_of(SHEET_COLUMN)
    assert [model.text(r, heading) for r in range(7)] == ["", "", "", "Lisboa", "", "Porto", ""]
    assert [model.text(r, name) for r in (3, 5)] == ["VIP", "VIP"]
    assert grid.rows.width() > 52
    # Its chooser is one like the others.
    grid.open_chooser(heading)
    qtbot.keyClicks(grid.popup.search, "tags")
    qtbot.keyClick(grid.popup.search, Qt.Key.Key_Return)
    sheet = model.sheet
    assert sheet is not None
    assert {c.index: c.field for c in sheet.plan.columns}[GROUP_COLUMN] == "tags"
    page.go_on()
    reach(qtbot, page, Step.CHECK)
    page.go_on()
    reach(qtbot, page, Step.RESULT)
    assert started.session is not None
    people = started.session.workspace.customers
    assert set(people.get(people.search("Rui")[0].id).tags) == {"Porto", "VIP", "2019"}


def test_headings_stand_beside_their_rows_without_ordinals(
    qtbot: QtBot, started: Shell, tmp_path: Path
) -> None:
    rows = [["1. Lisboa"] if row == ["Lisboa"] else row for row in GROUPS]
    rows = [["2. Porto"] if row == ["Porto"] else row for row in rows]
    page = columns_of(qtbot, started, book(tmp_path / "g.xlsx", ("Clientes", rows)))
    model = page.columns_step.grid.sheet_model
    heading = model.column_of(GROUP_COLUMN)
    assert [model.text(r, heading) for r in (3, 5)] == ["Lisboa", "Porto"]


def test_a_table_further_down_keeps_the_numbers_of_its_rows(
    qtbot: QtBot, started: Shell, tmp_path: Path
) -> None:
    rows = [*TWO_TABLES[:-1], ["Mar Alto, Lda", "ver cartão", C]]
    page = columns_of(qtbot, started, book(tmp_path / "a.xlsx", ("A", rows), ("Balcão", BESIDE)))
    page.columns_step.sheets.go_to(page.columns_step.sheets.cards[1].sheet)
    grid = page.columns_step.grid
    assert [grid.sheet_model.row_number(r) for r in range(3)] == [6, 7, 8]
    page.go_on()
    reach(qtbot, page, Step.CHECK)
    problem = next(line for line in page.check_step.problems.lines if line.value == "ver cartão")
    page.check_step.cell_wanted.emit(problem)
    assert page.step is Step.COLUMNS
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (2, 1)
    # A table at the right begins with its own first column.
    page.columns_step.sheets.go_to(page.columns_step.sheets.cards[3].sheet)
    assert [grid.isColumnHidden(c) for c in range(5)] == [True, True, True, False, False]
    qtbot.keyClick(grid.head, Qt.Key.Key_Home)
    qtbot.keyClick(grid.head, Qt.Key.Key_Left)
    qtbot.keyClick(grid.head, Qt.Key.Key_Space)
    assert grid.popup.isVisible()
    grid.popup.hide()


def test_the_header_is_dragged(qtbot: QtBot, started: Shell, tmp_path: Path) -> None:
    rows = [["Nome", "Cidade"], ["Cliente", "Telefone"], ["Ana Lopes", "912 000 111"]]
    page = columns_of(qtbot, started, book(tmp_path / "duplo.xlsx", ("A", rows)))
    head = page.columns_step.grid.rows
    sheet = page.columns_step.grid.sheet_model.sheet
    assert sheet is not None
    assert sheet.plan.header_row == 1
    edge = head.sectionViewportPosition(0) + head.sectionSize(0)
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(head.viewport(), left, pos=QPoint(20, edge))
    qtbot.mouseMove(head.viewport(), QPoint(20, edge + 28))
    qtbot.mouseRelease(head.viewport(), left, pos=QPoint(20, edge + 28))
    qtbot.waitUntil(lambda: page.next.isEnabled() and sheet.plan.header_row == 2, timeout=LONG)
    assert [c.field for c in sheet.plan.columns] == ["name", "phone"]


def open_menu(qtbot: QtBot, widget: QWidget) -> QMenu:
    """The menu that the keyboard opens."""
    before = widget.findChildren(QMenu)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(widget, asked)
    [menu] = [m for m in widget.findChildren(QMenu) if m not in before]
    qtbot.waitUntil(menu.isVisible)
    menu.hide()
    return menu


def drag(qtbot: QtBot, head: RowHead, row: int, by: int, *, upper: bool = False) -> None:
    """Drag the lower or upper edge of a row by so many rows."""
    size = head.sectionSize(row)
    edge = head.sectionViewportPosition(row) + (0 if upper else size)
    left, target = Qt.MouseButton.LeftButton, QPoint(20, edge + by * size)
    qtbot.mousePress(head.viewport(), left, pos=QPoint(20, edge))
    qtbot.mouseMove(head.viewport(), target)
    qtbot.mouseRelease(head.viewport(), left, pos=target)


def test_edges_of_bands_are_dragged(qtbot: QtBot, started: Shell, tmp_path: Path) -> None:
    rows = [*GROUPS[:-1], ["Eva Paz", C, 5], ["Total", "", 35]]
    page = columns_of(qtbot, started, book(tmp_path / "g.xlsx", ("VIP", rows)))
    grid, model = page.columns_step.grid, page.columns_step.grid.sheet_model

    def roles() -> list[str]:
        return [model.role_of(r, 0) for r in range(8)]

    assert roles() == ["title", "header", "group", "", "group", "", "", "total"]
    drag(qtbot, grid.rows, 7, -1, upper=True)
    assert roles() == ["title", "header", "group", "", "group", "", "total", "total"]
    drag(qtbot, grid.rows, 6, 1, upper=True)
    drag(qtbot, grid.rows, 4, -1)
    assert roles() == ["title", "header", "group", "", "", "", "", "total"]
    heading = model.column_of(GROUP_COLUMN)
    assert model.text(5, heading) == "Lisboa"
    page.go_on()
    reach(qtbot, page, Step.CHECK)
    assert [line.row for line in page.check_step.left_out.lines] == [3, 8]


def test_a_row_is_said_to_be_something_else(qtbot: QtBot, started: Shell, tmp_path: Path) -> None:
    page = columns_of(qtbot, started, book(tmp_path / "g.xlsx", ("VIP", PEOPLE)))
    grid, model = page.columns_step.grid, page.columns_step.grid.sheet_model
    grid.setFocus()
    grid.setCurrentIndex(model.index(1, 0))
    menu = open_menu(qtbot, grid)
    by_text = {action.text(): action for action in menu.actions()}
    assert by_text["This row is a customer"].isChecked()
    by_text["This row is a heading for those below"].trigger()
    assert [model.role_of(r, 0) for r in range(3)] == ["header", "group", ""]
    heading = model.column_of(GROUP_COLUMN)
    assert model.text(2, heading) == "Ana Silva"
    assert grid.currentIndex().row() == 1
    # The header is no such row.
    grid.setCurrentIndex(model.index(0, 0))
    texts = [action.text() for action in open_menu(qtbot, grid).actions()]
    assert "This row is a customer" not in texts


def test_a_row_that_was_left_out_comes_in_after_all(
    qtbot: QtBot, started: Shell, tmp_path: Path
) -> None:
    page = columns_of(qtbot, started, book(tmp_path / "g.xlsx", ("VIP", GROUPS)))
    page.go_on()
    reach(qtbot, page, Step.CHECK)
    step = page.check_step
    assert [line.row for line in step.left_out.lines] == [3, 5, 7]
    table = step.tables.currentWidget()
    assert isinstance(table, FindingsTable)
    table.setCurrentIndex(step.left_out.index(2, 0))
    qtbot.keyClick(table, Qt.Key.Key_Insert)
    qtbot.waitUntil(lambda: len(step.left_out.lines) == 2, timeout=LONG)
    page.go_on()
    reach(qtbot, page, Step.RESULT)
    assert customers(started) == 3


def test_warnings_are_told_before_the_check(qtbot: QtBot, started: Shell, tmp_path: Path) -> None:
    path = tmp_path / "erro.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name in ("A", "B"):
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(PEOPLE):
                sheet.write_row(number, 0, row)
        sheet.write_formula(1, 3, "=NA()", None, "#N/A")
    page = columns_of(qtbot, started, path)
    step = page.columns_step
    assert step.notes.isHidden()
    assert sheet_tags(step.sheets.cards[1].sheet)[-1][0] == "1 warning"
    step.sheets.go_to(step.sheets.cards[1].sheet)
    assert step.notes.isVisible()
    assert step.notes.text.text() == "1 cell shows an error."


def test_rows_to_put_right_are_saved(qtbot: QtBot, started: Shell, tmp_path: Path) -> None:
    rows = [*PEOPLE, ["Eva Paz", "12-34", "Beja"], ["", "", ""], ["Total", "", ""]]
    page = columns_of(qtbot, started, book(tmp_path / "c.xlsx", ("A", rows), ("Vendas", SALES)))
    page.go_on()
    reach(qtbot, page, Step.CHECK)
    page.go_on()
    reach(qtbot, page, Step.RESULT)
    shown = page.result_step
    assert shown.looks.isVisible()
    # Sales are kept; nobody has to look at them.
    assert [(line.place, line.row) for line in shown.findings.lines] == [("A", 4), ("A", 6)]
    assert shown.save_hint.text() == "1 row can be saved, put right in Excel and imported again."
    target = tmp_path / "c – to put right.xlsx"
    shown.save_wanted.emit(target)
    qtbot.waitUntil(lambda: target.exists() and not started.operations.busy, timeout=LONG)
    page.undo()
    qtbot.waitUntil(lambda: shown.looks.isHidden(), timeout=LONG)


def test_rows_that_continue_are_a_figure_of_their_own_where_there_are_any(
    qtbot: QtBot, started: Shell, tmp_path: Path
) -> None:
    more = [["Nome", "Telefone", "Cidade"], ["Ana Silva", A, "Porto"], ["", B, ""]]
    more += [["Rui Costa", C, "Faro"], ["Eva Paz", D, "Beja"]]
    path = book(tmp_path / "c.xlsx", ("A", more))
    page = columns_of(qtbot, started, path)
    page.go_on()
    reach(qtbot, page, Step.CHECK)
    part = page.check_step.figures._parts[Outcome.CONTINUED]
    assert part.isVisible()
    assert page.check_step.figures._figures[Outcome.CONTINUED].text() == "1"
    page = columns_of(qtbot, started, book(path, ("A", PEOPLE)))
    page.go_on()
    reach(qtbot, page, Step.CHECK)
    assert part.isHidden()


def test_firms_beside_their_contacts_are_told_before_and_after(
    qtbot: QtBot, started: Shell, tmp_path: Path
) -> None:
    rows = [
        ["Empresa", "NIPC", "Contacto", "Telemóvel"],
        ["Mar Alto, Lda", "503246972", "Ana Silva", A],
        ["", "", "Rui Costa", B],
        ["Sol Posto, SA", "504123980", "Eva Paz", C],
    ]
    page = columns_of(qtbot, started, book(tmp_path / "c.xlsx", ("A", rows)))
    page.go_on()
    reach(qtbot, page, Step.CHECK)
    assert "2 organisations come in beside" in page.check_step.note.text()
    page.go_on()
    reach(qtbot, page, Step.RESULT)
    shown = page.result_step.text.text()
    assert "2 organisations came in beside" in shown
    assert "3 persons are linked" in shown
    assert page.result_step.title.text() == "5 new customers"
    assert customers(started) == 5
    page.undo()
    qtbot.waitUntil(lambda: customers(started) == 0, timeout=LONG)
