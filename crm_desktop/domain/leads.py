"""Leads: enquiries that came in, and of which somebody has to judge whether they are genuine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, NewType

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.opportunities import OpportunityId

LeadId = NewType("LeadId", int)


class LeadStatus(StrEnum):
    """What was decided of a lead."""

    NEW = "new"
    GENUINE = "genuine"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody who asked.

    Attributes:
        customer_id: who he became, or turned out to be.
        message: what he wrote.
        details: all else that came with it, a line "label: value" each.
        source: where it came from: the web form's or the file's name.
        reason: why it was discarded.
        id: None before it is stored.
    """

    name: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""
    city: str = ""
    message: str = ""
    details: str = ""
    source: str = ""
    owner: str = ""
    status: LeadStatus = LeadStatus.NEW
    reason: str = ""
    received_at: datetime | None = None
    decided_at: datetime | None = None
    customer_id: CustomerId | None = None
    id: LeadId | None = None

    @property
    def called(self) -> str:
        """By what he is known."""
        return self.name or self.organisation or self.email or self.phone


class Likely(NamedTuple):
    """A customer whom a lead may be.

    Attributes:
        sure: he is reached by the same number or address, not only called alike.
    """

    customer: CustomerId
    name: str
    sure: bool


class LeadsTaken(NamedTuple):
    """What came of a file.

    Attributes:
        added: those that are new.
        known: how many came in before.
    """

    added: Sequence[LeadId]
    known: int


class AcceptedLead(NamedTuple):
    """What became of a lead that is genuine."""

    customer: CustomerId
    opportunity: OpportunityId
