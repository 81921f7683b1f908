"""Small building blocks: text, buttons, cards, avatars, pills, chips, empty states."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.ui.theme import SIZE, SPACE, colours, icons, paint
from crm_desktop.ui.theme.tokens import Tint
from crm_desktop.ui.widgets.flow import FlowLayout


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A label of plain text.

    Args:
        text: taken as it is, never as HTML.
        role: `title`, `record`, `section`, `strong`, `mute`, `secondary`, `caption`, `error`.
        wrap: break long text into lines.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


class ElidedLabel(QLabel):
    """A one-line label that ends in "…" where its place is too narrow; the tooltip has all."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)
        self._full = ""
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._full = " ".join(text.split())
        self.setAccessibleName(self._full)
        self._fit()

    def full_text(self) -> str:
        """The text without elision."""
        return self._full

    def _fit(self) -> None:
        fitted = QFontMetrics(self.font()).elidedText(
            self._full, Qt.TextElideMode.ElideRight, max(self.width(), 20)
        )
        self.setText(fitted)
        # Tooltips guess HTML: a text that looks like it would be rendered.
        self.setToolTip("" if fitted == self._full else plain_tip(self._full))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text again."""
        super().resizeEvent(event)
        self._fit()


def plain_tip(text: str) -> str:
    """A tooltip that shows a text of the user's as it is; Qt would render HTML in it."""
    from html import escape

    return f"<span>{escape(text)}</span>" if "<" in text else text


def button(
    text: str,
    icon: str = "",
    *,
    kind: str = "",
    clicked: Callable[[], object] | None = None,
    tip: str = "",
    name: str = "",
) -> QPushButton:
    """A push button of the house.

    Args:
        text: its words, "" for an icon alone (then `name` or `tip` says what it does).
        icon: name of an icon.
        kind: "" plain, `primary` (one a page), `quiet`, `danger`, `link`, `chip`, `rail`.
        clicked: a bound method; its arguments are left out.
        tip: tooltip, keys included.
        name: accessible name where the text does not say it.
    """
    made = QPushButton(text)
    if kind:
        made.setProperty("kind", kind)
    if icon:
        role = {"primary": "on_accent", "": "text", "danger": "danger", "rail": "rail"}.get(
            kind, "mute"
        )
        icons.set_icon(made, icon, role)
    if tip:
        made.setToolTip(tip)
    made.setAccessibleName(name or text or tip)
    # A click shows itself; the ring is for those who come by the keyboard.
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if clicked is not None:
        made.clicked.connect(clicked)
    return made


def action_button(action: QAction, icon: str, *, kind: str = "", text: str = "") -> QPushButton:
    """A button that does what an action does and shows the action's keys in its tooltip."""
    made = button(text or action.text().replace("&", ""), icon, kind=kind)
    made.setToolTip(action.toolTip())
    made.clicked.connect(action.trigger)
    return made


def keys(action: QAction) -> str:
    """The action's shortcut as the system writes it, or ""."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


class Card(QFrame):
    """A raised surface with a hairline border; children go into `body`."""

    def __init__(
        self, parent: QWidget | None = None, *, margins: tuple[int, int, int, int] | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*(margins or (14, 12, 14, 12)))
        self.body.setSpacing(SPACE.s)


def hairline(parent: QWidget | None = None) -> QFrame:
    """A one-pixel line between two parts."""
    line = QFrame(parent)
    line.setObjectName("hairline")
    return line


def row(*parts: QWidget | None, spacing: int = SPACE.s) -> QHBoxLayout:
    """A horizontal layout; None stretches."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for part in parts:
        if part is None:
            made.addStretch(1)
        else:
            made.addWidget(part)
    return made


def column(*parts: QWidget | None, spacing: int = SPACE.s) -> QVBoxLayout:
    """A vertical layout; None stretches."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for part in parts:
        if part is None:
            made.addStretch(1)
        else:
            made.addWidget(part)
    return made


def remove_button(name: str, clicked: Callable[..., object]) -> QPushButton:
    """A small cross that takes away what stands beside it; `name` says what."""
    made = button("", kind="link", clicked=clicked, name=name, tip=name)
    icons.set_icon(made, "x", "mute", 14)
    made.setFixedWidth(24)
    return made


def refill(box: QBoxLayout, parts: Sequence[QWidget]) -> None:
    """Have a box hold just these parts; those before are gone."""
    while (item := box.takeAt(0)) is not None:
        if (part := item.widget()) is not None:
            part.hide()
            part.deleteLater()
    for part in parts:
        box.addWidget(part)


class Avatar(QWidget):
    """A round avatar with the initials of a name."""

    def __init__(self, size: int = SIZE.avatar_large, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.setFixedSize(size, size)

    def set_name(self, name: str) -> None:
        """Show another customer's initials."""
        self._name = name
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the disc and the letters."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.paint_avatar(painter, QRect(0, 0, self.width(), self.height()), self._name)
        painter.end()


