"""Towns in a sheet without a header, which the same workbook names under one elsewhere."""

from __future__ import annotations

from archives import PEOPLE, Bring

TOWNS = ["Itu", "Votorantim", "Itu", "Salto"]
BARE = [[name, f"91234567{i}", TOWNS[i]] for i, name in enumerate(PEOPLE)]
NAMED = [["Nome", "Telefone", "Cidade"], ["Olga Pires", "915000001", "Itu"]]
NAMED += [["Hugo Dias", "915000002", "Votorantim"], ["Lia Matos", "915000003", "Salto"]]


def test_they_are_known(bring: Bring) -> None:
    found = bring(BARE, NAMED, country="PT")
    assert found.fields()["C"] == "city"
    assert [found.by_name[name]["addresses"][0]["city"] for name in PEOPLE] == TOWNS


def test_words_that_nothing_calls_towns_are_an_own_field(bring: Bring) -> None:
    found = bring(BARE, [["Nome", "Telefone", "Turma"], *NAMED[1:]], country="PT")
    assert found.fields()["C"] == "custom:C"
