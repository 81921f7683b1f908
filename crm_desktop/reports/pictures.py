"""Pictures of the user's, as pages to look at: turned upright, on white paper."""

from __future__ import annotations

import io
import logging
import threading

from PIL import Image, ImageOps

from crm_desktop.reports.failures import PICTURE_FAILURES
from crm_desktop.reports.preview import Pages, RenderedPage, UnreadableError

log = logging.getLogger(__name__)

_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
# A scan of A3 at 600 dpi has 70 million; more would take all memory before anything is seen.
_MOST_PIXELS = 89_000_000
_MOST_PAGES = 200
# At 96 dots an inch, but no larger than a page, which every window can show.
_POINTS = 72 / 96
_LARGEST = (620.0, 880.0)
_FIRST = (256, 256)
# Of 90° and 270°: width and height change places.
_LYING = frozenset((5, 6, 7, 8))
_ORIENTATION = 0x0112


class PicturePages(Pages):
    """An open picture; the sheets of a TIFF are pages, any other has one."""

    def __init__(self, data: bytes) -> None:
        """Look at a picture.

        Raises:
            UnreadableError: it is none, or far too large.
        """
        self._data = data
        self._lock = threading.Lock()
        # A page, its picture, and whether that has all its pixels.
        self._drawn: tuple[int, Image.Image, bool] | None = None
        self._sizes: list[tuple[float, float]] = []
        try:
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
                for page in range(min(count, _MOST_PAGES)):
                    picture.seek(page)
                    self._sizes.append(_points(picture))
            self._upright(0, _FIRST)  # what is cut off says so before it is shown
        except PICTURE_FAILURES as error:
            raise UnreadableError("picture") from error
        self.count = len(self._sizes)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points, 72 to the inch."""
        return self._sizes[page]

    def render(
        self, page: int, *, scale: float, band: tuple[float, float] | None = None
    ) -> RenderedPage:
        """Draw a page, or a band of it.

        Args:
            page: counted from 0.
            scale: pixels to the point.
            band: its upper and lower edge in points, None for all.
        """
        width, height = self._sizes[page]
        upper, lower = band or (0.0, height)
        wanted = (max(1, round(width * scale)), max(1, round((lower - upper) * scale)))
        with self._lock:
            try:
                picture = self._upright(page, wanted if band is None else None)
                across, down = picture.width / width, picture.height / height
                box = (0.0, upper * down, width * across, min(lower * down, picture.height))
                drawn = picture.resize(wanted, Image.Resampling.LANCZOS, box, reducing_gap=3.0)
            except PICTURE_FAILURES:
                log.info("a further page of a picture cannot be read; it stays blank")
                drawn = Image.new("RGB", wanted, "white")
        # With 255 in the fourth byte, as Qt wants it: Pillow's own BGRX has 0.
        data = drawn.convert("RGBA").tobytes("raw", "BGRA")
        return RenderedPage(drawn.width, drawn.height, drawn.width * 4, data)

    def _upright(self, page: int, wanted: tuple[int, int] | None) -> Image.Image:
        """A page without transparency, the right way up; kept until another one is asked for.

        Args:
            page: counted from 0.
            wanted: the pixels that are enough, None for all there are.
        """
        if self._drawn is not None and self._drawn[0] == page:
            _page, picture, whole = self._drawn
            if whole or (wanted is not None and picture.width >= wanted[0]):
                return picture
        with Image.open(io.BytesIO(self._data), formats=_FORMATS) as opened:
            opened.seek(page)
            # A JPEG of fewer pixels comes four times as fast.
            smaller = opened.format == "JPEG" and wanted is not None
            if smaller and wanted is not None:
                opened.draft("RGB", (max(wanted), max(wanted)))
            picture = ImageOps.exif_transpose(opened)
            if picture.mode.startswith("I"):  # 16 bits a dot
                picture = picture.convert("I").point(lambda value: value / 256).convert("L")
            if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
                over = picture.convert("RGBA")
                picture = Image.new("RGB", over.size, "white")
                picture.paste(over, mask=over)
            else:
                picture = picture.convert("RGB")
        self._drawn = (page, picture, not smaller)
        return picture

    def close(self) -> None:
        """Give the memory back."""
        with self._lock:
            self._drawn = None
            self._data = b""


def _points(picture: Image.Image) -> tuple[float, float]:
    width, height = picture.size
    if width * height > _MOST_PIXELS or not width or not height:
        raise UnreadableError("too large")
    if picture.getexif().get(_ORIENTATION) in _LYING:
        width, height = height, width
    fits = min(1.0, _LARGEST[0] / (width * _POINTS), _LARGEST[1] / (height * _POINTS))
    return width * _POINTS * fits, height * _POINTS * fits
