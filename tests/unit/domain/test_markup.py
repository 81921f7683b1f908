"""Notes keep every character, whatever their marks mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain import markup
from crm_desktop.domain.markup import Kind, Line, Span


@given(st.text(alphabet="ab1*-. []()\nhttps:/é中", max_size=60))
def test_reading_and_writing_changes_nothing(text: str) -> None:
    assert markup.write(markup.read(text)) == text


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("**a** b", [Span("a", bold=True), Span(" b")]),
        ("a *b*", [Span("a "), Span("b", italic=True)]),
        (
            "**a *b* c**",
            [Span("a ", bold=True), Span("b", bold=True, italic=True), Span(" c", bold=True)],
        ),
        ("[Qt](https://qt.io)", [Span("Qt", link="https://qt.io")]),
        (
            "**[Qt](https://qt.io) now**",
            [Span("Qt", True, False, "https://qt.io"), Span(" now", bold=True)],
        ),
        ("2*3*4", [Span("2*3*4")]),
        ("a * b * c", [Span("a * b * c")]),
        ("*open", [Span("*open")]),
        ("[x](javascript:alert)", [Span("[x](javascript:alert)")]),
        ("[x](file:///etc/passwd)", [Span("[x](file:///etc/passwd)")]),
    ],
)
def test_runs(text: str, spans: list[Span]) -> None:
    assert list(markup.read(text)[0].spans) == spans


def test_lists() -> None:
    kinds = [line.kind for line in markup.read("- a\n1. b\n2. c\n4. d\nplain\n1. e")]
    assert kinds == [Kind.BULLET, Kind.NUMBER, Kind.NUMBER, Kind.TEXT, Kind.TEXT, Kind.NUMBER]


def test_blanks_at_the_edge_of_bold_words_stay_outside() -> None:
    line = Line(Kind.TEXT, [Span("a"), Span(" b ", bold=True), Span("c")])
    assert markup.write([line]) == "a **b** c"


@given(
    st.lists(
        st.builds(
            Span,
            st.sampled_from(["word", "two words", " ", "词", "x "]),
            st.booleans(),
            st.booleans(),
            st.just(""),
        ),
        max_size=6,
    )
)
def test_what_was_formatted_reads_with_the_same_words(spans: list[Span]) -> None:
    line = Line(Kind.TEXT, spans)
    words = markup.read(markup.write([line]))[0].text
    assert words.replace("*", "") == line.text


def test_plain_text_for_paper() -> None:
    text = "- **VIP**\n- see [site](https://x.pt)\n1. one"
    assert markup.plain(text) == "• VIP\n• see site (https://x.pt)\n1. one"
