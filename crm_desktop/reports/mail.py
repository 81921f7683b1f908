"""A paper on its way by e-mail: a message that a mail program opens to be looked at and sent.

A file of the standard format (RFC 5322) with `X-Unsent`, by which Outlook and others open it as a
draft of the user's own and not as something that came in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP

from crm_desktop.domain.customers import Customer
from crm_desktop.domain.quotations import QuotationStatus
from crm_desktop.domain.settings import Firm
from crm_desktop.i18n import _, speaking
from crm_desktop.reports import figures, wording
from crm_desktop.reports.letter import locale
from crm_desktop.reports.order import PrintedOrder
from crm_desktop.reports.quotation import PrintedQuotation
from crm_desktop.reports.receipt import PrintedReceipt
from crm_desktop.reports.reminder import PrintedReminder
from crm_desktop.reports.statement import PrintedStatement
from crm_desktop.reports.survey_form import PrintedSurvey

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
    one = printed.whole.quotation
    with speaking(one.language):
        subject = _("Quotation {number}: {title}").format(number=one.reference, title=one.title)
        if not one.reference:
            subject = _("Quotation: {title}").format(title=one.title)
        place = locale(one.language, printed.home_country)
        lines = [
            _("please find attached our quotation “{title}”.").format(title=one.title),
            "",
            _("Total: {amount}").format(amount=figures.money_text(printed.whole.total, place)),
        ]
        if one.valid_until is not None:
            day = wording.date_text(one.valid_until, one.language)
            lines.append(_("Valid until {date}").format(date=day))
        if one.status is QuotationStatus.DRAFT:
            lines.append(_("This is a draft; the final quotation follows."))
        lines += ["", _("If anything should be otherwise, simply answer this e-mail.")]
        return _letter(printed.customer, printed.firm, subject, lines, pdf, file_name)


def order_mail(printed: PrintedOrder, pdf: bytes, file_name: str) -> bytes:
    """The message that takes a confirmation to its customer, in the language of its paper."""
    whole = printed.whole
    with speaking(whole.order.language):
        number = whole.reference or whole.order.title
        place = locale(whole.order.language, printed.home_country)
        total = figures.money_text(whole.total, place)
        lines = [
            _("please find attached the confirmation of your order “{title}”.").format(
                title=whole.order.title
            ),
            "",
            _("Total: {amount}").format(amount=total),
        ]
        subject = _("Order {number}").format(number=number)
        return _letter(printed.customer, printed.firm, subject, lines, pdf, file_name)


def receipt_mail(printed: PrintedReceipt, pdf: bytes, file_name: str) -> bytes:
    """The message that takes a receipt to its customer, in the language of its paper."""
    with speaking(printed.order.language):
        place = locale(printed.order.language, printed.home_country)
        amount = figures.money_text(printed.payment.money, place)
        words = _("please find attached the receipt for {amount}. Thank you.")
        subject = _("Receipt {number}").format(number=printed.payment.number)
        lines = [words.format(amount=amount)]
        return _letter(printed.customer, printed.firm, subject, lines, pdf, file_name)


def reminder_mail(printed: PrintedReminder, pdf: bytes, file_name: str) -> bytes:
    """The message that takes a reminder to its customer; it says what the letter says."""
    from crm_desktop.reports.reminder import letter_texts, title_text

    with speaking(printed.order.language):
        before, after = letter_texts(printed)
        subject = f"{title_text(printed.tone)} · {printed.order.number}"
        # The letter's own greeting stands above.
        said = [*before.splitlines()[2:], "", after]
        return _letter(printed.customer, printed.firm, subject, said, pdf, file_name)


def statement_mail(printed: PrintedStatement, pdf: bytes, file_name: str) -> bytes:
    """The message that takes a statement to its customer, in the language of its paper."""
    with speaking(printed.language):
        lines = [_("please find attached the statement of your account.")]
        subject = _("Statement of account")
        return _letter(printed.customer, printed.firm, subject, lines, pdf, file_name)


def _letter(
    customer: Customer, firm: Firm, subject: str, lines: Sequence[str], pdf: bytes, name: str
) -> bytes:
    to = _address(customer)
    whole = [
        _("Dear {name},").format(name=customer.name),
        "",
        *lines,
        "",
        _("Kind regards"),
        *filter(None, (firm.name, firm.phone, firm.website)),
    ]
    if firm.name:
        subject = f"{subject} · {firm.name}"
    return unsent(to, subject, "\n".join(whole), pdf, name)


def plain_mail(customer: Customer, subject: str, text: str) -> bytes:
    """A message to a customer with nothing attached, in the words that somebody wrote."""
    return unsent(_address(customer), subject, text)


def _address(customer: Customer) -> str:
    usable = [point for point in customer.emails if not point.do_not_use]
    return next(((point.value or point.raw).strip() for point in usable), "")


def unsent(to: str, subject: str, text: str, pdf: bytes = b"", file_name: str = "") -> bytes:
    """A message that nobody has sent yet.

    Args:
        to: an address; one that no message can carry is left out.
        subject: a line.
        text: plain, in lines.
        pdf: what is attached, if anything.
        file_name: what that is called.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if _ADDRESS.fullmatch(to):
        message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message.set_content(text)
    if pdf:
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename=file_name)
    return message.as_bytes()


def survey_mail(printed: PrintedSurvey) -> bytes:
    """The message that asks by a survey, in its language; it is answered by replying to it."""
    survey = printed.survey
    with speaking(survey.language):
        usable = [point for point in printed.customer.emails if not point.do_not_use]
        to = next(((point.value or point.raw).strip() for point in usable), "")
        lines = [_("Dear {name},").format(name=printed.customer.name), ""]
        if survey.intro:
            lines += [survey.intro, ""]
        lines += [_("Simply answer this e-mail and write behind the questions."), ""]
        for prompt in printed.prompts:
            lines += [f"{prompt.line} ", ""]
        firm = printed.firm
        lines += [f"[{printed.code}]", ""]
        if survey.thanks:
            lines += [survey.thanks, ""]
        lines += [_("Kind regards"), *filter(None, (firm.name, firm.phone, firm.website))]
        return unsent(to, f"{survey.title} [{printed.code}]", "\n".join(lines))
