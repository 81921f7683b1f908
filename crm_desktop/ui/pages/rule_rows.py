"""The rules in Settings, as sentences that are switched on and off."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.rules import Rule
from crm_desktop.i18n import _
from crm_desktop.services.rules import RuleService, sentence
from crm_desktop.ui.dialogs.processes import ProcessesDialog
from crm_desktop.ui.dialogs.rule_details import NEW_RULE, RuleDetails
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import button, label, refill, row


class RuleRows(QWidget):
    """A sentence a line, each with a switch."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[QWidget] = []
        self.switches: list[QCheckBox] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(SPACE.xs)
        self.new = button(_("New rule…"), "plus", clicked=self._write_new)
        self.processes = button(_("Processes…"), "list-checks", clicked=self._edit_processes)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.m)
        box.addLayout(self._lines)
        box.addLayout(row(self.new, self.processes, None))

    def ask(self) -> None:
        """Read them."""
        ReadOp(self, self._service().all, key="rules").success(self._show).run()

    def _show(self, found: Sequence[Rule]) -> None:
        self.switches = []
        self.lines = [self._line(rule) for rule in found]
        refill(self._lines, self.lines)

    def _line(self, rule: Rule) -> QWidget:
        made = QWidget()
        said = sentence(rule)
        switch = QCheckBox()
        switch.setProperty("bare", True)
        switch.setChecked(rule.is_on)
        switch.setAccessibleName(said)
        switch.clicked.connect(partial(self._switch, rule))
        self.switches.append(switch)
        words = label(said, "" if rule.is_on else "mute", wrap=True)
        words.setContentsMargins(0, 2, 0, 0)
        change = button(_("Change…"), kind="link", clicked=partial(self.change, rule))
        change.setAccessibleName(_("Change: {rule}").format(rule=said))
        line = row(switch, words, change, spacing=SPACE.m)
        line.setStretch(1, 1)
        line.setAlignment(switch, Qt.AlignmentFlag.AlignTop)
        line.setAlignment(change, Qt.AlignmentFlag.AlignTop)
        if rule.id is not None:
            text = _("Remove") if not rule.ready else _("As at first")
            go = button(text, kind="link", clicked=partial(self._remove, rule))
            go.setAccessibleName(f"{text}: {said}")
            line.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        made.setLayout(line)
        return made

    # Writing.

    def _switch(self, rule: Rule, *_checked: object) -> None:
        rules = self._service()
        WriteOp(self, lambda: rules.switch(rule, on=not rule.is_on)).run()

    def change(self, rule: Rule, *_checked: object) -> None:
        """Open a rule."""
        RuleDetails(self, rule, saved=self._saved).open()

    def _write_new(self) -> None:
        self.change(NEW_RULE)

    def _saved(self, step: StepId | None) -> None:
        if step is not None:
            host_of(self).toast(_("The rule is saved"), undo=step)

    def _remove(self, rule: Rule, *_checked: object) -> None:
        rules, host = self._service(), host_of(self)
        words = _("The rule is as it was at first") if rule.ready else _("The rule is removed")

        def done(step: StepId) -> None:
            host.toast(words, undo=step)

        WriteOp(self, lambda: rules.remove(rule)).success(done).run()

    def _edit_processes(self) -> None:
        ProcessesDialog(self, None).open()

    def _service(self) -> RuleService:
        return session_of(self).workspace.rules
