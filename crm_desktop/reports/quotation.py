"""A quotation as it goes to the customer, in his language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_desktop.domain.customers import Customer
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.quotations import (
    Quotation,
    QuotationStatus,
    WholeQuotation,
)
from crm_desktop.domain.settings import Firm
from crm_desktop.i18n import _, pgettext, speaking
from crm_desktop.reports import layout, letter, wording
from crm_desktop.reports import line_table as table
from crm_desktop.reports.fonts import missing_characters
from crm_desktop.reports.layout import Row
from crm_desktop.reports.paper import Paper

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
        locale = letter.locale(one.language, printed.home_country)
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
    words = (one.title, one.intro, one.terms)
    return missing_characters((*letter.texts(firm, customer), *letter.said(whole.lines), *words))


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
    rows += table.head(columns, one.sheet)
    for entry in listed:
        rows += table.rows_of(entry, columns, one.sheet, table.LINES)
    rows[-1].keep = True  # a total does not stand on a page alone
    rows += [*table.sums(whole, columns), layout.space(14)]
    if beside:
        rows += [*_options_head(width), *table.head(columns, one.sheet)]
        for entry in beside:
            rows += table.rows_of(entry, columns, one.sheet, table.OPTIONS)
        rows.append(layout.space(14))
    if one.terms:
        section = _("Terms")
        words = layout.paragraph(one.terms, layout.TEXT, x=0, width=width, section=section)
        if one.status is QuotationStatus.ISSUED:
            for row in words[-_WITH_SIGNATURE:]:
                row.keep = True
        rows += [*layout.heading(section, width), *words]
    if one.status is QuotationStatus.ISSUED:
        rows += letter.signature(_("I accept this quotation."), width)
    return [*rows, *letter.bank(printed.firm, width)]


# The head of the first page


def _head(printed: PrintedQuotation, width: float) -> list[Row]:
    one = printed.whole.quotation
    day = printed.day if one.issued_at is None else one.issued_at.astimezone().date()
    facts = [
        (pgettext("quotation", "Number"), one.number),
        (_("Version"), str(one.version) if one.version > 1 else ""),
        (_("Replaces"), printed.whole.earlier),
        (_("Date"), wording.date_text(day, one.language)),
        (
            _("Valid until"),
            wording.date_text(one.valid_until, one.language) if one.valid_until else "",
        ),
    ]
    return letter.head(printed.customer, facts, width, one.language, printed.home_country)


def _title(one: Quotation, width: float) -> list[Row]:
    status = {
        QuotationStatus.DRAFT: pgettext("quotation", "Draft"),
        QuotationStatus.ACCEPTED: pgettext("quotation", "Accepted"),
        QuotationStatus.DECLINED: pgettext("quotation", "Declined"),
        QuotationStatus.REPLACED: pgettext("quotation", "Replaced by a newer version"),
    }.get(one.status, "")
    return letter.title(_("Quotation"), one.title, width, status)


# The parts below


def _again(section: str, columns: table.Columns, one: Quotation) -> list[Row]:
    """What stands at the top of a page on which a part goes on."""
    if section == table.LINES:
        return table.head(columns, one.sheet)
    is_table = section == table.OPTIONS
    words = _("{section} (continued)").format(section=_("Options") if is_table else section)
    rows = layout.heading(words, columns.width)
    return [*rows, *table.head(columns, one.sheet)] if is_table else rows


def _options_head(width: float) -> list[Row]:
    words = layout.paragraph(
        _("Offered beside and not part of the total. Say which ones you would like."),
        layout.QUIET, x=0, width=width,
    )  # fmt: skip
    for row in words:
        row.keep = True
    words[-1].height += 6
    return [*layout.heading(_("Options"), width), *words]
