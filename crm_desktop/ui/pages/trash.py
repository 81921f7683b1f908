"""The trash: customers that were deleted, each a click away from coming back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
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
from crm_desktop.ui.widgets.notice import Notice


class TrashPage(Page):
    """Deleted customers, the last deleted first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        from crm_desktop.ui.shell import Shell

        shell = self.host
        assert isinstance(shell, Shell)
        self._shell = shell
        self.model = CustomerListModel(self.workspace, self)
        self.table = CustomerTable(self.model, self)
        self.table.setAccessibleName(_("Trash"))
        self.count = label("", "secondary")
        self.restore = button(_("Restore"), "undo-2", kind="primary", clicked=self.restore_selected)
        self.restore.setToolTip(_("Restore the chosen customers (Enter)"))
        self.restore.setEnabled(False)
        self.empty_button = button(_("Empty the trash"), "x", clicked=self.ask_to_empty)
        self.empty_button.setToolTip(_("Erase all of it for good; Del erases what is chosen"))
        self._erasing: list[CustomerId] = []
        self.yes = button(_("Erase for good"), kind="danger", clicked=self.erase)
        self.no = button(_("Keep"), clicked=self.keep, tip=_("Keep (Esc)"))
        self.question = Notice("triangle-alert", self.yes, self.no, kind="warning")
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(label(_("Trash"), "title"))
        titles.addWidget(self.count)
        head = QHBoxLayout()
        head.addLayout(titles)
        head.addStretch(1)
        head.addWidget(self.empty_button)
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
        box.addWidget(self.question)
        box.addWidget(card, 1)
        self.model.counted.connect(self._counted)
        self.table.opened.connect(self.restore_selected)
        self.table.all_wanted.connect(self.table.selectAll)
        self.table.delete_wanted.connect(self.ask_to_erase)
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

    # For good.

    def ask_to_empty(self) -> None:
        """Ask whether all of the trash shall go for good."""
        self._ask([])

    def ask_to_erase(self) -> None:
        """Ask whether the chosen ones shall go for good."""
        if ids := self.table.selected_ids():
            self._ask(ids)

    def _ask(self, ids: list[CustomerId]) -> None:
        self._erasing = ids
        count = len(ids) or self.model.rowCount()
        words = ngettext(
            "{n} customer will be erased for good, with all that hangs on him and all that was"
            " ever known of him. This cannot be undone; backups made before still hold him.",
            "{n} customers will be erased for good, with all that hangs on them and all that was"
            " ever known of them. This cannot be undone; backups made before still hold them.",
            count,
        )
        self.question.text.setText(words.format(n=say.number(count)))
        self.question.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Erase nobody."""
        self.question.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def erase(self) -> None:
        """Erase who was asked about."""
        customers, ids = self.workspace.customers, self._erasing or None

        def done(count: int) -> None:
            words = ngettext("{n} customer was erased", "{n} customers were erased", count)
            self._shell.toast(words.format(n=say.number(count)))

        self.question.hide()
        WriteOp(self, lambda: customers.erase(ids)).success(done).run()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _counted(self, number: int) -> None:
        words = ngettext("{n} customer", "{n} customers", number)
        self.count.setText(words.format(n=say.number(number)))
        self._body.setCurrentWidget(self.table if number else self._empty)
        self.empty_button.setEnabled(bool(number))
        if not number:
            self.table.choose_none()
            self.question.hide()
        self._selection_changed()

    def _selection_changed(self) -> None:
        self.restore.setEnabled(self.table.selectionModel().hasSelection())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the question back."""
        if event.key() == Qt.Key.Key_Escape and self.question.isVisible():
            self.keep()
        else:
            super().keyPressEvent(event)

    def _changed(self, changes: Changes) -> None:
        self.model.apply(changes)
