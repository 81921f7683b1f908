"""The window in which a rule is written or changed; it reads as a sentence all the while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.processes import EffectKind
from crm_desktop.domain.rules import Event, Rule
from crm_desktop.i18n import _
from crm_desktop.services.processes import days
from crm_desktop.services.rules import sentence
from crm_desktop.ui.dialogs.sheet import Sheet
from crm_desktop.ui.host import session_of
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.process_words import event_kind_text
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import button, label
from crm_desktop.ui.widgets.edit import LineEdit
from crm_desktop.ui.widgets.effect_edit import EffectEdit, word_before

NEW_RULE = Rule(Event.ORDER_CONFIRMED, EffectKind.TASK, days=1, working=True)


class RuleDetails(Sheet):
    """All that is said of a rule; Enter saves."""

    def __init__(
        self, parent: QWidget, rule: Rule, *, saved: Callable[[StepId | None], object]
    ) -> None:
        super().__init__(_("Rule"), parent, width=540)
        self._rule = rule
        self._saved = saved
        self._rules = session_of(parent).workspace.rules
        self.sentence = label("", "strong", wrap=True)
        self.happens = QComboBox()
        self.happens.setAccessibleName(_("When"))
        for event in Event:
            self.happens.addItem(event_kind_text(event), event.value)
        self.happens.setCurrentIndex(self.happens.findData(rule.event.value))
        self.about = LineEdit(name=_("Which"))
        self.about.setText(rule.about)
        self.months = LineEdit(name=_("Months that it lasts beyond the end"))
        self.months.setText(str(rule.months or ""))
        self.months.setPlaceholderText("0")
        self.effect = EffectEdit()
        self.effect.show_effect(rule.effect)
        self.owner = LineEdit(name=_("Who does it"))
        self.owner.setText(rule.owner)
        self.owner.setPlaceholderText(_("whoever looks after the customer"))
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(SPACE.l)
        self.form.setVerticalSpacing(SPACE.s)
        self.form.addRow(word_before(_("When")), self.happens)
        self._which = word_before("")
        self.form.addRow(self._which, self.about)
        self.form.addRow(word_before(_("Months valid")), self.months)
        below = QFormLayout()
        below.setHorizontalSpacing(SPACE.l)
        below.addRow(word_before(_("Who does it")), self.owner)
        self.body.addWidget(self.sentence)
        self.body.addLayout(self.form)
        self.body.addWidget(self.effect)
        self.body.addLayout(below)
        self.body.addWidget(self.error)
        self.yes = button(_("Save"), kind="primary", clicked=self.save)
        cancel = button(_("Cancel"), clicked=self.give_up)
        self.end_with(None, cancel, self.yes, default=self.yes)
        self.happens.activated.connect(self._fit)
        for field in (self.about, self.months, self.owner):
            field.textEdited.connect(self._tell)
        self.effect.edited.connect(self._tell)
        self._fit()
        self.keep_typed(self._typed_all)

    def rule(self) -> Rule:
        """As it is typed.

        Raises:
            UserError: a number is none.
        """
        effect = self.effect.effect()
        return replace(
            self._rule,
            event=Event(str(self.happens.currentData())),
            about=self.about.text(),
            months=days(self.months.text(), "months"),
            action=effect.kind,
            what=effect.what,
            text=effect.text,
            days=effect.days,
            working=effect.working,
            owner=self.owner.text(),
        )

    def save(self) -> None:
        """Save; what cannot be taken is said here."""
        try:
            rule = self.rule()
        except UserError as error:
            self._refused(error)
            return
        rules = self._rules
        WriteOp(self, lambda: rules.save(rule)).success(self._done).failure(self._refused).run()

    def _done(self, step: StepId | None) -> None:
        self._saved(step)
        self.accept()

    def _refused(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()
        fields = {"about": self.about, "months": self.months, "owner": self.owner}
        if error.field in fields:
            fields[error.field].setFocus()
        else:
            self.effect.go_to(error)

    def _fit(self, *_index: object) -> None:
        event = Event(str(self.happens.currentData()))
        expires = event is Event.PAPER_EXPIRES
        self.form.setRowVisible(self.about, expires or event is Event.STAGE_ENTERED)
        self.form.setRowVisible(self.months, expires)
        self._which.setText(_("Document") if expires else _("Stage"))
        self.about.setPlaceholderText(_("Passport") if expires else _("any"))
        self._tell()

    def _tell(self, *_said: object) -> None:
        self.error.hide()
        try:
            self.sentence.setText(sentence(self.rule()))
        except UserError as error:
            self.sentence.setText(str(error))

    def _typed_all(self) -> object:
        fields = (self.about.text(), self.months.text(), self.owner.text())
        return (*fields, self.happens.currentData(), self.effect.typed())
