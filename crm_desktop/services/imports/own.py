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

from crm_desktop.bridge.export.own.reading import (
    JsonCustomer,
    is_own_export,
    read_firm,
    read_json,
)
from crm_desktop.bridge.matching.match import identity
from crm_desktop.bridge.process.wire import RowBatch
from crm_desktop.domain.articles import LinkedArticle
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.fields import CustomField, FieldKind
from crm_desktop.domain.imports import SheetPlan, SheetPreview, WorkbookPreview
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.store.loading import OwnLinks
from crm_desktop.store.tables import tables_of

_BATCH = 1_000
_CHUNK = 1 << 20


@dataclass(frozen=True)
class OwnBatch(RowBatch):
    """Customers of an own export, shaped like rows of a sheet.

    Attributes:
        found: all of each, with his former number, sources and timeline.
        articles: the file's, with its first customers.
    """

    found: Sequence[JsonCustomer] = ()
    articles: Sequence[LinkedArticle] = ()

    def number(self, place: int) -> CustomerId | None:
        """The number of one of them in the archive that he came from."""
        number = self.found[place].id
        return None if number is None else CustomerId(number)

    def links(self, numbers: Sequence[CustomerId | None]) -> OwnLinks:
        """Who they are in this archive, by place, and how they are related in that one."""
        known = [(n, one) for n, one in zip(numbers, self.found, strict=True) if n is not None]
        return OwnLinks(
            {one.id: number for number, one in known if one.id is not None},
            [(number, relation) for number, one in known for relation in one.relations],
            self.articles,
        )


class OwnExport:
    """A JSON file of ours."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # Of custom fields that hold anything but text, by name; known once it was inspected.
        self.kinds: dict[str, FieldKind] = {}
        # All of its custom fields, where it says what they are; older ones do not.
        self.fields: list[CustomField] = []

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
        self.fields = list(read_firm(self._path).fields)
        rows = 0
        for rows, found in enumerate(read_json(self._path), start=1):
            self.kinds.update(found.custom_kinds)
            job.progress(_("Reading {name}").format(name=self._path.name), rows)
        sheet = SheetPreview(0, "", rows, SheetPlan(0, 0, ()), (), empty=rows == 0)
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
        start, articles = 1, read_firm(self._path).articles
        while found := list(islice(customers, _BATCH)):
            if job is not None:
                job.check()
            drafts = [customer.draft for customer in found]
            yield OwnBatch(
                rows=range(start, start + len(found)),
                raws=[json.dumps(draft._asdict(), ensure_ascii=False) for draft in drafts],
                identities=list(map(identity, drafts)),
                remarkable={},
                tables=tables_of(drafts),
                found=found,
                articles=articles,
            )
            articles = ()
            start += len(found)

    def close(self) -> None:
        """Nothing is held."""

    def _sha256(self) -> str:
        digest = hashlib.sha256()
        with self._path.open("rb") as file:
            while piece := file.read(_CHUNK):
                digest.update(piece)
        return digest.hexdigest()
