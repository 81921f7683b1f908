"""Paint `resources/icons/app.svg` as app.png (256 px) and app.ico (16 to 256 px).

python tools/app_icon.py
"""

from __future__ import annotations

import io
import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def paint(renderer: QSvgRenderer, size: int) -> Image.Image:
    """The mark as a square picture of `size` pixels, transparent around it."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(io.BytesIO(buffer.data().data())).convert("RGBA")


def main() -> None:
    """Entrance."""
    app = QGuiApplication([])
    renderer = QSvgRenderer(str(ICONS / "app.svg"))
    pictures = [paint(renderer, size) for size in SIZES]
    pictures[-1].save(ICONS / "app.png", optimize=True)
    pictures[-1].save(ICONS / "app.ico", sizes=[(s, s) for s in SIZES], append_images=pictures[:-1])
    app.quit()


if __name__ == "__main__":
    main()
