"""An import of many files: few processes at once, and the files in their order."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest

from crm_desktop.domain.customers import CustomerListQuery
from crm_desktop.domain.errors import Cancelled, UserError
from crm_desktop.domain.jobs import Job, Progress
from crm_desktop.services.imports.folder import MOST_FILES, find_files
from crm_desktop.services.workspace import Workspace


def readers() -> int:
    return sum(p.name == "spreadsheet-reader" for p in multiprocessing.active_children())


@pytest.fixture
def many(tmp_path: Path) -> list[Path]:
    paths = []
    for number in range(7):
        path = tmp_path / f"lista {number}.csv"
        path.write_text(f"Nome;Cidade\nCliente {number};Porto\n", encoding="utf-8")
        paths.append(path)
    return paths


def test_few_processes_at_once(workspace: Workspace, many: list[Path]) -> None:
    seen: list[int] = []

    def look(_progress: Progress) -> None:
        seen.append(readers())

    result = workspace.imports.import_files(many, job=Job(look, interval=0))
    assert 0 < max(seen) <= 3
    assert [f.file for f in result.files] == [p.name for p in many]
    assert workspace.customers.count(CustomerListQuery()) == 7
    assert readers() == 0


def test_a_file_that_is_gone_by_then(workspace: Workspace, many: list[Path]) -> None:
    sessions = [workspace.imports.preview(path) for path in many]
    for session in sessions:
        session.rest()
    many[5].unlink()
    with pytest.raises(UserError, match="lista 5"):
        workspace.imports.run([(s, s.plans()) for s in sessions], dry_run=False)
    for session in sessions:
        session.close()
    assert workspace.customers.count(CustomerListQuery()) == 0
    assert readers() == 0


def test_stopping_leaves_no_process(workspace: Workspace, many: list[Path]) -> None:
    job = Job(lambda progress: job.cancel() if progress.done > 2 else None, interval=0)
    with pytest.raises(Cancelled):
        workspace.imports.import_files(many, job=job)
    assert workspace.customers.count(CustomerListQuery()) == 0
    assert readers() == 0


def test_a_folder_of_far_too_many(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 1):
        (tmp_path / f"{number}.csv").touch()
    with pytest.raises(UserError, match="more than 1000"):
        find_files([tmp_path], (".csv",))


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.csv").touch()
    try:
        (tmp_path / "a" / "round").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("links need a right here")
    assert [f.name for f in find_files([tmp_path / "a"], (".csv",))] == ["x.csv"]


def test_own_exports_beside_tables_and_each_other(
    workspace: Workspace, many: list[Path], tmp_path: Path
) -> None:
    """Their numbers are taken by then, and the customers may be there already."""
    own = tmp_path / "own.json"
    people = [
        {"id": 2, "name": "Ana Silva", "emails": [{"address": "ana@example.org"}]},
        {"id": 9, "name": "Cliente 0"},
    ]
    own.write_text(
        json.dumps({"format": "crm-desktop", "version": 1, "customers": people}), encoding="utf-8"
    )
    result = workspace.imports.import_files([*many[:2], own, own])
    found = [(s.created, s.merged) for file in result.files for s in file.sheets]
    assert found == [(1, 0), (1, 0), (1, 1), (0, 2)]
    assert workspace.customers.count(CustomerListQuery()) == 3
