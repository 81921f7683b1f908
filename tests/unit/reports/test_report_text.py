"""Lines in any script: order, wrapping, nothing lost."""

from __future__ import annotations

import unicodedata

import pytest
from bidi import get_display
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crm_desktop.reports.bidi import (
    bidi_levels,
    is_rtl,
    visual_runs,
    with_trailing_space_reset,
)
from crm_desktop.reports.fonts import INVISIBLE, Weight, fonts, missing_characters
from crm_desktop.reports.shaping import shape
from crm_desktop.reports.text import Line, Style, clean, line, measure, wrap

PLAIN = Style(10, "0 0 0", 14)
HEAVY = Style(10, "0 0 0", 14, Weight.SEMIBOLD)

SCRIPTS = [
    "João Conceição Nguyễn Ελένη Иванов",
    "王秀英 上海东方贸易有限公司，“你好”。",
    "田中さくら カタカナ",
    "김민준 한빛소프트",
    "محمد عبد الله (Dubai) 123",
    "שלום עולם, 3.5%",
    "สวัสดีครับ น้ำ",
    "नमस्ते हिन्दी किताब",
    "e\u0301 a\u0323\u0302 q\u0303",
]


def text_of(part: Line) -> str:
    return "".join(
        run if isinstance(run, str) else "".join(g.text or g.opens for g in run)
        for _face, run in part.runs
    )


def letters(text: str) -> list[str]:
    return sorted(c for c in text if not c.isspace() and not INVISIBLE.match(c))


@pytest.mark.parametrize("style", [PLAIN, HEAVY])
@pytest.mark.parametrize("text", SCRIPTS)
def test_every_script_has_its_glyphs(text: str, style: Style) -> None:
    assert missing_characters([text]) == ""
    for face, run in line(text, style).runs:
        numbers = [face.glyph(c) for c in run] if isinstance(run, str) else [g.number for g in run]
        assert 0 not in numbers
        assert face.tofu not in numbers or not face.tofu


def test_missing_characters_are_named_once_and_in_order() -> None:
    assert missing_characters(["Ana 😀", "😀 👍🏽 \u200d\ufe0f", "\x07\u200b"]) == "🏽👍😀"
    assert missing_characters([]) == ""


def test_a_missing_character_takes_visible_room_and_stays_findable() -> None:
    (run,) = line("😀", PLAIN).runs
    face, text = run
    assert text == "😀"
    assert face.glyph("😀") == face.glyph("□") != 0
    assert measure("a😀b", PLAIN) > measure("ab", PLAIN) + 4


def test_shared_quotes_are_wide_between_ideographs_only() -> None:
    family = fonts(Weight.REGULAR)
    assert [(f.name, t) for f, t in family.runs("“hello” “你好”")] == [
        ("Inter-Regular", "“hello” "),
        ("NotoSansSC-Regular", "“你好”"),
    ]


def test_arabic_letters_join() -> None:
    family = fonts(Weight.REGULAR)
    arabic = family.face("م")
    assert arabic is not None
    joined = [g.number for g in shape("محمد", arabic, rtl=True)]
    alone = [g.number for c in "دمحم" for g in shape(c, arabic, rtl=True)]
    assert len(joined) == len(alone)
    assert joined != alone


def test_a_paragraph_reads_as_its_first_strong_character() -> None:
    assert is_rtl("123 (שלום) abc")
    assert not is_rtl("abc שלום")
    assert line("محمد Smith", PLAIN).rtl
    assert not line("Smith محمد", PLAIN).rtl


@settings(max_examples=300)
@given(st.text("אבגדاحمabcXY 0123.,-()[]+/%", max_size=20), st.booleans())
def test_order_is_that_of_the_reference_algorithm(text: str, rtl: bool) -> None:
    levels = with_trailing_space_reset(text, bidi_levels(text, rtl=rtl), int(rtl))
    shown = "".join(
        text[a:b][::-1] if level & 1 else text[a:b] for a, b, level in visual_runs(levels)
    )
    assert shown == get_display(text, base_dir="R" if rtl else "L")


@settings(max_examples=300)
@given(st.text(max_size=60), st.sampled_from([30.0, 120.0, 400.0]))
def test_wrapping_drops_nothing(text: str, width: float) -> None:
    lines = wrap(text, PLAIN, width)
    assert letters("".join(map(text_of, lines))) == letters(clean(text))


@example(" @@@@@@")
@settings(max_examples=200)
@given(st.text("abc déf-@. 王秀英，。“”김", max_size=80))
def test_lines_keep_within_their_width(text: str) -> None:
    assert all(part.width <= 60 + 1e-6 for part in wrap(text, PLAIN, 60))


@settings(max_examples=100)
@given(st.text("مشضتلا (12) abกำเนื่คि", max_size=60))
@example("1111 ืืت1ش2شش")
def test_shaped_lines_keep_within_their_width(text: str) -> None:
    assert all(part.width <= 80 + 1e-6 for part in wrap(text, PLAIN, 80))


def test_words_stay_whole_and_long_ones_break_after_a_sign() -> None:
    lines = [
        text_of(p) for p in wrap("Anna wrote to anna.maria.smith@department.example", PLAIN, 90)
    ]
    assert lines[0] == "Anna wrote to"
    assert "".join(lines[1:]) == "anna.maria.smith@department.example"
    assert lines[1] == "anna.maria."


def test_chinese_breaks_anywhere_but_before_closing_signs() -> None:
    text = "客户希望延长付款期限，并要求在周五前提供报价。（附件）"
    for width in range(20, 160, 5):
        lines = [text_of(part) for part in wrap(text, PLAIN, width)]
        assert "".join(lines) == text
        assert not any(part[0] in "，。）" for part in lines)
        assert not any(part[-1] == "（" for part in lines)


def test_line_ends_and_blank_lines_are_kept() -> None:
    assert [text_of(p) for p in wrap("a\r\nb\n\nc\vd", PLAIN, 100)] == ["a", "b", "", "c", "d"]


def test_control_characters_and_halves_of_characters_do_no_harm() -> None:
    assert clean("a\x00b\u200bc\td\u2028e\ud800") == "abc    d\ne\N{REPLACEMENT CHARACTER}"
    assert clean("e\u0301") == unicodedata.normalize("NFC", "e\u0301")
