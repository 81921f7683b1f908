"""The values of a customer's fields in words, as they stand in the archive."""

from __future__ import annotations

from crm_desktop.domain.customers import CustomerKind
from crm_desktop.i18n import _
from crm_desktop.ui.pages.customer_facts import birthday_text, kind_text
from crm_desktop.ui.pages.personal_rows import fact_names, language_text
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


def place_caption(place: str) -> str:
    """The word for a field that stands alone in the panel, and for those of the facts."""
    known = {
        "name": _("Name"),
        "organisation": _("Organisation"),
        "notes": _("Notes"),
        "stage": _("Stage"),
        "kind": _("Kind"),
        "birthday": _("Birthday"),
        "tags": _("Tags"),
        **fact_names(),
    }
    return known.get(place) or place.partition(":")[2]
