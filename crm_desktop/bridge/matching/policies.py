"""What becomes of each field when an imported row's customer is in the archive already.

A plan names its policies by field, or for every field; here they become rules for the fields
that its columns feed. Everything that no rule names is filled, as `merge.fill` does it.
"""

from __future__ import annotations

from collections.abc import Mapping

from crm_desktop.bridge.matching import facts
from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.imports import CUSTOM_PREFIX, SKIP, Policy, SheetPlan

Rules = Mapping[str, Policy]
NO_RULES: Rules = {}
ADDRESS_PARTS = ("street", "postcode", "city", "region", "country")
# Whether a blank cell means "a person" cannot be told from a draft, so nothing follows from it.
_NEVER = frozenset((SKIP, "kind"))
_NAMES = ("name", "family_name", "given_name")


def rules_of(plan: SheetPlan) -> dict[str, Policy]:
    """The policies of the fields that a plan's columns feed, but for those that are filled."""
    if not plan.policies:
        return {}
    fed = [c.field for c in plan.columns if c.field not in _NEVER]
    rules: dict[str, Policy] = {f: plan.policy(f) for f in fed}
    rules = {f: policy for f, policy in rules.items() if policy is not Policy.FILL}
    # A whole name that was put together of its parts goes with them.
    if "name" not in fed and (part := next((n for n in _NAMES if n in rules), None)):
        rules["name"] = rules[part]
    return rules


def said(draft: CustomerDraft) -> set[str]:
    """The fields that a row says anything of."""
    singles = ("name", "given_name", "family_name", "organisation", "stage", "birthday", "notes")
    found = {name for name in (*singles, "tags") if getattr(draft, name)}
    found.update(point.kind for point in draft.contact_points)
    found.update(p for a in draft.addresses for p in ADDRESS_PARTS if getattr(a, p))
    found.update(f"{CUSTOM_PREFIX}{name}" for name, _value in draft.custom)
    found |= facts.said_of(draft.facts)
    return found


class FirstWord:
    """Lets only one row of an import overwrite a field of a customer: the first one read.

    Where a customer stands in several rows or sheets, the first of them counts (of sheets named
    by years, the latest); those behind it fill, so that no row takes away what another brought.
    """

    def __init__(self) -> None:
        self._said: dict[int, set[str]] = {}

    def rules(self, number: int, draft: CustomerDraft, rules: Rules) -> Rules:
        """The rules for one row of a customer.

        Args:
            number: whose row it is.
            draft: what it says.
            rules: its sheet's.
        """
        if Policy.OVERWRITE not in rules.values():
            return rules
        known = self._said.setdefault(number, set())
        left = {f: p for f, p in rules.items() if p is not Policy.OVERWRITE or f not in known}
        known |= said(draft)
        return left
