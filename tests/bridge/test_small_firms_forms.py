"""Forms of small firms: pairs of labels and values, and what else stands on a form."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from archives import PEOPLE, Bring

from crm_desktop.domain.imports import SheetKind

TOP = ("Nome", "Telefone", "Morada", "Localidade")


def form(name: str, number: int) -> list[list[Any]]:
    phone, street = f"91234567{number}", f"Rua Alta, {number}"
    return [[TOP[0], name, TOP[1], phone], [TOP[2], street, TOP[3], "Porto"]]


def customer(bring: Bring, *below: list[Any]) -> dict[str, Any]:
    """The second of four customers, each with a sheet that ends with the same rows."""
    found = bring(*([*form(name, i), *below] for i, name in enumerate(PEOPLE)), country="PT")
    assert [sheet.kind for sheet in found.sheets] == [SheetKind.CARDS]
    assert found.names == list(PEOPLE)
    return found.by_name["Rui Costa"]


@pytest.mark.parametrize("value", ["Website", "Site", "Google", "Facebook", "E-mail", "Cliente"])
@pytest.mark.parametrize("columns", [2, 4])
def test_values_that_are_words_of_labels(bring: Bring, value: str, columns: int) -> None:
    pair = ["Como soube", value] if columns == 2 else ["Plano", "A", "Como soube", value]
    custom = customer(bring, pair)["custom"]
    assert custom == {"Como soube": value} | ({"Plano": "A"} if columns == 4 else {})


def test_a_value_without_its_label_is_not_lost(bring: Bring) -> None:
    found = customer(bring, [None, "Website", "Plano", "A"])
    assert (found["notes"], found["custom"]) == ("Website", {"Plano": "A"})


def test_labels_without_values_stay_blank(bring: Bring) -> None:
    found = customer(bring, ["Email", None, "Fax", None], ["Plano", "A"])
    assert (found["notes"], found["custom"]) == ("", {"Plano": "A"})


@pytest.mark.parametrize(
    ("table", "notes"),
    [
        ([["1", "Corte", "20 €"], ["2", "Cor", "30 €"]], "1 · Corte · 20 €\n2 · Cor · 30 €"),
        ([[1, dt.date(2024, 1, 2), "Corte"]], "1 · 2024-01-02 · Corte"),
        ([["Visitas"], ["1.", "Corte"], ["2.", "Cor"]], "Visitas\n1. · Corte\n2. · Cor"),
        (
            [["Nº", "Serviço", "Valor"], ["1", "Corte", 20], ["2", "Cor", 30]],
            "Nº · Serviço · Valor\n1 · Corte · 20\n2 · Cor · 30",
        ),
        (
            [["Serviço", "Artigo", "Valor"], ["Corte", "Cabelo", 20]],
            "Serviço · Artigo · Valor\nCorte · Cabelo · 20",
        ),
    ],
)
def test_small_tables_are_notes(bring: Bring, table: list[list[Any]], notes: str) -> None:
    found = customer(bring, [], *table)
    assert (found["notes"], found["custom"]) == (notes, {})


def test_rows_of_figures_are_pairs(bring: Bring) -> None:
    found = customer(bring, ["Zona", 12, "Rota", 15], ["Plano", 5, "Dia", 3])
    assert found["custom"] == {"Zona": "12", "Rota": "15", "Plano": "5", "Dia": "3"}
