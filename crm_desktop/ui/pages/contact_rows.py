"""Rows of the facts card: how to reach a customer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction

from crm_desktop.domain.customers import Address, ContactKind, ContactPoint
from crm_desktop.i18n import _
from crm_desktop.ui.pages.import_wizard.words import label_text
from crm_desktop.ui.pages.row_groups import Makers, RowGroup
from crm_desktop.ui.widgets.edit import InlineEdit
from crm_desktop.ui.widgets.facts import FactRow
from crm_desktop.ui.widgets.reach import AddressFact, PointFact

_KINDS = (ContactKind.PHONE, ContactKind.EMAIL, ContactKind.IM)
MESSENGERS = ("WeChat", "WhatsApp", "QQ", "Skype")
_LABELS = {
    ContactKind.PHONE: ("mobile", "work", "home", "fax", "whatsapp", ""),
    ContactKind.EMAIL: ("work", "home", ""),
    ContactKind.IM: (*MESSENGERS, ""),
}
_ADDRESS_LABELS = ("home", "work", "billing", "shipping", "")


class ContactRows(RowGroup):
    """Phones, e-mails, accounts and addresses."""

    # What an account that is about to be typed belongs to.
    messenger = ""

    def wanted(self) -> Makers:
        """A row for each, and one for the first phone, e-mail and address."""
        rows: Makers = {}
        for kind in _KINDS:
            found = self._all(kind)
            for point in found:
                rows[f"{kind.value}:{point.id}"] = self._point_row(kind, point)
            fresh = f"{kind.value}:new"
            empty = not found and kind is not ContactKind.IM
            if empty or fresh in self.facts.asked:
                rows[fresh] = self._point_row(kind, None)
        addresses = self.facts.customer.addresses
        for address in addresses:
            rows[f"address:{address.id}"] = self._address_row
        if not addresses or "address:new" in self.facts.asked:
            rows["address:new"] = self._address_row
        return rows

    def fill(self) -> None:
        """Show them in the form that people read."""
        for kind in _KINDS:
            found = self._all(kind)
            usable = [point.id for point in found if not point.do_not_use]
            for point in found:
                fact = self.facts.rows.get(f"{kind.value}:{point.id}")
                if isinstance(fact, PointFact):
                    first = len(found) > 1 and usable[:1] == [point.id]
                    self._fill_point(fact, kind, point, first=first)
        self._fill_addresses()

    def _fill_point(
        self, fact: PointFact, kind: ContactKind, point: ContactPoint, *, first: bool
    ) -> None:
        name = self._name(kind, point.label)
        fact.name.set_text(name)
        number = point.value or ""
        shown = self.facts.view.phones.get(number, "") if kind is ContactKind.PHONE else ""
        hint = ""
        if not point.value and kind is ContactKind.PHONE:
            hint = _("This is kept as typed: it is no number that can be called.")
        elif not point.value:
            hint = _("This is kept as typed: it is no e-mail address.")
        word = _("do not use") if point.do_not_use else _("primary") if first else ""
        fact.show_point(point.raw, shown, word=word, hint=hint, struck=point.do_not_use)
        fact.offer(self._point_actions(fact, kind, point, first=first), name)

    def _fill_addresses(self) -> None:
        addresses = self.facts.customer.addresses
        usable = [one.id for one in addresses if not one.do_not_use]
        for address in addresses:
            fact = self.facts.rows.get(f"address:{address.id}")
            if not isinstance(fact, AddressFact):
                continue
            word = label_text(address.label)
            name = word[:1].upper() + word[1:] or _("Address")
            fact.name.set_text(name)
            fact.show_value(address, self.facts.view.addresses.get(address.id, ()))
            first = len(addresses) > 1 and usable[:1] == [address.id]
            fact.marks.say(_("do not use") if address.do_not_use else _("primary") if first else "")
            fact.offer(self._address_actions(fact, address, first=first), name)

    def _all(self, kind: ContactKind) -> list[ContactPoint]:
        return [point for point in self.facts.customer.contact_points if point.kind == kind]

    def _name(self, kind: ContactKind, label: str) -> str:
        word = label_text(label)
        return word[:1].upper() + word[1:] or point_name(kind)

    # What can be done with one.

    def _point_actions(
        self, fact: PointFact, kind: ContactKind, point: ContactPoint, *, first: bool
    ) -> Sequence[QAction]:
        made = self._shared_actions(
            fact,
            first=first or point.do_not_use or len(self._all(kind)) < 2,
            make_first=partial(self._put_first, point),
            barred=point.do_not_use,
            bar=partial(self._save, kind, point, barred=not point.do_not_use),
        )
        for key in _LABELS[kind]:
            words = label_text(key) or _("No label")
            action = _action(fact, words, partial(self._save, kind, point, label=key), key)
            action.setCheckable(True)
            action.setChecked(key == point.label)
            made.append(action)
        made.append(_action(fact, _("Own label…"), fact.start_label, "own"))
        made.append(_separator(fact))
        made.append(self._history(fact, f"{kind.value}:{point.id}"))
        made.append(_action(fact, _("Remove"), partial(self._remove, kind, point), "remove"))
        return made

    def _address_actions(
        self, fact: AddressFact, address: Address, *, first: bool
    ) -> Sequence[QAction]:
        many = len(self.facts.customer.addresses) > 1
        made = self._shared_actions(
            fact,
            first=first or address.do_not_use or not many,
            make_first=partial(self._put_first, address),
            barred=address.do_not_use,
            bar=partial(
                self.facts.save_address, address._replace(do_not_use=not address.do_not_use)
            ),
        )
        for key in _ADDRESS_LABELS:
            save = partial(self.facts.save_address, address._replace(label=key))
            action = _action(fact, label_text(key) or _("No label"), save, key)
            action.setCheckable(True)
            action.setChecked(key == address.label)
            made.append(action)
        gone = Address(id=address.id)
        made.append(_separator(fact))
        made.append(self._history(fact, f"address:{address.id}"))
        made.append(_action(fact, _("Remove"), partial(self.facts.save_address, gone), "remove"))
        return made

    def _shared_actions(
        self,
        fact: FactRow,
        *,
        first: bool,
        make_first: Callable[[], object],
        barred: bool,
        bar: Callable[[], object],
    ) -> list[QAction]:
        made = [] if first else [_action(fact, _("Make primary"), make_first, "primary")]
        barring = _action(fact, _("Do not use"), bar, "bar")
        barring.setCheckable(True)
        barring.setChecked(barred)
        return [*made, barring, _separator(fact)]

    def _history(self, fact: FactRow, place: str) -> QAction:
        return self.facts.panel.past.action(fact, place, fact.name.full_text())

    def _put_first(self, one: ContactPoint | Address) -> None:
        customers, wanted = self.facts.service()
        number, is_address = one.id, isinstance(one, Address)
        assert number is not None
        self.facts.write(lambda: customers.put_first(wanted, number, address=is_address))

    def _save(
        self,
        kind: ContactKind,
        point: ContactPoint,
        *,
        label: str | None = None,
        barred: bool | None = None,
    ) -> None:
        now = self._now(kind, point)
        if now is None:
            return
        customers, wanted = self.facts.service()
        self.facts.write(
            lambda: customers.save_contact_point(
                wanted,
                kind,
                now.raw,
                label=now.label if label is None else label,
                do_not_use=now.do_not_use if barred is None else barred,
                contact_point_id=now.id,
                strict=False,
            )
        )

    def _remove(self, kind: ContactKind, point: ContactPoint) -> None:
        customers, wanted = self.facts.service()
        self.facts.write(
            lambda: customers.save_contact_point(wanted, kind, "", contact_point_id=point.id)
        )

    def _now(self, kind: ContactKind, point: ContactPoint | None) -> ContactPoint | None:
        """The contact point as it is now; its label may have changed since the row was made."""
        if point is None:
            return None
        return next((one for one in self._all(kind) if one.id == point.id), None)

    # Making rows.

    def _point_row(self, kind: ContactKind, point: ContactPoint | None) -> Callable[[], FactRow]:
        def save(text: str, edit: InlineEdit) -> None:
            customers, wanted = self.facts.service()
            self.facts.asked.discard(f"{kind.value}:new")
            now = self._now(kind, point)
            if now is None:
                # The row is for the next one as soon as this one is stored.
                label = self.messenger if kind is ContactKind.IM else ""
                self.facts.write(
                    lambda: customers.save_contact_point(wanted, kind, text, label=label),
                    edit.show_error,
                )
                return
            self.facts.write(
                lambda: customers.save_contact_point(
                    wanted,
                    kind,
                    text,
                    label=now.label,
                    do_not_use=now.do_not_use,
                    contact_point_id=now.id,
                ),
                edit.show_error,
            )

        def make() -> FactRow:
            placeholder = {
                ContactKind.PHONE: _("Add a phone number"),
                ContactKind.EMAIL: _("Add an e-mail address"),
                ContactKind.IM: _("Name of the account"),
            }[kind]
            name = point_name(kind)
            if point is None and kind is ContactKind.IM:
                name = self.messenger or name
            fact = PointFact(name, save, placeholder=placeholder)
            if point is not None:
                fact.labelled.connect(partial(self._save_label, kind, point))
            return fact

        return make

    def _save_label(self, kind: ContactKind, point: ContactPoint, label: str) -> None:
        self._save(kind, point, label=label)

    def _address_row(self) -> FactRow:
        made = AddressFact(_("Address"))
        made.show_value(Address())
        made.offer((), _("Address"))
        made.saved.connect(self.facts.save_address)
        return made


def point_name(kind: ContactKind) -> str:
    """The word for a contact point without a label."""
    return {
        ContactKind.PHONE: _("Phone"),
        ContactKind.EMAIL: _("E-mail"),
        ContactKind.IM: _("Messenger"),
    }[kind]


def _action(owner: FactRow, words: str, do: Callable[[], object], data: str) -> QAction:
    made = QAction(words.replace("&", "&&"), owner)
    made.setData(data)
    made.triggered.connect(partial(_do, do))
    return made


def _do(do: Callable[[], object], *_checked: bool) -> None:
    do()


def _separator(owner: FactRow) -> QAction:
    made = QAction(owner)
    made.setSeparator(True)
    return made
