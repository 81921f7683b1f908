"""Confirmations, receipts, statements and reminders on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from crm_desktop.domain.customers import Address, ContactKind, CustomerDraft, PersonalFacts
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.orders import OrderId
from crm_desktop.domain.payments import PaymentKind, Tone
from crm_desktop.domain.settings import Firm
from crm_desktop.reports.preview import PdfPages
from crm_desktop.services.customer_files import PdfFile
from crm_desktop.services.workspace import Workspace

TODAY = date.today()
YEAR = TODAY.year


@pytest.fixture
def w(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "a.crm", create=True, data_dir=tmp_path) as opened:
        opened.settings.set_home_country("PT")
        opened.settings.save_firm(Firm("Atlântico Viagens", bank="IBAN PT50 1234"))
        yield opened


def order(w: Workspace, language: str = "en") -> OrderId:
    facts = PersonalFacts(language=language)
    home = Address("Rua A 5", "1000-001", "Lisboa", "", "PT")
    ana = w.customers.create(CustomerDraft("Ana Silva", addresses=(home,), facts=facts))
    made = w.orders.create("Azores in May", ana)
    w.orders.add_free_line(made, "Hotel", "112", quantity="5", tax_rate="6")
    w.orders.update(made, "fees", "30: 10 %; 0: 100 %")
    w.orders.update(made, "starts_on", "2040-05-01")
    w.travellers.add(made, w.customers.create(CustomerDraft("Rui Costa")))
    w.orders.agree(made)
    return made


def said(pdf: PdfFile) -> str:
    assert pdf.missing_characters == ""
    pages = PdfPages(pdf.data)
    try:
        return " ".join(" ".join(pages.text(n).split()) for n in range(pages.count))
    finally:
        pages.close()


def test_a_confirmation_says_what_was_agreed(w: Workspace) -> None:
    made = order(w)
    w.payments.add_due(made, PaymentKind.DEPOSIT, "100", "2040-03-01")
    w.payments.note(made, PaymentKind.DEPOSIT, "60")
    text = said(w.papers.confirmation(made))
    for words in (
        "Order confirmation", f"O-{YEAR}-0001", "Ana Silva", "Rua A 5", "Azores in May",
        "1 May 2040", "112.00", "Tax 6 % on 560.00", "€593.60", "1. Rui Costa",
        "Deposit: €100.00, due on 1 March 2040, €60.00 paid", "Balance: €493.60",
        "from 30 days before the beginning: 10 % of the price",
        "from the day of the beginning: 100 % of the price", "IBAN PT50 1234",
    ):  # fmt: skip
        assert words in text, words
    assert "Draft" not in text


def test_each_version_is_printed_as_it_was(w: Workspace) -> None:
    made = order(w)
    first = said(w.papers.confirmation(made))
    w.orders.change(made)
    w.orders.add_free_line(made, "Car", "100", tax_rate="0")
    assert "Draft" in said(w.papers.confirmation(made, draft=True))
    assert said(w.papers.confirmation(made)) == first
    w.orders.agree(made, "a car, too")
    second = said(w.papers.confirmation(made))
    assert f"O-{YEAR}-0001/2" in second
    assert "Changed: a car, too" in second
    assert "€693.60" in second
    before = said(w.papers.confirmation(made, version=1))
    assert "€593.60" in before
    assert "Replaced by a newer version" in before
    w.orders.cancel(made, fee="50")
    cancelled = said(w.papers.confirmation(made))
    assert "Cancelled" in cancelled
    assert "Cancellation fee" in cancelled
    assert "€50.00" in cancelled


def test_a_receipt_says_how_the_order_stood(w: Workspace) -> None:
    made = order(w)
    paid = w.payments.note(made, PaymentKind.DEPOSIT, "150 USD", rate="0.86", method="card")
    with pytest.raises(UserError, match="no receipt yet"):
        w.papers.receipt(paid)
    w.payments.receipt(paid)
    w.payments.note(made, PaymentKind.BALANCE, "464.60")
    text = said(w.papers.receipt(paid))
    for words in (
        f"R-{YEAR}-0001", "We have received from Ana Silva", "$150.00", "card",
        "€129.00, at a rate of 0.86", "€464.60",
    ):  # fmt: skip
        assert words in text, words
    w.payments.void(paid, "typed twice")
    assert "Void" in said(w.papers.receipt(paid))


def test_a_refund_has_its_own_receipt(w: Workspace) -> None:
    made = order(w)
    w.payments.note(made, PaymentKind.DEPOSIT, "700")
    back = w.payments.note(made, PaymentKind.REFUND, "50")
    w.payments.receipt(back)
    text = said(w.papers.receipt(back))
    assert "We have given back to Ana Silva" in text
    assert "To be given back €56.40" in text


def test_a_statement_and_its_balance(w: Workspace) -> None:
    made = order(w, "pt")
    w.payments.note(made, PaymentKind.DEPOSIT, "100,50")
    customer = w.orders.get(made).order.customer_id
    text = said(w.papers.statement(customer, "EUR"))
    for words in ("593,60", "−100,50", "493,10", "IBAN PT50 1234"):
        assert words in text, words
    with pytest.raises(UserError, match="no orders or payments in USD"):
        w.papers.statement(customer, "USD")


def test_a_long_statement_goes_on_with_its_head(w: Workspace) -> None:
    made = order(w)
    for _n in range(60):
        w.payments.note(made, PaymentKind.INSTALMENT, "1")
    text = said(w.papers.statement(w.orders.get(made).order.customer_id, "EUR"))
    assert text.count("Payment O-") == 60
    assert text.count("Description") == 2


def test_a_reminder_in_three_tones(w: Workspace) -> None:
    made = order(w)
    with pytest.raises(UserError, match="Nothing of this order is late"):
        w.papers.reminder(made, Tone.FRIENDLY)
    w.payments.add_due(made, PaymentKind.DEPOSIT, "100", (TODAY - timedelta(days=9)).isoformat())
    texts = [said(w.papers.reminder(made, tone)) for tone in Tone]
    for text, words in zip(
        texts, ("Payment reminder", "Second payment reminder", "Final reminder"), strict=True
    ):
        assert words in text
        assert "Dear Ana Silva" in text
        assert "€100.00" in text
        assert "IBAN" in text
    assert len(set(texts)) == 3


def test_papers_speak_the_customers_language(w: Workspace) -> None:
    made = order(w, "zh_CN")
    w.payments.add_due(made, PaymentKind.DEPOSIT, "100", (TODAY - timedelta(days=9)).isoformat())
    for pdf in (w.papers.confirmation(made), w.papers.reminder(made, Tone.FINAL)):
        assert "2040年5月1日" in said(pdf) or "年" in said(pdf)
        assert "Order confirmation" not in said(pdf)
        assert "Final reminder" not in said(pdf)


def test_each_paper_has_its_message(w: Workspace) -> None:
    made = order(w)
    customer = w.orders.get(made).order.customer_id
    w.customers.save_contact_point(customer, ContactKind.EMAIL, "ana@example.org")
    w.payments.add_due(made, PaymentKind.DEPOSIT, "100", (TODAY - timedelta(days=9)).isoformat())
    reminder = w.papers.mail_reminder(made, Tone.FIRM)
    paid = w.payments.note(made, PaymentKind.DEPOSIT, "100")
    w.payments.receipt(paid)
    told = {
        reminder: ("Second payment reminder", "have not received the amount"),
        w.papers.mail_confirmation(made): (f"Order O-{YEAR}-0001", "€593.60"),
        w.papers.mail_receipt(paid): (f"Receipt R-{YEAR}-0001", "receipt for €100.00"),
        w.papers.mail_statement(customer, "EUR"): ("Statement of account", "statement"),
    }
    for path, (subject, words) in told.items():
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(message, EmailMessage)
        assert (message["To"], message["X-Unsent"]) == ("ana@example.org", "1")
        assert message["Subject"].startswith(subject)
        body = message.get_body(("plain",))
        assert body is not None
        text = body.get_content()
        assert words in text
        assert text.count("Dear Ana Silva,") == 1
        [paper] = message.iter_attachments()
        assert paper.get_content().startswith(b"%PDF")
    w.mails.close()
    assert not any(path.exists() for path in told)
