"""The composition root: builds the window and wires it; nothing else knows all the parts."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crm_desktop import __version__
from crm_desktop.i18n import choose_language

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from crm_desktop.ui.garbage import Collector
    from crm_desktop.ui.hooks import Hooks
    from crm_desktop.ui.shell import Shell
    from crm_desktop.ui.theme import Theme

log = logging.getLogger(__name__)
PREFERENCES = "preferences.ini"
_SWITCH = 0.001  # seconds; Python takes five times as long


class Built(NamedTuple):
    """The parts of a running window; `close` undoes what building did to the process."""

    shell: Shell
    theme: Theme
    hooks: Hooks
    collector: Collector

    def close(self) -> None:
        """Give the hooks and the collector back; the window is closed by itself."""
        self.hooks.close()
        self.collector.stop()


def default_data_dir() -> Path:
    """The program's own folder on this computer: the same as the commands' (`store.backup`).

    Said here once more, because importing the store before the first paint costs 0.1 s.
    """
    import platformdirs

    return platformdirs.user_data_path("CRM Desktop", appauthor=False)


def build_window(
    app: QApplication,
    *,
    data_dir: Path,
    theme: str | None = None,
    language: str | None = None,
) -> Built:
    """Build the window without an archive and without showing it.

    Args:
        app: the application.
        data_dir: folder for preferences, backups, the sample.
        theme: `system`, `light` or `dark`; None takes the remembered one.
        language: a locale's name; None takes the remembered one, else the system's.
    """
    from crm_desktop.ui.garbage import Collector
    from crm_desktop.ui.hooks import Hooks
    from crm_desktop.ui.preferences import Preferences
    from crm_desktop.ui.shell import Shell
    from crm_desktop.ui.theme import Theme, fonts

    # So long the window waits for Python's lock, several times an event, while a thread computes.
    sys.setswitchinterval(_SWITCH)
    data_dir.mkdir(parents=True, exist_ok=True)
    preferences = Preferences(data_dir / PREFERENCES)
    if choose_language(language or preferences.text("language") or None) == "zh_CN":
        # The very first paint holds Chinese.
        fonts.register_rest()
    look = Theme(app, theme or preferences.text("theme", "system"))
    hooks = Hooks(app, crash_file=data_dir / "crash.log")
    collector = Collector(app)
    shell = Shell(look, preferences, data_dir=data_dir)
    hooks.caught.connect(shell.show_failure)
    return Built(shell, look, hooks, collector)


def run_window(
    archive: Path | None,
    *,
    files: Sequence[Path] = (),
    lookup: str | None = None,
    demo: bool = False,
    theme: str | None = None,
    language: str | None = None,
    data_dir: Path | None = None,
) -> int:
    """Open the window and stay until it is closed; one that has the archive open does it instead.

    Args:
        archive: what to open; None opens the last one, or welcomes.
        files: to be imported into it.
        lookup: who is to be looked up, "" for the empty lookup window, None for nobody.
        demo: open the sample archive; it is made if need be.
        theme: `system`, `light` or `dark`; None takes the remembered one.
        language: a locale's name; None takes the remembered one.
        data_dir: folder for the program's own data; None for the platform's.

    Returns:
        The process's exit code.
    """
    wanted = [archive] if archive is not None else recent_archives(data_dir)[:1]
    if not demo and hand_over(wanted, files=files, lookup=lookup, or_open=True):
        return 0
    from PySide6.QtWidgets import QApplication

    from crm_desktop.ui.theme import Theme

    app = QApplication([*sys.argv[:1], *Theme.ARGUMENTS])
    app.setApplicationName("CRM Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("crm-desktop")
    built = build_window(
        app, data_dir=data_dir or default_data_dir(), theme=theme, language=language
    )
    shell = built.shell

    def begin() -> None:
        _begin(shell, archive, files, lookup, demo=demo)

    # What opens an archive is imported after the first paint: on the thread that opens it, it
    # would fight this one for the interpreter.
    shell.painted.connect(begin)
    shell.show()
    code = app.exec()
    built.close()
    return code


def recent_archives(data_dir: Path | None = None) -> list[Path]:
    """The archives that were opened lately, the newest first."""
    from crm_desktop.ui.preferences import Preferences

    return Preferences((data_dir or default_data_dir()) / PREFERENCES).recent()


def hand_over(
    archives: Sequence[Path],
    *,
    files: Sequence[Path] = (),
    lookup: str | None = None,
    or_open: bool = False,
) -> bool:
    """Hand what this start is for to a window that has one of some archives open.

    Args:
        archives: the likeliest first.
        files: to be imported.
        lookup: who is to be looked up, "" for the empty lookup window, None for nobody.
        or_open: a window of our own can say why it could not be handed over.

    Returns:
        Whether there is such a window, and it took it.

    Raises:
        EnvironmentProblem: there is one that does not answer; not with `or_open`.
    """
    from crm_desktop.domain.errors import EnvironmentProblem
    from crm_desktop.services import handover
    from crm_desktop.services.handover import IMPORT, LOOKUP, RAISE, Request

    token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    if lookup is not None:
        request = Request(LOOKUP, lookup, token=token)
    elif files:
        request = Request(IMPORT, files=[str(file.absolute()) for file in files], token=token)
    else:
        request = Request(RAISE, token=token)
    try:
        return any(handover.hand_over(archive, request) for archive in archives)
    except EnvironmentProblem as problem:
        if not or_open:
            raise
        log.info("not handed over: %s", problem)
        return False


def _begin(
    shell: Shell,
    archive: Path | None,
    files: Sequence[Path],
    lookup: str | None,
    *,
    demo: bool,
) -> None:
    from PySide6.QtGui import QIcon

    from crm_desktop.assets import resource

    def go_on() -> None:
        if files:
            shell.open_import(files)
        if lookup is not None:
            shell.look_up(lookup)

    if demo:
        shell.archives.open_sample()
    elif archive is not None:
        shell.archives.open(archive.absolute(), create=not archive.exists(), then=go_on)
    elif recent := shell.preferences.recent():
        shell.archives.open(recent[0], then=go_on)
    else:
        shell.show_welcome()
        if files:  # an archive is made for them
            shell.open_import(files)
    shell.setWindowIcon(QIcon(str(resource("icons", "app.png"))))
