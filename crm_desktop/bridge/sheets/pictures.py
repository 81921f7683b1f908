"""Which pictures of a sheet belong to which of its tables, and to no row at all."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.bridge.sheets.parts import Part
from crm_desktop.bridge.traits.model import Image


def images_of(part: Part, parts: Sequence[Part]) -> list[Image]:
    """The pictures of a table; those beside several tables belong to the one at their left.

    Args:
        part: the table; pictures of cards stand in the rows of their list.
        parts: all tables of the file.
    """
    beside = [other for other in parts if other.index == part.index and other.area is not None]
    if part.area is None or len(beside) == 1:
        return part.traits.images
    return [image for image in part.traits.images if _owner(image, beside) is part]


def _owner(image: Image, parts: Sequence[Part]) -> Part:
    row, column = image.cell

    def distance(part: Part) -> tuple[int, int]:
        area = part.area
        assert area is not None  # only those are asked
        below = max(area.top - row, row - area.bottom, 0)
        # A table that begins at the right of the picture comes after all that begin before it.
        return below, column - area.left if column >= area.left else 1 << 20

    return min(parts, key=distance)


def rows_with_pictures(part: Part, images: Sequence[Image]) -> tuple[int, int]:
    """How many of a table's rows have pictures, and how many pictures belong to no row."""
    shape, header = part.scan.outline, part.scan.header_row
    rows = {image.cell[0] for image in images}
    inside = {number for number in rows if number > header and shape.count(number)}
    return len(inside), sum(1 for image in images if image.cell[0] not in inside)
