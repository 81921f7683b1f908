"""The values of a customer's fields in words, as they stand in the archive."""

from __future__ import annotations

from crm_desktop.domain.customers import CustomerKind
from crm_desktop.ui.pages.customer_facts import birthday_text, kind_text
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
