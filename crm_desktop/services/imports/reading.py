"""How many foreign files are read at once."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from crm_desktop.bridge.process.reader import Reader
from crm_desktop.domain.errors import Cancelled
from crm_desktop.domain.jobs import Job

# An import of more files lets go of each one's process and starts it again when it is needed:
# a process with a workbook in it takes 40 MB and more.
MOST_READERS = 3
T = TypeVar("T")


def let_go(source: object) -> None:
    """End the process that reads a file; the next question starts another one.

    Args:
        source: a file that is open; an own export has no process.
    """
    if isinstance(source, Reader):
        # A question that is cancelled at once leaves no process behind, and the reader still
        # knows what it has learnt about the file.
        job = Job()
        job.cancel()
        with contextlib.suppress(Cancelled):
            source.inspect(job)


def in_turn(things: Sequence[T], source: Callable[[T], object], job: Job) -> Iterator[T]:
    """Give things in their order; where there are many, with the next ones' files opened ahead.

    To start a process and to look a file through takes longer than to read a small one.

    Args:
        things: each with a file that was opened once and let go of.
        source: gives the file of one.
        job: to be cancelled by.

    Raises:
        Cancelled: the user stopped the job.
        UserError: a file cannot be read any more.
    """
    if len(things) <= MOST_READERS:
        yield from things
        return
    opened: deque[Future[None]] = deque()
    with ThreadPoolExecutor(MOST_READERS - 1, "opens-ahead") as pool:
        for number, thing in enumerate(things):
            for ahead in things[number + len(opened) : number + MOST_READERS]:
                opened.append(pool.submit(_open, source(ahead), job.silent()))
            opened.popleft().result()
            yield thing


def _open(source: object, job: Job) -> None:
    if isinstance(source, Reader):
        source.inspect(job)
