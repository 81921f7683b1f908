"""Where the shipped files lie: fonts, icons, translations, sample workbooks.

One lookup for the three ways the program runs. An installed wheel and the bundle carry the
files as `crm_desktop/resources`; a source checkout (or an editable install of one) has them
beside the package, where the people who make them expect them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def resources_dir() -> Path:
    """Folder that holds `fonts/`, `icons/`, `locale/` and `sample/`.

    Raises:
        FileNotFoundError: the installation lacks its files.
    """
    # Not by `importlib.resources`: it costs the start 4 ms, and fonts must be files anyway.
    root = Path(__file__).resolve().parent
    for candidate in (root / "resources", root.parent / "resources"):
        if (candidate / "fonts").is_dir():
            return candidate
    raise FileNotFoundError("the program's own files (fonts, icons) are missing")


def resource(*parts: str) -> Path:
    """Path of one shipped file, such as `resource("icons", "search.svg")`."""
    return resources_dir().joinpath(*parts)
