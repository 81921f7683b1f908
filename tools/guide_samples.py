"""The sheets of which the guide speaks: a small one for each kind, written in code.

Everybody in them is invented: common names put together, addresses at example.org. What an import
makes of each is told in docs/guide/sheets, and checked by tests/test_guide.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]
PASSWORD = "aurora"
_MADE = dt.datetime(2025, 1, 15, 9, 0, 0)


def workbook(
    path: Path,
    sheets: Mapping[str, Rows],
    *,
    merged: Iterable[str] = (),
    widths: Sequence[int] = (24, 20, 20, 26, 22, 14, 14),
    days_from_1904: bool = False,
) -> Path:
    """Write sheets of rows; `merged` areas are those of the first sheet, given as A1:B2."""
    book = xlsxwriter.Workbook(str(path), {"date_1904": days_from_1904})
    book.set_properties({"created": _MADE})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(r, c, dt.datetime(*value.timetuple()[:3]), day)
                elif isinstance(value, str) and value:
                    sheet.write_string(r, c, value)
                elif value not in ("", None):
                    sheet.write(r, c, value)
    for area in merged:
        book.worksheets()[0].merge_range(area, "")
    book.close()
    return path


LIST: Rows = [
    ["Viagens Aurora"],
    ["Customers, as of 3 January 2025"],
    [],
    ["Name", "Phone", None, "Address", None, "Seat"],
    [None, "Home", "Mobile", "Street", "Postcode", None],
    ["Lisboa"],
    ["Ana Ferreira", "213 456 701", "912 345 701", "Rua do Sol, 5", "1200-001", "window"],
    ["Rui Tavares", "", "912 345 702", "Rua Nova, 17", "1200-014", "aisle"],
    ["Inês Moura", "213 456 703", "912 345 703", "Largo do Poço, 2", "1200-090", "window"],
    ["Porto"],
    ["Tomás Lobo", "", "912 345 704", "Rua da Foz, 88", "4150-020", "aisle"],
    ["Beatriz Pinho", "223 456 705", "912 345 705", "Rua do Cais, 9", "4050-112", ""],
    ["Évora"],
    ["Luís Vidigal", "", "912 345 706", "Praça Velha, 1", "7000-500", "window"],
    ["Total", "", 6],
    [],
    ["Note: seats as of the autumn of 2024."],
]

TABLES: Rows = [
    ["Private customers", None, None, None, "Guides"],
    ["Name", "Phone", "City", None, "Name", "Phone"],
    ["Ana Ferreira", "912 345 701", "Lisboa", None, "Marta Couto", "912 345 731"],
    ["Rui Tavares", "912 345 702", "Lisboa", None, "Jorge Sales", "912 345 732"],
    ["Tomás Lobo", "912 345 704", "Porto", None, "Nuno Prates", "912 345 733"],
    [],
    ["Firms"],
    ["Company", "E-mail", "Phone"],
    ["Mar Alto, Lda.", "geral@maralto.example", "213 456 720"],
    ["Padaria Central", "padaria@example.org", "223 456 721"],
]


_CARDS = """
Ana Ferreira|912 345 701|ana.ferreira@example.org|Rua do Sol, 5|Lisboa|1961-04-03|501964843
Rui Tavares|912 345 702|rui.tavares@example.org|Rua Nova, 17|Lisboa|1975-11-20|503504564
Inês Moura|912 345 703||Largo do Poço, 2|Évora||
Tomás Lobo|912 345 704|tomas.lobo@example.org|Rua da Foz, 88|Porto|1983-08-30|502757191
"""


def _card(line: str) -> Rows:
    """A customer's form, as it is kept one a sheet."""
    name, phone, mail, street, city, born, tax = line.split("|")
    return [
        ["CUSTOMER CARD"],
        [],
        ["Name:", name, None, "Tax number:", tax],
        ["Phone:", phone, None, "Birthday:", dt.date.fromisoformat(born) if born else ""],
        ["E-mail:", mail],
        ["Address:", street],
        ["City:", city],
        ["Likes:", "window seats"],
        [],
        ["Wants a quiet room at the back."],
    ]


CARDS: Mapping[str, Rows] = {
    line.partition("|")[0].split()[-1]: _card(line) for line in _CARDS.strip().splitlines()
}

