"""The files that are being imported: opened, with what the user has changed in their plans.

Sessions own child processes, so they are closed whatever happens to the page, and never on
the GUI thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_desktop.domain.imports import (
    COLOUR_COLUMN,
    EVERY_FIELD,
    SKIP,
    Area,
    BandKind,
    ColumnMapping,
    Fix,
    Policy,
    SheetKind,
    SheetPlan,
    SheetPreview,
    WorkbookPreview,
)
from crm_desktop.services.imports.mapping import apply_mapping
from crm_desktop.ui.pages.import_wizard.words import (
    IDENTITY,
    FieldChoice,
    asks_for_dates,
    certainty,
    index_of,
)

if TYPE_CHECKING:
    from crm_desktop.services.imports.session import ImportSession


class State(Enum):
    """How far a file has come."""

    OPENING = auto()
    READY = auto()
    REFUSED = auto()
    LOCKED = auto()


class Place(NamedTuple):
    """Where on its sheet a table is, as far as that tells it from the others there.

    Attributes:
        rows: first and last one, or None where the others share them.
        columns: likewise; 0-based.
    """

    rows: tuple[int, int] | None
    columns: tuple[int, int] | None


@dataclass(slots=True, eq=False)
class SheetChoice:
    """A sheet with the user's word on it.

    Attributes:
        wanted: whether it is imported.
        plan: how it is read, as the user left it.
        place: where its table is, for one of several on a sheet.
        other: the sheet as the program alone proposes it while it is shown as it was read
            before, and the other way round; None where it was not read before.
        mapping_name: the saved mapping that it is read by, "" for none.
        originals: what stood in the cells that were fixed, by row and column.
        looked: columns whose spellings the owner has seen.
    """

    preview: SheetPreview
    wanted: bool
    plan: SheetPlan
    place: Place | None = None
    other: SheetPreview | None = None
    mapping_name: str = ""
    originals: dict[tuple[int, int], str] = field(default_factory=dict)
    looked: set[int] = field(default_factory=set)
    _columns: tuple[SheetPlan, dict[int, ColumnMapping]] | None = None
    _fixes: tuple[SheetPlan, dict[tuple[int, int], str]] | None = None

    @classmethod
    def of(cls, preview: SheetPreview, proposed: SheetPreview | None = None) -> SheetChoice:
        """A sheet as it was proposed; hidden ones are imported too: nothing is dropped.

        Args:
            preview: as it is shown.
            proposed: as the program alone proposes it.
        """
        other = proposed if preview.plan.remembered else None
        return cls(preview, not preview.empty, preview.plan, other=other)

    @property
    def read_before(self) -> str:
        """When a sheet of these headers was read, UTC ISO text; "" for never."""
        return self.preview.plan.remembered or (self.other.plan.remembered if self.other else "")

    @property
    def proposal(self) -> SheetPlan:
        """What the program alone proposes, where it has anything of its own to say."""
        remembered = self.preview.plan.remembered and self.other is not None
        return self.other.plan if remembered and self.other else self.preview.plan

    @property
    def has_columns(self) -> bool:
        """Whether there is anything to map; our own export has nothing."""
        return bool(self.preview.plan.columns)

    @property
    def kind(self) -> SheetKind:
        """What the table is taken for."""
        return self.plan.kind

    @property
    def is_sales(self) -> bool:
        """Whether its rows are kept and make no customers."""
        return self.plan.kind is SheetKind.LEDGER

    @property
    def maps_columns(self) -> bool:
        """Whether it matters what its columns feed."""
        return self.has_columns and not self.is_sales

    @property
    def names_customers(self) -> bool:
        """Whether some column says who the customer is; sales need to name nobody."""
        return not self.maps_columns or any(c.field in IDENTITY for c in self.columns)

    @property
    def can_be_wanted(self) -> bool:
        """Whether there is anything to import."""
        some = bool(self.preview.rows) and (not self.preview.empty or self.names_customers)
        return some or self.is_of_firm

    @property
    def is_of_firm(self) -> bool:
        """Whether an own export has no customers, only what belongs to the firm."""
        return not (self.preview.rows or self.preview.empty or self.has_columns)

    @property
    def columns(self) -> tuple[ColumnMapping, ...]:
        """What the columns feed; those that are left out as hidden feed nothing."""
        return self.plan.columns_read(self.preview.beside.hidden_columns)

    def unsure(self) -> list[int]:
        """Positions (in the plan) of the columns that need a look."""
        if not self.maps_columns:
            return []
        return [i for i, c in enumerate(self.columns) if certainty(c) == "unsure"]

    def spellings(self) -> list[int]:
        """Columns that write some value in several ways, as far as nobody has seen to it."""
        if not self.wanted or not self.maps_columns:
            return []
        return [
            index
            for index in self.preview.spellings
            if index not in self.looked
            and (column := self.column_at(index)) is not None
            and column.field != SKIP
            and not column.replacements
        ]

    def date_questions(self) -> list[ColumnMapping]:
        """Columns of dates of which only the owner knows how they are meant."""
        if not self.wanted or not self.maps_columns:
            return []
        return [c for c in self.columns if asks_for_dates(c)]

    def take_as(self, kind: SheetKind) -> None:
        """Take the table for something else."""
        self.plan = replace(self.plan, kind=kind)

    def column_at(self, index: int) -> ColumnMapping | None:
        """What a column of the sheet feeds; None for one without a header or a value."""
        if self._columns is None or self._columns[0] is not self.plan:
            self._columns = (self.plan, {c.index: c for c in self.columns})
        return self._columns[1].get(index)

    def position_of(self, column: str) -> int:
        """What the plan calls the column that a problem names; the first one for none."""
        named = next((c.index for c in self.plan.columns if c.column == column), None)
        return max(index_of(column), 0) if named is None else named

    def name_colour(self, colour: str, tag: str) -> None:
        """Make a tag of a colour; "" for a colour that means nothing."""
        named = tuple((c, tag.strip() if c == colour else t) for c, t in self.plan.colours)
        if named != self.plan.colours:
            self.plan = replace(self.plan, colours=named)
            self._change(COLOUR_COLUMN, confidence=1.0)

    def leave_hidden(self, leave: bool) -> None:
        """Leave out what the spreadsheet hides, or take it in."""
        self.plan = replace(self.plan, without_hidden=leave)
        if not self.can_be_wanted:
            self.wanted = False

    def is_left_as_hidden(self, index: int) -> bool:
        """Whether a column feeds nothing because the spreadsheet hides it."""
        return self.plan.without_hidden and index in self.preview.beside.hidden_columns

    def choose(self, index: int, choice: FieldChoice) -> None:
        """Let a column feed something else; the user is always sure."""
        self.plan = replace(
            self.plan,
            columns=tuple(
                replace(
                    c,
                    field=choice.field,
                    label=choice.label,
                    date_order=choice.date_order or (c.date_order * (choice.field == c.field)),
                    date_examples=() if choice.date_order else c.date_examples,
                    confidence=1.0,
                    compound=None,
                )
                if c.index == index
                else c
                for c in self.plan.columns
            ),
        )
        if self.plan.kind is SheetKind.SUMMARY and self.names_customers:
            # Figures, we thought; who names a customer's column knows better.
            self.take_as(SheetKind.LIST)
            self.wanted = True
        elif not self.can_be_wanted:
            self.take_as(self.preview.plan.kind)
            self.wanted = False

    def swap(self) -> None:
        """Show the fresh proposal instead of how it was read before, or the other way round."""
        if self.other is not None:
            self.preview, self.other = self.other, self.preview
            self.plan = replace(self.preview.plan, policies=self.plan.policies)
            self.mapping_name = ""
            self.wanted = self.wanted and self.can_be_wanted

    def read_by(self, name: str, mapping: object) -> None:
        """Read the sheet by a saved mapping, as what it was taken for."""
        plan = apply_mapping(replace(self.preview, plan=self.plan), mapping)
        self.plan = plan
        self.mapping_name = name

    def set_policy(self, field_name: str, policy: Policy) -> None:
        """Say what becomes of a field of known customers; a word for all is none for each."""
        said = dict(self.plan.policies)
        said.pop(field_name, None)
        if self.plan.policy(EVERY_FIELD) is not policy or field_name == EVERY_FIELD:
            said[field_name] = policy.value
        if said.get(EVERY_FIELD) == Policy.FILL:
            del said[EVERY_FIELD]
        if field_name == EVERY_FIELD:
            said = {f: p for f, p in said.items() if f == EVERY_FIELD}
        self.plan = replace(self.plan, policies=tuple(said.items()))

    def fix_at(self, row: int, index: int) -> str | None:
        """What a cell was made to say; None where it stands as in the file."""
        if self._fixes is None or self._fixes[0] is not self.plan:
            fixes = {(fix.row, fix.column): fix.text for fix in self.plan.fixes}
            self._fixes = (self.plan, fixes)
        return self._fixes[1].get((row, index))

    def fix(self, row: int, index: int, text: str, original: str) -> bool:
        """Let a cell say something else; its own text again takes the fix back.

        Args:
            row: its number in the sheet.
            index: its column.
            text: what it is to say.
            original: what stands there now.

        Returns:
            False where nothing has changed.
        """
        cell = (row, index)
        original = self.originals.setdefault(cell, original)
        wanted = None if text == original else text
        if wanted == self.fix_at(row, index):
            return False
        fixes = tuple(fix for fix in self.plan.fixes if (fix.row, fix.column) != cell)
        if wanted is not None:
            fixes += (Fix(row, index, wanted),)
        self.plan = replace(self.plan, fixes=fixes)
        return True

    def band_at(self, row: int) -> BandKind | None:
        """What a row is, where it is no customer."""
        bands = self.plan.bands(self.preview.bands)
        return next((b.kind for b in bands if b.first <= row <= b.last), None)

    def can_say(self, row: int) -> bool:
        """Whether a row can be said to be something else."""
        return self.maps_columns and row > self.plan.header_row

    def say_rows(self, rows: Iterable[int], kind: BandKind | None) -> None:
        """Say what rows are: a heading, a total, a note, or None for customers."""
        for row in rows:
            if self.can_say(row) and self.band_at(row) is not kind:
                cells = self.preview.cells
                at = row - self.preview.first_row
                heading = next(filter(None, cells[at]), "") if 0 <= at < len(cells) else ""
                self.plan = self.plan.with_role(row, kind, heading)

    def replace_values(self, index: int, pairs: Sequence[tuple[str, str]]) -> None:
        """Let values of a column be others wherever they stand in it."""
        self.looked.add(index)
        self._change(index, replacements=tuple(pairs))

    def undated(self) -> list[int]:
        """Columns that became birthdays: how their dates are meant nobody has looked at."""
        return [c.index for c in self.plan.columns if c.field == "birthday" and not c.date_order]

    def learn_dates(self, found: ColumnMapping) -> None:
        """Take in what such a column's dates say of themselves."""
        if found.index in self.undated():
            self._change(
                found.index, date_order=found.date_order, date_examples=found.date_examples
            )

    def answer_dates(self, index: int, order: str) -> None:
        """Say how a column's dates are meant."""
        self._change(index, date_order=order, date_examples=(), confidence=1.0)

    def _change(self, index: int, **changes: Any) -> None:
        columns = (replace(c, **changes) if c.index == index else c for c in self.plan.columns)
        self.plan = replace(self.plan, columns=tuple(columns))

    def take_over(self, before: SheetChoice) -> None:
        """Keep what the user has said of the same sheet before it was read anew."""
        if self.other is not None and not before.preview.plan.remembered:
            self.swap()
        same = [c.header for c in before.plan.columns] == [c.header for c in self.plan.columns]
        if before.preview.name != self.preview.name or not same:
            return
        if before.plan is not before.preview.plan:
            self.plan = before.plan
            self.originals, self.looked = before.originals, before.looked
        self.mapping_name = before.mapping_name
        self.wanted = before.wanted and self.can_be_wanted

    def replan(self, preview: SheetPreview, proposal: SheetPlan) -> None:
        """Take another proposal, such as for another header row.

        Args:
            preview: as it is shown now.
            proposal: as the program alone proposes it.
        """
        policies, hidden = self.plan.policies, self.plan.without_hidden
        roles = self.plan.roles
        tags = {colour: tag for colour, tag in self.plan.colours if tag}
        kind = self.plan.kind if self.plan.kind is not self.preview.plan.kind else None
        replaced = {c.index: c.replacements for c in self.plan.columns if c.replacements}
        self.preview = preview
        self.plan = replace(
            preview.plan,
            policies=policies,
            fixes=self.plan.fixes,
            without_hidden=hidden,
            colours=tuple((colour, tags.get(colour, tag)) for colour, tag in preview.plan.colours),
        )
        for row, said in roles:
            self.say_rows([row], said)
        self.other = replace(preview, plan=proposal) if preview.plan.remembered else None
        self.mapping_name = ""
        for index, pairs in replaced.items():
            self.replace_values(index, pairs)
        if kind is SheetKind.LIST and self.is_sales:
            self.take_as(kind)
        self.wanted = self.wanted and not preview.empty


