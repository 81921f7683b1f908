"""A document inside the program: the pages of a PDF, a picture, to look at and to give out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain import media
from crm_desktop.domain.documents import Document, DocumentVersion
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import JobOp
from crm_desktop.ui.printing import Keeper
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import ElidedLabel, button, hairline, label, row
from crm_desktop.ui.widgets.documents import file_text
from crm_desktop.ui.widgets.page_foot import PageFoot
from crm_desktop.ui.widgets.page_view import PageView

if TYPE_CHECKING:
    from crm_desktop.services.customer_files import Pages


class _Opened(NamedTuple):
    pages: Pages
    sizes: list[tuple[float, float]]


class DocumentPreview(QDialog):
    """Shows one version of a document; opened by `open()`.

    `save_wanted` and `open_wanted` carry the version.
    """

    save_wanted = Signal(object)
    open_wanted = Signal(object)

    def __init__(self, document: Document, version: DocumentVersion, parent: QWidget) -> None:
        """Begin to open it.

        Args:
            document: whose version.
            version: its newest one, or one of old.
            parent: a part of the window.
        """
        super().__init__(parent)
        fonts.ensure_for(document.name)
        self.setWindowTitle(document.name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(880, max(520, min(parent.window().height() - 60, 1000)))
        self._version = version
        self._keeper = Keeper()
        self._job: JobOp[_Opened] | None = None
        self.view = PageView()
        self.foot = PageFoot(self.view)
        self.foot.add_shortcuts(self)
        self.title = ElidedLabel(document.name, "record")
        self.facts = label(file_text(version), "secondary")
        self.save = button(_("Save as…"), "save", clicked=self._save, tip=_("Save as (Ctrl+S)"))
        self.elsewhere = button(
            _("Open with another program"), "external-link", clicked=self._open_elsewhere
        )
        self.message = label(_("Opening…"), "mute", wrap=True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self.title)
        titles.addWidget(self.facts)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE.xl, SPACE.l, SPACE.xl, SPACE.m)
        head.setSpacing(SPACE.l)
        head.addLayout(titles, 1)
        head.addLayout(row(self.elsewhere, self.save, spacing=SPACE.m))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.message)
        self.stack.addWidget(self.view)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(hairline())
        outer.addWidget(self.stack, 1)
        outer.addWidget(hairline())
        outer.addWidget(self.foot)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self._save)
        closed = getattr(host_of(self), "archive_closed", None)
        if closed is not None:
            closed.connect(self.reject)
        self._open()

    def _open(self) -> None:
        documents, number = session_of(self).workspace.documents, self._version.id
        keeper = self._keeper

        def work(job: Job) -> _Opened:
            job.check()
            pages = keeper.keep(documents.pages(number))
            return _Opened(pages, [pages.size(page) for page in range(pages.count)])

        self._job = JobOp(self, work)
        self._job.success(self._show).failure(self._refused).always(self._opened).run()

    def _opened(self) -> None:
        self._job = None

    def _show(self, opened: _Opened) -> None:
        count = opened.pages.count
        if count > 1:
            pages = ngettext("{n} page", "{n} pages", count).format(n=say.number(count))
            self.facts.setText(f"{file_text(self._version)} · {pages}")
        self.stack.setCurrentWidget(self.view)
        self.view.show_pages(opened.pages, opened.sizes)
        if self._version.media_type != media.PDF:
            self.view.fit_page()  # a picture is looked at whole
        self.foot.show_count(count)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: UserError) -> None:
        self.message.setText(str(error))

    def _save(self) -> None:
        self.save_wanted.emit(self._version)

    def _open_elsewhere(self) -> None:
        self.open_wanted.emit(self._version)

    # Qt's own names.

    def done(self, result: int) -> None:
        """Stop what runs and let go of the document."""
        if self._job is not None:
            self._job.cancel()
        self.view.forget()
        host_of(self).operations.launch_thread(self._keeper.end, "close-pages")
        super().done(result)
