"""Quotations as rows of a panel: two lines each, with what they come to and how far they are."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from crm_desktop.domain.quotations import ListedQuotation, QuotationId
from crm_desktop.services import amounts
from crm_desktop.ui import quotation_words as words
from crm_desktop.ui.theme import SIZE, SPACE, Tint, colours, paint
from crm_desktop.ui.widgets.basic import ElidedLabel, column, label, row


class StatusPill(QWidget):
    """A pill that only tells."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._tint: Tint = colours().neutral
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_pill(self, text: str, tint: Tint) -> None:
        """Show another word in other colours."""
        self._text, self._tint = text, tint
        self.setAccessibleName(text)
        self.setFixedSize(paint.pill_width(text), SIZE.pill)
        self.update()

    def text(self) -> str:
        """Its word."""
        return self._text

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.paint_pill(painter, 0, self.height() // 2, self._text, self._tint)
        painter.end()


class QuotationRow(QPushButton):
    """One of them; Enter, Space or a click opens it: `opened` carries its number."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "document")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)  # Enter presses it, too
        self.number: QuotationId | None = None
        self.title = ElidedLabel("", "strong")
        self.caption = ElidedLabel("", "secondary")
        self.total = label("", "strong")
        self.pill = StatusPill()
        right = Qt.AlignmentFlag.AlignRight
        self.total.setAlignment(right | Qt.AlignmentFlag.AlignVCenter)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(9, 5, 9, 5)
        inside.setSpacing(SPACE.m)
        words_ = column(self.title, self.caption, spacing=2)
        inside.addLayout(words_, 1)
        sums = column(self.total, spacing=1)
        sums.addLayout(row(None, self.pill))
        inside.addLayout(sums)
        for part in (self.title, self.caption, self.total, self.pill):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(self._open)

    def show_one(self, listed: ListedQuotation, today: date) -> None:
        """Show a quotation."""
        one = listed.quotation
        self.number = one.id
        said = " · ".join(filter(None, (words.number_text(one), words.until_text(one))))
        total, status = amounts.money_shown(listed.total), words.status_text(one, today)
        self.title.set_text(one.title)
        self.caption.set_text(said)
        self.total.setText(total)
        self.pill.set_pill(status, words.status_tint(one, today, colours()))
        self.setAccessibleName(", ".join((one.title, said, total, status)))

    def _open(self) -> None:
        if self.number is not None:
            self.opened.emit(self.number)

    # Qt's own names.

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(160, 52)
