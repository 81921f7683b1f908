"""Our own JSON export, on its way back in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from crm_desktop.domain.customers import CustomerDraft, CustomerId, Source
from crm_desktop.domain.imports import Problem, SheetPlan, SheetPreview, WorkbookPreview
from crm_desktop.domain.jobs import Job

_BATCH = 1_000


class OwnRow(NamedTuple):
    """A customer of an own export, shaped like a clean row of a sheet.

    Attributes:
        row: his place in the file, 1-based.
        number: his id there.
        interactions: kind, ISO time and text.
        raw: JSON text as it stood.
    """

    row: int
    draft: CustomerDraft
    left_out: str
    problems: tuple[Problem, ...]
    raw: str
    number: CustomerId
    sources: tuple[Source, ...]
    interactions: tuple[tuple[str, str, str], ...]
    created_at: str | None


class OwnExport:
    """A JSON file of ours."""

    @staticmethod
    def recognises(path: Path) -> bool:
        return False
