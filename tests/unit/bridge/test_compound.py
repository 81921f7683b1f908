"""Cells that hold several things, taken apart."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.bridge.values.compound import Combined, Compound, Parts, detect, split, split_name
from crm_desktop.bridge.values.postal import Postal, split_address

HERE = ("PT", "CN")


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("王秀英 13800138000", Compound.NAME_PHONE, Parts("王秀英", "13800138000")),
        ("王秀英13800138000", Compound.NAME_PHONE, Parts("王秀英", "13800138000")),
        ("王秀英(手机:13800138000)", Compound.NAME_PHONE, Parts("王秀英", "手机 13800138000")),
        ("张三，电话：021-55550500", Compound.NAME_PHONE, Parts("张三", "021-55550500")),
        ("Ana Silva - 912 345 678", Compound.NAME_PHONE, Parts("Ana Silva", "912 345 678")),
        ("Ana Silva (912345678)", Compound.NAME_PHONE, Parts("Ana Silva", "912345678")),
        ("912345678 Ana Silva", Compound.NAME_PHONE, Parts("Ana Silva", "912345678")),
        ("Ana Silva, tel. 912345678", Compound.NAME_PHONE, Parts("Ana Silva", "912345678")),
        ("casa 213456789", Compound.NAME_PHONE, Parts("", "casa 213456789")),
        ("Ana Silva", Compound.NAME_PHONE, Parts("Ana Silva")),
        ("Hotel Tivoli 213198900", Compound.NAME_PHONE, Parts("Hotel Tivoli", "213198900")),
        (
            "Silva & Filhos, Lda. 213198900",
            Compound.NAME_PHONE,
            Parts("Silva & Filhos, Lda.", "213198900"),
        ),
        ("Ana 12345", Compound.NAME_PHONE, None),
        ("912345678 913456789 Ana", Compound.NAME_PHONE, Parts("Ana", "912345678 913456789")),
        ("prefere ser contactada depois 912345678", Compound.NAME_PHONE, None),
        ("Ana <ana@x.pt>", Compound.NAME_EMAIL, Parts("Ana", email="ana@x.pt")),
        ("ana@x.pt (Ana Silva)", Compound.NAME_EMAIL, Parts("Ana Silva", email="ana@x.pt")),
        ('"Silva, Ana" <ana@x.pt>', Compound.NAME_EMAIL, Parts("Silva, Ana", email="ana@x.pt")),
        ("Ana 912345678 ana@x.pt", Compound.NAME_EMAIL, None),
        ("912345678 ana@x.pt", Compound.PHONE_EMAIL, Parts("", "912345678", "ana@x.pt")),
        ("ana@x.pt / 912345678", Compound.PHONE_EMAIL, Parts("", "912345678", "ana@x.pt")),
        ("Ana ana@x.pt", Compound.PHONE_EMAIL, None),
        (
            "Ana Silva; 912345678; ana@x.pt",
            Compound.NAME_PHONE_EMAIL,
            Parts("Ana Silva", "912345678", "ana@x.pt"),
        ),
        ("", Compound.NAME_PHONE, None),
        ("x" * 500, Compound.NAME_PHONE, None),
    ],
)
def test_contacts(text: str, kind: Compound, expected: Parts | None) -> None:
    assert split(text, kind, HERE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rua X 5, 1000-001 Lisboa", Postal("Rua X 5", "1000-001", "Lisboa")),
        (
            "Rua das Flores, 5 - 2º Dto, 4000-123 Porto",
            Postal("Rua das Flores, 5 - 2º Dto", "4000-123", "Porto"),
        ),
        (
            "Rua das Flores 5 4000-123 Porto, Portugal",
            Postal("Rua das Flores 5", "4000-123", "Porto", "", "Portugal"),
        ),
        ("Rua A, 5\n1000-001 Lisboa", Postal("Rua A, 5", "1000-001", "Lisboa")),
        ("Morada: Rua X 5, 1000-001 Lisboa", Postal("Rua X 5", "1000-001", "Lisboa")),
        (
            "Rua X, 5 - Centro, São Paulo - SP, 01000-000",
            Postal("Rua X, 5 - Centro", "01000-000", "São Paulo", "SP"),
        ),
        (
            "Av. Paulista, 1578 - Bela Vista, São Paulo - SP, 01310-200, Brasil",
            Postal("Av. Paulista, 1578 - Bela Vista", "01310-200", "São Paulo", "SP", "Brasil"),
        ),
        ("12 Main St, Leeds LS1 4AP, UK", Postal("12 Main St", "LS1 4AP", "Leeds", "", "UK")),
        ("10 Downing Street\nLondon\nSW1A 2AA", Postal("10 Downing Street", "SW1A 2AA", "London")),
        ("12 Main St, Leeds, UK", Postal("12 Main St", "", "Leeds", "", "UK")),
        ("12 Main St, Springfield, IL 62704", Postal("12 Main St", "62704", "Springfield", "IL")),
        (
            "12 Main St, Apt 4, Springfield IL 62704, USA",
            Postal("12 Main St, Apt 4", "62704", "Springfield", "IL", "USA"),
        ),
        ("Hauptstr. 5, D-10115 Berlin", Postal("Hauptstr. 5", "D-10115", "Berlin")),
        (
            "12 rue de la Paix, 75002 Paris, France",
            Postal("12 rue de la Paix", "75002", "Paris", "", "France"),
        ),
        (
            "Calle Mayor 5, 28013 Madrid (Madrid)",
            Postal("Calle Mayor 5", "28013", "Madrid", "Madrid"),
        ),
        ("Via Roma 1, 00184 Roma RM", Postal("Via Roma 1", "00184", "Roma", "RM")),
        ("Keizersgracht 1, 1015 AB Amsterdam", Postal("Keizersgracht 1", "1015 AB", "Amsterdam")),
        ("广东省深圳市南山区科技路5号", Postal("南山区科技路5号", "", "深圳市", "广东省")),
        ("北京市朝阳区建国路88号", Postal("朝阳区建国路88号", "", "北京市")),
        ("浙江杭州市西湖区文三路1号", Postal("西湖区文三路1号", "", "杭州市", "浙江")),
        (
            "中国上海市浦东新区世纪大道100号，邮编200120",
            Postal("浦东新区世纪大道100号", "200120", "上海市", "", "中国"),
        ),
        (
            "518000 广东省深圳市福田区深南大道1号",
            Postal("福田区深南大道1号", "518000", "深圳市", "广东省"),
        ),
        ("106台北市大安區忠孝東路四段1號", Postal("大安區忠孝東路四段1號", "106", "台北市")),
        (
            "〒100-0001 東京都千代田区千代田1-1",
            Postal("千代田1-1", "100-0001", "千代田区", "東京都"),
        ),
        ("澳门南湾大马路1号", Postal("南湾大马路1号", "", "澳门")),
        ("科技路5号", None),
        ("深圳市南山区", None),
        ("Rua X 5, Lisboa", None),
        ("Rua X 5", None),
        ("Lisboa", None),
        ("912345678, ana@x.pt", None),
        ("", None),
    ],
)
def test_addresses(text: str, expected: Postal | None) -> None:
    assert split_address(text) == expected


def test_columns() -> None:
    phones = ["王秀英 13800138000", "李伟 13900139000", "张三 13700137000", "赵六"]
    assert detect(phones, HERE) == Combined(Compound.NAME_PHONE, 0.75)
    assert detect(["Ana <a@x.pt>", "Rui <r@x.pt>"]) == Combined(Compound.NAME_EMAIL, 1.0)
    streets = ["Rua X 5, 1000-001 Lisboa", "Rua Y 7, 4000-123 Porto", "Rua da Boavista, sem número"]
    found = detect(streets)
    assert found is not None
    assert found.kind is Compound.ADDRESS
    # Whether it may feed both, its header says.
    places = detect(["1000-001 Lisboa", "4000-123 Porto"], HERE)
    assert places == Combined(Compound.POSTCODE_CITY, 1.0)
    for plain in (
        ["912345678", "213456789"],
        ["Ana Silva", "Rui Costa"],
        ["a@x.pt", "b@x.pt"],
        ["Rua X 5", "Rua Y 7"],
        ["1998-03-05", "2001-01-01"],
        ["130437866", 127322286.0],
        ["", None],
        [],
    ):
        assert detect(plain, HERE) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("王秀英", "", ("秀英", "王")),
        ("王 秀英", "", ("秀英", "王")),
        ("欧阳修", "", ("修", "欧阳")),
        ("欧阳娜娜", "", ("娜娜", "欧阳")),
        ("김민수", "", ("민수", "김")),
        ("Maria da Silva", "pt", ("Maria", "da Silva")),
        ("João Silva Filho", "pt", ("João", "Silva Filho")),
        ("Ana Maria Santos", "pt", ("Ana Maria", "Santos")),
        ("María García López", "es", ("María", "García López")),
        ("Ludwig van Beethoven", "de", ("Ludwig", "van Beethoven")),
        ("Silva, Ana", "pt", ("Ana", "Silva")),
        ("Ana", "pt", None),
        ("Empresa Nova Lda", "pt", None),
    ],
)
def test_names(name: str, language: str, expected: tuple[str, str] | None) -> None:
    assert split_name(name, language) == expected


def letters(text: str) -> set[str]:
    folded = unicodedata.normalize("NFKC", text)
    return set(re.findall(r"[^\W_]", folded))


@given(
    st.sampled_from(list(Compound)),
    st.lists(
        st.sampled_from(
            "Ana|Silva|912345678|ana@x.pt|1000-001|Lisboa|Rua X 5|casa|12|王秀英|13800138000|"
            "广东省|深圳市|科技路5号|SP|Portugal|IL 62704".split("|")
        ),
        max_size=6,
    ),
    st.sampled_from([" ", ", ", " - ", "\n", "/", "("]),
)
def test_nothing_is_dropped(kind: Compound, pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    parts = split(text, kind, HERE)
    if parts is not None:
        assert letters(text) <= letters("".join(parts))
