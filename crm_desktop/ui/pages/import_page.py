"""The import: file → columns → check → import → result, on one page.

The page holds the state and runs the work; each step is a widget that shows and asks. All
work runs off the GUI thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.changes import Changes
from crm_desktop.domain.imports import ImportResult, SheetPeek, SheetPreview
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.expecting import expect_files
from crm_desktop.ui.ops import JobOp, ReadOp, WriteOp
from crm_desktop.ui.pages.base import Page
from crm_desktop.ui.pages.import_wizard.asking import Asking
from crm_desktop.ui.pages.import_wizard.check_step import CheckStep, cells_with_problems
from crm_desktop.ui.pages.import_wizard.columns_step import ColumnsStep
from crm_desktop.ui.pages.import_wizard.file_step import FileStep
from crm_desktop.ui.pages.import_wizard.findings import Line
from crm_desktop.ui.pages.import_wizard.foot import Foot
from crm_desktop.ui.pages.import_wizard.importing import Importing
from crm_desktop.ui.pages.import_wizard.last import Last
from crm_desktop.ui.pages.import_wizard.opening import Opening
from crm_desktop.ui.pages.import_wizard.peek_step import PeekStep
from crm_desktop.ui.pages.import_wizard.result_step import ResultStep
from crm_desktop.ui.pages.import_wizard.sources import OpenFile, SheetChoice
from crm_desktop.ui.pages.import_wizard.standing import Standing
from crm_desktop.ui.pages.import_wizard.steps import Step, StepHead
from crm_desktop.ui.pages.import_wizard.work_step import WorkStep
from crm_desktop.ui.pasting import pasted_cells
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import ElidedLabel, label

if TYPE_CHECKING:
    pass

_LATER = 50  # milliseconds


class _Kept(NamedTuple):
    """What outlives the page when the language changes."""

    files: list[OpenFile]
    country: str
    country_said: bool
    result: ImportResult | None


class ImportPage(Page):
    """The wizard."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.step = Step.FILE
        self.opening = Opening(self)
        self.opening.moved.connect(self._files_moved)
        self.opening.seen.connect(self._show_peek)
        self.standing = Standing(self)
        self._last = Last(self.host, self.workspace.path)
        self.asking = Asking(self)
        self.asking.moved.connect(self._show_foot)
        self.importing = Importing(self, self.opening, self.asking)
        self.head = StepHead()
        self.subtitle = ElidedLabel("", "secondary")
        self.file_step = FileStep(self)
        self.peek_step = PeekStep(self)
        self.work_step = WorkStep(self)
        self.stack = QStackedWidget()
        self._foot = Foot(self.go_back, self.go_on)
        self.hint, self.back, self.next = self._foot.hint, self._foot.back, self._foot.next
        self._build()
        self._connect()
        self.session.bus.changed.connect(self._archive_changed)
        self._show_step(Step.FILE)
        later = QTimer(self)
        later.setSingleShot(True)
        later.timeout.connect(self._build_ahead)
        later.start(_LATER)

    def _build_ahead(self) -> None:
        """In a turn of its own, so that neither blocks the window for long."""
        _built = self.columns_step

    def _build(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(label(_("Import"), "title"))
        titles.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.setSpacing(SPACE.l)
        head.addLayout(titles, 1)
        head.addWidget(self.head, 0, Qt.AlignmentFlag.AlignVCenter)
        for part in (
            self.file_step,
            self.peek_step,
            self.work_step,
        ):
            self.stack.addWidget(part)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(SPACE.xl, SPACE.xl, SPACE.xl, SPACE.l)
        lines.setSpacing(SPACE.l)
        lines.addLayout(head)
        lines.addWidget(self.stack, 1)
        lines.addWidget(self._foot)

    def _connect(self) -> None:
        files = self.file_step
        files.chosen.connect(self.open_files)
        files.removed.connect(self._remove)
        files.password_given.connect(self._unlock)
        files.country_chosen.connect(self._choose_country)
        files.go_on.connect(self._to_columns)
        files.stop_wanted.connect(self.opening.stop)
        self.peek_step.stop_wanted.connect(self.opening.stop)
        self.opening.looked.connect(self.peek_step.show_progress)
        self.work_step.stop_wanted.connect(self.importing.stop)
        importing = self.importing
        importing.began.connect(self._show_work)
        importing.progressed.connect(self.work_step.show_progress)
        importing.done.connect(self._show_done)
        importing.checked_again.connect(self._show_checked_again)
        importing.stopped.connect(self._show_stopped)
        importing.ended.connect(self._work_ended)

    # A dropped file need not wait for the steps that come later.

    @cached_property
    def columns_step(self) -> ColumnsStep:
        """What the columns hold."""
        made = ColumnsStep(self)
        made.country.set_country(self.opening.country)
        made.changed.connect(self._plans_changed)
        made.header_wanted.connect(self._replan)
        made.values_wanted.connect(self._count_values)
        made.dates_wanted.connect(self._look_at_dates)
        made.country_chosen.connect(self._choose_country)
        self.stack.addWidget(made)
        return made

    @cached_property
    def check_step(self) -> CheckStep:
        """What the import would do."""
        made = CheckStep(self)
        made.cell_wanted.connect(self._go_to_cell)
        made.only_changed.connect(self._choose_changed)
        made.fixed.connect(self._check_again)
        self.stack.addWidget(made)
        return made

    @cached_property
    def result_step(self) -> ResultStep:
        """What it did."""
        made = ResultStep(self)
        made.folder = self._last.folder
        made.customers_wanted.connect(self._show_customers)
        made.undo_wanted.connect(self.undo)
        made.redo_wanted.connect(self.standing.redo)
        self.standing.moved.connect(made.show_state)
        self.standing.undone.connect(made.show_undone)
        self.standing.refused.connect(made.undo.hide)
        made.another_wanted.connect(self.start_over)
        made.save_wanted.connect(self.save_failed)
        self.stack.addWidget(made)
        return made

    # Files.

    @property
    def busy(self) -> bool:
        """Whether a check or an import runs."""
        return self.importing.busy

    @property
    def result(self) -> ImportResult | None:
        """Of the last check or import."""
        return self.importing.result

    @property
    def files(self) -> list[OpenFile]:
        """The files that are being imported."""
        return self.opening.files

    def open_files(self, paths: Sequence[Path]) -> None:
        """Take files in, beside those that are here."""
        if self.busy:
            self.host.toast(_("Wait until this import is done, or cancel it first."))
            return
        if self.step is Step.RESULT:
            self._forget()
        self.importing.forget_check()
        self._show_step(Step.FILE)
        self.opening.add(paths)

    def _files_moved(self) -> None:
        self.file_step.show_files(self.files, busy=self.opening.busy)
        self._say_country()
        self.peek_step.show_files(self.files)
        if self.step is Step.FILE and self.opening.all_ready:
            self._to_columns()
        elif self._peeks and (not self.opening.busy or any(f.asks for f in self.files)):
            self._show_step(Step.FILE)
            self.file_step.start()
        if not self.opening.busy:
            expect_files(self.host)

    @property
    def _peeks(self) -> bool:
        """Whether the beginning of a file is shown, which is still being looked through."""
        return self.stack.currentWidget() is self.peek_step

    def _show_peek(self, peek: SheetPeek) -> None:
        asked = any(f.asks for f in self.files)
        if self.step is not Step.FILE or not self.opening.busy or asked:
            return
        self.peek_step.show_peek(peek)
        self.stack.setCurrentWidget(self.peek_step)
        self.subtitle.set_text(", ".join(f.name for f in self.files))
        self.peek_step.start()

    def _unlock(self, file: OpenFile, password: str) -> None:
        self.opening.unlock(file, password)

    def _remove(self, file: OpenFile) -> None:
        self.importing.forget_check()
        self.opening.remove(file)

    def _forget(self) -> None:
        self.opening.clear()
        self.standing.follow(None)
        self.importing.result = None
        self.importing.forget_check()

    def start_over(self) -> None:
        """Import another file."""
        self._forget()
        self.file_step.show_files([])
        self._show_step(Step.FILE)

    # Country.

    def _show_country(self, found: tuple[str, bool]) -> None:
        country, self.opening.country_said = found
        if self.opening.country_said or not self.opening.country:
            self.opening.country = country
        self._say_country()

    def _say_country(self) -> None:
        self.file_step.country.set_country(self.opening.country)
        if "columns_step" in vars(self):
            self.columns_step.country.set_country(self.opening.country)

    def _choose_country(self, country: str) -> None:
        settings = self.workspace.settings
        self.opening.country, self.opening.country_said = country, True
        WriteOp(self, lambda: settings.set_home_country(country)).run()
        if self.files and self.step is not Step.RESULT:
            self.importing.forget_check()
            self._show_step(Step.FILE)
            self.opening.read_anew()

    # Columns.

    def _ask_fields(self) -> None:
        ReadOp(self, self.workspace.fields.all, key="fields").success(
            self.columns_step.show_own_fields
        ).run()

    def _archive_changed(self, changes: Changes) -> None:
        if "custom_field" in changes.tables and self.files:
            self._ask_fields()

    def _to_columns(self) -> None:
        self.opening.keep_ready()
        self.file_step.show_files(self.files)
        self.columns_step.show_files(self.files)
        self._ask_fields()
        ReadOp(self, self.workspace.imports.knows_customers, key="known").success(
            self.columns_step.show_known
        ).run()
        self.setTabOrder(self.columns_step.policies.box, self.back)
        self.setTabOrder(self.back, self.next)
        if self.opening.has_columns or not self.opening.wanted:
            self._show_step(Step.COLUMNS)
            self.columns_step.start()
        else:
            self.check()

    def _plans_changed(self) -> None:
        self._show_foot()

    def _replan(self, file: OpenFile, sheet: SheetChoice, number: int) -> None:
        session = file.session
        if session is not None:
            index = sheet.preview.index
            self.asking.ask(
                "header",
                lambda _job: session.replan(index, number),
                partial(self._replanned, sheet),
            )

    def _count_values(self, file: OpenFile, sheet: SheetChoice, index: int) -> None:
        session, plan = file.session, sheet.plan
        if session is not None:
            self.asking.ask(
                "values",
                lambda job: session.values(plan, index, job=job),
                partial(self.columns_step.show_values, sheet, index),
            )

    def _look_at_dates(self, file: OpenFile, sheet: SheetChoice, index: int) -> None:
        session, plan = file.session, sheet.plan
        if session is not None:
            self.asking.ask(
                f"dates {index}",
                lambda job: session.dates(plan, index, job=job),
                partial(self.columns_step.show_dates, sheet),
            )

    def _replanned(self, sheet: SheetChoice, preview: SheetPreview) -> None:
        session = next(f.session for f in self.files if sheet in f.sheets)
        if session is None:
            return
        sheet.replan(preview, session.proposal(preview.plan))
        self.columns_step.refresh()
        self._plans_changed()

    def _go_to_cell(self, line: Line) -> None:
        if line.sheet is None or not line.sheet.has_columns:
            return
        preview = line.sheet.preview
        if 0 <= line.row - preview.first_row < len(preview.cells):
            self._show_step(Step.COLUMNS)
            self.columns_step.go_to(line.sheet, line.row, line.sheet.position_of(line.column))
        else:  # its value can be corrected where it is listed
            self.host.toast(
                _("Row {n} stands below the rows that are shown here.").format(
                    n=say.number(line.row)
                )
            )

    # Check and import.

    def check(self) -> None:
        """Find out what the import would do."""
        if self.importing.stale:
            self.importing.check()
        else:
            self._show_step(Step.CHECK)

    def run_import(self) -> None:
        """Take everything in."""
        self.importing.run()

    def stop(self) -> None:
        """Cancel what runs."""
        self.importing.stop()

    def _choose_changed(self, only_changed: bool) -> None:
        self.importing.only_changed = only_changed
        self.importing.forget_check()
        if self.asking.busy:  # a session answers one question at a time
            self._check_again()
        else:
            self.check()

    def _check_again(self) -> None:
        self.importing.check_again()
        self._show_foot()

    def _show_work(self, step: Step, title: str, promise: str) -> None:
        self._show_step(step, working=True)
        self.work_step.begin(title, promise)

    def _show_done(self, step: Step, result: ImportResult) -> None:
        if step is Step.CHECK:
            self.check_step.show_result(self.opening.wanted, result)
            self._show_problems(result)
            self._show_step(Step.CHECK)
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._show_result(result)

    def _show_checked_again(self, result: ImportResult) -> None:
        self.check_step.show_again(self.opening.wanted, result)
        self._show_problems(result)
        self._show_foot()

    def _show_problems(self, result: ImportResult) -> None:
        self.columns_step.show_problems(cells_with_problems(self.opening.wanted, result))

    def _show_stopped(self, step: Step) -> None:
        self._show_step(Step.COLUMNS if step is Step.CHECK else Step.CHECK)

    def _work_ended(self) -> None:
        # Should nothing else have said where to go on, such as after a full disk.
        if self.stack.currentWidget() is self.work_step:
            self._show_stopped(self.step)

    def _show_result(self, result: ImportResult) -> None:
        self.opening.country_said = True
        names = [f.name for f in self.opening.wanted]
        self._last.remember(self.opening.wanted[-1])
        self.opening.close(self.files)
        self.result_step.show_result(names, result)
        self.standing.follow(result.step)
        self._show_step(Step.RESULT)

    def undo(self) -> None:
        """Take the import back."""
        self.result_step.undo.setEnabled(False)
        self.standing.undo()

    def save_failed(self, target: Path) -> None:
        """Save the rows to put right."""
        result, imports = self.result, self.workspace.imports
        if result is None:
            return
        found = result
        op = JobOp(self, lambda _job: imports.save_failed(found, target))
        op.success(partial(self._saved, target)).run()

    def _saved(self, target: Path, count: int) -> None:
        words = ngettext("{n} row written to {file}", "{n} rows written to {file}", count)
        self.host.toast(words.format(n=say.number(count), file=target.name))

    def _show_customers(self) -> None:
        self.host.show_page("customers")

    # Steps.

    def go_on(self) -> None:
        """The way forward."""
        if self._foot.isHidden() or not self.next.isEnabled():
            return
        stale = self.step is Step.CHECK and self.importing.stale
        if stale or self.step is Step.COLUMNS:
            self.check()
        elif self.step is Step.CHECK:
            self.run_import()

    def go_back(self) -> None:
        """The way back."""
        if self._foot.isHidden():
            return
        if self.step is Step.CHECK and self.opening.has_columns:
            self._show_step(Step.COLUMNS)
            self.columns_step.start()
        else:
            self.file_step.show_files(self.files)
            self._show_step(Step.FILE)

    def _show_step(self, step: Step, *, working: bool = False) -> None:
        self.step = step
        self.head.show_step(step)
        self.stack.setCurrentWidget(self.work_step if working else self._widget_of(step))
        self._foot.setVisible(not working and step in (Step.COLUMNS, Step.CHECK))
        names = [f.name for f in self.files]
        fonts.ensure_for(*names)
        self.subtitle.set_text(
            ", ".join(names)
            if names and step is not Step.FILE
            else _("From your spreadsheets into the archive")
        )
        self._show_foot()

    def _widget_of(self, step: Step) -> QWidget:
        if step is Step.FILE:
            return self.file_step
        if step is Step.COLUMNS:
            return self.columns_step
        if step is Step.CHECK:
            return self.check_step
        return self.result_step if step is Step.RESULT else self.work_step

    def _show_foot(self) -> None:
        if self.step is Step.CHECK:
            self._foot.say_import(
                self.result,
                of_firm=any(s.is_of_firm for f in self.files for s in f.wanted),
                read_only=self.workspace.read_only,
                stale=self.importing.stale,
                busy=self.asking.busy,
            )
        else:
            wanted = [s for f in self.files for s in f.wanted]
            self._foot.say_check(wanted, busy=self.asking.busy)

    # What the window asks of a page.

    def kept(self) -> object:
        """The files with what was said of their columns, and what the import did."""
        opening = self.opening
        result = self.result if self.step is Step.RESULT else None
        return _Kept(self.files, opening.country, opening.country_said, result)

    def take_up(self, kept: object) -> None:
        """Show the result again, or read the files again for the columns."""
        if not isinstance(kept, _Kept):
            return
        opening = self.opening
        opening.country, opening.country_said = kept.country, kept.country_said
        if kept.result is None:
            opening.take_over(kept.files)
            return
        opening.files, self.importing.result = kept.files, kept.result
        self.result_step.show_result([f.name for f in kept.files], kept.result)
        self.standing.follow(kept.result.step)
        self._show_step(Step.RESULT)

    def activate(self) -> None:
        """Come to the front, with the keyboard where the work is."""
        settings = self.workspace.settings

        def ask() -> tuple[str, bool]:
            return settings.home_country(), settings.has_home_country()

        ReadOp(self, ask, key="country").success(self._show_country).run()
        expect_files(self.host)
        if self._peeks:
            self.peek_step.start()
        elif self.step is Step.FILE:
            self.file_step.folder = self._last.folder
            self.file_step.show_last(self._last.path)
            self.file_step.start()
        elif self.step is Step.COLUMNS:
            self.columns_step.start()
        elif self.step is Step.CHECK and not self.busy:
            self.check_step.start()

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter goes on, Esc goes back, Ctrl+V takes cells copied from Excel."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape and not self._foot.isHidden():
            self.go_back()
        elif event.key() == Qt.Key.Key_Escape and self._peeks:
            self.opening.stop()
        elif event.matches(QKeySequence.StandardKey.Paste):
            found = pasted_cells(QGuiApplication.clipboard().mimeData())
            if found is not None:
                self.open_files([found])
        else:
            super().keyPressEvent(event)
