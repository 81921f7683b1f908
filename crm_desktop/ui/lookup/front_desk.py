"""Who comes from outside the window: callers, the global key, second starts of the program.

All of it comes after the archive's first rows, and so does what it imports.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from crm_desktop.i18n import _
from crm_desktop.ui.lookup.global_key import GlobalKey
from crm_desktop.ui.theme import icons

if TYPE_CHECKING:
    from crm_desktop.domain.articles import ArticleId
    from crm_desktop.domain.customers import CustomerId
    from crm_desktop.services.handover import Request
    from crm_desktop.services.lookup import Found
    from crm_desktop.ui.instance import Instance
    from crm_desktop.ui.lookup.window import LookupWindow
    from crm_desktop.ui.shell import Shell

# Milliseconds after an archive is open: to listen for second starts; for the window and the key.
_LISTENS, _READY = 150, 800


class FrontDesk(QObject):
    """Follows the window's open archive."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._window: LookupWindow | None = None
        self.instance: Instance | None = None
        self.key = GlobalKey(self, shell.preferences)
        self.key.pressed.connect(self.look_up)
        self._timers = []
        for wait, act in ((_LISTENS, self._listen), (_READY, self._prepare)):
            timer = QTimer(self)
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(act)
            self._timers.append(timer)
        shell.archive_opened.connect(self._opened)
        shell.archive_closed.connect(self._closed)
        shell.theme.changed.connect(self._theme_changed)

    def _opened(self) -> None:
        for timer in self._timers:
            timer.start()

    def _closed(self) -> None:
        for timer in self._timers:
            timer.stop()
        if self.instance is not None:
            self.instance.close()
        self.key.release()
        self.renew()

    def renew(self) -> None:
        """Build the lookup window anew when it is wanted next: in another language, say."""
        if self._window is not None:
            self._window.retire()
            self._window.deleteLater()
            self._window = None

    def _listen(self) -> None:
        from crm_desktop.ui.instance import Instance

        if self.instance is None:
            self.instance = Instance(self)
            self.instance.asked.connect(self.take)
        if (session := self._shell.session) is not None:
            self.instance.listen(session.workspace.path)

    def _prepare(self) -> None:
        self.key.take()
        self.window()

    def window(self) -> LookupWindow | None:
        """The lookup window, built where it was not; None without an archive."""
        session = self._shell.session
        if self._window is None and session is not None:
            from crm_desktop.ui.lookup.window import LookupWindow

            self._window = made = LookupWindow(self._shell, session)
            made.customer_wanted.connect(self._open_file)
            made.new_wanted.connect(self._new_customer)
            made.article_wanted.connect(self._open_article)
            # Layouts and styles are worked out now, not while it rings.
            made.ensurePolished()
        return self._window

    def look_up(self, text: str = "") -> None:
        """Show the lookup window, with a number or a name where somebody gave one."""
        window = self.window()
        if window is None:
            self.come_forward()
            self._shell.toast(_("Open an archive first."))
            return
        window.look_up(text)

    def take(self, request: Request) -> None:
        """Do what a second start of the program wants."""
        from crm_desktop.services.handover import IMPORT, LOOKUP

        if request.do == LOOKUP:
            self.look_up(request.text)
            return
        self.come_forward(request.token)
        if request.do == IMPORT:
            self._shell.open_import([Path(file) for file in request.files])

    def come_forward(self, token: str = "") -> None:
        """Bring the main window to the front."""
        shell = self._shell
        if token:
            # Wayland lets a window come forward only with what the desktop gave who was clicked.
            import os

            os.environ["XDG_ACTIVATION_TOKEN"] = token
        shell.setWindowState(shell.windowState() & ~Qt.WindowState.WindowMinimized)
        shell.show()
        shell.raise_()
        shell.activateWindow()

    def _open_file(self, customer: CustomerId) -> None:
        self.come_forward()
        self._shell.show_customer(customer)

    def _open_article(self, article: ArticleId) -> None:
        self.come_forward()
        self._shell.show_article(article)

    def _new_customer(self, found: Found) -> None:
        from crm_desktop.services.lookup import draft

        self.come_forward()
        self._shell.begin_customer(draft(found))

    def _theme_changed(self) -> None:
        if self._window is not None:
            icons.retint(self._window)
            self._window.update()
