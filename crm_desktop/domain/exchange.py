"""What goes out of an archive and comes into another, in shapes that name nobody's numbers.

Customers alone keep their numbers, as far as the other archive is empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from crm_desktop.domain.articles import LinkedArticle
from crm_desktop.domain.catalogue import CategoryPath, ToldProduct
from crm_desktop.domain.customers import InteractionKind
from crm_desktop.domain.documents import DocumentFacts, DocumentVersion
from crm_desktop.domain.fields import CustomField
from crm_desktop.domain.leads import Lead
from crm_desktop.domain.lists import SavedView
from crm_desktop.domain.numbers import GivenNumber
from crm_desktop.domain.opportunities import ToldPipeline
from crm_desktop.domain.processes import WholeProcess
from crm_desktop.domain.relations import OwnRelationKind
from crm_desktop.domain.rules import Rule
from crm_desktop.domain.surveys import ToldSurvey
from crm_desktop.domain.targets import Target
from crm_desktop.domain.tasks import Task

# What stands among the settings and does not go along: it names rows of this archive by their
# numbers (what was put aside on Today, gaps that nobody needs filled).
SETTINGS_LEFT_OUT = ("today.",)


class FollowUp(NamedTuple):
    """Which entry of a timeline a task follows up.

    Attributes:
        nth: which of the entries of that kind and moment, the first one 0.
        customer: whose timeline, None for that of the task's own customer.
    """

    kind: InteractionKind
    at: datetime
    nth: int = 0
    customer: int | None = None


class FirmTask(NamedTuple):
    """A task of the firm itself.

    Attributes:
        lead: the place of the lead whom it is about among those who are nobody yet.
    """

    task: Task
    follows: FollowUp | None = None
    lead: int | None = None


class WholeDocument(NamedTuple):
    """A document with all its versions, the oldest first; at least one."""

    name: str
    facts: DocumentFacts
    added_at: datetime
    versions: Sequence[DocumentVersion]


class MergeNote(NamedTuple):
    """Somebody who was merged into a customer."""

    name: str
    at: datetime


class Head(NamedTuple):
    """What an archive holds beside its customers.

    Attributes:
        settings: by their names.
        fields: custom fields, those of the trash included, in their order.
        relation_kinds: of the owner's own.
        tags: names with their colours, "" for none.
        views: in their order; own fields stand in them by their names.
        tasks: of the firm itself.
        articles: with the customers that they are about.
        categories: of the catalogue, the path of each.
        products: the trash included, with the customers from whom they come.
        pipelines: with their stages.
        leads: those of whom nobody knows yet who they are.
        numbers: that were given out on paper.
        processes: with their steps.
        rules: that the owner wrote or changed.
        surveys: with their questions.
        targets: in the order in which they were set.
    """

    settings: Mapping[str, str] = {}
    fields: Sequence[CustomField] = ()
    relation_kinds: Sequence[OwnRelationKind] = ()
    tags: Mapping[str, str] = {}
    views: Sequence[SavedView] = ()
    tasks: Sequence[FirmTask] = ()
    articles: Sequence[LinkedArticle] = ()
    categories: Sequence[CategoryPath] = ()
    products: Sequence[ToldProduct] = ()
    pipelines: Sequence[ToldPipeline] = ()
    leads: Sequence[Lead] = ()
    numbers: Sequence[GivenNumber] = ()
    processes: Sequence[WholeProcess] = ()
    rules: Sequence[Rule] = ()
    surveys: Sequence[ToldSurvey] = ()
    targets: Sequence[Target] = ()


NO_HEAD = Head()
