"""What the guide says of each kind of sheet is so: its commands, run on its pictures' sheets."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

from crm_desktop.cli import main

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "guide"
PAGES = sorted((GUIDE / "sheets").glob("*.md"))
_BLOCK = re.compile(r"^```(json|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#\s]+)")

sys.path.insert(0, str(ROOT / "tools"))

from guide_files import write_formats  # noqa: E402
from guide_samples import PASSWORD, write_sheets  # noqa: E402


def linked(page: Path) -> set[Path]:
    """Files that a page leads to or shows."""
    targets = _LINK.findall(page.read_text(encoding="utf-8"))
    return {(page.parent / target).resolve() for target in targets if ":" not in target}


@pytest.mark.parametrize("page", [p for p in PAGES if p.stem != "README"], ids=lambda p: p.stem)
def test_a_page_is_what_happens(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A block of JSON is the mapping of the commands below it."""
    write_sheets(tmp_path)
    write_formats(tmp_path)
    (tmp_path / "password.txt").write_text(f"{PASSWORD}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    blocks = _BLOCK.findall(page.read_text(encoding="utf-8"))
    assert any(kind == "console" for kind, _text in blocks)
    for kind, text in blocks:
        if kind == "json":
            (tmp_path / "mapping.json").write_text(text, encoding="utf-8")
            continue
        for step in text.split("$ crm-desktop ")[1:]:
            command, _newline, told = step.partition("\n")
            with pytest.raises(SystemExit):
                main(shlex.split(command))
            captured = capsys.readouterr()
            lines = (captured.out + captured.err).splitlines()
            assert [line.rstrip() for line in lines] == told.splitlines()


def test_every_page_is_reached_and_every_picture_shown() -> None:
    found, to_look = set(), {GUIDE / "README.md"}
    while to_look:
        page = to_look.pop()
        found.add(page)
        for target in linked(page) - found:
            if target.suffix == ".md" and target.is_relative_to(GUIDE):
                to_look.add(target)
            else:
                found.add(target)
    assert set(GUIDE.rglob("*.md")) - found == set()
    assert set((GUIDE / "pictures").iterdir()) - found == set()


def test_pictures_are_small() -> None:
    large = {p.name: p.stat().st_size for p in (GUIDE / "pictures").iterdir()}
    assert {name: size for name, size in large.items() if size > 150_000} == {}
