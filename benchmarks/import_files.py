"""What an import feels like on files of other kinds and sizes.

    python -m benchmarks.import_files [--xls 65535] [--csv 1000000] [--rows 100000] [--only-drops]

From the drop of a file on the window to the first painted rows of its sheet (goal: 0.3 s), to its
columns, and the longest time that the window was blocked meanwhile (goal: 0.1 s): for the samples
and for long files of every kind.

An old `.xls` as long as it can be and a `.csv` of a million rows: seconds and memory of both
processes, beside the seconds of merely reading each by xlrd and the csv module. Then how soon
an import is gone once it was cancelled (goal: 0.5 s).
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from pathlib import Path

from benchmarks._archives import draft, make_workbook
from benchmarks._machine import print_facts, print_percentiles
from benchmarks._processes import alone, peak
from benchmarks._xls import write_xls
from crm_desktop.assets import resource as shipped
from crm_desktop.domain.customers import CustomerListQuery
from crm_desktop.domain.errors import Cancelled
from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.jobs import Job
from tests.bridge.writers_markup import Letter, mhtml, text_row, xml_sheet, xml_workbook
from tests.bridge.writers_xlsb import write_xlsb
from tests.sheet_files import write_ods

_HEADER = (
    "Nome|Apelido|Empresa|Telemóvel|E-mail|Morada|Código postal|Localidade|País|Notas|NIF|"
    "Etiquetas|Ref|Origem|Saldo"
).split("|")
_CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{0} {1}\r\nORG:{2}\r\nTEL;TYPE=CELL:{3}\r\nEMAIL:{4}\r\n"
    "ADR:;;{5};{7};;{6};{8}\r\nEND:VCARD\r\n"
)
_Table = list[list[str | float]]
_TRIES = 5
_DROPS = 3
_SAMPLES = ("clientes.xlsx", "customers.xlsx", "kehu.xlsx")
_SOON, _BLOCKED = 0.3, 0.1


def _rows(count: int) -> Iterator[list[str | float]]:
    """A header and customers of fifteen columns."""
    rng = random.Random(count)
    yield list(_HEADER)
    for i in range(count):
        one = draft(i, rng)
        phone, mail = one.contact_points
        (address,) = one.addresses
        yield [
            *(one.given_name or one.name, one.family_name, one.organisation, phone.raw, mail.raw),
            *(address.street, address.postcode, address.city, "Portugal", one.notes),
            *(one.custom[0][1], rng.choice(("VIP", "novo")), f"C{i}", "feira", float(i % 900)),
        ]


def _write_page(path: Path, rows: _Table) -> None:
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(v))}</td>' for v in r)}</tr>\n" for r in rows)
    path.write_text(f"<html><table>{body}</table></html>", encoding="utf-8")


def _write_xml(path: Path, rows: _Table) -> None:
    body = "".join(text_row(*(escape(str(v)) for v in row)) for row in rows)
    path.write_text(xml_workbook(xml_sheet("Clientes", body)), encoding="utf-8")


def _write_letter(path: Path, rows: _Table) -> None:
    _write_page(path, rows)
    path.write_bytes(mhtml([Letter("file:///Clientes.htm", path.read_text(encoding="utf-8"))]))


def _write_cards(path: Path, rows: _Table) -> None:
    path.write_text("".join(_CARD.format(*row) for row in rows[1:]), encoding="utf-8")


_WRITERS: dict[str, Callable[[Path, _Table], None]] = {
    "xlsb": lambda path, rows: write_xlsb(path, {"Clientes": dict(enumerate(rows))}, short=False),
    "ods": lambda path, rows: write_ods(path, {"Clientes": rows}),
    "html": _write_page,
    "mht": _write_letter,
    "xml": _write_xml,
    "vcf": _write_cards,
}


def import_it(file: Path) -> tuple[float, float]:
    """Seconds and MB of both processes, from the file to a searchable archive."""
    from crm_desktop.services.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "a.crm", create=True, data_dir=Path(folder))
        start = time.perf_counter()
        result = workspace.imports.import_files([file])
        seconds = time.perf_counter() - start
        assert result.total(Outcome.CREATED)
        assert all(s.balances for f in result.files for s in f.sheets)
        workspace.close(backup=False)
    return seconds, peak(resource.RUSAGE_SELF) + peak(resource.RUSAGE_CHILDREN)


def read_xls(file: Path) -> tuple[float, float]:
    """Seconds of xlrd alone, going through all cells."""
    import xlrd

    start = time.perf_counter()
    sheet = xlrd.open_workbook(str(file)).sheet_by_index(0)
    for row in range(sheet.nrows):
        sheet.row_values(row)
    return time.perf_counter() - start, 0.0


def read_csv(file: Path) -> tuple[float, float]:
    """Seconds of the csv module alone."""
    start = time.perf_counter()
    with file.open(encoding="utf-8", newline="") as text:
        for _row in csv.reader(text):
            pass
    return time.perf_counter() - start, 0.0


def cancel_it(file: Path) -> tuple[float, float]:
    """Seconds from the word to the last trace gone, in the middle of the writing."""
    from crm_desktop.services.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "a.crm", create=True, data_dir=Path(folder))
        half = threading.Event()
        job = Job(lambda p: half.set() if p.total and p.done * 2 > p.total > 1000 else None)
        told = 0.0

        def cancel() -> None:
            nonlocal told
            half.wait()
            told = time.perf_counter()
            job.cancel()

        threading.Thread(target=cancel, daemon=True).start()
        try:
            workspace.imports.import_files([file], job=job)
        except Cancelled:
            seconds = time.perf_counter() - told
        else:
            raise AssertionError("the import ran through")
        assert workspace.customers.count(CustomerListQuery()) == 0
        workspace.close(backup=False)
    return seconds, 0.0


def drop_it(name: str, file: Path) -> None:
    """Print how a dropped file is seen, the middle one of some tries."""
    tries = []
    for _ in range(_DROPS):
        child = [sys.executable, "-m", "benchmarks._drop_child", str(file)]
        done = subprocess.run(child, check=True, stdout=subprocess.PIPE, text=True)
        tries.append(json.loads(done.stdout.splitlines()[-1]))
    seen, columns, dragged, blocked = (
        sorted(t[key] for t in tries)[_DROPS // 2]
        for key in ("rows", "columns", "dragged", "blocked")
    )
    print(
        f"{name:<30} first rows {seen:6.2f} s ({_met(seen, _SOON)})   columns {columns:6.2f} s   "
        f"window blocked {blocked * 1000:4.0f} ms ({_met(blocked, _BLOCKED)}), "
        f"while it was dragged {dragged * 1000:4.0f} ms ({_met(dragged, _BLOCKED)})",
        flush=True,
    )


def _met(seconds: float, goal: float) -> str:
    return f"goal {goal:g} s {'met' if seconds <= goal else 'MISSED'}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--xls", type=int, default=65_535)
    parser.add_argument("--csv", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--only-drops", action="store_true")
    options = parser.parse_args()
    print_facts("xlrd", "python-calamine", "sqlcipher3")
    with tempfile.TemporaryDirectory() as folder:
        book, text, sheet = (Path(folder) / f"clientes.{end}" for end in ("xls", "csv", "xlsx"))
        for sample in _SAMPLES:
            drop_it(sample, shipped("sample", sample))
        make_workbook(sheet, options.rows)
        drop_it(f".xlsx of {options.rows:,} rows x 15", sheet)
        for end in _WRITERS:
            other = Path(folder) / f"clientes.{end}"
            alone(partial(_write, end, options.rows), other)
            drop_it(f".{end} of {options.rows:,} rows x 15", other)
            other.unlink()
        if options.csv:
            with text.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(_rows(options.csv))
            drop_it(f".csv of {options.csv:,} rows x 15", text)
        if options.xls:
            alone(partial(_write, "xls", options.xls), book)
            drop_it(f".xls of {options.xls:,} rows x 15", book)
        if options.only_drops:
            return
        if options.xls:
            _report("xls", options.xls, alone(read_xls, book)[0], *alone(import_it, book))
        if options.csv:
            _report("csv", options.csv, alone(read_csv, text)[0], *alone(import_it, text))
        cancels = [alone(cancel_it, sheet)[0] for _ in range(_TRIES)]
        print_percentiles("cancelled in the middle, all gone", cancels, at_most=500)


def _write(end: str, rows: int, path: Path) -> tuple[float, float]:
    """Write a file; alone, as a process begins with the memory of the one that started it."""
    if end == "xls":
        write_xls(path, _rows(rows))
    else:
        _WRITERS[end](path, list(_rows(rows)))
    return 0.0, 0.0


def _report(kind: str, rows: int, reading: float, seconds: float, megabytes: float) -> None:
    print(
        f".{kind} of {rows:,} rows x 15: import {seconds:.1f} s ({rows / seconds:,.0f} rows a"
        f" second), merely reading it {reading:.1f} s, both processes {megabytes:.0f} MB"
    )


if __name__ == "__main__":
    main()
