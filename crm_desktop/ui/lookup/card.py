"""The card of who is ringing: who, what is known of him, what is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.domain import markup
from crm_desktop.domain.customers import ContactPoint, Customer
from crm_desktop.domain.tasks import Task
from crm_desktop.i18n import _
from crm_desktop.services.lookup import Card
from crm_desktop.ui import dues
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import SPACE, fonts, paint
from crm_desktop.ui.timeline_words import kind_text
from crm_desktop.ui.widgets.basic import Avatar, ElidedLabel, Icon, button, column, label, row
from crm_desktop.ui.widgets.notice import Notice

_MOST = 4  # of a kind; the file has the others


class CallerCard(QScrollArea):
    """Shows one customer; `article_wanted` carries the number of an article to be read."""

    article_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.card: Card | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.avatar = Avatar()
        self.name = ElidedLabel("", "record")
        self.under = ElidedLabel("", "secondary")
        self.barred = Notice("ban", kind="error")
        self.unused = Notice("phone", kind="warning")
        self._lines = QWidget()
        names = column(None, self.name, self.under, None, spacing=1)
        head = row(self.avatar, spacing=SPACE.m)
        head.addLayout(names, 1)
        inner = QWidget()
        self._box = QVBoxLayout(inner)
        self._box.setContentsMargins(SPACE.l, SPACE.m, SPACE.l, SPACE.m)
        self._box.setSpacing(SPACE.s)
        self._box.addLayout(head)
        for part in (self.barred, self.unused, self._lines):
            self._box.addWidget(part)
        self._box.addStretch(1)
        self.setWidget(inner)

    def texts(self) -> list[str]:
        """What the card says below the name, from top to bottom."""
        return [
            part.property("said")
            for part in self._lines.findChildren(QWidget)
            if part.property("said")
        ]

    def show_card(self, card: Card, point: ContactPoint | None, now: datetime) -> None:
        """Show a customer.

        Args:
            card: his.
            point: the number that rings, None where he was found otherwise.
            now: by the owner's clock.
        """
        self.card = card
        customer = card.customer
        fonts.ensure_for(customer.name, customer.organisation, customer.notes)
        self.avatar.set_name(customer.name)
        self.name.set_text(customer.name)
        under = (customer.organisation, paint.stage_text(customer.stage.value), *customer.tags)
        self.under.set_text(" · ".join(part for part in under if part))
        facts = customer.facts
        self.barred.text.setText(_("Deceased") if facts.deceased else _("Do not contact"))
        self.barred.setVisible(not customer.may_be_written_to)
        unused = point is not None and point.do_not_use
        self.unused.text.setText(_("This number is marked: do not use."))
        self.unused.setVisible(unused)
        self._fill(card, now)
        self.setAccessibleName(customer.name)
        self.setAccessibleDescription(". ".join(self.texts()))
        self.verticalScrollBar().setValue(0)

    def _fill(self, card: Card, now: datetime) -> None:
        # A new widget in the old one's place: a card has other lines each time.
        lines = QWidget()
        box = QVBoxLayout(lines)
        box.setContentsMargins(0, SPACE.xs, 0, 0)
        box.setSpacing(SPACE.xs)
        customer = card.customer
        for point in customer.phones[:_MOST]:
            box.addWidget(_line("phone", _number(point, card)))
        box.addWidget(_line("history", _last(card)))
        for icon, texts in (
            ("circle-alert", [_("Case: {text}").format(text=c.subject) for c in card.cases]),
            ("list-checks", [_task(task, now) for task in card.tasks]),
            ("hash", [_("Owes us: {text}").format(text=p.text) for p in card.owed]),
            ("handshake", [_("We owe: {text}").format(text=p.text) for p in card.owing]),
            ("sticky-note", _notes(customer)),
        ):
            _add(box, icon, texts)
        for article in card.articles[:_MOST]:
            said = article.title
            made = button(
                said, "book-open", kind="link", clicked=partial(self._read, article.id),
                name=_("Article: {text}").format(text=said),
            )  # fmt: skip
            made.setProperty("said", said)
            made.setIconSize(QSize(15, 15))
            box.addLayout(row(made, None))
        self._box.replaceWidget(self._lines, lines)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = lines
        lines.show()

    def _read(self, article: object, *_checked: object) -> None:
        self.article_wanted.emit(article)


def _line(icon: str, text: str) -> QWidget:
    made = QWidget()
    words = ElidedLabel(text)
    made.setLayout(row(Icon(icon, "mute", 15), words, spacing=SPACE.s))
    made.setProperty("said", text)
    return made


def _add(box: QVBoxLayout, icon: str, texts: Iterable[str]) -> None:
    listed = list(texts)
    for text in listed[:_MOST]:
        box.addWidget(_line(icon, text))
    if len(listed) > _MOST:
        more = _("… and {n} more").format(n=say.number(len(listed) - _MOST))
        box.addWidget(label(more, "caption"))


def _number(point: ContactPoint, card: Card) -> str:
    number = card.phones.get(point.value or "", point.raw)
    words = _("{number} (do not use)") if point.do_not_use else "{number}"
    return " · ".join(part for part in (words.format(number=number), point.label) if part)


def _last(card: Card) -> str:
    if card.last is None:
        return _("No contact so far")
    words = " ".join(markup.plain(card.last.text).split())
    return f"{kind_text(card.last.kind.value)}, {say.moment(card.last.at)}: {words}"


def _task(task: Task, now: datetime) -> str:
    due = dues.due_of(task, now)
    return _("Task: {text}").format(text=" · ".join(part for part in (task.title, due) if part))


def _notes(customer: Customer) -> list[str]:
    """The first line of his notes."""
    return [line for line in markup.plain(customer.notes).split("\n") if line.strip()][:1]
