"""Each side of a comparison in a process of its own, so that none inherits the other's memory."""

from __future__ import annotations

import multiprocessing
import resource
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

Work = Callable[[Path], tuple[float, float]]


def peak(who: int) -> float:
    """MB that a process (or its children) took at most.

    Linux counts what the process had that started it: let that one stay small.
    """
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(who).ru_maxrss / unit


def alone(work: Work, file: Path) -> tuple[float, float]:
    """Run one side in a fresh process (no pool: its workers may have no children)."""
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(sending, work, file))
    process.start()
    sending.close()  # so that a process that fails ends the wait
    answer: tuple[float, float] = receiving.recv()
    process.join()
    return answer


def _send(pipe: Connection, work: Work, file: Path) -> None:
    pipe.send(work(file))
