"""What an import says of itself: files, sheets, columns, problems, the balanced ledger."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple, NewType

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.fields import PLAIN, Compound, FieldKind, Reading

BatchId = NewType("BatchId", int)

# Those of `customers.PersonalFacts` that a column can feed.
FACTS = ("title", "owner", "rating", "source", "language")
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
    *FACTS,
)
CUSTOM_PREFIX = "custom:"
# In a plan's policies: every field that is not named there.
EVERY_FIELD = "*"
# Columns that no sheet has (Excel ends at 16,383): the heading above a group of rows, the sheet's
# own name, and what the colours of a row mean.
GROUP_COLUMN = 16_384
SHEET_COLUMN = 16_385
COLOUR_COLUMN = 16_386
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


class SheetKind(StrEnum):
    """What a sheet, or a table of it, is taken for."""

    LIST = "list"
    CARDS = "cards"
    LEDGER = "ledger"
    SUMMARY = "summary"
    EMPTY = "empty"


class Policy(StrEnum):
    """What becomes of a field when a row's customer is in the archive already.

    FILL fills blanks and adds what is new, such as a second phone; OVERWRITE lets the row's
    value stand in the place of the known one; KEEP touches nothing; ADD is FILL, and appends
    to notes and own fields that hold something else.
    """

    FILL = "fill"
    OVERWRITE = "overwrite"
    KEEP = "keep"
    ADD = "add"


class BandKind(StrEnum):
    """What rows of a table are that are no customers."""

    TITLE = "title"
    HEADER = "header"
    GROUP = "group"
    TOTAL = "total"
    NOTE = "note"


class Band(NamedTuple):
    """Rows of one kind, first and last included, 1-based."""

    kind: BandKind
    first: int
    last: int


class Area(NamedTuple):
    """A rectangle of cells, all four ends included; rows 1-based, columns 0-based."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, cell: object) -> bool:
        """Whether a cell (row, column) lies inside."""
        match cell:
            case (int(row), int(column)):
                return self.top <= row <= self.bottom and self.left <= column <= self.right
        return False


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
        date_order: for dates written in figures: "DMY", "MDY", "YMD" or "ROC" (years of the
            Republic of China), "" where no matter.
        date_examples: at most two of its own texts that could be read in more than one order;
            only where nothing in the file decides between them, and nobody has said.
        kind: of a custom field's values; text for all others.
        reading: how they are read.
        compound: several things in each cell, which feed a field each; cells that cannot be
            taken apart feed `field` whole. None for ordinary columns.
        replacements: pairs of a value and what is taken instead; of tags, each tag is a value.
    """

    index: int
    column: str
    header: str
    field: str
    confidence: float
    label: str = ""
    date_order: str = ""
    date_examples: tuple[str, ...] = ()
    kind: FieldKind = FieldKind.TEXT
    reading: Reading = PLAIN
    compound: Compound | None = None
    replacements: tuple[tuple[str, str], ...] = ()

    @property
    def custom(self) -> str:
        """Name of the custom field that it feeds, "" for none."""
        custom = self.field.startswith(CUSTOM_PREFIX)
        return self.field.removeprefix(CUSTOM_PREFIX) if custom else ""


class Fix(NamedTuple):
    """What the user wrote into a cell before the import; the file stays as it is.

    Attributes:
        row: the sheet's own row number, 1-based.
        column: the column's 0-based position.
        text: what is read instead; "" for an empty cell.
    """

    row: int
    column: int
    text: str


class ColourUse(NamedTuple):
    """A colour that tells some rows of a table apart.

    Attributes:
        colour: `#RRGGBB`, capital letters.
        rows: how many rows have it.
        legend: what the sheet's own legend says it means, "" for nothing.
    """

    colour: str
    rows: int
    legend: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What a table says beside its values. Rows by their number are among the first ones only.

    Attributes:
        hidden_rows: how many of its rows the spreadsheet hides.
        hidden_columns: 0-based positions of the columns that it hides.
        hidden: numbers of hidden rows.
        struck: numbers of rows that are struck through.
        fills: the colours of rows that have some, by number.
        colours: all colours that tell rows apart, the most frequent first.
    """

    hidden_rows: int = 0
    hidden_columns: tuple[int, ...] = ()
    hidden: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    fills: tuple[tuple[int, tuple[str, ...]], ...] = ()
    colours: tuple[ColourUse, ...] = ()

    @property
    def hides(self) -> bool:
        """Whether anything is hidden."""
        return bool(self.hidden_rows or self.hidden_columns)


