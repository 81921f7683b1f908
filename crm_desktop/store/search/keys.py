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
        text: what is given to the trigram index for `skey`, as `trigram_text` makes it.
    """

    sort_key: str
    skey: str
    names: tuple[str, ...]
    text: str


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
        trigram_text(skey),
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


# Two figures as one character of the private use area.
_PAIRS = {f"{n:02}": chr(0xE000 + n) for n in range(100)}
_FIGURES = re.compile(r"[0-9]{4,}")


def trigram_text(skey: str) -> str:
    """What FTS5's trigram tokenizer is given for an `skey`.

    Two spaces stand after each word, so that its last two characters, and its last one, begin
    a trigram of their own: every part of a word begins some trigram. Figures stand there a
    second time, each two of them as one character: a trigram of these is four figures, which
    few numbers have in common, where any three stand in a thirtieth of all phone numbers.
    """
    figures = "  ".join([_in_pairs(run) for run in _FIGURES.findall(skey)])
    return f"{skey.replace(' ', '  ')}  {figures}"


def _in_pairs(figures: str) -> str:
    return "".join([_PAIRS[figures[i : i + 2]] for i in range(len(figures) - 1)])


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


def match_expression(words: tuple[str, ...]) -> str:
    """The FTS5 expression whose hits include all that have these words; quoted throughout.

    Words of one or two characters have no trigram and are left out; "" where only such are.
    """
    terms: dict[str, None] = {}
    for word in words:
        if len(word) >= 4 and word.isascii() and word.isdigit():
            terms.update(dict.fromkeys(map(_in_pairs, _cover(word, 4))))
        elif len(word) >= 3:
            terms.update(dict.fromkeys(_cover(word, 3)))
    return " AND ".join(f'"{term}"' for term in terms)


def _cover(word: str, size: int) -> list[str]:
    """Pieces of one size side by side that cover a word; the last one closes it."""
    starts = (*range(0, len(word) - size, size), len(word) - size)
    return [word[start : start + size] for start in starts]
