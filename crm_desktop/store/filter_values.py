"""Whether one value is what a filter asks for, as SQL: texts, numbers, words, days.

The user's words only ever as parameters.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from crm_desktop.domain import periods
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.filters import Op, ValueKind
from crm_desktop.domain.periods import Period
from crm_desktop.store.search.fold import fold
from crm_desktop.store.times import write

KIND_OF: Mapping[FieldKind, ValueKind] = {
    FieldKind.TEXT: ValueKind.TEXT,
    FieldKind.LONG_TEXT: ValueKind.TEXT,
    FieldKind.NUMBER: ValueKind.NUMBER,
    FieldKind.MONEY: ValueKind.NUMBER,
    FieldKind.DATE: ValueKind.DAY,
    FieldKind.YES_NO: ValueKind.FLAG,
    FieldKind.CHOICE: ValueKind.WORD,
    FieldKind.CHOICES: ValueKind.WORD,
    FieldKind.PHONE: ValueKind.TEXT,
    FieldKind.EMAIL: ValueKind.TEXT,
    FieldKind.LINK: ValueKind.TEXT,
    FieldKind.CUSTOMER: ValueKind.WORD,
}


class Asked(NamedTuple):
    """When and where a filter is asked.

    Attributes:
        today: the owner's day.
        lunar_days: the days of the Chinese calendar, `MM-DD`, on which lunar birthdays are kept
            in a period.
    """

    today: date
    lunar_days: Callable[[Period], list[str]] = lambda _period: []


@dataclass(slots=True)
class ValueTests:
    """Tests of values, and the parameters that they speak of."""

    asked: Asked
    parameters: dict[str, object] = field(default_factory=dict)

    def test(self, kind: ValueKind, value: str, op: Op, values: tuple[str, ...]) -> str:
        """Whether a value, an expression, is what is asked for."""
        if op is Op.FILLED:
            return f"coalesce({value}, '') <> ''"
        if op is Op.YES:
            return f"{value} IN (1, 'yes')"
        if op is Op.ANY_OF:
            return f"{value} IN {self.words(values)}"
        if kind is ValueKind.NUMBER:
            return self.number(value, op, values)
        if kind in (ValueKind.DAY, ValueKind.MOMENT):
            return self.in_period(value, self.period(op, values), kind)
        wanted = self.bind(fold(values[0]))
        # Asking Python to fold a text costs ten times what SQLite takes for plain letters.
        bare = op is Op.CONTAINS and not set(fold(values[0])) & set(" '")
        plain = (_ASCII if bare else _PLAIN).format(value=value)
        written = f"CASE WHEN {plain} THEN lower({value}) ELSE folded({value}) END"
        if op is Op.IS:
            return f"{written} = {wanted}"
        return f"instr({written}, {wanted}) {'= 1' if op is Op.STARTS else '> 0'}"

    def own_test(self, kind: FieldKind, op: Op, values: tuple[str, ...]) -> str:
        """Whether an own field's value (`x.value`), which is never blank, is what is asked for."""
        if op is Op.FILLED:
            return "1"
        if kind is FieldKind.CHOICES:
            tests = [f"instr('; ' || x.value || '; ', {self.bind(f'; {v}; ')})" for v in values]
            return "(" + " OR ".join(tests) + ")"
        if kind in (FieldKind.NUMBER, FieldKind.MONEY):
            return f"({self.number(amount('x.value'), op, values)} AND {is_amount('x.value')})"
        if kind is FieldKind.DATE:
            test = self.test(ValueKind.DAY, "substr(x.value, 1, 10)", op, values)
            return f"({_IS_DAY} AND {test})"
        return self.test(KIND_OF[kind], "x.value", op, values)

    def figures(self, op: Op, figures: str) -> str:
        """A phone by its figures, however either is written."""
        wanted = self.bind(figures)
        if op is Op.IS:
            return f"ltrim(x.value, '+') = {wanted}"
        return f"instr(ltrim(x.value, '+'), {wanted}) {'= 1' if op is Op.STARTS else '> 0'}"

    def number(self, value: str, op: Op, values: tuple[str, ...]) -> str:
        """Whether a number is, beside one or two others."""
        bounds = [f"CAST({self.bind(v)} AS REAL)" for v in values]
        if op is Op.BETWEEN:
            one, other = bounds
            return f"{value} BETWEEN min({one}, {other}) AND max({one}, {other})"
        if op is Op.FILLED:
            return f"{value} IS NOT NULL"
        return f"{value} {_SIGNS[op]} {bounds[0]}"

    def period(self, op: Op, values: tuple[str, ...]) -> Period:
        """The days that an operator and its words speak of."""
        today = self.asked.today
        if op in (Op.LAST, Op.NEXT, Op.OLDER):
            make = {Op.LAST: periods.last, Op.NEXT: periods.next_, Op.OLDER: periods.older}[op]
            return make(today, int(values[0]), values[1])
        if op in _AHEAD:
            return periods.whole(today, values[0], _AHEAD[op])
        days = sorted(map(date.fromisoformat, values))
        if op is Op.BEFORE:
            return Period(None, days[0])
        if op is Op.AFTER:
            return Period(periods.on(days[0]).after, None)
        return periods.between(days[0], days[-1])

    def in_period(self, value: str, period: Period, kind: ValueKind) -> str:
        """Whether a day, or a moment, is one of a period."""
        tests = []
        for day, sign in ((period.first, ">="), (period.after, "<")):
            if day is not None:
                bound = moment(day) if kind is ValueKind.MOMENT else day.isoformat()
                tests.append(f"{value} {sign} {self.bind(bound)}")
        return "(" + " AND ".join(tests) + ")"

    # Parameters.

    def bind(self, value: object) -> str:
        """Keep a parameter; returns how a statement speaks of it."""
        name = f"f{len(self.parameters)}"
        self.parameters[name] = value
        return f":{name}"

    def words(self, values: Sequence[str]) -> str:
        """Several words as one parameter, behind IN."""
        return f"(SELECT value FROM json_each({self.bind(json.dumps(list(values)))}))"

    def not_null(self, test: str) -> str:
        """A test whose answer is never NULL, so that it can be turned round."""
        return f"coalesce({test}, 0)"


