"""The lines of a paper as a table that is written into as in a sheet of Excel.

Each cell is saved by itself when it is left. What is refused stays in its cell, in red, with the
reason on hover and below the table; what was typed is never lost. The empty row at the foot adds
a line: a name of the catalogue brings its price along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crm_desktop.domain.lines import Line, LineKind, Terms
from crm_desktop.domain.money import Money
from crm_desktop.domain.pricing import NO_DISCOUNT, Totals
from crm_desktop.i18n import _, pgettext
from crm_desktop.services import amounts
from crm_desktop.ui.theme import SIZE, TYPE, colours
from crm_desktop.ui.theme.fonts import font

_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WORDS, _UNIT, _OFF, _AMOUNT = 0, 2, 4, 6


class _Column(NamedTuple):
    field: str
    head: str
    width: int
    right: bool = True


def _columns() -> tuple[_Column, ...]:
    return (
        _Column("description", _("Description"), 200, False),
        _Column("quantity", _("Quantity"), 84),
        _Column("unit", _("Unit"), 60, False),
        _Column("price", _("Price"), 84),
        _Column("discount", _("Discount"), 84),
        _Column("tax_rate", _("Tax"), 62),
        _Column("", pgettext("line", "Amount"), 96),
    )


class LineModel(QAbstractTableModel):
    """Lines under their terms; `edited` and `added` ask for what was typed to be saved.

    `edited` carries a line's number, a field and the text; `added` the words of a new line.
    """

    edited = Signal(object, str, str)
    added = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.columns = _columns()
        self.lines: Sequence[Any] = ()
        self.editable = False
        self._terms = Terms("EUR")
        self._amounts: Sequence[int] = ()
        self._country = ""
        # What was typed and is on its way, or was refused and why, by line and field; the new
        # line has the number None.
        self._typed: dict[tuple[object, str], tuple[str, str]] = {}

    def show(
        self, lines: Sequence[Line], terms: Terms, totals: Totals, country: str, *, editable: bool
    ) -> None:
        """Show lines as they are kept; what was refused stays until it is mended."""
        numbers = [one.id for one in self.lines]
        wanted = [one.id for one in lines]  # type: ignore[attr-defined]
        anew = numbers != wanted or editable != self.editable
        if anew:
            self.beginResetModel()
        self.lines, self._terms, self._amounts = lines, terms, totals.lines
        self._country, self.editable = country, editable
        kept = {None, *wanted}
        self._typed = {
            at: (text, why) for at, (text, why) in self._typed.items() if why and at[0] in kept
        }
        if anew:
            self.endResetModel()
        elif lines:
            last = self.index(self.rowCount() - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def refuse(self, number: object, field: str, text: str, why: str) -> None:
        """Have a text stand in its cell, marked as refused."""
        self._typed[(number, field)] = (text, why)
        self._tell(number)

    def forget(self) -> None:
        """Nothing is typed, nothing is refused."""
        self._typed.clear()

    def forget_new(self) -> None:
        """The new line is a line now: its row is empty again."""
        self._typed.pop((None, "description"), None)
        self._tell(None)

    def refused(self) -> list[tuple[str, str]]:
        """The texts that stand refused, and why."""
        return [said for said in self._typed.values() if said[1]]

    def number_at(self, row: int) -> Any:
        """The line in a row; None for the new one."""
        return self.lines[row].id if 0 <= row < len(self.lines) else None

    def _tell(self, number: object) -> None:
        rows = [at for at, one in enumerate(self.lines) if one.id == number]
        row = rows[0] if rows else len(self.lines)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    # Qt's own names.

    def rowCount(self, parent: _Index | None = None) -> int:
        """The lines, and the one that is to come."""
        if parent is not None and parent.isValid():
            return 0
        return len(self.lines) + self.editable

    def columnCount(self, parent: _Index | None = None) -> int:
        """The parts of a line."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Cells of a draft are written into; of a text and of a new line the words only."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not self.editable or index.column() == _AMOUNT:
            return flags
        new = index.row() >= len(self.lines)
        words_only = new or self.lines[index.row()].kind is LineKind.TEXT
        if words_only and index.column() != _WORDS:
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows, and what is edited in it."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        typed = self._typed.get((self.number_at(index.row()), column.field))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            if typed is not None:
                return typed[0]
            return self._text(index, edited=role == Qt.ItemDataRole.EditRole)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return typed[1] if typed is not None and typed[1] else self._tip(index)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(index, refused=typed is not None and bool(typed[1]))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = typed[0] if typed is not None else self._text(index, edited=False)
            return f"{column.head}: {said}"
        return None

    def _text(self, index: _Index, *, edited: bool) -> str:
        row, field = index.row(), self.columns[index.column()].field
        if row >= len(self.lines):
            return "" if edited or field != "description" else _("New line: type what it is")
        line: Line = self.lines[row]
        if field == "description":
            return line.description
        if line.kind is LineKind.TEXT:
            return ""
        currency = self._terms.currency
        if not field:
            return amounts.money_shown(Money(self._amounts[row], currency))
        if field == "quantity":
            return amounts.quantity_typed(line.quantity, self._country)
        if field == "unit":
            return line.unit
        if field == "price":
            money = Money(line.price, currency)
            return amounts.value_typed(money, self._country) if edited else _plain(money)
        if field == "discount":
            return amounts.discount_typed(line.discount, currency)
        return amounts.rate_typed(line.tax_rate) if edited else amounts.rate_shown(line.tax_rate)

    def _tip(self, index: _Index) -> str:
        if index.row() >= len(self.lines):
            return ""
        line: Line = self.lines[index.row()]
        if index.column() == _WORDS:
            return "\n".join(filter(None, (line.description, line.details)))
        return ""

    def _colour(self, index: _Index, *, refused: bool) -> QColor | None:
        c = colours()
        if refused:
            return QColor(c.red.text)
        if index.row() >= len(self.lines):
            return QColor(c.mute)
        line: Line = self.lines[index.row()]
        return QColor(c.mute) if not line.counts and line.kind is not LineKind.TEXT else None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand over what was typed, where it says something else."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        text, field = str(value), self.columns[index.column()].field
        number = self.number_at(index.row())
        if text == self.data(index, Qt.ItemDataRole.EditRole):
            return False
        self._typed.pop((number, field), None)
        if number is None:
            if text.strip():
                self._typed[(None, field)] = (text, "")
                self.added.emit(text)
        elif text != self._text(index, edited=True):
            self._typed[(number, field)] = (text, "")
            self.edited.emit(number, field, text)
        self._tell(number)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The heads; rows have numbers of their own."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].head
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if self.columns[section].right else _LEFT
        return None


