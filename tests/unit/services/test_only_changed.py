"""A file that comes again: only what changed is brought."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from crm_desktop.cli import commands
from crm_desktop.domain.customers import CustomerListQuery
from crm_desktop.domain.imports import EVERY_FIELD, Fix, Outcome, Policy
from crm_desktop.services.imports.options import ImportOptions
from crm_desktop.services.workspace import Workspace

HEAD = "Nome;Telefone;Cidade\n"
ANA, RUI, EVA = "Ana Silva;912345678;Porto\n", "Rui Costa;913456789;Faro\n", "Eva Paz;;Beja\n"
OVERWRITE = ((EVERY_FIELD, Policy.OVERWRITE.value),)
CHANGED = ImportOptions(only_changed=True)


def put(path: Path, *rows: str) -> Path:
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return path


def counts(workspace: Workspace, path: Path) -> dict[str, int]:
    result = workspace.imports.import_files([path], options=CHANGED)
    assert all(s.balances for f in result.files for s in f.sheets)
    return {o.value: n for o in Outcome if (n := result.total(o))}


def test_rows_that_moved_and_rows_that_changed(workspace: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path / "c.csv", ANA, RUI)
    assert counts(workspace, path) == {"created": 2}
    assert counts(workspace, path) == {"left_out": 2}
    put(path, EVA, "Rui Costa;913456789;Lagos\n", ANA)
    assert counts(workspace, path) == {"created": 1, "updated": 1, "left_out": 1}


def test_an_undone_import_is_no_earlier_one(workspace: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path / "c.csv", ANA, RUI)
    result = workspace.imports.import_files([path])
    assert counts(workspace, path) == {"left_out": 2}
    assert result.step is not None
    workspace.history.undo_step(result.step)
    assert counts(workspace, path) == {"created": 2}


def test_another_file_is_another_matter(workspace: Workspace, tmp_path: Path) -> None:
    counts(workspace, put(tmp_path / "a.csv", ANA))
    assert counts(workspace, put(tmp_path / "b.csv", ANA, RUI)) == {"created": 1, "updated": 1}
    # The same bytes under another name are the same file.
    (tmp_path / "c.csv").write_bytes((tmp_path / "a.csv").read_bytes())
    assert counts(workspace, tmp_path / "c.csv") == {"left_out": 1}


def test_a_new_row_that_continues_an_unchanged_one(workspace: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path / "c.csv", ANA, RUI, EVA)
    counts(workspace, path)
    put(path, ANA, ";915678901;\n", RUI, EVA)
    assert counts(workspace, path) == {"continued": 1, "left_out": 3}
    ana = workspace.customers.get(workspace.customers.search("Ana")[0].id)
    assert [p.value for p in ana.contact_points] == ["+351912345678", "+351915678901"]


def test_a_row_that_was_corrected_on_its_way(workspace: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path / "c.csv", ANA, RUI)
    counts(workspace, path)
    with workspace.imports.preview(path) as session:
        [plan] = session.plans()
        plan = replace(plan, fixes=(Fix(row=3, column=2, text="Lagos"),), policies=OVERWRITE)
        result = workspace.imports.run([(session, (plan,))], dry_run=False, only_changed=True)
    assert (result.total(Outcome.UPDATED), result.total(Outcome.LEFT_OUT)) == (1, 1)
    rui = workspace.customers.get(workspace.customers.search("Rui")[0].id)
    assert [a.city for a in rui.addresses] == ["Lagos"]


@pytest.mark.parametrize("flag", [[], ["--only-changed"]])
def test_the_command_line(tmp_path: Path, flag: list[str]) -> None:
    path, archive = put(tmp_path / "c.csv", ANA, RUI), tmp_path / "firm.crm"
    run = CliRunner()
    assert run.invoke(commands, ["import", str(archive), str(path)]).exit_code == 0
    again = run.invoke(commands, ["import", str(archive), str(path), *flag])
    assert again.exit_code == 0
    assert ("Unchanged since" in again.output) is bool(flag)
    with Workspace.open(archive, data_dir=tmp_path / "d") as opened:
        assert opened.customers.count(CustomerListQuery()) == 2