# ASCII that folding only makes lower: no blanks but single ones within, no quotes.
_ASCII = "length({value}) = octet_length({value})"
_PLAIN = (
    _ASCII
    + " AND instr({value}, '  ') = 0 AND {value} NOT GLOB '*[^!#-~ ]*' AND trim({value}) = {value}"
)
_SIGNS = {Op.EQUAL: "=", Op.LESS: "<", Op.MORE: ">"}
_AHEAD = {Op.PREVIOUS: -1, Op.THIS: 0, Op.FOLLOWING: 1}
_IS_DAY = "x.value GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'"


def amount(value: str) -> str:
    """The number of an own field's value; behind an amount may stand its currency."""
    return f"CAST({value} AS REAL)"


def is_amount(value: str) -> str:
    """Whether an own field's value is a number, and not a text that was kept as it stood."""
    unsigned = f"ltrim({value}, '-')"
    amount_alone = f"ltrim(substr({value}, 1, length({value}) - 4), '-')"
    # Most are figures and nothing else: what costs more is asked of the others.
    return (
        f"({_figures_only(value)} OR {_figures_only(unsigned)}"
        f" OR ({value} GLOB '* [A-Z][A-Z][A-Z]' AND {_figures_only(amount_alone)}))"
    )


def _figures_only(value: str) -> str:
    return f"({value} NOT GLOB '*[^0-9.]*' AND {value} GLOB '[0-9]*')"


def moment(day: date) -> str:
    """When a day of the owner's clock begins, as the archive writes it."""
    if day in (date.min, date.max):  # beyond every clock
        return write(datetime.combine(day, time(), UTC))
    return write(datetime.combine(day, time()).astimezone())
