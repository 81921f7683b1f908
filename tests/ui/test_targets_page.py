"""Targets through the window: written in place, another period, and the line on Today."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle, type_text

from crm_desktop.domain.customers import CustomerDraft, PersonalFacts
from crm_desktop.domain.targets import Measure, Span
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.targets import TargetCell, TargetsPage
from crm_desktop.ui.pages.today import TodayPage
from crm_desktop.ui.shell import Shell


@pytest.fixture
def targets(page: CustomersPage, shell: Shell, qtbot: QtBot) -> TargetsPage:
    w = page.workspace
    w.settings.set_home_country("PT")
    ana = w.customers.create(CustomerDraft("Ana", facts=PersonalFacts(owner="Eva")))
    made = w.orders.create("Azores", ana)
    w.orders.add_free_line(made, "Journey", "300")
    w.orders.agree(made)
    shell.show_page("targets")
    found = shell.page("targets")
    assert isinstance(found, TargetsPage)
    qtbot.waitUntil(lambda: len(shown(found)) >= 2, timeout=TIMEOUT)
    settle(shell, qtbot)
    return found


def shown(page: TargetsPage) -> list[str]:
    return [line.owner.text() for line in page.lines if not line.owner.isHidden()]


def cell(page: TargetsPage, owner: str, measure: Measure) -> TargetCell:
    line = page.lines[shown(page).index(owner)]
    return line.cells[list(Measure).index(measure)]


def write(at: TargetCell, text: str, shell: Shell, qtbot: QtBot) -> None:
    at.target.start()
    at.target.edit.selectAll()
    type_text(at.target.edit, text)
    qtbot.keyClick(at.target.edit, Qt.Key.Key_Return)
    settle(shell, qtbot)


def test_targets_are_written_in_place(
    targets: TargetsPage, page: CustomersPage, shell: Shell, qtbot: QtBot
) -> None:
    assert "Eva" in shown(targets)
    firm = cell(targets, "The whole firm", Measure.REVENUE)
    assert firm.done.text() == "€300.00"
    write(firm, "a lot", shell, qtbot)
    assert firm.target.has_error()
    write(firm, "1000", shell, qtbot)
    qtbot.waitUntil(lambda: "of €1,000.00" in firm.bar.accessibleName(), timeout=TIMEOUT)
    targets.span.choose(Span.YEAR.value)
    targets.span.chosen.emit(Span.YEAR.value)
    settle(shell, qtbot)
    visits = cell(targets, "Eva", Measure.VISITS)
    write(visits, "24", shell, qtbot)
    targets.span.choose(Span.MONTH.value)
    targets.span.chosen.emit(Span.MONTH.value)
    settle(shell, qtbot)
    visits = cell(targets, "Eva", Measure.VISITS)
    assert visits.target.edit.placeholderText() == "share: 2"
    targets.later()
    settle(shell, qtbot)
    assert cell(targets, "The whole firm", Measure.REVENUE).done.text() == "€0.00"
    targets.copy()
    qtbot.waitUntil(targets.error.isVisible, timeout=TIMEOUT)
    settle(shell, qtbot)

    shell.show_page("today")
    today = shell.page("today")
    assert isinstance(today, TodayPage)
    qtbot.waitUntil(lambda: not today.plan.isHidden(), timeout=TIMEOUT)
    settle(shell, qtbot)
    assert "Revenue: €300.00 of €1,000.00" in today.plan.text()
    today.plan.click()
    assert shell.current_key() == "targets"
    settle(shell, qtbot)
