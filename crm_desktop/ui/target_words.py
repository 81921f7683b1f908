"""Targets in the user's words."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.domain.targets import Measure, Pace, Period, Progress, Span
from crm_desktop.i18n import _
from crm_desktop.services.targets import figure_text
from crm_desktop.ui import format as say


def measure_text(measure: Measure) -> str:
    """What is counted."""
    return {
        Measure.REVENUE: _("Revenue"),
        Measure.ORDERS: _("Orders"),
        Measure.NEW_CUSTOMERS: _("New customers"),
        Measure.VISITS: _("Visits"),
        Measure.CALLS: _("Calls"),
    }[measure]


def definition(measure: Measure) -> str:
    """How it is counted."""
    return {
        Measure.REVENUE: _(
            "What orders came to on the day they were agreed, taxes included; changes, returns and"
            " cancellations count on their own day. In the home currency; an order is that of"
            " whoever follows up its opportunity, else of whoever looks after its customer."
        ),
        Measure.ORDERS: _("Orders that were confirmed and are not cancelled."),
        Measure.NEW_CUSTOMERS: _("Who came to the stage Customer, or began in it."),
        Measure.VISITS: _("Visits on the timelines of the customers whom one looks after."),
        Measure.CALLS: _("Calls on the timelines of the customers whom one looks after."),
    }[measure]


def span_text(span: Span) -> str:
    """For how long."""
    return {Span.MONTH: _("Month"), Span.QUARTER: _("Quarter"), Span.YEAR: _("Year")}[span]


def period_text(period: Period) -> str:
    """Which month, quarter or year."""
    if period.span is Span.YEAR:
        return str(period.first.year)
    if period.span is Span.QUARTER:
        words = _("Quarter {n} of {year}")
        return words.format(n=(period.first.month + 2) // 3, year=period.first.year)
    return say.month(period.first.year, period.first.month)


def progress_text(one: Progress) -> str:
    """How far a measure has come: "12 of 20"."""
    done = figure_text(one, one.done)
    if one.target is None:
        return done
    return _("{done} of {target}").format(done=done, target=figure_text(one, one.target))


def pace_text(one: Progress) -> str:
    """How it goes, beside the days that are over; "" where nothing is to be said."""
    if one.target is None:
        return ""
    expected = figure_text(one, one.expected)
    return {
        Pace.EARLY: "",
        Pace.BEHIND: _("behind: {expected} would be even with the days"),
        Pace.ON_TRACK: _("on track: {expected} would be even with the days"),
        Pace.AHEAD: _("ahead: {expected} would be even with the days"),
    }[one.pace].format(expected=expected)


def at_a_glance_text(listed: Sequence[Progress], period: Period) -> str:
    """The month in a line."""
    said = [
        _("{measure}: {progress}").format(
            measure=measure_text(one.measure), progress=progress_text(one)
        )
        for one in listed
    ]
    return f"{period_text(period)} · {' · '.join(said)}"
