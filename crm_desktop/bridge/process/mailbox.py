"""Takes in what the reading process sends, ahead of whoever uses it.

A pipe holds two batches of rows at most; while this side writes several of them to the disk,
the reading process would stand still. So a thread empties the pipe into a bounded queue, and
makes lists of the bytes while the disk is being written to.
"""

from __future__ import annotations

import queue
import threading
from multiprocessing.connection import Connection
from typing import Any

from crm_desktop.bridge.process import wire
from crm_desktop.bridge.process.wire import RowBatch

Message = RowBatch | tuple[str, Any]
"""A batch of rows, or a control message: its kind and content."""

# Beside the batch that is in use; each is some five megabytes of rows.
_AHEAD = 1
_TICK = 0.05


class Mailbox:
    """The messages of one reading process, in their order."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._messages: queue.Queue[Message | None] = queue.Queue(_AHEAD)
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._empty, name="spreadsheet-mailbox", daemon=True)
        self._thread.start()

    def take(self, timeout: float) -> Message | None:
        """The next message, rows or control; None once the process has ended and nothing is left.

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
        while not self._closed.is_set():
            try:
                received = self._connection.recv_bytes()
            except (EOFError, OSError):
                self._put(None)
                return
            if wire.is_rows(received):
                self._put(wire.unpack_rows(received))
            else:
                self._put(wire.unpack_control(received))

    def _put(self, message: Message | None) -> None:
        while not self._closed.is_set():
            try:
                self._messages.put(message, timeout=_TICK)
            except queue.Full:
                continue
            return
