"""A letter that reminds of what is late, in one of three tones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from crm_desktop.domain.customers import Customer
from crm_desktop.domain.money import Money
from crm_desktop.domain.orders import Order
from crm_desktop.domain.payments import PlannedPayment, Tone
from crm_desktop.domain.settings import Firm
from crm_desktop.i18n import _, pgettext, speaking
from crm_desktop.reports import figures, layout, letter, wording
from crm_desktop.reports.fonts import Weight, missing_characters
from crm_desktop.reports.layout import Row
from crm_desktop.reports.order import kind_text
from crm_desktop.reports.paper import Paper
from crm_desktop.reports.text import Style, line

_TOTAL = Style(12.5, layout.INK, 19, Weight.SEMIBOLD, kern=True)
# Within so many days the money is asked for.
_DAYS = {Tone.FRIENDLY: 10, Tone.FIRM: 7, Tone.FINAL: 5}


@dataclass(frozen=True, slots=True)
class PrintedReminder:
    """All that a reminder is drawn from.

    Attributes:
        late: the parts of the price that are late.
        day: of the letter.
    """

    order: Order
    late: Sequence[PlannedPayment]
    tone: Tone
    customer: Customer
    firm: Firm
    day: dt.date
    home_country: str = ""


def reminder_pdf(printed: PrintedReminder) -> bytes:
    """Draw a reminder; equal arguments give equal bytes."""
    language = printed.order.language
    with speaking(language):
        name = _("Reminder {number}").format(number=printed.order.number)
        at = dt.datetime.combine(printed.day, dt.time(12), dt.UTC)
        paper = Paper(printed.firm, language, at.astimezone(), printed.home_country, foot=name)
        paper.add(name, _rows(printed, paper.width))
        return paper.finish(name, printed.order.title)


def missing_in(printed: PrintedReminder) -> str:
    """The characters of it that no shipped font can draw."""
    return missing_characters((*letter.texts(printed.firm, printed.customer), printed.order.title))


def _rows(printed: PrintedReminder, width: float) -> list[Row]:
    order, language = printed.order, printed.order.language
    locale = letter.locale(language, printed.home_country)
    facts = [
        (_("Date"), wording.date_text(printed.day, language)),
        (_("Order"), order.number),
    ]
    before, after = letter_texts(printed)
    rows = [
        *letter.head(printed.customer, facts, width, language, printed.home_country),
        layout.space(16),
        *letter.title(title_text(printed.tone), order.title, width),
        layout.space(12),
        *layout.paragraph(before, layout.TEXT, x=0, width=width),
        layout.space(10),
    ]
    for part in printed.late:
        assert part.due.due_on is not None
        day = wording.date_text(part.due.due_on, language)
        said = _("{what}, due on {date}").format(what=kind_text(part.due.kind), date=day)
        amount = figures.amount_text(part.open, order.currency, locale)
        rows.append(_figure(said, amount, layout.VALUE, width))
    owed = Money(sum(part.open for part in printed.late), order.currency)
    total = _figure(_("Open amount"), figures.money_text(owed, locale), _TOTAL, width, top=6)
    total.shapes.append(("rule", 0, 1, width, 0.6, layout.MUTED))
    return [
        *rows,
        total,
        layout.space(12),
        *layout.paragraph(after, layout.TEXT, x=0, width=width),
        layout.space(18),
        *layout.paragraph(_("Kind regards"), layout.TEXT, x=0, width=width),
        *layout.paragraph(printed.firm.name, layout.STRONG, x=0, width=width),
        *letter.bank(printed.firm, width),
    ]


def _figure(said: str, amount: str, style: Style, width: float, top: float = 0.0) -> Row:
    row = Row(style.leading + top + 4)
    row.put(0, line(said, style), style, top=top)
    row.put_right(width, line(amount, style), style, top=top)
    return row


def title_text(tone: Tone) -> str:
    """What a reminder of a tone is called."""
    return {
        Tone.FRIENDLY: _("Payment reminder"),
        Tone.FIRM: _("Second payment reminder"),
        Tone.FINAL: _("Final reminder"),
    }[tone]


def letter_texts(printed: PrintedReminder) -> tuple[str, str]:
    """What a reminder says above the amounts and below them."""
    by = printed.day + dt.timedelta(days=_DAYS[printed.tone])
    greeting = pgettext("letter", "Dear {name},").format(name=printed.customer.name)
    before, after = {
        Tone.FRIENDLY: (
            _("It may well have slipped your mind: the amount below is still open with us."),
            _(
                "We would be glad to receive it by {date}. If you have paid in the meantime,"
                " please disregard this letter, with our thanks."
            ),
        ),
        Tone.FIRM: (
            _("We wrote to you before and have not received the amount below."),
            _(
                "Please pay it by {date}, or call us if something is not in order: we are sure"
                " to find a way."
            ),
        ),
        Tone.FINAL: (
            _("In spite of our reminders the amount below is still open."),
            _(
                "We ask you for the last time to pay it by {date}. After that day we may cancel"
                " what is booked for you and have the amount collected, at your cost."
            ),
        ),
    }[printed.tone]
    day = wording.date_text(by, printed.order.language)
    return f"{greeting}\n\n{before}", after.format(date=day)
