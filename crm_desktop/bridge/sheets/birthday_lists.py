"""Lists that say in their titles that they are of birthdays: a column of bare days is of these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crm_desktop.bridge.sheets.neighbours import Column
from crm_desktop.bridge.sheets.synonyms import header_key, header_words
from crm_desktop.bridge.values.birthdays import bare_day
from crm_desktop.bridge.values.dates import read_when, says_no_date
from crm_desktop.bridge.values.daywords import is_month
from crm_desktop.domain.imports import GROUP_COLUMN, ColumnMapping

_DAYS = frozenset(
    header_key(word)
    for word in (
        *("dia", "data", "dia mes", "dia e mes", "dd/mm", "d/m", "data anos", "dia anos", "quando"),
        *("day", "date", "day month", "month day", "day and month", "mm/dd", "when"),
        *("fecha", "jour", "jour mois", "tag", "datum", "tag monat", "giorno", "giorno mese"),
        *("день", "дата", "число", "日期", "日", "月日", "号", "几号", "日付", "日にち"),
        *("날짜", "일", "월일"),
    )
)
_BIRTHDAYS = re.compile(
    r"\baniversari|\banos d[aeo]s\b|\bbirthdays?\b|\bb ?days?\b|\bgeburtstag|\bcumple|\bcompleann|"
    r"\banniversaires?\b|дни рождения|день рождения|дней рождения|именинник|"
    r"生日|寿星|壽星|誕生日|お誕生|생일"
)
# Of a marriage or a firm; and what is sold for the day, which has another date.
_OF_OTHERS = re.compile(
    r"casament|\bmariage|\bboda|\bwedding|\bmatrimoni|\bhochzeit|\bnozze|свадьб|结婚|結婚|결혼|"
    r"\bempresa|\bfirma\b|\bloja\b|店庆|"
    r"\bfesta|\bpart(?:y|ies)\b|\bfiesta|\bfete|\bfeier|feiern\b|праздник|宴|派对|聚会|パーティ|파티|"
    r"\bbol[oa]s?\b|\bcakes?\b|\btart[ae]s?\b|\btort[ae]n?\b|\bgateau|торт|蛋糕|ケーキ|케이크|"
    r"\bencomend|\breserva|\borders?\b|\bbookings?\b|\bbestell|\bcommande|\bordin|\bpedido|заказ|"
    r"预[订定约]|預[訂約]|订单|訂單|予約|注文|예약|주문|"
    r"\bpresent|\bgift|\bprenda|\bregalo|\bcadeau|\bgeschenk|礼|禮|선물|"
    r"\bdesconto|\bdiscount|\bvoucher|\bcupo|\bcupom|券|优惠|優惠"
)
_MOST = 0.8
_FEWEST = 2


def tells_of_birthdays(title: str) -> bool:
    """Whether a title says that its list is of birthdays, and of nothing that is sold for them."""
    words = header_words(title)
    return bool(_BIRTHDAYS.search(words)) and not _OF_OTHERS.search(words)


def with_birthdays(
    mapped: Sequence[ColumnMapping],
    columns: Sequence[Column],
    titles: Sequence[str],
    headings: Sequence[str],
) -> tuple[ColumnMapping, ...]:
    """Make a column of days without years, in a list of birthdays, one of birthdays.

    Args:
        mapped: the table's columns.
        columns: the same ones with their texts.
        titles: of the table, and its sheet's name.
        headings: of groups of rows; below months the days may stand without them.
    """
    said = any(map(tells_of_birthdays, (*titles, *headings)))
    if not said or any(m.field == "birthday" for m in mapped):
        return tuple(mapped)
    texts = {c.position: [t for t in c.texts if t and not says_no_date(t)] for c in columns}
    by_month = sum(map(is_month, headings)) * 5 >= max(len(headings), 1) * 3
    found = [
        m.index
        for m in mapped
        if (m.custom or m.field == "tags")  # "Tag" is German for a day
        and m.index < GROUP_COLUMN
        and (not m.header or header_key(m.header) in _DAYS)
        and _are_days(texts.get(m.index, ()), by_month=by_month)
    ]
    if len(found) != 1:
        return tuple(mapped)
    return tuple(
        replace(m, field="birthday", confidence=0.7) if m.index == found[0] else m for m in mapped
    )


def _are_days(texts: Sequence[str], *, by_month: bool) -> bool:
    """Whether nearly all texts are days of months, or of the month that heads them."""
    days = sum(1 for text in texts if _is_day(text, by_month=by_month))
    return len(texts) >= _FEWEST and days >= _MOST * len(texts)


def _is_day(text: str, *, by_month: bool) -> bool:
    if by_month and bare_day(text):
        return True
    when = read_when(text, birthday=True)
    return when is not None and when.part == "month_day"
