"""The smaller parts that the bundle takes: what is left of them does what the whole did."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "resources" / "fonts"
KOREAN, CHINESE = FONTS / "NotoSansKR-Regular.ttf", FONTS / "NotoSansSC-Regular.ttf"

# Puts words in order and names a time zone, after loading the library it is given, if any.
ASK_QT = """
import ctypes, functools, sys
from pathlib import Path
for library in sys.argv[1:]:
    ctypes.CDLL(library, ctypes.RTLD_GLOBAL)
from PySide6.QtCore import QCollator, QLocale, QTimeZone
words = (
    "上海 北京 张 李 王 漢字 Évora Evora evora Zé zé Ångström ñu nu thé ch cz "
    "김민수 さくら カ عمان f10 f9"
).split()
for name in "C en_US pt_PT pt_BR zh_CN zh_TW es_ES cs_CZ sv_SE ko_KR ja_JP ar_EG".split():
    collator = QCollator(QLocale(name))
    collator.setNumericMode(True)
    print(ascii((name, sorted(words, key=functools.cmp_to_key(collator.compare)))))
lisbon = QTimeZone(b"Europe/Lisbon")
for name in ("en_US", "pt_PT", "zh_CN"):
    print(ascii(lisbon.displayName(QTimeZone.DaylightTime, QTimeZone.LongName, QLocale(name))))
    print(ascii((QLocale(name).toUpper("straße ção"), QLocale(name).toLower("ÇÃO"))))
loaded = {line.split()[-1] for line in open("/proc/self/maps") if "libicudata" in line}
assert len(loaded) == 1, loaded
assert len(sys.argv) == 1 or Path(sys.argv[1]).samefile(loaded.pop()), loaded
"""


@pytest.fixture(scope="module")
def slim() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "installer"))
        import slim

    return slim


@pytest.fixture(scope="module")
def icu() -> Path:
    import PySide6

    found = sorted((Path(PySide6.__file__).parent / "Qt" / "lib").glob("libicudata.so.*"))
    if not found:
        pytest.skip("this system's Qt brings no ICU")
    return found[0]


def ask_qt(*arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", ASK_QT, *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    ).stdout


def test_words_are_put_in_the_same_order_by_a_sixth_of_icu(
    slim: ModuleType, icu: Path, tmp_path: Path
) -> None:
    whole = icu.read_bytes()
    part = slim.without_unused_icu(whole)
    assert len(part) < len(whole) / 6
    target = tmp_path / icu.name
    target.write_bytes(part)
    assert ask_qt(str(target)) == ask_qt()


def test_a_library_of_another_build_is_refused(slim: ModuleType, icu: Path) -> None:
    whole = icu.read_bytes()
    with pytest.raises(ValueError, match="ELF"):
        slim.without_unused_icu(b"MZ" + whole[2:])
    with pytest.raises(ValueError, match="no ICU data"):
        slim.without_unused_icu(whole.replace(b"CmnD", b"DnmC", 1))


def test_a_library_tells_what_it_is_linked_to(slim: ModuleType, icu: Path) -> None:
    (core,) = icu.parent.glob("libQt6Core.so.*")
    linked = slim.linked_libraries(core.read_bytes())
    assert icu.name in linked
    assert "libc.so.6" in linked
    # libgthread's own; it is not Core's affair
    assert "libpcre2-8.so.0" not in linked


def test_no_character_is_lost_with_the_korean_font_s_chinese(slim: ModuleType) -> None:
    import uharfbuzz as hb

    def font(content: bytes) -> tuple[set[int], hb.Font]:
        face = hb.Face(content)
        return set(face.unicodes), hb.Font(face)

    def widths(font: hb.Font, text: str) -> list[int]:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(font, buffer)
        return [place.x_advance for place in buffer.glyph_positions]

    small = slim.without_characters_of(KOREAN, CHINESE)
    assert len(small) < KOREAN.stat().st_size / 2
    chinese, _font = font(CHINESE.read_bytes())
    before, whole = font(KOREAN.read_bytes())
    after, part = font(small)
    assert after == before - chinese
    assert after | chinese == before | chinese
    # Syllables, and old ones that are put together of their letters.
    for text in ("한국어김민수주식회사", "\u1112\u119e\u11ab\u1100\u1173\u11af"):
        assert widths(part, text) == widths(whole, text)
