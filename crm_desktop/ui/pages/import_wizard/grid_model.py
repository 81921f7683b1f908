"""The first rows of a sheet, as the preview's grid reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from crm_desktop.domain.imports import (
    COLOUR_COLUMN,
    EVERY_FIELD,
    GROUP_COLUMN,
    SKIP,
    BandKind,
    ColumnMapping,
    Policy,
)
from crm_desktop.i18n import _
from crm_desktop.services.imports.spellings import replaced
from crm_desktop.ui.pages.import_wizard.policy_words import policies_of, policy_tip
from crm_desktop.ui.pages.import_wizard.sources import SheetChoice
from crm_desktop.ui.pages.import_wizard.words import (
    band_tip,
    certainty_text,
    column_title,
    feeds,
    letter_of,
)
from crm_desktop.ui.theme import fonts
from crm_desktop.ui.widgets.basic import plain_tip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
# The preview cuts texts here; who edited such a cell would lose its end.
_LONGEST = 200


class SheetModel(QAbstractTableModel):
    """At most 60 rows of display text; what they mean is in the sheet's plan.

    Behind the sheet's columns stand those that no sheet has: the heading above a group of
    rows, and the sheet's name. What is at a column's place is asked by `mapping`.

    `fixed` carries row number and position of a cell that was made to say something else.
    """

    fixed = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sheet: SheetChoice | None = None
        self._cells: tuple[tuple[str, ...], ...] = ()
        self._width = 0
        self._more: tuple[int, ...] = ()
        self._bands: dict[int, BandKind] = {}
        self._groups: list[str] = []
        self._fills: dict[int, tuple[str, ...]] = {}
        self._problems: Mapping[tuple[int, int], str] = {}
        self.with_policies = False  # whether some customers may be known already

    def show(self, sheet: SheetChoice | None) -> None:
        """Show another sheet, or the same one read in another way."""
        self.beginResetModel()
        self.sheet = sheet
        self._cells = sheet.preview.cells if sheet is not None else ()
        self._width = max((len(row) for row in self._cells), default=0)
        self._more = ()
        self._bands = {}
        self._fills = {}
        if sheet is not None:
            self._more = tuple(c.index for c in sheet.plan.columns if c.index >= GROUP_COLUMN)
            self._bands = {
                number: band.kind
                for band in sheet.plan.bands(sheet.preview.bands)
                for number in range(band.first, band.last + 1)
                if self.row_of(number) >= 0
            }
            self._fills = dict(sheet.preview.beside.fills)
        self._groups = self._headings()
        self._problems = {}
        for row in self._cells:
            fonts.ensure_for(*row)
        self.endResetModel()

    def _headings(self) -> list[str]:
        """For each row the heading that it stands under."""
        found, heading = [], ""
        said = dict(self.sheet.preview.headings) if self.sheet else {}
        for row, cells in enumerate(self._cells):
            is_heading = self.band(row) is BandKind.GROUP
            if is_heading:
                heading = next((text for text in cells if text), "")
                heading = said.get(heading, heading)
            found.append("" if is_heading else heading)
        return found

    def show_problems(self, problems: Mapping[tuple[int, int], str]) -> None:
        """Mark cells, named by the sheet's own row number and the column's position."""
        self._problems = problems
        self._changed()

    def refresh(self) -> None:
        """A column feeds something else now."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(self.columnCount() - 1, 0))
        self._changed()

    def row_number(self, row: int) -> int:
        """The sheet's own number of a row."""
        return row + (self.sheet.preview.first_row if self.sheet else 1)

    def row_of(self, number: int) -> int:
        """The row that has a number in the sheet; -1 where it is not shown."""
        row = number - (self.sheet.preview.first_row if self.sheet else 1)
        return row if 0 <= row < len(self._cells) else -1

    @property
    def first_column(self) -> int:
        """The table's first column; those before it belong to another one."""
        area = self.sheet.preview.area if self.sheet else None
        return min(area.left, max(self._width - 1, 0)) if area is not None else 0

    def position(self, column: int) -> int:
        """What the plan calls the column at a place."""
        return column if column < self._width else self._more[column - self._width]

    def column_of(self, position: int) -> int:
        """The place of a column of the plan; -1 where it is not shown."""
        if position in self._more:
            return self._width + self._more.index(position)
        return position if self.first_column <= position < self._width else -1

    def mapping(self, column: int) -> ColumnMapping | None:
        """What the column at a place feeds; None for one without a header or a value."""
        return self.sheet.column_at(self.position(column)) if self.sheet else None

    def policy(self, column: int) -> Policy | None:
        """What becomes of known customers' values of the column at a place.

        None where that goes without saying: all is filled, or nothing can be chosen.
        """
        mapping, sheet = self.mapping(column), self.sheet
        if not self.with_policies or mapping is None or sheet is None or not sheet.maps_columns:
            return None
        known, whole = sheet.plan.policy(mapping.field), sheet.plan.policy(EVERY_FIELD)
        worth_saying = known is not Policy.FILL or whole is not Policy.FILL
        return known if worth_saying and known in policies_of(mapping.field) else None

    def title(self, column: int) -> str:
        """What stands above a column."""
        mapping = self.mapping(column)
        return column_title(mapping) if mapping else letter_of(self.position(column))

    def band(self, row: int) -> BandKind | None:
        """What a row is, where it is no customer."""
        number = self.row_number(row)
        header = self.sheet.plan.header_row if self.sheet else 0
        if header and number == header:
            return BandKind.HEADER
        return self._bands.get(number)

    def text(self, row: int, column: int) -> str:
        """A cell's text, as the import will take it."""
        text = self.written(row, column)
        mapping = self.mapping(column)
        if mapping is None or not mapping.replacements or not self.can_fix(row, column):
            return text
        return replaced(mapping, text)

    def written(self, row: int, column: int) -> str:
        """The same before values of its column are replaced: what is edited."""
        fixed = self.fix(row, column)
        return self.original(row, column) if fixed is None else fixed

    def fix(self, row: int, column: int) -> str | None:
        """What a cell was made to say; None where it stands as in the file."""
        if self.sheet is None or not self.sheet.plan.fixes:
            return None
        return self.sheet.fix_at(self.row_number(row), self.position(column))

    def can_fix(self, row: int, column: int) -> bool:
        """Whether a cell can be made to say something else."""
        sheet = self.sheet
        return (
            sheet is not None
            and sheet.maps_columns
            and column < self._width
            and self.mapping(column) is not None
            and self.row_number(row) > sheet.plan.header_row
            and self.band(row) is None
            and any(self._cells[row])
            and len(self.original(row, column)) < _LONGEST
        )

    def can_join(self, column: int) -> bool:
        """Whether spellings of a column's values can be joined."""
        mapping = self.mapping(column)
        mapped = self.sheet is not None and self.sheet.maps_columns
        return mapped and column < self._width and mapping is not None and mapping.field != SKIP

    def spellings(self, column: int) -> str:
        """Whether values of a column are spelt in several ways.

        "open" where nobody has looked yet, else "seen" or "joined"; "" for no.
        """
        mapping = self.mapping(column)
        if self.sheet is None or mapping is None or not self.can_join(column):
            return ""
        if mapping.replacements:
            return "joined"
        if mapping.index not in self.sheet.preview.spellings:
            return ""
        return "seen" if mapping.index in self.sheet.looked else "open"

    def original(self, row: int, column: int) -> str:
        """A cell's text in the file."""
        if column >= self._width:
            if self.band(row) is not None or not any(self._cells[row]):
                return ""
            match self._more[column - self._width]:
                case position if position == GROUP_COLUMN:
                    return self._groups[row]
                case position if position == COLOUR_COLUMN:
                    tags = dict(self.sheet.plan.colours) if self.sheet else {}
                    return ", ".join(t for c in self.fills(row) if (t := tags.get(c, "")))
            return self.sheet.preview.name if self.sheet else ""
        cells = self._cells[row]
        return cells[column] if column < len(cells) else ""

    def fills(self, row: int) -> tuple[str, ...]:
        """The colours of a row, as far as they tell it from others."""
        return self._fills.get(self.row_number(row), ())

    def is_swatch(self, column: int) -> bool:
        """Whether a column shows the rows' colours."""
        return column >= self._width and self.position(column) == COLOUR_COLUMN

    def is_struck(self, row: int) -> bool:
        """Whether the file strikes a row through."""
        return self.sheet is not None and self.row_number(row) in self.sheet.preview.beside.struck

    def is_hidden(self, row: int) -> bool:
        """Whether the spreadsheet hides a row."""
        return self.sheet is not None and self.row_number(row) in self.sheet.preview.beside.hidden

    def is_hidden_column(self, column: int) -> bool:
        """Whether the spreadsheet hides a column."""
        hidden = self.sheet.preview.beside.hidden_columns if self.sheet else ()
        return column < self._width and column in hidden

    def problem(self, row: int, column: int) -> str:
        """What is wrong with a cell, "" for nothing."""
        return self._problems.get((self.row_number(row), self.position(column)), "")

    def role_of(self, row: int, column: int) -> str:
        """How a cell is to look: a band's kind, `above`, `out`, or "" for data."""
        if self.sheet is None or not self.sheet.has_columns:
            return ""
        if (band := self.band(row)) is not None:
            return band.value
        if self.row_number(row) < self.sheet.plan.header_row:
            return "above"
        if self.sheet.plan.without_hidden and self.is_hidden(row):
            return "out"
        mapping = self.mapping(column)
        return "out" if mapping is None or mapping.field == SKIP or not self.sheet.wanted else ""

    def _changed(self) -> None:
        if self._cells and self._width:
            last = self.index(len(self._cells) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # Qt's own names.

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """How many columns the sheet has, and those that no sheet has."""
        return 0 if parent.isValid() else self._width + len(self._more)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text and tooltip of a cell; looks are the delegate's."""
        if not index.isValid():
            return None
        text = self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.EditRole:
            return self.written(index.row(), index.column())
        wrong = self.problem(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            tip = text if len(text) > 24 else ""
            if wrong:
                tip = "\n".join((text, wrong, _("F2 corrects it.")))
            original = self.original(index.row(), index.column())
            if text != original:
                tip = _("{text}\nIn the file: {original}").format(
                    text=text or "–", original=original or "–"
                )
            return plain_tip(tip) or None
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return wrong or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of customers can be edited."""
        flags = super().flags(index)
        if index.isValid() and self.can_fix(index.row(), index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a cell's new text."""
        row, column = index.row(), index.column()
        if role != Qt.ItemDataRole.EditRole or self.sheet is None:
            return False
        number, position = self.row_number(row), self.position(column)
        if self.sheet.fix(number, position, str(value).strip(), self.original(row, column)):
            fonts.ensure_for(str(value))
            self.dataChanged.emit(index, index)
            self.fixed.emit(number, position)
        return True

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Row numbers at the left; above, what the column feeds."""
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                return str(self.row_number(section))
            if role == Qt.ItemDataRole.ToolTipRole:
                if self.sheet is None or not self.sheet.has_columns:
                    return None
                band = self.band(section)
                tips = [band_tip(band)] if band is not None else []
                if self.is_hidden(section):
                    tips.append(_("Hidden in the spreadsheet."))
                if self.is_struck(section):
                    tips.append(_("Struck through in the spreadsheet."))
                header = _("Click: this is the header row. Right click: it is something else.")
                return "\n".join((*tips, header))
            return None
        mapping = self.mapping(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return feeds(mapping) if mapping else self.title(section)
        if mapping is None:
            return None
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            said = _("Column {letter} “{header}”: {field}. {certainty}")
            if mapping.index == COLOUR_COLUMN:
                said = _("{letter}: {field}. {certainty}")
            elif mapping.index >= GROUP_COLUMN:
                said = _("{letter} “{header}”: {field}. {certainty}")
            words = said.format(
                letter=column_title(mapping),
                header=mapping.header,
                field=feeds(mapping),
                certainty=certainty_text(mapping),
            )
            if self.is_hidden_column(section):
                words = f"{words}\n{_('Hidden in the spreadsheet.')}"
            if (policy := self.policy(section)) is not None:
                words = f"{words}\n{policy_tip(policy)}"
            if spelt := self.spellings(section):
                told = _("Some values are written in several ways (Alt+Up).")
                if spelt == "joined":
                    told = _("Spellings were joined (Alt+Up).")
                words = f"{words}\n{told}"
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None
