"""Choosing a country by its name in the user's language."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from crm_desktop.i18n import _, language

# Two-letter codes of CLDR that are no countries.
_NO_COUNTRIES = frozenset(("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "CP", "DG", "EA", "IC", "CQ"))


@lru_cache(maxsize=4)
def countries(tongue: str) -> tuple[tuple[str, str], ...]:
    """Codes and names in a language; the first time takes 0.1 s."""
    from babel import Locale

    territories = Locale.parse(tongue).territories
    found = [
        (code, name)
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    ]
    # By name as it reads in print; Chinese names stand in the order of their codes.
    found.sort(key=lambda pair: pair[0] if tongue.startswith("zh") else _sort_key(pair[1]))
    return tuple(found)


def _sort_key(name: str) -> str:
    import unicodedata

    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def country_name(code: str) -> str:
    """A country's name in the user's language; the code where it has none."""
    return dict(countries(language())).get(code, code)


class CountryBox(QComboBox):
    """A combo box of countries; `chosen` carries the code that the user chose."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Home country"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        self.setMinimumWidth(170)
        self.setMaximumWidth(240)
        for code, name in countries(language()):
            self.addItem(name, code)
        self.activated.connect(self._activated)

    def country(self) -> str:
        """The code shown."""
        return str(self.currentData() or "")

    def set_country(self, code: str) -> None:
        """Show a country, without a signal."""
        index = self.findData(code)
        if index < 0 and code:
            self.addItem(code, code)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def _activated(self, _index: int) -> None:
        self.chosen.emit(self.country())

    # Qt's own names.

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel over the page scrolls the page, never the country."""
        event.ignore()
