"""Titles above several lists of one sheet, beside or below each other."""

from __future__ import annotations

from typing import Any

import pytest
from opened import Look

Rows = list[list[Any]]
BESIDE: Rows = [
    ["COURS DU LUNDI", None, None, "COURS DU JEUDI"],
    ["Nom", "Portable", None, "Nom", "Portable"],
    ["Anne Roux", "0612345671", None, "Luc Petit", "0612345674"],
    ["Marc Faure", "0612345672", None, "Zoé Blin", "0612345675"],
]
BELOW: Rows = [
    ["COURS DU LUNDI"],
    ["Nom", "Portable"],
    ["Anne Roux", "0612345671"],
    ["Marc Faure", "0612345672"],
    [],
    ["LISTE D'ATTENTE"],
    ["Nom et prénom", "Téléphone", "Cours souhaité"],
    ["Luc Petit", "0612345674", "lundi"],
]


def tags(look: Look, rows: Rows) -> dict[str, tuple[str, ...]]:
    return {draft.name: draft.tags for draft in look(rows, country="FR").drafts}


@pytest.mark.parametrize(
    ("rows", "other"), [(BESIDE, "COURS DU JEUDI"), (BELOW, "LISTE D'ATTENTE")]
)
def test_they_are_tags(look: Look, rows: Rows, other: str) -> None:
    found = tags(look, rows)
    assert found["Anne Roux"] == found["Marc Faure"] == ("COURS DU LUNDI",)
    assert found["Luc Petit"] == (other,)


def test_a_class_may_be_named_behind_a_colon(look: Look) -> None:
    found = tags(look, [["Turma: A"], *BELOW[1:]])
    assert found["Anne Roux"] == ("Turma: A",)


def test_the_title_of_a_sheet_is_none(look: Look) -> None:
    assert set(tags(look, BELOW[:4]).values()) == {()}
    one_title = [[*row] for row in BESIDE]
    one_title[0][3] = None
    assert set(tags(look, one_title).values()) == {()}


def test_words_of_headers_are_none(look: Look) -> None:
    rows = [[*row] for row in BELOW]
    rows[0] = ["Clients"]
    found = tags(look, rows)
    assert (found["Anne Roux"], found["Luc Petit"]) == ((), ("LISTE D'ATTENTE",))
    rows[5] = ["Fournisseurs"]
    assert tags(look, rows)["Luc Petit"] == ("Fournisseurs",)


@pytest.mark.parametrize(
    "title", ["Studio Bella - membres", "Liste des clients", "宏盛水電行 客戶名冊", "工程紀錄"]
)
def test_what_a_table_is_tells_of_nobody(look: Look, title: str) -> None:
    rows = [[title], *BELOW[1:]]
    found = tags(look, rows)
    assert (found["Anne Roux"], found["Luc Petit"]) == ((), ("LISTE D'ATTENTE",))
