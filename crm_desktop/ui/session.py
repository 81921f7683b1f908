"""One open archive as the window holds it: workspace, bus of changes, lines begun in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crm_desktop.ui.bus import Bus
from crm_desktop.ui.drafts import Drafts

if TYPE_CHECKING:
    from crm_desktop.services.workspace import Workspace


class Session(QObject):
    """The open archive; lives and dies with it.

    `time_went_on` tells that a task fell due, or that another day began.
    """

    time_went_on = Signal()

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.bus = Bus(workspace, self)
        self.drafts = Drafts()

    def close(self) -> None:
        """Stop listening; the caller closes the workspace off the GUI thread."""
        self.bus.close()
