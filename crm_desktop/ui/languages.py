"""Another language for the window: at once, or when what is under way is done.

A new language builds the window's parts anew, and with a page goes the work that it began: an
import would be rolled back. So the choice is saved, and the window waits for that work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crm_desktop import i18n
from crm_desktop.i18n import _
from crm_desktop.ui.clocks import after
from crm_desktop.ui.theme import fonts

if TYPE_CHECKING:
    from crm_desktop.ui.shell import Shell


class Languages(QObject):
    """The window's dealings with its language; `chosen_changed` tells of every choice."""

    chosen_changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._waiting = ""
        shell.operations.idle.connect(self._take_soon)

    @property
    def chosen(self) -> str:
        """The language that was chosen, a key of `LANGUAGES`; it may still wait."""
        return self._waiting or i18n.language()

    @property
    def waits(self) -> bool:
        """Whether the chosen language waits for a job to end."""
        return bool(self._waiting) and bool(self._shell.operations.jobs())

    @staticmethod
    def waiting_text() -> str:
        """What is said while it waits."""
        return _("The language changes when the running job is done.")

    def choose(self, wanted: str) -> None:
        """Take another language and remember it."""
        if wanted == self.chosen:
            return
        self._waiting = "" if wanted == i18n.language() else wanted
        self._shell.preferences.set_text("language", wanted)
        self._shell.commands.choose_language(wanted)
        self.chosen_changed.emit()
        # The settings' page says it where the choice is made.
        if self.waits and self._shell.current_key() != "settings":
            self._shell.toast(self.waiting_text())
        self._take_soon()

    def _take_soon(self) -> None:
        # Not from within the menu or the combo box that asked for it.
        if self._waiting:
            after(0, self, self._take)

    def _take(self) -> None:
        if not self._waiting or self._shell.operations.busy or self._shell.is_closing:
            return
        i18n.choose_language(self._waiting)
        self._waiting = ""
        fonts.register_rest()
        self._shell.rebuild()
