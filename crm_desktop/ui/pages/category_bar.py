"""Which category of the catalogue is listed, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.domain.catalogue import BETWEEN_CATEGORIES, CategoryId, CategoryPath
from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.services.catalogue import CatalogueService, CategoryCount
from crm_desktop.ui import format as say
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.theme import SIZE, colours, paint
from crm_desktop.ui.widgets.basic import PillButton, button, plain_tip, row
from crm_desktop.ui.widgets.edit import InlineEdit

_MOST_PILL = 190


class CategoryBar(QWidget):
    """A pill with the category; beside it a menu that renames, moves and removes it.

    `chosen` tells that another one is to be listed.

    Attributes:
        number: of the category, None for all.
        path: its names, which others may bear once it went into one of theirs.
    """

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.number: CategoryId | None = None
        self.path: CategoryPath = ()
        self._found: Sequence[CategoryCount] = ()
        self.pill = PillButton()
        self._menu = QMenu(self.pill)
        self._menu.triggered.connect(self._chosen)
        self.pill.setMenu(self._menu)
        self.tools = button("", "ellipsis", kind="quiet", name=_("Change the category"))
        self.tools.setToolTip(_("Rename, move or remove the category"))
        self.tools.setFixedWidth(34)
        self.changes = QMenu(self.tools)
        self.tools.setMenu(self.changes)
        self.name = InlineEdit(_("Name of the category"))
        self.name.hide()
        self.name.committed.connect(self._rename)
        self.name.edit.left.connect(self._left)
        self.name.edit.given_up.connect(self._stop)
        line = row(self.pill, self.tools, self.name, spacing=2)
        line.setStretch(2, 1)
        line.addStretch(0)
        self.setLayout(line)
        # As high without the menu of a category: the list below stays where it is.
        self.setMinimumHeight(SIZE.control)
        self._show()

    # Showing.

    def show_categories(self, found: Sequence[CategoryCount], path: CategoryPath) -> None:
        """Offer the categories that there are, and show which one is listed."""
        self._found = found
        self.path = path
        self.number = next((one.id for one in found if one.path == path), None)
        self.setVisible(bool(found))
        self._show()

    def choose(self, number: CategoryId | None) -> None:
        """Let another one be listed, None for all."""
        self.number = number
        self.path = next((one.path for one in self._found if one.id == number), ())
        self._show()

    def _show(self) -> None:
        whole = BETWEEN_CATEGORIES.join(self.path) or _("All categories")
        measure = QFontMetrics(paint.pill_font())
        c = colours()
        self.pill.set_pill(
            measure.elidedText(whole, Qt.TextElideMode.ElideMiddle, _MOST_PILL),
            c.blue if self.path else c.neutral,
        )
        self.pill.setToolTip(plain_tip(whole) if self.path else _("List one category only"))
        self.pill.setAccessibleName(_("Category: {name}").format(name=whole))
        self.tools.setVisible(bool(self.path))
        self._menu.clear()
        self._offer(_("All categories"), None)
        for one in self._found:
            indent = "    " * (len(one.path) - 1)
            self._offer(f"{indent}{_plain(one.path[-1])}  ({say.number(one.products)})", one.id)
        self._fill_changes()

    def _offer(self, words: str, number: CategoryId | None) -> None:
        action = self._menu.addAction(words)
        action.setToolTip(plain_tip(words))
        action.setData(number)
        action.setCheckable(True)
        action.setChecked(number == self.number)

    def _fill_changes(self) -> None:
        self.changes.clear()
        self.changes.addAction(_("Rename")).triggered.connect(self.start)
        places = self.changes.addMenu(_("Move into"))
        level, above = len(self.path), self.path[:-1]
        if above:
            places.addAction(_("No other category")).triggered.connect(partial(self._move, None))
        for one in self._found:
            if one.path[:level] != self.path and one.path != above:
                indent = "    " * (len(one.path) - 1)
                action = places.addAction(f"{indent}{_plain(one.path[-1])}")
                action.setToolTip(plain_tip(action.text()))
                action.triggered.connect(partial(self._move, one.id))
        places.setEnabled(not places.isEmpty())
        self.changes.addAction(_("Remove the category")).triggered.connect(self.remove)

    def _chosen(self, action: QAction) -> None:
        self.choose(action.data())
        self.chosen.emit()

    # Changing.

    def start(self) -> None:
        """Let its name be typed."""
        if self.path:
            self.name.set_value(self.path[-1])
            self.pill.hide()
            self.tools.hide()
            self.name.show()
            self.name.start()

    def remove(self) -> None:
        """Take it away; what is in it moves to the one above."""
        catalogue, number, above = self._service(), self.number, self.path[:-1]
        if number is None:
            return
        words = _("“{name}” is no category any more").format(name=self.path[-1])
        self._write(lambda: catalogue.remove_category(number), above, words)

    def _move(self, above: CategoryId | None, *_checked: object) -> None:
        catalogue, number = self._service(), self.number
        if number is None:
            return
        into = next((one.path for one in self._found if one.id == above), ())
        words = _("The category “{name}” was moved").format(name=self.path[-1])
        self._write(lambda: catalogue.move_category(number, above), (*into, self.path[-1]), words)

    def _rename(self, name: str) -> None:
        catalogue, number, above = self._service(), self.number, self.path[:-1]
        if number is None:
            return

        def refused(error: UserError) -> None:
            self.name.show_error(str(error))

        words = _("The category is called “{name}” now").format(name=name)
        self._write(lambda: catalogue.rename_category(number, name), (*above, name), words, refused)

    def _write(
        self,
        act: Callable[[], StepId],
        path: CategoryPath,
        words: str,
        refused: Callable[[UserError], object] | None = None,
    ) -> None:
        """Change it; what is listed follows it to its new path."""
        host, number = host_of(self), self.number

        def done(step: StepId) -> None:
            if self.number == number:
                self.path = path
            if not self.name.isHidden():
                self._stop()
            host.toast(words, undo=step)
            self.chosen.emit()

        op = WriteOp(self, act).success(done)
        if refused is not None:
            op.failure(refused)
        op.run()

    def _left(self) -> None:
        if self.name.edit.text().strip() == self.name.value():
            self._stop()

    def _stop(self) -> None:
        focused = self.name.edit.hasFocus()
        self.name.clear_error()
        self.pill.show()
        self.tools.setVisible(bool(self.path))
        if focused:
            self.pill.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.hide()

    def _service(self) -> CatalogueService:
        return session_of(self).workspace.catalogue


def listed_path(
    found: Sequence[CategoryCount], number: CategoryId | None, path: CategoryPath
) -> CategoryPath:
    """Where a category stands by now: by its number, or where it went into another, by its path."""
    for one in found:
        if number is not None and one.id == number:
            return one.path
    wanted = [name.casefold() for name in path]
    return next((p.path for p in found if [n.casefold() for n in p.path] == wanted), ())


def _plain(name: str) -> str:
    """A name as a menu shows it, where "&" would underline."""
    return name.replace("&", "&&")
