"""One pass over a sheet: its head, its header, a sample of its rows, the columns in use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from crm_desktop.bridge.books import Row, Sheet
from crm_desktop.bridge.detect import HEAD_ROWS, find_header
from crm_desktop.bridge.text import Value, cell_text, is_blank, tidy_line

_SAMPLE = 2000
_CHUNK = 1000

Report = Callable[[int, int | None], None]


@dataclass(slots=True)
class ScannedSheet:
    """A sheet after one pass over all its rows."""

    name: str
    head: list[Row]
    header_row: int
    left: int
    width: int
    rows: int
    headers: list[str]
    sample: list[Row]
    filled: list[bool]

    @property
    def used(self) -> list[int]:
        """The columns that have a header or a value; a stray far cell makes thousands without."""
        return [j for j in range(self.width) if self.headers[j] or self.filled[j]]

    def column(self, j: int) -> list[Value]:
        """Sampled cells of a column."""
        return [row[j] if j < len(row) else "" for row in self.sample]


def scan_sheet(
    sheet: Sheet, name: str, report: Report, header_row: int | None = None
) -> ScannedSheet:
    """Read a sheet once: head, header, an evenly spread sample, which columns hold anything."""
    iterator = iter(sheet.rows())
    head = list(islice(iterator, max(HEAD_ROWS, header_row or 0)))
    if header_row is None:
        header_row = find_header(head)
    header = list(head[header_row - 1]) if 0 < header_row <= len(head) else []
    sample: list[Row] = []
    filled: list[bool] = []
    every = count = done = 0
    step = 1
    if sheet.height:
        step = max(1, sheet.height // _SAMPLE)
    rest: Iterator[Row] = iter(head[header_row:])
    width = len(header)
    for part in (rest, iterator):
        while chunk := list(islice(part, _CHUNK)):
            rows = [row for row in chunk if not _is_blank_row(row)]
            done += len(chunk)
            if not rows:
                report(done, sheet.height)
                continue
            width = max(width, max(map(len, rows)))
            filled.extend([False] * (width - len(filled)))
            _mark_filled(rows, filled)
            for row in rows:
                if every % step == 0:
                    sample.append(row)
                every += 1
            if len(sample) > 2 * _SAMPLE:
                sample, step = sample[::2], step * 2
            count += len(rows)
            report(done, sheet.height)
    filled.extend([False] * (width - len(filled)))
    headers = [tidy_line(cell_text(v)) for v in header] + [""] * (width - len(header))
    last = max((j for j in range(width) if filled[j] or headers[j]), default=-1) + 1
    while head and _is_blank_row(head[-1]):
        head.pop()
    return ScannedSheet(
        name, head, header_row, sheet.left, last, count, headers[:last], sample, filled[:last]
    )


def _mark_filled(rows: list[Row], filled: list[bool]) -> None:
    if all(filled):
        return
    common = min(map(len, rows))
    for j, done in enumerate(filled[:common]):
        if not done:
            filled[j] = any(not is_blank(row[j]) for row in rows)
    for row in rows:
        for j in range(common, len(row)):
            if not filled[j] and not is_blank(row[j]):
                filled[j] = True


def data_rows(sheet: Sheet, header_row: int) -> Iterator[tuple[int, Row]]:
    """The rows below the header that hold anything, with their numbers."""
    for number, row in enumerate(islice(sheet.rows(), header_row, None), start=header_row + 1):
        if not _is_blank_row(row):
            yield number, row


def _is_blank_row(row: Row) -> bool:
    if row and (first := row[0]) and (type(first) is not str or not first.isspace()):
        return False
    for value in row:
        if value != "" and value is not None and not (type(value) is str and value.isspace()):
            return False
    return True


def picker(used: list[int]) -> Callable[[Row], Row]:
    """Makes a row of the used columns alone, whatever its own length."""
    width = used[-1] + 1 if used else 0
    if len(used) == width:
        return lambda row: fit(row, width)
    return lambda row: [row[j] if j < len(row) else "" for j in used]


def fit(row: Row, width: int) -> Row:
    """Cut a row or fill it up to so many values."""
    size = len(row)
    if size == width:
        return row
    if size > width:
        return row[:width]
    return [*row, *[""] * (width - size)]
