"""The pictures that stand in a table's rows, on their way to the customers of these rows.

Only rows that have some are asked; each content travels once, whatever the number of rows that
show it, and a batch of rows ends early when its pictures make it heavy.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from crm_desktop.bridge.process.limits import Limits
from crm_desktop.bridge.rows.clean import WireRow
from crm_desktop.bridge.rows.row_traits import RowTraits
from crm_desktop.bridge.traits.model import Image
from crm_desktop.bridge.traits.pictures import PictureParts, TooLargeError
from crm_desktop.bridge.values.text import column_letter
from crm_desktop.domain import media
from crm_desktop.i18n import _

# Bytes of pictures that make a batch heavy enough to go.
_HEAVY = 4 << 20
_MB = 1 << 20

WirePicture = tuple[str, str, int, str, str]
"""The fields of `wire.Picture`."""


class WireBatch(NamedTuple):
    """Cleaned rows, the pictures of some of them by place, and contents that come first here."""

    rows: list[WireRow]
    pictures: Mapping[int, tuple[WirePicture, ...]]
    contents: Sequence[tuple[str, bytes]]


class _Known(NamedTuple):
    """A picture's content that was looked at: what it is, or why it cannot be taken."""

    sha256: str
    size: int
    media_type: str
    wrong: str = ""


class RowPictures:
    """The pictures of one table by row."""

    def __init__(
        self,
        images: Iterable[Image],
        parts: PictureParts | None,
        file: str,
        headers: Mapping[int, str],
        limits: Limits,
    ) -> None:
        """Sort the pictures.

        Args:
            images: those that belong to the table.
            parts: their bytes; None where there are no images.
            file: name of the file they come from.
            headers: of the columns by place.
            limits: caps on their sizes.
        """
        self._images: defaultdict[int, list[Image]] = defaultdict(list)
        for image in images:
            self._images[image.cell[0]].append(image)
        self._parts = parts
        self._file = file
        self._headers = headers
        self._limits = limits
        self._known: dict[str, _Known] = {}
        self._sent: set[str] = set()
        self._total = 0
        self._waiting: dict[int, tuple[WirePicture, ...]] = {}
        self._contents: list[tuple[str, bytes]] = []
        self._weight = 0

    @property
    def rows(self) -> frozenset[int]:
        """Numbers of the rows that have some."""
        return frozenset(self._images)

    @property
    def heavy(self) -> bool:
        """Whether the batch shall go as it is."""
        return self._weight >= _HEAVY

    def take(self, place: int, number: int, beside: RowTraits) -> None:
        """Read the pictures of a row.

        Args:
            place: of the row in its batch.
            number: the row's own.
            beside: is told of those that cannot be taken.
        """
        found: dict[str, WirePicture] = {}
        for image in self._images[number]:
            known = self._known.get(image.part)
            if known is None:
                known = self._known[image.part] = self._look_at(image.part)
            if known.wrong:
                beside.tell(number, column_letter(image.cell[1]), image.part, known.wrong)
                continue
            name = self._name(image)
            file_name = media.file_name(name, known.media_type)
            found.setdefault(known.sha256, (name, *known[:3], file_name))
        if found:
            self._waiting[place] = tuple(found.values())

    def batch(self, rows: list[WireRow]) -> WireBatch:
        """Put a batch of cleaned rows together; who is no customer has no documents."""
        kept = {place: p for place, p in self._waiting.items() if rows[place][1] is not None}
        made = WireBatch(rows, kept, self._contents)
        if self._waiting:
            self._waiting, self._contents, self._weight = {}, [], 0
        return made

    def _look_at(self, part: str) -> _Known:
        assert self._parts is not None  # there are images
        try:
            data = self._parts.read(part)
        except TooLargeError:
            limit = self._limits.picture_size // _MB
            wrong = _("The picture is larger than {n} MB; it was not taken.").format(n=limit)
            return _Known("", 0, "", wrong)
        if not data:
            return _Known("", 0, "", _("The picture is missing or damaged in the file."))
        self._total += len(data)
        if self._total > self._limits.pictures_size:
            limit = self._limits.pictures_size // _MB
            wrong = _("The pictures before this one have {n} MB; it was not taken.")
            return _Known("", 0, "", wrong.format(n=limit))
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 not in self._sent:
            self._sent.add(sha256)
            self._contents.append((sha256, data))
            self._weight += len(data)
        return _Known(sha256, len(data), media.media_type(data[: media.HEAD], part))

    def _name(self, image: Image) -> str:
        row, column = image.cell
        header = self._headers.get(column, "")
        if image.name:
            return image.name
        if header:
            said = _("{header} ({file}, row {row})")
            return said.format(header=header, file=self._file, row=row)
        return _("Picture from {file}, row {row}").format(file=self._file, row=row)
