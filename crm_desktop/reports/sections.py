"""The parts of a customer file: title, ways to reach, details, notes, timeline, origin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple
from urllib.parse import quote

from crm_desktop.domain import markup
from crm_desktop.domain.cases import Case
from crm_desktop.domain.customers import (
    ContactKind,
    ContactPoint,
    Customer,
    CustomerKind,
    Interaction,
    InteractionKind,
    Stage,
)
from crm_desktop.domain.documents import Document
from crm_desktop.domain.promises import Promise
from crm_desktop.domain.relations import FAMILY, NOBODY, Related, RelatedCustomer, RelationKind
from crm_desktop.i18n import _, ngettext, pgettext
from crm_desktop.reports import layout, wording
from crm_desktop.reports.layout import Row, rgb
from crm_desktop.reports.text import line, wrap


class Matters(NamedTuple):
    """What is open with a customer, and what his file is printed with.

    Attributes:
        cases, promises: his.
        feast: on which day his lunar birthday is kept next.
        home: code of the firm's country.
        headings: the groups of those of his own fields that stand in one, by name.
    """

    cases: Sequence[Case] = ()
    promises: Sequence[Promise] = ()
    feast: dt.date | None = None
    home: str = ""
    headings: Mapping[str, str] = {}


NO_MATTERS = Matters()
_GAP = 27.0
_AVATAR = 42.0
_STAGE_COLOURS = {
    Stage.POTENTIAL: (rgb("#DBEAFE"), rgb("#1D4ED8")),
    Stage.PROSPECT: (rgb("#FEF3C7"), rgb("#B45309")),
    Stage.CUSTOMER: (rgb("#DCFCE7"), rgb("#15803D")),
    Stage.FORMER: (rgb("#F1F5F9"), rgb("#475569")),
}
_KIND_COLOURS = {
    InteractionKind.CALL: (rgb("#DBEAFE"), rgb("#2563EB")),
    InteractionKind.VISIT: (rgb("#DCFCE7"), rgb("#16A34A")),
    InteractionKind.MESSAGE: (rgb("#EDE9FE"), rgb("#7C3AED")),
    InteractionKind.EMAIL: (rgb("#E0F2FE"), rgb("#0284C7")),
    InteractionKind.NOTE: (rgb("#FFEDD5"), rgb("#EA580C")),
}
_TAG_COLOURS = (rgb("#EEF2FF"), rgb("#4338CA"))
# Width of the labels before contact points and before custom fields, whose names are longer.
_LABEL = 64.0
_FIELD = 92.0
_INDENT = 22.0
_INITIALS = layout.NAME._replace(size=15, colour=layout.ACCENT, leading=22)


def customer_rows(
    customer: Customer,
    interactions: Sequence[Interaction],
    name: str,
    width: float,
    language: str,
    near: dt.datetime,
    related: Related = NOBODY,
    documents: Sequence[Document] = (),
    matters: Matters = NO_MATTERS,
) -> list[Row]:
    """A customer's file from top to bottom.

    Args:
        customer: whose it is.
        interactions: the timeline, newest first.
        name: what to call the customer.
        width: between the margins.
        language: dates are written its way.
        near: its time zone is the one of the times printed.
        related: where he works, who works there.
        documents: his; listed, not printed.
        matters: cases, promises, the day on which his lunar birthday is kept.
    """
    rows = [*_title(customer, name, width), layout.space(16)]
    bare = len(rows)
    rows += _warning(customer, width)
    rows += _contact(customer, width, language, matters.home)
    rows += _details(customer, width, language, related, matters)
    rows += _groups(customer, width, matters.headings)
    rows += _preferences(customer, width)
    rows += _promises(matters.promises, width, language)
    rows += _cases(matters.cases, width, language)
    rows += _people(related, width)
    rows += _documents(documents, width, language)
    if customer.notes.strip():
        section = _("Notes")
        rows += layout.heading(section, width)
        rows += layout.paragraph(
            markup.plain(customer.notes).strip("\n"), layout.TEXT, x=0, width=width, section=section
        )
        rows.append(layout.space(18))
    rows += _timeline(interactions, width, language, near)
    if len(rows) == bare:
        rows += layout.paragraph(_("Nothing else is recorded yet."), layout.QUIET, x=0, width=width)
        rows.append(layout.space(18))
    rows += _provenance(customer, width, language, near)
    return rows


def _warning(customer: Customer, width: float) -> list[Row]:
    """What whoever takes the paper into his hand must see first."""
    if customer.may_be_written_to:
        return []
    words = (
        _("Deceased: no greetings, no mailings.")
        if customer.facts.deceased
        else _("Do not contact: no greetings, no mailings.")
    )
    return [*layout.paragraph(words, layout.STRONG, x=0, width=width), layout.space(12)]


def _preferences(customer: Customer, width: float) -> list[Row]:
    """What he likes and needs, in his lines."""
    text = customer.facts.preferences.strip()
    if not text:
        return []
    section = _("Preferences")
    rows = layout.heading(section, width)
    rows += layout.paragraph(text, layout.TEXT, x=0, width=width, section=section)
    return [*rows, layout.space(15)]


def _promises(promises: Sequence[Promise], width: float, language: str) -> list[Row]:
    """What is still owed, a line each."""
    if not promises:
        return []
    rows = layout.heading(_("Promises"), width)
    for promise in promises:
        due = wording.date_text(promise.due_on, language) if promise.due_on else ""
        said = (wording.side_text(promise.side), due)
        rows += _named(promise.text, " · ".join(part for part in said if part), width)
    return [*rows, layout.space(15)]


def _cases(cases: Sequence[Case], width: float, language: str) -> list[Row]:
    """Complaints and requests, with what was promised and what came of them."""
    if not cases:
        return []
    section = _("Cases")
    rows = layout.heading(section, width)
    for case in cases:
        rows += _named(case.subject, wording.case_text(case), width)
        due = wording.date_text(case.promised_on, language) if case.promised_on else ""
        promised = " · ".join(part for part in (case.promised, due) if part)
        told = (
            case.text,
            _("Promised: {promise}").format(promise=promised) if promised else "",
            _("Resolution: {words}").format(words=case.resolution) if case.resolution else "",
        )
        for text in filter(None, told):
            rows += layout.paragraph(text, layout.QUIET, x=0, width=width, section=section)
        rows[-1].height += 4
    return [*rows, layout.space(15)]


def _title(customer: Customer, name: str, width: float) -> list[Row]:
    ground, colour = _STAGE_COLOURS[customer.stage]
    stage = wording.stage_text(customer.stage)
    pill = layout.pills([(stage, ground, colour)], x=0, width=width)[0]
    pill_width = pill.shapes[0][3]
    left = _AVATAR + 14
    room = width - left - pill_width - 16
    style = layout.NAME
    names = wrap(name, style, room)
    if len(names) > 2:
        style = layout.LONG_NAME
        names = wrap(name, style, room)
    subtitle = customer.organisation.strip()
    if not subtitle and customer.kind is CustomerKind.ORGANISATION:
        subtitle = wording.kind_text(customer.kind)
    subtitles = wrap(subtitle, layout.SUBTITLE, room) if subtitle else []
    height = style.leading * len(names) + layout.SUBTITLE.leading * len(subtitles)
    height += 2.5 if subtitles else 0.0  # Arabic reaches far below its base line
    row = Row(max(_AVATAR, height))
    initials = line(_initials(name), _INITIALS)
    row.shapes.append(("dot", 0, 0, _AVATAR, _AVATAR, layout.TINT))
    top = max(0.0, (_AVATAR - height) / 2)
    pill_top = top + 5
    for part in names:
        row.put(left, part, style, top=top)
        top += style.leading
    for part in subtitles:
        row.put(left, part, layout.SUBTITLE, top=top + 2.5)
        top += layout.SUBTITLE.leading
    # after the name, so that a reader of the text meets the name as one piece
    row.shapes += [(k, width - w, pill_top, w, h, c) for k, _x, _y, w, h, c in pill.shapes]
    for _x, below, text, pill_style in pill.texts:
        row.texts.append((width - pill_width + 8, pill_top + below, text, pill_style))
    row.put((_AVATAR - initials.width) / 2, initials, _INITIALS, top=_AVATAR / 2 - 11.2)
    tags = layout.pills(((tag, *_TAG_COLOURS) for tag in customer.tags), x=left, width=width - left)
    return [row, layout.space(8), *tags] if tags else [row]


def _contact(customer: Customer, width: float, language: str, home: str) -> list[Row]:
    """Ways to reach the customer at the left, addresses at the right."""
    half = (width - _GAP) / 2
    points = [_point(point, half) for point in customer.contact_points if point.raw or point.value]
    places = [
        layout.fact(
            wording.label_text(address.label, _("Address")),
            [*wording.address_lines(address, language, home), *_barred(address.do_not_use)],
            width=half,
            label_width=_LABEL,
        )
        for address in customer.addresses
        if not address.is_empty
    ]
    if points and places:
        left = [*layout.heading(_("Contact"), half), *chain.from_iterable(points)]
        right = [*layout.heading(_("Addresses"), half), *chain.from_iterable(places)]
        rows = layout.beside([(0.0, left), (half + _GAP, right)], limit=420)
    elif points or places:
        rows = [
            *layout.heading(_("Contact") if points else _("Addresses"), width),
            *layout.in_two(points or places, width=width, gap=_GAP),
        ]
    else:
        return []
    return [*rows, layout.space(14)]


def _point(point: ContactPoint, width: float) -> list[Row]:
    text, link = point.raw.strip() or point.value or "", ""
    if point.kind == ContactKind.PHONE:
        text = wording.phone_text(point.value, text)
    elif point.kind == ContactKind.EMAIL and point.value:
        text, link = point.value, f"mailto:{quote(point.value, safe='@+.-_')}"
    label = wording.contact_label(point)
    texts = [text, *_barred(point.do_not_use)]
    link = "" if point.do_not_use else link
    return layout.fact(label, texts, width=width, label_width=_LABEL, link=link)


def _barred(barred: bool) -> list[str]:
    return [_("(do not use)")] if barred else []


def _details(
    customer: Customer, width: float, language: str, related: Related, matters: Matters
) -> list[Row]:
    """What is known of him that stands in no group of the firm's own."""
    # The name of his organisation stands below his own already.
    subtitle = customer.organisation.strip()
    facts = [
        (wording.relation_text(one.kind), f"{one.name} ({one.label})" if one.label else one.name)
        for one in related.forward
        if one.kind != RelationKind.WORKS_AT or one.label or one.name.strip() != subtitle
    ]
    facts += [
        (wording.relation_text(one.kind, turned=True, reverse=one.reverse), one.name)
        for one in related.backward
        if one.kind in FAMILY
    ]
    facts += _personal(customer, language)
    if customer.birthday:
        day = wording.birthday_text(customer.birthday, language)
        if matters.feast is not None:
            day = f"{day} ({wording.date_text(matters.feast, language)})"
        facts.append((_("Birthday"), day))
    facts += [
        (name, value.strip())
        for name, value in customer.custom.items()
        if value.strip() and name not in matters.headings
    ]
    return _facts(_("Details"), facts, width) if facts else []


