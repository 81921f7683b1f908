"""Papers of orders: confirmations, receipts, statements and reminders, as PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.domain.customers import Customer, CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.orders import OrderId, VersionStatus
from crm_desktop.domain.payments import PaymentId, Tone, balance
from crm_desktop.i18n import _, language, nearest
from crm_desktop.services.customer_files import PdfFile
from crm_desktop.services.mail_drafts import MailDrafts, file_name
from crm_desktop.services.orders import OrderService
from crm_desktop.services.payments import PaymentService
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import customers
from crm_desktop.store import orders as rows
from crm_desktop.store.archive import Archive

if TYPE_CHECKING:
    from crm_desktop.reports.order import PrintedOrder
    from crm_desktop.reports.receipt import PrintedReceipt
    from crm_desktop.reports.reminder import PrintedReminder
    from crm_desktop.reports.statement import PrintedStatement


class OrderPaperService:
    """Draws the papers of one archive's orders; nothing is written by it."""

    def __init__(
        self,
        archive: Archive,
        settings: SettingsService,
        orders: OrderService,
        payments: PaymentService,
        mails: MailDrafts,
    ) -> None:
        self._archive = archive
        self._settings = settings
        self._orders = orders
        self._payments = payments
        self._mails = mails

    def confirmation(
        self, number: OrderId, *, draft: bool = False, version: int | None = None
    ) -> PdfFile:
        """An order as it is agreed, as it was, or as it is being drafted.

        Raises:
            UserError: it is not there any more, or there is no such version.
        """
        from crm_desktop.reports.order import missing_in, order_pdf

        printed = self._order(number, draft=draft, version=version)
        return PdfFile(order_pdf(printed), missing_in(printed))

    def mail_confirmation(
        self, number: OrderId, *, draft: bool = False, version: int | None = None
    ) -> Path:
        """A message with it, to be opened and sent.

        Raises:
            UserError: as `confirmation`.
            EnvironmentProblem: there is no room for it.
        """
        from crm_desktop.reports.mail import order_mail

        printed = self._order(number, draft=draft, version=version)
        whole = printed.whole
        name = file_name(whole.reference, whole.order.title, "order")
        pdf = self.confirmation(number, draft=draft, version=version)
        return self._mails.write(name, order_mail(printed, pdf.data, f"{name}.pdf"))

    def _order(self, number: OrderId, *, draft: bool, version: int | None) -> PrintedOrder:
        from crm_desktop.reports.order import PrintedOrder

        if version is not None:
            whole = self._orders.version(number, version)
        else:
            whole = (self._orders.draft(number) if draft else None) or self._orders.get(number)
        stands = whole.version.status is VersionStatus.AGREED
        with self._archive.reading() as c:
            travellers = [name for _one, name in rows.travellers(c, number)]
        return PrintedOrder(
            whole,
            self._customer(whole.order.customer_id),
            self._settings.firm(),
            date.today(),
            self._settings.home_country(),
            self._payments.account(number).plan if stands else (),
            travellers,
        )

    def receipt(self, number: PaymentId) -> PdfFile:
        """The receipt of a payment that has one.

        Raises:
            UserError: it has none yet, or is not there any more.
        """
        from crm_desktop.reports.receipt import missing_in, receipt_pdf

        printed = self._receipt(number)
        return PdfFile(receipt_pdf(printed), missing_in(printed))

    def mail_receipt(self, number: PaymentId) -> Path:
        """A message with it, to be opened and sent.

        Raises:
            UserError: as `receipt`.
            EnvironmentProblem: there is no room for it.
        """
        from crm_desktop.reports.mail import receipt_mail

        printed = self._receipt(number)
        name = file_name(printed.payment.number, printed.order.title, "receipt")
        pdf = self.receipt(number)
        return self._mails.write(name, receipt_mail(printed, pdf.data, f"{name}.pdf"))

    def _receipt(self, number: PaymentId) -> PrintedReceipt:
        from crm_desktop.reports.receipt import PrintedReceipt

        payment = self._payments.get(number)
        if not payment.number or payment.order_id is None:
            raise UserError(_("This payment has no receipt yet."))
        whole = self._orders.get(payment.order_id)
        account = self._payments.account(payment.order_id)
        # As it stood when this one was paid: what came in later is on papers of its own.
        until = [
            one
            for one in account.payments
            if (one.paid_on, one.id or 0) <= (payment.paid_on, payment.id or 0)
        ]
        return PrintedReceipt(
            payment,
            whole.order,
            balance(account.balance.total, until),
            self._customer(whole.order.customer_id),
            self._settings.firm(),
            self._settings.home_country(),
        )

    def statement(self, customer: CustomerId, currency: str) -> PdfFile:
        """How a customer stands in a currency.

        Raises:
            UserError: he has nothing in that currency.
        """
        from crm_desktop.reports.statement import missing_in, statement_pdf

        printed = self._statement(customer, currency)
        return PdfFile(statement_pdf(printed), missing_in(printed))

    def mail_statement(self, customer: CustomerId, currency: str) -> Path:
        """A message with it, to be opened and sent.

        Raises:
            UserError: as `statement`.
            EnvironmentProblem: there is no room for it.
        """
        from crm_desktop.reports.mail import statement_mail

        printed = self._statement(customer, currency)
        name = file_name(printed.day.isoformat(), printed.customer.name, "statement")
        pdf = self.statement(customer, currency)
        return self._mails.write(name, statement_mail(printed, pdf.data, f"{name}.pdf"))

    def _statement(self, customer: CustomerId, currency: str) -> PrintedStatement:
        from crm_desktop.reports.statement import PrintedStatement

        whom = self._customer(customer)
        found = [one for one in self._payments.statements(customer) if one.currency == currency]
        if not found:
            words = _("There are no orders or payments in {currency}.")
            raise UserError(words.format(currency=currency))
        return PrintedStatement(
            found[0],
            whom,
            self._settings.firm(),
            date.today(),
            nearest(whom.facts.language) if whom.facts.language else language(),
            self._settings.home_country(),
        )

    def reminder(self, order: OrderId, tone: Tone, today: date | None = None) -> PdfFile:
        """A letter about what is late of an order.

        Raises:
            UserError: nothing is late.
        """
        from crm_desktop.reports.reminder import missing_in, reminder_pdf

        printed = self._reminder(order, tone, today)
        return PdfFile(reminder_pdf(printed), missing_in(printed))

    def mail_reminder(self, order: OrderId, tone: Tone, today: date | None = None) -> Path:
        """A message with it, to be opened and sent.

        Raises:
            UserError: as `reminder`.
            EnvironmentProblem: there is no room for it.
        """
        from crm_desktop.reports.mail import reminder_mail

        printed = self._reminder(order, tone, today)
        name = file_name(printed.order.number, printed.order.title, "reminder")
        pdf = self.reminder(order, tone, today)
        return self._mails.write(name, reminder_mail(printed, pdf.data, f"{name}.pdf"))

    def _reminder(self, order: OrderId, tone: Tone, today: date | None) -> PrintedReminder:
        from crm_desktop.reports.reminder import PrintedReminder

        whole = self._orders.get(order)
        day = today or date.today()
        late = [part for part in self._payments.account(order).plan if part.is_late(day)]
        if not late:
            raise UserError(_("Nothing of this order is late."))
        return PrintedReminder(
            whole.order,
            late,
            tone,
            self._customer(whole.order.customer_id),
            self._settings.firm(),
            day,
            self._settings.home_country(),
        )

    def _customer(self, number: CustomerId) -> Customer:
        with self._archive.reading() as c:
            found = customers.get(c, number)
        if found is None:
            raise UserError(
                _("There is no customer {number}.").format(number=number), field="customer"
            )
        return found
