"""The trash: customers that were deleted, each a click away from coming back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.changes import Changes, StepId
from crm_desktop.domain.customers import CustomerId, CustomerListQuery
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.models.customers import CustomerListModel
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.pages.base import Page
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Card, EmptyState, button, label
from crm_desktop.ui.widgets.customer_table import CustomerTable


class TrashPage(Page):
    """Deleted customers, the last deleted first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        from crm_desktop.ui.shell import Shell

        shell = self.host
        assert isinstance(shell, Shell)
        self._shell = shell
        self.model = CustomerListModel(self.workspace, self)
        self.table = CustomerTable(self.model, shell.preferences, self)
        self.table.setAccessibleName(_("Trash"))
        self.count = label("", "secondary")
        self.restore = button(_("Restore"), "undo-2", kind="primary", clicked=self.restore_selected)
        self.restore.setToolTip(_("Restore the chosen customers (Enter)"))
        self.restore.setEnabled(False)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(label(_("Trash"), "title"))
        titles.addWidget(self.count)
        head = QHBoxLayout()
        head.addLayout(titles)
        head.addStretch(1)
        head.addWidget(self.restore)
        self._empty = EmptyState(
            "trash-2",
            _("The trash is empty"),
            _("Customers that you delete wait here until you want them back."),
        )
        card = Card(margins=(1, 1, 1, 8))
        self._body = QStackedWidget()
        self._body.addWidget(self._empty)
        self._body.addWidget(self.table)
        card.body.addWidget(self._body)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.xl, SPACE.xl, SPACE.xl, SPACE.xl - 4)
        box.setSpacing(SPACE.m)
        box.addLayout(head)
        box.addWidget(card, 1)
        self.model.counted.connect(self._counted)
        self.table.opened.connect(self.restore_selected)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self.session.bus.changed.connect(self._changed)
        self.model.show(CustomerListQuery(trashed=True))

    def activate(self) -> None:
        """Into the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def selected(self) -> list[CustomerId]:
        """Ids of the chosen customers."""
        return self.table.selected_ids()

    def restore_selected(self) -> None:
        """Bring the chosen customers back."""
        ids = self.table.selected_ids()
        if not ids:
            return
        customers = self.workspace.customers

        def done(step: StepId) -> None:
            words = ngettext("{n} customer is back", "{n} customers are back", len(ids))
            self._shell.toast(words.format(n=say.number(len(ids))), undo=step)

        WriteOp(self, lambda: customers.restore(ids)).success(done).run()

    def _counted(self, number: int) -> None:
        words = ngettext("{n} customer", "{n} customers", number)
        self.count.setText(words.format(n=say.number(number)))
        self._body.setCurrentWidget(self.table if number else self._empty)
        if not number:
            self.table.choose_none()
        self._selection_changed()

    def _selection_changed(self) -> None:
        self.restore.setEnabled(self.table.selectionModel().hasSelection())

    def _changed(self, changes: Changes) -> None:
        self.model.apply(changes)
