"""A second start on the same archive hands over to the first: in one process, and in two."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle

from crm_desktop.domain.errors import EnvironmentProblem
from crm_desktop.services import handover
from crm_desktop.services.handover import IMPORT, LOOKUP, Request
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.shell import Shell

posix = pytest.mark.skipif(sys.platform == "win32", reason="sockets as files")


@pytest.fixture
def listening(page: CustomersPage, shell: Shell, qtbot: QtBot) -> Path:
    """The archive of a window that listens."""
    desk = shell.front_desk
    assert desk is not None
    qtbot.waitUntil(lambda: desk.instance is not None and desk.instance.listens, timeout=TIMEOUT)
    return page.workspace.path


class Elsewhere(threading.Thread):
    """Runs a call on another thread, as another process would, and keeps what came of it."""

    def __init__(self, call: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self._call = call
        self.result: object = None
        self.start()

    def run(self) -> None:
        try:
            self.result = self._call()
        except (EnvironmentProblem, OSError) as error:
            self.result = error


def wait(thread: Elsewhere, qtbot: QtBot) -> object:
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=TIMEOUT)
    return thread.result


def test_a_lookup_is_handed_over(listening: Path, shell: Shell, qtbot: QtBot) -> None:
    sent = Elsewhere(lambda: handover.hand_over(listening, Request(LOOKUP, "tel:+351912345678")))
    assert wait(sent, qtbot) is True
    window = shell.front_desk.window()
    assert window is not None
    qtbot.waitUntil(lambda: window.customer() is not None, timeout=TIMEOUT)
    assert window.card.name.full_text() == "João da Conceição"
    window.hide()
    settle(shell, qtbot)


def test_files_are_handed_over_to_the_import(
    listening: Path, shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "new people.csv"
    file.write_text("Name,Phone\nRui,912000111\n", "utf-8")
    sent = Elsewhere(lambda: handover.hand_over(listening, Request(IMPORT, files=(str(file),))))
    assert wait(sent, qtbot) is True
    qtbot.waitUntil(lambda: shell.current_key() == "import", timeout=TIMEOUT)
    settle(shell, qtbot)


def test_a_closed_archive_listens_no_more(listening: Path, shell: Shell, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.archive_closed, timeout=TIMEOUT):
        shell.archives.close_to_welcome()
    assert handover.hand_over(listening, Request()) is False
    settle(shell, qtbot)


@posix
@pytest.mark.parametrize(
    ("message", "reply"),
    [
        (b"no json\n", b'"ok": false'),
        (b'{"v": 9, "do": "raise"}\n', b'"ok": false'),
        (b'{"v": 1, "do": "erase"}\n', b'"ok": false'),
        (b'{"v": 1, "do": "raise"}\n', b'"ok": true'),
    ],
)
def test_whatever_comes_is_answered_and_cut_off(
    listening: Path, qtbot: QtBot, message: bytes, reply: bytes
) -> None:
    def say() -> bytes:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(10)
            line.connect(handover.address(listening))
            line.sendall(message)
            return line.makefile("rb").read()

    answer = wait(Elsewhere(say), qtbot)
    assert isinstance(answer, bytes)
    assert reply in answer


@posix
def test_who_talks_without_end_is_cut_off(listening: Path, qtbot: QtBot, shell: Shell) -> None:
    def say() -> bytes:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(10)
            line.connect(handover.address(listening))
            while True:
                line.sendall(b"x" * handover.LONGEST)

    assert isinstance(wait(Elsewhere(say), qtbot), ConnectionError)
    again = Elsewhere(lambda: handover.hand_over(listening, Request()))
    assert wait(again, qtbot) is True


@posix
def test_only_this_user_may_connect(listening: Path) -> None:
    place = Path(handover.address(listening))
    assert place.is_socket()
    assert place.stat().st_mode & 0o077 == 0


# Two real processes.

_TELLS = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
import crm_desktop.app as app
from crm_desktop.ui.lookup.front_desk import FrontDesk

inner = FrontDesk.take
def take(self, request):
    inner(self, request)
    print(json.dumps([request.do, request.text, list(request.files)]), flush=True)
    QTimer.singleShot(300, self._shell.close)
FrontDesk.take = take
listen = FrontDesk._listen
def told(self):
    listen(self)
    print("ready", flush=True)
FrontDesk._listen = told
raise SystemExit(app.run_window(Path(sys.argv[1])))
"""


def run(archive: Path) -> subprocess.Popen[str]:
    """A window in another process, which tells what it is asked and then closes."""
    process = subprocess.Popen(
        [sys.executable, "-c", _TELLS, str(archive)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    return process


@pytest.fixture
def first(make_archive: Callable[[int], Path]) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    """An archive and the window that has it open."""
    archive = make_archive(6)
    process = run(archive)
    yield archive, process
    if process.poll() is None:
        process.kill()
    process.wait(20)
    assert process.stdout is not None
    process.stdout.close()


def start(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "crm_desktop", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )


def told(process: subprocess.Popen[str]) -> list[object]:
    assert process.stdout is not None
    found = json.loads(process.stdout.readline())
    assert process.wait(30) == 0
    return found


def test_a_second_start_raises_the_first(first: tuple[Path, subprocess.Popen[str]]) -> None:
    archive, process = first
    done = start(archive)
    assert done.returncode == 0, done.stderr
    assert told(process) == ["raise", "", []]


def test_a_second_start_without_words_finds_the_archive_opened_last(
    first: tuple[Path, subprocess.Popen[str]],
) -> None:
    _archive, process = first
    assert start().returncode == 0
    assert told(process)[0] == "raise"


def test_the_command_shows_it_in_the_window(first: tuple[Path, subprocess.Popen[str]]) -> None:
    archive, process = first
    done = start("lookup", "+351", "912 345 678")
    assert done.returncode == 0, done.stderr
    assert "window" in done.stdout
    assert told(process) == ["lookup", "+351 912 345 678", []]
    # Now nobody runs: the card comes out here.
    done = start("lookup", "--archive", archive, "5678")
    assert "João da Conceição" in done.stdout


def test_json_is_printed_though_a_window_is_open(
    first: tuple[Path, subprocess.Popen[str]],
) -> None:
    archive, process = first
    done = start("lookup", "wangxiu", "--json")
    assert json.loads(done.stdout)["card"]["name"] == "王秀英"
    assert start(archive, "a b.xlsx", "/tmp/c.csv").returncode == 0
    assert told(process) == ["import", "", [str(Path("a b.xlsx").absolute()), "/tmp/c.csv"]]


def test_a_tel_link_is_looked_up(first: tuple[Path, subprocess.Popen[str]]) -> None:
    _archive, process = first
    assert start("tel:+351912345678").returncode == 0
    assert told(process) == ["lookup", "tel:+351912345678", []]


@posix
def test_one_that_was_killed_stands_in_nobodys_way(
    first: tuple[Path, subprocess.Popen[str]],
) -> None:
    archive, process = first
    place = Path(handover.address(archive))
    assert place.exists()
    process.kill()
    process.wait(20)
    assert place.exists()  # nobody was left to clear it away
    assert handover.hand_over(archive, Request()) is False
    again = run(archive)
    assert start(archive).returncode == 0
    assert told(again)[0] == "raise"
    assert again.stdout is not None
    again.stdout.close()
