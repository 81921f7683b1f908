"""Complaints and requests for service."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import NewType

from crm_desktop.domain.customers import CustomerId

CaseId = NewType("CaseId", int)


class CaseKind(StrEnum):
    """What somebody comes with."""

    COMPLAINT = "complaint"
    REQUEST = "request"


class CaseStatus(StrEnum):
    """How far a case has come; `WAITING` is for the customer, or for somebody else."""

    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"


class Severity(IntEnum):
    """How bad it is."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


@dataclass(frozen=True, slots=True)
class Case:
    """One complaint or request.

    Attributes:
        id: None before it is stored.
        promised, promised_on: what the customer was promised, and by when.
        satisfaction: 1 to 5, asked afterwards; None where nobody asked.
        resolved_at: None while it is open.
    """

    customer_id: CustomerId
    subject: str
    kind: CaseKind = CaseKind.REQUEST
    text: str = ""
    severity: Severity = Severity.MEDIUM
    status: CaseStatus = CaseStatus.OPEN
    owner: str = ""
    promised: str = ""
    promised_on: date | None = None
    resolution: str = ""
    satisfaction: int | None = None
    opened_at: datetime | None = None
    resolved_at: datetime | None = None
    id: CaseId | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is left to do, by us or by others."""
        return self.status is not CaseStatus.RESOLVED


def in_order(cases: Iterable[Case]) -> list[Case]:
    """Open ones first: the worst, then what was promised soonest; resolved ones, newest first."""
    listed = list(cases)
    still_open = [case for case in listed if case.is_open]
    still_open.sort(key=lambda case: (-case.severity, case.promised_on or date.max, case.id or 0))
    resolved = [case for case in listed if not case.is_open]
    resolved.sort(key=lambda case: (str(case.resolved_at or ""), case.id or 0))
    return still_open + resolved[::-1]
