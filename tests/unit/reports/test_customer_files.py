"""Customer files as a reader finds them: opened with PDFium, not with what wrote them."""

from __future__ import annotations

import datetime as dt
import io
import re

import pypdfium2 as pdfium
import pytest
from PIL import Image
from report_kit import FIRM, NOW, Print, customer, interactions, pdf

from crm_desktop.domain.cases import Case, CaseKind, CaseStatus
from crm_desktop.domain.customers import (
    Address,
    ContactPoint,
    CustomerKind,
    PersonalFacts,
    Source,
    Stage,
)
from crm_desktop.domain.errors import Cancelled
from crm_desktop.domain.jobs import Job, Progress
from crm_desktop.domain.promises import Promise, Side
from crm_desktop.domain.relations import Related, RelatedCustomer
from crm_desktop.domain.settings import Firm
from crm_desktop.reports.customer_file import CustomerFile, customer_files_pdf, missing_in
from crm_desktop.reports.sections import Matters

FULL = customer(
    "João da Conceição Ferreira",
    organisation="Lisboa Têxteis, Lda.",
    stage=Stage.CUSTOMER,
    birthday="1974-03-09",
    notes="Prefere ser contactado de manhã.\n\nAlérgico a marisco.",
    contact_points=(
        ContactPoint("phone", "912345678", "+351912345678", "mobile"),
        ContactPoint("phone", "ask reception", None),
        ContactPoint("email", "Joao@Example.pt", "joao@example.pt", "work"),
        ContactPoint("im", "@joaof", None, "Telegram"),
    ),
    addresses=(Address("Avenida da Liberdade 210", "1250-147", "Lisboa", "", "PT"),),
    tags=("VIP", "famílias"),
    custom={"N.º contribuinte": "501 964 843", "Vazio": " "},
    sources=(Source("clientes.xlsx", "Clientes", 17),),
    created_at=dt.datetime(2019, 4, 2, 9, tzinfo=dt.UTC),
)


def test_every_fact_is_on_the_paper(printed: Print) -> None:
    text = printed(CustomerFile(FULL, interactions("Confirmou a viagem."))).text(0)
    for expected in (
        "Atlântico Viagens",
        "4050-263 Porto",
        "João da Conceição Ferreira",
        "Lisboa Têxteis, Lda.",
        "Customer",
        "9 March 1974",
        "+351 912 345 678",
        "ask reception",
        "joao@example.pt",
        "@joaof",
        "1250-147 Lisboa",
        "Portugal",
        "VIP",
        "famílias",
        "N.º contribuinte",
        "501 964 843",
        "Alérgico a marisco.",
        "Confirmou a viagem.",
        "22 Nov 2026, 14:30",
        "Imported from clientes.xlsx, sheet Clientes, row 17",
        "In the archive since 2 April 2019",
        "Printed on 22 November 2026",
        "1 / 1",
    ):
        assert expected in text
    assert "Vazio" not in text


@pytest.mark.parametrize(
    "name",
    [
        "王秀英",
        "田中さくら",
        "김민준",
        "محمد عبد الله",
        "إلياس",
        "שלום כהן",
        "สวัสดี น้ำ",
        "नमस्ते हिन्दी",
        "Nguyễn Thị Ánh",
        "Ελένη Παπαδοπούλου",
        "Иванов Сергей",
    ],
)
def test_names_of_every_script_are_found_in_the_text(printed: Print, name: str) -> None:
    assert name in printed(customer(name)).text(0)


def test_words_of_mixed_direction_are_found(printed: Print) -> None:
    text = printed(customer("שלום 123 Smith", notes="عرض سعر 2026 Hilton")).text(0)
    for word in ("שלום", "123", "Smith", "عرض", "سعر", "2026", "Hilton"):
        assert word in text


def test_a_character_no_font_has_is_listed_and_still_there(printed: Print) -> None:
    file = CustomerFile(customer("Ana 😀", notes="\U00020bb7"))
    assert missing_in([file], Firm("Firma 🚀")) == "😀🚀\U00020bb7"
    assert "Ana 😀" in printed(file).text(0)


