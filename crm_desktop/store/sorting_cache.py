"""Orders of all customers, kept while nothing changes."""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict

_KEPT_ORDERS = 4  # of 100,000 customers 0.8 MB each


class OrderCache:
    """Orders of everybody that were asked for lately, until something is changed.

    A list keeps its order while its filter is changed: then only the filter is asked. Safe on
    any thread: what was read before a change is not kept after it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._generation = 0
        self._kept: OrderedDict[tuple[str, bool], array[int]] = OrderedDict()

    def forget(self, _changes: object = None) -> None:
        """Something was committed."""
        with self._lock:
            self._generation += 1
            self._kept.clear()

    @property
    def generation(self) -> int:
        """Ask before reading; `keep` wants it."""
        return self._generation

    def get(self, column: str, *, descending: bool) -> array[int] | None:
        """The ids of everybody in an order, None where it has to be read."""
        with self._lock:
            return self._kept.get((column, descending))

    def keep(self, column: str, descending: bool, ids: array[int], generation: int) -> None:
        """Keep an order that was read since a generation."""
        with self._lock:
            if generation == self._generation:
                self._kept[column, descending] = ids
                while len(self._kept) > _KEPT_ORDERS:
                    self._kept.popitem(last=False)
