"""One quotation: written while it is a draft, read once it is out, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.changes import Changes
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.quotations import (
    QuotationId,
    QuotationStatus,
    WholeQuotation,
    may_be_edited,
    may_become,
)
from crm_desktop.i18n import _
from crm_desktop.ui.clocks import after
from crm_desktop.ui.leaving import leave
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages import refusals
from crm_desktop.ui.pages.base import Page
from crm_desktop.ui.pages.quotation_body import QuotationBody
from crm_desktop.ui.pages.quotation_found import Found, read
from crm_desktop.ui.pages.quotation_head import (
    ACCEPT,
    COPY,
    DECLINE,
    ISSUE,
    MAIL,
    ORDER,
    VERSION,
    QuotationHead,
)
from crm_desktop.ui.quotation_actions import QuotationActions
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.edit import InlineEdit
from crm_desktop.ui.widgets.tab_order import TabOrder

_TABLES = frozenset(("quotation", "quotation_line", "opportunity", "pipeline_stage"))
_KEY = "quotation"
_BACK = "opportunities"


class QuotationPage(Page):
    """Gone to from a customer or an opportunity; Esc leads back."""

    in_rail = False

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.number: QuotationId | None = None
        self.found: Found | None = None
        self._from = _BACK
        self._fresh = False
        self.does = QuotationActions(self)
        self.does.opened.connect(self.host.show_quotation)
        self.does.gone.connect(self.go_back)
        self.head = QuotationHead()
        self.title = self.head.title
        self.title.committed.connect(self._title_typed)
        self.area = QuotationBody(self._save)
        self.facts, self.lines = self.area.facts, self.area.lines
        self.intro, self.terms = self.area.intro, self.area.terms
        self._build()
        self.lines.totals.committed.connect(self._save)
        self.lines.changed.connect(self._ask)
        for field, part in self.area.texts.items():
            part.committed.connect(partial(self._save_long, field))
        self.tab_order = TabOrder(self)
        self.session.bus.changed.connect(self._changed)
        self.session.time_went_on.connect(self._ask)

    def _build(self) -> None:
        head = self.head
        for made, run in (
            (head.back, self.go_back),
            (head.mail, self.write_mail),
            (head.preview, self.show_preview),
            (head.decline, self.decline_it),
            (head.order, self.make_order),
            (head.accept, self.accept_it),
            (head.issue, self.issue_it),
            (head.again, self.new_version),
            (head.customer, self._go_customer),
            (head.opportunity, self._go_opportunity),
        ):
            made.clicked.connect(run)
        for keys, run in (
            (MAIL, self.write_mail),
            (DECLINE, self.decline_it),
            (ACCEPT, self.accept_it),
            (ORDER, self.make_order),
            (ISSUE, self.issue_it),
            (VERSION, self.new_version),
            (COPY, self.copy_it),
        ):
            made_keys = QShortcut(QKeySequence(keys), self)
            made_keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made_keys.activated.connect(run)
        head.menu.aboutToShow.connect(self._fill_menu)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.m)
        whole.addWidget(head)
        whole.addWidget(self.area, 1)

    # What the window asks of its page.

    @property
    def whole(self) -> WholeQuotation | None:
        """What is shown."""
        return None if self.found is None else self.found.whole

    def open_quotation(self, number: QuotationId, before: str) -> None:
        """Show one.

        Args:
            number: of the quotation.
            before: the page that Esc leads back to.
        """
        if before not in ("", _KEY):
            self._from = before
        self._fresh = True
        if number != self.number:
            self._leave()
            self.number, self.found = number, None
            self.area.verticalScrollBar().setValue(0)
        self._ask()

    def activate(self) -> None:
        """Where one goes on writing, or reads."""
        if self.whole is None:
            return
        if may_be_edited(self.whole.quotation):
            self.lines.new_line.what.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.lines.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def kept(self) -> object:
        """Which one is open, and where one came from."""
        return None if self.number is None else (self.number, self._from)

    def take_up(self, kept: object) -> None:
        """Show it again."""
        if isinstance(kept, tuple):
            self.open_quotation(*kept)

    def new(self) -> bool:
        """Ctrl+N: another one for this customer."""
        from crm_desktop.ui.dialogs.new_quotation import NewQuotation

        whole = self.whole
        whose = None if whole is None else (whole.quotation.customer_id, whole.customer_name)
        NewQuotation(self, customer=whose).open()
        return True

    def print_shown(self) -> bool:
        """Ctrl+P: its paper."""
        self.show_preview()
        return True

    def selected(self) -> list[CustomerId]:
        """Whose it is."""
        return [] if self.whole is None else [self.whole.quotation.customer_id]

    def go_back(self) -> None:
        """Esc: to where one came from."""
        leave(self)
        self.host.show_page(self._from)

    # Reading.

    def _ask(self) -> None:
        number, workspace = self.number, self.workspace
        if number is not None:
            op = ReadOp(self, lambda: read(workspace, number), key=_KEY)
            op.success(self._take).failure(self._gone).run()

    def _gone(self, error: UserError) -> None:
        self.number = self.found = None
        if self.isVisible():
            self.host.toast(str(error))
            self.go_back()

    def _changed(self, changes: Changes) -> None:
        if changes.tables & _TABLES or changes.customers is None:
            self._ask()

    def _take(self, found: Found) -> None:
        whole = found.whole
        one = whole.quotation
        if one.id != self.number:
            return
        self.found = found
        fonts.ensure_for(one.title, whole.customer_name, *(x.description for x in whole.lines))
        self.head.show_found(found, date.today())
        self.area.show_found(found)
        self.tab_order.soon()
        if self._fresh:
            self._fresh = False
            if self.isVisible():
                after(0, self, self.activate)

    def _fill_menu(self) -> None:
        self.head.menu.clear()
        if self.found is None:
            return
        one = self.found.whole.quotation
        if may_become(one, QuotationStatus.REPLACED):
            self.head.menu.addAction(_("New version") + f"\t{VERSION}", self.new_version)
        self.head.menu.addAction(_("Copy") + f"\t{COPY}", self.copy_it)
        self.head.menu.addAction(_("Copy for another customer…"), self.copy_for_another)
        if self.found.sold is not None:
            self.head.menu.addAction(_("The opportunity is worth its total"), self._hand_over)
        if may_be_edited(one):
            self.head.menu.addSeparator()
            self.head.menu.addAction(_("Delete the draft"), self._remove)

    # Writing.

    def _leave(self) -> None:
        """Another one is shown: keep what is being typed, tell what stands refused."""
        whole, number = self.whole, self.number
        if whole is not None and number is not None and (refused := self.refused()):
            refusals.tell_of_quotation(self, number, whole.quotation.title, refused)
        leave(self)
        self.title.forget()
        self.area.forget()

    def refused(self) -> list[tuple[str, str]]:
        """What stands refused on the page, as it was typed, and why."""
        return [*self.area.refused(), *refusals.standing(self)]

    def _title_typed(self, text: str) -> None:
        self._save("title", text, self.title)

    def _save(self, field: str, text: str, edit: InlineEdit | None) -> None:
        def tell(error: UserError) -> bool:
            if edit is None:
                self.host.toast(str(error), problem=True)
            else:
                edit.show_error(str(error))
            return True

        self._write(field, text, tell)

    def _save_long(self, field: str, key: object, text: str) -> None:
        part = self.area.texts[field]
        if isinstance(key, int):
            number = QuotationId(key)
            self._write(field, text, lambda error: part.refuse(key, str(error)), number)

    def _write(
        self,
        field: str,
        text: str,
        tell: Callable[[UserError], bool],
        number: QuotationId | None = None,
    ) -> None:
        number, quotations = number or self.number, self.workspace.quotations
        if number is None:
            return
        title = "" if self.whole is None else self.whole.quotation.title

        def refused(error: UserError) -> None:
            if self.number != number or not tell(error):
                refusals.tell_of_quotation(self, number, title, [(text, str(error))])

        op = WriteOp(self, lambda: quotations.update(number, field, text))
        op.success(lambda _step: self._ask()).failure(refused).run()

    # What can be done.

    def _then(self, act: Callable[[Found], object], *, whole: bool = False) -> None:
        """Do something once all that is typed is in the archive.

        Args:
            act: takes what is shown.
            whole: not while something typed was refused or waits to be added: that is told.
        """
        leave(self)
        number, workspace = self.number, self.workspace
        if number is None:
            return

        def go(found: Found) -> None:
            self._take(found)
            if self.found is found and not (whole and self._waits()):
                act(found)

        def ask(_none: None) -> None:
            ReadOp(self, lambda: read(workspace, number), key="then").success(go).run()

        WriteOp(self, lambda: None).success(ask).run()

    def _waits(self) -> bool:
        """Whether something typed is not in the archive; the cursor goes there, and it is said."""
        typed = self.lines.new_line.begun()
        if refused := self.refused():
            self.host.toast(
                _("“{text}” is not saved yet.").format(text=refused[0][0]), problem=True
            )
            self.lines.go_to_refused()
        elif typed:
            self.host.toast(
                _("“{text}” is typed and not added yet: press Enter there, or Esc.").format(
                    text=typed
                ),
                problem=True,
            )
            self.lines.new_line.what.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(refused or typed)

    def issue_it(self) -> None:
        """Ctrl+Shift+I."""
        if self.head.issue.isVisible():
            self._then(lambda f: self.does.issue(f.whole, f.expected, self._not_issued), whole=True)

    def _not_issued(self, error: UserError) -> None:
        if error.field == "lines":
            self.lines.new_line.say(str(error))
        elif error.field == "valid_until":
            self.facts.until.edit.show_error(str(error))
        else:
            self.host.toast(str(error), problem=True)

    def accept_it(self) -> None:
        """Ctrl+Shift+A."""
        if self.head.accept.isVisible() and self.found is not None:
            self.does.accept(self.found.whole, self.found.sold)

    def make_order(self) -> None:
        """What was accepted becomes an order; one that is there is opened."""
        if self.head.order.isVisible() and self.found is not None:
            if self.found.order is not None:
                self.host.show_order(self.found.order)
            else:
                self.does.make_order(self.found.whole)

    def decline_it(self) -> None:
        """Ctrl+Shift+D."""
        if self.head.decline.isVisible() and self.found is not None:
            self.does.decline(self.found.whole)

    def new_version(self) -> None:
        """Ctrl+Shift+V: a draft that replaces it; of what both agreed upon, a copy."""
        if self.found is None or may_be_edited(one := self.found.whole.quotation):
            return
        if one.status is QuotationStatus.REPLACED and self.found.newer is not None:
            self.host.show_quotation(self.found.newer)
        elif one.status is QuotationStatus.ACCEPTED:
            self.copy_it()
        else:
            self.does.new_version(self.found.whole)

    def copy_it(self) -> None:
        """Ctrl+Shift+C."""
        self._then(lambda f: self.does.copy(f.whole))

    def copy_for_another(self) -> None:
        """The same for somebody else."""
        from crm_desktop.ui.dialogs.new_quotation import NewQuotation

        self._then(lambda f: NewQuotation(self, copied=f.whole.quotation).open())

    def show_preview(self) -> None:
        """Ctrl+P."""
        self._then(lambda f: self.does.preview(f.whole), whole=True)

    def write_mail(self) -> None:
        """Ctrl+M."""
        self._then(lambda f: self.does.mail(f.whole), whole=True)

    def _remove(self) -> None:
        if self.found is not None:
            self.does.remove(self.found.whole)

    def _hand_over(self) -> None:
        self._then(lambda f: self.does.hand_over_amount(f.whole))

    def _go_customer(self) -> None:
        if self.whole is not None:
            self.host.show_customer(self.whole.quotation.customer_id)

    def _go_opportunity(self) -> None:
        if self.whole is not None and self.whole.quotation.opportunity_id is not None:
            self.host.show_opportunity(self.whole.quotation.opportunity_id)

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, F2 changes the title."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif event.key() == Qt.Key.Key_F2:
            if self.whole is not None and may_be_edited(self.whole.quotation):
                self.title.start()
        else:
            super().keyPressEvent(event)
