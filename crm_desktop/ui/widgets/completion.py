"""Words that others have in a field, offered while it is typed into."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit


def complete_with(field: QLineEdit, words: Sequence[str]) -> None:
    """Offer words as they are typed, whatever their case."""
    completer = QCompleter(list(words), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    field.setCompleter(completer)
