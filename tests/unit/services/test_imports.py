import csv
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
import xlsxwriter

from crm_desktop.domain.customers import (
    CustomerDraft,
    CustomerId,
    CustomerListQuery,
    InteractionKind,
)
from crm_desktop.domain.errors import Cancelled, EnvironmentProblem, UserError
from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.jobs import Job
from crm_desktop.services.imports.options import ImportOptions
from crm_desktop.services.workspace import Workspace

HEADER = ["Nome", "Telefone", "E-mail", "Cidade", "Notas", "Lugar preferido"]


def _csv(path: Path, rows: list[list[str]], header: list[str] = HEADER) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def _people(n: int) -> list[list[str]]:
    return [
        [f"Pessoa {i} Silva", f"91{i:07d}", f"p{i}@example.org", "Porto", f"nota {i}", "janela"]
        for i in range(n)
    ]


def _everything(w: Workspace) -> list[object]:
    return [w.exports.document(n) for n in sorted(w.customers.ids(CustomerListQuery()))]


def test_ledger_balances_and_every_row_is_kept(workspace: Workspace, tmp_path: Path) -> None:
    workspace.customers.create(CustomerDraft(name="Rui Costa", notes="old"))
    file = _csv(
        tmp_path / "clientes.csv",
        [
            ["Ana Silva", "912 345 678", "ana@example.org", "Lisboa", "", "janela"],
            ["ANA SILVA", "+351912345678", "", "", "segunda linha", "coxia"],
            ["Rui Costa", "", "", "Faro", "new", ""],
            ["", "", "", "", "", ""],
            ["", "", "", "", "só uma nota", ""],
            ["Inês", "12", "not-an-address", "", "", ""],
        ],
    )
    result = workspace.imports.import_files([file])
    sheet = result.files[0].sheets[0]
    assert sheet.balances
    assert (sheet.rows, sheet.created, sheet.merged, sheet.updated) == (5, 2, 1, 1)
    assert [(row.row, bool(row.reason)) for row in sheet.left_out] == [(6, True)]
    assert {(p.row, p.value) for p in sheet.problems} >= {(7, "12"), (7, "not-an-address")}
    assert any(p.row == 3 and p.value == "Lugar preferido: coxia" for p in sheet.problems)
    ana = workspace.customers.get(workspace.customers.search("ana silva")[0].id)
    assert [p.value for p in ana.phones] == ["+351912345678"]
    assert ana.notes == "segunda linha\nLugar preferido: coxia"
    assert dict(ana.custom) == {"Lugar preferido": "janela"}
    assert [(s.file, s.row) for s in ana.sources] == [("clientes.csv", 2), ("clientes.csv", 3)]
    rui = workspace.customers.get(workspace.customers.search("rui")[0].id)
    assert rui.notes == "old\nnew"
    assert rui.addresses[0].city == "Faro"
    ines = workspace.customers.get(workspace.customers.search("ines")[0].id)
    assert [(p.raw, p.value) for p in ines.contact_points] == [
        ("12", None),
        ("not-an-address", None),
    ]
    with workspace._archive.reading() as c:
        assert c.execute("SELECT count(*) FROM import_row").fetchone()[0] == 5
    assert workspace.backups.check().messages == ()


def test_dry_run_says_the_same_and_writes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    file = _csv(tmp_path / "a.csv", [*_people(30), *_people(3)])
    before = workspace.history.can_undo()
    said = workspace.imports.import_files([file], dry_run=True)
    assert workspace.customers.count(CustomerListQuery()) == 0
    assert workspace.history.can_undo() == before
    done = workspace.imports.import_files([file])
    for outcome in Outcome:
        assert said.total(outcome) == done.total(outcome)
    assert (said.batch, said.step) == (None, None)
    assert done.total(Outcome.MERGED) == 3


def test_every_value_says_where_it_is_from(workspace: Workspace, tmp_path: Path) -> None:
    file = _csv(
        tmp_path / "clientes.csv",
        [
            ["Ana Silva", "912 345 678", "", "Lisboa", "", "janela"],
            ["", "913 456 789", "", "", "", ""],
            ["Rui Costa", "914 567 890", "", "", "", ""],
        ],
    )
    workspace.imports.import_files([file])
    number, _rui = workspace.customers.ids(CustomerListQuery())
    origins = workspace.customers.origins(CustomerId(number))
    assert [(o.field, f"{o.column}{o.row}", o.header, o.text) for o in origins] == [
        ("name", "A2", "Nome", "Ana Silva"),
        ("phone", "B2", "Telefone", "912 345 678"),
        ("city", "D2", "Cidade", "Lisboa"),
        ("custom:Lugar preferido", "F2", "Lugar preferido", "janela"),
        ("phone", "B3", "Telefone", "913 456 789"),
    ]
    assert {(o.file, o.outcome) for o in origins} == {
        ("clientes.csv", "created"),
        ("clientes.csv", "continued"),
    }
    workspace.history.undo()
    workspace.imports.import_files([file])
    number, _rui = workspace.customers.ids(CustomerListQuery())
    assert len(workspace.customers.origins(CustomerId(number))) == 5


