"""What the tests of the import share."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator
from multiprocessing import forkserver
from pathlib import Path
from unittest.mock import patch

import pytest
from archives import Bring, Imported, Rows, import_file, write_book
from opened import Look, Merge, Read

from crm_desktop.services.workspace import Workspace


@pytest.fixture(scope="module", autouse=True)
def reading_processes_are_forked() -> Iterator[None]:
    """In these modules alone, where there are forks: see `practised`."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        yield
        return
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload(["practised"])
    with patch.dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path)):
        forkserver.ensure_running()
    with patch.object(multiprocessing, "get_context", lambda _method: forks):
        yield


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    """Import sheets of rows into an archive that has no home country."""

    def make(*sheets: Rows, merge: Merge = (), country: str = "") -> Imported:
        path = tmp_path / "clientes.xlsx"
        write_book(path, {f"Sheet{i}": rows for i, rows in enumerate(sheets, 1)}, merge)
        data = tmp_path / "data"
        with Workspace.open(tmp_path / "a.crm", create=True, data_dir=data) as workspace:
            if country:
                workspace.settings.set_home_country(country)
            return import_file(workspace, path)

    return make


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Read sheets of rows as the import proposes it, without an archive."""

    def make(*sheets: Rows, merge: Merge = (), country: str = "PT", **named: Rows) -> Read:
        path = tmp_path / "clientes.xlsx"
        numbered = {f"Sheet{i}": rows for i, rows in enumerate(sheets, 1)}
        write_book(path, {**numbered, **named}, merge)
        return Read(path, country)

    return make
