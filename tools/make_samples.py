"""Write the sample workbooks of `resources/sample`: a small travel agency's, in three languages.

Names are put together from pools and belong to nobody; e-mails end in example.org and
example.com; nothing depends on the clock, so the files come out the same every time. What an
import must make of them stands beside each row (`Expected`), for the test that checks it.

    python tools/make_samples.py [FOLDER]
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

sys.path.insert(0, str(Path(__file__).resolve().parent))

from sample_words import CHINESE, ENGLISH, PORTUGUESE, Words

Cell = str | int | float | dt.date | None
FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sample"
_MADE = dt.datetime(2025, 1, 15, 9, 0, 0)


@dataclass
class Expected:
    """A customer that the import must end up with, exactly once."""

    kind: str
    name: str
    organisation: str = ""
    phones: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    birthday: str | None = None
    city: str = ""
    custom: dict[str, str] = field(default_factory=dict)


@dataclass
class Sheet:
    """A sheet to be written: title lines, header, rows, and what each column feeds."""

    name: str
    titles: list[str]
    headers: list[str]
    fields: list[str]
    rows: list[list[Cell]] = field(default_factory=list)
    owners: list[Expected | None] = field(default_factory=list)

    @property
    def header_row(self) -> int:
        """1-based row of the header: below the titles and a blank row."""
        return len(self.titles) + 2 if self.titles else 1


@dataclass
class Sample:
    """A workbook and the customers in it."""

    file: str
    country: str
    sheets: list[Sheet] = field(default_factory=list)
    customers: list[Expected] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Person:
    """One invented human being, before he is written down in this way or that."""

    given: str
    family: str
    full: str
    mobile: str
    landline: str
    email: str
    birthday: dt.date
    street: str
    postcode: str
    city: str
    firm: str = ""


class Maker:
    """Invents the people of one workbook, and the ways in which they were written down."""

    def __init__(self, words: Words, seed: int) -> None:
        self.words = words
        self.random = random.Random(seed)
        self._numbers = 0
        self._names: set[str] = set()

    def person(self) -> Person:
        """A human being whom nobody knows."""
        words, choose = self.words, self.random.choice
        while True:
            given, family = choose(words.given), choose(words.family)
            full = words.full(given, family)
            if full not in self._names:
                break
        self._names.add(full)
        self._numbers += 1
        city, postcode = choose(words.cities)
        number = self._numbers
        return Person(
            given,
            family,
            full,
            words.mobile(number),
            words.landline(number),
            f"{words.latin(given, family)}{number}@{choose(('example.org', 'example.com'))}",
            dt.date(1945, 1, 1) + dt.timedelta(days=self.random.randrange(21_000)),
            words.street(choose(words.streets), self.random.randrange(1, 200)),
            words.postcode(postcode, self.random.randrange(1000)),
            city,
        )

    def phone(self, number: str) -> Cell:
        """A number as people type it."""
        national = number.removeprefix(self.words.code)
        trunk = self.words.trunk
        styles: list[Callable[[], Cell]] = [
            lambda: self.words.grouped(trunk + national),
            lambda: trunk + national,
            lambda: f"{self.words.code} {self.words.grouped(national)}",
            lambda: number.replace("+", "00"),
            lambda: int(national),
            lambda: f" {self.words.grouped(trunk + national)} ",
        ]
        return self.random.choice(styles)()

    def two_phones(self, one: str, two: str) -> str:
        """Two numbers squeezed into one cell."""
        trunk, code = self.words.trunk, self.words.code
        texts = [self.words.grouped(trunk + n.removeprefix(code)) for n in (one, two)]
        return self.random.choice((" / ", "; ", ", ")).join(texts)

    def date(self, day: dt.date) -> Cell:
        """A date as a date cell, mostly."""
        if self.random.random() < 0.7:
            return day
        return self.random.choice(self.words.date_styles)(day)

    def email(self, address: str) -> str:
        """An address as people type it."""
        styles = (
            address,
            address,
            address,
            address.capitalize(),
            f" {address}",
            f"mailto:{address}",
        )
        return self.random.choice(styles)

    def sometimes(self, share: float) -> bool:
        """True in so many of all cases."""
        return self.random.random() < share


def make(words: Words, seed: int) -> Sample:
    """Make one workbook's content."""
    maker = Maker(words, seed)
    sample = Sample(words.file, words.country)
    people = [maker.person() for _number in range(words.people)]
    firms = _firms(maker, sample)
    known = _main_sheet(maker, sample, people, firms)
    _firm_sheet(maker, sample, firms)
    _old_sheet(maker, sample, known)
    sample.texts[words.notice_sheet] = words.notice
    return sample


