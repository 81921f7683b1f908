"""The facts card of a customer: rows come and go with what he has, and keep the cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCompleter, QWidget
from shiboken6 import isValid

from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    ContactPoint,
    Customer,
    CustomerId,
    CustomerKind,
    Stage,
)
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.relations import RelatedCustomer
from crm_desktop.i18n import _, pgettext
from crm_desktop.ui import format as say
from crm_desktop.ui.host import session_of
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.pages.import_wizard.words import label_text
from crm_desktop.ui.theme import colours, paint
from crm_desktop.ui.widgets.basic import Card, button, row
from crm_desktop.ui.widgets.edit import InlineEdit
from crm_desktop.ui.widgets.facts import AddressFact, ChoiceFact, FactRow, NewField, TextFact
from crm_desktop.ui.widgets.related import RelatedFact

if TYPE_CHECKING:
    from crm_desktop.services.customers import CustomerService
    from crm_desktop.ui.pages.customer_panel import CustomerPanel


class Facts(Card):
    """Rows by key.

    A customer's rows are matched with those that stand, so that a field that is being edited
    stays where it is while another one is saved.
    """

    def __init__(self, panel: CustomerPanel) -> None:
        super().__init__(panel, margins=(14, 10, 8, 8))
        self._panel = panel
        self._customer: Customer | None = None
        self._fields: Mapping[str, str] = {}
        self._related: Sequence[RelatedCustomer] = ()
        self._rows: dict[str, FactRow] = {}
        self._asked: set[str] = set()
        self._order: list[str] = []
        self.body.setSpacing(1)
        self._add_phone = button(_("+ Phone"), kind="link", clicked=self._new_phone)
        self._add_email = button(_("+ E-mail"), kind="link", clicked=self._new_email)
        self._add_address = button(_("+ Address"), kind="link", clicked=self._new_address)
        self._add_field = button(_("+ Field"), kind="link", clicked=self._ask_field)
        self.new_field = NewField()
        self.new_field.written.connect(self._save_field)
        adders = (self._add_phone, self._add_email, self._add_address, self._add_field)
        foot = row(*adders, None, spacing=2)
        foot.setContentsMargins(0, 4, 0, 0)
        self.body.addWidget(self.new_field)
        self.body.addLayout(foot)

    def row(self, key: str) -> FactRow:
        """A row by its key, such as `stage`, `phone:3`, `custom:Size`."""
        return self._rows[key]

    def keys(self) -> list[str]:
        """The rows' keys from top to bottom."""
        return list(self._order)

    def show_customer(
        self,
        customer: Customer,
        fields: Mapping[str, str],
        related: Sequence[RelatedCustomer] = (),
    ) -> None:
        """Show a customer's facts.

        Args:
            customer: whose.
            fields: how the values of his own fields read, by name.
            related: to whom he is something, such as where he works.
        """
        if self._customer is None or self._customer.id != customer.id:
            self._asked.clear()
            self.new_field.stop()
            for key in [k for k in self._rows if k not in _STANDING]:
                self._remove(key)
        self._customer, self._fields, self._related = customer, fields, related
        wanted = self._wanted(customer)
        for key in [k for k in self._rows if k not in wanted]:
            self._remove(key)
        for key, make in wanted.items():
            if key not in self._rows:
                self._rows[key] = make()
        order = list(wanted)
        if order != self._order:
            for place, key in enumerate(order):
                if self.body.indexOf(self._rows[key]) != place:
                    self.body.removeWidget(self._rows[key])
                    self.body.insertWidget(place, self._rows[key])
            self._order = order
            self._set_tab_order()
        self._fill(customer)

    # Which rows there are.

    def _wanted(self, customer: Customer) -> dict[str, Callable[[], FactRow]]:
        rows: dict[str, Callable[[], FactRow]] = {"stage": self._stage_row, "kind": self._kind_row}
        for one in self._related:
            rows[f"relation:{one.kind}:{one.id}"] = partial(self._related_row, one)
        points = {kind: [p for p in customer.contact_points if p.kind == kind] for kind in _KINDS}
        for kind, found in points.items():
            for point in found:
                rows[f"{kind.value}:{point.id}"] = self._point_row(kind, point)
            fresh = f"{kind.value}:new"
            empty = not found and kind is not ContactKind.IM
            if empty or fresh in self._asked:
                rows[fresh] = self._point_row(kind, None)
        for address in customer.addresses:
            rows[f"address:{address.id}"] = self._address_row
        if not customer.addresses or "address:new" in self._asked:
            rows["address:new"] = self._address_row
        rows["birthday"] = self._birthday_row
        rows["tags"] = self._tags_row
        for name in customer.custom:
            rows[f"custom:{name}"] = self._custom_row(name)
        return rows

    def _remove(self, key: str) -> None:
        gone = self._rows.pop(key)
        self.body.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        self._order = [k for k in self._order if k != key]

    def _set_tab_order(self) -> None:
        before: QWidget | None = None
        for key in self._order:
            fact = self._rows[key]
            at: QWidget = fact.value.focusProxy() or fact.value
            if isinstance(fact, ChoiceFact):
                at = fact.button
            elif isinstance(fact, AddressFact):
                at = fact.line
            if before is not None:
                QWidget.setTabOrder(before, at)
            before = at

    def _fill(self, customer: Customer) -> None:
        stage = self._rows["stage"]
        kind = self._rows["kind"]
        if isinstance(stage, ChoiceFact):
            word = paint.stage_text(customer.stage.value)
            stage.show_value(customer.stage.value, word, paint.stage_tint(customer.stage.value))
        if isinstance(kind, ChoiceFact):
            kind.show_value(customer.kind.value, kind_text(customer.kind), colours().neutral)
        for one in self._related:
            link = self._rows[f"relation:{one.kind}:{one.id}"]
            if isinstance(link, RelatedFact):
                link.show_one(one)
        for point in customer.contact_points:
            fact = self._rows.get(f"{point.kind}:{point.id}")
            if isinstance(fact, TextFact):
                word = label_text(point.label)
                named = word[:1].upper() + word[1:]
                fact.name.set_text(named or point_name(ContactKind(point.kind)))
                fact.show_value(point.raw)
        for address in customer.addresses or (Address(),):
            fact = self._rows.get(f"address:{address.id or 'new'}")
            if isinstance(fact, AddressFact):
                fact.show_value(address)
        self._show_text("birthday", customer.birthday or "", birthday_text(customer.birthday))
        self._show_text("tags", ", ".join(customer.tags))
        for name, value in customer.custom.items():
            shown = " ".join(self._fields.get(name, value).split("\n"))
            said = customer.custom_kinds.get(name) is FieldKind.YES_NO
            text = shown if said else " ".join(value.split("\n"))
            self._show_text(f"custom:{name}", text, shown)

    def _show_text(self, key: str, text: str, shown: str = "") -> None:
        fact = self._rows.get(key)
        if isinstance(fact, TextFact):
            fact.show_value(text, shown)

    # Making rows; each saves through the panel.

    def _service(self) -> tuple[CustomerService, CustomerId]:
        assert self._customer is not None
        return session_of(self).workspace.customers, self._customer.id

    def _stage_row(self) -> FactRow:
        options = [(s.value, paint.stage_text(s.value), None) for s in Stage]
        return ChoiceFact(_("Stage"), options, self._save_stage)

    def _kind_row(self) -> FactRow:
        options = [(k.value, kind_text(k), None) for k in CustomerKind]
        return ChoiceFact(_("Kind"), options, self._save_kind)

    def _related_row(self, one: RelatedCustomer) -> FactRow:
        made = RelatedFact(one)
        made.link.customer_wanted.connect(self._panel.customer_wanted)
        return made

    def _birthday_row(self) -> FactRow:
        return TextFact(_("Birthday"), self._save_birthday, placeholder=_("Add a birthday"))

    def _tags_row(self) -> FactRow:
        made = TextFact(_("Tags"), self._save_tags, placeholder=_("Add tags, with commas"))
        customers, _id = self._service()

        def offer(tags: list[str]) -> None:
            if not isValid(made):
                return
            completer = QCompleter(tags, made.edit.edit)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            made.edit.edit.setCompleter(completer)

        ReadOp(self, customers.tags, key="tags").success(offer).run()
        return made

    def _address_row(self) -> FactRow:
        made = AddressFact(_("Address"))
        made.show_value(Address())
        made.saved.connect(self._save_address)
        return made

    def _point_row(self, kind: ContactKind, point: ContactPoint | None) -> Callable[[], FactRow]:
        def save(text: str, edit: InlineEdit) -> None:
            customers, wanted = self._service()
            now = self._point(kind, point)
            self._asked.discard(f"{kind.value}:new")
            if now is None:
                # The row is for the next one as soon as this one is stored.
                self._panel.write(
                    lambda: customers.save_contact_point(wanted, kind, text), edit.show_error
                )
                return
            self._panel.write(
                lambda: customers.save_contact_point(
                    wanted, kind, text, label=now.label, contact_point_id=now.id
                ),
                edit.show_error,
            )

        def make() -> FactRow:
            placeholder = {
                ContactKind.PHONE: _("Add a phone number"),
                ContactKind.EMAIL: _("Add an e-mail address"),
            }.get(kind, "")
            fact = TextFact(point_name(kind), save, placeholder=placeholder)
            if point is not None:
                fact.edit.offer(self._labels(fact, kind, point))
            return fact

        return make

    def _labels(self, fact: TextFact, kind: ContactKind, point: ContactPoint) -> list[QAction]:
        """What a number or an address is for, in its field's menu."""
        made = []
        for key in _LABELS[kind]:
            action = QAction(label_text(key) or _("No label"), fact)
            action.setData(key)
            action.triggered.connect(partial(self._save_label, kind, point, key))
            made.append(action)
        return made

    def _save_label(self, kind: ContactKind, point: ContactPoint, key: str) -> None:
        now = self._point(kind, point)
        if now is None:
            return
        customers, wanted = self._service()
        self._panel.write(
            lambda: customers.save_contact_point(
                wanted, kind, now.raw, label=key, contact_point_id=now.id
            ),
            self._show_nothing,
        )

    def _point(self, kind: ContactKind, point: ContactPoint | None) -> ContactPoint | None:
        """The contact point as it is now; its label may have changed since the row was made."""
        if point is None or self._customer is None:
            return None
        same = [p for p in self._customer.contact_points if p.id == point.id and p.kind == kind]
        return same[0] if same else None

    def _custom_row(self, name: str) -> Callable[[], FactRow]:
        def save(text: str, edit: InlineEdit) -> None:
            customers, wanted = self._service()
            self._panel.write(lambda: customers.set_custom(wanted, name, text), edit.show_error)

        return lambda: TextFact(name, save)

    # Saving.

    def _save_stage(self, key: str) -> None:
        self._panel.save_field("stage", key, self._show_nothing)

    def _save_kind(self, key: str) -> None:
        self._panel.save_field("kind", key, self._show_nothing)

    def _show_nothing(self, _text: str) -> None:
        """A choice from a menu cannot be refused."""

    def _save_birthday(self, text: str, edit: InlineEdit) -> None:
        self._panel.save_field("birthday", text, edit.show_error)

    def _save_tags(self, text: str, edit: InlineEdit) -> None:
        customers, wanted = self._service()
        names = [t.strip() for t in text.replace("，", ",").replace(";", ",").split(",")]
        tags = [t for t in dict.fromkeys(names) if t]
        self._panel.write(lambda: customers.set_tags(wanted, tags), edit.show_error)

    def _save_address(self, address: Address) -> None:
        customers, wanted = self._service()
        self._asked.discard("address:new")
        self._panel.write(lambda: customers.save_address(wanted, address), self._show_nothing)

    # Adding.

    def _new_phone(self) -> None:
        self._ask_for("phone:new")

    def _new_email(self) -> None:
        self._ask_for("email:new")

    def _new_address(self) -> None:
        self._ask_for("address:new")

    def _ask_field(self) -> None:
        if self._customer is None:
            return
        customers, _wanted = self._service()
        ReadOp(self, customers.custom_field_names, key="fields").success(self.new_field.start).run()

    def _save_field(self, name: str, value: str) -> None:
        known = f"custom:{name}"
        fact = self._rows.get(known)
        if isinstance(fact, TextFact):  # he has it already: change it there
            fact.edit.start()
            return
        customers, wanted = self._service()
        self._panel.write(lambda: customers.set_custom(wanted, name, value), self._show_nothing)

    def _ask_for(self, key: str) -> None:
        if self._customer is None:
            return
        self._asked.add(key)
        self.show_customer(self._customer, self._fields, self._related)
        fact = self._rows[key]
        # Once the layout has given the new row its place.
        if isinstance(fact, AddressFact):
            QTimer.singleShot(0, fact, fact.start)
        elif isinstance(fact, TextFact):
            QTimer.singleShot(0, fact, fact.edit.start)


