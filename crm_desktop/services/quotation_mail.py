"""Quotations by e-mail: a message with the paper, for the user's own mail program to send."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.domain.quotations import Quotation, QuotationId
from crm_desktop.services import mail_drafts
from crm_desktop.services.mail_drafts import MailDrafts
from crm_desktop.services.quotations import QuotationService


class QuotationMailService:
    """Writes the messages of one archive's quotations."""

    def __init__(self, quotations: QuotationService, mails: MailDrafts) -> None:
        self._quotations = quotations
        self._mails = mails

    def draft(self, number: QuotationId) -> Path:
        """A message to the customer with the paper attached, to be opened and sent.

        Returns:
            A file in the format of e-mails.

        Raises:
            UserError: the quotation is not there any more.
            EnvironmentProblem: there is no room for it.
        """
        from crm_desktop.reports.mail import quotation_mail

        printed = self._quotations.printed(number)
        pdf = self._quotations.pdf(number)
        name = file_name(printed.whole.quotation)
        return self._mails.write(name, quotation_mail(printed, pdf.data, f"{name}.pdf"))


def file_name(one: Quotation) -> str:
    """What files of a quotation are called, without an ending."""
    return mail_drafts.file_name(one.reference, one.title, "quotation")
