"""The file on its way back, one customer and one piece of a content at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crm_desktop.bridge.export.own import FORMAT, VERSION
from crm_desktop.bridge.export.own.contents import Taker, read_contents
from crm_desktop.bridge.export.own.customer import JsonCustomer, read_customer
from crm_desktop.bridge.export.own.head import read_head
from crm_desktop.bridge.export.own.stream import BrokenError, Stream
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.exchange import Head
from crm_desktop.i18n import _

_CUSTOMERS, _CONTENTS = "customers", "contents"


def is_own_export(path: Path) -> bool:
    """Whether a file looks like our export, by its first bytes; its reading may still fail."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return False
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and b'"crm-desktop"' in head


def read_json(path: Path, take: Taker | None = None) -> Iterator[JsonCustomer]:
    """Read the customers of an export, one at a time.

    Args:
        path: the file.
        take: gets the contents of documents; without it they are not looked at.

    Raises:
        UserError: the file is not our export, of a newer program, or damaged.
    """
    name = path.name
    with _told(path), path.open(encoding="utf-8-sig") as file:
        for number, customer in enumerate(_customers(Stream(file), name, take), start=1):
            try:
                yield read_customer(customer)
            except (TypeError, ValueError, KeyError, AttributeError) as error:
                raise UserError(
                    _("Customer {number} in “{name}” cannot be understood.").format(
                        number=number, name=name
                    )
                ) from error


def hand_over_contents(path: Path, take: Taker) -> None:
    """Read the contents of documents alone.

    Raises:
        UserError: as `read_json`.
    """
    with _told(path), path.open(encoding="utf-8-sig") as file:
        for _customer in _customers(Stream(file), path.name, take):
            pass


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say what is the matter with the file."""
    name = path.name
    try:
        yield
    except (UnicodeDecodeError, json.JSONDecodeError, BrokenError, RecursionError) as error:
        raise UserError(
            _("“{name}” is damaged or was cut off while it was copied.").format(name=name)
        ) from error
    except OSError as error:
        raise UserError(
            _("“{name}” cannot be read: {reason}").format(name=name, reason=error.strerror or error)
        ) from error


def read_firm(path: Path) -> Head:
    """Read what belongs to the firm, which stands before the customers.

    Raises:
        UserError: as `read_json`.
    """
    with _told(path), path.open(encoding="utf-8-sig") as file:
        found = _before_customers(Stream(file))
        _check_head(found.get("format"), found.get("version"), path.name)
        try:
            return read_head(found)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise BrokenError from error


def _before_customers(stream: Stream) -> dict[str, Any]:
    head: dict[str, Any] = {}
    stream.take("{")
    while stream.peek() == '"':
        key = stream.value()
        stream.take(":")
        if key in (_CUSTOMERS, _CONTENTS):
            break
        head[key] = stream.value()
        if stream.peek() == ",":
            stream.take(",")
    return head


def _customers(stream: Stream, name: str, take: Taker | None) -> Iterator[Any]:
    """The customers' objects; contents are handed over, or the file is left where they begin."""
    stream.take("{")
    kind: Any = None
    version: Any = None
    found = False
    while stream.peek() == '"':
        key = stream.value()
        stream.take(":")
        if key == _CUSTOMERS:
            _check_head(kind, version, name)
            yield from stream.items()
            found = True
        elif key == _CONTENTS:
            _check_head(kind, version, name)
            if take is None and found:
                return
            read_contents(stream, take or _nobody)
        else:
            value = stream.value()
            if key == "format":
                kind = value
            elif key == "version":
                version = value
        if stream.peek() == ",":
            stream.take(",")
    stream.take("}")
    _check_head(kind, version, name)


def _nobody(_sha256: str, _pieces: Iterator[bytes]) -> None:
    """Takes no content."""


def _check_head(kind: Any, version: Any, name: str) -> None:
    if kind != FORMAT or not isinstance(version, int):
        raise UserError(
            _("“{name}” is a JSON file, but not one that CRM Desktop wrote.").format(name=name)
        )
    if version > VERSION:
        raise UserError(
            _("“{name}” was written by a newer CRM Desktop; update this program first.").format(
                name=name
            )
        )
