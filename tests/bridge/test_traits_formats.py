"""Which number formats say more than the value."""

from __future__ import annotations

import pytest

from crm_desktop.bridge.traits.number_formats import BUILT_IN, says_more

TELLING = [
    "00000",
    "000 000 000",
    "+351 000 000 000",
    '"+351 "000000000',
    "000\\ 000\\ 000",
    "(###) ###-####",
    "000-00-0000",
    "[h]:mm",
    "[mm]:ss",
    'yyyy"年"m"月"d"日"',
    "[$-411]ge.m.d",
    '[$-804]yyyy"年"m"月"',
    '"Sr. "@',
    '@" kg"',
    '0" anos"',
    '"Nº "0',
    "[<=9999999]###-####;(###) ###-####",
    "0000\\-000",
    "[$-404]e/m/d",
    "00\\.000\\.000",
    "### ### ###",
    '#,##0" pessoas"',
    "[$-F800]yyyy年m月",
    "000.000.000-00",
]
PLAIN = [
    "General",
    "@",
    "0",
    "0.00",
    "#,##0",
    "#,##0.00",
    "0%",
    "0.00%",
    "0.00E+00",
    "##0.0E+0",
    "# ?/?",
    "# ??/??",
    "dd/mm/yyyy",
    "m/d/yyyy h:mm",
    'd "de" mmmm "de" yyyy',
    '[$-816]d "de" mmmm "de" yyyy',
    '#,##0.00 "€"',
    '#,##0.00\\ "EUR"',
    "[$€-2] #,##0.00",
    '"R$" #,##0.00',
    '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-',
    "# ##0",
    "# ##0.00",
    "#\\ ##0",
    "+0;-0;0",
    "mmm-yy",
    "h:mm AM/PM",
    "[Red]-0.00",
    "yyyy\\-mm\\-dd;@",
    '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    "[$¥-804]#,##0.00",
    "0.000",
    '""0',
    "$#,##0_);($#,##0)",
    '#,##0 "kr"',
    "General_)",
    "[$-409]dddd, mmmm d, yyyy",
    "hh:mm:ss",
    "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
    "# ### ##0",
    "#.##0,00",
    '"R$ "#,##0',
]


@pytest.mark.parametrize("code", TELLING)
def test_telling(code: str) -> None:
    assert says_more(code)


@pytest.mark.parametrize("code", PLAIN)
def test_plain(code: str) -> None:
    assert not says_more(code)


def test_all_that_is_built_in_tells() -> None:
    assert all(map(says_more, BUILT_IN.values()))
