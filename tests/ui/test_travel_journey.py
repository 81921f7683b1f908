"""A small agency's journey through the window: from a dropped enquiry to the answers of the survey.

The parts have tests of their own; this one sees that they carry one trip from end to end.
"""

from __future__ import annotations

import email
import email.policy
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, drop_files, settle, type_text

from crm_desktop.domain.customers import CustomerDraft, CustomerId
from crm_desktop.domain.documents import DocumentFacts
from crm_desktop.domain.orders import OrderId, OrderStatus
from crm_desktop.domain.payments import PaymentKind
from crm_desktop.domain.periods import shifted
from crm_desktop.domain.tasks import TaskAction
from crm_desktop.domain.timeline import EventKind, TimelineQuery
from crm_desktop.services.pipelines import Template
from crm_desktop.services.survey_samples import Sample
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.dialogs.decide_quotation import AcceptQuotation
from crm_desktop.ui.dialogs.info import Confirm
from crm_desktop.ui.dialogs.new_quotation import NewQuotation
from crm_desktop.ui.dialogs.order_sheets import NotePayment
from crm_desktop.ui.dialogs.survey_sheets import AnswerSheet, AskSheet
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.leads import LeadsPage
from crm_desktop.ui.pages.opportunities import OpportunitiesPage
from crm_desktop.ui.pages.order_panel import OrderPanel
from crm_desktop.ui.pages.orders import OrdersPage
from crm_desktop.ui.pages.quotation import QuotationPage
from crm_desktop.ui.shell import Shell
from crm_desktop.ui.task_actions import TaskActions

TODAY = date.today()
STARTS, ENDS = TODAY + timedelta(days=100), TODAY + timedelta(days=107)
PDF = b"%PDF-1.4 paper"
_LEFT = Qt.MouseButton.LeftButton
Kind = TypeVar("Kind", bound=QDialog)


@pytest.fixture
def agency(page: CustomersPage) -> Workspace:
    """The firm's archive, with its way of selling and its process."""
    page.workspace.settings.set_home_country("PT")
    page.workspace.pipelines.begin(Template.OUTBOUND_TRAVEL)
    page.workspace.processes.begin(Template.OUTBOUND_TRAVEL)
    return page.workspace


