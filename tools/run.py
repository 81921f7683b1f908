"""Set the checkout up and run something in it: one command on a machine with Python and pip.

    python3 tools/run.py demo          open the window with the sample archive
    python3 tools/run.py test          pass the tests, on all cores (words after it go to pytest,
                                       which then has one process)
    python3 tools/run.py lint          ruff, mypy, the contracts between the parts
    python3 tools/run.py setup         only set up

Sets up a virtual environment in `.venv` (or where CRM_DESKTOP_VENV says) with the versions of
`requirements/`, each checked against its hash, and the checkout itself in editable form. Where
that was done before and nothing has changed since, it is not done again.

Nothing but the standard library here: this runs before anything is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
OLDEST = (3, 11)
# A file's tests stay together until a process has nothing left to do.
ALL_CORES = ("-n", "auto", "--dist", "worksteal")
LINTERS = (
    ("ruff", "check"),
    ("ruff", "format", "--check"),
    ("mypy",),
    ("lint-imports",),
)


class Environment:
    """The checkout's virtual environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.programs / ("python.exe" if os.name == "nt" else "python")

    def prepare(self, *locks: str) -> None:
        """Make it where it is missing, and install what the lock files say where they changed."""
        wanted = self._digest(locks)
        stamp = self.folder / f"crm-desktop-{'-'.join(locks)}.stamp"
        if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
            return
        if not self.python.exists():
            print(f"Making a virtual environment in {self.folder} …", flush=True)
            venv.create(self.folder, with_pip=_has_ensurepip())
        print("Installing what it needs (once; some 500 MB on the disk) …", flush=True)
        files = [word for lock in locks for word in ("-r", str(REQUIREMENTS / f"{lock}.txt"))]
        self._pip("install", "--quiet", "--require-hashes", *files)
        self._pip("install", "--quiet", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
        stamp.write_text(wanted, encoding="ascii")

    def _digest(self, locks: Sequence[str]) -> str:
        digest = hashlib.sha256()
        for path in (*(REQUIREMENTS / f"{lock}.txt" for lock in locks), ROOT / "pyproject.toml"):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def _pip(self, *words: str) -> None:
        """Run pip on the environment; the outer pip where the environment came without one."""
        inner = self.run("-c", "import pip", quiet=True) == 0
        command = (
            [str(self.python), "-m", "pip"]
            if inner
            else [sys.executable, "-m", "pip", "--python", str(self.python)]
        )
        subprocess.run([*command, "--disable-pip-version-check", *words], cwd=ROOT, check=True)

    def run(self, *words: str, quiet: bool = False) -> int:
        """Run the environment's Python; returns its exit status."""
        output = subprocess.DEVNULL if quiet else None
        return subprocess.run(
            [str(self.python), *words], cwd=ROOT, stdout=output, stderr=output, check=False
        ).returncode

    def run_program(self, name: str, *words: str) -> int:
        """Run one of the environment's programs; returns its exit status."""
        print(f"$ {' '.join((name, *words))}", flush=True)
        path = self.programs / (name + (".exe" if os.name == "nt" else ""))
        return subprocess.run([str(path), *words], cwd=ROOT, check=False).returncode

    def can_load_qt(self) -> bool:
        """Whether Qt finds its system libraries; says which packages to install where not."""
        return self.run("-c", _LOAD_QT) == 0


_LOAD_QT = """
import sys
try:
    import PySide6.QtWidgets
except ImportError as error:
    from crm_desktop.ui.preflight import missing_libraries_message
    sys.exit(missing_libraries_message(error))
"""


def _has_ensurepip() -> bool:
    """Debian ships Python without it; then the environment is filled from outside."""
    return importlib.util.find_spec("ensurepip") is not None


def main() -> int:
    """Entrance."""
    if sys.version_info < OLDEST:
        print("CRM Desktop needs Python 3.11 or newer.", file=sys.stderr)
        return 1
    parser = argparse.ArgumentParser(description="Set the checkout up and run something in it.")
    parser.add_argument("what", choices=["demo", "test", "lint", "setup"])
    parser.add_argument("words", nargs=argparse.REMAINDER, help="handed on")
    asked = parser.parse_args()
    environment = Environment(Path(os.environ.get("CRM_DESKTOP_VENV", ROOT / ".venv")).resolve())
    try:
        environment.prepare(*(("run", "build") if asked.what == "demo" else ("test",)))
    except subprocess.CalledProcessError as error:
        print("Setting up failed; what pip said stands above.", file=sys.stderr)
        return int(error.returncode) or 1
    if asked.what == "demo":
        if not environment.can_load_qt():
            return 1
        return environment.run("-m", "crm_desktop", "--demo", *asked.words)
    if asked.what == "test":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        if not environment.can_load_qt():
            return 1
        return environment.run("-m", "pytest", *(asked.words or ALL_CORES))
    if asked.what == "lint":
        return max(environment.run_program(*command) for command in LINTERS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
