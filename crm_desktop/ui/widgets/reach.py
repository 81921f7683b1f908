"""Ways to reach a customer, edited in place: numbers, accounts, addresses.

Each has marks at its right: whether it is the first of several or not to be used, and a button
with what else can be done, which the Menu key and a right click on the value open as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.customers import Address
from crm_desktop.i18n import _
from crm_desktop.ui.clocks import after
from crm_desktop.ui.theme import SPACE, icons
from crm_desktop.ui.widgets.basic import label, plain_tip, row
from crm_desktop.ui.widgets.edit import InlineEdit, LineEdit, Offer
from crm_desktop.ui.widgets.facts import KEY_WIDTH, FactRow, TextFact

_PARTS = ("street", "postcode", "city", "region", "country")


class Marks(QWidget):
    """A word on a value, and a button with what can be done with it."""

    def __init__(self, value: QWidget) -> None:
        """Make them.

        Args:
            value: whose menu they are.
        """
        super().__init__()
        self._offer: Offer | None = None
        self.word = label("", "caption")
        self.more = QToolButton()
        icons.set_icon(self.more, "ellipsis", "faint", 15)
        # The Menu key on the value does the same: Tab need not stop here.
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.setFixedSize(24, 24)
        self.more.clicked.connect(self._pop)
        inside = row(self.word, self.more, spacing=2)
        inside.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(inside)
        self._value = value

    def offer(self, offer: Offer) -> None:
        """Take what makes the menu's actions."""
        self._offer = offer

    def call(self, name: str, *, stored: bool) -> None:
        """Say whose menu it is; with what is not stored yet nothing can be done."""
        self.more.setVisible(stored)
        said = _("More for {field}").format(field=name)
        self.more.setAccessibleName(said)
        self.more.setToolTip(plain_tip(said))

    def say(self, word: str) -> None:
        """Put a word beside the value, "" for none."""
        self.word.setText(word)
        self.word.setVisible(bool(word))

    def menu(self) -> QMenu:
        """What can be done at present."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._offer is not None:
            menu.addActions(self._offer(menu))
        return menu

    def pop(self, at: QPoint) -> None:
        """Open the menu somewhere on the screen."""
        if not self.more.isHidden():
            self.menu().popup(at)

    def _pop(self) -> None:
        self.pop(self.more.mapToGlobal(QPoint(0, self.more.height())))


class PointFact(TextFact):
    """A phone number, an e-mail address or an account.

    `labelled` carries a word of the owner's own for it.
    """

    labelled = Signal(str)

    def __init__(
        self, name: str, save: Callable[[str, InlineEdit], object], *, placeholder: str = ""
    ) -> None:
        super().__init__(name, save, placeholder=placeholder)
        self.marks = Marks(self.edit)
        self.marks.call(name, stored=False)
        self._hint = label("", "caption", wrap=True)
        self._hint.setContentsMargins(7, 0, 0, 3)
        self._hint.hide()
        self._label = LineEdit(name=_("Label"))
        self._label.setProperty("flat", True)
        self._label.setFixedWidth(KEY_WIDTH)
        self._label.hide()
        self._label.editingFinished.connect(self._label_done)
        self._label.installEventFilter(self)
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.addWidget(self.marks, 0, Qt.AlignmentFlag.AlignTop)
        layout.insertWidget(0, self._label, 0, Qt.AlignmentFlag.AlignTop)
        inner = self.edit.layout()
        assert isinstance(inner, QVBoxLayout)
        inner.addWidget(self._hint)

    def offer(self, offer: Offer) -> None:
        """Take what makes the actions of its menus."""
        self.marks.offer(offer)
        self.edit.offer(offer)

    def rest(self) -> None:
        """No label is typed either."""
        super().rest()
        self._stop_label()

    def show_point(
        self, name: str, raw: str, shown: str = "", word: str = "", hint: str = "", *, struck: bool
    ) -> None:
        """Show it.

        Args:
            name: its word.
            raw: as somebody typed it; what is edited.
            shown: how it reads.
            word: a mark at its right.
            hint: what is the matter with it, "" for nothing.
            struck: it is not to be used.
        """
        self.name.set_text(name)
        self.marks.call(name, stored=bool(raw))
        self.show_value(raw, shown)
        edit = self.edit.edit
        edit.setToolTip(
            plain_tip(_("As typed: {text}").format(text=raw)) if shown not in ("", raw) else ""
        )
        if edit.property("struck") != struck:
            edit.setProperty("struck", struck)
            edit.style().unpolish(edit)
            edit.style().polish(edit)
        self.marks.say(word)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        edit.setAccessibleDescription(", ".join(part for part in (word, hint) if part))

    def start_label(self) -> None:
        """Let a word for it be typed where its name stands."""
        self.name.hide()
        self._label.setText(self.name.full_text())
        self._label.show()
        self._label.selectAll()
        self._label.setFocus(Qt.FocusReason.OtherFocusReason)

    def _label_done(self) -> None:
        if self._label.isHidden():
            return
        text = self._label.text().strip()
        self._stop_label()
        if text != self.name.full_text():
            self.labelled.emit(text)

    def _stop_label(self) -> None:
        if not self._label.isHidden():
            self._label.hide()
            self.name.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc keeps the label that was."""
        if (
            watched is self._label
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self._stop_label()
            self.edit.start()
            return True
        return super().eventFilter(watched, event)


class AddressFact(FactRow):
    """An address as it stands on an envelope; it opens into its parts.

    Saved when the last of the parts is left. What else can be done is offered in its menu.
    """

    saved = Signal(object)

    def __init__(self, name: str) -> None:
        holder = QWidget()
        super().__init__(name, holder)
        self._name = name
        self._address = Address()
        self.line = QPushButton()
        self.line.setProperty("kind", "fact")
        self.line.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.line.setCursor(Qt.CursorShape.IBeamCursor)
        self._text = label("", wrap=True)
        self._text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QVBoxLayout(self.line)
        inside.setContentsMargins(7, 3, 7, 3)
        inside.addWidget(self._text)
        self._form = QWidget()
        self._fields = {
            "street": LineEdit(name=_("Street")),
            "postcode": LineEdit(name=_("Postcode")),
            "city": LineEdit(name=_("City")),
            "region": LineEdit(name=_("Region")),
            "country": LineEdit(name=_("Country")),
        }
        grid = QGridLayout(self._form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE.xs)
        for key, (line, first, span) in {
            "street": (0, 0, 3),
            "postcode": (1, 0, 1),
            "city": (1, 1, 2),
            "region": (2, 0, 1),
            "country": (2, 1, 2),
        }.items():
            field = self._fields[key]
            field.setPlaceholderText(field.accessibleName())
            field.installEventFilter(self)
            field.returnPressed.connect(self._commit)
            grid.addWidget(field, line, first, 1, span)
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        self.marks = Marks(self.line)
        head = row(self.line, self.marks, spacing=0)
        head.setStretch(0, 1)
        head.setAlignment(self.marks, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        box.addWidget(self._form)
        self._form.hide()
        self.line.clicked.connect(self.start)

    def keep(self) -> None:
        """The parts as they are typed."""
        self._commit()

    def rest(self) -> None:
        """The parts are closed as they were."""
        if not self._form.isHidden():
            self._stop()

    def show_value(self, name: str, address: Address, lines: Sequence[str] = ()) -> None:
        """Show the stored address; open parts are left alone.

        Args:
            name: its word.
            address: in parts.
            lines: as its country lays it out.
        """
        self._name = name
        self.name.set_text(name)
        self.marks.call(name, stored=not address.is_empty)
        self._address = address
        text = "\n".join(lines)
        self._text.setText(text or _("Add an address"))
        self._text.setProperty("role", "" if text else "faint")
        self._text.setProperty("struck", address.do_not_use)
        self._text.style().unpolish(self._text)
        self._text.style().polish(self._text)
        spoken = f"{self._name}: {', '.join(lines)}"
        self.line.setAccessibleName(
            f"{spoken}, {_('do not use')}" if address.do_not_use else spoken
        )
        self._fit()

    def start(self) -> None:
        """Open the parts."""
        for key, field in self._fields.items():
            field.setText(str(getattr(self._address, key)).replace("\n", ", "))
        self.line.hide()
        self._form.show()
        self._fields["street"].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks its lines elsewhere."""
        super().resizeEvent(event)
        after(0, self, self._fit)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Right click, the Menu key or Shift+F10."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.marks.pop(
            self.line.mapToGlobal(QPoint(8, self.line.height())) if by_key else event.globalPos()
        )

    def _fit(self) -> None:
        width = max(self.line.width() - 14, 120)
        self.line.setFixedHeight(max(24, self._text.heightForWidth(width) + 7))

    def _stop(self) -> None:
        self._form.hide()
        self.line.show()
        self._fit()

    def _commit(self) -> None:
        if self._form.isHidden():
            return
        street, postcode, city, region, country = (
            self._fields[key].text().strip() for key in _PARTS
        )
        before = self._address
        typed = Address(
            street, postcode, city, region, country, before.label, before.id, before.do_not_use
        )
        if self._address.street.replace("\n", ", ") == typed.street:
            typed = typed._replace(street=self._address.street)
        self._stop()
        if typed != self._address:
            self.saved.emit(typed)

    def _commit_if_left(self) -> None:
        focus = QApplication.focusWidget()
        if focus is None or not self._form.isAncestorOf(focus):
            self._commit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc takes back; leaving the last part saves."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self._stop()
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if event.type() == QEvent.Type.FocusOut and not self._form.isHidden():
            after(0, self, self._commit_if_left)
        return super().eventFilter(watched, event)
