"""The archive's customers as a file that others can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from crm_desktop.domain.customers import Customer, CustomerId, CustomerListQuery
from crm_desktop.domain.dossiers import Dossier
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.fields import FieldKind, referred
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.services import asking, field_values
from crm_desktop.services.outputs import check_name
from crm_desktop.store import custom_fields, customers, documents, dossiers, heads, lists
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
            return customer_json(dossiers.of(c, customer, frozenset(dossiers.everybody(c))))

    def export(
        self,
        target: Path,
        *,
        query: CustomerListQuery | None = None,
        ids: Sequence[CustomerId] | None = None,
        trash: bool = False,
        job: Job | None = None,
    ) -> int:
        """Write customers to a file whose kind its suffix tells.

        A .json of all customers holds all of the archive; of a part of them, only what is theirs.

        Args:
            target: a .json, .xlsx or .csv; it appears whole or not at all.
            query: which customers; None for all, by ascending number.
            ids: these alone, in this order.
            trash: a .json of all customers has those in the trash too, and says so of them.
            job: to report to.

        Returns:
            How many customers were written.

        Raises:
            UserError: another suffix, a name that no file can have, or the archive's own.
            EnvironmentProblem: the file cannot be written.
        """
        from crm_desktop.bridge.export import tables as export

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
        if trash and suffix != ".json":
            raise UserError(_("Only a .json file can say of customers that they lie in the trash."))
        # A list of everybody is whole in whatever order it stands.
        whole = ids is None and (query is None or query.is_plain)
        with self._archive.reading() as c:
            numbers = _numbers(c, query, ids, trash=trash and whole)
            chosen = _watched(_chosen(c, numbers), job, len(numbers))
            if suffix == ".json":
                leaving = _Leaving(c, numbers, trash=trash and whole)
                return export.write_json(
                    map(leaving.dossier, chosen),
                    target,
                    # A part of the customers may be for somebody else's eyes.
                    head=(heads.whole if whole else heads.part)(c, leaving.inside),
                    contents=leaving.contents(self._archive.path, job),
                )
            fields = [field.name for field in custom_fields.fields(c)]
            write = export.write_xlsx if suffix == ".xlsx" else export.write_csv
            return write(_plain(c, chosen), target, custom_fields=fields)


class _Leaving:
    """Customers on their way into our own format, who name nobody that stays behind."""

    def __init__(self, connection: Connection, numbers: Sequence[int], *, trash: bool) -> None:
        """Prepare.

        Args:
            connection: for reading.
            numbers: of those who go.
            trash: whether it is said of whom that he lies in the trash.
        """
        self._connection = connection
        self._trash = trash
        self.inside = frozenset(numbers)
        self._removed = {
            field.name
            for field in custom_fields.everything(connection)
            if field.kind is FieldKind.CUSTOMER and field.deleted_at is not None
        }
        self._known = dossiers.having(connection)
        self._contents: dict[str, None] = {}

    def dossier(self, customer: Customer) -> Dossier:
        """All of one of them."""
        found = dossiers.of(self._connection, customer, self.inside, self._known)
        named = {n for n, k in customer.custom_kinds.items() if k is FieldKind.CUSTOMER}
        custom = self._without_strangers(customer.custom, named)
        removed = self._without_strangers(found.removed, self._removed)
        for document in found.documents:
            self._contents |= dict.fromkeys(one.sha256 for one in document.versions)
        deleted_at = customer.deleted_at if self._trash else None
        if custom is not customer.custom or deleted_at != customer.deleted_at:
            customer = replace(customer, custom=custom, deleted_at=deleted_at)
        elif removed is found.removed:
            return found  # nearly everybody: nothing to say otherwise
        return replace(found, customer=customer, removed=removed)

    def contents(self, archive: Path, job: Job) -> Iterator[tuple[str, Iterator[bytes]]]:
        """The contents of all documents that went, once everybody has gone."""
        for done, sha256 in enumerate(self._contents):
            job.progress(_("Exporting documents"), done, len(self._contents))
            pieces = documents.pieces(self._connection, sha256, archive)
            yield sha256, _while_wanted(pieces, job)

    def _without_strangers(self, values: Mapping[str, str], named: Set[str]) -> Mapping[str, str]:
        """Values of own fields; who stays behind stands in them by his name alone."""
        strangers = {
            name: CustomerId(number)
            for name in named & values.keys()
            if (number := referred(values[name])) is not None and number not in self.inside
        }
        if not strangers:
            return values
        names = customers.names(self._connection, list(strangers.values()))
        told = {field: names.get(number, "…") for field, number in strangers.items()}
        return {**values, **told}


def _while_wanted(pieces: Iterator[bytes], job: Job) -> Iterator[bytes]:
    for piece in pieces:
        job.check()
        yield piece


def _watched(chosen: Iterator[Customer], job: Job, total: int) -> Iterator[Customer]:
    for done, customer in enumerate(chosen):
        job.progress(_("Exporting"), done, total)
        yield customer


def _plain(connection: Connection, chosen: Iterator[Customer]) -> Iterator[Customer]:
    """Customers with the values of their own fields as a table holds them."""
    while some := list(islice(chosen, _CHUNK)):
        names = customers.names(connection, field_values.mentioned(some))
        for customer in some:
            yield replace(customer, custom=field_values.plain_fields(customer, names))


def _numbers(
    connection: Connection,
    query: CustomerListQuery | None,
    ids: Sequence[CustomerId] | None,
    *,
    trash: bool,
) -> Sequence[int]:
    if ids is not None:
        return ids
    if query is None or trash:
        return dossiers.everybody(connection, trashed=trash)
    return lists.ids(connection, query, asked=asking.now())


def _chosen(connection: Connection, numbers: Sequence[int]) -> Iterator[Customer]:
    for start in range(0, len(numbers), _CHUNK):
        chunk = [CustomerId(n) for n in numbers[start : start + _CHUNK]]
        yield from customers.get_many(connection, chunk)
