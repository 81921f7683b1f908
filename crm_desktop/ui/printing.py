"""Draws the pages of a finished PDF on a printer: the very bytes that the preview shows.

Qt has no way to hand a PDF to a printer on every system, so the pages go there as pictures at
the printer's own resolution, in bands of an inch, so that a page at 600 dpi needs some ten
megabytes and not two hundred. Runs on any thread: a QPrinter is no QObject.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from crm_desktop.domain.errors import Cancelled, EnvironmentProblem
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _

if TYPE_CHECKING:
    from crm_desktop.services.customer_files import Pages

_BAND = 72.0  # points: an inch, so that a band's height is a whole number of the printer's dots
_FINEST = 600  # dpi; finer ones show on film, not on paper


class Keeper:
    """Closes the document whenever it comes: even where its dialog has gone before."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: Pages | None = None
        self._ended = False

    def keep(self, pages: Pages) -> Pages:
        """Take charge of a document.

        Raises:
            Cancelled: nobody wants it any more.
        """
        with self._lock:
            if not self._ended:
                self._pages = pages
                return pages
        pages.close()
        raise Cancelled("closed")

    def end(self) -> None:
        """Close it, now or when it comes."""
        with self._lock:
            self._ended = True
            pages, self._pages = self._pages, None
        if pages is not None:
            pages.close()


def image_of(pages: Pages, page: int, scale: float, band: tuple[float, float] | None) -> QImage:
    """A page, or a band of it, as an image of its own memory.

    Args:
        pages: the document.
        page: counted from 0.
        scale: pixels to the point.
        band: upper and lower edge in points, None for all.
    """
    drawn = pages.render(page, scale=scale, band=band)
    return QImage(
        drawn.data, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32
    ).copy()


def printer_for(size: tuple[float, float], name: str = "") -> QPrinter:
    """The system's printer, set to the document's paper.

    Args:
        size: width and height of a page in points.
        name: what the printer's queue calls it; "" for customer files.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    width, height = size
    upright = QSizeF(min(width, height), max(width, height))
    way = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    paper = QPageSize(
        upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyOrientationMatch
    )
    # The document brings its margins along.
    printer.setPageLayout(QPageLayout(paper, way, QMarginsF()))
    printer.setFullPage(True)
    printer.setDocName(name or _("Customer files"))
    printer.setCreator(_("CRM Desktop"))
    return printer


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """The pages that a print dialog's choice means, counted from 0, in printing order."""
    first, last = 1, count
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
        first = max(1, printer.fromPage())
        last = min(count, printer.toPage() or count)
    found = list(range(first - 1, last))
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        found.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if copies > 1 and not printer.collateCopies():
        return [page for page in found for _n in range(copies)]
    return found * copies


def print_pages(pages: Pages, printer: QPrinter, job: Job) -> int:
    """Print.

    Args:
        pages: the document.
        printer: as a dialog has left it.
        job: to report to.

    Returns:
        How many pages went out.

    Raises:
        EnvironmentProblem: the printer does not take anything.
        Cancelled: the user stopped it; the printer's own queue forgets the rest.
    """
    chosen = chosen_pages(printer, pages.count)
    painter = QPainter()
    if not painter.begin(printer):
        raise EnvironmentProblem(
            _("The printer does not answer."),
            remedy=_("Check that it is on, or save the PDF and print that."),
        )
    done = False
    try:
        for number, page in enumerate(chosen):
            job.progress(_("Printing"), number, len(chosen))
            if number:
                printer.newPage()
            _draw(pages, page, painter, printer, job)
        job.progress(_("Printing"), len(chosen), len(chosen))
        done = True
    finally:
        if not done:
            printer.abort()
        painter.end()
    return len(chosen)


def _draw(pages: Pages, page: int, painter: QPainter, printer: QPrinter, job: Job) -> None:
    width, height = pages.size(page)
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    # As large as it is; smaller where the paper is. Half a per cent is rounding, not paper.
    dots = printer.resolution() / 72.0
    fits = min(paper.width() / (width * dots), paper.height() / (height * dots))
    if fits < 0.995:
        dots *= fits
    fine = min(dots, _FINEST / 72.0)
    left = max(0.0, (paper.width() - width * dots) / 2)
    top = max(0.0, (paper.height() - height * dots) / 2)
    at = 0.0
    while at < height:
        job.check()
        end = min(at + _BAND, height)
        image = image_of(pages, page, fine, (at, end))
        upper = round(top + at * dots)
        # Whole dots, so that no seam shows between two bands.
        target = QRectF(round(left), upper, round(width * dots), round(top + end * dots) - upper)
        painter.drawImage(target, image)
        at = end
