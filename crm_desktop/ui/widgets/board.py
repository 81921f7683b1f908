"""A board: a column for each stage, in it a card for each opportunity.

Cards are dragged by the mouse, or moved by Alt with the arrow keys. They are painted, not made of
widgets: a pipeline may hold thousands. Each column is a list of Qt's, so that walking, scrolling
and screen readers are as everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QDropEvent, QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.opportunities import (
    ListedOpportunity,
    OpportunityId,
    PipelineStage,
)
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui import opportunity_words as words
from crm_desktop.ui.theme import SPACE, TYPE, colours, paint
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.widgets.basic import ElidedLabel, label, row

_WIDTH = 236
_LINE = 19
_HEIGHT = 4 * _LINE + 30
_MIME = "application/x-crm-opportunity"
_Index = QModelIndex | QPersistentModelIndex


class Cards(QAbstractListModel):
    """What stands in one stage."""

    dropped = Signal(object)

    def __init__(self, stage: PipelineStage, parent: QObject) -> None:
        super().__init__(parent)
        self.stage = stage
        self.listed: Sequence[ListedOpportunity] = ()

    def show(self, listed: Sequence[ListedOpportunity]) -> None:
        """Show others."""
        self.beginResetModel()
        self.listed = listed
        self.endResetModel()

    def shows(self, stage: PipelineStage, listed: Sequence[ListedOpportunity]) -> bool:
        """Whether these very ones are shown already."""
        return listed is self.listed and stage == self.stage

    def place(self, number: OpportunityId | None) -> int:
        """Where one stands, -1 for nowhere."""
        return next((at for at, one in enumerate(self.listed) if one.opportunity.id == number), -1)

    # Qt's own names.

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.listed)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A card's words."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.listed[index.row()].opportunity.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = words.card_words(self.listed[index.row()], self.stage, date.today())
            parts = (said.title, said.customer, said.amount, said.step, said.age)
            return ". ".join(filter(None, parts))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Cards are dragged, and dropped anywhere in a column."""
        if index.isValid():
            return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDropEnabled

    def mimeTypes(self) -> list[str]:
        """What is dragged."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The number of what is dragged."""
        data = QMimeData()
        number = self.listed[indexes[0].row()].opportunity.id
        data.setData(_MIME, QByteArray(str(number).encode()))
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        """It is moved."""
        return Qt.DropAction.MoveAction

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, _parent: _Index
    ) -> bool:
        """Tell what was dropped. The list is not to take its own row out: that is the page's."""
        self.dropped.emit(OpportunityId(int(bytes(data.data(_MIME).data()))))
        return False


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """All cards are of one height."""
        return QSize(_WIDTH - 20, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Title, customer, next step; what it is worth and how long it has stood here."""
        model = index.model()
        assert isinstance(model, Cards)
        said = words.card_words(model.listed[index.row()], model.stage, date.today())
        c = colours()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(6, 3, -6, -3)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QColor(c.accent if chosen else c.line_strong if over else c.line))
        painter.setBrush(QColor(c.accent_soft if chosen else c.card))
        painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            paint.paint_ring(painter, box.toRectF(), 8)
        room = box.adjusted(12, 9, -12, -9)
        lines = (
            (said.title, TYPE.body, True, c.text),
            (said.customer, TYPE.secondary, False, c.mute),
            (said.step, TYPE.secondary, False, c.red.text if said.is_late else c.mute),
            (said.amount, TYPE.body, True, c.text),
        )
        age = self._paint_age(painter, room, said)
        for place, (text, size, strong, colour) in enumerate(lines):
            where = QRect(room.left(), room.top() + place * _LINE, room.width(), _LINE)
            if place == len(lines) - 1:
                where.setRight(where.right() - age)
                where.moveTop(where.top() + 2)
            _write(painter, where, text, size, strong, colour)
        painter.restore()

    def _paint_age(self, painter: QPainter, room: QRect, said: words.CardWords) -> int:
        """How long it has stood, at the foot's right; returns the room that it takes."""
        if not said.age:
            return 0
        c = colours()
        middle = room.top() + 3 * _LINE + _LINE // 2 + 2
        if said.is_stuck:
            width = paint.pill_width(said.age)
            paint.paint_pill(painter, room.right() - width, middle, said.age, c.amber)
            return width + SPACE.s
        small = font(TYPE.secondary)
        width = QFontMetrics(small).horizontalAdvance(said.age)
        painter.setFont(small)
        painter.setPen(QColor(c.mute))
        where = QRect(room.right() - width, middle - _LINE // 2, width + 1, _LINE)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, said.age)
        return width + SPACE.s


def _write(
    painter: QPainter, where: QRect, text: str, size: int, strong: bool, colour: str
) -> None:
    shown = font(size, semibold=strong)
    painter.setFont(shown)
    painter.setPen(QColor(colour))
    fitted = QFontMetrics(shown).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
    painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, fitted)


class _List(QListView):
    """The cards of one column; the board hears its keys first."""

    def __init__(self, column: Column, board: Board) -> None:
        super().__init__(column)
        self._board = board
        self._column = column
        self.setModel(column.cards)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self.setAccessibleName(_("Stage {name}").format(name=column.cards.stage.name))

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right lead to other columns; letters are the page's keys."""
        if self._board.takes(event, self._column):
            return
        if event.text().strip() and event.text().isprintable():
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A card is chosen where the keyboard is."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._column.cards.listed:
            self.setCurrentIndex(self._column.cards.index(0))

    def dropEvent(self, event: QDropEvent) -> None:
        """A card comes; Qt would take it out of its list by itself."""
        data = event.mimeData()
        if data.hasFormat(_MIME):
            self._column.cards.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, QModelIndex())
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()


