"""One sheet with a form for each customer, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from archives import Imported, import_file
from sheet_files import write_xlsx

from crm_desktop.domain.imports import SheetKind
from crm_desktop.services.workspace import Workspace

PEOPLE = (
    ("Ana Ferreira", "912 345 678", "Rua do Sol, 5", "Évora"),
    ("Rui Tavares", "963 111 222", "Rua Nova, 17", "Porto"),
    ("王秀英", "963 111 333", "Rua Alta, 1", "Lisboa"),
)


def form(person: Sequence[str], labels: Sequence[str]) -> list[list[str]]:
    return [[label, value] for label, value in zip(labels, person, strict=True)]


def came_in(workspace: Workspace, path: Path, rows: Sequence[Sequence[str]]) -> Imported:
    write_xlsx(path, {"Fichas": rows})
    made = import_file(workspace, path)
    assert made.sheets[0].kind is SheetKind.CARDS
    for name, phone, street, city in PEOPLE:
        assert made.phones(name) == ["+351" + phone.replace(" ", "")]
        (address,) = made.by_name[name]["addresses"]
        assert (address["street"], address["city"]) == (street, city)
    return made


@pytest.mark.parametrize(
    "labels",
    [
        ("Nome:", "Telefone:", "Morada:", "Localidade:"),
        ("Name", "Phone", "Address", "City"),
        ("姓名：", "电话：", "地址：", "城市："),
    ],
)
@pytest.mark.parametrize("gap", [0, 1, 2])
def test_each_form_is_a_customer(
    workspace: Workspace, tmp_path: Path, labels: Sequence[str], gap: int
) -> None:
    workspace.settings.set_home_country("PT")
    rows = [row for person in PEOPLE for row in (*form(person, labels), *[["", ""]] * gap)]
    made = came_in(workspace, tmp_path / "fichas.xlsx", rows)
    assert len(made.names) == 3


def test_titles_of_sheet_and_forms_are_no_notes(workspace: Workspace, tmp_path: Path) -> None:
    workspace.settings.set_home_country("PT")
    labels = ("Nome:", "Telefone:", "Morada:", "Localidade:")
    rows = [["A nossa agência", ""], ["", ""]]
    for number, person in enumerate(PEOPLE, start=1):
        rows += [[f"Ficha {number}", ""], *form(person, labels), ["", ""]]
    made = came_in(workspace, tmp_path / "fichas.xlsx", rows)
    assert not any(customer.get("notes") for customer in made.customers)


def test_a_title_above_all_belongs_to_none(workspace: Workspace, tmp_path: Path) -> None:
    workspace.settings.set_home_country("PT")
    labels = ("Nome:", "Telefone:", "Morada:", "Localidade:")
    rows = [["Clientes", ""]]
    for person in PEOPLE:
        rows += [*form(person, labels), ["Prefere a tarde", ""], ["", ""]]
    made = came_in(workspace, tmp_path / "fichas.xlsx", rows)
    assert {customer["notes"] for customer in made.customers} == {"Prefere a tarde"}


def test_a_list_whose_header_comes_again_is_a_list(workspace: Workspace, tmp_path: Path) -> None:
    header = ["Nome", "Telefone", "Localidade"]
    rows = [header]
    for name, phone, _street, city in PEOPLE:
        rows += [[name, phone, city], [""] * 3, header]
    write_xlsx(tmp_path / "lista.xlsx", {"Lista": rows})
    made = import_file(workspace, tmp_path / "lista.xlsx")
    assert sorted(made.names) == sorted(person[0] for person in PEOPLE)
    assert made.sheets[0].kind is SheetKind.LIST


def test_a_header_on_every_page_begins_no_form(workspace: Workspace, tmp_path: Path) -> None:
    rows: list[list[object]] = []
    for number, (name, phone, _street, city) in enumerate(PEOPLE, start=1):
        rows += [["Nº", "Nome", "Telefone", "Cidade"], [10000 + number, name, phone, city]]
    write_xlsx(tmp_path / "lista.xlsx", {"Lista": rows})
    made = import_file(workspace, tmp_path / "lista.xlsx")
    assert made.sheets[0].kind is SheetKind.LIST
    assert sorted(made.names) == sorted(person[0] for person in PEOPLE)
