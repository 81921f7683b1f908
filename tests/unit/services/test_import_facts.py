"""Who looks after a customer and the like come in by an import, are told of, and go by its undo."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from crm_desktop.domain.customers import (
    NO_FACTS,
    Customer,
    CustomerDraft,
    CustomerId,
    CustomerListQuery,
    PersonalFacts,
)
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.filters import Condition, Group, Op
from crm_desktop.services.imports.options import ImportOptions
from crm_desktop.services.workspace import Workspace

HEADER = ["Nome", "Telemóvel", "Vendedor", "Origem", "Idioma", "Classificação", "Tratamento"]
ROWS = [
    ["Ana Silva", "912345671", "Rui", "Feira", "Português", "★★★", "Sra."],
    ["Rui Costa", "912345672", "Zé", "Site", "inglês", "5/5", "Dr."],
    ["Eva Lima", "912345673", "Rui", "", "", "", ""],
]


def _book(path: Path, *rows: list[str], header: list[str] = HEADER) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Clientes")
        for number, row in enumerate((header, *rows)):
            sheet.write_row(number, 0, row)
    return path


def _called(w: Workspace, name: str) -> Customer:
    (found,) = [row for row in w.customers.search(name) if row.name == name]
    return w.customers.get(found.id)


def _everything(w: Workspace) -> list[object]:
    return [w.exports.document(n) for n in sorted(w.customers.ids(CustomerListQuery()))]


@pytest.fixture
def home(workspace: Workspace) -> Workspace:
    workspace.settings.set_home_country("PT")
    return workspace


def test_they_come_in_and_go(home: Workspace, tmp_path: Path) -> None:
    known = home.customers.create(CustomerDraft("Ana Silva", facts=PersonalFacts(source="Amigo")))
    before = home.customers.get(known)
    result = home.imports.import_files([_book(tmp_path / "a.xlsx", *ROWS)])
    sheet = result.files[0].sheets[0]
    assert (sheet.created, sheet.updated, sheet.left_out) == (2, 1, ())
    assert [(p.row, p.value) for p in sheet.problems] == [(2, "Feira")]
    assert "Came through stays “Amigo”" in sheet.problems[0].problem
    ana, rui = home.customers.get(known), _called(home, "Rui Costa")
    assert ana.facts == PersonalFacts("Sra.", "pt", "Amigo", "Rui", 3)
    assert rui.facts == PersonalFacts("Dr.", "en", "Site", "Zé", 5)
    assert _called(home, "Eva Lima").facts == PersonalFacts(owner="Rui")
    assert not any(customer.custom for customer in (ana, rui))
    # Lists and what completes a name know them.
    mine = Group((Condition("owner", Op.ANY_OF, ("Rui",)),))
    listed = home.customers.ids(CustomerListQuery(filter=mine))
    assert len(listed) == 2
    assert home.customers.known("owner") == ["Rui", "Zé"]

    assert result.step is not None
    assert home.history.undo_step(result.step).conflicts == ()
    assert home.customers.get(known).facts == before.facts
    assert list(home.customers.ids(CustomerListQuery())) == [known]


def test_undo_keeps_what_was_edited_since(home: Workspace, tmp_path: Path) -> None:
    known = home.customers.create(CustomerDraft("Ana Silva"))
    step = home.imports.import_files([_book(tmp_path / "a.xlsx", *ROWS)]).step
    home.customers.update(known, "owner", "Isa")
    assert step is not None
    conflicts = home.history.undo_step(step).conflicts
    assert [(c.field, c.kept, c.recorded) for c in conflicts] == [("owner", "Isa", "Rui")]
    assert home.customers.get(known).facts == NO_FACTS._replace(owner="Isa")


def test_each_tells_where_it_is_from(home: Workspace, tmp_path: Path) -> None:
    home.imports.import_files([_book(tmp_path / "a.xlsx", *ROWS)])
    rui = _called(home, "Rui Costa")
    told = {"owner": "Zé", "source": "Site", "language": "inglês", "rating": "5/5", "title": "Dr."}
    for field, text in told.items():
        history = home.past.value_history(rui.id, field)
        assert [(o.text, o.row, o.header) for o in history.origins] == [
            (text, 3, HEADER["CDEFG".index(history.origins[0].column) + 2])
        ]
        assert [value.text for value in history.values] == [str(getattr(rui.facts, field))]


def test_the_same_file_again_changes_nothing(home: Workspace, tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", *ROWS)
    home.imports.import_files([path])
    before = _everything(home)
    again = home.imports.import_files([path]).files[0].sheets[0]
    assert (again.created, again.updated, again.problems) == (0, 3, ())
    left = home.imports.import_files([path], options=ImportOptions(only_changed=True))
    assert len(left.files[0].sheets[0].left_out) == 3
    assert _everything(home) == before


@pytest.mark.parametrize(
    ("policies", "facts"),
    [
        ({}, PersonalFacts("Sra.", "pt", "Feira", "Rui", 3)),
        ({"*": "overwrite"}, PersonalFacts("Sra.", "en", "Feira", "Zé", 4)),
        ({"owner": "overwrite"}, PersonalFacts("Sra.", "pt", "Feira", "Zé", 3)),
        ({"*": "overwrite", "rating": "keep"}, PersonalFacts("Sra.", "en", "Feira", "Zé", 3)),
        ({"*": "add"}, PersonalFacts("Sra.", "pt", "Feira", "Rui", 3)),
    ],
)
def test_policies(
    home: Workspace, tmp_path: Path, policies: dict[str, str], facts: PersonalFacts
) -> None:
    home.imports.import_files([_book(tmp_path / "a.xlsx", *ROWS)])
    before = _called(home, "Ana Silva").facts
    later = _book(
        tmp_path / "b.xlsx",
        ["Ana Silva", "912345671", "Zé", "", "EN", "4", ""],
        ["Ana Silva", "912345671", "Isa", "", "EN", "4", ""],  # the first row has the word
    )
    options = ImportOptions(mapping={"policies": policies})
    looked = home.imports.import_files([later], options=options, dry_run=True)
    result = home.imports.import_files([later], options=options)
    assert looked.files[0].sheets[0].problems == result.files[0].sheets[0].problems
    assert looked.files[0].sheets[0].replaced == result.files[0].sheets[0].replaced
    assert _called(home, "Ana Silva").facts == facts
    home.history.undo()
    assert _called(home, "Ana Silva").facts == before


def test_a_mapping_names_them(home: Workspace, tmp_path: Path) -> None:
    header = ["Nome", "Telemóvel", "Quem", "Língua", "Nota", "Trat."]
    rows = [["Ana Silva", "912345671", "Rui", "PT", "4", "Enfermeira"]]
    rows += [["Rui Costa", "912345672", "", "Klingon", "muito bom", ""]]
    path = _book(tmp_path / "a.xlsx", *rows, header=header)
    said = {"Quem": "owner", "Língua": "language", "Nota": "rating", "Trat.": "title"}
    options = ImportOptions(mapping={"columns": said})
    result = home.imports.import_files([path], options=options)
    assert _called(home, "Ana Silva").facts == PersonalFacts("Enfermeira", "pt", "", "Rui", 4)
    # What cannot be read is kept under its header, and said.
    rui = _called(home, "Rui Costa")
    assert dict(rui.custom) == {"Língua": "Klingon", "Nota": "muito bom"}
    assert rui.facts == NO_FACTS
    problems = result.files[0].sheets[0].problems
    assert [(p.row, p.column, p.value) for p in problems] == [
        (3, "E", "muito bom"),
        (3, "D", "Klingon"),
    ]
    target = tmp_path / "failed.xlsx"
    assert home.imports.save_failed(result, target) == 1
    sheet = openpyxl.load_workbook(target)["Clientes"]
    sheet["D2"], sheet["E2"] = "EN", "5"
    sheet.parent.save(target)
    home.imports.import_files([target], options=options)
    assert _called(home, "Rui Costa").facts == PersonalFacts(language="en", rating=5)
    wrong = ImportOptions(mapping={"columns": {"Quem": "seller"}})
    with pytest.raises(UserError, match="title, owner, rating, source, language"):
        home.imports.import_files([path], options=wrong)


def test_facts_of_an_own_export_fill_blanks(home: Workspace, tmp_path: Path) -> None:
    facts = PersonalFacts("Dr.", "en", "Site", "Zé", 5, "tea\nwindow", True, True)
    home.customers.create(CustomerDraft("Rui Costa", facts=facts))
    target = tmp_path / "all.json"
    home.exports.export(target)
    data = tmp_path / "other"
    with Workspace.open(tmp_path / "b.crm", create=True, data_dir=data) as other:
        known = other.customers.create(
            CustomerDraft("Rui Costa", facts=PersonalFacts(owner="Isa", rating=2))
        )
        other.imports.import_files([target])
        assert other.customers.get(CustomerId(known)).facts == facts._replace(owner="Isa", rating=2)
    with Workspace.open(tmp_path / "c.crm", create=True, data_dir=data) as empty:
        empty.imports.import_files([target])
        assert _called(empty, "Rui Costa").facts == facts