class Column(QFrame):
    """A stage with what stands in it."""

    def __init__(self, stage: PipelineStage, board: Board) -> None:
        super().__init__(board)
        self.setObjectName("board-column")
        self.setFixedWidth(_WIDTH)
        self.cards = Cards(stage, self)
        self.title = ElidedLabel(stage.name, "section")
        self.count = label("", "secondary")
        self.sum = ElidedLabel("", "caption")
        self.list = _List(self, board)
        head = QVBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.setSpacing(1)
        line = row(self.title, self.count)
        line.setStretch(0, 1)
        head.addLayout(line)
        head.addWidget(self.sum)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 10, 4, 6)
        box.setSpacing(6)
        box.addLayout(head)
        box.addWidget(self.list, 1)

    def show_stage(self, stage: PipelineStage, listed: Sequence[ListedOpportunity]) -> None:
        """Show what stands in it."""
        if self.cards.shows(stage, listed):
            return
        self.cards.stage = stage
        self.title.set_text(stage.name)
        self.count.setText(say.number(len(listed)))
        self.sum.set_text(words.stage_sum(stage, listed))
        self.cards.show(listed)
        count = ngettext("{n} opportunity", "{n} opportunities", len(listed))
        name = _("Stage {name}").format(name=stage.name)
        self.list.setAccessibleName(f"{name}, {count.format(n=say.number(len(listed)))}")


