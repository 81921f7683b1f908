"""Rows of the facts card: how to reach a customer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from crm_desktop.domain.customers import Address, ContactKind, ContactPoint
from crm_desktop.i18n import _
from crm_desktop.services import captions
from crm_desktop.ui.pages.import_wizard.words import label_text
from crm_desktop.ui.pages.row_groups import Maker, Makers, RowGroup
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
            maker = Maker(partial(self._point_row, kind), kind.value)
            for point in found:
                rows[f"{kind.value}:{point.id}"] = maker
            fresh = f"{kind.value}:new"
            empty = not found and kind is not ContactKind.IM
            if empty or fresh in self.facts.asked:
                rows[fresh] = maker
        addresses = self.facts.customer.addresses
        maker = Maker(self._address_row, "address")
        for address in addresses:
            rows[f"address:{address.id}"] = maker
        if not addresses or "address:new" in self.facts.asked:
            rows["address:new"] = maker
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
            fresh = self.facts.rows.get(f"{kind.value}:new")
            if isinstance(fresh, PointFact):
                account = self.messenger if kind is ContactKind.IM else ""
                fresh.show_point(account or captions.of_contacts()[kind], "", struck=False)
        self._fill_addresses()

    def _fill_point(
        self, fact: PointFact, kind: ContactKind, point: ContactPoint, *, first: bool
    ) -> None:
        number = point.value or ""
        shown = self.facts.view.phones.get(number, "") if kind is ContactKind.PHONE else ""
        hint = ""
        if not point.value and kind is ContactKind.PHONE:
            hint = _("This is kept as typed: it is no number that can be called.")
        elif not point.value:
            hint = _("This is kept as typed: it is no e-mail address.")
        word = _("do not use") if point.do_not_use else _("primary") if first else ""
        name = self._name(kind, point.label)
        fact.show_point(name, point.raw, shown, word, hint, struck=point.do_not_use)

    def _fill_addresses(self) -> None:
        addresses = self.facts.customer.addresses
        usable = [one.id for one in addresses if not one.do_not_use]
        for address in addresses:
            fact = self.facts.rows.get(f"address:{address.id}")
            if not isinstance(fact, AddressFact):
                continue
            word = label_text(address.label)
            name = word[:1].upper() + word[1:] or _("Address")
            fact.show_value(name, address, self.facts.view.addresses.get(address.id, ()))
            first = len(addresses) > 1 and usable[:1] == [address.id]
            fact.marks.say(_("do not use") if address.do_not_use else _("primary") if first else "")
        fresh = self.facts.rows.get("address:new")
        if isinstance(fresh, AddressFact):
            fresh.show_value(_("Address"), Address())
            fresh.marks.say("")

    def _all(self, kind: ContactKind) -> list[ContactPoint]:
        return [point for point in self.facts.customer.contact_points if point.kind == kind]

    def _name(self, kind: ContactKind, label: str) -> str:
        word = label_text(label)
        return word[:1].upper() + word[1:] or captions.of_contacts()[kind]

    # What can be done with one.

    def _point_actions(self, fact: PointFact, menu: QMenu) -> Sequence[QAction]:
        point = self._point_of(fact)
        if point is None:
            return []
        kind = ContactKind(point.kind)
        found = self._all(kind)
        usable = [one.id for one in found if not one.do_not_use]
        made = self._shared_actions(
            menu,
            first=len(found) < 2 or point.do_not_use or usable[:1] == [point.id],
            make_first=partial(self._put_first, point),
            barred=point.do_not_use,
            bar=partial(self._save, kind, point, barred=not point.do_not_use),
        )
        for key in _LABELS[kind]:
            words = label_text(key) or _("No label")
            action = _action(menu, words, partial(self._save, kind, point, label=key), key)
            action.setCheckable(True)
            action.setChecked(key == point.label)
            made.append(action)
        made.append(_action(menu, _("Own label…"), fact.start_label, "own"))
        made.append(_separator(menu))
        made.append(self._history(fact, menu))
        made.append(_action(menu, _("Remove"), partial(self._remove, kind, point), "remove"))
        return made

    def _address_actions(self, fact: AddressFact, menu: QMenu) -> Sequence[QAction]:
        addresses = self.facts.customer.addresses
        address = next((one for one in addresses if fact.key == f"address:{one.id}"), None)
        if address is None:
            return []
        usable = [one.id for one in addresses if not one.do_not_use]
        made = self._shared_actions(
            menu,
            first=len(addresses) < 2 or address.do_not_use or usable[:1] == [address.id],
            make_first=partial(self._put_first, address),
            barred=address.do_not_use,
            bar=partial(
                self.facts.save_address, address._replace(do_not_use=not address.do_not_use)
            ),
        )
        for key in _ADDRESS_LABELS:
            save = partial(self.facts.save_address, address._replace(label=key))
            action = _action(menu, label_text(key) or _("No label"), save, key)
            action.setCheckable(True)
            action.setChecked(key == address.label)
            made.append(action)
        gone = Address(id=address.id)
        made.append(_separator(menu))
        made.append(self._history(fact, menu))
        made.append(_action(menu, _("Remove"), partial(self.facts.save_address, gone), "remove"))
        return made

    def _shared_actions(
        self,
        menu: QMenu,
        *,
        first: bool,
        make_first: Callable[[], object],
        barred: bool,
        bar: Callable[[], object],
    ) -> list[QAction]:
        made = [] if first else [_action(menu, _("Make primary"), make_first, "primary")]
        barring = _action(menu, _("Do not use"), bar, "bar")
        barring.setCheckable(True)
        barring.setChecked(barred)
        return [*made, barring, _separator(menu)]

    def _history(self, fact: FactRow, menu: QMenu) -> QAction:
        return self.facts.panel.past.action(menu, fact.key, fact.name.full_text())

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
        now = next((one for one in self._all(kind) if one.id == point.id), None)
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

    def _point_of(self, fact: PointFact) -> ContactPoint | None:
        """What a row stands for, None where it waits for a new one."""
        points = self.facts.customer.contact_points
        return next((one for one in points if fact.key == f"{one.kind}:{one.id}"), None)

    # Making rows.

    def _point_row(self, kind: ContactKind) -> FactRow:
        def save(text: str, edit: InlineEdit) -> None:
            customers, wanted = self.facts.service()
            self.facts.asked.discard(f"{kind.value}:new")
            now = self._point_of(fact)
            if now is None:
                # The row is for the next one as soon as this one is stored.
                label = self.messenger if kind is ContactKind.IM else ""
                self.facts.write(
                    lambda: customers.save_contact_point(wanted, kind, text, label=label),
                    edit.show_error,
                    typed=text,
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
                typed=text,
            )

        placeholder = {
            ContactKind.PHONE: _("Add a phone number"),
            ContactKind.EMAIL: _("Add an e-mail address"),
            ContactKind.IM: _("Name of the account"),
        }[kind]
        fact = PointFact(captions.of_contacts()[kind], save, placeholder=placeholder)
        fact.offer(partial(self._point_actions, fact))
        fact.labelled.connect(partial(self._save_label, fact))
        return fact

    def _save_label(self, fact: PointFact, label: str) -> None:
        if (point := self._point_of(fact)) is not None:
            self._save(ContactKind(point.kind), point, label=label)

    def _address_row(self) -> FactRow:
        made = AddressFact(_("Address"))
        made.marks.offer(partial(self._address_actions, made))
        made.saved.connect(self.facts.save_address)
        return made


def _action(owner: QObject, words: str, do: Callable[[], object], data: str) -> QAction:
    made = QAction(words.replace("&", "&&"), owner)
    made.setData(data)
    made.triggered.connect(partial(_do, do))
    return made


def _do(do: Callable[[], object], *_checked: bool) -> None:
    do()


def _separator(owner: QObject) -> QAction:
    made = QAction(owner)
    made.setSeparator(True)
    return made
