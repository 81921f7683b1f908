"""The day's lines under their heads, as the rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
)

from crm_desktop.domain.today import COUNTED, Section, TodayLine, Topic
from crm_desktop.i18n import ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import SIZE
from crm_desktop.ui.today_words import act_text, acts_of, head_text, key_text, words_of

HEAD_HEIGHT = 44
MORE_HEIGHT = 36


class Head(NamedTuple):
    """A head, with how many lines stand under it."""

    topic: Topic
    number: int


class More(NamedTuple):
    """The row below the last line that is shown of a head: how many wait."""

    topic: Topic
    number: int


Row = Head | TodayLine | More
_Index = QModelIndex | QPersistentModelIndex


class TodayModel(QAbstractListModel):
    """The rows; heads cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.today = date.min

    def show(self, sections: Sequence[Section], today: date) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.today = today
        self.rows = []
        for section in sections:
            self.rows += [Head(section.topic, section.total), *section.lines]
            if (waiting := section.total - len(section.lines)) > 0:
                self.rows.append(More(section.topic, waiting))
        self.endResetModel()

    def row_at(self, row: int) -> Row | None:
        """A row, None beyond the last."""
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def line_at(self, row: int) -> TodayLine | None:
        """The line of a row, None for a head or beyond."""
        found = self.row_at(row)
        return found if isinstance(found, TodayLine) else None

    # Qt's own names.

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Heads only tell."""
        if isinstance(self.rows[index.row()], Head):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a row says, and how high it is."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.SizeHintRole:
            if isinstance(row, More):
                return QSize(100, MORE_HEIGHT)
            return QSize(100, SIZE.row if isinstance(row, TodayLine) else HEAD_HEIGHT)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text_of(row)
        return None

    def text_of(self, row: Row) -> str:
        """A row as it is spoken, with the key of what is done most often."""
        if isinstance(row, Head):
            return f"{head_text(row.topic)}, {number_text(row.number)}"
        if isinstance(row, More):
            return more_text(row)
        first = acts_of(row)[0]
        offer = f"{key_text(first)}: {act_text(first, row.topic)}"
        return f"{words_of(row, self.today).spoken()}. {offer}"


def number_text(number: int) -> str:
    """How many there are; they are not counted for ever."""
    return f"{say.number(COUNTED)}+" if number >= COUNTED else say.number(number)


def more_text(row: More) -> str:
    """How many lines wait below those shown."""
    words = ngettext("Show {n} more", "Show {n} more", row.number)
    return words.format(n=number_text(row.number))