class Cluster(NamedTuple):
    """Values of a column that seem to be one, written in several ways.

    Attributes:
        values: each with how often it stands there, the most frequent first.
        target: the writing that all could have.
        same: whether they differ in nothing but capitals, blanks, accents and punctuation;
            else they are only much alike, and may well be different things.
    """

    values: tuple[tuple[str, int], ...]
    target: str
    same: bool


class RowRole(NamedTuple):
    """What the user says a row is.

    Attributes:
        row: the sheet's own row number, 1-based.
        kind: a heading, a total or a note; None for a customer of its own.
    """

    row: int
    kind: BandKind | None


SAYABLE = (None, BandKind.GROUP, BandKind.TOTAL, BandKind.NOTE)
"""What a row below the header can be said to be."""


class ColumnValues(NamedTuple):
    """The values of one column, over all rows.

    Attributes:
        filled: how many there are; a cell of tags holds several.
        distinct: how many different ones.
        clusters: what surely is one first, then what is only much alike.
    """

    filled: int
    distinct: int
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """How one table is to be read.

    Attributes:
        sheet: place of the table in the preview; a sheet with several tables has several.
        header_row: its last header row, 1-based, 0 for none.
        columns: what each column feeds; also `GROUP_COLUMN`, `SHEET_COLUMN` and
            `COLOUR_COLUMN` where there is something to feed.
        header_rows: how many rows the header has.
        kind: what it is taken for; the rows of a ledger are kept and make no customers.
        policies: pairs of a field (or `EVERY_FIELD`) and a `Policy`; fields that none of them
            names are filled.
        remembered: when a sheet of these headers was last read so, UTC ISO text; "" for a
            proposal of its own.
        fixes: cells that the user has put right; at most one of each.
        colours: pairs of a colour and its tag; "" for one that means nothing.
        without_hidden: leave out the rows that the spreadsheet hides; the columns that it
            hides feed nothing then.
        roles: rows that are something else than they were taken for; at most one of each.
        only_cards: names of the sheets whose cards are taken; () for all.
    """

    sheet: int
    header_row: int
    columns: tuple[ColumnMapping, ...]
    header_rows: int = 1
    kind: SheetKind = SheetKind.LIST
    policies: tuple[tuple[str, str], ...] = ()
    remembered: str = ""
    fixes: tuple[Fix, ...] = ()
    colours: tuple[tuple[str, str], ...] = ()
    without_hidden: bool = False
    roles: tuple[RowRole, ...] = ()
    only_cards: tuple[str, ...] = ()

    def bands(self, found: Sequence[Band]) -> tuple[Band, ...]:
        """The bands that were found in the table, as far as the user does not say otherwise."""
        if not self.roles:
            return tuple(found)
        said = dict(self.roles)
        rows = sorted(said)
        bands = [Band(kind, row, row) for row, kind in said.items() if kind is not None]
        for kind, first, last in found:
            for row in rows:
                if first <= row <= last:
                    if first < row:
                        bands.append(Band(kind, first, row - 1))
                    first = row + 1
            if first <= last:
                bands.append(Band(kind, first, last))
        return tuple(sorted(bands, key=lambda band: band.first))

    def with_role(self, row: int, kind: BandKind | None, heading: str = "") -> SheetPlan:
        """The same, with a word of the user's on a row.

        Args:
            row: its number.
            kind: what it is.
            heading: its text, for the first one that stands above others.
        """
        roles = tuple(role for role in self.roles if role.row != row)
        plan = replace(self, roles=(*roles, RowRole(row, kind)))
        if kind is BandKind.GROUP and all(c.index != GROUP_COLUMN for c in self.columns):
            column = ColumnMapping(GROUP_COLUMN, "group", heading, "tags", 0.7)
            plan = replace(plan, columns=(*plan.columns, column))
        return plan

    def columns_read(self, hidden: Collection[int]) -> tuple[ColumnMapping, ...]:
        """What the columns feed; hidden ones nothing where the plan leaves them out.

        Args:
            hidden: 0-based positions of the columns that the spreadsheet hides.
        """
        if not self.without_hidden or not hidden:
            return self.columns
        return tuple(
            replace(c, field=SKIP, compound=None) if c.index in hidden else c for c in self.columns
        )

    def policy(self, field: str) -> Policy:
        """What becomes of a field of a customer whom the archive knows."""
        said = dict(self.policies)
        return Policy(said.get(field) or said.get(EVERY_FIELD) or Policy.FILL)


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
        area: the table's place on a sheet that has several.
        bands: rows that are no customers, as far as they were recognised.
        warnings: what the owner should know before, a sentence each.
        spellings: positions of columns that write some value in several ways, as far as a
            sample of their rows tells.
        beside: what is hidden, struck through or coloured.
        card_names: the sheets that its cards stand on, `name` the first of them; () for others.
        headings: what headings above groups say, by the text of their rows.
    """

    index: int
    name: str
    rows: int
    plan: SheetPlan
    cells: tuple[tuple[str, ...], ...]
    first_row: int = 1
    empty: bool = False
    hidden: bool = False
    area: Area | None = None
    bands: tuple[Band, ...] = ()
    warnings: tuple[str, ...] = ()
    spellings: tuple[int, ...] = ()
    beside: Beside = Beside()
    card_names: tuple[str, ...] = ()
    headings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPeek:
    """What a file begins with, before it was looked through; nothing is understood of it yet.

    Attributes:
        file: its name without the folder.
        format: as in `WorkbookPreview`.
        names: of the sheets that are not hidden, as far as the file says before its rows; a csv has
            one without a name.
        sheet: place in `names` of the sheet that is shown.
        cells: its first rows as display text, from row 1 and column A on.
        rows: how many rows the file says that this sheet has; None where it does not say.
    """

    file: str
    format: str
    names: tuple[str, ...]
    sheet: int
    cells: tuple[tuple[str, ...], ...]
    rows: int | None = None


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
    CONTINUED = "continued"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class SheetResult:
    """The ledger of one sheet.

    `rows == created + updated + merged + continued + len(left_out)`.

    Attributes:
        created: rows that made a new customer.
        updated: rows that belong to a customer the archive had before this import.
        merged: rows that belong to a customer that an earlier row of this import made.
        continued: rows without a name of their own, which go on with the customer above.
        firms: new organisations whose rows count for their contact persons.
        problems: at most `MAX_PROBLEMS`; `problem_count` has them all.
        late_count: how many of these are about values that were understood: they stay as they
            are although the row says otherwise, or the row may be somebody who is there.
        replaced: values of known customers in whose place a row's value stands now.
        pictures: how many pictures of rows became documents of their customers.
        policies, remembered, without_hidden: as in the plan.
        colours: each colour that tells rows apart, with its rows and the tag that it got.
        hidden_rows, hidden_columns: how many the spreadsheet hides.
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
    continued: int = 0
    firms: int = 0
    kind: SheetKind = SheetKind.LIST
    replaced: int = 0
    pictures: int = 0
    policies: tuple[tuple[str, str], ...] = ()
    remembered: str = ""
    colours: tuple[tuple[str, int, str], ...] = ()
    hidden_rows: int = 0
    hidden_columns: int = 0
    without_hidden: bool = False
    late_count: int = 0

    @property
    def balances(self) -> bool:
        """Whether every row read is accounted for."""
        counted = self.created + self.updated + self.merged + self.continued
        return self.rows == counted + len(self.left_out)


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
        earlier: when a file of the same name was, likewise.
        relations: how many persons were related with the organisation they work at, and how
            many relations an own export brought; after a dry run, how many would be.
        firm: what belongs to the firm and stands in own exports: each part of a `Head` that is
            not empty, and how much there is of it.
    """

    batch: BatchId | None
    files: tuple[FileResult, ...]
    step: StepId | None = None
    already: str | None = None
    earlier: str | None = None
    relations: int = 0
    firm: tuple[tuple[str, int], ...] = ()

    def total(self, outcome: Outcome) -> int:
        """Rows with one outcome, over all sheets."""
        sheets = [s for f in self.files for s in f.sheets]
        if outcome is Outcome.LEFT_OUT:
            return sum(len(s.left_out) for s in sheets)
        return sum(int(getattr(s, outcome.value)) for s in sheets)

    @property
    def organisations(self) -> int:
        """How many organisations came in beside their contact persons, over all sheets."""
        return sum(s.firms for f in self.files for s in f.sheets)

    @property
    def pictures(self) -> int:
        """How many pictures became documents, over all sheets."""
        return sum(s.pictures for f in self.files for s in f.sheets)
