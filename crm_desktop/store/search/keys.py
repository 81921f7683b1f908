"""What the index holds of a customer, and how a query reads.

A customer is found when every word of the query is part of his `skey`. That is the whole
definition; the index only makes it fast, and a property test compares it with a plain scan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from crm_desktop.store.search.fold import digits, fold, fold_cached
from crm_desktop.store.search.pinyin import has_han, sortable, spellings

# Raised whenever the functions below give other keys or grams: archives then index anew.
INDEX_VERSION = 1
_LONGEST_NAME_KEY = 48
_LONGEST_SKEY = 20_000
_PHONE_LIKE = re.compile(r"\+?[\d\s().\-/]*")


class SearchDoc(NamedTuple):
    """A customer as the index holds him.

    Attributes:
        sort_key: by which lists are sorted.
        skey: folded words that any query is looked up in.
        names: folded keys whose prefixes rank first.
    """

    sort_key: str
    skey: str
    names: tuple[str, ...]


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
    parts: list[str] = [folded]
    names: list[str] = [folded]
    if " " in folded:
        names.extend(folded.split(" ")[1:])
    if organisation:
        folded_organisation = fold_cached(organisation)
        parts.append(folded_organisation)
        names.append(folded_organisation)
    for raw, value in phones:
        known = digits(value) if value else ""
        typed = digits(raw)
        if known:
            parts.append(known)
        if typed and typed not in known:
            parts.append(typed)
        if not typed:
            parts.append(fold(raw))
    parts.extend(map(fold, words))
    parts.extend(map(fold_cached, cities))
    if notes:
        parts.append(fold(notes))
    for text in (name, organisation, *cities):
        if text and has_han(text):
            for whole, initials in spellings(text):
                parts += (whole, initials)
                if text == name:
                    names += (whole, initials)
    skey = " ".join(parts)
    if len(skey) > _LONGEST_SKEY:
        skey = skey[:_LONGEST_SKEY]
    return SearchDoc(
        sortable(folded)[:_LONGEST_NAME_KEY],
        skey,
        tuple({n[:_LONGEST_NAME_KEY]: None for n in names if n}),
    )


@lru_cache(maxsize=32768)
def _word_grams(word: str) -> frozenset[str]:
    return frozenset(_parts(word))


def _parts(word: str) -> list[str]:
    # zip on purpose: pairwise takes 1.6 times as long here, and this is most of an import.
    pairs = [a + b for a, b in zip(word, word[1:], strict=False)]  # noqa: RUF007
    pairs += [word[i : i + 3] for i in range(len(word) - 2)]
    return pairs


def grams(skey: str) -> str:
    """The tokens of an `skey`: its single characters, pairs and triples, once each.

    Single Latin letters are among them: without these, a word's last letter alone would be
    found by no token.
    """
    found = set(skey)
    found.discard(" ")
    for word in skey.split():
        # Words come back, numbers and e-mail addresses do not: only the former are kept.
        if word.isalpha():
            found |= _word_grams(word)
        else:
            found.update(_parts(word))
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
        "(" + " AND ".join(f'"{gram}"' for gram in _query_grams(words)) + ")"
        for words in query.alternatives
    )


def _query_grams(words: tuple[str, ...]) -> tuple[str, ...]:
    grams_of_query: dict[str, None] = {}
    for word in words:
        if len(word) <= 3:
            grams_of_query[word] = None
        else:
            # Every third triple covers the word; the last one closes it. `instr` confirms.
            for start in (*range(0, len(word) - 3, 3), len(word) - 3):
                grams_of_query[word[start : start + 3]] = None
    return tuple(grams_of_query)


def needs_confirmation(query: Query) -> bool:
    """Whether a gram hit may be none: only words longer than a triple can mislead."""
    return any(len(word) > 3 for words in query.alternatives for word in words)
