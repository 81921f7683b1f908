"""Cells and values that the owner puts right before the import."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sheet_files import write_csv, write_xlsx

from crm_desktop.bridge.files.formats import load
from crm_desktop.bridge.process import wire
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS
from crm_desktop.bridge.process.reader import Reader
from crm_desktop.bridge.process.wire import CleanRow
from crm_desktop.bridge.sheets.pipeline import Workbook
from crm_desktop.domain.imports import ColumnMapping, Fix, SheetPlan

HEADS = ["Nome", "Telemóvel", "Cidade", "Etiquetas", "Nascimento", "Clube"]
ROWS = [
    ["Ana Lopes", "912 345 678", "Lisboa", "vip, Norte", "03/04/1985", "Sporting"],
    ["Rui Sousa", "12-34", "lisboa", "VIP", "05/06/1990", "sporting"],
    ["Eva Paz", "963 111 222", "LISBOA ", "norte; vip", "07/08/1979", "Sporting"],
    ["Gil Reis", "963 111 333", "Porto", "", "", "Porto"],
]


class Mended:
    """A file read with plans of one's own, in this very process."""

    def __init__(self, path: Path, country: str = "PT") -> None:
        source = load(path, None, DEFAULT_LIMITS)
        self.book = Workbook(source, country, DEFAULT_LIMITS, sparse=False)
        self.preview = self.book.inspect(_quiet)
        self.plan = self.preview.sheets[0].plan

    def column(self, header: str) -> ColumnMapping:
        return next(c for c in self.plan.columns if c.header == header)

    def replacing(self, header: str, **changes: Any) -> SheetPlan:
        columns = tuple(
            replace(c, **changes) if c.header == header else c for c in self.plan.columns
        )
        return replace(self.plan, columns=columns)

    def rows(self, plan: SheetPlan) -> dict[int, CleanRow]:
        return {
            row.row: row
            for batch in self.book.rows(plan, _quiet)
            for row in wire.unpack_rows(wire.pack_rows(batch))
        }


def _quiet(_done: int, _total: int | None) -> None:
    """Nobody watches."""


def _book(path: Path, rows: Sequence[Sequence[Any]] = ROWS) -> Mended:
    write_xlsx(path, {"Clientes": [HEADS, *rows]})
    return Mended(path)


def _raw(row: CleanRow) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(row.raw)
    return found


def test_a_fixed_cell_is_cleaned_and_its_evidence_stays(tmp_path: Path) -> None:
    mended = _book(tmp_path / "a.xlsx")
    assert [p.column for p in mended.rows(mended.plan)[3].problems] == ["B"]
    plan = replace(mended.plan, fixes=(Fix(3, 1, "912 111 222"), Fix(4, 0, "Eva da Paz")))
    rows = mended.rows(plan)
    draft = rows[3].draft
    assert draft is not None
    assert [p.value for p in draft.contact_points] == ["+351912111222"]
    assert draft.custom == (("Clube", "sporting"),)
    assert rows[3].problems == ()
    assert _raw(rows[3])["B"] == "12-34"
    assert rows[4].draft is not None
    assert rows[4].draft.name == "Eva da Paz"
    assert _raw(rows[4])["A"] == "Eva Paz"
    # The others are as they were.
    assert rows[2] == mended.rows(mended.plan)[2]


def test_a_fix_that_is_wrong_too_is_a_problem(tmp_path: Path) -> None:
    mended = _book(tmp_path / "a.xlsx")
    rows = mended.rows(replace(mended.plan, fixes=(Fix(3, 1, "12-35"),)))
    assert [(p.column, p.value) for p in rows[3].problems] == [("B", "12-35")]


def test_a_fix_can_name_who_had_no_name(tmp_path: Path) -> None:
    more = [*ROWS, ["", "914 000 111", "", "", "", ""], ["", "", "Faro", "", "", ""]]
    mended = _book(tmp_path / "a.xlsx", more)
    before = mended.rows(mended.plan)
    assert before[6].continues
    assert before[7].continues
    plan = replace(mended.plan, fixes=(Fix(6, 0, "Ivo Dias"), Fix(7, 0, "Zé Luz")))
    after = mended.rows(plan)
    assert not after[6].continues
    assert [after[n].draft.name for n in (6, 7)] == ["Ivo Dias", "Zé Luz"]  # type: ignore[union-attr]
    assert "A" not in _raw(after[7])


def test_fixes_of_cells_that_are_not_there_do_nothing(tmp_path: Path) -> None:
    mended = _book(tmp_path / "a.xlsx")
    plan = replace(mended.plan, fixes=(Fix(99, 0, "x"), Fix(1, 0, "x"), Fix(2, 50, "x")))
    assert mended.rows(plan) == mended.rows(mended.plan)


