"""The second step: the sheets as they look, and what each column holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.domain.fields import CustomField
from crm_desktop.domain.imports import (
    COLOUR_COLUMN,
    EVERY_FIELD,
    ColumnMapping,
    ColumnValues,
    Policy,
    SheetKind,
)
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui.pages.import_wizard.colour_bar import ColourBar
from crm_desktop.ui.pages.import_wizard.date_question import DateQuestion
from crm_desktop.ui.pages.import_wizard.dots import dots_line
from crm_desktop.ui.pages.import_wizard.grid import SheetGrid
from crm_desktop.ui.pages.import_wizard.hidden_bar import HiddenBar
from crm_desktop.ui.pages.import_wizard.mapping_menu import MappingMenu
from crm_desktop.ui.pages.import_wizard.policy_bar import PolicyBar
from crm_desktop.ui.pages.import_wizard.remembered import Remembered
from crm_desktop.ui.pages.import_wizard.sheet_list import SheetList, sheet_name, sheet_title
from crm_desktop.ui.pages.import_wizard.sources import OpenFile, SheetChoice, each_sheet
from crm_desktop.ui.pages.import_wizard.spellings_panel import SpellingsPanel
from crm_desktop.ui.pages.import_wizard.words import kind_of_file, kind_of_sheet, rows
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Card, ElidedLabel, Icon, button, column, label, row
from crm_desktop.ui.widgets.country import CountryBox
from crm_desktop.ui.widgets.notice import Notice


class ColumnsStep(QWidget):
    """Sheets at the left, the grid at the right.

    `changed` tells that a plan is another one now; `header_wanted` carries file, sheet and
    row number; `values_wanted` and `dates_wanted` file, sheet and a column's position;
    `country_chosen` a code.
    """

    changed = Signal()
    header_wanted = Signal(object, object, int)
    values_wanted = Signal(object, object, int)
    dates_wanted = Signal(object, object, int)
    country_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._files: list[OpenFile] = []
        self._file: OpenFile | None = None
        self._sheet: SheetChoice | None = None
        self._problems: dict[SheetChoice, dict[tuple[int, int], str]] = {}
        self.sheets = SheetList()
        self.sheets.shown.connect(self._show)
        self.sheets.changed.connect(self._sheets_changed)
        self.grid = SheetGrid()
        self.grid.mapped.connect(self._mapped)
        self.grid.header_wanted.connect(self._header_wanted)
        self.grid.fixed.connect(self._fixed)
        self.grid.rows_said.connect(self._rows_said)
        self.grid.values_wanted.connect(self._values_wanted)
        self.spellings = SpellingsPanel(self.grid)
        self.spellings.accepted.connect(self._joined)
        self.colours = ColourBar()
        self.colours.named.connect(self._colour_named)
        self.hidden = HiddenBar()
        self.hidden.left_out.connect(self._hidden_left_out)
        self.dates = DateQuestion()
        self.dates.answered.connect(self._dates_answered)
        self.title = ElidedLabel("", "section")
        self.facts = ElidedLabel("", "secondary")
        self.look = button("", "triangle-alert", kind="link", clicked=self.next_unsure)
        self.look.hide()
        self.spelt = button("", "merge", kind="link", clicked=self.next_spellings)
        self.spelt.hide()
        self.warning = label("", "error", wrap=True)
        self.warning.hide()
        self.notes = Notice("triangle-alert", kind="warning")
        self.switch = button("", kind="link", clicked=self._switch)
        self.sales = Notice("info", self.switch)
        self.remembered = Remembered()
        self.remembered.swapped.connect(self._swap)
        self.mappings = MappingMenu(self)
        self.mappings.applied.connect(self._read_otherwise)
        self.policies = PolicyBar()
        self.policies.chosen.connect(self._policy_chosen)
        self.policies.hide()
        self.country = CountryBox()
        self.country.setMinimumWidth(150)
        self.country.chosen.connect(self.country_chosen)
        self._build()

    def _build(self) -> None:
        home = row(
            Icon("globe", "mute", 16),
            label(_("Phone numbers from"), "secondary"),
            self.country,
        )
        head = QHBoxLayout()
        head.setSpacing(SPACE.m)
        head.addLayout(column(self.title, self.facts, spacing=2), 1)
        head.addLayout(home)
        head.addWidget(self.mappings)
        legend = dots_line()
        legend.addStretch(1)
        legend.addWidget(self.spelt)
        legend.addWidget(self.look)
        card = Card(margins=(1, 6, 1, 6))
        card.body.addWidget(self.grid)
        right = column(spacing=SPACE.s)
        right.addLayout(head)
        right.addWidget(self.warning)
        right.addWidget(self.remembered)
        right.addWidget(self.sales)
        right.addWidget(self.notes)
        right.addWidget(self.hidden)
        right.addWidget(self.dates)
        right.addWidget(self.colours)
        right.addWidget(card, 1)
        right.addLayout(legend)
        right.addWidget(self.policies)
        body = QHBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(SPACE.l)
        body.addWidget(self.sheets)
        body.addLayout(right, 1)

    def show_files(self, files: Sequence[OpenFile]) -> None:
        """Show the sheets of files that were just opened."""
        self._files = list(files)
        self._problems = {}
        self.sheets.show_files(files)
        self.sheets.setVisible(len(self.sheets.cards) > 1)
        # The cards are younger than what stands behind them.
        cards = [part for card in self.sheets.cards for part in (card, card.box)]
        above = [self.country, self.mappings, self.remembered.switch, self.switch]
        below = [self.spelt, self.look, self.policies.box]
        after_cards = [*above, self.grid.head, self.grid, *below]
        for before, after in pairwise([*cards, *after_cards]):
            self.setTabOrder(before, after)

    def show_own_fields(self, fields: Sequence[CustomField]) -> None:
        """Offer the archive's own fields to the columns."""
        self.grid.popup.fields = list(fields)

    def show_known(self, some: bool) -> None:
        """Whether the archive knows customers to whom rows may belong."""
        self.grid.sheet_model.with_policies = some
        self.grid.head.viewport().update()
        self._say()

    def show_problems(self, problems: Mapping[SheetChoice, Mapping[tuple[int, int], str]]) -> None:
        """Mark the cells that a check has found."""
        self._problems = {sheet: dict(cells) for sheet, cells in problems.items()}
        if self._sheet is not None:
            self.grid.sheet_model.show_problems(self._problems.get(self._sheet, {}))

    def refresh(self) -> None:
        """A sheet was read in another way: show it anew."""
        self.sheets.refresh()
        if self._file is not None and self._sheet is not None:
            self._show(self._file, self._sheet)

    def go_to(self, sheet: SheetChoice, number: int, position: int) -> bool:
        """Go to a cell; False where its row is not among those shown."""
        self.sheets.go_to(sheet)
        return self.grid.go_to(number, position)

    def next_unsure(self) -> None:
        """Go to the next column that needs a look, on whichever sheet."""
        here = [s for _f, s in each_sheet(self._files) if s.wanted]
        if self._sheet in here:
            at = here.index(self._sheet)
            here = here[at:] + here[:at]
        for sheet in here:
            if unsure := sheet.unsure():
                if sheet is not self._sheet:
                    self.sheets.go_to(sheet)
                if self.dates.buttons and sheet.plan.columns[unsure[0]] in sheet.date_questions():
                    self.dates.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
                    return
                index = sheet.plan.columns[unsure[0]].index
                if index == COLOUR_COLUMN and self.colours.ask():
                    return
                position = self.grid.sheet_model.column_of(index)
                self.grid.head.setFocus(Qt.FocusReason.OtherFocusReason)
                self.grid.head.go_to(position)
                self.grid.open_chooser(position)
                return

    def next_spellings(self) -> None:
        """Show the spellings of the next column that has some, on whichever sheet."""
        found = [(f, s) for f, s in each_sheet(self._files) if s.spellings()]
        found.sort(key=lambda pair: pair[1] is not self._sheet)
        if found:
            _file, sheet = found[0]
            if sheet is not self._sheet:
                self.sheets.go_to(sheet)
            self._values_wanted(sheet.spellings()[0])

    def show_values(self, sheet: SheetChoice, index: int, values: ColumnValues) -> None:
        """Show a column's values that were counted, where its panel is still open."""
        if sheet is self._sheet and self.spellings.index == index:
            self.spellings.show_values(values)

    def show_dates(self, sheet: SheetChoice, found: ColumnMapping | None) -> None:
        """Show what the dates of a column that became one of birthdays say of themselves."""
        if found is not None:
            sheet.learn_dates(found)
            self.grid.sheet_model.refresh()
            self.sheets.refresh()
            self._say()
            self.changed.emit()

    def start(self) -> None:
        """Put the keyboard where the work is."""
        self.grid.head.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, file: OpenFile, sheet: SheetChoice) -> None:
        self._file, self._sheet = file, sheet
        self.grid.show_sheet(sheet)
        self.grid.sheet_model.show_problems(self._problems.get(sheet, {}))
        self._say()

    def _say(self) -> None:
        file, sheet = self._file, self._sheet
        if file is None or sheet is None or file.preview is None:
            return
        name = sheet_title(file, sheet)
        alone = sheet_name(file, sheet) == file.path.stem
        self.title.set_text(name if alone else f"{file.name} · {name}")
        facts = [kind_of_file(file.preview.format), rows(sheet.preview.rows)]
        if sheet.has_columns:
            facts.insert(1, kind_of_sheet(sheet.kind))
        if sheet.preview.plan.kind is SheetKind.CARDS:
            pass  # its labels are the header, wherever they stand
        elif header := sheet.plan.header_row:
            first = header - sheet.plan.header_rows + 1
            facts.append(
                _("header in row {n}").format(n=header)
                if first == header
                else _("header in rows {first}–{last}").format(first=first, last=header)
            )
        elif sheet.has_columns:
            facts.append(_("no header row"))
        if fixes := len(sheet.plan.fixes):
            words = ngettext("{n} cell corrected", "{n} cells corrected", fixes)
            facts.append(words.format(n=fixes))
        if sheet.preview.hidden:
            facts.append(_("hidden in Excel"))
        self.facts.set_text(" · ".join(facts))
        self.warning.setVisible(sheet.wanted and not sheet.names_customers)
        self.warning.setText(
            _(
                "No column says who the customer is. Choose the one that holds the "
                "names, phones or e-mails."
            )
        )
        self._say_sales(sheet)
        self.remembered.show_sheet(sheet)
        self.mappings.show_sheet(sheet)
        self.policies.show_plan(sheet.plan)
        with_policies = self.grid.sheet_model.with_policies
        self.policies.setVisible(with_policies and sheet.maps_columns)
        self.hidden.show_sheet(sheet)
        self.colours.show_sheet(sheet)
        self._ask_dates(sheet)
        self.notes.setVisible(sheet.wanted and bool(sheet.preview.warnings))
        self.notes.text.setText(" ".join(sheet.preview.warnings))
        unsure = sum(len(s.unsure()) for _f, s in each_sheet(self._files) if s.wanted)
        self.look.setVisible(bool(unsure))
        words = ngettext("{n} column to look at", "{n} columns to look at", unsure)
        self.look.setText(words.format(n=unsure))
        self.look.setAccessibleName(words.format(n=unsure))
        spelt = sum(len(s.spellings()) for _f, s in each_sheet(self._files))
        self.spelt.setVisible(bool(spelt))
        words = ngettext(
            "{n} column with several spellings", "{n} columns with several spellings", spelt
        )
        self.spelt.setText(words.format(n=spelt))
        self.spelt.setAccessibleName(words.format(n=spelt))

    def _ask_dates(self, sheet: SheetChoice) -> None:
        self.dates.show_column(next(iter(sheet.date_questions()), None))
        # Its buttons are the youngest here, and stand in the middle.
        above = [self.switch, self.hidden.box, *self.dates.buttons, *self.colours.fields.values()]
        for before, after in pairwise([*above, self.grid.head]):
            self.setTabOrder(before, after)

    def _say_sales(self, sheet: SheetChoice) -> None:
        was_sales = sheet.preview.plan.kind is SheetKind.LEDGER
        self.sales.setVisible(was_sales or sheet.is_sales)
        if sheet.is_sales:
            text = _("Sales: every row is kept as it stands, and makes no customers.")
            way = _("Take it as a list of customers")
        else:
            text = _("Taken as a list: every row makes a customer or finds a known one.")
            way = _("Take it as sales")
        self.sales.text.setText(text)
        self.switch.setText(way)
        self.switch.setAccessibleName(way)

    def _swap(self) -> None:
        if self._sheet is not None:
            self._sheet.swap()
            self._read_otherwise()

    def _read_otherwise(self) -> None:
        self.grid.show_sheet(self._sheet)
        self._sheets_changed()
        self.sheets.refresh()

    def _policy_chosen(self, policy: Policy) -> None:
        if self._sheet is not None:
            self._sheet.set_policy(EVERY_FIELD, policy)
            self.grid.head.viewport().update()
            self._mapped()

    def _switch(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        sheet.take_as(SheetKind.LIST if sheet.is_sales else SheetKind.LEDGER)
        self._read_otherwise()

    def _mapped(self) -> None:
        self.sheets.refresh()
        self._say()
        self.changed.emit()
        for index in self._sheet.undated() if self._sheet is not None else ():
            self.dates_wanted.emit(self._file, self._sheet, index)

    def _colour_named(self, colour: str, tag: str) -> None:
        sheet = self._sheet
        if sheet is not None and dict(sheet.plan.colours).get(colour) != tag:
            sheet.name_colour(colour, tag)
            self._told()

    def _hidden_left_out(self, leave: bool) -> None:
        if self._sheet is not None:
            self._sheet.leave_hidden(leave)
            self._told()

    def _told(self) -> None:
        self.grid.sheet_model.refresh()
        self.grid.head.viewport().update()
        self._mapped()

    def _fixed(self, number: int, position: int) -> None:
        """A cell says something else: whether that is right, the next check will tell."""
        if self._sheet is not None:
            cells = self._problems.get(self._sheet, {})
            cells.pop((number, position), None)
            self.grid.sheet_model.show_problems(cells)
        self._say()
        self.changed.emit()

    def _rows_said(self) -> None:
        """Rows are something else: their cells' problems, as far as there are any, stay marked."""
        if self._sheet is not None:
            self.grid.sheet_model.show_problems(self._problems.get(self._sheet, {}))
        self._mapped()

    def _dates_answered(self, index: int, order: str) -> None:
        if self._sheet is None:
            return
        self._sheet.answer_dates(index, order)
        self.grid.sheet_model.refresh()
        self._mapped()
        buttons = self.dates.buttons if self.dates.isVisible() else []
        then = buttons[0] if buttons else self.grid.head
        then.setFocus(Qt.FocusReason.OtherFocusReason)

    def _values_wanted(self, index: int) -> None:
        file, sheet = self._file, self._sheet
        mapping = sheet.column_at(index) if sheet is not None else None
        if file is None or sheet is None or mapping is None:
            return
        self.spellings.open_for(mapping, self.grid.below_head(index))
        sheet.looked.add(index)
        self._say()
        self.values_wanted.emit(file, sheet, index)

    def _joined(self, index: int, pairs: Sequence[tuple[str, str]]) -> None:
        if self._sheet is not None:
            self._sheet.replace_values(index, pairs)
            self.grid.sheet_model.refresh()
            self._mapped()

    def _sheets_changed(self) -> None:
        self.grid.sheet_model.refresh()
        self._say()
        self.changed.emit()

    def _header_wanted(self, number: int) -> None:
        if self._file is not None and self._sheet is not None:
            self.header_wanted.emit(self._file, self._sheet, number)
