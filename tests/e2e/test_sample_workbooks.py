"""The shipped workbooks, from the file to an archive in order, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.assets import resource
from crm_desktop.domain.customers import CustomerListQuery
from crm_desktop.domain.imports import Outcome
from crm_desktop.services.imports.options import ImportOptions
from crm_desktop.services.workspace import Workspace

SAMPLES = [("clientes.xlsx", "PT"), ("customers.xlsx", "GB"), ("kehu.xlsx", "CN")]


@pytest.mark.parametrize(("name", "country"), SAMPLES)
def test_sample_comes_in_and_goes_again(name: str, country: str, tmp_path: Path) -> None:
    everybody = CustomerListQuery()
    with Workspace.open(tmp_path / "a.crm", create=True, data_dir=tmp_path / "data") as workspace:
        result = workspace.imports.import_files(
            [resource("sample", name)], options=ImportOptions(country=country)
        )
        created = result.total(Outcome.CREATED) + result.organisations
        assert created > 50
        assert result.total(Outcome.MERGED) > 0
        assert all(sheet.balances for file in result.files for sheet in file.sheets)
        assert workspace.customers.count(everybody) == created
        assert workspace.backups.check().messages == ()

        workspace.history.undo()
        assert workspace.customers.count(everybody) == 0
        assert workspace.backups.check().messages == ()

        workspace.history.redo()
        assert workspace.customers.count(everybody) == created
        assert workspace.backups.check().messages == ()


def test_all_samples_in_one_step(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "a.crm", create=True, data_dir=tmp_path / "data") as workspace:
        files = [resource("sample", name) for name, _country in SAMPLES]
        result = workspace.imports.import_files(files)
        assert [file.file for file in result.files] == [name for name, _country in SAMPLES]
        assert workspace.backups.check().messages == ()
        assert len(workspace.history.steps()) == 1
