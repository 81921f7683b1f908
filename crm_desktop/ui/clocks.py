"""Things done a moment later, and the end of that for a part that goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def after(milliseconds: int, owner: QObject, then: Callable[[], object]) -> None:
    """Do something once, later; never, where its owner is gone or its clocks were stopped.

    Args:
        milliseconds: how much later; 0 for the next turn of the loop.
        owner: whose it is.
        then: what to do.
    """
    clock = QTimer(owner)
    clock.setSingleShot(True)
    clock.timeout.connect(then)
    clock.timeout.connect(clock.deleteLater)
    clock.start(milliseconds)


def stop_clocks(part: QObject) -> None:
    """A part is about to go: nothing in it is to begin anything more.

    Qt deletes it in a later turn of the loop; a clock that runs out before would still reach
    for the archive, which is closed by then.
    """
    for clock in part.findChildren(QTimer):
        clock.stop()
