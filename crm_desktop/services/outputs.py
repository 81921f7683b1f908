"""Files for the user: they appear whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from crm_desktop.domain.errors import EnvironmentProblem
from crm_desktop.i18n import _


def write_whole(target: Path, data: bytes) -> None:
    """Write a file under a temporary name beside its place, then put it there.

    Raises:
        EnvironmentProblem: no room, no permission, no such folder.
    """
    write_pieces(target, (data,))


def write_pieces(target: Path, pieces: Iterable[bytes]) -> None:
    """The same for what comes piece by piece; what the pieces raise leaves no file behind.

    Raises:
        EnvironmentProblem: no room, no permission, no such folder.
    """
    temporary = target.with_name(f".{target.name}.part")
    try:
        with temporary.open("wb") as file:
            file.writelines(pieces)
        temporary.replace(target)
    except OSError as error:
        raise EnvironmentProblem(
            _("“{file}” cannot be written.").format(file=target),
            remedy=_("Check that the folder exists, may be written to and has room."),
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
