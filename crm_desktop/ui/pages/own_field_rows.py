"""Rows of the facts card: fields of the owner's own, in their groups."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.fields import (
    BETWEEN,
    CustomField,
    FieldKind,
    phone_parts,
    reference,
    referred,
)
from crm_desktop.i18n import _, ngettext, pgettext
from crm_desktop.ui import format as say
from crm_desktop.ui.host import host_of
from crm_desktop.ui.pages.row_groups import Maker, Makers, RowGroup
from crm_desktop.ui.widgets.basic import button
from crm_desktop.ui.widgets.edit import InlineEdit, InlineNotes
from crm_desktop.ui.widgets.facts import FactRow, WidgetFact
from crm_desktop.ui.widgets.own_customer import CustomerFact
from crm_desktop.ui.widgets.own_values import (
    HeadingRow,
    ValueFact,
    WordFact,
    WordsFact,
)

Failed = Callable[[str], object]


class OwnFieldRows(RowGroup):
    """A row a field: those that say something, and the others at a press."""

    def build(self) -> QPushButton:
        """Make what shows the empty ones."""
        self.all_shown = False
        self.more = button("", kind="link", clicked=self._turn)
        self.more.hide()
        return self.more

    def fields(self) -> list[CustomField]:
        """Those that may be seen; a value that has no field here stands as a text."""
        known = self.facts.view.fields
        listed = [field for field in known if not field.hidden]
        names = {field.name for field in known}
        custom = self.facts.customer.custom
        return listed + [CustomField(name) for name in custom if name not in names]

    def wanted(self) -> Makers:
        """Rows for those that say something or were asked for, under their headings."""
        rows: Makers = {}
        heading = ""
        for field in self.fields():
            key = f"custom:{field.name}"
            if not self._is_shown(field):
                continue
            if field.heading != heading:
                heading = field.heading
                named = f"heading:{heading}"
                rows[named] = Maker(partial(HeadingRow, heading), named)
            rows[key] = Maker(partial(self._make, field), f"{field.kind.value} {key}")
        return rows

    def fill(self) -> None:
        """Show what is stored."""
        empty = 0
        for field in self.fields():
            value = self.facts.customer.custom.get(field.name, "")
            empty += not value
            fact = self.facts.rows.get(f"custom:{field.name}")
            if fact is not None:
                self._fill_one(field, fact, value)
        words = ngettext("+ {n} empty field", "+ {n} empty fields", empty)
        self.more.setText(
            _("Hide empty fields") if self.all_shown else words.format(n=say.number(empty))
        )
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(bool(empty))

    def _is_shown(self, field: CustomField) -> bool:
        key = f"custom:{field.name}"
        return field.name in self.facts.customer.custom or key in self.facts.asked or self.all_shown

    def _turn(self) -> None:
        self.all_shown = not self.all_shown
        self.facts.arrange()

    def _fill_one(self, field: CustomField, fact: FactRow, value: str) -> None:
        shown = self.facts.shown(field.name, value)
        hint = self.facts.view.marks.get(field.name, "")
        if isinstance(fact, ValueFact):
            text = phone_parts(value)[1] if field.kind is FieldKind.PHONE else value
            # What has several lines is one line here, and is edited as a long text.
            flat = " ".join(text.split("\n"))
            fact.show_marked(flat, " ".join(shown.split("\n")), hint)
        elif isinstance(fact, WordFact):
            fact.show_words(value, _words(field), hint)
        elif isinstance(fact, WordsFact):
            said = value.split(BETWEEN) if value else []
            fact.show_words(said, field.words, hint)
        elif isinstance(fact, CustomerFact):
            number = referred(value)
            fact.show_one(None if number is None else CustomerId(number), shown, hint)
        elif isinstance(fact, WidgetFact) and isinstance(fact.widget, InlineNotes):
            fact.widget.set_value(value)

    # Making rows.

    def _make(self, field: CustomField) -> FactRow:
        name = field.name
        match field.kind:
            case FieldKind.LONG_TEXT:
                notes = InlineNotes(name, name)
                notes.committed.connect(partial(self._save, name))
                return WidgetFact(name, notes, wide=True)
            case FieldKind.YES_NO:
                return WordFact(name, partial(self._save, name))
            case FieldKind.CHOICE:
                return WordFact(name, partial(self._save, name), partial(self._new_word, name))
            case FieldKind.CHOICES:
                return WordsFact(name, partial(self._save, name), partial(self._new_word, name))
            case FieldKind.CUSTOMER:
                made = CustomerFact(name, partial(self._save_customer, name))
                made.customer_wanted.connect(self.facts.panel.customer_wanted)
                return made
        icon, words = {
            FieldKind.PHONE: ("phone", _("Call")),
            FieldKind.EMAIL: ("mail", _("Write an e-mail")),
            FieldKind.LINK: ("external-link", _("Open in the browser")),
        }.get(field.kind, ("", ""))
        placeholder = {
            FieldKind.DATE: _("Add a date"),
            FieldKind.NUMBER: _("Add a number"),
            FieldKind.MONEY: _("Add an amount"),
            FieldKind.PHONE: _("Add a phone number"),
            FieldKind.EMAIL: _("Add an e-mail address"),
            FieldKind.LINK: _("Add a web address"),
        }.get(field.kind, _("Add a text"))
        fact = ValueFact(
            name, partial(self._typed, name), placeholder=placeholder, icon=icon, words=words
        )
        fact.wanted.connect(partial(self._open, field))
        return fact

    def _open(self, field: CustomField) -> None:
        value = self.facts.customer.custom.get(field.name, "")
        first = value.split(BETWEEN)[0]
        if field.kind is FieldKind.PHONE:
            number = phone_parts(value)[0].split(BETWEEN)[0]
            QGuiApplication.clipboard().setText(number)
            QDesktopServices.openUrl(QUrl(f"tel:{number}"))
            host_of(self.facts).toast(_("{number} is copied").format(number=number))
        elif field.kind is FieldKind.EMAIL:
            QDesktopServices.openUrl(QUrl(f"mailto:{first}"))
        elif first.startswith(("https://", "http://")):
            QDesktopServices.openUrl(QUrl(first))

    # Saving.

    def _typed(self, name: str, text: str, edit: InlineEdit) -> None:
        self._save(name, text, edit.show_error)

    def _save(self, name: str, text: str, failed: Failed | None = None) -> None:
        customers, wanted = self.facts.service()
        self.facts.asked.add(f"custom:{name}")
        self.facts.write(lambda: customers.set_custom(wanted, name, text), failed, typed=text)

    def _new_word(self, name: str, text: str, failed: Failed) -> None:
        customers, wanted = self.facts.service()
        self.facts.write(lambda: customers.set_custom(wanted, name, text, new_word=True), failed)

    def _save_customer(self, name: str, number: str, failed: Failed) -> None:
        self._save(name, reference(int(number)) if number else "", failed)


def _words(field: CustomField) -> list[tuple[str, str]]:
    if field.kind is FieldKind.YES_NO:
        return [("yes", pgettext("value", "Yes")), ("no", pgettext("value", "No"))]
    return [(word, word) for word in field.words]
