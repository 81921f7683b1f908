"""What a condition compares with, typed or chosen: a text, words of a list, days, how long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QWidget

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.filters import Op, ValueKind, number
from crm_desktop.i18n import _
from crm_desktop.ui import filter_words
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import button, label
from crm_desktop.ui.widgets.edit import LineEdit

ReadDay = Callable[[str], str]


class FilterValue(QWidget):
    """The right side of a condition; `changed` tells that its values are others."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(SPACE.s)

    def values(self) -> tuple[str, ...]:
        """What is asked for, in the archive's writing."""
        return ()

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        items = (self.line.itemAt(place) for place in range(self.line.count()))
        parts = (item.widget() for item in items if item is not None)
        return [part for part in parts if part and part.focusPolicy() != Qt.FocusPolicy.NoFocus]

    def _tell(self) -> None:
        self.changed.emit()


class Texts(FilterValue):
    """One or two fields; what is typed into them may have to be read first."""

    def __init__(self, values: Sequence[str], count: int, read: Callable[[str], str]) -> None:
        super().__init__()
        self._read = read
        self.fields = []
        for place in range(count):
            if place:
                self.line.addWidget(label(_("and"), "mute"))
            made = LineEdit(name=_("Value"))
            made.setText(values[place] if place < len(values) else "")
            made.textEdited.connect(self._tell)
            self.fields.append(made)
            self.line.addWidget(made, 1)
        self.setFocusProxy(self.fields[0])

    def values(self) -> tuple[str, ...]:
        """What was typed; what cannot be read is marked, and no value."""
        found = []
        for made in self.fields:
            text = made.text().strip()
            try:
                read = self._read(text) if text else ""
                made.setToolTip("")
            except UserError as wrong:
                read = ""
                made.setToolTip(str(wrong))
            if bool(made.property("error")) != (wrong_now := bool(text) and not read):
                made.setProperty("error", wrong_now)
                made.style().unpolish(made)
                made.style().polish(made)
            found.append(read)
        return tuple(found)


class Span(FilterValue):
    """How long: a number and a unit."""

    def __init__(self, values: Sequence[str]) -> None:
        super().__init__()
        count, unit = values if len(values) == 2 else ("30", "day")
        self.count = LineEdit(name=_("How many"))
        self.count.setText(count)
        self.count.setFixedWidth(64)
        units = [
            (key, text.format(n="").strip()) for key, text in filter_words.units_words(2).items()
        ]
        self.unit = combo(units, unit, _("Days, weeks, months …"))
        self.line.addWidget(self.count)
        self.line.addWidget(self.unit)
        self.line.addStretch(1)
        self.setFocusProxy(self.count)
        self.count.textEdited.connect(self._tell)
        self.unit.currentIndexChanged.connect(self._tell)

    def values(self) -> tuple[str, ...]:
        """The number and the unit."""
        return self.count.text().strip(), str(self.unit.currentData())


class Unit(FilterValue):
    """This day, week, month, or the one before or after it."""

    def __init__(self, values: Sequence[str]) -> None:
        super().__init__()
        chosen = values[0] if len(values) == 1 else "month"
        self.unit = combo(list(filter_words.unit_words().items()), chosen, _("Period"))
        self.line.addWidget(self.unit)
        self.line.addStretch(1)
        self.setFocusProxy(self.unit)
        self.unit.currentIndexChanged.connect(self._tell)

    def values(self) -> tuple[str, ...]:
        """The unit."""
        return (str(self.unit.currentData()),)


class Words(FilterValue):
    """Several of a list: a button that opens it."""

    def __init__(self, field: str, values: Sequence[str]) -> None:
        super().__init__()
        self._field = field
        self._chosen = list(values)
        self._shown: dict[str, str] = {}
        self.button = button("", kind="words", clicked=self.pop)
        self.line.addWidget(self.button, 1)
        self.setFocusProxy(self.button)
        self.menu: QMenu | None = None
        self._say()

    def offer(self, words: Sequence[tuple[str, str]]) -> None:
        """What may be chosen: as stored, and as it is shown."""
        self._shown = {
            value: filter_words.word(self._field, value, shown) for value, shown in words
        }
        self._say()

    def values(self) -> tuple[str, ...]:
        """The chosen words."""
        return tuple(self._chosen)

    def pop(self) -> None:
        """Open the list."""
        menu = _Staying(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value in dict.fromkeys([*self._shown, *self._chosen]):
            action = menu.addAction(self._shown.get(value, value).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value in self._chosen)
            action.setData(value)
            action.toggled.connect(partial(self._toggle, value))
        if menu.isEmpty():
            menu.addAction(_("Nothing to choose from yet")).setEnabled(False)
        self.menu = menu
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _toggle(self, value: str, on: bool) -> None:
        if on and value not in self._chosen:
            self._chosen.append(value)
        elif not on and value in self._chosen:
            self._chosen.remove(value)
        self._say()
        self._tell()

    def _say(self) -> None:
        text = ", ".join(self._shown.get(value, value) for value in self._chosen)
        shown = text if len(text) < 40 else text[:38] + "…"
        self.button.setText(shown.replace("&", "&&") or _("Choose…"))
        self.button.setAccessibleName(text or _("Choose…"))


class _Staying(QMenu):
    """A menu that stays open while one ticks several."""

    def _ticked(self, action: QAction | None) -> bool:
        if action is None or not action.isCheckable():
            return False
        action.toggle()
        return True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click ticks."""
        if not self._ticked(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks; Enter ticks and is done."""
        if event.key() == Qt.Key.Key_Space and self._ticked(self.activeAction()):
            return
        super().keyPressEvent(event)


def value_for(
    field: str, kind: ValueKind, op: str, values: Sequence[str], read_day: ReadDay
) -> FilterValue:
    """The editor for a condition's values.

    Args:
        field: its key.
        kind: what the field holds.
        op: its operator.
        values: those that it has already.
        read_day: reads a day as typed, or raises `UserError`.
    """
    if op in (Op.YES, Op.NO, Op.EMPTY, Op.FILLED):
        return FilterValue()
    if op in (Op.LAST, Op.NEXT, Op.OLDER):
        return Span(values)
    if op in (Op.THIS, Op.PREVIOUS, Op.FOLLOWING):
        return Unit(values)
    if kind is ValueKind.WORD:
        return Words(field, values)
    read: Callable[[str], str] = str
    if kind is ValueKind.NUMBER:
        read = _read_number
    elif kind in (ValueKind.DAY, ValueKind.MOMENT):
        read = read_day
    return Texts(values, 2 if op == Op.BETWEEN else 1, read)


def _read_number(text: str) -> str:
    plain = text.replace(" ", "")
    if "," in plain:
        # 1.234,5 and 1,234.5: the last of the two marks is the decimal one, as is a lone comma.
        if plain.rfind(",") > plain.rfind("."):
            plain = plain.replace(".", "").replace(",", ".")
        else:
            plain = plain.replace(",", "")
    return plain if number(plain) is not None else ""


def combo(options: Sequence[tuple[str, str]], chosen: str, name: str) -> QComboBox:
    """A list to choose from.

    Args:
        options: keys and words.
        chosen: the key that is chosen at first.
        name: what a screen reader says.
    """
    made = Combo()
    made.setAccessibleName(name)
    for key, text in options:
        made.addItem(text, key)
    made.setCurrentIndex(max(made.findData(chosen), 0))
    return made


class Combo(QComboBox):
    """A list to choose from that leaves the wheel to what scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A wheel over it scrolls the page."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)
