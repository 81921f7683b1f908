"""Bad input for the tests of services: what is typed, and every field that takes a text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import pytest

from crm_desktop.domain.articles import ArticleId
from crm_desktop.domain.cases import CaseId
from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    CustomerDraft,
    CustomerId,
    InteractionId,
)
from crm_desktop.domain.documents import DocumentId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.fields import CustomFieldId
from crm_desktop.domain.lists import SavedViewId
from crm_desktop.domain.promises import PromiseId, Side
from crm_desktop.domain.tasks import Task
from crm_desktop.services.workspace import Workspace

LONG = "x" * 300
ODD = (
    *(LONG, "🎈👨‍👩‍👧", "محمد\u202egpj.exe", "שלום (1)", "../../x", "CON", "NUL.txt"),
    *("<h1>Hi</h1><img src=x onerror=y()>", "'; DROP TABLE customer; --", "=1+1", "%s {0} {name}"),
    *("Jo\u00e3o", "& Filhos", "100%", "\\", '"', "\ufeffAna", "٠٩١٢", "-1", "NaN", "1e999"),
)
# With what it becomes in a line: nobody can see a difference.
TIDIED = {"a\0b": "a b", "a\ud800b": "a b", "a\nb\r\nc": "a b c", "  a \t b ": "a b"}
INVISIBLE = ("", " ", "\xa0\t\n", "\u200b\u200d", "\u202e", "\0")
NO_DAYS = (
    *("31/02/2026", "2026-02-30", "29/02/2025", "2026-13-01", "0000-00-00", "99999-12-31"),
    *(
        "9999-12-31",
        "32.1.2026",
        LONG,
        "🎈",
        "محمد",
        "<b>31/01/2026</b>",
        "../../x",
        "CON",
        "\u200b",
    ),
)
NO_PHONES = (
    "+351 9123",
    "12",
    "no number",
    "1.38E+10",
    "9" * 40,
    "🎈",
    "<b>1</b>",
    "../../x",
    LONG,
)
NO_EMAILS = ("a@b@c", "name", "@example.org", "a@", "a b@example.org", "<b>a@b.c</b>", "🎈", LONG)


@dataclass
class Kit:
    """An archive with one of each."""

    w: Workspace
    ana: CustomerId
    case: CaseId
    promise: PromiseId
    document: DocumentId
    article: ArticleId
    entry: InteractionId
    own: CustomFieldId
    view: SavedViewId


# Texts. The field that an error names, how it is written, how it is read.


class Place(NamedTuple):
    """A field: what an error calls it, how it is written and read, how long it may be."""

    field: str
    write: Callable[[Kit, str], object]
    read: Callable[[Kit], object]
    longest: int = 500


def _customer(field: str) -> Place:
    return Place(
        field,
        lambda k, text: k.w.customers.update(k.ana, field, text),
        lambda k: getattr(k.w.customers.get(k.ana), field),
    )


def _fact(field: str) -> Place:
    return Place(
        field,
        lambda k, text: k.w.customers.update(k.ana, field, text),
        lambda k: getattr(k.w.customers.get(k.ana).facts, field),
    )


def _case(field: str) -> Place:
    return Place(
        field,
        lambda k, text: k.w.cases.update(k.case, field, text),
        lambda k: getattr(k.w.cases.of(k.ana)[0], field),
    )


def _article(field: str) -> Place:
    return Place(
        field,
        lambda k, text: k.w.knowledge.update(k.article, field, text),
        lambda k: getattr(k.w.knowledge.get(k.article).article, field),
    )


def _address(part: str) -> Place:
    def write(k: Kit, text: str) -> None:
        known = next(iter(k.w.customers.get(k.ana).addresses), Address(street="Rua 1"))
        k.w.customers.save_address(k.ana, known._replace(**{part: text}))

    return Place(part, write, lambda k: getattr(k.w.customers.get(k.ana).addresses[0], part))


def _document_facts(field: str) -> Place:
    return Place(
        field,
        lambda k, text: k.w.documents.set_facts(k.document, **{field: text}),
        lambda k: getattr(k.w.documents.get(k.document).facts, field),
    )


def _task(field: str) -> Place:
    def write(k: Kit, text: str) -> None:
        tasks = k.w.tasks.of(k.ana)
        number = tasks[0].id if tasks else k.w.tasks.create(Task("Ring", k.ana))[0]
        k.w.tasks.change(Task(**{"title": "Ring", "customer_id": k.ana, "id": number, field: text}))

    return Place(field, write, lambda k: getattr(k.w.tasks.of(k.ana)[0], field))


NAMED: list[Place] = [
    _customer("name"),
    _case("subject"),
    _article("title"),
    _task("title"),
    Place(
        "text",
        lambda k, text: k.w.promises.update(k.promise, "text", text),
        lambda k: k.w.promises.open_of(k.ana)[0].text,
    ),
    Place(
        "name",
        lambda k, text: k.w.documents.rename(k.document, text),
        lambda k: k.w.documents.get(k.document).name,
    ),
    Place(
        "name",
        lambda k, text: k.w.views.save(replace(k.w.views.get(k.view), name=text)),
        lambda k: k.w.views.get(k.view).name,
        longest=60,
    ),
    Place(
        "taker",
        lambda k, text: (
            k.w.customers.update(k.ana, "owner", "Rui"),
            k.w.handovers.hand_over("Rui", text),
        ),
        lambda k: k.w.customers.get(k.ana).facts.owner,
    ),
]
LINES: list[Place] = [
    *map(_customer, ("given_name", "family_name", "organisation")),
    *map(_fact, ("title", "language", "source", "owner")),
    *map(_case, ("owner", "promised")),
    *map(_address, ("postcode", "city", "region", "country", "label")),
    *map(_document_facts, ("kind", "number")),
    _task("owner"),
    Place(
        "im",
        lambda k, text: _save_im(k, text),
        lambda k: next((p.raw for p in k.w.customers.get(k.ana).contact_points), ""),
    ),
    Place(
        "heading",
        lambda k, text: k.w.fields.set_heading(k.own, text),
        lambda k: next(f.heading for f in k.w.fields.all() if f.id == k.own),
    ),
]
LONG_TEXTS: list[Place] = [
    _customer("notes"),
    _fact("preferences"),
    *map(_case, ("text", "resolution")),
    _article("text"),
    _address("street"),
    _task("notes"),
    Place(
        "Own",
        lambda k, text: k.w.customers.set_custom(k.ana, "Own", text),
        lambda k: k.w.customers.get(k.ana).custom.get("Own", ""),
    ),
]


def _save_im(k: Kit, text: str) -> None:
    known = next((p.id for p in k.w.customers.get(k.ana).contact_points), None)
    k.w.customers.save_contact_point(k.ana, ContactKind.IM, text, contact_point_id=known)


DAYS: list[tuple[str, Callable[[Kit, str], object]]] = [
    ("birthday", lambda k, t: k.w.customers.update(k.ana, "birthday", t)),
    ("birthday", lambda k, t: k.w.customers.create(CustomerDraft("Rui", birthday=t))),
    ("issued_on", lambda k, t: k.w.documents.set_facts(k.document, issued_on=t)),
    ("expires_on", lambda k, t: k.w.documents.set_facts(k.document, expires_on=t)),
    ("promised_on", lambda k, t: k.w.cases.update(k.case, "promised_on", t)),
    ("due_on", lambda k, t: k.w.promises.update(k.promise, "due_on", t)),
    ("due_on", lambda k, t: k.w.promises.add(k.ana, Side.WE, "x", due=t)),
    ("due", lambda k, t: k.w.tasks.read_due(t)),
    ("repeat", lambda k, t: k.w.tasks.create(Task("x", k.ana, repeat=t))),
    ("day", lambda k, t: k.w.past.day(t)),
]


def refused(act: Callable[[], object], field: str) -> None:
    with pytest.raises(UserError) as caught:
        act()
    assert caught.value.field == field
    assert 10 < len(str(caught.value)) < 250
