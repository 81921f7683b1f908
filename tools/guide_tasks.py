"""The guide's pictures of tasks and of the timeline, in an archive of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.customers import CustomerDraft, CustomerId, InteractionKind
from crm_desktop.domain.tasks import Priority
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.dialogs.task_details import TaskDetails
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.tasks import TasksPage
from crm_desktop.ui.shell import Shell

Settle = Callable[..., None]
Scene = tuple[str, Callable[[], QPixmap]]
SIZE = (1280, 760)
NAMES = ("Ana Lopes", "Rui Marques", "王秀英", "Maria Ferreira")
# A Monday morning: the pictures show the same days whenever they are taken.
NOW = datetime(2026, 11, 23, 9, 40)


def scenes(shell: Shell, folder: Path, settle: Settle) -> Iterator[Scene]:
    """Each picture's name and how to take it."""
    shell.resize(*SIZE)
    archive = folder / "Viagens Aurora tasks.crm"
    people = _make(archive, folder / "guide-data")
    shell.open_archive(archive)
    settle(lambda: shell.session is not None and not shell.operations.busy)
    assert shell.session is not None
    shell.session.workspace.tasks.clock = lambda: NOW
    shell.show_page("tasks")
    page = shell.page("tasks")
    assert isinstance(page, TasksPage)
    page.line.setText("call Ana tomorrow 15h")
    page.line.textEdited.emit(page.line.text())
    page.line.setFocus()
    settle(lambda: bool(page.hint.text()) and not shell.operations.busy)
    yield "tasks", lambda: _grab(shell, page)
    page.line.clear()
    page.does.edit(next(one for one in page.model.rows if _title(one) == "Water the plants"))  # type: ignore[arg-type]
    settle(lambda: bool(page.findChildren(TaskDetails)))
    window = page.findChildren(TaskDetails)[0]
    yield "task", window.grab
    window.close()
    shell.show_customer(people[0])
    customers = shell.page("customers")
    assert isinstance(customers, CustomersPage)
    settle(lambda: customers.panel.customer is not None and not shell.operations.busy)
    panel = customers.panel
    panel.log_call()
    composer = panel.timeline.composer
    composer.field.setText("Asks for the invoice of the last trip")
    composer.follow_up.setText("send it friday")
    composer.follow_up.textEdited.emit("send it friday")
    settle(lambda: bool(composer.hint.text()) and not shell.operations.busy)
    panel.area.verticalScrollBar().setValue(panel.tasks.y() - 8)
    settle()
    yield "timeline", lambda: _grab(shell, panel)
    composer.done()


def _title(row: object) -> str:
    task = getattr(row, "task", None)
    return task.title if task is not None else ""


def _grab(shell: Shell, part: QWidget) -> QPixmap:
    return shell.grab(QRect(part.mapTo(shell, QPoint(0, 0)), part.size()))


def _make(path: Path, data_dir: Path) -> list[CustomerId]:
    with Workspace.open(path, create=True, data_dir=data_dir) as workspace:
        workspace.settings.set_home_country("PT")
        tasks, timeline = workspace.tasks, workspace.timeline
        tasks.clock = lambda: NOW
        people = [workspace.customers.create(CustomerDraft(name=name)) for name in NAMES]
        for line, who, more in (
            ("Send the revised quote 20/11/2026", 0, {"priority": Priority.HIGH}),
            ("Renew the passport scan 22/11/2026", 1, {}),
            ("Confirm the flights 18:00", 3, {"owner": "Rita"}),
            ("Water the plants today", None, {"repeat": "FREQ=WEEKLY", "owner": "Rita"}),
            ("明天下午3点打电话", 2, {}),
            ("Ask for the deposit friday", 1, {}),
            ("Book the trade fair in 3 weeks", None, {"repeat": "FREQ=YEARLY"}),
            ("Think about a new letterhead", None, {"priority": Priority.LOW}),
        ):
            customer = None if who is None else people[who]
            number, _step = tasks.add(line, customer_id=customer)
            task = tasks.get(number)
            if line.startswith("Confirm"):
                task = replace(task, due_on=date(2026, 11, 23))
            tasks.change(replace(task, **more))
        now = datetime.now(UTC)
        pinned = timeline.log(
            people[0], InteractionKind.NOTE, "Allergic to nuts; window seat.", at=now
        )
        timeline.pin(pinned.entry, pinned=True)
        for kind, text, days in (
            (InteractionKind.CALL, "Wants a quote for Madeira in May, two persons.", 2),
            (InteractionKind.EMAIL, "Quote 2026-118 sent, with two hotels.", 3),
            (InteractionKind.VISIT, "Came by with her sister; brought the passports.", 9),
            (InteractionKind.MESSAGE, "Photos of the hotel, by WhatsApp.", 30),
        ):
            timeline.log(people[0], kind, text, at=now - timedelta(days=days))
        workspace.customers.update(people[0], "stage", "customer")
        workspace.close(backup=False)
    return people
