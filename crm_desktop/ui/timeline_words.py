"""How the entries of a timeline look and read."""

from __future__ import annotations

from crm_desktop.domain.customers import InteractionKind
from crm_desktop.domain.money import Money
from crm_desktop.domain.timeline import EventKind, TimelineEntry
from crm_desktop.i18n import _, ngettext, pgettext
from crm_desktop.services import amounts
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import Colours, Tint, paint

# In the order in which they are offered.
KINDS = (
    InteractionKind.CALL,
    InteractionKind.VISIT,
    InteractionKind.MESSAGE,
    InteractionKind.EMAIL,
    InteractionKind.NOTE,
)

_NUMBERED = frozenset(
    (
        *(EventKind.QUOTATION_ISSUED, EventKind.QUOTATION_ACCEPTED, EventKind.QUOTATION_DECLINED),
        *(EventKind.ORDER_CONFIRMED, EventKind.ORDER_CHANGED),
        *(EventKind.ORDER_DONE, EventKind.ORDER_CANCELLED),
    )
)
_PAYMENTS = frozenset((EventKind.PAYMENT, EventKind.REFUND))


def kind_text(kind: str) -> str:
    """The word for an entry's kind."""
    return {
        InteractionKind.CALL.value: pgettext("interaction", "Call"),
        InteractionKind.VISIT.value: pgettext("interaction", "Visit"),
        InteractionKind.MESSAGE.value: pgettext("interaction", "Message"),
        InteractionKind.EMAIL.value: pgettext("interaction", "E-mail"),
        InteractionKind.NOTE.value: pgettext("interaction", "Note"),
        EventKind.CREATED.value: _("Created"),
        EventKind.IMPORTED.value: _("Imported"),
        EventKind.STAGE.value: _("Stage changed"),
        EventKind.DOCUMENT.value: _("Document added"),
        EventKind.CASE_OPENED.value: _("Case opened"),
        EventKind.CASE_RESOLVED.value: _("Case resolved"),
        EventKind.PROMISE_KEPT.value: _("Promise kept"),
        EventKind.TASK_DONE.value: _("Task done"),
        EventKind.OPPORTUNITY.value: _("Opportunity"),
        EventKind.QUOTATION_ISSUED.value: _("Quotation issued"),
        EventKind.QUOTATION_ACCEPTED.value: _("Quotation accepted"),
        EventKind.QUOTATION_DECLINED.value: _("Quotation declined"),
        EventKind.ORDER_CONFIRMED.value: _("Order confirmed"),
        EventKind.ORDER_CHANGED.value: _("Order changed"),
        EventKind.ORDER_DONE.value: _("Order done"),
        EventKind.ORDER_CANCELLED.value: _("Order cancelled"),
        EventKind.PAYMENT.value: _("Payment received"),
        EventKind.REFUND.value: _("Refund given"),
        EventKind.STEP_DONE.value: _("Step done"),
        EventKind.RULE.value: _("Made by a rule"),
        EventKind.SURVEY_ASKED.value: _("Asked for satisfaction"),
        EventKind.SURVEY_ANSWERED.value: _("Survey answered"),
    }.get(kind, kind)


def icon_of(kind: str) -> str:
    """The sign of a kind."""
    return {
        InteractionKind.CALL.value: "phone",
        InteractionKind.VISIT.value: "calendar",
        InteractionKind.MESSAGE.value: "message-circle",
        InteractionKind.EMAIL.value: "mail",
        InteractionKind.NOTE.value: "sticky-note",
        EventKind.CREATED.value: "user-plus",
        EventKind.IMPORTED.value: "file-up",
        EventKind.STAGE.value: "layers",
        EventKind.DOCUMENT.value: "paperclip",
        EventKind.CASE_OPENED.value: "circle-alert",
        EventKind.CASE_RESOLVED.value: "circle-check",
        EventKind.PROMISE_KEPT.value: "handshake",
        EventKind.TASK_DONE.value: "square-check",
        EventKind.OPPORTUNITY.value: "briefcase",
        EventKind.QUOTATION_ISSUED.value: "file-text",
        EventKind.QUOTATION_ACCEPTED.value: "circle-check",
        EventKind.QUOTATION_DECLINED.value: "circle-x",
        EventKind.ORDER_CONFIRMED.value: "file-text",
        EventKind.ORDER_CHANGED.value: "file-text",
        EventKind.ORDER_DONE.value: "circle-check",
        EventKind.ORDER_CANCELLED.value: "circle-x",
        EventKind.PAYMENT.value: "circle-check",
        EventKind.REFUND.value: "undo-2",
        EventKind.STEP_DONE.value: "square-check",
        EventKind.RULE.value: "repeat",
        EventKind.SURVEY_ASKED.value: "circle-question-mark",
        EventKind.SURVEY_ANSWERED.value: "star",
    }.get(kind, "circle-dot")


def tint_of(kind: str, c: Colours) -> Tint:
    """The colours of a kind's sign."""
    return {
        InteractionKind.CALL.value: c.blue,
        InteractionKind.VISIT.value: c.green,
        InteractionKind.MESSAGE.value: c.violet,
        InteractionKind.EMAIL.value: c.violet,
        InteractionKind.NOTE.value: c.amber,
        EventKind.CREATED.value: c.avatars[4],
        EventKind.CASE_OPENED.value: c.red,
        EventKind.CASE_RESOLVED.value: c.green,
        EventKind.TASK_DONE.value: c.green,
        EventKind.PROMISE_KEPT.value: c.green,
        EventKind.STEP_DONE.value: c.green,
        EventKind.SURVEY_ANSWERED.value: c.amber,
    }.get(kind, c.neutral)


def body_of(entry: TimelineEntry) -> str:
    """What an entry says below its kind."""
    if entry.kind == EventKind.STAGE:
        return f"{paint.stage_text(entry.more)} → {paint.stage_text(entry.text)}"
    if entry.kind == EventKind.OPPORTUNITY:
        return f"{entry.text} → {entry.more}" if entry.more else entry.text
    if entry.kind in _PAYMENTS:
        amount, currency = entry.more.split(" ")
        return f"{amounts.money_shown(Money(int(amount), currency))} · {entry.text}"
    if entry.kind in _NUMBERED:
        return f"{entry.more} · {entry.text}"
    if entry.kind == EventKind.STEP_DONE:
        return f"{entry.text} · {entry.more}"
    if entry.kind == EventKind.RULE:
        return f"{entry.text}\n{entry.more}"
    if entry.kind in (EventKind.SURVEY_ASKED, EventKind.SURVEY_ANSWERED):
        return " · ".join(filter(None, (entry.text, entry.more)))
    if entry.kind == EventKind.IMPORTED:
        return _import_text(entry)
    return entry.text


def _import_text(entry: TimelineEntry) -> str:
    words = _("{file} · {sheet} · row {row}") if entry.more else _("{file} · row {row}")
    said = words.format(file=entry.text, sheet=entry.more, row=say.number(entry.row))
    if entry.rows > 1:
        more = ngettext("and {n} more", "and {n} more", entry.rows - 1)
        said = f"{said} {more.format(n=say.number(entry.rows - 1))}"
    return said


def spoken(entry: TimelineEntry) -> str:
    """A whole entry as a screen reader says it."""
    pinned = _("Pinned") if entry.pinned else ""
    parts = (pinned, kind_text(entry.kind), say.moment(entry.place.at), body_of(entry))
    return ". ".join(part for part in parts if part)
