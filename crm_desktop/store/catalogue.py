"""The catalogue's rows: categories, products, their prices and suppliers."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from crm_desktop.domain.catalogue import (
    Category,
    CategoryId,
    CategoryPath,
    DeletedProduct,
    Price,
    Product,
    ProductId,
    ToldProduct,
    WholeProduct,
    paths,
)
from crm_desktop.domain.customers import CustomerId
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import CATEGORIES, PRICES, PRODUCTS
from crm_desktop.store.search.fold import fold
from crm_desktop.store.times import parse

_THERE = "t.deleted_at IS NULL"


def listed(connection: Connection) -> list[WholeProduct]:
    """All products but those in the trash, by name; suppliers are left to `whole`."""
    products = PRODUCTS.where(connection, f"{_THERE} ORDER BY t.name COLLATE NOCASE, t.id")
    prices = _prices(connection)
    where = paths(CATEGORIES.all(connection))
    return [
        WholeProduct(p, _path(where, p.category_id), prices.get(p.id or 0, ())) for p in products
    ]


def whole(connection: Connection, number: ProductId) -> WholeProduct | None:
    """One product with all that hangs on it; None where there is none, or in the trash."""
    product = PRODUCTS.get(connection, number)
    if product is None or product.deleted_at is not None:
        return None
    suppliers = connection.execute(
        """SELECT c.id, c.name FROM product_supplier s JOIN customer c ON c.id = s.customer_id
           WHERE s.product_id = ? AND c.deleted_at IS NULL ORDER BY s.id""",
        (number,),
    )
    return WholeProduct(
        product,
        _path(paths(CATEGORIES.all(connection)), product.category_id),
        PRICES.where(connection, "t.product_id = ? ORDER BY t.id", (number,)),
        [(CustomerId(one), name) for one, name in suppliers],
    )


def supplied_by(connection: Connection, customer: CustomerId) -> list[Product]:
    """What comes from a customer, by name."""
    return PRODUCTS.where(
        connection,
        f"s.customer_id = ? AND {_THERE} ORDER BY t.name COLLATE NOCASE, t.id",
        (customer,),
        join="JOIN product_supplier s ON s.product_id = t.id",
    )


def category_at(connection: Connection, path: CategoryPath) -> CategoryId | None:
    """The category at a path, made where it is not there; None for no path.

    Names that fold alike are one.
    """
    at: CategoryId | None = None
    for name in path:
        siblings = CATEGORIES.where(connection, "t.parent_id IS ? ORDER BY t.id", (at,))
        same = next((c.id for c in siblings if fold(c.name) == fold(name)), None)
        at = same or CategoryId(CATEGORIES.insert(connection, Category(name, at)))
    return at


def let_go(connection: Connection, number: CategoryId) -> None:
    """Take a category away; what is in it moves to the one above.

    A category of the same name that is above already takes in what the other held.
    """
    [category] = CATEGORIES.where(connection, "t.id = ?", (number,))
    above = category.parent_id
    for child in CATEGORIES.where(connection, "t.parent_id = ?", (number,)):
        move(connection, child, above, besides=number)
    _into(connection, number, above)


def move(
    connection: Connection,
    category: Category,
    above: CategoryId | None,
    *,
    besides: CategoryId | None = None,
) -> None:
    """Put a category below another one, or at the root; into one that is called alike there.

    Args:
        connection: the writer's, inside a step.
        category: which.
        above: where.
        besides: one there that is about to go, and takes nothing in.
    """
    assert category.id is not None
    siblings = CATEGORIES.where(connection, "t.parent_id IS ? AND t.id <> ?", (above, category.id))
    alike = (c.id for c in siblings if fold(c.name) == fold(category.name) and c.id != besides)
    same = next(alike, None)
    if same is None:
        CATEGORIES.update(connection, [category.id], {"parent_id": above})
        return
    for child in CATEGORIES.where(connection, "t.parent_id = ?", (category.id,)):
        move(connection, child, same)
    _into(connection, category.id, same)


def _into(connection: Connection, number: CategoryId, other: CategoryId | None) -> None:
    """Give a category's products to another one, and take it away."""
    connection.execute("UPDATE product SET category_id = ? WHERE category_id = ?", (other, number))
    CATEGORIES.delete(connection, [number])


