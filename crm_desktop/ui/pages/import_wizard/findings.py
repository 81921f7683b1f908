"""What a check has found: cells that could not be read, rows that are left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.pages.import_wizard.cell_edit import CellEdit
from crm_desktop.ui.pages.import_wizard.sources import SheetChoice
from crm_desktop.ui.theme import TYPE, colours, fonts, icons
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.widgets.basic import plain_tip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Line(NamedTuple):
    """One finding: where it is, what stands there, what is the matter."""

    place: str
    row: int
    column: str
    value: str
    words: str
    sheet: SheetChoice | None

    @property
    def position(self) -> int:
        """What the plan calls its column; -1 where it is about no cell of the sheet."""
        mapped = self.sheet is not None and self.sheet.maps_columns and self.column.isupper()
        return self.sheet.position_of(self.column) if self.sheet and mapped else -1

    @property
    def can_come_in(self) -> bool:
        """Whether it is a row that was taken for no customer, and may be one."""
        sheet = self.sheet
        return sheet is not None and sheet.can_say(self.row) and sheet.band_at(self.row) is not None

    @property
    def fixed(self) -> str | None:
        """What its cell says since; None for nothing else."""
        said = self.sheet.fix_at(self.row, self.position) if self.sheet else None
        if said is None and self.position >= 0 and self.sheet is not None:
            said = self.sheet.originals.get((self.row, self.position))
        same = said is None or said.split() == self.value.split()
        return None if same else said


class Findings(QAbstractTableModel):
    """Problems, left-out rows, or cells that were put right.

    `fixed` tells that a cell was made to say something else.
    """

    fixed = Signal()

    def __init__(self, parent: QObject, *, with_cells: bool, reason: str) -> None:
        """Make an empty list.

        Args:
            parent: its owner.
            with_cells: whether they are about cells, not about rows.
            reason: the head of the last column.
        """
        super().__init__(parent)
        self._with_cells = with_cells
        self._reason = reason
        self._several = False
        self.lines: list[Line] = []

    def show(self, lines: Sequence[Line], *, several: bool) -> None:
        """Show other ones; with `several` sheets, each says where it is."""
        self.beginResetModel()
        self.lines = list(lines)
        self._several = several
        self.endResetModel()

    def heads(self) -> list[str]:
        """The columns' heads."""
        cells = [_("Column"), _("Value")] if self._with_cells else []
        return [*([_("Sheet")] if self._several else []), _("Row"), *cells, self._reason]

    def is_value(self, section: int) -> bool:
        """Whether a column holds the cells' own texts."""
        return self._with_cells and section == len(self.heads()) - 2

    def texts(self, line: Line) -> list[str]:
        """A finding's cells."""
        fixed = line.fixed
        value = line.value if fixed is None else fixed
        words = line.words if fixed is None else _("Corrected: {text}").format(text=value or "–")
        cells = [line.column, value] if self._with_cells else []
        place = [line.place] if self._several else []
        return [*place, say.number(line.row), *cells, words]

    def can_fix(self, index: Index) -> bool:
        """Whether a finding's value can be put right here."""
        return (
            index.isValid()
            and self.is_value(index.column())
            and self.lines[index.row()].position >= 0
        )

    # Qt's own names.

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many findings."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """As many as there are heads."""
        return 0 if parent.isValid() else len(self.heads())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text; the whole of it in the tooltip."""
        if role == Qt.ItemDataRole.EditRole and self.can_fix(index):
            line = self.lines[index.row()]
            return line.value if line.fixed is None else line.fixed
        if role == Qt.ItemDataRole.DisplayRole and index.isValid():
            return " ".join(self.texts(self.lines[index.row()])[index.column()].split())
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            return plain_tip(self.texts(self.lines[index.row()])[index.column()])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Values of cells can be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.can_fix(index) else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a cell's new text."""
        if role != Qt.ItemDataRole.EditRole or not self.can_fix(index):
            return False
        line = self.lines[index.row()]
        text = str(value).strip() if str(value) != line.value else line.value
        if line.sheet is not None and line.sheet.fix(line.row, line.position, text, line.value):
            fonts.ensure_for(text)
            last = self.index(index.row(), self.columnCount() - 1)
            self.dataChanged.emit(self.index(index.row(), 0), last)
            self.fixed.emit()
        return True

    def take_back(self, row: int) -> None:
        """Let a cell that was put right say again what stands in the file."""
        line = self.lines[row]
        original = line.sheet.originals.get((line.row, line.position)) if line.sheet else None
        if line.sheet is None or original is None:
            return
        if line.sheet.fix(line.row, line.position, original, original):
            last = self.index(row, self.columnCount() - 1)
            self.dataChanged.emit(self.index(row, 0), last)
            self.fixed.emit()

    def take_in(self, row: int) -> None:
        """Import a row as a customer after all."""
        line = self.lines[row]
        if line.sheet is not None and line.can_come_in:
            line.sheet.say_rows([line.row], None)
            self.fixed.emit()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Heads above."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.heads()[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class _Cell(QStyledItemDelegate):
    # Qt's own names.

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a text in line with its head, and a hairline below."""
        c = colours()
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(c.accent_soft))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(c.hover))
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, QColor(c.line))
        model = index.model()
        value = isinstance(model, Findings) and model.is_value(index.column())
        can_fix = value and isinstance(model, Findings) and model.can_fix(index)
        painter.setPen(QColor(c.text if value else c.mute))
        painter.setFont(font(TYPE.body, semibold=value))
        inner = box.adjusted(13, 0, -8, 0)
        if can_fix:
            inner.setRight(box.right() - 28)
            near = state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
            pencil = icons.pixmap("pencil", c.accent if near else c.faint, 14)
            painter.drawPixmap(box.right() - 24, box.center().y() - 6, pencil)
        text = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        """A field over the cell, its text where the cell's was."""
        made = CellEdit(parent, _("Text of the cell"))
        made.setTextMargins(3, 0, 0, 0)
        return made

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Fixed: nothing is measured."""
        return QSize(100, 36)


class FindingsTable(QTableView):
    """The table of findings; `opened` carries the one that was clicked or entered.

    A click on a value edits it, and so does F2; a row that was left out is imported after all by
    its menu, or Ins. `edited` tells that an editor was closed.
    """

    opened = Signal(object)
    edited = Signal()

    def __init__(self, model: Findings, name: str) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        cells = _Cell(self)
        # Not while the editor is being put away.
        cells.closeEditor.connect(self.edited, Qt.ConnectionType.QueuedConnection)
        self.setItemDelegate(cells)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(36)
        head = self.horizontalHeader()
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setFixedHeight(36)
        head.setHighlightSections(False)
        self.clicked.connect(self._clicked)

    def fit(self) -> None:
        """Give the columns their widths."""
        widths = {_("Sheet"): 150, _("Row"): 80, _("Column"): 90, _("Value"): 210}
        for section, title in enumerate(self._model.heads()):
            self.setColumnWidth(section, widths.get(title, 200))

    @property
    def editing(self) -> bool:
        """Whether a value is being edited."""
        return self.state() == QAbstractItemView.State.EditingState

    def edit_row(self, row: int) -> None:
        """Edit a finding's value, where that can be done."""
        value = next((s for s in range(len(self._model.heads())) if self._model.is_value(s)), -1)
        index = self._model.index(row, value)
        if value >= 0 and self._model.can_fix(index):
            self.setCurrentIndex(index)
            self.edit(index)

    def _clicked(self, index: QModelIndex) -> None:
        if self._model.can_fix(index):
            self.edit(index)
        else:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._model.lines[index.row()])

    def _take_in(self) -> None:
        here = self.currentIndex()
        if here.isValid():
            self._model.take_in(here.row())

    # Qt's own names.

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done about a row that is left out."""
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard or not index.isValid():
            index = self.currentIndex()
        if not index.isValid() or not self._model.lines[index.row()].can_come_in:
            return
        self.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        come = menu.addAction(_("Import this row as a customer"))
        come.setShortcut(QKeySequence(Qt.Key.Key_Insert))
        come.triggered.connect(self._take_in)
        mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        menu.popup(event.globalPos() if mouse else below)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the cell, F2 edits its value, Del takes back what was edited."""
        key, here = event.key(), self.currentIndex()
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if plain and here.isValid():
                self._open(here)
            else:
                event.ignore()  # the page goes on
        elif key == Qt.Key.Key_F2 and here.isValid():
            self.edit_row(here.row())
        elif key == Qt.Key.Key_Delete and here.isValid():
            self._model.take_back(here.row())
        elif key == Qt.Key.Key_Insert:
            self._take_in()
        else:
            super().keyPressEvent(event)
