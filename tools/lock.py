"""Write the lock files: every version with its hashes, for every platform, naming no host.

    python -m pip install uv
    python tools/lock.py                keeps the versions that still fit
    python tools/lock.py --upgrade      takes the newest

All files are cut from one resolution, so that a version is the same wherever it stands.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "requirements"
# What each file holds: the program's own dependencies where `project`, and groups of them.
LOCKS: dict[str, tuple[bool, tuple[str, ...]]] = {
    "run": (True, ()),
    "build": (False, ("build",)),
    "test": (True, ("test", "build")),
    "bundle": (True, ("bundle", "build")),
}
OPTIONS = (
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--no-annotate",
)


def compile_lock(target: Path, *words: str) -> None:
    """Resolve into one file."""
    subprocess.run(
        [sys.executable, "-m", "uv", "pip", "compile", *OPTIONS, *words, "-o", str(target)],
        cwd=ROOT,
        check=True,
    )


def _groups(names: tuple[str, ...]) -> list[str]:
    return [f"--group={name}" for name in names]


def main(arguments: list[str]) -> None:
    """Entrance."""
    FOLDER.mkdir(exist_ok=True)
    everything = tuple(dict.fromkeys(name for _own, names in LOCKS.values() for name in names))
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "all.txt"
        if "--upgrade" not in arguments:
            # uv keeps the versions that it finds in the file it is to write.
            whole.write_text("".join(map(_locked, FOLDER.glob("*.txt"))), encoding="utf-8")
        compile_lock(whole, "pyproject.toml", *_groups(everything))
        for name, (own, groups) in LOCKS.items():
            target = FOLDER / f"{name}.txt"
            target.unlink(missing_ok=True)
            sources = ["pyproject.toml"] if own else []
            compile_lock(target, *sources, *_groups(groups), f"--constraint={whole}")
            print(target.relative_to(ROOT))


def _locked(path: Path) -> str:
    return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
