"""A customer with all that hangs on him, as it goes out of an archive and comes into another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from crm_desktop.domain.cases import Case
from crm_desktop.domain.customers import Customer, CustomerId, Interaction, StageChange
from crm_desktop.domain.exchange import FollowUp, MergeNote, WholeDocument
from crm_desktop.domain.leads import Lead
from crm_desktop.domain.opportunities import ToldOpportunity
from crm_desktop.domain.payments import ToldOrder
from crm_desktop.domain.promises import Promise
from crm_desktop.domain.quotations import ToldQuotation
from crm_desktop.domain.relations import Relation
from crm_desktop.domain.rules import ToldFiring
from crm_desktop.domain.surveys import ToldRequest, ToldResponse
from crm_desktop.domain.tasks import Task


class Records(NamedTuple):
    """What is kept for a customer in tables of its own, each in the order in which it came."""

    stage_changes: Sequence[StageChange] = ()
    tasks: Sequence[Task] = ()
    cases: Sequence[Case] = ()
    promises: Sequence[Promise] = ()
    leads: Sequence[Lead] = ()


NO_RECORDS = Records()


class Sales(NamedTuple):
    """What is being sold to a customer, and what he says of it.

    Attributes:
        opportunities: in the order in which they came.
        steps: of which opportunity his tasks are steps: its place by the task's.
        quotations: in the order in which they came.
        orders: in the order in which they came.
        of_orders: the number of the order of which a task of his is a step, by the task's place.
        firings: what rules brought about for him.
        asked: by which surveys, in the order in which he was.
        answered: what he answered, in the order in which it came.
    """

    opportunities: Sequence[ToldOpportunity] = ()
    steps: Mapping[int, int] = {}
    quotations: Sequence[ToldQuotation] = ()
    orders: Sequence[ToldOrder] = ()
    of_orders: Mapping[int, str] = {}
    firings: Sequence[ToldFiring] = ()
    asked: Sequence[ToldRequest] = ()
    answered: Sequence[ToldResponse] = ()


NO_SALES = Sales()


@dataclass(frozen=True, slots=True)
class Dossier:
    """All of one customer.

    Attributes:
        interactions: his timeline, the newest first.
        relations: what he is to others.
        follows: which entries his tasks follow up, by the tasks' places.
        removed: his values of custom fields that lie in the trash, by their names.
        merges: who was merged into him, the first one first.
        apart: those after him of whom somebody said that they are others.
    """

    customer: Customer
    interactions: Sequence[Interaction] = ()
    relations: Sequence[Relation] = ()
    documents: Sequence[WholeDocument] = ()
    records: Records = NO_RECORDS
    follows: Mapping[int, FollowUp] = field(default_factory=dict)
    sales: Sales = NO_SALES
    removed: Mapping[str, str] = field(default_factory=dict)
    merges: Sequence[MergeNote] = ()
    apart: Sequence[CustomerId] = ()
