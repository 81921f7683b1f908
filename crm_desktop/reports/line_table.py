"""The lines of a quotation or an order as a table, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from crm_desktop.domain.lines import Line as PaperLine
from crm_desktop.domain.lines import LineKind, Terms
from crm_desktop.domain.money import Money
from crm_desktop.domain.pricing import Taxes, Totals
from crm_desktop.i18n import _
from crm_desktop.reports import figures, layout
from crm_desktop.reports.fonts import Weight
from crm_desktop.reports.layout import Row
from crm_desktop.reports.text import Line, Style, line, wrap

LINES, OPTIONS = "lines", "options"

_ITEM = Style(9.5, layout.INK, 13.5)
_DETAILS = Style(8.5, layout.MUTED, 12)
_HEAD = Style(8, layout.MUTED, 11, Weight.SEMIBOLD)
_TOTAL = Style(12.5, layout.INK, 19, Weight.SEMIBOLD, kern=True)
# An item of so many lines stays on one page; a longer one may go on on the next.
_WHOLE_LINES = 12
_GAP = 8.0
_PLACE = 20.0
_QUANTITY = 76.0


class Printed(Protocol):
    """A paper with its lines and what they come to."""

    @property
    def terms(self) -> Terms:
        """What its lines have in common."""

    @property
    def lines(self) -> Sequence[PaperLine]:
        """In their order."""

    @property
    def totals(self) -> Totals:
        """What they come to."""


class Columns(NamedTuple):
    """Right edges of the columns of figures, 0 for one that is not there; the room of words.

    Attributes:
        locale: that figures are written by.
    """

    locale: str
    width: float
    words: float
    quantity: float
    price: float
    discount: float
    tax: float


class Entry(NamedTuple):
    """A line with its place among those that are no texts, and what it comes to."""

    place: int
    line: PaperLine
    amount: int


def entries(whole: Printed) -> Iterable[Entry]:
    """All lines; an option keeps its place when it is chosen."""
    place = 0
    for one, amount in zip(whole.lines, whole.totals.lines, strict=True):
        place += one.kind is not LineKind.TEXT
        yield Entry(place, one, amount)


def columns_of(whole: Printed, width: float, locale: str) -> Columns:
    """Which columns there are: nobody needs one of discounts that stays empty."""
    terms, lines = whole.terms, whole.lines
    currency = terms.currency

    def wide(texts: Iterable[str], head: str, least: float, most: float) -> float:
        longest = max((line(text, _ITEM).width for text in set(texts)), default=0.0)
        return min(max(longest, line(head, _HEAD).width, least), most) + _GAP

    listed = [x for x in lines if x.kind is not LineKind.TEXT]
    offs = [t for x in listed for t in figures.discount_texts(x.discount, currency, locale)]
    rates = [figures.rate_text(x.tax_rate, locale) for x in listed]
    sums = [figures.amount_text(amount, currency, locale) for amount in whole.totals.lines]
    prices = [figures.amount_text(x.price, currency, locale) for x in listed]
    quantities = [_quantity(x, locale) for x in listed]
    taxed = any(x.tax_rate for x in listed)
    tax = width - wide(sums, _amount_head(terms), 56, 120)
    discount = tax - wide(rates, _("Tax"), 26, 60) if taxed else tax
    price = discount - wide(offs, _("Discount"), 36, 90) if offs else discount
    quantity = price - wide(prices, _("Price"), 48, 110)
    words = quantity - wide(quantities, _("Quantity"), 44, _QUANTITY) - _PLACE - _GAP
    return Columns(
        locale, width, words, quantity, price, discount if offs else 0.0, tax if taxed else 0.0
    )


def head(columns: Columns, terms: Terms) -> list[Row]:
    """What stands above the columns."""
    row = Row(0, keep=True)
    row.put(_PLACE, line(_("Description"), _HEAD), _HEAD)
    for right, text in (
        (columns.quantity, _("Quantity")),
        (columns.price, _("Price")),
        (columns.discount, _("Discount")),
        (columns.tax, _("Tax")),
        (columns.width, _amount_head(terms)),
    ):
        if right:
            row.put_right(right, line(text, _HEAD), _HEAD)
    row.height = _HEAD.leading + 9
    row.shapes.append(("rule", 0, row.height - 5, columns.width, 0.9, layout.MUTED))
    return [row]


def rows_of(entry: Entry, columns: Columns, terms: Terms, section: str) -> list[Row]:
    """A line of the table as rows, one a line of its words."""
    found = entry.line
    is_text = found.kind is LineKind.TEXT
    left = 0.0 if is_text else _PLACE
    room = columns.width if is_text else columns.words
    style = layout.STRONG if is_text else _ITEM
    rows = _words(wrap(found.description, style, room), style, left, room, section)
    if not is_text:
        _put_figures(rows, entry, columns, terms)
    if found.details:
        # Below the figures there is room.
        wide = columns.width if is_text else columns.price - _PLACE
        rows += _words(wrap(found.details, _DETAILS, wide), _DETAILS, left, wide, section)
    if len(rows) > _WHOLE_LINES:
        for row in rows[2:-2]:
            row.keep = False
    last = rows[-1]
    last.keep = False
    last.height += 6
    last.shapes.append(("rule", 0, last.height - 3, columns.width, 0.5, layout.HAIRLINE))
    return rows


def _words(
    parts: Iterable[Line], style: Style, left: float, room: float, section: str
) -> list[Row]:
    rows = []
    for part in parts:
        row = Row(style.leading if part.width else style.leading * 0.5, section=section, keep=True)
        if part.width:
            row.put(left + room - part.width if part.rtl else left, part, style)
        rows.append(row)
    return rows


def _put_figures(rows: list[Row], entry: Entry, columns: Columns, terms: Terms) -> None:
    """Put the figures of a line beside its words; more of them may take more rows."""
    found, locale, currency = entry.line, columns.locale, terms.currency
    price = figures.amount_text(found.price, currency, locale) if found.price else "–"
    cells = [
        (columns.quantity, wrap(_quantity(found, locale), _ITEM, _QUANTITY)),
        (columns.price, [line(price, _ITEM)]),
        (columns.width, [line(figures.amount_text(entry.amount, currency, locale), _ITEM)]),
    ]
    if columns.discount:
        off = figures.discount_texts(found.discount, currency, locale)
        cells.append((columns.discount, [line(text, _ITEM) for text in off]))
    if columns.tax:
        cells.append((columns.tax, [line(figures.rate_text(found.tax_rate, locale), _ITEM)]))
    while len(rows) < max(len(parts) for _right, parts in cells):
        rows.append(Row(_ITEM.leading, section=rows[0].section, keep=True))
    for right, parts in cells:
        for index, part in enumerate(parts):
            rows[index].put_right(right, part, _ITEM)
    rows[0].put(0, line(str(entry.place), _DETAILS), _DETAILS, top=0.9)


def _quantity(one: PaperLine, locale: str) -> str:
    return f"{figures.number_text(one.quantity, locale)} {one.unit}".strip()


def _amount_head(terms: Terms) -> str:
    return _("Amount {currency}").format(currency=terms.currency)


def sums(whole: Printed, columns: Columns) -> list[Row]:
    """What the lines come to, kept together."""
    terms, found = whole.terms, whole.totals
    locale, currency, width = columns.locale, terms.currency, columns.width
    rows = [layout.space(6)]
    left = width * 0.46

    def add(label: str, amount: int, style: Style = _ITEM) -> None:
        row = Row(style.leading)
        for index, part in enumerate(wrap(label, style, width - left - 90)):
            row.put(left, part, style, top=index * style.leading)
            row.height = (index + 1) * style.leading
        row.put_right(width, line(figures.amount_text(amount, currency, locale), style), style)
        rows.append(row)

    added = terms.taxes is Taxes.ADDED
    rates = [tax for tax in found.taxes if tax.rate or len(found.taxes) > 1]
    if found.discount or found.rounding or (added and rates):
        add(_("Subtotal"), found.subtotal)
    if found.discount:
        percent = figures.rate_text(terms.discount.percent, locale)
        rated = terms.discount.percent and not terms.discount.amount
        label = _("Discount {rate}").format(rate=percent) if rated else _("Discount")
        add(label, -found.discount)
    if added:
        for rate, net, tax in rates:
            add(_tax_label(rate, net, terms, locale), tax)
    if found.rounding:
        add(_("Rounding"), found.rounding)
    if len(rows) > 1:
        rows.append(Row(5, shapes=[("rule", left, 2, width - left, 0.6, layout.MUTED)]))
    row = Row(_TOTAL.leading)
    row.put(left, line(_("Total"), _TOTAL), _TOTAL)
    row.put_right(
        width, line(figures.money_text(Money(found.total, currency), locale), _TOTAL), _TOTAL
    )
    rows.append(row)
    if not added:
        for rate, net, tax in rates:
            add(_tax_label(rate, net, terms, locale), tax, _DETAILS)
    for row in rows[:-1]:
        row.keep = True
    return rows


def _tax_label(rate: int, net: int, terms: Terms, locale: str) -> str:
    words = _("Tax {rate} on {amount}")
    if terms.taxes is Taxes.INCLUDED:
        words = _("of which tax {rate} on {amount}")
    return words.format(
        rate=figures.rate_text(rate, locale),
        amount=figures.amount_text(net, terms.currency, locale),
    )
