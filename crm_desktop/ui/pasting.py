"""Cells on the clipboard, from Excel, LibreOffice or a web page, as a file to import."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QMimeData

from crm_desktop.i18n import _

# A table of more text than this is read as plain lines with tabs.
_MOST_HTML = 8_000_000
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_ROW = re.compile(r"<tr\b", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
# What we write is UTF-8, whatever the page once was.
_CHARSET = re.compile(r"<meta\b[^>]*\bcharset\b[^>]*>", re.IGNORECASE)

_folder: Path | None = None


def pasted_cells(data: QMimeData) -> Path | None:
    """A block of cells on the clipboard as a file to import; None where it is none.

    The table in the HTML is taken first: it keeps merged cells, lines within a cell and links.
    Else lines with tabs. A block is at least two lines of two columns.

    The file is for the user's eyes only, and gone when the program ends.
    """
    html = data.html() if data.hasHtml() else ""
    if len(html) <= _MOST_HTML and _is_table(html):
        page = '<!DOCTYPE html>\n<meta charset="utf-8">\n' + _CHARSET.sub("", html)
        return _write(page, "html")
    text = data.text() if data.hasText() else ""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or sum("\t" in line for line in lines) < 2:
        return None
    return _write(text, "csv")


def is_pasted(path: Path) -> bool:
    """Whether a file is one that was made here, and soon gone."""
    return _folder is not None and _folder in path.parents


def _is_table(html: str) -> bool:
    """Whether a page has a table of two rows with two cells each; others only lay a text out."""
    if not _TABLE.search(html):
        return False
    rows = _ROW.split(html)[1:]
    return sum(len(_CELL.findall(row)) > 1 for row in rows) > 1


def _write(text: str, ending: str) -> Path:
    import os  # these cost ten milliseconds that the start does not need
    import tempfile
    from datetime import datetime

    stamp = datetime.now().astimezone().strftime("%Y-%m-%d %H.%M")
    name = _("Pasted cells {time}").format(time=stamp)
    path = Path(tempfile.mkdtemp(dir=_own_folder())) / f"{name}.{ending}"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
        file.write(text)
    return path


def _own_folder() -> Path:
    """The program's own temporary folder, removed with all in it when the program ends."""
    global _folder
    if _folder is None:
        import atexit
        import shutil
        import tempfile
        from functools import partial

        _folder = Path(tempfile.mkdtemp(prefix="crm-desktop-"))
        atexit.register(partial(shutil.rmtree, _folder, ignore_errors=True))
    return _folder
