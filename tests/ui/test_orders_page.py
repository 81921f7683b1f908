"""Orders through the window: begun, written as in a sheet, agreed, changed, paid, printed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle, type_text

from crm_desktop.domain.customers import CustomerDraft, CustomerId
from crm_desktop.domain.orders import OrderId, OrderStatus
from crm_desktop.domain.payments import PaymentKind, Tone
from crm_desktop.domain.today import Topic
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.dialogs.order_sheets import CancelOrder, NewOrder, NotePayment, TakeBack
from crm_desktop.ui.dialogs.print_preview import PrintPreview
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.orders import OrdersPage
from crm_desktop.ui.pages.today import TodayPage
from crm_desktop.ui.shell import Shell
from crm_desktop.ui.today_words import Act, words_of
from crm_desktop.ui.widgets.line_table import LineTable

_ALT = Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_PLAIN = Qt.KeyboardModifier.NoModifier
TODAY = date.today()
YEAR = TODAY.year
WORDS, QUANTITY, UNIT, PRICE, DISCOUNT, TAX, AMOUNT = range(7)


@pytest.fixture
def workspace(page: CustomersPage) -> Workspace:
    return page.workspace


@pytest.fixture
def orders(shell: Shell, workspace: Workspace, qtbot: QtBot) -> OrdersPage:
    workspace.settings.set_home_country("PT")
    shell.show_page("orders")
    found = shell.page("orders")
    assert isinstance(found, OrdersPage)
    settle(shell, qtbot)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow, timeout=TIMEOUT)
    return found


@pytest.fixture
def ana(workspace: Workspace) -> CustomerId:
    return workspace.customers.create(CustomerDraft("Ana Lopes"))


@pytest.fixture
def trip(
    orders: OrdersPage, workspace: Workspace, shell: Shell, ana: CustomerId, qtbot: QtBot
) -> OrderId:
    """A draft of 500 €, shown."""
    made = workspace.orders.create("Azores in May", ana)
    workspace.orders.add_free_line(made, "Hotel", "100", quantity="5", tax_rate="0")
    shown(orders, made, shell, qtbot)
    return made


def shown(orders: OrdersPage, number: OrderId, shell: Shell, qtbot: QtBot) -> None:
    orders.open_order(number)
    qtbot.waitUntil(lambda: orders.panel.number == number, timeout=TIMEOUT)
    settle(shell, qtbot)


def dialog(shell: Shell, kind: type[QDialog], qtbot: QtBot) -> QDialog:
    def there() -> list[QDialog]:
        return [one for one in shell.findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: len(there()) == 1, timeout=TIMEOUT)
    return there()[0]


def cell(table: LineTable, row: int, column: int) -> str:
    return str(table.lines.index(row, column).data())


def write(table: LineTable, row: int, column: int, text: str, qtbot: QtBot) -> None:
    """Write into a cell as one does: go there, Enter, type, Enter."""
    table.setFocus()
    table.setCurrentIndex(table.lines.index(row, column))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(table.findChildren(QLineEdit, "cell")), timeout=TIMEOUT)
    edit = table.findChildren(QLineEdit, "cell")[-1]
    edit.selectAll()
    qtbot.keyClicks(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)


def test_an_order_is_begun_and_written_by_keys(
    orders: OrdersPage, workspace: Workspace, shell: Shell, ana: CustomerId, qtbot: QtBot
) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_N, _CONTROL)
    new = dialog(shell, NewOrder, qtbot)
    assert isinstance(new, NewOrder)
    type_text(new.title, "冰岛 · 极光")
    qtbot.keyClick(new.title, Qt.Key.Key_Return)
    assert new.error.text() == "Say whose it is."
    new.customer.show_customer(ana, "Ana Lopes")
    qtbot.keyClick(new.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: orders.panel.number is not None, timeout=TIMEOUT)
    settle(shell, qtbot)
    number = orders.panel.number
    assert number is not None
    table = orders.panel.lines.table
    write(table, 0, WORDS, "Northern lights", qtbot)
    qtbot.waitUntil(lambda: len(table.lines.lines) == 1, timeout=TIMEOUT)
    settle(shell, qtbot)
    for column, text in ((QUANTITY, "2"), (PRICE, "450,50"), (DISCOUNT, "10 %"), (TAX, "23")):
        write(table, 0, column, text, qtbot)
        settle(shell, qtbot)
    qtbot.waitUntil(lambda: cell(table, 0, AMOUNT) == "€810.90", timeout=TIMEOUT)
    assert orders.panel.lines.sums()[-1] == "€997.41"
    write(table, 1, WORDS, "Flight", qtbot)
    qtbot.waitUntil(lambda: len(table.lines.lines) == 2, timeout=TIMEOUT)
    settle(shell, qtbot)
    table.setCurrentIndex(table.lines.index(1, WORDS))
    qtbot.keyClick(table, Qt.Key.Key_Up, _ALT)
    qtbot.waitUntil(lambda: cell(table, 0, WORDS) == "Flight", timeout=TIMEOUT)
    settle(shell, qtbot)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(table.lines.lines) == 1, timeout=TIMEOUT)
    assert workspace.orders.get(number).totals.total == 997_41


def test_what_is_refused_stays_in_its_cell(
    orders: OrdersPage, workspace: Workspace, shell: Shell, trip: OrderId, qtbot: QtBot
) -> None:
    table, error = orders.panel.lines.table, orders.panel.lines.error
    write(table, 0, PRICE, "a lot", qtbot)
    qtbot.waitUntil(lambda: "is no amount" in error.text(), timeout=TIMEOUT)
    assert cell(table, 0, PRICE) == "a lot"
    # Whatever else changes meanwhile, it stays to be mended.
    write(table, 0, QUANTITY, "6", qtbot)
    qtbot.waitUntil(lambda: workspace.orders.get(trip).totals.total == 600_00, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert cell(table, 0, PRICE) == "a lot"
    assert error.isVisible()
    write(table, 0, PRICE, "120", qtbot)
    qtbot.waitUntil(lambda: workspace.orders.get(trip).totals.total == 720_00, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert not error.isVisible()
    # What stands refused when another order is shown is told with a way back.
    write(table, 0, PRICE, "much", qtbot)
    qtbot.waitUntil(lambda: "is no amount" in error.text(), timeout=TIMEOUT)
    other = workspace.orders.create("Berlin", workspace.orders.get(trip).order.customer_id)
    shown(orders, other, shell, qtbot)
    assert shell.toasts.current is not None
    assert "“much” is not saved for Azores in May." in shell.toasts.current.accessibleName()
    shell.toasts.current.button.click()
    qtbot.waitUntil(lambda: orders.panel.number == trip, timeout=TIMEOUT)
    settle(shell, qtbot)


def test_a_product_brings_its_price_along(
    orders: OrdersPage, workspace: Workspace, shell: Shell, trip: OrderId, qtbot: QtBot
) -> None:
    visa = workspace.catalogue.create("Visa Angola")
    workspace.catalogue.add_price(visa, "80 EUR")
    shown(orders, trip, shell, qtbot)
    table = orders.panel.lines.table
    table.offered = {"Visa Angola": visa}
    write(table, 1, WORDS, "Visa Angola", qtbot)
    qtbot.waitUntil(lambda: len(table.lines.lines) == 2, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert cell(table, 1, AMOUNT) == "€80.00"
    assert workspace.orders.get(trip).lines[1].product_id == visa


def test_from_confirming_to_the_last_payment(
    orders: OrdersPage, workspace: Workspace, shell: Shell, trip: OrderId, qtbot: QtBot
) -> None:
    panel = orders.panel
    assert panel.yes.text() == "Confirm"
    panel.yes.click()
    qtbot.waitUntil(lambda: panel.reference.text() == f"O-{YEAR}-0001", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert not panel.lines.add.isVisible()
    # What is due when.
    panel.money.amount.setFocus()
    qtbot.keyClicks(panel.money.amount, "20 %")
    qtbot.keyClicks(panel.money.day, (TODAY - timedelta(days=3)).isoformat())
    qtbot.keyClick(panel.money.day, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.money.plan) == 2, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert panel.money.amount.text() == ""
    # The next part is there already; Enter notes it.
    panel.yes.click()
    sheet = dialog(shell, NotePayment, qtbot)
    assert isinstance(sheet, NotePayment)
    assert sheet.amount.text() == "100.00 EUR"
    sheet.amount.clear()
    qtbot.keyClicks(sheet.amount, "0")
    qtbot.keyClick(sheet.amount, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "above zero" in sheet.error.text(), timeout=TIMEOUT)
    sheet.amount.clear()
    qtbot.keyClicks(sheet.amount, "500")
    qtbot.keyClicks(sheet.method, "cash")
    qtbot.keyClick(sheet.amount, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Paid in full" in panel.money.stands.text(), timeout=TIMEOUT)
    settle(shell, qtbot)
    shell.commands.undo.trigger()
    qtbot.waitUntil(lambda: "€500.00 to be paid" in panel.money.stands.text(), timeout=TIMEOUT)


def test_a_change_is_drafted_and_agreed(
    orders: OrdersPage, workspace: Workspace, shell: Shell, trip: OrderId, qtbot: QtBot
) -> None:
    workspace.orders.agree(trip)
    panel = orders.panel
    qtbot.waitUntil(panel.change.isVisible, timeout=TIMEOUT)
    panel.change.click()
    qtbot.waitUntil(panel.drop.isVisible, timeout=TIMEOUT)
    settle(shell, qtbot)
    write(panel.lines.table, 0, QUANTITY, "6", qtbot)
    qtbot.waitUntil(lambda: "+€100.00" in panel.banner.text.text(), timeout=TIMEOUT)
    settle(shell, qtbot)
    assert workspace.orders.get(trip).totals.total == 500_00
    panel.yes.click()
    qtbot.waitUntil(lambda: panel.reference.text() == f"O-{YEAR}-0001/2", timeout=TIMEOUT)
    assert workspace.orders.get(trip).totals.total == 600_00
    settle(shell, qtbot)
    assert not panel.banner.isVisible()


def test_cancelling_says_what_it_costs(
    orders: OrdersPage, workspace: Workspace, shell: Shell, trip: OrderId, qtbot: QtBot
) -> None:
    workspace.orders.update(trip, "fees", "30: 10 %; 0: 100 %")
    workspace.orders.update(trip, "starts_on", (TODAY + timedelta(days=10)).isoformat())
    workspace.orders.agree(trip)
    workspace.payments.note(trip, PaymentKind.DEPOSIT, "200")
    shown(orders, trip, shell, qtbot)
    orders.panel.ask_cancel()
    sheet = dialog(shell, CancelOrder, qtbot)
    assert isinstance(sheet, CancelOrder)
    assert sheet.fee.text() == "50.00 EUR"
    qtbot.keyClicks(sheet.reason, "broke a leg")
    qtbot.keyClick(sheet.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: workspace.orders.get(trip).order.status is OrderStatus.CANCELLED, timeout=TIMEOUT
    )
    qtbot.waitUntil(lambda: orders.panel.yes.text() == "Note a refund", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert "€150.00 to be given back" in orders.panel.money.stands.text()
    orders.panel.yes.click()
    refund = dialog(shell, NotePayment, qtbot)
    assert isinstance(refund, NotePayment)
    assert refund.amount.text() == "150.00 EUR"
    qtbot.keyClick(refund.amount, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Paid in full" in orders.panel.money.stands.text(), timeout=TIMEOUT)


def test_goods_come_back_in_parts(
    orders: OrdersPage, workspace: Workspace, shell: Shell, trip: OrderId, qtbot: QtBot
) -> None:
    workspace.orders.agree(trip)
    shown(orders, trip, shell, qtbot)
    orders.panel.ask_back()
    sheet = dialog(shell, TakeBack, qtbot)
    assert isinstance(sheet, TakeBack)
    [field] = sheet._goods.values()
    assert field.placeholderText() == "up to 5"
    qtbot.keyClicks(field, "6")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "More came back" in sheet.error.text(), timeout=TIMEOUT)
    assert field.text() == "6"
    field.clear()
    qtbot.keyClicks(field, "1,5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: workspace.orders.get(trip).totals.total == 350_00, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: len(orders.panel.lines.table.lines.lines) == 2, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert cell(orders.panel.lines.table, 1, QUANTITY) == "-1,5"


def test_travellers_and_papers(
    orders: OrdersPage, workspace: Workspace, shell: Shell, trip: OrderId, ana: CustomerId,
    qtbot: QtBot,
) -> None:  # fmt: skip
    panel = orders.panel.travellers
    panel.pick.show_customer(ana, "Ana Lopes")
    panel.pick.picked.emit()
    qtbot.waitUntil(lambda: len(panel.lines) == 1, timeout=TIMEOUT)
    settle(shell, qtbot)
    qtbot.keyClicks(panel.kind, "Passport")
    qtbot.keyClicks(panel.months, "many")
    qtbot.keyClick(panel.months, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "no number of months" in panel.error.text(), timeout=TIMEOUT)
    assert panel.kind.text() == "Passport"
    panel.months.clear()
    qtbot.keyClicks(panel.months, "6")
    qtbot.keyClick(panel.months, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.missing.isVisible, timeout=TIMEOUT)
    settle(shell, qtbot)
    orders.panel.print.click()
    preview = dialog(shell, PrintPreview, qtbot)
    assert isinstance(preview, PrintPreview)
    qtbot.waitUntil(lambda: preview.document is not None, timeout=TIMEOUT)
    assert preview.document is not None
    assert "Ana Lopes" in preview.document.pages.text(0)
    preview.done(0)
    settle(shell, qtbot)


def test_what_is_overdue_is_listed_by_itself(
    orders: OrdersPage, workspace: Workspace, shell: Shell, trip: OrderId, ana: CustomerId,
    qtbot: QtBot,
) -> None:  # fmt: skip
    workspace.orders.agree(trip)
    workspace.payments.add_due(trip, PaymentKind.DEPOSIT, "100", "2020-01-01")
    workspace.orders.create("Berlin", ana)
    settle(shell, qtbot)
    qtbot.waitUntil(lambda: orders.count.text() == "2 orders", timeout=TIMEOUT)
    orders.filter.choose("overdue")
    orders.filter.chosen.emit("overdue")
    qtbot.waitUntil(lambda: orders.count.text() == "1 order", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert orders.list.lines.line(0).pill == "Overdue"


def test_a_customers_file_leads_to_his_orders(
    orders: OrdersPage, workspace: Workspace, shell: Shell, page: CustomersPage, trip: OrderId,
    ana: CustomerId, qtbot: QtBot,
) -> None:  # fmt: skip
    shell.show_customer(ana)
    qtbot.waitUntil(lambda: page.panel.orders.titles == ["Azores in May"], timeout=TIMEOUT)
    settle(shell, qtbot)
    page.panel.orders._open(trip)
    qtbot.waitUntil(lambda: orders.isVisible() and orders.panel.number == trip, timeout=TIMEOUT)
    assert QApplication.focusWidget() is not None
    settle(shell, qtbot)


def test_what_is_overdue_stands_on_today(
    orders: OrdersPage, workspace: Workspace, shell: Shell, trip: OrderId, qtbot: QtBot
) -> None:
    workspace.orders.agree(trip)
    workspace.payments.add_due(trip, PaymentKind.DEPOSIT, "100", "2020-01-01")
    [section] = [s for s in workspace.today.pressing() if s.topic is Topic.PAYMENTS]
    [line] = section.lines
    words = words_of(line, TODAY)
    assert words.title == "Ana Lopes"
    assert words.detail == f"€100.00 · Azores in May · O-{YEAR}-0001"
    shell.show_page("today")
    today = shell.page("today")
    assert isinstance(today, TodayPage)
    settle(shell, qtbot)
    today.does.act(Act.OPEN, line)
    qtbot.waitUntil(lambda: orders.isVisible() and orders.panel.number == trip, timeout=TIMEOUT)
    settle(shell, qtbot)


def preview_text(shell: Shell, qtbot: QtBot) -> str:
    """What the preview that is open shows; it is closed then."""
    preview = dialog(shell, PrintPreview, qtbot)
    assert isinstance(preview, PrintPreview)
    qtbot.waitUntil(lambda: preview.document is not None, timeout=TIMEOUT)
    assert preview.document is not None
    assert preview.mail.isVisible()
    text = " ".join(preview.document.pages.text(0).split())
    preview.done(0)
    settle(shell, qtbot)
    return text


def test_papers_by_the_menu(
    orders: OrdersPage, workspace: Workspace, shell: Shell, trip: OrderId, qtbot: QtBot
) -> None:
    workspace.orders.agree(trip)
    workspace.payments.add_due(trip, PaymentKind.DEPOSIT, "100", "2020-01-01")
    shown(orders, trip, shell, qtbot)
    panel = orders.panel
    panel._remind(Tone.FRIENDLY)
    assert "Payment reminder" in preview_text(shell, qtbot)
    # That it went out is noted, and can be taken back.
    [letter] = workspace.payments.account(trip).reminders
    assert letter.tone is Tone.FRIENDLY
    shell.commands.undo.trigger()
    settle(shell, qtbot)
    assert workspace.payments.account(trip).reminders == []
    paid = workspace.payments.note(trip, PaymentKind.DEPOSIT, "100")
    settle(shell, qtbot)
    panel.money._receipt(paid)
    assert "We have received from Ana Lopes" in preview_text(shell, qtbot)
    panel._print_statement()
    assert "Statement of account" in preview_text(shell, qtbot)
    workspace.orders.change(trip)
    workspace.orders.add_free_line(trip, "Car", "50")
    workspace.orders.agree(trip)
    settle(shell, qtbot)
    panel._print_version(1)
    assert "Replaced by a newer version" in preview_text(shell, qtbot)
