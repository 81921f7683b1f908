"""Leads through the window: dropped, judged by keys and by mouse, made customers."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle

from crm_desktop.domain.customers import ContactPoint, CustomerDraft
from crm_desktop.domain.leads import LeadStatus
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.leads import LeadsPage
from crm_desktop.ui.shell import Shell


@pytest.fixture
def workspace(page: CustomersPage) -> Workspace:
    return page.workspace


@pytest.fixture
def leads(shell: Shell, workspace: Workspace, qtbot: QtBot) -> LeadsPage:
    workspace.settings.set_home_country("PT")
    shell.show_page("leads")
    found = shell.page("leads")
    assert isinstance(found, LeadsPage)
    settle(shell, qtbot)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow, timeout=TIMEOUT)
    return found


def form(folder: Path, name: str, phone: str = "914 222 333") -> Path:
    """The message of a web form."""
    made = EmailMessage()
    made["From"], made["Subject"] = "noreply@example.com", "Web form"
    made.set_content(f"Name: {name}\nPhone: {phone}\nTravellers: 2\nMessage: 亚速尔群岛 in May\n")
    path = folder / f"{name}.eml"
    path.write_bytes(made.as_bytes())
    return path


def drop(leads: LeadsPage, *paths: Path) -> None:
    """Drop files on the page, as from a folder's window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, left, plain)
    leads.dragEnterEvent(enter)
    assert enter.isAccepted()
    leads.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, left, plain))


def test_dropped_messages_are_judged_by_keys(
    leads: LeadsPage, workspace: Workspace, shell: Shell, tmp_path: Path, qtbot: QtBot
) -> None:
    broken = tmp_path / "broken.eml"
    broken.write_bytes(b"\x00\x01")
    drop(leads, form(tmp_path, "Ana Reis"), broken, form(tmp_path, "Rui Spam", "x"))
    qtbot.waitUntil(lambda: leads.count.text() == "2 leads", timeout=TIMEOUT)
    settle(shell, qtbot)
    # One that cannot be read stops no other, and is told.
    assert shell.toasts.current is not None
    assert "broken.eml is no message" in shell.toasts.current.accessibleName()
    names = [one.called for one in leads._leads]
    leads.list.setFocus()
    leads.list.choose(names.index("Rui Spam"))
    qtbot.waitUntil(lambda: leads.panel.name.text() == "Rui Spam", timeout=TIMEOUT)
    settle(shell, qtbot)
    qtbot.keyClick(leads.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: leads.count.text() == "1 lead", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert leads.panel.name.text() == "Ana Reis"
    assert leads.panel.message.text() == "亚速尔群岛 in May"
    leads.list.setFocus()
    qtbot.keyClick(leads.list, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: workspace.leads.waiting() == 0, timeout=TIMEOUT)
    settle(shell, qtbot)
    [ana] = workspace.leads.list(LeadStatus.GENUINE)
    assert ana.customer_id is not None
    assert workspace.customers.get(ana.customer_id).name == "Ana Reis"  # type: ignore[union-attr]
    assert leads._side.currentWidget() is leads._nothing
    # The message leads to what is to be sold.
    assert shell.toasts.current is not None
    shell.toasts.current.button.click()
    settle(shell, qtbot)
    assert shell.page("opportunities") is not None
    shell.commands.undo.trigger()
    qtbot.waitUntil(lambda: workspace.leads.waiting() == 1, timeout=TIMEOUT)
    settle(shell, qtbot)


def test_who_is_a_customer_already_is_offered(
    leads: LeadsPage, workspace: Workspace, shell: Shell, tmp_path: Path, qtbot: QtBot
) -> None:
    points = (ContactPoint("phone", "+351 913000111", None),)
    ana = workspace.customers.create(CustomerDraft("A. Reis", contact_points=points))
    drop(leads, form(tmp_path, "Ana Reis", "913 000 111"))
    qtbot.waitUntil(lambda: len(leads.panel.likely) == 1, timeout=TIMEOUT)
    settle(shell, qtbot)
    qtbot.keyClicks(leads.panel.title, "Azores")
    leads.list.setFocus()
    qtbot.keyClick(leads.list, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: workspace.leads.waiting() == 0, timeout=TIMEOUT)
    settle(shell, qtbot)
    [lead] = workspace.leads.list(LeadStatus.GENUINE)
    assert lead.customer_id == ana


def test_what_is_discarded_can_be_judged_anew(
    leads: LeadsPage, workspace: Workspace, shell: Shell, qtbot: QtBot
) -> None:
    number = workspace.leads.add(name="Ana Reis", message="Azores")
    qtbot.waitUntil(lambda: leads.panel.number == number, timeout=TIMEOUT)
    settle(shell, qtbot)
    qtbot.keyClicks(leads.panel.reason, "no answer")
    leads.panel.no.click()
    qtbot.waitUntil(lambda: workspace.leads.waiting() == 0, timeout=TIMEOUT)
    settle(shell, qtbot)
    leads.filter.choose(LeadStatus.DISCARDED.value)
    leads.filter.chosen.emit(LeadStatus.DISCARDED.value)
    qtbot.waitUntil(lambda: leads.panel.is_known.text() == "Discarded. no answer", timeout=TIMEOUT)
    settle(shell, qtbot)
    leads.panel.again.click()
    qtbot.waitUntil(lambda: workspace.leads.waiting() == 1, timeout=TIMEOUT)
    settle(shell, qtbot)
