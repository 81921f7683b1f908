"""One customer with 5,000 entries in his timeline: pages of it, and scrolling through the window.

    python -m benchmarks.timeline [--entries 5000]

Goals: any page of the timeline p95 <= 16 ms, the last one at most 3 x the first; a step of
scrolling to painted p95 <= 16 ms, older entries being read meanwhile.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks._machine import print_facts, print_percentiles, print_ratio
from crm_desktop.domain.customers import (
    CustomerDraft,
    CustomerId,
    InteractionKind,
    Stage,
    StageChange,
)
from crm_desktop.domain.tasks import Task
from crm_desktop.domain.timeline import Place, TimelineQuery
from crm_desktop.services.workspace import Workspace
from crm_desktop.store import timeline
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import STAGE_CHANGES, TASKS

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PAGE_MS, FRAME_MS, DEEP_RATIO = 16, 16, 3
_PAGE = 100
_STEP = 120
_WORDS = (
    "Asked for a quote to Madeira; window seats. 客户希望延长付款期限。 Prefere contacto à tarde. "
)
_START = datetime(2016, 1, 1, tzinfo=UTC)


def make(path: Path, data: Path, entries: int) -> CustomerId:
    """An archive whose first customer has so many entries, one in five noted by the program."""
    with Workspace.open(path, create=True, data_dir=data) as workspace:
        customer = workspace.customers.create(CustomerDraft(name="Ana Lopes"))
        kinds = list(InteractionKind)

        def fill(c: Connection) -> None:
            for number in range(entries):
                at = _START + timedelta(hours=7 * number)
                if number % 10 == 3:
                    TASKS.insert(c, Task(f"Task {number}", customer, created_at=at, done_at=at))
                elif number % 10 == 7:
                    change = StageChange(customer, at, Stage.PROSPECT, Stage.CUSTOMER)
                    STAGE_CHANGES.insert(c, change)
                else:
                    text = _WORDS[: 20 + number * 7 % 160]
                    timeline.add(c, customer, kinds[number % 5], text, at)

        workspace._archive.write("Benchmark", fill)
        # Others, so that an index has something to leave out.
        for other in range(20):
            number = workspace.customers.create(CustomerDraft(name=f"Other {other}"))
            for _entry in range(20):
                workspace.customers.log_interaction(number, InteractionKind.NOTE, _WORDS)
        workspace.close(backup=False)
    return customer


def read_pages(workspace: Workspace, customer: CustomerId) -> None:
    """Each page from the newest to the oldest, several times."""
    firsts, deep, every = [], [], []
    for _run in range(3):
        before: Place | None = None
        more = True
        while more:
            started = time.perf_counter()
            page = workspace.timeline.page(TimelineQuery(customer, before=before, limit=_PAGE))
            took = time.perf_counter() - started
            every.append(took)
            (firsts if before is None else deep).append(took)
            before, more = page.entries[-1].place, page.more
    print_percentiles("a page of 100 entries", every, at_most=PAGE_MS)
    print_ratio("the last page / the first", deep[-1] / min(firsts), at_most=DEEP_RATIO)
    searches = []
    for _run in range(5):
        started = time.perf_counter()
        workspace.timeline.page(TimelineQuery(customer, text="madeira nowhere", limit=_PAGE))
        searches.append(time.perf_counter() - started)
    print_percentiles("a search through all of it", searches)


def scroll(path: Path, data: Path, customer: CustomerId) -> None:
    """From the panel's head to the oldest entry, a step of the wheel at a time."""
    from PySide6.QtWidgets import QApplication

    from crm_desktop.app import build_window
    from crm_desktop.ui.pages.customers import CustomersPage
    from crm_desktop.ui.theme import Theme

    app = QApplication(["benchmark", *Theme.ARGUMENTS])
    shell = build_window(app, data_dir=data, theme="light", language="en").shell
    shell.resize(1280, 800)
    shell.show()
    shell.open_archive(path)

    def wait(ready: object) -> None:
        assert callable(ready)
        end = time.monotonic() + 60
        while not ready() and time.monotonic() < end:
            app.processEvents()

    wait(lambda: shell.session is not None and not shell.operations.busy)
    page = shell.page("customers")
    assert isinstance(page, CustomersPage)
    page.open_customer(customer)
    wait(lambda: page.panel.customer is not None and not shell.operations.busy)
    bar, entries = page.panel.area.verticalScrollBar(), page.panel.timeline
    frames = []
    while bar.value() < bar.maximum() or entries.more:
        started = time.perf_counter()
        bar.setValue(bar.value() + _STEP)
        app.processEvents()
        frames.append(time.perf_counter() - started)
    print(f"{len(entries.events()):,} entries in {len(frames):,} steps, {bar.maximum():,} pixels")
    print_percentiles("a step of scrolling", frames, at_most=FRAME_MS)
    os._exit(0)


def main() -> None:
    """Entrance."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=5_000)
    options = parser.parse_args()
    print_facts()
    folder = Path(tempfile.mkdtemp())
    path, data = folder / "timeline.crm", folder / "data"
    customer = make(path, data, options.entries)
    with Workspace.open(path, data_dir=data) as workspace:
        read_pages(workspace, customer)
        workspace.close(backup=False)
    scroll(path, data, customer)


if __name__ == "__main__":
    main()
