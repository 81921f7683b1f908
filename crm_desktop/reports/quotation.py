"""A quotation as it goes to the customer, in his language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from crm_desktop.domain.customers import Customer
from crm_desktop.domain.quotations import LineKind, Quotation, QuotationStatus, WholeQuotation
from crm_desktop.domain.settings import Firm
from crm_desktop.i18n import _, pgettext, speaking
from crm_desktop.reports import layout, wording
from crm_desktop.reports import quotation_table as table
from crm_desktop.reports.fonts import missing_characters
from crm_desktop.reports.layout import Row
from crm_desktop.reports.paper import Paper
from crm_desktop.reports.text import Style, line

# So many lines of the terms stay with the signature below them.
_WITH_SIGNATURE = 12
_SIGN = 200.0


@dataclass(frozen=True, slots=True)
class PrintedQuotation:
    """All that a quotation's paper is drawn from.

    Attributes:
        day: of printing; stands on a draft, as it has not gone out yet.
        home_country: decides between A4 and Letter, and what of an address goes without saying.
    """

    whole: WholeQuotation
    customer: Customer
    firm: Firm
    day: dt.date
    home_country: str = ""


def quotation_pdf(printed: PrintedQuotation) -> bytes:
    """Draw a quotation; equal arguments give equal bytes."""
    one = printed.whole.quotation
    with speaking(one.language):
        name = _("Quotation {number}").format(number=one.reference or one.title)
        at = one.issued_at or dt.datetime.combine(printed.day, dt.time(12), dt.UTC)
        draft = one.status is QuotationStatus.DRAFT
        paper = Paper(
            printed.firm,
            one.language,
            at.astimezone(),
            printed.home_country,
            foot=_("Draft of {date}").format(date=wording.date_text(printed.day, one.language))
            if draft
            else name,
            mark=pgettext("quotation", "Draft") if draft else "",
        )
        locale = locale_of(one, printed.home_country)
        columns = table.columns_of(printed.whole, paper.width, locale)
        paper.add(
            name,
            _rows(printed, columns),
            again=lambda section: _again(section, columns, one),
        )
        return paper.finish(name, one.title)


def missing_in(printed: PrintedQuotation) -> str:
    """The characters of it that no shipped font can draw."""
    firm, whole, customer = printed.firm, printed.whole, printed.customer
    one = whole.quotation
    own = (firm.name, firm.address, firm.phone, firm.email, firm.website)
    said = (text for x in whole.lines for text in (x.description, x.details, x.unit))
    where = (text for address in customer.addresses[:1] for text in address[:5])
    return missing_characters(
        (*own, *said, *where, customer.name, customer.organisation, one.title, one.intro, one.terms)
    )


def locale_of(one: Quotation, home_country: str) -> str:
    """By which locale figures are written: "pt" alone is that of Brazil."""
    return "pt_PT" if one.language == "pt" and home_country != "BR" else one.language


def _rows(printed: PrintedQuotation, columns: table.Columns) -> list[Row]:
    whole, width = printed.whole, columns.width
    one = whole.quotation
    rows = [*_head(printed, width), layout.space(16), *_title(one, width), layout.space(9)]
    if one.intro:
        rows += [*layout.paragraph(one.intro, layout.TEXT, x=0, width=width), layout.space(10)]
    listed: list[table.Entry] = []
    beside: list[table.Entry] = []
    for entry in table.entries(whole):
        stays = entry.line.counts or entry.line.kind is LineKind.TEXT
        (listed if stays else beside).append(entry)
    rows += table.head(columns, one)
    for entry in listed:
        rows += table.rows_of(entry, columns, one, table.LINES)
    rows[-1].keep = True  # a total does not stand on a page alone
    rows += [*table.sums(whole, columns), layout.space(14)]
    if beside:
        rows += [*_options_head(width), *table.head(columns, one)]
        for entry in beside:
            rows += table.rows_of(entry, columns, one, table.OPTIONS)
        rows.append(layout.space(14))
    if one.terms:
        section = _("Terms")
        words = layout.paragraph(one.terms, layout.TEXT, x=0, width=width, section=section)
        if one.status is QuotationStatus.ISSUED:
            for row in words[-_WITH_SIGNATURE:]:
                row.keep = True
        rows += [*layout.heading(section, width), *words]
    if one.status is QuotationStatus.ISSUED:
        rows += _signature(width)
    return rows


# The head of the first page


def _head(printed: PrintedQuotation, width: float) -> list[Row]:
    """To whom, at the left; number and days at the right."""
    one, left = printed.whole.quotation, width * 0.58
    whom: list[Row] = []
    for text, style in _address(printed):
        whom += layout.paragraph(text, style, x=0, width=left - 20)
    day = printed.day if one.issued_at is None else one.issued_at.astimezone().date()
    pairs = [
        (pgettext("quotation", "Number"), one.number),
        (_("Version"), str(one.version) if one.version > 1 else ""),
        (_("Replaces"), printed.whole.earlier),
        (_("Date"), wording.date_text(day, one.language)),
        (
            _("Valid until"),
            wording.date_text(one.valid_until, one.language) if one.valid_until else "",
        ),
    ]
    room = width - left
    facts: list[Row] = []
    for label, value in pairs:
        if value:
            facts += layout.fact(label, [value], width=room, label_width=74)
    return layout.beside([(0.0, whom), (left, facts)], limit=300)


def _address(printed: PrintedQuotation) -> Iterable[tuple[str, Style]]:
    customer, language = printed.customer, printed.whole.quotation.language
    if customer.organisation.strip() and customer.organisation != customer.name:
        yield customer.organisation, layout.STRONG
        yield customer.name, layout.VALUE
    else:
        yield customer.name, layout.STRONG
    usable = [address for address in customer.addresses if not address.do_not_use]
    for address in usable[:1]:
        for text in wording.address_lines(address, language, printed.home_country):
            yield text, layout.VALUE


def _title(one: Quotation, width: float) -> list[Row]:
    status = {
        QuotationStatus.DRAFT: pgettext("quotation", "Draft"),
        QuotationStatus.ACCEPTED: pgettext("quotation", "Accepted"),
        QuotationStatus.DECLINED: pgettext("quotation", "Declined"),
        QuotationStatus.REPLACED: pgettext("quotation", "Replaced by a newer version"),
    }.get(one.status, "")
    rows = layout.paragraph(_("Quotation"), layout.NAME, x=0, width=width)
    if status:
        at = line(_("Quotation"), layout.NAME).width + 12
        [pill] = layout.pills([(status, layout.TINT, layout.ACCENT)], x=at, width=width - at)
        rows[0].texts += [(x, y + 6, text, style) for x, y, text, style in pill.texts]
        rows[0].shapes += [(k, x, y + 6, w, h, c) for k, x, y, w, h, c in pill.shapes]
    style = layout.SUBTITLE if len(one.title) < 200 else layout.QUIET
    return [*rows, *layout.paragraph(one.title, style, x=0, width=width)]


# The parts below


def _again(section: str, columns: table.Columns, one: Quotation) -> list[Row]:
    """What stands at the top of a page on which a part goes on."""
    if section == table.LINES:
        return table.head(columns, one)
    is_table = section == table.OPTIONS
    words = _("{section} (continued)").format(section=_("Options") if is_table else section)
    rows = layout.heading(words, columns.width)
    return [*rows, *table.head(columns, one)] if is_table else rows


def _options_head(width: float) -> list[Row]:
    words = layout.paragraph(
        _("Offered beside and not part of the total. Say which ones you would like."),
        layout.QUIET, x=0, width=width,
    )  # fmt: skip
    for row in words:
        row.keep = True
    words[-1].height += 6
    return [*layout.heading(_("Options"), width), *words]


def _signature(width: float) -> list[Row]:
    """Where the customer signs, kept together."""
    words = [layout.space(14)]
    words += layout.paragraph(_("I accept this quotation."), layout.TEXT, x=0, width=width)
    for row in words:
        row.keep = True
    row = Row(46)
    for x, text in ((0.0, _("Place and date")), (width - _SIGN, _("Signature"))):
        row.shapes.append(("rule", x, 30, _SIGN, 0.6, layout.MUTED))
        row.put(x, line(text, layout.LABEL), layout.LABEL, top=33)
    return [*words, row]
