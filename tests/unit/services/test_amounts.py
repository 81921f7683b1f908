"""Amounts and rates as they are typed, refused, kept and shown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.money import Money
from crm_desktop.i18n import choose_language
from crm_desktop.services import amounts


def typed(text: str, country: str = "PT", currency: str = "EUR") -> Money | None:
    return amounts.amount(text, "price", currency=currency, country=country)


@pytest.mark.parametrize(
    ("text", "country", "money"),
    [
        ("1.250,50 €", "PT", Money(125050, "EUR")),
        ("1250,5", "PT", Money(125050, "EUR")),
        ("US$ 80", "PT", Money(8000, "USD")),
        ("R$ 1.200", "BR", Money(120000, "BRL")),
        ("1,250.50", "GB", Money(125050, "EUR")),
        ("￥1200", "CN", Money(120000, "CNY")),
        ("¥1200", "JP", Money(1200, "JPY")),
        ("三千元", "CN", Money(300000, "CNY")),
        ("0", "PT", Money(0, "EUR")),
        ("  ", "PT", None),
    ],
)
def test_typed_amounts(text: str, country: str, money: Money | None) -> None:
    assert typed(text, country) == money


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("abc", "no amount"),
        ("19 %", "no amount"),
        ("-5", "below zero"),
        ("(5,00)", "below zero"),
        ("12,345", "decimal places"),
        ("1,5 JPY", "no decimal places"),
        ("9" * 40, "more than can be kept"),
    ],
)
def test_what_is_no_amount(text: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as raised:
        typed(text)
    assert raised.value.field == "price"


def test_a_currency_has_to_be_known() -> None:
    with pytest.raises(UserError, match="currency"):
        typed("5", currency="")
    assert typed("5 usd", currency="") == Money(500, "USD")


@pytest.mark.parametrize(
    ("text", "rate", "again"),
    [("19", 19_000, "19"), ("19 %", 19_000, "19"), ("7,75%", 7_750, "7.75"), ("0", 0, "0"),
     ("5.125", 5_125, "5.125"), ("100", 100_000, "100"), ("10", 10_000, "10"), ("", None, "")],
)  # fmt: skip
def test_rates(text: str, rate: int | None, again: str) -> None:
    assert amounts.rate(text, "tax_rate") == rate
    assert amounts.rate_typed(rate) == again


@pytest.mark.parametrize("text", ["x", "101", "-1", "5.1234", "5 EUR"])
def test_what_is_no_rate(text: str) -> None:
    with pytest.raises(UserError):
        amounts.rate(text, "tax_rate")


def test_as_people_read_it() -> None:
    euros = Money(125050, "EUR")
    try:
        choose_language("pt")
        assert amounts.money_shown(euros) == "€ 1.250,50"
        assert amounts.rate_shown(7_750) == "7,75 %"
        choose_language("zh_CN")
        assert amounts.money_shown(Money(1200, "JPY")) == "JP¥1,200"
    finally:
        choose_language("en")
    assert amounts.money_shown(euros) == "€1,250.50"
    assert amounts.money_shown(Money(1234, "IQD")).endswith("1.234")
    assert amounts.money_shown(None) == ""
    assert amounts.money_typed(euros) == "1250.50 EUR"
    assert typed(amounts.money_typed(euros), "GB") == euros
    assert euros.value == Decimal("1250.50")