def link_supplier(connection: Connection, product: ProductId, customer: CustomerId) -> None:
    """Note from whom something comes; it may be noted already."""
    connection.execute(
        "INSERT OR IGNORE INTO product_supplier (product_id, customer_id) VALUES (?, ?)",
        (product, customer),
    )


def unlink_supplier(connection: Connection, product: ProductId, customer: CustomerId) -> None:
    """Note that it does not come from him."""
    connection.execute(
        "DELETE FROM product_supplier WHERE product_id = ? AND customer_id = ?",
        (product, customer),
    )


def trashed(connection: Connection) -> list[DeletedProduct]:
    """The products in the trash, the last one first."""
    rows = connection.execute(
        "SELECT id, name, deleted_at FROM product WHERE deleted_at IS NOT NULL"
        " ORDER BY deleted_at DESC, id DESC"
    )
    return [DeletedProduct(ProductId(number), name, parse(at)) for number, name, at in rows]


def set_deleted(connection: Connection, numbers: Sequence[ProductId], at: datetime | None) -> None:
    """Put products into the trash, or take them out."""
    PRODUCTS.update(connection, numbers, {"deleted_at": at})


def told(connection: Connection, inside: Container[int]) -> list[ToldProduct]:
    """All products, the trash included, with those of some customers from whom they come."""
    suppliers: dict[int, list[int]] = {}
    for product, customer in connection.execute(
        "SELECT product_id, customer_id FROM product_supplier ORDER BY id"
    ):
        if customer in inside:
            suppliers.setdefault(product, []).append(customer)
    prices = _prices(connection)
    where = paths(CATEGORIES.all(connection))
    return [
        ToldProduct(
            p,
            _path(where, p.category_id),
            prices.get(p.id or 0, ()),
            suppliers.get(p.id or 0, ()),
        )
        for p in PRODUCTS.all(connection)
    ]


def category_paths(connection: Connection) -> list[CategoryPath]:
    """The path of every category, in the order in which they came."""
    return list(paths(CATEGORIES.all(connection)).values())


def take_in(
    connection: Connection, product: ToldProduct, suppliers: Iterable[CustomerId]
) -> ProductId:
    """Write a product that comes from elsewhere; one that says the same gets what it lacks.

    It says the same if all but its times is equal: what differs is another product, as nothing
    that was written of it may be lost.

    Args:
        connection: the writer's, inside a step.
        product: as it was told.
        suppliers: their numbers here.

    Returns:
        Its number here.
    """
    category = category_at(connection, product.category)
    wanted = _said(replace(product.product, category_id=category))
    alike = PRODUCTS.where(connection, "t.name = ? ORDER BY t.id", (product.product.name,))
    number = next((one.id for one in alike if one.id and _said(one) == wanted), None)
    if number is None:
        number = ProductId(PRODUCTS.insert(connection, product.product, category_id=category))
    known = {PRICES.bare(p) for p in PRICES.where(connection, "t.product_id = ?", (number,))}
    for price in product.prices:
        if PRICES.bare(price) not in known:
            PRICES.insert(connection, price, product_id=number)
    for supplier in suppliers:
        link_supplier(connection, number, supplier)
    return number


def _said(product: Product) -> Product:
    """What a product says, without when it was said."""
    return replace(product, id=None, created_at=None, updated_at=None, deleted_at=None)


def _prices(connection: Connection) -> dict[int, list[Price]]:
    found: dict[int, list[Price]] = {}
    for price in PRICES.all(connection):
        found.setdefault(price.product_id or 0, []).append(price)
    return found


def _path(where: dict[CategoryId, CategoryPath], number: CategoryId | None) -> CategoryPath:
    return () if number is None else where.get(number, ())
