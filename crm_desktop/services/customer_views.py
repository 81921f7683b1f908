"""What a customer's panel shows beside the customer himself, read at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from crm_desktop.domain import addresses, birthdays
from crm_desktop.domain.cases import Case
from crm_desktop.domain.customers import AddressId, Customer, CustomerId, StageChange
from crm_desktop.domain.documents import Warnings
from crm_desktop.domain.fields import CustomField
from crm_desktop.domain.promises import Promise
from crm_desktop.i18n import language
from crm_desktop.services import field_values

if TYPE_CHECKING:
    from crm_desktop.services.workspace import Workspace


USUAL = Warnings()


class CustomerView(NamedTuple):
    """What is told of a customer.

    Attributes:
        stages: the turns of his life-cycle, the oldest first.
        tag_colours: names of tints by the tag's name.
        phones: how his numbers are written, by their E.164.
        addresses: the lines of each, in its country's order.
        feast: this year's day of a lunar birthday (next year's where this one has none).
        cases: open ones first.
        promises: those that nobody has ticked.
        warnings: how long before their last day documents are warned of.
        fields: the firm's own fields, in their order.
        marks: what is the matter with values of his that were kept as typed, by field's name.
        named: the customers who stand in fields of his.
    """

    stages: Sequence[StageChange] = ()
    tag_colours: Mapping[str, str] = {}
    phones: Mapping[str, str] = {}
    addresses: Mapping[AddressId | None, Sequence[str]] = {}
    feast: date | None = None
    cases: Sequence[Case] = ()
    promises: Sequence[Promise] = ()
    warnings: Warnings = USUAL
    fields: Sequence[CustomField] = ()
    marks: Mapping[str, str] = {}
    named: Mapping[CustomerId, str] = {}


NOTHING = CustomerView()


def view_of(workspace: Workspace, customer: Customer) -> CustomerView:
    """Read what is told of a customer; on any thread."""
    settings = workspace.settings
    numbers = {point.value for point in customer.phones if point.value}
    written = settings.phone_writing() if numbers else str
    home = settings.home_country() if customer.addresses else ""
    fields = workspace.fields.all()
    marks = {f.name: field_values.mark(f, customer.custom.get(f.name, "")) for f in fields}
    return CustomerView(
        stages=workspace.customers.stage_changes(customer.id),
        tag_colours=workspace.customers.tag_colours() if customer.tags else {},
        phones={number: written(number) for number in numbers},
        addresses={
            one.id: addresses.address_lines(one, country=_country(one.country, home), home=home)
            for one in customer.addresses
        },
        feast=feast(customer.birthday or "", date.today()),
        cases=workspace.cases.of(customer.id),
        promises=workspace.promises.open_of(customer.id),
        warnings=settings.warnings(),
        fields=fields,
        marks={name: said for name, said in marks.items() if said},
        named=workspace.customers.names(field_values.mentioned([customer])),
    )


def feast(birthday: str, today: date) -> date | None:
    """On which day of this year a lunar birthday is kept, of the next one where it has none.

    Returns:
        The day, or None for a birthday of the sun's calendar.
    """
    known = birthdays.parse(birthday)
    if known is None or not known.lunar:
        return None
    from crm_desktop.bridge.values.lunar import solar_days

    days = [day for year in (today.year, today.year + 1) for day in solar_days(known, year)]
    return days[0] if days else None


def _country(country: str, home: str) -> str:
    """A country's name as the reader calls it; at home nobody writes it."""
    if country.upper() == home:
        return ""
    return _country_name(country, language()) if len(country) == 2 else country


@lru_cache(maxsize=512)
def _country_name(code: str, tongue: str) -> str:
    """A country's name in a language; the first of each takes 0.1 s."""
    from babel import Locale

    return str(Locale.parse(tongue).territories.get(code.upper(), code))
