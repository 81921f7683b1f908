"""The process that reads foreign files.

Hostile or damaged files abort native readers and eat memory; here they take only this process
with them. It holds no data of the archive, has caps on memory, and ends with its parent.
"""

from __future__ import annotations

import contextlib
import gc
import os
import queue
import signal
import sys
import threading
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_desktop.bridge.process.limits import Limits
from crm_desktop.domain.errors import UserError

if TYPE_CHECKING:
    from crm_desktop.bridge.files.formats import Source
    from crm_desktop.bridge.sheets.pipeline import Workbook

_TALK = 0.1


class Order(NamedTuple):
    """What the child is to read, and how."""

    path: Path
    country: str
    password: str | None
    limits: Limits
    language: str
    sparse: bool


def main(commands: Connection, answers: Connection, memory: int, ahead: bool) -> None:
    """Entry of the reading process: take the order, then obey commands until the pipe ends.

    Args:
        commands: gives the order and the questions.
        answers: takes what is found.
        memory: bytes of address space that may be used.
        ahead: whether the order may be long in coming, so that there is time to get ready.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _silence()
    gc.disable()  # rows are trees of tuples: a quarter of the time went into looking for cycles
    inbox: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(commands, inbox), daemon=True).start()
    from crm_desktop.bridge.process.wire import pack_control

    try:
        _cap_memory(memory)
        if ahead:
            from crm_desktop.bridge.process.practice import get_ready

            get_ready(lambda: not inbox.empty())
        _word, order = inbox.get()
        _serve(inbox, answers, order)
    except UserError as error:
        _say(answers, pack_control("user_error", (str(error), error.field)))
    except MemoryError:
        _say(answers, pack_control("memory"))
    except Exception:  # noqa: BLE001  (a bug here must reach the parent as a bug, not as silence)
        _say(answers, pack_control("bug", traceback.format_exc()))


def _serve(inbox: queue.SimpleQueue[tuple[str, Any]], answers: Connection, order: Order) -> None:
    from crm_desktop.bridge.files.formats import load
    from crm_desktop.bridge.files.peek import peek
    from crm_desktop.bridge.process.wire import pack_control, pack_rows
    from crm_desktop.bridge.sheets.pipeline import Workbook
    from crm_desktop.i18n import choose_language

    choose_language(order.language)
    report = _Reporter(answers)

    def show_first(source: Source) -> None:
        if (seen := peek(source, order.limits)) is not None:
            answers.send_bytes(pack_control("peek", seen))

    book: Workbook | None = None
    while True:
        command, content = inbox.get()
        if book is None:
            # Whoever looks at a file for the first time may want to see its first rows at once.
            early = show_first if command == "inspect" and content else None
            source = load(order.path, order.password, order.limits, early)
            book = Workbook(source, order.country, order.limits, sparse=order.sparse)
        if command == "inspect":
            answers.send_bytes(pack_control("preview", book.inspect(report)))
        elif command == "replan":
            answers.send_bytes(pack_control("preview", book.replan(content[0], content[1], report)))
        elif command == "values":
            answers.send_bytes(pack_control("preview", book.values(content[0], content[1], report)))
        elif command == "dates":
            found = book.dates(content[0], content[1], report)
            answers.send_bytes(pack_control("preview", found))
        elif command == "kinds":
            answers.send_bytes(pack_control("preview", book.kinds(content, report)))
        elif command == "rows":
            for batch in book.rows(content, report):
                answers.send_bytes(pack_rows(batch))
            answers.send_bytes(pack_control("end"))


class _Reporter:
    """Tells the parent how far the work is, a few times a second."""

    def __init__(self, answers: Connection) -> None:
        self._answers = answers
        self._last = time.monotonic()

    def __call__(self, done: int, total: int | None) -> None:
        now = time.monotonic()
        if now - self._last >= _TALK:
            from crm_desktop.bridge.process.wire import pack_control

            self._last = now
            self._answers.send_bytes(pack_control("progress", (done, total)))


def _say(answers: Connection, message: bytes) -> None:
    with contextlib.suppress(OSError):  # the parent is gone
        answers.send_bytes(message)


def _listen(commands: Connection, inbox: queue.SimpleQueue[tuple[str, Any]]) -> None:
    """Take commands; when the pipe ends, the parent is gone or tired of us."""
    try:
        while True:
            inbox.put(commands.recv())
    except (EOFError, OSError):
        os._exit(0)


def _silence() -> None:
    """Native readers print to stderr when they abort; that is no business of the terminal's."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nowhere, descriptor)
        os.close(nowhere)


def _cap_memory(limit: int) -> None:
    """Bound this process's memory; on Windows the parent's job object does."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # macOS has the constant and refuses the value.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
