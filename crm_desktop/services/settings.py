"""What the owner sets once: his letterhead, his country, what he is warned of."""

from __future__ import annotations

import base64
import locale
import re
from collections.abc import Callable

from crm_desktop.domain.documents import DEFAULT_WARNINGS, Warnings
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.settings import Firm
from crm_desktop.domain.today import QUIET_MONTHS
from crm_desktop.i18n import _
from crm_desktop.services import inputs
from crm_desktop.store import settings
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection

_FALLBACK_COUNTRY = "PT"
_WARNINGS, _QUIET = "expiry.days", "quiet.months"
_MOST_WARNINGS, _LONGEST_WARNING = 6, 3650
MOST_MONTHS = 60
_COUNTRY_OF_LANGUAGE = {"zh": "CN", "pt": "PT", "en": "GB"}


class SettingsService:
    """The settings of one archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def firm(self) -> Firm:
        """The letterhead."""
        with self._archive.reading() as c:
            values = {
                name: settings.get(c, f"firm.{name}")
                for name in ("name", "address", "phone", "email", "website", "bank", "logo")
            }
        logo = values.pop("logo")
        return Firm(**values, logo=base64.b64decode(logo) if logo else None)

    def save_firm(self, firm: Firm) -> None:
        """Keep the letterhead."""
        values = {
            "firm.name": firm.name,
            "firm.address": firm.address,
            "firm.phone": firm.phone,
            "firm.email": firm.email,
            "firm.website": firm.website,
            "firm.bank": firm.bank,
            "firm.logo": base64.b64encode(firm.logo).decode() if firm.logo else "",
        }
        self._archive.write(_("Change the letterhead"), lambda c: settings.save(c, values))

    def home_country(self) -> str:
        """ISO code of the country whose numbers need no prefix."""
        with self._archive.reading() as c:
            return settings.get(c, "home_country") or system_country()

    # What the program warns of

    def warnings(self) -> Warnings:
        """How many days before their last day documents are warned of."""
        with self._archive.reading() as c:
            kept = settings.beginning(c, _WARNINGS)
        read = {kind: tuple(map(int, text.split())) for kind, text in kept.items()}
        usual = read.pop("", DEFAULT_WARNINGS)
        return Warnings(usual, {kind.removeprefix("."): days for kind, days in read.items()})

    def set_warnings(self, kind: str, text: str) -> None:
        """Say how many days before its last day a kind of document is warned of.

        Args:
            kind: its name, "" for all that nothing else is said of.
            text: figures as typed, such as "90, 30, 7"; "" takes the usual ones again, "0" or
                "-" warns never.

        Raises:
            UserError: it is none of these.
        """
        name = f"{_WARNINGS}.{kind}" if kind else _WARNINGS
        typed = inputs.line(text, "days")
        days = read_days(typed)

        def act(c: Connection) -> None:
            if typed:
                settings.save(c, {name: " ".join(map(str, days))})
            else:
                settings.delete(c, name)

        self._archive.write(_("Change the warnings of documents"), act)

    def quiet_months(self) -> int:
        """After how many months without an entry a customer is quiet."""
        with self._archive.reading() as c:
            return int(settings.get(c, _QUIET, str(QUIET_MONTHS)))

    def set_quiet_months(self, months: int) -> None:
        """Say after how many months without an entry a customer is quiet."""
        self._archive.write(
            _("Change when customers are quiet"),
            lambda c: settings.save(c, {_QUIET: str(min(max(months, 1), MOST_MONTHS))}),
        )

    def has_home_country(self) -> bool:
        """Whether the owner has said which country he is in."""
        with self._archive.reading() as c:
            return bool(settings.get(c, "home_country"))

    def phone_writing(self) -> Callable[[str], str]:
        """How phone numbers are written at home; loads a library, so not on the GUI thread."""
        from crm_desktop.bridge.values.phones import writing_at_home

        return writing_at_home("" if self.phones_international() else self.home_country())

    def phones_international(self) -> bool:
        """Whether numbers at home are written with their country's code, too."""
        with self._archive.reading() as c:
            return settings.get(c, "phones_international") == "yes"

    def set_phones_international(self, *, on: bool) -> None:
        """Choose how numbers at home are written."""
        self._archive.write(
            _("Change how phone numbers are written"),
            lambda c: settings.save(c, {"phones_international": "yes" if on else ""}),
        )

    def set_home_country(self, country: str) -> None:
        """Choose the home country.

        Args:
            country: ISO 3166 code of two letters.
        """
        self._archive.write(
            _("Change the home country"),
            lambda c: settings.save(c, {"home_country": country.upper()}),
        )


def read_days(text: str) -> tuple[int, ...]:
    """Numbers of days as typed, the longest first, each once; none for "0" or "-".

    Raises:
        UserError: there is something else, or too much.
    """
    words = re.split(r"[\s,;/、，；]+", text.strip(" .,;、，；"))
    if words in ([""], ["0"], ["-"], ["–"]):
        return ()
    whole = all(word.isdecimal() and 1 <= int(word) <= _LONGEST_WARNING for word in words)
    if not whole or len(words) > _MOST_WARNINGS:
        raise UserError(
            _("Write days, such as 90, 30, 7; 0 for no warning."),
            field="days",
        )
    return tuple(sorted({int(word) for word in words}, reverse=True))


def system_country() -> str:
    """The country that the computer is set up for."""
    name = locale.getlocale()[0] or ""
    language, _sep, country = name.partition("_")
    if len(country) == 2 and country.isalpha():
        return country.upper()
    return _COUNTRY_OF_LANGUAGE.get(language[:2].lower(), _FALLBACK_COUNTRY)
