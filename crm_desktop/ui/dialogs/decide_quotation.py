"""What the customer decided: to which options he agreed, or why he did not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QWidget

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.opportunities import PipelineStage
from crm_desktop.domain.quotations import (
    QuotationId,
    QuotationLineId,
    WholeQuotation,
)
from crm_desktop.i18n import _
from crm_desktop.services.opportunities import WholeOpportunity
from crm_desktop.ui.dialogs.sheet import Sheet, label_for
from crm_desktop.ui.host import session_of
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.quotation_words import figure, paper_name
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import ElidedLabel, button, label
from crm_desktop.ui.widgets.edit import LineEdit

Told = Callable[[StepId], object]


class AcceptQuotation(Sheet):
    """A box for each option, and where its opportunity goes."""

    def __init__(
        self,
        whole: WholeQuotation,
        sold: WholeOpportunity | None,
        accepted: Told,
        parent: QWidget,
    ) -> None:
        """Build it.

        Args:
            whole: the quotation.
            sold: the opportunity that it belongs to.
            accepted: called with the step.
            parent: the page.
        """
        one = whole.quotation
        super().__init__(_("The customer accepts"), parent, width=440)
        assert one.id is not None
        self._number, self._accepted = one.id, accepted
        self._quotations = session_of(parent).workspace.quotations
        self.body.addWidget(ElidedLabel(f"{paper_name(one)} · {one.title}", "mute"))
        self.options: dict[QuotationLineId, QCheckBox] = {}
        for line, amount in zip(whole.lines, whole.totals.lines, strict=True):
            if line.kind is LineKind.OPTION and line.id is not None:
                if not self.options:
                    self.body.addWidget(label(_("Options that are taken"), "section"))
                words = f"{line.description} · {figure(amount, one.currency)} {one.currency}"
                made = QCheckBox(words.replace("&", "&&"))
                made.setAccessibleName(words)
                made.setChecked(line.chosen)
                made.setMinimumHeight(26)
                self.options[line.id] = made
                self.body.addWidget(made)
        self.stage: QComboBox | None = None
        self._stages: Sequence[PipelineStage] = ()
        if sold is not None:
            self._offer_stages(sold)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.yes = button(_("Accepted"), kind="primary", clicked=self.save)
        self.end_with(None, button(_("Cancel"), clicked=self.give_up), self.yes, default=self.yes)

    def _offer_stages(self, sold: WholeOpportunity) -> None:
        self.stage = QComboBox()
        self.stage.setAccessibleName(_("Opportunity goes to"))
        self._stages = sold.pipeline.stages
        for stage in self._stages:
            words = stage.name
            if stage.id == sold.stage.id:
                words = _("{stage} (as it is)").format(stage=stage.name)
            self.stage.addItem(words, stage.id)
        known = [stage.id for stage in self._stages]
        self.stage.setCurrentIndex(known.index(sold.stage.id))
        self._present = sold.stage.id
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE.m)
        form.addRow(label_for(self.stage), self.stage)
        self.body.addLayout(form)

    def save(self) -> None:
        """Note it; what a stage wants and does not have is said here."""
        if not self.yes.isEnabled():
            return
        self.yes.setEnabled(False)
        quotations, number = self._quotations, self._number
        chosen = [line for line, box in self.options.items() if box.isChecked()]
        stage = None if self.stage is None else self.stage.currentData()
        if stage is not None and stage == self._present:
            stage = None
        op = WriteOp(self, lambda: quotations.accept(number, chosen=chosen, stage=stage))
        op.success(self._done).failure(self._refused).always(self._answered).run()

    def _answered(self) -> None:
        self.yes.setEnabled(True)

    def _done(self, step: StepId) -> None:
        self.accept()
        self._accepted(step)

    def _refused(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()


class DeclineQuotation(Sheet):
    """One line for the reason, which may stay empty."""

    def __init__(self, whole: WholeQuotation, declined: Told, parent: QWidget) -> None:
        """Build it.

        Args:
            whole: the quotation.
            declined: called with the step.
            parent: the page.
        """
        super().__init__(_("The customer declines"), parent, width=420)
        one = whole.quotation
        self._number: QuotationId = one.id or QuotationId(0)
        self._declined = declined
        self._quotations = session_of(parent).workspace.quotations
        self.body.addWidget(ElidedLabel(f"{paper_name(one)} · {one.title}", "mute"))
        self.reason = LineEdit(name=_("Reason"))
        self.reason.setPlaceholderText(_("too expensive, no answer …"))
        self.reason.textEdited.connect(self._hide_error)
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE.m)
        form.addRow(label_for(self.reason), self.reason)
        self.body.addLayout(form)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.yes = button(_("Declined"), kind="primary", clicked=self.save)
        self.end_with(None, button(_("Cancel"), clicked=self.give_up), self.yes, default=self.yes)
        self.keep_typed(self.reason.text)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Note it."""
        if not self.yes.isEnabled():
            return
        self.yes.setEnabled(False)
        quotations, number, reason = self._quotations, self._number, self.reason.text()
        op = WriteOp(self, lambda: quotations.decline(number, reason))
        op.success(self._done).failure(self._refused).always(self._answered).run()

    def _answered(self) -> None:
        self.yes.setEnabled(True)

    def _done(self, step: StepId) -> None:
        self.accept()
        self._declined(step)

    def _refused(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()
        self.reason.setAccessibleDescription(str(error))
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hide_error(self) -> None:
        self.error.hide()
        self.reason.setAccessibleDescription("")
