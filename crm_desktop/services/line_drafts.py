"""Lines of papers while they are drafts: each value read and checked at its field.

Quotations and orders differ in what a draft is and how its lines hang on it; how a line is
written, priced, moved and removed is the same.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Generic, Protocol, TypeVar, cast

from crm_desktop.domain.catalogue import Price, Product, ProductId, price_on
from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.lines import Line, LineKind, Terms, totals
from crm_desktop.domain.money import MOST, Money
from crm_desktop.domain.names import shortened
from crm_desktop.domain.pricing import Discount, Taxes, line_total
from crm_desktop.i18n import _
from crm_desktop.services import amounts, inputs
from crm_desktop.services.settings import SettingsService
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import PRICES, PRODUCTS, RecordTable, put_in_order

Act = Callable[[Connection], object]


class Lined(Protocol):
    """A paper with its lines."""

    @property
    def terms(self) -> Terms:
        """What its lines have in common."""

    @property
    def lines(self) -> Sequence[Any]:
        """In their order."""


N = TypeVar("N", bound=int)
L = TypeVar("L", bound=int)
W = TypeVar("W", bound=Lined)


class LineDrafts(ABC, Generic[N, L, W]):
    """Drafts of one kind of paper. Each change is one step that can be undone."""

    def __init__(
        self, archive: Archive, settings: SettingsService, table: RecordTable[Any]
    ) -> None:
        """Prepare.

        Args:
            archive: whose.
            settings: of the firm.
            table: of the lines.
        """
        self._archive = archive
        self._settings = settings
        self._table = table
        self._line_kind = table.kind

    # Lines

    def add_product_line(
        self,
        number: N,
        product: ProductId,
        *,
        quantity: str = "1",
        kind: LineKind = LineKind.ITEM,
        price: str | None = None,
        day: date | None = None,
    ) -> L:
        """Add something of the catalogue; what is said of it there is copied.

        Args:
            number: of which draft.
            product: what.
            quantity: as typed.
            kind: whether it counts, or is offered beside.
            price: as typed, in place of the catalogue's; "" and "0" give it for nothing.
            day: whose price is asked; None for today.

        Raises:
            UserError: it lies in the trash, is not offered any more, or has no price in this
                currency on that day (`field` is price).
        """
        whole = self._draft(number)
        terms = whole.terms
        asked = Money(0, terms.currency) if price is not None else None
        if price:
            asked = self._amount(price, "price", terms.currency)
        found, prices = self._product(product)
        if asked is None:
            valid = price_on(prices, day or date.today(), terms.currency)
            if valid is None:
                words = _("“{name}” has no price in {currency} on that day. Type one, or 0.")
                raise UserError(
                    words.format(name=shortened(found.name), currency=terms.currency), field="price"
                )
            asked = valid.money
        line = self._line_kind(
            found.name,
            kind=kind,
            product_id=product,
            details=found.description,
            quantity=amounts.quantity(quantity, "quantity", country=self._settings.home_country()),
            unit=found.unit,
            price=asked.amount,
            tax_rate=found.tax_rate or 0,
        )
        return self._append(whole, line)

    def add_free_line(
        self,
        number: N,
        description: str,
        price: str = "",
        *,
        quantity: str = "1",
        kind: LineKind = LineKind.ITEM,
        tax_rate: str = "",
    ) -> L:
        """Add something that no catalogue has.

        Args:
            number: of which draft.
            description: what it is, as typed.
            price: of one, as typed; "" gives it for nothing.
            quantity: as typed.
            kind: whether it counts, or is offered beside.
            tax_rate: as typed; "" for that of the last line with a price.

        Raises:
            UserError: a part of it makes no sense.
        """
        whole = self._draft(number)
        asked = self._amount(price, "price", whole.terms.currency)
        before = [line.tax_rate for line in whole.lines if line.kind is not LineKind.TEXT]
        rate = amounts.rate(tax_rate, "tax_rate")
        line = self._line_kind(
            said(description),
            kind=kind,
            quantity=amounts.quantity(quantity, "quantity", country=self._settings.home_country()),
            price=0 if asked is None else asked.amount,
            tax_rate=(before[-1] if before else 0) if rate is None else rate,
        )
        return self._append(whole, line)

    def add_text(self, number: N, text: str) -> L:
        """Say something between the lines.

        Raises:
            UserError: nothing is to be seen in it.
        """
        line = self._line_kind(said(text), kind=LineKind.TEXT)
        return self._append(self._draft(number), line)

    def update_line(self, line: L, field: str, value: str) -> StepId | None:
        """Change a field of a draft's line.

        Args:
            line: which.
            field: description, details, quantity, unit, price, discount, tax_rate, kind, chosen.
            value: as typed; of chosen "1" or "0".

        Returns:
            The step, for Undo; None where it says the same already.

        Raises:
            UserError: the value makes no sense there, or it is no draft's.
        """
        whole, before = self._line(line)
        changes = self._line_changes(whole.terms, field, value)
        if field == "chosen" and before.kind is not LineKind.OPTION:
            raise UserError(_("Only an option can be chosen."), field=field)
        if field == "kind" and changes["kind"] is not LineKind.OPTION:
            changes["chosen"] = False
        if all(getattr(before, name) == new for name, new in changes.items()):
            return None
        after = replace(before, **changes)
        listed = [after if one.id == line else one for one in whole.lines]
        self._check_total(whole.terms, listed, field)
        return self._change(whole, lambda c: self._table.update(c, [line], changes))

    def _line_changes(self, terms: Terms, field: str, value: str) -> dict[str, Any]:
        if field == "description":
            return {field: said(value)}
        if field == "details":
            return {field: inputs.long_text(value, field)}
        if field == "unit":
            return {field: inputs.line(value, field)}
        if field == "quantity":
            country = self._settings.home_country()
            return {field: amounts.quantity(value, field, country=country)}
        if field == "price":
            asked = self._amount(value, field, terms.currency)
            return {field: 0 if asked is None else asked.amount}
        if field == "discount":
            return off_columns(self._discount(value, terms))
        if field == "tax_rate":
            return {field: amounts.rate(value, field) or 0}
        if field == "kind":
            return {field: LineKind(inputs.one_of(LineKind, value, field))}
        if field == "chosen":
            return {field: value == "1"}
        raise ValueError(field)

    def move_line(self, line: L, place: int) -> StepId | None:
        """Put a line before the one that stands at a place, the first one 0; or at the end."""
        whole, one = self._line(line)
        others = [other for other in whole.lines if other.id != line]
        others.insert(max(0, min(place, len(others))), one)
        if [other.id for other in others] == [other.id for other in whole.lines]:
            return None
        return self._change(whole, lambda c: put_in_order(c, self._table, others))

    def remove_line(self, line: L) -> StepId:
        """Take a line away; returns the step, for Undo."""
        whole, _one = self._line(line)
        left = [other for other in whole.lines if other.id != line]
        self._check_total(whole.terms, left, "discount")
        return self._change(whole, lambda c: self._table.delete(c, [line]))

    # Parts

    @abstractmethod
    def _draft(self, number: N) -> W:
        """A paper that may be edited; whatever else it is, the user is told."""

    @abstractmethod
    def _owner(self, line: Any) -> N:
        """Of which paper a line is."""

    @abstractmethod
    def _append_row(self, c: Connection, whole: W, line: Any) -> int:
        """Store a line behind those that are there."""

    @abstractmethod
    def _change(self, whole: W, act: Act, more: Mapping[str, object] = {}) -> StepId:
        """Change a paper in one step; `more` are values of its own."""

    def _line(self, line: L) -> tuple[W, Line]:
        with self._archive.reading() as c:
            found = self._table.get(c, line)
        if found is None:
            raise UserError(_("This line is not there any more."))
        return self._draft(self._owner(found)), found

    def _append(self, whole: W, line: Line) -> L:
        self._check_total(whole.terms, [*whole.lines, line], "price")
        made: list[int] = []
        self._change(whole, lambda c: made.append(self._append_row(c, whole, line)))
        return cast("L", made[0])

    def _product(self, number: ProductId) -> tuple[Product, list[Price]]:
        with self._archive.reading() as c:
            found = PRODUCTS.get(c, number)
            prices = PRICES.where(c, "t.product_id = ?", (number,))
        if found is None:
            raise UserError(_("This product is not there any more."), field="product")
        if found.deleted_at is not None:
            words = _("“{name}” lies in the trash of the catalogue.")
            raise UserError(words.format(name=shortened(found.name)), field="product")
        if not found.offered:
            words = _("“{name}” is not offered any more.")
            raise UserError(words.format(name=shortened(found.name)), field="product")
        return found, prices

    def _check_total(self, terms: Terms, lines: Sequence[Line], field: str) -> None:
        """Refuse what would come to less than nothing, or to more than can be kept."""
        for line in lines:
            if line.discount_amount and line.quantity > 0 > line_total(line.priced):
                raise UserError(_("The discount is more than the line comes to."), field=field)
            if line.price * abs(line.quantity) > MOST:
                raise UserError(_("That is more than can be kept."), field=field)
        found = totals(terms, lines)
        if found.discount > max(found.subtotal, 0):
            raise UserError(_("The discount is more than all lines come to."), field=field)
        if found.total < 0:
            raise UserError(_("It would come to less than nothing."), field=field)
        if found.total > MOST:
            raise UserError(_("That is more than can be kept."), field=field)

    def _terms_changes(self, whole: W, field: str, value: str) -> dict[str, Any]:
        """What a field of the terms becomes: taxes, discount, rounding, currency."""
        terms = whole.terms
        if field == "taxes":
            return {field: Taxes(inputs.one_of(Taxes, value, field))}
        if field == "discount":
            return off_columns(self._discount(value, terms))
        if field == "currency":
            return {field: other_currency(whole, value)}
        if field == "rounding":
            step = self._amount(value, field, terms.currency)
            if step is not None and not step:
                raise UserError(_("A step of rounding is above zero."), field=field)
            return {field: 1 if step is None else step.amount}
        raise ValueError(field)

    def _amount(self, text: str, field: str, currency: str) -> Money | None:
        country = self._settings.home_country()
        found = amounts.amount(text, field, currency=currency, country=country)
        return None if found is None else amounts.alike(found, currency, field)

    def _step(self, name: str, act: Act) -> StepId:
        def run(c: Connection) -> StepId:
            act(c)
            return steps.current(c)

        return self._archive.write(name, run)

    def _discount(self, text: str, terms: Terms) -> Discount:
        country = self._settings.home_country()
        return amounts.discount(text, "discount", currency=terms.currency, country=country)


def said(text: str) -> str:
    """What a line says, as typed."""
    return inputs.title(text, "description", _("Say what is offered."))


def off_columns(off: Discount) -> dict[str, Any]:
    """A discount as its columns."""
    return {"discount_percent": off.percent, "discount_amount": off.amount}


def other_currency(whole: Lined, value: str) -> str:
    """The currency of a paper, as typed; one with amounts keeps its own."""
    code = inputs.tidy(value).upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise UserError(_("Write a currency by its three letters, such as EUR."), field="currency")
    terms = whole.terms
    amounts_in_it = (terms.discount.amount, *(x.price + x.discount_amount for x in whole.lines))
    if code != terms.currency and (any(amounts_in_it) or terms.rounding > 1):
        words = _("Its amounts are in {currency}; a rate would be needed.")
        raise UserError(words.format(currency=terms.currency), field="currency")
    return code
