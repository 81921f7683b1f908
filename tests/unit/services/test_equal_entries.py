"""Entries of one moment come back from an export in their number and their order."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from crm_desktop.domain.customers import CustomerDraft, CustomerId, InteractionKind
from crm_desktop.services.workspace import Workspace


def test_entries_of_one_moment_come_back_as_they_were(workspace: Workspace, tmp_path: Path) -> None:
    number = workspace.customers.create(CustomerDraft("Ana Silva"))
    at = datetime(2000, 1, 1, tzinfo=UTC)
    for text in ("called", "called", "called again"):
        workspace.customers.log_interaction(number, InteractionKind.CALL, text, at=at)
    exported = tmp_path / "all.json"
    workspace.exports.export(exported)

    with Workspace.open(tmp_path / "b.crm", create=True, data_dir=tmp_path) as other:
        for _time in range(2):  # importing it again adds nothing
            other.imports.import_files([exported])
            entries = other.customers.timeline(CustomerId(number))
            assert [e.text for e in entries] == ["called again", "called", "called"]
