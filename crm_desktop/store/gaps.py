"""In which order it is worth asking about customers, and the papers that people travel with."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from operator import itemgetter

from crm_desktop.domain.customers import Stage
from crm_desktop.domain.documents import DocumentId
from crm_desktop.store.engine import Connection

_STAGES = (Stage.CUSTOMER, Stage.PROSPECT, Stage.POTENTIAL, Stage.FORMER)


def ranked(connection: Connection, owner: str, limit: int) -> array[int]:
    """Customers, the best first: by stars, then stage, then how much was written of them.

    Those who are dead are left out; `owner` is "" for everybody's.
    """
    place = " ".join(f"WHEN '{stage.value}' THEN {n}" for n, stage in enumerate(_STAGES))
    rows = connection.execute(
        "SELECT id FROM ("
        f" SELECT c.id AS id, c.rating AS rating, CASE c.stage {place} ELSE 9 END AS stage,"
        "  (SELECT contacts FROM customer_contact WHERE customer_id = c.id) AS entries"
        " FROM customer c WHERE c.deleted_at IS NULL AND c.deceased = 0"
        "  AND (? = '' OR c.owner = ?)"
        ") ORDER BY rating DESC, stage, entries DESC, id LIMIT ?",
        (owner, owner, limit),
    )
    return array("q", map(itemgetter(0), rows))


def papers(
    connection: Connection, customers: Iterable[int], words: Iterable[str]
) -> dict[int, list[DocumentId]]:
    """Documents of some customers that lack a number or a last day, by customer.

    Args:
        connection: any.
        customers: whose.
        words: of their kinds, in small letters; a kind that has one of them counts.
    """
    listed = tuple(customers)
    marks = ", ".join("?" * len(listed))
    rows = connection.execute(
        "SELECT id, customer_id, kind FROM document"
        f" WHERE customer_id IN ({marks}) AND kind <> '' AND (number = '' OR expires_on IS NULL)"
        " ORDER BY id",
        listed,
    )
    found: dict[int, list[DocumentId]] = {}
    for number, customer, kind in rows:
        if any(word in kind.casefold() for word in words):
            found.setdefault(customer, []).append(DocumentId(number))
    return found
