"""Whole names from their parts, in the order of the language."""

from __future__ import annotations

import pytest

from crm_desktop.domain.names import NameParts, other_part, parts_left, renamed, whole_name


@pytest.mark.parametrize(
    ("given", "family", "language", "whole"),
    [
        ("秀英", "王", "", "王秀英"),
        ("秀英", "王", "en", "王秀英"),
        ("민수", "김", "", "김민수"),
        ("太郎", "山田", "", "山田太郎"),
        ("Maria", "Silva", "pt", "Maria Silva"),
        ("Xiuying", "Wang", "zh_CN", "Wang Xiuying"),
        ("Xiuying", "Wang", "", "Xiuying Wang"),
        ("Anna", "Nagy", "hu", "Nagy Anna"),
        ("", "Silva", "", "Silva"),
        ("Ana", "", "zh", "Ana"),
    ],
)
def test_order(given: str, family: str, language: str, whole: str) -> None:
    assert whole_name(NameParts(given, family), language) == whole


@pytest.mark.parametrize(
    ("name", "before", "after", "language", "now"),
    [
        ("王秀英", ("秀英", "王"), ("秀兰", "王"), "", "王秀兰"),
        ("Maria Silva", ("Maria", "Silva"), ("Maria", "Costa"), "pt", "Maria Costa"),
        # A middle name is neither part.
        ("Maria José Silva", ("Maria", "Silva"), ("Maria", "Costa"), "pt", "Maria José Costa"),
        # Parts that say the name as it stands.
        ("Maria José Silva", ("", ""), ("Maria", ""), "pt", "Maria José Silva"),
        ("王秀英", ("", ""), ("秀英", "王"), "", "王秀英"),
        # Parts that the name never had take its place.
        ("上海客户", ("", ""), ("秀英", "王"), "", "王秀英"),
        ("wangxy", ("", ""), ("秀英", ""), "", "wangxy"),
        ("Ana", ("Ana", ""), ("Ana", "Costa"), "", "Ana Costa"),
    ],
)
def test_edited_parts(
    name: str, before: tuple[str, str], after: tuple[str, str], language: str, now: str
) -> None:
    assert renamed(name, NameParts(*before), NameParts(*after), language) == now


def test_a_name_typed_anew_keeps_the_parts_that_it_has() -> None:
    assert parts_left("Maria Costa", NameParts("Maria", "Silva")) == ("Maria", "")
    assert parts_left("王秀兰", NameParts("秀英", "王")) == ("", "王")
    assert parts_left("Marianne", NameParts("Maria", "")) == ("", "")


def test_one_part_tells_the_other() -> None:
    assert other_part("王秀英", "秀英") == "王"
    assert other_part("王秀英", "王") == "秀英"
    assert other_part("Maria José Silva", "Silva") == "Maria José"
    assert other_part("Maria Silva", "ilva") == ""
    assert other_part("Silva", "Silva") == ""
