"""What a second start says to the first, and where it finds it."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from crm_desktop.domain.errors import EnvironmentProblem
from crm_desktop.services import handover
from crm_desktop.services.handover import IMPORT, LOOKUP, BadRequestError, Request

posix = pytest.mark.skipif(sys.platform == "win32", reason="sockets as files")


@pytest.fixture(autouse=True)
def runtime(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("run")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


@pytest.mark.parametrize(
    "request_",
    [
        Request(),
        Request(LOOKUP, "王秀英 +351"),
        Request(IMPORT, files=("/tmp/a b.xlsx", "/tmp/é.csv"), token="t"),
    ],
)
def test_there_and_back(request_: Request) -> None:
    line = handover.encode(request_)
    assert line.count(b"\n") == 1
    assert handover.decode(line) == request_


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"do": "raise"}',
        b'{"v": 2, "do": "raise"}',
        b'{"v": 1, "do": "erase"}',
        b'{"v": 1, "do": "lookup", "text": 5}',
        b'{"v": 1, "do": "import", "files": [1]}',
        b'{"v": 1, "do": "import", "files": "x"}',
    ],
)
def test_what_nobody_of_ours_would_say(line: bytes) -> None:
    with pytest.raises(BadRequestError):
        handover.decode(line)


def test_too_much_is_not_sent() -> None:
    with pytest.raises(EnvironmentProblem):
        handover.encode(Request(IMPORT, files=("x" * 200,) * 400))


def test_nobody_runs(tmp_path: Path) -> None:
    assert not handover.hand_over(tmp_path / "a.crm", Request())


@posix
def test_the_address_is_the_archives_however_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.crm").touch()
    (tmp_path / "link.crm").symlink_to(tmp_path / "a.crm")
    one = handover.address(tmp_path / "a.crm")
    assert handover.address(tmp_path / "x" / ".." / "a.crm") == one
    assert handover.address(tmp_path / "link.crm") == one
    assert handover.address(tmp_path / "b.crm") != one
    assert len(one) < 100  # a socket's path has no more room
    assert Path(one).parent.stat().st_mode & 0o777 == 0o700


@posix
def test_a_folder_that_others_may_enter_is_not_used(runtime: Path, tmp_path: Path) -> None:
    (runtime / "crm-desktop").mkdir()
    (runtime / "crm-desktop").chmod(0o777)
    with pytest.raises(EnvironmentProblem):
        handover.address(tmp_path / "a.crm")


@posix
def test_the_socket_of_one_that_was_killed_is_nobody(tmp_path: Path) -> None:
    place = handover.address(tmp_path / "a.crm")
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(place)
    assert Path(place).exists()
    assert not handover.hand_over(tmp_path / "a.crm", Request())


@posix
def test_one_that_does_not_answer_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handover, "_WAIT", 0.05)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(handover.address(tmp_path / "a.crm"))
        silent.listen()
        with pytest.raises(EnvironmentProblem, match="does not answer"):
            handover.hand_over(tmp_path / "a.crm", Request())
