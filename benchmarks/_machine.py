"""What a benchmark says of the machine it ran on, and how it writes its figures."""

from __future__ import annotations

import math
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def facts(*packages: str) -> list[str]:
    """Lines that name the machine and the versions that matter.

    Args:
        packages: distributions whose versions are named.
    """
    lines = [
        f"machine   {_processor()}, {_cores()} cores, {_memory()}",
        f"system    {platform.system()} {platform.release()}, Python {platform.python_version()}",
    ]
    if packages:
        lines.append("libraries " + ", ".join(f"{name} {_version(name)}" for name in packages))
    return lines


def print_facts(*packages: str) -> None:
    """Write the machine's facts above a benchmark's figures."""
    print("\n".join(facts(*packages)), end="\n\n")


def percentile(values: Sequence[float], percent: float) -> float:
    """Nearest-rank percentile; `values` need no order."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def print_percentiles(name: str, seconds: Sequence[float], *, at_most: float = 0) -> bool:
    """Write p50, p95 and the maximum of durations, in milliseconds; say whether p95 is met.

    Args:
        name: what took so long.
        seconds: the durations, in any order.
        at_most: goal for p95 in milliseconds, 0 for none.
    """
    p50, p95 = (percentile(seconds, p) * 1000 for p in (50, 95))
    print(
        f"{name:<44} p50 {p50:8.3f} ms   p95 {p95:8.3f} ms   max {max(seconds) * 1000:8.3f} ms"
        f"   n={len(seconds):<4}{_verdict(p95, at_most=at_most)}"
    )
    return not at_most or p95 <= at_most


def print_ratio(name: str, ratio: float, *, at_least: float = 0, at_most: float = 0) -> bool:
    """Write a figure with its goal, where it has one, and say whether it is met."""
    print(f"{name:<44} {ratio:8.2f}   {_verdict(ratio, at_least=at_least, at_most=at_most)}")
    return (not at_least or ratio >= at_least) and (not at_most or ratio <= at_most)


def _verdict(value: float, *, at_least: float = 0, at_most: float = 0) -> str:
    if not at_least and not at_most:
        return ""
    met = (not at_least or value >= at_least) and (not at_most or value <= at_most)
    goal = f"≥ {at_least:g}" if at_least else f"≤ {at_most:g}"
    return f"goal {goal}   {'met' if met else 'MISSED'}"


def timed(work: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextmanager
def stopwatch() -> Iterator[list[float]]:
    """Time a block: the list holds its seconds afterwards."""
    result: list[float] = []
    start = time.perf_counter()
    try:
        yield result
    finally:
        result.append(time.perf_counter() - start)


def peak_memory_mb() -> float:
    """The most memory this process ever held, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if sys.platform == "linux" and info.exists():
        for line in info.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return "memory unknown"
    return f"{size / 2**30:.0f} GB"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"
