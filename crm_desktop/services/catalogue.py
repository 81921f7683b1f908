"""The catalogue: products, services and resources, found by any of their words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from crm_desktop.domain.catalogue import (
    BETWEEN_CATEGORIES,
    MOST_LEVELS,
    Category,
    CategoryId,
    CategoryPath,
    DeletedProduct,
    Price,
    PriceId,
    Product,
    ProductId,
    ProductKind,
    WholeProduct,
    paths,
)
from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.money import Money
from crm_desktop.i18n import _, ngettext
from crm_desktop.services import amounts, inputs
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import catalogue, customers, erasing
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import CATEGORIES, PRICES, PRODUCTS
from crm_desktop.store.search.fold import fold
from crm_desktop.store.search.pinyin import spellings

_LINES = frozenset(("code", "unit"))
_TEXTS = frozenset(("description", "notes"))


class CategoryCount(NamedTuple):
    """A category with its path, and how many products stand in it or below."""

    id: CategoryId
    path: CategoryPath
    products: int


class _Keys(NamedTuple):
    title: str
    all: str


class CatalogueService:
    """The catalogue of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive, settings: SettingsService) -> None:
        self._archive = archive
        self._settings = settings
        # Folded once: a search runs at each letter.
        self._keys: Mapping[Hashable, _Keys] = {}

    # Reading

    def get(self, number: ProductId) -> WholeProduct:
        """One product with its prices and suppliers.

        Raises:
            UserError: it is not there any more.
        """
        with self._archive.reading() as c:
            found = catalogue.whole(c, number)
        if found is None:
            raise UserError(_("This product is not there any more."))
        return found

    def search(
        self, text: str = "", *, category: CategoryPath = (), limit: int | None = None
    ) -> list[WholeProduct]:
        """Products that have all words of a text, those with one in name or code first.

        Args:
            text: as typed; "" finds all.
            category: only what stands in it or below.
            limit: how many at most.
        """
        with self._archive.reading() as c:
            found = [p for p in catalogue.listed(c) if p.category[: len(category)] == category]
        words = fold(text).split()
        if not words:
            return found[:limit]
        hits = []
        keys: dict[Hashable, _Keys] = {}
        for one in found:
            said = (one.product, one.category)
            key = keys[said] = self._keys.get(said) or _keys(one)
            if all(word in key.all for word in words):
                hits.append((not any(word in key.title for word in words), one))
        self._keys = keys
        hits.sort(key=lambda hit: hit[0])
        return [one for _rank, one in hits][:limit]

    def supplied_by(self, customer: CustomerId) -> list[Product]:
        """What comes from a customer, by name."""
        with self._archive.reading() as c:
            return catalogue.supplied_by(c, customer)

    def categories(self) -> list[CategoryCount]:
        """All categories, each below the one that it stands in."""
        with self._archive.reading() as c:
            where = paths(CATEGORIES.all(c))
            held = [p.category for p in catalogue.listed(c)]
        return [
            CategoryCount(number, path, sum(1 for one in held if one[: len(path)] == path))
            for number, path in sorted(where.items(), key=lambda item: [*map(fold, item[1])])
        ]

    def trashed(self) -> list[DeletedProduct]:
        """The products in the trash, the last one first."""
        with self._archive.reading() as c:
            return catalogue.trashed(c)

    # Products

    def create(
        self, name: str, kind: ProductKind = ProductKind.SERVICE, *, category: str = ""
    ) -> ProductId:
        """Put something new into the catalogue.

        Args:
            name: as typed.
            kind: what it is.
            category: its path as typed, such as "Visas / Schengen".

        Raises:
            UserError: it has no name.
        """
        now = datetime.now(UTC)
        made = Product(_name(name), kind, created_at=now, updated_at=now)
        path = _path(category)

        def act(c: Connection) -> ProductId:
            within = catalogue.category_at(c, path)
            return ProductId(PRODUCTS.insert(c, made, category_id=within))

        return self._archive.write(_("New product {name}").format(name=made.name), act)

    def update(self, number: ProductId, field: str, value: str) -> StepId | None:
        """Change a field of a product.

        Args:
            number: which.
            field: name, kind, code, category, unit, description, notes, cost, tax_rate, offered.
            value: as typed.

        Returns:
            The step, for Undo; None where it says the same already.

        Raises:
            UserError: the value makes no sense there, or the product is gone.
        """
        whole = self.get(number)
        product = whole.product
        if field == "category":
            return self._set_category(whole, _path(value))
        changes = self._changes(field, value)
        if all(getattr(product, name) == new for name, new in changes.items()):
            return None
        if field == "code" and changes["code"]:
            self._check_code(number, str(changes["code"]))
        return self._change(product, lambda c: PRODUCTS.update(c, [number], changes))

    def _changes(self, field: str, value: str) -> dict[str, object]:
        if field == "name":
            return {field: _name(value)}
        if field == "kind":
            return {field: inputs.one_of(ProductKind, value, field)}
        if field in _LINES:
            return {field: inputs.line(value, field)}
        if field in _TEXTS:
            return {field: inputs.long_text(value, field)}
        if field == "tax_rate":
            return {field: amounts.rate(value, field)}
        if field == "offered":
            return {field: value == "1"}
        if field == "cost":
            cost = self._amount(value, field)
            currency = "" if cost is None else cost.currency
            return {"cost": None if cost is None else cost.amount, "cost_currency": currency}
        raise ValueError(field)

    def _check_code(self, number: ProductId, code: str) -> None:
        with self._archive.reading() as c:
            others = PRODUCTS.where(
                c, "t.code = ? AND t.id <> ? AND t.deleted_at IS NULL LIMIT 1", (code, number)
            )
        if others:
            raise UserError(
                _("“{name}” has this code already.").format(name=others[0].name), field="code"
            )

    def _set_category(self, whole: WholeProduct, path: CategoryPath) -> StepId | None:
        if path == whole.category:
            return None
        number = whole.product.id
        assert number is not None

        def act(c: Connection) -> None:
            PRODUCTS.update(c, [number], {"category_id": catalogue.category_at(c, path)})

        return self._change(whole.product, act)

    def delete(self, numbers: Sequence[ProductId]) -> StepId:
        """Move products to the trash; what was sold keeps them. Returns the step, for Undo."""
        name = ngettext("Delete {n} product", "Delete {n} products", len(numbers))
        if len(numbers) == 1:
            name = _("Delete product {name}").format(name=self.get(numbers[0]).product.name)
        return self._step(
            name.format(n=len(numbers)),
            lambda c: catalogue.set_deleted(c, numbers, datetime.now(UTC)),
        )

    def restore(self, numbers: Sequence[ProductId]) -> StepId:
        """Bring products back from the trash; returns the step, for Undo.

        Raises:
            UserError: another one has the code of one of them by now.
        """
        with self._archive.reading() as c:
            back = [one for n in numbers if (one := PRODUCTS.get(c, n)) is not None]
        for product in back:
            if product.code and product.id is not None:
                self._check_code(product.id, product.code)
        name = ngettext("Restore {n} product", "Restore {n} products", len(numbers))
        return self._step(
            name.format(n=len(numbers)), lambda c: catalogue.set_deleted(c, numbers, None)
        )

    def erase(self, numbers: Sequence[ProductId] | None = None) -> int:
        """Erase products of the trash for good: nothing but a backup brings them back.

        Args:
            numbers: which; None for all.

        Returns:
            How many were erased.
        """
        there = [one.id for one in self.trashed()]
        chosen = there if numbers is None else [n for n in there if n in set(numbers)]
        if not chosen:
            return 0
        words = ngettext("Erase {n} product for good", "Erase {n} products for good", len(chosen))
        name = words.format(n=len(chosen))
        count = self._archive.write(name, lambda c: erasing.erase_products(c, chosen))
        self._archive.rewrite()
        return count

    # Prices

    def add_price(
        self, number: ProductId, amount: str, *, valid_from: str = "", valid_to: str = ""
    ) -> PriceId:
        """Note a price.

        Args:
            number: of which product.
            amount: as typed, with its currency where that is not the home country's.
            valid_from: first day as typed, "" for none.
            valid_to: last day as typed, "" for none.

        Raises:
            UserError: it is no amount, or the days are none or stand the wrong way round.
        """
        product = self.get(number).product
        asked = self._amount(amount, "amount")
        if asked is None:
            raise UserError(_("Say what it costs."), field="amount")
        price = _in_order(
            Price(
                asked.currency,
                asked.amount,
                self._day(valid_from, "valid_from"),
                self._day(valid_to, "valid_to"),
                number,
            )
        )
        return PriceId(
            self._archive.write(_of(product), lambda c: PRICES.insert(c, price))
        )  # fmt: skip

    def update_price(self, number: PriceId, field: str, value: str) -> StepId:
        """Change the `amount`, `valid_from` or `valid_to` of a price.

        Raises:
            UserError: the value makes no sense there, or the price is gone.
        """
        price, product = self._price(number)
        changes: dict[str, object]
        if field == "amount":
            asked = self._amount(value, field)
            if asked is None:
                raise UserError(_("Say what it costs."), field=field)
            changes = {"amount": asked.amount, "currency": asked.currency}
        elif field in ("valid_from", "valid_to"):
            changes = {field: self._day(value, field)}
            first, last = (
                changes.get(name, getattr(price, name)) for name in ("valid_from", "valid_to")
            )
            _check_days(first, last, field)
        else:
            raise ValueError(field)
        return self._change(product, lambda c: PRICES.update(c, [number], changes))

    def remove_price(self, number: PriceId) -> StepId:
        """Take a price away; returns the step, for Undo."""
        _price, product = self._price(number)
        return self._change(product, lambda c: PRICES.delete(c, [number]))

    # Suppliers

    def add_supplier(self, number: ProductId, customer: CustomerId) -> StepId:
        """Note from whom something comes; returns the step, for Undo."""
        product = self.get(number).product
        with self._archive.reading() as c:
            if not customers.exists(c, customer):
                raise UserError(_("There is no customer {number}.").format(number=customer))
        return self._change(product, lambda c: catalogue.link_supplier(c, number, customer))

    def remove_supplier(self, number: ProductId, customer: CustomerId) -> StepId:
        """Note that it does not come from him; returns the step, for Undo."""
        product = self.get(number).product
        return self._change(product, lambda c: catalogue.unlink_supplier(c, number, customer))

    # Categories

    def rename_category(self, number: CategoryId, name: str) -> StepId:
        """Call a category otherwise; into one that is called so beside it, it goes.

        Raises:
            UserError: nothing is said, or it is gone.
        """
        category = self._category(number)
        new = inputs.title(name, "name", _("A category needs a name."))

        def act(c: Connection) -> None:
            CATEGORIES.update(c, [number], {"name": new})
            renamed = Category(new, category.parent_id, number)
            catalogue.move(c, renamed, category.parent_id)

        return self._step(_("Category {name}").format(name=category.name), act)

    def move_category(self, number: CategoryId, above: CategoryId | None) -> StepId:
        """Put a category below another one, or at the root for None.

        Raises:
            UserError: it would stand below itself, or too deep; or one of them is gone.
        """
        category = self._category(number)
        with self._archive.reading() as c:
            where = paths(CATEGORIES.all(c))
        path = where[number]
        target = () if above is None else where.get(above, ())
        if target[: len(path)] == path:
            raise UserError(_("A category cannot stand below itself."))
        deepest = max(len(p) for p in where.values() if p[: len(path)] == path) - len(path)
        if len(target) + 1 + deepest > MOST_LEVELS:
            raise UserError(_too_deep())
        name = _("Category {name}").format(name=category.name)
        return self._step(name, lambda c: catalogue.move(c, category, above))

    def remove_category(self, number: CategoryId) -> StepId:
        """Take a category away; what is in it moves to the one above."""
        category = self._category(number)
        name = _("Remove category {name}").format(name=category.name)
        return self._step(name, lambda c: catalogue.let_go(c, number))

    # Parts

    def _amount(self, text: str, field: str) -> Money | None:
        from crm_desktop.bridge.values.currencies import home_currency

        country = self._settings.home_country()
        return amounts.amount(text, field, currency=home_currency(country), country=country)

    def _day(self, text: str, field: str) -> date | None:
        found = inputs.day(text, self._settings.home_country(), field)
        return None if found is None else date.fromisoformat(found)

    def _price(self, number: PriceId) -> tuple[Price, Product]:
        with self._archive.reading() as c:
            price = PRICES.get(c, number)
        if price is None or price.product_id is None:
            raise UserError(_("This price is not there any more."))
        return price, self.get(price.product_id).product

    def _category(self, number: CategoryId) -> Category:
        with self._archive.reading() as c:
            category = CATEGORIES.get(c, number)
        if category is None:
            raise UserError(_("This category is not there any more."))
        return category

    def _change(self, product: Product, act: Callable[[Connection], object]) -> StepId:
        number, now = product.id, datetime.now(UTC)
        assert number is not None

        def run(c: Connection) -> None:
            act(c)
            PRODUCTS.update(c, [number], {"updated_at": now})

        return self._step(_of(product), run)

    def _step(self, name: str, act: Callable[[Connection], object]) -> StepId:
        def run(c: Connection) -> StepId:
            act(c)
            return steps.current(c)

        return self._archive.write(name, run)


