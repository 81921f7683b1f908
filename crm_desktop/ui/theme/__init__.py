"""The theme: tokens made visible. `colours()` is what is on the screen now."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from crm_desktop.ui.theme import fonts, style
from crm_desktop.ui.theme.tokens import DARK, LIGHT, RADIUS, SIZE, SPACE, TYPE, Colours, Tint

__all__ = ["RADIUS", "SIZE", "SPACE", "TYPE", "Colours", "Theme", "Tint", "colours"]

CHOICES = ("system", "light", "dark")

# Painters ask dozens of times a frame; like the language in `i18n`, the theme is the
# process's, not a window's.
_now = LIGHT


def colours() -> Colours:
    """The colours in use."""
    return _now


class Theme(QObject):
    """Chooses between light and dark and dresses the application.

    `changed` tells that the colours are others now; the application's palette and style
    sheet have been replaced by then.
    """

    changed = Signal()

    # Arguments for the application: the palette and sheet are drawn for this style. Told this
    # way, because `setStyle` hands a QStyle out, whose enumerations cost the start 25 ms.
    ARGUMENTS = ("-style", "fusion")

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice = ""
        fonts.register_first()
        app.setFont(fonts.font())
        app.styleHints().colorSchemeChanged.connect(self.follow_system)
        self.choose(choice)

    @property
    def choice(self) -> str:
        """`system`, `light` or `dark`."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Take another theme, now."""
        self._choice = choice if choice in CHOICES else "system"
        self._apply()

    def follow_system(self) -> None:
        """The system went light or dark; go along where that was asked for."""
        if self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        global _now
        dark = self._choice == "dark"
        if self._choice == "system":
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        wanted = DARK if dark else LIGHT
        if wanted is _now and self._app.styleSheet():
            return
        _now = wanted
        # Qt's own colour scheme does nothing offscreen: the palette is ours.
        self._app.setPalette(style.palette(wanted))
        self._app.setStyleSheet(style.sheet(wanted))
        self.changed.emit()
