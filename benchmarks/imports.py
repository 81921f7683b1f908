"""Import of 100,000 x 15 from a workbook, against openpyxl merely iterating the same file.

    python -m benchmarks.imports [--rows 100000] [--rounds 3]

Goals: at least 1.7 times as fast, better 2.3; peak memory of both processes together <= 400 MB.
Each side runs in a process of its own, in turn, so that none inherits the other's memory. Both
have loaded their modules before: openpyxl is imported, and the reading process waits for its file
as it does in the window.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks._archives import make_workbook
from benchmarks._machine import print_facts, print_ratio
from benchmarks._processes import alone, peak
from crm_desktop.domain.imports import Outcome

_GETS_READY = 3.0


def iterate_by_openpyxl(file: Path) -> tuple[float, float]:
    """Seconds and MB of reading every row."""
    import openpyxl

    start = time.perf_counter()
    book = openpyxl.load_workbook(file, read_only=True)
    rows = sum(1 for _row in book.active.iter_rows(values_only=True))
    book.close()
    seconds = time.perf_counter() - start
    assert rows > 1
    return seconds, peak(resource.RUSAGE_SELF)


def import_it(file: Path) -> tuple[float, float]:
    """Seconds and MB (both processes) from opening the file to a durable, searchable archive."""
    from crm_desktop.services.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "a.crm"
        workspace = Workspace.open(archive, create=True, data_dir=Path(folder))
        workspace.get_ready_to_import()
        time.sleep(_GETS_READY)
        start = time.perf_counter()
        result = workspace.imports.import_files([file])
        seconds = time.perf_counter() - start
        created = result.total(Outcome.CREATED)
        assert all(s.balances for f in result.files for s in f.sheets)
        assert workspace.customers.search("ana", limit=1)
        workspace.close(backup=False)
        print(
            f"  imported {created:,} customers in {seconds:.1f} s,"
            f" archive {archive.stat().st_size / 1e6:.0f} MB"
        )
    return seconds, peak(resource.RUSAGE_SELF) + peak(resource.RUSAGE_CHILDREN)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print_facts("openpyxl", "python-calamine", "sqlcipher3")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "clientes.xlsx"
        make_workbook(file, options.rows)
        ratios, memory = [], 0.0
        for _ in range(options.rounds):
            theirs, _mb = alone(iterate_by_openpyxl, file)
            ours, mb = alone(import_it, file)
            memory = max(memory, mb)
            ratios.append(theirs / ours)
            print(f"  openpyxl {theirs:.1f} s, import {ours:.1f} s, both processes {mb:.0f} MB")
        print_ratio("openpyxl's reading / our import, median", median(ratios), at_least=1.7)
        print_ratio("peak memory of both processes, MB", memory, at_most=400)


if __name__ == "__main__":
    main()
