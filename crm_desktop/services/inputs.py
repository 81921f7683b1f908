"""What somebody typed into a field, made fit to keep, or refused with words that help."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from crm_desktop.domain.customers import Address, ContactKind, ContactPoint, PersonalFacts
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.names import shortened
from crm_desktop.i18n import _, language

LONGEST_LINE = 500
LONGEST_TEXT = 100_000
_YEARLESS = re.compile(r"--(\d{2})-(\d{2})")
_STORED_LUNAR = re.compile(r"[Ll][\d-]")


def tidy(text: str) -> str:
    """One line: composed, without control characters, single spaces."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(c if unicodedata.category(c) not in ("Cc", "Cs") else " " for c in composed)
    return " ".join(kept.split())


def line(text: str, field: str, *, longest: int = LONGEST_LINE) -> str:
    """One line to be kept; nothing of it is cut off.

    Args:
        text: as typed.
        field: that it is typed into.
        longest: how many characters it may have.

    Raises:
        UserError: it is longer.
    """
    return _bounded(tidy(text), longest, field)


def title(text: str, field: str, missing: str, *, longest: int = LONGEST_LINE) -> str:
    """One line that something is called by.

    Args:
        text: as typed.
        field: that it is typed into.
        missing: what to say where nothing is to be seen in it.
        longest: how many characters it may have.

    Raises:
        UserError: nothing is to be seen in it, or it is too long.
    """
    kept = line(text, field, longest=longest)
    if is_blank(kept):
        raise UserError(missing, field=field)
    return kept


def titles(texts: Iterable[str], field: str) -> list[str]:
    """Several such lines, without those in which nothing is to be seen.

    Raises:
        UserError: one of them is too long.
    """
    return [kept for text in texts if not is_blank(kept := line(text, field))]


def is_blank(text: str) -> bool:
    """Whether nothing is to be seen in a text: blanks, characters without width or shape."""
    return all(unicodedata.category(c)[0] in "CZ" for c in text)


def _bounded(text: str, most: int, field: str) -> str:
    if len(text) > most:
        raise UserError(_("That is longer than {n} characters.").format(n=most), field=field)
    return text


