"""Targets: set, and compared with what was reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.money import MOST, Money
from crm_desktop.domain.targets import (
    Measure,
    Period,
    Progress,
    Span,
    Target,
    period_of,
    progress,
    raised,
)
from crm_desktop.i18n import _
from crm_desktop.services import amounts, inputs
from crm_desktop.services.quotations import QuotationService
from crm_desktop.services.settings import SettingsService
from crm_desktop.services.tasks import TaskService
from crm_desktop.store import handovers
from crm_desktop.store import targets as rows
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps

_MOST_COUNT = 1_000_000
_MOST_PERCENT = 1_000


class OwnerProgress(NamedTuple):
    """How far one owner has come; "" is the whole firm."""

    owner: str
    measures: Sequence[Progress]


class TargetService:
    """The targets of one archive. Each change is one step that can be undone."""

    def __init__(
        self,
        archive: Archive,
        settings: SettingsService,
        quotations: QuotationService,
        tasks: TaskService,
    ) -> None:
        self._archive = archive
        self._settings = settings
        self._quotations = quotations
        self._tasks = tasks

    def now(self, span: Span) -> Period:
        """The month, quarter or year that it is."""
        return period_of(span, self._tasks.clock().date())

    def progress(self, period: Period) -> Sequence[OwnerProgress]:
        """How far the firm and everybody in it has come in a period."""
        today, currency = self._tasks.clock().date(), self._quotations.home_currency()
        with self._archive.reading() as c:
            kept = rows.every(c)
            reached = {m: rows.reached(c, m, period, currency) for m in Measure}
            names = set(handovers.owners(c)) | {one.owner for one in kept}
        names |= {owner for found in reached.values() for owner in found}
        names.discard("")
        made = []
        for owner in ("", *sorted(names)):
            listed = []
            for measure in Measure:
                found = reached[measure]
                its = found.get(owner, rows.NOTHING)
                if not owner:
                    its = rows.Reached(
                        sum(one.amount for one in found.values()),
                        sum(one.elsewhere for one in found.values()),
                    )
                listed.append(
                    progress(
                        measure,
                        its.amount,
                        period,
                        _said(kept, owner, measure, currency),
                        today,
                        currency=currency if measure is Measure.REVENUE else "",
                        elsewhere=its.elsewhere,
                    )
                )
            made.append(OwnerProgress(owner, listed))
        return made

    def at_a_glance(self) -> OwnerProgress | None:
        """How far the firm has come this month; None where it has no targets."""
        period = self.now(Span.MONTH)
        with self._archive.reading() as c:
            if not rows.every(c):
                return None
        whole = self.progress(period)[0]
        listed = [one for one in whole.measures if one.target is not None]
        return OwnerProgress("", listed) if listed else None

    # Changing

    def set(self, owner: str, measure: Measure, period: Period, text: str) -> StepId | None:
        """Say what is to be reached.

        Args:
            owner: by whom, "" for the whole firm.
            measure: of what.
            period: in which.
            text: as typed; "" for no target of its own.

        Returns:
            The step, for Undo; None where it says the same already.

        Raises:
            UserError: it is no amount, or no whole number.
        """
        who = inputs.line(owner, "owner")
        currency = self._quotations.home_currency() if measure is Measure.REVENUE else ""
        amount = self._amount(measure, text, currency)
        target = Target(measure, period.span, period.first, amount or 0, who, currency)
        with self._archive.reading() as c:
            before = [one for one in rows.every(c) if _same(one, target)]
        if [replace(one, id=None) for one in before] == ([] if amount is None else [target]):
            return None

        def act(c: Connection) -> None:
            if amount is None:
                rows.drop(c, target)
            else:
                rows.put(c, target)

        return self._step(_("Set a target"), act)

    def copy(self, period: Period, percent: str) -> StepId:
        """Take over the targets of the period of the same kind a year before.

        Args:
            period: that gets them; what is set in it already stays.
            percent: by how much each is higher, as typed; "" for nothing.

        Raises:
            UserError: it is no percentage, or there was no target then.
        """
        more = _percent(percent)
        before = period_of(period.span, date(period.first.year - 1, period.first.month, 1))
        with self._archive.reading() as c:
            kept = rows.every(c)
        there = {(one.owner, one.measure) for one in kept if _of(one) == period}
        found = [
            replace(one, first=period.first, amount=min(raised(one.amount, more), MOST), id=None)
            for one in kept
            if _of(one) == before and (one.owner, one.measure) not in there
        ]
        if not found:
            raise UserError(_("There are no targets of the year before that could be taken over."))

        def act(c: Connection) -> None:
            for one in found:
                rows.put(c, one)

        return self._step(_("Take over targets"), act)

    # Parts

    def _amount(self, measure: Measure, text: str, currency: str) -> int | None:
        clean = inputs.tidy(text)
        if not clean:
            return None
        if measure is Measure.REVENUE:
            country = self._settings.home_country()
            money = amounts.amount(clean, "amount", currency=currency, country=country)
            return None if money is None else amounts.alike(money, currency, "amount").amount
        digits = clean.replace(" ", "").replace(".", "").replace(",", "")
        if not digits.isdecimal() or int(digits) > _MOST_COUNT:
            words = _("Write a whole number from {least} to {most}.")
            raise UserError(words.format(least=0, most=_MOST_COUNT), field="amount")
        return int(digits)

    def _step(self, name: str, act: Callable[[Connection], object]) -> StepId:
        def run(c: Connection) -> StepId:
            act(c)
            return steps.current(c)

        return self._archive.write(name, run)


def target_typed(one: Progress) -> str:
    """A target as it may be typed; "" for none of its own."""
    if one.target is None or not one.own:
        return ""
    return figure_text(one, one.target)


def figure_text(one: Progress, amount: int) -> str:
    """A figure of a measure as it is read."""
    if one.measure is Measure.REVENUE:
        return amounts.money_shown(Money(amount, one.currency))
    return str(amount)


def _said(kept: Sequence[Target], owner: str, measure: Measure, currency: str) -> dict[Period, int]:
    wanted = currency if measure is Measure.REVENUE else ""
    return {
        _of(one): one.amount
        for one in kept
        if one.owner == owner and one.measure is measure and one.currency == wanted
    }


def _of(one: Target) -> Period:
    return Period(one.span, one.first)


def _same(one: Target, other: Target) -> bool:
    return (one.owner, one.measure, _of(one)) == (other.owner, other.measure, _of(other))


def _percent(text: str) -> int:
    clean = inputs.tidy(text).removesuffix("%").strip().removeprefix("+")
    if not clean:
        return 0
    if not clean.isdecimal() or int(clean) > _MOST_PERCENT:
        words = _("Write a whole number from {least} to {most}.")
        raise UserError(words.format(least=0, most=_MOST_PERCENT), field="percent")
    return int(clean)
