"""The facts card of a customer: rows come and go with what he has, and keep the cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu
from shiboken6 import isValid

from crm_desktop.domain import birthdays
from crm_desktop.domain.customers import Address, Customer, CustomerId, CustomerKind, Stage
from crm_desktop.domain.relations import NOBODY, Related
from crm_desktop.i18n import _, language, pgettext
from crm_desktop.services import captions
from crm_desktop.services.customer_views import NOTHING, CustomerView
from crm_desktop.ui import format as say
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.pages.contact_rows import MESSENGERS, ContactRows
from crm_desktop.ui.pages.own_field_rows import OwnFieldRows
from crm_desktop.ui.pages.personal_rows import PersonalRows
from crm_desktop.ui.pages.relation_rows import RelationRows
from crm_desktop.ui.pages.row_groups import Maker, Makers
from crm_desktop.ui.theme import colours, paint
from crm_desktop.ui.widgets.basic import Card, button, plain_tip, row
from crm_desktop.ui.widgets.completion import complete_with
from crm_desktop.ui.widgets.edit import InlineEdit
from crm_desktop.ui.widgets.facts import ChoiceFact, FactRow, NewField, TextFact, WidgetFact
from crm_desktop.ui.widgets.reach import AddressFact
from crm_desktop.ui.widgets.tags import TagsFact

if TYPE_CHECKING:
    from crm_desktop.services.customers import CustomerService
    from crm_desktop.ui.pages.customer_panel import CustomerPanel


class Facts(Card):
    """Rows by key.

    A customer's rows are matched with those that stand, so that a field that is being edited
    stays where it is while another one is saved.

    Attributes:
        panel: that it stands in.
        customer: whose facts they are; only once there is one.
        view: what else is told of him.
        related: to whom he is something, and who is something to him.
        rows: those that stand, by key.
        asked: keys of rows that stand although they say nothing.
    """

    def __init__(self, panel: CustomerPanel) -> None:
        super().__init__(panel, margins=(14, 10, 8, 8))
        self.panel = panel
        self._customer: Customer | None = None
        self._fields: Mapping[str, str] = {}
        self.view: CustomerView = NOTHING
        self.related: Related = NOBODY
        self.rows: dict[str, FactRow] = {}
        # Rows of those who were shown before, hidden: to make one takes milliseconds.
        self._spare: dict[str, list[FactRow]] = {}
        self.asked: set[str] = set()
        self._order: list[str] = []
        self.contacts = ContactRows(self)
        self.personal = PersonalRows(self)
        self.relations = RelationRows(self)
        self.own = OwnFieldRows(self)
        self.body.setSpacing(1)
        self._add_phone = button(_("+ Phone"), kind="link", clicked=self._new_phone)
        self._add_email = button(_("+ E-mail"), kind="link", clicked=self._new_email)
        self._add_address = button(_("+ Address"), kind="link", clicked=self._new_address)
        self._add_field = button(
            _("+ Field"), kind="link", clicked=self._pop_more, tip=_("What else can be noted")
        )
        self.new_field = NewField()
        self.new_field.written.connect(self._save_new_field)
        adders = (self._add_phone, self._add_email, self._add_address, self._add_field)
        foot = row(*adders, None, spacing=2)
        foot.setContentsMargins(0, 4, 0, 0)
        own = row(self.own.build(), None)
        own.setContentsMargins(0, 2, 0, 0)
        self.body.addLayout(own)
        self.body.addWidget(self.relations.build())
        self.body.addWidget(self.new_field)
        self.body.addLayout(foot)

    @property
    def customer(self) -> Customer:
        """Whose facts they are."""
        assert self._customer is not None
        return self._customer

    def row(self, key: str) -> FactRow:
        """A row by its key, such as `stage`, `phone:3`, `custom:Size`."""
        return self.rows[key]

    def keys(self) -> list[str]:
        """The rows' keys from top to bottom."""
        return list(self._order)

    def show_customer(
        self,
        customer: Customer,
        fields: Mapping[str, str],
        related: Related = NOBODY,
        view: CustomerView = NOTHING,
    ) -> None:
        """Show a customer's facts.

        Args:
            customer: whose.
            fields: how the values of his own fields read, by name.
            related: to whom he is something, and who is something to him.
            view: what else is told of him.
        """
        self._customer, self._fields, self.related, self.view = customer, fields, related, view
        self.arrange()

    def arrange(self) -> None:
        """Bring the rows in line with what the customer has."""
        wanted = self._wanted(self.customer)
        rows = self.rows
        for key in [k for k in rows if k not in wanted or wanted[k].alike != rows[k].alike]:
            self._put_by(key)
        for key, maker in wanted.items():
            if key not in rows:
                rows[key] = self._row_for(key, maker)
        for one in chain.from_iterable(self._spare.values()):
            one.hide()
            self.body.removeWidget(one)
        order = list(wanted)
        for place, key in enumerate(order):
            if self.body.indexOf(rows[key]) != place:
                self.body.removeWidget(rows[key])
                self.body.insertWidget(place, rows[key])
            rows[key].show()
        if order != self._order:
            self._order = order
            self.panel.tab_order.soon()
        self._fill(self.customer)

    def leave(self) -> None:
        """Another customer's facts are to come: what is typed into his rows is saved."""
        self.new_field.keep()
        self.asked.clear()
        for key, fact in list(self.rows.items()):
            fact.keep()
            if fact.alike:
                fact.rest()
            else:
                self._put_by(key)

    # Which rows there are.

    def _wanted(self, customer: Customer) -> Makers:
        rows: Makers = {
            "stage": Maker(self._stage_row, "stage"),
            "kind": Maker(self._kind_row, "kind"),
        }
        rows |= self.relations.wanted()
        rows |= self.contacts.wanted()
        rows |= self.personal.wanted()
        rows["birthday"] = Maker(self._birthday_row, "birthday")
        rows["tags"] = Maker(self._tags_row, "tags")
        rows |= self.own.wanted()
        return rows

    def shown(self, name: str, value: str) -> str:
        """How a value of an own field of his reads."""
        return self._fields.get(name, value)

    def _put_by(self, key: str) -> None:
        """Take a row away; one like others may stand for something else at once."""
        gone = self.rows.pop(key)
        if not gone.alike:
            self.body.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
            return
        focus = QApplication.focusWidget()
        if focus is not None and gone.isAncestorOf(focus):
            gone.hide()  # what is typed is saved, and the cursor goes on
        gone.rest()
        self._spare.setdefault(gone.alike, []).append(gone)

    def _row_for(self, key: str, maker: Maker) -> FactRow:
        """A row that was put by, or a new one."""
        spare = self._spare.get(maker.alike)
        if spare:
            row = spare.pop(0)
        else:
            row = maker.make()
            row.alike = maker.alike
            if key.partition(":")[0] in PLACES:
                self.panel.past.offer(row, key)
        row.key = key
        return row

    def _fill(self, customer: Customer) -> None:
        stage = self.rows["stage"]
        kind = self.rows["kind"]
        if isinstance(stage, ChoiceFact):
            word = paint.stage_text(customer.stage.value)
            stage.show_value(customer.stage.value, word, paint.stage_tint(customer.stage.value))
            self._tell_stages(stage)
        if isinstance(kind, ChoiceFact):
            kind.show_value(customer.kind.value, kind_text(customer.kind), colours().neutral)
        for group in (self.relations, self.contacts, self.personal, self.own):
            group.fill()
        self._show_text("birthday", customer.birthday or "", self._birthday_words())
        birthday = self.rows["birthday"]
        if isinstance(birthday, TextFact) and (feast := self.view.feast) is not None:
            day = say.full_date(feast.year, feast.month, feast.day)
            birthday.edit.edit.setToolTip(_("Kept on {day} this year").format(day=day))
        tags = self.rows["tags"]
        if isinstance(tags, TagsFact):
            tags.show_tags(customer.tags, self.view.tag_colours)

    def _tell_stages(self, stage: ChoiceFact) -> None:
        """Say since when he is what he is, and on hover what he was before."""
        turns = self.view.stages
        stage.caption.setText(_("since {date}").format(date=say.day(turns[-1].at)) if turns else "")
        lines = [
            _("{date}: {before} → {stage}").format(
                date=say.day(turn.at),
                before=paint.stage_text(turn.before),
                stage=paint.stage_text(turn.stage),
            )
            for turn in reversed(turns)
        ]
        said = "\n".join(lines)
        stage.caption.setToolTip(said)
        stage.button.setToolTip(said)
        stage.button.setAccessibleDescription(said)

    def _birthday_words(self) -> str:
        words = birthday_text(self.customer.birthday)
        if (feast := self.view.feast) is not None:
            day = say.short_date(None, feast.month, feast.day)
            words = f"{words} · {day}"
        return words

    def _show_text(self, key: str, text: str, shown: str = "") -> None:
        fact = self.rows.get(key)
        if isinstance(fact, TextFact):
            fact.show_value(text, shown)
            fact.edit.edit.setToolTip(plain_tip(shown) if len(shown) > _LONG else "")

    # Making rows; each saves through the panel.

    def service(self) -> tuple[CustomerService, CustomerId]:
        """What changes customers, and whom this card is about."""
        return session_of(self).workspace.customers, self.customer.id

    def write(
        self, fn: Callable[[], object], failed: Callable[[str], object] | None = None
    ) -> None:
        """Run a change; without `failed`, a refusal is told by a toast."""
        self.panel.write(fn, failed or host_of(self).toast)

    def save_field(
        self, field: str, text: str, failed: Callable[[str], object] | None = None
    ) -> None:
        """Save one field of the customer."""
        customers, wanted = self.service()
        self.write(lambda: customers.update(wanted, field, text), failed)

    def save_address(self, address: Address) -> None:
        """Save an address."""
        customers, wanted = self.service()
        self.asked.discard("address:new")
        self.write(lambda: customers.save_address(wanted, address))

    def _stage_row(self) -> FactRow:
        options = [(s.value, paint.stage_text(s.value), None) for s in Stage]
        return ChoiceFact(_("Stage"), options, partial(self.save_field, "stage"))

    def _kind_row(self) -> FactRow:
        options = [(k.value, kind_text(k), None) for k in CustomerKind]
        return ChoiceFact(_("Kind"), options, partial(self.save_field, "kind"))

    def _birthday_row(self) -> FactRow:
        return TextFact(_("Birthday"), self._save_birthday, placeholder=_("Add a birthday"))

    def _tags_row(self) -> FactRow:
        made = TagsFact(_("Tags"), self._save_tags)
        made.strip.coloured.connect(self._colour_tag)
        made.edit.edit.entered.connect(partial(self._offer_tags, made))
        return made

    def _offer_tags(self, made: TagsFact) -> None:
        """Complete the tags that there are when the field is entered."""
        customers, _id = self.service()

        def offer(tags: list[str]) -> None:
            if not isValid(made):
                return
            complete_with(made.edit.edit, tags)

        ReadOp(self, customers.tags, key="tags").success(offer).run()

    # Saving.

    def _save_birthday(self, text: str, edit: InlineEdit) -> None:
        self.save_field("birthday", text, edit.show_error)

    def _save_tags(self, text: str, edit: InlineEdit) -> None:
        customers, wanted = self.service()
        names = [t.strip() for t in text.replace("，", ",").replace(";", ",").split(",")]
        tags = [t for t in dict.fromkeys(names) if t]
        self.write(lambda: customers.set_tags(wanted, tags), edit.show_error)

    def _colour_tag(self, tag: str, colour: str) -> None:
        customers, _wanted = self.service()
        self.write(lambda: customers.set_tag_colour(tag, colour))

    # Adding.

    def more_menu(self) -> QMenu:
        """What else can be noted of a customer: facts that say nothing yet, and the rest."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        names = captions.of_facts()
        for key in self.personal.missing():
            menu.addAction(names[key], partial(self.ask_for, key)).setData(key)
        accounts = menu.addMenu(_("Messenger"))
        for name in (*MESSENGERS, ""):
            words = name or _("Another one")
            accounts.addAction(words, partial(self._new_account, name)).setData(f"im:{name}")
        menu.addAction(_("Relation…"), self.relations.ask).setData("relation")
        menu.addSeparator()
        facts = self.customer.facts
        for field, words, present in (
            ("do_not_contact", _("Do not contact"), facts.do_not_contact),
            ("deceased", _("Deceased"), facts.deceased),
        ):
            turn = partial(self._set_fact, field, "no" if present else "yes")
            action = menu.addAction(words, turn)
            action.setCheckable(True)
            action.setChecked(present)
            action.setData(field)
        menu.addSeparator()
        menu.addAction(_("Own field…"), self._ask_field).setData("own")
        menu.addAction(_("Fields in Settings…"), self._to_settings).setData("settings")
        return menu

    def _to_settings(self) -> None:
        host_of(self).show_fields()

    def _set_fact(self, field: str, text: str) -> None:
        self.save_field(field, text)

    def _pop_more(self) -> None:
        if self._customer is not None:
            at = self._add_field.mapToGlobal(QPoint(0, self._add_field.height()))
            self.more_menu().popup(at)

    def _new_phone(self) -> None:
        self.ask_for("phone:new")

    def _new_email(self) -> None:
        self.ask_for("email:new")

    def _new_address(self) -> None:
        self.ask_for("address:new")

    def _new_account(self, messenger: str) -> None:
        self.contacts.messenger = messenger
        self.ask_for("im:new")

    def _ask_field(self) -> None:
        if self._customer is None:
            return
        customers, _wanted = self.service()
        ReadOp(self, customers.custom_field_names, key="fields").success(self.new_field.start).run()

    def _save_new_field(self, name: str, value: str) -> None:
        known = f"custom:{name}"
        if known in self.rows:  # he has it already: change it there
            self.ask_for(known)
            return
        customers, wanted = self.service()
        self.write(lambda: customers.set_custom(wanted, name, value))

    def ask_for(self, key: str) -> None:
        """Show a row that says nothing yet, and go there."""
        if self._customer is None:
            return
        self.asked.add(key)
        self.arrange()
        fact = self.rows[key]
        # Once the layout has given the new row its place.
        if isinstance(fact, AddressFact):
            QTimer.singleShot(0, fact, fact.start)
        elif isinstance(fact, TextFact):
            QTimer.singleShot(0, fact, fact.edit.start)
        elif isinstance(fact, WidgetFact):
            QTimer.singleShot(0, fact.widget, fact.widget.setFocus)
        elif isinstance(fact, ChoiceFact):
            QTimer.singleShot(0, fact.button, fact.button.setFocus)
        else:
            QTimer.singleShot(0, fact.value, fact.value.setFocus)


# A value longer than this does not fit beside its word.
_LONG = 34
# Rows whose history the archive tells by the row's key; contacts have it in menus of their own.
PLACES = frozenset(("stage", "kind", "birthday", "tags", "custom", *PersonalRows.KEYS))


def kind_text(kind: CustomerKind) -> str:
    """The word for a customer's kind."""
    if kind is CustomerKind.ORGANISATION:
        return pgettext("kind", "Organisation")
    return pgettext("kind", "Person")


def birthday_text(stored: str | None) -> str:
    """A birthday as people write it; a year that is unknown is left out."""
    if not stored:
        return ""
    known = birthdays.parse(stored)
    if known is None:
        return stored
    if known.lunar:
        if language().startswith("zh"):
            return _("lunar {day}").format(day=birthdays.chinese_words(known))
        figures = known._replace(lunar=False).text.rstrip("+")
        words = _("lunar {day} (leap month)") if known.leap else _("lunar {day}")
        return words.format(day=figures)
    return say.full_date(known.year, known.month, known.day) or stored
