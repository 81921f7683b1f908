"""Forms of so few labels that only their like on other sheets tells that they are cards."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.sheets import detect
from crm_desktop.bridge.sheets.detect import IDENTITY
from crm_desktop.bridge.sheets.form_labels import label_of
from crm_desktop.bridge.sheets.form_tables import UNKNOWN, Shared, shared_by
from crm_desktop.bridge.sheets.forms import REST, Card, read_form
from crm_desktop.bridge.sheets.synonyms import meanings
from crm_desktop.bridge.values.dates import read_date
from crm_desktop.bridge.values.text import cell_text

MOST_ROWS = 120
_FEWEST = 2  # who it is, and how to reach him
_REACHED = frozenset(("phone", "email", "im"))


def read_small(rows: Sequence[Row], shared: Shared = UNKNOWN) -> Card | None:
    """Read a sheet as a small form: a name, and a phone or an e-mail address, beside their labels.

    What else stands there must tell of nobody else: a firm above the list of its customers is
    no card.

    Args:
        rows: all of the sheet.
        shared: what other sheets of its template tell.
    """
    card = read_form(rows, shared, _FEWEST)
    if card is None:
        return None
    named = [value for label, value in card.pairs if _field(label) in IDENTITY]
    reached = [value for label, value in card.pairs if _field(label) in _REACHED]
    labels = [text for row in rows for v in row if (text := label_of(v))]
    if len(named) < sum(1 for text in labels if _field(text) in IDENTITY):
        return None
    if not any(_is_reached(cell_text(value).strip()) for value in reached):
        return None
    rest = "\n".join(cell_text(value) for label, value in card.pairs if label == REST)
    pieces = rest.replace(" · ", "\n").split("\n")
    return None if any(map(_is_reached, pieces)) else card


def read_alike(forms: Sequence[Sequence[Row]]) -> list[Card]:
    """Read small forms of one template; [] where they do not tell of different customers."""
    shared = shared_by(forms)
    cards = [card for form in forms if (card := read_small(form, shared))]
    return cards if len(cards) == len(forms) and len({_name(card) for card in cards}) > 1 else []


def _name(card: Card) -> tuple[str, ...]:
    return tuple(cell_text(v) for label, v in card.pairs if _field(label) in IDENTITY)


def _field(label: str) -> str:
    return next((m.field for m in meanings(label)[:1]), "")


def _is_reached(text: str) -> bool:
    """Whether somebody is reached so; 2025-02-28 looks like a phone number to some."""
    return detect.is_contact(text) and read_date(text, "DMY") is None
