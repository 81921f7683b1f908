"""What was before: a value's earlier ones, and a customer as he stood on some day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from crm_desktop.domain.changes import PastValue, Step, StepId
from crm_desktop.domain.customers import Customer, CustomerId, Origin
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.fields import FieldKind, reference, referred
from crm_desktop.domain.imports import CUSTOM_PREFIX
from crm_desktop.i18n import _
from crm_desktop.services import field_values, inputs
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import custom_fields, customers, imports
from crm_desktop.store import past as customers_past
from crm_desktop.store.archive import Archive
from crm_desktop.store.customers import EDITABLE
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.journal.past import Past, Row
from crm_desktop.store.search.fold import digits

_POINTS = ("phone", "email", "im")
_PLACE = ("street", "postcode", "city", "region", "country")
# Two numbers with so many last figures in common are one, however each is written.
_TELLING_FIGURES = 6


class ValueHistory(NamedTuple):
    """All that is known of how a value came to be.

    Attributes:
        values: what it was, the newest first; the first is what it is now.
        origins: cells of imported files that it was, or may have been, read from.
        shown: how values of an own field read, where otherwise than they are stored.
    """

    values: tuple[PastValue, ...]
    origins: tuple[Origin, ...]
    shown: Mapping[str, str] = {}


class Version(NamedTuple):
    """A customer's file as one step left it.

    Attributes:
        step: what changed it.
        entry: the last one in the journal that did; names the version.
    """

    step: Step
    entry: int


class PastService:
    """The earlier states of one archive's customers."""

    def __init__(self, archive: Archive, settings: SettingsService) -> None:
        self._archive = archive
        self._settings = settings

    def day(self, text: str) -> date | None:
        """A day as somebody typed it; None for nothing.

        Raises:
            UserError: it is no day.
        """
        read = inputs.day(text, self._settings.home_country(), "day")
        return None if read is None else date.fromisoformat(read)

    def value_history(self, customer: CustomerId, place: str) -> ValueHistory:
        """How a value came to be what it is.

        Args:
            customer: whose.
            place: the field: a column of the customer's such as `stage` or `notes`, `tags`,
                `custom:…` with the field's name, or `phone:…`, `email:…`, `im:…`, `address:…`
                with the number of the row.

        Raises:
            ValueError: there is no such place.
        """
        with self._archive.reading() as c:
            table, shown = _place(c, place)
            past = Past(c, customer, (table,))
            found: list[PastValue] = []
            for step, entry in reversed(past.moments()):
                text = shown(past.rows(table, entry))
                if text != (found[-1].text if found else ""):
                    found.append(PastValue(text, step.at, step.id, step.name))
            values = tuple(reversed(found))
            texts = [value.text for value in values]
            origins = [o for o in imports.origins(c, customer) if _fed(o, place, texts)]
            words = _shown(c, place, texts)
        return ValueHistory(values, tuple(origins), words)

    def versions(self, customer: CustomerId) -> list[Version]:
        """Each state of a customer's file, the newest first; the first is the present one."""
        with self._archive.reading() as c:
            return [Version(*moment) for moment in Past(c, customer).moments()]

    def as_of(self, customer: CustomerId, version: Version) -> Customer | None:
        """A customer as a step left him; None where he did not exist."""
        with self._archive.reading() as c:
            return customers_past.customer_at(c, Past(c, customer), customer, version.entry)

    def restore(self, customer: CustomerId, version: Version) -> StepId:
        """Make a customer's own data what they were; what was done for him stays.

        Returns:
            The step, for Undo.

        Raises:
            UserError: he did not exist then.
        """
        was = self.as_of(customer, version)
        if was is None:
            raise UserError(_("There was no such customer then."))

        def act(c: Connection) -> StepId:
            customers_past.restore(c, Past(c, customer), customer, version.entry)
            return steps.current(c)

        return self._archive.write(
            _("Restore the earlier state of {name}").format(name=was.name), act
        )


def _place(connection: Connection, place: str) -> tuple[str, Callable[[Sequence[Row]], str]]:
    """The table in which a value stands, and how it reads there."""
    kind, _colon, rest = place.partition(":")
    if kind in _POINTS:
        return "contact_point", lambda rows: _of_row(rows, int(rest), ("raw",))
    if kind == "address":
        return "address", lambda rows: _of_row(rows, int(rest), _PLACE)
    if kind == "tags":
        return "customer_tag", lambda rows: ", ".join(customers_past.tag_names(connection, rows))
    if kind == "custom":
        return (
            "custom_value",
            lambda rows: customers_past.custom_texts(connection, rows).get(rest, ""),
        )
    if place not in EDITABLE:
        raise ValueError(place)
    return "customer", lambda rows: str(rows[0].get(place) or "") if rows else ""


def _shown(connection: Connection, place: str, texts: Sequence[str]) -> dict[str, str]:
    """How values of an own field read."""
    kind, _colon, name = place.partition(":")
    field = custom_fields.find(connection, name) if kind == "custom" else None
    if field is None:
        return {}
    if field.kind is FieldKind.CUSTOMER:
        numbers = [CustomerId(n) for n in map(referred, texts) if n is not None]
        known = customers.names(connection, numbers)
        return {reference(number): name for number, name in known.items()}
    return {text: field_values.shown(field.kind, text) for text in texts}


def _of_row(rows: Sequence[Row], number: int, columns: Sequence[str]) -> str:
    row = next((row for row in rows if row["id"] == number), None)
    if row is None:
        return ""
    return ", ".join(text for text in (row[column] for column in columns) if text)


def _fed(origin: Origin, place: str, texts: Sequence[str]) -> bool:
    """Whether a cell fed a field, and this very value where there may be several."""
    kind, _colon, rest = place.partition(":")
    if kind == "custom":
        return origin.field == CUSTOM_PREFIX + rest
    if kind == "phone":
        figures = digits(origin.text)
        numbers = [digits(text)[-_TELLING_FIGURES:] for text in texts]
        return origin.field == kind and any(n and n in figures for n in numbers)
    if kind in ("email", "im"):
        read = origin.text.casefold()
        return origin.field == kind and any(t and t.casefold() in read for t in texts)
    if kind == "address":
        said = " ".join(texts).casefold()
        return origin.field in _PLACE and origin.text.strip().casefold() in said
    if kind == "name":
        return origin.field in ("name", "given_name", "family_name", "organisation")
    return origin.field == kind
