"""Rows that fill pages: the smallest pieces that a page break leaves whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from crm_desktop.reports.fonts import Weight
from crm_desktop.reports.text import Ink, Line, Style, line, wrap


def rgb(colour: str) -> str:
    """A colour such as `#4F46E5` as PDF writes it."""
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}" for i in (1, 3, 5))


INK = rgb("#0F172A")
BODY = rgb("#1E293B")
MUTED = rgb("#64748B")
HAIRLINE = rgb("#E2E8F0")
ACCENT = rgb("#4F46E5")
TINT = rgb("#E0E7FF")

NAME = Style(21, INK, 26, Weight.SEMIBOLD, kern=True)
LONG_NAME = Style(13, INK, 17, Weight.SEMIBOLD, kern=True)
SUBTITLE = Style(11, MUTED, 15)
HEADING = Style(10, INK, 14, Weight.SEMIBOLD)
LABEL = Style(8.5, MUTED, 13)
VALUE = Style(9.5, INK, 13.5)
LINK = Style(9.5, ACCENT, 13.5)
TEXT = Style(9.5, BODY, 14)
QUIET = Style(9.5, MUTED, 14)
STRONG = Style(9.5, INK, 14, Weight.SEMIBOLD)
SMALL = Style(7.5, MUTED, 10.5)
PILL = Style(8, INK, 11, Weight.SEMIBOLD)
# The base line of a line lies this part of its leading below the line's top.
_BASELINE = 0.74

Shape = tuple[str, float, float, float, float, str]
# ("box" | "rule" | "dot", x, distance below the row's top, width, height, colour)


@dataclass(slots=True)
class Row:
    """A strip across the page.

    Attributes:
        height: in points.
        texts: (x, base line below the top, line, style).
        shapes: what is painted beneath the texts.
        links: (x, distance below the top, width, height, address).
        keep: whether no page may end after this row.
        section: heading that is repeated where the page ends after this row and before
            another of the same section.
    """

    height: float
    texts: list[tuple[float, float, Line, Style]] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    links: list[tuple[float, float, float, float, str]] = field(default_factory=list)
    keep: bool = False
    section: str = ""

    def put(self, x: float, text: Line, style: Style, *, top: float = 0.0) -> None:
        """Place a line, its top `top` points below the row's."""
        self.texts.append((x, top + style.leading * _BASELINE, text, style))

    def put_right(self, right: float, text: Line, style: Style, *, top: float = 0.0) -> None:
        """Place a line that ends at `right`."""
        self.put(right - text.width, text, style, top=top)


def space(height: float) -> Row:
    """Empty room."""
    return Row(height)


def paragraph(text: str, style: Style, *, x: float, width: float, section: str = "") -> list[Row]:
    """A text as one row a line; right-to-left paragraphs stand at the right."""
    rows = []
    for part in wrap(text, style, width):
        row = Row(style.leading if part.width else style.leading * 0.5, section=section)
        if part.width:
            row.put(x + width - part.width if part.rtl else x, part, style)
        rows.append(row)
    return rows


def heading(text: str, width: float) -> list[Row]:
    """A section's title with a hairline beneath."""
    row = Row(HEADING.leading + 9, keep=True)
    row.put(0, line(text, HEADING), HEADING)
    row.shapes.append(("rule", 0, HEADING.leading + 3, width, 0.6, HAIRLINE))
    return [row]


def fact(
    label: str,
    values: Sequence[str],
    *,
    width: float,
    label_width: float,
    link: str = "",
) -> list[Row]:
    """A label and what it says, side by side.

    Args:
        label: what it is.
        values: texts that begin on a line of their own each.
        width: of both.
        label_width: of the label with the gap after it.
        link: address that a click opens.
    """
    style = LINK if link else VALUE
    lines = [part for text in values for part in wrap(text, style, width - label_width)]
    labels = wrap(label, LABEL, label_width - 8)
    rows = []
    for index in range(max(len(lines), len(labels))):
        row = Row(VALUE.leading)
        if index < len(labels):
            row.put(0, labels[index], LABEL, top=0.3)
        if index < len(lines):
            row.put(label_width, lines[index], style)
            if link:
                row.links.append((label_width, 0, lines[index].width, VALUE.leading, link))
        rows.append(row)
    rows[0].keep = len(rows) > 1
    rows[-1].height += 3
    return rows


def beside(columns: Sequence[tuple[float, list[Row]]], *, limit: float) -> list[Row]:
    """Columns as one row, or one below the other where they are higher than `limit`."""
    if max(sum(row.height for row in rows) for _x, rows in columns) > limit:
        return [row for _x, rows in columns for row in (*rows, space(8))]
    whole = Row(0)
    for x, rows in columns:
        top = 0.0
        for row in rows:
            whole.texts += [(x + tx, top + ty, text, style) for tx, ty, text, style in row.texts]
            whole.shapes += [(k, x + sx, top + sy, w, h, c) for k, sx, sy, w, h, c in row.shapes]
            whole.links += [(x + lx, top + ly, w, h, url) for lx, ly, w, h, url in row.links]
            top += row.height
        whole.height = max(whole.height, top)
    return [whole]


