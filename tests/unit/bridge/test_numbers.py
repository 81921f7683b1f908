"""Numbers in many writings, and the decimal mark of a column."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.bridge.values.currencies import currency_code, currency_in
from crm_desktop.bridge.values.numbers import (
    DecidedBy,
    Number,
    NumberColumn,
    NumberDecision,
    known_decimal,
    read_number,
)
from crm_desktop.bridge.values.numerals import chinese_number, with_figures


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("1.234,56", ",", "1234.56"),
        ("1,234.56", ".", "1234.56"),
        ("1.234", ",", "1234"),
        ("1.234", ".", "1.234"),
        ("1.234.567", ".", "1234567"),
        ("1.234.567,8", ",", "1234567.8"),
        ("12,34,567.00", ".", "1234567.00"),
        ("1 234,56", ",", "1234.56"),
        ("1\u202f234\u00a0567,5", ",", "1234567.5"),
        ("1'234.50", ".", "1234.50"),
        ("12,5", ".", "12.5"),
        ("12.50", ",", "12.50"),
        ("0.123", ",", "0.123"),
        ("1.2345", ",", "1.2345"),
        (".5", ".", "0.5"),
        ("(1,234.00)", ".", "-1234.00"),
        ("1234-", ".", "-1234"),
        ("− 5,5", ",", "-5.5"),
        ("+7", ".", "7"),
        ("３，５００．５", ".", "3500.5"),
        ("3.5万", ".", "35000"),
        ("2万", ".", "20000"),
        ("一百二十", ".", "120"),
        ("三万五千", ".", "35000"),
        ("1.234,-", ",", "1234"),
        ("5 kg", ".", None),
        ("100 m²", ".", None),
        ("1e5", ".", None),
        ("10 mil", ",", None),
        ("1,2,3", ",", None),
        ("12.34.56", ".", None),
        ("(5", ".", None),
        ("--5", ".", None),
        ("", ".", None),
        ("abc", ".", None),
        ("2024-01-05", ".", None),
        ("912 345 678 90", ".", None),
    ],
)
def test_numbers(text: str, decimal: str, expected: str | None) -> None:
    wanted = None if expected is None else Number(Decimal(expected))
    assert read_number(text, decimal) == wanted


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("1.234,50 €", "PT", Number(Decimal("1234.50"), "EUR")),
        ("€ 1.234,50", "PT", Number(Decimal("1234.50"), "EUR")),
        ("€-5", "PT", Number(Decimal(-5), "EUR")),
        ("EUR50", "PT", Number(Decimal(50), "EUR")),
        ("50 euros", "PT", Number(Decimal(50), "EUR")),
        ("50 Ft", "PT", Number(Decimal(50), "HUF")),
        ("FT 100", "PT", None),
        ("R$ 1.234,50", "BR", Number(Decimal("1234.50"), "BRL")),
        ("10 mil reais", "BR", Number(Decimal(10000), "BRL")),
        ("1.500$00", "PT", Number(Decimal(1500), "PTE")),
        ("US$ 5,00", "BR", Number(Decimal("5.00"), "USD")),
        ("$5", "", Number(Decimal(5), "USD")),
        ("$5", "CA", Number(Decimal(5), "CAD")),
        ("¥1200", "CN", Number(Decimal(1200), "CNY")),
        ("￥1200", "JP", Number(Decimal(1200), "JPY")),
        ("120元", "CN", Number(Decimal(120), "CNY")),
        ("3.5万元", "CN", Number(Decimal(35000), "CNY")),
        ("人民币3万元", "CN", Number(Decimal(30000), "CNY")),
        ("壹仟贰佰元整", "CN", Number(Decimal(1200), "CNY")),
        ("HK$ 300", "CN", Number(Decimal(300), "HKD")),
        ("CHF 5.-", "CH", Number(Decimal(5), "CHF")),
        ("3 500 kr", "NO", Number(Decimal(3500), "NOK")),
        ("5.000 Kz", "AO", Number(Decimal(5000), "AOA")),
        ("12,5 %", "PT", Number(Decimal("12.5"), percent=True)),
        ("€5 $", "PT", None),
        ("5 % €", "PT", None),
    ],
)
def test_money_and_percents(text: str, country: str, expected: Number | None) -> None:
    assert read_number(text, known_decimal(country) or ".", country=country) == expected


def decide(values: list[object], country: str = "", language: str = "") -> NumberDecision:
    column = NumberColumn(country=country, language=language)
    column.feed(values)  # type: ignore[arg-type]
    return column.decide()


@pytest.mark.parametrize(
    ("values", "country", "decimal", "by"),
    [
        (["1.234,56", "1.234"], "US", ",", DecidedBy.PLACES),
        (["1.234", "5.5"], "PT", ".", DecidedBy.PLACES),
        (["1.234", "0.250"], "PT", ".", DecidedBy.PLACES),
        (["1.234", "1.234.567"], "", ",", DecidedBy.PLACES),
        (["1.234", "2.500", "12.750", "800"], "", ",", DecidedBy.GROUPS),
        (["1,234", "2,500", "12,750"], "PT", ".", DecidedBy.GROUPS),
        (["1.234"], "PT", ",", DecidedBy.LOCALE),
        (["1.234"], "CN", ".", DecidedBy.LOCALE),
        (["1.234"], "", ",", DecidedBy.UNDECIDED),
        (["12", "800"], "PT", ",", DecidedBy.WRITTEN),
        ([1.5, 2.25], "PT", ",", DecidedBy.WRITTEN),
        ([], "", ".", DecidedBy.WRITTEN),
    ],
)
def test_decimal_mark_of_a_column(
    values: list[object], country: str, decimal: str, by: DecidedBy
) -> None:
    found = decide(values, country)
    assert (found.decimal, found.by) == (decimal, by)


def test_a_column_counts_what_it_holds() -> None:
    found = decide(["1.234,50 €", "12,5", "5.5", "a combinar", "", None, True, "7 €"], "PT")
    assert (found.filled, found.numbers, found.against) == (6, 4, 1)
    assert (found.currency, found.money, found.percents) == ("EUR", 2, 0)
    assert decide(["5 €", "5 $"]).currency == ""
    assert decide(["1.234", "1.234", "2.345"]).examples == ("1.234", "2.345")


def test_languages_have_decimal_marks() -> None:
    assert decide(["1.234"], language="pt").decimal == ","
    assert decide(["1.234"], language="zh").by is DecidedBy.LOCALE


def test_currencies() -> None:
    assert currency_in("Valor (€)") == "EUR"
    assert currency_in("金额（元）") == "CNY"
    assert currency_in("Price USD") == "USD"
    assert currency_in("Preço") == ""
    assert currency_in("Ár (Ft)") == "HUF"
    assert currency_in("Length (ft)") == ""
    assert currency_in("Ár (ft)", "HU") == "HUF"
    assert currency_code("kr") == "SEK"
    assert currency_code("xyz") == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十五", 15),
        ("一百零五", 105),
        ("一百五", 150),
        ("一万二", 12000),
        ("两千", 2000),
        ("一千零一十", 1010),
        ("廿三", 23),
        ("三亿", 300_000_000),
        ("二〇二四", 2024),
        ("壹仟贰佰叁拾", 1230),
    ],
)
def test_chinese_numerals(text: str, number: int) -> None:
    assert chinese_number(text) == number
    assert with_figures(f"约{text}个") == f"约{number}个"


@given(
    st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
    st.sampled_from([(".", ","), (",", "."), (",", " "), (".", "'"), (".", "")]),
    st.sampled_from(["{}", "{} €", "€{}", "({})", "{}-", "EUR {}"]),
)
def test_what_is_written_is_read_back(value: Decimal, marks: tuple[str, str], around: str) -> None:
    decimal, thousands = marks
    negative = around in ("({})", "{}-")
    if negative:
        value = abs(value)
    plain = f"{value:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    found = read_number(around.format(plain), decimal)
    assert found is not None
    assert found.value == (-value if negative else value)
    assert found.currency == ("EUR" if "€" in around or "EUR" in around else "")


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_none(text: str) -> None:
    for decimal in (".", ","):
        found = read_number(text, decimal)
        assert found is None or found.value.is_finite()


@given(st.text(alphabet="0123456789.,-+()%€$ 万千元", max_size=16))
def test_any_figures_are_a_number_or_none(text: str) -> None:
    for decimal in (".", ","):
        found = read_number(text, decimal)
        assert found is None or found.value.is_finite()
    decide([text])
