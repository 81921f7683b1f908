"""What `benchmarks.window` starts as fresh processes; each prints one JSON document.

    python -m benchmarks._window_child empty
    python -m benchmarks._window_child start ARCHIVE DATA
    python -m benchmarks._window_child use ARCHIVE DATA

`CRM_BENCH_T0` is the moment (of `time.time`) at which the parent started it. Only what a
process is about is imported: whatever else is would be part of what is measured.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_T0 = float(os.environ.get("CRM_BENCH_T0", "0"))


def since_start() -> float:
    return time.time() - _T0


def memory_mb() -> float:
    """Resident memory of this process; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0


def finish(result: dict[str, Any]) -> None:
    import json

    print(json.dumps(result), flush=True)
    # Closing is not measured, and a backup of the archive would outlast the run.
    os._exit(0)


def empty() -> None:
    """Import Qt's widgets and show a window with nothing in it."""
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication([])
    window = QWidget()
    window.show()
    app.processEvents()
    finish({"painted": since_start(), "memory": memory_mb()})


def start(archive: Path, data: Path) -> None:
    """Start the program as its command does, with an archive."""
    from PySide6.QtWidgets import QApplication

    from crm_desktop import __main__  # noqa: F401  (what `crm-desktop` imports first)
    from crm_desktop.app import run_window

    result: dict[str, Any] = {}
    run = QApplication.exec

    def watched() -> int:
        from PySide6.QtCore import QTimer

        from crm_desktop.ui.shell import Shell

        shell = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Shell))

        def painted() -> None:
            result["painted"] = since_start()

        def opened() -> None:
            result["opened"] = since_start()
            page = shell.page("today")
            page.pressing_shown.connect(due_shown)  # type: ignore[attr-defined]
            page.coming_shown.connect(all_shown)  # type: ignore[attr-defined]

        def due_shown() -> None:
            shell.page("today").repaint()
            result.setdefault("rows", since_start())

        def all_shown() -> None:
            shell.page("today").repaint()
            result.setdefault("whole", since_start())
            QTimer.singleShot(200, shell, lambda: finish({**result, "memory": memory_mb()}))

        shell.painted.connect(painted)
        shell.archive_opened.connect(opened)
        return run()

    QApplication.exec = staticmethod(watched)  # type: ignore[method-assign,assignment]
    run_window(archive, theme="light", language="en", data_dir=data)


# Typed one key after the other, as somebody on the telephone does.
QUERIES = (
    *("ana silva", "João", "müll", "oliver walker", "empresa 777", "lisb", "ferrei", "zoe"),
    *("王", "李娜", "张伟明", "上海", "wangw", "zm"),
    *("91", "351918", "+351 92", "1000-001", "4711"),
    *("xqzwv", "qqq", "魑魅", "999000999"),
)
JUMPS = 60
QUIET = 0.05


def use(archive: Path, data: Path) -> None:
    """Open the window, scroll, jump, type; tell durations in seconds and memory in MB."""
    import random

    from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
    from PySide6.QtGui import QInputMethodEvent, QKeyEvent
    from PySide6.QtWidgets import QApplication

    from crm_desktop.app import build_window
    from crm_desktop.domain.customers import Stage
    from crm_desktop.ui.pages.customers import CustomersPage
    from crm_desktop.ui.theme import Theme

    app = QApplication(["crm-desktop", *Theme.ARGUMENTS])
    built = build_window(app, data_dir=data, theme="light", language="en")
    shell = built.shell
    shell.show()
    shell.archives.open(archive)

    # As under `exec`, the thread sleeps while there is nothing to do; one that spins would keep
    # the interpreter from the readers. The heartbeat only wakes it to look at the clock.
    heartbeat = QTimer()
    heartbeat.start(20)
    wait = QEventLoop.ProcessEventsFlag.WaitForMoreEvents

    def until(ready: Any) -> None:
        end = time.monotonic() + 30
        while not ready():
            if time.monotonic() > end:
                raise TimeoutError("the window did not get ready in time")
            app.processEvents(wait)

    def rest(seconds: float = QUIET) -> None:
        """Let the window come to rest, as between two keys."""
        end = time.monotonic() + seconds
        until(lambda: page.model.whole and not shell.operations.busy and time.monotonic() > end)

    until(lambda: shell.session is not None)
    shell.show_page("customers")
    page = shell.page("customers")
    assert isinstance(page, CustomersPage)
    until(lambda: page.model.whole)
    rest(1.0)
    result: dict[str, Any] = {"memory at start": memory_mb(), "keys": {}}
    shown = [0]
    painted = [False]

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                painted[0] = True
            return super().eventFilter(watched, event)

    watch = Watch(shell)
    page.table.viewport().installEventFilter(watch)

    def first_shown() -> None:
        shown[0] += 1
        painted[0] = False

    page.model.first_shown.connect(first_shown)

    def to_screen(act: Any) -> float:
        """Seconds from an act of the user until the new list is painted."""
        before, begin = shown[0], time.perf_counter()
        act()
        until(lambda: shown[0] > before)
        # The list, or what stands in its place where nobody was found.
        # Where Qt has painted it already, in the same turn of its loop, not once more.
        if not painted[0]:
            (page.table.viewport() if page.model.rowCount() else page._body).repaint()
        return time.perf_counter() - begin

    def press(character: str) -> None:
        if character.isascii():
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = Qt.Key(ord(character.upper()))
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
                QCoreApplication.sendEvent(page.search, event)
        else:
            typed = QInputMethodEvent()
            typed.setCommitString(character)
            QCoreApplication.sendEvent(page.search, typed)

    page.focus_search()
    for query in QUERIES:
        times = result["keys"].setdefault(_kind(query), [])
        for character in query:
            if character == " ":  # finds the same as without it: nothing new is shown
                press(character)
            else:
                times.append(to_screen(lambda c=character: press(c)))  # type: ignore[misc]
            rest()
        page.search.clear()
        rest()
    page.activate()
    result["pages"] = []

    def choose(stage: str) -> None:
        """What a click on a chip does."""
        page.chips.choose(stage)
        page.chips.chosen.emit(stage)

    for stage in (*Stage, *Stage, *Stage, *Stage, *Stage):
        for key in (stage.value, ""):
            result["pages"].append(to_screen(lambda key=key: choose(key)))  # type: ignore[misc]
            rest()
    bar, viewport = page.table.verticalScrollBar(), page.table.viewport()
    rng = random.Random(1)
    result["frames"], result["jumps"] = [], []
    for _ in range(JUMPS):
        target = round(bar.maximum() * rng.uniform(0.05, 0.95))
        begin = time.perf_counter()
        bar.setValue(target)
        viewport.repaint()
        result["frames"].append(time.perf_counter() - begin)
        row = page.table.rowAt(viewport.height() - 1)
        until(lambda: page.model.row_data(row) is not None)  # noqa: B023
        viewport.repaint()
        result["jumps"].append(time.perf_counter() - begin)
        rest()
    rest(1.0)
    result["memory afterwards"] = memory_mb()
    finish(result)


def _kind(query: str) -> str:
    if any(c >= "\u3000" for c in query):
        return "Chinese"
    if not any(c.isalpha() for c in query):
        return "digits"
    return "no hit" if query.startswith(("x", "q")) else "Latin, pinyin"


if __name__ == "__main__":
    if sys.argv[1] == "empty":
        empty()
    else:
        {"start": start, "use": use}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
