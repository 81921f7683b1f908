"""Copies of the archive, and what a check of it found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Backup:
    """One verified copy of the archive; `size` in bytes, `made_at` UTC."""

    path: Path
    made_at: datetime
    size: int
    reason: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Result of looking an archive over: one message for each thing found."""

    ok: bool
    messages: tuple[str, ...]
