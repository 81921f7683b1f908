"""The guide's pictures of Today, the gap queue and a hand-over, in an archive of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from guide_tasks import NOW, SIZE
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget
from sample_day import fill_day

from crm_desktop.domain.today import Topic
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.dialogs.hand_over import HandOverSheet
from crm_desktop.ui.pages.settings import SettingsPage
from crm_desktop.ui.pages.today import TodayPage
from crm_desktop.ui.shell import Shell

Settle = Callable[..., None]
Scene = tuple[str, Callable[[], QPixmap]]


def scenes(shell: Shell, folder: Path, settle: Settle) -> Iterator[Scene]:
    """Each picture's name and how to take it."""
    shell.resize(*SIZE)
    archive = folder / "Viagens Aurora today.crm"
    with Workspace.open(archive, create=True, data_dir=folder / "guide-data") as workspace:
        workspace.settings.set_home_country("PT")
        workspace.tasks.clock = lambda: NOW
        fill_day(workspace, NOW)
        workspace.close(backup=False)
    shell.open_archive(archive)
    settle(lambda: shell.session is not None and not shell.operations.busy)
    assert shell.session is not None
    shell.session.workspace.tasks.clock = lambda: NOW
    page = shell.page("today")
    assert isinstance(page, TodayPage)
    page.ask()
    settle(lambda: not shell.operations.busy)
    shell.toasts.clear()
    page.list.choose(1)
    settle(lambda: not shell.operations.busy)
    yield "today", lambda: _grab(shell, page)
    page.gaps.field.setFocus()
    settle()
    yield "gap", page.gaps.grab
    quiet = next(
        place
        for place, row in enumerate(page.model.rows)
        if getattr(row, "topic", None) is Topic.QUIET and page.model.line_at(place)
    )
    page.list.setFocus()
    page.list.choose(quiet)
    page.log_call()
    page.call_bar.line.setText("He is well -> call back in 2 weeks")
    settle()
    yield "today-call", lambda: _grab(shell, page)
    page.call_bar.line.clear()
    page.call_bar.stop()
    shell.hand_over()
    sheet = shell.findChild(HandOverSheet)
    assert isinstance(sheet, HandOverSheet)
    settle(lambda: not shell.operations.busy)
    sheet.giver.setCurrentIndex(sheet.giver.findText("Rita"))
    sheet.taker.setText("Inês")
    settle(lambda: not shell.operations.busy)
    yield "hand-over", sheet.grab
    sheet.close()
    shell.show_page("settings")
    settings = shell.page("settings")
    assert isinstance(settings, SettingsPage)
    settle(lambda: not shell.operations.busy)
    settings.area.ensureWidgetVisible(settings.warnings.months)
    settle()
    yield "warnings", lambda: _grab(shell, _card(settings.warnings))


def _card(rows: QWidget) -> QWidget:
    found = rows.parentWidget()
    assert found is not None
    return found


def _grab(shell: Shell, part: QWidget) -> QPixmap:
    return shell.grab(QRect(part.mapTo(shell, QPoint(0, 0)), part.size()))
