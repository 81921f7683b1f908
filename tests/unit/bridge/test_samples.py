"""The sample workbooks come in right without a word from anybody."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from reading import read

RESOURCES = Path(__file__).resolve().parents[3] / "resources" / "sample"


@pytest.fixture(scope="module", params=[0, 1, 2], ids=["en", "pt", "zh"])
def imported(request: pytest.FixtureRequest, make_samples: ModuleType) -> Any:
    sample = make_samples.samples()[request.param]
    return sample, read(RESOURCES / sample.file, sample.country)


def test_the_files_are_those_that_the_script_writes(
    make_samples: ModuleType, tmp_path: Path
) -> None:
    for sample in make_samples.samples():
        make_samples.write(sample, tmp_path / sample.file)
        assert (tmp_path / sample.file).read_bytes() == (RESOURCES / sample.file).read_bytes()


def test_header_rows_and_empty_sheets(imported: Any) -> None:
    sample, found = imported
    assert [s.name for s in found.preview.sheets if s.empty] == list(sample.texts)
    for sheet, preview in zip(sample.sheets, found.preview.sheets, strict=False):
        assert preview.plan.header_row == sheet.header_row
        assert preview.rows == len(sheet.rows)


def test_nearly_all_cells_reach_their_field(imported: Any) -> None:
    sample, found = imported
    right = cells = 0
    wrong = []
    for number, sheet in enumerate(sample.sheets):
        columns = {c.index: c for c in found.preview.sheets[number].plan.columns}
        for position, field in enumerate(sheet.fields):
            filled = sum(1 for row in sheet.rows if row[position] is not None)
            cells += filled
            if columns[position].field == field:
                right += filled
            else:
                wrong.append((sheet.name, sheet.headers[position], columns[position].field))
    assert right / cells >= 0.98, wrong


def test_every_customer_is_there_once(imported: Any) -> None:
    sample, found = imported
    customers = found.customers()
    made = {}
    for draft in customers:
        key = (draft.kind, draft.name, frozenset(_values(draft, "phone")))
        assert key not in made
        made[key] = draft
    expected = {(e.kind, e.name, frozenset(e.phones)): e for e in sample.customers}
    assert set(made) == set(expected)
    for key, truth in expected.items():
        draft = made[key]
        assert _values(draft, "email") == truth.emails
        assert draft.birthday == truth.birthday
        assert draft.organisation == truth.organisation
        assert {a.city for a in draft.addresses} == ({truth.city} if truth.city else set())
        assert dict(draft.custom) == truth.custom


def test_the_ledger_balances_and_totals_are_left_out(imported: Any) -> None:
    sample, found = imported
    for number, sheet in enumerate(sample.sheets):
        rows = [row for row in found.rows[number] if not row.firm]
        assert len(rows) == len(sheet.rows)
        for row, owner in zip(rows, sheet.owners, strict=True):
            assert (row.draft is None) == (owner is None) == bool(row.left_out)


def test_country_is_guessed_where_none_is_given(imported: Any) -> None:
    sample, _found = imported
    guessed = read(RESOURCES / sample.file, "")
    assert guessed.preview.country == sample.country


def _values(draft: Any, kind: str) -> set[str]:
    return {p.value for p in draft.contact_points if p.kind == kind}
