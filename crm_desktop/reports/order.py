"""An order as it was agreed, on paper, in the customer's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from crm_desktop.domain.customers import Customer
from crm_desktop.domain.money import Money
from crm_desktop.domain.orders import OrderStatus, VersionStatus, WholeOrder, read_fees
from crm_desktop.domain.payments import PaymentKind, PlannedPayment
from crm_desktop.domain.settings import Firm
from crm_desktop.i18n import _, ngettext, pgettext, speaking
from crm_desktop.reports import figures, layout, letter, wording
from crm_desktop.reports import line_table as table
from crm_desktop.reports.fonts import missing_characters
from crm_desktop.reports.layout import Row
from crm_desktop.reports.paper import Paper


@dataclass(frozen=True, slots=True)
class PrintedOrder:
    """All that the confirmation of an order is drawn from.

    Attributes:
        plan: what is due when; empty for a version that does not stand any more.
        travellers: their names.
        day: of printing; stands on a draft.
    """

    whole: WholeOrder
    customer: Customer
    firm: Firm
    day: dt.date
    home_country: str = ""
    plan: Sequence[PlannedPayment] = ()
    travellers: Sequence[str] = ()


def order_pdf(printed: PrintedOrder) -> bytes:
    """Draw the confirmation of an order; equal arguments give equal bytes."""
    whole = printed.whole
    language, version = whole.order.language, whole.version
    with speaking(language):
        draft = version.status is VersionStatus.DRAFT
        known = whole.order.number or whole.order.title
        name = _("Order {number}").format(number=known if draft else whole.reference)
        at = version.agreed_at or dt.datetime.combine(printed.day, dt.time(12), dt.UTC)
        paper = Paper(
            printed.firm,
            language,
            at.astimezone(),
            printed.home_country,
            foot=_("Draft of {date}").format(date=wording.date_text(printed.day, language))
            if draft
            else name,
            mark=pgettext("quotation", "Draft") if draft else "",
        )
        locale = letter.locale(language, printed.home_country)
        columns = table.columns_of(whole, paper.width, locale)
        paper.add(
            name,
            _rows(printed, columns),
            again=lambda section: _again(section, columns, whole),
        )
        return paper.finish(name, whole.order.title)


def missing_in(printed: PrintedOrder) -> str:
    """The characters of it that no shipped font can draw."""
    whole = printed.whole
    words = (whole.order.title, whole.version.terms, whole.version.reason, *printed.travellers)
    return missing_characters(
        (*letter.texts(printed.firm, printed.customer), *letter.said(whole.lines), *words)
    )


def _again(section: str, columns: table.Columns, whole: WholeOrder) -> list[Row]:
    """What stands at the top of a page on which a part goes on."""
    if section == table.LINES:
        return table.head(columns, whole.terms)
    return layout.heading(_("{section} (continued)").format(section=section), columns.width)


def _rows(printed: PrintedOrder, columns: table.Columns) -> list[Row]:
    whole, width = printed.whole, columns.width
    version, terms = whole.version, whole.terms
    rows = [*_head(printed, width), layout.space(16), *_title(whole, width), layout.space(9)]
    if version.reason and version.version > 1:
        words = _("Changed: {reason}").format(reason=version.reason)
        rows += [*layout.paragraph(words, layout.TEXT, x=0, width=width), layout.space(9)]
    rows += table.head(columns, terms)
    for entry in table.entries(whole):
        rows += table.rows_of(entry, columns, terms, table.LINES)
    rows[-1].keep = True  # a total does not stand on a page alone
    rows += [*table.sums(whole, columns), layout.space(14)]
    if printed.travellers:
        rows += layout.heading(_("Travellers"), width)
        for place, traveller in enumerate(printed.travellers, start=1):
            rows += layout.paragraph(f"{place}. {traveller}", layout.TEXT, x=0, width=width)
        rows.append(layout.space(12))
    rows += _plan(printed, columns)
    rows += _fees(printed, columns)
    if version.terms:
        section = _("Terms")
        rows += layout.heading(section, width)
        rows += layout.paragraph(version.terms, layout.TEXT, x=0, width=width, section=section)
    if version.status is VersionStatus.AGREED:
        rows += letter.bank(printed.firm, width)
    return rows


def _head(printed: PrintedOrder, width: float) -> list[Row]:
    whole = printed.whole
    version, language = whole.version, whole.order.language
    day = printed.day if version.agreed_at is None else version.agreed_at.astimezone().date()
    facts = [
        (pgettext("quotation", "Number"), whole.order.number),
        (_("Version"), str(version.version) if version.version > 1 else ""),
        (_("Date"), wording.date_text(day, language)),
        *(
            (label, wording.date_text(at, language) if at else "")
            for label, at in ((_("Begins"), version.starts_on), (_("Ends"), version.ends_on))
        ),
    ]
    return letter.head(printed.customer, facts, width, language, printed.home_country)


def _title(whole: WholeOrder, width: float) -> list[Row]:
    status = {
        VersionStatus.DRAFT: pgettext("quotation", "Draft"),
        VersionStatus.REPLACED: pgettext("quotation", "Replaced by a newer version"),
    }.get(whole.version.status, "")
    if not status and whole.order.status is OrderStatus.CANCELLED:
        status = pgettext("order", "Cancelled")
    return letter.title(_("Order confirmation"), whole.order.title, width, status)


def _plan(printed: PrintedOrder, columns: table.Columns) -> list[Row]:
    """What is due when, and what of it is paid."""
    if not printed.plan:
        return []
    currency, language = printed.whole.order.currency, printed.whole.order.language
    rows = layout.heading(_("Payment"), columns.width)
    for part in printed.plan:
        amount = figures.money_text(Money(part.amount, currency), columns.locale)
        said = [f"{kind_text(part.due.kind)}: {amount}"]
        if part.due.due_on:
            day = wording.date_text(part.due.due_on, language)
            said.append(_("due on {date}").format(date=day))
        if part.paid and not part.open:
            said.append(pgettext("payment", "paid"))
        elif part.paid:
            paid = figures.money_text(Money(part.paid, currency), columns.locale)
            said.append(_("{amount} paid").format(amount=paid))
        rows += layout.paragraph(", ".join(said), layout.TEXT, x=0, width=columns.width)
    for row in rows:
        row.keep = True
    return [*rows, layout.space(12)]


def _fees(printed: PrintedOrder, columns: table.Columns) -> list[Row]:
    """What cancelling costs, from when on."""
    fees = read_fees(printed.whole.version.fees)
    if not fees or printed.whole.order.status is OrderStatus.CANCELLED:
        return []
    rows = layout.heading(_("If you cancel"), columns.width)
    for days, percent in fees:
        words = ngettext(
            "from {days} day before the beginning: {rate} of the price",
            "from {days} days before the beginning: {rate} of the price",
            days,
        )
        if not days:
            words = _("from the day of the beginning: {rate} of the price")
        rate = figures.rate_text(percent, columns.locale)
        text = words.format(days=days, rate=rate)
        rows += layout.paragraph(text, layout.TEXT, x=0, width=columns.width)
    for row in rows:
        row.keep = True
    return [*rows, layout.space(12)]


def kind_text(kind: PaymentKind) -> str:
    """What a payment is, in words."""
    return {
        PaymentKind.DEPOSIT: pgettext("payment", "Deposit"),
        PaymentKind.INSTALMENT: pgettext("payment", "Instalment"),
        PaymentKind.BALANCE: pgettext("payment", "Balance"),
        PaymentKind.REFUND: pgettext("payment", "Refund"),
    }[kind]
