"""Quotations: a thousand papers against a bare reportlab canvas, and an edit among 200 lines.

    python -m benchmarks.quotations [PAPERS]

Ours lays out, wraps, chooses fonts, works the totals out and writes figures and dates. The bare
canvas gets the finished lines with their places, and calls `setFont` and `drawString` on the same
font files, parsed before its time starts; each paper is a document of its own in both. Goals: at
most 1.5 times the bare canvas's time; an edit of one line of 200, read, checked, worked out again
and safe on the disk, p95 <= 50 ms.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from statistics import median

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks._machine import print_facts, print_percentiles, print_ratio, timed
from benchmarks.reports import FIRM, NOW, PEOPLE, Placed
from crm_desktop.assets import resource
from crm_desktop.domain.customers import Address, Customer, CustomerDraft, CustomerId, CustomerKind
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.pricing import Taxes
from crm_desktop.domain.quotations import (
    Quotation,
    QuotationLine,
    QuotationStatus,
    WholeQuotation,
    totals,
)
from crm_desktop.reports import figures, letterhead, paper, text, wording
from crm_desktop.reports.fonts import fonts
from crm_desktop.reports.paper import A4
from crm_desktop.reports.quotation import PrintedQuotation, quotation_pdf
from crm_desktop.services.workspace import Workspace

ROUNDS = 3
AGAINST_BARE, EDIT_MS = 1.5, 50
LINES, EDITS = 200, 60
OFFERED = {
    "en": ("Hotel near the harbour, double room", "With breakfast, sea view. Check-in from 15:00."),
    "pt": ("Hotel junto ao porto, quarto duplo", "Com pequeno-almoço e vista para o mar."),
    "zh_CN": ("海港附近四星级酒店双人房", "含早餐，海景房，下午三点起办理入住。"),
}


def papers(count: int) -> list[PrintedQuotation]:
    """Lifelike quotations of one page, every twentieth of three; the same ones every time."""
    chance = random.Random(7)
    found = []
    for n in range(1, count + 1):
        name, organisation, city, note = PEOPLE[n % 3]
        language = ("pt", "en", "zh_CN")[n % 3]
        words, details = OFFERED[language]
        lines = [
            QuotationLine(
                f"{words} {place}",
                kind=LineKind.OPTION if place % 7 == 6 else LineKind.ITEM,
                details=details if place % 2 else "",
                quantity=Decimal(chance.randrange(1, 40)) / 2,
                price=chance.randrange(500, 90_000),
                discount_percent=10_000 if place % 5 == 4 else 0,
                tax_rate=chance.choice((6_000, 23_000)),
            )
            for place in range(60 if n % 20 == 0 else chance.randrange(4, 10))
        ]
        one = Quotation(
            f"{city} {n}",
            CustomerId(n),
            "EUR",
            number=f"Q-2026-{n:04}",
            status=QuotationStatus.ISSUED,
            taxes=chance.choice(list(Taxes)),
            language=language,
            valid_until=dt.date(2026, 12, 31),
            intro=note,
            terms=note,
            issued_at=NOW,
        )
        customer = Customer(
            CustomerId(n), CustomerKind.PERSON, f"{name} {n}", organisation=organisation,
            addresses=(Address(f"Rua {n}", f"{n:04d}-000", city, "", "PT"),),
        )  # fmt: skip
        whole = WholeQuotation(one, lines, totals(one, lines), customer.name)
        found.append(PrintedQuotation(whole, customer, FIRM, NOW.date(), "PT"))
    return found


def ours(printed: list[PrintedQuotation]) -> list[bytes]:
    """The program's own way, as for the first time: nothing remembered from the last round."""
    for module in (text, wording, figures):
        for function in vars(module).values():
            if hasattr(function, "cache_clear") and function is not fonts:
                function.cache_clear()
    return [quotation_pdf(one) for one in printed]


