"""What a smaller bundle takes: parts of two large files, and who is linked to what.

The parts are made while the bundle is built, from the files that were installed or committed,
and with nothing but the program's own dependencies.

Qt's ICU (Linux only; Windows brings its own) comes with 32 MB of data about every language:
code pages, units, currencies, spell-out rules. Of all that, Qt asks for the order of words
(`ucol_*`), code pages by name (`ucnv_*`) and names of time zones (`ucal_*`); upper and lower
case are code, not data. The order of words is kept for every language, the rest for ours.

The Korean font repeats some 11 000 characters that the Chinese one has too. On the screen and
in print the Chinese one is asked first, so that these pictures are never drawn.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import NamedTuple

# Items of ICU's data, without the package's own name in front.
_KEPT = re.compile(
    r"coll/.+"
    r"|(zone/)?(root|pool|res_index|en|pt|zh)(_\w+)?\.res"
    r"|(supplementalData|likelySubtags|keyTypeData|numberingSystems|icuver|metadata"
    r"|timezoneTypes|metaZones|windowsZones|zoneinfo64)\.res"
    r"|cnvalias\.icu"
)
_PAGE = 0x1000
# ELF's numbers for the table of what is linked to, an entry of it, and the table of symbols
_DYNAMIC, _NEEDED, _DYNSYM = 6, 1, 11


class _Place(NamedTuple):
    """Where ICU's data lie in their library: offset and length in bytes."""

    symbol: int  # offset of the symbol's entry
    start: int
    size: int


def without_unused_icu(library: bytes) -> bytes:
    """Make ICU's data library anew with the items that Qt can ask for.

    The library is one constant in an ELF file. What stands behind it moves to the front by
    whole pages, so that every alignment stays as it was.

    Args:
        library: `libicudata.so` as it was installed.

    Raises:
        ValueError: the file is not built the way we know.
    """
    place = _find_data(library)
    end = place.start + place.size
    data = _kept_items(library[place.start : end])
    shift = (place.size - len(data)) // _PAGE * _PAGE
    data = data.ljust(place.size - shift, b"\0")
    header = bytearray(library[: place.start])
    struct.pack_into("<Q", header, place.symbol + 16, len(data))
    file_end = 0
    for at in _table(library, 32, 54):
        offset, address, physical, size, memory = struct.unpack_from("<5Q", library, at + 8)
        if offset >= end:
            file_end = max(file_end, offset + size)
            moved = (offset - shift, address - shift, physical - shift, size, memory)
        elif offset <= place.start and end <= offset + size:
            moved = (offset, address, physical, size - shift, memory - shift)
        else:
            continue
        struct.pack_into("<5Q", header, at + 8, *moved)
    # Sections are for linkers and debuggers: no table of them.
    struct.pack_into("<Q", header, 40, 0)
    struct.pack_into("<HH", header, 60, 0, 0)
    return bytes(header) + data + library[end:file_end]


def _table(library: bytes, pointer: int, sizes: int) -> range:
    """Offsets of the entries of an ELF file's table of segments or sections."""
    (start,) = struct.unpack_from("<Q", library, pointer)
    size, count = struct.unpack_from("<HH", library, sizes)
    return range(start, start + size * count, size)


def _section(library: bytes, wanted: int) -> tuple[int, int, int]:
    """Offset and size of an ELF file's section of a kind, and the offset of its strings."""
    if library[:6] != b"\x7fELF\x02\x01":
        raise ValueError("not a 64-bit little-endian ELF file")
    sections = _table(library, 40, 58)
    for at in sections:
        kind, _flags, _address, offset, size, link = struct.unpack_from("<IQQQQI", library, at + 4)
        if kind == wanted:
            (strings,) = struct.unpack_from("<Q", library, sections[link] + 24)
            return offset, size, strings
    raise ValueError("an ELF file without the table that says what it is linked to")


def _string(data: bytes, at: int) -> str:
    return data[at : data.index(b"\0", at)].decode()


def linked_libraries(library: bytes) -> list[str]:
    """Names of the libraries that one is linked to itself; what those need is their affair.

    Args:
        library: an ELF file's content.

    Raises:
        ValueError: it is no such file, or of another kind of machine.
    """
    offset, size, strings = _section(library, _DYNAMIC)
    entries = struct.iter_unpack("<QQ", library[offset : offset + size])
    return [_string(library, strings + value) for tag, value in entries if tag == _NEEDED]


def _find_data(library: bytes) -> _Place:
    offset, size, strings = _section(library, _DYNSYM)
    for symbol in range(offset, offset + size, 24):
        name, _info, _other, _in, start, length = struct.unpack_from("<IBBHQQ", library, symbol)
        # In the first segment offsets and addresses are the same.
        if (
            re.fullmatch(r"icudt\d+_dat", _string(library, strings + name))
            and library[start + 12 : start + 16] == b"CmnD"
        ):
            return _Place(symbol, start, length)
    raise ValueError("no ICU data found where they used to be")


def _kept_items(data: bytes) -> bytes:
    """ICU's "common data": a header, a table of names and places, the items."""
    (base,) = struct.unpack_from("<H", data)
    (count,) = struct.unpack_from("<I", data, base)
    entries = [struct.unpack_from("<II", data, base + 4 + 8 * i) for i in range(count)]
    ends = [start for _name, start in entries[1:]] + [len(data) - base]
    kept: list[tuple[bytes, bytes]] = []
    for (name_at, start), end in zip(entries, ends, strict=True):
        name = _string(data, base + name_at)
        if _KEPT.fullmatch(name.partition("/")[2]):
            kept.append((name.encode() + b"\0", data[base + start : base + end]))
    names_at = 4 + 8 * len(kept)
    items_at = _rounded(names_at + sum(len(name) for name, _item in kept))
    table, names, items = bytearray(struct.pack("<I", len(kept))), bytearray(), bytearray()
    for name, item in kept:
        table += struct.pack("<II", names_at + len(names), items_at + len(items))
        names += name
        items += item.ljust(_rounded(len(item)), b"\0")
    return data[:base] + (bytes(table + names)).ljust(items_at, b"\0") + bytes(items)


def _rounded(size: int) -> int:
    return (size + 15) // 16 * 16


def without_characters_of(font: Path, others: Path) -> bytes:
    """Make a font anew without the characters that another one has.

    Args:
        font: the font to be made smaller.
        others: the font that is asked before it.
    """
    import uharfbuzz as hb

    face = hb.Face(hb.Blob.from_file_path(str(font)))
    asked_before = hb.Face(hb.Blob.from_file_path(str(others)))
    wanted = hb.SubsetInput()
    wanted.keep_everything()
    wanted.flags = hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.SET_OVERLAPS_FLAG
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).clear()
    wanted.unicode_set.clear()
    wanted.unicode_set.update(set(face.unicodes) - set(asked_before.unicodes))
    # Nothing here is written from top to bottom.
    for table in (b"vhea", b"vmtx"):
        wanted.drop_table_tag_set.add(int.from_bytes(table, "big"))
    return bytes(wanted.subset(face).blob.data)
