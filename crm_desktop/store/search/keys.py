"""What the index holds of a customer, and how a query reads.

A customer is found when every word of the query is part of his `skey`. That is the whole
definition; the index only makes it fast, and a property test compares it with a plain scan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from crm_desktop.store.search.fold import digits, fold, fold_cached, has_han
from crm_desktop.store.search.pinyin import sortable, spellings

# Raised whenever the functions below give other keys or grams: archives then index anew.
INDEX_VERSION = 1
_LONGEST_NAME_KEY = 48
_PHONE_LIKE = re.compile(r"\+?[\d\s().\-/]*")


class SearchDoc(NamedTuple):
    """A customer as the index holds him.

    Attributes:
        sort_key: by which lists are sorted; for most names the folded name itself, whose
            beginnings rank first in a search.
        skey: folded words that any query is looked up in.
        names: other ways to begin a name, which rank next: its further words, pinyin and
            initials, and the name as written where it is not sorted so.
        grams: the tokens of `skey`, as `grams` makes them.
    """

    sort_key: str
    skey: str
    names: tuple[str, ...]
    grams: str


def search_doc(
    name: str,
    organisation: str = "",
    phones: Iterable[tuple[str, str | None]] = (),
    words: Iterable[str] = (),
    cities: Iterable[str] = (),
    notes: str = "",
) -> SearchDoc:
    """Make the index entry of one customer.

    Args:
        name: as shown.
        organisation: name of the firm he belongs to.
        phones: pairs of raw text and E.164 (or None).
        words: e-mails, accounts, custom values: anything else that finds him.
        cities: of his addresses.
        notes: free text.
    """
    folded = fold_cached(name)
    sort_key = sortable(folded)
    names = folded.split(" ")[1:]
    if sort_key != folded:
        names.append(folded)
    # What comes back thousands of times is folded once; the rest as one text, since folding
    # costs a call more than a character.
    pieces = [folded]
    if organisation:
        pieces.append(fold_cached(organisation))
    pieces += map(fold_cached, cities)
    texts = [*words, notes]
    numbers = []
    for raw, value in phones:
        known = value[1:] if value else ""
        typed = digits(raw)
        if known:
            numbers.append(known)
        if typed not in known:
            numbers.append(typed)
        if not typed:
            texts.append(raw)
    is_plain = " ".join(pieces).isascii()
    pieces.append(fold(" ".join(texts)))
    pieces += numbers
    if not is_plain:
        for text in (name, organisation, *cities):
            if has_han(text):
                for whole, initials in spellings(text):
                    pieces += (whole, initials)
                    if text == name:
                        names += (whole, initials)
    skey = " ".join(pieces)
    return SearchDoc(
        sort_key[:_LONGEST_NAME_KEY],
        skey,
        tuple({n[:_LONGEST_NAME_KEY]: None for n in names}) if names else (),
        grams(skey),
    )


def draft_doc(draft: tuple[Any, ...]) -> SearchDoc:
    """The index entry of a draft; `draft` has the fields of `CustomerDraft`, in their order."""
    return search_doc(
        draft[0],
        draft[4],
        [(p[1], p[2]) for p in draft[8] if p[0] == "phone"],
        (
            *[p[2] or p[1] for p in draft[8] if p[0] != "phone"],
            # Sorted, so that a customer's entry is the same however he came in.
            *sorted([value for _name, value in draft[11]]),
        ),
        [a[2] for a in draft[9] if a[2]],
        draft[7],
    )


_FOUR_FROM = 6
_FIGURES = re.compile(r"[0-9]{6,}")


def grams(skey: str) -> str:
    """The tokens of an `skey`: its characters, and all its runs of three, once each.

    At a word's end the runs are shorter, and runs over a space fall apart into such shorter
    ones when they are indexed. So every pair of characters is the beginning of some token, and
    the index keeps beginnings of two characters (`prefix='2'`) by itself, faster than we would.
    Figures also have their runs of four: any three of them stand in every thirtieth phone
    number, any four in every three hundredth.
    """
    found = {skey[i : i + 3] for i in range(len(skey))}
    found.update(skey)
    for run in _FIGURES.findall(skey):
        found.update([run[i : i + 4] for i in range(len(run) - 3)])
    return " ".join(found)


class Query(NamedTuple):
    """A query: he is found if all words of any alternative are in his `skey`."""

    alternatives: tuple[tuple[str, ...], ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return not self.alternatives

    def matches(self, skey: str) -> bool:
        """The definition of a hit, in one line."""
        return any(all(word in skey for word in words) for words in self.alternatives)


def parse_query(text: str) -> Query:
    """Read what somebody typed into the search box; nothing in it is syntax.

    Figures that look like a phone number are also taken as one, however it is spaced, with
    or without its leading zeros.
    """
    folded = fold(text)
    words = tuple(dict.fromkeys(folded.split()))
    if not words:
        return Query(())
    alternatives = [words]
    number = digits(folded)
    if len(number) >= 3 and _PHONE_LIKE.fullmatch(folded):
        without_trunk = digits(folded.replace("(0)", ""))
        for candidate in (number, number.lstrip("0"), without_trunk):
            if len(candidate) >= 3 and (candidate,) not in alternatives:
                alternatives.append((candidate,))
    return Query(tuple(alternatives))


def match_expression(query: Query) -> str:
    """The FTS5 expression whose hits include every hit of the query; quoted throughout."""
    return " OR ".join(
        "(" + " AND ".join(_term(gram) for gram in _query_grams(words)) + ")"
        for words in query.alternatives
    )


def _term(gram: str) -> str:
    return f'"{gram}"*' if len(gram) == 2 else f'"{gram}"'


def _query_grams(words: tuple[str, ...]) -> tuple[str, ...]:
    grams_of_query: dict[str, None] = {}
    for word in words:
        is_long_figure = len(word) >= _FOUR_FROM and word.isascii() and word.isdigit()
        size = 4 if is_long_figure else 3
        if len(word) <= size:
            grams_of_query[word] = None
        else:
            # Runs side by side cover the word; the last one closes it. `instr` confirms.
            for start in (*range(0, len(word) - size, size), len(word) - size):
                grams_of_query[word[start : start + size]] = None
    return tuple(grams_of_query)


def needs_confirmation(query: Query) -> bool:
    """Whether a gram hit may be none: only words longer than a triple can mislead."""
    return any(len(word) > 3 for words in query.alternatives for word in words)
