"""The timeline: calls, visits, messages, e-mails, notes, and what the other tables tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import islice
from typing import Any

from crm_desktop.domain.customers import CustomerId, Interaction, InteractionId, InteractionKind
from crm_desktop.domain.exchange import FollowUp
from crm_desktop.domain.timeline import (
    EventKind,
    Place,
    TimelineEntry,
    TimelinePage,
    TimelineQuery,
)
from crm_desktop.store.engine import Connection
from crm_desktop.store.search.fold import fold
from crm_desktop.store.times import now, parse, write


def add(
    connection: Connection,
    owner: CustomerId,
    kind: InteractionKind,
    text: str,
    at: datetime | None = None,
) -> InteractionId:
    """Write an entry into the timeline; without a time, at this moment."""
    cursor = connection.execute(
        "INSERT INTO interaction (customer_id, kind, at, text) VALUES (?, ?, ?, ?)",
        (owner, kind.value, now() if at is None else write(at), text),
    )
    return InteractionId(cursor.lastrowid)


def follow_up(connection: Connection, entry: InteractionId, owner: int | None) -> FollowUp | None:
    """How another archive is told of an entry that a task follows up.

    Args:
        connection: for reading.
        entry: the entry.
        owner: the task's customer.
    """
    row = connection.execute(
        """SELECT kind, at, customer_id, (SELECT count(*) FROM interaction e
             WHERE e.customer_id = i.customer_id AND e.at = i.at AND e.kind = i.kind
             AND e.id < i.id) FROM interaction i WHERE id = ?""",
        (entry,),
    ).fetchone()
    if row is None:
        return None
    kind, at, customer, nth = row
    whose = None if customer == owner else customer
    return FollowUp(InteractionKind(kind), parse(at), nth, whose)


def followed(connection: Connection, owner: CustomerId, told: FollowUp) -> InteractionId | None:
    """The entry of a customer's timeline that such words tell of."""
    row = connection.execute(
        "SELECT id FROM interaction WHERE customer_id = ? AND at = ? AND kind = ?"
        " ORDER BY id LIMIT 1 OFFSET ?",
        (owner, write(told.at), told.kind.value, told.nth),
    ).fetchone()
    return None if row is None else InteractionId(row[0])


def page(
    connection: Connection,
    owner: CustomerId,
    *,
    before: tuple[datetime, InteractionId] | None,
    limit: int | None,
) -> list[Interaction]:
    """Entries of a customer's timeline, newest first, older than `before`; all without limit."""
    moment, number = (write(before[0]), int(before[1])) if before else ("9999", 0)
    rows = connection.execute(
        "SELECT id, kind, at, text, pinned FROM interaction"
        " WHERE customer_id = ? AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?",
        (owner, moment, number, -1 if limit is None else limit),
    )
    return [
        Interaction(
            InteractionId(r[0]), owner, InteractionKind(r[1]), parse(r[2]), r[3], bool(r[4])
        )
        for r in rows
    ]


def everything(connection: Connection, owner: CustomerId) -> list[Interaction]:
    """All entries of a customer's timeline, the newest first."""
    return page(connection, owner, before=None, limit=None)


