"""The first page over 100,000 customers and 500,000 entries: what it takes to read and to paint.

    python -m benchmarks.today [--customers 100000] [--interactions 500000] [--archive FILE]

Goals: what is due read p95 <= 50 ms; from the click to its lines painted p95 <= 50 ms, and at
most 6 x what the same page of an empty archive takes. What looks at all customers (birthdays,
silences, the gap queue) comes after that, off the window's thread; the window's longest pause
meanwhile p95 <= 50 ms.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks._firm import add_options, firm
from benchmarks._machine import print_facts, print_percentiles, print_ratio
from crm_desktop.domain.today import PRESSING, Topic
from crm_desktop.services.workspace import Workspace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
DUE_MS, PAINTED_MS, RATIO, PAUSE_MS = 50, 50, 6, 50


def timed(act: Callable[[], object], runs: int) -> list[float]:
    """Seconds that an act takes, each run; the first one, which warms the caches, is left out."""
    took = []
    for _run in range(runs + 1):
        started = time.perf_counter()
        act()
        took.append(time.perf_counter() - started)
    return took[1:]


def read(path: Path, data: Path, runs: int) -> list[bool]:
    """What the archive is asked, head by head."""
    with Workspace.open(path, data_dir=data) as workspace:
        today, gaps = workspace.today, workspace.gaps
        for topic in Topic:
            took = timed(lambda topic=topic: today.sections([topic]), runs)  # type: ignore[misc]
            print_percentiles(f"read: {topic}", took)
        met = print_percentiles(
            "read: all that is due", timed(today.pressing, runs), at_most=DUE_MS
        )
        print_percentiles("read: whom to think of", timed(today.coming, runs))
        print_percentiles("read: in which order gaps are asked for", timed(gaps.ranking, runs))
        ranking = gaps.ranking()
        print_percentiles("read: the first gaps", timed(lambda: gaps.find(ranking, 0), runs))
        lines = sum(len(section.lines) for section in today.sections(PRESSING))
        print(f"{lines} lines of what is due", end="\n\n")
        workspace.close(backup=False)
    return [met]


def show(path: Path, bare: Path, data: Path, runs: int) -> list[bool]:
    """The page in the window, from the click to its lines; beside it, the same page of no archive.

    Args:
        path: the large archive.
        bare: one without a customer.
        data: a folder for the program's own data.
        runs: how often each is measured.
    """
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from crm_desktop.app import build_window
    from crm_desktop.ui.pages.today import TodayPage
    from crm_desktop.ui.theme import Theme

    app = QApplication(["benchmark", *Theme.ARGUMENTS])
    shell = build_window(app, data_dir=data, theme="light", language="en").shell
    shell.show()
    heartbeat = QTimer()
    heartbeat.start(5)

    def until(ready: Callable[[], bool]) -> float:
        """Run the window until something is so; tells its longest pause in seconds."""
        end, longest = time.monotonic() + 60, 0.0
        while not ready() and time.monotonic() < end:
            started = time.perf_counter()
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            longest = max(longest, time.perf_counter() - started)
        return longest

    def first_lines(archive: Path) -> tuple[TodayPage, list[float]]:
        """Seconds from the click on Today to what is due, painted."""
        opened: list[Path] = []
        shell.archive_opened.connect(lambda: opened.append(archive))
        shell.open_archive(archive)
        until(lambda: bool(opened))
        until(lambda: not shell.operations.busy)
        page, shown, took = shell.page("today"), [0], []
        assert isinstance(page, TodayPage)
        page.pressing_shown.connect(lambda: shown.append(1))
        for _run in range(runs + 1):
            shell.show_page("history")
            until(lambda: not shell.operations.busy)
            before, started = len(shown), time.perf_counter()
            shell.show_page("today")
            until(lambda before=before: len(shown) > before)  # type: ignore[misc]
            page.repaint()
            took.append(time.perf_counter() - started)
        return page, took[1:]

    _page, none = first_lines(bare)
    page, due = first_lines(path)
    whole, pauses, shown = [], [], [0]
    page.coming_shown.connect(lambda: shown.append(1))
    for _run in range(runs):
        page._stale = True
        before, started = len(shown), time.perf_counter()
        page.ask()
        pauses.append(until(lambda before=before: len(shown) > before))  # type: ignore[misc]
        whole.append(time.perf_counter() - started)
    print_percentiles("Today of an empty archive painted", none)
    met = [print_percentiles("Today: what is due painted", due, at_most=PAINTED_MS)]
    print_percentiles("Today: all of it painted", whole)
    ratio = statistics.median(due) / statistics.median(none)
    return [
        *met,
        print_ratio("what is due / an empty archive's page", ratio, at_most=RATIO),
        print_percentiles("the window's longest pause", pauses, at_most=PAUSE_MS),
    ]


def main() -> None:
    """Entrance."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    print_facts("PySide6-Essentials", "sqlcipher3")
    folder = Path(tempfile.mkdtemp())
    path, data = folder / "today.crm", folder / "data"
    firm(options, path)
    met = read(path, data, options.runs)
    bare = folder / "bare.crm"
    Workspace.open(bare, create=True, data_dir=data).close(backup=False)
    met += show(path, bare, data, options.runs)
    print(f"{sum(met)} of {len(met)} goals met", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)  # closing is not measured


if __name__ == "__main__":
    main()
