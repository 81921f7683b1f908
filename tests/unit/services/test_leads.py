"""Leads: taken in from messages and sheets, judged, and made customers with something to sell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from crm_desktop.bridge.enquiries.message import read_message
from crm_desktop.domain.customers import ContactPoint, CustomerDraft
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.leads import LeadStatus
from crm_desktop.domain.periods import working_day_after
from crm_desktop.domain.timeline import TimelineQuery
from crm_desktop.services.workspace import Workspace


@pytest.fixture
def w(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "a.crm", create=True, data_dir=tmp_path) as opened:
        opened.settings.set_home_country("PT")
        yield opened


def mail(text: str, *, subject: str = "Azores", sender: str = "Ana Reis <ana@example.org>",
         html: bool = False, **more: str) -> bytes:  # fmt: skip
    made = EmailMessage()
    made["From"], made["Subject"], made["Date"] = sender, subject, "Mon, 04 May 2026 12:30:00 +0100"
    for name, value in more.items():
        made[name.replace("_", "-")] = value
    made.set_content(text, subtype="html" if html else "plain")
    return made.as_bytes()


FORMS = {
    "en": "Name: Ana Reis\nEmail: ana@example.org\nPhone: 912 345 678\nTravellers: 2\n"
    "Message: We would like to go to the Azores\nin May, if possible.\n",
    "pt": "Nome: Ana Reis\nE-mail: ana@example.org\nTelefone: 912 345 678\nTravellers: 2\n"
    "Mensagem: We would like to go to the Azores\nin May, if possible.",
    "zh": "姓名：Ana Reis\n邮箱：ana@example.org\n电话：912 345 678\nTravellers：2\n"
    "留言：We would like to go to the Azores\nin May, if possible.",
}


@pytest.mark.parametrize("language", FORMS)
def test_a_web_form_is_read_by_its_labels(language: str) -> None:
    said = read_message(mail(FORMS[language], sender="Web <noreply@example.com>"))
    assert (said.name, said.email, said.phone) == ("Ana Reis", "ana@example.org", "912 345 678")
    assert said.message == "We would like to go to the Azores\nin May, if possible."
    assert said.details == "Travellers: 2"
    assert said.received_at is not None
    assert said.received_at.isoformat() == "2026-05-04T12:30:00+01:00"


def test_a_web_site_is_nobody_who_asks() -> None:
    text = "Name: Ana Reis\nPhone: 912 345 678\n"
    assert read_message(mail(text, sender="Site <noreply@example.com>")).email == ""
    said = read_message(mail(text, sender="noreply@example.com", Reply_To="ana@example.org"))
    assert said.email == "ana@example.org"


def test_a_form_as_a_page_with_a_table() -> None:
    page = (
        "<html><head><style>td{color:red}</style></head><body><table>"
        "<tr><th>Name:</th><td>Ana Reis</td></tr><tr><th>E-mail:</th><td>ana@example.org</td></tr>"
        "</table></body></html>"
    )
    said = read_message(mail(page, html=True, sender="noreply@example.com"))
    assert (said.name, said.email, said.message) == ("Ana Reis", "ana@example.org", "")


def test_what_somebody_wrote_himself_is_his_message() -> None:
    said = read_message(mail("Hello,\n\nwhat does a week cost?\n", Reply_To="a.reis@example.net"))
    assert (said.name, said.email) == ("", "a.reis@example.net")
    assert said.message == "Azores\n\nHello,\n\nwhat does a week cost?"
    said = read_message(mail("See https://example.org: it is nice"))
    assert (said.name, said.email) == ("Ana Reis", "ana@example.org")


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"From: a@example.org\n\n", b"PK\x03\x04"])
def test_what_is_no_message_is_refused(w: Workspace, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.eml"
    path.write_bytes(data)
    with pytest.raises(UserError, match=r"x\.eml"):
        w.leads.take_file(path)
    with pytest.raises(UserError, match="cannot be read"):
        w.leads.take_file(tmp_path / "gone.eml")
    assert w.leads.list(None) == []


def test_a_file_of_leads_is_taken_in_once(w: Workspace, tmp_path: Path) -> None:
    sheet = tmp_path / "leads.csv"
    sheet.write_text(
        "Name;Email;Phone;City;Message;Budget\n"
        "Ana Reis;ana@example.org;912345678;Lisboa;A week in May;2000\n"
        "Rui Costa;rui@example.org;;Porto;Berlin by train;\n",
        encoding="utf-8",
    )
    taken = w.leads.take_file(sheet)
    assert (len(taken.added), taken.known) == (2, 0)
    ana = next(one for one in w.leads.list() if one.name == "Ana Reis")
    assert (ana.email, ana.city, ana.message) == ("ana@example.org", "Lisboa", "A week in May")
    assert "Budget: 2000" in ana.details
    assert ana.source == "leads.csv"
    assert w.customers.search("Ana") == []  # nobody is a customer before he is judged
    again = w.leads.take_file(sheet)
    assert (again.added, again.known) == ((), 2)
    w.history.undo()
    assert w.leads.list() == []


def test_who_means_it_becomes_a_customer_with_something_to_sell(
    w: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "form.eml"
    path.write_bytes(mail(FORMS["en"], sender="noreply@example.com"))
    [number] = w.leads.take_file(path).added
    w.leads.update(number, "owner", "Rita")
    assert w.leads.waiting() == 1
    made = w.leads.accept(number)
    assert w.leads.waiting() == 0

    customer = w.customers.get(made.customer)
    assert customer is not None
    assert customer.name == "Ana Reis"
    assert [point.value for point in customer.contact_points] == [
        "+351912345678",
        "ana@example.org",
    ]
    sold = w.opportunities.get(made.opportunity)
    assert sold.opportunity.title.startswith("We would like to go to the Azores")
    assert (sold.opportunity.owner, sold.opportunity.source) == ("Rita", "form.eml")
    [task] = sold.tasks
    assert (task.title, task.due_on) == ("Call Ana Reis", working_day_after(date.today()))
    page = w.timeline.page(TimelineQuery(made.customer))
    assert any("in May, if possible" in entry.text for entry in page.entries)
    with pytest.raises(UserError, match="found genuine already"):
        w.leads.accept(number)
    with pytest.raises(UserError, match="found genuine already"):
        w.leads.discard(number)

    w.history.undo()
    assert w.leads.get(number).status is LeadStatus.NEW
    assert w.customers.search("Ana") == []


def test_who_is_a_customer_already_is_found(w: Workspace) -> None:
    points = (ContactPoint("phone", "912 345 678", None),)
    ana = w.customers.create(CustomerDraft("A. Reis", contact_points=points))
    same = w.customers.create(CustomerDraft("Ana Reis"))
    number = w.leads.add(name="Ana Reis", phone="+351 912345678", message="Azores")
    assert [(one.customer, one.sure) for one in w.leads.likely(number)] == [
        (ana, True),
        (same, False),
    ]
    made = w.leads.accept(number, customer=ana, title="Azores", task="")
    assert made.customer == ana
    assert w.opportunities.get(made.opportunity).tasks == []
    assert w.leads.get(number).customer_id == ana


def test_who_does_not_mean_it_is_discarded(w: Workspace) -> None:
    number = w.leads.add(email="spam@example.org", message="cheap pills")
    w.leads.discard(number, "spam")
    assert w.leads.list() == []
    [gone] = w.leads.list(LeadStatus.DISCARDED, "pills")
    assert gone.reason == "spam"
    w.leads.take_up(number)
    assert w.leads.take_up(number) is None
    assert len(w.leads.list()) == 1
    w.leads.remove(number)
    assert w.leads.list(None) == []
    with pytest.raises(UserError, match="not there any more"):
        w.leads.get(number)


def test_nobody_is_refused(w: Workspace) -> None:
    with pytest.raises(UserError, match="Say who asked"):
        w.leads.add(message="hello")
