"""What `benchmarks.import_files` starts as a fresh process; prints one JSON document.

    python -m benchmarks._drop_child FILE [RESTING]

Opens a window on an empty archive, drags a file over it for `RESTING` seconds (0: it is dropped at
once), drops it, and tells after how many seconds the first rows of the sheet and then its columns
were painted, and for how long at most the GUI thread did not get to its events: while the file was
dragged, and after it was dropped.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_TICK = 5
_PATIENCE = 120.0


def main(file: Path, resting: float) -> None:
    from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QTimer, QUrl
    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QApplication

    from crm_desktop.app import build_window
    from crm_desktop.ui.pages.import_wizard.grid import SheetGrid
    from crm_desktop.ui.theme import Theme

    app = QApplication(["crm-desktop", *Theme.ARGUMENTS])
    painted: dict[str, float] = {}
    gaps: list[float] = []

    class Watch(QObject):
        """Sees when a grid that holds rows is painted."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                above = watched.parent()
                if isinstance(above, SheetGrid) and above.sheet_model.rowCount():
                    sheet = above.sheet_model.sheet
                    known = sheet is not None and sheet.has_columns
                    painted.setdefault("columns" if known else "peek", time.perf_counter())
            return super().eventFilter(watched, event)

    with tempfile.TemporaryDirectory() as folder:
        built = build_window(app, data_dir=Path(folder), theme="light", language="en")
        shell = built.shell
        shell.resize(1280, 800)
        shell.show()
        shell.open_archive(Path(folder) / "firm.crm", create=True)
        watch = Watch(shell)
        app.installEventFilter(watch)
        last = [0.0]

        def tick() -> None:
            now = time.perf_counter()
            gaps.append(now - last[0])
            last[0] = now

        def run(seconds: float, until: str = "") -> None:
            end = time.monotonic() + seconds
            while time.monotonic() < end and (not until or until not in painted):
                app.processEvents()
                time.sleep(0.001)  # as `exec` does, so that the other threads get on

        run(2.0)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        copy = Qt.DropAction.CopyAction
        timer = QTimer(interval=_TICK)
        timer.timeout.connect(tick)
        last[0] = time.perf_counter()
        timer.start()
        app.sendEvent(shell, QDragEnterEvent(QPoint(400, 300), copy, data, buttons, keys))
        run(resting)
        dragged, gaps[:] = max(gaps, default=0.0), []
        start = time.perf_counter()
        app.sendEvent(shell, QDropEvent(QPointF(400, 300), copy, data, buttons, keys))
        run(_PATIENCE, "columns")
        run(0.1)
        timer.stop()
        first = min(painted.values())
        print(
            json.dumps(
                {
                    "rows": first - start,
                    "columns": painted["columns"] - start,
                    "dragged": dragged,
                    "blocked": max(gaps),
                }
            ),
            flush=True,
        )
        shell.close()
        run(0.5)
        os._exit(0)  # how it ends is not measured


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.5)
