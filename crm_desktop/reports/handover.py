"""The list of what one person handed over to another: to be looked through and signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from crm_desktop.domain.handovers import Given, HandOver, What
from crm_desktop.domain.settings import Firm
from crm_desktop.i18n import _, ngettext, pgettext
from crm_desktop.reports import layout, wording
from crm_desktop.reports.fonts import missing_characters
from crm_desktop.reports.layout import Row
from crm_desktop.reports.paper import Paper
from crm_desktop.reports.text import Style, line, wrap

# Title, customer or city, day or phone: parts of the width.
_COLUMNS = (0.46, 0.30, 0.24)
_BOX = 9.0
_SIGN = 190.0


def handover_pdf(
    done: HandOver,
    *,
    firm: Firm,
    language: str,
    printed_at: dt.datetime,
    home_country: str,
    phone: Callable[[str], str],
) -> bytes:
    """Draw the list.

    Args:
        done: what was handed over.
        firm: for the letterhead.
        language: dates are written its way.
        printed_at: stands in the footer.
        home_country: decides between A4 and Letter.
        phone: writes an E.164 number.
    """
    paper = Paper(firm, language, printed_at, home_country)
    title = _("Hand-over")
    paper.add(title, _rows(done, paper.width, language, printed_at, phone))
    subject = _("From {giver} to {taker}").format(giver=done.giver, taker=done.taker)
    return paper.finish(title, subject)


def missing_in(done: HandOver, firm: Firm) -> str:
    """The characters of the list that no shipped font can draw."""
    own = (firm.name, firm.address, firm.phone, firm.email, firm.website)
    given = (text for one in done.given for text in (one.title, one.customer, one.detail))
    return missing_characters((*own, done.giver, done.taker, *given))


def _rows(
    done: HandOver, width: float, language: str, near: dt.datetime, phone: Callable[[str], str]
) -> list[Row]:
    words = _("From {giver} to {taker}").format(giver=done.giver, taker=done.taker)
    rows = layout.paragraph(_("Hand-over"), layout.NAME, x=0, width=width)
    rows += layout.paragraph(words, layout.SUBTITLE, x=0, width=width)
    when = wording.moment_text(done.at, near, language)
    rows += layout.paragraph(f"{when} · {_counted(done)}", layout.QUIET, x=0, width=width)
    rows.append(layout.space(16))
    for what in What:
        given = [one for one in done.given if one.what is what]
        if not given:
            continue
        section = _section(what)
        rows += layout.heading(section, width)
        for one in given:
            rows.append(_entry(one, width, language, phone, section))
        rows.append(layout.space(14))
    return [*rows, *_signatures(done, width)]


def _counted(done: HandOver) -> str:
    counts = done.counts()
    parts = {
        What.CUSTOMERS: ngettext("{n} customer", "{n} customers", counts[What.CUSTOMERS]),
        What.TASKS: ngettext("{n} open task", "{n} open tasks", counts[What.TASKS]),
        What.CASES: ngettext("{n} open case", "{n} open cases", counts[What.CASES]),
        What.OPPORTUNITIES: ngettext(
            "{n} open opportunity", "{n} open opportunities", counts[What.OPPORTUNITIES]
        ),
    }
    return ", ".join(parts[what].format(n=counts[what]) for what in What if counts[what])


def _section(what: What) -> str:
    return {
        What.CUSTOMERS: pgettext("handover", "Customers"),
        What.TASKS: pgettext("handover", "Open tasks"),
        What.CASES: pgettext("handover", "Open cases"),
        What.OPPORTUNITIES: pgettext("handover", "Open opportunities"),
    }[what]


def _entry(
    one: Given, width: float, language: str, phone: Callable[[str], str], section: str
) -> Row:
    """A box to tick, and the entry in three columns."""
    title = _("{name} (in the trash)").format(name=one.title) if one.in_trash else one.title
    day = wording.short_date_text(one.day, language) if one.day else ""
    last = phone(one.phone) if one.phone else day
    row = Row(0, section=section)
    row.shapes.append(("rule", 0, 3, _BOX, _BOX, layout.HAIRLINE))
    left = _BOX + 9
    room = width - left
    height = 0.0
    cells: tuple[tuple[str, Style], ...] = (
        (title, layout.VALUE),
        (one.customer or one.detail, layout.QUIET),
        (last, layout.QUIET),
    )
    for (text, style), part in zip(cells, _COLUMNS, strict=True):
        lines = wrap(text, style, room * part - 10)
        for number, found in enumerate(lines):
            row.put(left, found, style, top=number * style.leading)
        height = max(height, len(lines) * style.leading)
        left += room * part
    row.height = height + 4
    return row


def _signatures(done: HandOver, width: float) -> list[Row]:
    """Two lines to sign on, kept together."""
    row = Row(58)
    for x, name in ((0.0, done.giver), (width - _SIGN, done.taker)):
        row.shapes.append(("rule", x, 40, _SIGN, 0.6, layout.MUTED))
        row.put(x, line(name, layout.LABEL), layout.LABEL, top=43)
    return [layout.space(10), row]
