"""Who is ringing: from a number in any form, its last digits or a name to the customer's card."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from crm_desktop.domain import calls
from crm_desktop.domain.articles import Article, ArticleId
from crm_desktop.domain.cases import Case
from crm_desktop.domain.customers import (
    ContactKind,
    ContactPoint,
    Customer,
    CustomerDraft,
    CustomerId,
    CustomerListQuery,
    CustomerRow,
    Interaction,
)
from crm_desktop.domain.promises import Promise, Side
from crm_desktop.domain.tasks import Task
from crm_desktop.services.cases import CaseService
from crm_desktop.services.customers import CustomerService
from crm_desktop.services.knowledge import KnowledgeService
from crm_desktop.services.promises import PromiseService
from crm_desktop.services.settings import SettingsService
from crm_desktop.services.tasks import TaskService
from crm_desktop.store import customers, lists, lookup
from crm_desktop.store.archive import Archive
from crm_desktop.store.lookup import Line

HITS = 8
_TASKS = 20
# A name of so many letters and more that nobody has may still be that of somebody in the trash.
_SHORTEST_NAME = 2


class Match(IntEnum):
    """How surely a customer is the one who is asked for, the surest first."""

    NUMBER = 0
    LINE = 1
    ENDING = 2
    TEXT = 3


class Hit(NamedTuple):
    """Somebody who may be meant.

    Attributes:
        point: his number that was asked for, None where he was found by something else.
    """

    row: CustomerRow
    match: Match
    point: ContactPoint | None = None


class Found(NamedTuple):
    """Who may be meant.

    Attributes:
        asked: what was looked for, without the dress of a link.
        number: the number that it is, as it would be kept; "" for a name or mere last digits.
        hits: the likeliest first.
        more: there are others.
        trashed: who lies in the trash and has that number or name; asked for where nobody else has.
    """

    asked: str
    number: str = ""
    hits: Sequence[Hit] = ()
    more: bool = False
    trashed: Sequence[tuple[CustomerId, str]] = ()


class Card(NamedTuple):
    """What is to be known before the receiver is lifted.

    Attributes:
        last: the last contact; notes are none.
        tasks: open ones, as they are due.
        cases: open ones, the worst first.
        owed, owing: what he owes us and what we owe him.
        articles: linked ones first, then those that share a tag.
        linked: the articles that are linked.
        phones: how his numbers are written, by their E.164.
    """

    customer: Customer
    last: Interaction | None
    tasks: Sequence[Task]
    cases: Sequence[Case]
    owed: Sequence[Promise]
    owing: Sequence[Promise]
    articles: Sequence[Article]
    linked: frozenset[ArticleId | None]
    phones: dict[str, str]


class LookupService:
    """Looks up who is ringing in one archive."""

    def __init__(
        self,
        archive: Archive,
        settings: SettingsService,
        customers: CustomerService,
        tasks: TaskService,
        cases: CaseService,
        promises: PromiseService,
        knowledge: KnowledgeService,
    ) -> None:
        self._archive = archive
        self._settings = settings
        self._customers = customers
        self._tasks = tasks
        self._cases = cases
        self._promises = promises
        self._knowledge = knowledge

    def find(self, text: str, *, limit: int = HITS) -> Found:
        """Who may be meant by a number in any form, its last four digits and more, or a name.

        Args:
            text: as typed, pasted or handed over by a `tel:` link.
            limit: at most so many.
        """
        asked = calls.asked(text)
        if not asked:
            return Found("")
        if not calls.is_number(asked):
            return self._by_text(Found(asked), limit)
        number = self._read(asked)
        whole = len(calls.line_of(asked)) >= calls.WHOLE
        found = Found(asked, number or (asked if whole else ""))
        with self._archive.reading() as c:
            lines = _ranked(lookup.with_digits(c, _needle(asked)), asked, number)
            best = {row.id: row for row in lists.rows(c, list(lines)[: limit + 1])}
        if not best:
            return self._by_text(found, limit)
        hits = [
            Hit(best[customer], match, point)
            for customer, (match, point) in lines.items()
            if customer in best
        ]
        return found._replace(hits=hits[:limit], more=len(lines) > limit)

    def _by_text(self, found: Found, limit: int) -> Found:
        rows = self._customers.search(found.asked, limit=limit + 1)
        hits = [Hit(row, Match.TEXT) for row in rows[:limit]]
        if rows or len(found.asked) < _SHORTEST_NAME:
            return found._replace(hits=hits, more=len(rows) > limit)
        return found._replace(trashed=self._in_trash(found, limit))

    def _in_trash(self, found: Found, limit: int) -> list[tuple[CustomerId, str]]:
        with self._archive.reading() as c:
            if calls.is_number(found.asked):
                lines = lookup.in_trash(c, _needle(found.asked))
                ranked = _ranked(lines, found.asked, self._read(found.asked))
                numbers = list(ranked)[:limit]
            else:
                query = CustomerListQuery(text=found.asked, trashed=True)
                numbers = [CustomerId(n) for n in lists.ids(c, query, limit=limit)]
            named = customers.names(c, numbers)
        return [(number, named[number]) for number in numbers if number in named]

    def _read(self, asked: str) -> str:
        """A number as E.164, "" where it is none at home nor anywhere."""
        from crm_desktop.bridge.values.phones import read_phones

        read = read_phones(asked, (self._settings.home_country(),))
        return next((phone.value for phone in read if phone.value), "")

    def card(self, customer_id: CustomerId) -> Card:
        """What is to be known of a customer.

        Raises:
            UserError: there is none of that number.
        """
        customer = self._customers.get(customer_id)
        promises = self._promises.open_of(customer_id)
        numbers = {point.value for point in customer.phones if point.value}
        written: Callable[[str], str] = self._settings.phone_writing() if numbers else str
        with self._archive.reading() as c:
            last = lookup.last_contact(c, customer_id)
        return Card(
            customer,
            last,
            self._tasks.of(customer_id, limit=_TASKS),
            [case for case in self._cases.of(customer_id) if case.is_open],
            [promise for promise in promises if promise.side is Side.THEY],
            [promise for promise in promises if promise.side is Side.WE],
            self._knowledge.for_customer(customer_id, customer.tags),
            frozenset(self._knowledge.linked_ids(customer_id)),
            {number: written(number) for number in numbers},
        )


def draft(found: Found) -> CustomerDraft:
    """What is known of somebody whom nobody found: his number, or his name."""
    if not found.number:
        return CustomerDraft(name=found.asked)
    point = ContactPoint(ContactKind.PHONE.value, found.number, None)
    return CustomerDraft(name="", contact_points=(point,))


def _needle(asked: str) -> str:
    """The last digits, by which candidates are found."""
    return (calls.line_of(asked) or calls.digits(asked))[-calls.WHOLE :]


def _ranked(
    lines: Iterable[Line], asked: str, number: str
) -> dict[CustomerId, tuple[Match, ContactPoint]]:
    """The customers whose number is asked for, the surest first, numbers in use before others."""
    best: dict[CustomerId, tuple[tuple[int, bool, int], Match, ContactPoint]] = {}
    for customer, point in lines:
        match = _match(point, asked, number)
        if match is None:
            continue
        rank = (int(match), point.do_not_use, -customer)
        if customer not in best or rank < best[customer][0]:
            best[customer] = (rank, match, point)
    ranked = sorted(best.items(), key=lambda one: one[1][0])
    surest = ranked[0][1][1] if ranked else Match.TEXT
    # Who has the very number rings; others merely end alike.
    return {
        customer: (match, point)
        for customer, (_rank, match, point) in ranked
        if surest is Match.ENDING or match is not Match.ENDING
    }


def _match(point: ContactPoint, asked: str, number: str) -> Match | None:
    if number and point.value == number:
        return Match.NUMBER
    stored = point.value or point.raw
    if calls.same_line(stored, asked):
        # A number that says its country is no other country's.
        apart = number and point.value and calls.is_international(asked)
        return None if apart else Match.LINE
    wanted = calls.digits(asked)
    if len(wanted) < calls.WHOLE and calls.digits(stored).endswith(wanted):
        return Match.ENDING
    return None
