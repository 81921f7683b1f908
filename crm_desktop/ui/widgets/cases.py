"""One case in a customer's panel: a row that opens into its fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_desktop.domain.cases import Case, CaseKind, CaseStatus, Severity
from crm_desktop.i18n import _, pgettext
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import SPACE, Tint, colours, paint
from crm_desktop.ui.widgets.basic import ElidedLabel, button, row
from crm_desktop.ui.widgets.completion import complete_with
from crm_desktop.ui.widgets.edit import InlineEdit, InlineNotes
from crm_desktop.ui.widgets.facts import ChoiceFact, FactRow, TextFact, WidgetFact
from crm_desktop.ui.widgets.stars import Stars


def status_text(status: CaseStatus) -> str:
    """How far a case has come, in the user's words."""
    return {
        CaseStatus.OPEN: pgettext("case", "Open"),
        CaseStatus.WAITING: pgettext("case", "Waiting"),
        CaseStatus.RESOLVED: pgettext("case", "Resolved"),
    }[status]


def severity_text(severity: Severity) -> str:
    """How bad it is, in the user's words."""
    return {
        Severity.LOW: pgettext("severity", "Low"),
        Severity.MEDIUM: pgettext("severity", "Medium"),
        Severity.HIGH: pgettext("severity", "High"),
    }[severity]


def kind_text(kind: CaseKind) -> str:
    """What somebody comes with, in the user's words."""
    return _("Complaint") if kind is CaseKind.COMPLAINT else pgettext("case", "Request")


def status_tint(status: CaseStatus) -> Tint:
    """The colours of a status."""
    c = colours()
    return {CaseStatus.OPEN: c.red, CaseStatus.WAITING: c.amber}.get(status, c.green)


def severity_tint(severity: Severity) -> Tint:
    """The colours of a severity."""
    c = colours()
    return {Severity.HIGH: c.red, Severity.MEDIUM: c.amber}.get(severity, c.neutral)