# As `domain.quotations.of_version` writes it.
_REFERENCE = "iif(q.version > 1, q.number || '/' || q.version, q.number)"
# What the timeline is made of: each kind's rank among those of one moment, and its rows as
# (at, number, kind, text, more, pinned, row, rows) of the customer ?1.
_SOURCES: tuple[tuple[int, frozenset[str], str], ...] = (
    (
        0,
        frozenset((EventKind.CREATED,)),
        "SELECT created_at AS at, id AS number, 'created' AS kind, '' AS text, '' AS more,"
        " 0 AS pinned, 0 AS row, 0 AS rows FROM customer"
        " WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM import_row WHERE customer_id = ?1)",
    ),
    (
        1,
        frozenset((EventKind.IMPORTED,)),
        "SELECT b.at AS at, s.id AS number, 'imported' AS kind, f.name AS text, s.name AS more,"
        " 0 AS pinned, min(r.row) AS row, count(*) AS rows FROM import_row r"
        " JOIN import_sheet s ON s.id = r.sheet_id JOIN import_file f ON f.id = s.file_id"
        " JOIN import_batch b ON b.id = f.batch_id JOIN step t ON t.id = b.step_id"
        " WHERE r.customer_id = ?1 AND t.undone = 0 GROUP BY s.id",
    ),
    (
        2,
        frozenset((EventKind.STAGE,)),
        "SELECT at, id AS number, 'stage' AS kind, stage AS text, before AS more, 0 AS pinned,"
        " 0 AS row, 0 AS rows FROM stage_change WHERE customer_id = ?1",
    ),
    (
        3,
        frozenset((EventKind.DOCUMENT,)),
        "SELECT added_at AS at, id AS number, 'document' AS kind, name AS text, '' AS more,"
        " 0 AS pinned, 0 AS row, 0 AS rows FROM document WHERE customer_id = ?1",
    ),
    (
        4,
        frozenset((EventKind.CASE_OPENED,)),
        "SELECT opened_at AS at, id AS number, 'case_opened' AS kind, subject AS text,"
        " '' AS more, 0 AS pinned, 0 AS row, 0 AS rows FROM service_case WHERE customer_id = ?1",
    ),
    (
        5,
        frozenset((EventKind.CASE_RESOLVED,)),
        "SELECT resolved_at AS at, id AS number, 'case_resolved' AS kind, subject AS text,"
        " '' AS more, 0 AS pinned, 0 AS row, 0 AS rows FROM service_case"
        " WHERE customer_id = ?1 AND resolved_at IS NOT NULL",
    ),
    (
        6,
        frozenset((EventKind.PROMISE_KEPT,)),
        "SELECT kept_at AS at, id AS number, 'promise_kept' AS kind, text, '' AS more,"
        " 0 AS pinned, 0 AS row, 0 AS rows FROM promise"
        " WHERE customer_id = ?1 AND kept_at IS NOT NULL",
    ),
    (
        7,
        frozenset((EventKind.TASK_DONE,)),
        "SELECT done_at AS at, id AS number, 'task_done' AS kind, title AS text, '' AS more,"
        " 0 AS pinned, 0 AS row, 0 AS rows FROM task"
        " WHERE customer_id = ?1 AND done_at IS NOT NULL",
    ),
    (
        8,
        frozenset((EventKind.OPPORTUNITY,)),
        "SELECT m.at AS at, m.id AS number, 'opportunity' AS kind, o.title AS text,"
        " coalesce(s.name, '') AS more, 0 AS pinned, 0 AS row, 0 AS rows FROM opportunity o"
        " JOIN opportunity_move m ON m.opportunity_id = o.id"
        " LEFT JOIN pipeline_stage s ON s.id = m.stage_id WHERE o.customer_id = ?1",
    ),
    (
        9,
        frozenset((EventKind.QUOTATION_ISSUED,)),
        "SELECT q.issued_at AS at, q.id AS number, 'quotation_issued' AS kind, q.title AS text,"
        f" {_REFERENCE} AS more, 0 AS pinned, 0 AS row, 0 AS rows FROM quotation q"
        " WHERE q.customer_id = ?1 AND q.issued_at IS NOT NULL",
    ),
    (
        # What was replaced after it was decided had been declined: agreed upon, it would stand.
        10,
        frozenset((EventKind.QUOTATION_ACCEPTED, EventKind.QUOTATION_DECLINED)),
        "SELECT q.decided_at AS at, q.id AS number, iif(q.status = 'accepted',"
        " 'quotation_accepted', 'quotation_declined') AS kind, q.title AS text,"
        f" {_REFERENCE} AS more, 0 AS pinned, 0 AS row, 0 AS rows FROM quotation q"
        " WHERE q.customer_id = ?1 AND q.decided_at IS NOT NULL",
    ),
    (
        # The version that a cancelled order ended with is its cancellation.
        11,
        frozenset((EventKind.ORDER_CONFIRMED, EventKind.ORDER_CHANGED)),
        "SELECT v.agreed_at AS at, v.id AS number, iif(v.version = 1, 'order_confirmed',"
        " 'order_changed') AS kind, o.title AS text,"
        " iif(v.version = 1, o.number, o.number || '/' || v.version) AS more,"
        " 0 AS pinned, 0 AS row, 0 AS rows FROM sales_order o"
        " JOIN order_version v ON v.order_id = o.id WHERE o.customer_id = ?1"
        " AND v.agreed_at IS NOT NULL AND NOT (o.status = 'cancelled' AND v.status = 'agreed')",
    ),
    (
        12,
        frozenset((EventKind.ORDER_DONE, EventKind.ORDER_CANCELLED)),
        "SELECT o.closed_at AS at, o.id AS number, 'order_' || o.status AS kind,"
        " o.title AS text, o.number AS more, 0 AS pinned, 0 AS row, 0 AS rows FROM sales_order o"
        " WHERE o.customer_id = ?1 AND o.closed_at IS NOT NULL",
    ),
    (
        # Of a payment only the day is known.
        13,
        frozenset((EventKind.PAYMENT, EventKind.REFUND)),
        "SELECT p.paid_on || 'T12:00:00.000Z' AS at, p.id AS number,"
        " iif(p.kind = 'refund', 'refund', 'payment') AS kind, o.title AS text,"
        " p.amount || ' ' || p.currency AS more, 0 AS pinned, 0 AS row, 0 AS rows"
        " FROM sales_order o JOIN payment p ON p.order_id = o.id"
        " WHERE o.customer_id = ?1 AND p.voided_at IS NULL",
    ),
    (
        14,
        frozenset((EventKind.STEP_DONE,)),
        "SELECT s.done_at AS at, s.id AS number, 'step_done' AS kind, s.name AS text,"
        " o.title AS more, 0 AS pinned, 0 AS row, 0 AS rows FROM sales_order o"
        " JOIN order_step s ON s.order_id = o.id"
        " WHERE o.customer_id = ?1 AND s.done_at IS NOT NULL",
    ),
    (
        15,
        frozenset((EventKind.RULE,)),
        "SELECT at, id AS number, 'rule' AS kind, made AS text, said AS more, 0 AS pinned,"
        " 0 AS row, 0 AS rows FROM rule_firing WHERE customer_id = ?1",
    ),
    (
        16,
        frozenset((EventKind.SURVEY_ASKED,)),
        "SELECT r.asked_at AS at, r.id AS number, 'survey_asked' AS kind, s.title AS text,"
        " r.code AS more, 0 AS pinned, 0 AS row, 0 AS rows FROM survey_request r"
        " JOIN survey s ON s.id = r.survey_id WHERE r.customer_id = ?1",
    ),
    (
        # The first figure and the first words of each are what is to be seen at once.
        17,
        frozenset((EventKind.SURVEY_ANSWERED,)),
        "SELECT r.created_at AS at, r.id AS number, 'survey_answered' AS kind, s.title AS text,"
        " coalesce((SELECT group_concat(said, ' · ') FROM (SELECT CASE q.kind"
        " WHEN 'csat' THEN a.number || '/5' WHEN 'nps' THEN a.number || '/10' ELSE a.text END"
        " AS said FROM survey_answer a JOIN survey_question q ON q.id = a.question_id"
        " WHERE a.response_id = r.id AND (q.kind IN ('csat', 'nps') OR a.text <> '')"
        " ORDER BY q.position, q.id)), '') AS more,"
        " 0 AS pinned, 0 AS row, 0 AS rows FROM survey_response r"
        " JOIN survey s ON s.id = r.survey_id WHERE r.customer_id = ?1",
    ),
    (
        18,
        frozenset(InteractionKind),
        "SELECT at, id AS number, kind, text, '' AS more, pinned, 0 AS row, 0 AS rows"
        " FROM interaction WHERE customer_id = ?1",
    ),
)
_WRITTEN_RANK = 18
_MOST_PINNED = 50


