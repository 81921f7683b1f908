"""What stands below a list and is no customer: counts of them, and blocks of remarks."""

from __future__ import annotations

from typing import Any

import pytest
from archives import PEOPLE
from opened import Look

from crm_desktop.domain.imports import BandKind

PHONES = [[name, f"91234567{i}"] for i, name in enumerate(PEOPLE)]


@pytest.mark.parametrize(
    ("header", "count"),
    [
        ("Student", ["Students: 4"]),
        ("Member", ["Members: 4"]),
        ("Client", ["Clients: 4"]),
        ("Client", ["Clients:", 4]),
        ("Aluno", ["Alunos: 4"]),
        ("Alumno", ["Alumnos: 4"]),
        ("Élève", ["Élèves : 4"]),
        ("Mitglied", ["Mitglieder: 4"]),
        ("Allievo", ["Allievi: 4"]),
        ("Клиент", ["Клиенты: 4"]),
        ("学员", ["学员：4人"]),
        ("會員", ["會員:4"]),
        ("会員", ["会員：4名"]),
        ("회원", ["회원: 4명"]),
    ],
)
def test_counted_customers_are_a_total(look: Look, header: str, count: list[Any]) -> None:
    found = look([[header, "Mobile"], *PHONES, count])
    assert found.names == list(PEOPLE)
    assert found.bands(BandKind.TOTAL) == [6]


@pytest.mark.parametrize("name", ["Members", "Alunos 4", "学员小王", "Clients: Rui"])
def test_words_without_a_figure_are_no_total(look: Look, name: str) -> None:
    found = look([["Client", "Mobile"], *PHONES[:2], [name, "912345699"], *PHONES[2:]])
    assert found.bands(BandKind.TOTAL) == []
    assert name in found.names


REMARKS = ["Preços válidos até dezembro", "Pagamento por MBWay", "Fechado à segunda"]


def test_a_block_of_remarks_is_no_customer(look: Look) -> None:
    rows = [["Nome", "Telemóvel"], *PHONES, [], *([text] for text in REMARKS)]
    found = look(rows)
    assert found.names == list(PEOPLE)
    assert found.bands(BandKind.NOTE) == [7, 8, 9]


def test_remarks_below_a_starred_one_are_such(look: Look) -> None:
    rows = [["Nome", "Telemóvel"], *PHONES, ["* sócio fundador"], [REMARKS[1]], [REMARKS[2]]]
    assert look(rows).names == list(PEOPLE)


def test_the_last_customers_of_a_list_may_have_a_name_alone(look: Look) -> None:
    rows = [["Nome", "Telemóvel"], *PHONES, ["Zita Luz"], ["Hugo Sol"]]
    assert look(rows).names == [*PEOPLE, "Zita Luz", "Hugo Sol"]


def test_names_below_a_note_in_a_single_column_are_customers(look: Look) -> None:
    rows = [["Nome do cliente"], ["Ana Silva"], ["Obs: paga sempre"], ["Rui Costa"], ["Eva Lima"]]
    assert look(rows).names == ["Ana Silva", "Rui Costa", "Eva Lima"]
