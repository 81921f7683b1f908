"""Numbers as links, pages and people write them."""

from __future__ import annotations

import pytest

from crm_desktop.domain import calls


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("tel:+351912345678", "+351912345678"),
        ("TEL:+351-912-345-678;ext=12", "+351-912-345-678"),
        ("tel://912%20345%20678", "912 345 678"),
        ("callto:+351912345678?call", "+351912345678"),
        ("  Ana\n Silva ", "Ana Silva"),
        ("telefone", "telefone"),
    ],
)
def test_a_link_loses_its_dress(text: str, asked: str) -> None:
    assert calls.asked(text) == asked


@pytest.mark.parametrize(
    "text", ["5678", "+351 912 345 678", "(0)21-345.67", "００３５１９１２", "+351/9123"]
)
def test_numbers(text: str) -> None:
    assert calls.is_number(text)


@pytest.mark.parametrize("text", ["567", "Ana", "Ana 5678", "5678 Ana", "", "----"])
def test_no_numbers(text: str) -> None:
    assert not calls.is_number(text)


def test_one_line_in_two_writings() -> None:
    assert calls.same_line("+351 912 345 678", "912345678")
    assert calls.same_line("00351912345678", "+351912345678")
    assert calls.same_line("0138 0013 8000", "13800138000")
    assert not calls.same_line("+351912345678", "5678")
    assert not calls.same_line("+351912345678", "812345678")
