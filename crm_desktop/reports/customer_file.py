"""The customer file: all that the archive knows of a customer, on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass

from crm_desktop.domain.customers import (
    Customer,
    Interaction,
)
from crm_desktop.domain.documents import Document
from crm_desktop.domain.jobs import Job
from crm_desktop.domain.relations import NOBODY, Related
from crm_desktop.domain.settings import Firm
from crm_desktop.i18n import _, ngettext
from crm_desktop.reports import sections
from crm_desktop.reports.fonts import missing_characters
from crm_desktop.reports.paper import Paper


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """A customer, his whole timeline, newest first, whom he is related with, his documents."""

    customer: Customer
    interactions: Sequence[Interaction] = ()
    related: Related = NOBODY
    documents: Sequence[Document] = ()
    matters: sections.Matters = sections.NO_MATTERS

    def texts(self) -> list[str]:
        """Every text of the user's that is printed, to look for missing characters."""
        customer = self.customer
        return [
            customer.name,
            customer.organisation,
            customer.notes,
            customer.birthday or "",
            *customer.tags,
            *(text for pair in customer.custom.items() for text in pair),
            *self.matters.headings.values(),
            *(text for point in customer.contact_points for text in (point.raw, point.label)),
            *(text for address in customer.addresses for text in (*address[:5], address.label)),
            *(text for source in customer.sources for text in source[:2]),
            *(interaction.text for interaction in self.interactions),
            *(
                text
                for one in (*self.related.forward, *self.related.backward)
                for text in (one.name, one.label)
            ),
            *(
                text
                for document in self.documents
                for text in (document.name, document.facts.kind, document.facts.number)
            ),
            *(text for text in customer.facts if isinstance(text, str)),
            *(promise.text for promise in self.matters.promises),
            *(
                text
                for case in self.matters.cases
                for text in (case.subject, case.text, case.promised, case.resolution)
            ),
        ]


def customer_files_pdf(
    customers: Iterable[CustomerFile],
    *,
    firm: Firm,
    language: str,
    printed_at: dt.datetime,
    home_country: str = "",
    job: Job | None = None,
) -> bytes:
    """Draw customer files, each from a new page on, into one PDF.

    Equal arguments give equal bytes.

    Args:
        customers: whom to print, in this order.
        firm: for the letterhead.
        language: key of `i18n.LANGUAGES`; dates and numbers are written its way. The words
            are those of the language chosen in `i18n`.
        printed_at: stands in the footer; its time zone is the one of all times printed.
        home_country: ISO code of the firm's country; decides between A4 and Letter.
        job: may cancel, and is told of each customer where their number is known; who hands
            over an iterator tells of its progress himself.

    Raises:
        Cancelled: the user stopped the job.
    """
    paper = Paper(firm, language, printed_at, home_country)
    total = len(customers) if isinstance(customers, Sized) else None
    for done, file in enumerate(customers):
        if job is not None:
            job.check()
            if total is not None:
                job.progress(_("Drawing customer files"), done, total)
        _add(paper, file, language, printed_at)
    if job is not None and total is not None:
        job.progress(_("Drawing customer files"), total, total)
    count = len(paper.names)
    title = paper.names[0] if count == 1 else _("Customer files")
    subject = ngettext("File of {n} customer", "Files of {n} customers", count)
    return paper.finish(title, subject.format(n=count))


def _add(paper: Paper, file: CustomerFile, language: str, near: dt.datetime) -> None:
    """Draw one customer's pages."""
    name = file.customer.name.strip() or _("Customer without a name")
    rows = sections.customer_rows(
        file.customer,
        file.interactions,
        name,
        paper.width,
        language,
        near,
        file.related,
        file.documents,
        file.matters,
    )
    paper.add(name, rows)


def missing_in(customers: Iterable[CustomerFile], firm: Firm) -> str:
    """The characters of these files that no shipped font can draw."""
    own = (firm.name, firm.address, firm.phone, firm.email, firm.website)
    return missing_characters((*own, *(text for c in customers for text in c.texts())))
