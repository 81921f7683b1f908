"""What a stage wants of an opportunity that does not have it, asked before it moves there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QWidget

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.opportunities import OpportunityId, PipelineStage
from crm_desktop.i18n import _
from crm_desktop.ui.dialogs.sheet import Sheet, label_for
from crm_desktop.ui.host import session_of
from crm_desktop.ui.opportunity_words import field_example, field_text
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import ElidedLabel, button, label
from crm_desktop.ui.widgets.completion import complete_with
from crm_desktop.ui.widgets.edit import LineEdit

LOST_REASON = "lost_reason"


class StageNeeds(Sheet):
    """A field for each; Enter moves it, and nothing is changed until then."""

    def __init__(
        self,
        number: OpportunityId,
        title: str,
        stage: PipelineStage,
        fields: Sequence[str],
        moved: Callable[[object], object],
        parent: QWidget,
    ) -> None:
        """Build it.

        Args:
            number: of the opportunity.
            title: its title.
            stage: where it shall go.
            fields: what is asked: `LOST_REASON`, values of `Need`.
            moved: called with the step once it stands there.
            parent: the page.
        """
        super().__init__(_("To “{stage}”").format(stage=stage.name), parent, width=420)
        assert stage.id is not None
        self._number, self._stage, self._moved = number, stage.id, moved
        self._opportunities = session_of(parent).workspace.opportunities
        self.body.addWidget(ElidedLabel(title, "mute"))
        self.fields: dict[str, LineEdit] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE.m)
        form.setVerticalSpacing(SPACE.s)
        for field in fields:
            made = self.fields[field] = LineEdit(name=field_text(field))
            made.setPlaceholderText(field_example(field))
            made.textEdited.connect(self._hide_error)
            form.addRow(label_for(made), made)
        self.body.addLayout(form)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.yes = button(_("Move there"), kind="primary", clicked=self.save)
        self.end_with(None, button(_("Cancel"), clicked=self.give_up), self.yes, default=self.yes)
        self.keep_typed(self._typed_all)
        next(iter(self.fields.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer()

    def _typed_all(self) -> dict[str, str]:
        return {field: edit.text() for field, edit in self.fields.items()}

    def _offer(self) -> None:
        """What was written before is offered while it is typed."""
        edit = self.fields.get(LOST_REASON)
        if edit is not None:
            opportunities = self._opportunities
            ReadOp(self, lambda: opportunities.words_used(LOST_REASON), key="words").success(
                lambda words: complete_with(edit, words)
            ).run()

    def save(self) -> None:
        """Move it; what is no answer is said here."""
        opportunities, number, stage = self._opportunities, self._number, self._stage
        given = self._typed_all()
        op = WriteOp(self, lambda: opportunities.move(number, stage, given=given))
        op.success(self._done).failure(self._refused).run()

    def _done(self, step: object) -> None:
        self.accept()
        self._moved(step)

    def _refused(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()
        edit = self.fields.get(error.field or "") or next(iter(self.fields.values()))
        edit.setAccessibleDescription(str(error))
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        edit.selectAll()

    def _hide_error(self) -> None:
        self.error.hide()
        for edit in self.fields.values():
            edit.setAccessibleDescription("")
