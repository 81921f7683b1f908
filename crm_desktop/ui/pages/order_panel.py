"""One order: its lines and days, its money, who travels, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.money import Money
from crm_desktop.domain.orders import (
    Cancellation,
    OrderId,
    OrderStatus,
    WholeOrder,
    left_of,
)
from crm_desktop.domain.payments import OrderAccount, Tone
from crm_desktop.domain.pricing import Taxes
from crm_desktop.domain.processes import ProcessId
from crm_desktop.i18n import _, pgettext
from crm_desktop.services import amounts
from crm_desktop.services.order_drafts import fees_typed
from crm_desktop.services.orders import OrderService
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.dialogs.order_sheets import CancelOrder, NotePayment, TakeBack
from crm_desktop.ui.dialogs.processes import ProcessesDialog
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.leaving import leave
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.order_papers import OrderPapers
from crm_desktop.ui.order_words import day_text, status_text, status_tint, tone_text
from crm_desktop.ui.pages import refusals
from crm_desktop.ui.pages.order_lines import OrderLines
from crm_desktop.ui.pages.order_money import OrderMoney
from crm_desktop.ui.pages.order_steps import OrderSteps, Running
from crm_desktop.ui.pages.order_travellers import OrderTravellers, Travelling
from crm_desktop.ui.theme import SPACE, colours, fonts
from crm_desktop.ui.widgets.basic import PillButton, button, hairline, label, row
from crm_desktop.ui.widgets.edit import InlineEdit
from crm_desktop.ui.widgets.facts import ChoiceFact, TextFact
from crm_desktop.ui.widgets.notice import Notice
from crm_desktop.ui.widgets.rich_notes import RichNotes

_NARROW = 660


class OrderView(NamedTuple):
    """All that is shown of an order.

    Attributes:
        agreed: what is agreed, or the draft where nothing is yet.
        draft: the version that is being drafted.
        country: the home country, for decimal marks.
    """

    agreed: WholeOrder
    draft: WholeOrder | None
    account: OrderAccount
    travelling: Travelling
    running: Running
    country: str

    @property
    def whole(self) -> WholeOrder:
        """The version that is shown: the draft where there is one."""
        return self.draft or self.agreed


def read_order(workspace: Workspace, number: OrderId) -> OrderView:
    """Read all that is shown of an order, on a reader's thread."""
    travellers = workspace.travellers
    return OrderView(
        workspace.orders.get(number),
        workspace.orders.draft(number),
        workspace.payments.account(number),
        Travelling(
            travellers.of(number), travellers.requirements(number), travellers.papers(number)
        ),
        Running(workspace.order_steps.of(number), workspace.processes.all()),
        workspace.settings.home_country(),
    )


