"""How much a foreign file may ask of this machine."""

from __future__ import annotations

from typing import NamedTuple

_MB = 1024 * 1024


class Limits(NamedTuple):
    """Caps on reading one file.

    Attributes:
        memory: bytes of address space the reading process may take.
        silence: seconds the reading process may work without a word.
        file_size: bytes of the file itself.
        part_size: bytes that one part of a zip may unpack to.
        total_size: bytes that all parts of a zip may unpack to together.
        ratio: how many times a part may grow by unpacking, once it is over `ratio_from`.
        ratio_from: bytes below which a part's ratio does not matter.
        dense_cells: cells of a sheet's rectangle above which a thinly filled sheet is not
            given to the native reader, which allocates the whole rectangle.
        picture_size: bytes that one picture of a row may unpack to.
        pictures_size: bytes of all pictures of a table together.
    """

    memory: int = 2048 * _MB
    silence: float = 180.0
    file_size: int = 512 * _MB
    part_size: int = 1536 * _MB
    total_size: int = 2048 * _MB - 1
    ratio: int = 250
    ratio_from: int = 100 * _MB
    dense_cells: int = 4_000_000
    picture_size: int = 32 * _MB
    pictures_size: int = 1024 * _MB


DEFAULT_LIMITS = Limits()
