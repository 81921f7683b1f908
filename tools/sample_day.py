"""A day's work for the pictures of Today: one line or more of every kind, around a given day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from crm_desktop.domain.cases import CaseKind
from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    InteractionKind,
    PersonalFacts,
)
from crm_desktop.domain.documents import DocumentFacts
from crm_desktop.domain.promises import Side
from crm_desktop.services.workspace import Workspace

# Name, firm, city, birthday as days from today and years, owner, stars.
PEOPLE = (
    ("Ana Lopes", "", "Porto", 0, 50, "Rita", 5),
    ("Rui Marques", "Café do Porto", "Porto", 2, 0, "Rita", 4),
    ("王秀英", "上海东方贸易有限公司", "上海", None, 0, "Inês", 4),
    ("Maria Ferreira", "", "Braga", 9, 36, "Inês", 3),
    ("Tiago Santos", "Atelier Norte", "Lisboa", None, 0, "Rita", 3),
    ("Zoë Müller", "Alpenwerk GmbH", "München", None, 0, "Inês", 2),
)


def fill_day(workspace: Workspace, now: datetime) -> Sequence[CustomerId]:
    """Make customers, and what a day asks for; returns the customers.

    Args:
        workspace: an open archive; its clock says the same day.
        now: by the owner's clock, without a zone.
    """
    people = [_customer(workspace, now, *one) for one in PEOPLE]
    ana, rui, wang, maria, tiago, zoe = people
    today = now.date()

    def day(days: int) -> str:
        return (today + timedelta(days=days)).isoformat()

    customers, documents = workspace.customers, workspace.documents
    customers.update(wang, "birthday", "lunar 1968-10-18")
    for line, who in (
        (f"Send the revised quote {day(-3)}", ana),
        ("Confirm the flights 18:00", rui),
        ("Water the plants today", None),
    ):
        workspace.tasks.add(line, customer_id=who)
    workspace.timeline.log(
        maria, InteractionKind.CALL, "Wants window seats for the group -> send the plan today"
    )
    workspace.promises.add(tiago, Side.WE, "Terms for the spring groups", due=day(1))
    case = workspace.cases.begin(zoe, "Room without the sea view", kind=CaseKind.COMPLAINT)
    workspace.cases.update(case, "severity", "3")
    workspace.cases.update(case, "promised_on", day(0))
    for who, kind, number, days in ((rui, "Passport", "C123456", 5), (maria, "Visa", "", 64)):
        facts = DocumentFacts(kind, number, expires_on=day(days))
        documents.add(who, f"{kind} {number}".encode(), file_name=f"{kind}.txt", facts=facts)
    for days in (160, 200, 240, 280):
        at = now.replace(tzinfo=UTC) - timedelta(days=days)
        customers.log_interaction(tiago, InteractionKind.CALL, "About the next trip", at=at)
    return people


def _customer(
    workspace: Workspace,
    now: datetime,
    name: str,
    firm: str,
    city: str,
    ahead: int | None,
    years: int,
    owner: str,
    stars: int,
) -> CustomerId:
    born = None if ahead is None else now.date() + timedelta(days=ahead)
    birthday = None
    if born is not None:
        birthday = f"{born.year - years}-{born:%m-%d}" if years else f"--{born:%m-%d}"
    phone = ContactPoint(ContactKind.PHONE.value, "+351 912 345 678", None)
    return workspace.customers.create(
        CustomerDraft(
            name=name,
            organisation=firm,
            stage="customer",
            birthday=birthday,
            contact_points=(phone,),
            addresses=(Address(city=city),),
            facts=PersonalFacts(owner=owner, rating=stars),
        )
    )
