"""The customer and what hangs on it.

The small value objects that exist in hundreds of thousands during an import (contact points,
addresses, drafts) are named tuples: as immutable as a frozen dataclass, a third of the price
to make and to send between processes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, NewType

from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.filters import EVERYBODY, Condition, Group, Op, both

CustomerId = NewType("CustomerId", int)
ContactPointId = NewType("ContactPointId", int)
AddressId = NewType("AddressId", int)
InteractionId = NewType("InteractionId", int)
StageChangeId = NewType("StageChangeId", int)


class CustomerKind(StrEnum):
    """A customer is a human being or a body of them."""

    PERSON = "person"
    ORGANISATION = "organisation"


class Stage(StrEnum):
    """Where a customer stands in his life-cycle with the firm."""

    POTENTIAL = "potential"
    PROSPECT = "prospect"
    CUSTOMER = "customer"
    FORMER = "former"


class ContactKind(StrEnum):
    """The ways to reach somebody."""

    PHONE = "phone"
    EMAIL = "email"
    IM = "im"


class InteractionKind(StrEnum):
    """What the timeline holds."""

    CALL = "call"
    VISIT = "visit"
    MESSAGE = "message"
    EMAIL = "email"
    NOTE = "note"


class ContactPoint(NamedTuple):
    """A phone number, an e-mail address or an account of a messenger.

    Attributes:
        kind: a `ContactKind`.
        raw: the text as somebody typed it; never lost.
        value: E.164 for phones, lower case for e-mails; None where `raw` makes no sense.
        label: "mobile", "work" …; free text.
        id: the archive's number of it, None before it is stored.
        do_not_use: kept, but nobody shall be reached by it.

    The first of a kind that may be used is the primary one.
    """

    kind: str
    raw: str
    value: str | None
    label: str = ""
    id: ContactPointId | None = None
    do_not_use: bool = False


class Address(NamedTuple):
    """A postal address in parts; `country` is an ISO 3166 code or free text."""

    street: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    label: str = ""
    id: AddressId | None = None
    do_not_use: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no part says anything."""
        return not any(self[:5])


class PersonalFacts(NamedTuple):
    """What the firm knows of a customer beside his name and where to reach him.

    Attributes:
        title: before the name: "Dr.", "Mrs".
        language: ISO 639 code of the language he is written to in, "" for the firm's.
        source: how he came to the firm: "recommended", "trade fair".
        owner: the name of who looks after him, "" for nobody in particular.
        rating: 1 to 5 stars, 0 for none.
        preferences: what he likes and needs: several lines.
        deceased, do_not_contact: no list of greetings or mailings has him.
    """

    title: str = ""
    language: str = ""
    source: str = ""
    owner: str = ""
    rating: int = 0
    preferences: str = ""
    deceased: bool = False
    do_not_contact: bool = False


NO_FACTS = PersonalFacts()
# What a tag may be coloured with: tints of the theme.
TAG_COLOURS = ("green", "amber", "blue", "violet", "red")


class CustomerDraft(NamedTuple):
    """A customer as typed or imported, before the archive gives it a number.

    Attributes:
        name: the whole name, as shown; never empty.
        organisation: name of the firm a person belongs to.
        birthday: `YYYY-MM-DD`, or `--MM-DD` where the year is unknown, or None.
        stage: a `Stage`, None where the source says nothing.
        tags: names of tags.
        custom: value by custom field's name, as pairs.
        facts: what else is known.
    """

    name: str
    kind: str = CustomerKind.PERSON.value
    given_name: str = ""
    family_name: str = ""
    organisation: str = ""
    stage: str | None = None
    birthday: str | None = None
    notes: str = ""
    contact_points: tuple[ContactPoint, ...] = ()
    addresses: tuple[Address, ...] = ()
    tags: tuple[str, ...] = ()
    custom: tuple[tuple[str, str], ...] = ()
    facts: PersonalFacts = NO_FACTS


class Source(NamedTuple):
    """Where an imported customer came from: a row (1-based) of a sheet of a file."""

    file: str
    sheet: str
    row: int


