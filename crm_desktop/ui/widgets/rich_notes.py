"""An editor for notes and articles: bold, italic, lists and links, stored as marks in plain text.

What is stored is read and written by `domain/markup.py`; Qt's own Markdown joins lines and
escapes characters, which would change what the owner typed or imported.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDesktopServices,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextDocumentFragment,
)
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from crm_desktop.domain import markup
from crm_desktop.domain.markup import Kind, Span
from crm_desktop.ui.widgets.edit import Offer, is_left, is_the_windows, pop_with
from crm_desktop.ui.widgets.markup_document import (
    as_link,
    char_format,
    clean,
    insert,
    kind_of,
    leave_list,
    lines_of,
    list_format,
    list_of,
    select_link,
    unlink,
)

_OWN = "application/x-crm-desktop-notes"
# What stands at the beginning of a line when it becomes an item of a list by typing a blank.
_TYPED = {"-": Kind.BULLET, "*": Kind.BULLET, "1.": Kind.NUMBER}
_MOST_HEIGHT = 340


class RichNotes(QTextEdit):
    """Notes edited in place; `committed` carries the text with its marks once it is left.

    `entered` and `left` tell of the cursor; `format_changed` that other words have it.
    """

    committed = Signal(str)
    entered = Signal()
    left = Signal()
    format_changed = Signal()
    link_wanted = Signal()

    def __init__(
        self, name: str, placeholder: str, parent: QWidget | None = None, *, grows: bool = True
    ) -> None:
        """Build it.

        Args:
            name: for those who hear it.
            placeholder: what stands in the empty field.
            parent: its owner.
            grows: as high as its text; else it fills its place and scrolls.
        """
        super().__init__(parent)
        self._value = ""
        # The stored text as it stands here, to tell what somebody typed.
        self._shown = ""
        self._grows = grows
        # Somebody is asked where a link leads: the cursor comes back.
        self.held = False
        self._offers: list[Offer] = []
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setProperty("flat", True)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.document().setDocumentMargin(4)
        self.document().setIndentWidth(18)
        if grows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.document().documentLayout().documentSizeChanged.connect(self._fit)
            self._fit()
        self.viewport().setMouseTracking(True)
        self.cursorPositionChanged.connect(self.format_changed)
        self.currentCharFormatChanged.connect(self.format_changed)

    def offer(self, offer: Offer) -> None:
        """Put actions at the foot of its own menu (Menu key, right click)."""
        self._offers.append(offer)

    # The stored text.

    def value(self) -> str:
        """The stored text."""
        return self._value

    def text(self) -> str:
        """What stands here, with its marks."""
        return markup.write(lines_of(self.document()))

    def set_value(self, text: str) -> None:
        """Show the stored text; what is being typed is left alone."""
        typing = self.hasFocus() and self._is_changed()
        self._value = text
        if not typing and self.text() != text:
            self._show(text)

    def commit(self) -> None:
        """Tell about a changed text."""
        text = self.text().strip()
        if self._is_changed() and text != self._value.strip():
            self.committed.emit(text)

    def _is_changed(self) -> bool:
        return self.text() != self._shown

    def _show(self, text: str) -> None:
        document = self.document()
        document.setUndoRedoEnabled(False)
        document.clear()
        insert(QTextCursor(document), markup.read(text))
        document.setUndoRedoEnabled(True)
        self._shown = self.text()
        # What is typed into an emptied field is plain.
        self.setCurrentCharFormat(QTextCharFormat())

    # Formatting.

    def is_bold(self) -> bool:
        """Whether what is typed here is bold."""
        return self.currentCharFormat().fontWeight() > QFont.Weight.Medium

    def is_italic(self) -> bool:
        """Whether what is typed here is italic."""
        return self.currentCharFormat().fontItalic()

    def kind(self) -> Kind:
        """What the line of the cursor is."""
        return kind_of(self.textCursor().block())

    def toggle_bold(self) -> None:
        """Ctrl+B."""
        made = QTextCharFormat()
        made.setFontWeight(QFont.Weight.Normal if self.is_bold() else QFont.Weight.DemiBold)
        self.mergeCurrentCharFormat(made)

    def toggle_italic(self) -> None:
        """Ctrl+I."""
        made = QTextCharFormat()
        made.setFontItalic(not self.is_italic())
        self.mergeCurrentCharFormat(made)

    def toggle_list(self, kind: Kind) -> None:
        """Make the chosen lines items of a list, or no longer."""
        cursor = self.textCursor()
        wanted = Kind.TEXT if self.kind() is kind else kind
        cursor.beginEditBlock()
        first, last = sorted((cursor.anchor(), cursor.position()))
        block = self.document().findBlock(first)
        made = None
        while block.isValid() and block.position() <= last:
            leave_list(block)
            if wanted is not Kind.TEXT:
                at = QTextCursor(block)
                if made is None:
                    made = at.createList(list_format(wanted))
                else:
                    made.add(block)
            block = block.next()
        cursor.endEditBlock()
        self.format_changed.emit()

    def link(self) -> str:
        """Where the words at the cursor lead, "" for nowhere."""
        return self.textCursor().charFormat().anchorHref()

    def set_link(self, link: str) -> None:
        """Have the chosen words lead somewhere; "" takes the link away.

        A link without words shows itself. One that no program should follow is not taken.
        """
        cursor = self.textCursor()
        if not cursor.hasSelection() and self.link():
            select_link(cursor)
        address = as_link(link)
        if not address:
            unlink(cursor)
            return
        words = cursor.selectedText().replace("\u2029", " ") or address
        cursor.insertText(words, char_format(Span(words, link=address)))
        cursor.setCharFormat(QTextCharFormat())
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(QTextCharFormat())

    def follow_link(self, at: QPoint | None = None) -> None:
        """Open the link at the cursor, or at a point, with the system's program."""
        address = self.link() if at is None else self.anchorAt(at)
        if address.lower().startswith(markup.SAFE_LINKS):
            QDesktopServices.openUrl(QUrl(address))

    def _fit(self) -> None:
        height = int(self.document().size().height()) + 6
        least = self.fontMetrics().lineSpacing() + 14
        self.setFixedHeight(max(least, min(height, _MOST_HEIGHT)))

    # Qt's own names.

    def createMimeDataFromSelection(self) -> QMimeData:
        """Words for others, with marks for ourselves."""
        part = QTextDocument()
        QTextCursor(part).insertFragment(self.textCursor().selection())
        lines = list(lines_of(part))
        data = QMimeData()
        data.setText("\n".join(line.text for line in lines))
        data.setData(_OWN, markup.write(lines).encode())
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Whether there is text in it."""
        return source.hasText() or source.hasHtml()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What comes from elsewhere comes as its words alone, pages of the web too."""
        if source.hasFormat(_OWN):
            text = bytes(source.data(_OWN).data()).decode(errors="replace")
            insert(self.textCursor(), markup.read(text))
        elif source.hasText():
            self.insertPlainText(clean(source.text()))
        elif source.hasHtml():
            plain = QTextDocumentFragment.fromHtml(source.html()).toPlainText()
            self.insertPlainText(clean(plain))
        self.ensureCursorVisible()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu of a field, and what its owner offers."""
        pop_with(self.createStandardContextMenu(), self._offers, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that somebody writes."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving saves, but not for a menu or another window that comes in between."""
        super().focusOutEvent(event)
        if not self.held and is_left(event):
            self.commit()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Formatting keys; Esc takes back; Ctrl+Enter saves; Alt+Enter follows a link."""
        key, held = Qt.Key(event.key()), event.modifiers()
        control = held == Qt.KeyboardModifier.ControlModifier
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if key == Qt.Key.Key_Escape and self._is_changed():
            self._show(self._value)
        elif enter and control:
            self.commit()
        elif enter and held == Qt.KeyboardModifier.AltModifier:
            self.follow_link()
        elif control and key == Qt.Key.Key_B:
            self.toggle_bold()
        elif control and key == Qt.Key.Key_I:
            self.toggle_italic()
        elif held == both and key == Qt.Key.Key_K:
            self.link_wanted.emit()
        elif enter and self._ends_list():
            leave_list(self.textCursor().block())
        elif key == Qt.Key.Key_Space and self._begins_list():
            pass
        else:
            self._leave_link(event)
            super().keyPressEvent(event)

    def _ends_list(self) -> bool:
        block = self.textCursor().block()
        return list_of(block) is not None and not block.text()

    def _begins_list(self) -> bool:
        """Make a list where its sign is at the line's beginning and a blank comes behind it."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        wanted = _TYPED.get(before)
        if wanted is None or cursor.hasSelection() or self.kind() is not Kind.TEXT:
            return False
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.createList(list_format(wanted))
        cursor.endEditBlock()
        return True

    def _leave_link(self, event: QKeyEvent) -> None:
        """What is typed behind a link is none of it."""
        cursor = self.textCursor()
        if not event.text() or not cursor.charFormat().isAnchor() or cursor.hasSelection():
            return
        after = QTextCursor(cursor)
        inside = after.movePosition(QTextCursor.MoveOperation.NextCharacter)
        if not inside or cursor.atBlockEnd() or not after.charFormat().isAnchor():
            self.setCurrentCharFormat(QTextCharFormat())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ctrl and a click follow a link."""
        super().mouseReleaseEvent(event)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.follow_link(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what leads somewhere."""
        super().mouseMoveEvent(event)
        over = bool(self.anchorAt(event.position().toPoint()))
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def event(self, event: QEvent) -> bool:
        """Keep the formatting keys; let undo and redo pass where there is nothing to undo here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if is_the_windows(event, self.document()):
                event.ignore()
                return False
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_B, Qt.Key.Key_I):
                event.accept()
                return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Links take the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and not self._is_changed():
            at = self.textCursor().position()
            self._show(self._value)
            cursor = self.textCursor()
            cursor.setPosition(min(at, max(self.document().characterCount() - 1, 0)))
            self.setTextCursor(cursor)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(120, self.height()) if self._grows else super().sizeHint()
