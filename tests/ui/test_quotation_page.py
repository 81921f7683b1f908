"""Quotations in the window: written by keys, issued, replaced, decided, printed and sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle, type_text

from crm_desktop.domain.customers import ContactKind, CustomerDraft, CustomerId
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.opportunities import OpportunityId
from crm_desktop.domain.quotations import (
    QuotationId,
    QuotationStatus,
)
from crm_desktop.services.pipelines import Template
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.dialogs.decide_quotation import AcceptQuotation, DeclineQuotation
from crm_desktop.ui.dialogs.info import Confirm
from crm_desktop.ui.dialogs.new_quotation import NewQuotation
from crm_desktop.ui.dialogs.print_preview import PrintPreview
from crm_desktop.ui.models.quotation_lines import FIELDS
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.opportunities import OpportunitiesPage
from crm_desktop.ui.pages.quotation import QuotationPage
from crm_desktop.ui.palette import Palette
from crm_desktop.ui.shell import Shell

YEAR = date.today().year
LONG = 30_000
_ALT = Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFTED = _CONTROL | Qt.KeyboardModifier.ShiftModifier
_LEFT = Qt.MouseButton.LeftButton
_PLAIN = Qt.KeyboardModifier.NoModifier
Kind = TypeVar("Kind", bound=QDialog)
Show = Callable[[QuotationId], QuotationPage]


@pytest.fixture
def workspace(page: CustomersPage) -> Workspace:
    page.workspace.settings.set_home_country("PT")
    return page.workspace


@pytest.fixture
def ana(workspace: Workspace) -> CustomerId:
    made = workspace.customers.create(CustomerDraft("Ana Lopes"))
    workspace.customers.save_contact_point(made, ContactKind.EMAIL, "ana@example.pt")
    return made


@pytest.fixture
def draft(workspace: Workspace, ana: CustomerId) -> QuotationId:
    """Two lines of a trip."""
    made = workspace.quotations.create("Azores in May", ana)
    workspace.quotations.add_free_line(made, "Hotel", "100", quantity="3", tax_rate="6")
    workspace.quotations.add_free_line(made, "Whales", "55", quantity="2", tax_rate="23")
    return made


@pytest.fixture
def show(shell: Shell, qtbot: QtBot) -> Show:
    def opened(number: QuotationId) -> QuotationPage:
        shell.show_quotation(number)
        found = shell.page("quotation")
        assert isinstance(found, QuotationPage)
        qtbot.waitUntil(
            lambda: found.whole is not None and found.whole.quotation.id == number, timeout=TIMEOUT
        )
        shell.activateWindow()
        qtbot.waitUntil(shell.isActiveWindow, timeout=TIMEOUT)
        settle(shell, qtbot)
        return found

    return opened


def key(qtbot: QtBot, pressed: Qt.Key, how: Qt.KeyboardModifier = _PLAIN) -> None:
    """Press a key where the keyboard is."""
    at = QApplication.focusWidget()
    assert at is not None
    qtbot.keyClick(at, pressed, how)


def write(text: str) -> None:
    """Type where the keyboard is."""
    at = QApplication.focusWidget()
    assert at is not None
    type_text(at, text)


def dialog(shell: Shell, kind: type[Kind], qtbot: QtBot) -> Kind:
    """The sheet that is open."""

    def there() -> list[Kind]:
        return [one for one in shell.findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: len(there()) == 1, timeout=TIMEOUT)
    there()[0].activateWindow()
    qtbot.waitUntil(there()[0].isActiveWindow, timeout=TIMEOUT)
    return there()[0]


def front(shell: Shell, qtbot: QtBot) -> None:
    """The window has the keyboard again, once a dialog has gone."""
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow, timeout=TIMEOUT)
    settle(shell, qtbot)


def cells(at: QuotationPage) -> list[list[str]]:
    """What the table shows, line by line."""
    model = at.lines.table.lines
    return [
        [str(model.index(row, column).data()) for column in range(len(FIELDS))]
        for row in range(model.rowCount())
    ]


def names(at: QuotationPage) -> list[str]:
    return [line[1] for line in cells(at)]


def edit_cell(at: QuotationPage, row: int, field: str, text: str, qtbot: QtBot) -> None:
    """Go to a cell, type something else into it, and press Enter."""
    at.lines.table.go_to(row, FIELDS.index(field))
    key(qtbot, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    type_text(editor, text) if text else editor.clear()
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def page_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def status(workspace: Workspace, number: QuotationId) -> QuotationStatus:
    return workspace.quotations.get(number).quotation.status


def test_from_the_customers_file_to_an_accepted_paper_by_keys(
    page: CustomersPage, workspace: Workspace, shell: Shell, ana: CustomerId, qtbot: QtBot
) -> None:
    visa = workspace.catalogue.create("Visa for Angola")
    workspace.catalogue.update(visa, "unit", "person")
    workspace.catalogue.update(visa, "tax_rate", "23")
    workspace.catalogue.add_price(visa, "80 EUR")
    shell.show_customer(ana)
    qtbot.waitUntil(
        lambda: page._panel is not None and page.panel.customer is not None, timeout=TIMEOUT
    )
    settle(shell, qtbot)
    assert page.panel.quotations.rows == []
    qtbot.mouseClick(page.panel.quotations.add, _LEFT)
    new = dialog(shell, NewQuotation, qtbot)
    qtbot.waitUntil(new.title.hasFocus, timeout=TIMEOUT)
    qtbot.keyClick(new.title, Qt.Key.Key_Return)
    qtbot.waitUntil(new.error.isVisible, timeout=TIMEOUT)
    assert new.error.text() == "Say in a few words what it is about."
    type_text(new.title, "Luanda, 两个人")
    qtbot.keyClick(new.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.current_key() == "quotation", timeout=TIMEOUT)
    at = shell.page("quotation")
    assert isinstance(at, QuotationPage)
    shell.activateWindow()
    qtbot.waitUntil(at.lines.new_line.what.hasFocus, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert at.head.pill.text() == "Draft"
    # In one's own words: what, Tab, how many, Tab, the price, Enter; what is no price waits.
    write("Flight")
    key(qtbot, Qt.Key.Key_Tab)
    write("2")
    key(qtbot, Qt.Key.Key_Tab)
    write("about 600")
    key(qtbot, Qt.Key.Key_Return)
    line = at.lines.new_line
    qtbot.waitUntil(line.error.isVisible, timeout=TIMEOUT)
    assert "“about 600” is no amount" in line.error.text()
    assert line.price.hasFocus()
    assert [edit.text() for edit in line.fields.values()] == ["Flight", "2", "about 600"]
    line.price.selectAll()
    write("612,50")
    key(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(at) == ["Flight"], timeout=TIMEOUT)
    settle(shell, qtbot)
    assert [edit.text() for edit in line.fields.values()] == ["", "1", ""]
    # From the catalogue: a few letters, Down, Enter, Enter.
    assert line.what.hasFocus()
    write("visa")
    popup = line.what.completer().popup()
    qtbot.waitUntil(popup.isVisible, timeout=TIMEOUT)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(line.quantity.hasFocus, timeout=TIMEOUT)
    write("2")
    key(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(at) == ["Flight", "Visa for Angola"], timeout=TIMEOUT)
    settle(shell, qtbot)
    assert cells(at) == [
        ["1", "Flight", "2", "", "612.50", "", "", "1,225.00"],
        ["2", "Visa for Angola", "2", "person", "80.00", "", "23 %", "160.00"],
    ]
    assert at.lines.totals.texts()[-1] == ("Total", "€1,421.80")
    # Up leads into the table; typing writes over the price, Tab goes on to the discount.
    key(qtbot, Qt.Key.Key_Up)
    assert at.lines.table.hasFocus()
    at.lines.table.go_to(0, FIELDS.index("price"))
    key(qtbot, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "612,50"
    editor.selectAll()
    type_text(editor, "600")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    write("5 %")
    key(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cells(at)[0][4:] == ["600.00", "−5 %", "", "1,140.00"], timeout=TIMEOUT)
    settle(shell, qtbot)
    # Issued: the number is said first.
    qtbot.keyClick(at.lines.table, Qt.Key.Key_I, _SHIFTED)
    sure = dialog(shell, Confirm, qtbot)
    said = [part.text() for part in sure.findChildren(type(at.lines.refused))]
    assert any(f"Q-{YEAR}-0001" in text for text in said)
    qtbot.keyClick(sure, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: at.head.pill.text() == "Issued", timeout=TIMEOUT)
    front(shell, qtbot)
    assert at.head.reference.text() == f"Q-{YEAR}-0001"
    assert at.head.notice.text.text() == "It is out and stays as it is."
    assert not at.lines.new_line.isVisible()
    assert not at.head.issue.isVisible()
    # Read-only: nothing opens.
    at.lines.table.go_to(0, FIELDS.index("price"))
    key(qtbot, Qt.Key.Key_F2)
    assert at.lines.table.hasFocus()
    qtbot.keyClick(at.lines.table, Qt.Key.Key_A, _SHIFTED)
    qtbot.waitUntil(lambda: at.head.pill.text() == "Accepted", timeout=TIMEOUT)
    settle(shell, qtbot)
    # Back in the file it stands with its number; Enter opens it.
    qtbot.keyClick(at.lines.table, Qt.Key.Key_Escape)
    assert shell.current_key() == "customers"
    [shown] = page.panel.quotations.rows
    qtbot.waitUntil(lambda: shown.pill.text() == "Accepted", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert shown.caption.full_text() == f"Q-{YEAR}-0001"
    assert shown.total.text() == "€1,336.80"
    shown.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert shell.current_key() == "quotation"
    settle(shell, qtbot)


def test_what_is_refused_waits_in_its_cell(
    workspace: Workspace,
    shell: Shell,
    draft: QuotationId,
    ana: CustomerId,
    show: Show,
    qtbot: QtBot,
) -> None:
    at = show(draft)
    lines = at.lines.table.lines
    edit_cell(at, 0, "price", "much", qtbot)
    qtbot.waitUntil(at.lines.refused.isVisible, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert at.lines.refused.text().startswith("Line 1, Price: “much” is no amount.")
    assert cells(at)[0][4] == "much"
    # Something else changes: it waits.
    workspace.quotations.update(draft, "intro", "Dear Ana")
    qtbot.waitUntil(lambda: at.intro.text.value() == "Dear Ana", timeout=TIMEOUT)
    assert cells(at)[0][4] == "much"
    # It is not issued, printed or sent as if it were not there.
    at.issue_it()
    settle(shell, qtbot)
    assert shell.toasts.current is not None
    assert "“much” is not saved yet." in shell.toasts.current.accessibleName()
    assert at.lines.table.hasFocus()
    assert at.lines.table.currentIndex().column() == FIELDS.index("price")
    # Esc in the cell gives it up.
    key(qtbot, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "much"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert cells(at)[0][4] == "100.00"
    assert not at.lines.refused.isVisible()
    # Another one is shown: what stands refused is told, with a way back.
    edit_cell(at, 1, "quantity", "-2", qtbot)
    qtbot.waitUntil(lambda: bool(lines.refusals()), timeout=TIMEOUT)
    at.lines.totals.discount.start()
    type_text(at.lines.totals.discount.edit, "5000")
    at.terms.text.setFocus()
    qtbot.waitUntil(at.lines.totals.discount.has_error, timeout=TIMEOUT)
    other = workspace.quotations.create("Bali", ana)
    show(other)
    assert shell.toasts.current is not None
    told = shell.toasts.current.accessibleName()
    assert "“-2” is not saved for Azores in May. A quantity is above zero." in told
    assert "“5000” is not saved for Azores in May." in told
    shell.toasts.current.button.click()
    qtbot.waitUntil(
        lambda: at.whole is not None and at.whole.quotation.id == draft, timeout=TIMEOUT
    )
    settle(shell, qtbot)
    assert cells(at)[1][2] == "2"


def test_a_line_begun_waits_for_its_quotation(
    workspace: Workspace,
    shell: Shell,
    draft: QuotationId,
    ana: CustomerId,
    show: Show,
    qtbot: QtBot,
) -> None:
    other = workspace.quotations.create("Bali", ana)
    at = show(draft)
    line = at.lines.new_line
    type_text(line.what, "Boat")
    line.price.setText("40")
    show(other)
    assert (line.what.text(), line.price.text()) == ("", "")
    show(draft)
    assert (line.what.text(), line.price.text()) == ("Boat", "40")
    # It is not forgotten where the draft goes out.
    at.issue_it()
    settle(shell, qtbot)
    assert status(workspace, draft) is QuotationStatus.DRAFT
    assert shell.toasts.current is not None
    assert "“Boat” is typed and not added yet" in shell.toasts.current.accessibleName()
    qtbot.keyClick(line.what, Qt.Key.Key_Escape)
    assert line.what.text() == ""
    assert shell.current_key() == "quotation"


def test_lines_are_moved_removed_and_made_options(
    workspace: Workspace, shell: Shell, draft: QuotationId, show: Show, qtbot: QtBot
) -> None:
    at = show(draft)
    table = at.lines.table
    at.lines.new_line.kind.setCurrentIndex(2)
    at.lines.new_line.kind.activated.emit(2)
    assert not at.lines.new_line.price.isVisible()
    type_text(at.lines.new_line.what, "By day")
    qtbot.mouseClick(at.lines.new_line.add, _LEFT)
    qtbot.waitUntil(lambda: names(at) == ["Hotel", "Whales", "By day"], timeout=TIMEOUT)
    settle(shell, qtbot)
    table.go_to(2)
    for expected in (["Hotel", "By day", "Whales"], ["By day", "Hotel", "Whales"]):
        key(qtbot, Qt.Key.Key_Up, _ALT)
        qtbot.waitUntil(lambda e=expected: names(at) == e, timeout=TIMEOUT)
        settle(shell, qtbot)
    # The cursor went along.
    assert table.currentIndex().row() == 0
    assert [line[0] for line in cells(at)] == ["", "1", "2"]
    table.go_to(2)
    key(qtbot, Qt.Key.Key_O, _ALT)
    qtbot.waitUntil(lambda: table.lines.lines[2].kind is LineKind.OPTION, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert at.lines.totals.texts()[-1] == ("Total", "€318.00")
    key(qtbot, Qt.Key.Key_K, _ALT)
    qtbot.waitUntil(lambda: table.lines.lines[2].chosen, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert at.lines.totals.texts()[-1] == ("Total", "€453.30")
    # The same by the menu that a right click opens.
    menu = QMenu(table)
    table.fill_menu(menu)
    option = next(a for a in menu.actions() if a.text().startswith("An option"))
    assert option.isChecked()
    option.trigger()
    qtbot.waitUntil(lambda: table.lines.lines[2].kind is LineKind.ITEM, timeout=TIMEOUT)
    settle(shell, qtbot)
    menu.deleteLater()
    # Del empties a figure that may be empty; on a name it takes the line away.
    table.go_to(2, FIELDS.index("tax_rate"))
    key(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: cells(at)[2][6] == "", timeout=TIMEOUT)
    settle(shell, qtbot)
    table.go_to(1)
    key(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(at) == ["By day", "Whales"], timeout=TIMEOUT)
    settle(shell, qtbot)
    shell.commands.undo.trigger()
    qtbot.waitUntil(lambda: names(at) == ["By day", "Hotel", "Whales"], timeout=TIMEOUT)
    settle(shell, qtbot)
    # A click on a cell puts the cursor there, a double click edits it.
    box = table.visualRect(table.lines.index(1, 2))
    qtbot.mouseClick(table.viewport(), _LEFT, pos=box.center())
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 2)
    qtbot.mouseDClick(table.viewport(), _LEFT, pos=box.center() + QPoint(1, 0))
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    key(qtbot, Qt.Key.Key_Escape)


def test_an_editor_stays_open_while_others_change_lines(
    workspace: Workspace, shell: Shell, draft: QuotationId, show: Show, qtbot: QtBot
) -> None:
    at = show(draft)
    at.lines.table.go_to(1, FIELDS.index("price"))
    key(qtbot, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    type_text(editor, "77")
    workspace.quotations.add_text(draft, "More")
    first = workspace.quotations.get(draft).lines[0].id
    assert first is not None
    workspace.quotations.remove_line(first)
    qtbot.waitUntil(lambda: names(at) == ["Whales", "More"], timeout=TIMEOUT)
    settle(shell, qtbot)
    assert editor.text() == "77"
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cells(at)[0][4] == "77.00", timeout=TIMEOUT)
    settle(shell, qtbot)


def test_its_facts_and_texts(
    workspace: Workspace, shell: Shell, draft: QuotationId, show: Show, qtbot: QtBot
) -> None:
    at, quotations = show(draft), workspace.quotations
    until = at.facts.until.edit
    until.start()
    type_text(until.edit, "soon")
    qtbot.keyClick(until.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(until.has_error, timeout=TIMEOUT)
    until.start()
    last = date.today() + timedelta(30)
    type_text(until.edit, last.isoformat())
    qtbot.keyClick(until.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: quotations.get(draft).quotation.valid_until == last, timeout=TIMEOUT)
    at.facts.currency.edit.start()
    type_text(at.facts.currency.edit.edit, "USD")
    qtbot.keyClick(at.facts.currency.edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(at.facts.currency.edit.has_error, timeout=TIMEOUT)
    qtbot.keyClick(at.facts.currency.edit.edit, Qt.Key.Key_Escape)
    with_tax = next(a for a in at.facts.taxes._menu.actions() if a.text() == "With tax")
    at.facts.taxes._menu.triggered.emit(with_tax)
    qtbot.waitUntil(lambda: at.lines.totals.texts()[-1] == ("Total", "€410.00"), timeout=TIMEOUT)
    tongue = next(a for a in at.facts.language._menu.actions() if a.data() == "pt")
    at.facts.language._menu.triggered.emit(tongue)
    qtbot.waitUntil(lambda: quotations.get(draft).quotation.language == "pt", timeout=TIMEOUT)
    at.terms.text.setFocus()
    type_text(at.terms.text, "30 % deposit")
    at.lines.table.go_to(0)
    qtbot.waitUntil(
        lambda: quotations.get(draft).quotation.terms == "30 % deposit", timeout=TIMEOUT
    )
    settle(shell, qtbot)
    # The details are those of the line with the cursor.
    at.lines.details.text.setFocus()
    type_text(at.lines.details.text, "Sea view")
    at.lines.table.go_to(1)
    qtbot.waitUntil(lambda: quotations.get(draft).lines[0].details == "Sea view", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert at.lines.details.text.toPlainText() == ""
    assert quotations.get(draft).lines[1].details == ""
    key(qtbot, Qt.Key.Key_F2)  # on a name: the cell
    key(qtbot, Qt.Key.Key_Escape)
    shell.commands.undo.trigger()
    qtbot.waitUntil(lambda: quotations.get(draft).lines[0].details == "", timeout=TIMEOUT)
    settle(shell, qtbot)


def test_new_version_declined_copied(
    workspace: Workspace, shell: Shell, draft: QuotationId, show: Show, qtbot: QtBot
) -> None:
    workspace.quotations.issue(draft)
    at = show(draft)
    qtbot.mouseClick(at.head.again, _LEFT)
    qtbot.waitUntil(lambda: at.head.pill.text() == "Draft", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert f"A new version of Q-{YEAR}-0001" in at.head.notice.text.text()
    edit_cell(at, 0, "price", "90", qtbot)
    qtbot.waitUntil(lambda: cells(at)[0][4] == "90.00", timeout=TIMEOUT)
    settle(shell, qtbot)
    at.issue_it()
    sure = dialog(shell, Confirm, qtbot)
    qtbot.mouseClick(sure.yes, _LEFT)
    qtbot.waitUntil(lambda: at.head.reference.text() == f"Q-{YEAR}-0001/2", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert status(workspace, draft) is QuotationStatus.REPLACED
    second = at.number
    at.decline_it()
    sheet = dialog(shell, DeclineQuotation, qtbot)
    type_text(sheet.reason, "too dear")
    qtbot.keyClick(sheet.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: at.head.pill.text() == "Declined", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert at.head.notice.text.text() == "It was declined: too dear"
    assert at.head.accept.isVisible()
    # The first one leads to the second.
    show(draft)
    assert at.head.again.text() == "Open the newer one"
    qtbot.mouseClick(at.head.again, _LEFT)
    qtbot.waitUntil(lambda: at.number == second, timeout=TIMEOUT)
    settle(shell, qtbot)
    qtbot.keyClick(at, Qt.Key.Key_C, _SHIFTED)
    qtbot.waitUntil(lambda: at.number not in (draft, second), timeout=TIMEOUT)
    settle(shell, qtbot)
    assert names(at) == ["Hotel", "Whales"]
    # A draft may go, and come back.
    copied = at.number
    at._remove()
    qtbot.waitUntil(lambda: shell.current_key() != "quotation", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert shell.toasts.current is not None
    shell.toasts.current.button.click()
    settle(shell, qtbot)
    assert copied is not None
    assert names(show(copied)) == ["Hotel", "Whales"]


def test_expired_says_so(
    workspace: Workspace, shell: Shell, draft: QuotationId, show: Show, qtbot: QtBot
) -> None:
    from crm_desktop.store.records import QUOTATIONS

    workspace.quotations.issue(draft)
    last = date.today() - timedelta(3)
    workspace._archive.write("Past", lambda c: QUOTATIONS.update(c, [draft], {"valid_until": last}))
    at = show(draft)
    assert at.head.pill.text() == "Expired"
    assert "It ran out on" in at.head.notice.text.text()
    assert at.head.accept.isVisible()


def test_accepted_with_options_and_a_stage(
    page: CustomersPage, workspace: Workspace, shell: Shell, ana: CustomerId, qtbot: QtBot
) -> None:
    workspace.pipelines.begin(Template.SIMPLE_SALE)
    trip = workspace.opportunities.create("Azores in May", ana)
    sales = on_the_board(shell, trip, qtbot)
    qtbot.mouseClick(sales.panel.quotations.add, _LEFT)
    qtbot.waitUntil(lambda: shell.current_key() == "quotation", timeout=TIMEOUT)
    at = shell.page("quotation")
    assert isinstance(at, QuotationPage)
    qtbot.waitUntil(lambda: at.whole is not None, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert at.title.value() == "Azores in May"
    number = at.number
    assert number is not None
    q = workspace.quotations
    q.add_free_line(number, "Hotel", "100")
    q.add_free_line(number, "Car", "50", kind=LineKind.OPTION)
    q.issue(number)
    qtbot.waitUntil(lambda: at.head.pill.text() == "Issued", timeout=TIMEOUT)
    settle(shell, qtbot)
    at.accept_it()
    sheet = dialog(shell, AcceptQuotation, qtbot)
    [box] = sheet.options.values()
    assert box.text() == "Car · 50.00 EUR"
    box.click()
    assert sheet.stage is not None
    won = sheet.stage.findText("Won")
    sheet.stage.setCurrentIndex(won)
    qtbot.mouseClick(sheet.yes, _LEFT)
    qtbot.waitUntil(lambda: at.head.pill.text() == "Accepted", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert workspace.opportunities.get(trip).stage.name == "Won"
    assert q.get(number).total.amount == 150_00
    at._hand_over()
    settle(shell, qtbot)
    worth = workspace.opportunities.get(trip).opportunity.money
    assert worth is not None
    assert worth.amount == 150_00
    qtbot.mouseClick(at.head.opportunity, _LEFT)
    assert shell.current_key() == "opportunities"
    settle(shell, qtbot)
    [shown] = sales.panel.quotations.rows
    assert (shown.title.full_text(), shown.pill.text()) == ("Azores in May", "Accepted")


def on_the_board(shell: Shell, trip: OpportunityId, qtbot: QtBot) -> OpportunitiesPage:
    shell.show_opportunity(trip)
    sales = shell.page("opportunities")
    assert isinstance(sales, OpportunitiesPage)
    qtbot.waitUntil(lambda: sales.panel.number == trip, timeout=TIMEOUT)
    settle(shell, qtbot)
    return sales


def test_looked_at_and_saved_as_pdf(
    workspace: Workspace, shell: Shell, draft: QuotationId, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    at = show(draft)
    # What is in a field with the cursor is on the paper.
    at.title.start()
    at.title.edit.selectAll()
    type_text(at.title.edit, "Nine islands")
    shell.commands.print_files.trigger()
    preview = dialog(shell, PrintPreview, qtbot)
    qtbot.waitUntil(lambda: preview.document is not None, timeout=LONG)
    settle(shell, qtbot)
    assert preview.title.text() == "Quotation Nine islands"
    target = tmp_path / "azores.pdf"
    preview.save_to(target)
    qtbot.waitUntil(target.exists, timeout=LONG)
    settle(shell, qtbot)
    text = page_text(target.read_bytes())
    for said in ("Nine islands", "Hotel", "Whales", "Ana Lopes", "453.30", "Draft"):
        assert said in text
    preview.reject()
    settle(shell, qtbot)


def test_sent_by_the_mail_program(
    workspace: Workspace,
    shell: Shell,
    draft: QuotationId,
    ana: CustomerId,
    show: Show,
    urls: list[str],
    qtbot: QtBot,
) -> None:
    workspace.quotations.update(draft, "language", "pt")
    workspace.quotations.issue(draft)
    at = show(draft)
    qtbot.keyClick(at, Qt.Key.Key_M, _CONTROL)
    qtbot.waitUntil(lambda: len(urls) == 1, timeout=LONG)
    settle(shell, qtbot)
    path = Path(QUrl(urls[0]).toLocalFile())
    assert path.name == f"Q-{YEAR}-0001 Azores in May.eml"
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message["X-Unsent"] == "1"
    assert message["To"] == "ana@example.pt"
    assert f"Q-{YEAR}-0001" in message["Subject"]
    body = message.get_body(("plain",))
    assert body is not None
    assert "453,30" in body.get_content()
    [paper] = message.iter_attachments()
    assert paper.get_filename() == f"Q-{YEAR}-0001 Azores in May.pdf"
    assert "Azores in May" in page_text(paper.get_content())
    # Not to whom nobody may write, unless somebody says so.
    workspace.customers.update(ana, "do_not_contact", "1")
    settle(shell, qtbot)
    qtbot.mouseClick(at.head.mail, _LEFT)
    qtbot.waitUntil(
        lambda: (
            shell.toasts.current is not None
            and "do not contact" in shell.toasts.current.accessibleName()
        ),
        timeout=TIMEOUT,
    )
    assert len(urls) == 1
    assert shell.toasts.current is not None
    shell.toasts.current.button.click()
    qtbot.waitUntil(lambda: len(urls) == 2, timeout=LONG)
    settle(shell, qtbot)


def test_found_by_ctrl_k_and_gone_by_undo(
    workspace: Workspace, shell: Shell, draft: QuotationId, show: Show, qtbot: QtBot
) -> None:
    workspace.quotations.issue(draft)
    shell.commands.palette.trigger()
    palette = shell.findChildren(Palette)[-1]
    type_text(palette.field, "0001")
    title = f"Q-{YEAR}-0001 · Azores in May"
    qtbot.waitUntil(lambda: title in palette.choices(), timeout=TIMEOUT)
    settle(shell, qtbot)
    palette.list.setCurrentRow(palette.choices().index(title))
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.current_key() == "quotation", timeout=TIMEOUT)
    settle(shell, qtbot)
    made = workspace.quotations.copy(draft)
    at = show(made)
    shell.commands.undo.trigger()
    qtbot.waitUntil(lambda: shell.current_key() != "quotation", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert at.number is None


def test_another_language_shows_it_again(
    workspace: Workspace, shell: Shell, draft: QuotationId, show: Show, qtbot: QtBot
) -> None:
    show(draft)
    shell.rebuild()
    settle(shell, qtbot)
    at = shell.page("quotation")
    assert isinstance(at, QuotationPage)
    assert shell.current_key() == "quotation"
    qtbot.waitUntil(lambda: at.whole is not None, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert names(at) == ["Hotel", "Whales"]


def test_copied_for_another_customer(
    workspace: Workspace, shell: Shell, draft: QuotationId, show: Show, qtbot: QtBot
) -> None:
    wang = workspace.customers.create(CustomerDraft("王小明"))
    at = show(draft)
    at.copy_for_another()
    sheet = dialog(shell, NewQuotation, qtbot)
    assert (sheet.title.text(), sheet.title.isReadOnly()) == ("Azores in May", True)
    qtbot.keyClick(sheet.customer, Qt.Key.Key_Return)
    assert sheet.error.text() == "Say whose it is."
    sheet.customer.show_customer(wang, "王小明")
    qtbot.keyClick(sheet.customer, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: at.number not in (None, draft), timeout=TIMEOUT)
    settle(shell, qtbot)
    assert at.head.customer.full_text() == "王小明"
    assert names(at) == ["Hotel", "Whales"]


def test_what_the_stage_wants_is_said_where_one_accepts(
    workspace: Workspace, shell: Shell, ana: CustomerId, show: Show, qtbot: QtBot
) -> None:
    workspace.pipelines.begin(Template.OUTBOUND_TRAVEL)
    trip = workspace.opportunities.create("Azores in May", ana)
    number = workspace.quotations.create("", ana, opportunity=trip)
    workspace.quotations.add_free_line(number, "Hotel", "100")
    workspace.quotations.issue(number)
    at = show(number)
    at.accept_it()
    sheet = dialog(shell, AcceptQuotation, qtbot)
    assert sheet.stage is not None
    sheet.stage.setCurrentIndex(4)
    qtbot.keyClick(sheet.stage, Qt.Key.Key_Return)
    qtbot.waitUntil(sheet.error.isVisible, timeout=TIMEOUT)
    assert status(workspace, number) is QuotationStatus.ISSUED
    sheet.stage.setCurrentIndex(0)
    qtbot.keyClick(sheet.stage, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: at.head.pill.text() == "Accepted", timeout=TIMEOUT)
    settle(shell, qtbot)
    shell.commands.undo.trigger()
    qtbot.waitUntil(lambda: at.head.pill.text() == "Issued", timeout=TIMEOUT)
    settle(shell, qtbot)


def test_nothing_that_counts_is_said_at_the_new_line(
    workspace: Workspace, shell: Shell, ana: CustomerId, show: Show, qtbot: QtBot
) -> None:
    at = show(workspace.quotations.create("Empty", ana))
    qtbot.mouseClick(at.head.issue, _LEFT)
    qtbot.mouseClick(dialog(shell, Confirm, qtbot).yes, _LEFT)
    qtbot.waitUntil(at.lines.new_line.error.isVisible, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert at.lines.new_line.error.text().startswith("Nothing in it counts yet")


def test_in_the_smallest_window_nothing_is_cut(
    workspace: Workspace, shell: Shell, draft: QuotationId, show: Show, qtbot: QtBot
) -> None:
    shell.resize(960, 600)
    at = show(draft)
    inner = at.area.widget()
    assert inner is not None
    assert inner.width() <= at.area.viewport().width()
    head = at.head
    shown = (head.back, head.mail, head.preview, head.more, head.issue)
    assert all(made.width() >= made.sizeHint().width() for made in shown if made is not head.more)
    table = at.lines.table
    assert table.columnWidth(1) >= 130
    assert sum(table.columnWidth(c) for c in range(len(FIELDS))) <= table.viewport().width()
