"""The prices of a product: a line each with its days, and one to add another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from crm_desktop.domain.catalogue import Price, PriceId, Product, ProductId
from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.services import amounts
from crm_desktop.services.catalogue import CatalogueService
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.pages import refusals
from crm_desktop.ui.product_words import asked_on, day_text
from crm_desktop.ui.theme import SPACE, icons
from crm_desktop.ui.widgets.basic import Icon, button, column, label, row
from crm_desktop.ui.widgets.edit import InlineEdit, LineEdit, is_left

# Of all days this one takes the most room.
_WIDE_DAY = date(2028, 12, 30)
_AROUND = 22


class PriceRow(QWidget):
    """One price: amount, first and last day, and whether it is asked today."""

    def __init__(self, price: Price, owner: ProductPrices) -> None:
        super().__init__()
        self.price = price
        self._owner = owner
        self.amount = InlineEdit(_("Price"))
        self.first = InlineEdit(_("Valid from"), placeholder=_("from …"))
        self.last = InlineEdit(_("Valid to"), placeholder=_("to …"))
        for edit, field in (
            (self.amount, "amount"), (self.first, "valid_from"), (self.last, "valid_to"),
        ):  # fmt: skip
            edit.committed.connect(partial(self._commit, field, edit))
        for edit in (self.first, self.last):
            edit.setFixedWidth(_day_width(edit.edit))
        self.now = Icon("circle-check", "accent", 14)
        self.now.setToolTip(_("This price is asked today"))
        self.now.setAccessibleName(self.now.toolTip())
        policy = self.now.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.now.setSizePolicy(policy)
        self.remove = button("", kind="link", clicked=self._remove, name=_("Remove the price"))
        self.remove.setToolTip(_("Remove the price"))
        icons.set_icon(self.remove, "x", "mute", 14)
        self.remove.setFixedWidth(24)
        sign = column(self.now)
        sign.setContentsMargins(0, 6, 0, 0)
        line = row(self.amount, self.first, self.last, self.remove, spacing=SPACE.xs)
        line.setStretch(0, 1)
        for part in (self.amount, self.first, self.last, self.remove):
            line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        line.insertLayout(0, sign)
        line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.show_price(price, asked=False)

    def show_price(self, price: Price, *, asked: bool) -> None:
        """Show it as it is now."""
        self.price = price
        money = price.money
        self.amount.set_value(amounts.money_typed(money), amounts.money_shown(money))
        for edit, day in ((self.first, price.valid_from), (self.last, price.valid_to)):
            edit.set_value("" if day is None else day.isoformat(), day_text(day))
        self.now.setVisible(asked)

    def _commit(self, field: str, edit: InlineEdit, text: str) -> None:
        self._owner.change(self.price, field, text, edit)

    def _remove(self) -> None:
        self._owner.take_away(self.price)


class ProductPrices(QWidget):
    """Shows a product's prices and takes new ones."""

    def __init__(self) -> None:
        super().__init__()
        self._product: Product | None = None
        self._rows: dict[PriceId | None, PriceRow] = {}
        # What is on its way: leaving its fields must not save it once more.
        self._sent: dict[str, str] | None = None
        self.add = button(_("+ Price"), kind="link", clicked=self.start)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.amount = LineEdit(name=_("New price"))
        self.amount.setPlaceholderText(_("1250.50 EUR"))
        self.first = LineEdit(name=_("Valid from"))
        self.first.setPlaceholderText(_("from …"))
        self.last = LineEdit(name=_("Valid to"))
        self.last.setPlaceholderText(_("to …"))
        for field in (self.first, self.last):
            field.setFixedWidth(_day_width(field))
        self._fields = {"amount": self.amount, "valid_from": self.first, "valid_to": self.last}
        for field in self._fields.values():
            field.takes_enter = True
            field.returnPressed.connect(self.save)
            field.textEdited.connect(self._calm)
            field.installEventFilter(self)
        self._new = QWidget()
        line = row(self.amount, self.first, self.last, spacing=SPACE.xs)
        line.setStretch(0, 1)
        self._new.setLayout(line)
        self._error = label("", "error", wrap=True)
        self._stop()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.xs)
        box.addLayout(row(label(_("Prices"), "section"), None, self.add))
        box.addLayout(self._lines)
        box.addWidget(self._new)
        box.addWidget(self._error)

    def rows(self) -> Sequence[PriceRow]:
        """The rows from top to bottom."""
        return tuple(self._rows.values())

    def show_prices(self, product: Product, prices: Sequence[Price]) -> None:
        """Show a product's prices; what is begun of another product's is kept or told first."""
        if self._product is not None and self._product.id != product.id:
            self.save()
            self._stop()
        self._product = product
        asked = asked_on(prices, date.today())
        wanted = {price.id for price in prices}
        for number in [n for n in self._rows if n not in wanted]:
            gone = self._rows.pop(number)
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for price in prices:
            made = self._rows.get(price.id)
            if made is None:
                made = self._rows[price.id] = PriceRow(price, self)
                self._lines.addWidget(made)
            made.show_price(price, asked=price in asked)

    def start(self) -> None:
        """Let a new one be typed."""
        self._new.show()
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_refused(self) -> list[tuple[str, str]]:
        """What stands refused of a new one and why, which is given up; nothing where none is."""
        if self._error.isHidden():
            return []
        refused = (" ".join(filter(None, self._typed().values())), self._error.text())
        self._stop()
        return [refused]

    def save(self) -> None:
        """Note what is typed; nothing typed puts the line away."""
        typed = self._typed()
        if typed == self._sent:
            return
        if not any(typed.values()):
            self._stop()
            return
        if self._product is None or self._product.id is None:
            return
        catalogue, number, name = self._service(), self._product.id, self._product.name
        self._sent = typed

        def saved(_number: PriceId) -> None:
            if self._is_shown(number) and typed == self._typed():
                inside = self._has_focus()
                self._stop()
                if inside:
                    self.add.setFocus(Qt.FocusReason.OtherFocusReason)

        def refused(error: UserError) -> None:
            if self._is_shown(number):
                self._refused(error)
            else:
                words = " ".join(filter(None, typed.values()))
                refusals.tell_of_product(self, number, name, [(words, str(error))])

        op = WriteOp(
            self,
            lambda: catalogue.add_price(
                number,
                typed["amount"],
                valid_from=typed["valid_from"],
                valid_to=typed["valid_to"],
            ),
        )
        op.success(saved).failure(refused).run()

    def change(self, price: Price, field: str, text: str, edit: InlineEdit) -> None:
        """Change a part of a price."""
        catalogue, number, product = self._service(), price.id, self._product
        assert number is not None
        assert product is not None

        def refused(error: UserError) -> None:
            if self._rows.get(number) is not None:
                edit.show_error(str(error))
            else:
                refusals.tell_of_product(self, product.id, product.name, [(text, str(error))])

        WriteOp(self, lambda: catalogue.update_price(number, field, text)).failure(refused).run()

    def take_away(self, price: Price) -> None:
        """Remove a price."""
        catalogue, number, host = self._service(), price.id, host_of(self)
        assert number is not None

        def done(step: StepId) -> None:
            words = _("Removed: {price}").format(price=amounts.money_shown(price.money))
            host.toast(words, undo=step)

        WriteOp(self, lambda: catalogue.remove_price(number)).success(done).run()

    def _service(self) -> CatalogueService:
        return session_of(self).workspace.catalogue

    def _is_shown(self, number: ProductId) -> bool:
        return self._product is not None and self._product.id == number

    def _typed(self) -> dict[str, str]:
        return {name: field.text().strip() for name, field in self._fields.items()}

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self._new.isAncestorOf(focus)

    def _refused(self, error: UserError) -> None:
        self._sent = None
        self._error.setText(str(error))
        self._error.show()
        self._new.show()
        wrong = self._fields.get(error.field or "", self.amount)
        _mark(wrong, wrong=True)
        wrong.setAccessibleDescription(str(error))
        if self._has_focus():  # whoever went on is not called back
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self) -> None:
        self._sent = None
        self._new.hide()
        self._calm()
        for field in self._fields.values():
            field.clear()

    def _calm(self) -> None:
        """Nothing is wrong any more."""
        self._error.hide()
        for field in self._fields.values():
            if field.property("error"):
                _mark(field, wrong=False)
                field.setAccessibleDescription("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc gives a new one up; leaving its fields saves it."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self._stop()
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if (
            isinstance(event, QFocusEvent)
            and event.type() == QEvent.Type.FocusOut
            and is_left(event)
            and not (self._new.isHidden() or self._has_focus())
            and self._error.isHidden()
        ):
            self.save()
        return super().eventFilter(watched, event)


def _day_width(field: LineEdit) -> int:
    return field.fontMetrics().horizontalAdvance(day_text(_WIDE_DAY)) + _AROUND


def _mark(field: LineEdit, *, wrong: bool) -> None:
    field.setProperty("error", wrong)
    field.style().unpolish(field)
    field.style().polish(field)
