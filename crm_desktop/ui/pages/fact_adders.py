"""The foot of the facts card: what adds a fact, and the menu of all that can be noted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from crm_desktop.i18n import _
from crm_desktop.services import captions
from crm_desktop.ui.host import host_of
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.pages.contact_rows import MESSENGERS
from crm_desktop.ui.widgets.basic import button, row
from crm_desktop.ui.widgets.facts import NewField

if TYPE_CHECKING:
    from crm_desktop.ui.pages.customer_facts import Facts


class FactAdders(QWidget):
    """Buttons for what is added most, a menu for the rest, and a new field of the user's own.

    Attributes:
        new_field: its name and value, once it was asked for.
    """

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self._facts = facts
        self.new_field = NewField()
        self.new_field.written.connect(self._save_new_field)
        most = [
            button(words, kind="link", clicked=partial(self._ask, key))
            for words, key in (
                (_("+ Phone"), "phone:new"),
                (_("+ E-mail"), "email:new"),
                (_("+ Address"), "address:new"),
            )
        ]
        self._more = button(
            _("+ Field"), kind="link", clicked=self._pop, tip=_("What else can be noted")
        )
        foot = row(*most, self._more, None, spacing=2)
        foot.setContentsMargins(0, 4, 0, 0)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(1)
        box.addWidget(self.new_field)
        box.addLayout(foot)

    def menu(self) -> QMenu:
        """What else can be noted of a customer: facts that say nothing yet, and the rest."""
        facts, customer = self._facts, self._facts.customer
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        names = captions.of_facts()
        for key in facts.personal.missing():
            menu.addAction(names[key], partial(facts.ask_for, key)).setData(key)
        accounts = menu.addMenu(_("Messenger"))
        for name in (*MESSENGERS, ""):
            words = name or _("Another one")
            accounts.addAction(words, partial(self._new_account, name)).setData(f"im:{name}")
        menu.addAction(_("Relation…"), facts.relations.ask).setData("relation")
        menu.addSeparator()
        for field, words, present in (
            ("do_not_contact", _("Do not contact"), customer.facts.do_not_contact),
            ("deceased", _("Deceased"), customer.facts.deceased),
        ):
            turn = partial(facts.save_field, field, "no" if present else "yes")
            action = menu.addAction(words, turn)
            action.setCheckable(True)
            action.setChecked(present)
            action.setData(field)
        menu.addSeparator()
        menu.addAction(_("Own field…"), self.ask_field).setData("own")
        menu.addAction(_("Fields in Settings…"), self._to_settings).setData("settings")
        return menu

    def ask_field(self) -> None:
        """Let a field of the user's own be typed."""
        customers, _wanted = self._facts.service()
        ReadOp(self, customers.custom_field_names, key="fields").success(self.new_field.start).run()

    def _ask(self, key: str, *_checked: object) -> None:
        self._facts.ask_for(key)

    def _pop(self) -> None:
        if self._facts.panel.customer is not None:
            self.menu().popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _new_account(self, messenger: str) -> None:
        self._facts.contacts.messenger = messenger
        self._facts.ask_for("im:new")

    def _save_new_field(self, name: str, value: str) -> None:
        known = f"custom:{name}"
        if known in self._facts.rows:  # he has it already: change it there
            self._facts.ask_for(known)
            return
        customers, wanted = self._facts.service()
        self._facts.write(lambda: customers.set_custom(wanted, name, value))

    def _to_settings(self) -> None:
        host_of(self).show_fields()
