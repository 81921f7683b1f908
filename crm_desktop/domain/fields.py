"""Fields of the owner's own: what they are, what they can hold, and how a column has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, NewType

CustomFieldId = NewType("CustomFieldId", int)


class Entity(StrEnum):
    """What custom fields belong to."""

    CUSTOMER = "customer"
    OPPORTUNITY = "opportunity"
    ORDER = "order"
    PRODUCT = "product"


# Those that have a file today.
ENTITIES = (Entity.CUSTOMER,)


class FieldKind(StrEnum):
    """What a custom field holds.

    The archive keeps every value as text, in one writing a kind:

    - `TEXT`: a line; `LONG_TEXT`: several.
    - `NUMBER`: decimal point, no marks of thousands: `-1234.5`.
    - `MONEY`: the same, and behind it the currency where it is not the field's: `12.50 USD`.
    - `DATE`: `1998-03-05`, `1998-03-05 14:30:00`, or as much as is known: `--03-05`, `1998-03`,
      `1998`.
    - `YES_NO`: `yes` or `no`.
    - `CHOICE`: one of a few words; `CHOICES`: several, `; ` between them.
    - `PHONE`: E.164; several of them with `; ` between; behind a single one, after a tab, the
      text as typed where it reads otherwise. `EMAIL`: lower case, several likewise.
    - `LINK`: with its scheme: `https://example.org`.
    - `CUSTOMER`: another customer, by his number: `customer:17`.

    A text that is none of the kind is kept as it was typed (`is_of_kind`).
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"
    CUSTOMER = "customer"


WITH_WORDS = frozenset((FieldKind.CHOICE, FieldKind.CHOICES))


@dataclass(frozen=True, slots=True)
class CustomField:
    """A field of the owner's own.

    Attributes:
        name: no two of an entity share one, those in the trash included.
        heading: the group that it stands in, "" for none.
        choices: the words of a choice; of money, its currency, or nothing.
        hidden: kept, searched and exported, but not shown in the file nor printed.
        deleted_at: when it went to the trash; its values stay with it.
        id: the archive's number of it, 0 before it is stored.
    """

    name: str
    kind: FieldKind = FieldKind.TEXT
    heading: str = ""
    choices: tuple[str, ...] = ()
    hidden: bool = False
    deleted_at: datetime | None = None
    entity: Entity = Entity.CUSTOMER
    id: CustomFieldId = CustomFieldId(0)

    @property
    def currency(self) -> str:
        """The currency of amounts that are typed without one, "" for none."""
        return self.choices[0] if self.kind is FieldKind.MONEY and self.choices else ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words of a choice; () for any other kind."""
        return self.choices if self.kind in WITH_WORDS else ()


class Place(NamedTuple):
    """Where a field stands among the others: its number, and the heading above it."""

    id: CustomFieldId
    heading: str


class RemovedField(NamedTuple):
    """A field in the trash, and how many values it holds."""

    field: CustomField
    values: int


class Fitting(NamedTuple):
    """What would become of a field's values under another kind.

    Attributes:
        fitting: how many would be of that kind.
        kept: how many would stay as typed, marked.
        examples: a few of these.
    """

    fitting: int
    kept: int
    examples: tuple[str, ...]


_REFERENCE = re.compile(r"customer:([0-9]{1,18})")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_MONEY = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(?: ([A-Z]{3}))?")
_DATE = re.compile(
    r"([0-9]{4}|-)(?:-([0-9]{2})(?:-([0-9]{2})(?: [0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?)?)?"
)
_E164 = re.compile(r"\+[1-9][0-9]{4,14}")
_MAIL_ATOM = r"[^\s@;,:<>()\[\]\\\"]+"
_EMAIL = re.compile(rf"{_MAIL_ATOM}@{_MAIL_ATOM}\.{_MAIL_ATOM}")
_LINK = re.compile(r"[a-z]+://\S+")
BETWEEN = "; "
_TYPED = "\t"


def reference(customer: int) -> str:
    """The value that stands for a customer."""
    return f"customer:{customer}"


def referred(value: str) -> int | None:
    """The number of the customer that a value stands for, None where it stands for none."""
    match = _REFERENCE.fullmatch(value)
    return None if match is None else int(match[1])


def phone_value(number: str, typed: str) -> str:
    """The value of a phone field: E.164, and the text as typed where it reads otherwise."""
    return number if typed in ("", number) else f"{number}{_TYPED}{typed}"


def phone_parts(value: str) -> tuple[str, str]:
    """The numbers of a phone field's value, and the text as somebody typed it."""
    numbers, _tab, typed = value.partition(_TYPED)
    return numbers, typed or numbers


