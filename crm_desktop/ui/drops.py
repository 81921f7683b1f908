"""Files dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, Signal
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

    def _entered(self, event: QDragEnterEvent) -> None:
        files = dropped_files(event.mimeData())
        if not files:
            return
        event.acceptProposedAction()
        if not archives_in(files):
            self.files_entered.emit()
        if self.cover is not None:
            self.cover.cover(
                _("Drop to open the archive")
                if archives_in(files)
                else _("Drop to import into the archive")
            )

    def _dropped(self, event: QDropEvent) -> None:
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
            self._entered(event)
            return True
        if kind in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            if self.cover is not None:
                self.cover.hide()
            if isinstance(event, QDropEvent):
                self._dropped(event)
            return True
        return super().eventFilter(watched, event)


class DropCover(QWidget):
    """Lies over the window while files are dragged across it and says what will happen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = ""
        self.hide()

    def cover(self, text: str) -> None:
        """Cover the window and say a line."""
        self._text = text
        above = self.parentWidget()
        if above is not None:
            self.setGeometry(above.rect())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A veil, a dashed frame, an icon and the line."""
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(c.accent_soft)
        veil.setAlpha(235)
        painter.fillRect(self.rect(), veil)
        pen = QPen(QColor(c.accent), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        frame = QRectF(self.rect()).adjusted(18, 18, -18, -18)
        painter.drawRoundedRect(frame, RADIUS.card, RADIUS.card)
        middle = self.rect().center()
        picture = icons.pixmap("file-up", c.accent, 44, self.devicePixelRatioF())
        painter.drawPixmap(middle.x() - 22, middle.y() - 60, picture)
        painter.setPen(QColor(c.text))
        painter.setFont(font(TYPE.record, semibold=True))
        painter.drawText(
            self.rect().adjusted(0, 60, 0, 0), Qt.AlignmentFlag.AlignCenter, self._text
        )
        painter.end()
