"""What is to be done, for a customer or for the firm itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import IntEnum, StrEnum
from typing import NamedTuple, NewType

from crm_desktop.domain.customers import CustomerId, InteractionId
from crm_desktop.domain.leads import LeadId
from crm_desktop.domain.opportunities import OpportunityId
from crm_desktop.domain.orders import OrderId

TaskId = NewType("TaskId", int)


class Priority(IntEnum):
    """How much a task presses beside others of the same day."""

    LOW = -1
    NORMAL = 0
    HIGH = 1


class TaskAction(StrEnum):
    """What a task opens."""

    NOTHING = ""
    MAIL = "mail"
    SURVEY = "survey"


@dataclass(frozen=True, slots=True)
class Task:
    """One task.

    Attributes:
        id: None before it is stored.
        customer_id: for whom, None for the firm itself.
        interaction_id: the entry of the timeline that it follows up.
        opportunity_id: of which it is a step.
        owner: the name of who shall do it, "" for nobody in particular.
        due_on, due_time: by the owner's clock; a task without a day is for some day.
        repeat: an RFC 5545 rule such as `FREQ=WEEKLY;INTERVAL=2`, "" for once.
        done_at: None while it is open.
        order_id: of which it is a step.
        lead_id: whom it is about, before he is a customer.
        action: what it opens.
        letter: the e-mail that is prepared, its subject in the first line; or the survey's name.
        made_by: the rule, or the step of a process, that made it, in words.
    """

    title: str
    customer_id: CustomerId | None = None
    interaction_id: InteractionId | None = None
    notes: str = ""
    owner: str = ""
    due_on: date | None = None
    due_time: time | None = None
    repeat: str = ""
    priority: Priority = Priority.NORMAL
    created_at: datetime | None = None
    done_at: datetime | None = None
    opportunity_id: OpportunityId | None = None
    order_id: OrderId | None = None
    lead_id: LeadId | None = None
    action: TaskAction = TaskAction.NOTHING
    letter: str = ""
    made_by: str = ""
    id: TaskId | None = None


class Due(NamedTuple):
    """When something is due: a day, and its time where somebody said one; the owner's clock."""

    day: date
    time: time | None = None


class When(IntEnum):
    """The heads under which tasks stand, in their order."""

    OVERDUE = 0
    TODAY = 1
    WEEK = 2
    LATER = 3
    SOMEDAY = 4


class ListedTask(NamedTuple):
    """A task with the name of its customer, "" for none."""

    task: Task
    customer_name: str = ""


class TaskQuery(NamedTuple):
    """Which open tasks a list shows.

    Attributes:
        head: under which they stand.
        owner: whose, "" for everybody's.
        after: the last one of the page before, None for the first page.
        limit: at most so many.
    """

    head: When
    owner: str = ""
    after: Task | None = None
    limit: int = 100


_WEEK = 7


def when(task: Task, now: datetime) -> When:
    """Under which head an open task stands.

    Args:
        task: the task.
        now: by the owner's clock, without a time zone.
    """
    if task.due_on is None:
        return When.SOMEDAY
    days = (task.due_on - now.date()).days
    if days < 0 or (days == 0 and task.due_time is not None and task.due_time < now.time()):
        return When.OVERDUE
    if days == 0:
        return When.TODAY
    return When.WEEK if days < _WEEK else When.LATER
