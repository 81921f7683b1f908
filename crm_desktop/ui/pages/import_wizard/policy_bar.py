"""Choosing what becomes of customers who are known already: for a sheet, and for a column."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QSizePolicy, QWidget

from crm_desktop.domain.imports import EVERY_FIELD, ColumnMapping, Policy, SheetPlan
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui.pages.import_wizard.policy_words import (
    policies_of,
    policy_text,
    policy_tip,
    policy_word,
)
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Icon, button, column, hairline, label, row

_WIDTH = 250


class PolicyBox(QComboBox):
    """The policies in words; `chosen` carries the one that the user chose."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Where a customer is known already"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(_WIDTH)
        for policy in Policy:
            self.addItem(policy_text(policy), policy.value)
            self.setItemData(self.count() - 1, policy_tip(policy), Qt.ItemDataRole.ToolTipRole)
        self.activated.connect(self._activated)

    def show_policy(self, policy: Policy) -> None:
        """Show one, without a signal."""
        self.setCurrentIndex(self.findData(policy.value))
        self.setToolTip(policy_tip(policy))

    def _activated(self, _index: int) -> None:
        policy = Policy(self.currentData())
        self.setToolTip(policy_tip(policy))
        self.chosen.emit(policy)

    # Qt's own names.

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel over the page scrolls the page, never the choice."""
        event.ignore()


class PolicyBar(QWidget):
    """The line below a sheet: what becomes of known customers, and how many columns differ."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.box = PolicyBox()
        self.box.chosen.connect(self.chosen)
        self.others = label("", "secondary")
        line = row(
            Icon("user-check", "mute", 16),
            label(_("Where a customer is known already"), "secondary"),
            self.box,
            self.others,
            None,
        )
        self.setLayout(line)

    def show_plan(self, plan: SheetPlan) -> None:
        """Show what a sheet's plan says."""
        whole = plan.policy(EVERY_FIELD)
        self.box.show_policy(whole)
        others = sum(
            bool(policies_of(c.field)) and plan.policy(c.field) is not whole for c in plan.columns
        )
        words = ngettext("{n} column otherwise", "{n} columns otherwise", others)
        self.others.setText(words.format(n=others) if others else "")


class ColumnPolicies(QWidget):
    """The foot of a column's chooser: one of a few words.

    The cursor stays in the search field above, so the keys come from there: `step`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._policies: tuple[Policy, ...] = ()
        self.buttons: dict[Policy, QPushButton] = {}
        words = row(
            label(_("Where a customer is known already"), "caption"),
            None,
            label("Alt+← →", "caption"),
        )
        words.setContentsMargins(SPACE.xs, 0, SPACE.xs, 0)
        segments = row(spacing=SPACE.xs)
        for policy in Policy:
            made = button(policy_word(policy), kind="option", tip=policy_tip(policy))
            made.setProperty("tight", True)
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            made.clicked.connect(partial(self._clicked, policy))
            self.buttons[policy] = made
            segments.addWidget(made, 1)
        lines = column(hairline(), spacing=6)
        lines.addLayout(words)
        lines.addLayout(segments)
        self.setLayout(lines)

    def show_column(self, mapping: ColumnMapping, plan: SheetPlan) -> bool:
        """Show what is chosen for a column; False where there is nothing to choose."""
        self._policies = policies_of(mapping.field)
        for policy, made in self.buttons.items():
            made.setVisible(policy in self._policies)
        self._mark(plan.policy(mapping.field))
        return bool(self._policies)

    def policy(self) -> Policy:
        """What is chosen."""
        return next((p for p, made in self.buttons.items() if made.isChecked()), Policy.FILL)

    def step(self, by: int) -> None:
        """Choose a neighbour."""
        now = self.policy()
        at = self._policies.index(now) if now in self._policies else 0
        self._clicked(self._policies[(at + by) % len(self._policies)])

    def _clicked(self, policy: Policy, _checked: bool = True) -> None:
        self._mark(policy)
        self.chosen.emit(policy)

    def _mark(self, policy: Policy) -> None:
        shown = policy if policy in self._policies else Policy.FILL
        for one, made in self.buttons.items():
            made.setChecked(one is shown)
        self.setAccessibleDescription(policy_tip(shown))
