"""Several numbers of one cell: those that lean on the one before, and remarks beside them."""

from __future__ import annotations

import pytest

from crm_desktop.bridge.values.phones import read_phones


@pytest.mark.parametrize(
    ("country", "text", "numbers"),
    [
        ("DE", "089 576346 / 576347", ["+4989576346", "+4989576347"]),
        ("DE", "(089) 576346, 576349", ["+4989576346", "+4989576349"]),
        ("DE", "089 576346 / 0171 1234567", ["+4989576346", "+491711234567"]),
        ("DE", "089 576346 / 171 1234567", ["+4989576346", "+491711234567"]),
        ("DE", "576348 / 576349", ["+49576348", "+49576349"]),
        ("DE", "089 / 57634677", ["+498957634677"]),
        ("BR", "(51) 99123-4567 / 3425-1669", ["+5551991234567", "+555134251669"]),
        ("BR", "51 3425-1670 / 99123-4568", ["+555134251670", "+5551991234568"]),
        ("BR", "11 3425-1671 ou 99123-4568", ["+551134251671", "+5511991234568"]),
        ("BR", "(11) 3425-1672 / (21) 99123-4569", ["+551134251672", "+5521991234569"]),
        ("IT", "06 5763460 / 5763470", ["+39065763460", "+39065763470"]),
        ("GB", "020 7946 0123 / 7946 0124", ["+442079460123", "+442079460124"]),
        ("CN", "021-52345678、52345679", ["+862152345678", "+862152345679"]),
        ("CN", "010-62345678/13800138000", ["+861062345678", "+8613800138000"]),
        ("US", "503-636-0148, 636-0149, 0150", ["+15036360148", "+15036360149", "+15036360150"]),
        ("PT", "213 456 789 / 912 345 678", ["+351213456789", "+351912345678"]),
        ("PT", "213 456 789 / 90", ["+351213456789", "+351213456790"]),
        ("PT", "213456787, 86", ["+351213456787", "+351213456786"]),
        ("PT", "213456788/9", ["+351213456788", "+351213456789"]),
        ("ES", "944396521 / 22", ["+34944396521", "+34944396522"]),
        ("FR", "01 42 34 56 78 / 79", ["+33142345678", "+33142345679"]),
    ],
)
def test_a_later_number_takes_over_what_only_the_first_has(
    country: str, text: str, numbers: list[str]
) -> None:
    assert [phone.value for phone in read_phones(text, (country,))] == numbers


def test_words_stay_with_a_number_that_takes_over_an_area() -> None:
    first, second = read_phones("(11) 3425-1672 (casa) 99123-4569 (cel)", ("BR",))
    assert (first.value, first.label) == ("+551134251672", "casa")
    assert (second.value, second.label) == ("+5511991234569", "cel")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("01584 496 203 (after 6)", "after 6"),
        ("01584 496 203 (Tue-Thu 9-5)", "Tue-Thu 9-5"),
        ("01584 496 203 (ask for Jo 2nd floor)", "ask for Jo 2nd floor"),
        ("Tel. 1: 01584 496 203", ""),
        ("01584 496 203 (Ana)", "Ana"),
    ],
)
def test_a_remark_with_figures_is_the_label_as_a_whole(text: str, label: str) -> None:
    [phone] = read_phones(text, ("GB",))
    assert (phone.value, phone.label) == ("+441584496203", label)
