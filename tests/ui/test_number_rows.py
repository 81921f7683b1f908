"""How papers are numbered, in Settings."""

from __future__ import annotations

from datetime import date

from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle

from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.numbers import Series
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.settings import SettingsPage
from crm_desktop.ui.shell import Shell


def test_a_pattern_is_set_and_told_what_comes_next(
    page: CustomersPage, shell: Shell, qtbot: QtBot
) -> None:
    workspace = page.workspace
    shell.show_page("settings")
    settings = shell.page("settings")
    assert isinstance(settings, SettingsPage)
    settle(shell, qtbot)
    rows = settings.numbers
    field, told = rows.patterns[Series.ORDER], rows.told[Series.ORDER]
    year = date.today().year
    qtbot.waitUntil(lambda: told.text() == f"next: O-{year}-0001", timeout=TIMEOUT)
    field.committed.emit("A-{month}-{n}")
    qtbot.waitUntil(field.has_error, timeout=TIMEOUT)
    assert workspace.numbers.pattern(Series.ORDER) == "O-{year}-{n:04}"
    field.committed.emit("A{yy}/{n:03}")
    qtbot.waitUntil(lambda: told.text() == f"next: A{year % 100}/001", timeout=TIMEOUT)
    settle(shell, qtbot)
    # What was taken back is told as a gap.
    order = workspace.orders.create("Azores", workspace.customers.create(CustomerDraft("Ana")))
    workspace.orders.add_free_line(order, "Hotel", "100")
    workspace.orders.agree(order)
    workspace.history.undo()
    settings.activate()
    qtbot.waitUntil(lambda: "nothing bears it: A" in told.text(), timeout=TIMEOUT)
    settle(shell, qtbot)