def is_of_kind(kind: FieldKind, value: str, words: Sequence[str] = ()) -> bool:
    """Whether a value is in the writing of a kind, and no text that was kept.

    Args:
        kind: the field's.
        value: as the archive keeps it; "" is of every kind.
        words: of a choice; without any, every word is one.
    """
    if not value or kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
        return True
    match kind:
        case FieldKind.NUMBER:
            return _NUMBER.fullmatch(value) is not None
        case FieldKind.MONEY:
            return _MONEY.fullmatch(value) is not None
        case FieldKind.DATE:
            return _is_date(value)
        case FieldKind.YES_NO:
            return value in ("yes", "no")
        case FieldKind.CHOICE:
            return not words or value in words
        case FieldKind.CHOICES:
            return not words or set(value.split(BETWEEN)) <= set(words)
        case FieldKind.PHONE:
            return _all(_E164, phone_parts(value)[0])
        case FieldKind.EMAIL:
            return _all(_EMAIL, value)
        case FieldKind.LINK:
            return _LINK.fullmatch(value) is not None
        case _:
            return referred(value) is not None


def order_key(
    kind: FieldKind, value: str, words: Sequence[str] = ()
) -> tuple[int, Decimal | int | str, str]:
    """By what values of one field are put in order: texts that were kept, then nothing, stand last.

    Args:
        kind: the field's.
        value: as the archive keeps it.
        words: of a choice, in their order.
    """
    if not value:
        return 2, "", ""
    if not is_of_kind(kind, value, words):
        return 1, value.casefold(), value
    match kind:
        case FieldKind.NUMBER:
            return 0, Decimal(value), ""
        case FieldKind.MONEY:
            figures, _blank, currency = value.partition(" ")
            return 0, Decimal(figures), currency
        case FieldKind.CHOICE if value in words:
            return 0, words.index(value), ""
        case _:
            return 0, value.casefold(), value


def arranged(fields: Iterable[CustomField]) -> list[CustomField]:
    """Fields in the order in which they are shown: without a heading first, then by groups."""
    groups: dict[str, list[CustomField]] = {"": []}
    for field in fields:
        groups.setdefault(field.heading, []).append(field)
    return [field for group in groups.values() for field in group]


def moved(places: Sequence[Place], number: CustomFieldId, step: int) -> list[Place]:
    """The places after a field went up (-1) or down (1) by one.

    At the edge of its group it goes over into the next one; a group that it leaves empty is
    gone. At the very top and the very end it stays, but for the heading: above the first group
    there is room for fields without one.
    """
    result = list(places)
    at = next(i for i, place in enumerate(result) if place.id == number)
    own, other = result[at], at + step
    if not 0 <= other < len(result):
        if step < 0 and own.heading:
            result[at] = own._replace(heading="")
        return result
    neighbour = result[other]
    if neighbour.heading == own.heading:
        result[at], result[other] = neighbour, own
    else:
        result[at] = own._replace(heading=neighbour.heading)
    return result


def group_moved(places: Sequence[Place], heading: str, step: int) -> list[Place]:
    """The places after a group went up (-1) or down (1) by one; what has no heading stays first."""
    groups: dict[str, list[Place]] = {}
    for place in places:
        groups.setdefault(place.heading, []).append(place)
    order = [name for name in groups if name]
    at = order.index(heading)
    if 0 <= at + step < len(order):
        order[at], order[at + step] = order[at + step], order[at]
    return [place for name in ("", *order) for place in groups.get(name, ())]


def put(places: Sequence[Place], number: CustomFieldId, before: int, heading: str) -> list[Place]:
    """The places after a field was put before the one that stood at `before`, into a group."""
    at = next(i for i, place in enumerate(places) if place.id == number)
    result = [place for place in places if place.id != number]
    result.insert(before - (at < before), Place(number, heading))
    return result


def _all(pattern: re.Pattern[str], value: str) -> bool:
    return all(map(pattern.fullmatch, value.split(BETWEEN)))


def _is_date(value: str) -> bool:
    match = _DATE.fullmatch(value)
    if match is None:
        return False
    year, month, day = match.groups()
    if year == "-" and month is None:
        return False
    try:
        # A leap year stands in for one that is not known.
        date(2000 if year == "-" else int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


class Reading(NamedTuple):
    """How a column's values are to be read; the defaults read what the archive keeps.

    Attributes:
        order: of day, month and year: "DMY", "MDY", "YMD" or "ROC".
        decimal: the decimal mark.
        currency: the field's own; others stay behind the number.
        countries: ISO codes that phone numbers are read in, the likeliest first.
        choices: the words of a choice, in their usual writing.
        epoch_1904: spreadsheet's day numbers count from 1904.
        shown: the currency that the spreadsheet shows beside numbers of its own.
    """

    order: str = "DMY"
    decimal: str = "."
    currency: str = ""
    countries: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    epoch_1904: bool = False
    shown: str = ""


PLAIN = Reading()


class Compound(StrEnum):
    """What the cells of a combined column hold."""

    NAME_PHONE = "name_phone"
    NAME_EMAIL = "name_email"
    PHONE_EMAIL = "phone_email"
    NAME_PHONE_EMAIL = "name_phone_email"
    PHONE_ADDRESS = "phone_address"
    ADDRESS = "address"
    POSTCODE_CITY = "postcode_city"