class _Delegate(QStyledItemDelegate):
    """Edits a cell by a line; the words of a new one are completed from the catalogue."""

    def __init__(self, parent: LineTable) -> None:
        super().__init__(parent)
        self._table = parent

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """A line without a frame."""
        edit = QLineEdit(parent)
        edit.setFrame(False)
        edit.setObjectName("cell")
        model = index.model()
        column = self._table.lines.columns[index.column()]
        edit.setAccessibleName(column.head)
        if column.right:
            edit.setAlignment(_RIGHT)
        if column.field == "description" and index.row() == model.rowCount() - 1:
            completer = QCompleter(list(self._table.offered), edit)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.activated.connect(partial(self._finish, edit))
            edit.setCompleter(completer)
        return edit

    def _finish(self, edit: QLineEdit, *_chosen: object) -> None:
        self.commitData.emit(edit)
        self.closeEditor.emit(edit, QStyledItemDelegate.EndEditHint.NoHint)
        self._table.go_on()

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """What stands in the cell, all of it chosen."""
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        editor.selectAll()

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter saves and goes on to the next cell; it does not reach the table itself."""
        # While the catalogue's names are offered, Enter is theirs and does not come here.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            assert isinstance(editor, QLineEdit)
            self._finish(editor)
            return True
        return super().eventFilter(editor, event)

    def setModelData(self, editor: QWidget, model: Any, index: _Index) -> None:
        """What was typed."""
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text())


class LineTable(QTableView):
    """Shows and edits lines; `moved` carries a line and its new place, `remove_wanted` a line.

    Attributes:
        lines: its model.
        offered: names of the catalogue, for the new line.
    """

    moved = Signal(object, int)
    remove_wanted = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = LineModel(self)
        self.offered: Mapping[str, object] = {}
        self.setModel(self.lines)
        self.setItemDelegate(_Delegate(self))
        self.setObjectName("lines")
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(SIZE.row - 18)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        heads = QFontMetrics(font(TYPE.caption, semibold=True))
        for section, column in enumerate(self.lines.columns):
            needed = heads.horizontalAdvance(column.head) + 30
            header.resizeSection(section, max(column.width, needed))
        header.setSectionResizeMode(_WORDS, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(48)
        self.lines.modelReset.connect(self._fit)

    def show_lines(
        self, lines: Sequence[Line], terms: Terms, totals: Totals, country: str, *, editable: bool
    ) -> None:
        """Show lines; the cell that was chosen stays so."""
        at = self.currentIndex()
        number = self.lines.number_at(at.row()) if at.isValid() else None
        self.lines.show(lines, terms, totals, country, editable=editable)
        if at.isValid():
            rows = [row for row, one in enumerate(lines) if one.id == number]  # type: ignore[attr-defined]
            row = rows[0] if rows else min(at.row(), self.lines.rowCount() - 1)
            self.setCurrentIndex(self.lines.index(row, at.column()))
        self._fit()

    def begin(self) -> None:
        """Into the empty row, to write a line."""
        index = self.lines.index(self.lines.rowCount() - 1, _WORDS)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentIndex(index)
        if self.lines.editable:
            self.edit(index)

    def go_on(self) -> None:
        """To the next cell that can be written into."""
        at = self.currentIndex()
        for column in range(at.column() + 1, self.lines.columnCount()):
            following = self.lines.index(at.row(), column)
            if following.flags() & Qt.ItemFlag.ItemIsEditable:
                self.setCurrentIndex(following)
                return
        below = self.lines.index(min(at.row() + 1, self.lines.rowCount() - 1), _WORDS)
        self.setCurrentIndex(below)

    def _fit(self) -> None:
        """As high as its lines, up to a dozen of them; what nobody needs to read is not there."""
        for section, field in ((_UNIT, "unit"), (_OFF, "discount")):
            empty = not any(_says(one, field) for one in self.lines.lines)
            self.setColumnHidden(section, empty and not self.lines.editable)
        rows = max(3, min(self.lines.rowCount(), 12))
        height = rows * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(height + self.horizontalHeader().sizeHint().height() + 4)

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits and goes on, Alt+Up and Alt+Down move a line, Del removes it."""
        at, key = self.currentIndex(), event.key()
        number = self.lines.number_at(at.row()) if at.isValid() else None
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        writable = self.lines.editable and number is not None
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            place = at.row() + (1 if key == Qt.Key.Key_Down else -1)
            if writable and 0 <= place < len(self.lines.lines):
                self.moved.emit(number, place)
        elif key == Qt.Key.Key_Delete and writable:
            self.remove_wanted.emit(number)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            if at.isValid() and at.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(at)
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


def _says(line: Line, field: str) -> bool:
    return bool(line.unit) if field == "unit" else line.discount != NO_DISCOUNT


def _plain(money: Money) -> str:
    """An amount without its currency, which stands in the total."""
    return amounts.value_shown(money)
