"""What the window remembers between two runs; nothing of the archive's."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

_RECENT = 6


class Preferences:
    """Settings of this user on this machine, in one ini file."""

    def __init__(self, path: Path) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        """A stored word."""
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def set_text(self, key: str, value: str) -> None:
        """Store a word."""
        self._store.setValue(key, value)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """A stored yes or no."""
        return self.text(key, "true" if default else "false") == "true"

    def set_flag(self, key: str, *, value: bool) -> None:
        """Store a yes or no."""
        self.set_text(key, "true" if value else "false")

    def blob(self, key: str) -> QByteArray:
        """Stored bytes, such as a window's geometry."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_blob(self, key: str, value: QByteArray) -> None:
        """Store bytes."""
        self._store.setValue(key, value)

    def recent(self) -> list[Path]:
        """Archives opened lately that still exist, the newest first."""
        paths = [Path(p) for p in self.text("recent").split("\n") if p]
        return [p for p in paths if p.is_file()]

    def remember(self, path: Path) -> None:
        """Put an archive first among the recent ones."""
        others = [p for p in self.recent() if p != path]
        self.set_text("recent", "\n".join(str(p) for p in [path, *others][:_RECENT]))

    def save(self) -> None:
        """Write it out now."""
        self._store.sync()
