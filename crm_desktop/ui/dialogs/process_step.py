"""The window in which a step of a process is described: what it needs, and what follows."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QPlainTextEdit, QVBoxLayout, QWidget

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.processes import (
    DueFrom,
    Effect,
    NeedKind,
    Paid,
    ProcessStep,
    StepNeed,
    Who,
)
from crm_desktop.i18n import _
from crm_desktop.services.effects import checked_effect, checked_need
from crm_desktop.services.processes import days
from crm_desktop.services.rules import effect_text
from crm_desktop.ui.dialogs.sheet import Sheet, press_by_enter
from crm_desktop.ui.host import session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.process_words import due_from_text, need_text, paid_text, who_text
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Chips, button, label, refill, remove_button, row
from crm_desktop.ui.widgets.completion import complete_with
from crm_desktop.ui.widgets.edit import LineEdit
from crm_desktop.ui.widgets.effect_edit import EffectEdit
from crm_desktop.ui.widgets.tab_order import TabOrder

_BEFORE, _AFTER = "before", "after"
_DETAILS_HEIGHT = 60


class StepDetails(Sheet):
    """All that is said of a step; Enter saves."""

    def __init__(self, parent: QWidget, step: ProcessStep) -> None:
        super().__init__(_("Step"), parent, width=660)
        workspace = session_of(parent).workspace
        self._processes, self._step = workspace.processes, step
        self._needs, self._effects = list(step.needed), list(step.brings_about)
        self.name = LineEdit(name=_("Name of the step"))
        self.name.setText(step.name)
        self.owner = LineEdit(name=_("Who does it"))
        self.owner.setText(step.owner)
        self.owner.setPlaceholderText(_("Nobody in particular"))
        self.details = QPlainTextEdit(step.details)
        self.details.setAccessibleName(_("How it is done"))
        self.details.setTabChangesFocus(True)
        self.details.setAcceptDrops(False)
        self.details.setFixedHeight(_DETAILS_HEIGHT)
        self._build_due(step)
        self._build_needs()
        self.effect = EffectEdit()
        self.effect.hide()
        self.more = button(_("+ Something that follows"), kind="link", clicked=self._add_effect)
        self._effect_lines = QVBoxLayout()
        self._effect_lines.setSpacing(0)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE.l)
        form.setVerticalSpacing(SPACE.s)
        for word, field in (
            (_("Name"), self.name), (_("Who does it"), self.owner),
            (_("How"), self.details), (_("By"), self._due),
        ):  # fmt: skip
            form.addRow(label(word, "mute"), field)
        self.body.addLayout(form)
        self.body.addWidget(label(_("What it needs"), "section"))
        self.body.addLayout(self._need_lines)
        self.body.addLayout(self._need_form)
        self.body.addWidget(label(_("What follows once it is done"), "section"))
        self.body.addLayout(self._effect_lines)
        self.body.addWidget(self.effect)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.error)
        self.yes = button(_("Save"), kind="primary", clicked=self.save)
        cancel = button(_("Cancel"), clicked=self.give_up)
        self.end_with(None, cancel, self.yes, default=self.yes)
        self.tab_order = TabOrder(self)
        self._show_needs()
        self._show_effects()
        self.keep_typed(self._typed_all)
        kinds = workspace.documents.kinds
        ReadOp(self, kinds, key="kinds").success(
            lambda found: complete_with(self.document, found)
        ).run()

    def _build_due(self, step: ProcessStep) -> None:
        self.due_days = LineEdit(name=_("Days"))
        self.due_days.setFixedWidth(60)
        self.due_days.setPlaceholderText("0")
        self.due_days.setText(str(abs(step.due_days) or ""))
        self.before = Chips([(_BEFORE, _("days before")), (_AFTER, _("days after"))])
        self.before.choose(_BEFORE if step.due_days < 0 else _AFTER)
        self.due_from = QComboBox()
        self.due_from.setAccessibleName(_("Counted from"))
        for one in DueFrom:
            self.due_from.addItem(due_from_text(one), one.value)
        self.due_from.setCurrentIndex(self.due_from.findData(step.due_from.value))
        self.due_from.activated.connect(self._fit_due)
        self._due = QWidget()
        line = row(self.due_days, self.before, self.due_from, spacing=SPACE.s)
        line.setStretch(2, 1)
        self._due.setLayout(line)
        self._fit_due()

    def _build_needs(self) -> None:
        self.need = QComboBox()
        self.need.setAccessibleName(_("What it needs"))
        self.need.addItem(_("a document:"), NeedKind.DOCUMENT.value)
        for paid in Paid:
            self.need.addItem(paid_text(paid), f"{NeedKind.PAYMENT}.{paid}")
        for who in Who:
            self.need.addItem(who_text(who), f"{NeedKind.PERSON}.{who}")
        self.need.activated.connect(self._fit_need)
        self.document = LineEdit(name=_("Kind of document"))
        self.document.setPlaceholderText(_("Passport, visa …"))
        self.months = LineEdit(name=_("Months that it lasts beyond the end"))
        self.months.setPlaceholderText(_("months valid after"))
        self.add = button(_("Add"), clicked=self.add_need)
        for field in (self.document, self.months):
            field.takes_enter = True
            field.returnPressed.connect(self.add_need)
        self._need_lines = QVBoxLayout()
        self._need_lines.setSpacing(0)
        self._need_form = row(self.need, self.document, self.months, self.add, spacing=SPACE.s)
        self._need_form.setStretch(1, 1)

    # What it needs.

    def _fit_due(self, *_index: object) -> None:
        counted = bool(self.due_from.currentData())
        for part in (self.due_days, self.before):
            part.setEnabled(counted)

    def _fit_need(self, *_index: object) -> None:
        is_document = self.need.currentData() == NeedKind.DOCUMENT.value
        self.document.setVisible(is_document)
        self.months.setVisible(is_document)

    def add_need(self) -> None:
        """Have the step need what is typed or chosen."""
        try:
            kind, _dot, what = str(self.need.currentData()).partition(".")
            is_document = kind == NeedKind.DOCUMENT.value
            months = days(self.months.text(), "months") if is_document else 0
            text = self.document.text() if is_document else what
            made = checked_need(StepNeed(NeedKind(kind), text, months))
        except UserError as error:
            self._refused(error)
            return
        self.error.hide()
        if made not in self._needs:
            self._needs.append(made)
        self.document.clear()
        self.months.clear()
        self._show_needs()

    def _show_needs(self) -> None:
        lines: list[QWidget] = []
        for need in self._needs:
            line = row(label(need_text(need)), None)
            line.addWidget(remove_button(_("Not needed"), partial(self._drop_need, need)))
            lines.append(_widget(line))
        refill(self._need_lines, lines)
        self._in_order()

    def _in_order(self) -> None:
        """Lines that came in have their place among the keys, too."""
        self.tab_order.now()
        press_by_enter(self, self.yes)

    def _drop_need(self, need: StepNeed, *_checked: object) -> None:
        self._needs.remove(need)
        self._show_needs()

    # What follows.

    def _add_effect(self) -> None:
        """Open the form; a second press takes what is typed and opens it anew."""
        if self.effect.isHidden():
            self.effect.show()
            self.effect.kind.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._take_effect():
            self.effect.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_effect(self) -> bool:
        """Keep what is typed in the form; whether nothing was refused."""
        try:
            self._effects.append(checked_effect(self.effect.effect()))
        except UserError as error:
            self._refused(error)
            return False
        self.error.hide()
        self.effect.show_effect(Effect(self._effects[-1].kind, ""))
        self._show_effects()
        return True

    def _show_effects(self) -> None:
        lines: list[QWidget] = []
        for effect in self._effects:
            line = row(label(effect_text(effect), wrap=True), spacing=SPACE.s)
            line.setStretch(0, 1)
            line.addWidget(remove_button(_("Does not follow"), partial(self._drop_effect, effect)))
            lines.append(_widget(line))
        refill(self._effect_lines, lines)
        self._in_order()

    def _drop_effect(self, effect: Effect, *_checked: object) -> None:
        self._effects.remove(effect)
        self._show_effects()

    # Saving.

    def save(self) -> None:
        """Save; what cannot be taken is said here."""
        if self.document.text().strip() and not self.document.isHidden():
            self.add_need()
            if self.document.text().strip():
                return
        begun = not self.effect.isHidden() and bool(self.effect.what.text().strip())
        if begun and not self._take_effect():
            return
        sign = "-" if self.before.key() == _BEFORE and self.due_days.text().strip() else ""
        fields = {
            "name": self.name.text(),
            "owner": self.owner.text(),
            "details": self.details.toPlainText(),
            "due_from": str(self.due_from.currentData()),
            "due_days": sign + self.due_days.text().strip(),
        }
        processes, number = self._processes, self._step.id
        needs, effects = tuple(self._needs), tuple(self._effects)
        assert number is not None
        op = WriteOp(self, lambda: processes.save_step(number, fields, needs, effects))
        op.success(self._saved).failure(self._refused).run()

    def _saved(self, _step: object) -> None:
        self.accept()

    def _refused(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()
        fields: dict[str | None, QWidget] = {
            "name": self.name, "due_days": self.due_days, "months": self.months,
        }  # fmt: skip
        if field := fields.get(error.field):
            field.setFocus()
        elif not self.effect.isHidden():
            self.effect.go_to(error)

    def _typed_all(self) -> object:
        fields = (self.name, self.owner, self.due_days, self.document, self.months)
        chosen = (self.before.key(), self.due_from.currentData())
        return (
            *(field.text() for field in fields), *chosen, self.details.toPlainText(),
            tuple(self._needs), tuple(self._effects), self.effect.typed(),
        )  # fmt: skip


def _widget(line: object) -> QWidget:
    made = QWidget()
    made.setLayout(line)  # type: ignore[arg-type]
    return made
