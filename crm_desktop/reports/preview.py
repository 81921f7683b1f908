"""Pages to look at: of a PDF, the very bytes that print, drawn by PDFium; or of a picture."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from types import TracebackType
from typing import NamedTuple, Self

import pypdfium2 as pdfium

# PDFium keeps global state: one call at a time, whatever the document.
_PDFIUM = threading.Lock()


class RenderedPage(NamedTuple):
    """A picture of a page.

    Attributes:
        width: in pixels.
        height: in pixels.
        stride: bytes from one line to the next.
        data: lines from the top; four bytes a pixel: blue, green, red, unused (255). In Qt:
            `QImage(data, width, height, stride, QImage.Format.Format_RGB32)`.
    """

    width: int
    height: int
    stride: int
    data: bytes


class UnreadableError(Exception):
    """The bytes are damaged, protected, or not what they were taken for."""


class Pages(ABC):
    """Something open that has pages; may be used from any thread.

    Attributes:
        count: how many; they are counted from 0.
    """

    count: int

    @abstractmethod
    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points, 72 to the inch."""

    @abstractmethod
    def render(
        self, page: int, *, scale: float, band: tuple[float, float] | None = None
    ) -> RenderedPage:
        """Draw a page, or a band of it; `scale` is pixels to the point."""

    @abstractmethod
    def close(self) -> None:
        """Give the memory back; further calls are errors."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_pages(data: bytes, media_type: str) -> Pages:
    """Open a file of the user's: a PDF or a picture.

    Raises:
        UnreadableError: it cannot be read.
    """
    if media_type.startswith("image/"):
        from crm_desktop.reports.pictures import PicturePages

        return PicturePages(data)
    try:
        pages = PdfPages(data)
    except pdfium.PdfiumError as error:
        raise UnreadableError(media_type) from error
    if not pages.count:
        pages.close()
        raise UnreadableError(media_type)
    return pages


class PdfPages(Pages):
    """An open PDF; may be used from any thread."""

    def __init__(self, data: bytes) -> None:
        """Open a document.

        Args:
            data: the PDF's bytes.
        """
        with _PDFIUM:
            self._document = pdfium.PdfDocument(data)
            self.count = len(self._document)
        self._closed = False

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points, 72 to the inch; pages count from 0."""
        with _PDFIUM:
            width, height = self._document.get_page_size(page)
        return float(width), float(height)

    def render(
        self, page: int, *, scale: float, band: tuple[float, float] | None = None
    ) -> RenderedPage:
        """Draw a page, or a band of it: printers' pages are too large to be drawn at once.

        Args:
            page: counted from 0.
            scale: pixels to the point; 1 is 72 dpi.
            band: its upper and lower edge, in points from the page's upper edge; None for all.
        """
        with _PDFIUM:
            opened = self._document[page]
            try:
                # What to leave away at the left, below, at the right, above.
                crop = (0.0, 0.0, 0.0, 0.0)
                if band is not None:
                    crop = (0.0, max(0.0, opened.get_height() - band[1]), 0.0, band[0])
                bitmap = opened.render(
                    scale=scale, crop=crop, rev_byteorder=False, prefer_bgrx=True
                )
                try:
                    return RenderedPage(
                        bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer)
                    )
                finally:
                    bitmap.close()
            finally:
                opened.close()

    def text(self, page: int) -> str:
        """The words of a page, lines ending in a line feed."""
        with _PDFIUM:
            opened = self._document[page]
            try:
                textpage = opened.get_textpage()
                try:
                    text = str(textpage.get_text_bounded())
                finally:
                    textpage.close()
            finally:
                opened.close()
        return text.replace("\r\n", "\n")

    def close(self) -> None:
        """Give the document's memory back; further calls are errors."""
        with _PDFIUM:
            if not self._closed:
                self._closed = True
                self._document.close()
