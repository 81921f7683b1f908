"""Names of people, put together and taken apart in the order of their language."""

from __future__ import annotations

from crm_desktop.bridge.values.organisations import is_organisation_name
from crm_desktop.bridge.values.text import has_cjk

# They say nothing of who somebody is.
TITLES = frozenset(
    (
        *("mr", "mrs", "ms", "miss", "dr", "prof"),
        *("sr", "sra", "srta", "senhor", "senhora", "dra", "eng", "enga", "d", "dona"),
        *("mme", "herr", "frau", "sig", "signora"),
    )
)


def join_name(given: str, family: str) -> str:
    """Given and family name as the language of the name orders them: 秀英 and 王 make 王秀英."""
    if given and family:
        if has_cjk(family) and has_cjk(given):
            return f"{family}{given}"
        return f"{given} {family}"
    return given or family


def split_flipped(name: str) -> tuple[str, str] | None:
    """Given and family name of "Silva, Ana"; None for other names, and for "Silva & Irmão, Lda"."""
    family, comma, given = name.replace("，", ",").partition(",")
    family, given = family.strip(), given.strip()
    if not comma or not family or not given or "," in given or is_organisation_name(name):
        return None
    if not any(map(str.isalpha, family)) or not any(map(str.isalpha, given)):
        return None
    return given, family
