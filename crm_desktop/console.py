"""What commands share: reading small files, printing, a console that takes every script."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _


def read_json(path: Path) -> Any:
    """What a JSON file holds.

    Raises:
        UserError: it cannot be read, or is none.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(_("“{file}” cannot be read.").format(file=path)) from error
    except ValueError as error:
        raise UserError(_("“{file}” is not valid JSON.").format(file=path)) from error


def first_line(path: Path) -> str:
    """The first line of a text file.

    Raises:
        UserError: it cannot be read.
    """
    try:
        return (path.read_text(encoding="utf-8").splitlines() or [""])[0]
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(_("“{file}” cannot be read.").format(file=path)) from error


def print_out(document: object, text: str, as_json: bool) -> None:
    """Print a result: one JSON document, or its text."""
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        click.echo(text)


def inline(value: object) -> str:
    """A value on one line."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def speak_utf8() -> None:
    """Let names of any script through, whatever the console is set to."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
