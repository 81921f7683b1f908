"""A paper on its way by e-mail: a message that a mail program opens to be looked at and sent.

A file of the standard format (RFC 5322) with `X-Unsent`, by which Outlook and others open it as a
draft of the user's own and not as something that came in.
"""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP

from crm_desktop.domain.quotations import QuotationStatus
from crm_desktop.i18n import _, speaking
from crm_desktop.reports import figures, wording
from crm_desktop.reports.letter import locale
from crm_desktop.reports.quotation import PrintedQuotation

# What goes into a head without any quoting. Not read by `email` itself: some of what people type
# as an address makes it raise errors of its own.
_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_NAME = r"[A-Za-z0-9-]+"
_ADDRESS = re.compile(rf"{_WORD}(?:\.{_WORD})*@{_NAME}(?:\.{_NAME})*")


def quotation_mail(printed: PrintedQuotation, pdf: bytes, file_name: str) -> bytes:
    """The message that takes a quotation to its customer, in the language of its paper.

    Args:
        printed: the quotation, its customer and the firm.
        pdf: its paper.
        file_name: what that is called beside the message.
    """
    one, customer, firm = printed.whole.quotation, printed.customer, printed.firm
    usable = [point for point in customer.emails if not point.do_not_use]
    to = next(((point.value or point.raw).strip() for point in usable), "")
    with speaking(one.language):
        subject = _("Quotation {number}: {title}").format(number=one.reference, title=one.title)
        if not one.reference:
            subject = _("Quotation: {title}").format(title=one.title)
        if firm.name:
            subject = f"{subject} · {firm.name}"
        place = locale(one.language, printed.home_country)
        lines = [
            _("Dear {name},").format(name=customer.name),
            "",
            _("please find attached our quotation “{title}”.").format(title=one.title),
            "",
            _("Total: {amount}").format(amount=figures.money_text(printed.whole.total, place)),
        ]
        if one.valid_until is not None:
            day = wording.date_text(one.valid_until, one.language)
            lines.append(_("Valid until {date}").format(date=day))
        if one.status is QuotationStatus.DRAFT:
            lines.append(_("This is a draft; the final quotation follows."))
        lines += ["", _("If anything should be otherwise, simply answer this e-mail."), ""]
        lines += [_("Kind regards"), *filter(None, (firm.name, firm.phone, firm.website))]
    return unsent(to, subject, "\n".join(lines), pdf, file_name)


def unsent(to: str, subject: str, text: str, pdf: bytes, file_name: str) -> bytes:
    """A message that nobody has sent yet.

    Args:
        to: an address; one that no message can carry is left out.
        subject: a line.
        text: plain, in lines.
        pdf: what is attached.
        file_name: what that is called.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if _ADDRESS.fullmatch(to):
        message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message.set_content(text)
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=file_name)
    return message.as_bytes()
