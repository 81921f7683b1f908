"""What ods sheets say beside their values."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest
from writers_traits import rewrite, traits_of, write_ods

from crm_desktop.bridge.files.formats import load
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS
from crm_desktop.bridge.traits.model import Area, Comment, DefinedTable, Image, Traits
from crm_desktop.bridge.traits.ods import read_document
from crm_desktop.bridge.traits.ods_skip import blocks, skip

STYLES = (
    '<number:number-style style:name="N1"><number:number number:decimal-places="0" '
    'number:min-integer-digits="9"><number:embedded-text number:position="6"> '
    '</number:embedded-text><number:embedded-text number:position="3"> </number:embedded-text>'
    "</number:number></number:number-style>"
    '<number:date-style style:name="N2"><number:year number:style="long"/><number:text>年'
    "</number:text><number:month/><number:text>月</number:text></number:date-style>"
    '<number:date-style style:name="N3"><number:day number:style="long"/><number:text>/'
    "</number:text><number:month/></number:date-style>"
    '<number:time-style style:name="N4" number:truncate-on-overflow="false"><number:hours '
    'number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/>'
    "</number:time-style>"
    '<number:currency-style style:name="N5"><number:number number:min-integer-digits="9"/>'
    "</number:currency-style>"
    '<number:text-style style:name="N6"><number:text-content/><number:text> kg</number:text>'
    "</number:text-style>"
    + "".join(
        f'<style:style style:name="n{n}" style:family="table-cell" style:data-style-name="N{n}"/>'
        for n in range(1, 7)
    )
    + '<style:style style:name="ye" style:family="table-cell" style:parent-style-name="base">'
    '<style:table-cell-properties fo:background-color="#ffff00"/></style:style>'
    '<style:style style:name="st" style:family="table-cell"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="none" style:family="table-cell" style:parent-style-name="ye">'
    '<style:table-cell-properties fo:background-color="transparent"/></style:style>'
    '<style:style style:name="heir" style:family="table-cell" style:parent-style-name="named"/>'
)
NAMED = (
    '<style:style style:name="named" style:family="table-cell"><style:text-properties '
    'style:text-line-through-type="single"/></style:style>'
)


def value(text: str, attributes: str = "", inside: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string" {attributes}>{inside}'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def table(*rows: str, columns: str = "", name: str = "S") -> str:
    return f'<table:table table:name="{name}">{columns}{"".join(rows)}</table:table>'


NOTE = (
    "<office:annotation><dc:creator>Ana</dc:creator><dc:date>2024-05-01T10:20:30.123</dc:date>"
    '<text:p>um<text:s text:c="2"/>dois</text:p><text:p>três</text:p></office:annotation>'
)


def test_everything_of_a_document(tmp_path: Path) -> None:
    content = table(
        row(*(value(word) for word in "ABCD")),
        row(
            value("x", 'table:style-name="ye"'),
            value("9", 'table:style-name="n1"'),
            value("y", 'table:style-name="none"'),
            value("z", 'table:style-name="heir"'),
            attributes='table:visibility="filter"',
        ),
        row(
            value(
                "", inside='<text:p><text:a xlink:href="https://a.b/?x&amp;y">l</text:a></text:p>'
            ),
            value("n", inside=NOTE),
            value('<text:a xlink:href="#S.A1">in</text:a>'),
            attributes='table:visibility="collapse" table:number-rows-repeated="2"',
        ),
        row(
            value("m", 'table:number-columns-spanned="2" table:number-rows-spanned="3"'),
            "<table:covered-table-cell/>",
            value("d", 'table:style-name="st" table:number-columns-repeated="2"'),
        ),
        row(
            '<table:table-cell table:formula="of:=SUM([.A1:.A3])" office:value-type="float" '
            'office:value="6"><text:p>6</text:p></table:table-cell>',
            '<table:table-cell table:formula="of:=[.A1]*2"/>',
            '<table:table-cell table:formula="of:=NA()" office:value-type="string" '
            'office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p>'
            "</table:table-cell>",
            '<table:table-cell><draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
            "</table:table-cell>",
        ),
        row(
            '<table:table-cell table:formula="of:=HYPERLINK(&quot;mailto:a@b.c&quot;;1)" '
            'office:value-type="string"><text:p>1</text:p></table:table-cell>'
        ),
        row(value("q", 'table:style-name="n2"'), value("q", 'table:style-name="n3"')),
        row(value("q", 'table:style-name="n4"'), value("q", 'table:style-name="n5"')),
        row('<table:table-cell table:style-name="ye"/>', value("q", 'table:style-name="n6"')),
        row('<table:table-cell table:style-name="ye"/>'),
        columns='<table:table-column table:number-columns-repeated="3"/><table:table-column '
        'table:visibility="collapse" table:number-columns-repeated="2"/>',
    )
    content += (
        '<table:database-ranges><table:database-range table:name="Vendas" '
        'table:target-range-address="S.A1:S.D3"/><table:database-range '
        'table:name="__Anonymous_Sheet_DB__0" table:target-range-address="S.A1:S.D3"/>'
        "</table:database-ranges>"
    )
    path = write_ods(tmp_path / "a.ods", content, styles=STYLES, named=NAMED)
    assert traits_of(path) == Traits(
        hidden_rows={2, 3, 4},
        hidden_columns={3, 4},
        merged=[Area(5, 0, 7, 1)],
        tables=[DefinedTable("Vendas", Area(1, 0, 3, 3), 1, 0)],
        links={(3, 0): "https://a.b/?x&y", (4, 0): "https://a.b/?x&y", (7, 0): "mailto:a@b.c"},
        comments={
            (3, 1): Comment("um  dois\ntrês", "Ana", "2024-05-01T10:20:30"),
            (4, 1): Comment("um  dois\ntrês", "Ana", "2024-05-01T10:20:30"),
        },
        images=[Image((6, 3), "Pictures/a.png", "image/png")],
        errors={(6, 2): "#N/A"},
        unevaluated={(6, 1)},
        sums={(6, 0)},
        struck={(2, 3), (5, 2), (5, 3)},
        fills={(2, 0): "#FFFF00", (10, 0): "#FFFF00"},
        number_formats={
            (2, 1): "000 000 000",
            (8, 0): 'yyyy"年"m"月"',
            (9, 0): "[hh]:mm",
            (10, 1): '@" kg"',
        },
        cells=4 + 4 + 6 + 3 + 2 + 1 + 2 + 2 + 1,
    )


def test_a_million_empty_rows_cost_nothing(tmp_path: Path) -> None:
    content = table(
        row(value("a")),
        row(
            '<table:table-cell table:style-name="ye" table:number-columns-repeated="16384"/>',
            attributes='table:number-rows-repeated="1048575" table:visibility="collapse"',
        ),
    )
    path = write_ods(tmp_path / "a.ods", content, styles=STYLES)
    source = load(path, None, DEFAULT_LIMITS)
    started = time.process_time()
    [(name, traits)] = read_document(source)
    assert time.process_time() - started < 0.5
    assert (name, traits) == ("S", Traits(cells=1))


def test_columns_lend_their_style(tmp_path: Path) -> None:
    columns = (
        '<table:table-column/><table:table-column table:default-cell-style-name="st"/>'
        '<table:table-column table:number-columns-repeated="9"/>'
    )
    content = table(
        row(value("a"), value("b"), value("c")),
        row(value("a"), value("b", 'table:style-name="n5"'), value("c")),
        row(value("a"), value("b"), attributes='table:default-cell-style-name="n5"'),
        row("<table:table-cell/>", "<table:table-cell/>"),
        columns=columns,
    )
    path = write_ods(tmp_path / "a.ods", content, styles=STYLES)
    assert traits_of(path).struck == {(1, 1)}


def test_each_table_has_its_own_and_dates_may_count_from_1904(tmp_path: Path) -> None:
    content = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/>'
        "</table:calculation-settings>"
    )
    hidden = 'table:visibility="collapse"'
    content += table(row(value("a"), attributes=hidden), name="A")
    content += table(row(value("a")), row(value("a"), attributes=hidden), name="B &amp; C")
    path = write_ods(tmp_path / "a.ods", content)
    assert traits_of(path, 0) == Traits(hidden_rows={1}, epoch_1904=True, cells=1)
    assert traits_of(path, 1) == Traits(hidden_rows={2}, epoch_1904=True, cells=2)


@pytest.mark.parametrize("broken", [b"<a><b></a>", b""])
def test_broken_styles_cost_themselves_alone(tmp_path: Path, broken: bytes) -> None:
    path = write_ods(
        tmp_path / "a.ods", table(row(value("a"), attributes='table:visibility="filter"'))
    )
    target = rewrite(path, tmp_path / "b.ods", lambda n, d: broken if n == "styles.xml" else d)
    assert traits_of(target) == Traits(
        hidden_rows={1},
        cells=1,
        unread=["Colours, struck text and number formats could not be read."],
    )


def test_long_tables_are_skipped_where_they_say_nothing(tmp_path: Path) -> None:
    rows = []
    for number in range(1, 20001):
        attributes = 'table:visibility="filter"' if number == 12345 else ""
        style = 'table:style-name="st"' if number == 15000 else ""
        repeated = 'table:number-columns-repeated="3"' if number == 777 else ""
        rows.append(row(value("Maria", style), value("x" * 60, repeated), attributes=attributes))
    path = write_ods(tmp_path / "a.ods", table(*rows), styles=STYLES)
    data = zipfile.ZipFile(path).read("content.xml")
    pieces = list(blocks(data[at : at + 100_000] for at in range(0, len(data), 100_000)))
    assert sum(bool(whole and skip(piece, None)) for piece, whole in pieces) > len(pieces) // 2
    assert traits_of(path) == Traits(hidden_rows={12345}, struck={(15000, 0)}, cells=40002)
