"""The lines of a quotation as a table: what is typed shows at once, what is refused waits there."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.quotations import (
    QuotationLine,
    QuotationLineId,
    WholeQuotation,
    may_be_edited,
)
from crm_desktop.i18n import _
from crm_desktop.ui import quotation_words as words

_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# Column 0 holds the place.
FIELDS = ("", "description", "quantity", "unit", "price", "discount", "tax_rate", "amount")
DESCRIPTION, AMOUNT = 1, len(FIELDS) - 1
FIGURES = frozenset(("quantity", "price", "discount", "tax_rate", "amount"))
_Key = tuple[QuotationLineId, str]


class Refusal(NamedTuple):
    """What was not taken: the text as it was typed, and why."""

    text: str
    why: str


class QuotationLines(QAbstractTableModel):
    """The lines; `edited` carries a line, a field and what was typed into it.

    Its owner answers by `taken` or `refuse`.
    """

    edited = Signal(object, str, str)
    refused_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.whole: WholeQuotation | None = None
        self.lines: list[QuotationLine] = []
        self._country = ""
        self._amounts: dict[QuotationLineId | None, int] = {}
        # What was handed over; it stands in its cell until the archive tells of it.
        self._sent: dict[_Key, str] = {}
        self._answered: set[_Key] = set()
        self._refused: dict[_Key, Refusal] = {}

    # Showing.

    def show_whole(self, whole: WholeQuotation, country: str) -> None:
        """Show a quotation's lines; of the same one, rows that stay keep cursor and editor."""
        before = None if self.whole is None else self.whole.quotation.id
        self.whole, self._country = whole, country
        amounts = zip(whole.lines, whole.totals.lines, strict=True)
        self._amounts = {line.id: amount for line, amount in amounts}
        if before != whole.quotation.id:
            self.beginResetModel()
            self.lines = list(whole.lines)
            self._sent.clear()
            self._answered.clear()
            self._refused.clear()
            self.endResetModel()
            self.refused_changed.emit()
            return
        for key in self._answered:
            self._sent.pop(key, None)
        self._answered.clear()
        self._follow(list(whole.lines))
        there = {line.id for line in self.lines}
        self._refused = {key: found for key, found in self._refused.items() if key[0] in there}
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, AMOUNT))
        self.refused_changed.emit()

    def _follow(self, wanted: list[QuotationLine]) -> None:
        nothing, numbers = QModelIndex(), {line.id for line in wanted}
        for row in reversed(range(len(self.lines))):
            if self.lines[row].id not in numbers:
                self.beginRemoveRows(nothing, row, row)
                del self.lines[row]
                self.endRemoveRows()
        for place, line in enumerate(wanted):
            at = next((r for r, one in enumerate(self.lines) if one.id == line.id), None)
            if at is None:
                self.beginInsertRows(nothing, place, place)
                self.lines.insert(place, line)
                self.endInsertRows()
            elif at != place:
                self.beginMoveRows(nothing, at, at, nothing, place)
                self.lines.insert(place, self.lines.pop(at))
                self.endMoveRows()
        self.lines = wanted

    # Asking.

    @property
    def is_open(self) -> bool:
        """Whether its lines may be changed."""
        return self.whole is not None and may_be_edited(self.whole.quotation)

    def amount(self, row: int) -> int:
        """What a line comes to, in minor units."""
        return self._amounts.get(self.lines[row].id, 0)

    def row_of(self, line: QuotationLineId) -> int:
        """Where a line stands, -1 for nowhere."""
        return next((row for row, one in enumerate(self.lines) if one.id == line), -1)

    def place(self, row: int) -> str:
        """Its number among those that are no texts, as on paper."""
        if self.lines[row].kind is LineKind.TEXT:
            return ""
        return str(sum(one.kind is not LineKind.TEXT for one in self.lines[: row + 1]))

    def may_edit(self, row: int, column: int) -> bool:
        """Whether something may be typed into a cell."""
        if not self.is_open or column in (0, AMOUNT):
            return False
        return column == DESCRIPTION or self.lines[row].kind is not LineKind.TEXT

    # What is refused.

    def taken(self, line: QuotationLineId, field: str, text: str) -> None:
        """What was typed is in the archive, and comes back from there."""
        if self._sent.get((line, field)) == text:
            self._answered.add((line, field))

    def refuse(self, line: QuotationLineId, field: str, refusal: Refusal) -> bool:
        """Let a text wait in its cell to be mended; False where the line is not here any more."""
        key = (line, field)
        if self.row_of(line) < 0:
            return False
        if self._sent.get(key) == refusal.text:
            self._sent.pop(key)
            self._refused[key] = refusal
            self._touch(line)
            self.refused_changed.emit()
        return True

    def refusal(self, row: int, column: int) -> Refusal | None:
        """What stands refused in a cell."""
        number = self.lines[row].id
        return None if number is None else self._refused.get((number, FIELDS[column]))

    def refusals(self) -> list[tuple[int, int, Refusal]]:
        """All that stands refused, by row and column, from the top."""
        found = [
            (self.row_of(line), FIELDS.index(field), refusal)
            for (line, field), refusal in self._refused.items()
        ]
        return sorted(found)

    def give_up(self, row: int, column: int) -> None:
        """Esc: the cell says again what is stored."""
        number = self.lines[row].id
        if number is not None and self._refused.pop((number, FIELDS[column]), None) is not None:
            self._touch(number)
            self.refused_changed.emit()

    def _touch(self, line: QuotationLineId) -> None:
        row = self.row_of(line)
        self.dataChanged.emit(self.index(row, 0), self.index(row, AMOUNT))

    def _typed(self, row: int, column: int) -> str:
        assert self.whole is not None
        currency = self.whole.quotation.currency
        return words.line_typed(self.lines[row], FIELDS[column], currency, self._country)

    def _waiting(self, row: int, column: int) -> str | None:
        """What stands in a cell in place of what is stored."""
        key = (self.lines[row].id or QuotationLineId(0), FIELDS[column])
        refusal = self._refused.get(key)
        return self._sent.get(key) if refusal is None else refusal.text

    # Qt's own names.

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many lines."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index | None = None) -> int:
        """How many columns."""
        return 0 if parent is not None and parent.isValid() else len(FIELDS)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Drafts are edited."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and self.may_edit(index.row(), index.column()):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, as it reads and as it is typed; why it was refused."""
        if not index.isValid() or self.whole is None:
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(row, column)
        if role == Qt.ItemDataRole.EditRole:
            waiting = self._waiting(row, column)
            return self._typed(row, column) if waiting is None else waiting
        if role == Qt.ItemDataRole.TextAlignmentRole and FIELDS[column] in FIGURES:
            return _RIGHT
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            refusal = self.refusal(row, column)
            return "" if refusal is None else refusal.why
        return None

    def _shown(self, row: int, column: int) -> str:
        line, field = self.lines[row], FIELDS[column]
        assert self.whole is not None
        if column == 0:
            return self.place(row)
        if line.kind is LineKind.TEXT and column != DESCRIPTION:
            return ""
        if column == AMOUNT:
            return words.figure(self.amount(row), self.whole.quotation.currency)
        waiting = self._waiting(row, column)
        if waiting is not None:
            return waiting
        return words.line_shown(line, field, self.whole.quotation.currency)

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand over what was typed."""
        row, column = index.row(), index.column()
        number = self.lines[row].id
        if role != Qt.ItemDataRole.EditRole or number is None or not self.may_edit(row, column):
            return False
        key, text = (number, FIELDS[column]), str(value).strip()
        waiting = self._refused.get(key)
        if text == self._sent.get(key) or (waiting is not None and waiting.text == text):
            return True
        if self._refused.pop(key, None) is not None:
            self.refused_changed.emit()
        if text == self._typed(row, column):
            self._sent.pop(key, None)
        else:
            self._sent[key] = text
            self.edited.emit(number, FIELDS[column], text)
        self._touch(number)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The heads."""
        if orientation == Qt.Orientation.Horizontal and section > 0:
            if role == Qt.ItemDataRole.DisplayRole:
                return words.field_text(FIELDS[section])
            if role == Qt.ItemDataRole.TextAlignmentRole and FIELDS[section] in FIGURES:
                return _RIGHT
        return None


def option_text(line: QuotationLine) -> str:
    """What a line that is an option says of that; "" for others."""
    if line.kind is not LineKind.OPTION:
        return ""
    return _("Option, chosen") if line.chosen else words.kind_text(LineKind.OPTION)
