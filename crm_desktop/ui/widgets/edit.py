"""Fields: the base line edit, the search field, and fields that are edited in place.

A field edited in place looks like text until it is entered; it is saved on leaving it, Enter
saves too, Esc takes back what was typed, and an error stands below it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.ui.theme import icons
from crm_desktop.ui.widgets.basic import label, plain_tip

# Makes what can be done with a field, for a menu that is about to open and owns it.
Offer = Callable[[QMenu], Sequence[QAction]]


def is_left(event: QFocusEvent) -> bool:
    """Whether a field is left for another one, not for a menu or a window that comes in between."""
    return event.reason() not in (
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.ActiveWindowFocusReason,
    )


def is_the_windows(event: QKeyEvent, document: QTextDocument) -> bool:
    """Whether a key undoes or redoes in the archive, as the text has nothing of its own to undo."""
    undo = event.matches(QKeySequence.StandardKey.Undo) and not document.isUndoAvailable()
    redo = event.matches(QKeySequence.StandardKey.Redo) and not document.isRedoAvailable()
    return undo or redo


class LineEdit(QLineEdit):
    """A line edit that leaves Ctrl+Z to the archive where it has nothing of its own to undo.

    Attributes:
        takes_enter: whether Enter means something here, and nothing to the window around it.
    """

    takes_enter = False

    def __init__(self, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        if name:
            self.setAccessibleName(name)
        # Files dropped anywhere belong to the window.
        self.setAcceptDrops(False)

    def event(self, event: QEvent) -> bool:
        """Let the window's undo and redo pass."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter where it means something here."""
        super().keyPressEvent(event)
        if self.takes_enter and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


_MOST_LINES = 14


class SearchField(LineEdit):
    """A line edit with a magnifying glass and a button that clears it."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, name=placeholder)
        self.setPlaceholderText(placeholder)
        self.setClearButtonEnabled(False)
        self._glass = QAction(self)
        icons.set_icon(self._glass, "search")
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears what is typed; on an empty field it goes on to the page."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class InlineEdit(QWidget):
    """A value of a record, edited in place.

    `committed` carries the new text once, when the field is left or Enter is pressed and the
    text has changed. The owner saves it, then calls `set_value` or `show_error`.
    """

    committed = Signal(str)
    entered = Signal()

    def __init__(
        self,
        name: str,
        *,
        placeholder: str = "",
        role: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._value = ""
        self._shown = ""
        # What was handed over and not answered yet: leaving the field must not save it twice.
        self._sent: str | None = None
        self._starting: Callable[[], object] | None = None
        self.edit = _Flat(self)
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(placeholder)
        if role:
            self.edit.setProperty("role", role)
        self._error: QLabel | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(2)
        self._box.addWidget(self.edit)
        self.edit.entered.connect(self._entered)
        self.edit.left.connect(self._left)
        self.edit.returnPressed.connect(self._return)
        self.edit.given_up.connect(self.take_back)
        self.setFocusProxy(self.edit)

    def offer(self, offer: Offer) -> None:
        """Put actions at the foot of the field's own menu (Menu key, right click)."""
        self.edit.offers.append(offer)

    def value(self) -> str:
        """The stored value, without what is being typed."""
        return self._value

    def set_value(self, text: str, shown: str = "") -> None:
        """Show the stored value; what is being typed, or was refused and waits, is left alone.

        Args:
            text: what is edited.
            shown: how it reads while nobody edits it, "" for the same.
        """
        if self._sent is not None and text == self._value and self.edit.hasFocus():
            return  # something else has changed: what was handed over is not answered yet
        if text == self._value and self.has_error():
            return  # the same goes for what is to be mended
        # What was handed over comes back in the archive's own writing.
        known = (self._value, self._sent)
        typing = self.edit.hasFocus() and self.edit.text() not in known
        self._value = text
        self._shown = shown or text
        self._sent = None
        if not typing:
            self.take_back()

    def show_error(self, text: str) -> None:
        """Say why the text was not taken; it stays in the field to be mended."""
        self._sent = None
        if self._error is None:
            self._error = label("", "error", wrap=True)
            self._box.addWidget(self._error)
        self._error.setText(text)
        self._error.show()
        self.edit.setAccessibleDescription(text)
        self._mark(wrong=True)

    def clear_error(self) -> None:
        """Take the error away."""
        if self._error is not None and not self._error.isHidden():
            self._error.hide()
            self.edit.setAccessibleDescription("")
            self._mark(wrong=False)

    def take_back(self) -> None:
        """Show the stored value again."""
        self.edit.setText(self._value if self.edit.hasFocus() else self._shown)
        self.edit.setCursorPosition(0)
        self.clear_error()

    def has_error(self) -> bool:
        """Whether it says that its text was not taken."""
        return self._error is not None and not self._error.isHidden()

    def refused(self) -> tuple[str, str] | None:
        """The text that was not taken and why, None where nothing is wrong."""
        if self._error is None or not self.has_error():
            return None
        return self.edit.text(), self._error.text()

    def forget(self) -> None:
        """Give up what is typed, handed over or wrong: the field is to stand for another value."""
        self._value = self._shown = ""
        self._sent = None
        self.take_back()

    def start_with(self, starting: Callable[[], object]) -> None:
        """Have something else begin the editing, such as what hides the field meanwhile."""
        self._starting = starting

    def start(self) -> None:
        """Put the cursor here, with all text selected."""
        if self._starting is not None:
            self._starting()
            return
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def commit(self) -> None:
        """Tell about a changed text; nothing where it is as it was."""
        text = self.edit.text().strip()
        if text == self._sent:
            return
        if text != self._value.strip():
            self.clear_error()
            self._sent = text
            self.committed.emit(text)
        else:
            self.take_back()

    def _mark(self, *, wrong: bool) -> None:
        self.edit.setProperty("error", wrong)
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)

    def _entered(self) -> None:
        if self._shown != self._value and self.edit.text() == self._shown:
            self.edit.setText(self._value)

    def _left(self) -> None:
        self.edit.setCursorPosition(0)
        self.commit()

    def _return(self) -> None:
        self.entered.emit()
        self.commit()


