"""Whose things are shown: everybody's, or those of one person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox

from crm_desktop.ui.theme import fonts


class OwnerChoice(QComboBox):
    """Hidden while nobody looks after anything."""

    def __init__(self, name: str, everybody: str) -> None:
        """Build it.

        Args:
            name: for a screen reader.
            everybody: the words of the first choice.
        """
        super().__init__()
        self._everybody = everybody
        self.setAccessibleName(name)
        self.setMinimumWidth(170)
        self.hide()

    def owner(self) -> str:
        """The name that is chosen, "" for everybody's."""
        return str(self.currentData() or "")

    def show_owners(self, names: Sequence[str]) -> None:
        """Offer names; the one that is chosen stays so."""
        if [self.itemData(place) for place in range(1, self.count())] == list(names):
            return
        fonts.ensure_for(*names)
        chosen = self.owner()
        self.clear()
        self.addItem(self._everybody, "")
        for name in names:
            self.addItem(name, name)
        self.setCurrentIndex(max(self.findData(chosen), 0))
        self.setVisible(bool(names))
