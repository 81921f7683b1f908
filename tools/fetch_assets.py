"""Take the fonts and icons that the program ships out of their npm packages.

    python tools/fetch_assets.py                 fetches the packages with `npm pack`
    python tools/fetch_assets.py --from FOLDER   takes them unpacked: FOLDER/<package>/package

The fonts are the glyf TrueType builds of Google Fonts (reportlab reads no CFF outlines), whole:
a subset would draw boxes for somebody's name. The icons are Lucide's, with a lighter stroke.
Both keep their licence beside them. The result is committed; run this only to move to newer ones.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "resources" / "fonts"
ICONS = ROOT / "resources" / "icons"
STROKE_WIDTH = "1.75"

WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
# npm package, version, family as its files spell it, weights
FAMILIES = [
    ("inter", "0.4.2", "Inter", (400, 500, 600, 700)),
    ("noto-sans-sc", "0.4.3", "NotoSansSC", (400, 600)),
    ("noto-sans-kr", "0.4.3", "NotoSansKR", (400,)),
    ("noto-sans-arabic", "0.4.3", "NotoSansArabic", (400, 600)),
    ("noto-sans-hebrew", "0.4.1", "NotoSansHebrew", (400, 600)),
    ("noto-sans-thai", "0.4.2", "NotoSansThai", (400,)),
    ("noto-sans-devanagari", "0.4.1", "NotoSansDevanagari", (400,)),
]
LUCIDE = "1.62.0"
ICON_NAMES = """
activity archive archive-restore arrow-down arrow-left arrow-right arrow-up arrow-up-down ban bell
book-open briefcase building-2 cake calendar chart-column check chevron-down chevron-left
chevron-right chevron-up chevrons-up-down circle circle-alert circle-check circle-dot circle-stop
circle-x clipboard clipboard-paste clock columns-3 command contact copy database download
ellipsis ellipsis-vertical external-link eye eye-off file-check file-down file-plus
file-spreadsheet file-text file-up file-x folder folder-open funnel globe grip-vertical handshake
hard-drive hash heart history house id-card image import inbox info keyboard languages layers
layout-dashboard link list list-checks loader loader-circle lock log-out mail map-pin maximize
merge message-circle minus monitor moon mouse-pointer-click panel-left panel-right paperclip
pencil phone plus printer redo-2 refresh-cw rotate-ccw save search search-x settings settings-2
shield-check skip-forward sliders-horizontal sparkles square square-check square-pen star
sticky-note sun table table-2 tag trash-2 triangle-alert type undo-2 upload user user-check
user-plus user-x users wand-sparkles x zoom-in zoom-out circle-question-mark
""".split()


def package(name: str, version: str, unpacked: Path | None, scratch: Path) -> Path:
    """Folder of an unpacked npm package.

    Args:
        name: npm's name of it.
        version: exact version.
        unpacked: folder that holds packages already, or None to fetch.
        scratch: where to unpack.
    """
    flat = name.removeprefix("@").replace("/", "-")
    if unpacked is not None:
        return unpacked / f"{flat}-{version}" / "package"
    subprocess.run(
        ["npm", "pack", "--silent", f"{name}@{version}"], cwd=scratch, check=True, timeout=600
    )
    target = scratch / flat
    with tarfile.open(scratch / f"{flat}-{version}.tgz") as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def take_fonts(unpacked: Path | None, scratch: Path) -> None:
    """Copy each family's weights and licence into `resources/fonts`."""
    FONTS.mkdir(parents=True, exist_ok=True)
    for slug, version, family, weights in FAMILIES:
        folder = package(f"@expo-google-fonts/{slug}", version, unpacked, scratch)
        licence = (folder / "LICENSE_FONT").read_text(encoding="utf-8")
        if "SIL OPEN FONT LICENSE Version 1.1" not in licence:
            raise SystemExit(f"{family}: not under the Open Font License 1.1")
        (FONTS / f"LICENSE-{family}.txt").write_text(licence, encoding="utf-8")
        for weight in weights:
            style = f"{weight}{WEIGHTS[weight]}"
            shutil.copyfile(
                folder / style / f"{family}_{style}.ttf",
                FONTS / f"{family}-{WEIGHTS[weight]}.ttf",
            )


def take_icons(unpacked: Path | None, scratch: Path) -> None:
    """Write the chosen icons, one line each, into `resources/icons`."""
    ICONS.mkdir(parents=True, exist_ok=True)
    folder = package("lucide-static", LUCIDE, unpacked, scratch)
    shutil.copyfile(folder / "LICENSE", ICONS / "LICENSE")
    for name in ICON_NAMES:
        source = folder / "icons" / f"{name}.svg"
        if not source.is_file():
            raise SystemExit(f"Lucide {LUCIDE} has no icon {name!r}")
        shapes = re.search(r"<svg[^>]*>(.*)</svg>", source.read_text(encoding="utf-8"), re.DOTALL)
        if shapes is None:
            raise SystemExit(f"{source}: not an SVG we know")
        body = "".join(line.strip() for line in shapes.group(1).splitlines())
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" '
            f'fill="none" stroke="currentColor" stroke-width="{STROKE_WIDTH}" '
            f'stroke-linecap="round" stroke-linejoin="round">{body}</svg>\n'
        )
        (ICONS / f"{name}.svg").write_text(svg, encoding="utf-8")


def main() -> None:
    """Entrance."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="unpacked", type=Path, help="folder of unpacked packages")
    unpacked: Path | None = parser.parse_args().unpacked
    with tempfile.TemporaryDirectory() as scratch:
        take_fonts(unpacked, Path(scratch))
        take_icons(unpacked, Path(scratch))


if __name__ == "__main__":
    main()