class Journey:
    """One trip, played step by step."""

    def __init__(self, shell: Shell, agency: Workspace, folder: Path, qtbot: QtBot) -> None:
        self.shell, self.w, self.folder, self.qtbot = shell, agency, folder, qtbot
        self.customer = CustomerId(0)
        self.order = OrderId(0)

    def settle(self) -> None:
        settle(self.shell, self.qtbot)

    def dialog(self, kind: type[Kind]) -> Kind:
        def there() -> list[Kind]:
            return [one for one in self.shell.findChildren(kind) if one.isVisible()]

        self.qtbot.waitUntil(lambda: len(there()) == 1, timeout=TIMEOUT)
        self.settle()
        return there()[0]

    # From the enquiry to what is agreed.

    def enquiry(self) -> None:
        """The web form's message is dropped, found genuine, and becomes an opportunity."""
        made = EmailMessage()
        made["From"], made["Subject"] = "noreply@example.com", "Web form"
        made.set_content("Name: 李娜\nEmail: lina@example.org\nPhone: 914 222 333\nMessage: Azores")
        path = self.folder / "form.eml"
        path.write_bytes(made.as_bytes())
        self.shell.show_page("leads")
        leads = self.shell.page("leads")
        assert isinstance(leads, LeadsPage)
        self.settle()
        drop_files(leads, path)
        self.qtbot.waitUntil(lambda: leads.count.text() == "1 lead", timeout=TIMEOUT)
        self.settle()
        # A rule has it called within a working day.
        assert self.open_tasks() == ["Call 李娜"]
        leads.list.setFocus()
        self.qtbot.keyClick(leads.list, Qt.Key.Key_G)
        self.qtbot.waitUntil(lambda: self.w.leads.waiting() == 0, timeout=TIMEOUT)
        self.settle()
        [row] = self.w.customers.search("李娜")
        self.customer = row.id
        assert self.open_tasks() == ["Call 李娜"]

    def quotation(self) -> None:
        """The opportunity is followed up, offered, and accepted."""
        self.shell.show_page("opportunities")
        board = self.shell.page("opportunities")
        assert isinstance(board, OpportunitiesPage)
        self.settle()
        [(sold, _stage)] = self.w.opportunities.of(self.customer)
        assert sold.id is not None
        self.w.opportunities.update(sold.id, "owner", "Eva")
        board.open_opportunity(sold.id)
        self.qtbot.waitUntil(lambda: board.panel.isVisible(), timeout=TIMEOUT)
        self.settle()
        board.move_to(sold.id, board.board.columns[2].cards.stage.id)
        self.settle()
        self.qtbot.mouseClick(board.panel.quotations.add, _LEFT)
        # The opportunity says what it is about; where it does not, a sheet asks.
        asked = [one for one in self.shell.findChildren(NewQuotation) if one.isVisible()]
        if asked:
            asked[0].save()
        self.qtbot.waitUntil(lambda: self.shell.current_key() == "quotation", timeout=TIMEOUT)
        at = self.shell.page("quotation")
        assert isinstance(at, QuotationPage)
        self.qtbot.waitUntil(lambda: at.whole is not None, timeout=TIMEOUT)
        self.settle()
        line = at.lines.new_line
        for edit, text in ((line.what, "Journey"), (line.price, "500")):
            edit.setFocus()
            type_text(edit, text)
        self.qtbot.keyClick(line.price, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: len(at.lines.table.lines.lines) == 1, timeout=TIMEOUT)
        self.settle()
        self.qtbot.mouseClick(at.head.issue, _LEFT)
        sure = self.dialog(Confirm)
        self.qtbot.keyClick(sure, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: at.head.pill.text() == "Issued", timeout=TIMEOUT)
        self.settle()
        assert at.whole is not None
        at.accept_it()
        accept = self.dialog(AcceptQuotation)
        accept.save()
        self.qtbot.waitUntil(lambda: at.head.pill.text() == "Accepted", timeout=TIMEOUT)
        self.settle()
        at.make_order()
        self.qtbot.waitUntil(lambda: self.shell.current_key() == "orders", timeout=TIMEOUT)
        self.settle()
        [listed] = self.w.orders.of(self.customer)
        assert listed.order.id is not None
        self.order = listed.order.id
        self.qtbot.waitUntil(lambda: self.panel.number == self.order, timeout=TIMEOUT)
        assert self.w.orders.get(self.order).order.process == "Outbound travel"

    # From the deposit to the last paper.

    @property
    def panel(self) -> OrderPanel:
        orders = self.shell.page("orders")
        assert isinstance(orders, OrdersPage)
        return orders.panel

    def dates(self) -> None:
        """When they travel is agreed as a change."""
        panel = self.panel
        self.qtbot.mouseClick(panel.change, _LEFT)
        self.qtbot.waitUntil(lambda: panel.drop.isVisible(), timeout=TIMEOUT)
        self.settle()
        for field, day in (("starts_on", STARTS), ("ends_on", ENDS)):
            edit = panel.facts[field].edit
            edit.start()
            edit.edit.selectAll()
            type_text(edit.edit, day.isoformat())
            self.qtbot.keyClick(edit.edit, Qt.Key.Key_Return)
            self.settle()
        self.qtbot.mouseClick(panel.yes, _LEFT)
        self.qtbot.waitUntil(lambda: not panel.drop.isVisible(), timeout=TIMEOUT)
        self.settle()
        assert self.w.orders.get(self.order).version.starts_on == STARTS

    def pay(self, amount: str, *, refund: bool = False) -> None:
        self.panel.note_payment(refund=refund)
        sheet = self.dialog(NotePayment)
        sheet.amount.selectAll()
        type_text(sheet.amount, amount)
        self.qtbot.keyClick(sheet.amount, Qt.Key.Key_Return)
        self.qtbot.waitUntil(
            lambda: not [one for one in self.shell.findChildren(NotePayment) if one.isVisible()],
            timeout=TIMEOUT,
        )
        self.settle()

    def papers(self) -> None:
        """Who travels hands in papers; the one whose passport is too short is warned of."""
        rui = self.w.customers.create(CustomerDraft("Rui Costa"))
        for person in (self.customer, rui):
            self.panel.travellers.pick.show_customer(person, "")
            self.panel.travellers._picked()
            self.settle()
        long_enough = shifted(ENDS, 7, "month").isoformat()
        for person in (self.customer, rui):
            for kind in ("Identity card", "Asset certificate"):
                facts = DocumentFacts(kind)
                self.w.documents.add(person, PDF, file_name=f"{kind}.pdf", facts=facts)
        facts = DocumentFacts("Passport", expires_on=long_enough)
        self.w.documents.add(self.customer, PDF, file_name="p.pdf", facts=facts)
        short = DocumentFacts("Passport", expires_on=shifted(ENDS, 2, "month").isoformat())
        old = self.w.documents.add(rui, PDF, file_name="old.pdf", facts=short)
        self.settle()
        warned = "Passport of Rui Costa does not last long enough for Azores"
        assert warned in self.open_tasks()
        assert "Papers collected" not in self.done()
        self.w.documents.set_facts(old, kind="Passport", expires_on=long_enough)
        self.settle()
        assert "Papers collected" in self.done()
        for person in (self.customer, rui):
            self.w.documents.add(person, PDF, file_name="v.pdf", facts=DocumentFacts("Visa"))
        self.settle()
        assert "Visa granted" in self.done()

    def tick(self, name: str) -> None:
        rows = self.panel.steps.rows
        row = next(one for one in rows if not one.isHidden() and one.tick.text() == name)
        row.tick.setFocus()
        self.qtbot.keyClick(row.tick, Qt.Key.Key_Space)
        self.settle()

    # How it was.

    def asked_and_answered(self, urls: list[str]) -> None:
        """The rule's task asks by e-mail; the answer is dropped, and a low one opens a case."""
        self.w.surveys.begin(Sample.JOURNEY, "en")
        tasks = [one for page in self.w.tasks.first_pages().heads.values() for one in page]
        task = next(one.task for one in tasks if one.task.action is TaskAction.SURVEY)
        assert task.title == "Ask 李娜 for satisfaction"
        actions = TaskActions(self.panel)
        actions.carry_out(task)
        sheet = self.dialog(AskSheet)
        self.qtbot.waitUntil(sheet.mail.isEnabled, timeout=TIMEOUT)
        self.qtbot.mouseClick(sheet.mail, _LEFT)
        self.qtbot.waitUntil(lambda: len(urls) == 2, timeout=TIMEOUT)
        self.settle()
        assert "Ask 李娜 for satisfaction" not in self.open_tasks()
        asked = email.message_from_bytes(
            Path(QUrl(urls[1]).toLocalFile()).read_bytes(), policy=email.policy.default
        )
        made = EmailMessage()
        made["From"], made["Subject"] = "lina@example.org", f"Re: {asked['Subject']}"
        made.set_content("1. 5\n2. 2\n3. 9\n4. 导游迟到\n")
        path = self.folder / "answer.eml"
        path.write_bytes(made.as_bytes())
        drop_files(self.shell, path)
        answers = self.dialog(AnswerSheet)
        assert [one.text() for one in answers.fields.values()] == ["5", "2", "9", "导游迟到"]
        self.qtbot.mouseClick(answers.yes, _LEFT)
        self.qtbot.waitUntil(lambda: len(self.w.cases.of(self.customer)) == 1, timeout=TIMEOUT)
        self.settle()
        [case] = self.w.cases.of(self.customer)
        assert case.subject == "Low answer: How was your journey?"
        assert "导游迟到" in case.text

    # What stands there.

    def done(self) -> list[str]:
        """The steps that are done."""
        return [one.step.name for one in self.w.order_steps.of(self.order) if one.done]

    def open_tasks(self) -> list[str]:
        pages = self.w.tasks.first_pages().heads.values()
        return [one.task.title for page in pages for one in page]


