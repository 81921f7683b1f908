"""Pictures of a workbook: what they are called, and their bytes, read when a row asks for them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath, PureWindowsPath

from crm_desktop.bridge.files.formats import Source
from crm_desktop.bridge.files.zipguard import open_zip, part_chunks
from crm_desktop.bridge.process.limits import Limits
from crm_desktop.bridge.values.text import tidy_line
from crm_desktop.domain.errors import UserError

# What spreadsheet programs call a picture by themselves, in the languages that they speak.
_BY_ITSELF = re.compile(
    r"(?:picture|image|imagem|imagen|immagine|bild|grafik|graphic|gráfico|figura|figure|photo|foto|"
    r"afbeelding|obraz|obrázek|рисунок|изображение|图片|图像|圖片|影像|図|그림|รูปภาพ|صورة|תמונה|चित्र)"
    r"[\s_\-]*\d*",
    re.IGNORECASE,
)
# Excel describes pictures by itself, too, and says so at the end.
_DESCRIBED = re.compile(
    r"automatically generated|gerada? automaticamente|generada? automáticamente|automatisch|"
    r"générée? automatiquement|generata automaticamente|自动生成|自動產生|自動的に生成|자동 생성",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\.(?:png|jpe?g|gif|bmp|webp|tiff?|emf|wmf|svg|heic)$", re.IGNORECASE)
_LONGEST = 120


class TooLargeError(Exception):
    """A picture is larger than may be taken."""


class PictureParts:
    """The parts of a zipped workbook that pictures are."""

    def __init__(self, source: Source, limits: Limits) -> None:
        """Note what there is; nothing is unpacked.

        Raises:
            UserError: the zip is damaged.
        """
        self._source = source
        self._limits = limits
        with open_zip(source.data, source.name) as archive:
            self._members = {
                info.filename.replace("\\", "/").lower().lstrip("/"): info
                for info in archive.infolist()
            }

    def read(self, part: str) -> bytes | None:
        """A picture's bytes; None where it is missing or damaged.

        Raises:
            TooLargeError: there are more of them than a picture may have.
        """
        info = self._members.get(part.lower())
        if info is None:
            return None
        pieces: list[bytes] = []
        size = 0
        try:
            for piece in part_chunks(self._source.data, info, self._source.name, self._limits):
                size += len(piece)
                if size > self._limits.picture_size:
                    raise TooLargeError(part)
                pieces.append(piece)
        except UserError:
            return None
        return b"".join(pieces)


def own_name(*told: str) -> str:
    """What somebody called a picture, "" where only programs named it.

    Args:
        told: its title, its alternative text, its name, whatever there is; the first counts
            that a person wrote.
    """
    for text in told:
        if _DESCRIBED.search(text):
            continue
        line = tidy_line(text.strip().partition("\n")[0])
        # Older programs write where the picture's file lay.
        if re.match(r"[A-Za-z]:\\|\\\\", line):
            line = PureWindowsPath(line).name
        elif line.startswith(("/", "file:")):
            line = PurePosixPath(line).name
        line = _ENDING.sub("", line).strip()
        if line and not _BY_ITSELF.fullmatch(line):
            return line[:_LONGEST].rstrip()
    return ""
