"""Rows of the facts card: a word at the left, a value at the right that is edited in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QMenu,
    QSizePolicy,
    QWidget,
)

from crm_desktop.i18n import _
from crm_desktop.ui.clocks import after
from crm_desktop.ui.drafts import NOTHING, Draft
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.theme.tokens import Tint
from crm_desktop.ui.widgets.basic import ElidedLabel, PillButton, label, row
from crm_desktop.ui.widgets.edit import InlineEdit, LineEdit

KEY_WIDTH = 92


class FactRow(QWidget):
    """One row: its word, then its value.

    Attributes:
        key: what it stands for at present, such as `phone:3`.
        alike: which other rows it could be, see `Maker`.
    """

    key = ""
    alike = ""

    def __init__(self, name: str, value: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ElidedLabel(name, "secondary")
        # "Ignored", which lets it elide elsewhere, would give it no width beside a stretch.
        self.name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.name.setFixedWidth(KEY_WIDTH)
        self.name.setFixedHeight(24)
        self.value = value
        line = row(self.name, value, spacing=SPACE.xs)
        line.setAlignment(self.name, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        self.setLayout(line)

    def keep(self) -> None:
        """Save what was typed into it and would only be saved a moment later."""

    def rest(self) -> None:
        """Give up what was begun in it: it is to stand for something else."""


class TextFact(FactRow):
    """A row whose value is one line of text."""

    def __init__(
        self, name: str, save: Callable[[str, InlineEdit], object], *, placeholder: str = ""
    ) -> None:
        """Make the row.

        Args:
            name: its word.
            save: called with the new text and the field, which shows an error in its turn.
            placeholder: what stands in the empty field.
        """
        self.edit = InlineEdit(name, placeholder=placeholder)
        super().__init__(name, self.edit)
        self._save = save
        self.edit.committed.connect(self._committed)

    def show_value(self, text: str, shown: str = "") -> None:
        """Show the stored value."""
        self.edit.set_value(text, shown)

    def rest(self) -> None:
        """Nothing is typed, nothing is wrong."""
        self.edit.forget()

    def _committed(self, text: str) -> None:
        self._save(text, self.edit)


class ChoiceFact(FactRow):
    """A row whose value is one of a few words, chosen from a menu."""

    def __init__(
        self,
        name: str,
        options: Sequence[tuple[str, str, Tint | None]],
        chosen: Callable[[str], object],
    ) -> None:
        """Make the row.

        Args:
            name: its word.
            options: key, word, and the colours of a pill.
            chosen: called with the key of another option.
        """
        self.button = PillButton()
        self.caption = label("", "caption")
        holder = QWidget()
        holder.setLayout(row(self.button, self.caption, None))
        super().__init__(name, holder)
        self._name = name
        self._chosen = chosen
        self._key = ""
        self._menu = QMenu(self)
        for key, word, _tint in options:
            action = self._menu.addAction(word)
            action.setData(key)
            action.setCheckable(True)
        self._menu.triggered.connect(self._triggered)
        self.button.setMenu(self._menu)

    def show_value(self, key: str, word: str, tint: Tint) -> None:
        """Show which one it is."""
        self._key = key
        self.button.set_pill(word, tint)
        self.button.setAccessibleName(f"{self._name}: {word}")
        for action in self._menu.actions():
            action.setChecked(action.data() == key)

    def _triggered(self, action: QObject) -> None:
        key = action.data()  # type: ignore[attr-defined]
        if key != self._key:
            self._chosen(str(key))


def choose_from(
    pill: PillButton, options: Sequence[tuple[str, str]], chosen: Callable[[str], object]
) -> QMenu:
    """Let one of a few words be chosen from a pill's menu.

    Args:
        pill: that shows the present one.
        options: key and word of each.
        chosen: called with the key.
    """
    menu = QMenu(pill)
    for key, word in options:
        menu.addAction(word).setData(key)
    menu.triggered.connect(lambda action: chosen(str(action.data())))
    pill.setMenu(menu)
    return menu


class WidgetFact(FactRow):
    """A row whose value is a widget of its own kind, at the left of its place."""

    def __init__(self, name: str, widget: QWidget, *, wide: bool = False) -> None:
        self.widget = widget
        holder = QWidget()
        holder.setLayout(row(widget) if wide else row(widget, None))
        holder.setFocusProxy(widget)
        super().__init__(name, holder)


class NewField(QWidget):
    """Takes a field of the user's own: its name, then its value.

    `written` carries both, once the value is entered or the two are left with both filled.
    """

    draft_key = "field"
    written = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.name = LineEdit(name=_("Name of the field"))
        self.name.setPlaceholderText(_("Field"))
        self.name.setFixedWidth(KEY_WIDTH)
        self.value = LineEdit(name=_("Value of the field"))
        self.value.setPlaceholderText(_("Value"))
        self.name.returnPressed.connect(self.value.setFocus)
        self.value.returnPressed.connect(self._commit)
        for field in (self.name, self.value):
            field.installEventFilter(self)
        line = row(self.name, self.value, spacing=SPACE.xs)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    def start(self, names: Sequence[str]) -> None:
        """Show the two; the names in use are offered."""
        completer = QCompleter(list(names), self.name)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.name.setCompleter(completer)
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Hand over what is whole."""
        if all(self.draft().values()):
            self._commit()

    def draft(self) -> Draft:
        """What is typed of the two."""
        name, value = self.name.text().strip(), self.value.text().strip()
        return {"name": name, "value": value} if name or value else NOTHING

    def take_up(self, draft: Draft) -> None:
        """Show what was typed; nothing puts them away."""
        self.stop()
        if draft:
            self.name.setText(draft["name"])
            self.value.setText(draft["value"])
            self.show()

    def stop(self) -> None:
        """Put them away."""
        self.hide()
        self.name.clear()
        self.value.clear()

    def _commit(self) -> None:
        name, value = (field.text().strip() for field in (self.name, self.value))
        if self.isHidden():
            return
        if not name:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif value:
            self.stop()
            self.written.emit(name, value)

    def _left(self) -> None:
        focus = QApplication.focusWidget()
        if self.isHidden() or (focus is not None and self.isAncestorOf(focus)):
            return
        if self.name.text().strip() and self.value.text().strip():
            self._commit()
        elif not self.name.text() and not self.value.text():
            self.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc gives up; leaving both saves."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.stop()
            return True
        if event.type() == QEvent.Type.FocusOut and not self.isHidden():
            after(0, self, self._left)
        return super().eventFilter(watched, event)
