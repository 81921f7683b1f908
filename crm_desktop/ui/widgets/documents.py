"""Documents in a customer's panel: a row each, with its picture or a sign of its kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_desktop.domain import media
from crm_desktop.domain.documents import (
    Document,
    DocumentVersion,
    Expiry,
    VersionId,
    Warnings,
    expiry,
)
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import RADIUS, SPACE, Tint, colours, fonts, icons, paint
from crm_desktop.ui.widgets.basic import Card, ElidedLabel, button, label, row
from crm_desktop.ui.widgets.edit import LineEdit

THUMBNAIL = 36
USUAL_WARNINGS = Warnings()
_LINE = 22


class Documents(QWidget):
    """A customer's documents; what shall be done with one is told by signals that carry it."""

    add_wanted = Signal()
    opened = Signal(object)
    menu_wanted = Signal(object, QPoint)
    renamed = Signal(object, str)
    remove_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[DocumentRow] = []
        self._count = label("", "secondary")
        self.add = button(
            _("+ Document…"),
            kind="link",
            clicked=self.add_wanted.emit,
            tip=_("Add files, or drop them here"),
        )
        self._card = Card(margins=(5, 5, 5, 5))
        self._card.body.setSpacing(0)
        head = row(label(_("Documents"), "section"), self._count, None, self.add)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.s)
        box.addLayout(head)
        box.addWidget(self._card)

    def rows(self) -> Sequence[DocumentRow]:
        """The rows from top to bottom."""
        return tuple(self._rows)

    def show_documents(
        self, documents: Sequence[Document], warnings: Warnings = USUAL_WARNINGS
    ) -> None:
        """Show a customer's documents; a row that is there already keeps the focus."""
        fonts.ensure_for(*(text for d in documents for text in (d.name, *d.facts[:2])))
        known = {made.document.id: made for made in self._rows}
        wanted = {document.id for document in documents}
        for number, gone in known.items():
            if number not in wanted:
                self._card.body.removeWidget(gone)
                gone.hide()
                gone.deleteLater()
        self._rows = []
        before: QWidget = self.add
        for place, document in enumerate(documents):
            made = known.get(document.id)
            if made is None:
                made = self._made(document)
            if self._card.body.indexOf(made) != place:
                self._card.body.insertWidget(place, made)
            made.show_document(document, warnings.of(document.facts.kind))
            QWidget.setTabOrder(before, made)
            self._rows.append(made)
            before = made
        self._count.setText(say.number(len(documents)) if documents else "")
        self._card.setVisible(bool(documents))

    def show_thumbnail(self, version: VersionId, picture: QImage) -> None:
        """Show what a version looks like, where it is still shown."""
        for made in self._rows:
            if made.document.current.id == version:
                made.thumb.show_picture(picture)

    def _made(self, document: Document) -> DocumentRow:
        made = DocumentRow(document)
        made.opened.connect(self.opened)
        made.menu_wanted.connect(self.menu_wanted)
        made.renamed.connect(self.renamed)
        made.remove_wanted.connect(self.remove_wanted)
        return made


