"""The customer file: all that the archive knows of a customer, on paper."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import quote

from reportlab.pdfgen.canvas import Canvas

from crm_desktop.domain.customers import (
    ContactKind,
    ContactPoint,
    Customer,
    CustomerKind,
    Interaction,
    InteractionKind,
    Stage,
)
from crm_desktop.domain.jobs import Job
from crm_desktop.domain.settings import Firm
from crm_desktop.i18n import _, ngettext
from crm_desktop.reports import layout, wording
from crm_desktop.reports.embed import packed_stream
from crm_desktop.reports.fonts import missing_characters
from crm_desktop.reports.layout import PageContent, Row, rgb
from crm_desktop.reports.letterhead import Letterhead
from crm_desktop.reports.text import FontBook, Ink, line, wrap

A4 = (595.28, 841.89)
LETTER = (612.0, 792.0)
_LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE", "GT", "CR"})

_MARGIN = 50.0
_TOP = 46.0
_FOOT = 56.0
_GAP = 27.0
_AVATAR = 42.0
_STAGE_COLOURS = {
    Stage.POTENTIAL: (rgb("#DBEAFE"), rgb("#1D4ED8")),
    Stage.PROSPECT: (rgb("#FEF3C7"), rgb("#B45309")),
    Stage.CUSTOMER: (rgb("#DCFCE7"), rgb("#15803D")),
    Stage.FORMER: (rgb("#F1F5F9"), rgb("#475569")),
}
_KIND_COLOURS = {
    InteractionKind.CALL: (rgb("#DBEAFE"), rgb("#2563EB")),
    InteractionKind.VISIT: (rgb("#DCFCE7"), rgb("#16A34A")),
    InteractionKind.MESSAGE: (rgb("#EDE9FE"), rgb("#7C3AED")),
    InteractionKind.NOTE: (rgb("#FFEDD5"), rgb("#EA580C")),
}
_TAG_COLOURS = (rgb("#EEF2FF"), rgb("#4338CA"))


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """A customer and his whole timeline, newest first."""

    customer: Customer
    interactions: Sequence[Interaction] = ()

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
            *(text for point in customer.contact_points for text in (point.raw, point.label)),
            *(text for address in customer.addresses for text in (*address[:5], address.label)),
            *(text for source in customer.sources for text in source[:2]),
            *(interaction.text for interaction in self.interactions),
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
        job: told of each customer; may cancel.

    Raises:
        Cancelled: the user stopped the job.
    """
    document = _Document(firm, language, printed_at, home_country)
    total = len(customers) if isinstance(customers, Sized) else None
    done = 0
    for done, customer in enumerate(customers, 1):
        if job is not None:
            job.progress(_("Drawing customer files"), done - 1, total)
        document.add(customer)
    if job is not None:
        job.progress(_("Finishing the PDF"), done, done)
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
        rows = _rows(file, name, self._width, self._language, self._printed_at)
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


def _rows(
    file: CustomerFile, name: str, width: float, language: str, near: dt.datetime
) -> list[Row]:
    """A customer's file from top to bottom."""
    customer = file.customer
    rows = [*_title(customer, name, width), layout.space(16)]
    bare = len(rows)
    rows += _contact(customer, width, language)
    rows += _details(customer, width, language)
    if customer.notes.strip():
        section = _("Notes")
        rows += layout.heading(section, width)
        rows += layout.paragraph(
            customer.notes.strip("\n"), layout.TEXT, x=0, width=width, section=section
        )
        rows.append(layout.space(18))
    rows += _timeline(file.interactions, width, language, near)
    if len(rows) == bare:
        rows += layout.paragraph(_("Nothing else is recorded yet."), layout.QUIET, x=0, width=width)
        rows.append(layout.space(18))
    rows += _provenance(customer, width, language, near)
    return rows


def _title(customer: Customer, name: str, width: float) -> list[Row]:
    ground, colour = _STAGE_COLOURS[customer.stage]
    stage = wording.stage_text(customer.stage)
    pill = layout.pills([(stage, ground, colour)], x=0, width=width)[0]
    pill_width = pill.shapes[0][3]
    left = _AVATAR + 14
    room = width - left - pill_width - 16
    style = layout.NAME
    names = wrap(name, style, room)
    if len(names) > 2:
        style = layout.LONG_NAME
        names = wrap(name, style, room)
    subtitle = customer.organisation.strip()
    if not subtitle and customer.kind is CustomerKind.ORGANISATION:
        subtitle = wording.kind_text(customer.kind)
    subtitles = wrap(subtitle, layout.SUBTITLE, room) if subtitle else []
    height = style.leading * len(names) + layout.SUBTITLE.leading * len(subtitles)
    height += 2.5 if subtitles else 0.0  # Arabic reaches far below its base line
    row = Row(max(_AVATAR, height))
    initials = line(_initials(name), _INITIALS)
    row.shapes.append(("dot", 0, 0, _AVATAR, _AVATAR, layout.TINT))
    top = max(0.0, (_AVATAR - height) / 2)
    pill_top = top + 5
    for part in names:
        row.put(left, part, style, top=top)
        top += style.leading
    for part in subtitles:
        row.put(left, part, layout.SUBTITLE, top=top + 2.5)
        top += layout.SUBTITLE.leading
    # after the name, so that a reader of the text meets the name as one piece
    row.shapes += [(k, width - w, pill_top, w, h, c) for k, _x, _y, w, h, c in pill.shapes]
    for _x, below, text, pill_style in pill.texts:
        row.texts.append((width - pill_width + 8, pill_top + below, text, pill_style))
    row.put((_AVATAR - initials.width) / 2, initials, _INITIALS, top=_AVATAR / 2 - 11.2)
    tags = layout.pills(((tag, *_TAG_COLOURS) for tag in customer.tags), x=left, width=width - left)
    return [row, layout.space(8), *tags] if tags else [row]


