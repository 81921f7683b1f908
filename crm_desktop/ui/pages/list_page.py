"""A page with a list at the left and what is chosen of it at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.ui.pages.base import Page
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Card, EmptyState, label
from crm_desktop.ui.widgets.edit import SearchField
from crm_desktop.ui.widgets.line_list import LineList


class ListPage(Page):
    """Title and count above, a field that filters the list, and the chosen one beside it.

    Attributes:
        count: says how many there are.
        search: the field above the list.
        list: the rows.
    """

    def __init__(self, parent: QWidget, *, find: str, listed: str) -> None:
        """Make its parts.

        Args:
            parent: the page's.
            find: what the field above the list is called.
            listed: what the list is called.
        """
        super().__init__(parent)
        self.count = label("", "secondary")
        self.search = SearchField(find)
        self.list = LineList(listed)
        self.search.returnPressed.connect(self._into_list)

    def lay_out(
        self,
        title: str,
        act: QPushButton,
        nothing: EmptyState,
        panel: QWidget,
        *filters: QWidget,
        widths: tuple[int, int],
        shares: tuple[int, int] = (2, 3),
    ) -> None:
        """Put the parts together.

        Args:
            title: of the page.
            act: the button that stands out, at the right of the title.
            nothing: what stands in place of the panel where nothing is chosen.
            panel: what shows the chosen one.
            filters: below the field above the list.
            widths: the list's least and most.
            shares: of the room, the list's and the panel's.
        """
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(label(title, "title"))
        titles.addWidget(self.count)
        head = QHBoxLayout()
        head.addLayout(titles)
        head.addStretch(1)
        head.addWidget(act)
        listed = Card(margins=(6, 10, 6, 8))
        listed.setMinimumWidth(widths[0])
        listed.setMaximumWidth(widths[1])
        search = QVBoxLayout()
        search.setContentsMargins(6, 0, 6, 0)
        search.addWidget(self.search)
        for part in filters:
            search.addWidget(part)
        listed.body.addLayout(search)
        listed.body.addWidget(self.list)
        chosen = Card(margins=(1, 1, 1, 1))
        self._nothing = nothing
        self._side = QStackedWidget()
        self._side.addWidget(nothing)
        self._side.addWidget(panel)
        chosen.body.addWidget(self._side)
        sides = QHBoxLayout()
        sides.setSpacing(SPACE.m)
        sides.addWidget(listed, shares[0])
        sides.addWidget(chosen, shares[1])
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.xl, SPACE.xl, SPACE.xl, SPACE.xl - 4)
        box.setSpacing(SPACE.m)
        box.addLayout(head)
        box.addLayout(sides, 1)

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _into_list(self) -> None:
        """Into the list, or to the field above it where it is empty."""
        part = self.list if self.list.lines.rowCount() else self.search
        part.setFocus(Qt.FocusReason.OtherFocusReason)