class OrderPanel(QWidget):
    """Shows and edits an order; `customer_wanted` carries whose it is."""

    customer_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.shown: OrderView | None = None
        self.papers = OrderPapers(self)
        self.title = InlineEdit(_("What it is about"), role="record")
        self.title.committed.connect(partial(self._save_text, "title", self.title))
        self.status = PillButton(tells=True)
        self.reference = label("", "secondary")
        self.customer = button("", "user", kind="link", clicked=self._go)
        self.yes = button("", kind="primary", clicked=self._main)
        self.change = button(_("Change"), "pencil", clicked=self._change)
        self.print = button(_("Print"), "printer", clicked=self.print_order)
        self.print.setToolTip(_("The confirmation, as it will be printed"))
        self.more = button("", "ellipsis", kind="quiet", name=_("More"))
        self.menu = QMenu(self)
        self.more.setMenu(self.menu)
        self.drop = button(_("Drop the change"), clicked=self._discard)
        self.banner = Notice("pencil", self.drop)
        self.lines = OrderLines()
        self.facts = {
            field: TextFact(name, partial(self._save, field), placeholder=example)
            for field, name, example in (
                ("starts_on", _("Begins"), _("day of departure or delivery")),
                ("ends_on", _("Ends"), ""),
                ("discount", _("Discount"), _("10 %, 50, or 10 % + 50")),
                ("rounding", _("Rounding"), _("0.05 for cash")),
                ("fees", _("If cancelled"), _("30: 10 %; 14: 50 %; 0: 100 %")),
            )
        }
        self.facts["fees"].setToolTip(
            _("Days before the beginning, and how much of the price is kept from then on")
        )
        self.taxes = ChoiceFact(
            _("Taxes"),
            [
                (Taxes.ADDED.value, pgettext("taxes", "added"), None),
                (Taxes.INCLUDED.value, pgettext("taxes", "included"), None),
            ],
            partial(self._save_choice, "taxes"),
        )
        self.terms = RichNotes(_("Terms"), _("What holds besides; it stands on the paper"))
        self.terms.committed.connect(partial(self._save_long, "terms"))
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.money = OrderMoney()
        self.money.payment_wanted.connect(self.note_payment)
        self.money.refund_wanted.connect(partial(self.note_payment, refund=True))
        self.money.receipt_wanted.connect(self.papers.receipt)
        self.steps = OrderSteps()
        self.steps.processes_wanted.connect(self._edit_processes)
        self.travellers = OrderTravellers()
        self.travellers.customer_wanted.connect(self.customer_wanted.emit)
        self._build()

    def _build(self) -> None:
        head = row(self.title, self.status, spacing=SPACE.s)
        head.setStretch(0, 1)
        # Side by side where there is room for both.
        self._names_and_actions = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._names_and_actions.setSpacing(SPACE.s)
        self._names_and_actions.addLayout(row(self.customer, self.reference, None), 1)
        self._names_and_actions.addLayout(
            row(self.print, self.change, self.yes, self.more, None), 0
        )
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(20, SPACE.s, 20, 20)
        box.setSpacing(SPACE.m)
        box.addWidget(self.lines)
        box.addWidget(self.error)
        facts = QVBoxLayout()
        facts.setSpacing(0)
        for fact in (*self.facts.values(), self.taxes):
            facts.addWidget(fact)
        box.addLayout(facts)
        box.addWidget(self.terms)
        for part in (self.steps, self.money, self.travellers):
            box.addWidget(hairline())
            box.addWidget(part)
        box.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inner)
        above = QVBoxLayout()
        above.setContentsMargins(20, 16, 16, 0)
        above.setSpacing(SPACE.xs)
        above.addLayout(head)
        above.addLayout(self._names_and_actions)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.s)
        whole.addLayout(above)
        whole.addWidget(self.banner)
        whole.addWidget(self.area, 1)

    # Showing.

    @property
    def number(self) -> OrderId | None:
        """Which one is shown."""
        return None if self.shown is None else self.shown.agreed.order.id

    def show_order(self, view: OrderView) -> None:
        """Show one; what is being typed into it is left alone."""
        whole, order = view.whole, view.agreed.order
        if order.id != self.number:
            self._leave()
        self.shown = view
        fonts.ensure_for(order.title, whole.customer_name, whole.version.terms)
        self.title.set_value(order.title)
        self.title.edit.setReadOnly(order.status is not OrderStatus.DRAFT)
        self.status.set_pill(status_text(order.status), status_tint(order.status, colours()))
        self.reference.setText(view.agreed.reference)
        self.customer.setText(whole.customer_name)
        self.customer.setAccessibleName(_("Customer: {name}").format(name=whole.customer_name))
        editable = view.draft is not None
        self.lines.show_order(whole, view.country, editable=editable)
        self._show_facts(view, editable=editable)
        self._show_banner(view)
        self._show_actions(view)
        self.money.show_account(view.agreed, view.account)
        assert order.id is not None
        self.steps.show_steps(order, view.running)
        self.travellers.show_travelling(order.id, view.travelling)

    def _show_facts(self, view: OrderView, *, editable: bool) -> None:
        version, currency = view.whole.version, view.whole.order.currency
        step = "" if version.rounding == 1 else amounts.value_typed(
            Money(version.rounding, currency), view.country
        )  # fmt: skip
        for field, text, shown in (
            ("starts_on", _iso(version.starts_on), day_text(version.starts_on)),
            ("ends_on", _iso(version.ends_on), day_text(version.ends_on)),
            ("discount", amounts.discount_typed(version.discount, currency), ""),
            ("rounding", step, ""),
            ("fees", fees_typed(version.fees), ""),
        ):
            self.facts[field].show_value(text, shown)
            self.facts[field].edit.edit.setReadOnly(not editable)
            self.facts[field].setVisible(editable or bool(text))
        word = {
            Taxes.ADDED: pgettext("taxes", "added"),
            Taxes.INCLUDED: pgettext("taxes", "included"),
        }[version.taxes]
        self.taxes.show_value(version.taxes.value, word, colours().neutral)
        self.taxes.button.setEnabled(editable)
        self.terms.set_value(version.terms)
        self.terms.setEnabled(editable)
        self.terms.setVisible(editable or bool(version.terms))

    def _show_banner(self, view: OrderView) -> None:
        changed = view.draft is not None and view.draft.difference is not None
        self.banner.setVisible(changed)
        if changed and view.draft is not None and view.draft.difference is not None:
            money = view.draft.difference
            sign = "+" if money.amount > 0 else ""
            words = _("A change is being drafted: {difference} against what is agreed.")
            difference = f"{sign}{amounts.money_shown(money)}"
            self.banner.text.setText(words.format(difference=difference))

    def _show_actions(self, view: OrderView) -> None:
        status, drafted = view.agreed.order.status, view.draft is not None
        runs = status is OrderStatus.OPEN
        words = {
            OrderStatus.DRAFT: _("Confirm"),
            OrderStatus.OPEN: _("Agree to the change") if drafted else _("Note a payment"),
            OrderStatus.DONE: _("Open again"),
            OrderStatus.CANCELLED: _("Note a refund"),
        }[status]
        self.yes.setText(words)
        self.yes.setAccessibleName(words)
        owed_back = view.account.balance.open < 0
        self.yes.setVisible(status is not OrderStatus.CANCELLED or owed_back)
        self.change.setVisible(status is OrderStatus.OPEN and not drafted)
        self.menu.clear()
        for text, run, wanted in (
            (
                _("Done: all was delivered"),
                self._finish,
                status is OrderStatus.OPEN and not drafted,
            ),
            (_("Take goods back…"), self.ask_back, _has_goods(view) and not drafted),
            (_("Cancel the order…"), self.ask_cancel, runs),
            (_("Statement of the customer…"), self._print_statement, True),
            (_("Ask for satisfaction…"), self.ask_customer, status is not OrderStatus.DRAFT),
            (_("Delete the draft"), self._remove, status is OrderStatus.DRAFT),
        ):
            if wanted:
                self.menu.addAction(text).triggered.connect(run)
        if any(part.is_late(date.today()) for part in view.account.plan):
            reminders = self.menu.addMenu(_("Remind"))
            for tone in Tone:
                action = reminders.addAction(tone_text(tone))
                action.triggered.connect(partial(self._remind, tone))
        before = range(1, view.agreed.version.version)
        if before:
            earlier = self.menu.addMenu(_("Earlier versions"))
            for version in before:
                words = _("Version {n}").format(n=version)
                earlier.addAction(words).triggered.connect(partial(self._print_version, version))

    def _leave(self) -> None:
        """Keep what is being typed into the one that goes, and let its fields be filled."""
        refused = refusals.standing(self) + self.lines.table.lines.refused()
        if refused and self.shown is not None and self.number is not None:
            refusals.tell_of_order(self, self.number, self.shown.agreed.order.title, refused)
        leave(self)
        self.error.hide()
        self.area.verticalScrollBar().setValue(0)
        for edit in (self.title, *(fact.edit for fact in self.facts.values())):
            edit.forget()

    # Writing.

    def _save_text(self, field: str, edit: InlineEdit, text: str) -> None:
        self._save(field, text, edit)

    def _save(self, field: str, text: str, edit: InlineEdit) -> None:
        self._write(field, text, lambda error: edit.show_error(str(error)))

    def _save_choice(self, field: str, text: str) -> None:
        self._write(field, text, self._tell)

    def _save_long(self, field: str, text: str) -> None:
        self._write(field, text, self._tell)

    def _write(self, field: str, text: str, tell: Callable[[UserError], object]) -> None:
        orders, shown, number = self._orders(), self.shown, self.number
        if shown is None or number is None:
            return

        def refused(error: UserError) -> None:
            if self.number == number:
                tell(error)
            else:
                said = [(text, str(error))]
                refusals.tell_of_order(self, number, shown.agreed.order.title, said)

        WriteOp(self, lambda: orders.update(number, field, text)).failure(refused).run()

    def _tell(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()

    def _run(self, act: Callable[[], object], words: str = "") -> None:
        host = host_of(self)

        def done(result: object) -> None:
            self.error.hide()
            if words and isinstance(result, int):
                host.toast(words, undo=StepId(result))
            elif words:
                host.toast(words)

        WriteOp(self, act).success(done).failure(self._tell).run()

    # What may be done.

    def _main(self) -> None:
        """The button that stands out."""
        view, number = self.shown, self.number
        if view is None or number is None:
            return
        orders, status = self._orders(), view.agreed.order.status
        if status is OrderStatus.DRAFT or (status is OrderStatus.OPEN and view.draft is not None):
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # what is being typed is part of it
            host = host_of(self)

            def agreed(reference: str) -> None:
                self.error.hide()
                host.toast(_("Agreed as {number}").format(number=reference))

            WriteOp(self, lambda: orders.agree(number)).success(agreed).failure(self._tell).run()
        elif status is OrderStatus.OPEN:
            self.note_payment()
        elif status is OrderStatus.DONE:
            self._run(lambda: orders.reopen(number), _("The order is open again"))
        else:
            self.note_payment(refund=True)

    def _change(self) -> None:
        orders, number = self._orders(), self.number
        if number is not None:
            self._run(lambda: orders.change(number))

    def _discard(self) -> None:
        orders, number = self._orders(), self.number
        if number is not None:
            self._run(lambda: orders.discard(number), _("The change is dropped"))

    def _finish(self) -> None:
        orders, number = self._orders(), self.number
        if number is not None:
            self._run(lambda: orders.finish(number), _("The order is done"))

    def _remove(self) -> None:
        orders, number = self._orders(), self.number
        if number is not None:
            self._run(lambda: orders.remove(number), _("The draft is deleted"))

    def ask_customer(self) -> None:
        """Ask how it was."""
        from crm_desktop.ui.dialogs.survey_sheets import AskSheet

        if self.shown is not None:
            order = self.shown.agreed.order
            AskSheet(self, (order.customer_id, self.shown.whole.customer_name), order.id).open()

    def ask_cancel(self) -> None:
        """Show what cancelling costs, and ask why."""
        orders, number, view = self._orders(), self.number, self.shown
        if number is None or view is None:
            return

        def ask(comes_to: Cancellation) -> None:
            CancelOrder(self, view.agreed, comes_to, cancelled=self._cancelled).open()

        ReadOp(self, lambda: orders.cancellation(number), key="cancel").success(ask).run()

    def ask_back(self) -> None:
        """Ask which goods came back."""
        if self.shown is not None:
            TakeBack(self, self.shown.agreed, self.shown.country, taken=self._taken_back).open()

    def _taken_back(self, step: object) -> None:
        undo = StepId(step) if isinstance(step, int) else None
        host_of(self).toast(_("The goods are taken back"), undo=undo)

    def _cancelled(self, step: object) -> None:
        undo = StepId(step) if isinstance(step, int) else None
        host_of(self).toast(_("The order is cancelled"), undo=undo)

    def note_payment(self, *_checked: object, refund: bool = False) -> None:
        """Note what changed hands."""
        if self.shown is not None:
            NotePayment(
                self, self.shown.agreed, self.shown.account, refund=refund, noted=self._noted
            ).open()

    def _noted(self, _number: object) -> None:
        host_of(self).toast(_("The payment is noted"))

    # Papers.

    def print_order(self) -> None:
        """The confirmation as it will be printed; of a draft, the draft."""
        number, view = self.number, self.shown
        if number is not None and view is not None:
            called = view.agreed.reference or view.agreed.order.title
            self.papers.confirmation(number, called, draft=view.draft is not None)

    def _print_version(self, version: int, *_checked: object) -> None:
        number, view = self.number, self.shown
        if number is not None and view is not None:
            self.papers.version(number, view.agreed.order.number, version)

    def _print_statement(self) -> None:
        if self.shown is not None:
            self.papers.statement(self.shown.agreed.order)

    def _remind(self, tone: Tone, *_checked: object) -> None:
        """Show the letter, and note that it goes out."""
        number = self.number
        if number is not None:
            payments = session_of(self).workspace.payments
            self.papers.reminder(number, tone)
            self._run(lambda: payments.remind(number, tone), _("The reminder is noted"))

    def _edit_processes(self, number: ProcessId | None) -> None:
        ProcessesDialog(self, number).open()

    def _go(self) -> None:
        if self.shown is not None:
            self.customer_wanted.emit(self.shown.agreed.order.customer_id)

    def _orders(self) -> OrderService:
        return session_of(self).workspace.orders

    # Qt's own names.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the actions stand below the names."""
        way = QBoxLayout.Direction
        narrow = self.width() < _NARROW
        self._names_and_actions.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+P prints the order that is shown."""
        if event.key() == Qt.Key.Key_P and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.print_order()
            return
        super().keyPressEvent(event)


def _has_goods(view: OrderView) -> bool:
    """Whether something may come back: of what was agreed, something is left."""
    agreed = view.agreed
    if agreed.order.status not in (OrderStatus.OPEN, OrderStatus.DONE):
        return False
    return any(left > 0 for left in left_of(agreed.lines).values())


def _iso(day: object) -> str:
    return "" if day is None else str(day)
