"""What we owe a customer, and what he owes us: words, not money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from crm_desktop.domain.customers import CustomerId

PromiseId = NewType("PromiseId", int)


class Side(StrEnum):
    """Who promised."""

    WE = "we"
    THEY = "they"


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise; it stands on the customer's file until it is ticked.

    Attributes:
        id: None before it is stored.
        kept_at: None while it is open.
    """

    customer_id: CustomerId
    side: Side
    text: str
    due_on: date | None = None
    created_at: datetime | None = None
    kept_at: datetime | None = None
    id: PromiseId | None = None
