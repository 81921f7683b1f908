"""The kinds of value that a field of the owner's own can hold."""

from __future__ import annotations

from enum import StrEnum


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
