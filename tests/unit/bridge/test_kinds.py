"""What a custom field's values are, and their one writing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.bridge.values.canonical import Reading, canonical
from crm_desktop.bridge.values.kinds import Understanding, understand, value_kind
from crm_desktop.domain.fields import FieldKind

K = FieldKind
TEN = range(10)


@pytest.mark.parametrize(
    ("values", "header", "kind"),
    [
        # numbers, and what only looks like them
        (["12", "7", "140", "1.5"], "Noites", K.NUMBER),
        ([12.0, 7.5, 140.0], "Peso", K.NUMBER),
        (["1.234,50", "12,00", "7,5"], "Saldo", K.NUMBER),
        ([f"{n * 37 % 100}" for n in range(50)], "Idade", K.NUMBER),
        ([float(n * n) for n in range(1, 30)], "Pontos", K.NUMBER),
        (["00123", "00124", "01125", "00001"], "Loja", K.TEXT),
        ([130437866.0, 127322286.0, 471192992.0], "NIF", K.TEXT),
        ([130437866.0, 127322286.0, 471192992.0], "", K.TEXT),
        (["1998", "2004", "1977", "2015"], "Desde", K.TEXT),
        (["1000", "4050", "2710", "8000"], "CP4", K.TEXT),
        (["518000", "100020", "200030"], "", K.TEXT),
        (["518000", "100020", "200030", "210000"] * 9 + ["无"], "", K.TEXT),
        (["110101199003071234", "31010119851012123X", "440301198011051111"], "", K.TEXT),
        ([110101199003071234.0, 310101198510121200.0, 440301198011051100.0], "", K.TEXT),
        (["G12345678", "E87654321", "L998877"], "护照", K.TEXT),
        ([float(n) for n in range(1, 40)], "", K.TEXT),
        ([float(n) for n in (3, 1, 4, 1, 5, 9)], "Código", K.TEXT),
        (["12 kg", "7 kg", "9 kg"], "Bagagem", K.TEXT),
        (["12 %", "7 %", "9 %"], "Desconto", K.TEXT),
        (["12", "sete", "9"], "", K.TEXT),
        # money
        (["12,50 €", "7 €", "1.000,00 €"], "", K.MONEY),
        (["¥1,200.00", "¥88", "3.5万元"], "消费", K.MONEY),
        (["12.5", "7", "1000.25"], "Valor (€)", K.MONEY),
        ([1200.0, 88.0, 99.5], "金额（元）", K.MONEY),
        # dates
        ([dt.date(1998, 3, 5), dt.date(2004, 1, 1)], "", K.DATE),
        (["5/3/1998", "25/12/2004", "n/a", "1/1/00"], "", K.DATE),
        (["2024年1月5日", "2023年12月", "2022年3月4日", "2022/3/4", "2021.5.6"], "", K.DATE),
        (["19980305", "20041225", "20010101"], "", K.DATE),
        ([36000.0, 37000.0, 38123.0], "Data de inscrição", K.DATE),
        ([36000.0, 37000.0, 38123.0], "Pontos de cliente", K.NUMBER),
        ([11698.24, 11505.15, 11371.2, 36000.5], "B2", K.NUMBER),
        (["2533,44", "2513,28", "9511,6"], "kWh", K.NUMBER),
        (["1.2.3", "2.1.1", "3.1.4"], "Versão", K.TEXT),
        (["3/4", "5/6", "7/8"], "", K.TEXT),
        # yes and no
        (["sim", "não", "Sim", "sim"], "", K.YES_NO),
        (["是", "否", "是"], "", K.YES_NO),
        (["x", "x", "X"], "Newsletter", K.YES_NO),
        (["✓", "✓"], "", K.YES_NO),
        ([True, False, True], "", K.YES_NO),
        (["TRUE", "FALSE"], "", K.YES_NO),
        (["S", "N", "S"], "", K.YES_NO),
        (["N", "N", "N"], "Porta", K.TEXT),
        (["M", "F", "M"], "", K.TEXT),
        (["1", "0", "1"], "", K.NUMBER),
        # words
        (["Gold", "Silver", "gold", "Gold", "Bronze", "Silver"] * 4 + ["Bronze"], "", K.CHOICE),
        (["机票", "酒店", "机票", "签证", "酒店"] * 4, "类型", K.CHOICE),
        (
            ["praia, neve", "praia", "neve; golfe", "golfe", "praia / golfe", "neve"] * 4,
            "",
            K.CHOICES,
        ),
        ([f"Ana {'abcdefghijklmnop'[n]}" for n in range(16)], "", K.TEXT),
        (["Prefere contacto à tarde, de preferência por telefone. " * 3] * 3, "", K.LONG_TEXT),
        (["duas\nlinhas", "uma"], "", K.LONG_TEXT),
        # ways to reach
        (["+351 912 345 678", "912 345 679", "213 456 789"], "", K.PHONE),
        (["912345678", "912345679", "213456789"], "Telefone 2", K.PHONE),
        (["912345678", "912345679", "213456789"], "", K.TEXT),
        (["a@x.pt", "b@example.org"], "", K.EMAIL),
        (["https://x.pt", "www.example.org/a", "example.com"], "", K.LINK),
        (["contrato.pdf", "fatura.xlsx", "bilhete.pdf"], "", K.TEXT),
        (["Rua A, 5", "Av. B, 7"], "", K.TEXT),
        (["", None], "", K.TEXT),
        ([], "", K.TEXT),
    ],
)
def test_kinds(values: list[Any], header: str, kind: FieldKind) -> None:
    assert understand(values, header=header, countries=("PT",), language="pt").kind is kind


def test_kinds_need_no_header() -> None:
    assert value_kind(["12,50 €", "7 €", "1.000,00 €"]) is K.MONEY


def test_a_column_tells_how_it_is_read() -> None:
    found = understand(["12,50 €", "7 €", "1.000,00 €"], countries=("PT",))
    assert (found.reading.decimal, found.reading.currency) == (",", "EUR")
    assert canonical(found.kind, "1.000,00 €", found.reading) == "1000.00"
    assert canonical(found.kind, "5 $", found.reading) == "5 USD"
    assert canonical(found.kind, 1.234, found.reading) == "1.234"
    dates = understand(["3/4/1998", "5/6/1999", "7/8/2000"])
    assert dates.undecided == ("3/4/1998", "5/6/1999")
    words = understand(["Gold", "gold", "Gold", "Silver", "silver ", "Silver"] * 3)
    assert words.reading.choices == ("Gold", "Silver")
    assert canonical(K.CHOICE, "GOLD", words.reading) == "Gold"
    assert understand(["1.234", "5"] * 2).kind is K.NUMBER
    assert isinstance(words, Understanding)


@pytest.mark.parametrize(
    ("kind", "value", "reading", "expected"),
    [
        (K.TEXT, "  a  b ", Reading(), "a b"),
        (K.LONG_TEXT, "a \r\n b", Reading(), "a\nb"),
        (K.NUMBER, "1.234,5", Reading(decimal=","), "1234.5"),
        (K.NUMBER, "(５)", Reading(), "-5"),
        (K.NUMBER, 912345678.0, Reading(), "912345678"),
        (K.NUMBER, 0.1, Reading(decimal=","), "0.1"),
        (K.NUMBER, "12 kg", Reading(), None),
        (K.NUMBER, "12 %", Reading(), None),
        (K.NUMBER, "12 €", Reading(), None),
        (K.NUMBER, float("inf"), Reading(), None),
        (K.NUMBER, True, Reading(), None),
        (K.NUMBER, " ", Reading(), ""),
        (K.MONEY, "R$ 1.234,50", Reading(decimal=",", currency="BRL"), "1234.50"),
        (K.MONEY, "3.5万元", Reading(currency="EUR"), "35000 CNY"),
        (K.MONEY, "caro", Reading(), None),
        (K.DATE, dt.datetime(1998, 3, 5, 14, 30), Reading(), "1998-03-05 14:30:00"),
        (K.DATE, dt.date(1899, 12, 30), Reading(), ""),
        (K.DATE, "5/3/98", Reading(), "1998-03-05"),
        (K.DATE, "5/3/98", Reading(order="MDY"), "1998-05-03"),
        (K.DATE, "03/1998", Reading(), "1998-03"),
        (K.DATE, "0/0/00", Reading(), ""),
        (K.DATE, "1/1/1850", Reading(), None),
        (K.DATE, "农历正月初五", Reading(), None),
        (K.DATE, "breve", Reading(), None),
        (K.YES_NO, "Não", Reading(), "no"),
        (K.YES_NO, "✓", Reading(), "yes"),
        (K.YES_NO, True, Reading(), "yes"),
        (K.YES_NO, "talvez", Reading(), None),
        (K.YES_NO, "não?", Reading(), None),
        (K.CHOICE, "gold?", Reading(choices=("Gold",)), "gold?"),
        (K.CHOICES, "gold?; GOLD", Reading(choices=("Gold",)), "gold?; Gold"),
        (K.CHOICES, "praia, neve;praia", Reading(), "praia; neve"),
        (
            K.PHONE,
            "912 345 678 / 213456789",
            Reading(countries=("PT",)),
            "+351912345678; +351213456789",
        ),
        (K.PHONE, "912 345 678 (Ana)", Reading(countries=("PT",)), None),
        (K.PHONE, "1.38E+10", Reading(countries=("CN",)), None),
        (K.EMAIL, "A@X.pt; b@x.pt", Reading(), "a@x.pt; b@x.pt"),
        (K.EMAIL, "Ana <a@x.pt>", Reading(), None),
        (K.LINK, "WWW.Example.org/Aa", Reading(), "https://www.example.org/Aa"),
        (K.LINK, "HTTP://x.pt", Reading(), "http://x.pt"),
        (K.LINK, "contrato.pdf", Reading(), None),
    ],
)
def test_canonical(kind: FieldKind, value: Any, reading: Reading, expected: str | None) -> None:
    assert canonical(kind, value, reading) == expected


_PIECES = st.one_of(
    st.text(max_size=20),
    st.text(alphabet="0123456789.,-/:() €$%+年月日万元xnsim;@", max_size=20),
    st.sampled_from(
        ["5/3/98", "1.234,50 €", "sim", "+351912345678", "a@x.pt", "www.x.pt", "5 de maio", "R$5"]
    ),
)
_READINGS = st.builds(
    Reading,
    order=st.sampled_from(["DMY", "MDY", "YMD", "ROC"]),
    decimal=st.sampled_from([".", ","]),
    currency=st.sampled_from(["", "EUR", "CNY"]),
    countries=st.sampled_from([(), ("PT",), ("CN", "PT")]),
    choices=st.sampled_from([(), ("Sim", "Não")]),
)


@settings(max_examples=400)
@given(st.sampled_from(list(FieldKind)), _PIECES, _READINGS)
def test_canonical_twice_is_canonical_once(kind: FieldKind, text: str, reading: Reading) -> None:
    once = canonical(kind, text, reading)
    if once is not None and "_x" not in text:
        assert canonical(kind, once) == once


@given(st.lists(st.one_of(st.none(), st.floats(), st.booleans(), st.dates(), _PIECES), max_size=12))
def test_any_column_is_of_some_kind(values: list[Any]) -> None:
    found = understand(values, countries=("PT",))
    assert 0 <= found.share <= 1
    for value in values:
        canonical(found.kind, value, found.reading)
