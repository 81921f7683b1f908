"""Files for the user: they appear whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from crm_desktop.domain import media
from crm_desktop.domain.errors import EnvironmentProblem, UserError
from crm_desktop.i18n import _


def write_whole(target: Path, data: bytes) -> None:
    """Write a file under a temporary name beside its place, then put it there.

    Raises:
        UserError: no file can be called so.
        EnvironmentProblem: no room, no permission, no such folder.
    """
    write_pieces(target, (data,))


def write_pieces(target: Path, pieces: Iterable[bytes]) -> None:
    """The same for what comes piece by piece; what the pieces raise leaves no file behind.

    Raises:
        UserError: no file can be called so.
        EnvironmentProblem: no room, no permission, no such folder.
    """
    check_name(target)
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


def check_name(target: Path) -> None:
    """Refuse a name under which Windows would write elsewhere, on any system: files travel.

    Raises:
        UserError: it is that of a device, or ends in what is left away.
    """
    if media.is_reserved(target.name):
        raise UserError(
            _("Windows keeps the name “{file}” for itself. Choose another one.").format(
                file=target.name
            ),
            field="file",
        )
    if target.name != target.name.rstrip(". "):
        raise UserError(
            _("The name of a file cannot end in a point or a blank: “{file}”").format(
                file=target.name
            ),
            field="file",
        )
