"""Rows of the facts card for fields of the owner's own, by what they hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.i18n import _
from crm_desktop.ui.clocks import after
from crm_desktop.ui.theme import TYPE, colours, icons
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.widgets.basic import PillButton, column, label, plain_tip, row
from crm_desktop.ui.widgets.edit import InlineEdit
from crm_desktop.ui.widgets.facts import FactRow, TextFact
from crm_desktop.ui.widgets.tags import TagStrip

# A value longer than this does not fit beside its word.
_LONG = 34
Save = Callable[[str, Callable[[str], object]], object]


class HeadingRow(FactRow):
    """The name of a group above its fields."""

    def __init__(self, name: str) -> None:
        super().__init__(name, QWidget())
        self.name.setProperty("role", "strong")
        self.name.setMinimumWidth(0)
        self.name.setMaximumWidth(16_777_215)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setContentsMargins(0, 6, 0, 0)
        self.value.hide()
        inside = self.layout()
        assert isinstance(inside, QHBoxLayout)
        inside.setAlignment(self.name, Qt.AlignmentFlag(0))
        inside.setStretch(0, 1)
        inside.setStretch(1, 0)


class ValueFact(TextFact):
    """A line of text with a word on what is the matter with it, and a way to open it.

    `wanted` asks to open what it stands for: the button, Ctrl+Enter or its menu.
    """

    wanted = Signal()

    def __init__(
        self,
        name: str,
        save: Callable[[str, InlineEdit], object],
        *,
        placeholder: str = "",
        icon: str = "",
        words: str = "",
    ) -> None:
        """Make the row.

        Args:
            name: its word.
            save: called with the new text and the field.
            placeholder: what stands in the empty field.
            icon: of the button that opens it, "" for what cannot be opened.
            words: what that button does.
        """
        super().__init__(name, save, placeholder=placeholder)
        self.hint = hint_label()
        self.go = QToolButton()
        self.go.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.go.setFixedSize(24, 24)
        self.go.hide()
        self._opens = bool(icon)
        if icon:
            icons.set_icon(self.go, icon, "mute", 15)
            action = QAction(words, self.edit.edit)
            action.setShortcut(QKeySequence("Ctrl+Return"))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(self._open)
            self.edit.edit.addAction(action)
            self.edit.offer(lambda _menu: [action])
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            self.go.setToolTip(f"{words} ({keys})")
            self.go.setAccessibleName(f"{words}: {name}")
            self.go.clicked.connect(self._open)
        line = self.layout()
        assert isinstance(line, QHBoxLayout)
        line.addWidget(self.go, 0, Qt.AlignmentFlag.AlignTop)
        inner = self.edit.layout()
        assert isinstance(inner, QVBoxLayout)
        inner.addWidget(self.hint)

    def show_marked(self, text: str, shown: str, hint: str) -> None:
        """Show the stored value.

        Args:
            text: what is edited.
            shown: how it reads.
            hint: what is the matter with it, "" for nothing.
        """
        self.show_value(text, shown)
        say_hint(self.hint, hint)
        self.edit.edit.setAccessibleDescription(hint)
        whole = shown if len(shown) > _LONG else ""
        self.edit.edit.setToolTip(plain_tip(whole or (text if shown != text else "")))
        self.go.setVisible(self._opens and bool(text) and not hint)

    def _open(self) -> None:
        if not self.go.isHidden():
            self.wanted.emit()


class WordFact(FactRow):
    """One word of a few, chosen from a menu that also takes a new one."""

    def __init__(self, name: str, save: Save, new: Save | None = None) -> None:
        """Make the row.

        Args:
            name: its word.
            save: called with the chosen word, "" for none, and what shows a refusal.
            new: the same for a word that is to be one of them; None where there are no others.
        """
        self.button = PillButton()
        self.edit = InlineEdit(name, placeholder=_("Another word"))
        self.edit.hide()
        self.hint = hint_label()
        holder = QWidget()
        holder.setLayout(column(self.edit, self.hint, spacing=0))
        inside = holder.layout()
        assert isinstance(inside, QVBoxLayout)
        inside.insertLayout(0, row(self.button, None))
        super().__init__(name, holder)
        holder.setFocusProxy(self.button)
        self._word = name
        self._save, self._new = save, new
        self._value = ""
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._triggered)
        self.button.setMenu(self._menu)
        self.edit.committed.connect(self._committed)
        self.edit.edit.left.connect(self._later)
        self.edit.edit.given_up.connect(self._later)

    def show_words(self, value: str, words: Sequence[tuple[str, str]], hint: str) -> None:
        """Show which one it is.

        Args:
            value: as stored.
            words: each as it is stored and as it reads.
            hint: what is the matter with it, "" for nothing.
        """
        self._value = value
        shown = dict(words).get(value, value)
        tint = colours().amber if hint else colours().neutral
        self.button.set_pill(shown or _("Choose"), tint)
        self.button.setAccessibleName(f"{self._word}: {shown}")
        self.button.setAccessibleDescription(hint)
        say_hint(self.hint, hint)
        self._menu.clear()
        for key, text in words:
            self._add(text, key, checked=key == value)
        if value:
            self._add(_("Nothing"), "", checked=False)
        if self._new is not None:
            self._menu.addSeparator()
            self._menu.addAction(_("Another word…"), self.start_new).setData(None)
        self.edit.set_value("")
        self._turn()

    def start_new(self) -> None:
        """Let a new word be typed."""
        self.button.hide()
        self.edit.show()
        self.edit.start()

    def _add(self, text: str, key: str, *, checked: bool) -> None:
        action = self._menu.addAction(text.replace("&", "&&"))
        action.setData(key)
        action.setCheckable(True)
        action.setChecked(checked)

    def _triggered(self, action: QAction) -> None:
        key = action.data()
        if isinstance(key, str) and key != self._value:
            self._save(key, partial(say_hint, self.hint))

    def _committed(self, text: str) -> None:
        if text and self._new is not None:
            self._new(text, self.edit.show_error)

    def _later(self) -> None:
        after(0, self, self._turn)

    def _turn(self) -> None:
        typing = self.edit.edit.hasFocus() or self.edit.has_error()
        self.edit.setVisible(typing)
        self.button.setVisible(not typing)


class StayingMenu(QMenu):
    """A menu whose ticks are set one after the other: a click or Space leaves it open."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick without closing."""
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable():
            action.toggle()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks; Enter ends it, with the others as they are ticked."""
        action = self.activeAction()
        if action is not None and action.isCheckable():
            if event.key() == Qt.Key.Key_Space:
                action.toggle()
                return
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.close()
                return
        super().keyPressEvent(event)


class WordStrip(TagStrip):
    """Several words as chips; pressed it asks to be changed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._empty = True
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_words(self, words: Sequence[str]) -> None:
        """Show them."""
        self._empty = not words
        self.show_tags(words, {})
        self.setAccessibleName(f"{self._name}: {', '.join(words)}")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same menu."""
        event.accept()
        self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Without any, a word on what could be done."""
        super().paintEvent(event)
        if self._empty:
            painter = QPainter(self)
            painter.setPen(QColor(colours().faint))
            painter.setFont(font(TYPE.body))
            painter.drawText(
                self.rect().adjusted(7, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, _("Choose")
            )
            painter.end()


class WordsFact(FactRow):
    """Several words of a few, ticked in a menu."""

    def __init__(self, name: str, save: Save, new: Save) -> None:
        """Make the row.

        Args:
            name: its word.
            save: called with all ticked words, "; " between, and what shows a refusal.
            new: the same with a word among them that is to be one of the field's.
        """
        self.strip = WordStrip(name)
        self.edit = InlineEdit(name, placeholder=_("Another word"))
        self.edit.hide()
        self.hint = hint_label()
        holder = QWidget()
        holder.setLayout(column(self.strip, self.edit, self.hint, spacing=0))
        holder.setFocusProxy(self.strip)
        super().__init__(name, holder)
        self._save, self._new = save, new
        self._value: tuple[str, ...] = ()
        self._words: tuple[str, ...] = ()
        self.strip.clicked.connect(self.pop)
        self.edit.committed.connect(self._committed)
        self.edit.edit.left.connect(self._later)
        self.edit.edit.given_up.connect(self._later)

    def show_words(self, value: Sequence[str], words: Sequence[str], hint: str) -> None:
        """Show which there are, of all that there could be."""
        self._value, self._words = tuple(value), tuple(words)
        self.strip.show_words(value)
        self.strip.setAccessibleDescription(hint)
        say_hint(self.hint, hint)
        self.edit.set_value("")
        self._turn()

    def pop(self) -> StayingMenu:
        """Open the menu; it saves when it closes."""
        menu = StayingMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for word in dict.fromkeys((*self._words, *self._value)):
            action = menu.addAction(word.replace("&", "&&"))
            action.setData(word)
            action.setCheckable(True)
            action.setChecked(word in self._value)
        menu.addSeparator()
        menu.addAction(_("Another word…"), self.start_new)
        menu.aboutToHide.connect(partial(self._take, menu))
        menu.popup(self.strip.mapToGlobal(QPoint(0, self.strip.height())))
        return menu

    def start_new(self) -> None:
        """Let a new word be typed."""
        self.edit.show()
        self.edit.start()

    def _take(self, menu: QMenu) -> None:
        ticked = tuple(str(a.data()) for a in menu.actions() if a.isCheckable() and a.isChecked())
        if ticked != self._value:
            self._value = ticked
            self._save("; ".join(ticked), partial(say_hint, self.hint))

    def _committed(self, text: str) -> None:
        if text:
            self._new("; ".join((*self._value, text)), self.edit.show_error)

    def _later(self) -> None:
        after(0, self, self._turn)

    def _turn(self) -> None:
        self.edit.setVisible(self.edit.edit.hasFocus() or self.edit.has_error())


def hint_label() -> QLabel:
    """A line below a value for what is the matter with it; hidden until there is something."""
    made = label("", "caption", wrap=True)
    made.setContentsMargins(7, 0, 0, 3)
    made.hide()
    return made


def say_hint(hint: QLabel, text: str) -> None:
    """Say what is the matter, "" for nothing."""
    hint.setText(text)
    hint.setVisible(bool(text))
