"""Columns of amounts with a currency's sign in one cell or two."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.bridge.values.kinds import understand
from crm_desktop.domain.fields import FieldKind

MIXED: list[Any] = [80, "R$ 75,00", "90,00", 85, "70", "65,50"]


@pytest.mark.parametrize("header", ["Valor hora", "Mensalidade", "Preço", "Honorários"])
def test_one_sign_of_the_home_currency_makes_money(header: str) -> None:
    found = understand(MIXED, header=header, countries=("BR",), language="pt")
    assert (found.kind, found.reading.currency) == (FieldKind.MONEY, "BRL")


@pytest.mark.parametrize(
    ("header", "country", "cells", "currency"),
    [
        ("Fee", "GB", [50, "£45.00", 60, "52.50"], "GBP"),
        ("金额", "CN", [500, "450元", 600, 520], "CNY"),
        ("Cuota", "ES", [30, 30, "30 €", 35], "EUR"),
    ],
)
def test_in_other_countries(header: str, country: str, cells: list[Any], currency: str) -> None:
    found = understand(cells, header=header, countries=(country,))
    assert (found.kind, found.reading.currency) == (FieldKind.MONEY, currency)


@pytest.mark.parametrize(
    ("header", "country"), [("Altura", "BR"), ("Valor hora", "PT"), ("Valor hora", "")]
)
def test_without_such_a_header_or_in_another_country_it_is_text(header: str, country: str) -> None:
    countries = (country,) if country else ()
    assert understand(MIXED, header=header, countries=countries).kind is FieldKind.TEXT


def test_signs_of_two_currencies_are_text() -> None:
    cells = [80, "R$ 75,00", "90,00", "€ 70", 85, 65]
    found = understand(cells, header="Valor hora", countries=("BR",), language="pt")
    assert found.kind is FieldKind.TEXT
