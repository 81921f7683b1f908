"""Any table of customers, written in any layout and format, comes in equal."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import sheet_files
from archives import import_file
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crm_desktop.services.workspace import Workspace

GIVEN = ("Ana", "João", "Inês", "Rui", "Zoë", "Luís", "Beatriz", "Tomás")
FAMILY = ("Silva", "da Conceição", "Ferreira", "Müller", "O'Neill", "Gonçalves")
CITIES = ("Lisboa", "Évora", "Porto", "Faro", "Beja")
STREETS = ("Rua das Flores, 5", "Av. da Liberdade, 120 2.º Esq.", "Largo do Carmo, 1")
NOTES = ("", "Prefere contacto à tarde", "Linha um; linha dois", "Não ligar ao domingo")
HEADERS = {
    "name": ("Nome", "Nome completo", "Cliente", "姓名", "Full name", "Nombre completo", "ФИО"),
    "phone": ("Telemóvel", "Mobile", "手机", "Móvil", "Handy", "携帯電話"),
    "email": ("E-mail", "Correio eletrónico", "邮箱", "Courriel", "Эл. почта"),
    "street": ("Morada", "Address", "地址", "Dirección", "Anschrift"),
    "postcode": ("Código postal", "Postcode", "邮编", "PLZ", "CAP"),
    "city": ("Localidade", "City", "城市", "Ciudad", "Ort"),
    "notes": ("Notas", "Notes", "备注", "Bemerkungen", "Observações"),
    "custom": ("Lugar preferido", "Frequent flyer", "座位偏好"),
}
FIELDS = tuple(HEADERS)


class Person(NamedTuple):
    name: str
    phone: str
    email: str
    street: str
    postcode: str
    city: str
    notes: str
    custom: str


class Layout(NamedTuple):
    """How a table lies on its sheet."""

    suffix: str
    order: tuple[int, ...]
    headers: tuple[str, ...]
    titles: tuple[str, ...]
    left: int
    gaps: frozenset[int]


@st.composite
def people(draw: st.DrawFn) -> list[Person]:
    count = draw(st.integers(1, 12))
    names = draw(
        st.lists(
            st.tuples(st.sampled_from(GIVEN), st.sampled_from(FAMILY)),
            min_size=count,
            max_size=count,
            unique=True,
        )
    )
    return [
        Person(
            name=" ".join(name),
            phone=f"91{draw(st.integers(1000, 9999))}{i:03d}",
            email=f"{draw(st.sampled_from('abcxyz'))}{i}@example.org",
            street=draw(st.sampled_from(STREETS)),
            postcode=f"{draw(st.integers(1000, 9999))}-{draw(st.integers(100, 999))}",
            city=draw(st.sampled_from(CITIES)),
            notes=draw(st.sampled_from(NOTES)),
            custom=draw(st.sampled_from(("", "janela", "coxia", "asa"))),
        )
        for i, name in enumerate(names)
    ]


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    return Layout(
        suffix=draw(st.sampled_from(("xlsx", "xls", "ods", "csv"))),
        order=tuple(draw(st.permutations(range(len(FIELDS))))),
        headers=tuple(draw(st.sampled_from(HEADERS[field])) for field in FIELDS),
        titles=tuple(draw(st.lists(st.sampled_from(("Clientes", "2019", "")), max_size=3))),
        left=draw(st.integers(0, 2)),
        gaps=draw(st.frozensets(st.integers(1, 12), max_size=3)),
    )


def lay_out(table: Sequence[Person], layout: Layout) -> list[list[Any]]:
    margin = [None] * layout.left
    rows: list[list[Any]] = [[*margin, title or None] for title in layout.titles]
    if rows:
        rows.append([])
    rows.append([*margin, *(layout.headers[at] for at in layout.order)])
    for number, person in enumerate(table):
        if number in layout.gaps:
            rows.append([])
        rows.append([*margin, *(person[at] or None for at in layout.order)])
    return rows


def write(folder: Path, rows: list[list[Any]], suffix: str) -> Path:
    path = folder / f"clientes.{suffix}"
    if suffix == "csv":
        sheet_files.write_csv(path, rows)
    else:
        writer = {
            "xlsx": sheet_files.write_xlsx,
            "xls": sheet_files.write_xls,
            "ods": sheet_files.write_ods,
        }[suffix]
        writer(path, {"Folha1": rows})
    return path


ANA = Person("Ana Silva", "911000000", "a0@example.org", STREETS[0], "1000-100", "Faro", "", "asa")


@settings(max_examples=25)
@given(table=people(), layout=layouts())
@example(
    table=[ANA],
    layout=Layout(
        "csv", tuple(range(8)), tuple(h[0] for h in HEADERS.values()), (), 0, frozenset()
    ),
)
def test_any_layout(table: list[Person], layout: Layout) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = write(folder, lay_out(table, layout), layout.suffix)
        workspace = Workspace.open(folder / "a.crm", create=True, data_dir=folder / "data")
        try:
            workspace.settings.set_home_country("PT")
            found = import_file(workspace, path)
        finally:
            workspace.close(backup=False)
    header = layout.headers[FIELDS.index("custom")]
    assert [as_person(c, header) for c in found.customers] == table


def as_person(customer: dict[str, Any], custom: str) -> Person:
    (phone,) = customer["phones"]
    (email,) = customer["emails"]
    (address,) = customer["addresses"]
    return Person(
        name=customer["name"],
        phone=phone["number"].removeprefix("+351"),
        email=email["address"],
        street=address["street"],
        postcode=address["postcode"],
        city=address["city"],
        notes=customer["notes"],
        custom=customer["custom"].get(custom, ""),
    )
