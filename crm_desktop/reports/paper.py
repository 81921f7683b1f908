"""A document in the making: letterhead, rows on pages, running heads, page numbers."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from crm_desktop.domain.settings import Firm
from crm_desktop.i18n import _
from crm_desktop.reports import layout, wording
from crm_desktop.reports.embed import packed_stream
from crm_desktop.reports.fonts import Weight
from crm_desktop.reports.layout import PageContent, Row
from crm_desktop.reports.letterhead import Letterhead
from crm_desktop.reports.text import FontBook, Ink, Style, line

A4 = (595.28, 841.89)
LETTER = (612.0, 792.0)
_LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE", "GT", "CR"})

_MARGIN = 50.0
_TOP = 46.0
_FOOT = 56.0
_MARK = Style(120, layout.rgb("#EEF1F6"), 140, Weight.SEMIBOLD)


class Paper:
    """One PDF; equal calls give equal bytes.

    Attributes:
        width: of a row, in points.
        names: of the parts that were added.
    """

    def __init__(
        self,
        firm: Firm,
        language: str,
        printed_at: dt.datetime,
        home_country: str,
        *,
        foot: str | None = None,
        mark: str = "",
    ) -> None:
        """Begin.

        Args:
            firm: for the letterhead.
            language: key of `i18n.LANGUAGES`.
            printed_at: when.
            home_country: decides between A4 and Letter.
            foot: what stands at the foot of each page in place of the day.
            mark: a word that is written large across each page, beneath what stands on it.
        """
        self._firm = firm
        self._language = language
        self._printed_at = printed_at
        size = LETTER if home_country.upper() in _LETTER_COUNTRIES else A4
        self.width = size[0] - 2 * _MARGIN
        self._top = size[1] - _TOP
        self._out = io.BytesIO()
        self._canvas: Any = Canvas(
            self._out,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            lang=language.replace("_", "-"),
        )
        # Nothing is set in reportlab's Helvetica: without this line no file would name it
        self._canvas._preamble = ""
        self._canvas._doc.fontMapping.clear()
        self._canvas._doc.idToObject["BasicFonts"].dict.clear()
        self._book = FontBook(self._canvas._doc)
        self._letterhead = Letterhead(firm, self.width)
        self._letterhead.define(self._canvas, self._book, _MARGIN, self._top)
        self._printed = foot or _("Printed on {date}").format(
            date=wording.date_text(printed_at.date(), language)
        )
        self._mark = mark
        self._size = size
        self.names: list[str] = []

    def add(
        self,
        name: str,
        rows: Sequence[Row],
        *,
        again: Callable[[str], list[Row]] | None = None,
    ) -> None:
        """Draw one part from a new page on, under its name.

        Args:
            name: for the outline and the heads of further pages.
            rows: from top to bottom.
            again: what names a section once more at the top of a page, if not its heading.
        """
        pages = layout.paginate(
            rows,
            first_top=self._top - self._letterhead.height,
            top=self._top - 34,
            bottom=_FOOT,
            again=again
            or (
                lambda section: layout.heading(
                    _("{section} (continued)").format(section=section), self.width
                )
            ),
        )
        key = f"c{len(self.names)}"
        self.names.append(name)
        self._canvas.bookmarkPage(key, fit="Fit")
        self._canvas.addOutlineEntry(" ".join(name.split())[:200], key, 0)
        for index, page in enumerate(pages):
            if index == 0:
                self._letterhead.draw(self._canvas)
            self._draw_page(page, name if index else "", f"{index + 1} / {len(pages)}")

    def finish(self, title: str, subject: str) -> bytes:
        """The document's bytes; a page that says so where nothing was added."""
        canvas, count = self._canvas, len(self.names)
        if not count:
            self._draw_page(PageContent([(self._top, _empty_row())]), "", "1 / 1")
        canvas.setTitle(title)
        canvas.setAuthor(self._firm.name.strip() or "CRM Desktop")
        canvas.setSubject(subject)
        canvas.setCreator("CRM Desktop")
        moment = self._printed_at
        offset = moment.strftime("%z")
        zone = f"{offset[:3]}'{offset[3:5]}'" if offset else ""
        canvas.setDateFormatter(lambda *_parts: f"D:{moment:%Y%m%d%H%M%S}{zone}")
        if count > 1:
            canvas.showOutline()
        canvas.save()
        return self._out.getvalue()

    def _draw_page(self, page: PageContent, continued: str, number: str) -> None:
        canvas = self._canvas
        ink, shapes = Ink(self._book), list[str]()
        right = _MARGIN + self.width
        if continued:
            self._draw_running_head(ink, shapes, continued)
        layout.draw_rows(page, _MARGIN, ink, shapes)
        ink.draw(_MARGIN, 30, line(self._printed, layout.SMALL), layout.SMALL)
        numbers = line(number, layout.SMALL)
        ink.draw(right - numbers.width, 30, numbers, layout.SMALL)
        for top, row in page.rows:
            for x, below, width, height, address in row.links:
                left, high = _MARGIN + x, top - below
                canvas.linkURL(address, (left, high - height, left + width, high))
        content = "\n".join((*self._marked(), *canvas._code, *shapes, ink.operators()))
        canvas._code = []
        canvas.showPage()
        # compressed now, not when saving: a thousand customers' pages stay small in memory
        canvas._doc.Pages.pages[-1].Contents = packed_stream(content.encode("ascii"))

    def _marked(self) -> list[str]:
        """The word across the page, as large as it fits from corner to corner."""
        if not self._mark:
            return []
        wide, high = self._size
        text = line(self._mark, _MARK)
        size = min(_MARK.size, _MARK.size * 0.7 * math.hypot(wide, high) / text.width)
        style = _MARK._replace(size=size)
        text = line(self._mark, style)
        degrees = math.degrees(math.atan2(high, wide))
        turn, ink = math.radians(degrees), Ink(self._book)
        x = wide / 2 - math.cos(turn) * text.width / 2 + math.sin(turn) * size * 0.35
        y = high / 2 - math.sin(turn) * text.width / 2 - math.cos(turn) * size * 0.35
        ink.draw_turned(x, y, text, style, degrees)
        return [ink.operators()]

    def _draw_running_head(self, ink: Ink, shapes: list[str], name: str) -> None:
        style = layout.LABEL
        firm = line(_shortened(self._firm.name, 44), style)
        shown = _("{name} (continued)").format(name=_shortened(name, 52))
        ink.draw(_MARGIN, self._top - 9, line(shown, style), style)
        ink.draw(_MARGIN + self.width - firm.width, self._top - 9, firm, style)
        shapes.append(
            layout.shape_operators(
                "rule", _MARGIN, self._top - 17, self.width, 0.6, layout.HAIRLINE
            )
        )


def _shortened(text: str, limit: int) -> str:
    """A text for a place where it only repeats what stands in full elsewhere."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _empty_row() -> Row:
    row = Row(layout.TEXT.leading)
    row.put(0, line(_("No customers were chosen."), layout.TEXT), layout.TEXT)
    return row