def test_values_are_replaced_in_their_column_alone(tmp_path: Path) -> None:
    mended = _book(tmp_path / "a.xlsx")
    pairs = (("lisboa", "Lisboa"), ("LISBOA", "Lisboa"), ("sporting", "no"))
    rows = mended.rows(mended.replacing("Cidade", replacements=pairs))
    cities = [r.draft.addresses[0].city for r in rows.values() if r.draft]
    assert cities == ["Lisboa", "Lisboa", "Lisboa", "Porto"]
    assert [r.draft.custom[0][1] for r in rows.values() if r.draft][1] == "sporting"
    assert _raw(rows[4])["C"] == "LISBOA "


def test_tags_are_replaced_one_by_one(tmp_path: Path) -> None:
    mended = _book(tmp_path / "a.xlsx")
    plan = mended.replacing("Etiquetas", replacements=(("vip", "VIP"), ("norte", "Norte")))
    tags = [r.draft.tags for r in mended.rows(plan).values() if r.draft]
    assert tags == [("VIP", "Norte"), ("VIP",), ("Norte", "VIP"), ()]


def test_the_values_of_a_column_are_counted_over_all_rows(tmp_path: Path) -> None:
    many = [["Ana Lopes", "", "Lisboa" if n % 9 else "lisboa", "", "", ""] for n in range(5000)]
    mended = _book(tmp_path / "a.xlsx", many)
    city = mended.column("Cidade").index
    assert mended.preview.sheets[0].spellings == (city,)
    values = mended.book.values(mended.plan, city, _quiet)
    assert (values.filled, values.distinct) == (5000, 2)
    assert [dict(c.values) for c in values.clusters] == [{"Lisboa": 4444, "lisboa": 556}]
    tags = _book(tmp_path / "b.xlsx")
    found = tags.book.values(tags.plan, tags.column("Etiquetas").index, _quiet)
    assert (found.filled, found.distinct) == (5, 4)
    assert {c.target for c in found.clusters} == {"VIP", "Norte"} or len(found.clusters) == 2


def test_the_preview_names_columns_with_several_spellings(tmp_path: Path) -> None:
    rows = [[*row[:5], club] for row in ROWS for club in ("Benfica", "benfica", "Benfica")]
    mended = _book(tmp_path / "a.xlsx", rows)
    headers = [HEADS[n] for n in mended.preview.sheets[0].spellings]
    assert headers == ["Cidade", "Etiquetas", "Clube"]


def test_a_column_that_the_owner_calls_birthdays_is_looked_at(tmp_path: Path) -> None:
    heads = ["Nome", "Telefone", "Quando"]
    path = tmp_path / "a.csv"
    write_csv(path, [heads, ["Ana Lopes", "912345678", "03/04/85"], ["Rui", "", "03/14/90"]])
    mended = Mended(path)
    plan = mended.replacing("Quando", field="birthday", date_order="")
    rows = mended.rows(plan)
    assert [r.draft.birthday for r in rows.values() if r.draft] == ["1985-03-04", "1990-03-14"]


def test_an_error_that_was_put_right_is_no_problem_any_more(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Clientes")
        for number, row in enumerate([HEADS, *ROWS]):
            sheet.write_row(number, 0, row)
        sheet.write_formula(4, 2, "=NA()", None, "#N/A")
    mended = Mended(path)
    assert [p.column for p in mended.rows(mended.plan)[5].problems] == ["C"]
    after = mended.rows(replace(mended.plan, fixes=(Fix(5, 2, "Braga"),)))
    assert after[5].problems == ()
    assert after[5].draft is not None
    assert after[5].draft.addresses[0].city == "Braga"


def test_the_reading_process_counts_and_mends(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, {"Clientes": [HEADS, *ROWS]})
    with Reader(path, "PT") as reader:
        plan = reader.inspect().sheets[0].plan
        values = reader.values(plan, 2)
        assert values.clusters[0].target == "Lisboa"
        fixed = replace(plan, fixes=(Fix(3, 1, "912 111 222"),))
        rows = [row for batch in reader.rows(fixed) for row in batch]
        assert not any(row.problems for row in rows)
        assert reader.values(plan, 99).clusters == ()


def test_fields_of_a_kind_take_the_owners_text(tmp_path: Path) -> None:
    heads = ["Nome", "Telefone", "Cliente desde", "Limite"]
    day = dt.date(2020, 5, 4)
    people = [[f"Ana Lopes {n}", f"91{n:07d}", day, 12.5] for n in range(8)]
    path = tmp_path / "a.xlsx"
    write_xlsx(path, {"Clientes": [heads, *people]})
    mended = Mended(path)
    fixes = (Fix(3, 2, "05/06/2021"), Fix(3, 3, "99,5"), Fix(4, 2, "never again"))
    rows = mended.rows(replace(mended.plan, fixes=fixes))
    drafts = {n: dict(row.draft.custom) for n, row in rows.items() if row.draft}
    assert drafts[2] == {"Cliente desde": "2020-05-04", "Limite": "12.5"}
    assert drafts[3]["Cliente desde"] == "2021-06-05"
    assert drafts[4]["Cliente desde"] == "never again"
    assert [p.value for p in rows[4].problems] == ["never again"]
    assert rows[2] == mended.rows(mended.plan)[2]
    assert _raw(rows[3])["C"] == "2020-05-04"
