"""The third step: what the import would do, what is wrong, what is left out and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.imports import ImportResult
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.pages.import_wizard.figures import Figures
from crm_desktop.ui.pages.import_wizard.findings import Findings, FindingsTable, Line
from crm_desktop.ui.pages.import_wizard.sources import OpenFile, SheetChoice
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import (
    Card,
    Chips,
    EmptyState,
    label,
    row,
)
from crm_desktop.ui.widgets.notice import Notice


class CheckStep(QWidget):
    """Figures above, findings below.

    `cell_wanted` carries a `Line` to go to, `only_changed` whether rows that came in before as
    they stand shall be left out; `fixed` tells that a cell was put right.
    """

    cell_wanted = Signal(object)
    fixed = Signal()
    only_changed = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.figures = Figures(done=False)
        self.note = label("", "secondary", wrap=True)
        self.changed_box = QCheckBox(_("Bring only what changed"))
        self.changed_box.setChecked(True)
        self.changed_box.setToolTip(
            _("Rows that came in before, and stand there as they did, are left out.")
        )
        self.changed_box.toggled.connect(self.only_changed)
        self.already = Notice("history", self.changed_box)
        self.problems = Findings(self, with_cells=True, reason=_("What is the matter"))
        self.left_out = Findings(self, with_cells=False, reason=_("Why"))
        self.corrected = Findings(self, with_cells=True, reason=_("In the file"))
        self.problem_table = FindingsTable(self.problems, _("Problems"))
        self.left_table = FindingsTable(self.left_out, _("Rows left out"))
        self.corrected_table = FindingsTable(self.corrected, _("Corrected cells"))
        self._parts = {
            "problems": (self.problem_table, self.problems),
            "left": (self.left_table, self.left_out),
            "corrected": (self.corrected_table, self.corrected),
        }
        # A result that came while a value was being edited.
        self._later: tuple[Sequence[OpenFile], ImportResult] | None = None
        for table, model in self._parts.values():
            table.opened.connect(self.cell_wanted)
            table.edited.connect(self._edited)
            model.fixed.connect(self.fixed)
        self.tables = QStackedWidget()
        self._clean = EmptyState(
            "circle-check",
            _("Nothing to mend"),
            _("Every cell was understood and every row finds its place."),
        )
        for table, _model in self._parts.values():
            self.tables.addWidget(table)
        self.tables.addWidget(self._clean)
        self.chips = Chips(
            [
                ("problems", _("Problems")),
                ("left", _("Left out")),
                ("corrected", _("Corrected")),
            ]
        )
        self.chips.chosen.connect(self._chip)
        self._hint = label("", "secondary")
        chips = row(self.chips, None, self._hint)
        card = Card(margins=(1, 6, 1, 6))
        card.body.addWidget(self.tables)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(SPACE.m)
        for part in (self.already, self.figures, self.note):
            lines.addWidget(part)
        lines.addLayout(chips)
        lines.addWidget(card, 1)

    def show_again(self, files: Sequence[OpenFile], result: ImportResult) -> None:
        """Show what a dry run has found since cells were put right; the place is kept."""
        table, model = self._parts[self.chips.key()]
        if table.editing:
            self._later = (files, result)
            return
        here, key = table.currentIndex(), self.chips.key()
        had_focus = table.hasFocus()
        self.show_result(files, result)
        if model.lines:
            self.chips.choose(key)
            self._chip(key)
            at = min(max(here.row(), 0), len(model.lines) - 1)
            table.setCurrentIndex(model.index(at, max(here.column(), 0)))
            if had_focus:
                table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        if self._later is not None:
            later, self._later = self._later, None
            self.show_again(*later)

    def show_result(self, files: Sequence[OpenFile], result: ImportResult) -> None:
        """Show what a dry run of files has found."""
        self._later = None
        self.figures.show_result(result)
        problems: list[Line] = []
        left: list[Line] = []
        count = unread = 0
        sheets = 0
        for file, found in zip(files, result.files, strict=True):
            for choice, sheet in zip(file.wanted, found.sheets, strict=True):
                sheets += 1
                place = sheet.sheet or file.path.stem
                count += sheet.problem_count
                unread += sheet.problem_count - sheet.late_count
                problems += [
                    Line(place, p.row, p.column, p.value, p.problem, choice) for p in sheet.problems
                ]
                left += [Line(place, r.row, "", "", r.reason, choice) for r in sheet.left_out]
        for line in problems:
            fonts.ensure_for(line.value)
        self.problems.show(problems, several=sheets > 1)
        self.left_out.show(left, several=sheets > 1)
        corrected = _corrections(files)
        self.corrected.show(corrected, several=sheets > 1)
        for table, _model in self._parts.values():
            table.fit()
        self._show_already(files, result)
        words = [
            ngettext(
                "{n} cell could not be read as what its column holds; its text is kept.",
                "{n} cells could not be read as what their columns hold; their text is kept.",
                unread,
            ).format(n=say.number(unread))
        ] * bool(unread)
        known = ngettext(
            "{n} value stays as it is where a row says otherwise, or wants a look.",
            "{n} values stay as they are where a row says otherwise, or want a look.",
            count - unread,
        )
        words += [known.format(n=say.number(count - unread))] * bool(count - unread)
        if count > len(problems):
            words.append(_("The first {n} are listed.").format(n=say.number(len(problems))))
        replaced = sum(sheet.replaced for found in result.files for sheet in found.sheets)
        overwritten = ngettext(
            "{n} value of known customers is overwritten; Undo brings it back.",
            "{n} values of known customers are overwritten; Undo brings them back.",
            replaced,
        )
        words += [overwritten.format(n=say.number(replaced))] * bool(replaced)
        beside = ngettext(
            "{n} organisation comes in beside the contact persons of its rows.",
            "{n} organisations come in beside the contact persons of their rows.",
            result.organisations,
        )
        words += [beside.format(n=say.number(result.organisations))] * bool(result.organisations)
        self.note.setText(" ".join(words))
        self.note.setVisible(bool(words))
        self._set_chip("problems", _("Problems"), count)
        self._set_chip("left", _("Left out"), len(left))
        self._set_chip("corrected", _("Corrected"), len(corrected))
        self._chip_button("corrected").setVisible(bool(corrected))
        self.chips.choose("left" if left and not problems else "problems")
        self._chip(self.chips.key())

    def start(self) -> None:
        """Put the keyboard on the findings."""
        shown = self.tables.currentWidget()
        if isinstance(shown, FindingsTable):
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chip_button(self, key: str) -> QPushButton:
        return self.chips.findChildren(QPushButton)[list(self._parts).index(key)]

    def _set_chip(self, key: str, word: str, count: int) -> None:
        chip = self._chip_button(key)
        text = f"{word} · {say.number(count)}"
        chip.setText(text)
        chip.setAccessibleName(text)

    def _show_already(self, files: Sequence[OpenFile], result: ImportResult) -> None:
        known = result.already or result.earlier
        moment = say.parse(known) if known else None
        self.already.setVisible(moment is not None)
        if moment is None:
            return
        if len(files) > 1:
            words = _("One of these files was imported before: {when}.")
        elif result.already:
            words = _("Already imported: {when}.")
        else:
            words = _("A file of this name was imported before: {when}.")
        self.already.text.setText(words.format(when=say.moment(moment)))

    def _chip(self, key: str) -> None:
        table, model = self._parts[key]
        empty = not model.lines
        self._clean.set_texts(
            _("Nothing to mend") if key == "problems" else _("No row is left out"),
            _("Every cell was understood.")
            if key == "problems"
            else _("Every row finds its place."),
        )
        self.tables.setCurrentWidget(self._clean if empty else table)
        hint = {
            "problems": _("A click on a value corrects it (F2), elsewhere it goes to the cell."),
            "left": _("A click goes to the row; a right click imports it after all (Ins).")
            if any(line.can_come_in for line in model.lines)
            else _("A click goes to the row in the sheet."),
            "corrected": _("Del takes a correction back, F2 changes it."),
        }[key]
        self._hint.setText("" if empty else hint)


def _corrections(files: Sequence[OpenFile]) -> list[Line]:
    """The cells that were put right, in the order of the sheets."""
    found = []
    for file in files:
        for sheet in file.wanted:
            for number, index, text in sorted(sheet.plan.fixes):
                column = sheet.column_at(index)
                words = sheet.originals.get((number, index)) or "–"
                letter = column.column if column is not None else ""
                place = sheet.preview.name or file.path.stem
                found.append(Line(place, number, letter, text, words, sheet))
    return found


def cells_with_problems(
    files: Sequence[OpenFile], result: ImportResult
) -> dict[SheetChoice, dict[tuple[int, int], str]]:
    """The problems by sheet and cell, to be marked in the grid."""
    marks: dict[SheetChoice, dict[tuple[int, int], str]] = {}
    for file, found in zip(files, result.files, strict=True):
        for choice, sheet in zip(file.wanted, found.sheets, strict=True):
            marks[choice] = {
                (p.row, choice.position_of(p.column)): p.problem for p in sheet.problems if p.column
            }
    return marks
