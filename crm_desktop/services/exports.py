"""The archive's customers as a file that others can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from crm_desktop.domain.customers import Customer, CustomerId, CustomerListQuery
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.services import asking, field_values
from crm_desktop.services.outputs import check_name
from crm_desktop.store import articles, custom_fields, customers, dossiers, lists
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection

SUFFIXES = (".json", ".xlsx", ".csv")
_CHUNK = 500


class ExportService:
    """Exports of one archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def document(self, customer_id: CustomerId) -> dict[str, Any]:
        """The object that the JSON export holds for one customer.

        Raises:
            UserError: there is none of that number.
        """
        from crm_desktop.bridge.export.own.writing import customer_json

        with self._archive.reading() as c:
            customer = customers.get(c, customer_id)
            if customer is None:
                raise UserError(_("There is no customer {number}.").format(number=customer_id))
            return customer_json(dossiers.of(c, customer))

    def export(
        self,
        target: Path,
        *,
        query: CustomerListQuery | None = None,
        ids: Sequence[CustomerId] | None = None,
        job: Job | None = None,
    ) -> int:
        """Write customers to a file whose kind its suffix tells.

        Args:
            target: a .json, .xlsx or .csv; it appears whole or not at all.
            query: which customers; None for all, by ascending number.
            ids: these alone, in this order.
            job: to report to.

        Returns:
            How many customers were written.

        Raises:
            UserError: another suffix, a name that no file can have, or the archive's own.
            EnvironmentProblem: the file cannot be written.
        """
        from crm_desktop.bridge.export import tables as export
        from crm_desktop.bridge.export.own.head import Head

        job = job or Job()
        suffix = target.suffix.lower()
        if suffix not in SUFFIXES:
            raise UserError(
                _("An export is a .json, .xlsx or .csv file, not “{file}”.").format(
                    file=target.name
                )
            )
        check_name(target)
        if target.absolute() == self._archive.path.absolute():
            raise UserError(_("The export cannot replace the archive itself."))
        written = 0

        def counted(chosen: Iterator[Customer]) -> Iterator[Customer]:
            nonlocal written
            for customer in chosen:
                job.progress(_("Exporting"), written)
                written += 1
                yield customer

        with self._archive.reading() as c:
            chosen = counted(_chosen(c, query, ids))
            if suffix == ".json":
                # A part of the customers may be for somebody else's eyes.
                whole = ids is None and query in (None, CustomerListQuery())
                export.write_json(
                    (dossiers.of(c, customer) for customer in chosen),
                    target,
                    head=Head(custom_fields.everything(c), articles.linked(c) if whole else ()),
                )
            else:
                fields = [field.name for field in custom_fields.fields(c)]
                write = export.write_xlsx if suffix == ".xlsx" else export.write_csv
                write(_plain(c, chosen), target, custom_fields=fields)
        return written


def _plain(connection: Connection, chosen: Iterator[Customer]) -> Iterator[Customer]:
    """Customers with the values of their own fields as a table holds them."""
    while some := list(islice(chosen, _CHUNK)):
        names = customers.names(connection, field_values.mentioned(some))
        for customer in some:
            yield replace(customer, custom=field_values.plain_fields(customer, names))


def _chosen(
    connection: Connection,
    query: CustomerListQuery | None,
    ids: Sequence[CustomerId] | None,
) -> Iterator[Customer]:
    if query is None and ids is None:
        yield from customers.each(connection)
        return
    if ids is None:
        assert query is not None
        ids = [CustomerId(n) for n in lists.ids(connection, query, asked=asking.now())]
    for start in range(0, len(ids), _CHUNK):
        yield from customers.get_many(connection, ids[start : start + _CHUNK])
