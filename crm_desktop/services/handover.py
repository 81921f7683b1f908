"""One program an archive: a second start hands its wishes to the one that runs.

The running window listens at an address made of the user and the archive, where only this user
may connect. What goes over is one JSON object a line, and so is the answer:

    {"v": 1, "do": "lookup", "text": "+351912345678"}   →   {"v": 1, "ok": true}

`do` is `raise` (come to the front), `lookup` (with `text`) or `import` (with `files`).
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crm_desktop.domain.errors import EnvironmentProblem
from crm_desktop.i18n import _

if TYPE_CHECKING:
    from typing import BinaryIO

VERSION = 1
LONGEST = 64 * 1024
"""Bytes of a message, its end of line included; nobody hands over more files than that names."""

RAISE, LOOKUP, IMPORT = "raise", "lookup", "import"
_WAIT = 5.0
_WINDOWS = sys.platform == "win32"
_PIPE = "\\\\.\\pipe\\"


class Request(NamedTuple):
    """A wish of a second start.

    Attributes:
        do: `RAISE`, `LOOKUP` or `IMPORT`.
        text: who is to be looked up.
        files: absolute paths of what is to be imported.
        token: what lets a window come to the front under Wayland, "" for none.
    """

    do: str = RAISE
    text: str = ""
    files: Sequence[str] = ()
    token: str = ""


class BadRequestError(ValueError):
    """A message that nobody of ours would send."""


def address(archive: Path) -> str:
    """Where the window of an archive listens: a path, or on Windows the name of a pipe.

    Raises:
        EnvironmentProblem: there is no folder that belongs to this user alone.
    """
    import getpass
    import hashlib

    place = os.path.normcase(os.path.realpath(archive))
    user = getpass.getuser() if _WINDOWS else str(os.getuid())
    name = hashlib.sha256(f"{user}\0{place}".encode(errors="surrogatepass")).hexdigest()[:24]
    return f"crm-desktop-{name}" if _WINDOWS else str(_folder() / name)


def _folder() -> Path:
    """The folder of the sockets; made where it is missing, refused where others may enter it."""
    import tempfile

    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and Path(runtime).is_dir():
        folder = Path(runtime) / "crm-desktop"
    else:
        folder = Path(tempfile.gettempdir()) / f"crm-desktop-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError as error:
        raise EnvironmentProblem(
            _("“{folder}” cannot be made: {reason}").format(
                folder=folder, reason=error.strerror or error
            )
        ) from error
    is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    if not is_ours or found.st_mode & 0o077:
        raise EnvironmentProblem(
            _("“{folder}” is open to other users of this computer.").format(folder=folder),
            remedy=_("Remove it; it is made anew."),
        )
    return folder


def encode(request: Request) -> bytes:
    """A wish as a line; files are named as long as they have room.

    Raises:
        EnvironmentProblem: it is too long.
    """
    import json

    wish = {"v": VERSION, **{name: value for name, value in request._asdict().items() if value}}
    line = json.dumps(wish).encode() + b"\n"
    if len(line) > LONGEST:
        raise EnvironmentProblem(
            _("That is too much to hand over to the running program."),
            remedy=_("Drop the files on its window instead."),
        )
    return line


def decode(line: bytes) -> Request:
    """The wish that a line holds.

    Raises:
        BadRequestError: it holds none, or one of another version.
    """
    import json

    try:
        found = json.loads(line)
    except ValueError as error:
        raise BadRequestError("no JSON") from error
    if not isinstance(found, dict) or found.get("v") != VERSION:
        raise BadRequestError("another version")
    do, text, token = (found.get(key, "") for key in ("do", "text", "token"))
    files = found.get("files", [])
    words = isinstance(text, str) and isinstance(token, str) and isinstance(files, list)
    if do not in (RAISE, LOOKUP, IMPORT) or not words:
        raise BadRequestError("no such wish")
    if not all(isinstance(file, str) for file in files):
        raise BadRequestError("no files")
    return Request(do, text, tuple(files), token)


def answer(problem: str = "") -> bytes:
    """What the running program says: that it took the wish, or why not."""
    import json

    said = {"v": VERSION, "ok": not problem, **({"error": problem} if problem else {})}
    return json.dumps(said).encode() + b"\n"


def hand_over(archive: Path, request: Request) -> bool:
    """Hand a wish to the program that has an archive open.

    Returns:
        Whether there is one, and it took it.

    Raises:
        EnvironmentProblem: there is one that does not answer, or that is of another version.
    """
    if not _WINDOWS and not _may_run():
        return False
    place = address(archive)
    try:
        reply = _over_pipe(place, encode(request)) if _WINDOWS else _over_socket(place, request)
    except (FileNotFoundError, ConnectionRefusedError):
        return False  # nobody there; or a socket of one that was killed
    except OSError as error:
        raise EnvironmentProblem(
            _("CRM Desktop is running, but does not answer."),
            remedy=_("Close it, or try again in a moment."),
        ) from error
    if b'"ok": true' not in reply:
        raise EnvironmentProblem(
            _("CRM Desktop is running in another version."), remedy=_("Close it first.")
        )
    return True


def _may_run() -> bool:
    """Whether any window listens; tells a first start without what it would have to import."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and not (Path(runtime) / "crm-desktop").exists():
        return False
    return any(_folder().iterdir())


def _over_socket(place: str, request: Request) -> bytes:
    import socket

    if sys.platform == "win32":  # for the type checker, which knows no AF_UNIX there
        raise NotImplementedError
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(_WAIT)
        line.connect(place)
        line.sendall(encode(request))
        return _read_line(line.makefile("rb"))


def _over_pipe(name: str, message: bytes) -> bytes:
    # Who was clicked may come to the front, and may pass that on.
    import ctypes

    if sys.platform == "win32":
        ctypes.windll.user32.AllowSetForegroundWindow(-1)
    with open(_PIPE + name, "r+b", buffering=0) as pipe:  # noqa: PTH123  (a pipe is no path)
        pipe.write(message)
        return _read_line(pipe)


def _read_line(stream: BinaryIO) -> bytes:
    line = stream.readline(LONGEST)
    if not line.endswith(b"\n"):
        raise ConnectionAbortedError
    return line