def _keys(whole: WholeProduct) -> _Keys:
    product = whole.product
    titled = f"{product.name} {product.code}"
    spelt = " ".join(part for pair in spellings(titled) for part in pair)
    title = fold(f"{titled} {spelt}")
    rest = (*whole.category, product.unit, product.description, product.notes)
    return _Keys(title, f"{title} {fold(' '.join(rest))}")


def _name(text: str) -> str:
    return inputs.title(text, "name", _("A product needs a name."))


def _of(product: Product) -> str:
    return _("Product {name}").format(name=product.name)


def _path(text: str) -> CategoryPath:
    """A path as typed; a name may have a slash of its own where no blanks are around it."""
    names = inputs.titles(text.split(BETWEEN_CATEGORIES), "category")
    if len(names) > MOST_LEVELS:
        raise UserError(_too_deep(), field="category")
    return tuple(names)


def _too_deep() -> str:
    return ngettext(
        "Categories stand {n} level deep at most.",
        "Categories stand {n} levels deep at most.",
        MOST_LEVELS,
    ).format(n=MOST_LEVELS)


def _in_order(price: Price) -> Price:
    _check_days(price.valid_from, price.valid_to, "valid_to")
    return price


def _check_days(first: object, last: object, field: str) -> None:
    if isinstance(first, date) and isinstance(last, date) and first > last:
        raise UserError(_("The last day lies before the first one."), field=field)
