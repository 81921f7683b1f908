"""The lines of a quotation on its page: the table, the row for a new one, details, totals."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import EnvironmentProblem, UserError
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.quotations import (
    QuotationLine,
    QuotationLineId,
    WholeQuotation,
    may_be_edited,
)
from crm_desktop.i18n import _
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.models.quotation_lines import FIELDS, Refusal
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.pages import refusals
from crm_desktop.ui.pages.quotation_new_line import QuotationNewLine
from crm_desktop.ui.pages.quotation_texts import LongText
from crm_desktop.ui.quotation_words import field_text
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Card, column, label
from crm_desktop.ui.widgets.quotation_table import QuotationTable
from crm_desktop.ui.widgets.quotation_totals import QuotationTotals


class QuotationLinesCard(Card):
    """`changed` tells that something was answered; `shown` carries a place to bring into sight."""

    changed = Signal()
    shown = Signal(QRect)

    def __init__(self) -> None:
        super().__init__(margins=(1, 6, 1, 14))
        self._whole: WholeQuotation | None = None
        self.table = QuotationTable()
        self.refused = label("", "error", wrap=True)
        self.refused.hide()
        self.new_line = QuotationNewLine()
        self.details = LongText(
            _("Details of the line"),
            _("What stands below it on paper: hotel, times, what is in it"),
        )
        self.totals = QuotationTotals()
        self._none = label(_("No lines yet: type the first one below."), "mute")
        below = QHBoxLayout()
        below.setSpacing(SPACE.xl)
        below.addLayout(column(self.details, None), 1)
        below.addWidget(self.totals, 0, Qt.AlignmentFlag.AlignTop)
        inset = column(self._none, self.refused, self.new_line, spacing=SPACE.s)
        inset.addSpacing(SPACE.s)
        inset.addLayout(below)
        inset.setContentsMargins(14, 4, 12, 0)
        self.body.setSpacing(SPACE.xs)
        self.body.addWidget(self.table)
        self.body.addLayout(inset)
        self.table.lines.edited.connect(self._edited)
        self.table.lines.refused_changed.connect(self._show_refused)
        self.table.remove_wanted.connect(self.remove)
        self.table.move_wanted.connect(self.move_line)
        self.table.option_wanted.connect(self._turn_option)
        self.table.chosen_wanted.connect(self._turn_chosen)
        self.table.line_changed.connect(self._show_details)
        self.table.selectionModel().currentChanged.connect(self._went)
        self.details.committed.connect(self._details_typed)
        self.new_line.added.connect(self._added)
        self.new_line.up_wanted.connect(self._into_table)

    def show_whole(self, whole: WholeQuotation, country: str) -> None:
        """Show the lines as they are now."""
        is_open, one = may_be_edited(whole.quotation), whole.quotation
        assert one.id is not None
        self._whole = whole
        self.table.lines.show_whole(whole, country)
        self.table.setVisible(bool(whole.lines))
        self._none.setVisible(is_open and not whole.lines)
        self.new_line.setVisible(is_open)
        self.new_line.show_quotation(one.id, one.title)
        self.totals.show_whole(whole, country)
        self._show_details()

    def refusals(self) -> list[tuple[str, str]]:
        """What stands refused, as it was typed, and why."""
        found = [(one.text, one.why) for _row, _column, one in self.table.lines.refusals()]
        return found + [said for said in (self.details.refused(),) if said is not None]

    def go_to_refused(self) -> bool:
        """Put the cursor on the first cell that was refused; False where there is none."""
        for row, place, _refusal in self.table.lines.refusals():
            self.table.go_to(row, place)
            return True
        return False

    def _show_refused(self) -> None:
        lines, said = self.table.lines, []
        for row, place, refusal in lines.refusals():
            words = _("Line {n}, {field}: {why}")
            which = lines.place(row) or str(row + 1)
            said.append(words.format(n=which, field=field_text(FIELDS[place]), why=refusal.why))
        self.refused.setText("\n".join(said))
        self.refused.setVisible(bool(said))

    def _show_details(self) -> None:
        line, whole = self.table.current_line(), self._whole
        if whole is None or line is None or not may_be_edited(whole.quotation):
            self.details.show_text(None, "", is_open=False)
            return
        self.details.head.set_text(_("Details of “{line}”").format(line=line.description))
        self.details.show_text(line.id, line.details, is_open=True)

    # Writing.

    def _edited(self, line: QuotationLineId, field: str, text: str) -> None:
        quotations, whole = session_of(self).workspace.quotations, self._whole
        host = host_of(self)
        if whole is None or (number := whole.quotation.id) is None:
            return
        title = whole.quotation.title

        def taken(_step: StepId | None) -> None:
            self.table.lines.taken(line, field, text)
            self.changed.emit()

        def refused(error: UserError) -> None:
            if not self.table.lines.refuse(line, field, Refusal(text, str(error))):
                refusals.tell_of_quotation(self, number, title, [(text, str(error))])

        def in_the_way(problem: EnvironmentProblem) -> None:
            host.show_problem(problem)
            self.table.lines.refuse(line, field, Refusal(text, str(problem)))

        op = WriteOp(self, lambda: quotations.update_line(line, field, text))
        op.success(taken).failure(refused).problem(in_the_way).run()

    def _details_typed(self, key: object, text: str) -> None:
        quotations, whole = session_of(self).workspace.quotations, self._whole
        if not isinstance(key, int) or whole is None or (number := whole.quotation.id) is None:
            return
        line, title = QuotationLineId(key), whole.quotation.title

        def refused(error: UserError) -> None:
            if not self.details.refuse(key, str(error)):
                refusals.tell_of_quotation(self, number, title, [(text, str(error))])

        op = WriteOp(self, lambda: quotations.update_line(line, "details", text))
        op.failure(refused).run()

    def _turn_option(self, line: QuotationLine) -> None:
        kind = LineKind.ITEM if line.kind is LineKind.OPTION else LineKind.OPTION
        if line.kind is not LineKind.TEXT:
            self._set(line, "kind", kind.value)

    def _turn_chosen(self, line: QuotationLine) -> None:
        self._set(line, "chosen", "0" if line.chosen else "1")

    def _set(self, line: QuotationLine, field: str, value: str) -> None:
        quotations, number = session_of(self).workspace.quotations, line.id
        assert number is not None
        WriteOp(self, lambda: quotations.update_line(number, field, value)).run()

    def move_line(self, line: QuotationLine, place: int) -> None:
        """Put a line elsewhere; the cursor goes with it."""
        quotations, number = session_of(self).workspace.quotations, line.id
        assert number is not None
        WriteOp(self, lambda: quotations.move_line(number, place)).run()

    def remove(self, line: QuotationLine) -> None:
        """Take a line away, with Undo."""
        quotations, number = session_of(self).workspace.quotations, line.id
        host = host_of(self)
        assert number is not None

        def done(step: StepId) -> None:
            host.toast(_("Removed: {line}").format(line=line.description), undo=step)

        op = WriteOp(self, lambda: quotations.remove_line(number)).success(done)
        op.failure(partial(self._not_removed, line)).run()

    def _not_removed(self, line: QuotationLine, error: UserError) -> None:
        host_of(self).toast(f"{line.description}: {error}", problem=True)

    # Where the cursor goes.

    def _added(self, _line: QuotationLineId) -> None:
        self.changed.emit()

    def _into_table(self) -> None:
        if self.table.lines.lines:
            self.table.go_to(len(self.table.lines.lines) - 1)

    def _went(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and self.table.hasFocus():
            box = self.table.visualRect(now)
            at = self.table.viewport().mapTo(self, QPoint(box.left(), box.top()))
            self.shown.emit(QRect(at, box.size()))