def test_dry_run_lists_what_would_stay_as_it_is(workspace: Workspace, tmp_path: Path) -> None:
    workspace.customers.create(CustomerDraft(name="Rui Costa", birthday="1970-01-01"))
    header = ["Nome", "Telefone", "Data de nascimento", "Lugar preferido"]
    rows = [
        ["Ana Silva", "912 345 678", "1980-02-03", "janela"],
        ["Ana Silva", "912 345 678", "", "coxia"],
        ["Ana Silva", "912 345 678", "", "asa"],
        ["Rui Costa", "", "1970-01-01", "janela"],
        ["Rui Costa", "", "", "coxia"],
    ]
    file = _csv(tmp_path / "clientes.csv", rows, header)
    said = workspace.imports.import_files([file], dry_run=True)
    done = workspace.imports.import_files([file])
    assert said.files == done.files
    assert [(p.row, p.value) for p in done.files[0].sheets[0].problems] == [
        (3, "Lugar preferido: coxia"),
        (4, "Lugar preferido: asa"),
        (6, "coxia"),
    ]


def test_import_is_taken_back_later_and_edits_since_are_kept(
    workspace: Workspace, tmp_path: Path
) -> None:
    w = workspace
    before_number = w.customers.create(CustomerDraft(name="Rui Costa"))
    before = _everything(w)
    result = w.imports.import_files(
        [_csv(tmp_path / "a.csv", [*_people(20), ["Rui Costa", "", "", "Faro", "", ""]])]
    )
    after = _everything(w)
    assert w.customers.get(before_number).addresses[0].city == "Faro"
    assert result.step is not None
    assert w.history.undo_step(result.step).conflicts == ()
    assert [{**d, "updated_at": "", "sources": []} for d in _everything(w)] == [
        {**d, "updated_at": "", "sources": []} for d in before
    ]
    w.history.redo()
    assert [{**d, "updated_at": ""} for d in _everything(w)] == [
        {**d, "updated_at": ""} for d in after
    ]
    edited, talked = w.customers.search("pessoa")[:2]
    w.customers.update(edited.id, "notes", "written by hand")
    w.customers.log_interaction(talked.id, InteractionKind.CALL, "called")
    undone = w.history.undo_step(result.step)
    assert {(c.customer, c.kept) for c in undone.conflicts} == {
        (edited.id, "written by hand"),
        (talked.id, "called"),
    }
    assert sorted(w.customers.ids(CustomerListQuery())) == sorted(
        [before_number, edited.id, talked.id]
    )
    assert w.customers.get(edited.id).phones
    assert w.backups.check().messages == ()


def test_same_file_again_is_recognised(workspace: Workspace, tmp_path: Path) -> None:
    file = _csv(tmp_path / "a.csv", _people(5))
    first = workspace.imports.import_files([file])
    assert first.already is None
    again = workspace.imports.import_files([file])
    assert again.already
    assert again.total(Outcome.CREATED) == 0
    assert again.total(Outcome.UPDATED) == 5
    workspace.history.undo_step(first.step)
    assert workspace.imports.import_files([file], dry_run=True).already


def test_several_files_are_one_step(workspace: Workspace, tmp_path: Path) -> None:
    files = [_csv(tmp_path / f"{y}.csv", _people(10)) for y in (2015, 2016, 2017)]
    result = workspace.imports.import_files(files)
    assert result.total(Outcome.CREATED) == 10
    assert result.total(Outcome.MERGED) == 20
    assert len(workspace.customers.get(workspace.customers.search("pessoa")[0].id).sources) == 3
    assert workspace.history.undo().step.name == "Import 3 files"
    assert workspace.customers.count(CustomerListQuery()) == 0


def test_one_bad_file_among_several_imports_nothing(workspace: Workspace, tmp_path: Path) -> None:
    good = _csv(tmp_path / "good.csv", _people(3))
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(UserError, match="bad"):
        workspace.imports.import_files([good, bad])
    assert workspace.customers.count(CustomerListQuery()) == 0


