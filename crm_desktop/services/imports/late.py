"""What an own export says that can be written only when all of its customers are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.exchange import MergeNote, WholeDocument
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.services.imports.matching import FileSource
from crm_desktop.services.imports.own import OwnExport
from crm_desktop.store import articles, catalogue, documents, merging, timeline, told_orders
from crm_desktop.store.engine import Connection
from crm_desktop.store.loading import Followed, Loader, OwnLinks
from crm_desktop.store.records import TASKS


class Late:
    """Gathers it while the customers come in, and writes it at the end of their file."""

    def __init__(
        self,
        connection: Connection,
        job: Job,
        followed: Mapping[FileSource, Sequence[Followed]],
        *,
        first: CustomerId,
    ) -> None:
        """Begin.

        Args:
            connection: the writer's, inside the import's step.
            job: to report to.
            followed: tasks of the firm's own that wait for an entry, by their files.
            first: whoever has this number or a higher one comes with this import.
        """
        self._connection = connection
        self._job = job
        self._of_firm = followed
        self._first = first
        self._source: FileSource | None = None
        self._numbers: dict[int, CustomerId] = {}
        self._apart: list[tuple[CustomerId, int]] = []
        self._merges: list[tuple[CustomerId, Sequence[MergeNote]]] = []
        self._documents: list[tuple[CustomerId, Sequence[WholeDocument]]] = []

    def note(self, own: OwnLinks | None) -> None:
        """Some rows were written."""
        if own is not None:
            self._numbers.update(own.numbers)
            self._apart += own.apart
            self._merges += own.merges
            self._documents += own.documents

    def start_file(self, source: FileSource | None, loader: Loader) -> None:
        """The rows that follow are of another file."""
        before, self._source = self._source, source
        if isinstance(before, OwnExport):
            self._write(before, loader)
        for gathered in (self._numbers, self._apart, self._merges, self._documents):
            gathered.clear()

    def finish(self, loader: Loader) -> None:
        """There is no other file."""
        self.start_file(None, loader)

    def _write(self, source: OwnExport, loader: Loader) -> None:
        connection = self._connection
        for article, customers in source.head.articles:
            articles.take_in(connection, article, self._known(customers))
        products = [
            catalogue.take_in(connection, product, self._known(product.suppliers))
            for product in source.head.products
        ]
        for table, line, place in loader.waiting.products:
            if place < len(products):  # a part of an archive comes without its catalogue
                table.update(connection, [line], {"product_id": products[place]})
        for order, traveller in loader.waiting.travellers:
            for here in self._known((traveller.customer,)):
                told_orders.add_traveller(connection, order, here, traveller.notes)
        told_orders.link_numbered(connection, loader.waiting.numbered)
        loader.waiting.clear()
        for number, other in self._apart:
            for here in self._known((other,)):
                if here != number:
                    merging.keep_apart(connection, number, here)
        for number, notes in self._merges:
            merging.add_notes(connection, number, notes)
        self._follow([*self._of_firm.get(source, ()), *loader.followed])
        loader.followed.clear()
        self._take_documents(source, loader)

    def _known(self, numbers: Sequence[int]) -> list[CustomerId]:
        """Who those of the file are here; nobody outside of it is meant."""
        return [self._numbers[number] for number in numbers if number in self._numbers]

    def _follow(self, tasks: Sequence[Followed]) -> None:
        for task, owner, told in tasks:
            whose = owner if told.customer is None else self._numbers.get(told.customer)
            entry = None if whose is None else timeline.followed(self._connection, whose, told)
            if entry is not None:
                TASKS.update(self._connection, [task], {"interaction_id": entry})

    def _take_documents(self, source: OwnExport, loader: Loader) -> None:
        wanted = [
            (number, [whole for one in listed if (whole := source.kept(one)) is not None])
            for number, listed in self._documents
        ]
        contents = {
            version.sha256
            for _number, listed in wanted
            for document in listed
            for version in document.versions
        }
        if not contents:
            return
        kept: set[str] = set()

        def take(sha256: str, pieces: Iterator[bytes]) -> None:
            self._job.progress(_("Importing documents"), len(kept), len(contents))
            if sha256 in contents:
                size = source.contents[sha256]
                if documents.keep(self._connection, sha256, size, self._watched(pieces)):
                    kept.add(sha256)

        source.hand_over(take)
        for number, listed in wanted:
            if documents.take_in(self._connection, number, listed) and number < self._first:
                loader.changed(number)
        documents.forget_unused(self._connection, kept)

    def _watched(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._job.check()
            yield piece