def _main_sheet(
    maker: Maker, sample: Sample, people: list[Person], firms: list[Expected]
) -> list[tuple[Person, Expected]]:
    """The list that the owner works with: persons, many columns, some rows twice."""
    words = maker.words
    sheet = Sheet(words.main_sheet, words.titles, *map(list, zip(*words.main_columns, strict=True)))
    known = []
    for person in people:
        expected = Expected("person", person.full, birthday=person.birthday.isoformat())
        known.append((person, expected))
        sample.customers.append(expected)
        cells = _main_cells(maker, person, expected, firms)
        sheet.rows.append([cells.get(f) for f in words.main_keys])
        sheet.owners.append(expected)
    for position in maker.random.sample(range(20, len(people)), 6):
        # The same customer once more, further down, with less of him.
        person, expected = known[position]
        cells = {
            "given": person.given,
            "family": person.family,
            "name": person.full,
            "mobile": person.mobile,
            "email": person.email.upper(),
        }
        sheet.rows.append([cells.get(f) for f in words.main_keys])
        sheet.owners.append(expected)
        expected.phones.add(person.mobile)
        expected.emails.add(person.email)
    sample.sheets.append(sheet)
    return known


def _main_cells(
    maker: Maker, person: Person, expected: Expected, firms: list[Expected]
) -> dict[str, Cell]:
    words = maker.words
    cells: dict[str, Cell] = {
        "given": person.given if maker.sometimes(0.9) else f" {person.given} ",
        "family": person.family,
        "name": person.full,
        "street": person.street,
        "postcode": person.postcode,
        "city": person.city,
        "birthday": maker.date(person.birthday),
    }
    expected.city = person.city
    if maker.sometimes(0.08):
        cells["mobile"] = maker.two_phones(person.mobile, person.landline)
        expected.phones |= {person.mobile, person.landline}
    else:
        cells["mobile"] = maker.phone(person.mobile)
        expected.phones.add(person.mobile)
        if maker.sometimes(0.4):
            cells["landline"] = maker.phone(person.landline)
            expected.phones.add(person.landline)
    if maker.sometimes(0.85):
        cells["email"] = maker.email(person.email)
        expected.emails.add(person.email)
    if maker.sometimes(0.15):
        firm = maker.random.choice(firms)
        cells["firm"] = expected.organisation = firm.name
    if maker.sometimes(0.05):
        cells["birthday"] = None
        expected.birthday = None
    if maker.sometimes(0.5):
        cells["notes"] = maker.random.choice(words.notes)
    if maker.sometimes(0.4):
        cells["tags"] = maker.random.choice(words.tags)
    if maker.sometimes(0.6):
        cells["stage"] = maker.random.choice(words.stages)
    if maker.sometimes(0.3):
        cells["im"] = f"{words.latin(person.given, person.family)}_{maker.random.randrange(100)}"
    for key, share, make_value in (
        ("tax", 0.7, lambda: words.tax(maker.random)),
        ("passport", 0.6, lambda: words.passport(maker.random)),
        ("seat", 0.5, lambda: maker.random.choice(words.seats)),
        ("referrer", 0.3, lambda: maker.random.choice(words.referrers)),
        (
            "since",
            0.5,
            lambda: dt.date(2008 + maker.random.randrange(16), 1 + maker.random.randrange(12), 5),
        ),
    ):
        if key in words.main_keys and maker.sometimes(share):
            value = cells[key] = make_value()
            header = words.main_columns[words.main_keys.index(key)][0]
            expected.custom[header] = str(value)
    return cells


def _firms(maker: Maker, sample: Sample) -> list[Expected]:
    """Firms, without anybody who works there yet."""
    words = maker.words
    firms = []
    for name in words.firms:
        firm = Expected("organisation", name)
        firms.append(firm)
        sample.customers.append(firm)
    return firms


