"""What the index holds of a customer, and how a query reads.

A customer is found when every word of the query is part of his `skey`. That is the whole
definition; the index only makes it fast, and a property test compares it with a plain scan.
"""

from __future__ import annotations

import re
from codecs import charmap_decode
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from crm_desktop.domain.customers import Stage
from crm_desktop.store.search.fold import digits, fold, fold_cached, fold_many, has_han
from crm_desktop.store.search.pinyin import sortable, spellings

# Raised whenever the functions below give other keys or grams: archives then index anew.
INDEX_VERSION = 1
_LONGEST_NAME_KEY = 48
_POTENTIAL = Stage.POTENTIAL.value
_DATE = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
_DATE_FROM_YEAR = re.compile(r"([0-9]{4})[./年-]([0-9]{1,2})[./月-]([0-9]{1,2})日?")
_PHONE_LIKE = re.compile(r"\+?[\d\s().\-/]*")


class CustomerKeys(NamedTuple):
    """What lists and search keep of a customer, beside his number and when he was changed.

    Attributes:
        sort_key: by which lists are sorted; for most names the folded name itself, whose
            beginnings rank first in a search.
        organisation_key: folded name of his firm, for sorting.
        stage: a `Stage`.
        city, phone, email: the first of each, as lists show them.
        skey: folded words that any query is looked up in.
        names: other ways to begin a name, which rank next, a line each: its further words,
            pinyin and initials, and the name as written where it is not sorted so.
    """

    sort_key: str
    organisation_key: str
    stage: str
    city: str
    phone: str
    email: str
    skey: str
    names: str


class Searched(NamedTuple):
    """What the keys of a customer are made of.

    Attributes:
        name: as shown.
        organisation: name of the firm he belongs to.
        stage: None for one of whom nothing is said yet.
        notes: free text.
        points: his contact points in their order, each beginning with kind, raw and value.
        cities: of his addresses, in their order; no empty ones.
        custom: values of his custom fields.
    """

    name: str
    organisation: str
    stage: str | None
    notes: str
    points: Iterable[tuple[Any, ...]]
    cities: Sequence[str]
    custom: Iterable[str]


def customer_keys(customers: Sequence[Searched]) -> list[CustomerKeys]:
    """Work out the keys of customers; many at once, since folding costs a call most."""
    names = fold_many([customer.name for customer in customers])
    reached = [_reached(customer.points) for customer in customers]
    # Sorted, so that a customer's keys are the same however he came in.
    rests = fold_many(
        [
            " ".join([*way.texts, *sorted(customer.custom), customer.notes, *way.unread])
            for customer, way in zip(customers, reached, strict=True)
        ]
    )
    return [
        _keys(customer, folded, way, rest)
        for customer, folded, way, rest in zip(customers, names, reached, rests, strict=True)
    ]


def sort_key_of(folded: str) -> str:
    """By what lists sort a name that is folded already."""
    return sortable(folded)[:_LONGEST_NAME_KEY]


class _Reached(NamedTuple):
    """A customer's contact points as lists show them and as the search reads them."""

    phone: str
    email: str
    numbers: list[str]
    texts: list[str]
    unread: list[str]


def _reached(points: Iterable[tuple[Any, ...]]) -> _Reached:
    texts, unread, numbers = [], [], []
    phone = email = ""
    for kind, raw, value, *_rest in points:
        if kind == "phone":
            phone = phone or value or raw
            known = value[1:] if value else ""
            typed = digits(raw)
            if known:
                numbers.append(known)
            if typed not in known:
                numbers.append(typed)
            if not typed:
                unread.append(raw)
        else:
            texts.append(value or raw)
            if kind == "email":
                email = email or raw
    return tuple.__new__(_Reached, (phone, email, numbers, texts, unread))


