"""What a reading process does while it waits for a file: all that is done once only.

Importing the readers, compiling patterns and taking in the numbering plans of telephones take
the time that a small file should be seen in; a made-up table goes their way once.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

from crm_desktop.bridge.files.formats import Format, Source
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS

# Every way of telling what a column holds is gone once.
_TABLE = (
    ("Nome", "Telefone", "E-mail", "Nascimento", "Cidade", "Morada", "Preço", "Notas"),
    ("Ana Silva", "+351 912 345 678", "ana@example.org", "3/4/1998", "Lisboa", "Rua A 1", "1,50"),
    (
        "王秀英",
        "+86 138 0013 8000",
        "b@example.org",
        "1990-05-06",
        "上海",
        "Rua B 2",
        "€ 2.000",
        "-",
    ),
    (
        "Rui Sousa",
        "+1 202 555 0123",
        "c@example.org",
        "7 May 1971",
        "Porto",
        "Rua C 3",
        "30",
        "VIP",
    ),
)
_COUNTRIES = ("PT", "CN", "US", "GB", "BR")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def get_ready(wanted: Callable[[], bool]) -> None:
    """Do what is done once only.

    Args:
        wanted: whether an order has come meanwhile; then there is no more time for this.
    """
    from crm_desktop.bridge.files import peek  # noqa: F401
    from crm_desktop.bridge.process import wire  # noqa: F401
    from crm_desktop.bridge.sheets.pipeline import Workbook

    if wanted():
        return
    import chardet  # noqa: F401
    import olefile  # type: ignore[import-untyped,unused-ignore]  # noqa: F401
    import python_calamine  # noqa: F401
    import xlrd  # noqa: F401

    from crm_desktop.bridge.files import mhtml, spreadsheetml, vcard  # noqa: F401

    data = _workbook()
    source = Source(Path("practice.xlsx"), Format.XLSX, data, "", len(data))
    for country in ("", *_COUNTRIES):
        if wanted():
            return
        Workbook(source, country, DEFAULT_LIMITS, sparse=False).inspect(lambda _done, _all: None)


def _workbook() -> bytes:
    rows = "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t>{escape(v)}</t></is></c>' for v in row)
        + "</row>"
        for row in _TABLE
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>'
        "</worksheet>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()
