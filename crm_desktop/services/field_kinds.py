"""What a field's values become when the field is to hold another kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.fields import (
    BETWEEN,
    WITH_WORDS,
    CustomField,
    FieldKind,
    Fitting,
    Reading,
    is_of_kind,
    phone_parts,
    reference,
    referred,
)
from crm_desktop.i18n import language
from crm_desktop.services import field_values

_EXAMPLES = 3
# Values of these stand as somebody wrote them, in whatever order and with whatever marks.
_WRITTEN = frozenset(
    (FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.CUSTOMER)
)


def converted(
    field: CustomField,
    kind: FieldKind,
    values: Sequence[str],
    country: str,
    *,
    names: Mapping[CustomerId, str],
    bearers: Mapping[str, CustomerId],
) -> dict[str, str]:
    """Each value of a field as another kind writes it; what is none of that kind stays.

    Args:
        field: as it is.
        kind: what it is to hold.
        values: the different ones that it has.
        country: home country, ISO.
        names: of the customers who stand in it.
        bearers: the customers who alone bear a name that stands in it.
    """
    from crm_desktop.bridge.values.canonical import canonical

    texts = {value: _text(field.kind, kind, value, names) for value in values}
    reading = _reading(field, kind, list(texts.values()), country)
    new = {}
    for value, text in texts.items():
        if kind is FieldKind.CUSTOMER:
            number = bearers.get(text)
            new[value] = text if number is None else reference(number)
            continue
        written = canonical(kind, text, reading)
        # A word for nothing is a text too, and nothing is to be lost.
        new[value] = written or text
    return new


def fitting(
    kind: FieldKind, new: Mapping[str, str], counts: Mapping[str, int], words: Sequence[str]
) -> Fitting:
    """How many values are of a kind.

    Args:
        kind: the new one.
        new: what each value becomes.
        counts: how often each stands.
        words: of a choice.
    """
    kept = [old for old, value in new.items() if not is_of_kind(kind, value, words)]
    without = sum(counts[value] for value in kept)
    return Fitting(sum(counts.values()) - without, without, tuple(kept[:_EXAMPLES]))


def words_of(kind: FieldKind, new: Mapping[str, str], most: int) -> tuple[str, ...]:
    """The words that values of a choice have, in their order."""
    if kind not in WITH_WORDS:
        return ()
    several = kind is FieldKind.CHOICES
    said = (value.split(BETWEEN) if several else [value] for value in new.values())
    return tuple(dict.fromkeys(word for part in said for word in part if word))[:most]


def _text(old: FieldKind, new: FieldKind, value: str, names: Mapping[CustomerId, str]) -> str:
    """A value as somebody would have written it."""
    if old is FieldKind.CUSTOMER:
        number = referred(value)
        return value if number is None else names.get(CustomerId(number), value)
    if old is FieldKind.PHONE and new is not FieldKind.PHONE:
        return phone_parts(value)[1]
    if old is FieldKind.YES_NO and new in _WRITTEN:
        return field_values.shown(old, value)
    return value


def _reading(field: CustomField, kind: FieldKind, texts: Sequence[str], country: str) -> Reading:
    """How the texts are meant, decided over all of them."""
    home = field_values.reading_at_home(country)
    if field.kind not in _WRITTEN:
        return Reading(countries=home.countries)
    if kind is FieldKind.DATE:
        from crm_desktop.bridge.values.date_columns import DateColumn

        dates = DateColumn(country=country, language=language(), header=field.name)
        dates.feed(texts)
        return home._replace(order=dates.decide().order or home.order)
    if kind in (FieldKind.NUMBER, FieldKind.MONEY):
        from crm_desktop.bridge.values.numbers import NumberColumn

        numbers = NumberColumn(country=country, language=language())
        numbers.feed(texts)
        return home._replace(decimal=numbers.decide().decimal)
    return home
