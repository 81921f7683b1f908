"""The wizard reads headers as before, keeps mappings, and says what becomes of known customers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle, type_text

from crm_desktop.domain.customers import Customer
from crm_desktop.domain.imports import Policy
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.pages.import_page import ImportPage
from crm_desktop.ui.pages.import_wizard.sources import SheetChoice
from crm_desktop.ui.pages.import_wizard.steps import Step
from crm_desktop.ui.shell import Shell

HEAD = "Nome;Telefone;E-mail;Grau\n"
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return put(tmp_path / "clientes.csv", "Ana Silva;912345678;ana@example.pt;7")


def put(path: Path, *rows: str) -> Path:
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def to_columns(qtbot: QtBot, shell: Shell, path: Path) -> ImportPage:
    shell.open_import([path])
    page = shell.page("import")
    assert isinstance(page, ImportPage)
    reach(qtbot, shell, page, Step.COLUMNS)
    return page


def reach(qtbot: QtBot, shell: Shell, page: ImportPage, step: Step) -> None:
    qtbot.waitUntil(lambda: page.step is step and not page.busy, timeout=TIMEOUT * 2)
    settle(shell, qtbot)


def to_result(qtbot: QtBot, shell: Shell, page: ImportPage) -> None:
    page.go_on()
    reach(qtbot, shell, page, Step.CHECK)
    page.go_on()
    reach(qtbot, shell, page, Step.RESULT)


def sheet_of(page: ImportPage) -> SheetChoice:
    sheet = page.columns_step.grid.sheet_model.sheet
    assert sheet is not None
    return sheet


def fields(page: ImportPage) -> list[str]:
    return [c.field for c in sheet_of(page).plan.columns]


def choose(qtbot: QtBot, page: ImportPage, column: int, words: str) -> None:
    grid = page.columns_step.grid
    grid.open_chooser(column)
    qtbot.keyClicks(grid.popup.search, words)
    qtbot.keyClick(grid.popup.search, Qt.Key.Key_Return)


def workspace(shell: Shell) -> Workspace:
    assert shell.session is not None
    return shell.session.workspace


def ana(shell: Shell) -> Customer:
    people = workspace(shell).customers
    return people.get(people.search("Ana")[0].id)


def test_headers_are_read_as_before_and_anew(
    qtbot: QtBot, started: Shell, first: Path, tmp_path: Path
) -> None:
    page = to_columns(qtbot, started, first)
    step = page.columns_step
    proposed = fields(page)
    assert not step.remembered.isVisible()
    # Nobody is known yet, so there is nothing to ask.
    assert not step.policies.isVisible()
    choose(qtbot, page, 3, "Degree")
    to_result(qtbot, started, page)

    page = to_columns(qtbot, started, put(tmp_path / "novos.csv", "Rui;913456789;r@x.pt;8"))
    assert fields(page) == [*proposed[:3], "custom:Degree"]
    assert step.remembered.isVisible()
    assert step.remembered.text.text().startswith("Read as on ")
    # By the keyboard: the link stands between what is above it and the grid.
    assert step.mappings.nextInFocusChain() is step.remembered.switch
    step.remembered.switch.setFocus()
    qtbot.keyClick(step.remembered.switch, Qt.Key.Key_Space)
    assert fields(page) == proposed
    assert step.remembered.switch.text() == "Read as then"
    # Read anew for another country, the fresh proposal stays.
    step.country.chosen.emit("ES")
    reach(qtbot, started, page, Step.COLUMNS)
    assert fields(page) == proposed
    assert step.remembered.isVisible()
    step.remembered.switch.click()
    assert fields(page)[3] == "custom:Degree"
    to_result(qtbot, started, page)
    assert workspace(started).customers.search("Rui")


def test_another_header_row_comes_again(qtbot: QtBot, started: Shell, tmp_path: Path) -> None:
    rows = "Cliente;Telefone;E-mail;Grau", "Ana Silva;912345678;ana@example.pt;7"
    page = to_columns(qtbot, started, put(tmp_path / "a.csv", *rows))
    page.columns_step.grid.rows.sectionClicked.emit(1)
    qtbot.waitUntil(lambda: sheet_of(page).plan.header_row == 2, timeout=TIMEOUT)
    settle(started, qtbot)
    to_result(qtbot, started, page)
    again = put(tmp_path / "b.csv", rows[0], "Rui Sousa;913456789;rui@example.pt;7")
    page = to_columns(qtbot, started, again)
    assert sheet_of(page).plan.header_row == 2
    page.columns_step.remembered.switch.click()
    assert sheet_of(page).plan.header_row == 1
    page.columns_step.remembered.switch.click()
    to_result(qtbot, started, page)
    assert not workspace(started).customers.search("Cliente")
    assert workspace(started).customers.search("Rui Sousa")


def menu(qtbot: QtBot, started: Shell, page: ImportPage) -> QMenu:
    button = page.columns_step.mappings
    button.menu_shown = None
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: button.menu_shown is not None, timeout=TIMEOUT)
    settle(started, qtbot)
    assert button.menu_shown is not None
    return button.menu_shown


def entry(of: QMenu, *words: str) -> None:
    """Choose an entry by its words, going into menus below."""
    for word in words[:-1]:
        below = next(a for a in of.actions() if a.text() == word).menu()
        assert isinstance(below, QMenu)
        of.close()
        of = below
    next(a for a in of.actions() if a.text() == words[-1]).trigger()
    of.close()


def test_mappings_by_name(qtbot: QtBot, started: Shell, first: Path) -> None:
    page = to_columns(qtbot, started, first)
    button, saved = page.columns_step.mappings, workspace(started).mappings
    proposed = fields(page)
    shown = menu(qtbot, started, page)
    assert [a.text() for a in shown.actions() if a.isEnabled() and a.text()] == [
        "Save this mapping…"
    ]
    shown.close()
    choose(qtbot, page, 3, "tags")
    entry(menu(qtbot, started, page), "Save this mapping…")
    asking = button.asking
    assert asking is not None
    qtbot.keyClick(asking.edit, Qt.Key.Key_Return)
    settle(started, qtbot)
    assert asking.error.text() == "Give the mapping a name."
    type_text(asking.edit, "旅行社 & Co")
    qtbot.keyClick(asking.edit, Qt.Key.Key_Return)
    settle(started, qtbot)
    assert button.asking is None
    assert list(saved.all()) == ["旅行社 & Co"]
    assert button.text() == "旅行社 && Co"

    choose(qtbot, page, 3, "Grau")
    assert fields(page) == proposed
    entry(menu(qtbot, started, page), "旅行社 && Co")
    assert fields(page)[3] == "tags"

    entry(menu(qtbot, started, page), "Rename", "旅行社 && Co")
    assert button.asking is not None
    button.asking.edit.setText("Agency")
    qtbot.mouseClick(button.asking.save, Qt.MouseButton.LeftButton)
    settle(started, qtbot)
    assert list(saved.all()) == ["Agency"]
    assert button.text() == "Agency"

    entry(menu(qtbot, started, page), "Delete", "Agency")
    settle(started, qtbot)
    assert saved.all() == {}
    assert button.text() == "Mappings"
    workspace(started).history.undo()
    assert list(saved.all()) == ["Agency"]


def test_a_sheet_overwrites_and_undo_restores(
    qtbot: QtBot, started: Shell, first: Path, tmp_path: Path
) -> None:
    to_result(qtbot, started, to_columns(qtbot, started, first))
    before = ana(started)
    path = put(tmp_path / "novos.csv", "Ana Silva;933456789;ana@example.pt;8")
    page = to_columns(qtbot, started, path)
    step, grid = page.columns_step, page.columns_step.grid
    assert step.policies.isVisible()
    assert step.look.nextInFocusChain() is step.policies.box
    step.policies.box.setFocus()
    qtbot.keyClick(step.policies.box, Qt.Key.Key_Down)
    assert sheet_of(page).plan.policies == (("*", "overwrite"),)
    # One column otherwise, by the keyboard: Overwrite, then Keep.
    grid.open_chooser(3)
    assert grid.popup.policies.isVisible()
    assert grid.popup.policies.policy() is Policy.OVERWRITE
    qtbot.keyClick(grid.popup.search, Qt.Key.Key_Right, ALT)
    assert grid.popup.isVisible()
    qtbot.keyClick(grid.popup.search, Qt.Key.Key_Escape)
    assert sheet_of(page).plan.policy("custom:Grau") is Policy.KEEP
    assert grid.sheet_model.policy(3) is Policy.KEEP
    assert step.policies.others.text() == "1 column otherwise"
    page.go_on()
    reach(qtbot, started, page, Step.CHECK)
    assert "1 value of known customers is overwritten" in page.check_step.note.text()
    page.go_on()
    reach(qtbot, started, page, Step.RESULT)
    after = ana(started)
    assert [p.value for p in after.phones] == ["+351933456789"]
    assert after.custom == before.custom
    page.undo()
    qtbot.waitUntil(lambda: ana(started).phones == before.phones, timeout=TIMEOUT)


def test_the_mouse_chooses_for_a_column(
    qtbot: QtBot, started: Shell, first: Path, tmp_path: Path
) -> None:
    to_result(qtbot, started, to_columns(qtbot, started, first))
    page = to_columns(qtbot, started, put(tmp_path / "n.csv", "Ana Silva;;ana@example.pt;8"))
    grid = page.columns_step.grid
    popup = grid.popup
    grid.open_chooser(0)
    # A name is one: nothing can be added to it.
    assert [p for p, b in popup.policies.buttons.items() if b.isVisible()] == [
        Policy.FILL,
        Policy.OVERWRITE,
        Policy.KEEP,
    ]
    popup.close_now()
    grid.open_chooser(3)
    qtbot.mouseClick(popup.policies.buttons[Policy.ADD], Qt.MouseButton.LeftButton)
    assert popup.isVisible()
    popup.close_now()
    to_result(qtbot, started, page)
    assert dict(ana(started).custom) == {"Grau": "7; 8"}
    # What may be replaced is said anew for each import.
    page = to_columns(qtbot, started, put(tmp_path / "n.csv", "Ana Silva;;ana@example.pt;9"))
    assert sheet_of(page).plan.remembered
    assert sheet_of(page).plan.policies == ()
