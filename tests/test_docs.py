"""What the documentation says is so: links lead somewhere, commands exist, packages are told of."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement

from crm_desktop.assets import resource
from crm_desktop.cli import commands, main

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "installer").glob("*.md")]
)
ARCHITECTURE = ROOT / "docs" / "ARCHITECTURE.md"
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<[^>]*\bsrc(?:set)?=\"([^\"]+)\"")
_FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def named(documents: list[Path]) -> Iterator[object]:
    for document in documents:
        yield pytest.param(document, id=document.relative_to(ROOT).as_posix())


@pytest.mark.parametrize("document", list(named(DOCUMENTS)))
def test_links_lead_somewhere(document: Path) -> None:
    prose = _FENCED.sub("", text_of(document))
    targets = [first or second for first, second in _LINK.findall(prose)]
    local = [t.partition("#")[0] for t in targets if not re.match(r"[a-z]+:", t)]
    missing = [t for t in local if t and not (document.parent / t).exists()]
    assert missing == []


def said_commands() -> Iterator[object]:
    """Lines of fenced blocks that call our program, as words after its name."""
    for document in DOCUMENTS:
        for block in _FENCED.findall(text_of(document)):
            for line in block.replace("\\\n", " ").splitlines():
                match = re.match(r"(?:[$>] )?(?:\S*[/\\])?crm-desktop(?:\.exe)? (.+)", line)
                if match and "…" not in line and "[" not in line:
                    words = shlex.split(match[1], comments=True)
                    yield pytest.param(words, id=f"{document.name}: {' '.join(words)}")


@pytest.mark.parametrize("words", list(said_commands()))
def test_commands_exist(words: list[str]) -> None:
    """Parsed by the real command line, and not run."""
    context = click.Context(commands, info_name="crm-desktop")
    if not words or words[0] not in commands.commands:
        words = ["window", *words]
    name, command, rest = commands.resolve_command(context, words)
    assert name is not None
    assert command is not None
    assert {"-h", "--help", "--version"} & set(words) or command.make_context(name, list(rest))


def test_every_dependency_is_told_of() -> None:
    """Each has a row in the architecture's table: what for, why this one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    entries = list(project["project"]["dependencies"])
    for group in project["dependency-groups"].values():
        entries += [entry for entry in group if isinstance(entry, str)]
    section = text_of(ARCHITECTURE).partition("\n## What we build on\n")[2].partition("\n## ")[0]
    rows = set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE))
    names = {Requirement(entry).name for entry in entries}
    assert names - rows == set()
    assert rows - names == set()


def test_readme_tour_is_what_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The commands of the README's console print what stands below them."""
    tour = re.search(r"^```console\n(.*?)^```", text_of(ROOT / "README.md"), re.M | re.S)
    assert tour is not None
    shutil.copy(resource("sample", "clientes.xlsx"), tmp_path)
    monkeypatch.chdir(tmp_path)
    for step in tour[1].split("$ crm-desktop ")[1:]:
        command, _newline, output = step.partition("\n")
        with pytest.raises(SystemExit) as ended:
            main(shlex.split(command))
        assert ended.value.code == 0
        assert capsys.readouterr().out == output
