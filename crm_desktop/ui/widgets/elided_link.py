"""A link of one line that ends in "…" where its place is too narrow."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from crm_desktop.ui.theme import icons
from crm_desktop.ui.widgets.basic import plain_tip

# What the style sheet puts around the text, and the icon before it takes.
_AROUND, _ICON = 12, 15
_LEAST = 60


class ElidedLink(QPushButton):
    """Its accessible name and its tooltip have the whole text."""

    def __init__(self, icon: str, *, clicked: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.setProperty("kind", "link")
        icons.set_icon(self, icon, "mute", _ICON)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # A button's own policy never lets it be narrower than its text.
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self._full = ""
        if clicked is not None:
            self.clicked.connect(clicked)

    def set_text(self, text: str, name: str = "") -> None:
        """Show another text.

        Args:
            text: as it is; an ampersand is one.
            name: what it is called for those who cannot see it, "" for the text.
        """
        self._full = " ".join(text.split())
        self.setAccessibleName(name or self._full)
        self.updateGeometry()
        self._fit()

    def full_text(self) -> str:
        """The text without elision."""
        return self._full

    def _fit(self) -> None:
        room = max(self.width() - _AROUND - _ICON - 4, 20)
        fitted = QFontMetrics(self.font()).elidedText(self._full, Qt.TextElideMode.ElideRight, room)
        self.setText(fitted.replace("&", "&&"))
        self.setToolTip("" if fitted == self._full else plain_tip(self._full))

    # Qt's own names.

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        self.ensurePolished()
        wide = QFontMetrics(self.font()).horizontalAdvance(self._full) + _AROUND + _ICON + 6
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """It gives way."""
        return QSize(_LEAST, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text again."""
        super().resizeEvent(event)
        self._fit()
