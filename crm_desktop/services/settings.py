"""What the owner sets once: his letterhead and his country."""

from __future__ import annotations

import base64
import locale
from collections.abc import Callable

from crm_desktop.domain.settings import Firm
from crm_desktop.i18n import _
from crm_desktop.store import settings
from crm_desktop.store.archive import Archive

_FALLBACK_COUNTRY = "PT"
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
                for name in ("name", "address", "phone", "email", "website", "logo")
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
            "firm.logo": base64.b64encode(firm.logo).decode() if firm.logo else "",
        }
        self._archive.write(_("Change the letterhead"), lambda c: settings.save(c, values))

    def home_country(self) -> str:
        """ISO code of the country whose numbers need no prefix."""
        with self._archive.reading() as c:
            return settings.get(c, "home_country") or system_country()

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


def system_country() -> str:
    """The country that the computer is set up for."""
    name = locale.getlocale()[0] or ""
    language, _sep, country = name.partition("_")
    if len(country) == 2 and country.isalpha():
        return country.upper()
    return _COUNTRY_OF_LANGUAGE.get(language[:2].lower(), _FALLBACK_COUNTRY)
