"""What a lookup found, for a terminal and as JSON."""

from __future__ import annotations

from typing import Any

from crm_desktop.domain import markup
from crm_desktop.domain.customers import Interaction
from crm_desktop.i18n import _
from crm_desktop.services.lookup import Card, Found, Hit

_LONGEST = 100


def as_document(found: Found, card: Card | None) -> dict[str, Any]:
    """As JSON: who may be meant, and the card of the one who is."""
    return {
        "asked": found.asked,
        "number": found.number,
        "hits": [_hit(hit) for hit in found.hits],
        "more": found.more,
        "trashed": [{"id": number, "name": name} for number, name in found.trashed],
        "card": None if card is None else _card(card),
    }


def _hit(hit: Hit) -> dict[str, Any]:
    row, point = hit.row, hit.point
    return {
        "id": row.id,
        "name": row.name,
        "organisation": row.organisation,
        "match": hit.match.name.lower(),
        "number": None if point is None else point.value or point.raw,
        "do_not_use": point is not None and point.do_not_use,
    }


def _card(card: Card) -> dict[str, Any]:
    facts, last = card.customer.facts, card.last
    return {
        "id": card.customer.id,
        "name": card.customer.name,
        "organisation": card.customer.organisation,
        "stage": str(card.customer.stage),
        "tags": list(card.customer.tags),
        "deceased": facts.deceased,
        "do_not_contact": facts.do_not_contact,
        "last_contact": None
        if last is None
        else {"kind": str(last.kind), "at": last.at.isoformat(), "text": last.text},
        "tasks": [
            {"title": task.title, "due_on": task.due_on and task.due_on.isoformat()}
            for task in card.tasks
        ],
        "cases": [case.subject for case in card.cases],
        "they_owe": [promise.text for promise in card.owed],
        "we_owe": [promise.text for promise in card.owing],
        "articles": [article.title for article in card.articles],
    }


def as_text(found: Found, card: Card | None) -> str:
    """As lines: the card of the one who is meant, or all who may be."""
    lines = []
    if card is None or len(found.hits) > 1:
        lines += ["\t".join(_columns(hit)) for hit in found.hits]
        if found.more:
            lines.append(_("… and others"))
    elif card is not None:
        lines += _lines(card)
    if not found.hits:
        lines.append(_("Nobody was found."))
    lines += [_("In the trash: {name}").format(name=name) for _number, name in found.trashed]
    return "\n".join(lines)


def _columns(hit: Hit) -> list[str]:
    number = hit.row.phone if hit.point is None else hit.point.value or hit.point.raw
    if hit.point is not None and hit.point.do_not_use:
        number = _("{number} (do not use)").format(number=number)
    return [str(hit.row.id), hit.row.name, hit.row.organisation, number]


def _lines(card: Card) -> list[str]:
    customer = card.customer
    head = " · ".join(part for part in (customer.name, customer.organisation) if part)
    lines = [f"{customer.id}\t{head}"]
    if customer.facts.deceased:
        lines.append(_("Deceased"))
    if customer.facts.do_not_contact:
        lines.append(_("Do not contact"))
    for point in customer.phones:
        number = card.phones.get(point.value or "", point.raw)
        words = _("{number} (do not use)") if point.do_not_use else "{number}"
        lines.append(words.format(number=" ".join((point.label, number)).strip()))
    if customer.tags:
        lines.append(_("Tags: {tags}").format(tags=", ".join(customer.tags)))
    if card.last is not None:
        lines.append(_("Last contact: {words}").format(words=_contact(card.last)))
    for words, texts in (
        (_("Task: {text}"), [_task(t.title, t.due_on) for t in card.tasks]),
        (_("Case: {text}"), [case.subject for case in card.cases]),
        (_("Owes us: {text}"), [promise.text for promise in card.owed]),
        (_("We owe: {text}"), [promise.text for promise in card.owing]),
        (_("Article: {text}"), [article.title for article in card.articles]),
    ):
        lines += [words.format(text=text) for text in texts]
    if customer.notes:
        lines.append(_("Notes: {text}").format(text=_short(markup.plain(customer.notes))))
    return lines


def _contact(last: Interaction) -> str:
    return f"{last.at.astimezone():%Y-%m-%d %H:%M} {_short(last.text)}"


def _task(title: str, due: object) -> str:
    return title if due is None else f"{title} ({due})"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
