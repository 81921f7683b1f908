"""What is committed: locks that agree, no host of a registry, no path of somebody's machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import crm_desktop

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", "build", "dist", "__pycache__"}
LOCKS = {"run": [], "build": ["build"], "test": ["test", "build"], "bundle": ["bundle", "build"]}

# Put together from pieces, so that this file does not find itself.
HOSTS = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("deb", "debian", "org"),
            ("archive", "ubuntu", "com"),
        )
    )
    + "|--(extra-)?index"
    + "-url|--find"
    + "-links"
)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(work|root|tmp/dev|home/\w+|Users/\w+)" + "/")


@cache
def files() -> tuple[Path, ...]:
    """The committed files; in a checkout without git, whatever lies there."""
    if (ROOT / ".git").exists() and (git := shutil.which("git")):
        # A hook of git's would otherwise send us to another repository.
        environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        listed = subprocess.run(
            [git, "ls-files", "-z"], cwd=ROOT, env=environment, capture_output=True, check=True
        )
        paths = [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name]
        return tuple(path for path in paths if path.is_file())
    return tuple(
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not NOT_OURS & set(path.relative_to(ROOT).parts)
    )


@cache
def texts() -> dict[str, str]:
    found = {}
    for path in files():
        try:
            found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def group(name: str) -> list[Requirement]:
    return [Requirement(entry) for entry in project()["dependency-groups"][name]]


def dependencies() -> list[Requirement]:
    return [Requirement(entry) for entry in project()["project"]["dependencies"]]


@cache
def locked(name: str) -> dict[str, Requirement]:
    """A lock file's packages; each must be pinned and have its hashes."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    found = {}
    for entry in text.replace("\\\n", " ").splitlines():
        words, *hashes = entry.split("--hash=")
        assert hashes, f"no hash: {entry}"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}\s*", h) for h in hashes), entry
        requirement = Requirement(words.strip())
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), entry
        found[canonicalize_name(requirement.name)] = requirement
    return found


def version(requirement: Requirement) -> str:
    return str(requirement.specifier).removeprefix("==")


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_what_the_project_asks_for(name: str) -> None:
    wanted = [] if name == "build" else dependencies()
    for entry in LOCKS[name]:
        wanted += group(entry)
    for requirement in wanted:
        found = locked(name).get(canonicalize_name(requirement.name))
        assert found is not None, f"{requirement} is not in {name}.txt: run tools/lock.py"
        assert requirement.specifier.contains(version(found), prereleases=True), requirement


def test_locks_agree_with_each_other() -> None:
    everything: dict[str, str] = {}
    for name in LOCKS:
        for package, requirement in locked(name).items():
            assert everything.setdefault(package, version(requirement)) == version(requirement)


def test_build_group_is_what_builds() -> None:
    assert project()["dependency-groups"]["build"] == project()["build-system"]["requires"]


def test_no_host_is_named() -> None:
    assert [name for name, text in texts().items() if HOSTS.search(text)] == []


def test_no_path_of_a_machine() -> None:
    found = {
        f"{name}: {match[0]}"
        for name, text in texts().items()
        for match in MACHINE_PATHS.finditer(text)
    }
    assert found == set()


def test_every_font_and_icon_set_has_its_licence() -> None:
    fonts = ROOT / "resources" / "fonts"
    families = {path.name.partition("-")[0] for path in fonts.glob("*.ttf")}
    assert families
    assert {path.name for path in fonts.glob("LICENSE-*")} == {
        f"LICENSE-{family}.txt" for family in families
    }
    assert (ROOT / "resources" / "icons" / "LICENSE").is_file()


def test_changelog_knows_this_version() -> None:
    assert f"## [{crm_desktop.__version__}]" in texts()["CHANGELOG.md"]


def test_test_files_have_names_of_their_own() -> None:
    """pytest imports them by their bare names, as their folders are no packages."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []


def test_helpers_of_tests_are_not_in_conftest() -> None:
    """Every folder has a conftest, and which of them `import conftest` finds is chance."""
    importers = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("*.py")
        if re.search(r"^\s*(from|import) conftest\b", path.read_text(encoding="utf-8"), re.M)
    ]
    assert importers == []
