"""Promises in a customer's panel: what we owe and what he owes, a line each until it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.promises import Promise, PromiseId, Side
from crm_desktop.i18n import _
from crm_desktop.services.promises import PromiseService
from crm_desktop.ui import format as say
from crm_desktop.ui.drafts import NOTHING, Draft
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.pages.giving_up import offer_back
from crm_desktop.ui.theme import SPACE, colours, fonts
from crm_desktop.ui.widgets.basic import Card, PillButton, button, label, row
from crm_desktop.ui.widgets.edit import InlineEdit, LineEdit
from crm_desktop.ui.widgets.facts import choose_from

_DAY = 132


class PromiseRow(QWidget):
    """A box to tick, whose promise it is, what, and by when."""

    ticked = Signal(object)
    removed = Signal(object)
    changed = Signal(object, str, str, object)

    def __init__(self, promise: Promise) -> None:
        super().__init__()
        self.promise = promise
        self.box = QCheckBox()
        self.box.setProperty("bare", True)
        self.box.clicked.connect(self._tick)
        self.side = PillButton()
        choose_from(self.side, [(one.value, side_text(one)) for one in Side], self._side_chosen)
        self.text = InlineEdit(_("Promise"))
        self.text.committed.connect(partial(self._commit, "text"))
        self.due = InlineEdit(_("By when"), placeholder=_("no date"))
        self.due.setFixedWidth(_DAY)
        self.due.committed.connect(partial(self._commit, "due_on"))
        head = row(self.box, self.text, spacing=SPACE.xs)
        head.setStretch(1, 1)
        head.setAlignment(Qt.AlignmentFlag.AlignTop)
        # Under the text.
        foot = row(self.side, self.due, None, spacing=SPACE.s)
        foot.setContentsMargins(18, 0, 0, 0)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 2, 0, 2)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addLayout(foot)
        self.show_promise(promise)

    def show_promise(self, promise: Promise) -> None:
        """Show it as it is now."""
        self.promise = promise
        c = colours()
        self.side.set_pill(side_text(promise.side), c.amber if promise.side is Side.WE else c.blue)
        self.side.setAccessibleName(side_text(promise.side))
        self.text.set_value(promise.text)
        self.text.edit.setToolTip("")
        day = promise.due_on
        shown = say.short_date(day.year, day.month, day.day) if day else ""
        self.due.set_value(day.isoformat() if day else "", shown)
        late = day is not None and day < date.today()
        self.due.edit.setProperty("late", late)
        self.due.edit.style().unpolish(self.due.edit)
        self.due.edit.style().polish(self.due.edit)
        self.due.edit.setAccessibleDescription(_("overdue") if late else "")
        self.box.setChecked(False)
        said = _("Kept: {promise}").format(promise=promise.text)
        self.box.setAccessibleName(said)
        self.box.setToolTip(_("Tick it once it was kept"))

    def _tick(self) -> None:
        self.ticked.emit(self.promise)

    def _side_chosen(self, side: str) -> None:
        self.changed.emit(self.promise, "side", side, self.text)

    def _commit(self, field: str, text: str) -> None:
        edit = self.text if field == "text" else self.due
        if field == "text" and not text:
            self.removed.emit(self.promise)
            return
        self.changed.emit(self.promise, field, text, edit)


class CustomerPromises(QWidget):
    """Shows what is still open and takes new ones in one line."""

    draft_key = "promise"

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[PromiseId | None, PromiseRow] = {}
        self._count = label("", "secondary")
        self.add = button(_("+ Promise"), kind="link", clicked=self.start)
        self._card = Card(margins=(12, 6, 8, 6))
        self._card.body.setSpacing(2)
        self.side = PillButton()
        self._new_side = Side.WE
        choose_from(self.side, [(one.value, side_text(one)) for one in Side], self._choose_side)
        self.text = LineEdit(name=_("What was promised"))
        self.text.setPlaceholderText(self.text.accessibleName())
        self.due = LineEdit(name=_("By when"))
        self.due.setPlaceholderText(_("by when"))
        self.due.setFixedWidth(_DAY)
        self._error = label("", "error", wrap=True)
        self._error.hide()
        self._new = QWidget()
        lines = QVBoxLayout(self._new)
        lines.setContentsMargins(0, 4, 4, 4)
        lines.setSpacing(SPACE.xs)
        lines.addWidget(self.text)
        lines.addLayout(row(self.side, self.due, None, spacing=SPACE.s))
        self._new.hide()
        for field in (self.text, self.due):
            field.returnPressed.connect(self.save)
        self._card.body.addWidget(self._new)
        self._card.body.addWidget(self._error)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.s)
        box.addLayout(row(label(_("Promises"), "section"), self._count, None, self.add))
        box.addWidget(self._card)
        self._choose_side(Side.WE.value)

    def rows(self) -> Sequence[PromiseRow]:
        """The rows from top to bottom."""
        return tuple(self._rows.values())

    def show_promises(self, promises: Sequence[Promise]) -> None:
        """Show a customer's open promises; a row that is there already keeps the cursor."""
        fonts.ensure_for(*(promise.text for promise in promises))
        wanted = {promise.id for promise in promises}
        for number in [n for n in self._rows if n not in wanted]:
            gone = self._rows.pop(number)
            self._card.body.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        ordered: dict[PromiseId | None, PromiseRow] = {}
        for place, promise in enumerate(promises):
            made = self._rows.get(promise.id) or self._made(promise)
            made.show_promise(promise)
            if self._card.body.indexOf(made) != place:
                self._card.body.insertWidget(place, made)
            ordered[promise.id] = made
        self._rows = ordered
        self._count.setText(say.number(len(promises)) if promises else "")
        self._card.setVisible(bool(promises) or not self._new.isHidden())

    def start(self) -> None:
        """Let a new one be typed."""
        self._open_line()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> Draft:
        """What is typed of a new one."""
        text, due = self.text.text(), self.due.text()
        if not (text.strip() or due.strip()):
            return NOTHING
        return {"side": self._new_side.value, "text": text, "due": due}

    def take_up(self, draft: Draft) -> None:
        """Show one that was typed; an empty one goes."""
        self._stop()
        if draft:
            self._choose_side(draft["side"])
            self.text.setText(draft["text"])
            self.due.setText(draft["due"])
            self._open_line()

    def save(self) -> None:
        """Note what is typed."""
        if not self.draft():
            self._stop()
            return
        promises, drafts, host = self._service(), session_of(self).drafts, host_of(self)
        side, text, due = self._new_side, self.text.text(), self.due.text()
        sent = drafts.sent(self)

        def saved(_number: PromiseId) -> None:
            if drafts.taken(sent):
                self._clear()
                self.text.setFocus(Qt.FocusReason.OtherFocusReason)

        def refused(error: UserError) -> None:
            if drafts.is_shown(sent):
                self._refused(error)
            else:
                host.toast(str(error))

        op = WriteOp(self, lambda: promises.add(sent.customer, side, text, due=due))
        op.success(saved).failure(refused).run()

    def _open_line(self) -> None:
        self._card.show()
        self._new.show()

    def _refused(self, error: UserError) -> None:
        self._error.setText(str(error))
        self._error.show()
        (self.due if error.field == "due_on" else self.text).setFocus()

    def _stop(self) -> None:
        self._new.hide()
        self._clear()
        self._choose_side(Side.WE.value)
        self._card.setVisible(bool(self._rows))

    def _clear(self) -> None:
        self._error.hide()
        self.text.clear()
        self.due.clear()

    def _choose_side(self, side: str) -> None:
        self._new_side = Side(side)
        c = colours()
        self.side.set_pill(
            side_text(self._new_side), c.amber if self._new_side is Side.WE else c.blue
        )
        self.side.setAccessibleName(_("Who promised: {side}").format(side=self.side.text()))

    def _made(self, promise: Promise) -> PromiseRow:
        made = PromiseRow(promise)
        made.ticked.connect(self._keep)
        made.removed.connect(self._remove)
        made.changed.connect(self._change)
        return made

    def _keep(self, promise: Promise) -> None:
        self._settle(promise, _("Kept: {promise}"), self._service().keep)

    def _remove(self, promise: Promise) -> None:
        self._settle(promise, _("Removed: {promise}"), self._service().remove)

    def _settle(self, promise: Promise, words: str, act: Callable[[PromiseId], StepId]) -> None:
        host, number = host_of(self), promise.id
        assert number is not None

        def done(step: StepId) -> None:
            host.toast(words.format(promise=promise.text), undo=step)

        WriteOp(self, lambda: act(number)).success(done).run()

    def _change(self, promise: Promise, field: str, text: str, edit: InlineEdit) -> None:
        promises, number = self._service(), promise.id
        assert number is not None
        WriteOp(self, lambda: promises.update(number, field, text)).failure(
            lambda error: edit.show_error(str(error))
        ).run()

    def _service(self) -> PromiseService:
        return session_of(self).workspace.promises

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives a new one up."""
        if event.key() == Qt.Key.Key_Escape and not self._new.isHidden():
            offer_back(self, session_of(self).drafts.sent(self))
            self._stop()
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)


def side_text(side: Side) -> str:
    """Whose promise it is, in the user's words."""
    return _("We owe") if side is Side.WE else _("They owe")
