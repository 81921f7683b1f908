"""Lines with their marks (`domain/markup.py`) as they stand in a text document, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextList,
    QTextListFormat,
)

from crm_desktop.domain import markup
from crm_desktop.domain.markup import Kind, Line, Span
from crm_desktop.ui.theme import colours

_STYLES = {
    Kind.BULLET: QTextListFormat.Style.ListDisc,
    Kind.NUMBER: QTextListFormat.Style.ListDecimal,
}
_LINE_BREAK, _OBJECT = "\u2028", "\ufffc"


def as_link(text: str) -> str:
    """A link as somebody types it, made whole; "" for what is none that may be followed."""
    bare = text.strip()
    if not bare or any(char.isspace() or char in "()" for char in bare):
        return ""
    if bare.lower().startswith(markup.SAFE_LINKS):
        return bare
    if "@" in bare and ":" not in bare and "/" not in bare:
        return f"mailto:{bare}"
    return f"https://{bare}" if "." in bare and ":" not in bare else ""


def clean(text: str) -> str:
    """Words without what stands for pictures, and with one kind of line end."""
    return text.replace(_OBJECT, "").replace(_LINE_BREAK, "\n").replace("\xa0", " ")


def insert(cursor: QTextCursor, lines: Sequence[Line]) -> None:
    """Write lines at a cursor, the first into the line that it stands in."""
    made = None
    before = Kind.TEXT
    cursor.beginEditBlock()
    for place, line in enumerate(lines):
        if place:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
            leave_list(cursor.block())
        if line.kind is not Kind.TEXT:
            if made is None or line.kind is not before:
                made = cursor.createList(list_format(line.kind))
            else:
                made.add(cursor.block())
        before = line.kind
        for span in line.spans:
            cursor.insertText(span.text, char_format(span))
    cursor.endEditBlock()


def char_format(span: Span) -> QTextCharFormat:
    """How a run looks."""
    made = QTextCharFormat()
    if span.bold:
        made.setFontWeight(QFont.Weight.DemiBold)
    if span.italic:
        made.setFontItalic(True)
    if span.link:
        made.setAnchor(True)
        made.setAnchorHref(span.link)
        made.setForeground(QColor(colours().accent))
        made.setToolTip("")
    return made


def list_format(kind: Kind) -> QTextListFormat:
    """How a list looks."""
    made = QTextListFormat()
    made.setStyle(_STYLES[kind])
    made.setIndent(1)
    return made


def list_of(block: QTextBlock) -> QTextList | None:
    """The list whose item a line is, None for none."""
    return block.textList()


def leave_list(block: QTextBlock) -> None:
    """Make a line no item of a list."""
    listed = list_of(block)
    if listed is not None:
        listed.remove(block)
        at = QTextCursor(block)
        shape = at.blockFormat()
        shape.setIndent(0)
        at.setBlockFormat(shape)


def kind_of(block: QTextBlock) -> Kind:
    """What a line is."""
    listed = list_of(block)
    if listed is None:
        return Kind.TEXT
    style = listed.format().style()
    return Kind.NUMBER if style == QTextListFormat.Style.ListDecimal else Kind.BULLET


def lines_of(document: QTextDocument) -> Iterator[Line]:
    """What stands in a document; a soft break ends a line too."""
    block = document.begin()
    while block.isValid():
        kind, spans = kind_of(block), list(_spans(block))
        for place, part in enumerate(_broken(spans)):
            yield Line(kind if not place else Kind.TEXT, part)
        block = block.next()


def _broken(spans: Iterable[Span]) -> list[list[Span]]:
    parts: list[list[Span]] = [[]]
    for span in spans:
        first, *others = span.text.split(_LINE_BREAK)
        parts[-1].append(span._replace(text=first))
        parts += [[span._replace(text=text)] for text in others]
    return parts


def _spans(block: QTextBlock) -> Iterator[Span]:
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        shape = piece.charFormat()
        bold = shape.fontWeight() > QFont.Weight.Medium
        text = piece.text().replace(_OBJECT, "")
        yield Span(text, bold, shape.fontItalic(), shape.anchorHref())
        pieces += 1


def select_link(cursor: QTextCursor) -> None:
    """Choose all words of the link that a cursor stands in."""
    block, at = cursor.block(), cursor.positionInBlock()
    start = 0
    for span in _spans(block):
        end = start + len(span.text)
        if span.link and start <= at <= end:
            cursor.setPosition(block.position() + start)
            cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
            return
        start = end


def unlink(cursor: QTextCursor) -> None:
    """Take the links out of the chosen words."""
    if cursor.hasSelection():
        words = cursor.selectedText().replace("\u2029", "\n")
        cursor.insertText(words, QTextCharFormat())
