"""Columns of what the firm notes of a customer himself: what they must hold to be that.

Their headers are ordinary words ("Title", "Origin", "Level"), so that the values decide. What
fits nothing stays what it would be otherwise, mostly a field of the owner's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.bridge.sheets.cities import is_place
from crm_desktop.bridge.sheets.neighbours import Choice, Column, best, is_of_animals
from crm_desktop.bridge.sheets.profile import Profile
from crm_desktop.bridge.sheets.synonyms import header_key, header_words, meanings
from crm_desktop.bridge.values.countries import country_code
from crm_desktop.bridge.values.honorifics import is_honorific
from crm_desktop.bridge.values.nothing import says_none
from crm_desktop.bridge.values.ratings import read_stars, shows_stars
from crm_desktop.bridge.values.tongues import read_language

_CODED = frozenset(("rating", "grade", "language", "title"))
_CUSTOMERS = ("name", "organisation", "given_name", "family_name")
_MANY = 0.3
_LONGEST_NAME = 26  # letters, on the average
_MOST_WORDS = 4
_LONGEST_SOURCE = 40
# Said of where somebody was born or lives, too.
_ORIGINS = frozenset(
    (
        *("origem", "procedencia", "proveniencia", "origen", "origine", "provenance", "herkunft"),
        *("provenienza", "come from", "came from", "where from"),
    )
)
_ANSWERS = frozenset(
    "yes no y n true false x ok sim nao s si oui non ja nein 是 否 有 无 да нет".split()
)
# One odd value among so many is a slip of the pen; what counts otherwise is another scale.
_SLIPS = 0.02
# Who is in charge looks after several customers each.
_FEWEST_ROWS = 6
_MOST_IN_CHARGE = 20


def fit(field: str, column: Column) -> float:
    """How well values agree with a header of one of `FACTS` or of `grade`: 1 fully, 0 not."""
    texts = [text for text in column.texts if text and not says_none(text)]
    if not texts:
        return 0.0
    return float(_agree(field, texts, column))


def _agree(field: str, texts: Sequence[str], column: Column) -> bool:
    if field == "owner":
        return _are_names(texts, column.profile)
    if field == "source":
        held = column.profile
        figures = max(held.emails, held.phones, held.dates, held.numbers, _share_of_codes(texts))
        return figures < _MANY and held.length <= _LONGEST_SOURCE and not _are_places(texts, column)
    if field == "rating":
        return _are_stars(texts)
    if field == "grade":
        return _are_stars(texts) and 2 * sum(map(shows_stars, texts)) > len(texts)
    if field == "language":
        return all(map(read_language, texts))
    return all(map(is_honorific, texts))


def _share_of_codes(texts: Sequence[str]) -> float:
    """The share of texts with more figures than letters: "Proc." may be 24/101."""
    codes = sum(sum(map(str.isdigit, t)) > sum(map(str.isalpha, t)) for t in texts)
    return codes / len(texts)


def wants_all(header: str) -> bool:
    """Whether the whole sample of a column has to be looked at, as each value has a say."""
    fields = {m.field for m in meanings(header)}
    return not fields.isdisjoint(_CODED) and fields.isdisjoint(_CUSTOMERS)


def _are_names(texts: Sequence[str], held: Profile) -> bool:
    """Whether these may be names of a few people, or their initials."""
    other = max(held.emails, held.phones, held.dates, held.numbers, held.suffixes, held.kinds)
    short = held.length <= _LONGEST_NAME and held.words <= _MOST_WORDS
    return other < _MANY and short and not {header_key(t) for t in texts} <= _ANSWERS


def _are_places(texts: Sequence[str], column: Column) -> bool:
    if header_words(column.header) not in _ORIGINS:
        return False
    return 2 * sum(1 for t in texts if is_place(t) or country_code(t)) > len(texts)


def _are_stars(texts: Sequence[str]) -> bool:
    """Whether these are numbers of stars, but for slips of the pen."""
    read = list(map(read_stars, texts))
    odd = [text for text, stars in zip(texts, read, strict=True) if stars is None]
    if len(odd) > _SLIPS * len(texts) or not any(read):
        return False
    return not any(any(map(str.isdecimal, text)) or len(text) < 2 for text in odd)


def settle_in_charge(chosen: dict[int, Choice], columns: dict[int, Column]) -> None:
    """Who looks after customers has several of them each; a contact person has his own.

    Whoever stands alone, without any column of customers, is no such person.
    """
    people = _customers(chosen, columns)
    for index, column in columns.items():
        if chosen.get(index, Choice(0, "", "")).field == "owner":
            if not people - {index}:
                chosen[index] = Choice(1.0, "custom", "")
        elif any(m.field == "in_charge" for m in meanings(column.header)) and any(
            _looks_after(column, columns[at]) for at in people - {index}
        ):
            taken = best(chosen, "owner") is not None
            chosen[index] = Choice(0.7, "custom", "") if taken else Choice(0.8, "owner", "")


def _customers(chosen: dict[int, Choice], columns: dict[int, Column]) -> set[int]:
    """The columns that say who the customers are."""
    if is_of_animals(columns):
        return {i for i, c in chosen.items() if c.field == "contact_person"}
    return {i for i, c in chosen.items() if c.field in (*_CUSTOMERS, "contact_person")}


def _looks_after(column: Column, customers: Column) -> bool:
    """Whether few people stand beside many customers."""
    pairs = [
        (one, other)
        for one, other in zip(map(header_key, column.texts), customers.texts, strict=False)
        if one and other
    ]
    few, many = {one for one, _other in pairs}, {other for _one, other in pairs}
    return (
        len(pairs) >= _FEWEST_ROWS
        and len(few) <= min(_MOST_IN_CHARGE, len(many) // 2)
        and _are_names([t for t in column.texts if t], column.profile)
    )
