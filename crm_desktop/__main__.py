"""`crm-desktop`, `python -m crm_desktop`, and the first file of the bundle.

The window alone goes past the command line: click costs the start 30 ms before the first paint.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

_ARCHIVE = ".crm"


def main() -> None:
    """Open the window, or do what a command says."""
    words = sys.argv[1:]
    if wants_window(words):
        _open_window(words)
    from crm_desktop.cli import main as obey

    obey()


def wants_window(words: Sequence[str]) -> bool:
    """Whether a call asks for the window and nothing else: no word, or one archive's name.

    Whatever is harder to tell is for the command line, which may open the window too.
    """
    if len(words) != 1:
        return not words
    return not words[0].startswith("-") and words[0].lower().endswith(_ARCHIVE)


def _open_window(words: Sequence[str]) -> None:
    """Open the window and end with it; comes back where there can be none."""
    from crm_desktop.domain.errors import EnvironmentProblem
    from crm_desktop.ui.preflight import require_window

    try:
        require_window()
    except EnvironmentProblem:  # the command line meets it again, and knows how to say it
        return
    from crm_desktop.app import run_window

    try:
        raise SystemExit(run_window(Path(words[0]) if words else None))
    except KeyboardInterrupt:
        raise SystemExit(1) from None


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        import multiprocessing

        # The bundle starts itself again for the child that reads spreadsheets.
        multiprocessing.freeze_support()
    main()
