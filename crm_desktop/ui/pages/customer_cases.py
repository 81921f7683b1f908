"""The cases in a customer's panel: opened, worked on in place, taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.cases import Case, CaseId, CaseKind
from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.services.cases import CaseService
from crm_desktop.ui import format as say
from crm_desktop.ui.drafts import NOTHING, Draft
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages.giving_up import offer_back
from crm_desktop.ui.theme import SPACE, colours, fonts
from crm_desktop.ui.widgets.basic import Card, PillButton, button, label, row
from crm_desktop.ui.widgets.cases import CaseRow, kind_text
from crm_desktop.ui.widgets.edit import LineEdit
from crm_desktop.ui.widgets.facts import choose_from

# Resolved ones beyond these are behind a button.
_RESOLVED = 3


class CustomerCases(QWidget):
    """Shows a customer's cases, the worst first."""

    draft_key = "case"

    def __init__(self) -> None:
        super().__init__()
        self._cases: Sequence[Case] = ()
        self._all = False
        self._fresh: CaseId | None = None
        self._rows: dict[CaseId | None, CaseRow] = {}
        self._count = label("", "secondary")
        self.add = button(_("+ Case"), kind="link", clicked=self.start)
        self._card = Card(margins=(5, 5, 5, 5))
        self._card.body.setSpacing(0)
        self.kind = PillButton()
        self._new_kind = CaseKind.REQUEST
        choose_from(self.kind, [(one.value, kind_text(one)) for one in CaseKind], self._set_kind)
        self.subject = LineEdit(name=_("What is it about?"))
        self.subject.setPlaceholderText(self.subject.accessibleName())
        self.subject.returnPressed.connect(self.save)
        self.subject.installEventFilter(self)
        self._error = label("", "error", wrap=True)
        self._error.hide()
        self._new = QWidget()
        line = row(self.kind, self.subject, spacing=SPACE.xs)
        line.setStretch(1, 1)
        line.setContentsMargins(3, 3, 6, 3)
        self._new.setLayout(line)
        self._new.hide()
        self.more = button(_("Earlier cases"), kind="link", clicked=self._show_all)
        self.more.hide()
        for part in (self._new, self._error, self.more):
            self._card.body.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.s)
        box.addLayout(row(label(_("Cases"), "section"), self._count, None, self.add))
        box.addWidget(self._card)
        self._set_kind(CaseKind.REQUEST.value)

    def rows(self) -> Sequence[CaseRow]:
        """The rows from top to bottom."""
        return tuple(self._rows.values())

    def show_cases(self, cases: Sequence[Case]) -> None:
        """Show a customer's cases; one that is open for editing stays so."""
        self._cases = cases
        fonts.ensure_for(*(text for case in cases for text in (case.subject, case.text)))
        self._show()

    def open_case(self, number: CaseId) -> QWidget:
        """Open a case; returns its row."""
        made = self._rows[number]
        made.open()
        made.head.setFocus(Qt.FocusReason.OtherFocusReason)
        return made

    def start(self) -> None:
        """Let a new one be typed."""
        self._open_line()
        self.subject.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> Draft:
        """What is typed of a new one."""
        if not self.subject.text().strip():
            return NOTHING
        return {"kind": self._new_kind.value, "subject": self.subject.text()}

    def take_up(self, draft: Draft) -> None:
        """Show one that was typed for the customer who comes; an empty one goes."""
        self._stop()
        self._all = False
        if draft:
            self._set_kind(draft["kind"])
            self.subject.setText(draft["subject"])
            self._open_line()

    def save(self) -> None:
        """Open the case that is typed."""
        if not self.subject.text().strip():
            self._stop()
            return
        cases, drafts, host = self._service(), session_of(self).drafts, host_of(self)
        sent, subject, kind = drafts.sent(self), self.subject.text(), self._new_kind

        def made(number: CaseId) -> None:
            if drafts.taken(sent):
                self._stop()
                self._fresh = number
                self._show()

        def refused(error: UserError) -> None:
            (self._refused if drafts.is_shown(sent) else host.toast)(str(error))

        op = WriteOp(self, lambda: cases.begin(sent.customer, subject, kind=kind))
        op.success(made).failure(refused).run()

    def _show(self) -> None:
        resolved = sum(not case.is_open for case in self._cases)
        hidden = max(resolved - _RESOLVED, 0) if not self._all else 0
        shown = self._cases[: len(self._cases) - hidden]
        wanted = {case.id for case in shown}
        for number in [n for n in self._rows if n not in wanted]:
            gone = self._rows.pop(number)
            self._card.body.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        ordered: dict[CaseId | None, CaseRow] = {}
        for place, case in enumerate(shown):
            made = self._rows.get(case.id) or self._made(case)
            made.show_case(case)
            if self._card.body.indexOf(made) != place:
                self._card.body.insertWidget(place, made)
            ordered[case.id] = made
        self._rows = ordered
        self.more.setVisible(hidden > 0)
        still_open = len(self._cases) - resolved
        self._count.setText(say.number(still_open) if still_open else "")
        self._card.setVisible(bool(shown) or not self._new.isHidden())
        if self._fresh in self._rows:
            self.open_case(self._fresh)  # type: ignore[arg-type]
            self._fresh = None

    def _made(self, case: Case) -> CaseRow:
        made = CaseRow(case)
        made.changed.connect(self._change)
        made.removed.connect(self._remove)
        made.unfolded.connect(partial(self._offer_owners, case.id))
        return made

    def _offer_owners(self, number: CaseId | None) -> None:
        """Offer the names of those who look after customers and tasks."""

        def offer(names: list[str]) -> None:
            if number in self._rows:
                self._rows[number].offer_owners(names)

        tasks = session_of(self).workspace.tasks
        ReadOp(self, tasks.owners, key="owners").success(offer).run()

    def _change(
        self, case: Case, field: str, text: str, failed: Callable[[str], None] | None
    ) -> None:
        cases, number = self._service(), case.id
        assert number is not None
        op = WriteOp(self, lambda: cases.update(number, field, text))
        if failed is not None:
            op.failure(lambda error: failed(str(error)))
        op.run()

    def _remove(self, case: Case) -> None:
        cases, host, number = self._service(), host_of(self), case.id
        assert number is not None

        def done(step: StepId) -> None:
            host.toast(_("Removed: {case}").format(case=case.subject), undo=step)

        WriteOp(self, lambda: cases.remove(number)).success(done).run()

    def _open_line(self) -> None:
        self._card.show()
        self._new.show()

    def _refused(self, text: str) -> None:
        self._error.setText(text)
        self._error.show()

    def _show_all(self) -> None:
        self._all = True
        self._show()

    def _stop(self) -> None:
        self._new.hide()
        self._error.hide()
        self.subject.clear()
        self._set_kind(CaseKind.REQUEST.value)
        self._card.setVisible(bool(self._rows))

    def _set_kind(self, kind: str) -> None:
        self._new_kind = CaseKind(kind)
        self.kind.set_pill(kind_text(self._new_kind), colours().neutral)
        self.kind.setAccessibleName(_("Kind: {kind}").format(kind=self.kind.text()))

    def _service(self) -> CaseService:
        return session_of(self).workspace.cases

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc gives a new one up."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            offer_back(self, session_of(self).drafts.sent(self))
            self._stop()
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)
