"""Rows of the facts card: a word at the left, a value at the right that is edited in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QGridLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.customers import Address
from crm_desktop.i18n import _
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.theme.tokens import Tint
from crm_desktop.ui.widgets.basic import ElidedLabel, PillButton, label, row
from crm_desktop.ui.widgets.edit import InlineEdit, LineEdit

_KEY = 92
_PARTS = ("street", "postcode", "city", "region", "country")


class FactRow(QWidget):
    """One row: its word, then its value."""

    def __init__(self, name: str, value: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ElidedLabel(name, "secondary")
        # "Ignored", which lets it elide elsewhere, would give it no width beside a stretch.
        self.name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.name.setFixedWidth(_KEY)
        self.name.setFixedHeight(24)
        self.value = value
        line = row(self.name, value, spacing=SPACE.xs)
        line.setAlignment(self.name, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        self.setLayout(line)


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
        holder = QWidget()
        holder.setLayout(row(self.button, None))
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


class NewField(QWidget):
    """Takes a field of the user's own: its name, then its value.

    `written` carries both, once the value is entered or the two are left with both filled.
    """

    written = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.name = LineEdit(name=_("Name of the field"))
        self.name.setPlaceholderText(_("Field"))
        self.name.setFixedWidth(_KEY)
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
            QTimer.singleShot(0, self, self._left)
        return super().eventFilter(watched, event)


def one_line(address: Address) -> str:
    """An address as a line."""
    town = " ".join(p for p in (address.postcode, address.city) if p)
    parts = (*address.street.splitlines(), town, address.region, address.country)
    return ", ".join(p for p in parts if p)


class AddressFact(FactRow):
    """An address: a line that opens into its parts; saved when the last of them is left."""

    saved = Signal(object)

    def __init__(self, name: str) -> None:
        holder = QWidget()
        super().__init__(name, holder)
        self._name = name
        self._address = Address()
        self.line = QPushButton()
        self.line.setProperty("kind", "fact")
        self.line.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.line.setCursor(Qt.CursorShape.IBeamCursor)
        self._text = label("", wrap=True)
        self._text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QVBoxLayout(self.line)
        inside.setContentsMargins(7, 3, 7, 3)
        inside.addWidget(self._text)
        self._form = QWidget()
        self._fields = {
            "street": LineEdit(name=_("Street")),
            "postcode": LineEdit(name=_("Postcode")),
            "city": LineEdit(name=_("City")),
            "region": LineEdit(name=_("Region")),
            "country": LineEdit(name=_("Country")),
        }
        grid = QGridLayout(self._form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE.xs)
        for key, (line, first, span) in {
            "street": (0, 0, 3),
            "postcode": (1, 0, 1),
            "city": (1, 1, 2),
            "region": (2, 0, 1),
            "country": (2, 1, 2),
        }.items():
            field = self._fields[key]
            field.setPlaceholderText(field.accessibleName())
            field.installEventFilter(self)
            field.returnPressed.connect(self._commit)
            grid.addWidget(field, line, first, 1, span)
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.line)
        box.addWidget(self._form)
        self._form.hide()
        self.line.clicked.connect(self.start)

    def show_value(self, address: Address) -> None:
        """Show the stored address; open parts are left alone."""
        self._address = address
        text = one_line(address)
        self._text.setText(text or _("Add an address"))
        self._text.setProperty("role", "" if text else "faint")
        self._text.style().unpolish(self._text)
        self._text.style().polish(self._text)
        self.line.setAccessibleName(f"{self._name}: {text}")
        self._fit()

    def start(self) -> None:
        """Open the parts."""
        for key, field in self._fields.items():
            field.setText(str(getattr(self._address, key)).replace("\n", ", "))
        self.line.hide()
        self._form.show()
        self._fields["street"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        width = max(self.value.width() - 14, 120)
        self.line.setFixedHeight(max(24, self._text.heightForWidth(width) + 7))

    def _stop(self) -> None:
        self._form.hide()
        self.line.show()
        self._fit()

    def _commit(self) -> None:
        if self._form.isHidden():
            return
        street, postcode, city, region, country = (
            self._fields[key].text().strip() for key in _PARTS
        )
        before = self._address
        typed = Address(street, postcode, city, region, country, before.label, before.id)
        if self._address.street.replace("\n", ", ") == typed.street:
            typed = typed._replace(street=self._address.street)
        self._stop()
        if typed != self._address:
            self.saved.emit(typed)

    def _commit_if_left(self) -> None:
        focus = QApplication.focusWidget()
        if focus is None or not self._form.isAncestorOf(focus):
            self._commit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc takes back; leaving the last part saves."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self._stop()
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if event.type() == QEvent.Type.FocusOut and not self._form.isHidden():
            QTimer.singleShot(0, self, self._commit_if_left)
        return super().eventFilter(watched, event)
