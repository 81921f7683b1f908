"""What goes through the pipe between the program and the reading process.

Control messages are pickled; rows are marshalled as plain tuples, four times faster, and
become the domain's named tuples on the receiving side.
"""

from __future__ import annotations

import marshal
import pickle
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_desktop.bridge.matching.match import Identity, identity
from crm_desktop.domain.customers import Address, ContactPoint, CustomerDraft
from crm_desktop.domain.imports import Problem
from crm_desktop.store.search.keys import CustomerKeys, draft_keys

if TYPE_CHECKING:
    from crm_desktop.bridge.rows.clean import WireRow

ROWS = b"R"
CONTROL = b"C"
_MARSHAL_VERSION = 2  # later versions look for shared objects, which costs more than it saves


class CleanRow(NamedTuple):
    """A row as it left the reader.

    Attributes:
        row: the sheet's own row number, 1-based.
        draft: the customer it makes, None for a row that is left out.
        left_out: why, "" for a row with a draft.
        problems: cells that could not be taken over as they stood.
        raw: the row as JSON object text: original value by column letter.
        continues: whether it goes on with the customer of the row above; `left_out` then says
            why it makes no customer alone, and its draft's name is but a phone number.
        remarks: dated comments on its cells: ISO time and text.
        identity: what matching needs to know of the draft; None without one.
        keys: what lists and search keep of it; both are made on the reading side, where there
            is a core to spare.
    """

    row: int
    draft: CustomerDraft | None
    left_out: str
    problems: tuple[Problem, ...]
    raw: str
    continues: bool = False
    remarks: tuple[tuple[str, str], ...] = ()
    identity: Identity | None = None
    keys: CustomerKeys | None = None


def pack_rows(rows: list[WireRow]) -> bytes:
    """Make a message of a batch of rows."""
    complete = [
        (*row, None, None)
        if row[1] is None
        else (*row, tuple(identity(row[1])), tuple(draft_keys(row[1])))
        for row in rows
    ]
    return ROWS + marshal.dumps(complete, _MARSHAL_VERSION)


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


def unpack_rows(message: bytes) -> list[CleanRow]:
    """Read a batch of rows."""
    return clean_rows(marshal.loads(memoryview(message)[1:]))


def clean_rows(rows: list[tuple[Any, ...]]) -> list[CleanRow]:
    """Turn plain tuples into the domain's."""
    new: Any = tuple.__new__
    return [
        new(
            CleanRow,
            (
                number,
                None
                if draft is None
                else new(
                    CustomerDraft,
                    (
                        *draft[:8],
                        tuple([new(ContactPoint, p) for p in draft[8]]),
                        tuple([new(Address, a) for a in draft[9]]),
                        draft[10],
                        draft[11],
                    ),
                ),
                left_out,
                tuple([new(Problem, p) for p in problems]) if problems else (),
                raw,
                continues,
                tuple(remarks),
                None if who is None else new(Identity, who),
                None if keys is None else new(CustomerKeys, keys),
            ),
        )
        for number, draft, left_out, problems, raw, continues, remarks, who, keys in rows
    ]
