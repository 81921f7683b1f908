"""Pictures of a customer's file with all that it can hold, its windows, duplicates and history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import guide_fields
from PySide6.QtCore import QBuffer, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from crm_desktop.domain.cases import CaseKind
from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    CustomerListQuery,
    InteractionKind,
)
from crm_desktop.domain.documents import DocumentFacts
from crm_desktop.domain.promises import Side
from crm_desktop.domain.relations import RelationKind
from crm_desktop.services.relations import Said
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.dialogs.document_details import DocumentDetails
from crm_desktop.ui.dialogs.document_preview import DocumentPreview
from crm_desktop.ui.dialogs.earlier_states import EarlierStates
from crm_desktop.ui.dialogs.give_up import GiveUp
from crm_desktop.ui.dialogs.put_off import PutOff
from crm_desktop.ui.dialogs.shortcuts import Shortcuts
from crm_desktop.ui.dialogs.value_history import ValueHistorySheet
from crm_desktop.ui.drafts import NOTHING
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.duplicates import DuplicatesPage
from crm_desktop.ui.pages.history import HistoryPage
from crm_desktop.ui.shell import Shell

Settle = Callable[..., None]
Scene = tuple[str, Callable[[], QPixmap]]
NAME = "Helena Duarte"
_PHONE = "+351 917 200 311"
_FIELDS = {
    "Seat": "Aisle",
    "Interests": "Wine; Museums",
    "Newsletter": "yes",
    "Yearly budget": "2400",
    "Passport until": "2031-03-14",
}


def guide_scenes(shell: Shell, folder: Path, settle: Settle) -> Iterator[Scene]:
    """The guide's, in an archive of their own."""
    archive = folder / "Viagens Aurora file.crm"
    with Workspace.open(archive, create=True, data_dir=folder / "guide-data") as workspace:
        workspace.settings.set_home_country("PT")
        guide_fields.fill(workspace, [workspace.customers.create(CustomerDraft("Rui Marques"))])
        workspace.close(backup=False)
    before = shell.session
    shell.open_archive(archive)
    settle(lambda: shell.session not in (None, before) and not shell.operations.busy)
    shell.resize(1280, 860)
    for name, take in scenes(shell, settle):
        if name == "customer-file":
            yield name, lambda: _panel(shell, _page(shell).panel)
        elif name in ("duplicates", "history-way", "value-history"):
            yield name, take


def scenes(shell: Shell, settle: Settle) -> Iterator[Scene]:
    """Each picture's name and how to take it, in the archive that is open."""

    def quiet() -> bool:
        return not shell.operations.busy

    session = shell.session
    assert session is not None
    workspace = session.workspace
    customer = fill(workspace)
    settle(quiet)
    shell.show_customer(customer)
    page = _page(shell)
    panel = page.panel
    settle(lambda: panel.customer is not None and panel.customer.id == customer and quiet())
    bar = panel.area.verticalScrollBar()
    yield "customer-file", shell.grab
    bar.setValue(panel.cases.y() - 8)
    number = workspace.cases.of(customer)[0].id
    assert number is not None
    panel.cases.open_case(number)
    settle(quiet)
    yield "case", shell.grab
    bar.setValue(panel.notes.y() - 120)
    panel.notes.setFocus()
    settle()
    yield "notes", shell.grab
    panel.area.setFocus()
    phone = workspace.customers.get(customer).phones[0]
    panel.past.show_value(f"phone:{phone.id}", "Phone")
    yield from _sheet(panel, ValueHistorySheet, "value-history", settle, quiet)
    panel.past.show_states()
    yield from _sheet(panel, EarlierStates, "earlier-states", settle, quiet)
    document = workspace.documents.of(customer)[0]
    panel.documents.ask_details(document)
    yield from _sheet(panel, DocumentDetails, "document-details", settle, quiet)
    panel.documents.preview(document)
    yield from _sheet(panel, DocumentPreview, "document-preview", settle, quiet)
    open_tasks = workspace.tasks.of(customer)
    PutOff(open_tasks[:1], page).open()
    yield from _sheet(page, PutOff, "put-off", settle, quiet)
    panel.tasks.take_up({"text": "Send him the plan of the trip"})
    shell.close()
    yield from _sheet(shell, GiveUp, "give-up", settle, quiet)
    panel.tasks.take_up(NOTHING)
    shell.commands.shortcuts.trigger()
    yield from _sheet(shell, Shortcuts, "shortcuts", settle, quiet)
    page.close_panel()
    yield from _pages(shell, settle, quiet, workspace)


def _pages(
    shell: Shell, settle: Settle, quiet: Callable[[], bool], workspace: Workspace
) -> Iterator[Scene]:
    """The duplicates with their pairs, and the history with a card of what is in the way."""
    shell.show_page("duplicates")
    twins = shell.current_page()
    assert isinstance(twins, DuplicatesPage)
    twins.find_button.click()
    settle(lambda: bool(twins.pairs) and quiet())
    shell.toasts.clear()
    settle(quiet)
    yield "duplicates", shell.grab
    shell.show_page("history")
    history = shell.current_page()
    assert isinstance(history, HistoryPage)
    settle(quiet)
    asked = next(
        made
        for made in history.findChildren(QPushButton)
        if made.isEnabled()
        and made.property("step")
        and workspace.history.in_the_way(StepId(made.property("step")))
    )
    asked.click()
    settle(lambda: history.in_the_way is not None and quiet())
    yield "history-way", shell.grab
    assert history.in_the_way is not None
    history.in_the_way.left.emit()


