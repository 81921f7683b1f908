"""Where no window can be opened, one sentence says why, and what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crm_desktop.domain.errors import EnvironmentProblem
from crm_desktop.ui import preflight

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("words", "library"),
    [
        ("libEGL.so.1: cannot open shared object file: No such file or directory", "libEGL.so.1"),
        ("libxcb-cursor.so.0: cannot open shared object file: No such …", "libxcb-cursor.so.0"),
    ],
)
def test_a_missing_library_is_named_with_the_packages(words: str, library: str) -> None:
    sentence = preflight.missing_libraries_message(ImportError(words))
    assert f"({library})" in sentence
    assert "sudo apt-get install libegl1 " in sentence
    assert "\n" not in sentence


def test_other_reasons_are_handed_on() -> None:
    sentence = preflight.missing_libraries_message(ImportError("No module named 'PySide6'"))
    assert "No module named 'PySide6'" in sentence
    assert "pip install PySide6-Essentials" in sentence


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_no_screen_is_one_line_and_no_crash() -> None:
    screens = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {k: v for k, v in os.environ.items() if k not in screens}
    result = subprocess.run(
        [sys.executable, "-m", "crm_desktop"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "crm-desktop: There is no screen to open the window on."
        " The commands work without one: crm-desktop --help."
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="the plugin of Linux")
def test_a_plugin_that_lacks_a_library_is_told_of(tmp_path: Path) -> None:
    """A real library that names one which is not there, made from a shipped one."""
    import PySide6

    core = next((Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms").glob("*off*"))
    image = core.read_bytes()
    name = b"libQt6Gui.so.6\0"
    assert name in image
    broken = tmp_path / "libbroken.so"
    broken.write_bytes(image.replace(name, b"libQt6Gone.so\0\0"))
    with pytest.raises(EnvironmentProblem, match=r"libQt6Gone\.so"):
        preflight._require_loadable(broken)
