"""What the words of a call stand for: an archive, files to import, somebody to look up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from crm_desktop.domain import calls

ARCHIVE = ".crm"


class Arguments(NamedTuple):
    """A call for the window.

    Attributes:
        lookup: who is to be looked up, None for nobody.
    """

    archive: Path | None = None
    files: Sequence[Path] = ()
    lookup: str | None = None


def read(words: Sequence[str]) -> Arguments:
    """Tell the words apart.

    A `tel:` link is a lookup. The archive is what bears its ending; where nothing does, a
    single name without any ending is one too. All else are files to import.
    """
    links = [word for word in words if calls.is_link(word)]
    paths = [_path(word) for word in words if not calls.is_link(word)]
    archive = next((path for path in paths if path.suffix.lower() == ARCHIVE), None)
    if archive is None and len(paths) == 1 and not paths[0].suffix:
        archive = paths[0]
    files = tuple(path for path in paths if path is not archive)
    return Arguments(archive, files, links[0] if links else None)


def _path(word: str) -> Path:
    """A path, which desktops may give as a link."""
    if word.lower().startswith("file:"):
        return Path(url2pathname(urlsplit(word).path))
    return Path(word)
