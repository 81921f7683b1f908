"""Lunar birthdays of a sheet: read, matched with lunar ones alone, out and in again."""

from __future__ import annotations

from pathlib import Path

import sheet_files

from crm_desktop.domain.customers import CustomerDraft, CustomerListQuery
from crm_desktop.services.workspace import Workspace

ROWS = [
    ["姓名", "电话", "生日"],
    ["王秀英", "13800138000", "农历八月十五"],
    ["李建国", "13800138001", "农历1984年八月十五"],
    ["张伟", "13800138002", "1984-09-10"],
    ["陈静", "13800138003", "1990-05-31"],
]


def birthdays(workspace: Workspace) -> dict[str, str | None]:
    ids = workspace.customers.ids(CustomerListQuery())
    return {c.name: c.birthday for c in workspace.customers.get_many(list(ids))}  # type: ignore[arg-type]


EXPECTED = {
    "王秀英": "L--08-15",
    "李建国": "L1984-08-15",
    "张伟": "1984-09-10",
    "陈静": "1990-05-31",
}


def test_a_sheet_with_lunar_birthdays(workspace: Workspace, tmp_path: Path) -> None:
    workspace.settings.set_home_country("CN")
    sheet_files.write_xlsx(tmp_path / "客户.xlsx", {"客户": ROWS})
    workspace.imports.import_files([tmp_path / "客户.xlsx"])
    assert birthdays(workspace) == EXPECTED
    # The same sheet again makes nobody new.
    workspace.imports.import_files([tmp_path / "客户.xlsx"])
    assert birthdays(workspace) == EXPECTED


def test_a_birthday_of_the_other_calendar_makes_nobody_another_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.settings.set_home_country("CN")
    workspace.customers.create(CustomerDraft(name="李建国", birthday="1984-09-10"))
    sheet_files.write_xlsx(tmp_path / "客户.xlsx", {"客户": ROWS})
    workspace.imports.import_files([tmp_path / "客户.xlsx"])
    assert len(birthdays(workspace)) == len(EXPECTED)


def test_own_exports_bring_them_back(workspace: Workspace, tmp_path: Path) -> None:
    for name, birthday in (("王秀英", "L--08-15"), ("李建国", "L2020-04-01+")):
        workspace.customers.create(CustomerDraft(name=name, birthday=birthday))
    for ending in ("json", "xlsx", "csv"):
        file = tmp_path / f"out.{ending}"
        workspace.exports.export(file)
        with Workspace.open(tmp_path / f"{ending}.crm", create=True, data_dir=tmp_path) as other:
            other.imports.import_files([file])
            assert birthdays(other) == {"王秀英": "L--08-15", "李建国": "L2020-04-01+"}
            other.close(backup=False)
