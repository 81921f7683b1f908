"""Addresses on an envelope, in the order of their country."""

from __future__ import annotations

import pytest

from crm_desktop.domain.addresses import address_lines, country_code
from crm_desktop.domain.customers import Address

A = Address


@pytest.mark.parametrize(
    ("address", "country", "expected"),
    [
        (A("Rua do Sol 1", "1000-100", "Lisboa", "", "PT"), "Portugal",
         ["Rua do Sol 1", "1000-100 Lisboa", "Portugal"]),
        (A("Rua Augusta, 100\nSala 3", "01304-000", "São Paulo", "SP", "BR"), "Brasil",
         ["Rua Augusta, 100", "Sala 3", "São Paulo - SP", "01304-000", "Brasil"]),
        (A("南京东路100号", "200001", "黄浦区", "上海市", "CN"), "中国",
         ["中国", "200001", "上海市黄浦区南京东路100号"]),
        (A("100 Nanjing East Road", "200001", "Shanghai", "", "CN"), "China",
         ["100 Nanjing East Road", "Shanghai", "200001", "China"]),
        (A("信義路五段7號", "110", "信義區", "台北市", "TW"), "",
         ["110", "台北市信義區信義路五段7號"]),
        (A("No. 7, Sec. 5, Xinyi Rd.", "110", "Xinyi Dist.", "Taipei City", "TW"), "",
         ["No. 7, Sec. 5, Xinyi Rd.", "Xinyi Dist., Taipei City 110"]),
        (A("皇后大道中1號", "", "中環", "香港島", "HK"), "", ["香港島 中環", "皇后大道中1號"]),
        (A("1 Queen's Road Central", "", "Central", "Hong Kong Island", "HK"), "",
         ["1 Queen's Road Central", "Central", "Hong Kong Island"]),
        (A("10 Downing Street", "SW1A 2AA", "London", "", "GB"), "United Kingdom",
         ["10 Downing Street", "London", "SW1A 2AA", "United Kingdom"]),
        (A("1 Main St", "62701", "Springfield", "IL", "US"), "",
         ["1 Main St", "Springfield, IL 62701"]),
        (A("1 Main St", "", "Springfield", "", "US"), "", ["1 Main St", "Springfield"]),
        (A("Unter den Linden 1", "10117", "Berlin", "Berlin", "DE"), "",
         ["Unter den Linden 1", "10117 Berlin"]),
        (A("1 rue de la Paix", "75002", "Paris", "", "FR"), "France",
         ["1 rue de la Paix", "75002 Paris", "France"]),
        (A("Calle Mayor 1", "28013", "Alcalá", "Madrid", "ES"), "",
         ["Calle Mayor 1", "28013 Alcalá Madrid"]),
        (A("Via Roma 1", "00184", "Tivoli", "RM", "IT"), "", ["Via Roma 1", "00184 Tivoli RM"]),
        (A("千代田1-1", "100-0001", "千代田区", "東京都", "JP"), "日本",
         ["日本", "〒100-0001", "東京都千代田区千代田1-1"]),
        (A("1-1 Chiyoda", "100-0001", "Chiyoda-ku", "Tokyo", "JP"), "",
         ["1-1 Chiyoda, Chiyoda-ku, Tokyo", "100-0001"]),
        (A("", "", "Porto", "", ""), "", ["Porto"]),
        (A("南京东路100号", "200001", "上海", "上海", ""), "", ["200001", "上海南京东路100号"]),
    ],
)  # fmt: skip
def test_each_country_has_its_order(address: Address, country: str, expected: list[str]) -> None:
    assert address_lines(address, country=country) == expected


def test_the_home_country_speaks_for_addresses_without_one() -> None:
    address = A("1 Main St", "62701", "Springfield", "IL")
    assert address_lines(address, home="US") == ["1 Main St", "Springfield, IL 62701"]
    assert address_lines(address) == ["1 Main St", "62701 Springfield", "IL"]
    assert country_code(A(country="Brasil")) == "BR"
    assert country_code(A(country="Freedonia"), "PT") == ""
