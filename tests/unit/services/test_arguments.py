"""What the words of a call for the window stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.services.arguments import Arguments, read


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ([], Arguments()),
        (["firm.crm"], Arguments(Path("firm.crm"))),
        (["firm"], Arguments(Path("firm"))),
        (["a.xlsx"], Arguments(None, (Path("a.xlsx"),))),
        (["a.xlsx", "Firm.CRM", "b"], Arguments(Path("Firm.CRM"), (Path("a.xlsx"), Path("b")))),
        (["tel:+351912345678"], Arguments(lookup="tel:+351912345678")),
        (["firm.crm", "callto:123"], Arguments(Path("firm.crm"), lookup="callto:123")),
        (["file:///tmp/a%20b.xlsx"], Arguments(None, (Path("/tmp/a b.xlsx"),))),
    ],
)
def test_words(words: list[str], given: Arguments) -> None:
    assert read(words) == given
