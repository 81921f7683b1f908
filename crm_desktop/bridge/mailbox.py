"""Takes in what the reading process sends, ahead of whoever uses it.

A pipe holds two batches of rows at most; while this side writes several of them to the disk,
the reading process would stand still. So a thread empties the pipe into a bounded queue.
"""

from __future__ import annotations

import queue
import threading
from multiprocessing.connection import Connection

# Some six megabytes of rows: more than this side writes in one go.
_AHEAD = 12
_TICK = 0.05


class Mailbox:
    """The messages of one reading process, in their order."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._messages: queue.Queue[bytes | None] = queue.Queue(_AHEAD)
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._empty, name="spreadsheet-mailbox", daemon=True)
        self._thread.start()

    def take(self, timeout: float) -> bytes | None:
        """The next message; None once the process has ended and all it said is taken.

        Raises:
            TimeoutError: nothing came within `timeout` seconds.
        """
        try:
            message = self._messages.get(timeout=timeout)
        except queue.Empty:
            if self._closed.is_set():
                return None
            raise TimeoutError from None
        if message is None:
            self._put(None)  # whoever asks again gets the same answer
        return message

    def close(self) -> None:
        """Stop taking in; the process must have ended, or else its pipe keeps the thread."""
        self._closed.set()
        self._thread.join(5)
        self._connection.close()

    def _empty(self) -> None:
        message: bytes | None = b""
        while message is not None and not self._closed.is_set():
            try:
                message = self._connection.recv_bytes()
            except (EOFError, OSError):
                message = None
            self._put(message)

    def _put(self, message: bytes | None) -> None:
        while not self._closed.is_set():
            try:
                self._messages.put(message, timeout=_TICK)
            except queue.Full:
                continue
            return
