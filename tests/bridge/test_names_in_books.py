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


@pytest.mark.parametrize(
    "headers",
    [
        ("First Name", "Middle Name", "Last Name"),
        ("Nome", "Nome do meio", "Sobrenome"),
        ("Nombre", "Segundo nombre", "Apellidos"),
        ("Vorname", "Zweiter Vorname", "Nachname"),
        ("First name", "Second name", "Surname"),
        ("Имя", "Отчество", "Фамилия"),
    ],
)
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_a_middle_name_is_part_of_the_name(
    bring: Bring, headers: Sequence[str], order: Sequence[int]
) -> None:
    rows = [
        headers,
        ("Neusa", "Dantas", "Lacerda"),
        ("Ana", None, "Silva"),
        ("Rui", "Rui", "Costa"),
    ]
    phones = ("Tel.", *PHONES)
    found = bring([[*(row[j] for j in order), t] for row, t in zip(rows, phones, strict=False)])
    said = [(c["name"], c["given_name"], c["family_name"]) for c in found.customers]
    assert said == [
        ("Neusa Dantas Lacerda", "Neusa Dantas", "Lacerda"),
        ("Ana Silva", "Ana", "Silva"),
        ("Rui Costa", "Rui", "Costa"),
    ]
    assert found.by_name["Neusa Dantas Lacerda"]["custom"] == {}


def test_two_surnames_in_columns_of_their_own(bring: Bring) -> None:
    rows = [("Ana", "Ruiz", "Vega"), ("Luis", "Soto", None), ("Eva", "Gil", "Paz")]
    found = bring([("Nombre", "Primer apellido", "Segundo apellido"), *rows])
    assert found.names == ["Ana Ruiz Vega", "Luis Soto", "Eva Gil Paz"]
    assert found.customers[0]["family_name"] == "Ruiz Vega"


def test_generations_are_part_of_the_name_and_degrees_are_not(bring: Bring) -> None:
    rows = [
        ("Dr", "John", "Hill", "Jr.", PHONES[0]),
        ("Ms", "Jane", "Poe", None, PHONES[1]),
        ("Mr", "Sam", "Lee", "III", PHONES[2]),
    ]
    header = ("Title", "First name", "Last name", "Suffix", "Mobile")
    found = bring([header, *rows])
    assert found.names == ["John Hill Jr.", "Jane Poe", "Sam Lee III"]
    assert found.by_name["John Hill Jr."]["title"] == "Dr"


def test_degrees_stay_a_field(bring: Bring) -> None:
    rows = [("John", "Hill", "PhD", PHONES[0]), ("Sam", "Lee", "MBA", PHONES[1])]
    found = bring([("First name", "Last name", "Suffix", "Mobile"), *rows])
    assert found.names == ["John Hill", "Sam Lee"]
    assert found.by_name["John Hill"]["custom"] == {"Suffix": "PhD"}


def test_a_middle_name_without_a_first_is_kept_as_a_field(bring: Bring) -> None:
    rows = zip(PUPILS, ("Maria", "João", "Inês", "José"), PHONES, strict=True)
    found = bring([("Full name", "Middle name", "Mobile"), *rows])
    assert found.names == list(PUPILS)
    assert found.by_name["Ana Silva"]["custom"] == {"Middle name": "Maria"}


@pytest.mark.parametrize(
    ("header", "firms", "persons"),
    [
        ("CPF/CNPJ", ("35.288.153/0001-60", "99903720000124"), ("529.982.247-25", "52998224725")),
        ("NIF", ("509442013", "PT 600 014 665"), ("215432189", "123 456 789")),
        ("NIPC / NIF", (509442013, "501442600"), (215432189, None)),
        ("NIF", ("B12345674", "G-58818501"), ("12345678Z", "X1234567L")),
        ("统一社会信用代码", ("91440300708461136T", "52110000400001234X"), (None, None)),
        ("税号", ("91440300708461136T", "92440300MA5EXAMPLE"), ("110101199003074477", None)),
    ],
)
def test_a_firms_number_makes_an_organisation(
    bring: Bring, header: str, firms: Sequence[Any], persons: Sequence[Any]
) -> None:
    names = ("Três Figueiras", "Feirão do Zé", *PUPILS[:2])
    rows = zip(names, (*firms, *persons), PHONES, strict=True)
    found = bring([("Cliente", header, "Tel."), *rows])
    kinds = {c["name"]: c["kind"] for c in found.customers}
    assert kinds == dict(zip(names, ("organisation",) * 2 + ("person",) * 2, strict=True))
    assert found.by_name["Três Figueiras"]["custom"].keys() == {header}


