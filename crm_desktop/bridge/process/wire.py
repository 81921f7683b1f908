"""What goes through the pipe between the program and the reading process.

Control messages are pickled. Rows go a batch at a time, marshalled as flat lists: what matching
asks of each row, and the rows of the archive's tables that its customer would have. Nothing of
an ordinary row becomes an object of its own on the receiving side.
"""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_desktop.bridge.matching.match import Identity, identity
from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.imports import Problem
from crm_desktop.store.tables import Drafts, Tables, tables_of

if TYPE_CHECKING:
    from crm_desktop.bridge.rows.row_pictures import WireBatch

ROWS = b"R"
CONTROL = b"C"
_MARSHAL_VERSION = 4  # its short forms take two thirds of version 2's time to write


class Picture(NamedTuple):
    """A picture of a row; its content came with this batch or an earlier one.

    Attributes:
        name: what to call it.
        sha256, size, media_type, file_name: as in `store.documents.Content`.
    """

    name: str
    sha256: str
    size: int
    media_type: str
    file_name: str


class Remarkable(NamedTuple):
    """What is said of a row that is no ordinary one.

    Attributes:
        left_out: why it makes no customer, "" where it makes one.
        problems: cells that could not be taken over as they stood.
        continues: whether it goes on with the customer of the row above; `left_out` then says
            why it makes no customer alone, and its draft's name is but a phone number.
        remarks: dated comments on its cells: ISO time and text.
        firm: whether it is the firm of another row's customer, its contact person: one row of
            the sheet tells of both.
        pictures: each content once.
    """

    left_out: str = ""
    problems: tuple[Problem, ...] = ()
    continues: bool = False
    remarks: tuple[tuple[str, str], ...] = ()
    firm: bool = False
    pictures: tuple[Picture, ...] = ()


ORDINARY = Remarkable()


class CleanRow(NamedTuple):
    """One row as it left the reader.

    Attributes:
        row: the sheet's own row number, 1-based.
        draft: the customer it makes, None for a row that is left out.
        raw: the row as JSON object text: original value by column letter.
        left_out, problems, continues, remarks, firm, pictures: as in `Remarkable`.
    """

    row: int
    draft: CustomerDraft | None
    left_out: str
    problems: tuple[Problem, ...]
    raw: str
    continues: bool = False
    remarks: tuple[tuple[str, str], ...] = ()
    firm: bool = False
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class RowBatch:
    """Rows as they left the reader, side by side.

    Attributes:
        rows: the sheet's own row numbers, 1-based.
        raws: each row as JSON object text: original value by column letter.
        identities: what matching needs to know of each row's customer; None without one.
        remarkable: what is said of some rows, by their places here.
        tables: the customers, owned by their rows' places here.
        contents: of pictures that no earlier batch had: SHA-256 and bytes.
    """

    rows: Sequence[int]
    raws: Sequence[str]
    identities: Sequence[Identity | None]
    remarkable: Mapping[int, Remarkable]
    tables: Tables
    contents: Sequence[tuple[str, bytes]] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[CleanRow]:
        for place, (number, raw) in enumerate(zip(self.rows, self.raws, strict=True)):
            said = self.remarkable.get(place, ORDINARY)
            draft = self.drafts.at(place)
            yield CleanRow(number, draft, said.left_out, said.problems, raw, *said[2:])

    @cached_property
    def drafts(self) -> Drafts:
        """The customers one at a time; not to be asked for once the tables were given away."""
        return Drafts(self.tables)


def pack_rows(batch: WireBatch) -> bytes:
    """Make a message of a batch of rows."""
    rows, pictures, contents = batch
    numbers, drafts, left_out, problems, raws, continues, remarks, firms = zip(*rows, strict=True)
    remarkable: dict[int, tuple[Any, ...]] = {
        place: said
        for place, said in enumerate(
            zip(left_out, problems, continues, remarks, firms, strict=True)
        )
        if any(said)
    }
    for place, shown in pictures.items():
        said = remarkable.get(place, ORDINARY[:-1])
        remarkable[place] = (*said, shown)
    identities = [None if draft is None else tuple(identity(draft)) for draft in drafts]
    message = (numbers, raws, identities, remarkable, tuple(tables_of(drafts)), tuple(contents))
    return ROWS + marshal.dumps(message, _MARSHAL_VERSION)


def pack_control(kind: str, content: Any = None) -> bytes:
    """Make a control message."""
    return CONTROL + pickle.dumps((kind, content), pickle.HIGHEST_PROTOCOL)


def is_rows(message: bytes) -> bool:
    """Whether a message holds rows."""
    return message[:1] == ROWS


def unpack_control(message: bytes) -> tuple[str, Any]:
    """Read a control message of our own process."""
    kind, content = pickle.loads(memoryview(message)[1:])
    return kind, content


def unpack_rows(message: bytes) -> RowBatch:
    """Read a batch of rows."""
    numbers, raws, identities, remarkable, tables, contents = marshal.loads(memoryview(message)[1:])
    new: Any = tuple.__new__
    return RowBatch(
        numbers,
        raws,
        [None if who is None else new(Identity, who) for who in identities],
        {
            place: Remarkable(
                left_out,
                tuple(map(Problem._make, problems)),
                continues,
                remarks,
                firm,
                tuple(Picture(*picture) for shown in pictures for picture in shown),
            )
            for place, (left_out, problems, continues, remarks, firm, *pictures) in (
                remarkable.items()
            )
        },
        Tables(*tables),
        contents,
    )
