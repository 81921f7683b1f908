"""The customers: search, stages, the list, and the chosen one at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.changes import Changes, StepId
from crm_desktop.domain.customers import CustomerDraft, CustomerId, CustomerListQuery, Stage
from crm_desktop.i18n import _, ngettext
from crm_desktop.services import field_values
from crm_desktop.ui import format as say
from crm_desktop.ui.clocks import after
from crm_desktop.ui.models.customers import CustomerListModel
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages.base import Page
from crm_desktop.ui.pages.filter_bar import FilterBar
from crm_desktop.ui.pages.list_body import ListBody, count_words
from crm_desktop.ui.pages.list_order import ListOrder
from crm_desktop.ui.pages.list_views import ListViews
from crm_desktop.ui.pages.many import Many
from crm_desktop.ui.pasting import pasted_cells
from crm_desktop.ui.theme import SIZE, SPACE
from crm_desktop.ui.widgets.basic import Card, ElidedLabel, button, label
from crm_desktop.ui.widgets.customer_table import CustomerTable
from crm_desktop.ui.widgets.list_tools import ListTools

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_desktop.ui.pages.customer_panel import CustomerPanel

_LEAST_TITLE = 124
# Milliseconds after the list is whole: time for what is seen now and then only.
_QUIET = 250


class CustomersPage(Page):
    """The list page of customers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        from crm_desktop.ui.shell import Shell

        shell = self.host
        assert isinstance(shell, Shell)
        self._shell = shell
        self._wanted: CustomerId | None = None
        # What the panel is to do as soon as it shows who was chosen.
        self._when_shown: Callable[[], None] | None = None
        self.model = CustomerListModel(self.workspace, self)
        self.table = CustomerTable(self.model, self)
        self.bar = FilterBar(self)
        self.search, self.chips = self.bar.search, self.bar.chips
        self.count = label("", "secondary")
        self._panel: CustomerPanel | None = None
        self._new_panel: QWidget | None = None
        self.side = QStackedWidget()
        self.side.setFixedWidth(SIZE.panel)
        self.side.hide()
        self._build()
        self._connect()
        self.order = ListOrder(self)
        self.views = ListViews(self)
        self.many = Many(self)
        self.model.show(self.query())

    def _build(self) -> None:
        commands = self._shell.commands
        self.tools = ListTools(commands)
        self.columns_button = self.tools.columns
        self.title = ElidedLabel(_("Customers"), "title")
        self.title.setMinimumWidth(_LEAST_TITLE)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self.title)
        titles.addWidget(self.count)
        self.view_button = button("", "ellipsis", kind="quiet", name=_("This view"))
        self.view_button.setToolTip(_("Rename, duplicate, pin or delete this view"))
        self.view_button.hide()
        self.keep_button = button(_("Save the changes"), kind="link")
        self.keep_button.hide()
        head = QHBoxLayout()
        head.addLayout(titles, 1)
        head.addWidget(self.view_button)
        head.addWidget(self.keep_button)
        head.addSpacing(SPACE.s)
        head.addWidget(self.tools)
        card = Card(margins=(1, 1, 1, 8))
        self._body = ListBody(self.table, self._shell, self.clear_filters)
        self._card = card
        for part in (card, self.view_button, self.keep_button):
            part.installEventFilter(self)
        card.body.addWidget(self._body)
        main = QVBoxLayout()
        main.setContentsMargins(SPACE.xl, SPACE.xl, SPACE.xl, SPACE.xl - 4)
        main.setSpacing(SPACE.m)
        main.addLayout(head)
        main.addWidget(self.bar)
        main.addWidget(card, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addLayout(main, 1)
        line.addWidget(self.side)

    def _connect(self) -> None:
        self.bar.changed.connect(self._filter)
        self.search.returnPressed.connect(self._first_hit)
        self.model.counted.connect(self._counted)
        self.model.first_shown.connect(self._first_shown)
        self.table.customer_chosen.connect(self._chosen)
        self.table.opened.connect(self._open)
        self.table.delete_wanted.connect(self.delete_selected)
        self.table.rename_wanted.connect(self._rename)
        self.table.log_wanted.connect(self.log_call)
        self.table.menu_wanted.connect(self._menu)
        self.table.paste_wanted.connect(self._paste)
        self.table.copy_wanted.connect(self._copy)
        self.session.bus.changed.connect(self._changed)

    @property
    def panel(self) -> CustomerPanel:
        """The chosen customer's panel; made when the first one is chosen."""
        if self._panel is None:
            from crm_desktop.ui.pages.customer_panel import CustomerPanel

            self._panel = CustomerPanel(self)
            self._panel.closed.connect(self.close_panel)
            self._panel.shown.connect(self._panel_shown)
            self._panel.customer_wanted.connect(self._follow)
            self.side.addWidget(self._panel)
        return self._panel

    # What the window asks of its page.

    def activate(self) -> None:
        """Put the cursor where one starts: into the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def new(self, known: CustomerDraft | None = None) -> bool:
        """Ctrl+N; with what is known of him where somebody asked for him."""
        from crm_desktop.ui.pages.new_customer import NewCustomerPanel

        if self._new_panel is None:
            made = NewCustomerPanel(self)
            made.created.connect(self._created)
            made.closed.connect(self.close_panel)
            made.customer_wanted.connect(self._follow)
            self._new_panel = made
            self.side.addWidget(made)
        self.side.setCurrentWidget(self._new_panel)
        self.side.show()
        if isinstance(self._new_panel, NewCustomerPanel):
            self._new_panel.start(known)
        return True

    def selected(self) -> list[CustomerId]:
        """Ids of the chosen customers."""
        return self.table.selected_ids()

    def kept(self) -> object:
        """Who is shown; the lines begun for him and others stay with the archive."""
        self.session.drafts.leave()
        return self._wanted

    def take_up(self, kept: object) -> None:
        """Show him again."""
        if isinstance(kept, int):
            self.open_customer(CustomerId(kept))

    def query(self) -> CustomerListQuery:
        """What the filters ask for."""
        stage = self.chips.key()
        return CustomerListQuery(
            text=self.search.text().strip(),
            stage=Stage(stage) if stage else None,
            sort=self.order.sort or None,
            descending=self.order.descending,
            filter=self.bar.tree,
        )

    def open_customer(self, customer: CustomerId) -> None:
        """Show one customer, in the list too where it holds him."""
        self._wanted = customer
        if self.model.row_of(customer) < 0 and self.model.whole:
            self.clear_filters()
        self._show_panel(customer)
        self._choose_wanted()

    # Filters and order.

    def clear_filters(self) -> None:
        """Show all customers again."""
        self.views.leave()
        self.bar.clear()

    def refresh(self) -> None:
        """Ask for what the filters and the order say now."""
        self._filter()

    def _filter(self) -> None:
        self.model.show(self.query())
        self.views.look()

    def _first_shown(self) -> None:
        if not self.query().is_plain:
            self.table.scrollToTop()
        if self.model.rowCount():
            self._body.setCurrentWidget(self.table)

    def _counted(self, number: int) -> None:
        query = self.model.query
        self.count.setText(count_words(number, query))
        self._body.show_count(number, query)
        self._choose_wanted()
        self.many.list_is_whole()
        if self._body.no_hits is None:
            after(_QUIET, self._body, self._get_ready)

    def _get_ready(self) -> None:
        """Do what a search without a hit, a file and an order by city would wait for."""
        if self._body.no_hits is None:
            self._body.prepare()
            self.host.operations.launch_thread(field_values.get_ready, "words")
            ReadOp(self, self.workspace.customers.get_ready, key="words").run()

    def _first_hit(self) -> None:
        if self.model.rowCount():
            self.table.choose_row(0)
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    # The chosen one.

    def _chosen(self, customer: CustomerId | None) -> None:
        if customer is None or self.many.active:
            return
        self._wanted = customer
        if self._panel is None:
            # The list shows who was chosen first: building the panel takes three frames.
            after(0, self, self._show_wanted)
        else:
            self._show_panel(customer)

    def _show_wanted(self) -> None:
        if self._wanted is not None:
            self._show_panel(self._wanted)

    def _show_panel(self, customer: CustomerId) -> None:
        self.side.setCurrentWidget(self.panel)
        at_once = self.side.isHidden()
        self.side.show()
        self.panel.show_customer(customer, soon=not at_once)

    def _choose_wanted(self) -> None:
        """Keep the cursor on the customer it was on, wherever he stands in the list now."""
        if self._wanted is None or self.many.active:
            return
        row_number = self.model.row_of(self._wanted)
        if row_number < 0:
            if self.model.whole:
                self.table.choose_none()
            return
        if self.table.currentIndex().row() != row_number or not self.table.selected_ids():
            self.table.choose_row(row_number)

    def back_to_one(self) -> None:
        """Several were chosen, and are no more: the file of who is left, or nothing."""
        customer = self.table.current_id() if self.table.count_selected() else None
        if customer is None:
            self._hide_panel()
        else:
            self._wanted = customer
            self._show_panel(customer)

    def _keep_in_sight(self) -> None:
        if self.table.currentIndex().isValid():
            self.table.scrollTo(self.table.currentIndex())

    def close_panel(self) -> None:
        """Esc: the list has the whole width again."""
        self._hide_panel()
        self.table.choose_none()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        customer = self.table.current_id()
        if customer is not None:
            self._show_panel(customer)
            self.panel.name.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _follow(self, customer: CustomerId) -> None:
        """A link in the panel: the other one's file, and the keyboard stays in the panel."""
        self.open_customer(customer)
        self.panel.name.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _rename(self) -> None:
        customer = self.table.current_id()
        if customer is None:
            return
        self._show_panel(customer)
        self._do_when_shown(customer, self.panel.rename)

    def log_call(self) -> bool:
        """Ctrl+L, or L in the list."""
        customer = self._wanted or self.table.current_id()
        if customer is None:
            return False
        if self._panel is None or self.side.currentWidget() is not self._panel:
            self._show_panel(customer)
        self._do_when_shown(customer, self.panel.log_call)
        return True

    def _do_when_shown(self, customer: CustomerId, act: Callable[[], None]) -> None:
        if self.panel.customer is not None and self.panel.customer.id == customer:
            act()
        else:
            self._when_shown = act

    def _panel_shown(self, _customer: CustomerId) -> None:
        if (act := self._when_shown) is not None:
            self._when_shown = None
            act()

    def _created(self, customer: CustomerId) -> None:
        self._wanted = customer
        self._show_panel(customer)
        if not self.query().is_plain:
            self.clear_filters()

    # Trash.

    def delete_selected(self) -> None:
        """Move the chosen customers to the trash; the toast takes it back."""
        ids = self.table.selected_ids()
        if not ids:
            return
        customers = self.workspace.customers

        def done(step: StepId) -> None:
            words = ngettext(
                "{n} customer moved to the trash", "{n} customers moved to the trash", len(ids)
            )
            self._shell.toast(words.format(n=say.number(len(ids))), undo=step)
            self._hide_panel()

        WriteOp(self, lambda: customers.delete(ids)).success(done).run()

    def _hide_panel(self) -> None:
        self._wanted = None
        self.side.hide()
        if self._panel is not None:
            self._panel.show_customer(None)

    def _menu(self, at: QPoint) -> None:
        ids = self.table.selected_ids()
        if not ids:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(ids) == 1:
            menu.addAction(_("Open\tEnter"), self._open)
            menu.addAction(_("Edit name\tF2"), self._rename)
            menu.addAction(_("Log a call\tL"), self.log_call)
        menu.addAction(_("Copy\tCtrl+C"), self._copy)
        menu.addAction(self._shell.commands.print_files)
        menu.addSeparator()
        menu.addAction(_("Move to trash\tDel"), self.delete_selected)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def _copy(self) -> None:
        """Of one customer how he is reached; several as rows that a sheet takes."""
        if len(self.table.selected_ids()) > 1:
            self.many.copy()
            return
        customer = self.model.row_data(self.table.currentIndex().row())
        if customer is not None:
            parts = (customer.name, customer.organisation, customer.phone, customer.email)
            QGuiApplication.clipboard().setText("\n".join(p for p in parts if p))

    def _paste(self) -> None:
        path = pasted_cells(QGuiApplication.clipboard().mimeData())
        if path is not None:
            self._shell.open_import([path])

    # Changes.

    def _changed(self, changes: Changes) -> None:
        self.model.apply(changes)
        self.bar.follow(changes)
        if self._panel is not None:
            self._panel.apply(changes)

    # Qt's own names.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where the list is narrow, the buttons above it have no words."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            beside = (self.view_button, self.keep_button)
            taken = sum(b.sizeHint().width() + SPACE.m for b in beside if not b.isHidden())
            self.tools.fit(self._card.width() - _LEAST_TITLE - SPACE.xl - taken)
        if watched is self._card and event.type() == QEvent.Type.Resize:
            # The panel has come: the row that called for it stays in sight.
            after(0, self, self._keep_in_sight)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc steps back: the panel, then the filters; Ctrl+V takes cells copied from Excel."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
            return
        if event.key() == Qt.Key.Key_Escape:
            if not self.side.isHidden():
                self.close_panel()
                return
            if not self.bar.is_empty:
                self.clear_filters()
                return
        super().keyPressEvent(event)
