"""The words the user sees, in his language.

`_` marks and translates; `N_` only marks, for tables that are built before the language is
known. Catalogues are GNU gettext files in `resources/locale`, made by `tools/i18n.py`.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from crm_desktop.assets import resource

LANGUAGES = {"en": "English", "zh_CN": "简体中文", "pt": "Português"}
_DOMAIN = "crm_desktop"
_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"
# A paper in another language than the window's is drawn beside it, on a thread of its own.
_spoken: ContextVar[tuple[gettext.NullTranslations, str] | None] = ContextVar(
    "spoken", default=None
)


def _(message: str) -> str:
    """Translate a message into the chosen language."""
    return _catalogue().gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Translate a message that counts something; `n` chooses the form."""
    return _catalogue().ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """Translate a message whose meaning depends on its place."""
    return _catalogue().pgettext(context, message)


def gettext_in(wanted: str, message: str) -> str:
    """Translate a message into another language than the chosen one, such as a customer's.

    Args:
        wanted: a locale name; "", and one that the program does not speak, take the chosen one.
        message: marked by `N_` where it is not written here.
    """
    found = nearest(wanted)
    if not wanted or found == language() or (found == "en" and not wanted.startswith("en")):
        return _(message)
    if found == "en":
        return message
    known = gettext.translation(_DOMAIN, resource("locale"), languages=[found])
    return known.gettext(message)


def N_(message: str) -> str:  # noqa: N802  (gettext's own name for it)
    """Mark a message for the catalogues without translating it yet."""
    return message


def language() -> str:
    """The language in use: a key of `LANGUAGES`."""
    spoken = _spoken.get()
    return _language if spoken is None else spoken[1]


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Have all words inside be of a language, here and on no other thread.

    Args:
        wanted: a locale name; what nothing fits is English.
    """
    found = nearest(wanted)
    catalogue = gettext.NullTranslations()
    if found != "en":
        catalogue = gettext.translation(_DOMAIN, resource("locale"), languages=[found])
    token = _spoken.set((catalogue, found))
    try:
        yield
    finally:
        _spoken.reset(token)


def _catalogue() -> gettext.NullTranslations:
    spoken = _spoken.get()
    return _current if spoken is None else spoken[0]


def choose_language(wanted: str | None = None) -> str:
    """Switch the program's words; without an argument, to what the system speaks.

    Args:
        wanted: a locale name such as `pt_PT` or `zh-Hans-CN`; None asks the environment.

    Returns:
        The key of `LANGUAGES` that was taken; English where nothing fits.
    """
    global _current, _language
    _language = nearest(wanted or _system_language())
    if _language == "en":
        _current = gettext.NullTranslations()
    else:
        _current = gettext.translation(
            _DOMAIN, resource("locale"), languages=[_language], fallback=False
        )
    return _language


def _system_language() -> str:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value.split(":")[0]
    import locale  # asked last, imported late

    return locale.getlocale()[0] or "en"


def nearest(wanted: str) -> str:
    """The key of `LANGUAGES` that a locale name comes nearest to; English where nothing fits."""
    tag = wanted.replace("-", "_").split(".")[0]
    if tag in LANGUAGES:
        return tag
    start = tag.split("_")[0].lower()
    if start in ("zh", "chinese"):
        return "zh_CN"
    if start in ("pt", "portuguese"):
        return "pt"
    return "en"
