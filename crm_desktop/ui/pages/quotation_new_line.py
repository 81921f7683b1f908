"""The row below a quotation's lines in which another one is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.quotations import (
    QuotationId,
    QuotationLineId,
)
from crm_desktop.i18n import _
from crm_desktop.ui.host import session_of
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.pages import refusals
from crm_desktop.ui.quotation_words import kind_text
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import button, label, row
from crm_desktop.ui.widgets.edit import LineEdit
from crm_desktop.ui.widgets.product_pick import ProductPick

_ONE = "1"


class QuotationNewLine(QWidget):
    """Enter adds what is typed; `added` carries the new line, `up_wanted` leads into the table."""

    added = Signal(object)
    up_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.number: QuotationId | None = None
        self._title = ""
        self._sent: tuple[object, ...] | None = None
        # What was begun for others, by their numbers.
        self._begun: dict[QuotationId, tuple[str, int | None, str, str, int]] = {}
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Kind of the new line"))
        for kind in LineKind:
            self.kind.addItem(kind_text(kind), kind.value)
        self.kind.activated.connect(self._kind_chosen)
        self.what = ProductPick(_("New line"))
        self.what.picked.connect(self._picked)
        self.quantity = LineEdit(name=_("Quantity"))
        self.quantity.setText(_ONE)
        self.quantity.setFixedWidth(72)
        self.price = LineEdit(name=_("Price"))
        self.price.setFixedWidth(128)
        for edit in (self.quantity, self.price):
            edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.fields = {"description": self.what, "quantity": self.quantity, "price": self.price}
        for edit in self.fields.values():
            edit.returnPressed.connect(self.save)
            edit.textEdited.connect(self._calm)
        self.add = button(_("Add"), "plus", clicked=self.save, tip=_("Add the line (Enter)"))
        self.error = label("", "error", wrap=True)
        self.error.hide()
        line = row(self.kind, self.what, self.quantity, self.price, self.add)
        line.setStretch(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.xs)
        box.addLayout(line)
        box.addWidget(self.error)
        self._kind_chosen()

    def show_quotation(self, number: QuotationId, title: str) -> None:
        """Stand for a quotation; what was begun for the one before waits for it."""
        self._title = title
        if number == self.number:
            return
        if self.number is not None and self._is_begun():
            index = self.kind.currentIndex()
            self._begun[self.number] = (
                *(self.what.text(), self.what.number, self.quantity.text(), self.price.text()),
                index,
            )
        self.number = number
        self.clear()
        if (begun := self._begun.pop(number, None)) is not None:
            text, product, quantity, price, index = begun
            self.what.show_record(product, text)
            self.quantity.setText(quantity)
            self.price.setText(price)
            self.kind.setCurrentIndex(index)
            self._kind_chosen()

    def clear(self) -> None:
        """Nothing is typed."""
        self._sent = None
        self.kind.setCurrentIndex(0)
        self._kind_chosen()
        self.what.show_record(None, "")
        self.quantity.setText(_ONE)
        self.price.clear()
        self._calm()

    def save(self) -> None:
        """Add what is typed; what cannot be taken is said here, and stays."""
        number, typed = self.number, self._typed()
        if number is None or typed == self._sent or not self._is_begun():
            self.what.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        quotations, title = session_of(self).workspace.quotations, self._title
        kind, what = LineKind(self.kind.currentData()), self.what.text()
        quantity, price, product = self.quantity.text(), self.price.text(), self.what.product

        def write() -> QuotationLineId:
            if kind is LineKind.TEXT:
                return quotations.add_text(number, what)
            if product is None:
                return quotations.add_free_line(number, what, price, quantity=quantity, kind=kind)
            asked = price if price.strip() else None
            return quotations.add_product_line(
                number, product, quantity=quantity, kind=kind, price=asked
            )

        def done(line: QuotationLineId) -> None:
            if self.number == number:
                if self._typed() == typed:
                    inside = self.isAncestorOf(self.focusWidget() or self)
                    self.clear()
                    if inside:
                        self.what.setFocus(Qt.FocusReason.OtherFocusReason)
                self.added.emit(line)

        def refused(error: UserError) -> None:
            if self.number == number:
                self._refused(error)
            else:
                refusals.tell_of_quotation(self, number, title, [(what, str(error))])

        self._calm()
        self._sent = typed
        WriteOp(self, write).success(done).failure(refused).run()

    def begun(self) -> str:
        """What is typed and not added yet, "" for nothing."""
        return (self.what.text().strip() or self.price.text().strip()) if self._is_begun() else ""

    def say(self, words: str) -> None:
        """Say what is missing here, and lead here."""
        self.error.setText(words)
        self.error.show()
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> tuple[object, ...]:
        return (
            *(self.number, self.kind.currentIndex(), self.what.number),
            *(edit.text() for edit in self.fields.values()),
        )

    def _is_begun(self) -> bool:
        return bool(self.what.text().strip() or self.price.text().strip())

    def _refused(self, error: UserError) -> None:
        self._sent = None
        self.error.setText(str(error))
        self.error.show()
        wrong = self.fields.get(error.field or "", self.what)
        wrong.setAccessibleDescription(str(error))
        _mark(wrong, wrong=True)
        focus = self.focusWidget()
        if focus is not None and self.isAncestorOf(focus):  # whoever went on is not called back
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            wrong.selectAll()

    def _calm(self) -> None:
        """Nothing is wrong any more."""
        self._sent = None
        self.error.hide()
        for edit in self.fields.values():
            if edit.property("error"):
                edit.setAccessibleDescription("")
                _mark(edit, wrong=False)

    def _picked(self) -> None:
        known = self.what.product is not None
        self.price.setPlaceholderText(_("as in the catalogue") if known else _("Price"))
        if known:
            self.quantity.setFocus(Qt.FocusReason.OtherFocusReason)
            self.quantity.selectAll()

    def _kind_chosen(self) -> None:
        priced = self.kind.currentData() != LineKind.TEXT.value
        self.quantity.setVisible(priced)
        self.price.setVisible(priced)
        self.price.setPlaceholderText(_("Price"))

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up what is typed first; Up goes into the table."""
        if event.key() == Qt.Key.Key_Escape and self._is_begun():
            self.clear()
            self.what.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() == Qt.Key.Key_Up and not self.kind.hasFocus():
            self.up_wanted.emit()
        else:
            super().keyPressEvent(event)


def _mark(edit: LineEdit, *, wrong: bool) -> None:
    edit.setProperty("error", wrong)
    edit.style().unpolish(edit)
    edit.style().polish(edit)
