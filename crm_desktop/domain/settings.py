"""What the archive knows about its own firm."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Firm:
    """The letterhead of everything that is printed.

    Attributes:
        address: lines as they are to be printed.
        bank: to which account customers pay, in lines.
        logo: bytes of a PNG or JPEG, None without one.
    """

    name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    bank: str = ""
    logo: bytes | None = None
