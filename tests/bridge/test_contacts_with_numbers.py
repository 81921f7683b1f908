"""Who answers and at which number, in one cell beside the customer's name."""

from __future__ import annotations

import pytest
from archives import Bring, Imported

SHOPS = ["Golden Harvest", "Tai Wo 太和五金", "Lucky Star", "榮記燒臘"]
CARS = ["谷雨生", "百灵纸业有限公司", "谭国威", "穗丰餐饮"]
HOURS = ["9-18", "10-19", "9-18", "8-17"]


def phones(found: Imported, name: str) -> list[tuple[str, str]]:
    return [(p["number"] or p["raw"], p["label"]) for p in found.by_name[name]["phones"]]


def bring_contacts(bring: Bring, header: str, cells: list[str | None], country: str) -> Imported:
    names = SHOPS if country == "HK" else CARS
    rows = [list(row) for row in zip(names, cells, HOURS, strict=True)]
    return bring([["Customer", header, "Hours"], *rows], country=country)


@pytest.mark.parametrize("header", ["Attn / Tel", "Contact", "Contact person", "联系人"])
def test_a_name_and_a_number(bring: Bring, header: str) -> None:
    cells = ["Mr Chow 2388 5501", "Ms Poon (9222 5503)", "2691 5504 Mrs Ho", "榮哥 6111 5505"]
    found = bring_contacts(bring, header, [*cells], "HK")
    assert found.names == SHOPS
    assert phones(found, "Golden Harvest") == [("+85223885501", "Mr Chow")]
    assert phones(found, "Tai Wo 太和五金") == [("+85292225503", "Ms Poon")]
    assert phones(found, "Lucky Star") == [("+85226915504", "Mrs Ho")]
    assert phones(found, "榮記燒臘") == [("+85261115505", "榮哥")]
    assert found.sheets[0].problem_count == 0


def test_a_name_without_a_number_is_no_telephone(bring: Bring) -> None:
    cells = ["Mr Chow 2388 5501", "Ms Poon 9222 5503", "Mrs Ho", "榮哥 6111 5505"]
    found = bring_contacts(bring, "Attn / Tel", [*cells], "HK")
    assert phones(found, "Lucky Star") == []
    assert found.by_name["Lucky Star"]["custom"]["Attn / Tel"] == "Mrs Ho"
    assert found.sheets[0].problem_count == 0


def test_several_with_their_numbers(bring: Bring) -> None:
    several = "司机老冯13570301102；行政邝小姐 020-85520033"
    cells = ["13570301101", several, "13570301103/13570301104", "老板13570301105 店里020-34561122"]
    found = bring_contacts(bring, "联系人", [*cells], "CN")
    assert phones(found, CARS[1]) == [
        ("+8613570301102", "司机老冯"),
        ("+862085520033", "行政邝小姐"),
    ]
    assert phones(found, CARS[2]) == [("+8613570301103", ""), ("+8613570301104", "")]
    assert phones(found, CARS[3]) == [("+8613570301105", "老板"), ("+862034561122", "店里")]


def test_numbers_among_names_are_found_and_the_cell_stays(bring: Bring) -> None:
    several = "司机老冯13570301102；行政邝小姐 020-85520033"
    found = bring_contacts(bring, "联系人", [None, several, "谭国威", "邓老板"], "CN")
    assert found.fields()["B"] == "custom:联系人"
    assert phones(found, CARS[1]) == [
        ("+8613570301102", "司机老冯"),
        ("+862085520033", "行政邝小姐"),
    ]
    assert found.by_name[CARS[1]]["custom"]["联系人"] == several
    assert phones(found, CARS[3]) == []


def test_people_of_firms_are_the_customers(bring: Bring) -> None:
    firms = ["Mar Alto, Lda", "Sol Posto, Lda", "Boa Vista, SA", "Três Rios, SA"]
    cells = [f"Ana Silva{'aeio'[i]} 91234567{i}" for i in range(4)]
    rows = [[firm, cell] for firm, cell in zip(firms, cells, strict=True)]
    found = bring([["Cliente", "Contacto / Responsável"], *rows], country="PT")
    assert phones(found, "Ana Silvaa") == [("+351912345670", "")]
    assert found.by_name["Ana Silvaa"]["organisation"] == "Mar Alto, Lda"
