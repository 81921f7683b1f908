"""The conditions of a filter as rows: field, operator, value; groups of them in a frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_desktop.domain.filters import Condition, Group, Op, Problem, operators, problem
from crm_desktop.i18n import _
from crm_desktop.services.filters import FilterField
from crm_desktop.ui import filter_words
from crm_desktop.ui.theme import SPACE, icons
from crm_desktop.ui.widgets.basic import button, label
from crm_desktop.ui.widgets.filter_values import FilterValue, ReadDay, Words, combo, value_for

Fields = Mapping[str, FilterField]
AskWords = Callable[[str, Words], object]


class Builder:
    """What rows need to know.

    Attributes:
        fields: of the archive, by key.
        read_day: reads a day as typed.
        ask_words: asks for the words of a field, for an editor to offer.
    """

    def __init__(self, fields: Fields, read_day: ReadDay, ask_words: AskWords) -> None:
        self.fields = fields
        self.read_day = read_day
        self.ask_words = ask_words


# A row narrower than this takes two lines.
_NARROW = 440
_FIELD = (110, 172)


def _bound(field: QComboBox) -> None:
    field.setMinimumWidth(_FIELD[0])
    field.setMaximumWidth(_FIELD[1])


class ConditionRow(QWidget):
    """One condition; `changed` and `removed` are facts."""

    changed = Signal()
    removed = Signal()

    def __init__(self, condition: Condition, builder: Builder) -> None:
        super().__init__()
        self._builder = builder
        self._kept = condition
        self._made = False
        kinds = {key: field.kind for key, field in builder.fields.items()}
        # What is not known here stays as it is, and says so.
        self._unknown = problem(condition, kinds) in (Problem.FIELD, Problem.OPERATOR)
        self._line = QHBoxLayout()
        self._line.setSpacing(SPACE.s)
        self._below = QHBoxLayout()
        self._below.setSpacing(SPACE.s)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(SPACE.xs)
        lines.addLayout(self._line)
        lines.addLayout(self._below)
        self.value: FilterValue = FilterValue()
        if self._unknown:
            words = filter_words.sentence(Group((condition,)), builder.fields, {})
            self._line.addWidget(label(words, "mute"), 1)
        else:
            options = [(key, filter_words.title(key, builder.fields)) for key in builder.fields]
            self.field = combo(options, condition.field, _("Field"))
            _bound(self.field)
            self.field.setMaxVisibleItems(16)
            self.op = combo([], "", _("How it is compared"))
            _bound(self.op)
            self._line.addWidget(self.field, 1)
            self._line.addWidget(self.op, 1)
            self._line.addWidget(self.value, 2)
            self._fill_ops(condition.op)
            self._make_value(condition.values)
            self.field.currentIndexChanged.connect(self._field_changed)
            self.op.currentIndexChanged.connect(self._op_changed)
            self.setFocusProxy(self.field)
        self.remove = button("", kind="quiet", name=_("Remove this condition"))
        self.remove.setToolTip(_("Remove this condition"))
        icons.set_icon(self.remove, "x", "mute", 14)
        self.remove.setFixedWidth(30)
        self.remove.clicked.connect(self.removed)
        self._line.addWidget(self.remove)

    def condition(self) -> Condition:
        """As it stands, whole or not."""
        if self._unknown:
            return self._kept
        return Condition(
            str(self.field.currentData()), str(self.op.currentData()), self.value.values()
        )

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        if self._unknown:
            return [self.remove]
        return [self.field, self.op, *self.value.stops(), self.remove]

    def _fill_ops(self, chosen: str) -> None:
        field = self._builder.fields[str(self.field.currentData())]
        self.op.blockSignals(True)
        self.op.clear()
        for op in operators(field.key, field.kind):
            self.op.addItem(filter_words.op_words(op, field.kind), op.value)
        self.op.setCurrentIndex(max(self.op.findData(chosen), 0))
        self.op.blockSignals(False)

    def _make_value(self, values: Sequence[str]) -> None:
        field = self._builder.fields[str(self.field.currentData())]
        op = str(self.op.currentData())
        read_day = self._builder.read_day
        made = value_for(field.key, field.kind, op, values, read_day)
        if values and self._made and type(made) is not type(self.value):
            # Thirty days are no day of a month: another sort of value begins anew.
            made = value_for(field.key, field.kind, op, (), read_day)
        self._made = True
        (self._below if self._below.count() else self._line).replaceWidget(self.value, made)
        self.value.hide()
        self.value.deleteLater()
        self.value = made
        made.show()
        self.value.changed.connect(self.changed)
        if isinstance(made, Words):
            self._builder.ask_words(field.key, made)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the three have no room in one line, the value goes below the others."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        if self._unknown or narrow == bool(self._below.count()):
            return
        line, other = (self._line, self._below) if narrow else (self._below, self._line)
        line.removeWidget(self.value)
        if narrow:
            other.addWidget(self.value, 1)
        else:
            other.insertWidget(2, self.value, 2)

    def _field_changed(self) -> None:
        self._fill_ops("")
        self._make_value(())
        self.changed.emit()

    def _op_changed(self) -> None:
        self._make_value(self.value.values())
        self.changed.emit()


class GroupBox(QFrame):
    """Conditions of which all or any must be met; `changed` and `removed` are facts."""

    changed = Signal()
    removed = Signal()

    def __init__(self, group: Group, builder: Builder, *, root: bool = False) -> None:
        super().__init__()
        self._builder = builder
        self._root = root
        if not root:
            self.setObjectName("group")
        self.match = combo(
            [("all", _("all of these")), ("any", _("any of these"))],
            "any" if group.any_of else "all",
            _("All or any of these"),
        )
        self.match.currentIndexChanged.connect(self.changed)
        head = QHBoxLayout()
        head.setSpacing(SPACE.s)
        head.addWidget(label(_("Customers that meet") if root else _("who meet"), "mute"))
        head.addWidget(self.match)
        head.addStretch(1)
        self._gone: QPushButton | None = None
        if not root:
            self._gone = gone = button("", kind="quiet", name=_("Remove this group"))
            gone.setToolTip(_("Remove this group"))
            icons.set_icon(gone, "x", "mute", 14)
            gone.setFixedWidth(30)
            gone.clicked.connect(self.removed)
            head.addWidget(gone)
        self.rows: list[ConditionRow | GroupBox] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE.s)
        self.add_condition = button(_("+ Condition"), kind="link", clicked=self._new_condition)
        self.add_group = button(_("+ Group"), kind="link", clicked=self._new_group)
        self.add_group.setToolTip(_("Conditions that count together, such as: city is A or B"))
        foot = QHBoxLayout()
        foot.setSpacing(2)
        foot.addWidget(self.add_condition)
        foot.addWidget(self.add_group)
        foot.addStretch(1)
        self.foot = foot
        box = QVBoxLayout(self)
        edge = 0 if root else SPACE.s
        box.setContentsMargins(edge, edge, edge, edge)
        box.setSpacing(SPACE.s)
        box.addLayout(head)
        box.addLayout(self._list)
        box.addLayout(foot)
        for part in group.parts:
            self._add(part)

    def group(self) -> Group:
        """As it stands, with conditions that are not whole yet."""
        parts = [
            row.condition() if isinstance(row, ConditionRow) else row.group() for row in self.rows
        ]
        return Group(tuple(parts), self.match.currentData() == "any")

    def stops(self) -> list[QWidget]:
        """Where Tab stops, from the top to the bottom."""
        rows = [stop for row in self.rows for stop in row.stops()]
        own = [self.match] if self._gone is None else [self.match, self._gone]
        return [*own, *rows, self.add_condition, self.add_group]

    def _add(self, part: Condition | Group) -> ConditionRow | GroupBox:
        made: ConditionRow | GroupBox
        if isinstance(part, Condition):
            made = ConditionRow(part, self._builder)
        else:
            made = GroupBox(part, self._builder)
        made.changed.connect(self.changed)
        made.removed.connect(self._removed)
        self.rows.append(made)
        self._list.addWidget(made)
        made.show()  # not with the next turn of the loop: the cursor goes into it at once
        return made

    def _new_condition(self) -> None:
        made = self._add(Condition("stage", Op.ANY_OF))
        self.changed.emit()
        made.setFocus(Qt.FocusReason.TabFocusReason)

    def _new_group(self) -> None:
        other = self.match.currentData() == "all"
        made = self._add(Group((Condition("stage", Op.ANY_OF),), other))
        assert isinstance(made, GroupBox)
        made.rows[0].setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _removed(self) -> None:
        gone = self.sender()
        if isinstance(gone, ConditionRow | GroupBox):
            place = self.rows.index(gone)
            self.rows.remove(gone)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
            following: QWidget = self.add_condition
            if self.rows:
                following = self.rows[min(place, len(self.rows) - 1)]
            following.setFocus(Qt.FocusReason.TabFocusReason)
            self.changed.emit()


def whole(group: Group, fields: Fields) -> Group:
    """A tree without what is still being typed; what is not known here stays."""
    kinds = {key: field.kind for key, field in fields.items()}
    parts: list[Condition | Group] = []
    for part in group.parts:
        if isinstance(part, Group):
            if not (inner := whole(part, fields)).is_empty:
                parts.append(inner)
        elif problem(part, kinds) is not Problem.VALUE:
            parts.append(part)
    return Group(tuple(parts), group.any_of)