def pills(texts: Iterable[tuple[str, str, str]], *, x: float, width: float) -> list[Row]:
    """Rounded labels, as many a row as fit.

    Args:
        texts: (text, colour of the ground, colour of the text).
        x: where rows begin.
        width: of the rows.
    """
    rows: list[Row] = []
    at = width
    for text, ground, colour in texts:
        style = PILL._replace(colour=colour)
        lines = wrap(text, style, width - 16)
        needed = max(part.width for part in lines) + 16
        if at + needed > width:
            rows.append(Row(0))
            at = 0.0
        row = rows[-1]
        height = style.leading * len(lines) + 5
        row.height = max(row.height, height + 4)
        row.shapes.append(("box", x + at, 0, needed, height, ground))
        for index, part in enumerate(lines):
            row.put(x + at + 8, part, style, top=2.7 + index * style.leading)
        at += needed + 5
    return rows


def in_two(items: Iterable[list[Row]], *, width: float, gap: float) -> list[Row]:
    """Items in two columns, read along the rows."""
    waiting: list[Row] = []
    rows: list[Row] = []
    for item in items:
        if waiting:
            rows += beside([(0.0, waiting), ((width + gap) / 2, item)], limit=420)
            waiting = []
        else:
            waiting = item
    return rows + waiting


@dataclass(slots=True)
class PageContent:
    """What a page is drawn from: rows with the height of their tops above the page's foot."""

    rows: list[tuple[float, Row]] = field(default_factory=list)


def paginate(
    rows: Sequence[Row],
    *,
    first_top: float,
    top: float,
    bottom: float,
    again: Callable[[str], list[Row]],
) -> list[PageContent]:
    """Distribute rows to pages.

    Args:
        rows: in their order.
        first_top: where rows begin on the first page.
        top: where they begin on the others.
        bottom: where they end.
        again: rows that name a section once more at the top of a page.
    """
    pages = [PageContent()]
    y = first_top
    index = 0
    section = ""
    while index < len(rows):
        end = index
        while rows[end].keep and end + 1 < len(rows):
            end += 1
        group = rows[index : end + 1]
        needed = sum(row.height for row in group)
        if y - needed < bottom and pages[-1].rows:
            page = PageContent()
            pages.append(page)
            y = top
            if section and section == group[0].section:
                for row in again(section):
                    page.rows.append((y, row))
                    y -= row.height
            if not any(row.texts or row.shapes for row in group):
                index = end + 1  # a page does not begin with empty room
                continue
        for row in group:
            if y - row.height < bottom and pages[-1].rows:  # a group higher than a page
                pages.append(PageContent())
                y = top
            pages[-1].rows.append((y, row))
            y -= row.height
        section = group[-1].section
        index = end + 1
    return pages


def draw_rows(page: PageContent, x0: float, ink: Ink, shapes: list[str]) -> None:
    """Write a page's rows: texts into `ink`, shapes as operators into `shapes`."""
    for top, row in page.rows:
        for kind, x, below, width, height, colour in row.shapes:
            shapes.append(shape_operators(kind, x0 + x, top - below, width, height, colour))
        for x, below, text, style in row.texts:
            ink.draw(x0 + x, top - below, text, style)


def shape_operators(
    kind: str, x: float, top: float, width: float, height: float, colour: str
) -> str:
    """PDF operators that fill a shape whose upper left corner is given."""
    if kind == "rule":
        return f"{colour} rg {x:.2f} {top - height:.2f} {width:.2f} {height:.2f} re f"
    path = _rounded(round(width, 2), round(height, 2))
    return f"{colour} rg q 1 0 0 1 {x:.2f} {top - height:.2f} cm {path} f Q"


@lru_cache(maxsize=1024)
def _rounded(width: float, height: float) -> str:
    """Path of a box with round ends, or of a circle, at the origin."""
    radius = min(width, height) / 2
    k = radius * 0.4477  # control points of a quarter circle, from the corner
    r, w, u, v, wk, hk = radius, width, height - radius, width - radius, width - k, height - k
    return (
        f"{r:.2f} 0 m {v:.2f} 0 l {wk:.2f} 0 {w:.2f} {k:.2f} {w:.2f} {r:.2f} c {w:.2f} {u:.2f} l "
        f"{w:.2f} {hk:.2f} {wk:.2f} {height:.2f} {v:.2f} {height:.2f} c {r:.2f} {height:.2f} l "
        f"{k:.2f} {height:.2f} 0 {hk:.2f} 0 {u:.2f} c 0 {r:.2f} l "
        f"0 {k:.2f} {k:.2f} 0 {r:.2f} 0 c h"
    )
