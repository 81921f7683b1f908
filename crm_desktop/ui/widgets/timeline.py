"""The timeline: painted entries on a thread, read by pages, with a line to add one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.domain.customers import Interaction, InteractionKind
from crm_desktop.i18n import _, pgettext
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import SPACE, TYPE, Colours, Tint, colours, icons
from crm_desktop.ui.theme.fonts import ensure_for, font
from crm_desktop.ui.widgets.basic import Chips, button, label, row
from crm_desktop.ui.widgets.edit import LineEdit

_LEFT = 48
_WRAP = Qt.TextFlag.TextWordWrap
_LONG_WORD = re.compile(r"\S{40}")


@dataclass(frozen=True, slots=True)
class Event:
    """An entry as it is shown; `kind` is an `InteractionKind`, `created` or `imported`."""

    kind: str
    title: str
    text: str
    at: datetime | None


def kind_text(kind: str) -> str:
    """The word for an entry's kind."""
    return {
        InteractionKind.CALL.value: pgettext("interaction", "Call"),
        InteractionKind.VISIT.value: pgettext("interaction", "Visit"),
        InteractionKind.MESSAGE.value: pgettext("interaction", "Message"),
        InteractionKind.NOTE.value: pgettext("interaction", "Note"),
    }.get(kind, kind)


def _look(kind: str, c: Colours) -> tuple[str, Tint]:
    return {
        InteractionKind.CALL.value: ("phone", c.blue),
        InteractionKind.MESSAGE.value: ("mail", c.violet),
        InteractionKind.NOTE.value: ("sticky-note", c.amber),
        InteractionKind.VISIT.value: ("calendar", c.green),
        "imported": ("file-up", c.neutral),
        "created": ("user-plus", c.avatars[4]),
    }.get(kind, ("circle-dot", c.neutral))


class Entry(QWidget):
    """One entry, painted: a tinted sign, a title, when it was, and its text."""

    def __init__(self, event: Event, *, last: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event = event
        # Words break between words; what nobody could break, such as a link, gets places to.
        self._text = _LONG_WORD.sub("\\g<0>\u200b", event.text)
        self.last = last
        self._when = say.moment(event.at) if event.at else ""
        spoken = ". ".join(p for p in (event.title, self._when, event.text) if p)
        self.setAccessibleName(spoken)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _text_height(self, width: int) -> int:
        if not self._text:
            return 0
        metrics = QFontMetrics(font(TYPE.secondary))
        box = metrics.boundingRect(QRect(0, 0, max(width - _LEFT, 60), 10_000), _WRAP, self._text)
        return box.height()

    # Qt's own names.

    def hasHeightForWidth(self) -> bool:
        """The text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the text at this width."""
        return 24 + self._text_height(width) + (8 if self.last else 22)

    def sizeHint(self) -> QSize:
        """A guess until the width is known."""
        return QSize(300, self.heightForWidth(320))

    def minimumSizeHint(self) -> QSize:
        """At least as high as it must be."""
        return QSize(120, self.heightForWidth(max(self.width(), 300)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the thread, the sign, and the words."""
        c = colours()
        picture, tint = _look(self._event.kind, c)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.last:
            painter.fillRect(16, 36, 2, self.height() - 36, QColor(c.line))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tint.back))
        painter.drawEllipse(QRectF(2, 0, 30, 30))
        sign = icons.pixmap(picture, tint.text, 15, self.devicePixelRatioF())
        painter.drawPixmap(9, 7, sign)
        small = font(TYPE.caption)
        painter.setFont(small)
        painter.setPen(QColor(c.mute))
        when_width = QFontMetrics(small).horizontalAdvance(self._when)
        painter.drawText(
            QRect(self.width() - when_width - 2, 3, when_width + 2, 18),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            self._when,
        )
        strong = font(TYPE.body, semibold=True)
        painter.setFont(strong)
        painter.setPen(QColor(c.text))
        room = self.width() - _LEFT - when_width - 12
        title = QFontMetrics(strong).elidedText(
            self._event.title, Qt.TextElideMode.ElideRight, room
        )
        painter.drawText(QRect(_LEFT, 2, room, 20), Qt.AlignmentFlag.AlignVCenter, title)
        if self._event.text:
            painter.setFont(font(TYPE.secondary))
            painter.setPen(QColor(c.mute))
            box = QRect(_LEFT, 23, self.width() - _LEFT, self.height() - 23)
            painter.drawText(box, _WRAP, self._text)
        painter.end()


class Composer(QWidget):
    """A line to add an entry: what it was, and a few words."""

    written = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = Chips([(kind.value, kind_text(kind.value)) for kind in _ORDER])
        self.field = LineEdit(name=_("What happened?"))
        self.field.setPlaceholderText(_("What happened? Enter saves"))
        self.field.returnPressed.connect(self._return)
        self._error = label("", "error", wrap=True)
        self._error.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, SPACE.s)
        box.setSpacing(SPACE.s)
        box.addLayout(row(self._kinds, None))
        box.addWidget(self.field)
        box.addWidget(self._error)

    def start(self, kind: str) -> None:
        """Begin an entry of a kind."""
        self._kinds.choose(kind)
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def done(self) -> None:
        """It is saved."""
        self.field.clear()
        self._error.hide()
        self.hide()

    def show_error(self, text: str) -> None:
        """Say why it was not."""
        self._error.setText(text)
        self._error.show()

    def _return(self) -> None:
        self.written.emit(self._kinds.key(), self.field.text().strip())


_ORDER = (
    InteractionKind.NOTE,
    InteractionKind.CALL,
    InteractionKind.VISIT,
    InteractionKind.MESSAGE,
)


class Timeline(QWidget):
    """The entries of one customer; `more_wanted` asks for older ones."""

    more_wanted = Signal()
    written = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self.composer = Composer()
        self.composer.hide()
        self.composer.written.connect(self.written)
        self.add = button(_("+ Add entry"), kind="link", clicked=self._start_note)
        self._more = button(_("Show earlier entries"), kind="link", clicked=self.more_wanted.emit)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, SPACE.xs, 0, 0)
        self._list.setSpacing(0)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.s)
        box.addLayout(row(label(_("Timeline"), "section"), None, self.add))
        box.addWidget(self.composer)
        box.addLayout(self._list)
        box.addLayout(row(None, self._more, None))
        self._more.hide()

    def show_events(self, events: list[Event], *, more: bool, append: bool = False) -> None:
        """Show entries, the newest first.

        Args:
            events: what to show.
            more: whether older ones wait.
            append: below what is shown, not in its place.
        """
        if not append:
            for entry in self._entries:
                self._list.removeWidget(entry)
                entry.hide()
                entry.deleteLater()
            self._entries.clear()
        elif self._entries:
            self._entries[-1].last = False
            self._entries[-1].updateGeometry()
        ensure_for(*(e.text for e in events), *(e.title for e in events))
        for number, event in enumerate(events):
            entry = Entry(event, last=number == len(events) - 1, parent=self)
            self._list.addWidget(entry)
            self._entries.append(entry)
        self._more.setVisible(more)

    def events(self) -> list[Entry]:
        """The entries shown."""
        return list(self._entries)

    def start(self, kind: InteractionKind = InteractionKind.NOTE) -> None:
        """Begin a new entry."""
        self.composer.start(kind.value)

    def _start_note(self) -> None:
        self.start()


def events_of(entries: list[Interaction]) -> list[Event]:
    """Interactions as they are shown."""
    return [Event(e.kind.value, kind_text(e.kind.value), e.text, e.at) for e in entries]
