"""An iterator that works ahead of whoever uses it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
_TICK = 0.05


@dataclass(frozen=True, slots=True)
class _End:
    """What comes last: why, None for the ordinary end."""

    error: BaseException | None


def ahead(items: Generator[T, None, None], most: int = 1) -> Generator[T, None, None]:
    """Run a generator on a thread of its own, so that the next item is made while one is used.

    What the generator raises is raised here, in its place. Close the iterator to stop early:
    the generator is closed on its own thread before that returns.

    Args:
        items: nobody else's from now on.
        most: how many items may wait.
    """
    waiting: queue.Queue[T | _End] = queue.Queue(most)
    stopped = threading.Event()

    def put(item: T | _End) -> None:
        while not stopped.is_set():
            try:
                waiting.put(item, timeout=_TICK)
            except queue.Full:
                continue
            return

    def run() -> None:
        end = _End(None)
        try:
            for item in items:
                put(item)
                if stopped.is_set():
                    break
        except BaseException as error:  # noqa: BLE001  (raised again on the other thread)
            end = _End(error)
        finally:
            items.close()
        put(end)

    thread = threading.Thread(target=run, name="ahead", daemon=True)
    thread.start()
    try:
        while True:
            item = waiting.get()
            if isinstance(item, _End):
                if item.error is not None:
                    raise item.error
                return
            yield item
    finally:
        stopped.set()
        thread.join()