def lines_of(printed: list[PrintedQuotation]) -> list[list[list[Placed]]]:
    """Every line that our way writes: of each paper, page by page, the letterhead on the first."""
    documents: list[list[list[Placed]]] = []

    class Recorder(text.Ink):
        def __init__(self, book: text.FontBook) -> None:
            super().__init__(book)
            self.lines: list[Placed] = []
            documents[-1].append(self.lines)

        def draw(self, x: float, y: float, text: text.Line, style: text.Style) -> None:
            for face, part in text.runs:
                if isinstance(part, str):
                    words, width = part, face.width(part)
                else:
                    words = "".join(g.text or g.opens for g in part)
                    width = sum(g.advance for g in part)
                self.lines.append((x, y, words, face.name, style.size))
                x += width * style.size

    plain = text.Ink
    for module in (paper, letterhead):
        module.Ink = Recorder  # type: ignore[misc]
    try:
        for one in printed:
            documents.append([])
            quotation_pdf(one)
            head, first, *more = documents[-1]
            documents[-1] = [[*head, *first], *more]
    finally:
        for module in (paper, letterhead):
            module.Ink = plain  # type: ignore[misc]
    return documents


def bare(documents: list[list[list[Placed]]]) -> list[bytes]:
    """The same lines on bare canvases."""
    found = []
    for pages in documents:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=A4, pageCompression=1, invariant=1)
        for page in pages:
            for x, y, words, font, size in page:
                canvas.setFont(font, size)
                canvas.drawString(x, y, words)
            canvas.showPage()
        canvas.save()
        found.append(out.getvalue())
    return found


def drawn(count: int) -> bool:
    """Papers against bare canvases."""
    rl_config.useA85 = 0
    printed = papers(count)
    documents = lines_of(printed)
    names = {font for pages in documents for page in pages for *_rest, font, _size in page}
    for name in sorted(names):
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts", f"{name}.ttf"))))
    bare(documents[:5])
    ours(printed[:5])
    mine, theirs = [], []
    for _round in range(ROUNDS):  # taken in turns, so that a busy machine is busy for both
        mine.append(timed(lambda: ours(printed)))
        theirs.append(timed(lambda: bare(documents)))
    print(f"{count} papers, {sum(map(len, documents))} pages")
    for name, took, made in (
        ("quotations", median(mine), ours(printed)),
        ("bare canvas", median(theirs), bare(documents)),
    ):
        size = sum(map(len, made)) / count / 1024
        print(f"{name:<15}{took / count * 1000:8.2f} ms a paper   {size:.1f} KB a paper")
    return print_ratio(
        "time against the bare canvas", median(mine) / median(theirs), at_most=AGAINST_BARE
    )


def edited() -> list[bool]:
    """An edit among many lines, read, worked out again and saved."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with Workspace.open(data / "a.crm", create=True, data_dir=data) as w:
            w.settings.set_home_country("PT")
            number = w.quotations.create("Fleet", w.customers.create(CustomerDraft("Ana")))
            made = [
                w.quotations.add_free_line(number, f"Part {n}", "12,50", tax_rate="23")
                for n in range(LINES)
            ]
            saved, read = [], []
            for n in range(EDITS):
                started = time.perf_counter()
                w.quotations.update_line(made[n * 3], "quantity", str(n + 2))
                edited_at = time.perf_counter()
                w.quotations.get(number)
                read.append(time.perf_counter() - edited_at)
                saved.append(time.perf_counter() - started)
            moved = [timed(lambda at=at: w.quotations.move_line(at, LINES)) for at in made[:EDITS]]  # type: ignore[misc]
            printed = [timed(lambda: w.quotations.pdf(number)) for _time in range(10)]
            w.close(backup=False)
    met = [print_percentiles("an edit of 200 lines, to its new total", saved, at_most=EDIT_MS)]
    print_percentiles("of which reading and working out", read)
    print_percentiles("a line moved to the end", moved)
    print_percentiles("its paper drawn", printed)
    return met


def main() -> None:
    print_facts("reportlab", "uharfbuzz", "Babel")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    met = [drawn(count), *edited()]
    if not all(met):
        sys.exit(1)


if __name__ == "__main__":
    main()
