"""Quotations while they are drafts: their lines and words, each read and checked at its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from crm_desktop.domain.catalogue import Price, Product, ProductId, price_on
from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.money import MOST, Money
from crm_desktop.domain.names import shortened
from crm_desktop.domain.pricing import Discount, Taxes, line_total
from crm_desktop.domain.quotations import (
    LineKind,
    Quotation,
    QuotationId,
    QuotationLine,
    QuotationLineId,
    WholeQuotation,
    may_be_edited,
    totals,
)
from crm_desktop.i18n import LANGUAGES, _
from crm_desktop.services import amounts, inputs
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import quotations as rows
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import PRICES, PRODUCTS, QUOTATION_LINES, QUOTATIONS

Act = Callable[[Connection], object]


class QuotationDrafts:
    """The drafts of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive, settings: SettingsService) -> None:
        self._archive = archive
        self._settings = settings

    def get(self, number: QuotationId) -> WholeQuotation:
        """One quotation with its lines and what they come to.

        Raises:
            UserError: it is not there any more.
        """
        with self._archive.reading() as c:
            found = rows.whole(c, number)
        if found is None:
            raise UserError(_("This quotation is not there any more."))
        return found

    def update(self, number: QuotationId, field: str, value: str) -> StepId | None:
        """Change a field of a draft.

        Args:
            number: which.
            field: title, currency, taxes, discount, rounding, language, valid_until, intro, terms.
            value: as typed.

        Returns:
            The step, for Undo; None where it says the same already.

        Raises:
            UserError: the value makes no sense there, or it is no draft.
        """
        whole = self._draft(number)
        changes = self._changes(whole, field, value)
        if all(getattr(whole.quotation, name) == new for name, new in changes.items()):
            return None
        changed = replace(whole.quotation, **changes)
        self._check_total(whole._replace(quotation=changed), field)
        return self._change(whole, lambda c: QUOTATIONS.update(c, [number], changes))

    def _changes(self, whole: WholeQuotation, field: str, value: str) -> dict[str, Any]:
        one = whole.quotation
        if field == "title":
            return {field: title(value)}
        if field in ("intro", "terms"):
            return {field: inputs.long_text(value, field)}
        if field == "taxes":
            return {field: Taxes(inputs.one_of(Taxes, value, field))}
        if field == "language":
            if value not in LANGUAGES:
                known = ", ".join(LANGUAGES)
                words = _("“{value}” is none of: {known}.")
                raise UserError(words.format(value=shortened(value), known=known), field=field)
            return {field: value}
        if field == "currency":
            return {field: _other_currency(whole, value)}
        if field == "valid_until":
            found = inputs.day(value, self._settings.home_country(), field)
            last = None if found is None else date.fromisoformat(found)
            check_day(last)
            return {field: last}
        if field == "discount":
            return _off(self._discount(value, one))
        if field == "rounding":
            step = self._amount(value, field, one.currency)
            if step is not None and not step:
                raise UserError(_("A step of rounding is above zero."), field=field)
            return {field: 1 if step is None else step.amount}
        raise ValueError(field)

    # Lines

    def add_product_line(
        self,
        number: QuotationId,
        product: ProductId,
        *,
        quantity: str = "1",
        kind: LineKind = LineKind.ITEM,
        price: str | None = None,
        day: date | None = None,
    ) -> QuotationLineId:
        """Offer something of the catalogue; what is said of it there is copied.

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
        one = whole.quotation
        asked = Money(0, one.currency) if price is not None else None
        if price:
            asked = self._amount(price, "price", one.currency)
        found, prices = self._product(product)
        if asked is None:
            valid = price_on(prices, day or date.today(), one.currency)
            if valid is None:
                words = _("“{name}” has no price in {currency} on that day. Type one, or 0.")
                raise UserError(
                    words.format(name=shortened(found.name), currency=one.currency), field="price"
                )
            asked = valid.money
        line = QuotationLine(
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
        number: QuotationId,
        description: str,
        price: str = "",
        *,
        quantity: str = "1",
        kind: LineKind = LineKind.ITEM,
        tax_rate: str = "",
    ) -> QuotationLineId:
        """Offer something that no catalogue has.

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
        asked = self._amount(price, "price", whole.quotation.currency)
        before = [line.tax_rate for line in whole.lines if line.kind is not LineKind.TEXT]
        rate = amounts.rate(tax_rate, "tax_rate")
        line = QuotationLine(
            _description(description),
            kind=kind,
            quantity=amounts.quantity(quantity, "quantity", country=self._settings.home_country()),
            price=0 if asked is None else asked.amount,
            tax_rate=(before[-1] if before else 0) if rate is None else rate,
        )
        return self._append(whole, line)

    def add_text(self, number: QuotationId, text: str) -> QuotationLineId:
        """Say something between the lines.

        Raises:
            UserError: nothing is to be seen in it.
        """
        line = QuotationLine(_description(text), kind=LineKind.TEXT)
        return self._append(self._draft(number), line)

    def update_line(self, line: QuotationLineId, field: str, value: str) -> StepId | None:
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
        changes = self._line_changes(whole.quotation, field, value)
        if field == "chosen" and before.kind is not LineKind.OPTION:
            raise UserError(_("Only an option can be chosen."), field=field)
        if field == "kind" and changes["kind"] is not LineKind.OPTION:
            changes["chosen"] = False
        if all(getattr(before, name) == new for name, new in changes.items()):
            return None
        after = replace(before, **changes)
        listed = [after if one.id == line else one for one in whole.lines]
        self._check_total(whole._replace(lines=listed), field)
        return self._change(whole, lambda c: QUOTATION_LINES.update(c, [line], changes))

    def _line_changes(self, one: Quotation, field: str, value: str) -> dict[str, Any]:
        if field == "description":
            return {field: _description(value)}
        if field == "details":
            return {field: inputs.long_text(value, field)}
        if field == "unit":
            return {field: inputs.line(value, field)}
        if field == "quantity":
            country = self._settings.home_country()
            return {field: amounts.quantity(value, field, country=country)}
        if field == "price":
            asked = self._amount(value, field, one.currency)
            return {field: 0 if asked is None else asked.amount}
        if field == "discount":
            return _off(self._discount(value, one))
        if field == "tax_rate":
            return {field: amounts.rate(value, field) or 0}
        if field == "kind":
            return {field: LineKind(inputs.one_of(LineKind, value, field))}
        if field == "chosen":
            return {field: value == "1"}
        raise ValueError(field)

    def move_line(self, line: QuotationLineId, place: int) -> StepId | None:
        """Put a line before the one that stands at a place, the first one 0; or at the end."""
        whole, one = self._line(line)
        others = [other for other in whole.lines if other.id != line]
        others.insert(max(0, min(place, len(others))), one)
        if [other.id for other in others] == [other.id for other in whole.lines]:
            return None
        return self._change(whole, lambda c: rows.put_in_order(c, others))

    def remove_line(self, line: QuotationLineId) -> StepId:
        """Take a line away; returns the step, for Undo."""
        whole, _one = self._line(line)
        left = [other for other in whole.lines if other.id != line]
        self._check_total(whole._replace(lines=left), "discount")
        return self._change(whole, lambda c: QUOTATION_LINES.delete(c, [line]))

    # Parts

    def _draft(self, number: QuotationId) -> WholeQuotation:
        whole = self.get(number)
        if not may_be_edited(whole.quotation):
            raise UserError(
                _("{number} is out and stays as it is. Make a new version to change it.").format(
                    number=whole.quotation.reference
                )
            )
        return whole

    def _line(self, line: QuotationLineId) -> tuple[WholeQuotation, QuotationLine]:
        with self._archive.reading() as c:
            found = QUOTATION_LINES.get(c, line)
        if found is None or found.quotation_id is None:
            raise UserError(_("This line is not there any more."))
        return self._draft(found.quotation_id), found

    def _append(self, whole: WholeQuotation, line: QuotationLine) -> QuotationLineId:
        number = whole.quotation.id
        assert number is not None
        self._check_total(whole._replace(lines=[*whole.lines, line]), "price")
        made: list[QuotationLineId] = []
        self._change(whole, lambda c: made.append(rows.append(c, number, line)))
        return made[0]

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

    def _check_total(self, whole: WholeQuotation, field: str) -> None:
        """Refuse what would come to less than nothing, or to more than can be kept."""
        for line in whole.lines:
            if line.discount_amount and line_total(line.priced) < 0:
                raise UserError(_("The discount is more than the line comes to."), field=field)
            if line.price * line.quantity > MOST:
                raise UserError(_("That is more than can be kept."), field=field)
        found = totals(whole.quotation, whole.lines)
        if found.discount > found.subtotal:
            raise UserError(_("The discount is more than all lines come to."), field=field)
        if found.total > MOST:
            raise UserError(_("That is more than can be kept."), field=field)

    def _amount(self, text: str, field: str, currency: str) -> Money | None:
        country = self._settings.home_country()
        found = amounts.amount(text, field, currency=currency, country=country)
        return None if found is None else amounts.alike(found, currency, field)

    def _discount(self, text: str, one: Quotation) -> Discount:
        country = self._settings.home_country()
        return amounts.discount(text, "discount", currency=one.currency, country=country)

    def _change(self, whole: WholeQuotation, act: Act, more: Mapping[str, object] = {}) -> StepId:
        number, now = whole.quotation.id, datetime.now(UTC)
        assert number is not None

        def run(c: Connection) -> None:
            act(c)
            QUOTATIONS.update(c, [number], {**more, "updated_at": now})

        return self._step(_of(whole.quotation), run)

    def _step(self, name: str, act: Act) -> StepId:
        def run(c: Connection) -> StepId:
            act(c)
            return steps.current(c)

        return self._archive.write(name, run)


def title(text: str) -> str:
    """What a quotation is called, as typed."""
    return inputs.title(text, "title", _("Say in a few words what it is about."))


def check_day(last: date | None) -> None:
    """Refuse a last day that is over.

    Raises:
        UserError: it is.
    """
    if last is not None and last < date.today():
        raise UserError(_("The last day of validity is over already."), field="valid_until")


def _of(one: Quotation) -> str:
    return _("Quotation {title}").format(title=shortened(one.title))


def _description(text: str) -> str:
    return inputs.title(text, "description", _("Say what is offered."))


def _off(off: Discount) -> dict[str, Any]:
    return {"discount_percent": off.percent, "discount_amount": off.amount}


def _other_currency(whole: WholeQuotation, value: str) -> str:
    code = inputs.tidy(value).upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise UserError(_("Write a currency by its three letters, such as EUR."), field="currency")
    one = whole.quotation
    amounts_in_it = (one.discount_amount, *(x.price + x.discount_amount for x in whole.lines))
    if code != one.currency and (any(amounts_in_it) or one.rounding > 1):
        words = _("Its amounts are in {currency}; a rate would be needed.")
        raise UserError(words.format(currency=one.currency), field="currency")
    return code