def fill(workspace: Workspace) -> CustomerId:
    """One customer with all that a file can hold, and another who may be the same; once only."""
    customers = workspace.customers
    known = customers.search(NAME, limit=2)
    if known:
        return min(row.id for row in known)
    others = list(workspace.customers.ids(CustomerListQuery()))
    made = customers.create(
        CustomerDraft(
            NAME,
            organisation="Atelier Norte",
            stage="prospect",
            contact_points=(
                ContactPoint(ContactKind.PHONE.value, "912 000 311", None, "mobile"),
                ContactPoint(ContactKind.EMAIL.value, "helena@ateliernorte.example", None, "work"),
            ),
            addresses=(Address("Rua do Sol 5, 2.º Esq.", "4000-123", "Porto", country="PT"),),
            birthday="1979-06-21",
            tags=("vip", "cruises"),
        )
    )
    same = (ContactPoint(ContactKind.PHONE.value, _PHONE, None),)
    customers.create(CustomerDraft("Helena M. Duarte", contact_points=same))
    for field, text in (
        ("title", "Dr."), ("rating", "5"), ("owner", "Rita"), ("source", "Recommended by Rui"),
        ("preferences", "A high floor, no carpets"), ("stage", "customer"),
    ):  # fmt: skip
        customers.update(made, field, text)
    for name, text in _FIELDS.items():
        customers.set_custom(made, name, text)
    notes = "Flies from **Porto** only.\n1. ask for the aisle\n2. send the plan as *PDF*"
    customers.update(made, "notes", notes)
    phone = customers.get(made).phones[0]
    for number in ("917 200 310", _PHONE):
        customers.save_contact_point(
            made, ContactKind.PHONE, number, label=phone.label, contact_point_id=phone.id
        )
    customers.set_tag_colour("vip", "violet")
    if others:
        workspace.relations.add(made, Said(RelationKind.REFERRED_BY, others[0]))
    workspace.promises.add(made, Side.WE, "a voucher of 50 €")
    workspace.cases.begin(made, "Suitcase lost on the way back", kind=CaseKind.COMPLAINT)
    workspace.tasks.add("Call about Madeira tomorrow 15h", customer_id=made)
    workspace.tasks.add("Send the quote 20/11/2026", customer_id=made)
    now = datetime.now(UTC)
    for kind, text, days in (
        (InteractionKind.CALL, "Asked about Madeira in May, two persons.", 1),
        (InteractionKind.EMAIL, "Sent the quote with two hotels.", 4),
        (InteractionKind.VISIT, "Brought the passports.", 12),
    ):
        customers.log_interaction(made, kind, text, at=now - timedelta(days=days))
    facts = DocumentFacts(
        kind="Passport",
        number="CC 482 119",
        expires_on=(date.today() + timedelta(days=60)).isoformat(),
    )
    workspace.documents.add(
        made, _passport(), file_name="passport.png", name="Passport", facts=facts
    )
    return made


def _passport() -> bytes:
    """A drawn page that looks like a scan."""
    image = QImage(900, 620, QImage.Format.Format_RGB32)
    image.fill(QColor("#F4EFE4"))
    painter = QPainter(image)
    painter.fillRect(40, 90, 240, 320, QColor("#C9D3E0"))
    painter.setPen(QColor("#33415C"))
    font = QFont(painter.font())
    for line, (text, size) in enumerate(
        (("PASSPORT", 30), ("DUARTE", 26), ("HELENA", 26), ("21 06 1979", 22), ("CC 482 119", 22))
    ):
        font.setPixelSize(size)
        painter.setFont(font)
        painter.drawText(320, 130 + 62 * line, text)
    painter.drawText(QRect(40, 480, 820, 100), Qt.AlignmentFlag.AlignLeft, "P<PRTDUARTE<<HELENA<<<")
    painter.end()
    buffer = QBuffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _page(shell: Shell) -> CustomersPage:
    page = shell.page("customers")
    assert isinstance(page, CustomersPage)
    return page


def _panel(shell: Shell, part: QWidget) -> QPixmap:
    return shell.grab(QRect(part.mapTo(shell, QPoint(0, 0)), part.size()))


def _sheet(
    owner: QWidget, kind: type[QDialog], name: str, settle: Settle, quiet: Callable[[], bool]
) -> Iterator[Scene]:
    """A window that is about to open: its picture, then it is closed."""
    settle(lambda: bool(owner.findChildren(kind)) and quiet())
    sheet = owner.findChildren(kind)[-1]
    yield name, sheet.grab
    sheet.close()
    settle(lambda: not owner.findChildren(kind))
