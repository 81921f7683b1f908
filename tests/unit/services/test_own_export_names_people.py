"""Customers in fields of others, in an own export: the one who was meant, or nobody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crm_desktop.domain.customers import CustomerDraft, CustomerId, CustomerListQuery
from crm_desktop.domain.fields import FieldKind
from crm_desktop.services.workspace import Workspace


@pytest.fixture
def guided(workspace: Workspace) -> Workspace:
    """Eva is guided by Ana, Ana by somebody of whom only the name is known: Rui."""
    workspace.fields.add("Guide", FieldKind.CUSTOMER)
    for name in ("Ana", "Rui", "Eva"):
        workspace.customers.create(CustomerDraft(name))
    workspace.customers.set_custom(CustomerId(3), "Guide", "customer:1")
    workspace._archive.write(
        "As typed",
        lambda c: (
            c.execute(
                "INSERT INTO custom_value (customer_id, field_id, value) VALUES (1, 1, 'Rui')"
            ).rowcount
        ),
    )
    return workspace


def guides(w: Workspace) -> dict[str, str]:
    people = w.customers.get_many(sorted(w.customers.ids(CustomerListQuery())))
    return {one.name: one.custom.get("Guide", "") for one in people}


def test_a_text_that_names_nobody_stays_a_text(guided: Workspace, tmp_path: Path) -> None:
    guided.exports.export(tmp_path / "a.json")
    with Workspace.open(tmp_path / "b.crm", create=True, data_dir=tmp_path) as other:
        other.imports.import_files([tmp_path / "a.json"])
        assert guides(other) == {"Ana": "Rui", "Rui": "", "Eva": "customer:1"}


def test_numbers_are_those_of_the_other_archive(guided: Workspace, tmp_path: Path) -> None:
    guided.exports.export(tmp_path / "a.json")
    with Workspace.open(tmp_path / "b.crm", create=True, data_dir=tmp_path) as other:
        other.customers.create(CustomerDraft("Somebody else"))
        other.imports.import_files([tmp_path / "a.json"])
        found = guides(other)
        ana = next(row.id for row in other.customers.search("Ana"))
        assert (found["Eva"], found["Ana"]) == (f"customer:{ana}", "Rui")


def test_whoever_is_not_in_an_old_file_is_nobody_here(guided: Workspace, tmp_path: Path) -> None:
    guided.exports.export(tmp_path / "a.json")
    found = json.loads((tmp_path / "a.json").read_text("utf-8"))
    found["customers"] = found["customers"][2:]
    (tmp_path / "old.json").write_text(json.dumps(found), "utf-8")
    with Workspace.open(tmp_path / "b.crm", create=True, data_dir=tmp_path) as other:
        stranger = other.customers.create(CustomerDraft("Has that number"))
        assert stranger == 1
        other.imports.import_files([tmp_path / "old.json"])
        assert guides(other)["Eva"] == "#1"


def test_names_in_a_sheet_beside_it_are_still_found(guided: Workspace, tmp_path: Path) -> None:
    guided.exports.export(tmp_path / "own.json")
    (tmp_path / "sheet.csv").write_text("Name,Phone,Guide\nZoe,912345678,Eva\n", "utf-8")
    with Workspace.open(tmp_path / "b.crm", create=True, data_dir=tmp_path) as other:
        other.imports.import_files([tmp_path / "own.json", tmp_path / "sheet.csv"])
        assert guides(other) == {
            "Ana": "Rui",
            "Rui": "",
            "Eva": "customer:1",
            "Zoe": "customer:3",
        }