def test_from_the_enquiry_to_the_answers_of_the_survey(
    shell: Shell, agency: Workspace, tmp_path: Path, urls: list[str], qtbot: QtBot
) -> None:
    trip = Journey(shell, agency, tmp_path, qtbot)
    trip.enquiry()
    trip.quotation()
    trip.dates()
    agency.payments.add_due(trip.order, PaymentKind.DEPOSIT, "150")
    trip.pay("150")
    assert trip.done() == ["Deposit received"]
    trip.papers()
    trip.pay("350")
    assert "Paid in full" in trip.done()
    thanks = "Write to 李娜: Thank you: Azores"
    assert thanks in trip.open_tasks()

    trip.tick("Itinerary confirmed")
    tasks = [one for page in agency.tasks.first_pages().heads.values() for one in page]
    letter = next(one.task for one in tasks if one.task.title.startswith("Write to 李娜: Your j"))
    assert letter.action is TaskAction.MAIL
    TaskActions(trip.panel).write_letter(letter)
    qtbot.waitUntil(lambda: len(urls) == 1, timeout=TIMEOUT)
    trip.settle()
    assert "lina@example.org" in Path(QUrl(urls[0]).toLocalFile()).read_text("utf-8")

    # One of them stays at home: a change, and a part goes back.
    agency.orders.change(trip.order)
    [line] = agency.orders.draft(trip.order).lines  # type: ignore[union-attr]
    assert line.id is not None
    agency.orders.update_line(line.id, "price", "400")
    agency.orders.agree(trip.order, "one night less")
    trip.settle()
    trip.pay("100", refund=True)
    account = agency.payments.account(trip.order).balance
    assert (account.total, account.received, account.open) == (400_00, 400_00, 0)

    for name in ("Hotel and transport booked", "Journey", "Papers given back"):
        trip.tick(name)
    assert len(trip.done()) == 8
    trip.panel._finish()
    trip.settle()
    assert agency.orders.get(trip.order).order.status is OrderStatus.DONE
    trip.asked_and_answered(urls)

    page = agency.timeline.page(TimelineQuery(trip.customer, limit=100))
    kinds = {entry.kind for entry in page.entries}
    assert kinds >= {
        EventKind.OPPORTUNITY, EventKind.QUOTATION_ISSUED, EventKind.QUOTATION_ACCEPTED,
        EventKind.ORDER_CONFIRMED, EventKind.ORDER_CHANGED, EventKind.PAYMENT, EventKind.REFUND,
        EventKind.STEP_DONE, EventKind.RULE, EventKind.SURVEY_ASKED, EventKind.SURVEY_ANSWERED,
        EventKind.ORDER_DONE, "message", "email",
    }  # fmt: skip
    assert QApplication.activeModalWidget() is None
