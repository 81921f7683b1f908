"""Our own JSON export, on its way back in.

Nothing in it has to be understood: it comes in as it is, a customer at a time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from crm_desktop.bridge.export.own_json import JsonCustomer, is_own_export, read_json
from crm_desktop.bridge.matching.match import Identity, identity
from crm_desktop.domain.customers import CustomerDraft, CustomerId, Source
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.imports import Problem, SheetPlan, SheetPreview, WorkbookPreview
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.store.search.keys import CustomerKeys, draft_keys

_BATCH = 1_000
_CHUNK = 1 << 20


class OwnRow(NamedTuple):
    """A customer of an own export, shaped like a clean row of a sheet.

    Attributes:
        row: his place in the file, 1-based.
        raw: what stood there, as JSON text.
        continues: never; in an export each customer stands once.
        remarks: none; the timeline comes with `found`.
        identity: what matching needs to know of him.
        keys: what lists and search keep of him.
        found: all of him, with his former number, sources and timeline.
    """

    row: int
    draft: CustomerDraft
    left_out: str
    problems: tuple[Problem, ...]
    raw: str
    continues: bool
    remarks: tuple[tuple[str, str], ...]
    identity: Identity
    keys: CustomerKeys
    found: JsonCustomer

    @property
    def number(self) -> CustomerId | None:
        """His number in the archive that he came from."""
        return None if self.found.id is None else CustomerId(self.found.id)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where he had come from there."""
        return self.found.sources


class OwnExport:
    """A JSON file of ours."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # Of custom fields that hold anything but text, by name; known once it was inspected.
        self.kinds: dict[str, FieldKind] = {}

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

    def rows(self, plan: SheetPlan, job: Job | None = None) -> Iterator[list[OwnRow]]:
        """The customers, in batches."""
        del plan
        batch: list[OwnRow] = []
        for number, found in enumerate(read_json(self._path), start=1):
            raw = json.dumps(found.draft._asdict(), ensure_ascii=False)
            draft = found.draft
            batch.append(
                OwnRow(
                    number, draft, "", (), raw, False, (), identity(draft), draft_keys(draft), found
                )
            )
            if len(batch) == _BATCH:
                if job is not None:
                    job.check()
                yield batch
                batch = []
        if batch:
            yield batch

    def close(self) -> None:
        """Nothing is held."""

    def _sha256(self) -> str:
        digest = hashlib.sha256()
        with self._path.open("rb") as file:
            while piece := file.read(_CHUNK):
                digest.update(piece)
        return digest.hexdigest()
