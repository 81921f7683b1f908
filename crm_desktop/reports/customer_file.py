"""The customer file: all that the archive knows of a customer, on paper."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from crm_desktop.domain.customers import (
    Customer,
    Interaction,
)
from crm_desktop.domain.documents import Document
from crm_desktop.domain.jobs import Job
from crm_desktop.domain.relations import NOBODY, Related
from crm_desktop.domain.settings import Firm
from crm_desktop.i18n import _, ngettext
from crm_desktop.reports import layout, sections, wording
from crm_desktop.reports.embed import packed_stream
from crm_desktop.reports.fonts import missing_characters
from crm_desktop.reports.layout import PageContent, Row
from crm_desktop.reports.letterhead import Letterhead
from crm_desktop.reports.text import FontBook, Ink, line

A4 = (595.28, 841.89)
LETTER = (612.0, 792.0)
_LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE", "GT", "CR"})

_MARGIN = 50.0
_TOP = 46.0
_FOOT = 56.0


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
    document = _Document(firm, language, printed_at, home_country)
    total = len(customers) if isinstance(customers, Sized) else None
    for done, customer in enumerate(customers):
        if job is not None:
            job.check()
            if total is not None:
                job.progress(_("Drawing customer files"), done, total)
        document.add(customer)
    if job is not None and total is not None:
        job.progress(_("Drawing customer files"), total, total)
    return document.finish()


def missing_in(customers: Iterable[CustomerFile], firm: Firm) -> str:
    """The characters of these files that no shipped font can draw."""
    own = (firm.name, firm.address, firm.phone, firm.email, firm.website)
    return missing_characters((*own, *(text for c in customers for text in c.texts())))


class _Document:
    """One PDF in the making."""

    def __init__(
        self, firm: Firm, language: str, printed_at: dt.datetime, home_country: str
    ) -> None:
        self._firm = firm
        self._language = language
        self._printed_at = printed_at
        size = LETTER if home_country.upper() in _LETTER_COUNTRIES else A4
        self._width = size[0] - 2 * _MARGIN
        self._top = size[1] - _TOP
        self._out = io.BytesIO()
        self._canvas: Any = Canvas(
            self._out,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            lang=language.replace("_", "-"),
        )
        # Nothing is set in reportlab's Helvetica: without this line no file would name it
        self._canvas._preamble = ""
        self._canvas._doc.fontMapping.clear()
        self._canvas._doc.idToObject["BasicFonts"].dict.clear()
        self._book = FontBook(self._canvas._doc)
        self._letterhead = Letterhead(firm, self._width)
        self._letterhead.define(self._canvas, self._book, _MARGIN, self._top)
        self._printed = _("Printed on {date}").format(
            date=wording.date_text(printed_at.date(), language)
        )
        self._names: list[str] = []

    def add(self, file: CustomerFile) -> None:
        """Draw one customer's pages."""
        customer = file.customer
        name = customer.name.strip() or _("Customer without a name")
        rows = sections.customer_rows(
            customer,
            file.interactions,
            name,
            self._width,
            self._language,
            self._printed_at,
            file.related,
            file.documents,
            file.matters,
        )
        pages = layout.paginate(
            rows,
            first_top=self._top - self._letterhead.height,
            top=self._top - 34,
            bottom=_FOOT,
            again=lambda section: layout.heading(
                _("{section} (continued)").format(section=section), self._width
            ),
        )
        key = f"c{len(self._names)}"
        self._names.append(name)
        self._canvas.bookmarkPage(key, fit="Fit")
        self._canvas.addOutlineEntry(" ".join(name.split())[:200], key, 0)
        for index, page in enumerate(pages):
            if index == 0:
                self._letterhead.draw(self._canvas)
            self._draw_page(page, name if index else "", f"{index + 1} / {len(pages)}")

    def finish(self) -> bytes:
        """The document's bytes."""
        canvas, count = self._canvas, len(self._names)
        if not count:
            self._draw_page(PageContent([(self._top, _empty_row())]), "", "1 / 1")
        canvas.setTitle(self._names[0] if count == 1 else _("Customer files"))
        canvas.setAuthor(self._firm.name.strip() or "CRM Desktop")
        canvas.setSubject(
            ngettext("File of {n} customer", "Files of {n} customers", count).format(n=count)
        )
        canvas.setCreator("CRM Desktop")
        moment = self._printed_at
        offset = moment.strftime("%z")
        zone = f"{offset[:3]}'{offset[3:5]}'" if offset else ""
        canvas.setDateFormatter(lambda *_parts: f"D:{moment:%Y%m%d%H%M%S}{zone}")
        if count > 1:
            canvas.showOutline()
        canvas.save()
        return self._out.getvalue()

    def _draw_page(self, page: PageContent, continued: str, number: str) -> None:
        canvas = self._canvas
        ink, shapes = Ink(self._book), list[str]()
        right = _MARGIN + self._width
        if continued:
            self._draw_running_head(ink, shapes, continued)
        layout.draw_rows(page, _MARGIN, ink, shapes)
        ink.draw(_MARGIN, 30, line(self._printed, layout.SMALL), layout.SMALL)
        numbers = line(number, layout.SMALL)
        ink.draw(right - numbers.width, 30, numbers, layout.SMALL)
        for top, row in page.rows:
            for x, below, width, height, address in row.links:
                left, high = _MARGIN + x, top - below
                canvas.linkURL(address, (left, high - height, left + width, high))
        content = "\n".join((*canvas._code, *shapes, ink.operators()))
        canvas._code = []
        canvas.showPage()
        # compressed now, not when saving: a thousand customers' pages stay small in memory
        canvas._doc.Pages.pages[-1].Contents = packed_stream(content.encode("ascii"))

    def _draw_running_head(self, ink: Ink, shapes: list[str], name: str) -> None:
        style = layout.LABEL
        firm = line(_shortened(self._firm.name, 44), style)
        shown = _("{name} (continued)").format(name=_shortened(name, 52))
        ink.draw(_MARGIN, self._top - 9, line(shown, style), style)
        ink.draw(_MARGIN + self._width - firm.width, self._top - 9, firm, style)
        shapes.append(
            layout.shape_operators(
                "rule", _MARGIN, self._top - 17, self._width, 0.6, layout.HAIRLINE
            )
        )


def _shortened(text: str, limit: int) -> str:
    """A text for a place where it only repeats what stands in full elsewhere."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _empty_row() -> Row:
    row = Row(layout.TEXT.leading)
    row.put(0, line(_("No customers were chosen."), layout.TEXT), layout.TEXT)
    return row
