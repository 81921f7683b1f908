"""Before the window: is there all that it needs? If not, one sentence says what to do.

Qt itself ends the process where it finds no screen or lacks a library of the system, with words
that help nobody. So it is looked for here, before Qt is asked to start.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from crm_desktop.domain.errors import EnvironmentProblem
from crm_desktop.i18n import _

# Debian and Ubuntu names; installing all of them once is kinder than one error after another.
PACKAGES = (
    "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 "
    "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 "
    "libxcb-render-util0 libxcb-image0 libxcb-randr0 libxkbcommon-x11-0 libgssapi-krb5-2"
)
_LIBRARY = re.compile(r"(lib[\w.+-]+\.so[.\d]*): cannot open")


def require_window() -> None:
    """Make sure that a window can be opened.

    Raises:
        EnvironmentProblem: Qt or a library of the system is missing, or there is no screen.
    """
    try:
        import PySide6.QtWidgets
    except ImportError as error:
        raise EnvironmentProblem(missing_libraries_message(error)) from error
    if sys.platform != "linux" or "QT_QPA_PLATFORM" in os.environ:
        return
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    if not os.environ.get("DISPLAY"):
        raise EnvironmentProblem(
            _("There is no screen to open the window on."),
            remedy=_("The commands work without one: crm-desktop --help."),
        )
    plugin = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    _require_loadable(plugin)


def _require_loadable(plugin: Path) -> None:
    import ctypes  # with a screen on Linux only: the others start without it

    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        # A Qt of the distribution's own has its plugins elsewhere, and their libraries too.
        if _LIBRARY.search(str(error)) and plugin.exists():
            raise EnvironmentProblem(missing_libraries_message(error)) from error


def missing_libraries_message(error: ImportError | OSError) -> str:
    """One sentence that names what is missing and the packages that bring it.

    Args:
        error: what importing PySide6, or loading its plugin, raised.
    """
    found = _LIBRARY.search(str(error))
    if found:
        return _(
            "The window needs system libraries that this computer lacks ({library}): "
            "install them with  sudo apt-get install {packages}"
        ).format(library=found[1], packages=PACKAGES)
    return _(
        "The window needs PySide6, which cannot be loaded here ({reason}): install it with  "
        "pip install PySide6-Essentials"
    ).format(reason=error)
