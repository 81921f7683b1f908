"""The main window: rail, pages, messages; what a part of it may ask is in `host.Host`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from crm_desktop.domain.errors import EnvironmentProblem
from crm_desktop.i18n import _
from crm_desktop.ui.archives import Archives
from crm_desktop.ui.clocks import after
from crm_desktop.ui.commands import Commands
from crm_desktop.ui.drops import DropCover, DropTarget
from crm_desktop.ui.expecting import expect_drop
from crm_desktop.ui.host import Host
from crm_desktop.ui.languages import Languages
from crm_desktop.ui.leaving import ask_first
from crm_desktop.ui.ops import JobOp, Operations
from crm_desktop.ui.page_stack import PageStack
from crm_desktop.ui.preferences import Preferences
from crm_desktop.ui.rail import Rail
from crm_desktop.ui.session import Session
from crm_desktop.ui.steps import Steps
from crm_desktop.ui.theme import Theme, fonts, icons
from crm_desktop.ui.toasts import Banner, Toasts

if TYPE_CHECKING:
    from crm_desktop.domain.articles import ArticleId
    from crm_desktop.domain.catalogue import ProductId
    from crm_desktop.domain.changes import StepId
    from crm_desktop.domain.customers import CustomerDraft, CustomerId, CustomerListQuery
    from crm_desktop.domain.lists import SavedViewId
    from crm_desktop.domain.opportunities import OpportunityId
    from crm_desktop.domain.orders import OrderId
    from crm_desktop.domain.quotations import QuotationId
    from crm_desktop.ui.lookup.front_desk import FrontDesk
    from crm_desktop.ui.pages.base import Page
    from crm_desktop.ui.pages.customers import CustomersPage
    from crm_desktop.ui.phones import PhoneNumbers
    from crm_desktop.ui.reminders import Reminders
    from crm_desktop.ui.views import Views

# The other scripts' fonts, in milliseconds after the first paint; a text that needs them brings
# them sooner.
_FONTS_LATER = 600
FIRST_PAGE = "today"


class Shell(QMainWindow, Host):
    """The window.

    `archive_opened` and `archive_closed` are facts; `page_shown` carries a page's key;
    `backups_changed` tells that a copy was made.
    """

    archive_opened = Signal()
    archive_closed = Signal()
    page_shown = Signal(str)
    backups_changed = Signal()
    painted = Signal()

    def __init__(self, theme: Theme, preferences: Preferences, *, data_dir: Path) -> None:
        super().__init__()
        self.theme = theme
        self.preferences = preferences
        self.session: Session | None = None
        self.operations = Operations(self)
        self.archives = Archives(self, data_dir)
        self.steps = Steps(self)
        self.languages = Languages(self)
        self.phones: PhoneNumbers | None = None
        self.reminders: Reminders | None = None
        self.front_desk: FrontDesk | None = None
        self.views: Views | None = None
        self._closing = False
        self._report_text = ""
        self._seen = False
        self.setWindowTitle(_("CRM Desktop"))
        self.setMinimumSize(960, 600)
        self.resize(1280, 800)
        self.restoreGeometry(preferences.blob("window/geometry"))
        self._drops = DropTarget(self)
        self._drops.archive_dropped.connect(self.open_archive)
        self._drops.files_dropped.connect(self.open_import)
        self._drops.files_entered.connect(self._expect_files)
        self._build()
        # The other scripts' fonts wait until the window is there. Not by `singleShot` with a
        # receiver: that way PySide imports QMetaMethod before the first paint is out.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_FONTS_LATER)
        self._later.timeout.connect(fonts.register_rest)
        self._now = QTimer(self)
        self._now.setSingleShot(True)
        self._now.timeout.connect(self.painted)
        theme.changed.connect(self._theme_changed)

    # Building, again after a change of language.

    def _build(self) -> None:
        self.commands = Commands(self)
        self.commands.fill(self.menuBar())
        self.rail = Rail(self.commands.palette, self)
        self.banner = Banner(self)
        self.stack = PageStack()
        content = QVBoxLayout()
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(0)
        content.addWidget(self.banner)
        content.addWidget(self.stack, 1)
        centre = QWidget()
        line = QHBoxLayout(centre)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.rail)
        line.addLayout(content, 1)
        self.setCentralWidget(centre)
        self.toasts = Toasts(centre)
        self._drops.cover = DropCover(centre)
        self.rail.page_wanted.connect(self.show_page)
        self.rail.view_wanted.connect(self.show_view)
        self.rail.view_menu_wanted.connect(self.pop_view_menu)
        self._show_views()
        self.rail.status.stop_wanted.connect(self.stop_job)
        self.operations.jobs_changed.connect(self.rail.status.show_jobs)
        self.operations.writing_changed.connect(self._show_writing)
        self._show_open_state()

    def _show_writing(self, writing: bool) -> None:
        self.rail.status.show_writing(self.operations.jobs(), writing=writing)

    def rebuild(self) -> None:
        """Build all anew in another language, and come back to where we are."""
        shown = self.current_key()
        kept = self.stack.kept()
        self.stack.drop_pages()
        self.operations.jobs_changed.disconnect(self.rail.status.show_jobs)
        self.operations.writing_changed.disconnect(self._show_writing)
        for action in self.actions():
            self.removeAction(action)
        self.menuBar().clear()
        self.commands.deleteLater()
        # setCentralWidget deletes what was there.
        self._build()
        if self.front_desk is not None:
            self.front_desk.renew()
        self.stack.keep(kept)
        if self.session is None:
            self.show_welcome()
        else:
            self.archives.show_backup()
            self.steps.ask()
            self.show_page(shown or FIRST_PAGE)

    # The archive.

    def open_archive(self, path: Path, *, create: bool = False) -> None:
        """Open another archive in this window."""
        self.archives.open(path, create=create)

    def open_recent(self, path: str) -> None:
        """Open one of the recent archives."""
        self.archives.open(Path(path))

    def set_session(self, session: Session | None) -> None:
        """Show an archive that was opened, or none."""
        self.stack.drop_pages()
        self.banner.hide()
        if self.session is not None:
            self.operations.cancel_all()
        self.session = session
        self._show_open_state()
        if session is None:
            self.reminders = None
            self.views = None
            self.rail.show_views([], {}, None)
            self.archive_closed.emit()
            return
        if self.phones is None:
            # Here, as what it imports costs the first paint 20 ms.
            from crm_desktop.ui.lookup.front_desk import FrontDesk
            from crm_desktop.ui.phones import PhoneNumbers

            self.phones = PhoneNumbers(self)
            self.front_desk = FrontDesk(self)
        from crm_desktop.ui.reminders import Reminders
        from crm_desktop.ui.views import Views

        self.reminders = Reminders(self, session)
        self.views = Views(session, session)
        self.views.changed.connect(self._show_views)
        session.bus.changed.connect(self.steps.changed)
        self.steps.ask()
        self.show_page(FIRST_PAGE)
        self.archive_opened.emit()

    def _show_views(self) -> None:
        if self.views is not None:
            self.rail.show_views(self.views.views, self.views.counts, self.views.shown)

    def show_view(self, number: SavedViewId) -> None:
        """Go to the customers' page and show one of the saved views there."""
        self._customers().views.show(number)

    def pop_view_menu(self, number: SavedViewId, at: QPoint) -> None:
        """What can be done with a saved view."""
        self._customers().views.pop_menu(number, at)

    def _show_open_state(self) -> None:
        session = self.session
        self.commands.set_open(is_open=session is not None)
        self.rail.set_open(is_open=session is not None)
        if session is None:
            self.rail.status.show_archive("", "")
            self.setWindowTitle(_("CRM Desktop"))
            return
        path = session.workspace.path
        self.rail.status.show_archive(path.stem, str(path))
        self.setWindowTitle(f"{path.stem} · {_('CRM Desktop')}")

    def show_opening(self, _name: str) -> None:
        """An archive is being opened: the rail says so, the content stays calm."""
        if self.session is None:
            self.stack.drop_pages()
        self.rail.show_page("")

    def opening_ended(self) -> None:
        """It is open now, or could not be: then the welcome page comes back."""
        after(0, self, self._welcome_if_closed)

    def _welcome_if_closed(self) -> None:
        if self.session is None and not self._closing and not self.operations.jobs():
            self.show_welcome()

    def show_backup_state(self, text: str) -> None:
        """Show in the status line when the archive was backed up."""
        self.rail.status.show_backup(text)

    # Pages.

    def show_welcome(self) -> None:
        """The page without an archive."""
        self.stack.show_welcome(self)
        self.rail.show_page("")

    def show_page(self, key: str) -> None:
        """Go to a page; it is built when it is first gone to."""
        if self.session is None:
            self.show_welcome()
            return
        page = self.page(key)
        self.stack.setCurrentWidget(page)
        if page.in_rail:
            self.rail.show_page(key)
        page.activate()
        self.page_shown.emit(key)

    def show_fields(self) -> None:
        """Go to the fields of the owner's own."""
        from crm_desktop.ui.pages.settings import SettingsPage

        self.show_page("settings")
        page = self.current_page()
        if isinstance(page, SettingsPage):
            page.show_fields()

    def page(self, key: str) -> Page:
        """A page, built where it was not."""
        return self.stack.page(key)

    def current_page(self) -> Page | None:
        """The page in front."""
        return self.stack.current()

    def current_key(self) -> str:
        """The key of the page in front, "" for none."""
        return self.stack.current_key()

    def show_customer(self, customer: CustomerId) -> None:
        """Go to the customers' page and open one of them."""
        from crm_desktop.ui.pages.customers import CustomersPage

        self.show_page("customers")
        page = self.page("customers")
        if isinstance(page, CustomersPage):
            page.open_customer(customer)

    def begin_customer(self, known: CustomerDraft | None = None) -> None:
        """Go to the customers' page, where a new one is typed; with what is known of him."""
        from crm_desktop.ui.pages.customers import CustomersPage

        self.show_page("customers")
        page = self.page("customers")
        if isinstance(page, CustomersPage):
            page.new(known)

    def show_article(self, article: ArticleId) -> None:
        """Go to the page of knowledge and open one article."""
        from crm_desktop.ui.pages.knowledge import KnowledgePage

        self.show_page("knowledge")
        page = self.page("knowledge")
        if isinstance(page, KnowledgePage):
            page.open_article(article)

    def show_product(self, product: ProductId) -> None:
        """Go to the catalogue and open one product."""
        from crm_desktop.ui.pages.catalogue import CataloguePage

        self.show_page("catalogue")
        page = self.page("catalogue")
        if isinstance(page, CataloguePage):
            page.open_product(product)

    def show_order(self, order: OrderId) -> None:
        """Go to the orders and open one of them."""
        from crm_desktop.ui.pages.orders import OrdersPage

        self.show_page("orders")
        page = self.page("orders")
        if isinstance(page, OrdersPage):
            page.open_order(order)

    def show_opportunity(self, opportunity: OpportunityId) -> None:
        """Go to the opportunities and open one of them."""
        from crm_desktop.ui.pages.opportunities import OpportunitiesPage

        self.show_page("opportunities")
        page = self.page("opportunities")
        if isinstance(page, OpportunitiesPage):
            page.open_opportunity(opportunity)

    def show_quotation(self, quotation: QuotationId) -> None:
        """Open one quotation; Esc leads back to where one came from."""
        from crm_desktop.ui.pages.quotation import QuotationPage

        before = self.current_key()
        page = self.page("quotation")
        if isinstance(page, QuotationPage):
            page.open_quotation(quotation, before)
            self.show_page("quotation")

    def look_up(self, text: str = "") -> None:
        """Ctrl+Shift+L: the lookup window, with a number or a name where somebody gave one."""
        if self.front_desk is not None:
            self.front_desk.look_up(text)

    def new_customer(self) -> None:
        """Ctrl+N: a new record of the page's kind, else a new customer."""
        page = self.current_page()
        if page is None or not page.new():
            self.show_page("customers")
            self.page("customers").new()

    def log_call(self) -> None:
        """Ctrl+L: write down a call with the chosen customer."""
        page = self.current_page()
        if page is None or not page.log_call():
            self.toast(_("Choose a customer first."))

    def find_here(self) -> None:
        """Ctrl+F: filter the page's list."""
        page = self.current_page()
        if page is not None:
            page.focus_search()

    def _customers(self) -> CustomersPage:
        from crm_desktop.ui.pages.customers import CustomersPage

        if self.current_key() != "customers":
            self.show_page("customers")
        page = self.page("customers")
        assert isinstance(page, CustomersPage)
        return page

    def filter_customers(self) -> None:
        """Ctrl+Shift+F: the filter builder above the customers."""
        self._customers().bar.toggle_panel()

    def choose_columns(self) -> None:
        """Ctrl+Shift+O: what the customers' list shows."""
        self._customers().order.choose()

    def save_view(self) -> None:
        """Ctrl+Shift+S: give what the list shows a name."""
        self._customers().views.save_new()

    def focus_page(self) -> None:
        """F6: from the page to a toast's offer, and back."""
        toast = self.toasts.current
        if toast is not None and toast.button is not None and not toast.button.hasFocus():
            toast.button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        page = self.current_page()
        if page is not None:
            page.activate()

    def list_query(self) -> CustomerListQuery:
        """Which customers the list shows: what Export writes."""
        from crm_desktop.domain.customers import CustomerListQuery
        from crm_desktop.ui.pages.customers import CustomersPage

        page = self.stack.built("customers")
        return page.query() if isinstance(page, CustomersPage) else CustomerListQuery()

    # Import, print, search.

    def open_import(self, paths: Sequence[Path]) -> None:
        """Start the import of files; without an archive, one is made for them."""
        files = list(paths)
        if self.session is None:
            if files:
                self.archives.open_with_import(files)
            return
        if len(files) == 1 and files[0].suffix.casefold() == ".eml":
            self._open_message(files[0])
            return
        self.show_page("import")
        page = self.page("import")
        open_files: Callable[[list[Path]], None] | None = getattr(page, "open_files", None)
        if files and open_files is not None:
            open_files(files)

    def _open_message(self, path: Path) -> None:
        """An e-mail: the answer to a survey, else an enquiry."""
        assert self.session is not None
        surveys = self.session.workspace.surveys

        def read(reply: Any) -> None:
            if reply is not None:
                from crm_desktop.ui.dialogs.survey_sheets import AnswerSheet

                AnswerSheet(self, reply.whole, reply=reply).open()
                return
            self.show_page("leads")
            take: Callable[[list[Path]], None] = getattr(self.page("leads"), "take_files")  # noqa: B009
            take([path])

        JobOp(self, lambda job: surveys.read_message(path, job)).success(read).run()

    def _expect_files(self) -> None:
        """Files are dragged across the window: have the page that takes them ready."""
        expect_drop(self, self._build_import)

    def _build_import(self) -> None:
        if self.session is not None:
            self.stack.page("import")

    def ask_import(self) -> None:
        """Go to the import page."""
        self.open_import([])

    def print_selected(self) -> None:
        """Print what this page shows; else the customers chosen on it, without any all of them."""
        page = self.current_page()
        if page is None or not page.print_shown():
            self.print_customers(page.selected() if page else [])

    def print_customers(self, ids: Sequence[CustomerId]) -> None:
        """Show customer files as they will be printed; no ids means all customers."""
        if self.session is None:
            return
        from crm_desktop.ui.dialogs.print_preview import PrintPreview

        PrintPreview(list(ids), self).open()

    def hand_over(self) -> None:
        """Give one person's customers to another."""
        if self.session is None:
            return
        from crm_desktop.ui.dialogs.hand_over import HandOverSheet

        sheet = HandOverSheet(self)
        self.archive_closed.connect(sheet.give_up)
        sheet.show()

    def open_palette(self) -> None:
        """Ctrl+K."""
        if self.session is None:
            return
        from crm_desktop.ui.palette import Palette

        Palette(self).open_over(self)

    def undo_step(self, step: StepId) -> None:
        """Take one step back, such as an import."""
        self.steps.undo_step(step)

    # Messages.

    def toast(
        self,
        text: str,
        *,
        undo: StepId | None = None,
        action: tuple[str, Callable[[], object]] | None = None,
        problem: bool = False,
    ) -> None:
        """Say what happened; with the step's number, offer to take it back."""
        if undo is not None:
            step = undo
            action = (_("Undo"), lambda: self.undo_step(step))
        fonts.ensure_for(text)
        self.toasts.show(text, action, problem=problem)

    def show_problem(self, error: BaseException) -> None:
        """Show a failure that no field can show."""
        if isinstance(error, EnvironmentProblem):
            text = f"{error} {error.remedy}".strip()
            self.banner.show_message(text, kind="warning")
        else:
            self.toasts.show(str(error), problem=True)

    def show_failure(self, report: str) -> None:
        """Something unforeseen happened: say so once, offer the report."""
        self._report_text = report
        self.commands.report.setEnabled(True)
        self.banner.show_message(
            _("Something went wrong inside the program. Your archive is not harmed."),
            kind="error",
            action=(_("Details"), self.show_report),
        )

    def show_report(self) -> None:
        """The details of the last failure, to copy."""
        from crm_desktop.ui.dialogs.info import Report

        Report(self._report_text, self).open()

    def stop_job(self) -> None:
        """Cancel the job that the status line shows."""
        shown: list[JobOp[Any]] = [job for job in self.operations.jobs() if job.title]
        if shown:
            shown[0].stop()

    # Theme and language.

    def choose_theme(self, choice: str) -> None:
        """Take another theme and remember it."""
        self.theme.choose(choice)
        self.commands.choose_theme(choice)
        self.preferences.set_text("theme", choice)

    def choose_language(self, wanted: str) -> None:
        """Take another language and remember it, once nothing is under way."""
        self.languages.choose(wanted)

    def _theme_changed(self) -> None:
        icons.retint(self)
        self.update()

    # Leaving.

    def close_window(self) -> None:
        """Ctrl+Q."""
        self.close()

    @property
    def is_closing(self) -> bool:
        """Whether the window is about to go."""
        return self._closing

    def stay(self) -> None:
        """Closing was called off: there is something to read first."""
        self._closing = False

    def _close_archive(self) -> None:
        self._closing = True
        self.archives.close(then=self._really_close)

    def _really_close(self) -> None:
        self.operations.join()
        self.close()

    # Qt's own names.

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is being typed, close the archive with its backup, then go."""
        if self._closing and self.operations.jobs():
            event.ignore()
            return
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()
        self.preferences.set_blob("window/geometry", self.saveGeometry())
        self.preferences.save()
        if self.session is not None:
            event.ignore()
            ask_first(self, self._close_archive)
            return
        self._closing = True
        self.operations.cancel_all()
        self.operations.join()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody wanted closes the toast."""
        if event.key() == Qt.Key.Key_Escape and self.toasts.current is not None:
            self.toasts.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """After the first paint there is time for the other scripts' fonts."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            self._later.start()
            self._now.start(0)
