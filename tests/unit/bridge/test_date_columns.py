"""Dates in many writings, and what a column's values say of them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.bridge.values.date_columns import DateColumn, DateDecision, Why, date_problem
from crm_desktop.bridge.values.dates import (
    DMY,
    MDY,
    ROC,
    YMD,
    When,
    read_date,
    read_when,
    says_no_date,
)
from crm_desktop.bridge.values.daywords import Lunar, read_lunar


def decide(values: list[object], **facts: object) -> DateDecision:
    column = DateColumn(**facts)  # type: ignore[arg-type]
    column.feed(values)  # type: ignore[arg-type]
    return column.decide()


@pytest.mark.parametrize(
    ("values", "country", "language", "order", "why"),
    [
        (["3/4/1998", "13/4/1999"], "US", "en", DMY, Why.PART),
        (["3/4/1998", "4/13/1999"], "PT", "pt", MDY, Why.PART),
        (["3/4/1998", "5/6/1999"], "PT", "", DMY, Why.LOCALE),
        (["3/4/1998", "5/6/1999"], "US", "en", MDY, Why.LOCALE),
        (["3/4/1998", "5/6/1999"], "", "pt", DMY, Why.LOCALE),
        (["3/4/1998", "5/6/1999"], "", "en", DMY, Why.UNDECIDED),
        (["1/4/98", "2/4/98", "10/4/98", "1/5/98", "9/6/98"], "US", "en", DMY, Why.SORTED),
        (["4/1/2001", "4/2/2001", "4/10/2001", "5/1/2001"], "PT", "pt", MDY, Why.SORTED),
        (["24.1.5", "24.2.6", "23.11.7"], "CN", "zh", YMD, Why.LOCALE),
        (["98.1.5", "97.2.6", "99.11.7"], "", "", YMD, Why.PART),
        (["5-Mar-98", "1998-03-05", "0/0/00"], "PT", "pt", DMY, Why.WRITTEN),
        (["113/3/5", "90/3/4"], "TW", "zh", ROC, Why.PART),
        (["87/3/5", "76/12/24"], "TW", "zh", ROC, Why.LOCALE),
        (["民国87年3月5日", "90/3/4"], "", "", ROC, Why.PART),
        ([dt.date(1998, 3, 5), None, ""], "", "", DMY, Why.WRITTEN),
        ([], "CN", "", YMD, Why.WRITTEN),
    ],
)
def test_order_of_a_column(
    values: list[object], country: str, language: str, order: str, why: Why
) -> None:
    found = decide(values, country=country, language=language)
    assert (found.order, found.why) == (order, why)


def test_the_question_has_two_of_the_users_own_values() -> None:
    found = decide(["1/1/1998", "5-Mar-98", "3/4/1998", "3/4/1998", "5/6/1999", "7/8/2000"])
    assert found.why is Why.UNDECIDED
    assert found.examples == ("3/4/1998", "5/6/1999")


def test_a_column_counts_what_it_holds() -> None:
    found = decide(["13/4/98", "4/13/98", "25/12/98", "1850-01-01", "n/a", "talvez", "1998"])
    assert (found.order, found.against, found.doubtful) == (DMY, 1, 1)
    assert (found.filled, found.dates, found.whole) == (6, 5, 4)


def test_cells_that_the_spreadsheet_took_for_dates_the_wrong_way_round() -> None:
    typed: list[object] = [dt.date(1998, month, 3) for month in range(1, 10)]
    assert decide([*typed, "13/4/1998", "25/4/1998"], country="PT").swapped
    assert not decide([*typed, dt.date(1998, 1, 20), "13/4/1998", "25/4/1998"]).swapped
    assert not decide(typed).swapped


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("24.1.5", YMD, "2024-01-05"),
        ("5-Mar-98", DMY, "1998-03-05"),
        ("05MAR1998", DMY, "1998-03-05"),
        ("1º de março de 1998", DMY, "1998-03-01"),
        ("5/mar/98", DMY, "1998-03-05"),
        ("segunda-feira, 5 de março de 1998", DMY, "1998-03-05"),
        ("5 de marzo del 98", DMY, "1998-03-05"),
        ("1er août 1998", DMY, "1998-08-01"),
        ("5. März 1998", DMY, "1998-03-05"),
        ("5 maggio 1998", DMY, "1998-05-05"),
        ("5 марта 1998 г.", DMY, "1998-03-05"),
        ("15 мая 1998", DMY, "1998-05-15"),
        ("Monday, March 5th, 1998", MDY, "1998-03-05"),
        ("1998 Mar 5", DMY, "1998-03-05"),
        ("2024年1月5日（五）", YMD, "2024-01-05"),
        ("2024/1/5 星期五", YMD, "2024-01-05"),
        ("二〇二四年一月五日", YMD, "2024-01-05"),
        ("一九九八年十二月廿五日", YMD, "1998-12-25"),
        ("公元2024年1月5日", YMD, "2024-01-05"),
        ("1998년 3월 5일", YMD, "1998-03-05"),
        ("民国87年3月5日", YMD, "1998-03-05"),
        ("民國八十七年三月五日", YMD, "1998-03-05"),
        ("113/01/05", DMY, "2024-01-05"),
        ("87/3/5", ROC, "1998-03-05"),
        ("87年3月5日", ROC, "1998-03-05"),
        ("1998/3/5", ROC, "1998-03-05"),
        ("令和6年1月5日", YMD, "2024-01-05"),
        ("令和元年5月1日", DMY, "2019-05-01"),
        ("昭和60年3月5日", DMY, "1985-03-05"),
        ("H10.3.5", YMD, "1998-03-05"),
        ("H10.3.5", DMY, None),
        ("05031998", DMY, "1998-03-05"),
        ("03051998", MDY, "1998-03-05"),
        ("29/2/2023", DMY, None),
        ("1998-W10", DMY, None),
        ("1,234,567", DMY, None),
        ("1998", DMY, None),
        ("12:30", DMY, None),
        ("Rua 5 de Outubro", DMY, None),
    ],
)
def test_writings(text: str, order: str, expected: str | None) -> None:
    assert read_date(text, order) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("March 1998", When("1998-03", "month")),
        ("Mar-98", When("1998-03", "month")),
        ("março de 1998", When("1998-03", "month")),
        ("03/1998", When("1998-03", "month")),
        ("3/98", When("1998-03", "month")),
        ("1998年3月", When("1998-03", "month")),
        ("1998", When("1998", "year")),
        ("1998年", When("1998", "year")),
        ("民国87年", When("1998", "year")),
        ("3月5日", When("--03-05", "month_day")),
        ("5 mars", When("--03-05", "month_day")),
        ("5/3/1998 14:30", When("1998-03-05", "day", "14:30:00")),
        ("5/3/98 2:30 p.m.", When("1998-03-05", "day", "14:30:00")),
        ("5/3/98 12:30 AM", When("1998-03-05", "day", "00:30:00")),
        ("2024年1月5日 下午3:30", When("2024-01-05", "day", "15:30:00")),
        ("2024年1月5日10时30分", When("2024-01-05", "day", "10:30:00")),
        ("1998-03-05T14:30:00Z", When("1998-03-05", "day", "14:30:00")),
        ("31/12/1999 23h59", When("1999-12-31", "day", "23:59:00")),
        ("1998-03-05 00:00:00", When("1998-03-05")),
        ("5/3/98 25:30", None),
        ("36000.5", When("1998-07-24", "day", "12:00:00")),
        ("12/5/1850", When("1850-05-12", doubtful=True)),
        ("2999-01-01", When("2999-01-01", doubtful=True)),
        ("农历正月初五", When("农历正月初五", "lunar", doubtful=True)),
        ("腊月廿三", When("腊月廿三", "lunar", doubtful=True)),
        ("x" * 100, None),
        ("", None),
    ],
)
def test_parts_of_dates(text: str, expected: When | None) -> None:
    assert read_when(text) == expected


def test_what_is_wrong_with_a_date() -> None:
    assert date_problem(read_when("5/3/1998")) == ""
    assert "1900" in date_problem(read_when("5/3/1850"))
    assert "lunar" in date_problem(read_when("农历正月初五"))
    assert "not a possible date" in date_problem(read_when("30/2/1998"))


def test_years_of_two_figures() -> None:
    ahead = f"{(dt.date.today().year + 5) % 100:02d}"
    assert read_when(f"1/1/{ahead}") == When(f"20{ahead}-01-01")
    assert read_when(f"1/1/{ahead}", birthday=True) == When(f"19{ahead}-01-01")
    tomorrow = dt.date.today() + dt.timedelta(days=1)
    born = read_when(f"{tomorrow:%d/%m/%y}", birthday=True)
    assert born is not None
    assert born.text.startswith("19")


def test_day_numbers_that_count_from_1904() -> None:
    assert read_when("34538", epoch_1904=True) == When("1998-07-24")


@pytest.mark.parametrize("text", ["__/__/____", "1899-12-30", "n/a", "无", "—", "?", "00/00/0000"])
def test_words_for_no_date(text: str) -> None:
    assert says_no_date(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("农历正月初五", Lunar("", 1, 5, False)),
        ("闰二月十五", Lunar("", 2, 15, True)),
        ("农历1990年八月十五", Lunar("1990", 8, 15, False)),
        ("甲子年腊月三十", Lunar("甲子", 12, 30, False)),
        ("阴历3月3日", Lunar("", 3, 3, False)),
        ("农历过年", None),
    ],
)
def test_lunar_days(text: str, expected: Lunar | None) -> None:
    assert read_lunar(text) == expected


_PT = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
_LAYOUTS = (
    (DMY, lambda d: f"{d.day:02d}/{d.month:02d}/{d.year}"),
    (DMY, lambda d: f"{d.day}.{d.month}.{d.year}"),
    (DMY, lambda d: f"{d.day}-{d:%b}-{d.year}"),
    (DMY, lambda d: f"{d.day} de {_PT.split()[d.month - 1]} de {d.year}"),
    (DMY, lambda d: f"{d.day:02d}{d.month:02d}{d.year}"),
    (MDY, lambda d: f"{d.month}/{d.day}/{d.year}"),
    (MDY, lambda d: f"{d:%B} {d.day}, {d.year}"),
    (MDY, lambda d: f"{d:%a %b} {d.day} {d.year} 14:05"),
    (YMD, lambda d: f"{d.year}/{d.month}/{d.day}"),
    (YMD, lambda d: f"{d.year}年{d.month}月{d.day}日"),
    (YMD, lambda d: f"{d.year}.{d.month:02d}.{d.day:02d} 星期一"),
    (YMD, lambda d: f"{d:%Y%m%d}"),
    (YMD, lambda d: f"民国{d.year - 1911}年{d.month}月{d.day}日"),
    (ROC, lambda d: f"{d.year - 1911}/{d.month}/{d.day}"),
    (YMD, lambda d: str((d - dt.date(1899, 12, 30)).days)),
)


@given(st.dates(dt.date(1928, 1, 1), dt.date(2059, 12, 31)), st.sampled_from(_LAYOUTS))
def test_what_is_written_is_read_back(day: dt.date, layout: tuple) -> None:  # type: ignore[type-arg]
    order, write = layout
    assert read_when(write(day), order) == When(
        day.isoformat(), time="14:05:00" if "14:05" in write(day) else ""
    )


@given(st.text(max_size=30))
def test_any_text_is_read_or_is_none(text: str) -> None:
    for order in (DMY, MDY, YMD, ROC):
        when = read_when(text, order)
        assert when is None or when.text
