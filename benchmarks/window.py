"""The window on 100,000 customers: start, keystrokes, pages, jumps, memory.

    python -m benchmarks.window [--customers 100000] [--keep FOLDER] [--archive FILE.crm] [--runs 7]

Goals: start to first paint at most 2 x an empty window of Qt's; keystroke to painted p95
<= 32 ms; a list's first page and a jump into its middle p95 <= 16 ms; memory <= 150 MB.
Everything happens in fresh processes on Qt's offscreen platform (another one may be chosen with
QT_QPA_PLATFORM), with the bytecode cached; the two starts take turns. A process that fails is
started once more, and what it said is shown; a figure that cannot be had does not cost the others.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks._archives import make_archive
from benchmarks._machine import print_facts, print_percentiles, print_ratio

ROOT = Path(__file__).resolve().parent.parent
KEY_MS, PAGE_MS, JUMP_MS, MEMORY_MB, START_RATIO = 32, 16, 16, 150, 2
# A start takes half a second, the whole use half a minute: whatever takes longer is stuck.
_PATIENCE = {"empty": 60, "start": 120, "use": 600}
_ATTEMPTS = 2


class ChildError(Exception):
    """A process did not do what it was started for, however often."""


def child(what: str, *arguments: str) -> dict[str, Any]:
    """Run one process of `_window_child`.

    Raises:
        ChildError: it failed, or hung, each time.
    """
    problem = ""
    for _ in range(_ATTEMPTS):
        environment = {**os.environ, "CRM_BENCH_T0": repr(time.time())}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        try:
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks._window_child", what, *arguments],
                env=environment,
                cwd=ROOT,
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=_PATIENCE[what],
            )
        except subprocess.TimeoutExpired:
            problem = f"no answer after {_PATIENCE[what]} s"
        else:
            lines = done.stdout.splitlines()
            if done.returncode == 0 and lines:
                result: dict[str, Any] = json.loads(lines[-1])
                return result
            problem = f"exit status {done.returncode}\n{done.stderr.strip()[-2000:]}"
        print(f"({what} failed: {problem})", file=sys.stderr)
    raise ChildError(f"{what}: {problem.splitlines()[0]}")


def measure_start(archive: Path, data: Path, runs: int) -> list[bool]:
    """Start an empty window and ours by turns; tell which goals are met."""
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
        ("rows", "what is due is painted"),
        ("whole", "the whole day is painted"),
    ):
        print(f"{what:<32} after {median(full, key) * 1000:4.0f} ms")
    print(f"memory of an empty window {median(empty, 'memory'):.0f} MB", end="\n\n")
    # Each pair by itself: whatever else the machine does meanwhile slows both down.
    ratio = statistics.median(f["painted"] / e["painted"] for e, f in zip(empty, full, strict=True))
    met = print_ratio("start to first paint / empty window", ratio, at_most=START_RATIO)
    print_ratio("start to Today painted / empty window", median(full, "rows") / base)
    return [met]


def measure_use(archive: Path, data: Path) -> list[bool]:
    """Type, choose, jump; tell which goals are met."""
    result = child("use", str(archive), str(data))
    every = [seconds for times in result["keys"].values() for seconds in times]
    for kind, times in result["keys"].items():
        print_percentiles(f"keystroke to painted: {kind}", times, at_most=KEY_MS)
    met = [
        print_percentiles("keystroke to painted: all", every, at_most=KEY_MS),
        print_percentiles("first page of a list painted", result["pages"], at_most=PAGE_MS),
    ]
    print_percentiles("jump: the next frame (rows may be grey)", result["frames"])
    met.append(print_percentiles("jump: rows painted", result["jumps"], at_most=JUMP_MS))
    searches = f"after {len(every)} keys and {len(result['jumps'])} jumps"
    met.append(print_ratio("memory at start, MB", result["memory at start"], at_most=MEMORY_MB))
    met.append(
        print_ratio(f"memory {searches}, MB", result["memory afterwards"], at_most=MEMORY_MB)
    )
    return met


def archive_in(folder: Path, options: argparse.Namespace) -> Path:
    """An archive of our own: made, or copied from one that was made before.

    A copy, because an archive that somebody else has open cannot be opened.
    """
    made: Path | None = options.archive
    if made is None and options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
        made = options.keep / f"{options.customers}.crm"
    target = folder / "window.crm"
    if made is None:
        make_archive(target, options.customers)
        return target
    if not made.exists():
        make_archive(made, options.customers)
    shutil.copyfile(made, target)
    return target


def main() -> None:
    """Measure all, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="folder to keep archives in, as in search")
    parser.add_argument("--archive", type=Path, help="an archive made before, to save time")
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    print_facts("PySide6-Essentials", "sqlcipher3")
    met: list[bool] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        archive, data = archive_in(folder, options), folder / "data"
        for part in (
            lambda: measure_start(archive, data, options.runs),
            lambda: measure_use(archive, data),
        ):
            try:
                met += part()
            except ChildError as failure:
                print(f"not measured: {failure}")
                met.append(False)
            print()
    print(f"{sum(met)} of {len(met)} goals met")


if __name__ == "__main__":
    main()
