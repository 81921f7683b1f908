"""The cells of a quotation's table: how they are painted, and the field over one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from crm_desktop.i18n import _
from crm_desktop.ui.models.quotation_lines import DESCRIPTION, FIELDS, FIGURES, QuotationLines
from crm_desktop.ui.quotation_words import field_text
from crm_desktop.ui.widgets.basic import plain_tip
from crm_desktop.ui.widgets.edit import LineEdit

_Index = QModelIndex | QPersistentModelIndex
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_KEPT = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down)


class CellTable(QTableView):
    """What the cells ask of their table."""

    lines: QuotationLines

    def paint_cell(self, painter: QPainter, box: QRect, row: int, column: int) -> None:
        """Paint a cell."""
        raise NotImplementedError


class _CellEdit(LineEdit):
    """The field over a cell."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, up and down stay here: they would do something to the table below, too."""
        if event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)
        if event.key() in _KEPT:
            event.accept()


class QuotationCells(QStyledItemDelegate):
    """The cells: painted by their table, each with a field over it while it is written in."""

    def __init__(self, table: CellTable) -> None:
        super().__init__(table)
        self._table = table

    # Qt's own names.

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        """The field over a cell, with a name that says which one."""
        field = FIELDS[index.column()]
        name = _("{field} of line {n}").format(field=field_text(field), n=index.row() + 1)
        made = _CellEdit(parent, name=name)
        made.setProperty("kind", "cell")
        made.setAccessibleDescription(
            str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole) or "")
        )
        if field in FIGURES:
            made.setAlignment(Qt.AlignmentFlag.AlignRight | _MIDDLE)
        return made

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Fill it; what is being typed is left alone."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            text = str(index.data(Qt.ItemDataRole.EditRole))
            if editor.text() != text:
                editor.setText(text)

    def setModelData(self, editor: QWidget, model: object, index: _Index) -> None:
        """Hand over what was typed."""
        assert isinstance(editor, QLineEdit)
        assert isinstance(model, QuotationLines)
        model.setData(index, editor.text())

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Rows have the heights that their table gives them."""
        return QSize(40, 38)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint it."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._table.paint_cell(painter, option.rect, index.row(), index.column())
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Why a text was refused; else the whole of what is cut."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        said = index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
        if not said and index.column() == DESCRIPTION:
            line = self._table.lines.lines[index.row()]
            said = "\n".join(filter(None, (line.description, line.details)))
        QToolTip.showText(event.globalPos(), plain_tip(str(said or "")), view)
        return True
