"""Basic formatting of notes and articles: a few marks of Markdown, kept as plain text.

A line is a paragraph, an item of a list (`- ` or `1. `) or empty; inside it stand `**bold**`,
`*italic*` and `[words](link)`. Lines are never joined, and nothing is escaped: a text that means
nothing of this stays as it is, character by character. `write(read(text)) == text` always.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple


class Kind(StrEnum):
    """What a line is."""

    TEXT = "text"
    BULLET = "bullet"
    NUMBER = "number"


class Span(NamedTuple):
    """A run of a line in one format; `link` is where it leads, "" for nowhere."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


class Line(NamedTuple):
    """A line with its runs."""

    kind: Kind
    spans: Sequence[Span]

    @property
    def text(self) -> str:
        """Its words without any mark."""
        return "".join(span.text for span in self.spans)


SAFE_LINKS = ("http://", "https://", "mailto:", "tel:")
"""Where a link may lead; any other is no link but text."""

_BULLET = re.compile(r"- (?=\S)")
_NUMBER = re.compile(r"(\d{1,4})\. (?=\S)")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\(([^()\s]+)\)")
_MARK = re.compile(r"\*{1,3}")


def read(text: str) -> list[Line]:
    """The lines of a text."""
    lines = []
    expected = 1
    for raw in text.split("\n"):
        kind, body = Kind.TEXT, raw
        if found := _BULLET.match(raw):
            kind, body = Kind.BULLET, raw[found.end() :]
        elif (found := _NUMBER.match(raw)) and found[1] == str(expected):
            kind, body = Kind.NUMBER, raw[found.end() :]
        expected = expected + 1 if kind is Kind.NUMBER else 1
        lines.append(Line(kind, _spans(body)))
    return lines


def write(lines: Iterable[Line]) -> str:
    """The text that lines stand for."""
    written = []
    number = 0
    for line in lines:
        number = number + 1 if line.kind is Kind.NUMBER else 0
        head = {Kind.BULLET: "- ", Kind.NUMBER: f"{number}. "}.get(line.kind, "")
        written.append(head + _written(line.spans))
    return "\n".join(written)


def plain(text: str) -> str:
    """A text without its marks, for where nothing can be formatted: paper, lists, the search."""
    lines = []
    number = 0
    for line in read(text):
        number = number + 1 if line.kind is Kind.NUMBER else 0
        head = {Kind.BULLET: "• ", Kind.NUMBER: f"{number}. "}.get(line.kind, "")
        words = "".join(
            f"{span.text} ({span.link})" if span.link and span.link != span.text else span.text
            for span in line.spans
        )
        lines.append(head + words)
    return "\n".join(lines)


def _spans(body: str) -> Sequence[Span]:
    """The runs of a line; one plain run where its marks do not come out even."""
    spans = _merged(_parsed(body))
    return spans if _written(spans) == body else [Span(body)]


def _parsed(body: str) -> Iterable[Span]:
    start = 0
    bold = italic = False
    for piece_start, piece_end, link in _links(body):
        yield from _starred(body[start:piece_start], _State(bold, italic))
        bold, italic = _after(body[start:piece_start], bold=bold, italic=italic)
        yield Span(body[piece_start + 1 : piece_start + 1 + link[0]], bold, italic, link[1])
        start = piece_end
    yield from _starred(body[start:], _State(bold, italic))


class _State(NamedTuple):
    bold: bool
    italic: bool


def _links(body: str) -> Iterable[tuple[int, int, tuple[int, str]]]:
    for found in _LINK.finditer(body):
        if found[2].lower().startswith(SAFE_LINKS):
            yield found.start(), found.end(), (len(found[1]), found[2])


def _marks(text: str) -> Iterable[re.Match[str]]:
    """The stars that begin or end something: those beside a word, not between figures."""
    for found in _MARK.finditer(text):
        before = text[found.start() - 1] if found.start() else ""
        after = text[found.end()] if found.end() < len(text) else ""
        if before.isdigit() and after.isdigit():
            continue
        if before in ("", " ") and after in ("", " ") and (before or after):
            continue
        yield found


def _after(text: str, *, bold: bool, italic: bool) -> tuple[bool, bool]:
    for found in _marks(text):
        bold, italic = bold ^ (len(found[0]) > 1), italic ^ (len(found[0]) != 2)
    return bold, italic


def _starred(text: str, state: _State) -> Iterable[Span]:
    start, (bold, italic) = 0, state
    for found in _marks(text):
        yield Span(text[start : found.start()], bold, italic)
        bold, italic = bold ^ (len(found[0]) > 1), italic ^ (len(found[0]) != 2)
        start = found.end()
    yield Span(text[start:], bold, italic)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1][1:] == span[1:]:
            merged[-1] = merged[-1]._replace(text=merged[-1].text + span.text)
        elif span.text:
            merged.append(span)
    return merged


def _written(spans: Sequence[Span]) -> str:
    """Runs with stars wherever the format turns; blanks at the edge of a run stay outside."""
    parts = []
    runs = [Span(""), *_tidy(spans), Span("")]
    for before, span in pairwise(runs):
        turns = 2 * (before.bold != span.bold) + (before.italic != span.italic)
        parts.append("*" * turns)
        parts.append(f"[{span.text}]({span.link})" if span.link else span.text)
    return "".join(parts)


def _tidy(spans: Sequence[Span]) -> list[Span]:
    """Blanks at the edge of a run are bold or italic only where both their neighbours are."""
    pieces: list[Span] = []
    for span in spans:
        if span.link:
            pieces.append(span)
            continue
        bare = span.text.strip(" ")
        lead = len(span.text) - len(span.text.lstrip(" ")) if bare else 0
        end = lead + len(bare)
        cut = (span.text[:lead], span.text[lead:end], span.text[end:])
        pieces.extend(span._replace(text=text) for text in cut if text)
    nothing = Span("")
    tidy = []
    for place, span in enumerate(pieces):
        if span.text.isspace() and not span.link:
            before = next((p for p in reversed(pieces[:place]) if p.text.strip()), nothing)
            after = next((p for p in pieces[place + 1 :] if p.text.strip()), nothing)
            span = Span(span.text, before.bold and after.bold, before.italic and after.italic)
        tidy.append(span)
    return _merged(tidy)
