"""Our own JSON export, on its way back in.

Nothing in it has to be understood: it comes in as it is, a customer at a time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from crm_desktop.bridge.export.own.contents import Taker
from crm_desktop.bridge.export.own.customer import JsonCustomer
from crm_desktop.bridge.export.own.reading import (
    hand_over_contents,
    is_own_export,
    read_firm,
    read_json,
)
from crm_desktop.bridge.export.own.stream import BrokenError
from crm_desktop.bridge.matching.match import identity
from crm_desktop.bridge.process.wire import Remarkable, RowBatch
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.documents import MOST_BYTES
from crm_desktop.domain.dossiers import NO_RECORDS, NO_SALES
from crm_desktop.domain.exchange import NO_HEAD, Head, WholeDocument
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.imports import Problem, SheetPlan, SheetPreview, WorkbookPreview
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.store.loading import Load, OwnLinks
from crm_desktop.store.tables import tables_of

_BATCH = 1_000
_CHUNK = 1 << 20


@dataclass(frozen=True)
class OwnBatch(RowBatch):
    """Customers of an own export, shaped like rows of a sheet.

    Attributes:
        found: all of each, with his former number, sources and timeline.
    """

    found: Sequence[JsonCustomer] = ()

    def number(self, place: int) -> CustomerId | None:
        """The number of one of them in the archive that he came from."""
        number = self.found[place].id
        return None if number is None else CustomerId(number)

    def load(
        self, new: Sequence[int], numbers: Sequence[CustomerId | None], *, into_empty: bool
    ) -> Load:
        """What is to be written; the batch's tables are gone after it.

        Args:
            new: the new customers' numbers by place, 0 for who is not new.
            numbers: who each is, None for who is left out.
            into_empty: the archive is to be as that one was.
        """
        times = {
            n: (one.created_at, one.updated_at) for n, one in zip(new, self.found, strict=True)
        }
        load = Load(self.tables, new, times if into_empty else None)
        load.own = self.links(numbers)
        for made, number, one in zip(new, numbers, self.found, strict=True):
            if number is None:
                continue
            if made:
                load.note_unused(number, one.draft)
            load.add_interactions(number, one.interactions)
            if one.removed:
                load.removed.append((number, one.removed))
            if one.records != NO_RECORDS or one.sales != NO_SALES:
                load.records.append((number, one.records, one.follows, one.sales))
            if into_empty:
                load.sources += [(source, number) for source in one.sources]
                if one.deleted_at is not None:
                    load.trashed.append((number, one.deleted_at))
        return load

    def links(self, numbers: Sequence[CustomerId | None]) -> OwnLinks:
        """Who they are in this archive, by place, and what has to wait for the file's end."""
        known = [(n, one) for n, one in zip(numbers, self.found, strict=True) if n is not None]
        return OwnLinks(
            {one.id: number for number, one in known if one.id is not None},
            [(number, relation) for number, one in known for relation in one.relations],
            [(number, other) for number, one in known for other in one.apart],
            [(number, one.merges) for number, one in known if one.merges],
            [(number, one.documents) for number, one in known if one.documents],
        )


class OwnExport:
    """A JSON file of ours."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # Of custom fields that hold anything but text, by name; known once it was inspected.
        self.kinds: dict[str, FieldKind] = {}
        # What it says of the firm; older ones do not.
        self.head: Head = NO_HEAD
        # The contents of documents that it has: their sizes by their SHA-256.
        self.contents: dict[str, int] = {}

    @staticmethod
    def recognises(path: Path) -> bool:
        """Whether a file looks like our export."""
        return is_own_export(path)

    def inspect(self, job: Job | None = None) -> WorkbookPreview:
        """Count the customers and make sure that all of them can be read.

        Raises:
            UserError: damaged, or of a newer program.
        """
        job = job or Job()
        self.head = read_firm(self._path)
        rows = 0

        def look(sha256: str, pieces: Iterator[bytes]) -> None:
            digest, size = hashlib.sha256(), 0
            for piece in pieces:
                job.progress(_("Reading {name}").format(name=self._path.name), rows)
                digest.update(piece)
                size += len(piece)
            if digest.hexdigest() != sha256 or size > MOST_BYTES:
                raise BrokenError
            self.contents[sha256] = size

        for rows, found in enumerate(read_json(self._path, look), start=1):
            self.kinds.update(found.custom_kinds)
            job.progress(_("Reading {name}").format(name=self._path.name), rows)
        nothing = rows == 0 and not any(self.head)
        sheet = SheetPreview(0, "", rows, SheetPlan(0, 0, ()), (), empty=nothing)
        return WorkbookPreview(
            file=self._path.name,
            format="json",
            sha256=self._sha256(),
            size=self._path.stat().st_size,
            country="",
            sheets=(sheet,),
        )

    def rows(self, plan: SheetPlan, job: Job | None = None) -> Iterator[OwnBatch]:
        """The customers, in batches."""
        del plan
        customers = read_json(self._path)
        start = 1
        while found := list(islice(customers, _BATCH)):
            if job is not None:
                job.check()
            drafts = [customer.draft for customer in found]
            yield OwnBatch(
                rows=range(start, start + len(found)),
                raws=[json.dumps(draft._asdict(), ensure_ascii=False) for draft in drafts],
                identities=list(map(identity, drafts)),
                remarkable=dict(self._remarkable(start, found)),
                tables=tables_of(drafts),
                found=found,
            )
            start += len(found)

    def hand_over(self, take: Taker) -> None:
        """Give out the contents of its documents, one after the other."""
        hand_over_contents(self._path, take)

    def kept(self, document: WholeDocument) -> WholeDocument | None:
        """A document with those of its versions whose contents are in the file."""
        versions = [
            one._replace(size=self.contents[one.sha256])
            for one in document.versions
            if one.sha256 in self.contents
        ]
        return document._replace(versions=versions) if versions else None

    def _remarkable(
        self, start: int, found: Sequence[JsonCustomer]
    ) -> Iterator[tuple[int, Remarkable]]:
        """Customers whose documents are only listed, by their places."""
        said = _("The file does not hold this document, or not all of its versions.")
        for place, customer in enumerate(found):
            missing = [
                Problem(start + place, "", document.name, said)
                for document in customer.documents
                if any(one.sha256 not in self.contents for one in document.versions)
            ]
            if missing:
                yield place, Remarkable(problems=tuple(missing))

    def close(self) -> None:
        """Nothing is held."""

    def _sha256(self) -> str:
        digest = hashlib.sha256()
        with self._path.open("rb") as file:
            while piece := file.read(_CHUNK):
                digest.update(piece)
        return digest.hexdigest()
