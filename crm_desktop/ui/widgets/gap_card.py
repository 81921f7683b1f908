"""The gap queue: one question about one customer, a field to answer it, Enter for the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.changes import Changes
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.gaps import Gap, GapKind, Ranking
from crm_desktop.i18n import _
from crm_desktop.services.gaps import GapService
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.theme import SPACE, fonts, paint
from crm_desktop.ui.widgets.basic import (
    Avatar,
    Card,
    ElidedLabel,
    Icon,
    button,
    column,
    label,
    row,
)
from crm_desktop.ui.widgets.edit import LineEdit

# Fewer than these in hand, and the next are asked for.
_FEW = 4
_TABLES = frozenset(("customer", "contact_point", "address", "document", "setting"))


class GapCard(Card):
    """Enter saves and goes on, an empty Enter asks later, Ctrl+Enter never again.

    `left` tells that the list is to have the keyboard.
    """

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, margins=(16, 14, 16, 14))
        self._owner = ""
        self._ranking: Ranking = ()
        self._place = 0
        self._queue: list[Gap] = []
        # Answered or put off since the order was made.
        self._over: set[str] = set()
        self._asking = False
        self._avatar = Avatar(34)
        self.name = ElidedLabel("", "strong")
        self._facts = ElidedLabel("", "secondary")
        self.question = label("", "section", wrap=True)
        self.field = LineEdit()
        self.field.returnPressed.connect(self.answer)
        self.field.textEdited.connect(self._clear_error)
        self.field.installEventFilter(self)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.save = button(
            _("Save"), "check", kind="primary", clicked=self.answer, tip=_("Save, next (Enter)")
        )
        self.later = button(
            _("Later"),
            kind="quiet",
            clicked=self.skip,
            tip=_("Ask later (Enter on an empty field)"),
        )
        self.never = button(
            _("Not needed"),
            kind="quiet",
            clicked=self.not_needed,
            tip=_("Never ask again (Ctrl+Enter)"),
        )
        self.open = button(
            _("Open the file"), kind="link", clicked=self._open, tip=_("Open the customer’s file")
        )
        self._build()
        session = session_of(self)
        session.bus.changed.connect(self._changed)

    def _build(self) -> None:
        head = row(Icon("sparkles", "accent", 16), label(_("Fill a gap"), "section"), None)
        head.addWidget(self.open)
        self.body.addLayout(head)
        asked = QWidget()
        box = QVBoxLayout(asked)
        box.setContentsMargins(0, SPACE.xs, 0, 0)
        box.setSpacing(SPACE.s)
        who = row(self._avatar, spacing=SPACE.m)
        who.addLayout(column(self.name, self._facts, spacing=0), 1)
        box.addLayout(who)
        box.addSpacing(SPACE.xs)
        for part in (self.question, self.field, self.error):
            box.addWidget(part)
        box.addWidget(self.save)
        box.addLayout(row(self.later, self.never, None))
        keys = _("Enter saves and asks the next; an empty Enter asks later.")
        box.addWidget(label(keys, "caption", wrap=True))
        box.addStretch(1)
        nothing = QWidget()
        none = QVBoxLayout(nothing)
        none.setContentsMargins(0, SPACE.s, 0, 0)
        self._nothing = label("", "mute", wrap=True)
        none.addWidget(self._nothing)
        none.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(nothing)
        self.stack.addWidget(asked)
        self.body.addWidget(self.stack)
        self.open.hide()

    # Asking.

    def ask(self, owner: str = "") -> None:
        """Put the customers into their order, and ask about the first."""
        self._owner = owner
        self._over.clear()
        gaps = self._service()

        def read() -> tuple[Ranking, list[Gap], int]:
            ranking = gaps.ranking(owner=owner)
            return (ranking, *gaps.find(ranking, 0))

        ReadOp(self, read, key="gaps").success(self._take).run()

    @property
    def gap(self) -> Gap | None:
        """What is asked for."""
        return self._queue[0] if self._queue else None

    def _take(self, found: tuple[Ranking, list[Gap], int]) -> None:
        asked = self.gap
        self._ranking, self._queue, self._place = found
        # Somebody is about to answer: the question stays.
        if asked is not None and self.field.hasFocus():
            self._queue = [asked, *(gap for gap in self._queue if gap.key != asked.key)]
        self._show(anew=asked is None or self.gap is None or asked.key != self.gap.key)

    def _more(self) -> None:
        if self._asking or len(self._queue) > _FEW or self._place >= len(self._ranking):
            return
        self._asking = True
        gaps, ranking, place = self._service(), self._ranking, self._place

        def add(found: tuple[list[Gap], int]) -> None:
            more, self._place = found
            was_empty = not self._queue
            self._queue += [gap for gap in more if gap.key not in self._over]
            if was_empty:
                self._show(anew=True)

        def ended() -> None:
            self._asking = False

        read = ReadOp(self, lambda: gaps.find(ranking, place), key="more")
        read.success(add).always(ended).run()

    def _show(self, *, anew: bool) -> None:
        gap = self.gap
        self.open.setVisible(gap is not None)
        self.stack.setCurrentIndex(gap is not None)
        if gap is None:
            self._nothing.setText(
                _("Nothing is missing: your customers’ files are complete.")
                if self._place >= len(self._ranking)
                else ""
            )
            return
        customer = gap.customer
        fonts.ensure_for(customer.name, customer.organisation, gap.text)
        self._avatar.set_name(customer.name)
        self.name.set_text(customer.name)
        facts = ("★" * customer.facts.rating, paint.stage_text(customer.stage), _place(gap))
        self._facts.set_text(" · ".join(part for part in facts if part))
        question, example = _question(gap)
        self.question.setText(question)
        if anew:
            self.field.setText(gap.text)
            self.field.selectAll()
            self._clear_error()
        self.field.setPlaceholderText(example)
        self.field.setAccessibleName(f"{question} {customer.name}")

    # Answering.

    def answer(self) -> None:
        """Save what is typed and go on; nothing typed asks later."""
        gap, text = self.gap, self.field.text().strip()
        if gap is None:
            return
        if not text or text == gap.text.strip():
            self.skip()
            return
        gaps = self._service()
        self._clear_error()
        self.field.setReadOnly(True)
        op = WriteOp(self, lambda: gaps.fill(gap, text))
        op.success(lambda _none: self._go_on(gap)).failure(self._refused).always(
            self._write_on
        ).run()

    def skip(self) -> None:
        """Ask about this one another day."""
        if self.gap is not None:
            self._go_on(self.gap)

    def not_needed(self) -> None:
        """Never ask for this one again."""
        gap, gaps, host = self.gap, self._service(), host_of(self)
        if gap is None:
            return

        def done(step: object) -> None:
            words = _("{name} is not asked about that again")
            host.toast(words.format(name=gap.customer.name), undo=step)  # type: ignore[arg-type]

        WriteOp(self, lambda: gaps.not_needed(gap)).success(done).run()
        self._go_on(gap)

    def _go_on(self, gap: Gap) -> None:
        self._over.add(gap.key)
        self._queue = [one for one in self._queue if one.key != gap.key]
        self._show(anew=True)
        self._more()

    def _write_on(self) -> None:
        self.field.setReadOnly(False)

    def _refused(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()
        self.field.setProperty("error", True)
        self.field.style().polish(self.field)
        self.field.setAccessibleDescription(str(error))

    def _clear_error(self) -> None:
        if not self.error.isHidden():
            self.error.hide()
            self.field.setProperty("error", False)
            self.field.style().polish(self.field)
            self.field.setAccessibleDescription("")

    def _open(self) -> None:
        if self.gap is not None:
            host_of(self).show_customer(self.gap.customer.id)

    def _service(self) -> GapService:
        return session_of(self).workspace.gaps

    # Changes.

    def _changed(self, changes: Changes) -> None:
        """Look again at those in the queue whom a step has touched."""
        if not changes.tables & _TABLES or not self.isVisible():
            return
        touched = sorted({g.customer.id for g in self._queue if changes.touches(g.customer.id)})
        if not touched:
            return
        gaps = self._service()
        read = ReadOp(self, lambda: gaps.find(touched, 0, wanted=1000), key="again")
        read.success(lambda found: self._refresh(touched, found[0])).run()

    def _refresh(self, touched: Sequence[int], found: Sequence[Gap]) -> None:
        asked = self.gap
        fresh = {gap.key: gap for gap in found}
        kept = []
        for gap in self._queue:
            if gap.customer.id not in touched:
                kept.append(gap)
            elif gap.key in fresh:
                kept.append(fresh.pop(gap.key))
        added = [gap for gap in fresh.values() if gap.key not in self._over]
        self._queue = kept + added
        self._show(anew=asked is None or self.gap is None or asked.key != self.gap.key)
        self._more()

    # Qt's own names.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter means never, Esc goes back to the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.not_needed()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)


def _place(gap: Gap) -> str:
    customer = gap.customer
    city = next((address.city for address in customer.addresses if address.city), "")
    return customer.organisation or city


def _question(gap: Gap) -> tuple[str, str]:
    """What is asked, and an example of an answer."""
    paper = (gap.document.facts.kind or gap.document.name) if gap.document else ""
    return {
        GapKind.PHONE: (_("This is no phone number. What is it?"), "+351 912 345 678"),
        GapKind.EMAIL: (_("This is no e-mail address. What is it?"), "name@example.org"),
        GapKind.REACH: (_("How is he or she reached?"), _("Phone or e-mail")),
        GapKind.NUMBER: (_("What is the number of: {document}?").format(document=paper), ""),
        GapKind.LAST_DAY: (
            _("Until when is it valid: {document}?").format(document=paper),
            "2030-05-31",
        ),
        GapKind.CITY: (_("Which city?"), ""),
        GapKind.BIRTHDAY: (_("When is the birthday?"), _("31 May 1980, or 31 May")),
    }[gap.kind]
