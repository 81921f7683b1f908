"""A quotation on paper: in its language, on as many pages as it takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest
from report_kit import FIRM, NOW, customer

from crm_desktop import i18n
from crm_desktop.domain.customers import Address, CustomerId
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.pricing import Taxes
from crm_desktop.domain.quotations import (
    Quotation,
    QuotationLine,
    QuotationStatus,
    WholeQuotation,
    totals,
)
from crm_desktop.reports.figures import amount_text, number_text, rate_text
from crm_desktop.reports.preview import PdfPages
from crm_desktop.reports.quotation import PrintedQuotation, missing_in, quotation_pdf

ISSUED = Quotation(
    "Azores in May", CustomerId(1), "EUR", number="Q-2026-0007", status=QuotationStatus.ISSUED,
    terms="30 days", issued_at=NOW, valid_until=dt.date(2026, 12, 31),
)  # fmt: skip
HOTEL = QuotationLine("Hotel", quantity=Decimal(5), unit="nights", price=112_00, tax_rate=6_000)
CAR = QuotationLine("Car", kind=LineKind.OPTION, price=240_00, tax_rate=23_000)


def paper(one: Quotation, lines: Sequence[QuotationLine], **more: object) -> PrintedQuotation:
    whole = WholeQuotation(one, lines, totals(one, lines), "Ana Silva")
    whom = customer("Ana Silva", addresses=(Address("Rua A 5", "1000-001", "Lisboa", "", "PT"),))
    return PrintedQuotation(whole, whom, FIRM, NOW.date(), "PT", **more)  # type: ignore[arg-type]


@contextmanager
def opened(printed: PrintedQuotation) -> Iterator[PdfPages]:
    pages = PdfPages(quotation_pdf(printed))
    try:
        yield pages
    finally:
        pages.close()


def said(printed: PrintedQuotation) -> list[str]:
    """The text of each page, with single blanks."""
    with opened(printed) as pages:
        return [" ".join(pages.text(n).split()) for n in range(pages.count)]


def test_one_page_has_all_that_a_customer_asks_for() -> None:
    [page] = said(paper(ISSUED, [HOTEL, CAR]))
    for words in (
        "Atlântico Viagens", "Ana Silva", "Rua A 5", "Q-2026-0007", "22 November 2026",
        "31 December 2026", "Azores in May", "5 nights", "112.00", "560.00", "Tax 6 % on 560.00",
        "33.60", "€593.60", "Options", "240.00", "30 days", "I accept this quotation.", "1 / 1",
    ):  # fmt: skip
        assert words in page, words
    assert "Draft" not in page
    assert "Discount" not in page  # nobody needs an empty column
    assert page.index("€593.60") < page.index("240.00")


def test_an_option_that_was_chosen_counts() -> None:
    [page] = said(paper(ISSUED, [HOTEL, replace(CAR, chosen=True)]))
    assert "Options" not in page
    assert "€888.80" in page


def test_a_long_table_goes_on_with_its_head() -> None:
    lines = [replace(HOTEL, description=f"Part {n}") for n in range(1, 61)]
    pages = said(paper(ISSUED, lines))
    assert len(pages) == 3
    assert all("Description" in page and "Amount EUR" in page for page in pages)
    assert "Quotation Q-2026-0007 (continued)" in pages[1]
    # No total without a line above it.
    assert pages[2].index("Part 60") < pages[2].index("Total")
    told = " ".join(pages)
    assert all(told.count(f"Part {n} ") == 1 for n in range(1, 61))


def test_details_longer_than_a_page_lose_nothing() -> None:
    words = [f"word{n}" for n in range(2_000)]
    pages = said(paper(ISSUED, [replace(HOTEL, details=" ".join(words)), CAR]))
    assert len(pages) > 1
    told = " ".join(pages)
    assert all(word in told for word in words)


def test_taxes_included_stand_below_the_total() -> None:
    one = replace(ISSUED, taxes=Taxes.INCLUDED, discount_percent=10_000, rounding=5)
    [page] = said(paper(one, [replace(HOTEL, quantity=Decimal("1.5"), price=33_33)]))
    assert "Subtotal 50.00" in page
    assert "Discount 10 % −5.00" in page
    assert "€45.00" in page
    assert page.index("€45.00") < page.index("of which tax 6 % on 42.45")


def test_drafts_and_what_became_of_others_are_marked() -> None:
    draft = replace(ISSUED, number="", status=QuotationStatus.DRAFT, issued_at=None)
    lines = [replace(HOTEL, description=f"Part {n}") for n in range(60)]
    pages = said(paper(draft, lines))
    assert all("Draft" in page for page in pages)
    assert "I accept" not in pages[-1]
    for status, words in (
        (QuotationStatus.ACCEPTED, "Accepted"),
        (QuotationStatus.DECLINED, "Declined"),
        (QuotationStatus.REPLACED, "Replaced by a newer version"),
    ):
        [page] = said(paper(replace(ISSUED, status=status), [HOTEL]))
        assert words in page
        assert "I accept" not in page


def test_it_speaks_the_quotations_language_and_nobody_elses() -> None:
    chinese = replace(ISSUED, language="zh_CN", currency="CNY", title="葡萄牙八日游")
    line = replace(HOTEL, description="四星级酒店", unit="晚")
    printed = paper(chinese, [line])
    assert missing_in(printed) == ""
    [page] = said(printed)
    assert "2026年11月22日" in page
    assert "四星级酒店" in page
    assert "¥593.60" in page
    [page] = said(paper(replace(ISSUED, language="pt"), [replace(HOTEL, price=1_112_00)]))
    assert "22 de novembro de 2026" in page
    assert "5 560,00" in page
    assert "5 893,60 €" in page
    assert i18n.language() == "en"
    assert quotation_pdf(printed) == quotation_pdf(printed)


@pytest.mark.parametrize(
    ("amount", "currency", "language", "text"),
    [
        (0, "EUR", "en", "0.00"),
        (-1_234_567_05, "EUR", "en", "−1,234,567.05"),
        (1_234, "JPY", "zh_CN", "1,234"),
        (1_234_567, "KWD", "en", "1,234.567"),
        (1_234_05, "EUR", "pt_PT", "1 234,05"),
        (1_234_05, "BRL", "pt", "1.234,05"),
    ],
)
def test_amounts(amount: int, currency: str, language: str, text: str) -> None:
    assert amount_text(amount, currency, language) == text


def test_rates_and_quantities() -> None:
    assert rate_text(7_750, "pt_PT") == "7,75 %"
    assert rate_text(13_000, "zh_CN") == "13%"
    assert number_text(Decimal("1250.5"), "en") == "1,250.5"
    assert number_text(Decimal("1E+3"), "pt_PT") == "1 000"
