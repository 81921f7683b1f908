"""Tables whose rows are one small record of the domain each: tasks, cases, promises, articles.

The record's fields are the table's columns. Days, times, moments and members of enumerations
are written as the archive writes them all.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import (
    TYPE_CHECKING,
    Any,
    Generic,
    Protocol,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from crm_desktop.domain.articles import Article
from crm_desktop.domain.cases import Case
from crm_desktop.domain.catalogue import Category, Price, Product
from crm_desktop.domain.customers import CustomerId, StageChange
from crm_desktop.domain.leads import Lead
from crm_desktop.domain.opportunities import Move, Opportunity, Pipeline, PipelineStage
from crm_desktop.domain.orders import Order, OrderLine, OrderVersion, Requirement, Traveller
from crm_desktop.domain.payments import Payment, PaymentDue, Reminder
from crm_desktop.domain.pricing import quantity_text
from crm_desktop.domain.processes import OrderStep, Process, ProcessStep
from crm_desktop.domain.promises import Promise
from crm_desktop.domain.quotations import Quotation, QuotationLine
from crm_desktop.domain.rules import Firing, Rule
from crm_desktop.domain.surveys import Answer, Question, Request, Response, Survey
from crm_desktop.domain.targets import Target
from crm_desktop.domain.tasks import Task
from crm_desktop.store.engine import Connection
from crm_desktop.store.times import parse, write

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    R = TypeVar("R", bound=DataclassInstance)
else:
    R = TypeVar("R")


class RecordTable(Generic[R]):
    """Reads and writes one such table."""

    def __init__(self, table: str, kind: type[R]) -> None:
        """Prepare.

        Args:
            table: its name.
            kind: the record, a frozen dataclass with an `id`.
        """
        self.table = table
        self.kind = kind
        hints = get_type_hints(kind)
        self.columns = tuple(f.name for f in fields(kind))
        self._read = {name: _reader(hints[name]) for name in self.columns}
        self._select = "SELECT {} FROM {}".format(", ".join(f"t.{c}" for c in self.columns), table)

    def get(self, connection: Connection, number: int) -> R | None:
        """One record, or None."""
        return next(iter(self.where(connection, "t.id = ?", (number,))), None)

    def of(self, connection: Connection, customer: CustomerId) -> list[R]:
        """A customer's records in the order in which they came."""
        return self.where(connection, "t.customer_id = ? ORDER BY t.id", (customer,))

    def all(self, connection: Connection) -> list[R]:
        """Every record, in the order in which they came."""
        return self.where(connection, "1 ORDER BY t.id")

    def where(
        self,
        connection: Connection,
        condition: str,
        parameters: Sequence[object] | Mapping[str, object] = (),
        *,
        join: str = "",
    ) -> list[R]:
        """Records by a condition; the table is called `t`.

        Args:
            connection: any.
            condition: SQL, with its order and limit; never of anybody's typing.
            parameters: of the condition.
            join: other tables.
        """
        given = dict(parameters) if isinstance(parameters, Mapping) else tuple(parameters)
        rows = connection.execute(f"{self._select} t {join} WHERE {condition}", given)
        return [self._record(row) for row in rows]

    def insert(self, connection: Connection, record: R, **other: object) -> int:
        """Store a record, whatever its `id`; `other` are values in place of its own.

        Returns:
            Its number.
        """
        listed = [c for c in self.columns if c != "id"]
        marks = ", ".join("?" * len(listed))
        values = [other.get(c, getattr(record, c)) for c in listed]
        cursor = connection.execute(
            f"INSERT INTO {self.table} ({', '.join(listed)}) VALUES ({marks})",
            list(map(written, values)),
        )
        return int(cursor.lastrowid)

    def bare(self, record: R) -> tuple[object, ...]:
        """A record's values without the numbers of the archive that it is in."""
        listed = (c for c in self.columns if c != "id" and not c.endswith("_id"))
        return tuple(written(getattr(record, c)) for c in listed)

    def update(
        self, connection: Connection, numbers: Sequence[int], changes: Mapping[str, object]
    ) -> None:
        """Set some columns of some records.

        Raises:
            ValueError: there is no such column.
        """
        if unknown := changes.keys() - set(self.columns) | (changes.keys() & {"id"}):
            raise ValueError(sorted(unknown))
        assignments = ", ".join(f"{column} = ?" for column in changes)
        values = [written(value) for value in changes.values()]
        connection.executemany(
            f"UPDATE {self.table} SET {assignments} WHERE id = ?",
            [(*values, number) for number in numbers],
        )

    def delete(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Take records away."""
        connection.executemany(f"DELETE FROM {self.table} WHERE id = ?", [(n,) for n in numbers])

    def _record(self, row: Sequence[Any]) -> R:
        read = self._read
        return self.kind(
            **{
                name: None if value is None else read[name](value)
                for name, value in zip(self.columns, row, strict=True)
            }
        )


class _Placed(Protocol):
    @property
    def id(self) -> int | None: ...
    @property
    def position(self) -> int: ...


def put_in_order(
    connection: Connection, table: RecordTable[Any], wanted: Sequence[_Placed]
) -> None:
    """Give records the places in which they are listed; only those that moved are written."""
    for place, one in enumerate(wanted):
        if one.position != place and one.id is not None:
            table.update(connection, [one.id], {"position": place})


def written(value: object) -> object:
    """A value as the archive keeps it."""
    if isinstance(value, datetime):
        return write(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return quantity_text(value)
    return int(value) if isinstance(value, bool) else value


_READERS: dict[object, Callable[[Any], object]] = {
    datetime: parse,
    date: date.fromisoformat,
    time: time.fromisoformat,
    bool: bool,
    Decimal: Decimal,
}


def _reader(hint: object) -> Callable[[Any], object]:
    """What makes a value of a type out of a column's; types of the archive's own stay."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(one for one in get_args(hint) if one is not type(None))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return _READERS.get(hint, lambda value: value)


TASKS = RecordTable("task", Task)
CASES = RecordTable("service_case", Case)
PROMISES = RecordTable("promise", Promise)
ARTICLES = RecordTable("article", Article)
STAGE_CHANGES = RecordTable("stage_change", StageChange)
CATEGORIES = RecordTable("category", Category)
PRODUCTS = RecordTable("product", Product)
PRICES = RecordTable("product_price", Price)
PIPELINES = RecordTable("pipeline", Pipeline)
PIPELINE_STAGES = RecordTable("pipeline_stage", PipelineStage)
OPPORTUNITIES = RecordTable("opportunity", Opportunity)
MOVES = RecordTable("opportunity_move", Move)
LEADS = RecordTable("lead", Lead)
QUOTATIONS = RecordTable("quotation", Quotation)
QUOTATION_LINES = RecordTable("quotation_line", QuotationLine)
ORDERS = RecordTable("sales_order", Order)
ORDER_VERSIONS = RecordTable("order_version", OrderVersion)
ORDER_LINES = RecordTable("order_line", OrderLine)
TRAVELLERS = RecordTable("order_traveller", Traveller)
REQUIREMENTS = RecordTable("order_requirement", Requirement)
PAYMENT_DUES = RecordTable("payment_due", PaymentDue)
PAYMENTS = RecordTable("payment", Payment)
PROCESSES = RecordTable("process", Process)
PROCESS_STEPS = RecordTable("process_step", ProcessStep)
ORDER_STEPS = RecordTable("order_step", OrderStep)
RULES = RecordTable("rule", Rule)
FIRINGS = RecordTable("rule_firing", Firing)
REMINDERS = RecordTable("reminder", Reminder)
TARGETS = RecordTable("target", Target)
SURVEYS = RecordTable("survey", Survey)
QUESTIONS = RecordTable("survey_question", Question)
REQUESTS = RecordTable("survey_request", Request)
RESPONSES = RecordTable("survey_response", Response)
ANSWERS = RecordTable("survey_answer", Answer)
