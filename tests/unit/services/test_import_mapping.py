"""The mapping file: what it says of dates, values and cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sheet_files import write_csv

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.imports import ColumnMapping, Fix, SheetPlan, SheetPreview
from crm_desktop.services.imports.dates import Reading, readings
from crm_desktop.services.imports.mapping import apply_mapping
from crm_desktop.services.imports.options import ImportOptions
from crm_desktop.services.imports.report import as_document, as_text
from crm_desktop.services.workspace import Workspace

HEADS = ["Name", "E-mail", "City", "Birthday"]
ROWS = [
    ["Ana Lopes", "ana@example.com", "Lisboa", "03/04/1985"],
    ["Rui Sousa", "no e-mail", "lisboa ", "05/06/1990"],
    ["Eva Paz", "eva@example.com", "Porto", "01/02/1970"],
]


def _preview() -> SheetPreview:
    columns = tuple(
        ColumnMapping(n, "ABCD"[n], head, field, 0.9, date_examples=("03/04/1985",) * (n == 3))
        for n, (head, field) in enumerate(
            zip(HEADS, ("name", "email", "city", "birthday"), strict=True)
        )
    )
    return SheetPreview(0, "Clientes", 3, SheetPlan(0, 1, columns), ())


def test_dates_replacements_and_cells() -> None:
    plan = apply_mapping(
        _preview(),
        {
            "dates": {"birthday": "MDY"},
            "replace": {"City": {"lisboa ": "Lisboa"}, "Name": {"x": "y"}},
            "sheets": {
                "Clientes": {"replace": {"city": {"a": "b"}}, "cells": {"b3": "rui@example.com"}}
            },
        },
    )
    name, email, city, birthday = plan.columns
    assert (birthday.date_order, birthday.date_examples) == ("MDY", ())
    assert name.replacements == (("x", "y"),)
    assert email.replacements == ()
    assert city.replacements == (("a", "b"),)  # what is said for the sheet goes before
    assert plan.fixes == (Fix(3, 1, "rui@example.com"),)


@pytest.mark.parametrize(
    "wrong",
    [
        {"dates": {"Birthday": "DDMM"}},
        {"dates": "DMY"},
        {"replace": {"City": "Lisboa"}},
        {"replace": {"City": {"lisboa": 1}}},
        {"sheets": {"Clientes": {"cells": {"3B": "x"}}}},
        {"sheets": {"Clientes": {"cells": {"B3": 5}}}},
    ],
)
def test_a_mapping_that_is_none(wrong: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        apply_mapping(_preview(), wrong)


def test_what_the_report_says_of_dates(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    write_csv(path, [HEADS, *ROWS])
    unknown = ImportOptions(country="")  # a home country would tell
    asked = workspace.imports.import_files([path], options=unknown, dry_run=True)
    column = as_document(asked)["files"][0]["sheets"][0]["columns"][3]
    assert column["date_undecided"]
    assert column["date_examples"] == ["03/04/1985", "05/06/1990"]
    assert "“03/04/1985” was read as" in as_text(asked)
    mapping = {
        "dates": {"Birthday": "MDY"},
        "replace": {"City": {"lisboa ": "Lisboa"}},
        "sheets": {"": {"cells": {"B3": "rui@example.com"}}},
    }
    done = workspace.imports.import_files([path], options=ImportOptions(mapping=mapping))
    sheet = as_document(done)["files"][0]["sheets"][0]
    assert sheet["columns"][3]["date_order"] == "MDY"
    assert not sheet["columns"][3]["date_undecided"]
    assert sheet["columns"][2]["replaced"] == {"lisboa ": "Lisboa"}
    assert sheet["problem_count"] == 0
    rui = workspace.customers.get(workspace.customers.search("rui")[0].id)
    assert rui.birthday == "1990-05-06"
    assert rui.addresses[0].city == "Lisboa"
    # The evidence is what the file says.
    origins = {o.field: o.text for o in workspace.customers.origins(rui.id)}
    assert (origins["email"], origins["city"]) == ("no e-mail", "lisboa ")


def test_the_ways_to_read_a_date() -> None:
    assert readings(("03/04/1985", "05/06/1990")) == (
        Reading("DMY", ("1985-04-03", "1990-06-05")),
        Reading("MDY", ("1985-03-04", "1990-05-06")),
    )
    assert [r.order for r in readings(("03/04/05",))] == ["DMY", "MDY", "YMD"]
    assert [r.order for r in readings(("03/14/1985",))] == ["DMY"]  # no other one
    assert readings(("no date",)) == ()