class _Flat(LineEdit):
    entered = Signal()
    left = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.offers: list[Offer] = []
        self.setProperty("flat", True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def event(self, event: QEvent) -> bool:
        """Where the text is cut and no other tooltip stands, the tooltip has all of it."""
        if (
            isinstance(event, QHelpEvent)
            and event.type() == QEvent.Type.ToolTip
            and not self.toolTip()
            and self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width() - 4
        ):
            QToolTip.showText(event.globalPos(), plain_tip(self.text()), self)
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu of a field, and what its owner offers."""
        pop_with(self.createStandardContextMenu(), self.offers, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is edited may read otherwise than what is shown."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving saves, but not for a menu or another window that comes in between."""
        super().focusOutEvent(event)
        if is_left(event):
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back and, pressed again, leaves."""
        if event.key() == Qt.Key.Key_Escape:
            changed = self.isModified()
            self.given_up.emit()
            if changed:
                return
            event.ignore()
            return
        super().keyPressEvent(event)


def pop_with(menu: QMenu, offers: Sequence[Offer], event: QContextMenuEvent) -> None:
    """Open a field's usual menu with what its owner offers at the foot."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for offer in offers:
        menu.addSeparator()
        menu.addActions(offer(menu))
    menu.popup(event.globalPos())


class InlineNotes(QPlainTextEdit):
    """Several lines edited in place, as high as their text."""

    committed = Signal(str)

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self._offers: list[Offer] = []
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setProperty("flat", True)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def offer(self, offer: Offer) -> None:
        """Put actions at the foot of its own menu (Menu key, right click)."""
        self._offers.append(offer)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu of a field, and what its owner offers."""
        pop_with(self.createStandardContextMenu(), self._offers, event)

    def value(self) -> str:
        """The stored text."""
        return self._value

    def set_value(self, text: str) -> None:
        """Show the stored text; what is being typed is left alone."""
        typing = self.hasFocus() and self.toPlainText() != self._value
        self._value = text
        if not typing and self.toPlainText() != text:
            self.setPlainText(text)

    def commit(self) -> None:
        """Tell about a changed text."""
        text = self.toPlainText().strip()
        if text != self._value.strip():
            self.committed.emit(text)

    def _fit(self) -> None:
        # A plain text document counts its height in lines, which differ by their script.
        document, high = self.document(), 0.0
        block = document.begin()
        most = _MOST_LINES * self.fontMetrics().lineSpacing()
        while block.isValid() and high < most:
            high += self.blockBoundingRect(block).height()
            block = block.next()
        high = max(high, self.fontMetrics().lineSpacing())
        around = self.height() - self.viewport().height()
        self.setFixedHeight(ceil(min(high, most) + 2 * document.documentMargin()) + around)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving saves."""
        super().focusOutEvent(event)
        if is_left(event):
            self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back; Ctrl+Enter saves."""
        if event.key() == Qt.Key.Key_Escape and self.toPlainText() != self._value:
            self.setPlainText(self._value)
            return
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.commit()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Let the window's undo and redo pass where there is nothing to undo here."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and is_the_windows(event, self.document())
        ):
            event.ignore()
            return False
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(120, self.height())
