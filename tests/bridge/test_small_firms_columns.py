"""Columns that small firms have beside the usual ones, by what their headers and cells say."""

from __future__ import annotations

from typing import Any

import pytest
from archives import PEOPLE, Bring, Imported


def column(bring: Bring, header: str, cell: Any, *more: tuple[str, Any], **kwargs: Any) -> Imported:
    """People with a phone, and the same cells below further headers."""
    cells = [cell, *(value for _header, value in more)]
    rows = [[name, f"91234567{i}", *cells] for i, name in enumerate(PEOPLE)]
    return bring([["Nome", "Telefone", header, *(h for h, _value in more)], *rows], **kwargs)


# --- notes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        "特别提醒",
        "重要提示",
        "Special reminder",
        "Alerts",
        "Aviso",
        "Atenção",
        "Cuidados",
        "Achtung",
    ],
)
def test_reminders_are_notes(bring: Bring, header: str) -> None:
    found = column(bring, header, "Bate à porta")
    assert found.by_name["Rui Costa"]["notes"] == "Bate à porta"
    assert found.by_name["Rui Costa"]["custom"] == {}


# --- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("County/Postcode", "Kent TN1 2AB", ("TN1 2AB", "Kent")),
        ("County / Post Code", "North Yorkshire, YO62 5BL", ("YO62 5BL", "North Yorkshire")),
        ("County/Postcode", "Kent", ("", "Kent")),
        ("State/Zip", "TX 75001", ("75001", "TX")),
        ("Distrito / Código Postal", "4050-001 Porto", ("4050-001", "Porto")),
        ("Código Postal e Distrito", "Porto, 4050-001", ("4050-001", "Porto")),
        ("Distrito / Código Postal", "4050-001", ("4050-001", "")),
    ],
)
@pytest.mark.parametrize("town", ["Vila Alta", ""])
def test_regions_with_postcodes(
    bring: Bring, header: str, cell: str, expected: tuple[str, str], town: str
) -> None:
    more = [("Localidade", town)] if town else []
    found = column(bring, "Morada", "Rua Alta, 1", (header, cell), *more)
    (one,) = found.by_name["Ana Silva"]["addresses"]
    assert (one["city"], one["postcode"], one["region"]) == (town, *expected)


def test_what_is_no_region_with_a_postcode_stays_whole(bring: Bring) -> None:
    found = column(bring, "Town", "Ash", ("County/Postcode", "Kent 12 B"))
    (one,) = found.by_name["Ana Silva"]["addresses"]
    assert (one["city"], one["postcode"], one["region"]) == ("Ash", "Kent 12 B", "")


@pytest.mark.parametrize("header", ["CP - Localidade", "CP-Localidade", "Cod. Postal - Localidade"])
def test_postcodes_with_towns(bring: Bring, header: str) -> None:
    found = column(bring, "Morada", "Rua Alta, 1", (header, "4050-001 Lisboa"))
    (one,) = found.by_name["Ana Silva"]["addresses"]
    assert (one["postcode"], one["city"]) == ("4050-001", "Lisboa")
