"""What people type to say when something is due, in three languages."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.bridge.values.dates import DMY, MDY, YMD
from crm_desktop.bridge.values.due import read_due
from crm_desktop.bridge.values.duelines import split
from crm_desktop.domain.tasks import Due

MONDAY = datetime(2026, 11, 23, 10, 30)

ENGLISH = """
today                      | 2026-11-23
tomorrow                   | 2026-11-24
Tomorrow 15h               | 2026-11-24 15:00
tomorrow at 3pm            | 2026-11-24 15:00
tomorrow at 3              | 2026-11-24 15:00
tomorrow at 9              | 2026-11-24 09:00
16:30 tomorrow             | 2026-11-24 16:30
the day after tomorrow     | 2026-11-25
tonight                    | 2026-11-23 20:00
tonight 8pm                | 2026-11-23 20:00
friday                     | 2026-11-27
fri                        | 2026-11-27
next friday                | 2026-11-27
by friday 5pm              | 2026-11-27 17:00
monday                     | 2026-11-30
monday 11:00               | 2026-11-23 11:00
monday 9:00                | 2026-11-30 09:00
monday morning             | 2026-11-30 09:00
next week                  | 2026-11-30
next month                 | 2026-12-23
in 2 weeks                 | 2026-12-07
in a week                  | 2026-11-30
in three days              | 2026-11-26
in 2 weeks 15h             | 2026-12-07 15:00
two weeks                  | 2026-12-07
in one month and 3 days    | 2026-12-26
in an hour                 | 2026-11-23 11:30
in 1 hour and 30 minutes   | 2026-11-23 12:00
end of the month           | 2026-11-30
the 3rd                    | 2026-12-03
December 25th              | 2026-12-25
25 dec                     | 2026-12-25
1st of May 2027            | 2027-05-01
15h                        | 2026-11-23 15:00
9am                        | 2026-11-24 09:00
12am                       | 2026-11-24 00:00
noon                       | 2026-11-23 12:00
2026-12-25                 | 2026-12-25
2026-12-25 14:30           | 2026-12-25 14:30
25/12                      | 2026-12-25
25/12/2027                 | 2027-12-25
25/12/2027 9:00            | 2027-12-25 09:00
29 feb                     | 2028-02-29
"""
PORTUGUESE = """
hoje                       | 2026-11-23
hoje à tarde               | 2026-11-23 15:00
amanhã                     | 2026-11-24
AMANHÃ 15h                 | 2026-11-24 15:00
amanhã às 15h30            | 2026-11-24 15:30
amanhã às 5 da tarde       | 2026-11-24 17:00
amanhã de manhã            | 2026-11-24 09:00
depois de amanhã           | 2026-11-25
esta noite                 | 2026-11-23 20:00
sexta                      | 2026-11-27
sexta-feira às 10h         | 2026-11-27 10:00
na próxima sexta           | 2026-11-27
sexta que vem              | 2026-11-27
até sábado                 | 2026-11-28
terça                      | 2026-11-24
segunda                    | 2026-11-30
próxima semana             | 2026-11-30
semana que vem             | 2026-11-30
próximo mês                | 2026-12-23
em 2 semanas               | 2026-12-07
daqui a 15 dias            | 2026-12-08
daqui a uma semana         | 2026-11-30
dentro de três meses       | 2027-02-23
em 1 mês e 3 dias          | 2026-12-26
fim do mês                 | 2026-11-30
dia 5                      | 2026-12-05
25 de dezembro             | 2026-12-25
1 de março de 2027         | 2027-03-01
meio-dia                   | 2026-11-23 12:00
"""
CHINESE = """
今天                       | 2026-11-23
明天                       | 2026-11-24
明天下午3点                | 2026-11-24 15:00
明天下午三点半             | 2026-11-24 15:30
明天 15:30                 | 2026-11-24 15:30
明天3点                    | 2026-11-24 15:00
明早8点                    | 2026-11-24 08:00
今晚                       | 2026-11-23 20:00
今晚8点一刻                | 2026-11-23 20:15
后天                       | 2026-11-25
後天上午十點               | 2026-11-25 10:00
大后天                     | 2026-11-26
周五                       | 2026-11-27
周五前                     | 2026-11-27
这周五                     | 2026-11-27
下周三                     | 2026-12-02
下週三下午2點              | 2026-12-02 14:00
下个星期一                 | 2026-11-30
下下周一                   | 2026-12-07
下周                       | 2026-11-30
下个月                     | 2026-12-23
下个月5号                  | 2026-12-05
三天后                     | 2026-11-26
两周后                     | 2026-12-07
十天之后                   | 2026-12-03
半年后                     | 2027-05-23
半小时后                   | 2026-11-23 11:00
月底                       | 2026-11-30
5号                        | 2026-12-05
12月25日                   | 2026-12-25
十二月二十五号             | 2026-12-25
明年1月3日                 | 2027-01-03
2027年3月5日               | 2027-03-05
"""


def _table(text: str, language: str) -> list[tuple[str, str, str]]:
    rows = [line.split("|") for line in text.strip().splitlines()]
    return [(language, said.strip(), means.strip()) for said, means in rows]


def _written(due: Due | None) -> str:
    if due is None:
        return ""
    return f"{due.day}" if due.time is None else f"{due.day} {due.time:%H:%M}"


@pytest.mark.parametrize(
    ("language", "said", "means"),
    [*_table(ENGLISH, "en"), *_table(PORTUGUESE, "pt"), *_table(CHINESE, "zh_CN")],
)
def test_words_of_time(language: str, said: str, means: str) -> None:
    assert _written(read_due(said, MONDAY, DMY, language)) == means


@pytest.mark.parametrize("language", ["en", "pt", "zh_CN"])
@pytest.mark.parametrize(
    "said",
    ["", "Ana", "call 3", "3", "45000", "2026", "99/99", "31/02/2027", "today 25:00", "asap",
     "in 999 years", "2 weeks ago", "yesterday", "ontem", "昨天", "2 pallets", "x" * 400],
)  # fmt: skip
def test_what_is_no_time_to_come(said: str, language: str) -> None:
    assert read_due(said, MONDAY, DMY, language) is None


@pytest.mark.parametrize(
    ("order", "means"), [(DMY, "2027-04-03"), (MDY, "2027-03-04"), (YMD, "2027-03-04")]
)
def test_figures_are_meant_as_at_home(order: str, means: str) -> None:
    assert _written(read_due("3/4", MONDAY, order, "en")) == means


@pytest.mark.parametrize(
    ("line", "title", "means"),
    [
        ("call Ana tomorrow 15h", "call Ana", "2026-11-24 15:00"),
        ("call back in 2 weeks", "call back", "2026-12-07"),
        ("send the offer by friday 5pm", "send the offer", "2026-11-27 17:00"),
        ("review the contract on the 3rd", "review the contract", "2026-12-03"),
        ("next friday send the offer to Rui", "send the offer to Rui", "2026-11-27"),
        ("send invoice in 2 weeks to João", "send invoice to João", "2026-12-07"),
        ("ligar à Ana amanhã às 15h30", "ligar à Ana", "2026-11-24 15:30"),
        ("ligar ao João na segunda", "ligar ao João", "2026-11-30"),
        ("明天下午3点给王总打电话", "给王总打电话", "2026-11-24 15:00"),
        ("给王总打电话下周三", "给王总打电话", "2026-12-02"),
        ("给王总明天下午打电话", "给王总打电话", "2026-11-24 15:00"),
        ("周五前交报价单", "交报价单", "2026-11-27"),
        # Words that look like a time and are none.
        ("pedir segunda via do contrato", "pedir segunda via do contrato", ""),
        ("the 3rd contract", "the 3rd contract", ""),
        ("order 3/4 inch pipes", "order 3/4 inch pipes", ""),
        ("buy sun cream", "buy sun cream", ""),
        ("Call Ana about 2 pallets", "Call Ana about 2 pallets", ""),
        # A line has to say what is to be done.
        ("tomorrow", "tomorrow", ""),
        ("", "", ""),
    ],
)
def test_lines_with_a_time_in_them(line: str, title: str, means: str) -> None:
    found, due = split(line, MONDAY, DMY)
    assert (found, _written(due)) == (title, means)


@given(st.text(max_size=80))
def test_any_line_keeps_its_other_words(line: str) -> None:
    title, due = split(line, MONDAY, DMY)
    assert due is not None or title == " ".join(line.split())
    assert title or not line.split()
