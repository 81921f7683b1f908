"""Sheets of the same headers are read as before; mappings have names; policies at work."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from random import Random

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from crm_desktop.cli import commands
from crm_desktop.domain.customers import Customer
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.imports import Policy, SheetPlan
from crm_desktop.services.imports.options import ImportOptions
from crm_desktop.services.workspace import Workspace

HEAD = ["Nome", "Telefone", "Código", "E-mail"]


def put(path: Path, *rows: list[str], head: list[str] = HEAD) -> Path:
    lines = [";".join(row) for row in (head, *rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def fields(plan: SheetPlan) -> list[tuple[str, str]]:
    return [(c.field, c.label) for c in plan.columns]


def proposed(workspace: Workspace, path: Path) -> SheetPlan:
    with workspace.imports.preview(path) as session:
        return session.plans()[0]


def teach(workspace: Workspace, path: Path, mapping: object) -> int | None:
    result = workspace.imports.import_files([path], options=ImportOptions(mapping=mapping))
    return result.step


MAPPING = {
    "columns": {
        "telefone": {"field": "phone", "label": "work"},
        "Código": "custom:Grade",
    }
}
TAUGHT = [("name", ""), ("phone", "work"), ("custom:Grade", ""), ("email", "")]


def test_the_next_file_of_these_headers_is_read_so(workspace: Workspace, tmp_path: Path) -> None:
    first = put(tmp_path / "a.csv", ["Ana Silva", "912345678", "77", "ana@example.pt"])
    before = fields(proposed(workspace, first))
    assert before != TAUGHT
    step = teach(workspace, first, MAPPING)
    again = put(
        tmp_path / "b.csv",
        ["Rui Costa", "913456789", "78", "rui@example.pt"],
        head=["NOME", "telefone", "Codigo", "e-mail"],
    )
    plan = proposed(workspace, again)
    assert fields(plan) == TAUGHT
    assert [c.confidence for c in plan.columns[1:]] == [1.0, 1.0, 1.0]
    assert plan.remembered
    # Unattended too, without a word.
    result = workspace.imports.import_files([again])
    assert result.files[0].sheets[0].remembered
    rui = workspace.customers.get(workspace.customers.search("Rui")[0].id)
    assert dict(rui.custom) == {"Grade": "78"}
    assert rui.phones[0].label == "work"
    # The undo of what taught it forgets it.
    assert step is not None
    workspace.history.undo_step(step)  # type: ignore[arg-type]
    assert fields(proposed(workspace, first)) == before
    assert not proposed(workspace, again).remembered
    other = put(tmp_path / "c.csv", ["Eva", "914"], head=["Nome", "Telefone"])
    assert not proposed(workspace, other).remembered


def test_an_import_without_a_word_teaches_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", ["Ana Silva", "912345678", "77", "ana@example.pt"])
    workspace.imports.import_files([path])
    assert not proposed(workspace, path).remembered


def test_what_was_confirmed_is_remembered(workspace: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", ["Ana Silva", "912345678", "77", "ana@example.pt"])
    with workspace.imports.preview(path) as session:
        before = session.plans()
        workspace.imports.run([(session, before)], dry_run=True, confirmed=True)
        assert not proposed(workspace, path).remembered
        workspace.imports.run([(session, before)], dry_run=False, confirmed=True)
    plan = proposed(workspace, path)
    assert plan.remembered
    assert fields(plan) == fields(before[0])
    with workspace.imports.preview(path) as session:
        assert session.proposed.sheets[0].plan == before[0]


def test_the_order_of_dates_and_joined_spellings_are_remembered(
    workspace: Workspace, tmp_path: Path
) -> None:
    head = ["Name", "Mobile", "City", "Birthday"]
    ana = ["Ana Silva", "912345678", "lisboa", "03/04/1961"]
    mapping = {"dates": {"Birthday": "MDY"}, "replace": {"City": {"lisboa": "Lisboa"}}}
    teach(workspace, put(tmp_path / "a.csv", ana, head=head), mapping)
    # The same again finds her: read in the other order it was somebody of another birthday.
    rui = ["Rui Costa", "913456789", "lisboa", "05/06/1970"]
    again = workspace.imports.import_files([put(tmp_path / "b.csv", ana, rui, head=head)])
    (sheet,) = again.files[0].sheets
    assert (sheet.updated, sheet.created) == (1, 1)
    assert (sheet.columns[3].date_order, sheet.columns[3].date_examples) == ("MDY", ())
    known = workspace.customers.get(workspace.customers.search("Rui")[0].id)
    assert (known.birthday, known.addresses[0].city) == ("1970-05-06", "Lisboa")
    # What a sheet's own dates tell goes before what was said of another.
    eva = ["Eva Paz", "914567890", "Faro", "25/12/1980"]
    told = put(tmp_path / "c.csv", eva, ["Gil Reis", "915678901", "Faro", "03/04/1981"], head=head)
    assert proposed(workspace, told).columns[3].date_order == "DMY"


def test_the_later_lesson_outlives_the_undo_of_the_earlier(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = put(tmp_path / "a.csv", ["Ana Silva", "912345678", "77", "ana@example.pt"])
    first = teach(workspace, path, {"columns": {"Código": "tags"}})
    second = teach(workspace, path, MAPPING)
    assert first is not None
    assert second is not None
    workspace.history.undo_step(first)  # type: ignore[arg-type]
    assert fields(proposed(workspace, path)) == TAUGHT
    workspace.history.redo()
    workspace.history.undo_step(second)  # type: ignore[arg-type]
    assert fields(proposed(workspace, path)) != TAUGHT


def test_another_header_row_is_remembered(workspace: Workspace, tmp_path: Path) -> None:
    def book(name: str, person: str) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as made:
            sheet = made.add_worksheet("A")
            rows = (["Nome", "Cidade"], ["Cliente", "Telefone"], [person, "912 000 111"])
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        return path

    with workspace.imports.preview(book("a.xlsx", "Ana Lopes")) as session:
        assert session.plans()[0].header_row == 1
        plan = session.replan(0, 2).plan
        workspace.imports.run([(session, (plan,))], dry_run=False, confirmed=True)
    again = book("b.xlsx", "Rui Costa")
    with workspace.imports.preview(again) as session:
        assert session.plans()[0].header_row == 2
        assert session.plans()[0].remembered
        assert session.proposed.sheets[0].plan.header_row == 1
    workspace.imports.import_files([again])
    assert len(workspace.customers.search("Rui Costa")) == 1
    assert not workspace.customers.search("Cliente")


def test_two_columns_of_one_name_are_told_by_their_letters(
    workspace: Workspace, tmp_path: Path
) -> None:
    head = ["Nome", "Telefone", "Telefone", ""]
    path = put(tmp_path / "a.csv", ["Ana Silva", "912345678", "213456789", "x"], head=head)
    mapping = {"columns": {"C": {"field": "phone", "label": "home"}, "D": "notes"}}
    teach(workspace, path, mapping)
    assert fields(proposed(workspace, path))[2:] == [("phone", "home"), ("notes", "")]


def test_saved_mappings(workspace: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", ["Ana Silva", "912345678", "77", "ana@example.pt"])
    saved = workspace.mappings
    with workspace.imports.preview(path) as session:
        proposal = session.plans()[0]
    with pytest.raises(UserError, match="neither a file nor"):
        saved.get("Agency")
    with pytest.raises(UserError, match="name"):
        saved.save("  ", proposal, proposal)
    saved.save(" The  agency", proposal, proposal)
    saved.save("Ábc", proposal, proposal)
    assert list(saved.all()) == ["Ábc", "The agency"]
    with pytest.raises(UserError, match="already"):
        saved.rename("Ábc", "The agency")
    saved.rename("Ábc", "Zoo")
    saved.delete("The agency")
    assert list(saved.all()) == ["Zoo"]
    for names in (["The agency", "Zoo"], ["Ábc", "The agency"], ["The agency"], []):
        workspace.history.undo()
        assert list(saved.all()) == names


# Policies.


@pytest.fixture
def known(workspace: Workspace, tmp_path: Path) -> Workspace:
    """An archive that knows Ana, by an import and by hand."""
    path = put(tmp_path / "old.csv", ["Ana Silva", "912345678", "77", "ana@example.pt"])
    workspace.settings.set_home_country("PT")
    teach(workspace, path, MAPPING)
    return workspace


def ana(workspace: Workspace) -> Customer:
    [found] = workspace.customers.search("Ana")
    return workspace.customers.get(found.id)


@pytest.mark.parametrize(
    ("policies", "phones", "number"),
    [
        ({}, ["+351912345678", "+351933456789"], "77"),
        ({"*": "overwrite"}, ["+351933456789"], "78"),
        ({"*": "overwrite", "phone": "fill"}, ["+351912345678", "+351933456789"], "78"),
        ({"*": "keep"}, ["+351912345678"], "77"),
        ({"*": "add", "phone": "keep"}, ["+351912345678"], "77; 78"),
    ],
)
def test_policies(
    known: Workspace,
    tmp_path: Path,
    policies: dict[str, str],
    phones: list[str],
    number: str,
) -> None:
    before = ana(known)
    path = put(
        tmp_path / "new.csv",
        ["Ana Silva", "933456789", "78", "ana@example.pt"],
        ["Eva", "", "1", "eva@example.pt"],
    )
    options = ImportOptions(mapping={"policies": policies})
    looked = known.imports.import_files([path], options=options, dry_run=True)
    result = known.imports.import_files([path], options=options)
    sheet = result.files[0].sheets[0]
    assert (sheet.created, sheet.updated) == (1, 1)
    assert [s.replaced for s in looked.files[0].sheets] == [sheet.replaced]
    assert looked.files[0].sheets[0].problems == sheet.problems
    assert dict(sheet.policies) == policies
    after = ana(known)
    assert [p.value for p in after.phones] == phones
    assert dict(after.custom) == {"Grade": number}
    assert known.customers.search(phones[-1])[0].name == "Ana Silva"
    # What gave way is in the origins, and comes back by the undo.
    assert "912345678" in [o.text for o in known.customers.origins(after.id)]
    known.history.undo()
    again = ana(known)
    assert (again.contact_points, again.custom) == (before.contact_points, before.custom)


def test_overwriting_keeps_what_was_edited_since(known: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path / "new.csv", ["Ana Silva", "933456789", "78", "ana@example.pt"])
    options = ImportOptions(mapping={"policies": {"*": "overwrite"}})
    step = known.imports.import_files([path], options=options).step
    known.customers.set_custom(ana(known).id, "Grade", "79")
    assert step is not None
    conflicts = known.history.undo_step(step).conflicts
    assert [(c.kept, c.recorded) for c in conflicts] == [("79", "78")]
    assert [p.value for p in ana(known).phones] == ["+351912345678"]


@pytest.mark.parametrize("policy", [*Policy, None])
def test_undo_restores_whatever_the_policies_were(
    workspace: Workspace, tmp_path: Path, policy: Policy | None
) -> None:
    """Sixty customers with values drawn at random, met by sixty rows that say otherwise."""
    draw = Random(7)
    head = ["Name", "Email", "Phone", "Company", "Birthday", "Street", "City", "Tags", "Notes"]
    head += ["Stage", "Seat"]
    choices = [
        ["", "91234{n:05}", "91235{n:05}", "12-34"],
        ["", "Café", "Hotel"],
        ["", "19{n:02}-05-06"],
        ["", "Rua A 1", "Rua B 2"],
        ["", "Porto", "Lisboa"],
        ["", "VIP", "VIP, new", "old"],
        ["", "likes tea", "likes coffee"],
        ["", "customer", "prospect"],
        ["", "window", "aisle"],
    ]

    def book(name: str) -> Path:
        rows = [
            [
                f"Person {n}",
                f"p{n}@example.pt",
                *(draw.choice(some).format(n=n) for some in choices),
            ]
            for n in range(10, 70)
        ]
        return put(tmp_path / name, *rows, head=head)

    def everybody() -> list[dict[str, object]]:
        rows = workspace.customers.search("Person", limit=100)
        people = [asdict(workspace.customers.get(row.id)) for row in rows]
        for person in people:
            del person["updated_at"], person["sources"]
        return sorted(people, key=lambda person: str(person["id"]))

    workspace.imports.import_files([book("old.csv")])
    before = everybody()
    assert len(before) == 60
    fed = ("phone", "organisation", "birthday", "street", "city", "tags", "notes", "stage")
    said = {f: draw.choice(list(Policy)) for f in fed} if policy is None else {"*": policy}
    options = ImportOptions(mapping={"policies": said})
    path = book("new.csv")
    looked = workspace.imports.import_files([path], options=options, dry_run=True)
    result = workspace.imports.import_files([path], options=options)
    sheet = result.files[0].sheets[0]
    assert sheet.updated == 60
    assert looked.files[0].sheets[0] == sheet
    assert (sheet.replaced > 0) is (policy in (None, Policy.OVERWRITE))
    assert (everybody() == before) is (policy is Policy.KEEP)
    workspace.history.undo()
    assert everybody() == before
    workspace.history.redo()
    assert (everybody() == before) is (policy is Policy.KEEP)
    assert workspace.backups.check().messages == ()


def test_rows_of_one_import_never_overwrite_each_other(known: Workspace, tmp_path: Path) -> None:
    path = put(
        tmp_path / "new.csv",
        ["Ana Silva", "933456789", "78", "ana@example.pt"],
        ["Ana Silva", "924456789", "78", "ana@example.pt"],
        ["Rui Costa", "955456789", "5", "rui@example.pt"],
        ["Rui Costa", "955456789", "6", "rui@example.pt"],
    )
    options = ImportOptions(mapping={"policies": {"*": "overwrite"}})
    for dry_run in (True, False):
        result = known.imports.import_files([path], options=options, dry_run=dry_run)
        assert result.files[0].sheets[0].replaced == 2
    assert [p.value for p in ana(known).phones] == ["+351933456789", "+351924456789"]
    [rui] = known.customers.search("Rui")
    assert dict(known.customers.get(rui.id).custom) == {"Grade": "5"}


@pytest.mark.parametrize(
    "mapping",
    [
        {"policies": {"phone": "perhaps"}},
        {"policies": {"nosuch": "fill"}},
        {"columns": {"A": {"field": "phone", "label": 3}}},
        {"columns": {"A": {"field": "birthday", "label": 5}}},
        {"columns": {"A": {"label": "work"}}},
    ],
)
def test_mappings_that_make_no_sense(workspace: Workspace, tmp_path: Path, mapping: object) -> None:
    path = put(tmp_path / "a.csv", ["Ana Silva", "912345678", "77", "ana@example.pt"])
    with pytest.raises(UserError, match="mapping"):
        teach(workspace, path, mapping)


# The command line.


def call(*words: object, status: int = 0) -> Result:
    done = CliRunner().invoke(commands, [str(word) for word in words])
    assert (done.exit_code == 0) is (status == 0), done.output
    return done


def test_the_command_line_tells_and_takes_names(tmp_path: Path) -> None:
    archive = tmp_path / "firm.crm"
    path = put(tmp_path / "a.csv", ["Ana Silva", "912345678", "77", "ana@example.pt"])
    said = tmp_path / "mapping.json"
    said.write_text(json.dumps({**MAPPING, "policies": {"*": "overwrite"}}), encoding="utf-8")
    call("import", archive, path, "--country", "PT", "--mapping", said)
    assert call("mappings", archive).output == "No mapping is saved.\n"
    with (
        Workspace.open(archive, data_dir=tmp_path / "d") as opened,
        opened.imports.preview(path) as session,
    ):
        plan = session.plans()[0]
        opened.mappings.save("Agency", plan, session.proposal(plan))
    assert call("mappings", archive).output == "Agency\n"
    listed = json.loads(call("mappings", archive, "--json").output)
    assert listed["Agency"]["columns"]["Telefone"] == {"field": "phone", "label": "work"}
    done = call("import", archive, path, "--mapping", "Agency", "--json", "--dry-run")
    sheet = json.loads(done.output)["files"][0]["sheets"][0]
    assert (sheet["remembered"], sheet["policies"], sheet["overwritten"]) == (True, {}, 0)
    done = call("import", archive, path, "--mapping", said, "--json", "--dry-run")
    assert json.loads(done.output)["files"][0]["sheets"][0]["policies"] == {"*": "overwrite"}
    failed = call("import", archive, path, "--mapping", "Nobody", status=1)
    assert "Agency" in str(failed.exception)
    # A file of the name goes first.
    with pytest.MonkeyPatch.context() as here:
        here.chdir(tmp_path)
        (tmp_path / "Agency").write_text('{"columns": {"Código": "skip"}}', encoding="utf-8")
        done = call("import", archive, path, "--mapping", "Agency", "--json", "--dry-run")
    columns = json.loads(done.output)["files"][0]["sheets"][0]["columns"]
    assert [c["field"] for c in columns][2] == "skip"