def test_markup_is_printed_as_it_was_typed(printed: Print) -> None:
    name = "<b>&amp;</b> \\n (x) %d {0} <img src='file:///etc/passwd'/>"
    pages = printed(customer(name, notes=name, custom={"<i>": "</i>"}))
    text = " ".join(pages.text(0).split())
    assert text.count(" ".join(name.split())) == 2
    assert "</i>" in text


def test_a_name_of_300_characters_wraps_and_is_whole(printed: Print) -> None:
    name = ("Maximiliana von Hohenstein " * 12)[:300].strip()
    text = printed(customer(name)).text(0)
    assert " ".join(name.split()) in " ".join(text.split())


@pytest.mark.parametrize("letter", ["x", "王", "م", "ก"])
def test_one_word_of_5000_characters_loses_none(printed: Print, letter: str) -> None:
    pages = printed(customer("A", notes=letter * 5000, custom={letter * 200: letter * 1000}))
    drawn = sum(pages.text(n).count(letter) for n in range(pages.count))
    # "x" is in no label but "continued" has none either; "A" and labels hold no such letters
    assert drawn == 6200


def test_a_long_timeline_runs_over_pages(printed: Print) -> None:
    texts = [f"Entry number {n}." for n in range(500)]
    pages = printed(CustomerFile(customer("Anna Smith"), interactions(*texts)))
    all_text = [pages.text(n) for n in range(pages.count)]
    assert pages.count > 10
    for number, text in enumerate(all_text, 1):
        assert f"{number} / {pages.count}" in text
    assert "(continued)" not in all_text[0]
    for text in all_text[1:]:
        assert "Anna Smith (continued)" in text
        assert "Timeline (continued)" in text
    found = [int(n) for text in all_text for n in re.findall(r"Entry number (\d+)\.", text)]
    assert found == list(range(500))


def test_a_file_has_a_bookmark_for_each_customer() -> None:
    names = ["João Ferreira", "王秀英", "Anna"]
    document = pdfium.PdfDocument(pdf(*(CustomerFile(customer(n)) for n in names)))
    assert [b.get_title() for b in document.get_toc()] == names
    assert [b.get_dest().get_index() for b in document.get_toc()] == [0, 1, 2]
    document.close()


def test_title_author_language_and_dates_are_set() -> None:
    data = pdf(CustomerFile(customer("王秀英")), language="zh_CN")
    document = pdfium.PdfDocument(data)
    facts = document.get_metadata_dict()
    assert facts["Title"] == "王秀英"
    assert facts["Author"] == "Atlântico Viagens"
    assert facts["Subject"] == "File of 1 customer"
    assert facts["CreationDate"] == "D:20261122143000+00'00'"
    assert b"/Lang (zh-CN)" in data
    document.close()


def test_dates_are_written_the_languages_way(printed: Print) -> None:
    text = printed(CustomerFile(FULL, interactions("x")), language="pt").text(0)
    assert "9 de março de 1974" in text
    assert "22 de nov. de 2026" in text
    text = printed(customer(birthday="--08-15"), language="zh_CN").text(0)
    assert "8月15日" in text
    assert "2026年11月22日" in text


def test_times_are_those_of_the_clock_it_is_printed_by(printed: Print) -> None:
    tokyo = NOW.astimezone(dt.timezone(dt.timedelta(hours=9)))
    text = printed(CustomerFile(customer(), interactions("x")), printed_at=tokyo).text(0)
    assert "23:30" in text


def test_mail_addresses_are_links() -> None:
    point = ContactPoint("email", "o'neil+a@x.example", "o'neil+a@x.example")
    data = pdf(CustomerFile(customer(contact_points=(point,))))
    assert b"mailto:o%27neil+a@x.example" in data


def test_equal_input_gives_equal_bytes() -> None:
    files = [CustomerFile(FULL, interactions("a", "王", "محمد"))] * 3
    assert pdf(*files) == pdf(*files)


def test_nothing_but_a_name_is_still_a_page(printed: Print) -> None:
    pages = printed(customer("Northwind", kind=CustomerKind.ORGANISATION), firm=Firm())
    assert pages.count == 1
    assert "Northwind" in pages.text(0)
    assert "Nothing else is recorded yet." in pages.text(0)
    assert printed(customer("")).count == 1
    assert printed().count == 1