def _groups(customer: Customer, width: float, headings: Mapping[str, str]) -> list[Row]:
    """His own fields by the headings that they stand under."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name, value in customer.custom.items():
        if value.strip() and name in headings:
            groups.setdefault(headings[name], []).append((name, value.strip()))
    return [row for title, facts in groups.items() for row in _facts(title, facts, width)]


def _facts(title: str, facts: Sequence[tuple[str, str]], width: float) -> list[Row]:
    """Facts under a heading: short ones in two columns, long ones across the page."""
    half = (width - _GAP) / 2
    rows = layout.heading(title, width)
    short: list[list[Row]] = []
    for label, value in facts:
        fact = layout.fact(label, [value], width=half, label_width=_FIELD)
        if len(fact) <= 3:
            short.append(fact)
            continue
        rows += layout.in_two(short, width=width, gap=_GAP)
        rows += layout.fact(label, [value], width=width, label_width=_FIELD)
        short = []
    return [*rows, *layout.in_two(short, width=width, gap=_GAP), layout.space(15)]


def _personal(customer: Customer, language: str) -> list[tuple[str, str]]:
    """What the firm knows of him beside the ways to reach him."""
    known = customer.facts
    told = (
        (_("Title"), known.title),
        (_("Looked after by"), known.owner),
        (_("Rating"), "★" * known.rating),
        (_("Came through"), known.source),
        (_("Language"), wording.language_text(known.language, language) if known.language else ""),
    )
    return [(label, value) for label, value in told if value]


def _people(related: Related, width: float) -> list[Row]:
    """Those who work at an organisation, in two columns: name, and how to reach each."""
    people = [one for one in related.backward if one.kind not in FAMILY]
    if not people:
        return []
    half = (width - _GAP) / 2
    at_work = all(one.kind == RelationKind.WORKS_AT for one in people)
    rows = layout.heading(_("People") if at_work else pgettext("section", "Related"), width)
    rows += layout.in_two([_person(one, half) for one in people], width=width, gap=_GAP)
    if related.more:
        said = ngettext("and {n} more", "and {n} more", related.more).format(n=related.more)
        rows += layout.paragraph(said, layout.QUIET, x=0, width=width)
    return [*rows, layout.space(15)]


def _person(one: RelatedCustomer, width: float) -> list[Row]:
    own = (
        ()
        if one.kind == RelationKind.WORKS_AT
        else (wording.relation_text(one.kind, turned=True, reverse=one.reverse),)
    )
    reached = wording.phone_text(one.phone, one.phone) if one.phone else one.email
    detail = ", ".join(part for part in (*own, one.label, reached) if part)
    return _named(one.name, detail, width)


def _named(name: str, detail: str, width: float) -> list[Row]:
    """A name at the left, what is said of it at the right."""
    details = wrap(detail, layout.LABEL, width * 0.6) if detail else []
    taken = max((part.width for part in details), default=0.0)
    names = wrap(name, layout.VALUE, width - taken - 10)
    rows = []
    for index in range(max(len(names), len(details))):
        row = Row(layout.VALUE.leading)
        if index < len(names):
            row.put(0, names[index], layout.VALUE)
        if index < len(details):
            row.put_right(width, details[index], layout.LABEL, top=0.3)
        rows.append(row)
    rows[-1].height += 3
    return rows


def _documents(documents: Sequence[Document], width: float, language: str) -> list[Row]:
    """What is in the archive of him, a line each."""
    if not documents:
        return []
    section = _("Documents")
    rows = layout.heading(section, width)
    for document in documents:
        facts = document.facts
        expires = ""
        if facts.expires_on:
            day = wording.date_text(dt.date.fromisoformat(facts.expires_on), language)
            expires = _("expires {date}").format(date=day)
        detail = " · ".join(part for part in (facts.kind, facts.number, expires) if part)
        rows += _named(document.name, detail, width)
    return [*rows, layout.space(15)]


def _timeline(
    interactions: Sequence[Interaction], width: float, language: str, near: dt.datetime
) -> list[Row]:
    if not interactions:
        return []
    section = _("Timeline")
    rows = layout.heading(section, width)
    last = len(interactions) - 1
    for index, interaction in enumerate(interactions):
        ground, colour = _KIND_COLOURS[interaction.kind]
        head = Row(layout.STRONG.leading, section=section)
        kind = wording.interaction_text(interaction.kind)
        head.put(_INDENT, line(kind, layout.STRONG), layout.STRONG)
        moment = wording.moment_text(interaction.at, near, language)
        head.put_right(width, line(moment, layout.LABEL), layout.LABEL, top=0.4)
        entry = [head]
        if text := interaction.text.strip():
            head.keep = True
            entry += layout.paragraph(
                text, layout.TEXT, x=_INDENT, width=width - _INDENT, section=section
            )
        if index < last:
            entry[-1].height += 8
            for row in entry:  # the thread that runs down to the next entry
                above = 7 if index == 0 and row is head else 0
                row.shapes.append(("rule", 5.6, above, 0.8, row.height - above, layout.HAIRLINE))
        head.shapes.append(("dot", 0.5, 1.6, 11, 11, ground))
        head.shapes.append(("dot", 3.5, 4.6, 5, 5, colour))
        rows += entry
    return [*rows, layout.space(18)]


def _provenance(customer: Customer, width: float, language: str, near: dt.datetime) -> list[Row]:
    texts = [
        _("Imported from {file}, sheet {sheet}, row {row}").format(
            file=source.file, sheet=source.sheet, row=source.row
        )
        if source.sheet
        else _("Imported from {file}, row {row}").format(file=source.file, row=source.row)
        for source in customer.sources
    ]
    if customer.created_at is not None:
        day = wording.local(customer.created_at, near).date()
        texts.append(_("In the archive since {date}").format(date=wording.date_text(day, language)))
    return [row for text in texts for row in layout.paragraph(text, layout.SMALL, x=0, width=width)]


def _initials(name: str) -> str:
    """One or two letters for a name: the first of the first and of the last word."""
    words = [word for word in name.split() if word[0].isalnum()] or name.split()
    first = words[0][0]
    if len(words) == 1 or not (first.isascii() or first.isupper()):
        return first.upper()
    return (first + words[-1][0]).upper()
