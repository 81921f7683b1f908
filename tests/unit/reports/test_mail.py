"""Messages with a paper, as mail programs read them."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from crm_desktop.reports.mail import unsent


def read(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_any_script_comes_through() -> None:
    text = "Caro João,\n\n总价 €1.250,00\n"
    data = unsent("ana@example.pt", "Orçamento 报价单", text, b"%PDF-1.7 x", "报价单 1.pdf")
    assert b"\r\n" in data
    message = read(data)
    assert (message["X-Unsent"], message["To"]) == ("1", "ana@example.pt")
    assert message["Subject"] == "Orçamento 报价单"
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == text
    [paper] = message.iter_attachments()
    assert paper.get_content_type() == "application/pdf"
    assert paper.get_filename() == "报价单 1.pdf"
    assert paper.get_content() == b"%PDF-1.7 x"
    # Nobody's name is put under it: the mail program knows whose it is.
    assert message["From"] is None


@pytest.mark.parametrize(
    "to",
    [
        *("", "nobody", "a@b@c", "a@b\r\nBcc: x@y.z", "<a@b.c>", "a@b.c, d@e.f", "joão@example.pt"),
        *("@", "a@", "@b.c", "a b@c.d", "a..b@c.d", '"a@b.c', "a@[", "a@b.c;"),
    ],
)
def test_what_is_no_address_is_left_out(to: str) -> None:
    message = read(unsent(to, "Hello", "Text", b"x", "a.pdf"))
    assert message["To"] is None
    assert message["Bcc"] is None


def test_a_subject_is_one_line() -> None:
    message = read(unsent("a@b.c", "One\r\nBcc: x@y.z\ttwo", "Text", b"x", "a.pdf"))
    assert message["Subject"] == "One Bcc: x@y.z two"
    assert message["Bcc"] is None
