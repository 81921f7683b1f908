"""Phone numbers in lists as people at home write them, once the window is there.

The library that knows how is not loaded at the start: until it is, numbers are grouped by length.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from crm_desktop.domain.changes import Changes
from crm_desktop.ui import format as say
from crm_desktop.ui.ops import ReadOp

if TYPE_CHECKING:
    from crm_desktop.ui.shell import Shell

# Milliseconds after an archive is open: its first rows come before.
_LATER = 100


class PhoneNumbers(QObject):
    """Follows the open archive's home country."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER)
        self._later.timeout.connect(self._ask)
        shell.archive_opened.connect(self._opened)
        shell.archive_closed.connect(self._closed)

    def _opened(self) -> None:
        say.write_phones_by(None)
        if (session := self._shell.session) is not None:
            session.bus.changed.connect(self._changed)
            self._later.start()

    def _closed(self) -> None:
        self._later.stop()
        say.write_phones_by(None)

    def _changed(self, changes: Changes) -> None:
        if "setting" in changes.tables:
            self._ask()

    def _ask(self) -> None:
        if (session := self._shell.session) is not None:
            settings = session.workspace.settings
            ReadOp(self, settings.phone_writing, key="phones").success(self._take).run()

    def _take(self, writing: Callable[[str], str]) -> None:
        say.write_phones_by(writing)
        self._shell.update()
