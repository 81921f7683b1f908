"""The values of a customer's fields in words, as they stand in the archive."""

from __future__ import annotations

from crm_desktop.domain import birthdays
from crm_desktop.domain.customers import CustomerKind
from crm_desktop.i18n import _, language, pgettext
from crm_desktop.ui import format as say
from crm_desktop.ui.pages.personal_rows import language_text
from crm_desktop.ui.theme import paint


def value_text(place: str, stored: str) -> str:
    """How a stored value reads; `place` as `PastService.value_history` takes it."""
    if not stored:
        return ""
    if place == "stage":
        return paint.stage_text(stored)
    if place == "kind":
        return kind_text(CustomerKind(stored))
    if place == "birthday":
        return birthday_text(stored)
    if place == "language":
        return language_text(stored)
    if place == "rating":
        return "★" * int(stored)
    return stored


def kind_text(kind: CustomerKind) -> str:
    """The word for a customer's kind."""
    if kind is CustomerKind.ORGANISATION:
        return pgettext("kind", "Organisation")
    return pgettext("kind", "Person")


def birthday_text(stored: str | None) -> str:
    """A birthday as people write it; a year that is unknown is left out."""
    if not stored:
        return ""
    known = birthdays.parse(stored)
    if known is None:
        return stored
    if known.lunar:
        if language().startswith("zh"):
            return _("lunar {day}").format(day=birthdays.chinese_words(known))
        figures = known._replace(lunar=False).text.rstrip("+")
        words = _("lunar {day} (leap month)") if known.leap else _("lunar {day}")
        return words.format(day=figures)
    return say.full_date(known.year, known.month, known.day) or stored