# The pill begins where the text of the fields above and below it does.
_PILL_LEFT = 7


class PillButton(QPushButton):
    """A status pill that can be pressed, such as the stage of a customer.

    One that only tells has no arrow and takes no key and no click.
    """

    def __init__(self, parent: QWidget | None = None, *, tells: bool = False) -> None:
        super().__init__(parent)
        self._tint: Tint = colours().neutral
        self._arrow = 0 if tells else 16
        self.setProperty("kind", "pill")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(SIZE.pill + 2)
        if tells:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_pill(self, text: str, tint: Tint) -> None:
        """Show another word in other colours."""
        self._tint = tint
        self.setText(text)
        self.setFixedWidth(paint.pill_width(text) + _PILL_LEFT + self._arrow)

    def sizeHint(self) -> QSize:
        """As wide as the pill."""
        return QSize(paint.pill_width(self.text()) + _PILL_LEFT + self._arrow, SIZE.pill + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill, a small arrow beside it and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.paint_pill(painter, _PILL_LEFT, self.height() // 2, self.text(), self._tint)
        if self._arrow and self.isEnabled():
            arrow = icons.pixmap("chevron-down", colours().mute, 14)
            painter.drawPixmap(self.width() - 15, (self.height() - 14) // 2, arrow)
        if self.hasFocus():
            box = self.rect().toRectF()
            box.setX(_PILL_LEFT - 2)
            box.setWidth(paint.pill_width(self.text()) + 4)
            paint.paint_ring(painter, box, self.height() / 2 - 1)
        painter.end()


class Chips(QWidget):
    """A row of chips of which one is chosen; `chosen` carries its key."""

    chosen = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        wraps: bool = False,
    ) -> None:
        """Make the row.

        Args:
            options: pairs of key and word; the first is chosen.
            parent: its owner.
            wraps: goes on in a second line where there is no room.
        """
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._keys = [key for key, _ in options]
        line: QLayout = FlowLayout() if wraps else QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.s)
        self.setLayout(line)
        for number, (_, text) in enumerate(options):
            chip = button(text, kind="chip")
            chip.setCheckable(True)
            chip.setChecked(number == 0)
            self._group.addButton(chip, number)
            line.addWidget(chip)
        if isinstance(line, QHBoxLayout):
            line.addStretch(1)
        high = QSizePolicy.Policy.Minimum if wraps else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, high)
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        self._group.idClicked.connect(self._clicked)

    def make_tight(self) -> None:
        """Stand closer, in a narrow place."""
        for chip in self._group.buttons():
            chip.setProperty("tight", True)
        line = self.layout()
        assert line is not None  # made above
        line.setSpacing(SPACE.xs)

    def key(self) -> str:
        """The key of the chosen chip."""
        return self._keys[max(self._group.checkedId(), 0)]

    def choose(self, key: str) -> None:
        """Choose a chip without a signal."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def _clicked(self, number: int) -> None:
        self.chosen.emit(self._keys[number])


class Icon(QWidget):
    """An icon that stands beside a text and follows the theme."""

    def __init__(
        self,
        name: str,
        role: str = "mute",
        size: int = SIZE.icon,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._role = role
        self.setFixedSize(size, size)

    def set_icon(self, name: str, role: str = "mute") -> None:
        """Show another one."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the colour of the day."""
        painter = QPainter(self)
        colour: str = getattr(colours(), self._role)
        painter.drawPixmap(
            0, 0, icons.pixmap(self._name, colour, self.width(), self.devicePixelRatioF())
        )
        painter.end()


# An empty state lower than this has no room for its picture.
_LOW = 200


class EmptyState(QWidget):
    """Why a page is empty, and what to do next."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str,
        *buttons: QPushButton,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._picture = Icon(icon, "faint", 40)
        self._title = label(title, "section")
        self._text = label(text, "mute", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setFixedWidth(380)
        self._fit()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE.xl, SPACE.xl, SPACE.xl, SPACE.xl)
        outer.setSpacing(SPACE.s)
        self._outer = outer
        outer.addStretch(2)
        for part in (self._picture, self._title, self._text):
            outer.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addSpacing(SPACE.s)
        outer.addLayout(row(None, *buttons, None))
        outer.addStretch(3)

    def set_texts(self, title: str, text: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self._fit()

    def _fit(self) -> None:
        # Centred widgets are given their size hint, which knows nothing of wrapped lines.
        self._text.setFixedHeight(max(self._text.heightForWidth(380), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low place the words come before the picture."""
        super().resizeEvent(event)
        low = event.size().height() < _LOW
        self._picture.setVisible(not low)
        edge = SPACE.s if low else SPACE.xl
        self._outer.setContentsMargins(SPACE.xl, edge, SPACE.xl, edge)