def _firm_sheet(maker: Maker, sample: Sample, firms: list[Expected]) -> None:
    """The firms: some with the person to ask for, who is a customer, too."""
    words = maker.words
    sheet = Sheet(words.firm_sheet, [], *map(list, zip(*words.firm_columns, strict=True)))
    for number, firm in enumerate(list(firms), start=500):
        city, postcode = maker.random.choice(words.cities)
        phone, mail = words.landline(number), f"info{number}@example.com"
        cells: dict[str, Cell] = {
            "firm": firm.name,
            "phone": maker.phone(phone),
            "email": mail,
            "city": city,
            "street": words.street(maker.random.choice(words.streets), number - 480),
            "postcode": words.postcode(postcode, number),
            "tax": words.firm_tax(maker.random),
            "notes": maker.random.choice(words.notes) if maker.sometimes(0.3) else None,
        }
        if number % 3 == 0:
            person = maker.person()
            cells["contact"] = person.full
            sample.customers.append(Expected("person", person.full, organisation=firm.name))
        firm.phones.add(phone)
        firm.emails.add(mail)
        firm.city = city
        header = words.firm_columns[words.firm_keys.index("tax")][0]
        firm.custom[header] = str(cells["tax"])
        sheet.rows.append([cells.get(f) for f in words.firm_keys])
        sheet.owners.append(firm)
    sample.sheets.append(sheet)


def _old_sheet(maker: Maker, sample: Sample, known: list[tuple[Person, Expected]]) -> None:
    """An older list: half of its people are in the main list as well."""
    words = maker.words
    sheet = Sheet(
        words.old_sheet, words.old_titles, *map(list, zip(*words.old_columns, strict=True))
    )
    again = maker.random.sample(known, words.old_people // 2)
    fresh = [(maker.person(), None) for _number in range(words.old_people - len(again))]
    mixed: list[tuple[Person, Expected | None]] = [*again, *fresh]
    maker.random.shuffle(mixed)
    for person, expected in mixed:
        if expected is None:
            expected = Expected("person", person.full)
            sample.customers.append(expected)
        cells: dict[str, Cell] = {"name": person.full, "contact": maker.phone(person.mobile)}
        expected.phones.add(person.mobile)
        if maker.sometimes(0.7):
            cells["email"] = maker.email(person.email)
            expected.emails.add(person.email)
        if maker.sometimes(0.6):
            cells["birthday"] = maker.date(person.birthday)
            expected.birthday = person.birthday.isoformat()
        sheet.rows.append([cells.get(f) for f in words.old_keys])
        sheet.owners.append(expected)
    sheet.rows.append([words.total, *[None] * (len(words.old_keys) - 2), len(mixed)])
    sheet.owners.append(None)
    sample.sheets.append(sheet)


def write(sample: Sample, path: Path) -> None:
    """Write a workbook; the same bytes every time."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    book.set_properties({"created": _MADE, "title": path.stem})
    bold, title = (
        book.add_format({"bold": True, "bg_color": "#DDE6F0"}),
        book.add_format({"bold": True, "font_size": 14}),
    )
    for sheet in sample.sheets:
        _write_sheet(book, sheet, bold, title)
    for name, lines in sample.texts.items():
        page = book.add_worksheet(name)
        for row, line in enumerate(lines):
            page.write_string(row, 0, line)
    book.close()


def _write_sheet(book: xlsxwriter.Workbook, sheet: Sheet, bold: object, title: object) -> None:
    page = book.add_worksheet(sheet.name)
    for row, text in enumerate(sheet.titles):
        page.write_string(row, 0, text, title)
    top = sheet.header_row - 1
    for column, header in enumerate(sheet.headers):
        page.write_string(top, column, header, bold)
        page.set_column(column, column, max(12, min(30, len(header) + 4)))
    for number, cells in enumerate(sheet.rows, start=top + 1):
        for column, value in enumerate(cells):
            if isinstance(value, dt.date):
                page.write_datetime(number, column, dt.datetime(value.year, value.month, value.day))
            elif isinstance(value, str):
                page.write_string(number, column, value)
            elif value is not None:
                page.write_number(number, column, value)


def samples() -> list[Sample]:
    """All three workbooks' contents."""
    return [make(ENGLISH, 11), make(PORTUGUESE, 12), make(CHINESE, 13)]


def main() -> None:
    """Write the workbooks."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for sample in samples():
        write(sample, folder / sample.file)
        rows = sum(len(sheet.rows) for sheet in sample.sheets)
        print(f"{sample.file}: {rows} rows, {len(sample.customers)} customers")


if __name__ == "__main__":
    main()
