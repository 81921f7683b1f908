"""What Pillow raises at bytes of the user's that are damaged, cut off or too large."""

from __future__ import annotations

import struct

from PIL import Image, UnidentifiedImageError

PICTURE_FAILURES = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    struct.error,
)
