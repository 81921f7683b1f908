"""Messages that come and go: toasts at the foot of the window, banners at its head."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QPushButton, QWidget

from crm_desktop.i18n import _
from crm_desktop.ui.theme import SPACE, colours, icons
from crm_desktop.ui.widgets.basic import Icon, button, label

_SECONDS = 7


class Toast(QFrame):
    """One message with at most one offer; goes by itself, but not under the mouse or focus.

    `closed` tells that it goes, while it is still there.
    """

    closed = Signal()

    def __init__(
        self,
        text: str,
        parent: QWidget,
        action: tuple[str, Callable[[], object]] | None = None,
        *,
        problem: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setAccessibleName(text)
        self.button: QPushButton | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 7, 7, 7)
        line.setSpacing(SPACE.s)
        c = colours()
        sign = Icon("circle-alert" if problem else "circle-check", "on_toast", 16)
        line.addWidget(sign)
        self.message = label(text, wrap=len(text) > 70)
        self.message.setMaximumWidth(520)
        if len(text) > 70:
            self.message.setMinimumWidth(420)
        line.addWidget(self.message)
        line.addSpacing(SPACE.s)
        if action is not None:
            self.button = button(action[0], kind="toast")
            self._act = action[1]
            self.button.clicked.connect(self._clicked)
            line.addWidget(self.button)
        close = button("", kind="toast", clicked=self.close_now, name=_("Close the message"))
        icons.set_icon(close, "x", "on_toast", 14)
        close.setFixedWidth(28)
        line.addWidget(close)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 6)
        colour = QColor(c.shadow)
        colour.setAlpha(70)
        shadow.setColor(colour)
        self.setGraphicsEffect(shadow)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval((_SECONDS + 3 * problem) * 1000)
        self._timer.timeout.connect(self._time_is_up)
        self._timer.start()

    def close_now(self) -> None:
        """Go."""
        self.closed.emit()
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def _clicked(self) -> None:
        act = self._act
        self.close_now()
        act()

    def _time_is_up(self) -> None:
        focus = self.focusWidget()
        if self.underMouse() or (focus is not None and focus.hasFocus()):
            self._timer.start(2000)
        else:
            self.close_now()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the mouse is here."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go some time after the mouse has left."""
        self._timer.start()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_now()
            return
        super().keyPressEvent(event)


class Toasts(QObject):
    """Shows toasts over a window, one at a time, bottom centre."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.current: Toast | None = None
        window.installEventFilter(self)

    def show(
        self,
        text: str,
        action: tuple[str, Callable[[], object]] | None = None,
        *,
        problem: bool = False,
    ) -> Toast:
        """Show a message in place of the one before it."""
        self.clear()
        toast = Toast(text, self._window, action, problem=problem)
        toast.closed.connect(self._closed)
        self.current = toast
        toast.adjustSize()
        self._place()
        toast.show()
        toast.raise_()
        return toast

    def clear(self) -> None:
        """Take the message away."""
        if self.current is not None:
            self.current.close_now()

    def _closed(self) -> None:
        # Only the one that is shown is left to go.
        self.current = None

    def _place(self) -> None:
        if self.current is not None:
            box = self._window.rect()
            size = self.current.sizeHint()
            self.current.setGeometry(
                (box.width() - size.width()) // 2,
                box.height() - size.height() - 24,
                size.width(),
                size.height(),
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)


class Banner(QFrame):
    """A message that stays at the head of the page until it is closed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._act: Callable[[], object] | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(SPACE.xl, SPACE.s, SPACE.m, SPACE.s)
        line.setSpacing(SPACE.s)
        self._icon = Icon("info")
        self.message = label(wrap=True)
        self.button = button("", kind="link", clicked=self._clicked)
        close = button("", kind="quiet", clicked=self.hide, name=_("Close the message"))
        icons.set_icon(close, "x", "mute", 16)
        line.addWidget(self._icon)
        line.addWidget(self.message, 1)
        line.addWidget(self.button)
        line.addWidget(close)
        self.hide()

    def show_message(
        self,
        text: str,
        *,
        kind: str = "info",
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show a message.

        Args:
            text: plain text.
            kind: `info`, `warning` or `error`.
            action: word and deed of a button.
        """
        self.setProperty("kind", kind)
        self._icon.set_icon(
            {"info": "info", "warning": "triangle-alert"}.get(kind, "circle-alert"), "text"
        )
        self.message.setText(text)
        self.setAccessibleName(text)
        self._act = action[1] if action else None
        self.button.setVisible(action is not None)
        if action:
            self.button.setText(action[0])
            self.button.setAccessibleName(action[0])
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()

    def _clicked(self) -> None:
        if self._act is not None:
            self._act()
