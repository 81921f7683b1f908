"""The documents of the chosen customer: what can be done with them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QFileDialog, QMenu

from crm_desktop.domain import media
from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.documents import Document, DocumentVersion, Warnings
from crm_desktop.i18n import _, ngettext
from crm_desktop.services.documents import can_show
from crm_desktop.ui import format as say
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import JobOp, ReadOp, WriteOp
from crm_desktop.ui.widgets.documents import THUMBNAIL, Documents

if TYPE_CHECKING:
    from crm_desktop.services.documents import DocumentService

_MOST_PICTURES = 200


class CustomerDocuments(Documents):
    """Shows a customer's documents and does what is wanted of them."""

    def __init__(self) -> None:
        super().__init__()
        self._customer: CustomerId | None = None
        # By content: the same scan looks the same wherever it is.
        self._pictures: OrderedDict[str, QImage] = OrderedDict()
        self._signs: set[str] = set()
        self._waiting: list[DocumentVersion] = []
        self.add_wanted.connect(self._ask_files)
        self.opened.connect(self.open_document)
        self.menu_wanted.connect(self._menu)
        self.renamed.connect(self._rename)
        self.remove_wanted.connect(self._remove)

    def show_customer(
        self, customer: CustomerId, documents: Sequence[Document], warnings: Warnings
    ) -> None:
        """Show a customer's documents, and of which he is to be warned."""
        self._customer = customer
        self.show_documents(documents, warnings)
        self._waiting = []
        for document in documents:
            version = document.current
            if (known := self._pictures.get(version.sha256)) is not None:
                self.show_thumbnail(version.id, known)
            elif version.media_type in media.PICTURES and version.sha256 not in self._signs:
                self._waiting.append(version)
        self._ask_thumbnail()

    # Thumbnails, one after the other: the readers have more to do.

    def _ask_thumbnail(self) -> None:
        if not self._waiting:
            return
        version = self._waiting.pop(0)
        service = self._service()
        pixels = round(THUMBNAIL * self.devicePixelRatioF() * 2)

        def read() -> QImage | None:
            drawn = service.thumbnail(version.id, pixels)
            if drawn is None:
                return None
            kind = QImage.Format.Format_RGB32
            return QImage(drawn.data, drawn.width, drawn.height, drawn.stride, kind).copy()

        op = ReadOp(self, read, key="thumbnail")
        op.success(partial(self._take_thumbnail, version)).failure(self._gone).run()

    def _take_thumbnail(self, version: DocumentVersion, picture: QImage | None) -> None:
        if picture is None:
            self._signs.add(version.sha256)
        else:
            self._pictures[version.sha256] = picture
            if len(self._pictures) > _MOST_PICTURES:
                self._pictures.popitem(last=False)
            self.show_thumbnail(version.id, picture)
        self._ask_thumbnail()

    def _gone(self, _error: object) -> None:
        # It was taken away meanwhile; the panel is about to hear of it.
        self._ask_thumbnail()

    # Adding.

    def _ask_files(self) -> None:
        dialog = QFileDialog(self, _("Add documents"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._files_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _files_chosen(self, names: list[str]) -> None:
        self.add_files([Path(name) for name in names])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Make documents of files; a toast says so and offers Undo."""
        customer = self._customer
        if customer is None or not paths:
            return
        service, host = self._service(), host_of(self)
        files = list(paths)

        def done(step: StepId) -> None:
            words = ngettext("{n} document was added", "{n} documents were added", len(files))
            host.toast(words.format(n=say.number(len(files))), undo=step)

        work = JobOp(
            self,
            lambda job: service.add_files(customer, files, job=job),
            title=_("Adding documents"),
        )
        work.success(done).run()

    # What the menu offers.

    def _menu(self, document: Document, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        current = document.current
        if can_show(current):
            menu.addAction(_("Open\tEnter"), partial(self.preview, document))
        menu.addAction(_("Open with another program"), partial(self.open_elsewhere, current))
        menu.addAction(_("Save as…"), partial(self.ask_save, current))
        menu.addSeparator()
        menu.addAction(_("Rename\tF2"), partial(self._start_rename, document))
        menu.addAction(_("Details…"), partial(self.ask_details, document))
        menu.addAction(_("Replace…"), partial(self._ask_replacement, document))
        menu.addSeparator()
        menu.addAction(_("Remove\tDel"), partial(self._remove, document))
        menu.popup(at)

    def open_document(self, document: Document) -> None:
        """Show a document inside the program, or have another one show it."""
        if can_show(document.current):
            self.preview(document)
        else:
            self.open_elsewhere(document.current)

    def preview(self, document: Document) -> None:
        """Show a document inside the program."""
        from crm_desktop.ui.dialogs.document_preview import DocumentPreview

        shown = DocumentPreview(document, document.current, self)
        shown.save_wanted.connect(self.ask_save)
        shown.open_wanted.connect(self.open_elsewhere)
        shown.open()

    def open_elsewhere(self, version: DocumentVersion) -> None:
        """Have the system's program show a copy; never what would run."""
        service, host = self._service(), host_of(self)

        def show(path: Path) -> None:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                host.toast(
                    _("No program opens “{file}”. Save it and choose one.").format(file=path.name)
                )

        JobOp(self, lambda _job: service.open_copy(version.id)).success(show).run()

    def ask_save(self, version: DocumentVersion) -> None:
        """Let the user say where a file of a version goes."""
        dialog = QFileDialog(self, _("Save as"))
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(media.file_name(version.file_name, version.media_type))
        dialog.fileSelected.connect(partial(self._target_chosen, version))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _target_chosen(self, version: DocumentVersion, name: str) -> None:
        self.save_to(version, Path(name))

    def save_to(self, version: DocumentVersion, target: Path) -> None:
        """Write a version to a file."""
        service, host = self._service(), host_of(self)

        def saved(_none: None) -> None:
            host.toast(_("Saved as {file}").format(file=target.name))

        JobOp(self, lambda _job: service.save_as(version.id, target)).success(saved).run()

    def ask_details(self, document: Document) -> None:
        """Ask what is written on a document."""
        service = self._service()

        def show(found: tuple[list[DocumentVersion], list[str]]) -> None:
            from crm_desktop.ui.dialogs.document_details import DocumentDetails

            asked = DocumentDetails(document, *found, self)
            asked.version_wanted.connect(self.ask_save)
            asked.open()

        ReadOp(
            self, lambda: (service.versions(document.id), service.kinds()), key="details"
        ).success(show).run()

    def _start_rename(self, document: Document) -> None:
        for made in self.rows():
            if made.document.id == document.id:
                made.rename()

    def _rename(self, document: Document, name: str) -> None:
        service = self._service()
        WriteOp(self, lambda: service.rename(document.id, name)).run()

    def _ask_replacement(self, document: Document) -> None:
        dialog = QFileDialog(self, _("Replace “{document}”").format(document=document.name))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(partial(self._replacement_chosen, document))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _replacement_chosen(self, document: Document, name: str) -> None:
        self.replace(document, Path(name))

    def replace(self, document: Document, path: Path) -> None:
        """Give a document a new content; the old one stays as a version."""
        service, host = self._service(), host_of(self)

        def done(step: StepId) -> None:
            host.toast(
                _("“{document}” has a new version").format(document=document.name), undo=step
            )

        work = JobOp(
            self,
            lambda job: service.replace(document.id, path, job=job),
            title=_("Adding documents"),
        )
        work.success(done).run()

    def _remove(self, document: Document) -> None:
        service, host = self._service(), host_of(self)

        def done(step: StepId) -> None:
            host.toast(_("“{document}” was removed").format(document=document.name), undo=step)

        WriteOp(self, lambda: service.remove(document.id)).success(done).run()

    def _service(self) -> DocumentService:
        return session_of(self).workspace.documents
