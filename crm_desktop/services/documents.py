"""A customer's documents: adding, naming, replacing, looking at, giving out."""

from __future__ import annotations

import contextlib
import stat
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from crm_desktop.domain import media
from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.documents import (
    NO_FACTS,
    Document,
    DocumentFacts,
    DocumentId,
    DocumentVersion,
    VersionId,
)
from crm_desktop.domain.errors import EnvironmentProblem, UserError
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _, ngettext
from crm_desktop.services import inputs
from crm_desktop.services.contents import Incoming, is_same_file, look_at
from crm_desktop.services.outputs import write_pieces
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import customers, documents
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps

if TYPE_CHECKING:
    from crm_desktop.reports.preview import Pages, RenderedPage

T = TypeVar("T")
# A thumbnail is not worth a longer wait than this many bytes make.
_MOST_FOR_THUMBNAIL = 40 * 1024 * 1024


class DocumentService:
    """The documents of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive, settings: SettingsService) -> None:
        self._archive = archive
        self._settings = settings
        self._copies: Path | None = None
        self._copies_guard = threading.Lock()

    # Reading

    def of(self, customer_id: CustomerId) -> list[Document]:
        """A customer's documents in the order in which they came."""
        with self._archive.reading() as c:
            return documents.of(c, customer_id)

    def get(self, document_id: DocumentId) -> Document:
        """One document.

        Raises:
            UserError: there is none of that number.
        """
        with self._archive.reading() as c:
            return _got(documents.get(c, document_id))

    def versions(self, document_id: DocumentId) -> list[DocumentVersion]:
        """All versions of a document, newest first."""
        with self._archive.reading() as c:
            return documents.versions(c, document_id)

    def kinds(self) -> list[str]:
        """The kinds that documents of this archive have, by name."""
        with self._archive.reading() as c:
            return documents.kinds(c)

    def bytes_of(self, version_id: VersionId) -> bytes:
        """A version's whole content.

        Raises:
            UserError: there is no such version.
            EnvironmentProblem: the archive is damaged there.
        """
        return b"".join(self._pieces(self._version(version_id)))

    def pages(self, version_id: VersionId) -> Pages:
        """A picture or PDF as pages to look at, to be closed.

        Raises:
            UserError: it is of another kind, or it cannot be shown.
        """
        from crm_desktop.reports.preview import UnreadableError, open_pages

        found = self._version(version_id)
        if not can_show(found):
            raise UserError(
                _("“{file}” cannot be shown here; open it with another program.").format(
                    file=found.file_name
                )
            )
        try:
            return open_pages(self.bytes_of(version_id), found.media_type)
        except UnreadableError as error:
            raise UserError(
                _("“{file}” is damaged or protected; it cannot be shown here.").format(
                    file=found.file_name
                )
            ) from error

    def thumbnail(self, version_id: VersionId, pixels: int) -> RenderedPage | None:
        """A small picture of a picture; None of anything else, and where it cannot be drawn.

        Args:
            version_id: of which version.
            pixels: how wide and how high it may be.
        """
        found = self._version(version_id)
        if found.media_type not in media.PICTURES or found.size > _MOST_FOR_THUMBNAIL:
            return None
        from crm_desktop.reports.preview import UnreadableError, open_pages

        try:
            with open_pages(self.bytes_of(version_id), found.media_type) as pages:
                return pages.render(0, scale=pixels / max(pages.size(0)))
        except UnreadableError:  # its icon says what it is
            return None

    # Changing

    def add(
        self,
        customer_id: CustomerId,
        source: Path | bytes,
        *,
        file_name: str = "",
        name: str = "",
        facts: DocumentFacts = NO_FACTS,
        job: Job | None = None,
    ) -> DocumentId:
        """Give a customer a document.

        Args:
            customer_id: whom.
            source: a file, or its bytes.
            file_name: what the file is called, where bytes are given.
            name: what the document shall be called; its file's name without one.
            facts: what is written on it.
            job: may stop it.

        Raises:
            UserError: there is no such customer, or the file cannot be a document.
            Cancelled: the user stopped it.
        """
        job = job or Job()
        incoming = self._look_at(source, file_name, job)
        called = inputs.line(name, "name") or _stem(incoming)

        def act(c: Connection) -> DocumentId:
            documents.keep(c, *_kept(incoming, job))
            return documents.add(c, customer_id, called, incoming.content, facts)

        step = _("Add {document} to {name}").format(
            document=called, name=self._name_of(customer_id)
        )
        return self._archive.write(step, act)

    def add_files(
        self, customer_id: CustomerId, paths: Sequence[Path], *, job: Job | None = None
    ) -> StepId:
        """Give a customer several documents in one step; all of them, or none.

        Returns:
            The step, for Undo.

        Raises:
            UserError: there is no such customer, or one of the files cannot be a document.
            Cancelled: the user stopped it.
        """
        job = job or Job()
        owner = self._name_of(customer_id)
        found = []
        for at, path in enumerate(paths):
            job.progress(_("Reading {name}").format(name=path.name), at, len(paths))
            found.append(self._look_at(path, "", job))

        def act(c: Connection) -> StepId:
            for incoming in found:
                documents.keep(c, *_kept(incoming, job))
                documents.add(c, customer_id, _stem(incoming), incoming.content)
            return steps.current(c)

        if len(found) == 1:
            step = _("Add {document} to {name}").format(document=_stem(found[0]), name=owner)
        else:
            step = ngettext(
                "Add {n} document to {name}", "Add {n} documents to {name}", len(found)
            ).format(n=len(found), name=owner)
        return self._archive.write(step, act)

    def rename(self, document_id: DocumentId, name: str) -> None:
        """Call a document otherwise.

        Raises:
            UserError: there is no such document, or no name.
        """
        called = inputs.title(name, "name", _("A document needs a name."))
        self._change(
            document_id,
            _("Rename {document}"),
            lambda c: documents.rename(c, document_id, called),
        )

    def set_facts(
        self,
        document_id: DocumentId,
        *,
        kind: str = "",
        number: str = "",
        issued_on: str = "",
        expires_on: str = "",
    ) -> None:
        """Note what is written on a document, all of it as typed.

        Raises:
            UserError: there is no such document, a date is none, or it ends before it begins.
        """
        country = self._settings.home_country()
        facts = DocumentFacts(
            inputs.line(kind, "kind"),
            inputs.line(number, "number"),
            inputs.day(issued_on, country, "issued_on"),
            inputs.day(expires_on, country, "expires_on"),
        )
        if facts.issued_on and facts.expires_on and facts.expires_on < facts.issued_on:
            raise UserError(_("It would expire before it was issued."), field="expires_on")
        self._change(
            document_id,
            _("Change {document}"),
            lambda c: documents.set_facts(c, document_id, facts),
        )

    def replace(
        self,
        document_id: DocumentId,
        source: Path | bytes,
        *,
        file_name: str = "",
        job: Job | None = None,
    ) -> StepId:
        """Give a document a new content; the old one is kept as a version.

        Returns:
            The step, for Undo.

        Raises:
            UserError: there is no such document, the file cannot be one, or is the present one.
            Cancelled: the user stopped it.
        """
        job = job or Job()
        incoming = self._look_at(source, file_name, job)
        if self.get(document_id).current.sha256 == incoming.content.sha256:
            raise UserError(_("This is the very file that the document has already."))

        def act(c: Connection) -> StepId:
            documents.keep(c, *_kept(incoming, job))
            documents.add_version(c, document_id, incoming.content)
            return steps.current(c)

        return self._change(document_id, _("New version of {document}"), act)

    def remove(self, document_id: DocumentId) -> StepId:
        """Take a document away with all its versions; returns the step, for Undo.

        Raises:
            UserError: there is no such document.
        """

        def act(c: Connection) -> StepId:
            documents.remove(c, document_id)
            return steps.current(c)

        return self._change(document_id, _("Remove {document}"), act)

    # Giving out

    def save_as(self, version_id: VersionId, target: Path) -> None:
        """Write a version's content to a file; it appears whole or not at all.

        Raises:
            UserError: there is no such version, or the target is the archive itself.
            EnvironmentProblem: the file cannot be written.
        """
        if is_same_file(target, self._archive.path):
            raise UserError(_("The document cannot replace the archive itself."))
        write_pieces(target, self._pieces(self._version(version_id)))

    def open_copy(self, version_id: VersionId) -> Path:
        """Put a copy that cannot be changed where only this user comes, for another program.

        The copies go when the archive is closed.

        Raises:
            UserError: opening it might run it.
            EnvironmentProblem: there is no room for the copy.
        """
        found = self._version(version_id)
        head = next(self._pieces(found), b"")[: media.HEAD]
        name = media.file_name(found.file_name, found.media_type)
        if media.runs(found.file_name, head) or media.runs(name, head):
            raise UserError(
                _(
                    "“{file}” is a program, or may start one: it is not opened from here. It can "
                    "be saved as a file."
                ).format(file=found.file_name)
            )
        # A folder for each content: two files of one name may be open at once.
        target = self._folder() / found.sha256[:16] / name
        if not target.exists():
            target.parent.mkdir(mode=0o700, exist_ok=True)
            write_pieces(target, self._pieces(found))
            target.chmod(stat.S_IRUSR)
        return target

    def close(self) -> None:
        """Take the copies away; one that another program holds open may stay."""
        with self._copies_guard:
            folder, self._copies = self._copies, None
        if folder is not None:
            import shutil

            for path in folder.rglob("*"):
                with contextlib.suppress(OSError):  # Windows deletes nothing that is read-only
                    path.chmod(stat.S_IRWXU)
            shutil.rmtree(folder, ignore_errors=True)

    def _folder(self) -> Path:
        with self._copies_guard:
            if self._copies is None:
                import tempfile

                try:
                    self._copies = Path(tempfile.mkdtemp(prefix="crm-desktop-"))  # for us alone
                except OSError as error:
                    raise EnvironmentProblem(
                        _("There is no room for a temporary copy."),
                        remedy=_("Free some space and try again."),
                    ) from error
            return self._copies

    # Their parts

    def _look_at(self, source: Path | bytes, name: str, job: Job) -> Incoming:
        if isinstance(source, Path):
            # Not even its first bytes: closing a handle to the live file drops the locks on it.
            live = self._archive.path
            for suffix in ("", "-wal", "-shm"):
                if is_same_file(source, live.with_name(live.name + suffix)):
                    raise UserError(_("The archive cannot be a document of itself."))
        return look_at(source, name, job=job)

    def _version(self, number: VersionId) -> DocumentVersion:
        with self._archive.reading() as c:
            found = documents.version(c, number)
        if found is None:
            raise _gone()
        return found

    def _pieces(self, version: DocumentVersion) -> Iterator[bytes]:
        with self._archive.reading() as c:
            yield from documents.pieces(c, version.sha256, self._archive.path)

    def _name_of(self, number: CustomerId) -> str:
        with self._archive.reading() as c:
            name = customers.names(c, [number]).get(number)
        if name is None:
            raise UserError(_("There is no customer {number}.").format(number=number))
        return name

    def _change(self, number: DocumentId, name: str, act: Callable[[Connection], T]) -> T:
        """Run a change of one document under a step that bears its name."""
        return self._archive.write(name.format(document=self.get(number).name), act)


def can_show(version: DocumentVersion) -> bool:
    """Whether the program itself can show a version."""
    return version.media_type in media.PICTURES or version.media_type == media.PDF


def _kept(incoming: Incoming, job: Job) -> tuple[str, int, Iterator[bytes]]:
    return incoming.content.sha256, incoming.content.size, incoming.pieces(job)


def _stem(incoming: Incoming) -> str:
    return inputs.tidy(Path(incoming.content.file_name).stem) or _("Document")


def _got(document: Document | None) -> Document:
    if document is None:
        raise _gone()
    return document


def _gone() -> UserError:
    return UserError(_("This document is not there any more."))
