"""The guide's picture of the fields of the owner's own, in an archive of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPixmap

from crm_desktop.domain.customers import CustomerDraft, CustomerId
from crm_desktop.domain.fields import FieldKind, reference
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.pages.settings import SettingsPage
from crm_desktop.ui.shell import Shell

Settle = Callable[..., None]
Scene = tuple[str, Callable[[], QPixmap]]
SIZE = (1280, 860)


def scenes(shell: Shell, folder: Path, settle: Settle) -> Iterator[Scene]:
    """Each picture's name and how to take it."""
    shell.resize(*SIZE)
    archive = folder / "Viagens Aurora fields.crm"
    with Workspace.open(archive, create=True, data_dir=folder / "guide-data") as workspace:
        workspace.settings.set_home_country("PT")
        fill(workspace, [workspace.customers.create(CustomerDraft(n)) for n in _NAMES])
        workspace.close(backup=False)
    shell.open_archive(archive)
    settle(lambda: shell.session is not None and not shell.operations.busy)
    yield "fields", lambda: show(shell, settle)


def show(shell: Shell, settle: Settle) -> QPixmap:
    """The card of the fields, with one of them chosen."""
    shell.show_fields()
    page = shell.current_page()
    assert isinstance(page, SettingsPage)
    settle(lambda: bool(page.own_fields.model.lines) and not shell.operations.busy)
    card = page.own_fields
    card.list.choose(card.model.lines.index("Travel") + 2)
    settle()
    page.show_fields()
    card.list.setFocus()
    settle()
    return shell.grab(QRect(card.mapTo(shell, QPoint(0, 0)), card.size()))


def fill(workspace: Workspace, people: list[CustomerId]) -> None:
    """Fields of most kinds, in groups, with a few values."""
    fields, customers = workspace.fields, workspace.customers
    fields.add("Yearly budget", FieldKind.MONEY)
    fields.add("Newsletter", FieldKind.YES_NO)
    fields.set_hidden(fields.add("Old number"), hidden=True)
    fields.add("Seat", FieldKind.CHOICE, heading="Travel", words=["Window", "Aisle"])
    words = ["Wine", "Museums", "Hiking", "Golf"]
    fields.add("Interests", FieldKind.CHOICES, heading="Travel", words=words)
    fields.add("Guide", FieldKind.CUSTOMER, heading="Travel")
    fields.add("Passport until", FieldKind.DATE, heading="Papers")
    for number, customer in enumerate(people[:3]):
        customers.set_custom(customer, "Yearly budget", f"{1500 + 500 * number}")
        customers.set_custom(customer, "Seat", "Window")
        customers.set_custom(customer, "Interests", "; ".join(words[: number + 1]))
        customers.set_custom(customer, "Guide", reference(people[-1]))
        customers.set_custom(customer, "Passport until", f"2028-0{number + 3}-14")


_NAMES = ("Ana Lopes", "Rui Marques", "王秀英", "Maria Ferreira")
