"""What a seventh lot of unseen books has taught: long sheets of cards, rows that go on, counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from archives import Bring


def card(name: str, number: int, visits: int) -> list[list[Any]]:
    """A dietician's card: labels beside values, and a table of visits below."""
    return [
        ["FICHA DE CLIENTE"],
        ["Nome:", name, "Ficha nº:", number],
        ["Data nascimento:", dt.date(1960 + number, 4, 12), "Profissão:", "Professora"],
        ["Telemóvel:", f"96884414{number}", "Telefone:", None],
        ["E-mail:", f"ficha{number}@mail.example", "Localidade:", "Amadora"],
        ["Morada:", f"Rua do Alecrim, {number}", "Cód. Postal:", "2700-145"],
        ["Objectivo:", "Perder 10 kg", "Medicação:", None],
        ["Data", "Peso (kg)", "Observações"],
        *(
            [dt.date(2021, 2, 3 + visit), f"{78 - visit},5", "Cumpriu, sem fome"]
            for visit in range(visits)
        ),
        [],
        [],
    ]


def test_cards_below_each_other_far_down_a_sheet(bring: Bring) -> None:
    names = ["Rosalina Espinheira", "Valter Cordeiro", "Zulmira Patrício", "Ulisses Frade"]
    names += ["Branca Loureiro", "Lídia Barroso", "Otília Sarmento", "Quintino Reis"]
    rows = [row for n, name in enumerate(names) for row in card(name, n, n % 4 + 1)]
    imported = bring(rows, country="PT")
    assert imported.names == names
    assert [c["addresses"][0]["city"] for c in imported.customers] == ["Amadora"] * 8
