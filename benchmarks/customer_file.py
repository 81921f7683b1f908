"""A customer's file in an archive of 100,000 customers and 500,000 interactions, as it is used.

    python -m benchmarks.customer_file [--customers 100000] [--interactions 500000] [--archive FILE]

Goals: opening a customer's file to painted p95 <= 50 ms, by the list and by its number; a field's
edit to painted and durable p95 <= 30 ms; memory of the window <= 350 MB. It runs through the real
window, on Qt's offscreen platform unless QT_QPA_PLATFORM says otherwise. Processor time of the
process stands beside the clock's, as the machine may have other things to do.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from benchmarks._firm import add_options, firm
from benchmarks._machine import print_facts, print_percentiles, print_ratio

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    class Painted(Protocol):
        """Counts."""

        times: int


os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
OPEN_MS, EDIT_MS, MEMORY_MB = 50, 30, 350
_ROUNDS = 120
_NO_WALK = 0.06


def painted_of(widget: QWidget) -> Painted:
    """What counts how often a widget is painted."""
    from PySide6.QtCore import QEvent, QObject

    class Counter(QObject):
        times = 0

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            self.times += event.type() == QEvent.Type.Paint
            return False

    made = Counter(widget)
    widget.installEventFilter(made)
    return made


class User:
    """Who opens files and edits them."""

    def __init__(self, app: QApplication, path: Path) -> None:
        from PySide6.QtCore import QTimer

        from crm_desktop.app import build_window
        from crm_desktop.ui.pages.customers import CustomersPage

        self._app = app
        # Something always happens soon: whoever waits looks again.
        self._beat = QTimer(interval=250)
        self._beat.start()
        self.shell = build_window(
            app, data_dir=path.parent / "data", theme="light", language="en"
        ).shell
        self.shell.resize(1280, 800)
        self.shell.show()
        self.shell.open_archive(path)
        self.wait(lambda: self.shell.session is not None)
        self.shell.show_page("customers")
        page = self.shell.page("customers")
        assert isinstance(page, CustomersPage)
        self.page = page
        self._painted = painted_of(page.panel.facts)
        self.wait(lambda: not self.shell.operations.busy and page.model.rowCount() > 0)

    def wait(self, ready: Callable[[], bool]) -> None:
        """Let the window work until something is so; between events it sleeps, as in use."""
        from PySide6.QtCore import QEventLoop

        end = time.monotonic() + 60
        while not ready() and time.monotonic() < end:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        assert ready()

    def settle(self) -> None:
        """Let whatever goes on in the background end."""
        self.wait(lambda: not self.shell.operations.busy)

    def _paint(self) -> None:
        """Let what has changed be laid out and painted, to the last event."""
        painted = self._painted
        before = painted.times
        self.wait(lambda: painted.times > before)
        self._app.processEvents()

    def open(self, row: int) -> tuple[float, float]:
        """Choose a row that is on the screen; seconds to its painted file, and the processor's."""
        self.page.table.scrollTo(self.page.model.index(row, 0))
        self.wait(lambda: self.page.model.row_data(row) is not None)
        self.settle()
        wanted = self.page.model.row_data(row)
        assert wanted is not None
        panel = self.page.panel
        # Who walks on before the last file is there is shown where he stops.
        time.sleep(_NO_WALK)
        self._app.processEvents()
        clock, processor = time.perf_counter(), time.process_time()
        self.page.table.choose_row(row)
        self.wait(lambda: panel.customer is not None and panel.customer.id == wanted.id)
        self._paint()
        spent = time.perf_counter() - clock, time.process_time() - processor
        self.settle()
        return spent

    def edit(self, text: str) -> tuple[float, float]:
        """Type other notes; seconds until they are stored and painted, and the processor's."""
        panel = self.page.panel
        assert panel.customer is not None
        assert self.shell.session is not None
        customers, number = self.shell.session.workspace.customers, panel.customer.id
        panel.organisation.start()
        panel.organisation.edit.setText(text)
        clock, processor = time.perf_counter(), time.process_time()
        panel.organisation.commit()
        self.wait(lambda: panel.customer is not None and panel.customer.organisation == text)
        self._app.processEvents()  # what changed is painted; a card that says the same is not
        spent = time.perf_counter() - clock, time.process_time() - processor
        assert customers.get(number).organisation == text
        self.settle()
        return spent


def _tell(name: str, spent: list[tuple[float, float]], at_most: float) -> None:
    print_percentiles(name, [clock for clock, _processor in spent], at_most=at_most)
    print_percentiles("    processor", [processor for _clock, processor in spent])


def main() -> None:
    """Entrance."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    options = parser.parse_args()
    print_facts("PySide6-Essentials")
    from PySide6.QtWidgets import QApplication

    from benchmarks._window_child import memory_mb
    from crm_desktop.ui.theme import Theme

    path = Path(tempfile.mkdtemp()) / "firm.crm"
    firm(options, path)
    app = QApplication(["benchmark", *Theme.ARGUMENTS])
    user = User(app, path)
    rng = random.Random(5)
    rows = [rng.randrange(user.page.model.rowCount()) for _n in range(_ROUNDS)]
    for row in rows[:5]:
        user.open(row)
    opened = [user.open(row) for row in rows[5:]]
    _tell("choosing a customer to his file painted", opened, OPEN_MS)
    edited = [user.edit(f"Firm {number} of the benchmark") for number in range(40)]
    _tell("a field's edit to painted and durable", edited[5:], EDIT_MS)
    print_ratio("memory of the window, MB", memory_mb(), at_most=MEMORY_MB)
    os._exit(0)  # closing is not measured


if __name__ == "__main__":
    main()
