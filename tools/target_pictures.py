"""The pictures of targets in the guide: a firm of two in the middle of a month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPixmap

from crm_desktop.domain.customers import CustomerDraft, InteractionKind, PersonalFacts
from crm_desktop.domain.targets import Measure, Span
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.pages.targets import TargetsPage
from crm_desktop.ui.shell import Shell

Settle = Callable[[Callable[[], bool]], None]


def fill(w: Workspace) -> None:
    """What two sold and whom they visited, with what they want to reach."""
    month = w.targets.now(Span.MONTH)
    if w.targets.at_a_glance() is not None:
        return
    for owner, price, visits in (("Eva", "8200", 5), ("Rui", "3150", 2)):
        facts = PersonalFacts(owner=owner)
        whom = w.customers.create(CustomerDraft(f"Customer of {owner}", facts=facts))
        made = w.orders.create("Journey", whom)
        w.orders.update(made, "currency", "EUR")
        w.orders.add_free_line(made, "Journey", price)
        w.orders.agree(made)
        for _visit in range(visits):
            w.customers.log_interaction(whom, InteractionKind.VISIT, "Spoke of the summer")
        w.targets.set(owner, Measure.VISITS, month, "6")
    w.targets.set("", Measure.REVENUE, month.within(Span.YEAR), "180000")
    w.targets.set("", Measure.ORDERS, month, "12")
    w.targets.set("Eva", Measure.REVENUE, month, "8000")


def scenes(shell: Shell, settle: Settle) -> Iterator[tuple[str, Callable[[], QPixmap]]]:
    """Each picture by its name, the window being as it is to be taken."""
    assert shell.session is not None
    shell.session.workspace.settings.set_home_country("PT")
    fill(shell.session.workspace)
    shell.show_page("targets")
    page = shell.page("targets")
    assert isinstance(page, TargetsPage)
    page.activate()
    settle(lambda: len(page.lines) >= 3 and not shell.operations.busy)
    yield "targets", shell.grab


def guide_scenes(
    shell: Shell, folder: Path, settle: Settle
) -> Iterator[tuple[str, Callable[[], QPixmap]]]:
    """The guide's pictures, in a firm of its own."""
    archive = folder / "Viagens Aurora targets.crm"
    with Workspace.open(archive, create=True, data_dir=folder / "targets-data") as workspace:
        workspace.settings.set_home_country("PT")
        workspace.close(backup=False)
    before = shell.session
    shell.open_archive(archive)
    settle(lambda: shell.session not in (None, before) and not shell.operations.busy)
    for name, _take in scenes(shell, settle):
        page = shell.page("targets")
        assert page is not None
        box = QRect(page.mapTo(shell, QPoint(0, 0)), page.size())
        yield name, lambda box=box: shell.grab(box)  # type: ignore[misc]
