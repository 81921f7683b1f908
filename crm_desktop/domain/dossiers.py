"""A customer with all that hangs on him, as it goes out of an archive and comes into another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from crm_desktop.domain.cases import Case
from crm_desktop.domain.customers import Customer, Interaction, StageChange
from crm_desktop.domain.documents import Document
from crm_desktop.domain.promises import Promise
from crm_desktop.domain.relations import Relation
from crm_desktop.domain.tasks import Task


class Records(NamedTuple):
    """What is kept for a customer in tables of its own, each in the order in which it came."""

    stage_changes: Sequence[StageChange] = ()
    tasks: Sequence[Task] = ()
    cases: Sequence[Case] = ()
    promises: Sequence[Promise] = ()


NO_RECORDS = Records()


@dataclass(frozen=True, slots=True)
class Dossier:
    """All of one customer.

    Attributes:
        interactions: his timeline, the newest first.
        relations: what he is to others.
        removed: his values of custom fields that lie in the trash, by their names.
    """

    customer: Customer
    interactions: Sequence[Interaction] = ()
    relations: Sequence[Relation] = ()
    documents: Sequence[Document] = ()
    records: Records = NO_RECORDS
    removed: Mapping[str, str] = field(default_factory=dict)
