"""The saved views of the open archive, with their counts: for the rail and the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from crm_desktop.domain.lists import SavedView, SavedViewId
from crm_desktop.ui.clocks import after
from crm_desktop.ui.ops import ReadOp

if TYPE_CHECKING:
    from crm_desktop.domain.changes import Changes
    from crm_desktop.ui.session import Session

# Counting takes some ten milliseconds a view: once the changes have settled.
_SETTLED = 400


class Views(QObject):
    """Knows them; `changed` tells that they, or their counts, are others."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = session.workspace
        self.views: list[SavedView] = []
        self.counts: dict[SavedViewId, int] = {}
        self.shown: SavedViewId | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SETTLED)
        self._soon.timeout.connect(self._count)
        session.bus.changed.connect(self._committed)
        session.time_went_on.connect(self._soon.start)
        after(0, self, self.ask)

    def view(self, number: SavedViewId) -> SavedView | None:
        """One of them."""
        return next((view for view in self.views if view.id == number), None)

    def mark(self, number: SavedViewId | None) -> None:
        """Remember which of them the list shows."""
        if number != self.shown:
            self.shown = number
            self.changed.emit()

    def ask(self) -> None:
        """Read them, then count."""
        ReadOp(self, self._workspace.views.all, key="views").success(self._take).run()

    def _take(self, views: list[SavedView]) -> None:
        self.views = views
        if self.shown is not None and self.view(self.shown) is None:
            self.shown = None
        self.changed.emit()
        self._count()

    def _count(self) -> None:
        views = list(self.views)
        if not views:
            return
        service = self._workspace.views

        def read() -> dict[SavedViewId, int]:
            return {view.id: service.count(view) for view in views if view.id is not None}

        ReadOp(self, read, key="counts").success(self._counted).run()

    def _counted(self, counts: dict[SavedViewId, int]) -> None:
        if counts != self.counts:
            self.counts = counts
            self.changed.emit()

    def _committed(self, changes: Changes) -> None:
        if "saved_view" in changes.tables:
            self.ask()
        elif self.views:
            self._soon.start()
