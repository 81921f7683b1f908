"""What every page of the rail has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm_desktop.ui.host import Host, host_of, session_of

if TYPE_CHECKING:
    from crm_desktop.domain.customers import CustomerId
    from crm_desktop.services.workspace import Workspace
    from crm_desktop.ui.session import Session


class Page(QWidget):
    """One page; its parent chain leads to the window, and it dies when the archive closes.

    Attributes:
        in_rail: whether the rail leads here; what it does not lead to leaves its mark alone.
    """

    in_rail = True

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")

    @property
    def host(self) -> Host:
        """The window."""
        return host_of(self)

    @property
    def session(self) -> Session:
        """The open archive with its bus."""
        return session_of(self)

    @property
    def workspace(self) -> Workspace:
        """The open archive's use cases."""
        return session_of(self).workspace

    def activate(self) -> None:
        """The page has come to the front."""

    def kept(self) -> object:
        """What to show again once the page is built in another language; None for nothing."""
        return None

    def take_up(self, kept: object) -> None:
        """Show again what the page kept before it was built anew."""

    def focus_search(self) -> None:
        """Ctrl+F: put the cursor into the page's search field."""

    def new(self) -> bool:
        """Ctrl+N: start a new record here; False where the page has none."""
        return False

    def log_call(self) -> bool:
        """Ctrl+L: log a call with the chosen customer; False where nobody is chosen."""
        return False

    def print_shown(self) -> bool:
        """Ctrl+P: show the page's own paper; False where it has none, for customer files."""
        return False

    def selected(self) -> list[CustomerId]:
        """Ids of the chosen customers, for Print and Export."""
        return []
