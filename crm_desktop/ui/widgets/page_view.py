"""Pages of a document below each other, drawn when they come into sight.

One page at a time is rendered, off the GUI thread: those in sight first, then their
neighbours. Pictures are kept as long as they fit the memory they may have; while a finer one
is on its way, the coarse one is shown.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.ui.ops import JobOp
from crm_desktop.ui.printing import image_of
from crm_desktop.ui.theme import colours

if TYPE_CHECKING:
    from crm_desktop.services.customer_files import Pages

ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_GAP = 18
_MARGIN = 28
_INCH = 96 / 72  # device-independent pixels to the point at 100 %
_MEMORY = 96 << 20
_LARGEST = 16_000_000  # pixels of one picture; beyond it is drawn larger than rendered


class PageView(QAbstractScrollArea):
    """Shows a document's pages.

    `page_changed` carries the page in sight, counted from 0; `zoom_changed` the factor;
    `drawn` tells that a page has been rendered.
    """

    page_changed = Signal(int)
    zoom_changed = Signal(float)
    drawn = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Pages"))
        self._pages: Pages | None = None
        self._sizes: list[tuple[float, float]] = []
        self._tops: list[int] = []
        self._fit = True
        self._ring = False
        self._zoom = 1.0
        self._page = 0
        self._pictures: OrderedDict[int, QImage] = OrderedDict()
        self._scales: dict[int, float] = {}
        self._job: JobOp[QImage] | None = None
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    # What is shown.

    def show_pages(self, pages: Pages, sizes: Sequence[tuple[float, float]]) -> None:
        """Show a document.

        Args:
            pages: stays the caller's, who closes it after `forget`.
            sizes: width and height of each page in points.
        """
        self._pages = pages
        self._sizes = list(sizes)
        self._pictures.clear()
        self._scales.clear()
        self._lay_out()
        self.go_to(0)

    def forget(self) -> None:
        """Let go of the document."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._pages = None
        self._pictures.clear()

    @property
    def zoom(self) -> float:
        """1 is the size of the paper on a screen of 96 dpi."""
        return self._zoom

    @property
    def fits_width(self) -> bool:
        """Whether the zoom follows the window's width."""
        return self._fit

    @property
    def page(self) -> int:
        """The page in sight, counted from 0."""
        return self._page

    def picture(self, page: int) -> QImage | None:
        """A page's picture, where there is one."""
        return self._pictures.get(page)

    def fit_width(self) -> None:
        """As wide as the window."""
        self._fit = True
        self._change_zoom()

    def fit_page(self) -> None:
        """So large that all of the page is seen, but no larger than the window is wide."""
        if self._tops:
            _width, height = self._sizes[self._page]
            room = (self.viewport().height() - 2 * _GAP) / (height * _INCH)
            if room < self._zoom:
                self.set_zoom(room)

    def zoom_in(self) -> None:
        """The next larger size."""
        self.set_zoom(next((z for z in ZOOMS if z > self._zoom * 1.01), ZOOMS[-1]))

    def zoom_out(self) -> None:
        """The next smaller size."""
        self.set_zoom(next((z for z in reversed(ZOOMS) if z < self._zoom * 0.99), ZOOMS[0]))

    def set_zoom(self, zoom: float) -> None:
        """Take a size of one's own."""
        self._fit = False
        self._zoom = max(ZOOMS[0], min(zoom, ZOOMS[-1]))
        self._change_zoom()

    def go_to(self, page: int) -> None:
        """Bring a page to the upper edge."""
        if self._tops:
            page = max(0, min(page, len(self._tops) - 1))
            self.verticalScrollBar().setValue(self._tops[page] - _GAP // 2)
            self._set_page(page)
            self._want()

    # Layout, in device-independent pixels.

    def _change_zoom(self) -> None:
        if not self._tops:
            return
        top = self._tops[self._page]
        height = self._height(self._page)
        within = (self.verticalScrollBar().value() - top) / max(1, height)
        self._lay_out()
        at = self._tops[self._page] + round(within * self._height(self._page))
        self.verticalScrollBar().setValue(at)
        self._want()

    def _lay_out(self) -> None:
        if not self._sizes:
            return
        widest = max(width for width, _height in self._sizes)
        room = self.viewport().width() - 2 * _MARGIN
        if self._fit:
            self._zoom = max(ZOOMS[0], min(room / (widest * _INCH), ZOOMS[-1]))
        self._tops = []
        y = _GAP
        for page in range(len(self._sizes)):
            self._tops.append(y)
            y += self._height(page) + _GAP
        vertical, across = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, y - self.viewport().height()))
        vertical.setPageStep(self.viewport().height())
        vertical.setSingleStep(48)
        wide = round(widest * _INCH * self._zoom) + 2 * _MARGIN
        across.setRange(0, max(0, wide - self.viewport().width()))
        across.setPageStep(self.viewport().width())
        self.zoom_changed.emit(self._zoom)
        self.viewport().update()

    def _height(self, page: int) -> int:
        return round(self._sizes[page][1] * _INCH * self._zoom)

    def _box(self, page: int) -> QRect:
        width = round(self._sizes[page][0] * _INCH * self._zoom)
        room = self.viewport().width()
        left = (room - width) // 2 if width + 2 * _MARGIN <= room else _MARGIN
        at = QPoint(
            left - self.horizontalScrollBar().value(),
            self._tops[page] - self.verticalScrollBar().value(),
        )
        return QRect(at.x(), at.y(), width, self._height(page))

    def _in_sight(self) -> range:
        if not self._tops:
            return range(0)
        top = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, top) - 1)
        last = bisect_right(self._tops, top + self.viewport().height())
        return range(first, max(last, first + 1))

    def _scrolled(self) -> None:
        if self._tops:
            middle = self.verticalScrollBar().value() + self.viewport().height() // 3
            self._set_page(max(0, bisect_right(self._tops, middle) - 1))
        self.viewport().update()
        self._want()

    def _set_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    # Pictures.

    def _scale(self, page: int) -> float:
        scale = _INCH * self._zoom * self.devicePixelRatioF()
        width, height = self._sizes[page]
        return min(scale, math.sqrt(_LARGEST / (width * height)))

    def _want(self) -> None:
        """Have the page rendered that is missed most."""
        if self._pages is None or self._job is not None:
            return
        sight = self._in_sight()
        around = [sight.stop, sight.start - 1]
        for page in (*sight, *(p for p in around if 0 <= p < len(self._sizes))):
            scale = self._scale(page)
            if abs(self._scales.get(page, 0.0) - scale) > scale / 500:
                self._render(page, scale)
                return

    def _render(self, page: int, scale: float) -> None:
        pages = self._pages
        if pages is None:
            return

        def work(job: Job) -> QImage:
            job.check()
            return image_of(pages, page, scale, None)

        def done(picture: QImage) -> None:
            self._job = None
            self._keep(page, scale, picture)

        self._job = JobOp(self, work)
        self._job.success(done).run()

    def _keep(self, page: int, scale: float, picture: QImage) -> None:
        self._pictures[page] = picture
        self._pictures.move_to_end(page)
        self._scales[page] = scale
        sight = self._in_sight()
        for shown in sight:
            if shown in self._pictures:
                self._pictures.move_to_end(shown)
        used = sum(p.sizeInBytes() for p in self._pictures.values())
        while used > _MEMORY and len(self._pictures) > len(sight):
            oldest, dropped = self._pictures.popitem(last=False)
            self._scales.pop(oldest, None)
            used -= dropped.sizeInBytes()
        self.viewport().update()
        self.drawn.emit(page)
        self._want()

    # Qt's own names.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in sight: paper first, then what stands on it."""
        c = colours()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), QColor(c.page))
        for page in self._in_sight():
            box = self._box(page)
            # Paper is white by day and by night.
            painter.fillRect(box, QColor("#FFFFFF"))
            picture = self._pictures.get(page)
            if picture is not None:
                # Dot for dot where the picture is of this size.
                painter.drawImage(QRectF(box), picture)
            painter.setPen(QColor(c.line_strong))
            painter.drawRect(box.adjusted(-1, -1, 0, 0))
        if self._ring:
            painter.setPen(QColor(c.accent))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._change_zoom()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y() > 0:
                self.zoom_in()
            elif event.angleDelta().y() < 0:
                self.zoom_out()
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Down go by pages, arrows by lines."""
        key = event.key()
        bar = self.verticalScrollBar()
        if key == Qt.Key.Key_PageDown:
            self.go_to(self._page + 1)
        elif key == Qt.Key.Key_PageUp:
            self.go_to(self._page - 1)
        elif key == Qt.Key.Key_Home:
            self.go_to(0)
        elif key == Qt.Key.Key_End:
            self.go_to(len(self._sizes) - 1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            bar.setValue(bar.value() + (48 if key == Qt.Key.Key_Down else -48))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is for those who come by the keyboard."""
        super().focusInEvent(event)
        self._ring = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self._ring = False
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme, another ground."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()