def test_paper_follows_the_firms_country(printed: Print) -> None:
    assert printed(customer()).size(0) == pytest.approx((595.28, 841.89), abs=0.1)
    assert printed(customer(), home_country="us").size(0) == (612, 792)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "CMYK"])
def test_a_logo_stands_in_the_letterhead(printed: Print, mode: str) -> None:
    out = io.BytesIO()
    picture = Image.new("RGB", (3000, 900), (200, 0, 0)).convert(mode)
    picture.save(out, "JPEG" if mode == "CMYK" else "PNG")
    logo = Firm("Firma", logo=out.getvalue())
    page = printed(customer(), firm=logo).render(0, scale=1)
    x, y = 60, 56
    _blue, green, red = page.data[y * page.stride + x * 4 :][:3]
    assert green < 100
    assert red > 150 or mode == "L"


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"GIF89a"])
def test_a_bad_logo_is_left_out(printed: Print, data: bytes) -> None:
    assert "Firma" in printed(customer(), firm=Firm("Firma", logo=data)).text(0)


def test_a_job_is_told_and_can_cancel() -> None:
    seen: list[Progress] = []
    job = Job(seen.append, interval=0)
    pdf(*[CustomerFile(customer())] * 3, job=job)
    assert [(p.done, p.total) for p in seen] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    customer_files_pdf(
        iter([CustomerFile(customer())]), firm=FIRM, language="en", printed_at=NOW, job=job
    )
    assert len(seen) == 4
    job.cancel()
    with pytest.raises(Cancelled):
        pdf(CustomerFile(customer()), job=job)


def test_two_thousand_customers_in_one_file() -> None:
    files = [
        CustomerFile(customer(f"Cliente {n} 王", notes=f"nota {n}"), interactions("Ligou."))
        for n in range(2000)
    ]
    document = pdfium.PdfDocument(pdf(*files))
    assert len(document) == 2000
    assert sum(1 for _ in document.get_toc()) == 2000
    page = document[1999].get_textpage()
    assert "Cliente 1999 王" in page.get_text_bounded()
    page.close()
    document.close()


def test_the_letterhead_repeats_nothing_but_its_reference() -> None:
    one = len(pdf(*[CustomerFile(customer())] * 1))
    many = len(pdf(*[CustomerFile(customer())] * 101))
    assert (many - one) / 100 < 2000


def test_firm_without_values_has_no_letterhead(printed: Print) -> None:
    page = printed(customer("Anna"), firm=Firm(name="  ", address="\n"))
    assert page.text(0).split("\n")[0] == "A Anna Potential"
    assert FIRM.name not in page.text(0)


def test_facts_cases_and_promises_are_printed(printed: Print) -> None:
    number = FULL.id
    wang = customer(
        "王秀英",
        birthday="L1984-08-15",
        contact_points=(
            ContactPoint("email", "old@example.org", "old@example.org", "", None, True),
        ),
        addresses=(Address("10 Downing Street", "SW1A 2AA", "London", "", "GB"),),
        facts=PersonalFacts(
            title="Dr.", owner="Rita", rating=4, preferences="Window seat", do_not_contact=True
        ),
    )
    other = RelatedCustomer(FULL.id, "Zé Mãe", "parent_of", "", "", "")
    matters = Matters(
        (
            Case(number, "Broken tap", CaseKind.COMPLAINT, promised="A new one"),
            Case(number, "Old bill", status=CaseStatus.RESOLVED, resolution="paid back"),
        ),
        (Promise(number, Side.WE, "Send the photos", dt.date(2026, 12, 24)),),
        dt.date(2026, 9, 25),
    )
    file = CustomerFile(wang, (), Related(backward=(other,)), (), matters)
    text = " ".join(printed(file).text(0).split())
    for words in (
        "Do not contact: no greetings, no mailings.",
        "old@example.org (do not use)",
        "10 Downing Street London SW1A 2AA United Kingdom",
        "Child of Zé Mãe",
        "lunar 1984-08-15 (25 September 2026)",
        "★★★★",
        "Window seat",
        "Broken tap Complaint · Open Promised: A new one",
        "Old bill Request · Resolved Resolution: paid back",
        "Send the photos We owe · 24 December 2026",
    ):
        assert words in text, (words, text)
