"""What papers to a customer have in common: to whom, what it is, where to sign, where to pay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crm_desktop.domain.customers import Customer
from crm_desktop.domain.lines import Line
from crm_desktop.domain.settings import Firm
from crm_desktop.i18n import _
from crm_desktop.reports import layout, wording
from crm_desktop.reports.layout import Row
from crm_desktop.reports.text import Style, line

_SIGN = 200.0
# A longer subject is set smaller.
_LONG_SUBJECT = 200


def locale(language: str, home_country: str) -> str:
    """By which locale figures are written: "pt" alone is that of Brazil."""
    return "pt_PT" if language == "pt" and home_country != "BR" else language


def head(
    customer: Customer,
    facts: Iterable[tuple[str, str]],
    width: float,
    language: str,
    home_country: str,
) -> list[Row]:
    """To whom, at the left; numbers and days at the right.

    Args:
        customer: to whom.
        facts: labels and values; those without a value are left out.
        width: of a row, in points.
        language: of the paper.
        home_country: goes without saying in an address.
    """
    left = width * 0.58
    whom: list[Row] = []
    for text, style in _address(customer, language, home_country):
        whom += layout.paragraph(text, style, x=0, width=left - 20)
    told: list[Row] = []
    for label, value in facts:
        if value:
            told += layout.fact(label, [value], width=width - left, label_width=74)
    return layout.beside([(0.0, whom), (left, told)], limit=300)


def _address(customer: Customer, language: str, home_country: str) -> Iterable[tuple[str, Style]]:
    if customer.organisation.strip() and customer.organisation != customer.name:
        yield customer.organisation, layout.STRONG
        yield customer.name, layout.VALUE
    else:
        yield customer.name, layout.STRONG
    usable = [address for address in customer.addresses if not address.do_not_use]
    for address in usable[:1]:
        for text in wording.address_lines(address, language, home_country):
            yield text, layout.VALUE


def title(name: str, subject: str, width: float, status: str = "") -> list[Row]:
    """What the paper is, large, with how it stands beside; and what it is about."""
    rows = layout.paragraph(name, layout.NAME, x=0, width=width)
    if status:
        at = line(name, layout.NAME).width + 12
        [pill] = layout.pills([(status, layout.TINT, layout.ACCENT)], x=at, width=width - at)
        rows[0].texts += [(x, y + 6, text, style) for x, y, text, style in pill.texts]
        rows[0].shapes += [(k, x, y + 6, w, h, c) for k, x, y, w, h, c in pill.shapes]
    style = layout.SUBTITLE if len(subject) < _LONG_SUBJECT else layout.QUIET
    return [*rows, *layout.paragraph(subject, style, x=0, width=width)]


def signature(words: str, width: float) -> list[Row]:
    """Where the customer signs, kept together."""
    rows = [layout.space(14), *layout.paragraph(words, layout.TEXT, x=0, width=width)]
    for row in rows:
        row.keep = True
    lines = Row(46)
    for x, text in ((0.0, _("Place and date")), (width - _SIGN, _("Signature"))):
        lines.shapes.append(("rule", x, 30, _SIGN, 0.6, layout.MUTED))
        lines.put(x, line(text, layout.LABEL), layout.LABEL, top=33)
    return [*rows, lines]


def bank(firm: Firm, width: float) -> list[Row]:
    """To which account to pay, kept together; nothing where the firm does not say."""
    if not firm.bank.strip():
        return []
    rows = [layout.space(14), *layout.heading(_("Bank details"), width)]
    for text in firm.bank.strip().splitlines():
        rows += layout.paragraph(text.strip(), layout.VALUE, x=0, width=width)
    for row in rows[:-1]:
        row.keep = True
    return rows


def texts(firm: Firm, customer: Customer) -> list[str]:
    """All words of the firm's and the customer's that may stand on a paper."""
    own = [firm.name, firm.address, firm.phone, firm.email, firm.website, firm.bank]
    where = [text for address in customer.addresses[:1] for text in address[:5]]
    return [*own, customer.name, customer.organisation, *where]


def said(lines: Sequence[Line]) -> list[str]:
    """All words of lines."""
    return [text for x in lines for text in (x.description, x.details, x.unit)]
