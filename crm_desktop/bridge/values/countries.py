"""ISO codes of countries by their names in the languages that sheets are written in."""

from __future__ import annotations

from functools import lru_cache

from crm_desktop.bridge.sheets.synonyms import header_key

_LANGUAGES = ("en", "pt", "zh", "zh_Hant", "es", "fr", "de", "it")
_COLLOQUIAL = {
    "uk": "GB",
    "england": "GB",
    "inglaterra": "GB",
    "usa": "US",
    "eua": "US",
    "holland": "NL",
    "holanda": "NL",
}


def country_code(text: str) -> str | None:
    """The ISO code of a country's name or code; None for what is no country."""
    key = header_key(text)
    return _names().get(key) if key else None


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    from babel import Locale

    names = dict(_COLLOQUIAL)
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha():
                names.setdefault(header_key(name), code)
                names.setdefault(code.lower(), code)
    return names
