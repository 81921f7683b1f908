"""Open tasks under their heads, as the rows of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
)

from crm_desktop.domain.tasks import ListedTask, TaskId, When
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import dues
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import SIZE

HEAD_HEIGHT = 44


class Head(NamedTuple):
    """A head, with how many tasks stand under it."""

    when: When
    number: int


class More(NamedTuple):
    """The row below the last task that is shown of a head: how many wait."""

    when: When
    number: int


Row = Head | ListedTask | More


class TaskModel(QAbstractListModel):
    """The rows; heads cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.now = datetime.min

    def show(
        self,
        heads: Mapping[When, Sequence[ListedTask]],
        counts: Mapping[When, int],
        now: datetime,
    ) -> None:
        """Show other tasks; heads without any are left out."""
        self.beginResetModel()
        self.now = now
        self.rows = []
        for head, tasks in heads.items():
            if tasks:
                self.rows += [Head(head, counts[head]), *tasks]
                if (waiting := counts[head] - len(tasks)) > 0:
                    self.rows.append(More(head, waiting))
        self.endResetModel()

    def task_at(self, row: int) -> ListedTask | None:
        """The task of a row, None for a head or beyond."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, ListedTask) else None

    def row_of(self, number: TaskId | None) -> int:
        """Where a task stands, -1 for nowhere."""
        for place, row in enumerate(self.rows):
            if isinstance(row, ListedTask) and row.task.id == number:
                return place
        return -1

    def last_of(self, head: When) -> ListedTask | None:
        """The last task that is shown under a head."""
        place = next(
            i for i, row in enumerate(self.rows) if isinstance(row, More) and row[0] == head
        )
        return self.task_at(place - 1)

    # Qt's own names.

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Heads only tell."""
        if isinstance(self.rows[index.row()], Head):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """What a row says, and how high it is."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(100, SIZE.row if isinstance(row, ListedTask) else HEAD_HEIGHT)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text_of(row)
        return None

    def text_of(self, row: Row) -> str:
        """A row as it is spoken."""
        if isinstance(row, Head):
            return f"{dues.head_text(row.when)}, {say.number(row.number)}"
        if isinstance(row, More):
            return more_text(row)
        task = row.task
        priority = _("High priority") if task.priority > 0 else ""
        parts = (
            task.title,
            priority,
            dues.due_of(task, self.now),
            dues.detail_of(task, row.customer_name),
        )
        return ", ".join(part for part in parts if part)


def more_text(row: More) -> str:
    """How many tasks wait below those shown."""
    words = ngettext("Show {n} more", "Show {n} more", row.number)
    return words.format(n=say.number(row.number))
