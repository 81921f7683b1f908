"""What an import says of itself: files, sheets, columns, problems, the balanced ledger."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, NewType

from crm_desktop.domain.changes import StepId

BatchId = NewType("BatchId", int)

# Fields a column can feed. A column may also feed `custom:<name>` (a custom field) or
# nothing (`skip`, chosen by the user only: unattended, nothing is dropped).
FIELDS = (
    "name",
    "given_name",
    "family_name",
    "organisation",
    "phone",
    "email",
    "im",
    "street",
    "postcode",
    "city",
    "region",
    "country",
    "birthday",
    "notes",
    "tags",
    "stage",
    "kind",
)
CUSTOM_PREFIX = "custom:"
SKIP = "skip"


class Problem(NamedTuple):
    """A cell that could not be taken over as it stands; its text is kept all the same.

    Attributes:
        row: the sheet's own row number, 1-based.
        column: the column's letter.
        value: the cell's text.
        problem: one sentence, in the user's language.
    """

    row: int
    column: str
    value: str
    problem: str


class LeftOut(NamedTuple):
    """A row that made no customer, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What one column feeds.

    Attributes:
        index: 0-based position in the sheet; `column` is its letter.
        header: the header cell's text, "" where there is none.
        field: a member of `FIELDS`, `custom:<name>`, or `skip`.
        confidence: 0 to 1.
        label: for phones, e-mails, addresses: "mobile", "work" …
        date_order: for dates written in figures: "DMY", "MDY" or "YMD", "" where no matter.
    """

    index: int
    column: str
    header: str
    field: str
    confidence: float
    label: str = ""
    date_order: str = ""


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """How one sheet is to be read: header row (1-based, 0 for none) and columns."""

    sheet: int
    header_row: int
    columns: tuple[ColumnMapping, ...]


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """A sheet as the wizard shows it, before anything is written.

    Attributes:
        name: the sheet's name ("" for a csv).
        rows: data rows below the header that hold anything.
        plan: the proposal; the user may change it.
        cells: the first rows as display text, header included, at most 60 × all columns;
            row `i` here is row `first_row + i` of the sheet.
        empty: whether there is nothing to import.
    """

    index: int
    name: str
    rows: int
    plan: SheetPlan
    cells: tuple[tuple[str, ...], ...]
    first_row: int = 1
    empty: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class WorkbookPreview:
    """A file as the wizard shows it.

    Attributes:
        file: its name without the folder.
        format: "xlsx", "xlsm", "xls", "ods", "csv" or "json", told by content.
        sha256: of the file's bytes, hex.
        size: bytes.
        country: ISO code that phone numbers without a prefix are read in.
    """

    file: str
    format: str
    sha256: str
    size: int
    country: str
    sheets: tuple[SheetPreview, ...]


class Outcome(StrEnum):
    """What became of a row."""

    CREATED = "created"
    UPDATED = "updated"
    MERGED = "merged"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class SheetResult:
    """The ledger of one sheet; `rows == created + updated + merged + len(left_out)`.

    Attributes:
        created: rows that made a new customer.
        updated: rows that belong to a customer the archive had before this import.
        merged: rows that belong to a customer that an earlier row of this import made.
        problems: at most `MAX_PROBLEMS`; `problem_count` has them all.
    """

    sheet: str
    header_row: int
    rows: int
    created: int
    updated: int
    merged: int
    left_out: tuple[LeftOut, ...]
    columns: tuple[ColumnMapping, ...]
    problems: tuple[Problem, ...]
    problem_count: int

    @property
    def balances(self) -> bool:
        """Whether every row read is accounted for."""
        return self.rows == self.created + self.updated + self.merged + len(self.left_out)


@dataclass(frozen=True, slots=True)
class FileResult:
    """What an import made of one file."""

    file: str
    sheets: tuple[SheetResult, ...]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or would do (`batch` and `step` are None after a dry run).

    Attributes:
        step: the journal's step, for *Undo this import*.
        already: when the very same file was imported before, UTC ISO text, or None.
    """

    batch: BatchId | None
    files: tuple[FileResult, ...]
    step: StepId | None = None
    already: str | None = None

    def total(self, outcome: Outcome) -> int:
        """Rows with one outcome, over all sheets."""
        sheets = [s for f in self.files for s in f.sheets]
        if outcome is Outcome.LEFT_OUT:
            return sum(len(s.left_out) for s in sheets)
        return sum(int(getattr(s, outcome.value)) for s in sheets)
