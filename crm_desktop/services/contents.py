"""What shall become a document: a file, or bytes; looked at before it is kept."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from crm_desktop.domain import media
from crm_desktop.domain.documents import MOST_BYTES
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.store.documents import Content

_PIECE = 1 << 20
_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Incoming:
    """A content on its way in; it is read once to be known, and once more to be kept."""

    source: Path | bytes
    content: Content

    def pieces(self, job: Job) -> Iterator[bytes]:
        """The content, piece by piece.

        Raises:
            UserError: the file cannot be read any more.
            Cancelled: the user stopped it.
        """
        return _pieces(self.source, self.content.file_name, job)


def look_at(source: Path | bytes, name: str = "", *, job: Job | None = None) -> Incoming:
    """Find out what a content is.

    Args:
        source: a file, or its bytes.
        name: what it shall be called, with its ending; a file's own name where none is given.
        job: may stop it.

    Raises:
        UserError: it cannot be read, is empty or larger than 200 MB, or no file at all.
        Cancelled: the user stopped it.
    """
    if isinstance(source, Path):
        name = name or source.name
        if source.is_dir():
            raise UserError(
                _("“{file}” is a folder. Choose the files inside it.").format(file=name)
            )
    digest = hashlib.sha256()
    size = 0
    head = b""
    for piece in _pieces(source, name, job or Job()):
        head = head or piece[: media.HEAD]
        size += len(piece)
        if size > MOST_BYTES:
            raise UserError(
                _("“{file}” is larger than {n} MB; that is too much for a document.").format(
                    file=name, n=MOST_BYTES // _MB
                )
            )
        digest.update(piece)
    if not size:
        raise UserError(_("“{file}” is empty.").format(file=name))
    kind = media.media_type(head, name)
    return Incoming(
        source, Content(digest.hexdigest(), size, kind, media.file_name(name or "", kind))
    )


def _pieces(source: Path | bytes, name: str, job: Job) -> Iterator[bytes]:
    try:
        with _opened(source) as file:
            while piece := file.read(_PIECE):
                job.check()
                yield piece
    except OSError as error:
        raise UserError(
            _("“{name}” cannot be read: {reason}").format(name=name, reason=error.strerror or error)
        ) from error


def _opened(source: Path | bytes) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def is_same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file; neither is opened."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return False
