"""Papers as they will be printed: look, save, print. The bytes shown are those printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain import media
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.jobs import Job, Progress
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.dialogs.sheet import press_by_enter
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import JobOp
from crm_desktop.ui.printing import Keeper, print_pages, printer_for
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import button, hairline, label, row
from crm_desktop.ui.widgets.notice import Notice
from crm_desktop.ui.widgets.page_foot import PageFoot
from crm_desktop.ui.widgets.page_view import PageView

if TYPE_CHECKING:
    from crm_desktop.services.customer_files import Pages, PdfFile

_MOST_CHARACTERS = 12


class Document(NamedTuple):
    """A finished document, opened.

    Attributes:
        name: what a file of it is called, without a suffix.
        sizes: width and height of each page in points.
    """

    pdf: PdfFile
    pages: Pages
    sizes: list[tuple[float, float]]
    name: str


class Paper(NamedTuple):
    """Another document than customer files: what it is called, who makes it, and its message."""

    name: str
    make: Callable[[Job], PdfFile]
    mail: Callable[[], Path] | None = None


class PrintPreview(QDialog):
    """The preview; opened by `open()`."""

    def __init__(
        self, ids: Sequence[CustomerId], parent: QWidget, *, paper: Paper | None = None
    ) -> None:
        """Begin to make the document.

        Args:
            ids: whose files; none means all customers'.
            parent: the window, or a part of it.
            paper: what is shown in place of customer files.
        """
        super().__init__(parent)
        self._paper = paper
        self.setWindowTitle(paper.name if paper else _("Customer files"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(940, max(560, min(parent.height() - 40, 1000)))
        self.document: Document | None = None
        self._keeper = Keeper()
        self._job: JobOp[Document] | None = None
        self._printer: QPrinter | None = None
        self.view = PageView()
        self.foot = PageFoot(self.view)
        self.foot.add_shortcuts(self)
        self._build()
        self._shortcuts()
        self._ready(is_ready=False)
        self._make(list(ids))
        closed = getattr(host_of(self), "archive_closed", None)
        if closed is not None:
            closed.connect(self.reject)

    def _build(self) -> None:
        self.title = label(self.windowTitle(), "record")
        self.facts = label("", "secondary")
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self.title)
        titles.addWidget(self.facts)
        self.save = button(
            _("Save PDF…"), "save", clicked=self.ask_save, tip=_("Save PDF (Ctrl+S)")
        )
        self.print = button(
            _("Print…"), "printer", kind="primary", clicked=self.ask_print, tip=_("Print (Ctrl+P)")
        )
        head = QHBoxLayout()
        head.setContentsMargins(SPACE.xl, SPACE.l, SPACE.xl, SPACE.m)
        head.addLayout(titles, 1)
        self.mail = button(_("E-mail"), "mail", clicked=self.ask_mail)
        self.mail.setToolTip(_("A message with the PDF, in your mail program"))
        self.mail.setVisible(self._paper is not None and self._paper.mail is not None)
        head.addLayout(row(self.mail, self.save, self.print, spacing=SPACE.m))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(hairline())
        self.notice = Notice("type", kind="warning", inset=False)
        outer.addWidget(self.notice)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._waiting())
        self.stack.addWidget(self.view)
        outer.addWidget(self.stack, 1)
        outer.addWidget(hairline())
        outer.addWidget(self.foot)
        press_by_enter(self, self.print)

    def _waiting(self) -> QWidget:
        made = QWidget()
        self.phase = label(_("Laying out the pages…"), "mute")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(320)
        self.bar.setAccessibleName(_("Progress"))
        self.stop = button(_("Cancel"), "x", clicked=self.reject)
        lines = QVBoxLayout(made)
        lines.setSpacing(SPACE.m)
        lines.addStretch(2)
        for part in (self.phase, self.bar, self.stop):
            lines.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addStretch(3)
        return made

    def _shortcuts(self) -> None:
        for keys, run in (
            ("Ctrl+S", self.ask_save),
            ("Ctrl+P", self.ask_print),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(run)

    # Making the document.

    def _make(self, ids: list[CustomerId]) -> None:
        workspace, keeper = session_of(self).workspace, self._keeper
        files, customers, paper = workspace.files, workspace.customers, self._paper

        def work(job: Job) -> Document:
            pdf = paper.make(job) if paper else files.pdf(ids or None, job=job)
            job.check()
            pages = keeper.keep(files.pages(pdf))
            sizes = [pages.size(page) for page in range(pages.count)]
            rows = customers.rows(ids) if len(ids) == 1 else []
            name = paper.name if paper else _("Customer files")
            return Document(pdf, pages, sizes, rows[0].name if rows else name)

        self._job = JobOp(self, work)
        self._job.progress(self._moved).success(self._show).failure(self._refused)
        self._job.always(self._made).run()

    def _moved(self, progress: Progress) -> None:
        if progress.total:
            self.bar.setRange(0, progress.total)
            self.bar.setValue(progress.done)
            self.phase.setText(
                _("Laying out the pages: {done} of {total} customers").format(
                    done=say.number(progress.done), total=say.number(progress.total)
                )
            )

    def _made(self) -> None:
        self._job = None

    def _show(self, document: Document) -> None:
        self.document = document
        count = document.pages.count
        fonts.ensure_for(document.name)
        self.title.setText(document.name)
        pages = ngettext("{n} page", "{n} pages", count).format(n=say.number(count))
        self.facts.setText(f"{pages} · {say.size(len(document.pdf.data))}")
        self._show_missing(document.pdf.missing_characters)
        self._ready(is_ready=True)
        self.stack.setCurrentWidget(self.view)
        self.view.show_pages(document.pages, document.sizes)
        self.foot.show_count(count)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: UserError) -> None:
        self.phase.setText(str(error))
        self.bar.hide()
        self.stop.setText(_("Close"))
        self.stop.setAccessibleName(_("Close"))

    def _show_missing(self, characters: str) -> None:
        self.notice.setVisible(bool(characters))
        if not characters:
            return
        named = ", ".join(_describe(c) for c in characters[:_MOST_CHARACTERS])
        if len(characters) > _MOST_CHARACTERS:
            named += " …"
        words = ngettext(
            "No font has this character; a box is printed in its place: {list}",
            "No font has these {n} characters; a box is printed in their place: {list}",
            len(characters),
        )
        self.notice.text.setText(words.format(n=len(characters), list=named))

    def _ready(self, *, is_ready: bool) -> None:
        for part in (self.mail, self.save, self.print):
            part.setEnabled(is_ready)

    # Saving and printing.

    def ask_save(self) -> None:
        """Let the user say where the PDF goes."""
        if self.document is None:
            return
        dialog = QFileDialog(self, _("Save PDF"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_("PDF documents (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        name = self.document.name.strip() or _("Customer files")
        dialog.selectFile(f"{media.file_name(name)}.pdf")
        dialog.fileSelected.connect(self._save_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save_chosen(self, name: str) -> None:
        self.save_to(Path(name))

    def save_to(self, target: Path) -> None:
        """Write the PDF."""
        if self.document is None:
            return
        host, pdf = host_of(self), self.document.pdf
        files = session_of(self).workspace.files

        def saved(_none: None) -> None:
            host.toast(_("Saved as {file}").format(file=target.name))

        JobOp(self, lambda _job: files.save(pdf, target)).success(saved).run()

    def ask_mail(self) -> None:
        """Have the mail program open a message with the document."""
        if self.document is None or self._paper is None or self._paper.mail is None:
            return
        host, mail = host_of(self), self._paper.mail

        def show(path: Path) -> None:
            if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                host.toast(_("The message waits in your mail program: look at it and send it"))
            else:
                words = _("No mail program opens the message. Save the PDF and attach it yourself.")
                host.toast(words, problem=True)

        JobOp(self, lambda _job: mail()).success(show).run()

    def ask_print(self) -> None:
        """Let the user choose printer, pages and copies."""
        if self.document is None:
            return
        self._printer = printer_for(self.document.sizes[0], self.document.name)
        dialog = QPrintDialog(self._printer, self)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, self.document.pages.count)
        dialog.accepted.connect(self._print_chosen)
        dialog.finished.connect(dialog.deleteLater)
        # QPrintDialog's own open() wants a slot's name.
        QDialog.open(dialog)

    def _print_chosen(self) -> None:
        if self._printer is not None:
            self.print_to(self._printer)

    def print_to(self, printer: QPrinter) -> None:
        """Print on a printer that has been set up."""
        if self.document is None:
            return
        host, pdf = host_of(self), self.document.pdf
        files = session_of(self).workspace.files

        def work(job: Job) -> int:
            # Pages of its own: the preview may be closed while the printer still works.
            with files.pages(pdf) as pages:
                return print_pages(pages, printer, job)

        def printed(count: int) -> None:
            words = ngettext("{n} page sent to the printer", "{n} pages sent to the printer", count)
            host.toast(words.format(n=say.number(count)))

        JobOp(self.parent() or self, work, title=_("Printing")).success(printed).run()

    # Qt's own names.

    def done(self, result: int) -> None:
        """Stop what runs and let go of the document."""
        if self._job is not None:
            self._job.cancel()
        self.view.forget()
        self.document = None
        host_of(self).operations.launch_thread(self._keeper.end, "close-pages")
        super().done(result)


def _describe(character: str) -> str:
    """A character that may not show, with its number."""
    code = f"U+{ord(character):04X}"
    if unicodedata.category(character).startswith("C"):
        return code
    return f"{character} ({code})"
