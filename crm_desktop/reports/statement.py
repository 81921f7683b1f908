"""How a customer stands in one currency, and how he came to that: a page of his account."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_desktop.domain.customers import Customer
from crm_desktop.domain.money import Money
from crm_desktop.domain.payments import Movement, Statement, StatementEntry
from crm_desktop.domain.settings import Firm
from crm_desktop.i18n import _, pgettext, speaking
from crm_desktop.reports import figures, layout, letter, wording
from crm_desktop.reports.fonts import Weight, missing_characters
from crm_desktop.reports.layout import Row
from crm_desktop.reports.paper import Paper
from crm_desktop.reports.text import Style, line, wrap

_HEAD = Style(8, layout.MUTED, 11, Weight.SEMIBOLD)
_CELL = Style(9.5, layout.INK, 13.5)
_TOTAL = Style(12.5, layout.INK, 19, Weight.SEMIBOLD, kern=True)
_DAY, _FIGURES = 84.0, 92.0
_ENTRIES = "entries"


@dataclass(frozen=True, slots=True)
class PrintedStatement:
    """All that a statement is drawn from."""

    statement: Statement
    customer: Customer
    firm: Firm
    day: dt.date
    language: str
    home_country: str = ""


def statement_pdf(printed: PrintedStatement) -> bytes:
    """Draw a statement; equal arguments give equal bytes."""
    with speaking(printed.language):
        name = _("Statement of account")
        at = dt.datetime.combine(printed.day, dt.time(12), dt.UTC)
        paper = Paper(printed.firm, printed.language, at.astimezone(), printed.home_country)
        paper.add(
            name,
            _rows(printed, paper.width),
            again=lambda _section: _table_head(printed, paper.width),
        )
        return paper.finish(name, printed.customer.name)


def missing_in(printed: PrintedStatement) -> str:
    """The characters of it that no shipped font can draw."""
    titles = (entry.title for entry in printed.statement.entries)
    return missing_characters((*letter.texts(printed.firm, printed.customer), *titles))


def _rows(printed: PrintedStatement, width: float) -> list[Row]:
    language, statement = printed.language, printed.statement
    locale = letter.locale(language, printed.home_country)
    facts = [
        (_("Date"), wording.date_text(printed.day, language)),
        (_("Currency"), statement.currency),
    ]
    rows = [
        *letter.head(printed.customer, facts, width, language, printed.home_country),
        layout.space(16),
        *layout.paragraph(_("Statement of account"), layout.NAME, x=0, width=width),
        layout.space(9),
        *_table_head(printed, width),
    ]
    for entry in statement.entries:
        rows += _entry(entry, printed, width, locale)
    rows[-1].keep = True
    owes = statement.owes
    label = _("To be given back") if owes.amount < 0 else _("Still to be paid")
    shown = figures.money_text(Money(abs(owes.amount), owes.currency), locale)
    total = Row(_TOTAL.leading + 6)
    total.put(_DAY, line(label, _TOTAL), _TOTAL, top=6)
    total.put_right(width, line(shown, _TOTAL), _TOTAL, top=6)
    rows.append(total)
    return rows if owes.amount <= 0 else [*rows, *letter.bank(printed.firm, width)]


def _entry(
    entry: StatementEntry, printed: PrintedStatement, width: float, locale: str
) -> list[Row]:
    said = f"{movement_text(entry.what)} {entry.reference} · {entry.title}"
    rows = []
    for part in wrap(said, _CELL, width - _DAY - 2 * _FIGURES - 10):
        row = Row(_CELL.leading, section=_ENTRIES, keep=True)
        row.put(_DAY, part, _CELL)
        rows.append(row)
    day = wording.short_date_text(entry.day, printed.language)
    rows[0].put(0, line(day, _CELL), _CELL)
    for right, amount in ((width - _FIGURES, entry.amount), (width, entry.owes)):
        text = figures.amount_text(amount, printed.statement.currency, locale)
        rows[0].put_right(right, line(text, _CELL), _CELL)
    last = rows[-1]
    last.keep = False
    last.height += 6
    last.shapes.append(("rule", 0, last.height - 3, width, 0.5, layout.HAIRLINE))
    return rows


def _table_head(printed: PrintedStatement, width: float) -> list[Row]:
    row = Row(0, keep=True)
    row.put(0, line(_("Date"), _HEAD), _HEAD)
    row.put(_DAY, line(_("Description"), _HEAD), _HEAD)
    amount = _("Amount {currency}").format(currency=printed.statement.currency)
    row.put_right(width - _FIGURES, line(amount, _HEAD), _HEAD)
    row.put_right(width, line(_("Owed"), _HEAD), _HEAD)
    row.height = _HEAD.leading + 9
    row.shapes.append(("rule", 0, row.height - 5, width, 0.9, layout.MUTED))
    return [row]


def movement_text(what: Movement) -> str:
    """What changed how a customer stands, in words."""
    return {
        Movement.ORDER: _("Order"),
        Movement.CHANGE: _("Change"),
        Movement.PAYMENT: _("Payment"),
        Movement.REFUND: pgettext("payment", "Refund"),
    }[what]
