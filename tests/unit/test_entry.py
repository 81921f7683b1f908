"""What `crm-desktop` does with its words: the window at once, the rest by the command line."""

from __future__ import annotations

import subprocess
import sys

import pytest

from crm_desktop.__main__ import wants_window


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], True),
        (["firm.crm"], True),
        ([r"C:\Arquivos\Clientes 2026.CRM"], True),
        (["import"], False),
        (["firm"], False),
        (["-x.crm"], False),
        (["--help"], False),
        (["--demo"], False),
        (["search", "firm.crm"], False),
        (["firm.crm", "--theme", "dark"], False),
    ],
)
def test_a_call_for_the_window_alone_is_known(words: list[str], window: bool) -> None:
    assert wants_window(words) is window


def test_what_can_wait_is_not_imported_before_the_first_paint() -> None:
    code = (
        "import sys, crm_desktop.__main__, crm_desktop.app\n"
        "from crm_desktop.ui import garbage, hooks, preferences, preflight, shell, theme\n"
        "late = {'click', 'dataclasses', 'datetime', 'importlib.resources', 'json', 'locale',\n"
        "    'crm_desktop.domain.customers', 'crm_desktop.store', 'phonenumbers'}\n"
        "print(sorted(late & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_words_of_time_are_loaded_when_a_field_asks() -> None:
    code = (
        "import sys, pathlib, tempfile\n"
        "from datetime import datetime\n"
        "from crm_desktop.services.workspace import Workspace\n"
        "import crm_desktop.ui.reminders, crm_desktop.ui.pages.tasks\n"
        "folder = pathlib.Path(tempfile.mkdtemp())\n"
        "w = Workspace.open(folder / 'a.crm', create=True, data_dir=folder)\n"
        "w.tasks.add('call Ana tomorrow 15h')\n"
        "w.tasks.first_pages()\n"
        "late = {'dateparser', 'regex', 'pytz'} & set(sys.modules)\n"
        "w.tasks.read_due('in one month and three days')\n"
        "print(sorted(late), 'dateparser' in sys.modules)\n"
        "w.close(backup=False)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] True"


def test_without_a_screen_the_command_line_says_why() -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux can be without a screen")
    import os

    bare = {
        key: value
        for key, value in os.environ.items()
        if key not in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    }
    done = subprocess.run(
        [sys.executable, "-m", "crm_desktop"],
        capture_output=True,
        text=True,
        env={**bare, "LANGUAGE": "en"},
    )
    assert done.returncode == 1
    assert done.stderr.startswith("crm-desktop: There is no screen to open the window on.")
    assert len(done.stderr.splitlines()) == 1
