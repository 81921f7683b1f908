"""Files dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import _
from crm_desktop.ui.theme import RADIUS, TYPE, colours, icons
from crm_desktop.ui.theme.fonts import font

ARCHIVE = ".crm"
# Only what the name promises: the reader looks at the content and says what it is.
SHEETS = (
    *(".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".txt", ".json"),
    *(".html", ".htm", ".mht", ".mhtml", ".xml", ".vcf"),
)


def dropped_files(data: QMimeData) -> list[Path]:
    """The local files of a drag, none where it holds anything else."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def archives_in(paths: list[Path]) -> list[Path]:
    """Those that are archives by name."""
    return [p for p in paths if p.suffix.lower() == ARCHIVE]


class DropTarget(QObject):
    """Takes the files that are dropped anywhere on a window.

    `archive_dropped` carries the first archive among them, else `files_dropped` all of them:
    the import looks inside and says what they are. `files_entered` tells that files other than
    archives are dragged across it: there may be something to import soon.
    """

    archive_dropped = Signal(object)
    files_dropped = Signal(object)
    files_entered = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.cover: DropCover | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def entered(self, event: QDragEnterEvent) -> None:
        """Say what a drop would do."""
        files = dropped_files(event.mimeData())
        if not files:
            return
        event.acceptProposedAction()
        if not archives_in(files):
            self.files_entered.emit()
        if self.cover is not None:
            if archives_in(files):
                self.cover.cover(_("Drop to open the archive"), alone=True)
            else:
                self.cover.cover(_("Drop to import into the archive"))

    def dropped(self, event: QDropEvent) -> None:
        """Tell what was dropped."""
        files = dropped_files(event.mimeData())
        event.acceptProposedAction()
        if found := archives_in(files):
            self.archive_dropped.emit(found[0])
        elif files:
            self.files_dropped.emit(files)

    # Qt's own names.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a drag over the window."""
        kind = event.type()
        if kind == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            self.entered(event)
            return True
        if kind in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            if self.cover is not None:
                self.cover.hide()
            if isinstance(event, QDropEvent):
                self.dropped(event)
            return True
        return super().eventFilter(watched, event)


class DropPlace(QObject):
    """A part of the window where files that are dropped mean something of their own.

    `files_dropped` carries them. Archives mean there what they mean everywhere.

    Attributes:
        text: what will happen, in a line.
    """

    files_dropped = Signal(object)

    def __init__(self, part: QWidget, text: str = "") -> None:
        super().__init__(part)
        self.part = part
        self.text = text
        part.setAcceptDrops(True)
        part.installEventFilter(self)

    def _cover(self) -> DropCover | None:
        return self.part.window().findChild(DropCover)

    def _hand_on(self, event: QDropEvent) -> None:
        window = self.part.window().findChild(DropTarget)
        if window is None or not dropped_files(event.mimeData()):
            event.ignore()
        elif isinstance(event, QDragEnterEvent):
            window.entered(event)
        elif event.type() == QEvent.Type.Drop:
            if (cover := self._cover()) is not None:
                cover.hide()
            window.dropped(event)
        else:
            event.acceptProposedAction()

    # Qt's own names.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a drag over the part."""
        kind = event.type()
        if isinstance(event, QDropEvent):  # entering and moving are of this kind, too
            files = dropped_files(event.mimeData())
            if not files or archives_in(files):
                self._hand_on(event)
                return True
            event.acceptProposedAction()
            cover = self._cover()
            if kind == QEvent.Type.DragEnter and cover is not None:
                cover.cover(_("Drop to import into the archive"), aimed=self)
            elif kind == QEvent.Type.Drop:
                if cover is not None:
                    cover.hide()
                self.files_dropped.emit(files)
            return True
        if kind == QEvent.Type.DragLeave:
            if (cover := self._cover()) is not None:
                cover.hide()
            return True
        return super().eventFilter(watched, event)


class DropCover(QWidget):
    """Lies over the window while files are dragged across it and says what will happen where."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = ""
        self._aimed: DropPlace | None = None
        self._places: list[DropPlace] = []
        self.hide()

    def cover(self, text: str, *, aimed: DropPlace | None = None, alone: bool = False) -> None:
        """Cover the window and say a line, and another one on each place of its own.

        Args:
            text: what a drop on the window does.
            aimed: the place that the pointer is over, None for the window itself.
            alone: it does so everywhere.
        """
        self._text, self._aimed = text, aimed
        places = [] if alone else self.window().findChildren(DropPlace)
        self._places = [place for place in places if place.part.isVisible() and place.text]
        above = self.parentWidget()
        if above is not None:
            self.setGeometry(above.rect())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A veil, and for the window and each place a dashed frame, an icon and its line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rest = self.rect()
        for place in self._places:
            box = QRect(place.part.mapTo(self.window(), QPoint(0, 0)), place.part.size())
            box.translate(-self.mapTo(self.window(), QPoint(0, 0)))
            self._paint_area(painter, box, "paperclip", place.text, aimed=place is self._aimed)
            # Places stand at the right edge: what is left of them is the window's.
            rest.setRight(min(rest.right(), box.left() - 1))
        self._paint_area(painter, rest, "file-up", self._text, aimed=self._aimed is None)
        painter.end()

    def _paint_area(
        self, painter: QPainter, box: QRect, icon: str, text: str, *, aimed: bool
    ) -> None:
        c = colours()
        veil = QColor(c.accent_soft if aimed else c.page)
        veil.setAlpha(235)
        painter.fillRect(box, veil)
        colour = c.accent if aimed else c.faint
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), 2, Qt.PenStyle.DashLine))
        frame = QRectF(box).adjusted(18, 18, -18, -18)
        painter.drawRoundedRect(frame, RADIUS.card, RADIUS.card)
        middle = box.center()
        picture = icons.pixmap(icon, colour, 44, self.devicePixelRatioF())
        painter.drawPixmap(middle.x() - 22, middle.y() - 60, picture)
        painter.setPen(QColor(c.text if aimed else c.mute))
        painter.setFont(font(TYPE.record, semibold=True))
        lines = QRectF(box.left() + 42, middle.y() + 6, box.width() - 84, 120)
        wrap = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(lines, wrap, text)
