"""The last step: what happened, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.domain.changes import Conflict, UndoResult
from crm_desktop.domain.imports import ImportResult, Outcome, SheetKind
from crm_desktop.i18n import _, ngettext
from crm_desktop.services.imports.failed import reasons
from crm_desktop.services.imports.report import beside, of_firm, pictured, related
from crm_desktop.ui import format as say
from crm_desktop.ui.pages.import_wizard.figures import Figures
from crm_desktop.ui.pages.import_wizard.findings import Findings, FindingsTable, Line
from crm_desktop.ui.pages.import_wizard.standing import State
from crm_desktop.ui.pages.import_wizard.steps import two_lines
from crm_desktop.ui.pages.import_wizard.words import field_names, total_rows
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import Card, Icon, button, label, row

_MOST_SHOWN = 200
_LINE = 36
_MOST_LINES = 7


class ResultStep(QWidget):
    """Big figures, ways on, and the rows to look at; once it was undone, that instead.

    `save_wanted` carries the path that the rows to put right shall be saved at.
    """

    customers_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    another_wanted = Signal()
    save_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._names: Sequence[str] = ()
        self._result: ImportResult | None = None
        self._undone = False
        self._icon = Icon("circle-check", "accent", 34)
        self.title = label("", "record")
        self.text = label("", "mute", wrap=True)
        self.figures = Figures(done=True)
        self.show_customers = button(
            _("Show customers"), "users", kind="primary", clicked=self.customers_wanted.emit
        )
        self.another = button(_("Import another"), "file-up", clicked=self.another_wanted.emit)
        self.undo = button(_("Undo this import"), "undo-2", clicked=self.undo_wanted.emit)
        self.redo = button(_("Redo this import"), "redo-2", clicked=self.redo_wanted.emit)
        self.kept = Card()
        self._kept_lines = QVBoxLayout()
        self._kept_lines.setSpacing(SPACE.xs)
        self.kept.body.addWidget(label(_("Kept, because it was edited since"), "section"))
        self.kept.body.addLayout(self._kept_lines)
        self.kept.hide()
        self.folder = ""
        self.findings = Findings(self, with_cells=True, reason=_("What is the matter"))
        self.table = FindingsTable(self.findings, _("Left out or not understood"))
        self.save = button(_("Save as a workbook…"), "file-down", clicked=self._ask_target)
        self.save_hint = label("", "secondary", wrap=True)
        self.looks = Card(margins=(1, 12, 1, 6))
        self._build_looks()
        inner = QWidget()
        inner.setMaximumWidth(960)
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, SPACE.xl, 0, 0)
        lines.setSpacing(SPACE.l)
        head = row(self._icon, two_lines(self.title, self.text), spacing=SPACE.l)
        head.setStretch(1, 1)
        head.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(head)
        lines.addWidget(self.figures)
        ways = row(self.show_customers, self.another, None, self.undo, self.redo, spacing=SPACE.m)
        lines.addLayout(ways)
        lines.addWidget(self.looks)
        lines.addWidget(self.kept)
        lines.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        middle = QWidget()
        across = row(None, inner, None)
        across.setStretch(1, 12)
        middle.setLayout(across)
        area.setWidget(middle)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _build_looks(self) -> None:
        told = two_lines(label(_("Left out or not understood"), "section"), self.save_hint)
        head = row(told, self.save, spacing=SPACE.l)
        head.setStretch(0, 1)
        head.setContentsMargins(13, 0, 13, SPACE.s)
        self.looks.body.addLayout(head)
        self.looks.body.addWidget(self.table)
        self.looks.hide()

    def _show_looks(self, result: ImportResult) -> None:
        """List what was not understood, and what was left out and why."""
        lines: list[Line] = []
        left: list[Line] = []
        sheets = [(f, s) for f in result.files for s in f.sheets]
        for file, sheet in sheets:
            place = sheet.sheet or Path(file.file).stem
            lines += [
                Line(place, p.row, p.column, p.value, p.problem, None) for p in sheet.problems
            ]
            if sheet.kind is not SheetKind.LEDGER:
                left += [Line(place, r.row, "", "", r.reason, None) for r in sheet.left_out]
        lines += left
        for line in lines:
            fonts.ensure_for(line.value)
        self.findings.show(lines, several=len(sheets) > 1)
        self.table.fit()
        self.table.setFixedHeight(_LINE * (1 + min(len(lines), _MOST_LINES)) + 2)
        self.looks.setVisible(bool(lines))
        count = sum(len(reasons(sheet)) for _file, sheet in sheets)
        self.save.setVisible(bool(count))
        self.save_hint.setText(
            ngettext(
                "{n} row can be saved, put right in Excel and imported again.",
                "{n} rows can be saved, put right in Excel and imported again.",
                count,
            ).format(n=say.number(count))
            if count
            else _("None of them needs anything to be done.")
        )

    def _ask_target(self) -> None:
        dialog = QFileDialog(self, _("Save the rows to put right"), self.folder)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([_("Excel workbook (*.xlsx)")])
        dialog.setDefaultSuffix("xlsx")
        stem = Path(self._names[0]).stem if self._names else ""
        dialog.selectFile(_("{file} – to put right").format(file=stem) + ".xlsx")
        dialog.fileSelected.connect(self._target_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _target_chosen(self, path: str) -> None:
        self.save_wanted.emit(Path(path))

    def show_result(self, names: Sequence[str], result: ImportResult) -> None:
        """Show what an import did."""
        self._names, self._result = names, result
        self._tell_result(names, result)
        self.show_customers.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_undone(self, result: UndoResult) -> None:
        """Show that it was taken back from here, and what was not."""
        conflicts = result.conflicts
        self._tell_undone(
            ngettext(
                "{n} value was edited since and stays as it is.",
                "{n} values were edited since and stay as they are.",
                len(conflicts),
            ).format(n=say.number(len(conflicts)))
            if conflicts
            else _("The archive is as it was before.")
        )
        self._show_kept(conflicts)
        self.another.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_state(self, state: State) -> None:
        """Follow what was undone or redone elsewhere; the keyboard stays where it is."""
        if state.undone and not self._undone:
            # Only who asked for the undo is told what was kept.
            self._tell_undone(_("What was edited since stays as it is."))
            self._show_kept(())
        elif self._undone and not state.undone and self._result is not None:
            self._tell_result(self._names, self._result)
        self.redo.setVisible(state.can_redo)

    def _tell_result(self, names: Sequence[str], result: ImportResult) -> None:
        self._undone = False
        created = result.total(Outcome.CREATED) + result.organisations
        fonts.ensure_for(*names)
        self._icon.set_icon("circle-check", "accent")
        self.title.setText(
            ngettext("{n} new customer", "{n} new customers", created).format(n=say.number(created))
        )
        shown = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
        said = _(
            "{files} is in the archive, every row with its origin. It can be taken "
            "back at any time, here or in the history."
        ).format(files=shown)
        alone = bool(result.firm) and not total_rows(result)
        if alone:
            self.title.setText(_("What belongs to the firm is in the archive"))
            said = _(
                "{files} has no customers, but: {parts}. It can be taken back at any time, here or"
                " in the history."
            ).format(files=shown, parts=of_firm(result.firm, say.number))
        elif result.firm:
            parts = of_firm(result.firm, say.number)
            said += " " + _("Of the firm: {parts}.").format(parts=parts)
        if result.organisations:
            said += " " + beside(result.organisations, say.number)
        if result.relations:
            said += " " + related(result.relations, say.number)
        if result.pictures:
            said += " " + pictured(result.pictures, say.number)
        self.text.setText(said)
        self.figures.show_result(result)
        self.figures.setVisible(not alone)
        self._show_looks(result)
        self.kept.hide()
        self.undo.setVisible(result.step is not None)
        self.undo.setEnabled(True)
        self.redo.hide()

    def _tell_undone(self, text: str) -> None:
        self._undone = True
        self._icon.set_icon("undo-2", "accent")
        self.title.setText(_("This import was undone."))
        self.text.setText(text)
        self.figures.hide()
        self.looks.hide()
        self.undo.hide()

    def _show_kept(self, conflicts: Sequence[Conflict]) -> None:
        while (item := self._kept_lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for conflict in conflicts[:_MOST_SHOWN]:
            text = self._line(conflict)
            fonts.ensure_for(text)
            self._kept_lines.addWidget(label(text, wrap=True))
        if len(conflicts) > _MOST_SHOWN:
            more = _("… and {n} more").format(n=say.number(len(conflicts) - _MOST_SHOWN))
            self._kept_lines.addWidget(label(more, "secondary"))
        self.kept.setVisible(bool(conflicts))

    def _line(self, conflict: Conflict) -> str:
        name = conflict.customer_name or _("(without a name)")
        field = field_names().get(conflict.field, conflict.field)
        if not field:
            return _("{name}: kept").format(name=name)
        if conflict.kept:
            return _("{name}, {field}: “{kept}”").format(name=name, field=field, kept=conflict.kept)
        return f"{name}, {field}"
