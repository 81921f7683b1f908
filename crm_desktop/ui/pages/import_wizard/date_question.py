"""Asks how the dates of a column are meant, where nothing in the file decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from crm_desktop.domain.imports import ColumnMapping
from crm_desktop.i18n import _
from crm_desktop.services.imports.dates import Reading, readings
from crm_desktop.ui import format as say
from crm_desktop.ui.pages.import_wizard.words import column_title
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import button
from crm_desktop.ui.widgets.notice import Notice


class DateQuestion(Notice):
    """A line above the grid with a button for each way to read two of the column's own dates.

    `answered` carries the column's position and the order of its dates.
    """

    answered = Signal(int, str)

    def __init__(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(SPACE.s)
        line.addStretch(1)
        super().__init__("calendar", below=line)
        self._line = line
        self._column: ColumnMapping | None = None
        self.buttons: list[QPushButton] = []

    def show_column(self, column: ColumnMapping | None) -> None:
        """Ask for a column, or nothing."""
        found = readings(column.date_examples) if column is not None else ()
        if column is None or len(found) < 2:
            self._column = None
            self.hide()
            return
        if self._column == column:
            return
        self._column = column
        self.text.setText(
            _("Column {letter} “{header}”: which day is meant by {dates}?").format(
                letter=column_title(column),
                header=column.header,
                dates=_examples(column.date_examples),
            )
        )
        for old in self.buttons:
            self._line.removeWidget(old)
            old.deleteLater()
        # Three long ones would not find room.
        write = say.full_date if len(found) == 2 else say.short_date
        self.buttons = [self._button(column.index, reading, write) for reading in found]
        for place, made in enumerate(self.buttons):
            self._line.insertWidget(place, made)
        self.show()

    def _button(
        self, index: int, reading: Reading, write: Callable[[int | None, int, int], str]
    ) -> QPushButton:
        made = button(" · ".join(write(*_parts(day)) for day in reading.days))
        made.clicked.connect(partial(self.answered.emit, index, reading.order))
        return made


def _examples(texts: Sequence[str]) -> str:
    if len(texts) < 2:
        return _("“{date}”").format(date=texts[0])
    return _("“{first}” and “{second}”").format(first=texts[0], second=texts[1])


def _parts(text: str) -> tuple[int | None, int, int]:
    """Year, month and day of an ISO day; a birthday may lack its year."""
    year, month, day = text.rsplit("-", 2)
    return int(year) if year.strip("-") else None, int(month), int(day)
