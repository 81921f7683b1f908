"""Orders: read, begun, and made of quotations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from crm_desktop.domain.customers import Customer, CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.names import shortened
from crm_desktop.domain.numbers import Series
from crm_desktop.domain.opportunities import OpportunityId, PipelineStageId
from crm_desktop.domain.orders import (
    EVERY_ORDER,
    ListedOrder,
    Order,
    OrderId,
    OrderLine,
    OrderQuery,
    OrderStatus,
    OrderVersion,
    VersionStatus,
    WholeOrder,
)
from crm_desktop.domain.pricing import Taxes
from crm_desktop.domain.quotations import QuotationId, QuotationLineId, QuotationStatus
from crm_desktop.i18n import _, language, nearest
from crm_desktop.services import numbers
from crm_desktop.services.order_changes import OrderChanges
from crm_desktop.services.order_drafts import title
from crm_desktop.services.quotations import QuotationService
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import customers
from crm_desktop.store import orders as rows
from crm_desktop.store import quotations as offered_rows
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import OPPORTUNITIES


class OrderService(OrderChanges):
    """The orders of one archive. Each change is one step that can be undone."""

    def __init__(
        self, archive: Archive, settings: SettingsService, quotations: QuotationService
    ) -> None:
        super().__init__(archive, settings)
        self._quotations = quotations

    # Reading

    def of(self, customer: CustomerId) -> Sequence[ListedOrder]:
        """A customer's orders, the newest first."""
        with self._archive.reading() as c:
            return rows.of_customer(c, customer)

    def of_opportunity(self, opportunity: OpportunityId) -> Sequence[ListedOrder]:
        """The orders of an opportunity, the newest first."""
        with self._archive.reading() as c:
            return rows.of_opportunity(c, opportunity)

    def of_quotation(self, quotation: QuotationId) -> Order | None:
        """The order that a quotation became, unless it was cancelled."""
        with self._archive.reading() as c:
            return rows.of_quotation(c, quotation)

    def list(self, query: OrderQuery = EVERY_ORDER) -> Sequence[ListedOrder]:
        """Orders of all customers, the newest first."""
        with self._archive.reading() as c:
            return rows.search(c, query)

    def versions(self, number: OrderId) -> Sequence[OrderVersion]:
        """All versions of an order, the first one first."""
        with self._archive.reading() as c:
            return rows.versions(c, number)

    def version(self, number: OrderId, version: int) -> WholeOrder:
        """An order as it was agreed once.

        Raises:
            UserError: there is no such version.
        """
        with self._archive.reading() as c:
            found = rows.whole(c, number, version=version)
        if found is None:
            raise UserError(_("This version is not there any more."))
        return found

    # Beginning

    def create(
        self, name: str, customer: CustomerId, *, opportunity: OpportunityId | None = None
    ) -> OrderId:
        """Begin an order, as a draft; what was usual last time is taken over.

        Args:
            name: what it is about, as typed; "" takes the opportunity's title.
            customer: whose.
            opportunity: his that it belongs to.

        Raises:
            UserError: it is called nothing, or there is no such customer or opportunity.
        """
        whom = self._customer(customer)
        spoken = nearest(whom.facts.language) if whom.facts.language else language()
        with self._archive.reading() as c:
            sold = None if opportunity is None else OPPORTUNITIES.get(c, opportunity)
            last = rows.newest(c)
            alike = rows.newest(c, spoken)
        if opportunity is not None and (sold is None or sold.customer_id != customer):
            raise UserError(_("This opportunity is another customer's."), field="opportunity")
        clean = title(name or ("" if sold is None else sold.title))
        money = None if sold is None else sold.money
        now = datetime.now(UTC)
        made = Order(
            clean,
            customer,
            self._quotations.home_currency() if money is None else money.currency,
            opportunity_id=opportunity,
            language=spoken,
            created_at=now,
            updated_at=now,
        )
        version = OrderVersion(
            taxes=Taxes.ADDED if last is None else last.taxes,
            fees="" if last is None else last.fees,
            terms="" if alike is None else alike.terms,
            created_at=now,
            updated_at=now,
        )
        step = _("New order {title}").format(title=shortened(clean))
        return self._archive.write(step, lambda c: rows.insert(c, made, version, ()))

    def from_quotation(
        self,
        number: QuotationId,
        *,
        chosen: Collection[QuotationLineId] | None = None,
        stage: PipelineStageId | None = None,
    ) -> OrderId:
        """Make an order of a quotation, in one step: accepted, and agreed under a number.

        Args:
            number: of a quotation that is out; one that is not accepted yet is accepted by this.
            chosen: the options that the customer took; None leaves them as they are.
            stage: where the opportunity goes in the same step.

        Raises:
            UserError: it is a draft or was replaced, or is an order already.
        """
        offered = self._quotations.get(number).quotation
        accept = None
        if offered.status is not QuotationStatus.ACCEPTED or chosen is not None:
            if offered.status is QuotationStatus.ACCEPTED:
                raise UserError(_("{number} was accepted already.").format(number=offered.number))
            accept = self._quotations.accepting(number, chosen=chosen, stage=stage)
        with self._archive.reading() as c:
            there = rows.of_quotation(c, number)
            last = rows.newest(c)
        if there is not None:
            words = _("{quotation} became order {order} already.")
            raise UserError(words.format(quotation=offered.reference, order=there.number))
        now = datetime.now(UTC)

        def act(c: Connection) -> OrderId:
            if accept is not None:
                accept(c)
            whole = offered_rows.whole(c, number)
            assert whole is not None
            order = Order(
                offered.title,
                offered.customer_id,
                offered.currency,
                opportunity_id=offered.opportunity_id,
                quotation_id=number,
                number=numbers.give(c, Series.ORDER, now),
                status=OrderStatus.OPEN,
                language=offered.language,
                created_at=now,
                updated_at=now,
                confirmed_at=now,
            )
            version = OrderVersion(
                status=VersionStatus.AGREED,
                taxes=offered.taxes,
                discount_percent=offered.discount_percent,
                discount_amount=offered.discount_amount,
                rounding=offered.rounding,
                fees="" if last is None else last.fees,
                terms=offered.terms,
                total=whole.totals.total,
                created_at=now,
                updated_at=now,
                agreed_at=now,
            )
            lines = [
                OrderLine(
                    line.description,
                    kind=LineKind.TEXT if line.kind is LineKind.TEXT else LineKind.ITEM,
                    product_id=line.product_id,
                    details=line.details,
                    quantity=line.quantity,
                    unit=line.unit,
                    price=line.price,
                    discount_percent=line.discount_percent,
                    discount_amount=line.discount_amount,
                    tax_rate=line.tax_rate,
                )
                for line in whole.lines
                if line.counts or line.kind is LineKind.TEXT
            ]
            return rows.insert(c, order, version, lines)

        step = _("Quotation {number} becomes an order").format(number=offered.reference)
        return self._archive.write(step, act)

    # Parts

    def _customer(self, number: CustomerId) -> Customer:
        with self._archive.reading() as c:
            found = customers.get(c, number)
        if found is None:
            raise UserError(
                _("There is no customer {number}.").format(number=number), field="customer"
            )
        return found