def test_a_firms_number_beside_its_name_says_nothing_of_the_person(bring: Bring) -> None:
    rows = [("Ana Silva", "Mar Alto", "509442013", PHONES[0])]
    found = bring([("Nome", "Empresa", "NIF", "Telemóvel"), *rows])
    assert (found.customers[0]["kind"], found.customers[0]["organisation"]) == (
        "person",
        "Mar Alto",
    )


def test_who_gives_a_number_for_the_bill_stays_a_person(bring: Bring) -> None:
    rows = [("王小明", "91440300708461136T", "13800138000"), ("李雷", None, "13800138001")]
    found = bring([("客户姓名", "税号", "手机"), *rows])
    assert [c["kind"] for c in found.customers] == ["person", "person"]


@pytest.mark.parametrize(
    ("header", "firm"),
    [
        (("Nom", "Prénom"), "SARL Menuiserie Aubrac"),
        (("Nom", "Prénom"), "Mairie de Saint-Chély"),
        (("Nome", "Apelido"), "Câmara Municipal de Évora"),
        (("Nome", "Apelido"), "Padaria Lua, Lda."),
        (("Name", "Vorname"), "Gemeinde Sylt"),
        (("Cognome", "Nome"), "Comune di Pisa"),
        (("Apellidos", "Nombre"), "Ayuntamiento de Lugo"),
    ],
)
def test_a_firm_in_one_of_two_columns_for_names(
    bring: Bring, header: Sequence[str], firm: str
) -> None:
    rows = [(firm, None, PHONES[0]), ("Silva", "Ana", PHONES[1]), ("Costa", "Rui", PHONES[2])]
    found = bring([(*header, "Tel."), *rows])
    customer = found.by_name[firm]
    said = (customer["kind"], customer["given_name"], customer["family_name"])
    assert said == ("organisation", "", "")
    assert [c["kind"] for c in found.customers[1:]] == ["person", "person"]


@pytest.mark.parametrize(
    ("header", "own", "other"),
    [
        ("Data de nascimento", "01/02/1980", "03/04/1990"),
        ("NIF", "215432189", "215432190"),
        ("IBAN", "PT50 0002 0123 1234 5678 9015 4", "PT50 0002 0123 1234 5678 9015 5"),
        ("身份证号", "110101198002010011", "110101199004030022"),
    ],
)
def test_a_row_without_a_name_that_is_plainly_another_person(
    bring: Bring, header: str, own: str, other: str
) -> None:
    found = bring(
        [
            ("Nome", "Telemóvel", header),
            ("Ana Silva", PHONES[0], own),
            (None, PHONES[1], other),
            (None, PHONES[2], None),
            ("Rui Costa", PHONES[3], None),
            *((name, None, None) for name in PUPILS[2:]),
        ]
    )
    assert found.names == ["Ana Silva", PHONES[1], *PUPILS[1:]]
    assert found.phones("Ana Silva") == [PHONES[0]]
    # The next one adds a phone to whom it stands below.
    assert found.phones(PHONES[1]) == [PHONES[1], PHONES[2]]


@pytest.mark.parametrize("header", ["Nº", "Cód.", "序号", "Nº sócio"])
def test_a_running_number_of_its_own_makes_a_customer(bring: Bring, header: str) -> None:
    found = bring(
        [
            (header, "Nome", "Telemóvel", "E-mail"),
            (1, "Ana Silva", PHONES[0], "ana@x.pt"),
            (2, None, PHONES[1], "eva@x.pt"),
            (None, None, None, "eva@work.pt"),
            *((n, name, None, None) for n, name in enumerate(PUPILS[1:], start=3)),
        ]
    )
    assert found.names == ["Ana Silva", PHONES[1], *PUPILS[1:]]
    mails = [m["address"] for m in found.by_name[PHONES[1]]["emails"]]
    assert mails == ["eva@x.pt", "eva@work.pt"]


def test_what_says_the_same_or_nothing_continues_the_row_above(bring: Bring) -> None:
    found = bring(
        [
            ("Nº", "Nome", "Telemóvel", "Data de nascimento", "NIF", "Notas"),
            (1, "Ana Silva", PHONES[0], "01/02/1980", None, None),
            (None, None, PHONES[1], "1.2.1980", "215432189", None),
            (1, None, None, None, "215 432 189", "segunda linha"),
            (2, "Rui Costa", PHONES[2], None, None, None),
            (3, None, None, None, None, "fala inglês"),
            *((n, name, None, None, None, None) for n, name in enumerate(PUPILS[2:], start=4)),
        ]
    )
    assert found.names == list(PUPILS)
    assert found.phones("Ana Silva") == [PHONES[0], PHONES[1]]
    assert found.by_name["Ana Silva"]["notes"] == "segunda linha"
    assert found.by_name["Rui Costa"]["notes"] == "fala inglês"
