"""A new customer in one step: name, phone, e-mail, organisation."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crm_desktop.domain.changes import Step
from crm_desktop.domain.customers import (
    ContactKind,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    CustomerKind,
)
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _, pgettext
from crm_desktop.ui.drafts import NOTHING, Draft
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.theme import SIZE, SPACE
from crm_desktop.ui.widgets.basic import Chips, button, label, row
from crm_desktop.ui.widgets.edit import LineEdit
from crm_desktop.ui.widgets.likely import Likely


class NewCustomerPanel(QFrame):
    """`created` carries the new customer's id; `closed` tells that it was given up.

    Whoever may be there already is shown while the fields are typed. What is typed stays until
    then, wherever one goes meanwhile.
    """

    created = Signal(object)
    closed = Signal()
    # Somebody who is there already shall be shown.
    customer_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setFixedWidth(SIZE.panel)
        self.kind = Chips(
            [
                (CustomerKind.PERSON.value, pgettext("kind", "Person")),
                (CustomerKind.ORGANISATION.value, pgettext("kind", "Organisation")),
            ]
        )
        self.name = LineEdit(name=_("Name"))
        self.phone = LineEdit(name=_("Phone"))
        self.email = LineEdit(name=_("E-mail"))
        self.organisation = LineEdit(name=_("Organisation"))
        self._fields = {
            "name": self.name,
            "phone": self.phone,
            "email": self.email,
            "organisation": self.organisation,
        }
        self._errors = {key: label("", "error", wrap=True) for key in self._fields}
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 24, 20, 20)
        box.setSpacing(SPACE.xs)
        box.addWidget(label(_("New customer"), "record"))
        box.addSpacing(SPACE.s)
        box.addWidget(self.kind)
        for key, field in self._fields.items():
            box.addSpacing(SPACE.s)
            caption = label(field.accessibleName(), "secondary")
            caption.setBuddy(field)
            box.addWidget(caption)
            box.addWidget(field)
            box.addWidget(self._errors[key])
            self._errors[key].hide()
            field.returnPressed.connect(self.save)
        self.likely = Likely()
        self.likely.customer_wanted.connect(self.customer_wanted)
        box.addSpacing(SPACE.s)
        box.addWidget(self.likely)
        # Asked when the fingers rest.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(150)
        self._soon.timeout.connect(self._ask)
        for field in self._fields.values():
            field.textChanged.connect(self._typed)
        self.kind.chosen.connect(self._note)
        box.addSpacing(SPACE.l)
        self.create_button = button(_("Create customer"), kind="primary", clicked=self.save)
        cancel = button(_("Cancel"), clicked=self.cancel, tip=_("Cancel (Esc)"))
        box.addLayout(row(cancel, self.create_button, None))
        box.addStretch(1)

    def start(self, known: CustomerDraft | None = None) -> None:
        """What was typed before, or what is known (a name, a number); the cursor in the first."""
        begun = session_of(self).drafts.newcomer
        if known is None:
            self._put(begun)
        else:
            if begun:
                self._offer_back(begun)
            number = next((p.raw for p in known.contact_points if p.kind == "phone"), "")
            self._put({"name": known.name, "phone": number})
        self._clear_errors()
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def cancel(self) -> None:
        """Give it up; one message long it can be brought back."""
        if begun := session_of(self).drafts.newcomer:
            self._offer_back(begun)
        self._put(NOTHING)
        self.closed.emit()

    def _put(self, fields: Draft) -> None:
        self.kind.choose(fields.get("kind", CustomerKind.PERSON.value))
        for key, field in self._fields.items():
            field.setText(fields.get(key, ""))
        self._note()
        self._typed()

    def _note(self) -> None:
        """Tell the archive's drafts what stands here."""
        fields = {key: field.text() for key, field in self._fields.items()}
        typed = any(text.strip() for text in fields.values())
        session_of(self).drafts.newcomer = {"kind": self.kind.key(), **fields} if typed else NOTHING

    def _offer_back(self, begun: Draft) -> None:
        host, drafts = host_of(self), session_of(self).drafts

        def back() -> None:
            drafts.newcomer = begun
            host.begin_customer()

        host.toast(_("What you typed was given up"), action=(_("Bring back"), back))

    def save(self) -> None:
        """Take the customer in."""
        self._clear_errors()
        self._soon.stop()
        draft = self._draft()
        workspace = session_of(self).workspace

        def create() -> tuple[CustomerId, Step | None]:
            # On the writer's thread nothing comes in between: this is the step of its own.
            return workspace.customers.create(draft), workspace.history.can_undo()

        WriteOp(self, create).success(self._created).failure(self._refused).run()

    def _draft(self) -> CustomerDraft:
        points = tuple(
            ContactPoint(kind.value, field.text().strip(), None)
            for kind, field in (
                (ContactKind.PHONE, self.phone),
                (ContactKind.EMAIL, self.email),
            )
            if field.text().strip()
        )
        return CustomerDraft(
            name=self.name.text().strip(),
            kind=self.kind.key(),
            organisation=self.organisation.text().strip(),
            contact_points=points,
        )

    def _typed(self) -> None:
        self._note()
        self._soon.start()

    def _ask(self) -> None:
        duplicates, draft = session_of(self).workspace.duplicates, self._draft()
        if not (draft.name or draft.contact_points):
            self.likely.show_rows(())
            return
        op = ReadOp(self, lambda: duplicates.likely(draft), key="likely")
        op.success(self.likely.show_rows).run()

    def _created(self, made: tuple[CustomerId, Step | None]) -> None:
        customer, step = made
        name = self.name.text().strip()
        self._put(NOTHING)
        host_of(self).toast(_("{name} was added").format(name=name), undo=step.id if step else None)
        self.created.emit(customer)

    def _refused(self, error: UserError) -> None:
        key = error.field if error.field in self._fields else "name"
        shown, field = self._errors[key or "name"], self._fields[key or "name"]
        shown.setText(str(error))
        shown.show()
        field.setAccessibleDescription(str(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear_errors(self) -> None:
        for shown in self._errors.values():
            shown.hide()
        for field in self._fields.values():
            field.setAccessibleDescription("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives it up."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
            return
        super().keyPressEvent(event)
