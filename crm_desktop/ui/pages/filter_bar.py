"""Above the list: the search, the stages, the pinned views, the filter and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from crm_desktop.domain.changes import Changes
from crm_desktop.domain.customers import Stage
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.filters import EVERYBODY, Group, conditions
from crm_desktop.domain.lists import SavedView, SavedViewId
from crm_desktop.i18n import _, ngettext, pgettext
from crm_desktop.services.filters import FilterField
from crm_desktop.ui import filter_words
from crm_desktop.ui.host import session_of
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.theme import SPACE, icons
from crm_desktop.ui.widgets.basic import Chips, ElidedLabel, Icon, button, row
from crm_desktop.ui.widgets.edit import SearchField
from crm_desktop.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from crm_desktop.ui.widgets.filter_panel import FilterPanel
    from crm_desktop.ui.widgets.filter_values import Words

_LEAST_SEARCH = 240
_LOW = 700


class FilterBar(QWidget):
    """What narrows the list down.

    `changed` tells that other customers are asked for; `view_wanted` carries the id of a
    pinned view, `save_wanted` that the filter shall get a name.
    """

    changed = Signal()
    fields_known = Signal()
    view_wanted = Signal(object)
    save_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tree = EVERYBODY
        self.fields: Mapping[str, FilterField] = {}
        self._country = ""
        self._words: dict[str, str] = {}
        self._waiting: list[Callable[[], object]] = []
        self.panel: FilterPanel | None = None
        self.search = SearchField(_("Search name, company, phone…  (Ctrl+F)"))
        self.search.setMinimumWidth(180)
        self.chips = Chips(
            [
                ("", pgettext("stage", "All")),
                (Stage.POTENTIAL.value, pgettext("stages", "Potential")),
                (Stage.PROSPECT.value, pgettext("stages", "Prospects")),
                (Stage.CUSTOMER.value, pgettext("stages", "Customers")),
                (Stage.FORMER.value, pgettext("stages", "Former")),
            ],
            wraps=True,
        )
        self.filter_button = button(_("Filter"), "funnel", clicked=self.toggle_panel)
        self.filter_button.setToolTip(_("Filter by any field (Ctrl+Shift+F)"))
        self.filter_button.setCheckable(True)
        self._line = row(self.search, self.chips, self.filter_button, spacing=SPACE.m)
        self._line.setStretch(0, 1)
        self._pinned = Flow()
        self._pinned.hide()
        self.pins: dict[SavedViewId, QPushButton] = {}
        self.sentence = ElidedLabel("", "secondary")
        self.edit_button = button(_("Change"), kind="link", clicked=self.open_panel)
        self.save_button = button(_("Save as a view…"), kind="link")
        self.save_button.clicked.connect(self.save_wanted)
        self.clear_button = button(_("Clear the filter"), kind="link", clicked=self.clear_tree)
        self.said = QWidget()
        said = row(
            Icon("funnel", "accent", 14),
            *(self.sentence, self.edit_button, self.save_button, self.clear_button),
            spacing=SPACE.xs,
        )
        said.setStretch(1, 1)
        self.said.setLayout(said)
        self.said.hide()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE.s)
        self._box.addLayout(self._line)
        self._box.addWidget(self._pinned)
        self._box.addWidget(self.said)
        self.search.textChanged.connect(self.changed)
        self.chips.chosen.connect(self.changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the search field would get too narrow, the stages go below it."""
        super().resizeEvent(event)
        beside = self.chips.sizeHint().width() + self.filter_button.sizeHint().width()
        narrow = event.size().width() < _LEAST_SEARCH + beside + 2 * SPACE.m
        if narrow and self._line.indexOf(self.chips) >= 0:
            self._box.insertWidget(1, self.chips)
        elif not narrow and self._line.indexOf(self.chips) < 0:
            self._line.insertWidget(1, self.chips)
        self._make_room()

    def _make_room(self) -> None:
        """In a low window the pinned views, which stand in the rail too, give way to the filter."""
        building = self.panel is not None and not self.panel.isHidden()
        self._pinned.setVisible(
            bool(self.pins) and not (building and self.window().height() < _LOW)
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing narrows the list down."""
        return not (self.search.text() or self.chips.key() or not self.tree.is_empty)

    # The filter.

    def show_tree(self, tree: Group, *, tell: bool = True) -> None:
        """Filter by something else."""
        self.tree = tree
        if self.panel is not None and not self.panel.isHidden():
            self.panel.show_tree(tree)
        self._say()
        if tell:
            self.changed.emit()

    def clear_tree(self) -> None:
        """Everybody again, as far as the filter goes."""
        self.show_tree(EVERYBODY)

    def clear(self) -> None:
        """Take the search, the stage and the filter away; tells once."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.chips.choose("")
        self.show_tree(EVERYBODY)

    def toggle_panel(self) -> None:
        """Ctrl+Shift+F."""
        if self.panel is not None and not self.panel.isHidden():
            self.close_panel()
        else:
            self.open_panel()

    def open_panel(self) -> None:
        """Show the builder, with the archive's fields of this moment."""
        self.filter_button.setChecked(True)
        self.ask_fields(self._show_panel)

    def close_panel(self) -> None:
        """Hide the builder; its filter stays."""
        self.filter_button.setChecked(False)
        if self.panel is not None:
            self.panel.hide()
        self._say()
        self._make_room()
        self.filter_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_panel(self) -> None:
        from crm_desktop.ui.widgets.filter_panel import FilterPanel
        from crm_desktop.ui.widgets.filter_rows import Builder

        if self.panel is None:
            self.panel = FilterPanel(self)
            self.panel.changed.connect(self._built)
            self.panel.closed.connect(self.close_panel)
            self.panel.save_wanted.connect(self.save_wanted)
            self._box.insertWidget(self._box.indexOf(self.said), self.panel)
        self.panel.build(Builder(self.fields, self._read_day, self._ask_words), self.tree)
        self.panel.show()
        self._say()
        self._make_room()
        self.panel.start()

    def _built(self, tree: Group) -> None:
        if tree != self.tree:
            self.tree = tree
            self._say()
            self.changed.emit()

    # What it says.

    def ask_fields(self, then: Callable[[], object] | None = None) -> None:
        """Read which fields there are."""
        workspace = session_of(self).workspace
        if then is not None:
            self._waiting.append(then)

        def read() -> tuple[list[FilterField], str, list[tuple[str, str]]]:
            filters = workspace.filters
            fields = filters.fields()
            named = ["imported", *(f.key for f in fields if f.own is FieldKind.CUSTOMER)]
            words = [word for key in named for word in filters.words(key)]
            return fields, workspace.settings.home_country(), words

        ReadOp(self, read, key="fields").success(self._fields_known).run()

    def _fields_known(self, found: tuple[list[FilterField], str, list[tuple[str, str]]]) -> None:
        fields, self._country, words = found
        self.fields = {field.key: field for field in fields}
        self._words = {value: shown for value, shown in words if shown}
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()
        self._say()
        self.fields_known.emit()

    def _say(self) -> None:
        count = sum(1 for _condition in conditions(self.tree))
        words = ngettext("Filter · {n}", "Filter · {n}", count)
        self.filter_button.setText(words.format(n=count) if count else _("Filter"))
        icons.set_icon(self.filter_button, "funnel", "accent" if count else "text")
        building = self.panel is not None and not self.panel.isHidden()
        if count and not building and not self.fields:
            self.ask_fields()
            return
        self.said.setVisible(bool(count) and not building)
        if count:
            self.sentence.set_text(filter_words.sentence(self.tree, self.fields, self._words))

    def _read_day(self, text: str) -> str:
        return session_of(self).workspace.filters.day(text, self._country)

    def _ask_words(self, field: str, then: Words) -> None:
        filters = session_of(self).workspace.filters
        ReadOp(self, lambda: filters.words(field)).success(partial(self._offer, then)).run()

    def _offer(self, then: Words, words: list[tuple[str, str]]) -> None:
        if isValid(then):  # its row may be gone meanwhile
            then.offer(words)

    def follow(self, changes: Changes) -> None:
        """Something was committed: fields may have other names."""
        if "custom_field" in changes.tables and self.fields:
            self.ask_fields()

    # Pinned views.

    def show_pinned(self, views: Sequence[SavedView], counts: Mapping[SavedViewId, int]) -> None:
        """Show the pinned views as chips."""
        self._pinned.clear()
        self.pins.clear()
        for view in views:
            assert view.id is not None
            text = view.name.replace("&", "&&")
            if view.id in counts:
                text = f"{text}  {counts[view.id]:,}"
            chip = button(text, view.icon or "funnel", kind="chip", name=view.name)
            chip.setCheckable(True)
            chip.clicked.connect(partial(self.view_wanted.emit, view.id))
            self.pins[view.id] = chip
            self._pinned.add(chip)
        self._make_room()

    def mark_view(self, shown: SavedViewId | None) -> None:
        """Mark the view that is shown."""
        for number, chip in self.pins.items():
            chip.setChecked(number == shown)
