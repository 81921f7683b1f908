"""What the tests of the window share: waiting, typing, choosing.

Not in conftest.py: every folder has one, and which of them `import conftest` finds is chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.customers import CustomerId
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.shell import Shell

TIMEOUT = 15_000
_COPY = Qt.DropAction.CopyAction
_LEFT = Qt.MouseButton.LeftButton
_NO_KEYS = Qt.KeyboardModifier.NoModifier


def settle(shell: Shell, qtbot: QtBot) -> None:
    """Wait until nothing is under way, and the window has heard of every commit."""

    def calm() -> bool:
        if not shell.operations.busy and shell.session is not None:
            # A write's result comes before the news of what it changed: have the writer through.
            shell.session.workspace.submit(lambda: None).result(TIMEOUT / 1000)
            QCoreApplication.processEvents()
        return not shell.operations.busy

    qtbot.waitUntil(calm, timeout=TIMEOUT)


def type_text(widget: QWidget, text: str) -> None:
    """Type any script as an input method does; `keyClicks` aborts beyond Latin."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


def drag_files(target: QWidget, *paths: Path) -> bool:
    """Drag files over something; whether it takes them."""
    data = _listed(paths)  # the event only points to it
    entered = QDragEnterEvent(QPoint(40, 40), _COPY, data, _LEFT, _NO_KEYS)
    QCoreApplication.sendEvent(target, entered)
    return entered.isAccepted()


def drop_files(target: QWidget, *paths: Path) -> None:
    """Drop files on something that takes them."""
    assert drag_files(target, *paths)
    data = _listed(paths)
    dropped = QDropEvent(QPointF(40, 40), _COPY, data, _LEFT, _NO_KEYS)
    QCoreApplication.sendEvent(target, dropped)


def _listed(paths: Sequence[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


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


def bring(page: CustomersPage, customer: CustomerId, qtbot: QtBot) -> None:
    """Show another one as a message's link does: the cursor stays where it is."""
    page.open_customer(customer)
    qtbot.waitUntil(
        lambda: page.panel.customer is not None and page.panel.customer.id == customer,
        timeout=TIMEOUT,
    )
    settle(page._shell, qtbot)
