"""The chooser above a column: everything it can feed, found by typing."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.fields import CustomField
from crm_desktop.domain.imports import ColumnMapping, SheetPlan
from crm_desktop.i18n import _
from crm_desktop.ui.pages.import_wizard.policy_bar import ColumnPolicies
from crm_desktop.ui.pages.import_wizard.words import FieldChoice, choices, own_field
from crm_desktop.ui.theme import RADIUS, TYPE, colours, icons
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.widgets.basic import hairline
from crm_desktop.ui.widgets.edit import SearchField

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_WIDTH, _HEIGHT, _POLICIES = 326, 392, 72


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


class ChoiceModel(QAbstractListModel):
    """Choices under the headings of their groups; a heading is a plain text."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._all: list[FieldChoice] = []
        self.lines: list[str | FieldChoice] = []

    def show(self, found: Sequence[FieldChoice], typed: str = "") -> None:
        """Show those that a text finds, and an own field of that name."""
        self._all = list(found)
        wanted = _folded(typed.strip())
        words = wanted.split()
        kept = [
            c
            for c in self._all
            if all(w in _folded(c.text) for w in words) or _folded(c.group).startswith(wanted)
        ]
        if typed.strip():
            own = own_field(typed.strip()[:100])
            if own.field not in {c.field for c in kept}:
                kept.append(own)
        lines: list[str | FieldChoice] = []
        group = ""
        for choice in kept:
            if choice.group != group:
                group = choice.group
                lines.append(group)
            lines.append(choice)
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def choice(self, row: int) -> FieldChoice | None:
        """What stands in a line; None for a heading."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, FieldChoice) else None

    def next_choice(self, row: int, step: int) -> int:
        """The nearest line that can be chosen from a line on; -1 where there is none."""
        row += step
        while 0 <= row < len(self.lines):
            if self.choice(row) is not None:
                return row
            row += step
        return -1

    # Qt's own names.

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Headings and choices."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a line."""
        if role == Qt.ItemDataRole.DisplayRole and index.isValid():
            line = self.lines[index.row()]
            return line if isinstance(line, str) else line.text
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if index.isValid() and self.choice(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class _LineDelegate(QStyledItemDelegate):
    def __init__(self, popup: FieldPopup) -> None:
        super().__init__(popup)
        self._popup = popup

    # Qt's own names.

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a heading, or a choice with a tick where it holds now."""
        c = colours()
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        choice = self._popup.model.choice(index.row())
        text = str(index.data())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if choice is None:
            painter.setPen(QColor(c.mute))
            painter.setFont(font(TYPE.caption, semibold=True))
            painter.drawText(box.adjusted(10, 6, -8, 0), Qt.AlignmentFlag.AlignVCenter, text)
            painter.restore()
            return
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), RADIUS.small, RADIUS.small)
        painter.setPen(QColor(c.text))
        painter.setFont(font(TYPE.body))
        inner = box.adjusted(10, 0, -30, 0)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)
        if self._popup.holds(choice):
            tick = icons.pixmap("check", c.accent, 15)
            painter.drawPixmap(box.right() - 22, box.center().y() - 7, tick)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Headings are lower than choices."""
        return QSize(100, 26 if self._popup.model.choice(index.row()) is None else 30)


class FieldPopup(QFrame):
    """Opens under a column's head; `chosen` carries the column's position and a choice.

    `policy_chosen` carries the position and what becomes of that field of known customers; the
    chooser stays open.

    A child that lies over the window, no popup window: input methods do not work in those
    everywhere, and fields have Chinese names. It goes with Esc, a choice, the focus, or a
    click beside it.
    """

    chosen = Signal(int, object)
    policy_chosen = Signal(int, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("popup")
        self.hide()
        self._before: QWidget | None = None
        # It moves to the window once it is opened, and is to go with its grid all the same.
        parent.destroyed.connect(self.deleteLater)
        self._column: ColumnMapping | None = None
        self._choices: list[FieldChoice] = []
        # The archive's own, that a column may feed.
        self.fields: list[CustomField] = []
        self.model = ChoiceModel(self)
        self.search = SearchField(_("Find a field, or name one of your own"))
        self.list = QListView()
        self.list.setAccessibleName(_("Fields"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(_LineDelegate(self))
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._clicked)
        self.search.textChanged.connect(self._typed)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 2, 8, 8)
        box.setSpacing(4)
        box.addWidget(self.search)
        box.addWidget(hairline())
        box.addWidget(self.list)
        self.policies = ColumnPolicies(self)
        self.policies.chosen.connect(self._policy_chosen)
        box.addWidget(self.policies)

    def open_for(self, column: ColumnMapping, at: QPoint, plan: SheetPlan | None = None) -> None:
        """Open for a column.

        Args:
            column: as it is mapped now.
            at: where the left upper corner should be, on the screen.
            plan: its sheet's, where some of its customers may be known already.
        """
        with_policies = plan is not None and self.policies.show_column(column, plan)
        self.policies.setVisible(with_policies)
        height = _HEIGHT + _POLICIES * with_policies
        self.setFixedSize(_WIDTH, height)
        window = self.window()
        if self.parent() is not window:
            self.setParent(window)
        self._before = window.focusWidget()
        self._column = column
        self._choices = choices(column, self.fields)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.setAccessibleName(
            _("What does column {letter} “{header}” hold?").format(
                letter=column.column, header=column.header
            )
        )
        self.model.show(self._choices)
        row = next(
            (i for i in range(self.model.rowCount()) if self._is_now(i)),
            self.model.next_choice(-1, 1),
        )
        here = window.mapFromGlobal(at)
        x = max(4, min(here.x(), window.width() - _WIDTH - 4))
        y = max(4, min(here.y(), window.height() - height - 4))
        self.move(x, y)
        self.show()
        self.raise_()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._watch(on=True)
        self._go_to(row)

    def holds(self, choice: FieldChoice) -> bool:
        """Whether the column feeds this now."""
        return self._column is not None and choice.same_as(self._column)

    def _watch(self, *, on: bool) -> None:
        """See the whole program's clicks while it is open: one beside it closes it."""
        app = QCoreApplication.instance()
        if app is not None and on:
            app.installEventFilter(self)
        elif app is not None:
            app.removeEventFilter(self)

    def _is_now(self, row: int) -> bool:
        choice = self.model.choice(row)
        return choice is not None and self.holds(choice)

    def _typed(self, text: str) -> None:
        self.model.show(self._choices, text)
        self._go_to(self.model.next_choice(-1, 1))

    def _go_to(self, row: int) -> None:
        if row >= 0:
            index = self.model.index(row, 0)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index, QListView.ScrollHint.EnsureVisible)

    def _clicked(self, index: QModelIndex) -> None:
        self._take(index.row())

    def _take(self, row: int) -> None:
        choice = self.model.choice(row)
        if choice is not None and self._column is not None:
            column = self._column.index
            self.close_now()
            self.chosen.emit(column, choice)

    def _policy_chosen(self, policy: object) -> None:
        if self._column is not None:
            self.policy_chosen.emit(self._column.index, policy)

    def close_now(self) -> None:
        """Go, and give the keyboard back to where it came from."""
        had_focus = self.search.hasFocus()
        self.hide()
        if had_focus and self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    # Qt's own names.

    def hideEvent(self, event: QHideEvent) -> None:
        """Watch the mouse no more."""
        super().hideEvent(event)
        self._watch(on=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk the list while the cursor stays in the search field."""
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            if watched is not self and not self.isAncestorOf(watched):
                self.close_now()
        elif watched is not self.search:
            return False
        elif kind == QEvent.Type.FocusOut:
            self.hide()
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key, here = event.key(), self.list.currentIndex().row()
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if alt and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                if self.policies.isVisible():
                    self.policies.step(1 if key == Qt.Key.Key_Right else -1)
                return True
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if key == Qt.Key.Key_Down else -1
                self._go_to(self.model.next_choice(here, step))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
                self._take(here)
                return True
            if key == Qt.Key.Key_Escape:
                self.close_now()
                return True
        return False
