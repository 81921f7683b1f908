"""What stands at the head of a page: the firm's name, logo and ways to reach it."""

from __future__ import annotations

import io
import logging
from typing import Any

from PIL import Image
from reportlab.lib.utils import ImageReader

from crm_desktop.domain.settings import Firm
from crm_desktop.reports.failures import PICTURE_FAILURES
from crm_desktop.reports.fonts import Weight
from crm_desktop.reports.layout import HAIRLINE, INK, MUTED, PageContent, Row, draw_rows
from crm_desktop.reports.text import FontBook, Ink, Style, wrap

FIRM = Style(12.5, INK, 17, Weight.SEMIBOLD, kern=True)
CONTACT = Style(8, MUTED, 11.5)
_LOGO_WIDTH = 150.0
_LOGO_HEIGHT = 42.0
# A logo is drawn at this many points at most; more pixels than a printer shows only weigh.
_MAX_PIXELS = (900, 300)
_FORM = "letterhead"

log = logging.getLogger(__name__)


class Letterhead:
    """The head of a first page, drawn once in a document and referred to from its pages.

    Attributes:
        height: in points, with the room below; 0 for a firm that says nothing of itself.
    """

    def __init__(self, firm: Firm, width: float) -> None:
        """Lay the head out.

        Args:
            firm: what to say.
            width: between the margins.
        """
        self._logo = load_logo(firm.logo) if firm.logo else None
        self._logo_size = _fitted(self._logo) if self._logo else (0.0, 0.0)
        left = self._logo_size[0] + 14 if self._logo else 0.0
        row = Row(0)
        names = wrap(firm.name, FIRM, width * 0.56 - left) if firm.name.strip() else []
        contacts = [line for text in _contact(firm) for line in wrap(text, CONTACT, width * 0.42)]
        height = max(FIRM.leading * len(names), CONTACT.leading * len(contacts), self._logo_size[1])
        offset = (height - FIRM.leading * len(names)) / 2 if self._logo else 0.0
        for index, line in enumerate(names):
            row.put(left, line, FIRM, top=offset + index * FIRM.leading)
        for index, line in enumerate(contacts):
            row.put_right(width, line, CONTACT, top=2 + index * CONTACT.leading)
        if height:
            row.shapes.append(("rule", 0, height + 13, width, 0.6, HAIRLINE))
        self._row = row
        self.height = height + 34 if height else 0.0

    def define(self, canvas: Any, book: FontBook, x: float, top: float) -> None:
        """Write the head into the document, as a form that pages share."""
        if not self.height:
            return
        canvas.beginForm(_FORM)
        ink, shapes = Ink(book), list[str]()
        draw_rows(PageContent([(top, self._row)]), x, ink, shapes)
        canvas._code += [*shapes, ink.operators()]
        if self._logo:
            wide, high = self._logo_size
            canvas.drawImage(ImageReader(self._logo), x, top - high, wide, high, mask="auto")
        canvas.endForm()

    def draw(self, canvas: Any) -> None:
        """Show the head on the page at hand."""
        if self.height:
            canvas.doForm(_FORM)


def load_logo(data: bytes) -> Image.Image | None:
    """A logo's picture, made no larger than it can be seen.

    Args:
        data: bytes of a PNG or JPEG file.

    Returns:
        The picture, or None where the bytes are none that can be read: a damaged logo must
        not keep a customer's file from being printed.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            picture.thumbnail(_MAX_PIXELS)
            alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
            return picture.convert("RGBA" if alpha else "RGB")
    except PICTURE_FAILURES:
        log.info("the logo cannot be read; the letterhead goes without")
        return None


def _fitted(logo: Image.Image) -> tuple[float, float]:
    scale = min(_LOGO_WIDTH / logo.width, _LOGO_HEIGHT / logo.height)
    return logo.width * scale, logo.height * scale


def _contact(firm: Firm) -> list[str]:
    reach = [text.strip() for text in (firm.phone, firm.email, firm.website) if text.strip()]
    address = [text.strip() for text in firm.address.splitlines() if text.strip()]
    joined = "  ·  ".join(reach)
    return [*address, joined] if joined else address
