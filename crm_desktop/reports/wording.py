"""How facts read on paper: dates, phone numbers, postal addresses, the archive's own words."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

import phonenumbers
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format

from crm_desktop.domain import addresses, birthdays
from crm_desktop.domain.cases import Case, CaseKind, CaseStatus
from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    ContactPoint,
    CustomerKind,
    InteractionKind,
    Stage,
)
from crm_desktop.domain.promises import Side
from crm_desktop.domain.relations import RelationKind
from crm_desktop.i18n import N_, _, pgettext

_INTERACTIONS = {
    InteractionKind.CALL: N_("Call"),
    InteractionKind.VISIT: N_("Visit"),
    InteractionKind.MESSAGE: N_("Message"),
    InteractionKind.EMAIL: N_("E-mail"),
    InteractionKind.NOTE: N_("Note"),
}
_KINDS = {CustomerKind.PERSON: N_("Person"), CustomerKind.ORGANISATION: N_("Organisation")}
_CONTACTS = {
    ContactKind.PHONE.value: N_("Phone"),
    ContactKind.EMAIL.value: N_("E-mail"),
    ContactKind.IM.value: N_("Messenger"),
}
# The labels that the import gives by itself; what a user types stays as it is.
_LABELS = {
    "mobile": N_("Mobile"),
    "work": N_("Work"),
    "home": N_("Home"),
    "fax": N_("Fax"),
    "main": N_("Main"),
    "other": N_("Other"),
    "private": N_("Private"),
    "billing": N_("Billing"),
    "delivery": N_("Delivery"),
    "emergency": N_("Emergency"),
    "family": N_("Family"),
}
_BIRTHDAY = re.compile(r"(\d{4}|-)-(\d\d)-(\d\d)")


def relation_text(kind: str, *, turned: bool = False, reverse: str = "") -> str:
    """What a customer is to another one; `turned` from the other side, which `reverse` words."""
    words = {
        RelationKind.WORKS_AT: (_("Works at"), _("Employs")),
        RelationKind.SPOUSE_OF: (_("Spouse of"), _("Spouse of")),
        RelationKind.PARENT_OF: (_("Parent of"), _("Child of")),
        RelationKind.REFERRED_BY: (_("Referred by"), _("Referred")),
    }
    known = {str(name): pair for name, pair in words.items()}
    return known.get(kind, (kind, reverse or kind))[turned]


def case_text(case: Case) -> str:
    """What a case is and how far it has come."""
    status = {
        CaseStatus.OPEN: pgettext("case", "Open"),
        CaseStatus.WAITING: pgettext("case", "Waiting"),
        CaseStatus.RESOLVED: pgettext("case", "Resolved"),
    }[case.status]
    kind = _("Complaint") if case.kind is CaseKind.COMPLAINT else pgettext("case", "Request")
    return f"{kind} · {status}"


def side_text(side: Side) -> str:
    """Whose promise it is."""
    return _("We owe") if side is Side.WE else _("They owe")


def language_text(code: str, language: str) -> str:
    """A language's name; what is no code stays as it is."""
    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name(language)
    except (ValueError, UnknownLocaleError):
        return code
    return str(name or code)


def stage_text(stage: Stage) -> str:
    """A stage in the user's language."""
    return {
        Stage.POTENTIAL: pgettext("stage", "Potential"),
        Stage.PROSPECT: pgettext("stage", "Prospect"),
        Stage.CUSTOMER: pgettext("stage", "Customer"),
        Stage.FORMER: pgettext("stage", "Former"),
    }[stage]


def interaction_text(kind: InteractionKind) -> str:
    """A kind of interaction in the user's language."""
    return _(_INTERACTIONS[kind])


def kind_text(kind: CustomerKind) -> str:
    """Person or organisation, in the user's language."""
    return _(_KINDS[kind])


def label_text(label: str, fallback: str) -> str:
    """A label as people read it; `fallback` where there is none."""
    if not label:
        return fallback
    known = _LABELS.get(label.strip().lower())
    return _(known) if known else label


def contact_label(point: ContactPoint) -> str:
    """What stands before a contact point."""
    kind = _CONTACTS.get(point.kind)
    return label_text(point.label, _(kind) if kind else point.kind)


@lru_cache(maxsize=4096)
def phone_text(value: str | None, raw: str) -> str:
    """A phone number in international writing; as it was typed where it is none."""
    if not value:
        return raw
    try:
        number = phonenumbers.parse(value)
    except phonenumbers.NumberParseException:
        return raw or value
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def days_of(language: str) -> str:
    """The locale that days and times are written by: English ones as Europe writes them.

    "3/5/2019" is the third of May in every field of the program; "Mar 5, 2019" beside
    "12 April 1984" would make one doubt it.
    """
    return "en_GB" if language == "en" else language


@lru_cache(maxsize=4096)
def date_text(day: dt.date, language: str) -> str:
    """A date as the language writes it, such as "22 de novembro de 2026"."""
    return str(format_date(day, "long", locale=days_of(language)))


@lru_cache(maxsize=4096)
def short_date_text(day: dt.date, language: str) -> str:
    """A date with a short month."""
    return str(format_date(day, "medium", locale=days_of(language)))


@lru_cache(maxsize=1440)
def time_text(time: dt.time, language: str) -> str:
    """A time of the day to the minute."""
    # Unicode puts a narrow no-break space before AM; fonts and searches prefer the plain one
    return str(format_time(time, "short", locale=days_of(language))).replace("\u202f", " ")


def moment_text(at: dt.datetime, near: dt.datetime, language: str) -> str:
    """A date and time on the clock of `near`."""
    at = local(at, near)
    minute = time_text(at.time().replace(second=0, microsecond=0), language)
    pattern = _moment_pattern(language)
    return pattern.replace("{1}", short_date_text(at.date(), language)).replace("{0}", minute)


@lru_cache(maxsize=16)
def _moment_pattern(language: str) -> str:
    return str(get_datetime_format("medium", locale=days_of(language))).replace("'", "")


def local(at: dt.datetime, near: dt.datetime) -> dt.datetime:
    """A moment on the clock that `near` was read from."""
    if at.tzinfo is None:
        return at
    return at.astimezone(near.tzinfo)  # None stands for this machine's own zone


def birthday_text(birthday: str, language: str) -> str:
    """A birthday, with or without its year; as it stands where it is no date."""
    if (lunar := birthdays.parse(birthday)) is not None and lunar.lunar:
        if language.startswith("zh"):
            return _("lunar {day}").format(day=birthdays.chinese_words(lunar))
        figures = lunar._replace(lunar=False).text.rstrip("+")
        words = _("lunar {day} (leap month)") if lunar.leap else _("lunar {day}")
        return words.format(day=figures)
    match = _BIRTHDAY.fullmatch(birthday)
    if match is None:
        return birthday
    year, month, day = match.groups()
    try:
        if year != "-":
            return date_text(dt.date(int(year), int(month), int(day)), language)
        leap_year = dt.date(2000, int(month), int(day))
    except ValueError:
        return birthday
    return str(format_skeleton("MMMMd", leap_year, locale=days_of(language)))


@lru_cache(maxsize=512)
def country_text(country: str, language: str) -> str:
    """A country's name; free text stays as it is."""
    names = Locale.parse(language).territories
    return str(names.get(country.upper(), country)) if len(country) == 2 else country


def address_lines(address: Address, language: str, home: str = "") -> list[str]:
    """A postal address in the order of its country; `home` speaks for those without one."""
    country = country_text(address.country, language)
    return addresses.address_lines(address, country=country, home=home)
