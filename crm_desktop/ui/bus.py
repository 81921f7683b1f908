"""Brings the archive's changes from the writer's thread to the views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from crm_desktop.domain.changes import Changes
    from crm_desktop.services.workspace import Workspace


class Bus(QObject):
    """Tells the views, on their own thread, what a committed step has touched.

    `changed` carries a `Changes`; a view refreshes only what it shows.
    """

    changed = Signal(object)
    _committed_anywhere = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._is_open = True
        self._committed_anywhere.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = workspace.subscribe(self._committed)

    def close(self) -> None:
        """Listen no more; what is under way already reaches nobody."""
        self._is_open = False
        self._unsubscribe()

    def _committed(self, changes: Changes) -> None:
        # On the writer's thread: Qt queues the signal for this object's own.
        self._committed_anywhere.emit(changes)

    def _deliver(self, changes: Changes) -> None:
        if self._is_open:
            self.changed.emit(changes)