def _keys(customer: Searched, folded: str, way: _Reached, rest: str) -> CustomerKeys:
    """Put the keys together.

    Args:
        customer: whose they are.
        folded: his name.
        way: how he is reached.
        rest: whatever else is searched, folded.
    """
    name, organisation, stage, _notes, _points, cities, _custom = customer
    phone, email, numbers, _texts, _unread = way
    sort_key = sortable(folded)
    names = folded.split(" ")[1:]
    if sort_key != folded:
        names.append(folded)
    # What comes back thousands of times is folded once.
    organisation_key = fold_cached(organisation) if organisation else ""
    pieces = [folded]
    if organisation:
        pieces.append(organisation_key)
    if cities:
        pieces += map(fold_cached, cities)
    is_plain = "".join(pieces).isascii()
    pieces.append(rest)
    pieces += numbers
    if not is_plain:
        for text in (name, organisation, *cities):
            if has_han(text):
                for whole, initials in spellings(text):
                    pieces += (whole, initials)
                    if text == name:
                        names += (whole, initials)
    return tuple.__new__(
        CustomerKeys,
        (
            sort_key[:_LONGEST_NAME_KEY],
            organisation_key,
            stage or _POTENTIAL,
            cities[0] if cities else "",
            phone,
            email,
            " ".join(pieces),
            "\n".join({n[:_LONGEST_NAME_KEY]: None for n in names}) if names else "",
        ),
    )


def draft_keys(drafts: Iterable[tuple[Any, ...]]) -> list[CustomerKeys]:
    """The keys of drafts, each with the fields of `CustomerDraft` in their order."""
    new: Any = tuple.__new__
    return customer_keys(
        [
            new(
                Searched,
                (
                    *(draft[0], draft[4], draft[5], draft[7], draft[8]),
                    [address[2] for address in draft[9] if address[2]],
                    [value for _name, value in draft[11]],
                ),
            )
            for draft in drafts
        ]
    )


_FIGURES = re.compile(r"[0-9]{4,}")
# Figures as numbers to the base 11, any other character as its highest figure, 10 ...
_VALUES = bytes(code - 48 if 48 <= code < 58 else 10 for code in range(256))
# ... so that each two of them are one byte, and a figure beside a blank stays a blank.
_PAIRS = "".join(
    chr(0xE000 + pair // 11 * 10 + pair % 11) if pair // 11 < 10 and pair % 11 < 10 else " "
    for pair in range(256)
)


def trigram_texts(skeys: Sequence[str]) -> list[str]:
    """What FTS5's trigram tokenizer is given for each `skey`.

    Two spaces stand after each word, so that its last two characters, and its last one, begin
    a trigram of their own: every part of a word begins some trigram. Figures stand there a
    second time, each two of them as one character: a trigram of these is four figures, which
    few numbers have in common, where any three stand in a thirtieth of all phone numbers.
    """
    figures = [" ".join(_FIGURES.findall(skey)) for skey in skeys]
    pairs = _in_pairs(" ".join(figures))
    texts, start = [], 0
    for skey, own in zip(skeys, figures, strict=True):
        end = start + len(own)
        texts.append(f"{skey.replace(' ', '  ')}  {pairs[start : max(start, end - 1)]}")
        start = end + 1
    return texts


def _in_pairs(figures: str) -> str:
    """Each two neighbours among figures (with single spaces between) as one character.

    All at once, as the bytes of one large number: times 11, plus itself a byte further on.
    No byte is carried over, since 11 * 10 + 10 < 256. A tenth of the time of a loop.
    """
    values = figures.encode().translate(_VALUES)
    number = int.from_bytes(values, "big")
    pairs = (number * 11 + (number << 8)).to_bytes(len(values) + 1, "big")
    return charmap_decode(pairs, "strict", _PAIRS)[0][1:-1]


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
    or without its leading zeros; and a date as one, however it is written.
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
    alternatives += [(date,) for date in _dates(folded) if (date,) not in alternatives]
    return Query(tuple(alternatives))


def _dates(text: str) -> Iterator[str]:
    """A date in figures as the archive writes it; in both orders where either may be meant."""
    if match := _DATE.fullmatch(text):
        one, two, year = match.groups()
        for day, month in ((one, two), (two, one)):
            if int(month) <= 12:
                yield f"{year}-{month:0>2}-{day:0>2}"
    elif match := _DATE_FROM_YEAR.fullmatch(text):
        year, month, day = match.groups()
        yield f"{year}-{month:0>2}-{day:0>2}"


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
