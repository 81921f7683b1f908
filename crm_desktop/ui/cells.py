"""The columns of the customers' list: their heads, and what their cells say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from crm_desktop.domain.customers import CustomerRow
from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import paint

if TYPE_CHECKING:
    from crm_desktop.services.filters import FilterField

NAME = "name"
USUAL = (NAME, "stage", "city", "phone", "updated")
# What every row brings along; the others are asked for.
GIVEN = frozenset((*USUAL, "organisation", "kind", "email"))
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
WIDTHS = {"stage": 124, "city": 116, "phone": 156, "updated": 132, "email": 190, "tag": 160}
WIDTHS |= dict.fromkeys(("birthday", "task_due", "document_expires", "created"), 156)
USUAL_WIDTH = 124


def title(key: str, fields: Mapping[str, FilterField]) -> str:
    """A column's head."""
    if key == NAME:
        return _("Customer")
    usual = {
        "stage": _("Stage"),
        "city": _("City"),
        "phone": _("Phone"),
        "updated": _("Last change"),
    }
    if key in usual:  # the start shows no others
        return usual[key]
    from crm_desktop.ui.filter_words import title as field_title

    return field_title(key, fields)


def text(row: CustomerRow, key: str, fields: Mapping[str, FilterField]) -> str:
    """What a cell says."""
    if key == NAME:
        return f"{row.name}, {row.organisation}" if row.organisation else row.name
    if key == "stage":
        return paint.stage_text(row.stage)
    if key == "phone":
        return say.phone(row.phone)
    if key in ("city", "email", "organisation"):
        value: str = getattr(row, key)
        return value
    if key == "kind":
        return _("Organisation") if row.kind == "organisation" else _("Person")
    value = row.updated_at if key == "updated" else dict(row.more).get(key, "")
    return _said(key, value, fields) if value else ""


def _said(key: str, value: str, fields: Mapping[str, FilterField]) -> str:
    if key in ("updated", "created", "last_contact"):
        moment = say.parse(value)
        return say.ago(moment) if moment else value
    if key == "rating":
        return "★" * int(value) if value.isdigit() else value
    if key in ("task_due", "document_expires") and (match := _DAY.fullmatch(value)):
        return say.short_date(*map(int, match.groups()))
    if key == "birthday":
        return _birthday(value)
    own = fields[key].own if key in fields else None
    if own is not None:
        from crm_desktop.services.field_values import shown

        return " ".join(shown(own, value).split())
    return value


def _birthday(value: str) -> str:
    from crm_desktop.domain.birthdays import parse

    found = parse(value)
    if found is None:
        return value
    if found.lunar:
        from crm_desktop.ui.value_words import birthday_text

        return birthday_text(value)
    return say.short_date(found.year, found.month, found.day)
