"""Fixtures of the tests of services."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bad_input_kit import Kit

from crm_desktop.domain.customers import CustomerDraft, InteractionKind
from crm_desktop.domain.lists import SavedView
from crm_desktop.domain.promises import Side
from crm_desktop.services.workspace import Workspace


@pytest.fixture(scope="module")
def _one_of_each(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    folder = tmp_path_factory.mktemp("bad")
    with Workspace.open(folder / "a.crm", create=True, data_dir=folder) as w:
        w.settings.set_home_country("PT")
        ana = w.customers.create(CustomerDraft("Ana"))
        yield Kit(
            w,
            ana,
            w.cases.begin(ana, "Late"),
            w.promises.add(ana, Side.WE, "Ring"),
            w.documents.add(ana, b"x", file_name="a.txt"),
            w.knowledge.create("Visas"),
            w.timeline.log(ana, InteractionKind.NOTE, "Asked").entry,
            w.fields.add("Own"),
            w.views.save(SavedView("Mine")),
        )


@pytest.fixture
def kit(_one_of_each: Kit) -> Iterator[Kit]:
    """Every test leaves an archive that can be read, searched, printed, exported and checked."""
    w = _one_of_each.w
    yield _one_of_each
    folder = w.path.parent
    assert w.customers.get(_one_of_each.ana).id == _one_of_each.ana
    assert w.files.pdf([_one_of_each.ana]).data.startswith(b"%PDF-")
    for name in ("out.json", "out.xlsx", "out.csv"):
        w.exports.export(folder / name)
    assert w.backups.check().messages == ()
