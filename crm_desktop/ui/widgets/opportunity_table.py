"""Opportunities as a list, sorted by any of its heads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from crm_desktop.domain.money import Money
from crm_desktop.domain.opportunities import (
    ListedOpportunity,
    OpportunityId,
    Outcome,
    PipelineStage,
    days_in_stage,
    weighted,
)
from crm_desktop.i18n import _, pgettext
from crm_desktop.services import amounts
from crm_desktop.ui import format as say
from crm_desktop.ui import opportunity_words as words
from crm_desktop.ui.theme import SIZE, TYPE, colours
from crm_desktop.ui.theme.fonts import font

_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Line(NamedTuple):
    listed: ListedOpportunity
    stage: PipelineStage
    place: int


class _Column(NamedTuple):
    head: str
    width: int
    text: Callable[[_Line], str]
    key: Callable[[_Line], tuple[bool, object]]
    right: bool = False
    sample: str = ""


def _columns() -> tuple[_Column, ...]:
    def amount(line: _Line) -> tuple[bool, object]:
        money = line.listed.opportunity.money
        return money is None, 0 if money is None else money.value

    def likely(line: _Line) -> tuple[bool, object]:
        money = line.listed.opportunity.money
        return money is None, 0 if money is None else money.value * line.stage.probability

    def closes(line: _Line) -> tuple[bool, object]:
        day = line.listed.opportunity.closes_on
        return day is None, day or date.min

    def step(line: _Line) -> tuple[bool, object]:
        next_step = line.listed.next_step
        day = None if next_step is None else next_step.due_on
        return day is None, day or date.min

    def text_of(pick: Callable[[_Line], str]) -> Callable[[_Line], tuple[bool, object]]:
        return lambda line: (not pick(line), pick(line).casefold())

    def title(line: _Line) -> str:
        return line.listed.opportunity.title

    def customer(line: _Line) -> str:
        return line.listed.customer_name

    def owner(line: _Line) -> str:
        return line.listed.opportunity.owner

    return (
        _Column(_("Opportunity"), 190, title, text_of(title)),
        _Column(_("Customer"), 150, customer, text_of(customer)),
        _Column(
            _("Stage"), 130, lambda line: line.stage.name, lambda line: (False, line.place)
        ),
        _Column(words.field_text("amount"), 96, _amount, amount, True, _sum()),
        _Column(pgettext("opportunity", "Weighted"), 96, _likely, likely, True, _sum()),
        _Column(
            words.field_text("closes_on"), 92, _closes, closes, False,
            say.short_date(2026, 12, 28),
        ),
        _Column(
            pgettext("opportunity", "In stage"), 74, _age,
            lambda line: (False, days_in_stage(line.listed.opportunity, date.today())), right=True,
        ),
        _Column(words.field_text("next_step"), 190, _step, step),
        _Column(words.field_text("owner"), 110, owner, text_of(owner)),
    )  # fmt: skip


def _sum() -> str:
    """As wide an amount as most are."""
    return amounts.money_shown(Money(88_888_88, "USD"))


def _amount(line: _Line) -> str:
    return amounts.money_shown(line.listed.opportunity.money)


def _likely(line: _Line) -> str:
    money = line.listed.opportunity.money
    if money is None or line.stage.outcome is Outcome.LOST:
        return ""
    return amounts.money_shown(weighted(money, line.stage.probability))


def _closes(line: _Line) -> str:
    day = line.listed.opportunity.closes_on
    return "" if day is None else say.short_date(day.year, day.month, day.day)


def _age(line: _Line) -> str:
    return words.days_text(days_in_stage(line.listed.opportunity, date.today()))


def _step(line: _Line) -> str:
    said = words.card_words(line.listed, line.stage, date.today())
    return said.step if line.listed.next_step is not None else ""


class _Lines(QAbstractTableModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.columns = _columns()
        self.lines: list[_Line] = []
        self._by: tuple[int, Qt.SortOrder] | None = None

    def show(self, lines: list[_Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self._order()
        self.endResetModel()

    def _order(self) -> None:
        if self._by is None:
            return
        column, order = self._by
        key = self.columns[column].key
        there = [line for line in self.lines if not key(line)[0]]
        # What says nothing stands last, whichever way.
        there.sort(
            key=lambda line: key(line)[1],  # type: ignore[arg-type,return-value]
            reverse=order == Qt.SortOrder.DescendingOrder,
        )
        self.lines = there + [line for line in self.lines if key(line)[0]]

    # Qt's own names.

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.text(line)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.right:
            return _RIGHT
        if role == Qt.ItemDataRole.ForegroundRole and column.text in (_step, _age):
            said = words.card_words(line.listed, line.stage, date.today())
            c = colours()
            if column.text is _step and said.is_late:
                return QColor(c.red.text)
            if column.text is _age and said.is_stuck:
                return QColor(c.amber.text)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].head
            if role == Qt.ItemDataRole.TextAlignmentRole and self.columns[section].right:
                return _RIGHT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._by = None if column < 0 else (column, order)
        self.beginResetModel()
        self._order()
        self.endResetModel()


class OpportunityTable(QTableView):
    """All of a pipeline; `chosen` and `opened` carry a number, as those of the board do."""

    chosen = Signal(object)
    opened = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = _Lines(self)
        self.setModel(self.lines)
        self.setObjectName("lines")
        self.setAccessibleName(_("Opportunities"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(SIZE.row - 12)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for section, column in enumerate(self.lines.columns):
            needed = QFontMetrics(font(TYPE.body)).horizontalAdvance(column.sample) + 26
            header.resizeSection(section, max(column.width, needed))
        self.setSortingEnabled(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.selectionModel().currentRowChanged.connect(self._current)
        self.doubleClicked.connect(self._open)

    def show_stages(
        self, pairs: Sequence[tuple[PipelineStage, Sequence[ListedOpportunity]]]
    ) -> None:
        """Show what stands in stages; the line that was chosen stays so."""
        number = self.number()
        lines = [
            _Line(one, stage, place)
            for place, (stage, listed) in enumerate(pairs)
            for one in listed
        ]
        self.lines.show(lines)
        if number is not None:
            self.choose(number)

    def number(self) -> OpportunityId | None:
        """The chosen one."""
        at = self.currentIndex()
        if not at.isValid() or at.row() >= len(self.lines.lines):
            return None
        return self.lines.lines[at.row()].listed.opportunity.id

    def choose(self, number: OpportunityId) -> None:
        """Choose one."""
        for place, line in enumerate(self.lines.lines):
            if line.listed.opportunity.id == number:
                self.selectRow(place)
                return

    def _current(self) -> None:
        if (number := self.number()) is not None:
            self.chosen.emit(number)

    def _open(self) -> None:
        if (number := self.number()) is not None:
            self.opened.emit(number)

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Del deletes; letters are the page's keys."""
        number = self.number()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() == Qt.Key.Key_Delete and number is not None:
            self.delete_wanted.emit(number)
        elif event.text().strip() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)
