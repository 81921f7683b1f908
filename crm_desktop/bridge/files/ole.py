"""Containers of old workbooks and of encrypted new ones.

Sources: [MS-CFB], [MS-OFFCRYPTO] for encrypted packages, [MS-XLS] for encrypted workbooks.
"""

from __future__ import annotations

import io
from typing import Any

from crm_desktop.bridge.files.zipguard import damaged, not_ours
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_SECRET = "VelvetSweatshop"  # Excel's own password for "protected" but readable workbooks
_SMALL = 65536
_LOOKED_AT = 4096  # of a workbook, for its password


def open_ole(data: bytes, name: str, password: str | None) -> tuple[bytes, bool]:
    """What an OLE container holds: bytes, and whether they are a zip package.

    Raises:
        UserError: it is damaged, none of ours, or needs a password (`field` is then "password").
    """
    import olefile  # type: ignore[import-untyped,unused-ignore]

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = {entry[0].lower() for entry in ole.listdir() if len(entry) == 1}
            locked = "encryptedpackage" in streams
            is_book = bool(streams & {"workbook", "book"})
            if is_book and not locked:
                stream = "Workbook" if ole.exists("Workbook") else "Book"
                locked_book = _has_filepass(_beginning_of(ole, stream))
    except Exception as error:
        raise damaged(name) from error
    if locked:
        return _decrypt(data, name, password), True
    if not is_book:
        if "worddocument" in streams:
            raise not_ours(name, _("a Word document"))
        if "powerpoint document" in streams:
            raise not_ours(name, _("a presentation"))
        raise not_ours(name, _("another kind of document"))
    return (_decrypt(data, name, password) if locked_book else data), False


def _beginning_of(ole: Any, name: str) -> bytes:
    """A stream's first bytes; olefile would put all of it together, 0.15 s for 30 MB."""
    if ole.get_size(name) <= _SMALL:
        return bytes(ole.openstream(name).read(_LOOKED_AT))
    sector: int = next(e.isectStart for e in ole.root.kids if e.name.lower() == name.lower())
    found = b""
    while len(found) < _LOOKED_AT and sector < len(ole.fat):
        found += ole.getsect(sector)
        sector = ole.fat[sector]
    return found


def _has_filepass(stream: bytes) -> bool:
    """Whether the first records of a BIFF stream hold FILEPASS (0x2F), [MS-XLS] 2.4.117."""
    position = 0
    while position + 4 <= len(stream):
        record = int.from_bytes(stream[position : position + 2], "little")
        if record == 0x2F:
            return True
        if record in (0x85, 0x0A):  # BOUNDSHEET8, EOF: too late for FILEPASS
            return False
        position += 4 + int.from_bytes(stream[position + 2 : position + 4], "little")
    return False


def _decrypt(data: bytes, name: str, password: str | None) -> bytes:
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

    for attempt in (_SECRET, password):
        if attempt is None:
            continue
        plain = io.BytesIO()
        try:
            office = msoffcrypto.OfficeFile(io.BytesIO(data))
            office.load_key(password=attempt)
            office.decrypt(plain)
        except (InvalidKeyError, DecryptionError):
            continue
        except Exception as error:
            raise UserError(
                _("“{name}” is encrypted in a way that cannot be opened here.").format(name=name)
            ) from error
        if plain.getvalue()[:4] in (_ZIP, OLE[:4]):
            return plain.getvalue()
    if password:
        raise UserError(
            _("This password does not open “{name}”.").format(name=name), field="password"
        )
    raise UserError(
        _("“{name}” is protected by a password; enter it to go on.").format(name=name),
        field="password",
    )
