"""Whose name a row bears: the pupil's, not the guardian's; a firm's; a name of three parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from archives import Imported, import_file

from crm_desktop.services.workspace import Workspace

Bring = Callable[[Sequence[Sequence[Any]]], Imported]


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    """Import one sheet of rows; None stands for a blank cell."""

    def make(rows: Sequence[Sequence[Any]]) -> Imported:
        path = tmp_path / "book.xlsx"
        book = xlsxwriter.Workbook(str(path))
        sheet = book.add_worksheet()
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is not None:
                    sheet.write(r, c, value)
        book.close()
        data = tmp_path / "data"
        with Workspace.open(tmp_path / "a.crm", create=True, data_dir=data) as workspace:
            return import_file(workspace, path)

    return make


PUPILS = ("Ana Silva", "Rui Costa", "Eva Lima", "Ivo Reis")
PARENTS = ("Rosa Silva", "Nuno Costa", "Olga Lima", "Pia Reis")
PHONES = ("+351912345678", "+351913456789", "+351914567890", "+351915678901")


@pytest.mark.parametrize(
    ("served", "guardian"),
    [("Alumno/a", "Padre/Madre/Tutor"), ("Nombre", "Tutor"), ("Élève", "Parents")],
)
def test_the_person_served_is_the_customer_and_his_guardian_a_field(
    bring: Bring, served: str, guardian: str
) -> None:
    found = bring([[guardian, served, "Móvil"], *zip(PARENTS, PUPILS, PHONES, strict=True)])
    assert found.names == list(PUPILS)
    assert found.by_name["Ana Silva"]["custom"] == {guardian: "Rosa Silva"}


@pytest.mark.parametrize("guardian", ["Tutor(a)", "Padre/Madre/Tutor"])
def test_without_another_name_the_guardian_is_the_customer(bring: Bring, guardian: str) -> None:
    found = bring([[guardian, "Animal", "Tel."], *zip(PARENTS, "ABCD", PHONES, strict=True)])
    assert found.names == list(PARENTS)


def test_a_guardian_beside_a_name_in_two_parts(bring: Bring) -> None:
    # The surname is the child's, too: that makes the guardian's name no whole of the parts.
    parts = [pupil.split() for pupil in PUPILS]
    rows = [[*p, g, t] for p, g, t in zip(parts, PARENTS, PHONES, strict=True)]
    found = bring([["First name", "Last name", "Guardian", "Mobile"], *rows])
    assert found.names == list(PUPILS)
    assert found.by_name["Ana Silva"]["custom"] == {"Guardian": "Rosa Silva"}


@pytest.mark.parametrize("breed", ["Raça", "Breed"])
def test_the_plain_name_of_an_animal_is_not_its_owners(bring: Bring, breed: str) -> None:
    animals = ("Bobi", "Tareco", "Max", "Luna")
    rows = zip(animals, ("Boxer",) * 4, PARENTS, PHONES, strict=True)
    found = bring([["Nome", breed, "Tutor", "Telemóvel"], *rows])
    assert found.names == list(PARENTS)
    assert found.by_name["Rosa Silva"]["custom"]["Nome"] == "Bobi"
