"""Documents before their last day: the days set by the owner, the badge, the message told once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, choose, settle

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.documents import DocumentFacts
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.settings import SettingsPage
from crm_desktop.ui.pages.warning_rows import WarningRows
from crm_desktop.ui.reminders import Reminders
from crm_desktop.ui.shell import Shell


@pytest.fixture
def anna(page: CustomersPage, shell: Shell, qtbot: QtBot) -> CustomerId:
    """Anna has a passport with 20 days left, and a visa with 3."""
    found = choose(page, "Anna Smith", qtbot)
    today = datetime.now().astimezone().date()
    for kind, days in (("Passport", 20), ("Visa", 3)):
        facts = DocumentFacts(kind, expires_on=(today + timedelta(days=days)).isoformat())
        page.workspace.documents.add(found, kind.encode(), file_name="x.txt", facts=facts)
    settle(shell, qtbot)
    return found


def rows(shell: Shell, qtbot: QtBot) -> WarningRows:
    shell.show_page("settings")
    settings = shell.page("settings")
    assert isinstance(settings, SettingsPage)
    settle(shell, qtbot)
    return settings.warnings


def badges(page: CustomersPage) -> list[str]:
    return [row.accessibleName().rpartition(", ")[2] for row in page.panel.documents.rows()]


def test_the_days_of_a_kind_are_set_and_change_its_badge(
    shell: Shell, page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: badges(page) == ["20 days left", "3 days left"], timeout=TIMEOUT)
    shown = rows(shell, qtbot)
    assert list(shown.rows) == ["", "Passport", "Visa"]
    assert shown.rows[""].value() == "90, 30, 7"
    field = shown.rows["Passport"].edit
    assert field.placeholderText() == "as above: 90, 30, 7"
    field.setFocus()
    QTest.keyClicks(field, "soon")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(shell, qtbot)
    assert shown.rows["Passport"].has_error()
    field.selectAll()
    QTest.keyClicks(field, "5 15")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.rows["Passport"].value() == "15, 5", timeout=TIMEOUT)
    assert not shown.rows["Passport"].has_error()
    assert page.workspace.settings.warnings().of("Passport") == (15, 5)
    shell.show_page("customers")
    other = choose(page, "Zoë Müller", qtbot)
    assert other != anna
    choose(page, "Anna Smith", qtbot)
    settle(shell, qtbot)
    assert badges(page)[1] == "3 days left"
    assert "days left" not in badges(page)[0]


def test_the_months_of_silence_are_set(
    shell: Shell, page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    shown = rows(shell, qtbot)
    assert shown.months.text() == "6"
    shown.months.setFocus()
    shown.months.selectAll()
    QTest.keyClicks(shown.months, "soon9")
    QTest.keyClick(shown.months, Qt.Key.Key_Return)
    settle(shell, qtbot)
    assert page.workspace.settings.quiet_months() == 9
    shell.commands.undo.trigger()
    qtbot.waitUntil(lambda: shown.months.text() == "6", timeout=TIMEOUT)


def test_each_threshold_is_told_of_once_also_after_a_restart(
    shell: Shell, page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    session = shell.session
    assert session is not None
    told: list[tuple[str, str]] = []
    now = datetime.now().replace(microsecond=0)
    page.workspace.tasks.clock = lambda: now
    shell.preferences.set_text(first := _key(shell), "")

    def begin() -> Reminders:
        made = Reminders(shell, session, lambda title, text: told.append((title, text)))
        settle(shell, qtbot)
        return made

    reminders = begin()
    assert [title for title, _text in told] == ["2 documents expire"]
    assert told[0][1].startswith("Anna Smith: Visa, ")
    assert "Anna Smith: Passport, " in told[0][1]
    assert shell.preferences.text(first) == now.date().isoformat()
    begin()
    assert len(told) == 1
    page.workspace.tasks.clock = lambda: now + timedelta(days=4)  # the visa has expired
    reminders.look()
    settle(shell, qtbot)
    settle(shell, qtbot)
    assert [title for title, _text in told] == ["2 documents expire", "1 document expires"]


def _key(shell: Shell) -> str:
    assert shell.reminders is not None
    return shell.reminders._told_key()


def test_the_message_leads_to_today(
    shell: Shell, page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    assert shell.reminders is not None
    shell.preferences.set_text(_key(shell), "")
    shell.reminders.look_at_documents()
    qtbot.waitUntil(lambda: shell.toasts.current is not None, timeout=TIMEOUT)
    toast = shell.toasts.current
    assert toast is not None
    assert toast.button is not None
    toast.button.click()
    assert shell.current_key() == "today"
    settle(shell, qtbot)


def test_a_case_offers_the_names_of_those_who_look_after_things(
    shell: Shell, page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    workspace = page.workspace
    workspace.customers.update(anna, "owner", "Inês")
    other = workspace.cases.begin(anna, "Earlier")
    workspace.cases.update(other, "owner", "Rui")
    case = workspace.cases.begin(anna, "Broken")
    qtbot.waitUntil(lambda: len(page.panel.cases.rows()) == 2, timeout=TIMEOUT)
    page.panel.cases.open_case(case)
    settle(shell, qtbot)
    row = next(one for one in page.panel.cases.rows() if one.case.id == case)
    completer = row.rows["owner"].edit.edit.completer()  # type: ignore[attr-defined]
    assert completer is not None
    completer.setCompletionPrefix("r")
    assert completer.currentCompletion() == "Rui"
    completer.setCompletionPrefix("i")
    assert completer.currentCompletion() == "Inês"
