"""What is missing of a customer, or cannot be right: asked for one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from crm_desktop.domain.customers import (
    ContactKind,
    ContactPoint,
    Customer,
    CustomerKind,
)
from crm_desktop.domain.documents import Document


class GapKind(StrEnum):
    """What is asked for, in the order of asking."""

    PHONE = "phone"  # one that cannot be understood
    EMAIL = "email"  # one that cannot be one
    REACH = "reach"  # neither phone nor e-mail
    NUMBER = "number"  # of a paper that people travel with
    LAST_DAY = "last_day"  # of such a paper
    CITY = "city"
    BIRTHDAY = "birthday"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing to ask for.

    Attributes:
        text: what stands there now, "" where nothing does.
        point: the contact point that is wrong.
        document: the paper of which something is missing.
    """

    kind: GapKind
    customer: Customer
    text: str = ""
    point: ContactPoint | None = None
    document: Document | None = None

    @property
    def key(self) -> str:
        """What it is called when nobody needs it."""
        number: object = self.customer.id
        if self.point is not None:
            number = f"{number}.{self.point.id}"
        elif self.document is not None:
            number = f"{number}.{self.document.id}"
        return f"{self.kind}.{number}"


def gaps_of(customer: Customer, papers: Sequence[Document] = ()) -> Iterator[Gap]:
    """What is to be asked of a customer.

    Args:
        customer: any.
        papers: those of his documents that people travel with.
    """
    usable = [point for point in customer.contact_points if not point.do_not_use]
    for point in usable:
        if point.value is None and point.kind == ContactKind.PHONE:
            yield Gap(GapKind.PHONE, customer, point.raw, point)
    for point in usable:
        if point.value is None and point.kind == ContactKind.EMAIL:
            yield Gap(GapKind.EMAIL, customer, point.raw, point)
    if not any(point.kind in (ContactKind.PHONE, ContactKind.EMAIL) for point in usable):
        yield Gap(GapKind.REACH, customer)
    for paper in papers:
        if not paper.facts.number:
            yield Gap(GapKind.NUMBER, customer, document=paper)
        if paper.facts.expires_on is None:
            yield Gap(GapKind.LAST_DAY, customer, document=paper)
    if not any(address.city for address in customer.addresses):
        yield Gap(GapKind.CITY, customer)
    if customer.birthday is None and customer.kind is CustomerKind.PERSON:
        yield Gap(GapKind.BIRTHDAY, customer)


Ranking = Sequence[int]
"""Customers' numbers in the order in which it is worth asking about them."""