_BOUGHT = (
    ("Ana Ferreira", "Madeira, 7 nights", 1240.0),
    ("Rui Tavares", "Rome, 3 nights", 690.0),
    ("Inês Moura", "Azores, 5 nights", 1015.5),
    ("Ana Ferreira", "Seville by coach", 180.0),
    ("Tomás Lobo", "Cruise, Douro", 860.0),
    ("Rui Tavares", "Madeira, 4 nights", 820.0),
)
SALES: Mapping[str, Rows] = {
    "Customers": [
        ["Name", "Phone", "City"],
        ["Ana Ferreira", "912 345 701", "Lisboa"],
        ["Rui Tavares", "912 345 702", "Lisboa"],
        ["Inês Moura", "912 345 703", "Évora"],
        ["Tomás Lobo", "912 345 704", "Porto"],
    ],
    "Bookings": [
        ["Booking date", "Invoice", "Customer", "Trip", "Amount"],
        *(
            [dt.date(2024, 1 + n, 4 + n), f"FT 2024/{n + 1}", *_BOUGHT[n % len(_BOUGHT)]]
            for n in range(12)
        ),
    ],
    "By month": [
        ["Month", "Bookings", "Amount"],
        ["January", 4, 3126],
        ["February", 6, 4805],
        ["March", 3, 2460],
    ],
}

_YEARLY = ["Name", "Phone", "Address", "City", "Seat"]
YEARLY: Mapping[str, Rows] = {
    "2022": [
        _YEARLY,
        ["Ana Ferreira", "912 345 701", "Rua Velha, 1", "Lisboa", "aisle"],
        ["Rui Tavares", "912 345 702", "Rua Nova, 17", "Lisboa", "aisle"],
        ["Vera Duarte", "912 345 709", "Rua do Norte, 6", "Braga", "window"],
    ],
    "2023": [
        _YEARLY,
        ["Ana Ferreira", "912 345 701", "Rua do Sol, 5", "Lisboa", "aisle"],
        ["Rui Tavares", "912 345 702", "Rua Nova, 17", "Lisboa", ""],
        ["Inês Moura", "912 345 703", "Largo do Poço, 2", "Évora", "window"],
    ],
    "2024": [
        _YEARLY,
        ["Ana Ferreira", "912 345 701", "Rua do Sol, 5", "Lisboa", "window"],
        ["Inês Moura", "912 345 713", "Largo do Poço, 2", "Évora", "window"],
        ["Tomás Lobo", "912 345 704", "Rua da Foz, 88", "Porto", "aisle"],
    ],
}

FAMILIES: Rows = [
    ["Name", "Phone", "E-mail", "Birthday", "City"],
    ["Ana Ferreira", "912 345 701", "ana.ferreira@example.org", dt.date(1961, 4, 3), "Lisboa"],
    ["", "213 456 701", "", "", ""],
    ["", "", "ana@quintadosol.example", "", ""],
    ["Rui Tavares", "912 345 702", "rui.tavares@example.org", dt.date(1975, 11, 20), "Porto"],
    ["Clara Tavares", "912 345 702", "", dt.date(1978, 2, 7), None],
    ["Miguel Tavares", "912 345 702", "", dt.date(2009, 9, 15), None],
    ["Inês Moura", "912 345 703", "ines.moura@example.org", "", "Évora"],
    ["Tomás Lobo", "912 345 704", "tomas.lobo@example.org", "", "Porto"],
]

FIRMS: Rows = [
    ["Company", "Contact person", "Position", "Phone", "E-mail", "City"],
    ["Mar Alto, Lda.", "Carla Neves", "director", "213 456 720", "carla@maralto.example", "Lisboa"],
    [None, "Pedro Reis", "accounts", "213 456 721", "pedro@maralto.example", None],
    [None, "Sofia Lago", "travel", "912 345 722", "sofia@maralto.example", None],
    ["Padaria Central", "Hugo Matos", "owner", "223 456 725", "padaria@example.org", "Porto"],
    ["Oficina Ribeiro", "Paula Ribeiro", "", "253 456 726", "oficina@example.org", "Braga"],
]

MESSY: Rows = [
    ["Name", "Mobile", "Other phone", "Birthday", "Customer since"],
    ["Ana Ferreira", "912 345 701", "213456701 (home)", "3 April 1961", "05/03/2019"],
    ["Rui Tavares", "+351 912-345-702", "213 456 702 / 912 345 799", "20-11-1975", "17/09/2020"],
    ["Inês Moura", "00351912345703", "ext. 12", "1980", "2021-06-30"],
    ["Tomás Lobo", 912345704, "no phone", "0/0/00", dt.date(2018, 5, 9)],
    ["Beatriz Pinho", "9.12345705E+08", "", "31/02/1970", "1.2.2022"],
    ["Luís Vidigal", 351912345706000000, "3.51912E+11", "15 Aug", ""],
    ["Vera Duarte", "91234570", "+34 612 345 678", "12/06/1958", "n/a"],
    ["Eva Salgado", "912 345 708 Ana's sister", "(21) 345 67 08", "1958-12-06", ""],
]

