"""The phone rings: from the last key to the painted card, in an archive of a large firm.

    python -m benchmarks.lookup [--customers 100000] [--interactions 500000] [--archive FILE]

Goals: key to painted card p95 <= 100 ms for a number in any form, its last four digits, a name;
the hidden window opened with a number to its painted card p95 <= 100 ms; ten times the customers
take at most 4 times as long.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks._firm import add_options, firm, make_firm
from benchmarks._machine import print_facts, print_percentiles, print_ratio
from crm_desktop.services.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from crm_desktop.ui.shell import Shell

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
CARD_MS, GROWTH = 100, 4
_ROUNDS = 40
_WORDS = "Asked for a quote to Madeira; window seats. 客户希望延长付款期限。 Prefere à tarde. "


def write_articles(path: Path) -> None:
    """Give the firm some articles."""
    with Workspace.open(path, data_dir=path.parent / "data") as workspace:
        for number in range(200):
            workspace.knowledge.create(f"Article {number}", _WORDS * 20, f"tag{number % 20}")
        workspace.close(backup=False)


class Caller:
    """Drives the lookup window as a user does."""

    def __init__(self, app: QApplication, path: Path) -> None:
        from crm_desktop.app import build_window

        self._app = app
        built = build_window(app, data_dir=path.parent / "data", theme="light", language="en")
        self.shell: Shell = built.shell
        self.shell.show()
        self.shell.open_archive(path)
        self.wait(lambda: self.shell.session is not None and not self.shell.operations.busy)
        assert self.shell.front_desk is not None
        found = self.shell.front_desk.window()
        assert found is not None
        self.window = found
        self.window.look_up("")
        self.settle()

    def wait(self, ready: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not ready() and time.monotonic() < end:
            self._app.processEvents()
        assert ready()

    def settle(self) -> None:
        self.wait(lambda: not self.shell.operations.busy)
        self._app.processEvents()

    def card_is_there(self) -> bool:
        return self.window.customer() is not None

    def type_last(self, text: str) -> float:
        """Seconds from the last key to the painted card."""
        from PySide6.QtCore import QCoreApplication, QEvent, Qt
        from PySide6.QtGui import QInputMethodEvent, QKeyEvent

        self.window.field.setText(text[:-1])
        self.settle()
        self.window.card.card = None
        key: QEvent
        if text[-1].isascii():
            key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text[-1])
        else:
            key = QInputMethodEvent()
            key.setCommitString(text[-1])
        started = time.perf_counter()
        QCoreApplication.sendEvent(self.window.field, key)
        self.wait(self.card_is_there)
        self.window.repaint()
        self._app.processEvents()
        return time.perf_counter() - started

    def ring(self, number: str) -> float:
        """Seconds from a handed over number to the painted card, the window hidden before."""
        self.window.field.clear()
        self.window.hide()
        self.settle()
        started = time.perf_counter()
        self.shell.look_up(number)
        self.wait(self.card_is_there)
        self.window.repaint()
        self._app.processEvents()
        return time.perf_counter() - started


def samples(path: Path) -> dict[str, list[str]]:
    """What is typed, by its kind."""
    rng = random.Random(7)
    with Workspace.open(path, read_only=True) as workspace:
        with workspace._archive.reading() as c:
            last = c.execute("SELECT max(id) FROM customer").fetchone()[0]
        numbers = [rng.randrange(1, last) for _ in range(_ROUNDS)]
        people = workspace.customers.get_many(numbers)
    phones = [person.phones[0].value or "" for person in people]
    home = [phone.removeprefix("+351") for phone in phones if phone.startswith("+351")]
    return {
        "a number as dialled at home": [f"{p[:3]} {p[3:6]} {p[6:]}" for p in home],
        "an international number": phones,
        "its last four digits": [phone[-4:] for phone in phones],
        "a name": [person.name for person in people],
    }


def measure(app: QApplication, path: Path, *, loud: bool) -> dict[str, float]:
    """Median seconds by kind."""
    typed = samples(path)
    caller = Caller(app, path)
    medians = {}
    for kind, texts in typed.items():
        times = [caller.type_last(text) for text in texts]
        medians[kind] = statistics.median(times)
        if loud:
            print_percentiles(f"key to painted card, {kind}", times, at_most=CARD_MS)
    times = [caller.ring(text) for text in typed["an international number"]]
    medians["ring"] = statistics.median(times)
    if loud:
        print_percentiles("hidden window to painted card", times, at_most=CARD_MS)
    caller.shell.close()
    caller.wait(lambda: not caller.shell.isVisible())
    return medians


def main() -> None:
    """Entrance."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    options = parser.parse_args()
    print_facts()
    from PySide6.QtWidgets import QApplication

    from crm_desktop.ui.theme import Theme

    app = QApplication(["benchmark", *Theme.ARGUMENTS])
    folder = Path(tempfile.mkdtemp())
    medians = []
    for count in (options.customers // 10, options.customers):
        path = folder / str(count) / "firm.crm"
        path.parent.mkdir()
        if count == options.customers:
            firm(options, path)
        else:
            make_firm(path, count, options.interactions // 10)
        write_articles(path)
        print(f"{count:,} customers")
        medians.append(measure(app, path, loud=count == options.customers))
    small, large = medians
    for kind in large:
        print_ratio(f"ten times the customers, {kind}", large[kind] / small[kind], at_most=GROWTH)
    os._exit(0)


if __name__ == "__main__":
    main()
