"""The words of menus, as lists of commands and keys show them."""

from __future__ import annotations

import pytest

from crm_desktop.ui.commands import plain_words


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("&Open archive…", "Open archive"),
        ("打开档案库(&O)…", "打开档案库"),
        ("新建客户(N)", "新建客户"),
        ("Print && save", "Print & save"),
        ("Undo “Notes of Ana (B)”", "Undo “Notes of Ana (B)”"),
    ],
)
def test_keys_and_dots_are_no_words(text: str, plain: str) -> None:
    assert plain_words(text) == plain
