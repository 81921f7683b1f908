"""How well a column's values agree with what its header says."""

from __future__ import annotations

from crm_desktop.bridge.sheets.profile import Profile

_SHORTEST = 1.5  # characters on the average
_SEVERAL = 4


def fit_of(field: str, held: Profile) -> float:
    """How well values agree with what a header says: 1 fully, 0 not at all."""
    if field == "stage":
        return held.stages if held.stages >= 0.5 else 0.0
    if field == "kind":
        return held.kinds if held.kinds >= 0.7 else 0.0
    fit = _fit_typed(field, held)
    # Two odd cells are no evidence against a plain header.
    return max(fit, 0.7) if held.filled < 3 and held.stages < 0.5 and fit > 0.1 else fit


def _fit_typed(field: str, held: Profile) -> float:
    if field == "phone":
        if held.phones >= 0.3:
            return 1.0
        if max(held.emails, held.dates) >= 0.3:
            return 0.2
        # Damaged or too short, but figures: numbers that need repair, not another field.
        return 0.7 if held.phones > 0.05 or held.numbers > 0.3 else 0.2
    if field == "email":
        return 1.0 if held.emails >= 0.3 else 0.7 if held.emails > 0 else 0.3
    if field == "birthday":
        return 1.0 if held.birthdays >= 0.5 else 0.8 if held.birthdays > 0.1 else 0.35
    if field == "postcode":
        return 1.0 if held.postcodes >= 0.3 else 0.7 if held.length < 14 else 0.3
    return _fit_text(field, held)


def _fit_text(field: str, held: Profile) -> float:
    if field in ("name", "given_name", "family_name", "contact_person", "organisation"):
        if 0 < held.length <= _SHORTEST and field != "family_name":
            return 0.1  # "Account: Y", 单位: 扎
        if field == "name" and held.filled >= _SEVERAL and held.distinct <= 0.6:
            # 会员: 金卡, 银卡 are kinds of members; names that come again are still names.
            return 0.3 if held.persons + held.organisations < 0.6 else 1.0
        return 0.2 if max(held.emails, held.numbers, held.dates, held.phones) > 0.6 else 1.0
    if field == "city":
        return 0.3 if max(held.numbers, held.dates, held.emails) > 0.6 else 1.0
    if field in ("region", "country") and held.stages >= 0.5:
        return 0.3  # "Estado" is a state of Brazil, or what a customer has come to
    if field in ("region", "country"):
        return 0.3 if max(held.numbers, held.dates, held.emails) > 0.6 or held.length > 40 else 1.0
    if field == "street":
        return 0.3 if max(held.emails, held.dates) > 0.6 else 1.0
    if field == "tags":
        return 0.2 if held.numbers > 0.8 or held.length > 60 else 1.0
    if field == "im":
        return 0.4 if held.dates > 0.6 else 0.2 if held.emails >= 0.6 else 1.0
    return 1.0
