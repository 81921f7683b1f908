"""A bare year or a word among dates makes neither texts nor numbers of the others."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from archives import Bring

from crm_desktop.bridge.values.kinds import value_kind
from crm_desktop.domain.fields import FieldKind

DAYS = "01.07.2017 15/8/2016 23/11/2019 3.4.2015 17/02/2020 28-12-2013 9/9/2018 22.6.2014".split()


@pytest.mark.parametrize("odd", ["2012", 2012, 2012.0, "expired", "已过期", "n/a", "vitalício"])
def test_one_odd_cell_among_dates(odd: Any) -> None:
    assert value_kind([*DAYS, odd], "Joined") is FieldKind.DATE
    assert value_kind([dt.date(2020, 1, n) for n in range(2, 13)] + [odd], "X") is FieldKind.DATE


@pytest.mark.parametrize(
    ("values", "header"),
    [
        (["2012", "2013", "2014", "2012"], "Year"),
        (["2012", "2013", "2014", "01.07.2017", "02.07.2017", "03.07.2017"], "Since"),
        ([*DAYS[:4], "open", "closed", "open"], "State"),
        ([*DAYS[:3], "waiting", "waiting"], "Date"),
        (["yes", "no", "maybe", "01.07.2017"], "Date"),
    ],
)
def test_more_than_a_few_are_no_dates(values: list[Any], header: str) -> None:
    assert value_kind(values, header) is not FieldKind.DATE


def test_the_odd_one_is_kept_as_typed_and_marked(bring: Bring) -> None:
    said = ["2027.5.11", "已过期", "2033/6/1", dt.date(2026, 1, 2), "2031.3.9", 2029]
    names = ["段丽华", "何世昌", "和文静", "李昌荣", "白志明", "王秀英"]
    rows = [[name, f"1388802115{n}", said[n]] for n, name in enumerate(names)]
    imported = bring([["姓名", "手机", "护照有效期"], *rows], country="CN")
    own = [customer["custom"]["护照有效期"] for customer in imported.customers]
    assert own == ["2027-05-11", "已过期", "2033-06-01", "2026-01-02", "2031-03-09", "2029"]
    [problem] = imported.sheets[0].problems
    assert (problem.row, problem.value) == (3, "已过期")
