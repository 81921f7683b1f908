"""Words for what becomes of the fields of customers who are known already."""

from __future__ import annotations

from crm_desktop.domain.imports import CUSTOM_PREFIX, SKIP, Policy
from crm_desktop.i18n import _, pgettext

# These can hold more than one value, or a longer text.
_CAN_BE_ADDED_TO = frozenset(("phone", "email", "im", "notes", "tags"))


def policies_of(field: str) -> tuple[Policy, ...]:
    """What can become of a field; () where there is no choice."""
    if field in (SKIP, "kind"):
        return ()
    if field in _CAN_BE_ADDED_TO or field.startswith(CUSTOM_PREFIX):
        return tuple(Policy)
    return (Policy.FILL, Policy.OVERWRITE, Policy.KEEP)


def policy_word(policy: Policy) -> str:
    """A policy in a word, for a column."""
    return {
        Policy.FILL: pgettext("policy", "Fill"),
        Policy.OVERWRITE: pgettext("policy", "Overwrite"),
        Policy.KEEP: pgettext("policy", "Keep"),
        Policy.ADD: pgettext("policy", "Add"),
    }[policy]


def policy_text(policy: Policy) -> str:
    """The same for a whole sheet."""
    return {
        Policy.FILL: _("Fill in blanks, add what is new"),
        Policy.OVERWRITE: _("Overwrite with this sheet"),
        Policy.KEEP: _("Keep as they are"),
        Policy.ADD: _("Add, to notes and own fields too"),
    }[policy]


def policy_tip(policy: Policy) -> str:
    """What it means, in a sentence."""
    return {
        Policy.FILL: _("Blanks are filled; what says otherwise is listed and stays as it is."),
        Policy.OVERWRITE: _("The sheet's value takes the known one's place; Undo brings it back."),
        Policy.KEEP: _("What the customer has is not touched; nothing is added."),
        Policy.ADD: _("As Fill, and another value is put behind the known one."),
    }[policy]
