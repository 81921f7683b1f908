"""What a committed step touched, so that a view refreshes only what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from crm_desktop.domain.customers import CustomerId

StepId = NewType("StepId", int)


@dataclass(frozen=True, slots=True)
class Changes:
    """The facts of one committed step.

    Attributes:
        tables: names of the tables whose rows changed.
        customers: the customers concerned; None means "too many to list, refresh all".
        step: the journal's step, None for what is not journalled.
        origin: who started it: the token that the caller put into `origin`, or None.
    """

    tables: frozenset[str]
    customers: frozenset[CustomerId] | None
    step: StepId | None = None
    origin: object | None = None

    def touches(self, customer: CustomerId) -> bool:
        """Whether a customer may look different now."""
        return self.customers is None or customer in self.customers


class StepKind(StrEnum):
    """What a step did to the archive's history."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Step:
    """One named step of the journal, as the history lists it.

    Attributes:
        name: what the user did, such as "Import clientes.xlsx".
        at: when it was committed, UTC.
        of: for an undo or a redo, the step it acts on.
        undone: whether the step is taken back at present.
        rows: how many rows it changed.
    """

    id: StepId
    name: str
    at: datetime
    kind: StepKind
    of: StepId | None = None
    undone: bool = False
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value that an undo left alone because it was edited since.

    Attributes:
        customer: whose value it is, where that is known.
        customer_name: that customer's present name.
        table: the table, in the schema's word.
        field: the column, or "" where the whole row was kept.
        kept: the present value, as text.
        recorded: what the undone step had written there.
    """

    customer: CustomerId | None
    customer_name: str
    table: str
    field: str
    kept: str
    recorded: str


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What an undo or redo did.

    Attributes:
        step: the step that was taken back or done again.
        applied: rows that were restored.
        conflicts: what was left as it is, because it was edited since.
    """

    step: Step
    applied: int
    conflicts: tuple[Conflict, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class PastValue:
    """A value that a field had, or has.

    Attributes:
        text: the value; "" for none.
        at: since when it stood there.
        step: which step put it there.
        step_name: that step's name, as it was called then.
    """

    text: str
    at: datetime
    step: StepId
    step_name: str


Row = Mapping[str, object]
