"""The sheets in the import wizard: a card for each table, its kind, its bands in the grid."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_desktop.domain.customers import CustomerListQuery
from crm_desktop.domain.imports import Outcome, SheetKind
from crm_desktop.ui.pages.import_page import ImportPage
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


@pytest.fixture
def started(shell: Shell, qtbot: QtBot, tmp_path: Path) -> Shell:
    """The window with an empty archive of a firm in Portugal."""
    with qtbot.waitSignal(shell.archive_opened, timeout=LONG):
        shell.open_archive(tmp_path / "firm.crm", create=True)
    qtbot.waitUntil(lambda: not shell.operations.busy, timeout=LONG)
    assert shell.session is not None
    shell.session.workspace.settings.set_home_country("PT")
    return shell


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
        ("Contactos", "2 rows · rows 1–5", ["List"]),
        ("Contactos", "1 row · rows 6–8", ["List"]),
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