class DocumentRow(QPushButton):
    """One document: Enter opens it, F2 renames it, Del takes it away, the Menu key has the rest."""

    opened = Signal(object)
    menu_wanted = Signal(object, QPoint)
    renamed = Signal(object, str)
    remove_wanted = Signal(object)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.setProperty("kind", "document")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.thumb = Thumb()
        self.name = ElidedLabel("", "strong")
        self.name.setFixedHeight(_LINE)  # as high as the pill that may stand beside it
        self.edit = NameEdit()
        self.edit.hide()
        self.edit.done.connect(self._renamed)
        self.detail = ElidedLabel("", "secondary")
        self._pill = _Pill()
        texts = QVBoxLayout()
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(0)
        head = row(self.name, self.edit, self._pill)
        head.setStretch(0, 1)
        head.setStretch(1, 1)
        texts.addStretch(1)
        texts.addLayout(head)
        texts.addWidget(self.detail)
        texts.addStretch(1)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(7, 0, 9, 0)
        inside.setSpacing(11)
        inside.addWidget(self.thumb)
        inside.addLayout(texts, 1)
        for part in (self.thumb, self.name, self.detail, self._pill):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(self._open)

    def show_document(self, document: Document, days: tuple[int, ...]) -> None:
        """Show it as it is now.

        Args:
            document: what to show.
            days: so many before its last day it is warned of, the longest first.
        """
        if document.current.id != self.document.current.id:
            self.thumb.show_picture(None)
        self.document = document
        self.thumb.show_kind(document.current.media_type)
        self.name.set_text(document.name)
        detail = detail_of(document)
        self.detail.set_text(detail)
        said = _badge(document, days)
        c = colours()
        self._pill.set_pill(*(said or ("", c.neutral)))
        spoken = (document.name, detail, said[0] if said else "")
        self.setAccessibleName(", ".join(part for part in spoken if part))

    def rename(self) -> None:
        """Let the name be typed where it stands."""
        self.name.hide()
        self.edit.setText(self.document.name)
        self.edit.show()
        self.edit.selectAll()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _renamed(self, text: str) -> None:
        had_focus = self.edit.hasFocus()
        self.edit.hide()
        self.name.show()
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        if text and text != self.document.name:
            self.renamed.emit(self.document, text)

    def _open(self) -> None:
        self.opened.emit(self.document)

    # Qt's own names.

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Right click, the Menu key or Shift+F10."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = self.mapToGlobal(QPoint(28, self.height() - 6)) if by_key else event.globalPos()
        self.menu_wanted.emit(self.document, at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, F2 renames, Del takes away; the arrows go from row to row."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif key == Qt.Key.Key_F2:
            self.rename()
        elif key == Qt.Key.Key_Delete:
            self.remove_wanted.emit(self.document)
        elif key == Qt.Key.Key_Down:
            self.focusNextChild()
        elif key == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


def _badge(document: Document, days: tuple[int, ...]) -> tuple[str, Tint] | None:
    """What is said of a document that has expired or soon will; None where nothing is."""
    c, today = colours(), datetime.now().astimezone().date()
    state = expiry(document.facts, today, days)
    last = document.facts.expires_on
    if state is Expiry.EXPIRED:
        return _("Expired"), c.red
    if state is not Expiry.SOON or last is None:
        return None
    left = (date.fromisoformat(last) - today).days
    words = ngettext("{n} day left", "{n} days left", left).format(n=left)
    return words, c.red if left <= days[-1] else c.amber


class NameEdit(LineEdit):
    """A name being typed; `done` carries it, or "" where it was taken back."""

    done = Signal(str)

    def __init__(self) -> None:
        super().__init__(name=_("Name of the document"))
        self.setProperty("flat", True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, Esc takes back; no key goes on to the row, which would open or remove."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit("")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit(self.text().strip())
        else:
            super().keyPressEvent(event)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving saves, but not for a menu or another window that comes in between."""
        super().focusOutEvent(event)
        between = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if self.isVisible() and event.reason() not in between:
            self.done.emit(self.text().strip())


class Thumb(QWidget):
    """A small picture with round corners; a sign of the kind where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(THUMBNAIL, THUMBNAIL)
        self._media = ""
        self._picture: QImage | None = None

    @property
    def picture(self) -> QImage | None:
        """What is shown, None for a sign."""
        return self._picture

    def show_kind(self, media_type: str) -> None:
        """Say what it is, for as long as there is no picture."""
        self._media = media_type
        self.update()

    def show_picture(self, picture: QImage | None) -> None:
        """Show a picture, None for the sign."""
        self._picture = picture
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, cut to a square, or the sign on its tint."""
        c = colours()
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(box, RADIUS.control, RADIUS.control)
        if self._picture is None:
            name, tint = sign_of(self._media)
            painter.fillPath(path, QColor(tint.back))
            place = QRect(0, 0, 18, 18)
            place.moveCenter(self.rect().center())
            ratio = self.devicePixelRatioF()
            painter.drawPixmap(place.topLeft(), icons.pixmap(name, tint.text, 18, ratio))
        else:
            painter.setClipPath(path)
            side = min(self._picture.width(), self._picture.height())
            cut = QRect(0, 0, side, side)
            cut.moveCenter(self._picture.rect().center())
            painter.drawImage(box, self._picture, QRectF(cut))
            painter.setClipping(False)
            painter.setPen(QColor(c.line))
            painter.drawPath(path)
        painter.end()


class _Pill(QWidget):
    """A word on its tint; nothing without a word."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._tint: Tint = colours().neutral
        self.setFixedHeight(_LINE)

    def set_pill(self, text: str, tint: Tint) -> None:
        self._text, self._tint = text, tint
        self.setFixedWidth(paint.pill_width(text) if text else 0)
        self.setVisible(bool(text))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return QSize(paint.pill_width(self._text), _LINE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.paint_pill(painter, 0, self.height() // 2, self._text, self._tint)
        painter.end()


def sign_of(media_type: str) -> tuple[str, Tint]:
    """The icon and the tint that stand for a kind of file."""
    c = colours()
    if media_type == media.PDF:
        return "file-text", c.red
    if media_type.startswith("image/"):
        return "image", c.violet
    if "spreadsheet" in media_type or media_type in ("text/csv", "application/vnd.ms-excel"):
        return "file-spreadsheet", c.green
    if "wordprocessing" in media_type or media_type in ("application/msword", "application/rtf"):
        return "file-text", c.blue
    if media_type.startswith("text/"):
        return "file-text", c.neutral
    if media_type.startswith("message/") or media_type == "application/vnd.ms-outlook":
        return "mail", c.amber
    return "paperclip", c.neutral


def detail_of(document: Document) -> str:
    """The line below a document's name: what is written on it, or what its file is."""
    facts = document.facts
    expires = ""
    if facts.expires_on:
        day = date.fromisoformat(facts.expires_on)
        expires = _("until {date}").format(date=say.short_date(day.year, day.month, day.day))
    said = " · ".join(part for part in (facts.kind, facts.number, expires) if part)
    return said or file_text(document.current)


def file_text(version: DocumentVersion) -> str:
    """What a file is, in short: `PDF · 1.2 MB`."""
    ending = media.ending(version.file_name).upper()
    return " · ".join(part for part in (ending, say.size(version.size)) if part)
