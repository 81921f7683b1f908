"""One pass over a sheet: its head, its header, a sample of its rows, the columns in use."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from crm_desktop.bridge.files.book import Row, Sheet
from crm_desktop.bridge.sheets.detect import find_header
from crm_desktop.bridge.sheets.header import Header, read_header
from crm_desktop.bridge.sheets.outline import HEAD_ROWS, Outline, Recorder
from crm_desktop.bridge.traits.model import Traits
from crm_desktop.bridge.values.text import Value, is_blank

_SAMPLE = 2000
_CHUNK = 1000

Report = Callable[[int, int | None], None]


@dataclass(slots=True)
class ScannedSheet:
    """A table after one pass over all its rows.

    Attributes:
        top: number of the first row of `head`.
        left: place of the first column.
        rows: how many rows below the header hold anything.
        sample: some of them, evenly spread.
        filled: whether each column holds anything.
        aside: places in a row of columns that are none of the table's, such as a legend's.
    """

    name: str
    top: int
    head: list[Row]
    header: Header
    left: int
    width: int
    rows: int
    headers: list[str]
    sample: list[Row]
    filled: list[bool]
    outline: Outline
    aside: frozenset[int] = frozenset()

    @property
    def header_row(self) -> int:
        """The last row of the header; 0 for none."""
        return self.header.last

    @property
    def used(self) -> list[int]:
        """The columns that have a header or a value; a stray far cell makes thousands without."""
        aside = self.aside
        return [
            j for j in range(self.width) if (self.headers[j] or self.filled[j]) and j not in aside
        ]

    def column(self, j: int) -> list[Value]:
        """Sampled cells of a column."""
        return [row[j] if j < len(row) else "" for row in self.sample]


def scan_sheet(
    sheet: Sheet,
    name: str,
    report: Report,
    traits: Traits,
    *,
    top: int = 1,
    header_row: int | None = None,
    header_rows: int | None = None,
) -> ScannedSheet:
    """Read a table once: head, header, an evenly spread sample, which columns hold anything.

    Args:
        sheet: the table.
        name: of its sheet.
        report: told how far it is.
        traits: what the sheet says beside its values.
        top: number of the first row.
        header_row: the header's last row where the owner chose it, 0 for none; None finds it.
        header_rows: how many rows it has then.
    """
    recorder = Recorder(sheet, top)
    iterator = recorder.rows()
    head = list(islice(iterator, max(HEAD_ROWS, (header_row or 0) - top + 1)))
    if header_row is None:
        found = find_header(head)
        header_row = found + top - 1 if found else 0
    header = read_header(recorder.outline, header_row, traits, header_rows)
    sample: list[Row] = []
    filled: list[bool] = []
    every = count = done = 0
    step = 1
    if sheet.height:
        step = max(1, sheet.height // _SAMPLE)
    rest: Iterator[Row] = iter(head[header.last - top + 1 if header.last else 0 :])
    width = len(header.texts)
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
    headers = [*header.texts, *[""] * (width - len(header.texts))]
    last = max((j for j in range(width) if filled[j] or headers[j]), default=-1) + 1
    while head and _is_blank_row(head[-1]):
        head.pop()
    return ScannedSheet(
        name=name,
        top=top,
        head=head,
        header=header,
        left=sheet.left,
        width=last,
        rows=count,
        headers=headers[:last],
        sample=sample,
        filled=filled[:last],
        outline=recorder.outline,
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


def data_rows(
    sheet: Sheet, header_row: int, top: int = 1, told: Collection[int] = ()
) -> Iterator[tuple[int, Row]]:
    """The rows below the header that hold anything, with their numbers; `told` are there too."""
    first = max(header_row + 1, top)
    for number, row in enumerate(islice(sheet.rows(), first - top, None), start=first):
        if not _is_blank_row(row) or number in told:
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
