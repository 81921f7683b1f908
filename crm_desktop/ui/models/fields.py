"""The fields of the owner's own as a list: names of groups, and the fields below each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_desktop.domain.fields import CustomField, CustomFieldId, Place
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.field_words import kind_text

Index = QModelIndex | QPersistentModelIndex
Line = str | CustomField


class FieldListModel(QAbstractListModel):
    """Lines: a heading is a text, the others are fields."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self._counts: Mapping[CustomFieldId, int] = {}

    def show(self, fields: Sequence[CustomField], counts: Mapping[CustomFieldId, int]) -> None:
        """Show other fields.

        Args:
            fields: in their order, those of a group together.
            counts: how many values each has.
        """
        lines: list[Line] = []
        heading = ""
        for field in fields:
            if field.heading != heading:
                heading = field.heading
                lines.append(heading)
            lines.append(field)
        self.beginResetModel()
        self.lines, self._counts = lines, counts
        self.endResetModel()

    def field(self, row: int) -> CustomField | None:
        """The field in a line, None for a heading."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, CustomField) else None

    def row_of(self, number: CustomFieldId) -> int:
        """The line of a field, -1 where it is not there."""
        for row, line in enumerate(self.lines):
            if isinstance(line, CustomField) and line.id == number:
                return row
        return -1

    def places(self) -> list[Place]:
        """Where each field stands."""
        return [Place(f.id, f.heading) for f in self.lines if isinstance(f, CustomField)]

    def place_before(self, row: int) -> tuple[int, str]:
        """What dropping before a line means: before which field by its place, in which group."""
        before = sum(1 for line in self.lines[:row] if isinstance(line, CustomField))
        above = self.lines[row - 1] if row else None
        if above is None:
            return before, ""
        return before, above if isinstance(above, str) else above.heading

    def values(self, field: CustomField) -> int:
        """How many values a field has."""
        return self._counts.get(field.id, 0)

    # Qt's own names.

    def rowCount(self, parent: Index | None = None) -> int:
        """Headings and fields."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A line's words."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line if isinstance(line, str) else line.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(line, str):
                return _("Group {name}").format(name=line)
            count = self.values(line)
            values = ngettext("{n} value", "{n} values", count).format(n=say.number(count))
            said = [line.name, kind_text(line.kind), values, _("hidden") if line.hidden else ""]
            return ", ".join(filter(None, said))
        return None
