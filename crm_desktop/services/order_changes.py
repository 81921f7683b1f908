"""What becomes of orders: agreed under a number, changed, taken back, cancelled, done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.lines import totals
from crm_desktop.domain.names import shortened
from crm_desktop.domain.numbers import Series
from crm_desktop.domain.orders import (
    Cancellation,
    Order,
    OrderId,
    OrderLine,
    OrderLineId,
    OrderStatus,
    OrderVersion,
    VersionStatus,
    WholeOrder,
    fee_lines,
    fee_of,
    fee_percent,
    may_become,
    read_fees,
    return_lines,
)
from crm_desktop.domain.pricing import Taxes
from crm_desktop.i18n import _, speaking
from crm_desktop.services import amounts, inputs, numbers
from crm_desktop.services.order_drafts import OrderDrafts
from crm_desktop.store import numbers as given
from crm_desktop.store import orders as rows
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import ORDER_VERSIONS, ORDERS


class OrderChanges(OrderDrafts):
    """What becomes of the orders of one archive. Each change is one step that can be undone."""

    # What is agreed

    def change(self, number: OrderId) -> StepId | None:
        """Begin a change: a draft of the next version. One that is there is gone on with.

        Returns:
            The step, for Undo; None where a draft was there.

        Raises:
            UserError: it was cancelled, or is done.
        """
        if self.draft(number) is not None:
            return None
        whole = self.get(number)
        self._check_open(whole.order)
        version = self._next(whole, datetime.now(UTC))
        return self._step(
            _("Change order {number}").format(number=whole.order.number),
            lambda c: rows.insert_version(c, number, version, rows.copied(whole.lines)),
        )

    def discard(self, number: OrderId) -> StepId:
        """Drop the change that is being drafted.

        Raises:
            UserError: there is none, or nothing was agreed before it.
        """
        whole = self._draft(number)
        if whole.before is None:
            raise UserError(_("Nothing was agreed before it; delete the order instead."))
        version = whole.version.id
        assert version is not None
        return self._step(
            _("Drop the change of order {number}").format(number=whole.order.number),
            lambda c: ORDER_VERSIONS.delete(c, [version]),
        )

    def agree(self, number: OrderId, reason: str = "") -> str:
        """Have the draft be what is agreed; the first time the order gets its number.

        Args:
            number: which.
            reason: why it was changed, as typed.

        Returns:
            Its number, with its version where that is not the first.

        Raises:
            UserError: nothing in it counts, nothing was changed, or there is no draft.
        """
        whole = self._draft(number)
        if not any(line.counts for line in whole.lines):
            raise UserError(_("Nothing in it counts yet: add a line with a price."), field="lines")
        why, now = inputs.line(reason, "reason"), datetime.now(UTC)
        if whole.before is not None and _same(whole, self.get(number)):
            raise UserError(_("Nothing was changed yet."))

        def act(c: Connection) -> str:
            return self._put_into_force(c, whole, now, why)

        name = (
            _("Confirm order {title}").format(title=shortened(whole.order.title))
            if whole.before is None
            else _("Agree to the change of order {number}").format(number=whole.order.number)
        )
        return self._archive.write(name, act)

    def take_back(
        self, number: OrderId, goods: Mapping[OrderLineId, str], reason: str = ""
    ) -> StepId:
        """Note that goods came back: the next version, agreed at once.

        Args:
            number: of which order.
            goods: how much of which line of what is agreed, as typed.
            reason: as typed.

        Raises:
            UserError: so much was not sold, or a change is being drafted.
        """
        whole = self.get(number)
        self._check_returnable(whole)
        country = self._settings.home_country()
        keys = {line.id: line.key for line in whole.lines}
        back: dict[int, Decimal] = {}
        for line, text in goods.items():
            if line not in keys:
                raise UserError(_("This line is not there any more."))
            back[keys[line]] = amounts.quantity(text, "quantity", country=country)
        if not back:
            raise UserError(_("Say what came back."), field="quantity")
        try:
            listed = [*rows.copied(whole.lines), *return_lines(whole.lines, back)]
        except ValueError as error:
            words = _("More came back than was sold and not taken back yet.")
            raise UserError(words, field="quantity") from error
        self._check_total(whole.terms, listed, "quantity")
        name = _("Take back goods of order {number}").format(number=whole.order.number)
        return self._agreed_at_once(whole, self._next(whole, None), listed, name, reason)

    # What becomes of it

    def cancellation(self, number: OrderId, day: date | None = None) -> Cancellation:
        """What cancelling comes to on a day, by the fees that were agreed.

        Raises:
            UserError: it is not there any more.
        """
        whole = self.get(number)
        with self._archive.reading() as c:
            received = rows.received(c, [number]).get(number, 0)
        total = whole.totals.total
        fees = read_fees(whole.version.fees)
        percent = fee_percent(fees, whole.version.starts_on, day or date.today())
        return Cancellation(total, percent, fee_of(total, percent), received)

    def cancel(
        self,
        number: OrderId,
        reason: str = "",
        *,
        day: date | None = None,
        fee: str | None = None,
    ) -> StepId:
        """Cancel an order: what is left of it is the fee. A change that was drafted is dropped.

        Args:
            number: which.
            reason: as typed.
            day: on which it is cancelled; None for today.
            fee: as typed, in place of what was agreed; "" and "0" for none.

        Raises:
            UserError: it was not confirmed, is done, or the fee is more than it comes to.
        """
        whole = self.get(number)
        self._check_turn(whole.order, OrderStatus.CANCELLED)
        comes_to = self.cancellation(number, day)
        amount = comes_to.fee
        if fee is not None:
            asked = self._amount(fee, "fee", whole.order.currency)
            amount = 0 if asked is None else asked.amount
        if amount > comes_to.total:
            raise UserError(_("The fee is more than the order comes to."), field="fee")
        with speaking(whole.order.language):
            words = _("Cancellation fee")
        why, now, drafted = inputs.line(reason, "reason"), datetime.now(UTC), self.draft(number)
        version = replace(
            self._next(whole, now),
            taxes=Taxes.INCLUDED,
            discount_percent=0,
            discount_amount=0,
            rounding=1,
        )
        lines = fee_lines(whole.totals, amount, words)
        closed = {"status": OrderStatus.CANCELLED, "closed_at": now, "reason": why}

        def act(c: Connection) -> None:
            if drafted is not None and drafted.version.id is not None:
                ORDER_VERSIONS.delete(c, [drafted.version.id])
            self._insert_agreed(c, whole, version, lines, now, why)
            ORDERS.update(c, [number], closed)

        return self._step(_("Cancel order {number}").format(number=whole.order.number), act)

    def finish(self, number: OrderId) -> StepId:
        """Note that all of it was delivered.

        Raises:
            UserError: it was not confirmed, was cancelled, or a change is being drafted.
        """
        order = self.get(number).order
        self._check_turn(order, OrderStatus.DONE)
        self._check_no_draft(number)
        now = datetime.now(UTC)
        changes = {"status": OrderStatus.DONE, "closed_at": now, "updated_at": now}
        return self._step(
            _("Order {number} done").format(number=order.number),
            lambda c: ORDERS.update(c, [number], changes),
        )

    def reopen(self, number: OrderId) -> StepId:
        """Go on with an order that was done.

        Raises:
            UserError: it is not done.
        """
        order = self.get(number).order
        if order.status is not OrderStatus.DONE:
            raise UserError(_("Only an order that is done is opened again."))
        changes = {
            "status": OrderStatus.OPEN,
            "closed_at": None,
            "updated_at": datetime.now(UTC),
        }
        return self._step(
            _("Open order {number} again").format(number=order.number),
            lambda c: ORDERS.update(c, [number], changes),
        )

    def remove(self, number: OrderId) -> StepId:
        """Take a draft away; returns the step, for Undo.

        Raises:
            UserError: it was confirmed: what was agreed is cancelled, not unwritten; or money
                came in for it.
        """
        order = self.get(number).order
        if order.status is not OrderStatus.DRAFT:
            words = _("{number} was confirmed and cannot be deleted; it can be cancelled.")
            raise UserError(words.format(number=order.number))
        with self._archive.reading() as c:
            paid = rows.received(c, [number])
        if paid:
            raise UserError(_("Money came in for it: give that back first."))
        return self._step(
            _("Delete order {title}").format(title=shortened(order.title)),
            lambda c: ORDERS.delete(c, [number]),
        )

    # Parts

    def _next(self, whole: WholeOrder, at: datetime | None) -> OrderVersion:
        now = at or datetime.now(UTC)
        return replace(
            whole.version,
            version=whole.version.version + 1,
            status=VersionStatus.DRAFT,
            reason="",
            total=0,
            created_at=now,
            updated_at=now,
            agreed_at=None,
            id=None,
        )

    def _agreed_at_once(
        self,
        whole: WholeOrder,
        version: OrderVersion,
        lines: Sequence[OrderLine],
        name: str,
        reason: str,
    ) -> StepId:
        why, now = inputs.line(reason, "reason"), datetime.now(UTC)
        return self._step(name, lambda c: self._insert_agreed(c, whole, version, lines, now, why))

    def _insert_agreed(
        self,
        c: Connection,
        whole: WholeOrder,
        version: OrderVersion,
        lines: Sequence[OrderLine],
        now: datetime,
        why: str,
    ) -> None:
        number = whole.order.id
        assert number is not None
        made = rows.insert_version(c, number, version, lines)
        drafted = replace(version, id=made)
        self._put_into_force(c, whole._replace(version=drafted, before=0), now, why)

    def _put_into_force(self, c: Connection, whole: WholeOrder, now: datetime, why: str) -> str:
        """Have a drafted version be what is agreed."""
        order, version = whole.order, whole.version
        assert order.id is not None
        assert version.id is not None
        number, count = order.number, 1
        if number:
            count = given.give_version(c, Series.ORDER, number, version.version, now)
        else:
            number = numbers.give(c, Series.ORDER, now)
            confirmed = {"number": number, "status": OrderStatus.OPEN, "confirmed_at": now}
            ORDERS.update(c, [order.id], confirmed)
        before = [
            one.id
            for one in rows.versions(c, order.id)
            if one.status is VersionStatus.AGREED and one.id is not None
        ]
        ORDER_VERSIONS.update(c, before, {"status": VersionStatus.REPLACED, "updated_at": now})
        changes = {
            "version": count,
            "status": VersionStatus.AGREED,
            "reason": why,
            "total": totals(whole.terms, rows.lines(c, version.id)).total,
            "agreed_at": now,
            "updated_at": now,
        }
        ORDER_VERSIONS.update(c, [version.id], changes)
        ORDERS.update(c, [order.id], {"updated_at": now})
        return number if count == 1 else f"{number}/{count}"

    def _check_open(self, order: Order) -> None:
        if order.status is OrderStatus.DONE:
            words = _("{number} is done. Open it again to change it.")
            raise UserError(words.format(number=order.number))
        if order.status is OrderStatus.CANCELLED:
            words = _("{number} was cancelled and stays as it is.")
            raise UserError(words.format(number=order.number))

    def _check_returnable(self, whole: WholeOrder) -> None:
        if whole.order.status is OrderStatus.DRAFT:
            raise UserError(_("Confirm the order first."))
        if whole.order.status is OrderStatus.CANCELLED:
            self._check_open(whole.order)
        assert whole.order.id is not None
        self._check_no_draft(whole.order.id)

    def _check_no_draft(self, number: OrderId) -> None:
        if self.draft(number) is not None:
            raise UserError(_("A change is being drafted: agree to it or drop it first."))

    def _check_turn(self, order: Order, status: OrderStatus) -> None:
        if may_become(order, status):
            return
        if order.status is OrderStatus.DRAFT:
            raise UserError(_("Confirm the order first."))
        self._check_open(order)


def _same(one: WholeOrder, other: WholeOrder) -> bool:
    """Whether two versions say the same."""
    return _said(one) == _said(other)


def _said(whole: WholeOrder) -> object:
    bare = replace(
        whole.version,
        version=1,
        status=VersionStatus.DRAFT,
        reason="",
        total=0,
        created_at=None,
        updated_at=None,
        agreed_at=None,
        id=None,
    )
    return bare, [replace(line, id=None, version_id=None) for line in whole.lines]
