"""Filters, fields and columns in the user's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from crm_desktop.domain.filters import (
    OWN,
    Condition,
    Group,
    Op,
    Problem,
    ValueKind,
    problem,
)
from crm_desktop.i18n import _, ngettext, pgettext
from crm_desktop.services.filters import FilterField
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import paint

_SHOWN_WORDS = 4


def titles() -> dict[str, str]:
    """The fields and columns that every archive has."""
    return {
        "stage": _("Stage"),
        "owner": _("Looked after by"),
        "tag": _("Tags"),
        "source": _("Came through"),
        "rating": _("Rating"),
        "last_contact": _("Last contact"),
        "contacts": _("Number of contacts"),
        "open_tasks": _("Open tasks"),
        "task_due": _("Task due"),
        "open_cases": _("Open cases"),
        "open_promises": _("Open promises"),
        "document_expires": _("Document expires"),
        "birthday": _("Birthday"),
        "age": _("Age"),
        "name": _("Name"),
        "organisation": _("Company"),
        "kind": _("Kind"),
        "title": _("Title"),
        "language": _("Language"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "im": _("Messenger"),
        "city": _("City"),
        "country": _("Country"),
        "region": _("Region"),
        "postcode": _("Postcode"),
        "street": _("Street"),
        "notes": _("Notes"),
        "preferences": _("Preferences"),
        "do_not_contact": _("Do not contact"),
        "deceased": _("Deceased"),
        "created": _("Created"),
        "updated": _("Last change"),
        "imported": _("Import"),
        "search": _("Anything"),
    }


def title(key: str, own: Mapping[str, FilterField]) -> str:
    """A field's or a column's name."""
    if key in own and own[key].name:
        return own[key].name
    return titles().get(key, _("a field that is gone") if key.startswith(OWN) else key)


def op_words(op: str, kind: ValueKind | None) -> str:
    """An operator between its field and its value."""
    dated = kind in (ValueKind.DAY, ValueKind.MOMENT)
    return {
        Op.CONTAINS: pgettext("filter", "contains"),
        Op.LACKS: pgettext("filter", "does not contain"),
        Op.IS: pgettext("filter", "is"),
        Op.IS_NOT: pgettext("filter", "is not"),
        Op.STARTS: pgettext("filter", "begins with"),
        Op.ANY_OF: pgettext("filter", "is one of"),
        Op.NONE_OF: pgettext("filter", "is none of"),
        Op.EQUAL: pgettext("filter", "is exactly"),
        Op.LESS: pgettext("filter", "is less than"),
        Op.MORE: pgettext("filter", "is more than"),
        Op.BETWEEN: pgettext("filter", "is between"),
        Op.ON: pgettext("filter", "is on"),
        Op.BEFORE: pgettext("filter", "is before"),
        Op.AFTER: pgettext("filter", "is after"),
        Op.LAST: pgettext("filter", "is in the last"),
        Op.NEXT: pgettext("filter", "is in the next"),
        Op.OLDER: pgettext("filter", "is longer ago than"),
        Op.THIS: pgettext("filter", "is in this"),
        Op.PREVIOUS: pgettext("filter", "was in the last"),
        Op.FOLLOWING: pgettext("filter", "is in the coming"),
        Op.YES: pgettext("filter", "is yes"),
        Op.NO: pgettext("filter", "is not yes"),
        Op.EMPTY: pgettext("filter", "is unknown") if dated else pgettext("filter", "is empty"),
        Op.FILLED: pgettext("filter", "is known") if dated else pgettext("filter", "is filled in"),
    }.get(Op(op) if op in set(Op) else Op.IS, op)


def unit_words() -> dict[str, str]:
    """The units behind "this", "last" and "coming"."""
    return {
        "day": pgettext("period", "day"),
        "week": pgettext("period", "week"),
        "month": pgettext("period", "month"),
        "quarter": pgettext("period", "quarter"),
        "year": pgettext("period", "year"),
    }


def units_words(count: int) -> dict[str, str]:
    """The units behind a number; {n} stands for it."""
    return {
        "day": ngettext("{n} day", "{n} days", count),
        "week": ngettext("{n} week", "{n} weeks", count),
        "month": ngettext("{n} month", "{n} months", count),
        "quarter": ngettext("{n} quarter", "{n} quarters", count),
        "year": ngettext("{n} year", "{n} years", count),
    }


def word(key: str, value: str, shown: str = "") -> str:
    """A value of a field of few words."""
    if shown:
        return shown
    if key == "stage":
        return paint.stage_text(value)
    if key == "kind":
        return {"person": _("Person"), "organisation": _("Organisation")}.get(value, value)
    return value


def day_words(text: str) -> str:
    """A day of a condition."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return text
    return say.full_date(found.year, found.month, found.day)


def sentence(tree: Group, own: Mapping[str, FilterField], words: Mapping[str, str]) -> str:
    """A filter as one reads it.

    Args:
        tree: the filter.
        own: the archive's fields, by key.
        words: how values read that are stored otherwise (imports), by value.
    """
    text = _joined(tree, own, words)
    return text[:1].upper() + text[1:]


def _joined(group: Group, own: Mapping[str, FilterField], words: Mapping[str, str]) -> str:
    parts = []
    for part in group.parts:
        if isinstance(part, Condition):
            parts.append(_said(part, own, words))
        elif not part.is_empty:
            inner = _joined(part, own, words)
            parts.append(f"({inner})" if len(part.parts) > 1 else inner)
    joint = _("{one} or {other}") if group.any_of else _("{one} and {other}")
    return _chain(parts, joint)


def _chain(parts: Iterable[str], joint: str) -> str:
    text = ""
    for part in parts:
        text = joint.format(one=text, other=part) if text else part
    return text


def _said(condition: Condition, own: Mapping[str, FilterField], words: Mapping[str, str]) -> str:
    kinds = {key: field.kind for key, field in own.items()}
    wrong = problem(condition, kinds)
    name = title(condition.field, own)
    if wrong in (Problem.FIELD, Problem.OPERATOR):
        return _("“{field}” (unknown: finds nobody)").format(field=name)
    kind = kinds.get(condition.field)
    values = _values(condition, kind, words)
    if kind is ValueKind.WORD and len(condition.values) == 1:
        plain = Op.IS if condition.op == Op.ANY_OF else Op.IS_NOT
        return f"{name} {op_words(plain, kind)} {values}"
    return f"{name} {op_words(condition.op, kind)} {values}".strip()


def _values(condition: Condition, kind: ValueKind | None, words: Mapping[str, str]) -> str:
    op, values = condition.op, condition.values
    if op in (Op.LAST, Op.NEXT, Op.OLDER):
        count = int(values[0])
        return units_words(count).get(values[1], values[1]).format(n=say.number(count))
    if op in (Op.THIS, Op.PREVIOUS, Op.FOLLOWING):
        return unit_words().get(values[0], values[0])
    if kind in (ValueKind.DAY, ValueKind.MOMENT):
        return _chain(map(day_words, values), _("{one} and {other}"))
    if op in (Op.ANY_OF, Op.NONE_OF):
        shown = [word(condition.field, v, words.get(v, "")) for v in values[:_SHOWN_WORDS]]
        text = ", ".join(shown)
        return f"{text} …" if len(values) > _SHOWN_WORDS else text
    if kind is ValueKind.NUMBER:
        return _chain(values, _("{one} and {other}"))
    return "".join(f"“{value}”" for value in values)
