"""Where a Linux lacks the libraries that Qt needs: one sentence that says what to install.

No Qt here: this is asked because Qt could not be imported.
"""

from __future__ import annotations

import re

from crm_desktop.i18n import _

# Debian and Ubuntu names; installing all of them once is kinder than one error after another.
PACKAGES = (
    "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 "
    "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 "
    "libxcb-render-util0 libxcb-image0 libxcb-randr0 libxkbcommon-x11-0"
)


def missing_libraries_message(error: ImportError) -> str:
    """One sentence that names what is missing and the packages that bring it.

    Args:
        error: what importing PySide6 raised.
    """
    found = re.search(r"(lib[\w.+-]+\.so[.\d]*)", str(error))
    if found:
        return _(
            "The window needs system libraries that this computer lacks ({library}): "
            "install them with  sudo apt-get install {packages}"
        ).format(library=found.group(1), packages=PACKAGES)
    return _(
        "The window needs PySide6, which cannot be loaded here ({reason}): install it with  "
        "pip install PySide6-Essentials"
    ).format(reason=error)