def test_sheets_mapping_and_country(workspace: Workspace, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "b.xlsx"))
    for name in ("One", "Two"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["Nome", "Telefone", "Código"])
        sheet.write_row(1, 0, [f"Ana {name}", "020 7946 0958", "c1"])
    book.close()
    options = ImportOptions(
        country="GB", sheets=("Two",), mapping={"columns": {"Código": "custom:Nr", "A": "name"}}
    )
    result = workspace.imports.import_files([tmp_path / "b.xlsx"], options=options)
    assert [s.sheet for s in result.files[0].sheets] == ["Two"]
    customer = workspace.customers.get(workspace.customers.search("ana")[0].id)
    assert customer.phones[0].value == "+442079460958"
    assert dict(customer.custom) == {"Nr": "c1"}
    for wrong in (
        ImportOptions(sheets=("Three",)),
        ImportOptions(mapping={"columns": {"A": "nosuch"}}),
        ImportOptions(mapping=["list"]),
    ):
        with pytest.raises(UserError):
            workspace.imports.import_files([tmp_path / "b.xlsx"], options=wrong)


def test_cancel_leaves_nothing(workspace: Workspace, tmp_path: Path) -> None:
    file = _csv(tmp_path / "big.csv", _people(20_000))

    def stop_late(progress: object) -> None:
        if getattr(progress, "done", 0) > 8_000:
            job.cancel()

    job = Job(stop_late)
    with workspace.imports.preview(file) as session, pytest.raises(Cancelled):
        session.run(session.plans(), job=job)
    assert workspace.customers.count(CustomerListQuery()) == 0
    with workspace._archive.reading() as c:
        for table in ("journal", "import_row", "import_batch", "search_doc", "custom_field"):
            assert c.execute(f"SELECT count(*) FROM {table}").fetchone()[0] <= 1, table
    assert not multiprocessing.active_children()
    workspace.customers.create(CustomerDraft(name="Still alive"))
    assert workspace.backups.check().messages == ()


def test_disk_full_leaves_nothing(workspace: Workspace, tmp_path: Path) -> None:
    file = _csv(tmp_path / "big.csv", _people(5_000))

    def limit() -> None:
        connection = workspace._archive.connection
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 300}")

    workspace.submit(limit).result()
    with pytest.raises(EnvironmentProblem, match="full"):
        workspace.imports.import_files([file])
    assert workspace.customers.count(CustomerListQuery()) == 0
    assert workspace.history.can_redo() is None
    workspace.customers.create(CustomerDraft(name="Still alive"))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes otherwise")
def test_killed_in_the_middle_leaves_the_archive_as_it_was(
    archive_path: Path, tmp_path: Path
) -> None:
    with Workspace.open(archive_path, create=True, data_dir=tmp_path) as w:
        w.customers.create(CustomerDraft(name="Before"))
        before = _everything(w)
    file = _csv(tmp_path / "big.csv", _people(30_000))
    code = """
    import sys
    from pathlib import Path
    from crm_desktop.domain.jobs import Job
    from crm_desktop.services.workspace import Workspace
    w = Workspace.open(Path(sys.argv[1]), data_dir=Path(sys.argv[2]))
    def tell(p):
        if p.done > 12_000:
            print("half", flush=True)
    w.imports.import_files([Path(sys.argv[3])], job=Job(tell))
    """
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(archive_path), str(tmp_path), str(file)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "half\n"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    with Workspace.open(archive_path, data_dir=tmp_path) as w:
        assert _everything(w) == before
        assert w.backups.check().messages == ()


def test_backup_is_made_before_an_import_into_a_filled_archive(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = _csv(tmp_path / "a.csv", _people(2))
    workspace.imports.import_files([file])
    assert workspace.backups.all() == []
    workspace.imports.import_files([_csv(tmp_path / "b.csv", _people(3))])
    assert [b.reason for b in workspace.backups.all()] == ["import"]


def test_searching_goes_on_while_an_import_runs(workspace: Workspace, tmp_path: Path) -> None:
    workspace.customers.create(CustomerDraft(name="Ana"))
    file = _csv(tmp_path / "big.csv", _people(8_000))
    running = workspace.submit(lambda: workspace.imports.import_files([file]))
    slowest = 0.0
    while not running.done():
        start = time.monotonic()
        assert [r.name for r in workspace.customers.search("ana")][:1] == ["Ana"]
        slowest = max(slowest, time.monotonic() - start)
    assert running.result().total(Outcome.CREATED) == 8_000
    assert slowest < 5  # never waits for the writer, whose whole import takes longer
