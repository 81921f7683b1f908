"""The window on 100,000 customers: start, keystrokes, pages, memory.

    python -m benchmarks.window [--customers 100000] [--archive FILE.crm] [--runs 7]

Goals: start to first paint at most 2 x an empty window of Qt's; keystroke to painted p95
<= 32 ms; a list's first page and a jump into its middle p95 <= 16 ms; memory <= 150 MB.
Everything happens in fresh processes on Qt's offscreen platform (another one may be chosen with
QT_QPA_PLATFORM), with the bytecode cached; the two starts take turns.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks._archives import make_archive
from benchmarks._machine import percentile, print_facts, print_percentiles, print_ratio

ROOT = Path(__file__).resolve().parent.parent


def child(*arguments: str) -> dict[str, Any]:
    """Run one process of `_window_child`."""
    environment = {**os.environ, "CRM_BENCH_T0": repr(time.time())}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks._window_child", *arguments],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def measure_start(archive: Path, data: Path, runs: int) -> None:
    empty: list[dict[str, float]] = []
    full: list[dict[str, float]] = []
    for number in range(runs + 1):
        first, second = child("empty"), child("start", str(archive), str(data))
        if number:  # the first pair writes the bytecode and warms the caches
            empty.append(first)
            full.append(second)

    def median(results: list[dict[str, float]], key: str) -> float:
        return statistics.median(r[key] for r in results)

    base = median(empty, "painted")
    print(f"an empty window is painted after {base * 1000:.0f} ms (median of {runs})")
    for key, what in (
        ("painted", "the window is painted"),
        ("opened", "the archive is open"),
        ("rows", "its rows are painted"),
        ("whole", "the whole list is known"),
    ):
        print(f"{what:<32} after {median(full, key) * 1000:4.0f} ms")
    print()
    print_ratio("start to first paint / empty window", median(full, "painted") / base, at_most=2)
    print(f"start to rows painted / empty window {median(full, 'rows') / base:15.2f}")
    print(f"memory of an empty window {median(empty, 'memory'):.0f} MB", end="\n\n")


def measure_use(archive: Path, data: Path) -> None:
    result = child("use", str(archive), str(data))
    every: list[float] = []
    for kind, times in result["keys"].items():
        print_percentiles(f"keystroke to painted: {kind}", times)
        every += times
    print_percentiles("keystroke to painted: all", every)
    print_percentiles("first page of a list painted", result["pages"])
    print_percentiles("jump: the next frame (rows may be grey)", result["frames"])
    print_percentiles("jump: rows painted", result["jumps"])
    print()
    for name, times, most in (
        ("keystroke to painted, p95 ms", every, 32),
        ("first page painted, p95 ms", result["pages"], 16),
        ("jump to the middle painted, p95 ms", result["jumps"], 16),
    ):
        print_ratio(name, percentile(times, 95) * 1000, at_most=most)
    searches = f"after {len(every)} keys and {len(result['jumps'])} jumps"
    print_ratio("memory at start, MB", result["memory at start"], at_most=150)
    print_ratio(f"memory {searches}, MB", result["memory afterwards"], at_most=150)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--archive", type=Path, help="an archive made before, to save time")
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    print_facts("PySide6-Essentials", "sqlcipher3")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        archive = options.archive
        if archive is None:
            archive = folder / "window.crm"
            make_archive(archive, options.customers)
        measure_start(archive.absolute(), folder / "data", options.runs)
        measure_use(archive.absolute(), folder / "data")


if __name__ == "__main__":
    main()
