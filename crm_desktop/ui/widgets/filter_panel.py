"""The filter builder above the list: one-click filters, conditions, groups. Never modal."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.domain.filters import EVERYBODY, Condition, Group, Op
from crm_desktop.i18n import _
from crm_desktop.ui.clocks import after
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Card, button
from crm_desktop.ui.widgets.filter_rows import Builder, GroupBox, whole
from crm_desktop.ui.widgets.flow import Flow

_TYPED = 200  # milliseconds after the last keystroke
# Heights of the rows; the rest of a small window is left to the list.
_LEAST_HIGH, _MOST_HIGH, _OTHERS = 84, 300, 160
# What stands above and below the rows in a low window, the one-click filters left out.
_AROUND = 393


def one_click() -> list[tuple[str, Condition | Group]]:
    """Filters that every firm asks for, and what they are called."""
    quiet = (
        Condition("last_contact", Op.OLDER, ("6", "month")),
        Condition("last_contact", Op.EMPTY),
    )
    unreachable = (Condition("phone", Op.EMPTY), Condition("email", Op.EMPTY))
    return [
        (_("Quiet for 6 months"), Group(quiet, any_of=True)),
        (_("Birthday within 14 days"), Condition("birthday", Op.NEXT, ("14", "day"))),
        (_("Open tasks"), Condition("open_tasks", Op.MORE, ("0",))),
        (_("Papers expiring"), Condition("document_expires", Op.NEXT, ("90", "day"))),
        (_("New this month"), Condition("created", Op.THIS, ("month",))),
        (_("No phone, no e-mail"), Group(unreachable)),
    ]


class FilterPanel(Card):
    """Builds a filter; `changed` carries a `Group` of whole conditions, `closed` is a fact."""

    changed = Signal(object)
    closed = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, margins=(14, 10, 10, 8))
        self._builder: Builder | None = None
        self._tree = EVERYBODY
        self.root: GroupBox | None = None
        self.quick: list[tuple[QPushButton, Condition | Group]] = []
        self._chips = chips = Flow(spacing=SPACE.xs)
        for text, part in one_click():
            chip = button(text, kind="chip")
            chip.setProperty("tight", True)
            chip.setCheckable(True)
            chip.clicked.connect(partial(self._toggle, part))
            self.quick.append((chip, part))
            chips.add(chip)
        self.clear_button = button(_("Clear"), kind="link", clicked=self.clear)
        self.save_button = button(_("Save as a view…"), kind="link")
        self.save_button.clicked.connect(self.save_wanted)
        self.close_button = button("", "x", kind="quiet", name=_("Close the filter"))
        self.close_button.setToolTip(_("Close the filter (Esc); it stays in force"))
        self.close_button.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setSpacing(SPACE.xs)
        head.addWidget(chips, 1)
        for made in (self.clear_button, self.save_button, self.close_button):
            head.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        self._holder = QWidget()
        self._place = QVBoxLayout(self._holder)
        self._place.setContentsMargins(0, 0, 4, 0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._holder)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addLayout(head)
        self.body.addWidget(self._area)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TYPED)
        self._soon.timeout.connect(self._tell)

    def build(self, builder: Builder, tree: Group) -> None:
        """Show a filter, with the archive's present fields."""
        self._builder = builder
        self._show(tree)

    def tree(self) -> Group:
        """The filter as far as it is whole."""
        if self.root is None or self._builder is None:
            return self._tree
        return whole(self.root.group(), self._builder.fields)

    def show_tree(self, tree: Group) -> None:
        """Show another filter, unless it is the one that stands here."""
        if tree != self.tree() and self._builder is not None:
            self._show(tree)

    def start(self) -> None:
        """Put the cursor where one begins."""
        if self.root is not None:
            first: QWidget = self.root.rows[0] if self.root.rows else self.root.add_condition
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Take all conditions away."""
        self._show(EVERYBODY)
        self._tell()

    def _show(self, tree: Group) -> None:
        assert self._builder is not None
        self._tree = tree
        if self.root is not None:
            self._place.removeWidget(self.root)
            self.root.hide()
            self.root.deleteLater()
        self.root = GroupBox(tree, self._builder, root=True)
        self.root.changed.connect(self._edited)
        self._place.addWidget(self.root)
        self._order_stops()
        self._mark()
        after(0, self, self._fit)

    def _order_stops(self) -> None:
        """Tab goes through the rows as they stand, not as they were made."""
        if self.root is None:
            return
        before: QWidget = self.close_button
        for stop in self.root.stops():
            self.setTabOrder(before, stop)
            before = stop

    def _toggle(self, part: Condition | Group) -> None:
        tree = self.tree()
        parts = list(tree.parts)
        if part in parts:
            parts.remove(part)
        else:
            if tree.any_of and len(parts) > 1:
                parts, tree = [tree], Group()
            parts.append(part)
        self._show(Group(tuple(parts), tree.any_of and len(parts) > 1))
        self._tell()

    def _edited(self) -> None:
        self._order_stops()
        self._soon.start()
        after(0, self, self._fit)

    def _tell(self) -> None:
        self._soon.stop()
        self._tree = self.tree()
        self._mark()
        self.changed.emit(self._tree)

    def _mark(self) -> None:
        parts = self.tree().parts
        for chip, part in self.quick:
            chip.setChecked(part in parts)

    def _fit(self) -> None:
        """As high as its rows, as far as the window has room for the list beside them."""
        self._holder.adjustSize()
        wanted = self._holder.sizeHint().height() + 2
        high = self.window().height()
        chips = self._chips.heightForWidth(self._chips.width())
        room = max(min(high // 2 - _OTHERS, high - _AROUND - chips), _LEAST_HIGH)
        self._area.setFixedHeight(min(wanted, room, _MOST_HIGH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The window may have another height."""
        super().resizeEvent(event)
        after(0, self, self._fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it; the filter stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
