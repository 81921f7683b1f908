"""Tells when a task falls due while the program runs, and when documents are about to expire.

One timer, set to the next task with a time. It looks at the clock at least every ten minutes,
as the timers of a sleeping computer stand still; a new day is told of as well. Documents are
looked at when the archive opens and on each new day; the day up to which they were told of is
remembered, so that each of their thresholds is told of once.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from crm_desktop.assets import resource
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.tasks import ListedTask
from crm_desktop.domain.today import Expiring
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import dues
from crm_desktop.ui import format as say
from crm_desktop.ui.ops import ReadOp

if TYPE_CHECKING:
    from crm_desktop.domain.changes import Changes
    from crm_desktop.ui.session import Session
    from crm_desktop.ui.shell import Shell

_LONGEST = timedelta(minutes=10)
_DAY = timedelta(days=1)
_SECONDS_SHOWN = 10
_NAMED = 4


class Reminders(QObject):
    """The reminders of one open archive."""

    def __init__(
        self, shell: Shell, session: Session, tell: Callable[[str, str], object] | None = None
    ) -> None:
        """Begin.

        Args:
            shell: the window.
            session: the open archive; the reminders end with it.
            tell: shows a title and a text; None for the system's way, else the window's.
        """
        super().__init__(session)
        self._shell = shell
        self._session = session
        self._tasks = session.workspace.tasks
        self._tell = tell or self._notify
        self._tray: QSystemTrayIcon | None = None
        # Where a click on the message leads.
        self._page = "tasks"
        self._seen = self._tasks.clock()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)  # else ten minutes may be ten and a half
        self.timer.timeout.connect(self.look)
        session.bus.changed.connect(self._changed)
        shell.archive_closed.connect(self.timer.stop)
        self._arm()
        self.look_at_documents()

    def look(self) -> None:
        """Tell of what has fallen due since the last time, and wait for the next."""
        tasks, before, now = self._tasks, self._seen, self._tasks.clock()
        if now < before:  # the clock was put back
            self._seen = now
            self._arm()
            return

        def read() -> tuple[list[ListedTask], datetime | None]:
            return tasks.falling_due(before, now), tasks.next_due(now)

        def show(found: tuple[list[ListedTask], datetime | None]) -> None:
            due, following = found
            self._seen = now
            if due:
                self._page = "tasks"
                self._tell(*_words(due))
            if now.date() != before.date():
                self.look_at_documents()
            if due or now.date() != before.date():
                self._session.time_went_on.emit()
            self._wait_for(following)

        ReadOp(self, read, key="reminders").success(show).run()

    def look_at_documents(self) -> None:
        """Tell of documents that came to one of their thresholds since they were last told of."""
        service, day = self._session.workspace.today, self._tasks.clock().date()
        told = self._shell.preferences.text(self._told_key())
        after = date.fromisoformat(told) if told else date.min
        if after >= day:
            return

        def read() -> tuple[list[Expiring], dict[CustomerId, str]]:
            found = service.newly_expiring(after)
            some = [one.customer_id for one in found[:_NAMED]]
            return found, self._session.workspace.customers.names(some)

        def show(found: tuple[list[Expiring], dict[CustomerId, str]]) -> None:
            self._shell.preferences.set_text(self._told_key(), day.isoformat())
            if found[0]:
                self._page = "today"
                self._tell(*_document_words(*found, day))

        ReadOp(self, read, key="documents").success(show).run()

    def _told_key(self) -> str:
        path = str(self._session.workspace.path)
        return f"told/{zlib.crc32(path.encode()):08x}"

    def _changed(self, changes: Changes) -> None:
        if "task" in changes.tables or changes.customers is None:
            self._arm()

    def _arm(self) -> None:
        tasks, seen = self._tasks, self._seen
        read = ReadOp(self, lambda: tasks.next_due(seen), key="reminders")
        read.success(self._wait_for).run()

    def _wait_for(self, following: datetime | None) -> None:
        now = self._tasks.clock()
        midnight = datetime.combine(now.date() + _DAY, time())
        at = min(moment for moment in (following, midnight, now + _LONGEST) if moment is not None)
        self.timer.start(max(round((at - now).total_seconds() * 1000), 0))

    # Telling.

    def _notify(self, title: str, text: str) -> None:
        """Show a message of the system's, which is seen over other programs' windows too."""
        tray = self._icon()
        if tray is None:
            self._shell.toast(f"{title}: {text}", action=(_("Show"), self._show_page))
            return
        tray.showMessage(title, text, tray.icon(), _SECONDS_SHOWN * 1000)

    def _icon(self) -> QSystemTrayIcon | None:
        if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
            return None
        if self._tray is None:
            self._tray = QSystemTrayIcon(QIcon(str(resource("icons", "app.png"))), self)
            self._tray.setToolTip(_("CRM Desktop"))
            self._tray.messageClicked.connect(self._show_page)
            self._tray.activated.connect(self._show_page)
            self._tray.show()
        return self._tray

    def _show_page(self) -> None:
        self._shell.show_page(self._page)
        self._shell.activateWindow()
        self._shell.raise_()


def _words(due: list[ListedTask]) -> tuple[str, str]:
    """What is told of tasks that fall due: the one, or how many they are."""
    titles = [
        f"{one.task.title} ({one.customer_name})" if one.customer_name else one.task.title
        for one in due
    ]
    if len(due) == 1:
        at = due[0].task.due_time
        return _("Due at {time}").format(time=f"{at:%H:%M}"), titles[0]
    words = ngettext("{n} task is due", "{n} tasks are due", len(due))
    return words.format(n=say.number(len(due))), " · ".join(titles[:5])


def _document_words(
    found: list[Expiring], names: dict[CustomerId, str], today: date
) -> tuple[str, str]:
    """What is told of documents that expire: how many, and the first of them."""
    words = ngettext("{n} document expires", "{n} documents expire", len(found))
    listed = [
        f"{names.get(one.customer_id, '')}: {one.kind or one.name}, "
        f"{dues.day_text(one.last_day, today)}"
        for one in found[:_NAMED]
    ]
    return words.format(n=say.number(len(found))), " · ".join(listed)
