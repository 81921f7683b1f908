"""Cells become what their fields take; what they cannot take is kept and reported."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import Read, read

from crm_desktop.bridge.rows.clean import Facts, SheetCleaner
from crm_desktop.bridge.values.nothing import says_none
from crm_desktop.bridge.values.text import plain_value
from crm_desktop.domain.customers import Address, CustomerDraft
from crm_desktop.domain.imports import ColumnMapping, SheetPlan

Make = Callable[..., Path]


def one(make_xlsx: Make, headers: list[str], *rows: list[Any], country: str = "PT") -> Read:
    return read(make_xlsx([headers, *rows]), country)


def draft(found: Read) -> CustomerDraft:
    return found.drafts[0]


def problems(found: Read) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.value) for row in found.all_rows for p in row.problems]


def test_two_phones_in_a_cell(make_xlsx: Make) -> None:
    found = one(make_xlsx, ["Nome", "Telefone"], ["Ana", "912 345 678 / 21 345 67 89"])
    assert [p.value for p in draft(found).contact_points] == ["+351912345678", "+351213456789"]
    assert problems(found) == []


def test_invalid_phone_is_kept_and_reported(make_xlsx: Make) -> None:
    found = one(make_xlsx, ["Nome", "Telefone"], ["Ana", "12345"], ["Rui", "9.12E+08"])
    point = draft(found).contact_points[0]
    assert (point.raw, point.value) == ("12345", None)
    assert problems(found) == [(2, "B", "12345"), (3, "B", "9.12E+08")]
    assert "damaged by Excel" in found.all_rows[1].problems[0].problem


def test_phone_of_the_rows_own_country(make_xlsx: Make) -> None:
    found = one(
        make_xlsx,
        ["Nome", "Telefone", "País"],
        ["Li", "13800138000", "China"],
        ["Eva", "030 901820", "Alemanha"],
        ["Ana", "912345678", "França"],
    )
    values = [d.contact_points[0].value for d in found.drafts]
    assert values == ["+8613800138000", "+4930901820", "+351912345678"]
    assert problems(found) == []


def test_number_cells_are_never_floats(make_xlsx: Make) -> None:
    found = one(make_xlsx, ["Nome", "Telefone", "Passo"], ["Ana", 912345678.0, 42.0])
    assert draft(found).contact_points[0].raw == "912345678"
    assert draft(found).custom == (("Passo", "42"),)
    assert json.loads(found.all_rows[0].raw) == {"A": "Ana", "B": 912345678, "C": 42}


def test_same_number_in_two_columns_is_one(make_xlsx: Make) -> None:
    found = one(make_xlsx, ["Nome", "Telefone", "Telemóvel"], ["Ana", "912345678", "912 345 678"])
    assert len(draft(found).contact_points) == 1


def test_emails(make_xlsx: Make) -> None:
    found = one(make_xlsx, ["Nome", "Email"], ["Ana", "A@Example.org; b@example.org"], ["Rui", "x"])
    assert [p.value for p in draft(found).contact_points] == ["a@example.org", "b@example.org"]
    assert problems(found) == [(3, "B", "x")]
    assert found.drafts[1].contact_points[0].raw == "x"


def test_impossible_birthday_goes_to_a_custom_field(make_xlsx: Make) -> None:
    rows = [["Ana", "31/02/1980"], ["Rui", "12/05/1980"], ["Eva", "0/0/00"], ["Zé", "14/07"]]
    found = one(make_xlsx, ["Nome", "Data de nascimento"], *rows)
    assert [d.birthday for d in found.drafts] == [None, "1980-05-12", None, "--07-14"]
    assert draft(found).custom == (("Data de nascimento", "31/02/1980"),)
    assert problems(found) == [(2, "B", "31/02/1980")]


def test_unknown_stage_goes_to_a_custom_field(make_xlsx: Make) -> None:
    rows = [["Ana", "Cliente"], ["Rui", "Potencial"], ["Eva", "Platina"]]
    found = one(make_xlsx, ["Nome", "Estado"], *rows)
    assert [d.stage for d in found.drafts] == ["customer", "potential", None]
    assert found.drafts[2].custom == (("Estado", "Platina"),)


def test_tags_and_notes(make_xlsx: Make) -> None:
    found = one(
        make_xlsx,
        ["Nome", "Etiquetas", "Notas", "Observações"],
        ["Ana", "VIP, neve;família、VIP", "linha 1\r\nlinha 2", "mais"],
    )
    assert draft(found).tags == ("VIP", "neve", "família")
    assert draft(found).notes == "linha 1\nlinha 2\nmais"


def test_address(make_xlsx: Make) -> None:
    found = one(
        make_xlsx,
        ["Nome", "Morada", "Morada 2", "Código Postal", "Localidade", "País"],
        ["Ana", " Rua A, 5 ", "3º Esq", "１０００-001", "Lisboa", "Portugal"],
        ["Rui", None, None, None, None, None],
    )
    assert draft(found).addresses == (
        Address("Rua A, 5, 3º Esq", "1000-001", "Lisboa", "", "Portugal"),
    )
    assert found.drafts[1].addresses == ()


def test_names_are_joined_as_their_language_wants(make_xlsx: Make) -> None:
    rows = [["秀英", "王"], ["Ana", "Silva"], ["Ana", None], [None, "李"], ["刘洋", "Silva"]]
    found = one(make_xlsx, ["First name", "Last name"], *rows)
    assert [d.name for d in found.drafts] == ["王秀英", "Ana Silva", "Ana", "李", "刘洋 Silva"]


def test_last_name_first_with_a_comma(make_xlsx: Make) -> None:
    rows = [["Silva, Ana"], ["Costa, Rui"], ["Mar Alto, Lda"], ["王，秀英"]]
    found = one(make_xlsx, ["Nome"], *rows)
    assert [d.name for d in found.drafts] == ["Ana Silva", "Rui Costa", "Mar Alto, Lda", "王秀英"]
    assert (draft(found).given_name, draft(found).family_name) == ("Ana", "Silva")


def test_organisations(make_xlsx: Make) -> None:
    found = one(
        make_xlsx,
        ["Nome", "Empresa", "Telefone"],
        ["Ana", "Mar Alto, Lda", "912345678"],
        [None, "Mar Baixo, Lda", "912345679"],
        ["Vento & Filhos, S.A.", None, "912345670"],
    )
    assert [(d.kind, d.name, d.organisation) for d in found.drafts] == [
        ("person", "Ana", "Mar Alto, Lda"),
        ("organisation", "Mar Baixo, Lda", ""),
        ("organisation", "Vento & Filhos, S.A.", ""),
    ]


def test_rows_that_make_no_customer_say_why(make_xlsx: Make) -> None:
    found = one(
        make_xlsx,
        ["Nome", "Telefone", "Lugar"],
        ["Ana", "912345678", "janela"],
        ["Nome", "Telefone", "Lugar"],
        [None, None, "corredor"],
        [" ", None, None],
        ["Total", 4, None],
        [None, "912345679", None],
    )
    reasons = {row.row: row.left_out for row in found.all_rows if row.left_out}
    assert list(reasons) == [3, 4, 6]
    assert "repeats the header" in reasons[3]
    assert "no name" in reasons[4]
    assert "adds others up" in reasons[6]
    assert found.drafts[-1].name == "+351912345679"
    assert found.preview.sheets[0].rows == len(found.all_rows)
    assert json.loads(found.all_rows[2].raw) == {"C": "corredor"}


def test_totally_is_a_name_too(make_xlsx: Make) -> None:
    found = one(make_xlsx, ["Nome", "Telefone"], ["Totalmédica Lda", "912345678"])
    assert draft(found).name == "Totalmédica Lda"


def test_a_row_whose_name_says_nothing_is_named_by_how_it_is_reached(make_xlsx: Make) -> None:
    found = one(
        make_xlsx,
        ["Nome", "Empresa", "Telefone", "Email"],
        ["-", None, "912345678", None],
        ["???", "-", None, "a@example.pt"],
        ["--", "Padaria Sol", None, None],
        ["…", "-", None, None],
    )
    assert [(d.name, d.organisation) for d in found.drafts] == [
        ("+351912345678", ""),
        ("a@example.pt", ""),
        ("Padaria Sol", ""),
    ]
    assert [row.row for row in found.all_rows if row.left_out] == [5]


def test_a_firm_called_total_is_no_total_where_it_has_a_phone(make_xlsx: Make) -> None:
    found = one(
        make_xlsx,
        ["Nome", "Telefone", "Cidade", "Valor"],
        ["Ana Silva", "913456789", "Porto", 10],
        ["Total Energia", "912345678", None, None],
        ["Total clientes", 2, None, 10],
    )
    assert [row.row for row in found.all_rows if row.left_out] == [4]


cells = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.sampled_from(['},{"A":"x', '"}', "\\", '\\"},{"', "a\nb"]),
    st.integers(-(10**9), 10**9).map(float),
    st.booleans(),
)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=6))
def test_raw_rows_are_what_stood_in_the_sheet(rows: list[tuple[Any, Any]]) -> None:
    columns = (
        ColumnMapping(1, "B", "Nome", "name", 1.0),
        ColumnMapping(2, "C", "Nota", "notes", 1.0),
    )
    cleaner = SheetCleaner(SheetPlan(0, 1, columns), Facts((1, 2), ("PT",)))
    made = cleaner.clean(list(range(len(rows))), [list(row) for row in rows])
    assert [json.loads(row[4]) for row in made] == [
        {k: plain_value(v) for k, v in zip("BC", row, strict=True) if plain_value(v) != ""}
        for row in rows
    ]


visible = st.characters(codec="utf-8", exclude_categories=["C", "Z"])


@pytest.mark.parametrize("field", ["phone", "email", "birthday", "stage", "kind"])
@given(
    text=st.text(
        st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=9
    )
)
def test_no_text_is_ever_lost(field: str, text: str) -> None:
    columns = (
        ColumnMapping(0, "A", "Nome", "name", 1.0),
        ColumnMapping(1, "B", "Campo", field, 1.0),
    )
    cleaner = SheetCleaner(SheetPlan(0, 1, columns), Facts((0, 1), ("PT",)))
    _row, made, left_out, found, _raw, *_more = cleaner.clean([2], [["Ana", text]])[0]
    assert not left_out
    assert made is not None
    taken = made[6] or made[5] or (field == "kind" and not found and made[1])
    kept = made[8] or made[11]
    nothing = text.strip("0/.- ") == "" or says_none(text)
    assert taken or kept or nothing or not text.strip()
    assert bool(found) <= bool(kept)