class Origin(NamedTuple):
    """Where a value of a customer came from: one cell of an imported file, as it stood there.

    Attributes:
        field: what the cell was read as: a name of `imports.FIELDS`, or `custom:…`.
        row: 1-based; `column` is the column's letter, `header` what stood above it.
        text: the cell's own text.
        at: when it was imported.
        outcome: what became of its row (`imports.Outcome`).
    """

    field: str
    file: str
    sheet: str
    row: int
    column: str
    header: str
    text: str
    at: datetime
    outcome: str


@dataclass(frozen=True, slots=True)
class Interaction:
    """One entry of the timeline."""

    id: InteractionId
    customer_id: CustomerId
    kind: InteractionKind
    at: datetime
    text: str
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class StageChange:
    """One turn of a customer's life-cycle.

    Attributes:
        at: when.
        before: the stage until then.
        stage: the stage since.
    """

    customer_id: CustomerId
    at: datetime
    before: Stage
    stage: Stage
    id: StageChangeId | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """Everything the archive holds about one customer.

    `custom` maps the custom field's name to its text value, in the fields' order;
    `custom_kinds` says of the archive's fields, his or not, which hold anything but text.
    `interactions` are the newest first and bounded; the timeline pages for the rest.
    """

    id: CustomerId
    kind: CustomerKind
    name: str
    given_name: str = ""
    family_name: str = ""
    organisation: str = ""
    stage: Stage = Stage.POTENTIAL
    birthday: str | None = None
    notes: str = ""
    contact_points: tuple[ContactPoint, ...] = ()
    addresses: tuple[Address, ...] = ()
    tags: tuple[str, ...] = ()
    custom: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    custom_kinds: Mapping[str, FieldKind] = field(default_factory=dict)
    facts: PersonalFacts = NO_FACTS

    @property
    def may_be_written_to(self) -> bool:
        """Whether greetings and mailings may go to him."""
        return not (self.facts.deceased or self.facts.do_not_contact)

    @property
    def phones(self) -> tuple[ContactPoint, ...]:
        """Phone numbers, the first one is the one to call; those not to be used stand last."""
        return self._points(ContactKind.PHONE)

    @property
    def emails(self) -> tuple[ContactPoint, ...]:
        """E-mail addresses, the first one is the one to write to."""
        return self._points(ContactKind.EMAIL)

    def _points(self, kind: ContactKind) -> tuple[ContactPoint, ...]:
        found = (p for p in self.contact_points if p.kind == kind)
        return tuple(sorted(found, key=lambda point: point.do_not_use))


class CustomerRow(NamedTuple):
    """A customer as a list shows it; `more` are values of further columns, by their keys."""

    id: CustomerId
    kind: str
    name: str
    organisation: str
    stage: str
    city: str
    phone: str
    email: str
    updated_at: str
    more: tuple[tuple[str, str], ...] = ()


class SortColumn(StrEnum):
    """What a list of customers can be sorted by."""

    NAME = "name"
    ORGANISATION = "organisation"
    STAGE = "stage"
    CITY = "city"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class CustomerListQuery:
    """Which customers a list shows, and in which order.

    Attributes:
        text: what stands in the search box; "" shows all. With a text, order is by rank
            unless `sort` is given.
        stage: only this stage, None for all.
        sort: a `SortColumn` or another name of `lists.COLUMNS`, or `OWN` and the number of a
            custom field; None for the default (name; rank while searching).
        trashed: show the trash instead of the archive.
        filter: only who meets it.
    """

    text: str = ""
    stage: Stage | None = None
    sort: str | None = None
    descending: bool = False
    trashed: bool = False
    filter: Group = EVERYBODY

    @property
    def is_plain(self) -> bool:
        """Whether nobody is left out."""
        return not self.text.strip() and self.stage is None and self.filter.is_empty

    @property
    def whole_filter(self) -> Group:
        """The filter with the stage, and what is searched, as conditions of it."""
        parts = []
        if self.text.strip():
            parts.append(Condition("search", Op.CONTAINS, (self.text.strip(),)))
        if self.stage is not None:
            parts.append(Condition("stage", Op.ANY_OF, (self.stage.value,)))
        return both(Group(tuple(parts)), self.filter)