def read(connection: Connection, query: TimelineQuery) -> TimelinePage:
    """A part of a customer's timeline: all kinds as one, the newest first.

    Each source gives no more rows than are wanted of all of them together, by its own index; a
    search goes on through the customer's own entries until it has found enough.
    """
    wanted = query.limit + 1
    matches = _matcher(query.text)
    limit = -1 if matches else wanted
    parts, parameters = [], [query.customer, *_before(query.before), limit]
    for rank, kinds, rows in _SOURCES:
        if chosen := kinds & query.kinds if query.kinds else kinds:
            parts.append(_part(rank, rows, chosen, whole=chosen == kinds))
    found = connection.execute(
        f"SELECT * FROM ({' UNION ALL '.join(parts)})"
        " ORDER BY at DESC, rank DESC, number DESC LIMIT ?5",
        parameters,
    )
    entries = list(map(_entry, islice(filter(matches, found), wanted)))
    pinned = [] if query.before else _pinned(connection, query)
    return TimelinePage(pinned, entries[: query.limit], len(entries) == wanted)


def _part(rank: int, rows: str, kinds: frozenset[str], *, whole: bool) -> str:
    """The newest rows of one source before a place (?2 at, ?3 rank, ?4 number)."""
    of_kinds = "" if whole else " AND kind IN ({})".format(", ".join(f"'{k}'" for k in kinds))
    # A moment alone lets an index be used; what is left stands at that very moment.
    return (
        f"SELECT * FROM (SELECT {rank} AS rank, * FROM ({rows}) WHERE at <= ?2"
        f" AND (at, {rank}, number) < (?2, ?3, ?4) AND pinned = 0{of_kinds}"
        " ORDER BY at DESC, number DESC LIMIT ?5)"
    )