@dataclass(slots=True, eq=False)
class OpenFile:
    """One file on its way into the archive.

    Attributes:
        folder: the folder that it was chosen with, where it was not chosen by itself.
    """

    path: Path
    folder: Path | None = None
    state: State = State.OPENING
    message: str = ""
    password: str | None = None
    session: ImportSession | None = None
    sheets: list[SheetChoice] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it is called; in a folder, with the folders on the way to it."""
        return self.path.name if self.folder is None else str(self.path.relative_to(self.folder))

    @property
    def asks(self) -> bool:
        """Whether the owner has to say something of it before anything goes on."""
        return self.state in (State.REFUSED, State.LOCKED)

    @property
    def preview(self) -> WorkbookPreview | None:
        """What was read of it, None before it is open."""
        return self.session.preview if self.session is not None else None

    @property
    def wanted(self) -> list[SheetChoice]:
        """The sheets that are to be imported."""
        return [s for s in self.sheets if s.wanted]

    def plans(self) -> tuple[SheetPlan, ...]:
        """How the wanted sheets are read."""
        return tuple(s.plan for s in self.wanted)

    def ready(self, session: ImportSession) -> None:
        """It is open."""
        self.session = session
        self.state = State.READY
        self.message = ""
        before = self.sheets
        self.sheets = [
            SheetChoice.of(shown, proposed)
            for shown, proposed in zip(session.preview.sheets, session.proposed.sheets, strict=True)
        ]
        tell_apart(self.sheets)
        for old, new in zip(before, self.sheets, strict=False):
            new.take_over(old)

    def refused(self, message: str, *, locked: bool = False) -> None:
        """It cannot be opened, or not without a password."""
        self.state = State.LOCKED if locked else State.REFUSED
        self.message = message


class Sessions:
    """Every session that the page has opened; any thread may call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: list[ImportSession] = []
        self._ended = False

    def keep(self, session: ImportSession) -> bool:
        """Take charge of a session; False where the page is gone and it was closed at once."""
        with self._lock:
            if not self._ended:
                self._open.append(session)
                return True
        session.close()
        return False

    def drop(self, sessions: Sequence[ImportSession]) -> Callable[[], None]:
        """Give sessions up; what is returned closes them and belongs on another thread."""
        with self._lock:
            gone = [s for s in self._open if s in sessions]
            self._open = [s for s in self._open if s not in gone]

        def close() -> None:
            for session in gone:
                session.close()

        return close

    def drop_all(self, *, end: bool = False) -> Callable[[], None]:
        """Give all up; with `end`, later ones are closed as they come."""
        with self._lock:
            self._ended = self._ended or end
            everything = list(self._open)
        return self.drop(everything)


def tell_apart(sheets: Sequence[SheetChoice]) -> None:
    """Note where on their sheet tables are that share one."""
    by_name: dict[str, list[tuple[SheetChoice, Area]]] = {}
    for sheet in sheets:
        if sheet.preview.area is not None:
            by_name.setdefault(sheet.preview.name, []).append((sheet, sheet.preview.area))
    for tables in by_name.values():
        below = len({area.top for _s, area in tables}) > 1
        beside = len({area.left for _s, area in tables}) > 1
        for sheet, area in tables:
            sheet.place = Place(
                (area.top, area.bottom) if below or not beside else None,
                (area.left, area.right) if beside else None,
            )


def each_sheet(files: Sequence[OpenFile]) -> Iterator[tuple[OpenFile, SheetChoice]]:
    """All sheets of all open files."""
    for file in files:
        for sheet in file.sheets:
            yield file, sheet
