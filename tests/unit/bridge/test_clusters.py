"""Values that are one, written in several ways."""

from __future__ import annotations

import pytest

from crm_desktop.bridge.values.clusters import find_clusters, fingerprint, has_spellings
from crm_desktop.domain.imports import Cluster


@pytest.mark.parametrize(
    "values",
    [
        ("Lisboa", "lisboa", "LISBOA", " Lisboa ", "Lisboa."),
        ("Évora", "Evora", "EVORA"),
        ("São João da Madeira", "Sao Joao da Madeira", "S\u0061\u0303o João-da-Madeira"),
        ("Porto Alegre", "PortoAlegre", "Porto  Alegre", "Porto\u00a0Alegre"),
        ("上海", "上 海", "「上海」"),
        ("ＶＩＰ", "vip"),
        ("Straße", "STRASSE"),
    ],
)
def test_the_same_fingerprint(values: tuple[str, ...]) -> None:
    assert len({fingerprint(value) for value in values}) == 1
    assert has_spellings(values)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A+", "A"),
        ("A-", "A"),
        ("C#", "C++"),
        ("VIP", "VIP?"),
        ("1-2", "12"),
        ("3.5", "35"),
        ("2,5", "25"),
        ("5★", "5"),
        ("Porto Alegre", "Alegre Porto"),
        ("ハス", "バス"),  # lotus and bus: marks that are no decoration
        ("กา", "กี"),
        ("?", "!"),
        ("上海", "海上"),
    ],
)
def test_another_fingerprint(one: str, other: str) -> None:
    assert fingerprint(one) != fingerprint(other)


def test_a_cluster_keeps_its_most_frequent_writing() -> None:
    counts = {"Lisboa": 312, "LISBOA": 2, "lisboa": 4, "Porto": 90}
    assert find_clusters(counts) == (
        Cluster((("Lisboa", 312), ("lisboa", 4), ("LISBOA", 2)), "Lisboa", same=True),
    )


def test_among_frequent_ones_the_most_careful_wins() -> None:
    assert find_clusters({"EVORA": 5, "evora": 6, "Évora": 3})[0].target == "Évora"
    # But not where it is the exception.
    assert find_clusters({"Evora": 60, "Évora": 2})[0].target == "Evora"


def test_a_slip_is_offered_apart_from_what_is_surely_one() -> None:
    found = find_clusters({"Coimbra": 40, "coimbra": 3, "Coimbrra": 1, "COIMBRRA": 1})
    assert [(c.same, c.target, dict(c.values)) for c in found] == [
        (True, "Coimbra", {"Coimbra": 40, "coimbra": 3}),
        (True, "Coimbrra", {"Coimbrra": 1, "COIMBRRA": 1}),
        (False, "Coimbra", {"Coimbra": 40, "Coimbrra": 1, "COIMBRRA": 1}),
    ]


@pytest.mark.parametrize(
    "towns",
    [
        {"Lagos": 30, "Lagoa": 2},  # short names
        {"Almada": 9, "Almeda": 8},  # nearly as frequent
        {"Chaves": 30, "Chaves de Baixo": 1},
        {"Sector 12": 30, "Sector 13": 1},  # figures are never slips
        {"Cadaval": 30, "Nadaval": 1},  # the first letter is hardly ever wrong
        {"上海市浦东新区": 30, "上海市浦西新区": 1},
    ],
)
def test_distinct_names_are_left_alone(towns: dict[str, int]) -> None:
    assert find_clusters(towns) == ()


def test_slips_make_no_chains() -> None:
    found = find_clusters({"Matosinhos": 50, "Matosinhoss": 20, "Matosinhosss": 5})
    assert [dict(c.values) for c in found] == [
        {"Matosinhos": 50, "Matosinhoss": 20, "Matosinhosss": 5}
    ]
    found = find_clusters({"Esposende": 40, "Esposenda": 10, "Esposanda": 3})
    assert [dict(c.values) for c in found] == [{"Esposende": 40, "Esposenda": 10}]


def test_nothing_to_group() -> None:
    assert find_clusters({}) == ()
    assert find_clusters({"Lisboa": 1, "Porto": 1, "-": 2, "--": 1}) == ()
    assert not has_spellings(("Lisboa", "Porto"))
