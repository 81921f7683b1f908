"""The chosen customer: who he is, what can be done, the facts in place, the timeline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.domain.cases import CaseId
from crm_desktop.domain.changes import Changes
from crm_desktop.domain.customers import (
    ContactPoint,
    Customer,
    CustomerId,
    InteractionKind,
)
from crm_desktop.domain.documents import Document
from crm_desktop.domain.duplicates import Merged
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.relations import NOBODY, Related, RelatedCustomer
from crm_desktop.domain.tasks import Task
from crm_desktop.domain.timeline import TimelinePage
from crm_desktop.i18n import _
from crm_desktop.services.customer_views import CustomerView, view_of
from crm_desktop.ui.drops import DropPlace
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.leaving import leave
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages import refusals
from crm_desktop.ui.pages.customer_articles import CustomerArticles
from crm_desktop.ui.pages.customer_banner import CustomerBanner
from crm_desktop.ui.pages.customer_cases import CustomerCases
from crm_desktop.ui.pages.customer_documents import CustomerDocuments
from crm_desktop.ui.pages.customer_facts import Facts
from crm_desktop.ui.pages.customer_merges import CustomerMerges
from crm_desktop.ui.pages.customer_opportunities import CustomerOpportunities
from crm_desktop.ui.pages.customer_orders import CustomerOrders
from crm_desktop.ui.pages.customer_past import CustomerPast
from crm_desktop.ui.pages.customer_products import CustomerProducts
from crm_desktop.ui.pages.customer_promises import CustomerPromises
from crm_desktop.ui.pages.customer_tasks import CustomerTasks
from crm_desktop.ui.pages.customer_timeline import CustomerTimeline
from crm_desktop.ui.pages.quotation_section import QuotationSection
from crm_desktop.ui.theme import SIZE, SPACE, fonts, icons
from crm_desktop.ui.widgets.basic import Avatar, button, label, row
from crm_desktop.ui.widgets.edit import InlineEdit
from crm_desktop.ui.widgets.format_bar import FormatBar
from crm_desktop.ui.widgets.related import People
from crm_desktop.ui.widgets.rich_notes import RichNotes
from crm_desktop.ui.widgets.tab_order import TabOrder

_GENERAL = frozenset(("tag", "setting", "custom_field"))
_PEOPLE, _MORE_PEOPLE = 20, 100


class _Found(NamedTuple):
    """What is shown of a customer."""

    customer: Customer
    fields: dict[str, str]
    related: Related
    documents: list[Document]
    tasks: list[Task]
    timeline: TimelinePage
    merges: list[Merged]
    view: CustomerView


class CustomerPanel(QFrame):
    """Shows and edits one customer; `closed` tells that it was sent away."""

    closed = Signal()
    shown = Signal(object)
    # Somebody he is related with shall be shown.
    customer_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setFixedWidth(SIZE.panel)
        self.customer: Customer | None = None
        self._wanted: CustomerId | None = None
        self.avatar = Avatar()
        self.name = InlineEdit(_("Name"), role="record", placeholder=_("Name"))
        self.organisation = InlineEdit(
            _("Organisation"), role="secondary", placeholder=_("Add an organisation")
        )
        self.name.committed.connect(self._save_name)
        self.organisation.committed.connect(self._save_organisation)
        self.facts = Facts(self)
        self.people = People()
        self.people.customer_wanted.connect(self.customer_wanted)
        self.people.more_wanted.connect(self._ask_more_people)
        self.people.remove_wanted.connect(self._end_relation)
        self.banner = CustomerBanner()
        self.banner.field_wanted.connect(self._set_fact)
        self.banner.case_wanted.connect(self._show_case)
        self.cases = CustomerCases()
        self.promises = CustomerPromises()
        self._related = NOBODY
        self._most_people = _PEOPLE
        self.documents = CustomerDocuments()
        self.notes = RichNotes(_("Notes"), _("Add a note about this customer"))
        self.notes.committed.connect(self._save_notes)
        self._notes_error = label("", "error", wrap=True)
        self._notes_error.hide()
        self.tasks = CustomerTasks()
        self.articles = CustomerArticles()
        self.opportunities = CustomerOpportunities()
        self.orders = CustomerOrders()
        self.quotations = QuotationSection()
        self.products = CustomerProducts()
        self.timeline = CustomerTimeline()
        # A file for this customer, not one to be imported.
        self.drops = DropPlace(self)
        self.drops.files_dropped.connect(self.documents.add_files)
        self.past = CustomerPast(self)
        self._build()
        # Walking down the list with the arrow keys reads the first one and where it stops.
        self._soon = QTimer(self, singleShot=True, interval=40)
        self._soon.timeout.connect(self._ask_last)
        self._asked: CustomerId | None = None
        self.tab_order = TabOrder(self)
        self.quotations.rows_changed.connect(self.tab_order.soon)
        self._drafts = session_of(self).drafts
        lines = (self.timeline, self.promises, self.cases, self.tasks)
        self._drafts.follow((*lines, self.facts.relations, self.facts.adders.new_field))

    def _build(self) -> None:
        close = button("", kind="quiet", clicked=self.closed.emit, name=_("Close the panel"))
        close.setToolTip(_("Close (Esc)"))
        icons.set_icon(close, "x", "mute", 16)
        close.setFixedWidth(32)
        names = QVBoxLayout()
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(self.name)
        names.addWidget(self.organisation)
        names.addStretch(1)
        head = row(self.avatar, spacing=SPACE.s)
        head.addLayout(names, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.call = button(_("Call"), "phone", clicked=self._call, tip=_("Call the first number"))
        self.mail = button(_("Mail"), "mail", clicked=self._mail, tip=_("Write an e-mail"))
        self.note = button(
            _("Note"), "square-pen", clicked=self._note, tip=_("Add to the timeline")
        )
        self.print = button(
            _("Print"), "printer", clicked=self._print, tip=_("Print customer file (Ctrl+P)")
        )
        self.origins = button(
            _("Where the values came from…"), kind="link", clicked=self.past.show_origins
        )
        self.origins.hide()
        self.states = button(_("Earlier states…"), kind="link", clicked=self.past.show_states)
        self.merges = CustomerMerges()
        actions = row(self.call, self.mail, self.note, self.print)
        for place, made in enumerate((self.call, self.mail, self.note, self.print)):
            made.setIconSize(QSize(16, 16))
            made.setProperty("tight", True)
            actions.setStretch(place, 1)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(20, 0, 20, 20)
        box.setSpacing(SPACE.m)
        box.addWidget(self.facts)
        box.addWidget(self.promises)
        box.addWidget(self.cases)
        box.addWidget(self.people)
        box.addWidget(self.tasks)
        box.addWidget(self.documents)
        box.addWidget(self.opportunities)
        box.addWidget(self.orders)
        box.addWidget(self.quotations)
        box.addWidget(self.products)
        box.addWidget(self.articles)
        box.addLayout(row(label(_("Notes"), "section"), None, FormatBar(self.notes)))
        box.addWidget(self.notes)
        box.addWidget(self._notes_error)
        box.addWidget(self.timeline)
        box.addWidget(self.merges)
        box.addLayout(row(self.origins, self.states, None))
        box.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inner)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = QVBoxLayout()
        top.setContentsMargins(20, 22, 12, 0)
        top.setSpacing(SPACE.m)
        top.addLayout(head)
        inset = QVBoxLayout()
        inset.setContentsMargins(0, 0, 8, 0)
        inset.addLayout(actions)
        inset.addWidget(self.banner)
        top.addLayout(inset)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(SPACE.m)
        outer.addLayout(top)
        outer.addWidget(self.area, 1)

    # Showing.

    def show_customer(self, customer: CustomerId | None, *, soon: bool = True) -> None:
        """Show a customer; None shows nothing new."""
        if customer != self._wanted:
            self._most_people = _PEOPLE
        self._wanted = customer
        if customer is None:
            self._soon.stop()
        elif soon and self._soon.isActive():
            self._soon.start()
        else:
            self._ask()
            self._soon.start()

    def _ask_last(self) -> None:
        if self._asked != self._wanted:
            self._ask()

    def apply(self, changes: Changes) -> None:
        """Follow a committed step."""
        if self._wanted is None:
            return
        shown = (*self._related.forward, *self._related.backward)
        # A tag's colour and how numbers are written belong to nobody.
        general = not _GENERAL.isdisjoint(changes.tables)
        if general or any(map(changes.touches, (self._wanted, *(one.id for one in shown)))):
            self._ask()

    def _ask(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        self._asked = wanted
        workspace, most = session_of(self).workspace, self._most_people
        documents, duplicates = workspace.documents, workspace.duplicates
        customers = workspace.customers
        tasks, timeline = self.tasks.reader(wanted), self.timeline.reader(wanted)

        def read() -> _Found:
            customer = customers.get(wanted)
            return _Found(
                customer,
                customers.shown_fields(customer),
                customers.related(wanted, limit=most),
                documents.of(wanted),
                tasks(),
                timeline(),
                duplicates.merged_into(wanted),
                view_of(workspace, customer),
            )

        ReadOp(self, read, key="customer").success(self._take).failure(self._gone).run()

    def _gone(self, _error: UserError) -> None:
        self.closed.emit()

    def _ask_more_people(self) -> None:
        self._most_people += _MORE_PEOPLE
        self._ask()

    def _take(self, found: _Found) -> None:
        customer, fields, related, documents, tasks, timeline, merges, view = found
        if customer.id != self._wanted:
            return
        another = self.customer is None or self.customer.id != customer.id
        in_name = self.name.edit.hasFocus()
        if another:
            if self.customer is not None:
                refusals.tell_all(self, self.customer)
            # What is typed goes to the one who is shown still.
            leave(self)
            self.facts.leave()
            for field in (self.name, self.organisation):
                field.forget()
            self.area.verticalScrollBar().setValue(0)
        self.customer = customer
        fonts.ensure_for(
            customer.name,
            customer.organisation,
            customer.notes,
            *customer.custom.values(),
            *fields.values(),
            *(one.name for one in related.forward),
        )
        self.avatar.set_name(customer.name)
        self.name.set_value(customer.name)
        self.organisation.set_value(customer.organisation)
        self.notes.set_value(customer.notes)
        self._notes_error.hide()
        self.call.setEnabled(_usable(customer.phones) is not None)
        self.mail.setEnabled(_usable(customer.emails) is not None)
        self.origins.setVisible(bool(customer.sources))
        self.merges.show_merges(merges)
        self._related = related
        self.facts.show_customer(customer, fields, related, view)
        self._drafts.show(customer.id, customer.name, [one.merged for one in merges])
        self.banner.show_customer(customer, view.cases)
        self.cases.show_cases(view.cases)
        self.promises.show_promises(view.promises)
        self.people.show_people(related)
        self.documents.show_customer(customer.id, documents, view.warnings)
        self.drops.text = _("Drop to add to {name}’s documents").format(name=customer.name)
        self.tasks.show_customer(customer.name, tasks)
        self.opportunities.show_customer(customer.id, customer.name)
        self.orders.show_customer(customer.id, customer.name)
        self.quotations.show_customer(customer.id, customer.name)
        self.products.show_customer(customer.id)
        self.articles.show_customer(customer)
        self.timeline.show_customer(customer.id, timeline)
        self.tab_order.soon()
        if in_name:  # where who followed a link goes on
            self.name.edit.setFocus(Qt.FocusReason.TabFocusReason)
        self.shown.emit(customer.id)

    # Editing.

    def rename(self) -> None:
        """F2: edit the name."""
        self.name.start()

    def _save_name(self, text: str) -> None:
        self.save_field("name", text, self.name.show_error)

    def _save_organisation(self, text: str) -> None:
        self.save_field("organisation", text, self.organisation.show_error)

    def _save_notes(self, text: str) -> None:
        self.save_field("notes", text, self._show_notes_error)

    def _show_notes_error(self, text: str) -> None:
        self._notes_error.setText(text)
        self._notes_error.show()

    def save_field(self, field: str, text: str, failed: Callable[[str], object]) -> None:
        """Save one field of the customer; `failed` takes the words of a refusal."""
        if self.customer is None:
            return
        customers, wanted = session_of(self).workspace.customers, self.customer.id
        self.write(lambda: customers.update(wanted, field, text), failed, typed=text)

    def write(
        self,
        fn: Callable[[], object],
        failed: Callable[[str], object] | None = None,
        *,
        typed: str = "",
    ) -> None:
        """Run a change of this customer on the writer.

        Args:
            fn: makes it.
            failed: takes the words of a refusal while he is shown; without it a toast has them.
            typed: what was typed, to be told with the refusal once another one is shown.
        """
        op, meant = WriteOp(self, fn), self.customer

        def told(error: UserError) -> None:
            # The field may stand for another customer meanwhile.
            same = self.customer is not None and meant is not None and self.customer.id == meant.id
            if failed is not None and same:
                failed(str(error))
            elif typed and meant is not None:
                refusals.tell(self, meant, [(typed, str(error))])
            else:
                host_of(self).toast(str(error))

        if failed is not None:
            op.failure(told)
        op.run()

    def _set_fact(self, field: str, text: str) -> None:
        self.facts.save_field(field, text)

    def _end_relation(self, one: RelatedCustomer) -> None:
        self.facts.relations.remove(one, turned=True)

    def _show_case(self, case: CaseId) -> None:
        self.area.ensureWidgetVisible(self.cases.open_case(case))

    # What can be done.

    def _call(self) -> None:
        if (phone := _usable(self.customer.phones if self.customer else ())) is not None:
            self._if_allowed(_("Call all the same"), partial(self._call_number, phone))

    def _if_allowed(self, words: str, act: Callable[[], object]) -> None:
        """Reach him, but where he is not to be contacted only once somebody says so."""
        customer = self.customer
        if customer is None or customer.may_be_written_to:
            act()
            return
        said = _("{name} has died.") if customer.facts.deceased else _("{name}: do not contact.")
        host_of(self).toast(said.format(name=customer.name), action=(words, act))

    def _call_number(self, phone: ContactPoint) -> None:
        QGuiApplication.clipboard().setText(phone.value or phone.raw)
        QDesktopServices.openUrl(QUrl(f"tel:{phone.value or phone.raw}"))
        host_of(self).toast(
            _("{number} is copied").format(number=phone.raw),
            action=(_("Log the call"), self.log_call),
        )

    def log_call(self) -> None:
        """Ctrl+L: begin an entry for a call."""
        self.timeline.start(InteractionKind.CALL)
        self.area.ensureWidgetVisible(self.timeline.composer)

    def _mail(self) -> None:
        if (mail := _usable(self.customer.emails if self.customer else ())) is not None:
            self._if_allowed(_("Write all the same"), partial(self._mail_to, mail))

    def _mail_to(self, mail: ContactPoint) -> None:
        QDesktopServices.openUrl(QUrl(f"mailto:{mail.value or mail.raw}"))

    def _note(self) -> None:
        self.timeline.start()
        self.area.ensureWidgetVisible(self.timeline.composer)

    def _print(self) -> None:
        if self.customer is not None:
            host_of(self).print_customers([self.customer.id])


def _usable(points: Sequence[ContactPoint]) -> ContactPoint | None:
    """The first that somebody may be reached by."""
    return next((point for point in points if not point.do_not_use), None)
