"""The file or folder that was imported last into an archive, to be imported again."""

from __future__ import annotations

import hashlib
from pathlib import Path

from crm_desktop.ui.host import Host
from crm_desktop.ui.pages.import_wizard.sources import OpenFile
from crm_desktop.ui.pasting import is_pasted
from crm_desktop.ui.preferences import Preferences


class Last:
    """Kept among the user's preferences, for each archive its own."""

    def __init__(self, host: Host, archive: Path) -> None:
        self._preferences: Preferences | None = getattr(host, "preferences", None)
        digest = hashlib.sha256(str(archive).encode()).hexdigest()[:12]
        self._key = f"import/last/{digest}"

    @property
    def folder(self) -> str:
        """The folder that it lies in."""
        return self._preferences.text("import/folder") if self._preferences else ""

    @property
    def path(self) -> Path | None:
        """Where it is; None where it is no more."""
        text = self._preferences.text(self._key) if self._preferences else ""
        return Path(text) if text and Path(text).exists() else None

    def remember(self, file: OpenFile) -> None:
        """This one it is now; pasted cells will be gone."""
        path = file.folder or file.path
        if self._preferences is not None and not is_pasted(path):
            self._preferences.set_text(self._key, str(path))
            self._preferences.set_text("import/folder", str(path.parent))
