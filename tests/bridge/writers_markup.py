"""Writers of letters (MHTML) and of the XML of Excel 2003."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Sequence
from typing import NamedTuple

NAMESPACES = (
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:html="http://www.w3.org/TR/REC-html40"'
)


class Letter(NamedTuple):
    """A part of a letter."""

    location: str
    text: str
    kind: str = "text/html"
    charset: str = "utf-8"
    packing: str = "quoted-printable"


def mhtml(
    parts: Sequence[Letter], *, boundary: str = "----=_NextPart_01C.4B", end: str = "\r\n"
) -> bytes:
    """A letter as Excel and browsers save it."""
    lines = [
        "MIME-Version: 1.0",
        "X-Document-Type: Workbook",
        f'Content-Type: multipart/related; boundary="{boundary}"',
        "",
        "This document is a Single File Web Page.",
        "",
    ]
    for part in parts:
        data = part.text.encode(part.charset or "utf-8")
        if part.packing == "base64":
            packed = base64.encodebytes(data).decode()
        elif part.packing == "quoted-printable":
            packed = quopri.encodestring(data).decode()
        else:
            packed = data.decode("latin-1")
        kind = f'{part.kind}; charset="{part.charset}"' if part.charset else part.kind
        lines += [
            f"--{boundary}",
            f"Content-Location: {part.location}",
            f"Content-Transfer-Encoding: {part.packing}",
            f"Content-Type: {kind}",
            "",
            packed.replace("\r\n", "\n").replace("\n", end),
        ]
    lines.append(f"--{boundary}--")
    return end.join(lines).encode("latin-1")


def workbook_frame(*names: str) -> str:
    """The first page of a workbook of several sheets."""
    sheets = "".join(
        f"<x:ExcelWorksheet><x:Name>{name}</x:Name><x:WorksheetSource "
        f'HRef="Livro_files/sheet{n:03}.htm"/></x:ExcelWorksheet>'
        for n, name in enumerate(names, start=1)
    )
    return (
        "<html><head><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets>"
        f"{sheets}</x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]--></head>"
        '<frameset rows="*,39"><frame src="Livro_files/sheet001.htm" name="frSheet">'
        '<frame src="Livro_files/tabstrip.htm" name="frTabs"><noframes><body><p>frames</p></body>'
        "</noframes></frameset></html>"
    )


def xml_workbook(*sheets: str, styles: str = "", encoding: str = "UTF-8", prefix: str = "") -> str:
    """A workbook of given worksheets."""
    return (
        f'{prefix}<?xml version="1.0" encoding="{encoding}"?>\r\n'
        f'<?mso-application progid="Excel.Sheet"?>\r\n<Workbook {NAMESPACES}>'
        f"<Styles>{styles}</Styles>{''.join(sheets)}</Workbook>"
    )


def xml_sheet(name: str, rows: str, after: str = "") -> str:
    return f'<Worksheet ss:Name="{name}"><Table>{rows}</Table>{after}</Worksheet>'


def text_row(*texts: str) -> str:
    cells = "".join(f'<Cell><Data ss:Type="String">{t}</Data></Cell>' for t in texts)
    return f"<Row>{cells}</Row>"