def _before(place: Place | None) -> tuple[str, int, int]:
    return ("9999", 0, 0) if place is None else (write(place.at), place.rank, place.number)


def _pinned(connection: Connection, query: TimelineQuery) -> list[TimelineEntry]:
    if query.kinds and not query.kinds & set(InteractionKind):
        return []
    rows = connection.execute(
        f"SELECT {_WRITTEN_RANK}, at, id, kind, text, '', 1, 0, 0 FROM interaction"
        " WHERE customer_id = ? AND pinned = 1 ORDER BY at DESC, id DESC LIMIT ?",
        (query.customer, _MOST_PINNED),
    )
    matches = _matcher(query.text)
    found = map(_entry, filter(matches, rows))
    return [e for e in found if not query.kinds or e.kind in query.kinds]


def _matcher(text: str) -> Callable[[tuple[Any, ...]], bool] | None:
    """What says whether a row holds all words of a text; None for no words: then any does."""
    words = fold(text).split()
    if not words:
        return None

    def matches(row: tuple[Any, ...]) -> bool:
        folded = fold(f"{row[4]} {row[5]}")
        return all(word in folded for word in words)

    return matches


def _entry(row: tuple[Any, ...]) -> TimelineEntry:
    rank, at, number, kind, text, more, pinned, first, rows = row
    return TimelineEntry(
        kind, Place(parse(at), rank, number), text, more, bool(pinned), first, rows
    )


def owner(connection: Connection, number: InteractionId) -> CustomerId | None:
    """Whose entry it is, None where there is none."""
    row = connection.execute(
        "SELECT customer_id FROM interaction WHERE id = ?", (number,)
    ).fetchone()
    return None if row is None else CustomerId(row[0])


def change(
    connection: Connection,
    number: InteractionId,
    *,
    text: str | None = None,
    kind: InteractionKind | None = None,
    pinned: bool | None = None,
) -> None:
    """Change what is said of an entry; None leaves it."""
    connection.execute(
        "UPDATE interaction SET text = coalesce(?, text), kind = coalesce(?, kind),"
        " pinned = coalesce(?, pinned) WHERE id = ?",
        (text, kind, None if pinned is None else int(pinned), number),
    )


def delete(connection: Connection, number: InteractionId) -> None:
    """Take an entry away; tasks that follow it up stay."""
    connection.execute("DELETE FROM interaction WHERE id = ?", (number,))
