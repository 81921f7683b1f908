"""Tab goes through a part of the window as it is laid out, not as its widgets were made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QScrollArea, QWidget

# To tell Qt of a hundred stops takes 12 ms: not while somebody walks down a list.
_CALM = 150


class TabOrder(QObject):
    """Keeps a part's stops in the order of its layouts, hidden ones too."""

    def __init__(self, root: QWidget) -> None:
        super().__init__(root)
        self._root = root
        self._known: list[QWidget] = []
        self._timer = QTimer(self, singleShot=True, interval=_CALM)
        self._timer.timeout.connect(self.now)

    @property
    def is_due(self) -> bool:
        """Whether the order is still to be brought in line."""
        return self._timer.isActive()

    def soon(self) -> None:
        """Something came, went or changed its place."""
        self._timer.start()

    def now(self) -> None:
        """Bring the order in line."""
        found = list(_stops(self._root))
        if found == self._known:
            return
        self._known = found
        for before, after in pairwise(found):
            QWidget.setTabOrder(before, after)
            _bring_holder(before, after)


def _bring_holder(before: QWidget, stop: QWidget) -> None:
    """Put what has a stop for its proxy directly before it in the chain.

    WORKAROUND: `setTabOrder` leaves such a holder (`InlineEdit`) where it was, and the Tab that
    comes by there goes to its proxy once more, so that nobody would ever leave the part. A holder
    can be moved alone only while it has no proxy and no stop inside.
    https://doc.qt.io/qt-6/qwidget.html#setTabOrder
    """
    holder = stop.parentWidget()
    if holder is None or holder.focusProxy() is not stop:
        return
    policy = stop.focusPolicy()
    holder.setFocusProxy(None)  # type: ignore[arg-type]
    stop.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    QWidget.setTabOrder(before, holder)
    stop.setFocusPolicy(policy)
    holder.setFocusProxy(stop)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    if isinstance(widget, QScrollArea):
        if (inside := widget.widget()) is not None:
            yield from _stops(inside)
    elif not isinstance(widget, QAbstractScrollArea) and (layout := widget.layout()) is not None:
        yield from _laid_out(layout)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if (inner := item.widget()) is not None:
            yield from _stops(inner)
        elif (below := item.layout()) is not None:
            yield from _laid_out(below)
