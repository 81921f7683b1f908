"""A row of the facts card for a field that holds another customer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QWidget

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.relations import RelatedCustomer
from crm_desktop.i18n import _
from crm_desktop.ui.theme import icons
from crm_desktop.ui.widgets.basic import column, label, row
from crm_desktop.ui.widgets.customer_pick import CustomerPick
from crm_desktop.ui.widgets.facts import FactRow
from crm_desktop.ui.widgets.own_values import hint_label, say_hint
from crm_desktop.ui.widgets.related import NameLink

Save = Callable[[str, Callable[[str], object]], object]


class CustomerFact(FactRow):
    """Another customer: a link that opens his file, or a field that finds him.

    `customer_wanted` carries who is to be opened.
    """

    customer_wanted = Signal(object)

    def __init__(self, name: str, save: Save) -> None:
        """Make the row.

        Args:
            name: its word.
            save: called with the customer's number, None for nobody, or a text that is none, and
                what shows a refusal.
        """
        self.link = NameLink()
        self.pick = CustomerPick(name)
        self.pick.setProperty("flat", True)
        self.change = QToolButton()
        icons.set_icon(self.change, "pencil", "faint", 14)
        self.change.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.change.setFixedSize(24, 24)
        said = _("Choose another customer (F2)")
        self.change.setToolTip(said)
        self.change.setAccessibleName(said)
        self.hint = hint_label()
        self._error = label("", "error", wrap=True)
        self._error.hide()
        self._shown = QWidget()
        inside = row(self.link, None, self.change)
        inside.setContentsMargins(1, 0, 0, 0)
        self._shown.setLayout(inside)
        holder = QWidget()
        holder.setLayout(column(self._shown, self.pick, self._error, self.hint, spacing=0))
        super().__init__(name, holder)
        self._save = save
        self._stored = ""
        self.link.customer_wanted.connect(self.customer_wanted)
        self.change.clicked.connect(self.start)
        self.pick.picked.connect(self._picked)
        self.pick.returnPressed.connect(self._left)
        self.pick.installEventFilter(self)

    def show_one(self, customer: CustomerId | None, text: str, hint: str) -> None:
        """Show who it is.

        Args:
            customer: who, None for nobody.
            text: his name, or a text that was kept.
            hint: what is the matter with it, "" for nothing.
        """
        self._stored = text
        self.link.customer = customer
        if customer is not None:
            self.link.show_one(RelatedCustomer(customer, text, self.name.full_text(), "", "", ""))
        say_hint(self.hint, hint)
        if not (self.pick.hasFocus() and self.pick.isModified()):
            self._rest()

    def start(self) -> None:
        """Let somebody else be found."""
        self._shown.hide()
        self.pick.show()
        self.pick.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.pick.selectAll()

    def _rest(self) -> None:
        known = self.link.customer is not None
        self.pick.show_customer(self.link.customer, self._stored)
        self.pick.setModified(False)
        self._shown.setVisible(known)
        self.pick.setVisible(not known)
        self._error.hide()
        self.value.setFocusProxy(self.link if known else self.pick)

    def _picked(self) -> None:
        if self.pick.customer is not None and self.pick.customer != self.link.customer:
            self._save(str(self.pick.customer), self._show_error)
        elif self.pick.customer == self.link.customer is not None:
            self._rest()

    def _left(self) -> None:
        text = self.pick.text().strip()
        if not text and self._stored:
            self._save("", self._show_error)
        elif self.pick.is_unclear and text != self._stored:
            self._show_error(_("Choose one of the customers that are listed while you type."))
        elif self.pick.customer == self.link.customer:
            self._rest()

    def _show_error(self, text: str) -> None:
        self._error.setText(text)
        self._error.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc takes back; leaving it empty takes the customer out."""
        if event.type() == QEvent.Type.FocusOut:
            reason = getattr(event, "reason", None)
            if reason is None or reason() != Qt.FocusReason.PopupFocusReason:
                self._left()
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and (self.pick.isModified() or self.link.customer is not None)
        ):
            self._rest()
            self.value.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 finds another one, Del takes him out."""
        if event.key() == Qt.Key.Key_F2 and self.link.hasFocus():
            self.start()
        elif event.key() == Qt.Key.Key_Delete and self.link.hasFocus():
            self._save("", self._show_error)
        else:
            super().keyPressEvent(event)