def long_text(text: str, field: str) -> str:
    """Several lines: composed, ends of lines unified, without other control characters.

    Args:
        text: as typed.
        field: that it is typed into.

    Raises:
        UserError: longer than anybody would read.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(
        c for c in composed if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")
    )
    return _bounded(kept.strip(), LONGEST_TEXT, field)


def name(text: str) -> str:
    """A customer's name.

    Raises:
        UserError: there is none, or it is too long.
    """
    return title(text, "name", _("A customer needs a name."))


def birthday(text: str, country: str) -> str | None:
    """A birthday as the archive keeps it (`domain/birthdays.py`), None for none.

    Raises:
        UserError: there is no such day.
    """
    from crm_desktop.bridge.values.dates import default_order, read_date
    from crm_desktop.bridge.values.daywords import is_lunar

    kept = tidy(text)
    if not kept:
        return None
    if _STORED_LUNAR.match(kept) or is_lunar(kept):
        return _lunar_birthday(kept)
    found = read_date(kept, default_order(country, language()), birthday=True)
    if found is None:
        raise UserError(
            _("“{text}” is no date. Write it like 31 May 1980, or 31 May without the year.").format(
                text=shortened(kept)
            ),
            field="birthday",
        )
    if not _YEARLESS.fullmatch(found) and not 1850 <= date.fromisoformat(found).year <= 2100:
        raise UserError(
            _("Is the year right? “{text}”").format(text=shortened(kept)), field="birthday"
        )
    return found


def _lunar_birthday(kept: str) -> str:
    from crm_desktop.bridge.values import lunar

    found = lunar.read_lunar_birthday(kept)
    if found is None:
        raise UserError(
            _(
                "“{text}” is no day of the lunar calendar."
                " Write it like 农历八月十五 or lunar 1984-08-15."
            ).format(text=shortened(kept)),
            field="birthday",
        )
    if found.year is not None and lunar.solar_day(found) is None:
        raise UserError(
            _("The lunar year {year} has no such day, or lies too far back.").format(
                year=found.year
            ),
            field="birthday",
        )
    return found.text


def day(text: str, country: str, field: str) -> str | None:
    """A day as ISO text, None for none.

    Raises:
        UserError: there is no such day.
    """
    from crm_desktop.bridge.values.dates import default_order, read_date

    kept = tidy(text)
    if not kept:
        return None
    found = read_date(kept, default_order(country, language()))
    if found is None:
        raise UserError(
            _("“{text}” is no date. Write it like 2030-05-31.").format(text=shortened(kept)),
            field=field,
        )
    return found


MOST_STARS = 5
_YES, _NO = frozenset(("1", "yes", "true")), frozenset(("", "0", "no", "false"))


def fact(field: str, text: str) -> str | int:
    """One of `PersonalFacts` as typed: a line, lines, stars, yes or no.

    Raises:
        UserError: it makes no sense there.
    """
    if field == "preferences":
        return long_text(text, field)
    if field == "rating":
        return stars(text, field)
    kept = line(text, field)
    if field in ("deceased", "do_not_contact"):
        if kept.casefold() not in _YES | _NO:
            raise UserError(_("Say yes or no."), field=field)
        return int(kept.casefold() in _YES)
    return kept


def stars(text: str, field: str) -> int:
    """From none to five stars.

    Raises:
        UserError: it is no such number.
    """
    kept = tidy(text)
    if kept and not (len(kept) == 1 and kept.isdecimal() and int(kept) <= MOST_STARS):
        raise UserError(_("A rating is a number from 0 to 5."), field=field)
    return int(kept or 0)


def facts(typed: PersonalFacts) -> PersonalFacts:
    """All facts of a new customer.

    Raises:
        UserError: one makes no sense.
    """
    said = {name: fact(name, str(value)) for name, value in typed._asdict().items()}
    flags = {name: bool(said.pop(name)) for name in ("deceased", "do_not_contact")}
    return typed._replace(**said, **flags)  # type: ignore[arg-type]


def one_of(kinds: type[StrEnum], value: str, field: str) -> str:
    """A member of a fixed set.

    Raises:
        UserError: it is none.
    """
    if value not in set(kinds):
        raise UserError(
            _("“{value}” is none of: {known}.").format(
                value=shortened(value), known=", ".join(kinds)
            ),
            field=field,
        )
    return value


def contact_point(
    kind: str, raw: str, country: str, *, label: str = "", strict: bool = False
) -> ContactPoint:
    """A phone number, an e-mail address or an account, read from what was typed.

    Args:
        kind: a `ContactKind`.
        raw: as typed; kept.
        country: ISO code for phone numbers without a prefix.
        label: free text.
        strict: refuse an e-mail address that cannot be one, instead of keeping it unread.

    Raises:
        UserError: it is too long; with `strict` also an address that cannot be one.
    """
    text = line(raw, kind)
    value: str | None = None
    if kind == ContactKind.PHONE:
        from crm_desktop.bridge.values.phones import e164

        value = e164(text, country)
    elif kind == ContactKind.EMAIL:
        text = text.removeprefix("mailto:")
        from crm_desktop.bridge.values.emails import is_email

        if is_email(text):
            value = text.lower()
        elif strict:
            raise UserError(
                _("“{text}” is no e-mail address; it should look like name@example.org.").format(
                    text=shortened(text)
                ),
                field="email",
            )
    else:
        value = text
    return ContactPoint(kind, text, value, line(label, "label"))


def address(typed: Address) -> Address:
    """An address with each part tidied; the street may have several lines."""
    return Address(
        street=long_text(typed.street, "street"),
        postcode=line(typed.postcode, "postcode"),
        city=line(typed.city, "city"),
        region=line(typed.region, "region"),
        country=line(typed.country, "country"),
        label=line(typed.label, "label"),
        id=typed.id,
        do_not_use=typed.do_not_use,
    )
