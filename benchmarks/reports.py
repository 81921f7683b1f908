"""Customer files against a bare reportlab canvas that draws the same text.

    python -m benchmarks.reports [CUSTOMERS]

Ours lays out, wraps, chooses fonts, shapes, formats dates and numbers, links and bookmarks.
The bare canvas gets the finished lines, with their places, and calls `setFont` and `drawString`
on the same font files, parsed before its time starts. Both compress their pages and embed
subsets of the fonts; ASCII85, reportlab's default, is off in favour of the bare canvas.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import sys
from statistics import median

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks._machine import peak_memory_mb, print_facts, print_ratio, timed
from crm_desktop.assets import resource
from crm_desktop.domain.customers import (
    Address,
    ContactPoint,
    Customer,
    CustomerId,
    CustomerKind,
    Interaction,
    InteractionId,
    InteractionKind,
    Source,
    Stage,
)
from crm_desktop.domain.settings import Firm
from crm_desktop.reports import text, wording
from crm_desktop.reports.customer_file import CustomerFile, customer_files_pdf
from crm_desktop.reports.fonts import fonts
from crm_desktop.reports.paper import A4
from crm_desktop.reports.preview import PdfPages

ROUNDS = 5
NOW = dt.datetime(2026, 11, 22, 14, 30, tzinfo=dt.UTC)
FIRM = Firm(
    "Atlântico Viagens, Lda.",
    "Rua das Flores 128, 2.º Esq.\n4050-263 Porto",
    "+351 222 012 345",
    "geral@atlantico.pt",
)
# name, organisation, city, note
PEOPLE = [
    ("João da Conceição Ferreira", "Lisboa Têxteis, Lda.", "Lisboa",
     "Confirmou a viagem à Madeira de 12 a 19 de dezembro. Pediu orçamento para aluguer de "
     "carro e transfer do aeroporto."),
    ("Anna Smith", "Northwind Traders", "Leeds",
     "Wants the quotation by Friday; prefers a call in the morning. Sent the two options with "
     "the hotel near the harbour."),
    ("王秀英", "上海东方贸易有限公司", "上海市",
     "讨论2026年合同续签；客户希望延长付款期限，并要求在周五前提供报价。下一步：修改条款。"),
    ("Иванов Сергей", "ООО «Северный Ветер»", "Москва",
     "Просил прислать счёт до конца недели и подтвердить даты поездки."),
    ("김민준", "한빛소프트", "서울", "제주도 여행 견적을 금요일까지 요청했습니다."),
]  # fmt: skip


def customers(count: int) -> list[CustomerFile]:
    """Lifelike files, one or two pages each; the same ones every time."""
    chance = random.Random(7)
    files = []
    for n in range(1, count + 1):
        name, organisation, city, note = PEOPLE[n % len(PEOPLE)]
        number = f"+3519{chance.randrange(10**8):08d}"
        address = f"cliente{n}@example.pt"
        files.append(
            CustomerFile(
                Customer(
                    CustomerId(n),
                    CustomerKind.PERSON,
                    f"{name} {n}",
                    organisation=organisation,
                    stage=chance.choice(list(Stage)),
                    birthday=f"{chance.randrange(1950, 2005)}-0{chance.randrange(1, 10)}-11",
                    notes=f"{note} {note}",
                    contact_points=(
                        ContactPoint("phone", number, number, "mobile"),
                        ContactPoint("email", address, address, "work"),
                    ),
                    addresses=(Address(f"Rua {n}", f"{n:04d}-000", city, "", "PT"),),
                    tags=("VIP", f"grupo {n % 9}"),
                    custom={"N.º contribuinte": str(500000000 + n), "Passaporte": f"CA{n:06d}"},
                    sources=(Source("clientes.xlsx", "Clientes", n + 1),),
                ),
                tuple(
                    Interaction(
                        InteractionId(n * 100 + i),
                        CustomerId(n),
                        chance.choice(list(InteractionKind)),
                        NOW - dt.timedelta(hours=chance.randrange(20000)),
                        f"{note} ({n}/{i})",
                    )
                    for i in range(chance.randrange(4, 16))
                ),
            )
        )
    return files


def ours(files: list[CustomerFile]) -> bytes:
    """The program's own way, as for the first time: nothing remembered from the last round."""
    for module in (text, wording):
        for function in vars(module).values():
            if hasattr(function, "cache_clear") and function is not fonts:
                function.cache_clear()
    return customer_files_pdf(files, firm=FIRM, language="pt", printed_at=NOW)


Placed = tuple[float, float, str, str, float]  # x, y, text, font's name, size


def lines_of(files: list[CustomerFile]) -> list[list[Placed]]:
    """Every line that our way writes, page by page."""
    pages: list[list[Placed]] = []

    class Recorder(text.Ink):
        def __init__(self, book: text.FontBook) -> None:
            super().__init__(book)
            self.lines: list[Placed] = []
            pages.append(self.lines)

        def draw(self, x: float, y: float, text: text.Line, style: text.Style) -> None:
            for face, part in text.runs:
                if isinstance(part, str):
                    words, width = part, face.width(part)
                else:
                    words = "".join(g.text or g.opens for g in part)
                    width = sum(g.advance for g in part)
                self.lines.append((x, y, words, face.name, style.size))
                x += width * style.size

    from crm_desktop.reports import letterhead, paper

    plain = text.Ink
    modules = (letterhead, paper)
    for module in modules:
        module.Ink = Recorder  # type: ignore[misc]
    try:
        ours(files)
    finally:
        for module in modules:
            module.Ink = plain  # type: ignore[misc]
    return pages[1:]  # the first is the letterhead, which is drawn once in both


def bare(pages: list[list[Placed]]) -> bytes:
    """The same lines on a bare canvas."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=1, invariant=1)
    for page in pages:
        for x, y, words, font, size in page:
            canvas.setFont(font, size)
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    print_facts("reportlab", "uharfbuzz", "python-bidi", "Babel", "phonenumbers")
    rl_config.useA85 = 0
    files = customers(count)
    pages = lines_of(files)
    for name in sorted({font for page in pages for *_rest, font, _size in page}):
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts", f"{name}.ttf"))))
    with PdfPages(ours(files)) as document:
        assert document.count == len(pages)
    bare(pages)
    mine, theirs = [], []
    for _round in range(ROUNDS):  # taken in turns, so that a busy machine is busy for both
        mine.append(timed(lambda: ours(files)))
        theirs.append(timed(lambda: bare(pages)))
    rate, bare_rate = len(pages) / median(mine), len(pages) / median(theirs)
    print(f"{count} customers, {len(pages)} pages, {sum(map(len, pages))} stretches of text")
    for name, pace, data in (
        ("customer files", rate, ours(files)),
        ("bare canvas", bare_rate, bare(pages)),
    ):
        print(f"{name:<15}{pace:8.0f} pages/s   {len(data) / len(pages) / 1024:.1f} KB/page")
    print(f"peak memory    {peak_memory_mb():8.0f} MB (reportlab's parsed fonts included)\n")
    if not print_ratio("pages per second against the bare canvas", rate / bare_rate, at_least=0.6):
        sys.exit(1)


if __name__ == "__main__":
    main()