class _Status(QWidget):
    """The status as a pill that is only looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._status = CaseStatus.OPEN
        self.setFixedHeight(24)

    def show_status(self, status: CaseStatus) -> None:
        self._status = status
        self.setFixedWidth(paint.pill_width(status_text(status)) + 1)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text, tint = status_text(self._status), status_tint(self._status)
        paint.paint_pill(painter, 0, self.height() // 2, text, tint)
        painter.end()


class CaseRow(QWidget):
    """A head that opens and closes, and the fields of the case below it.

    `changed` carries the case, a field, its text and what shows an error; `removed` the case;
    `unfolded` tells that its fields have come into sight.
    """

    changed = Signal(object, str, str, object)
    unfolded = Signal()
    removed = Signal(object)

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case
        self.head = QPushButton()
        self.head.setProperty("kind", "document")
        self.head.setCursor(Qt.CursorShape.PointingHandCursor)
        self.head.setAutoDefault(False)
        self.head.setCheckable(True)
        self.head.toggled.connect(self._toggled)
        self._subject = ElidedLabel("", "strong")
        self._detail = ElidedLabel("", "secondary")
        self._status = _Status()
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._subject)
        words.addWidget(self._detail)
        words.addStretch(1)
        inside = QHBoxLayout(self.head)
        inside.setContentsMargins(10, 0, 9, 0)
        inside.setSpacing(8)
        inside.addLayout(words, 1)
        inside.addWidget(self._status)
        for part in (self._subject, self._detail, self._status):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.fields = QWidget()
        self.rows: dict[str, FactRow] = {}
        self._build()
        self.fields.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.head)
        box.addWidget(self.fields)
        self.show_case(case)

    def _build(self) -> None:
        self.rows["subject"] = self._text("subject", _("Subject"))
        self.rows["status"] = self._choice(
            "status", _("Status"), [(str(one), status_text(one)) for one in CaseStatus]
        )
        self.rows["severity"] = self._choice(
            "severity", _("Severity"), [(str(int(one)), severity_text(one)) for one in Severity]
        )
        self.rows["kind"] = self._choice(
            "kind", _("Kind"), [(str(one), kind_text(one)) for one in CaseKind]
        )
        self.rows["text"] = self._notes("text", _("What happened"), _("Add what happened"))
        self.rows["promised"] = self._text("promised", _("Promised"), _("What will be done"))
        self.rows["promised_on"] = self._text(
            "promised_on", _("By when"), _("A day, such as 31/12")
        )
        self.rows["owner"] = self._text("owner", _("Looked after by"), _("A name"))
        self.rows["resolution"] = self._notes("resolution", _("Resolution"), _("How it ended"))
        stars = Stars(_("Satisfaction"))
        stars.rated.connect(self._rated)
        self.rows["satisfaction"] = WidgetFact(_("Satisfied"), stars)
        self.remove = button(_("Remove case"), kind="link", clicked=self._remove)
        box = QVBoxLayout(self.fields)
        box.setContentsMargins(10, 2, 4, 8)
        box.setSpacing(1)
        for fact in self.rows.values():
            box.addWidget(fact)
        box.addLayout(row(self.remove, None, spacing=SPACE.xs))

    def show_case(self, case: Case) -> None:
        """Show it as it is now."""
        self.case = case
        self._subject.set_text(case.subject)
        detail = " · ".join(part for part in self._details() if part)
        self._detail.set_text(detail)
        self._status.show_status(case.status)
        said = f"{case.subject}, {status_text(case.status)}, {detail}"
        self.head.setAccessibleName(said)
        self._show_choice(
            "status", str(case.status), status_text(case.status), status_tint(case.status)
        )
        self._show_choice(
            "severity",
            str(int(case.severity)),
            severity_text(case.severity),
            severity_tint(case.severity),
        )
        self._show_choice("kind", str(case.kind), kind_text(case.kind), colours().neutral)
        day = case.promised_on
        shown = say.full_date(day.year, day.month, day.day) if day else ""
        self._show_text("promised_on", day.isoformat() if day else "", shown)
        for field in ("subject", "promised", "owner"):
            self._show_text(field, str(getattr(case, field)))
        for field in ("text", "resolution"):
            fact = self.rows[field]
            if isinstance(fact, WidgetFact) and isinstance(fact.widget, InlineNotes):
                fact.widget.set_value(str(getattr(case, field)))
        rated = self.rows["satisfaction"]
        if isinstance(rated, WidgetFact) and isinstance(rated.widget, Stars):
            rated.widget.set_value(case.satisfaction or 0)
        # It is asked afterwards.
        rated.setVisible(not case.is_open)

    def offer_owners(self, names: Sequence[str]) -> None:
        """Offer names while somebody says who looks after it."""
        fact = self.rows["owner"]
        if isinstance(fact, TextFact):
            complete_with(fact.edit.edit, names)

    def open(self) -> None:
        """Open it."""
        self.head.setChecked(True)

    def _details(self) -> tuple[str, ...]:
        case = self.case
        if not case.is_open:
            when = case.resolved_at
            return (kind_text(case.kind), say.day(when) if when else "")
        day = case.promised_on
        by = ""
        if day:
            said = say.short_date(day.year, day.month, day.day)
            by = _("promised for {day}").format(day=said)
        severe = severity_text(case.severity) if case.severity is Severity.HIGH else ""
        since = _("since {date}").format(date=say.day(case.opened_at)) if case.opened_at else ""
        return (severe, kind_text(case.kind), by or since)

    def _text(self, field: str, name: str, placeholder: str = "") -> FactRow:
        return TextFact(name, partial(self._typed, field), placeholder=placeholder or name)

    def _notes(self, field: str, name: str, placeholder: str) -> FactRow:
        notes = InlineNotes(name, placeholder)
        notes.committed.connect(partial(self._noted, field))
        return WidgetFact(name, notes, wide=True)

    def _choice(self, field: str, name: str, options: list[tuple[str, str]]) -> FactRow:
        return ChoiceFact(
            name, [(key, word, None) for key, word in options], partial(self._noted, field)
        )

    def _show_text(self, field: str, text: str, shown: str = "") -> None:
        fact = self.rows[field]
        if isinstance(fact, TextFact):
            fact.show_value(text, shown)

    def _show_choice(self, field: str, key: str, word: str, tint: Tint) -> None:
        fact = self.rows[field]
        if isinstance(fact, ChoiceFact):
            fact.show_value(key, word, tint)

    def _typed(self, field: str, text: str, edit: InlineEdit) -> None:
        failed: Callable[[str], None] = edit.show_error
        self.changed.emit(self.case, field, text, failed)

    def _noted(self, field: str, text: str) -> None:
        self.changed.emit(self.case, field, text, None)

    def _rated(self, stars: int) -> None:
        self.changed.emit(self.case, "satisfaction", str(stars or ""), None)

    def _remove(self) -> None:
        self.removed.emit(self.case)

    def _toggled(self, opened: bool) -> None:
        self.fields.setVisible(opened)
        if opened:
            self.unfolded.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del on the head takes the case away; Enter opens it."""
        if self.head.hasFocus() and event.key() == Qt.Key.Key_Delete:
            self._remove()
        elif self.head.hasFocus() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.head.toggle()
        else:
            super().keyPressEvent(event)
