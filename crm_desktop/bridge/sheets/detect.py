"""Finds the table in a sheet: its header row, in spite of titles above it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.sheets.synonyms import meanings
from crm_desktop.bridge.values.emails import is_email
from crm_desktop.bridge.values.phones import looks_like_phone
from crm_desktop.bridge.values.text import Value, is_blank

# Fields that say who the customer of a row is.
IDENTITY = frozenset(("name", "given_name", "family_name", "organisation", "contact_person"))
_REACHED = frozenset(("phone", "email"))
_SEARCHED = 30
_LONGEST_HEADER = 60
_DIGITS = re.compile(r"\d")
_YEARS = range(1950, 2101)
_MOST_IN_SERIES = 31


def find_header(head: Sequence[Row]) -> int:
    """Find the header row among a sheet's first rows.

    Args:
        head: the first rows, blank ones included.

    Returns:
        Its 1-based row number; 0 where the table has no header.
    """
    filled = [(i, [v for v in row if not is_blank(v)]) for i, row in enumerate(head)]
    filled = [(i, cells) for i, cells in filled if cells]
    if not filled:
        return 0
    candidates = [
        (_score(cells, [c for _j, c in filled[n + 1 : n + 8]]), -i)
        for n, (i, cells) in enumerate(filled[:_SEARCHED])
    ]
    best, position = max(candidates)
    if best <= 0:
        return 0
    for n, (i, cells) in enumerate(filled):
        if i >= -position:
            break
        # Rows that stand under a header are never passed over for a better one below them.
        between = [c for j, c in filled[n + 1 :] if j < -position]
        if candidates[n][0] > 0 and _heads_customers(cells, between):
            return i + 1
    return 1 - position


def _heads_customers(cells: Sequence[Value], below: Sequence[Sequence[Value]]) -> bool:
    """Whether a row of known words says who somebody is, and rows below it reach him."""
    texts = [v.strip() for v in cells if isinstance(v, str)]
    known = sum(1 for text in texts if meanings(text))
    own = len(cells) - len(series_in(cells))
    if known < 2 or known * 2 < own or not names_somebody(texts):
        return False
    return any(
        len(row) > 1 and any(isinstance(v, str) and is_contact(v.strip()) for v in row)
        for row in below
    )


def names_somebody(header: Iterable[str]) -> bool:
    """Whether a header says who the customers are; a "Contact" beside a phone is somebody, too."""
    fields = {m.field for text in header for m in meanings(text)[:1]}
    return bool(fields & IDENTITY) or ("contact" in fields and bool(fields & _REACHED))


def _score(cells: list[Value], below: list[list[Value]]) -> float:
    """How much a row looks like a header: known words, text only, rows of other kind below."""
    texts = [v.strip() for v in cells if isinstance(v, str)]
    known = sum(1 for t in texts if len(t) <= _LONGEST_HEADER and meanings(t))
    # Beside two known words years head columns; in a row of data they are values.
    series = series_in(cells) if known >= 2 else frozenset()
    data = sum(1 for at, v in enumerate(cells) if at not in series and is_data(v))
    if data > max(1, len(cells) // 3) or len(set(map(str, cells))) * 2 < len(cells):
        return 0.0
    if known >= 2 or (known == 1 and len(cells) <= 2):
        # One known word over a column of text: a title has nothing of its width below it.
        if known == 1 and len(cells) == 1 and not _is_column_head(below):
            return 0.0
        return known * 2 + known / len(cells) - data
    if len(cells) < 2 or data or len(texts) < len(cells) or not below:
        return 0.0
    typed = sum(1 for row in below if any(is_data(v) for v in row)) / len(below)
    wide = sum(1 for row in below if len(row) * 2 >= len(cells)) / len(below)
    if any(len(t) > 30 for t in texts):
        return 0.0
    # One known word among strange ones; a word that comes again below is a value.
    again = {v.strip() for row in below for v in row if isinstance(v, str)}
    named = 0.5 if known and not again & set(texts) else 0.0
    return (named + typed) * wide if typed > 0.5 or named else 0.0


def _is_column_head(below: list[list[Value]]) -> bool:
    return bool(below) and all(len(row) <= 1 for row in below)


def is_data(value: Value) -> bool:
    """Whether a cell can only be a value, not a header."""
    if isinstance(value, str):
        text = value.strip()
        return is_email(text) or looks_like_phone(text) or len(_DIGITS.findall(text)) > 4
    return isinstance(value, (float, int, dt.date, dt.time, dt.timedelta))


def series_in(cells: Sequence[Value]) -> frozenset[int]:
    """Where figures head columns: years or months side by side, each one after the last.

    2019, 2020, 2021 are heads; so are 1 to 12, and the first days of months. Years may run
    backwards.

    Args:
        cells: the filled ones of a row.

    Returns:
        Their places among `cells`.
    """
    found: set[int] = set()
    start = 0
    for end in range(1, len(cells) + 1):
        if end < len(cells) and _follows(cells[end - 1], cells[end]):
            continue
        fewest = 2 if _is_year(cells[start]) else 3
        if end - start >= fewest:
            found |= set(range(start, end))
        start = end
    return frozenset(found)


def _is_year(value: Value) -> bool:
    return isinstance(value, (int, float)) and value in _YEARS


def _follows(one: Value, other: Value) -> bool:
    """Whether the second of two heads side by side is the next of a series."""
    if isinstance(one, dt.date) and isinstance(other, dt.date):
        months = (other.year - one.year) * 12 + other.month - one.month
        return one.day == other.day and months in (-1, 1, 3, 12)
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        if _is_year(one) and _is_year(other):
            return abs(other - one) == 1
        return other - one == 1 and 1 <= one < _MOST_IN_SERIES
    return False


def is_contact(text: str) -> bool:
    """Whether a text is a way to reach somebody."""
    return is_email(text) or looks_like_phone(text)


def repeats_header(cells: Sequence[str], headers: Sequence[str]) -> bool:
    """Whether a row below is the header once more, as printed sheets have it on every page."""
    pairs = [(c, h) for c, h in zip(cells, headers, strict=False) if c or h]
    return len(pairs) >= 2 and sum(1 for c, h in pairs if c == h) * 4 >= len(pairs) * 3


_COUNTED = (
    r"(?:customers?|clients?|members?|students?|pupils?|patients?|guests?|passengers?|travell?ers|"
    r"people|persons|contacts?|names|records|entries|rows|accounts?|companies|firms|families|pax|"
    r"pets|animals|vehicles|cars|"
    r"clientes?|s[óo]cios|membros|alunos|utentes|pacientes|h[óo]spedes|passageiros|pessoas|"
    r"associados|inscritos|participantes|atletas|formandos|viaturas|animais|"
    r"contact?os|registos|registros|empresas|"
    r"alumnos|miembros|hu[ée]spedes|pasajeros|personas|usuarios|abonados|"
    r"[ée]l[èe]ves|adh[ée]rents|membres|passagers|voyageurs|personnes|inscrits|participants|"
    r"kunden|mitglieder|sch[üu]ler(?:innen)?|patienten|teilnehmer(?:innen)?|g[äa]ste|personen|"
    r"clienti|soci|allievi|alunni|pazienti|iscritti|partecipanti|ospiti|passeggeri|persone)"
)
_COUNTED_CJK = (
    r"(?:(?:人|位|户|戶|家|名|个|個)(?:公司|企业|企業|单位|單位|客户|客戶|会员|會員|学员|學員)?|"
    r"条|條|辆|輛|台|笔|筆|元|客户|客戶|会员|會員|人次|组|組|명)"
)
# Whoever is counted before a colon: 学员：4人, 회원: 12명.
_COUNTED_ASIA = (
    r"(?:客户|客戶|会员|會員|学员|學員|学生|學生|旅客|游客|顾客|顧客|病人|患者|团员|團員|车主|車主|业主|業主|"
    r"会員|生徒|受講者|参加者|お客様|고객|회원|학생|환자|수강생|참가자|"
    r"клиент(?:ы|ов)|ученик(?:и|ов)|член(?:ы|ов)|пациент(?:ы|ов)|гост(?:и|ей)|студент(?:ы|ов)|"
    r"участник(?:и|ов))"
)
_FIGURE = r"[\d.,]+"
_NUMBER_OF = (
    r"(?:number|no\.?|n[úu]mero|num\.|n\.?\s?[º°o]?\.?|qtd\.?|quantidade)(?:\s+|(?<=[.º°]))"
    r"(?:of|de|total)"
)
_SO_FAR = "(?:以上|本表|本册|本冊|本页|本頁)"
_COUNT = re.compile(
    rf"{_FIGURE}\s*{_COUNTED_CJK}|{_SO_FAR}?共\s*{_FIGURE}\s*{_COUNTED_CJK}|{_FIGURE}\s+{_COUNTED}",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:grand\s+|sub[\s-]?)?totals?(?:\s+(?:geral|general|général))?|totais|soma|somatório|sum|"
    r"totale|totaux|totales|suma|somma|summe|gesamt(?:summe)?|insgesamt|somme|"
    r"count|contagem|média|average|итого|всего|합계|총계|소계|"
    # "Customers in all: 35", "Total clients", "35 customers", "Nº de clientes: 35"
    rf"(?:(?:{_FIGURE}\s+)?{_COUNTED}\s+(?:in\s+(?:all|total)|total|altogether|ao\s+todo|"
    rf"(?:no|em)\s+total)|{_FIGURE}\s+{_COUNTED}|"
    rf"(?:grand\s+)?total\s+(?:(?:number\s+)?of\s+|(?:n[úu]mero\s+)?de\s+)?{_COUNTED}|"
    rf"{_NUMBER_OF}\s+{_COUNTED})\s*[:=：]?\s*(?:{_FIGURE})?|"
    # "Students: 4", 学员：4人
    rf"{_COUNTED}\s*[:=：]\s*{_FIGURE}|{_COUNTED_ASIA}\s*[:=：]\s*{_FIGURE}\s*{_COUNTED_CJK}?|"
    # 合计 35 人, 共35位, 总人数：6
    r"(?:以上|本表|本册|本冊|本页|本頁|本月|本年|全部|累计|累計|客户|客戶|会员|會員|学员|學員|旅客|顾客|顧客)?"
    r"(?:合计|合計|总计|總計|小计|小計|共计|共計|总共|總共|总数|總數|总人数|總人數|人数|人數|客户数|客戶數|"
    rf"合共|共有|共(?=\s*\d))\s*[:：]?\s*(?:{_FIGURE}\s*{_COUNTED_CJK}?)?",
    re.IGNORECASE,
)
# A quick look at full rows; thin ones, such as "35 customers", are looked at where bands are found.
TOTAL_HINT = re.compile(
    r"(?:grand|sub|total|totais|som|sum|合|总|小计|共|總|小計|count|contagem|m[ée]dia|average|"
    r"gesamt|insgesamt|итого|всего|합계|총계|소계|人数|人數|本[页頁月年表册冊]|累[计計]|以上)",
    re.IGNORECASE,
)
TOTAL_STARTS = frozenset("TtSsGgCcMmAaIiИиВв合总小共總計人本累以합총소")
_TOTAL_START = re.compile(
    r"(?:total|subtotal|totais|totale|合计|总计|小计|共计|summe|gesamt|итого|всего)\b[\s:：(（]",
    re.IGNORECASE,
)
# "Nº de viaturas:" beside a figure counts, whatever it is; so does "Students:".
_COUNT_OF = re.compile(
    rf"{_NUMBER_OF}\b.*[:：]$|(?:{_COUNTED}|{_COUNTED_ASIA})\s*[:：]$", re.IGNORECASE
)

# "Sub-total A", A 线小计: some rows are added up.
_SUBTOTAL = re.compile(
    r"(?:.*\W)?sub[\s-]?tota(?:l|ls|is)\b.*|.*(?:小计|小計|合计|合計|总计|總計|共计|共計|소계|합계)",
    re.IGNORECASE,
)
# "Route total"; but "Limpeza total" is a service.
_MAY_BE_SUM = re.compile(r".*\W(?:totals?|totais)", re.IGNORECASE)


_AMOUNT = re.compile(r"[-+(]?\s*(?:[€$£¥]|R\$)?\s*[-+]?\d[\d.,\s]*(?:\s*[€%元])?\)?")
_PHONE_DIGITS = 7  # fewer in a column of phones count the customers


def is_total(cells: Sequence[str], phones: Collection[int] = ()) -> bool:
    """Whether a row adds others up: it begins with the word, and otherwise holds figures only.

    Args:
        cells: the row's texts.
        phones: where phones stand in it. "Total Energia" with a phone is a firm.
    """
    if any(sum(map(str.isdigit, cells[j])) >= _PHONE_DIGITS for j in phones if j < len(cells)):
        return False
    filled = [c for c in cells if c]
    # "Total | 3 clients | 150" fills its row, and says itself that it counts; so do the sums
    # below the months of a year.
    says = len(filled) > 1 and (
        _COUNT.fullmatch(filled[1]) or all(map(_AMOUNT.fullmatch, filled[1:]))
    )
    if not filled or (len(filled) * 2 > len(cells) + 2 and not says):
        return False
    first = filled[0].strip().rstrip(":：").strip(" ()（）")
    counted = len(filled) == 2 and filled[1].isdigit() and _COUNT_OF.match(filled[0])
    if not (_TOTAL.fullmatch(first) or _TOTAL_START.match(filled[0]) or counted):
        return False
    return all(any(c.isdigit() for c in text) or _TOTAL.fullmatch(text) for text in filled[1:])


def is_subtotal(text: str) -> bool:
    """Whether a text surely says that the figures beside it add some rows up."""
    return bool(_SUBTOTAL.fullmatch(text.rstrip(":： ")))


def may_be_sum(text: str) -> bool:
    """Whether a text may say so, if the figures bear it out."""
    return is_subtotal(text) or bool(_MAY_BE_SUM.fullmatch(text.rstrip(":： ")))