class Board(QScrollArea):
    """All columns beside each other.

    `chosen` carries the number of the card that the cursor came to, `opened` that of one that
    Enter or a double click opens, `move_wanted` one and the stage that it shall come to,
    `delete_wanted` one that shall go.
    """

    chosen = Signal(object)
    opened = Signal(object)
    move_wanted = Signal(object, object)
    delete_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("board")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.columns: list[Column] = []
        self._inner = QWidget()
        self._inner.setObjectName("plain")
        self._box = QHBoxLayout(self._inner)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE.s)
        self._box.addStretch(1)
        self.setWidget(self._inner)

    # Showing.

    def show_stages(
        self, pairs: Sequence[tuple[PipelineStage, Sequence[ListedOpportunity]]]
    ) -> None:
        """Show stages with what stands in them; the card that was chosen stays so."""
        number, focused = self.number(), self.has_keyboard()
        if [s.id for s, _listed in pairs] != [c.cards.stage.id for c in self.columns]:
            self._rebuild([stage for stage, _listed in pairs])
        for column, (stage, listed) in zip(self.columns, pairs, strict=True):
            column.show_stage(stage, listed)
        if number is not None:
            self.choose(number, focus=focused)

    def _rebuild(self, stages: Sequence[PipelineStage]) -> None:
        for gone in self.columns:
            self._box.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.columns = [Column(stage, self) for stage in stages]
        for place, column in enumerate(self.columns):
            self._box.insertWidget(place, column)
            column.cards.dropped.connect(partial(self._dropped, column))
            selection = column.list.selectionModel()
            selection.currentChanged.connect(partial(self._current, column))
            column.list.doubleClicked.connect(self._open)
            column.list.clicked.connect(partial(self._current, column))

    def number(self) -> OpportunityId | None:
        """The chosen opportunity."""
        for column in self.columns:
            at = column.list.currentIndex()
            if at.isValid() and at.row() < len(column.cards.listed):
                return column.cards.listed[at.row()].opportunity.id
        return None

    def listed(self, number: OpportunityId) -> tuple[ListedOpportunity, Column] | None:
        """One of those that are shown, with its column."""
        for column in self.columns:
            if (at := column.cards.place(number)) >= 0:
                return column.cards.listed[at], column
        return None

    def choose(self, number: OpportunityId, *, focus: bool = False) -> bool:
        """Choose one, wherever it stands; whether it is there."""
        found = self.listed(number)
        if found is None:
            return False
        _listed, column = found
        at = column.cards.index(column.cards.place(number))
        if column.list.currentIndex() != at:
            column.list.setCurrentIndex(at)
        if focus:
            column.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(column, SPACE.s, 0)
        return True

    def take_focus(self) -> None:
        """To the chosen card, else to the first one."""
        number = self.number()
        if number is not None and self.choose(number, focus=True):
            return
        for column in self.columns:
            if column.cards.listed:
                column.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def has_keyboard(self) -> bool:
        """Whether the keyboard is in one of its columns."""
        return any(column.list.hasFocus() for column in self.columns)

    # What is done with a card.

    def _current(self, column: Column, now: QModelIndex, *_was: object) -> None:
        if not now.isValid():
            return
        for other in self.columns:
            if other is not column and other.list.currentIndex().isValid():
                other.list.setCurrentIndex(QModelIndex())
        self.chosen.emit(column.cards.listed[now.row()].opportunity.id)

    def _open(self) -> None:
        if (number := self.number()) is not None:
            self.opened.emit(number)

    def _dropped(self, column: Column, number: OpportunityId) -> None:
        self.move_wanted.emit(number, column.cards.stage.id)

    def takes(self, event: QKeyEvent, column: Column) -> bool:
        """The keys of the board; whether this is one."""
        key, number = event.key(), self.number()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        if step:
            if self.isRightToLeft():
                step = -step
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._move(number, column, step)
            else:
                self._walk(column, step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif key == Qt.Key.Key_Delete and number is not None:
            self.delete_wanted.emit(number)
        else:
            return False
        return True

    def _move(self, number: OpportunityId | None, column: Column, step: int) -> None:
        to = self.columns.index(column) + step
        if number is not None and 0 <= to < len(self.columns):
            self.move_wanted.emit(number, self.columns[to].cards.stage.id)

    def _walk(self, column: Column, step: int) -> None:
        """To the next column that holds something, at the height of the card here."""
        at, height = self.columns.index(column) + step, column.list.currentIndex().row()
        while 0 <= at < len(self.columns):
            other = self.columns[at]
            if other.cards.listed:
                place = min(max(height, 0), len(other.cards.listed) - 1)
                other.list.setCurrentIndex(other.cards.index(place))
                other.list.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(other, SPACE.s, 0)
                return
            at += step

    # Qt's own names.

    def changeEvent(self, event: QEvent) -> None:
        """Other colours: the cards are painted anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for column in self.columns:
                column.list.viewport().update()
