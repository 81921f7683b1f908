"""What stands in parts of their own beside a worksheet: notes, comments, tables, pictures.

Sources: ECMA-376 part 1, 18.7 (comments), 18.5 (tables), 20.5 (drawings); [MS-XLSX] 2.6.201
(threaded comments), 2.6.205 (persons), [MS-XLSX] 2.3.6 (pictures in cells, as rich values).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from crm_desktop.bridge.files.ooxml import Element, Package, UnreadableError
from crm_desktop.bridge.traits.marks import area_of, cell_of
from crm_desktop.bridge.traits.model import Cell, Comment, DefinedTable, Image
from crm_desktop.bridge.traits.pictures import own_name

_FRACTION = re.compile(r"(T\d\d:\d\d:\d\d)\.\d+")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_comments(package: Package, part: str) -> dict[Cell, Comment]:
    """Notes on cells, and threads of comments with their times.

    Beside a thread Excel writes a note that says so, for older versions; the thread replaces it.

    Raises:
        UnreadableError: a part makes no sense.
    """
    found: dict[Cell, Comment] = {}
    for comments in package.related(part, "comments"):
        root = package.tree(comments)
        authors = [_plain(a.text or "").strip() for a in root.findall("authors/author")]
        for element in root.iter("comment"):
            cell = cell_of(element.get("ref", ""))
            number = element.get("authorId", "")
            author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
            text = _without_name(_run_text(element.find("text")), author)
            if cell is not None and text:
                found[cell] = Comment(text, "" if author.startswith("tc={") else author)
    for threads in package.related(part, "threadedComment"):
        found.update(_threads(package, threads))
    return found


def _threads(package: Package, part: str) -> dict[Cell, Comment]:
    persons: dict[str, str] = {}
    for people in package.related(package.workbook, "person"):
        for person in package.tree(people).iter("person"):
            persons[person.get("id", "").lower()] = person.get("displayName", "")
    found: dict[Cell, Comment] = {}
    for element in package.tree(part).iter("threadedComment"):
        cell = cell_of(element.get("ref", ""))
        text = (element.findtext("text") or "").strip()
        if cell is None or not text:
            continue
        author = persons.get(element.get("personId", "").lower(), "")
        if cell in found:
            first = found[cell]
            reply = f"{author}: {text}" if author else text
            found[cell] = first._replace(text=f"{first.text}\n{reply}")
        else:
            found[cell] = Comment(text, author, iso_time(element.get("dT", "")))
    return found


def iso_time(text: str) -> str:
    """A time without the fractions of its seconds."""
    return _FRACTION.sub(r"\1", text.strip())


def _without_name(text: str, author: str) -> str:
    """Excel begins a note with its author's name in bold; that is told apart from the text."""
    head, colon, rest = text.partition(":")
    if colon and author and head.strip() == author and rest[:1] in ("\n", "\r", ""):
        return rest.strip()
    return text


def _run_text(text: Element | None) -> str:
    """The text of runs, without the readings that Asian texts have above them."""
    if text is None:
        return ""
    pieces = [e.text or "" for e in text.findall("t")]
    pieces += [e.text or "" for e in text.findall("r/t")]
    return _plain("".join(pieces)).replace("\r\n", "\n").replace("\r", "\n").strip()


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m.group(1), 16)), text) if "_x" in text else text


def read_tables(package: Package, part: str) -> list[DefinedTable]:
    """The tables that the sheet declares, from the top down.

    Raises:
        UnreadableError: a part makes no sense.
    """
    found = []
    for table in package.related(part, "table"):
        root = package.tree(table)
        area = area_of(root.get("ref", ""))
        if area is not None:
            name = root.get("displayName", "") or root.get("name", "")
            headers, totals = root.get("headerRowCount", "1"), root.get("totalsRowCount", "0")
            found.append(
                DefinedTable(
                    name,
                    area,
                    int(headers) if headers.isdigit() else 1,
                    int(totals) if totals.isdigit() else 0,
                )
            )
    return sorted(found, key=lambda table: table.area)


def read_images(package: Package, part: str) -> list[Image]:
    """The pictures that are anchored in a cell.

    Raises:
        UnreadableError: a part makes no sense.
    """
    found = []
    for drawing in package.related(part, "drawing"):
        relations = package.relations(drawing)
        for anchor in package.tree(drawing):
            row, column = anchor.findtext("from/row", ""), anchor.findtext("from/col", "")
            if not (row.strip().isdigit() and column.strip().isdigit()):
                continue
            cell = (int(row) + 1, int(column))
            for blip, name in _blips(anchor, ""):
                relation = relations.get(blip.get("embed", ""))
                if relation is not None and package.has(relation.target):
                    media = package.media_type(relation.target)
                    found.append(Image(cell, relation.target, media, name))
    return found


def _blips(element: Element, name: str) -> Iterator[tuple[Element, str]]:
    """The pictures below an element, each with the name of the drawing that it is in."""
    for child in element:
        own = child.find("./*/cNvPr")
        if own is not None:
            told = own_name(own.get("title", ""), own.get("descr", ""), own.get("name", ""))
            yield from _blips(child, told or name)
        elif child.tag == "blip":
            yield child, name
        else:
            yield from _blips(child, name)


def read_cell_pictures(package: Package, pictures: dict[Cell, int]) -> list[Image]:
    """The pictures that are put in cells in place of a value.

    Args:
        package: the workbook.
        pictures: the numbers of the cells' value metadata, from 1.

    Raises:
        UnreadableError: a part makes no sense.
    """
    folder = posixpath.dirname(package.workbook)
    metadata = package.tree(f"{folder}/metadata.xml")
    values = package.tree(f"{folder}/richData/rdrichvalue.xml")
    relations = package.relations(f"{folder}/richData/richValueRel.xml")
    order = [e.get("id", "") for e in package.tree(f"{folder}/richData/richValueRel.xml")]
    blocks = [bk.find("rc") for bk in metadata.findall("valueMetadata/bk")]
    rich = [bk.find(".//rvb") for f in metadata.findall("futureMetadata") for bk in f.findall("bk")]
    texts = [rv.findtext("v", "") for rv in values.iter("rv")]
    found = []
    try:
        for cell, number in pictures.items():
            block = blocks[number - 1]
            future = rich[int(block.get("v", ""))] if block is not None else None
            if future is None:
                continue
            relation = relations[order[int(texts[int(future.get("i", ""))])]]
            if package.has(relation.target):
                media = package.media_type(relation.target)
                found.append(Image(cell, relation.target, media))
    except (ValueError, IndexError, KeyError) as error:  # numbers of the file that lead nowhere
        raise UnreadableError("rich values") from error
    return found
