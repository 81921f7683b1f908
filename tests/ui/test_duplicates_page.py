"""Finding who is there twice, and deciding pair by pair."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle

from crm_desktop.domain.customers import ContactPoint, CustomerDraft, CustomerId, CustomerListQuery
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.duplicates import DuplicatesPage
from crm_desktop.ui.pages.new_customer import NewCustomerPanel
from crm_desktop.ui.shell import Shell

A, B = "912 345 678", "913 456 789"


def _phone(text: str) -> tuple[ContactPoint, ...]:
    return (ContactPoint("phone", text, None),)


@pytest.fixture
def page(
    open_archive: Callable[[Path], CustomersPage], tmp_path: Path, qtbot: QtBot
) -> DuplicatesPage:
    """Ana is there twice, and differs; Rui three times, in one writing; nobody else."""
    path = tmp_path / "firm.crm"
    with Workspace.open(path, create=True, data_dir=tmp_path / "data") as w:
        w.settings.set_home_country("PT")
        ana = CustomerDraft(name="Ana Silva", contact_points=_phone(A), custom=(("Seat", "aisle"),))
        w.customers.create(ana)
        w.customers.create(ana._replace(name="Ana Maria Silva", custom=(("Seat", "window"),)))
        for _n in range(3):
            w.customers.create(CustomerDraft(name="Rui Costa", contact_points=_phone(B)))
        w.customers.create(CustomerDraft(name="Zoe"))
        w.close(backup=False)
    shell: Shell = open_archive(path)._shell
    shell.show_page("duplicates")
    made = shell.stack.page("duplicates")
    assert isinstance(made, DuplicatesPage)
    settle(shell, qtbot)
    return made


def _search(page: DuplicatesPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.find_button, Qt.MouseButton.LeftButton)
    _settle(page, qtbot)


def _settle(page: DuplicatesPage, qtbot: QtBot) -> None:
    shell = page.host
    assert isinstance(shell, Shell)
    settle(shell, qtbot)


def _titles(page: DuplicatesPage) -> list[str]:
    return [page.list.lines.line(n).title for n in range(page.list.lines.rowCount())]


def _names(page: DuplicatesPage) -> list[str]:
    return [row.name for row in page.workspace.customers.first_page(CustomerListQuery())]


def _choose(page: DuplicatesPage, title: str, qtbot: QtBot) -> None:
    page.list.choose(_titles(page).index(title))
    qtbot.waitUntil(page.merge.isEnabled, timeout=TIMEOUT)
    _settle(page, qtbot)


ANAS = "Ana Silva  ·  Ana Maria Silva"


def test_pairs_are_decided_by_the_keyboard(page: DuplicatesPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_F5)
    _settle(page, qtbot)
    assert sorted(_titles(page)) == [ANAS, "Rui Costa", "Rui Costa", "Rui Costa"]
    assert page.list.hasFocus()
    _choose(page, ANAS, qtbot)
    cell = page.comparison.cell("Seat", other=True)
    cell.setFocus()
    qtbot.keyClick(cell, Qt.Key.Key_Space)

    qtbot.keyClick(page.list, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: ANAS not in _titles(page), timeout=TIMEOUT)
    _settle(page, qtbot)

    ana = page.workspace.customers.get(CustomerId(1))
    assert (ana.name, ana.custom) == ("Ana Silva", {"Seat": "window"})
    assert page.list.hasFocus()
    page.workspace.history.undo()
    assert "Ana Maria Silva" in _names(page)


def test_who_is_two_is_not_asked_for_again(page: DuplicatesPage, qtbot: QtBot) -> None:
    _search(page, qtbot)
    _choose(page, ANAS, qtbot)

    qtbot.mouseClick(page.apart, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ANAS not in _titles(page), timeout=TIMEOUT)
    _settle(page, qtbot)

    assert "Ana Maria Silva" in _names(page)
    _search(page, qtbot)
    assert ANAS not in _titles(page)


def test_all_certain_ones_at_once(page: DuplicatesPage, qtbot: QtBot) -> None:
    _search(page, qtbot)
    assert page.certain.isVisible()

    qtbot.mouseClick(page.certain, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _titles(page) == [ANAS], timeout=TIMEOUT)
    _settle(page, qtbot)

    assert sorted(_names(page)) == ["Ana Maria Silva", "Ana Silva", "Rui Costa", "Zoe"]
    page.workspace.history.undo()
    qtbot.waitUntil(lambda: len(_titles(page)) == 4, timeout=TIMEOUT)


def test_nobody_twice_says_so(page: DuplicatesPage, qtbot: QtBot) -> None:
    page.workspace.customers.delete(list(page.workspace.customers.ids(CustomerListQuery())))
    _search(page, qtbot)
    assert page.pairs == []
    assert not page.certain.isVisible()
    assert page.find_button.isEnabled()


def test_who_may_be_there_already_shows_while_typing(page: DuplicatesPage, qtbot: QtBot) -> None:
    shell = page.host
    assert isinstance(shell, Shell)
    shell.show_page("customers")
    customers = shell.stack.page("customers")
    assert isinstance(customers, CustomersPage)
    customers.new()
    panel = customers._new_panel
    assert isinstance(panel, NewCustomerPanel)
    qtbot.keyClicks(panel.phone, "913456789")
    assert not panel.likely.isVisible()

    qtbot.keyClicks(panel.name, "Rui")
    qtbot.waitUntil(lambda: len(panel.likely.rows) == 3, timeout=TIMEOUT)
    assert panel.likely.isVisible()
    line = panel.likely.findChildren(QPushButton)[0]
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)

    wanted = panel.likely.rows[0].id
    qtbot.waitUntil(
        lambda: customers.panel.customer is not None and customers.panel.customer.id == wanted,
        timeout=TIMEOUT,
    )
    settle(shell, qtbot)


def test_two_again_from_the_panel(page: DuplicatesPage, qtbot: QtBot) -> None:
    shell = page.host
    assert isinstance(shell, Shell)
    page.workspace.duplicates.merge(CustomerId(1), CustomerId(2))
    shell.show_customer(CustomerId(1))
    customers = shell.stack.page("customers")
    assert isinstance(customers, CustomersPage)
    merges = customers.panel.merges
    qtbot.waitUntil(lambda: bool(merges.merges), timeout=TIMEOUT)
    assert merges.isVisible()

    qtbot.mouseClick(merges.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not merges.merges, timeout=TIMEOUT)
    settle(shell, qtbot)

    assert page.workspace.customers.get(CustomerId(2)).name == "Ana Maria Silva"
    assert not merges.isVisible()


def test_pairs_of_one_who_was_merged_go_with_him(page: DuplicatesPage, qtbot: QtBot) -> None:
    _search(page, qtbot)
    first = next(n for n, pair in enumerate(page.pairs) if (pair.one, pair.other) == (3, 4))
    page.list.choose(first)
    qtbot.waitUntil(page.merge.isEnabled, timeout=TIMEOUT)

    qtbot.keyClick(page.list, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: len(page.pairs) == 2, timeout=TIMEOUT)
    _settle(page, qtbot)

    assert sorted((pair.one, pair.other) for pair in page.pairs) == [(1, 2), (3, 5)]
    assert len(_titles(page)) == 2
