"""An enquiry in an e-mail (.eml): what its writer says of himself, and what he wants.

Web forms send what was typed as lines "label: value"; two labels that are known make a form of a
message. What else is written in one is kept as it stands.
"""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import getaddresses
from html.parser import HTMLParser
from typing import NamedTuple

from crm_desktop.bridge.enquiries.words import is_message
from crm_desktop.bridge.sheets.synonyms import meanings

MOST_BYTES = 25 * 1024 * 1024
_LONGEST_LABEL = 40
_LONGEST_MESSAGE = 20_000
_LEAST_LABELS = 2
# Fields of the synonym table by what an enquiry calls them.
_FIELDS = {
    "name": "name",
    "given_name": "given_name",
    "family_name": "family_name",
    "email": "email",
    "phone": "phone",
    "organisation": "organisation",
    "city": "city",
    "notes": "message",
}


class Enquiry(NamedTuple):
    """What an enquiry says.

    Attributes:
        details: all else that came with it, a line "label: value" each.
        received_at: None where it does not say.
    """

    name: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""
    city: str = ""
    message: str = ""
    details: str = ""
    received_at: datetime | None = None


class Mail(NamedTuple):
    """An e-mail, as its writer sees it.

    Attributes:
        name, address: who wants to be answered.
        text: in lines, what is quoted included.
        received_at: None where it does not say.
    """

    name: str
    address: str
    subject: str
    text: str
    received_at: datetime | None = None


def read_mail(data: bytes) -> Mail:
    """Read an e-mail as it stands.

    Raises:
        ValueError: it is none, or nothing is said in it.
    """
    mail = _mail(_parsed(data))
    if not (mail.text or mail.subject):
        raise ValueError("nothing is said")
    return mail


def _parsed(data: bytes) -> EmailMessage:
    if len(data) > MOST_BYTES:
        raise ValueError("too large")
    found = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(found, EmailMessage) or not found.keys():
        raise ValueError("no message")
    return found


def _mail(found: EmailMessage) -> Mail:
    name, address = _sender(found, "Reply-To", "From")
    subject = " ".join(str(found.get("Subject", "")).split())
    return Mail(name, address, subject, _text(found), _moment(found))


def read_message(data: bytes) -> Enquiry:
    """Read an e-mail as an enquiry.

    Raises:
        ValueError: it is none, or nothing is said in it.
    """
    found = _parsed(data)
    name, address, subject, text, _at = _mail(found)
    if not (text or subject):
        raise ValueError("nothing is said")
    made = _form(text)
    if made is None:
        message = "\n\n".join(filter(None, (subject, text)))
        made = Enquiry(name=name, email=address, message=message)
    elif not made.email:
        # Whom a form's message is from is the web site.
        made = made._replace(email=_sender(found, "Reply-To")[1])
    return made._replace(message=made.message[:_LONGEST_MESSAGE], received_at=_moment(found))


def _sender(found: EmailMessage, *fields: str) -> tuple[str, str]:
    """Who wants to be answered, by the first of some fields that says so."""
    for field in fields:
        for name, address in getaddresses([str(one) for one in found.get_all(field, [])]):
            if "@" in address:
                return " ".join(name.split()), address.lower()
    return "", ""


def _moment(found: EmailMessage) -> datetime | None:
    try:
        date = found["Date"]
        at: datetime | None = None if date is None else date.datetime
    except (AttributeError, ValueError, TypeError, IndexError):
        return None
    if at is None:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _text(found: EmailMessage) -> str:
    part = found.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        said = str(part.get_content())
    except (LookupError, UnicodeError, KeyError):  # a charset that nobody knows
        raw = part.get_payload(decode=True)
        said = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
    if part.get_content_subtype() == "html":
        reader = _Words()
        reader.feed(said)
        reader.close()
        said = "".join(reader.parts)
    lines = [" ".join(line.split()) for line in said.replace("\r\n", "\n").split("\n")]
    return "\n".join(lines).strip()


class _Words(HTMLParser):
    """The words of a page, a line for each of its blocks and cells of two columns together."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        """Breaks and blocks begin a line."""
        if tag in ("script", "style", "head"):
            self._hidden += 1
        elif tag in ("br", "p", "div", "tr", "li", "h1", "h2", "h3"):
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """What is not shown ends."""
        if tag in ("script", "style", "head"):
            self._hidden = max(0, self._hidden - 1)

    def handle_data(self, data: str) -> None:
        """Words that are shown."""
        if not self._hidden:
            self.parts.append(data.replace("\n", " "))


def _form(text: str) -> Enquiry | None:
    """What a web form sends; None for what somebody wrote himself."""
    known: dict[str, str] = {}
    details: list[str] = []
    into = ""
    for line in text.split("\n"):
        label, value = _labelled(line)
        field = _field(label) if label else ""
        if field and not known.get(field):
            known[field], into = value, field
        elif field and value and field != "message":
            details.append(f"{label}: {value}")
            into = ""
        elif into == "message":
            known["message"] = f"{known['message']}\n{line}".strip()
        elif label and value:
            details.append(f"{label}: {value}")
            into = ""
        elif line and into and not known[into]:
            known[into] = line  # the value stands below its label
        else:
            into = into if line else ""
    if len(known) < _LEAST_LABELS:
        return None
    whole = " ".join(filter(None, (known.get("given_name"), known.get("family_name"))))
    return Enquiry(
        known.get("name") or whole,
        known.get("organisation", ""),
        known.get("email", "").strip("<>").lower(),
        known.get("phone", ""),
        known.get("city", ""),
        known.get("message", ""),
        "\n".join(details),
    )


def _labelled(line: str) -> tuple[str, str]:
    for mark in (":", "："):
        label, found, value = line.partition(mark)
        if found and 0 < len(label.strip()) <= _LONGEST_LABEL and not value.startswith("//"):
            return label.strip(), value.strip()
    return "", ""


def _field(label: str) -> str:
    if is_message(label):
        return "message"
    for meaning in meanings(label):
        if meaning.field in _FIELDS:
            return _FIELDS[meaning.field]
    return ""