MINGUO: Rows = [
    ["姓名", "手機", "生日", "加入日期"],
    ["陳怡君", "0912-345-678", "民國74年3月12日", "108/05/20"],
    ["林志豪", "0923-456-789", "民國68年11月2日", "109/12/01"],
    ["黃淑芬", "0934-567-890", "民國81年7月30日", "112/01/15"],
]
REIWA: Rows = [
    ["氏名", "携帯電話", "生年月日", "登録日"],
    ["佐藤 美咲", "090-1234-5678", "昭和58年4月3日", "令和2年4月1日"],
    ["鈴木 大輔", "080-2345-6789", "平成元年12月8日", "令和元年5月7日"],
    ["高橋 由美", "090-3456-7890", "S45.6.21", "R3.10.11"],
]

_ROOMS = ("double", "single", "double", "twin", "single", "double")
_SPOKEN = ("pt, en", "pt", "en, fr", "en", "fr", "pt, en")
_GIVEN = ("Ana", "Rui", "Inês", "Tomás", "Beatriz", "Luís", "Vera", "Hugo")
_FAMILY = ("Ferreira", "Tavares", "Moura")
_TOWNS = ("1200-001 Lisboa", "4150-020 Porto", "7000-500 Évora")
COMBINED: Rows = [
    ["Customer", "Address", "Passport until", "Budget", "Insured", "Room", "Languages", "Code"],
    *(
        [
            f"{_GIVEN[n % 8]} {_FAMILY[n % 3]} 912 345 {701 + n}",
            f"Rua do Sol, {5 + n}, {_TOWNS[n % 3]}",
            f"{(5, 17, 28, 9)[n % 4]:02}/{1 + n % 12:02}/{2027 + n % 5}",
            "about a thousand" if n == 5 else f"€ 1.{150 + 25 * n},00",
            "yes" if n % 3 else "no",
            _ROOMS[n % 6],
            _SPOKEN[n % 6],
            f"000{42 + n}",
        ]
        for n in range(24)
    ),
]

PUT_RIGHT: Rows = [
    ["Name", "Phone", "City", "Birthday"],
    ["Ana Ferreira", "912 345 701", "Lisboa", "03/04/1961"],
    ["Rui Tavares", "912 345 702", "lisboa", "11/05/1975"],
    ["Inês Moura", "912 345 70", "Évora", "07/02/1980"],
    ["Tomás Lobo", "912 345 704", "LISBOA", "08/09/1983"],
    ["Beatriz Pinho", "912 345 705", "Coimbra", "01/12/1970"],
    ["Luís Vidigal", "912 345 706", "Evora", "10/06/1966"],
    ["Vera Duarte", "912 345 709", "Coimbrra", "02/03/1958"],
]


def write_sheets(folder: Path) -> dict[str, Path]:
    """The workbook of each kind, by the name of its page's picture."""
    folder.mkdir(parents=True, exist_ok=True)
    one = {
        "list": ("Customers.xlsx", LIST, ("B4:C4", "D4:E4")),
        "several-tables": ("Contacts.xlsx", TABLES, ()),
        "families": ("Families.xlsx", FAMILIES, ()),
        "contact-persons": ("Firms.xlsx", FIRMS, ("A2:A4",)),
        "phones-and-dates": ("Old list.xlsx", MESSY, ()),
        "other-years": ("客戶.xlsx", MINGUO, ()),
        "japanese-years": ("顧客.xlsx", REIWA, ()),
        "combined": ("Travellers.xlsx", COMBINED, ()),
        "putting-right": ("Guests.xlsx", PUT_RIGHT, ()),
    }
    several = {
        "cards": ("Cards.xlsx", CARDS),
        "sales": ("Bookings 2024.xlsx", SALES),
        "years": ("Customers by year.xlsx", YEARLY),
    }
    made = {
        name: workbook(folder / file, {"Customers": rows}, merged=merged)
        for name, (file, rows, merged) in one.items()
    }
    return made | {name: workbook(folder / file, rows) for name, (file, rows) in several.items()}
