"""What an owner says of tables outside the window: sheets by name, kinds, mappings; and is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from archives import Imported
from sheet_files import write_xlsx
from writers_traits import MAIN, raw_xlsx, relations, worksheet

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.imports import SheetKind
from crm_desktop.services.imports.options import ImportOptions
from crm_desktop.services.workspace import Workspace

Sheets = Mapping[str, Sequence[Sequence[Any]]]
Bring = Callable[..., Imported]
PEOPLE = ("Ana Silva", "Rui Costa", "Eva Lima")


@pytest.fixture
def bring(workspace: Workspace, tmp_path: Path) -> Bring:
    def make(book: Sheets, **said: Any) -> Imported:
        path = tmp_path / "clientes.xlsx"
        write_xlsx(path, book)
        options = ImportOptions(**said)
        return Imported(workspace, workspace.imports.import_files([path], options=options))

    return make


# --- cards by their sheets' names ----------------------------------------------------------------


@pytest.fixture
def cards() -> Sheets:
    return {
        name.split()[1]: [["Nome:", name], ["Telefone:", f"91234567{i}"], ["Cidade:", "Porto"]]
        for i, name in enumerate(PEOPLE)
    }


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (("Costa",), ["Rui Costa"]),
        (("Silva",), ["Ana Silva"]),
        (("Lima", "Silva"), ["Ana Silva", "Eva Lima"]),
        ((), list(PEOPLE)),
    ],
)
def test_each_card_has_its_sheets_name(
    bring: Bring, cards: Sheets, wanted: tuple[str, ...], names: list[str]
) -> None:
    found = bring(cards, sheets=wanted)
    assert found.names == names


def test_an_unknown_sheet_is_told_with_all_cards(bring: Bring, cards: Sheets) -> None:
    with pytest.raises(UserError, match="Costa, Lima, Silva"):
        bring(cards, sheets=("Reis",))


# --- kinds of tables -----------------------------------------------------------------------------

FIGURES = {"Mapa": [["Quem", "Janeiro"], ["Ana S.", 10], ["Rui C.", 20], ["Eva L.", 30]]}
SALES = [
    ["Data", "Cliente", "Produto", "Valor"],
    *(["05/03/2019", name, "Corte", 12] for name in (*PEOPLE, *PEOPLE)),
]


@pytest.mark.parametrize("kind", ["list", None])
def test_figures_are_a_list_once_their_names_are_shown(bring: Bring, kind: str | None) -> None:
    said: dict[str, Any] = {"columns": {"A": "name"}}
    if kind:
        said["kind"] = kind
    assert bring(FIGURES).customers == []
    found = bring(FIGURES, mapping={"sheets": {"Mapa": said}})
    assert found.names == ["Ana S.", "Rui C.", "Eva L."]
    assert found.sheets[0].kind is SheetKind.LIST


def test_figures_stay_figures_under_a_mapping_for_others(bring: Bring) -> None:
    found = bring(FIGURES, mapping={"columns": {"Telefone": "phone"}})
    assert found.customers == []


def test_a_saved_mapping_keeps_what_a_table_is_taken_for(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "vendas.xlsx"
    write_xlsx(path, {"Vendas": SALES})
    with workspace.imports.preview(path) as session:
        proposal = session.preview.sheets[0].plan
        assert proposal.kind is SheetKind.LEDGER
        workspace.mappings.save("Vendas", replace(proposal, kind=SheetKind.LIST), proposal)
    write_xlsx(path, {"Vendas": SALES, "Outras": [[*r[:1], *r[2:], r[1]] for r in SALES]})
    options = ImportOptions(mapping=workspace.mappings.get("Vendas"))
    found = Imported(workspace, workspace.imports.import_files([path], options=options))
    assert sorted(found.names) == sorted(PEOPLE)


def test_the_kind_for_all_is_not_that_of_sheets_with_other_columns(bring: Bring) -> None:
    mapping = {"kind": "list", "columns": {"Cliente": "name", "Nascimento": "birthday"}}
    assert bring({"Vendas": SALES}, mapping=mapping).customers == []


# --- own fields that the owner makes -------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "kind", "expected"),
    [
        (["05/03/2019", "17/04/2020", "18/04/2021"], FieldKind.DATE, "2019-03-05"),
        (["12,50 €", "1.000,00 €", "7 €"], FieldKind.MONEY, "12.50 EUR"),
        (["azul", "verde claro", "05/03/2019"], FieldKind.TEXT, "azul"),
    ],
)
def test_a_column_made_an_own_field_is_of_the_kind_of_its_values(
    workspace: Workspace, bring: Bring, cells: list[str], kind: FieldKind, expected: str
) -> None:
    rows = [[name, cell] for name, cell in zip(PEOPLE, cells, strict=True)]
    mapping = {"columns": {"Notas": "custom:Controlo"}}
    found = bring({"Folha1": [["Nome", "Notas"], *rows]}, mapping=mapping)
    assert found.customers[0]["custom"] == {"Controlo": expected}
    known = workspace.customers.get(CustomerId(1)).custom_kinds
    assert known.get("Controlo", FieldKind.TEXT) is kind


# --- what a dry run tells ------------------------------------------------------------------------


def test_a_dry_run_counts_the_relations(workspace: Workspace, tmp_path: Path) -> None:
    before, after = tmp_path / "antes.xlsx", tmp_path / "depois.xlsx"
    write_xlsx(
        before,
        {"F": [["Nome", "Empresa", "Telefone"], ["Ana Silva", "Mar Alto, Lda", "912345678"]]},
    )
    write_xlsx(
        after,
        {
            "F": [
                ["Nome", "Empresa", "Telefone"],
                ["Rui Costa", "MAR ALTO, LDA", "913456789"],
                ["Eva Lima", "Outra, SA", "914567890"],
                ["Ana Silva", "Mar Alto, Lda", "912345678"],
            ],
            "Empresas": [["Empresa", "Telefone"], ["Mar Alto, Lda", "213456789"]],
        },
    )
    assert workspace.imports.import_files([before]).relations == 0
    looked = workspace.imports.import_files([after], dry_run=True)
    assert looked.relations == 2
    assert workspace.imports.import_files([after]).relations == 2
    assert workspace.imports.import_files([after], dry_run=True).relations == 0


def test_a_dry_run_counts_the_relations_of_an_own_export(
    workspace: Workspace, tmp_path: Path
) -> None:
    path, export = tmp_path / "a.xlsx", tmp_path / "a.json"
    write_xlsx(
        path,
        {
            "F": [["Nome", "Empresa", "Telefone"], ["Ana Silva", "Mar Alto, Lda", "912345678"]],
            "Empresas": [["Empresa", "Telefone"], ["Mar Alto, Lda", "213456789"]],
        },
    )
    workspace.imports.import_files([path])
    workspace.exports.export(export)
    with Workspace.open(tmp_path / "b.crm", create=True, data_dir=tmp_path / "d") as other:
        assert other.imports.import_files([export], dry_run=True).relations == 1
        assert other.imports.import_files([export]).relations == 1
        assert other.imports.import_files([export], dry_run=True).relations == 0


def test_values_that_stay_are_told_from_cells_that_were_not_understood(bring: Bring) -> None:
    rows = [["Ana Silva", "912345678", "Porto"], ["Ana Silva", "912345678", "Faro"]]
    header = ["Nome", "Telefone", "Origem"]
    found = bring({"F": [header, *rows, ["Rui Costa", "9123", "Beja"]]})
    assert (found.sheets[0].problem_count, found.sheets[0].late_count) == (2, 1)


# --- warnings ------------------------------------------------------------------------------------


def cells(kind: str, *, lost: bool) -> str:
    text, blank = {
        "shared": ('t="s"><v>0</v></c>', 't="s"><v>1</v></c>'),
        "inline": ('t="inlineStr"><is><t>Ana</t></is></c>', 't="inlineStr"><is><t/></is></c>'),
    }[kind]
    if lost:
        blank = 't="s"><v>2</v></c>' if kind == "shared" else blank
    return "".join(
        f'<row r="{r}">'
        + "".join(f'<c r="{c}{r}" {text if c == "A" or r == 1 else blank}' for c in "ABCD")
        + "</row>"
        for r in range(1, 31)
    )


@pytest.mark.parametrize("kind", ["shared", "inline"])
def test_texts_without_a_letter_are_no_lost_cells(
    workspace: Workspace, tmp_path: Path, kind: str
) -> None:
    shared = f'<sst xmlns="{MAIN}"><si><t>Ana</t></si><si><t></t></si></sst>'
    path = raw_xlsx(
        tmp_path / "x.xlsx",
        worksheet(cells(kind, lost=False)),
        parts={
            "xl/sharedStrings.xml": shared,
            "xl/_rels/workbook.xml.rels": relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId3", "sharedStrings", "sharedStrings.xml"),
            ),
        },
    )
    with workspace.imports.preview(path) as session:
        assert session.preview.sheets[0].warnings == ()
