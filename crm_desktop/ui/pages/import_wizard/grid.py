"""The grid of the preview: looks like the sheet, with the mapping over its columns."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QActionGroup,
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QTableView,
    QWidget,
)

from crm_desktop.domain.imports import SAYABLE, BandKind, Policy
from crm_desktop.i18n import _
from crm_desktop.ui.pages.import_wizard.field_popup import FieldPopup
from crm_desktop.ui.pages.import_wizard.grid_cells import LEAST, RUNS_OVER, CellDelegate
from crm_desktop.ui.pages.import_wizard.grid_model import SheetModel
from crm_desktop.ui.pages.import_wizard.mapping_head import MappingHead
from crm_desktop.ui.pages.import_wizard.row_head import RowHead
from crm_desktop.ui.pages.import_wizard.sources import SheetChoice
from crm_desktop.ui.pages.import_wizard.words import FieldChoice, feeds, role_text
from crm_desktop.ui.theme import TYPE
from crm_desktop.ui.theme.fonts import font

Index = QModelIndex | QPersistentModelIndex
_MOST = 250
_MEASURED_ROWS = 25
_SWATCHES = 44


class SheetGrid(QTableView):
    """The sheet's first rows.

    `mapped` tells that a column feeds something else now; `fixed` carries row number and column
    of a cell that says something else; `header_wanted` the number of the row that shall be the
    header, 0 for none; `values_wanted` a column whose spellings are to be seen; `rows_said` tells
    that rows are something else now.
    """

    mapped = Signal()
    fixed = Signal(int, int)
    header_wanted = Signal(int)
    values_wanted = Signal(int)
    rows_said = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet_model = SheetModel(self)
        self.setModel(self._sheet_model)
        self.setItemDelegate(CellDelegate(self._sheet_model, self))
        self.head = MappingHead(self._sheet_model, self)
        self.setHorizontalHeader(self.head)
        self.rows = RowHead(self._sheet_model, self)
        self.setVerticalHeader(self.rows)
        self.popup = FieldPopup(self)
        self.popup.chosen.connect(self._chosen)
        self.popup.policy_chosen.connect(self._policy_chosen)
        self.head.wanted.connect(self.open_chooser)
        self.head.values_wanted.connect(self._values_at)
        self.rows.sectionClicked.connect(self._row_clicked)
        self.rows.header_dragged.connect(self._want_header)
        self.rows.band_dragged.connect(self.say_rows)
        self.rows.menu_wanted.connect(self._row_menu)
        self.setShowGrid(False)
        self.setCornerWidget(QWidget())
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.AnyKeyPressed)
        self._sheet_model.fixed.connect(self.fixed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(_("First rows of the sheet"))

    @property
    def sheet_model(self) -> SheetModel:
        """What it shows."""
        return self._sheet_model

    def show_sheet(self, sheet: SheetChoice | None) -> None:
        """Show a sheet, its columns as wide as their first rows need."""
        model = self._sheet_model
        model.show(sheet)
        self.rows.fit()
        metrics = QFontMetrics(font(TYPE.body, semibold=True))
        # A sheet of thousands of columns is measured by fewer rows.
        rows = min(
            model.rowCount(), max(3, min(_MEASURED_ROWS, 10_000 // max(1, model.columnCount())))
        )
        for column in range(model.columnCount()):
            self.setColumnHidden(column, column < model.first_column)
            mapping = model.mapping(column)
            texts = [model.text(r, column)[:60] for r in range(rows)]
            head = metrics.horizontalAdvance(feeds(mapping)) + 62 if mapping else 0
            head = max(head, metrics.horizontalAdvance(model.title(column)) + 20)
            # A title above the header may be long: it may run out of its cell.
            above = [model.role_of(r, column) in RUNS_OVER for r in range(rows)]
            widths = [
                metrics.horizontalAdvance(t) + 24
                for t, is_above in zip(texts, above, strict=True)
                if not is_above
            ]
            width = max(head, *widths) if widths else head
            width += _SWATCHES * model.is_swatch(column)
            self.setColumnWidth(column, max(LEAST, min(width, _MOST)))

    def go_to(self, number: int, column: int) -> bool:
        """Go to a cell by the numbers of sheet and plan; False where its row is not shown."""
        row = self._sheet_model.row_of(number)
        column = self._sheet_model.column_of(column)
        if row < 0 or column < 0:
            return False
        index = self._sheet_model.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def open_chooser(self, column: int) -> None:
        """Open the chooser of the column at a place."""
        sheet = self._sheet_model.sheet
        mapping = self._sheet_model.mapping(column)
        if mapping is None or sheet is None or not sheet.maps_columns:
            return
        if sheet.is_left_as_hidden(mapping.index):
            return
        self.head.go_to(column)
        box = self.head.chooser_box(column)
        plan = sheet.plan if self._sheet_model.with_policies else None
        self.popup.open_for(
            mapping, self.head.viewport().mapToGlobal(QPoint(box.x(), box.bottom() + 4)), plan
        )

    def _chosen(self, column: int, choice: FieldChoice) -> None:
        sheet = self._sheet_model.sheet
        if sheet is not None:
            sheet.choose(column, choice)
            self._sheet_model.refresh()
            self.head.viewport().update()
            self.mapped.emit()

    def _policy_chosen(self, column: int, policy: Policy) -> None:
        sheet = self._sheet_model.sheet
        mapping = sheet.column_at(column) if sheet is not None else None
        if sheet is not None and mapping is not None:
            sheet.set_policy(mapping.field, policy)
            self._sheet_model.refresh()
            self.head.viewport().update()
            self.mapped.emit()

    def _row_clicked(self, row: int) -> None:
        self._want_header(self._sheet_model.row_number(row))

    def _want_header(self, number: int) -> None:
        sheet = self._sheet_model.sheet
        if sheet is not None and sheet.has_columns and number != sheet.plan.header_row:
            self.header_wanted.emit(number)

    def _menu(self, at: QPoint, row: int, column: int) -> None:
        sheet = self._sheet_model.sheet
        if sheet is None or not sheet.has_columns:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        model = self._sheet_model
        number = model.row_number(row)
        fix = menu.addAction(_("Correct this cell"))
        fix.setShortcut(QKeySequence(Qt.Key.Key_F2))
        fix.setEnabled(model.can_fix(row, column))
        fix.triggered.connect(self.edit_current)
        if model.fix(row, column) is not None:
            back = menu.addAction(_("Take the correction back"))
            back.triggered.connect(self.take_back)
        menu.addSeparator()
        this = menu.addAction(_("This is the header row"))
        this.setEnabled(number != sheet.plan.header_row)
        this.setData(number)
        none = menu.addAction(_("There is no header row"))
        none.setEnabled(sheet.plan.header_row != 0)
        none.setData(0)
        if sheet.can_say(number):
            menu.addSeparator()
            self._add_roles(menu, sheet.band_at(number), [number])
        menu.addSeparator()
        choose = menu.addAction(_("What does this column hold?"))
        choose.setShortcut(QKeySequence(Qt.Modifier.ALT | Qt.Key.Key_Down))
        choose.setEnabled(model.mapping(column) is not None and sheet.maps_columns)
        spell = menu.addAction(_("Join spellings of this column…"))
        spell.setShortcut(QKeySequence(Qt.Modifier.ALT | Qt.Key.Key_Up))
        spell.setEnabled(model.can_join(column))
        spell.setData(model.position(column))
        spell.triggered.connect(self._values_chosen)
        for action in (this, none):
            action.triggered.connect(self._header_chosen)
        choose.setData(column)
        choose.triggered.connect(self._chooser_chosen)
        menu.popup(at)

    def _add_roles(self, menu: QMenu, here: BandKind | None, numbers: list[int]) -> None:
        """Offer what rows can be said to be."""
        group = QActionGroup(menu)
        for kind in SAYABLE:
            action = menu.addAction(role_text(kind))
            action.setCheckable(True)
            action.setChecked(kind is here)
            action.setData((numbers, kind))
            action.triggered.connect(self._role_chosen)
            group.addAction(action)

    def _role_chosen(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.say_rows(*sender.data())  # type: ignore[attr-defined]

    def _row_menu(self, at: QPoint, row: int) -> None:
        column = max(self.currentIndex().column(), self._sheet_model.first_column)
        self.setCurrentIndex(self._sheet_model.index(row, column))
        self._menu(at, row, column)

    def say_rows(self, numbers: list[int], kind: BandKind | None) -> None:
        """Say what rows are; the grid shows it."""
        sheet, here = self._sheet_model.sheet, self.currentIndex()
        if sheet is None:
            return
        row, column = here.row(), here.column()
        sheet.say_rows(numbers, kind)
        self.show_sheet(sheet)
        if row >= 0:
            self.setCurrentIndex(self._sheet_model.index(row, column))
        self.rows_said.emit()

    def _header_chosen(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._want_header(int(sender.data()))  # type: ignore[attr-defined]

    def _chooser_chosen(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.open_chooser(int(sender.data()))  # type: ignore[attr-defined]

    def below_head(self, position: int) -> QPoint:
        """Where a panel of a column opens, on the screen."""
        column = self._sheet_model.column_of(position)
        self.head.go_to(column)
        box = self.head.chooser_box(column)
        return self.head.viewport().mapToGlobal(QPoint(box.x(), box.bottom() + 4))

    def _values_at(self, column: int) -> None:
        if self._sheet_model.can_join(column):
            self.values_wanted.emit(self._sheet_model.position(column))

    def _values_chosen(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.values_wanted.emit(int(sender.data()))  # type: ignore[attr-defined]

    def edit_current(self) -> None:
        """Edit the current cell, where that can be done."""
        index = self.currentIndex()
        if index.isValid() and self._sheet_model.can_fix(index.row(), index.column()):
            self.edit(index)

    def take_back(self) -> None:
        """Let the current cell say again what stands in the file."""
        index = self.currentIndex()
        model = self._sheet_model
        if index.isValid() and model.fix(index.row(), index.column()) is not None:
            model.setData(index, model.original(index.row(), index.column()))

    # Qt's own names.

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By the mouse where it is, by the keyboard at the current cell."""
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard or not index.isValid():
            index = self.currentIndex()
        if index.isValid():
            self.setCurrentIndex(index)
            at = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            mouse = event.reason() == QContextMenuEvent.Reason.Mouse
            self._menu(event.globalPos() if mouse else at, index.row(), index.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 and Enter edit a cell, Alt+Down opens the chooser of its column; typing writes."""
        key, here = event.key(), self.currentIndex()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # the page goes on
        elif not here.isValid():
            super().keyPressEvent(event)
        elif alt and key == Qt.Key.Key_Up and self._sheet_model.can_join(here.column()):
            self.values_wanted.emit(self._sheet_model.position(here.column()))
        elif enter or key == Qt.Key.Key_F2 or (alt and key == Qt.Key.Key_Down):
            if alt or not self._sheet_model.can_fix(here.row(), here.column()):
                self.open_chooser(here.column())
            else:
                self.edit(here)
        elif key == Qt.Key.Key_Delete and self._sheet_model.can_fix(here.row(), here.column()):
            self._sheet_model.setData(here, "")
        else:
            super().keyPressEvent(event)
