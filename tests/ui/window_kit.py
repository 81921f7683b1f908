"""What the tests of the window share: waiting, typing, choosing.

Not in conftest.py: every folder has one, and which of them `import conftest` finds is chance.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.customers import CustomerId
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.shell import Shell

TIMEOUT = 15_000


def settle(shell: Shell, qtbot: QtBot) -> None:
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: not shell.operations.busy, timeout=TIMEOUT)


def type_text(widget: QWidget, text: str) -> None:
    """Type any script as an input method does; `keyClicks` aborts beyond Latin."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


def row_of(page: CustomersPage, name: str) -> int:
    """The row that shows a name."""
    for row in range(page.model.rowCount()):
        shown = page.model.row_data(row)
        if shown is not None and shown.name == name:
            return row
    raise AssertionError(f"{name} is not in the list")


def choose(page: CustomersPage, name: str, qtbot: QtBot) -> CustomerId:
    """Choose a customer and wait for the panel."""
    page.table.choose_row(row_of(page, name))
    customer = page.table.current_id()
    assert customer is not None
    qtbot.waitUntil(
        lambda: page.panel.customer is not None and page.panel.customer.id == customer,
        timeout=TIMEOUT,
    )
    return customer


def names(page: CustomersPage) -> list[str]:
    """The names in the list, from top to bottom."""
    rows = [page.model.row_data(row) for row in range(page.model.rowCount())]
    return [row.name for row in rows if row is not None]
