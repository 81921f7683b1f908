"""An own export comes in through the window: all of an archive, or what is the firm's alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from test_import_wizard import drop, reach, wizard
from whole_archive import ANA, fill
from window_kit import TIMEOUT, settle

from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.import_wizard.steps import Step
from crm_desktop.ui.shell import Shell


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    with Workspace.open(tmp_path / "other.crm", create=True, data_dir=tmp_path / "data") as w:
        fill(w)
        w.exports.export(tmp_path / "firm.json")
        w.close(backup=False)
    return tmp_path / "firm.json"


def take_in(qtbot: QtBot, shell: Shell, file: Path) -> None:
    """Drop a file that has no columns to look at, and import it."""
    drop(shell, file)
    page = wizard(shell)
    reach(qtbot, page, Step.CHECK)
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    reach(qtbot, page, Step.RESULT)


def test_whoever_was_merged_elsewhere_stays_one(
    qtbot: QtBot, started: Shell, exported: Path
) -> None:
    take_in(qtbot, started, exported)
    started.show_customer(ANA)
    customers = started.stack.page("customers")
    assert isinstance(customers, CustomersPage)
    merges = customers.panel.merges
    qtbot.waitUntil(lambda: len(merges.merges) == 2, timeout=TIMEOUT)
    settle(started, qtbot)
    assert merges.isVisible()
    assert merges.findChildren(QPushButton) == []


def test_the_firm_comes_in_without_customers(qtbot: QtBot, started: Shell, exported: Path) -> None:
    found = json.loads(exported.read_text("utf-8"))
    exported.write_text(json.dumps({**found, "customers": []}), "utf-8")
    take_in(qtbot, started, exported)
    assert started.session is not None
    workspace = started.session.workspace
    assert [view.name for view in workspace.views.all()] == ["Large"]
    assert workspace.settings.firm().name == "Mar Alto"
    assert [one.title for one in workspace.knowledge.all()] == ["Visa"]
    # No figures of customers where there were none: what came is said.
    step = wizard(started).result_step
    assert step.title.text() == "What belongs to the firm is in the archive"
    for words in ("the firm’s settings", "1 saved view", "1 article"):
        assert words in step.text.text()
    assert not step.figures.isVisible()
    qtbot.mouseClick(step.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not workspace.views.all(), timeout=TIMEOUT)


def test_a_file_that_holds_nothing_is_not_imported(
    qtbot: QtBot, started: Shell, exported: Path
) -> None:
    empty = {"format": "crm-desktop", "version": 1, "customers": []}
    exported.write_text(json.dumps(empty), "utf-8")
    drop(started, exported)
    page = wizard(started)
    reach(qtbot, page, Step.COLUMNS)
    assert not page.next.isEnabled()
