"""The pictures of the orders in the guide: an agency's journey, agreed, paid in part, changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.orders import OrderId
from crm_desktop.domain.payments import PaymentKind
from crm_desktop.services.pipelines import Template
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.dialogs.processes import ProcessesDialog
from crm_desktop.ui.pages.leads import LeadsPage
from crm_desktop.ui.pages.orders import OrdersPage
from crm_desktop.ui.pages.settings import SettingsPage
from crm_desktop.ui.shell import Shell

Settle = Callable[[Callable[[], bool]], None]


def fill(w: Workspace) -> OrderId:
    """Orders as an agency has them; returns the one that is shown."""
    if there := [one for one in w.orders.list() if one.order.title.startswith("Azores")]:
        assert there[0].order.id is not None
        return there[0].order.id
    today = date.today()

    def day(days: int) -> str:
        return (today + timedelta(days=days)).isoformat()

    people = [w.customers.create(CustomerDraft(n)) for n in ("Ana Sofia Martins", "Rui Martins")]
    made = []
    for title, price, starts, due in (
        ("Berlin, long weekend", "489", 90, 30),
        ("Madeira in June", "1240", 200, -6),
        ("Azores in May, two persons", "112", 60, -4),
    ):
        order = w.orders.create(title, people[0])
        w.orders.update(order, "currency", "EUR")
        w.orders.update(order, "taxes", "included")
        w.orders.add_free_line(
            order, "Hotel do Mar, double room", price, quantity="5", tax_rate="6"
        )
        w.orders.add_free_line(
            order, "Flight Porto – Ponta Delgada", "189", quantity="2", tax_rate="0"
        )
        w.orders.add_free_line(order, "Whale watching", "55", quantity="2", tax_rate="23")
        w.orders.update(order, "starts_on", day(starts))
        w.orders.update(order, "ends_on", day(starts + 5))
        w.orders.update(order, "fees", "30: 10 %; 14: 50 %; 0: 100 %")
        made.append((order, due))
    for order, due in made[1:]:
        w.orders.agree(order)
        w.payments.add_due(order, PaymentKind.DEPOSIT, "20 %", day(due))
        w.payments.add_due(order, PaymentKind.BALANCE, "", day(30))
    shown = made[-1][0]
    paid = w.payments.note(
        shown, PaymentKind.DEPOSIT, "180 EUR", paid_on=day(-5), method="transfer"
    )
    w.payments.receipt(paid)
    for person in people:
        w.travellers.add(shown, person)
    w.order_steps.run_by(shown, w.processes.begin(Template.OUTBOUND_TRAVEL))
    document = w.documents.add(people[0], b"%PDF-1.4 passport", file_name="passport.pdf")
    w.documents.set_facts(document, kind="Passport", expires_on=day(2000))
    return shown


def _leads(shell: Shell, settle: Settle) -> Callable[[], QPixmap]:
    """The page of leads, with some that wait."""
    assert shell.session is not None
    w = shell.session.workspace
    w.leads.add(
        name="Marta Nogueira", phone="+351 913 555 012", email="marta@example.org", city="Braga",
        message="We are two and would like a week in the Azores in May.\nWhat does it cost?",
        details="Travellers: 2\nFlight from: Porto", source="web form.eml",
    )  # fmt: skip
    w.leads.add(name="Oficina Central", phone="253 100 200", message="Ten seats on the bus to Vigo")
    w.leads.add(
        name="Ana Sofia Martins", email="ana.martins@example.org", city="Lisboa",
        message="Again to Madeira, with my parents this time.", source="web form.eml",
    )  # fmt: skip
    shell.show_page("leads")
    page = shell.page("leads")
    assert isinstance(page, LeadsPage)
    settle(lambda: page.panel.number is not None and not shell.operations.busy)
    return shell.grab


def scenes(shell: Shell, settle: Settle) -> Iterator[tuple[str, Callable[[], QPixmap]]]:
    """Each picture by its name, the window being as it is to be taken."""
    assert shell.session is not None
    w = shell.session.workspace
    shown = fill(w)
    shell.show_order(shown)
    page = shell.page("orders")
    assert isinstance(page, OrdersPage)

    def calm() -> bool:
        view = page.panel.shown
        return view is not None and view.agreed.order.id == shown and not shell.operations.busy

    settle(calm)
    settle(lambda: len(page.panel.lines.table.lines.lines) == 3)
    yield "orders", shell.grab
    page.panel.area.ensureWidgetVisible(page.panel.steps, 0, 0)
    page.panel.area.verticalScrollBar().setValue(page.panel.steps.y() - 12)
    settle(calm)
    yield "orders-steps", shell.grab
    page.panel.area.verticalScrollBar().setValue(page.panel.area.verticalScrollBar().maximum())
    settle(calm)
    yield "orders-money", shell.grab
    w.orders.change(shown)
    settle(lambda: page.panel.drop.isVisible())
    page.panel.area.verticalScrollBar().setValue(0)
    w.orders.add_free_line(shown, "Rental car", "40", quantity="5", tax_rate="23")
    settle(lambda: len(page.panel.lines.table.lines.lines) == 4)
    settle(calm)
    yield "orders-change", shell.grab
    page.panel.note_payment()

    def sheets() -> list[QDialog]:
        return [one for one in page.panel.findChildren(QDialog) if one.isVisible()]

    settle(lambda: bool(sheets()))
    QApplication.processEvents()
    [sheet] = sheets()
    yield "orders-payment", sheet.grab
    sheet.done(0)
    settle(lambda: not sheets())
    page.panel.steps.processes_wanted.emit(None)
    settle(lambda: bool(sheets()))
    [sheet] = sheets()
    assert isinstance(sheet, ProcessesDialog)
    settle(lambda: bool(sheet.rows) and not shell.operations.busy)
    QApplication.processEvents()
    yield "processes", sheet.grab
    step = sheet.rows[1].step
    assert step is not None
    sheet.open_step(step)
    settle(lambda: any(one.isVisible() for one in sheet.findChildren(QDialog)))
    QApplication.processEvents()
    inner = next(one for one in sheet.findChildren(QDialog) if one.isVisible())
    yield "process-step", inner.grab
    inner.done(0)
    sheet.done(0)
    settle(lambda: not sheets())
    w.orders.discard(shown)  # in the other theme all begins anew
    yield from _rules(shell, settle)
    yield "leads", _leads(shell, settle)


def _rules(shell: Shell, settle: Settle) -> Iterator[tuple[str, Callable[[], QPixmap]]]:
    shell.show_page("settings")
    page = shell.page("settings")
    assert isinstance(page, SettingsPage)
    settle(lambda: bool(page.rules.lines) and not shell.operations.busy)
    QApplication.processEvents()
    card = page.rules.parentWidget()
    assert card is not None
    page.area.verticalScrollBar().setValue(card.y() - 12)
    QApplication.processEvents()
    yield "rules", card.grab
    assert shell.session is not None
    page.rules.change(shell.session.workspace.rules.all()[2])
    settle(lambda: any(one.isVisible() for one in page.findChildren(QDialog)))
    QApplication.processEvents()
    sheet = next(one for one in page.findChildren(QDialog) if one.isVisible())
    yield "rule", sheet.grab
    sheet.done(0)


def guide_scenes(
    shell: Shell, folder: Path, settle: Settle
) -> Iterator[tuple[str, Callable[[], QPixmap]]]:
    """The guide's pictures, in a firm of its own."""
    archive = folder / "Viagens Aurora orders.crm"
    with Workspace.open(archive, create=True, data_dir=folder / "orders-data") as workspace:
        workspace.settings.set_home_country("PT")
        workspace.close(backup=False)
    before = shell.session
    shell.open_archive(archive)
    settle(lambda: shell.session not in (None, before) and not shell.operations.busy)
    for name, take in scenes(shell, settle):
        if name in ("orders-payment", "processes", "process-step", "rules", "rule"):
            yield name, take
            continue
        page = shell.page("leads" if name == "leads" else "orders")
        assert page is not None
        box = QRect(page.mapTo(shell, QPoint(0, 0)), page.size())
        yield name, lambda box=box: shell.grab(box)  # type: ignore[misc]
