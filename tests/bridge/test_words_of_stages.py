"""Words in a column of stages: ten languages, and those that only their neighbours make stages."""

from __future__ import annotations

import pytest
from archives import PEOPLE
from opened import Look

FORMER = ["Lapsed", "Left", "Desistiu", "Cessou", "Inativa", "De baja", "Gekündigt", "Résilié"]


def stages(look: Look, header: str, *words: str) -> list[str | None]:
    rows = [[PEOPLE[i], f"91234567{i}", word] for i, word in enumerate(words)]
    return [d.stage for d in look([["Nome", "Telemóvel", header], *rows]).drafts]


@pytest.mark.parametrize("word", [*FORMER, "已终止", "停止合作", "解約", "해지"])
def test_former_customers(look: Look, word: str) -> None:
    assert stages(look, "Status", "Active", word, "Prospect") == ["customer", "former", "prospect"]


@pytest.mark.parametrize("word", ["服务中", "合作中", "Ativa", "Aktiv", "Vigente", "активный"])
def test_present_customers(look: Look, word: str) -> None:
    assert stages(look, "Estado", word, "Potencial") == ["customer", "potential"]


@pytest.mark.parametrize("word", ["Closed", "Encerrado", "Fechado", "已结束"])
def test_closed_is_former_only_beside_active(look: Look, word: str) -> None:
    assert stages(look, "Status", "Active", word, "Active") == ["customer", "former", "customer"]
    assert stages(look, "Status", "Won", word, "Lost", "Lead") == [
        *("customer", None, "former", "potential"),
    ]


def test_what_goes_on_is_a_stage_only_beside_others(look: Look) -> None:
    assert stages(look, "Estado", "Em curso", "Desistiu") == ["customer", "former"]
    assert stages(look, "Estado", "Em curso", "Pendente", "Em curso", "Pago") == [None] * 4
    assert stages(look, "Estado", "Em curso", "Desistiu", "Em curso", "Fechado")[0] is None
