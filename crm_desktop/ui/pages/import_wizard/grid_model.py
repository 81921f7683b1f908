"""The first rows of a sheet, as the preview's grid reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_desktop.domain.imports import SKIP
from crm_desktop.i18n import _
from crm_desktop.ui.pages.import_wizard.sources import SheetChoice
from crm_desktop.ui.pages.import_wizard.words import certainty_text, feeds, letter_of
from crm_desktop.ui.theme import fonts
from crm_desktop.ui.widgets.basic import plain_tip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def index_of(letters: str) -> int:
    """A column's position from its letter, counted from 0; -1 for none."""
    position = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            return -1
        position = position * 26 + ord(letter) - 64
    return position - 1


class SheetModel(QAbstractTableModel):
    """At most 60 rows of display text; what they mean is in the sheet's plan."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sheet: SheetChoice | None = None
        self._cells: tuple[tuple[str, ...], ...] = ()
        self._width = 0
        self._problems: Mapping[tuple[int, int], str] = {}

    def show(self, sheet: SheetChoice | None) -> None:
        """Show another sheet, or the same one read in another way."""
        self.beginResetModel()
        self.sheet = sheet
        self._cells = sheet.preview.cells if sheet is not None else ()
        self._width = max((len(row) for row in self._cells), default=0)
        self._problems = {}
        for row in self._cells:
            fonts.ensure_for(*row)
        self.endResetModel()

    def show_problems(self, problems: Mapping[tuple[int, int], str]) -> None:
        """Mark cells, named by the sheet's own row number and the column's position."""
        self._problems = problems
        self._changed()

    def refresh(self) -> None:
        """A column feeds something else now."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(self._width - 1, 0))
        self._changed()

    def row_number(self, row: int) -> int:
        """The sheet's own number of a row."""
        return row + (self.sheet.preview.first_row if self.sheet else 1)

    def row_of(self, number: int) -> int:
        """The row that has a number in the sheet; -1 where it is not shown."""
        row = number - (self.sheet.preview.first_row if self.sheet else 1)
        return row if 0 <= row < len(self._cells) else -1

    def text(self, row: int, column: int) -> str:
        """A cell's text."""
        cells = self._cells[row]
        return cells[column] if column < len(cells) else ""

    def problem(self, row: int, column: int) -> str:
        """What is wrong with a cell, "" for nothing."""
        return self._problems.get((self.row_number(row), column), "")

    def role_of(self, row: int, column: int) -> str:
        """How a cell is to look: `header`, `above`, `out`, or "" for data."""
        if self.sheet is None:
            return ""
        header = self.sheet.plan.header_row
        number = self.row_number(row)
        if number == header:
            return "header"
        if number < header:
            return "above"
        mapping = self.sheet.column_at(column)
        return "out" if mapping is None or mapping.field == SKIP or not self.sheet.wanted else ""

    def _changed(self) -> None:
        if self._cells and self._width:
            last = self.index(len(self._cells) - 1, self._width - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # Qt's own names.

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """How many columns the sheet has."""
        return 0 if parent.isValid() else self._width

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text and tooltip of a cell; looks are the delegate's."""
        if not index.isValid():
            return None
        text = self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        wrong = self.problem(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            tip = f"{text}\n{wrong}" if wrong else text if len(text) > 24 else ""
            return plain_tip(tip) or None
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return wrong or None
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Row numbers at the left; above, what the column feeds."""
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                return str(self.row_number(section))
            if role == Qt.ItemDataRole.ToolTipRole:
                return _("Click: this is the header row")
            return None
        mapping = self.sheet.column_at(section) if self.sheet else None
        if role == Qt.ItemDataRole.DisplayRole:
            return feeds(mapping) if mapping else letter_of(section)
        if mapping is None:
            return None
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            words = _("Column {letter} “{header}”: {field}. {certainty}").format(
                letter=mapping.column,
                header=mapping.header,
                field=feeds(mapping),
                certainty=certainty_text(mapping),
            )
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None