_KINDS = (ContactKind.PHONE, ContactKind.EMAIL, ContactKind.IM)
_LABELS = {
    ContactKind.PHONE: ("mobile", "work", "home", "fax", "whatsapp", ""),
    ContactKind.EMAIL: ("work", "home", ""),
    ContactKind.IM: ("work", "home", ""),
}
_STANDING = ("stage", "kind", "birthday", "tags")


def kind_text(kind: CustomerKind) -> str:
    """The word for a customer's kind."""
    if kind is CustomerKind.ORGANISATION:
        return pgettext("kind", "Organisation")
    return pgettext("kind", "Person")


def point_name(kind: ContactKind) -> str:
    """The word for a contact point without a label."""
    return {
        ContactKind.PHONE: _("Phone"),
        ContactKind.EMAIL: _("E-mail"),
        ContactKind.IM: _("Messenger"),
    }[kind]


def birthday_text(stored: str | None) -> str:
    """A birthday as people write it; a year that is unknown is left out."""
    if not stored:
        return ""
    parts = stored.removeprefix("--").split("-")
    if not all(p.isdigit() for p in parts) or len(parts) not in (2, 3):
        return stored
    year = int(parts[0]) if len(parts) == 3 else None
    return say.full_date(year, int(parts[-2]), int(parts[-1])) or stored