def _contact(customer: Customer, width: float, language: str) -> list[Row]:
    """Ways to reach the customer at the left, addresses at the right."""
    half = (width - _GAP) / 2
    points = [_point(point, half) for point in customer.contact_points if point.raw or point.value]
    places = [
        layout.fact(
            wording.label_text(address.label, _("Address")),
            wording.address_lines(address, language),
            width=half,
            label_width=_LABEL,
        )
        for address in customer.addresses
        if not address.is_empty
    ]
    if points and places:
        left = [*layout.heading(_("Contact"), half), *chain.from_iterable(points)]
        right = [*layout.heading(_("Addresses"), half), *chain.from_iterable(places)]
        rows = layout.beside([(0.0, left), (half + _GAP, right)], limit=420)
    elif points or places:
        rows = [
            *layout.heading(_("Contact") if points else _("Addresses"), width),
            *layout.in_two(points or places, width=width, gap=_GAP),
        ]
    else:
        return []
    return [*rows, layout.space(14)]


def _point(point: ContactPoint, width: float) -> list[Row]:
    text, link = point.raw.strip() or point.value or "", ""
    if point.kind == ContactKind.PHONE:
        text = wording.phone_text(point.value, text)
    elif point.kind == ContactKind.EMAIL and point.value:
        text, link = point.value, f"mailto:{quote(point.value, safe='@+.-_')}"
    label = wording.contact_label(point)
    return layout.fact(label, [text], width=width, label_width=_LABEL, link=link)


def _details(customer: Customer, width: float, language: str) -> list[Row]:
    """Short facts in two columns, long ones across the page."""
    facts: list[tuple[str, str]] = []
    if customer.birthday:
        facts.append((_("Birthday"), wording.birthday_text(customer.birthday, language)))
    facts += [(name, value.strip()) for name, value in customer.custom.items() if value.strip()]
    if not facts:
        return []
    half = (width - _GAP) / 2
    rows = layout.heading(_("Details"), width)
    short: list[list[Row]] = []
    for label, value in facts:
        fact = layout.fact(label, [value], width=half, label_width=_FIELD)
        if len(fact) <= 3:
            short.append(fact)
            continue
        rows += layout.in_two(short, width=width, gap=_GAP)
        rows += layout.fact(label, [value], width=width, label_width=_FIELD)
        short = []
    return [*rows, *layout.in_two(short, width=width, gap=_GAP), layout.space(15)]


def _timeline(
    interactions: Sequence[Interaction], width: float, language: str, near: dt.datetime
) -> list[Row]:
    if not interactions:
        return []
    section = _("Timeline")
    rows = layout.heading(section, width)
    last = len(interactions) - 1
    for index, interaction in enumerate(interactions):
        ground, colour = _KIND_COLOURS[interaction.kind]
        head = Row(layout.STRONG.leading, section=section)
        kind = wording.interaction_text(interaction.kind)
        head.put(_INDENT, line(kind, layout.STRONG), layout.STRONG)
        moment = wording.moment_text(interaction.at, near, language)
        head.put_right(width, line(moment, layout.LABEL), layout.LABEL, top=0.4)
        entry = [head]
        if text := interaction.text.strip():
            head.keep = True
            entry += layout.paragraph(
                text, layout.TEXT, x=_INDENT, width=width - _INDENT, section=section
            )
        if index < last:
            entry[-1].height += 8
            for row in entry:  # the thread that runs down to the next entry
                row.shapes.append(("rule", 5.6, 0, 0.8, row.height, layout.HAIRLINE))
        head.shapes.append(("dot", 0.5, 1.6, 11, 11, ground))
        head.shapes.append(("dot", 3.5, 4.6, 5, 5, colour))
        rows += entry
    return [*rows, layout.space(18)]


def _provenance(customer: Customer, width: float, language: str, near: dt.datetime) -> list[Row]:
    texts = [
        _("Imported from {file}, sheet {sheet}, row {row}").format(
            file=source.file, sheet=source.sheet, row=source.row
        )
        if source.sheet
        else _("Imported from {file}, row {row}").format(file=source.file, row=source.row)
        for source in customer.sources
    ]
    if customer.created_at is not None:
        day = wording.local(customer.created_at, near).date()
        texts.append(_("In the archive since {date}").format(date=wording.date_text(day, language)))
    return [row for text in texts for row in layout.paragraph(text, layout.SMALL, x=0, width=width)]


# Width of the labels before contact points and before custom fields, whose names are longer.
_LABEL = 64.0
_FIELD = 92.0
_INDENT = 22.0
_INITIALS = layout.NAME._replace(size=15, colour=layout.ACCENT, leading=22)


def _initials(name: str) -> str:
    """One or two letters for a name: the first of the first and of the last word."""
    words = [word for word in name.split() if word[0].isalnum()] or name.split()
    first = words[0][0]
    if len(words) == 1 or not (first.isascii() or first.isupper()):
        return first.upper()
    return (first + words[-1][0]).upper()


def _shortened(text: str, limit: int) -> str:
    """A text for a place where it only repeats what stands in full elsewhere."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _empty_row() -> Row:
    row = Row(layout.TEXT.leading)
    row.put(0, line(_("No customers were chosen."), layout.TEXT), layout.TEXT)
    return row
