"""The kinds of value that a field of the owner's own can hold, and how a column has them."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class FieldKind(StrEnum):
    """What a custom field holds.

    The archive keeps every value as text, in one writing a kind:

    - `TEXT`: a line; `LONG_TEXT`: several.
    - `NUMBER`: decimal point, no marks of thousands: `-1234.5`.
    - `MONEY`: the same, and behind it the currency where it is not the field's: `12.50 USD`.
    - `DATE`: `1998-03-05`, `1998-03-05 14:30:00`, or as much as is known: `--03-05`, `1998-03`,
      `1998`.
    - `YES_NO`: `yes` or `no`.
    - `CHOICE`: one of a few words; `CHOICES`: several, `; ` between them.
    - `PHONE`: E.164; `EMAIL`: lower case; several of them with `; ` between.
    - `LINK`: with its scheme: `https://example.org`.
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"


class Reading(NamedTuple):
    """How a column's values are to be read; the defaults read what the archive keeps.

    Attributes:
        order: of day, month and year: "DMY", "MDY", "YMD" or "ROC".
        decimal: the decimal mark.
        currency: the field's own; others stay behind the number.
        countries: ISO codes that phone numbers are read in, the likeliest first.
        choices: the words of a choice, in their usual writing.
        epoch_1904: spreadsheet's day numbers count from 1904.
        shown: the currency that the spreadsheet shows beside numbers of its own.
    """

    order: str = "DMY"
    decimal: str = "."
    currency: str = ""
    countries: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    epoch_1904: bool = False
    shown: str = ""


PLAIN = Reading()


class Compound(StrEnum):
    """What the cells of a combined column hold."""

    NAME_PHONE = "name_phone"
    NAME_EMAIL = "name_email"
    PHONE_EMAIL = "phone_email"
    NAME_PHONE_EMAIL = "name_phone_email"
    ADDRESS = "address"
    POSTCODE_CITY = "postcode_city"
