"""What one person looks after and gives to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class What(StrEnum):
    """What can be handed over; each has an owner's name of its own."""

    CUSTOMERS = "customers"
    TASKS = "tasks"
    CASES = "cases"
    OPPORTUNITIES = "opportunities"


class Given(NamedTuple):
    """One thing that was handed over.

    Attributes:
        title: a customer's name, a task's or an opportunity's title, a case's subject.
        customer: whom anything else is about, "" for nobody.
        detail: city of a customer.
        phone: of a customer, E.164.
        day: when a task is due, a case promised, an opportunity decided.
        in_trash: a customer who lies in the trash.
    """

    what: What
    title: str
    customer: str = ""
    detail: str = ""
    phone: str = ""
    day: date | None = None
    in_trash: bool = False


@dataclass(frozen=True, slots=True)
class HandOver:
    """What was handed over, by whom to whom, and when."""

    giver: str
    taker: str
    at: datetime
    given: Sequence[Given]

    def counts(self) -> dict[What, int]:
        """How many of each there were."""
        return {what: sum(one.what is what for one in self.given) for what in What}


Counts = Mapping[What, int]
