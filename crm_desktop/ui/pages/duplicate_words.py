"""What two customers have in common and in what they differ, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from crm_desktop.domain import markup
from crm_desktop.domain.customers import Address, Customer, CustomerId
from crm_desktop.domain.duplicates import Differences, Sign
from crm_desktop.domain.fields import FieldKind, referred
from crm_desktop.i18n import _
from crm_desktop.services.field_values import shown
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import paint
from crm_desktop.ui.value_words import birthday_text, value_text
from crm_desktop.ui.widgets.comparison import Compared


def sign_text(sign: Sign) -> str:
    """The word for what two have in common."""
    return {
        Sign.PHONE: _("same phone"),
        Sign.EMAIL: _("same e-mail"),
        Sign.NUMBER: _("same number"),
        Sign.NAME: _("same name"),
        Sign.LIKE_NAME: _("similar name"),
        Sign.BIRTHDAY: _("same birthday"),
        Sign.CITY: _("same city"),
        Sign.ORGANISATION: _("same organisation"),
    }[sign]


def named_in(one: Customer, other: Customer) -> list[CustomerId]:
    """The customers who stand in fields of the two; a past state knows no kinds of its own."""
    kinds = {**one.custom_kinds, **other.custom_kinds}
    values = [(kinds.get(name), text) for c in (one, other) for name, text in c.custom.items()]
    found = (referred(text) for kind, text in values if kind is FieldKind.CUSTOMER)
    return [CustomerId(number) for number in found if number is not None]


def compared(
    one: Customer,
    other: Customer,
    differences: Differences,
    named: Mapping[CustomerId, str] = MappingProxyType({}),
) -> list[Compared]:
    """The lines of a comparison: what either has; those with a key are to be chosen from.

    Args:
        one: whom.
        other: with whom he is compared.
        differences: what is to be chosen.
        named: the names of those who stand in their fields (`named_in`).
    """
    differing = {d.field for d in differences.fields}

    def single(field: str, caption: str, mine: str, his: str) -> Compared:
        return Compared(field if field in differing else "", caption, mine, his)

    lines = [
        single("name", _("Name"), one.name, other.name),
        single("organisation", _("Organisation"), one.organisation, other.organisation),
        single("stage", _("Stage"), paint.stage_text(one.stage), paint.stage_text(other.stage)),
        single(
            "birthday",
            _("Birthday"),
            birthday_text(one.birthday),
            birthday_text(other.birthday),
        ),
        Compared("", _("Phones"), _phones(one), _phones(other)),
        Compared("", _("E-mails"), _emails(one), _emails(other)),
        Compared("", _("Addresses"), _addresses(one), _addresses(other)),
        Compared("", _("Tags"), ", ".join(one.tags), ", ".join(other.tags)),
    ]
    captions = {
        "title": _("Title"),
        "language": _("Language"),
        "source": _("Source"),
        "owner": _("Looked after by"),
        "rating": _("Rating"),
        "preferences": _("Preferences"),
    }
    for field, caption in captions.items():
        mine, his = (
            value_text(field, str(getattr(customer.facts, field) or ""))
            for customer in (one, other)
        )
        lines.append(single(field, caption, mine, his))
    names = dict.fromkeys([*one.custom, *other.custom])
    kinds = {**one.custom_kinds, **other.custom_kinds}
    for name in names:
        key = name if name in differences.custom else ""
        mine, his = (
            _own(kinds.get(name, FieldKind.TEXT), customer.custom.get(name, ""), named)
            for customer in (one, other)
        )
        lines.append(Compared(key, name, mine, his))
    lines.append(Compared("", _("Notes"), markup.plain(one.notes), markup.plain(other.notes)))
    lines.append(Compared("", _("Came in"), _since(one), _since(other)))
    return [line for line in lines if line.one or line.other]


def _own(kind: FieldKind, value: str, named: Mapping[CustomerId, str]) -> str:
    number = referred(value) if kind is FieldKind.CUSTOMER else None
    return shown(kind, value) if number is None else named.get(CustomerId(number), "…")


def _phones(customer: Customer) -> str:
    return "\n".join(say.phone(p.value or p.raw) for p in customer.phones)


def _emails(customer: Customer) -> str:
    return "\n".join(p.value or p.raw for p in customer.emails)


def _addresses(customer: Customer) -> str:
    return "\n".join(map(_address, customer.addresses))


def _address(address: Address) -> str:
    place = " ".join(filter(None, (address.postcode, address.city)))
    parts = (address.street.replace("\n", ", "), place, address.region, address.country)
    return ", ".join(filter(None, parts))


def _since(customer: Customer) -> str:
    files = ", ".join(dict.fromkeys(source.file for source in customer.sources))
    day = say.day(customer.created_at) if customer.created_at else ""
    return " · ".join(filter(None, (day, files)))
