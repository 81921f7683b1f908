"""Quotations by e-mail: a message with the paper, for the user's own mail program to send."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

from crm_desktop.domain import media
from crm_desktop.domain.errors import EnvironmentProblem
from crm_desktop.domain.quotations import Quotation, QuotationId
from crm_desktop.i18n import _
from crm_desktop.services.outputs import write_whole
from crm_desktop.services.quotations import QuotationService

_LONGEST = 60


class QuotationMailService:
    """Writes messages where only this user comes; they go when the archive is closed."""

    def __init__(self, quotations: QuotationService) -> None:
        self._quotations = quotations
        self._made: Path | None = None
        self._guard = threading.Lock()

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
        # A folder for each: a mail program may hold the one before open.
        try:
            target = Path(tempfile.mkdtemp(dir=self._folder())) / f"{name}.eml"
        except OSError as error:
            raise EnvironmentProblem(
                _("“{file}” cannot be written.").format(file=f"{name}.eml"),
                remedy=_("Check that the folder exists, may be written to and has room."),
            ) from error
        write_whole(target, quotation_mail(printed, pdf.data, f"{name}.pdf"))
        return target

    def close(self) -> None:
        """Take the messages away; one that another program holds open may stay."""
        with self._guard:
            folder, self._made = self._made, None
        if folder is not None:
            import shutil

            shutil.rmtree(folder, ignore_errors=True)

    def _folder(self) -> Path:
        with self._guard:
            if self._made is None:
                self._made = Path(tempfile.mkdtemp(prefix="crm-desktop-mail-"))
            return self._made


def file_name(one: Quotation) -> str:
    """What files of a quotation are called, without an ending."""
    number = one.reference.replace("/", "-")
    said = " ".join(filter(None, (number, one.title[:_LONGEST])))
    return media.file_name(said.replace(".", " ")).strip() or "quotation"
