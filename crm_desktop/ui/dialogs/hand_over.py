"""Giving all that one person looks after to another; the list is shown and printed after it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.handovers import Counts, HandOver, What
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _, ngettext
from crm_desktop.services.customer_files import PdfFile
from crm_desktop.ui import format as say
from crm_desktop.ui.dialogs.sheet import Sheet
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import button, label
from crm_desktop.ui.widgets.completion import complete_with
from crm_desktop.ui.widgets.edit import LineEdit


class HandOverSheet(Sheet):
    """From whom, to whom, what will go; the window beneath it stays in use."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Hand over customers"), parent, width=460)
        self._host = host_of(parent)
        self._service = session_of(parent).workspace.handovers
        self.giver = QComboBox()
        self.giver.setAccessibleName(_("From"))
        self.giver.currentIndexChanged.connect(self._ask_counts)
        self.taker = LineEdit(name=_("To"))
        self.taker.setPlaceholderText(_("Who looks after them from now on"))
        self.taker.textEdited.connect(self._clear_error)
        words = _(
            "All customers, open tasks and open cases of one person go to another, in one step"
            " that can be undone. What is done stays with who did it."
        )
        self.body.addWidget(label(words, "mute", wrap=True))
        form = QGridLayout()
        form.setHorizontalSpacing(SPACE.l)
        form.setVerticalSpacing(SPACE.s)
        for line, field in enumerate((self.giver, self.taker)):
            form.addWidget(label(field.accessibleName()), line, 0)
            form.addWidget(field, line, 1)
        form.setColumnStretch(1, 1)
        self.body.addLayout(form)
        self.what = label("", "strong", wrap=True)
        self.body.addWidget(self.what)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.yes = button(_("Hand over"), kind="primary", clicked=self.save)
        self.yes.setEnabled(False)
        cancel = button(_("Cancel"), clicked=self.give_up)
        self.end_with(None, cancel, self.yes, default=self.yes)
        self.keep_typed(self.taker.text)
        self.giver.setFocus(Qt.FocusReason.OtherFocusReason)
        ReadOp(self, self._service.owners, key="owners").success(self._show_owners).run()

    def _show_owners(self, owners: list[str]) -> None:
        fonts.ensure_for(*owners)
        self.giver.addItems(owners)
        complete_with(self.taker, owners)
        if not owners:
            self.what.setText(
                _("Nobody looks after anything yet: a customer’s file says who looks after him.")
            )

    def _ask_counts(self) -> None:
        service, owner = self._service, self.giver.currentText()
        self._clear_error()
        read = ReadOp(self, lambda: service.counts(owner), key="counts")
        read.success(self._show_counts).run()

    def _show_counts(self, counts: Counts) -> None:
        self.what.setText(counted(counts))
        self.yes.setEnabled(any(counts.values()))

    def save(self) -> None:
        """Hand over; then the list is shown."""
        service, giver, taker = self._service, self.giver.currentText(), self.taker.text()
        self.yes.setEnabled(False)
        op = WriteOp(self, lambda: service.hand_over(giver, taker))
        op.success(self._done).failure(self._refused).always(self._may_again).run()

    def _done(self, result: tuple[HandOver, StepId]) -> None:
        done, step = result
        said = _("Handed over to {taker}: {what}")
        counts = counted(done.counts())
        self._host.toast(said.format(taker=done.taker, what=counts), undo=step)
        window = self.parent()
        self.accept()
        if isinstance(window, QWidget):
            show_list(done, window)

    def _may_again(self) -> None:
        self.yes.setEnabled(True)

    def _refused(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()
        field = self.taker if error.field == "taker" else self.giver
        field.setAccessibleDescription(str(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear_error(self) -> None:
        self.error.hide()
        self.taker.setAccessibleDescription("")


def counted(counts: Counts) -> str:
    """How many of each."""
    words = {
        What.CUSTOMERS: ngettext("{n} customer", "{n} customers", counts[What.CUSTOMERS]),
        What.TASKS: ngettext("{n} open task", "{n} open tasks", counts[What.TASKS]),
        What.CASES: ngettext("{n} open case", "{n} open cases", counts[What.CASES]),
        What.OPPORTUNITIES: ngettext(
            "{n} open opportunity", "{n} open opportunities", counts[What.OPPORTUNITIES]
        ),
    }
    parts = [words[what].format(n=say.number(counts[what])) for what in What if counts[what]]
    return ", ".join(parts) or _("Nothing")


def show_list(done: HandOver, window: QWidget) -> None:
    """Show the list of a hand-over as it will be printed."""
    from crm_desktop.ui.dialogs.print_preview import Paper, PrintPreview

    service = session_of(window).workspace.handovers

    def make(_job: Job) -> PdfFile:
        return service.pdf(done)

    name = _("Hand-over {giver} to {taker}").format(giver=done.giver, taker=done.taker)
    PrintPreview([], window, paper=Paper(name, make)).open()
