"""Who may be one: pairs among all customers of an archive, with what speaks for it.

Nobody is compared with everybody: only those are who share a phone, an e-mail, a number of
their own, a folded name (also a Chinese one with its pinyin), or a city or firm with the
beginning of a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import combinations

from crm_desktop.bridge.matching.match import Identity, identity, names_agree
from crm_desktop.domain import birthdays
from crm_desktop.domain.customers import CustomerDraft, CustomerId
from crm_desktop.domain.duplicates import CERTAIN, Pair, Sign
from crm_desktop.store.search.fold import has_han
from crm_desktop.store.search.pinyin import spellings

_MOST_IN_BLOCK = 40
"""More who share a key share a switchboard, or a name that thousands bear."""
_LEAST = 0.6
_ORDER = list(Sign)
_LOOK = 2_000


def find_pairs(
    customers: Iterable[tuple[CustomerId, CustomerDraft]],
    *,
    apart: Collection[tuple[int, int]] = (),
    progress: Callable[[int], None] = lambda _done: None,
) -> list[Pair]:
    """The likely pairs among customers, the surest first.

    Args:
        customers: what `store.imports.known` gives of each.
        apart: pairs that are two, the smaller number first.
        progress: is told how many customers were looked at, now and then.
    """
    known: dict[CustomerId, Identity] = {}
    blocks: defaultdict[str, list[CustomerId]] = defaultdict(list)
    for done, (number, draft) in enumerate(customers):
        if done % _LOOK == 0:
            progress(done)
        who = known[number] = identity(draft)
        for key in keys(who):
            blocks[key].append(number)
    seen: set[tuple[int, int]] = set(apart)
    found = []
    for done, block in enumerate(blocks.values()):
        if done % _LOOK == 0:
            progress(len(known))
        if not 1 < len(block) <= _MOST_IN_BLOCK:
            continue
        for one, other in combinations(sorted(block), 2):
            if (one, other) in seen:
                continue
            seen.add((one, other))
            if (pair := compare(one, known[one], other, known[other])) is not None:
                found.append(pair)
    return sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other))


def keys(who: Identity) -> Iterator[str]:
    """The blocks that a customer belongs to."""
    for contact in who.contacts:
        yield f"c {contact}"
    for number in who.numbers:
        yield f"n {number}"
    if not who.name:
        return
    words = "".join(sorted(who.name.split()))
    yield f"w {words}"
    if has_han(who.name):
        for whole, _initials in spellings(who.name):
            yield f"w {''.join(sorted(whole))}"
    elif who.name.isascii():
        yield f"w {''.join(sorted(words))}"  # pinyin, whichever name stands first
    for place in (who.city, who.organisation):
        if place:
            yield f"p {place} {who.name[:2]}"
    if who.birthday and birthdays.has_year(who.birthday):
        yield f"b {who.birthday} {who.name[:1]}"


def compare(one: CustomerId, his: Identity, other: CustomerId, hers: Identity) -> Pair | None:
    """Whether two customers may be one, and how surely; None where little speaks for it."""
    if _contradict(his, hers):
        return None
    signs: set[Sign] = set()
    for contact in set(his.contacts) & set(hers.contacts):
        signs.add(Sign.EMAIL if "@" in contact else Sign.PHONE)
    if set(his.numbers) & set(hers.numbers):
        signs.add(Sign.NUMBER)
    if his.name == hers.name:
        signs.add(Sign.NAME)
    elif names_agree(his.name, hers.name):
        signs.add(Sign.LIKE_NAME)
    if his.birthday and hers.birthday and birthdays.agree(his.birthday, hers.birthday):
        signs.add(Sign.BIRTHDAY)
    if his.city and his.city == hers.city:
        signs.add(Sign.CITY)
    if his.organisation and his.organisation == hers.organisation:
        signs.add(Sign.ORGANISATION)
    score = _score(signs)
    if his.kind != hers.kind:
        score = min(score, CERTAIN - 0.05)
    if score < _LEAST:
        return None
    first, last = sorted((one, other))
    return Pair(first, last, round(score, 2), tuple(s for s in _ORDER if s in signs))


def _contradict(his: Identity, hers: Identity) -> bool:
    """Whether two are surely two: other birthdays, other numbers that the state gives once."""
    if his.birthday and hers.birthday and birthdays.differ(his.birthday, hers.birthday):
        return True
    sorts = {number.partition(":")[0] for number in his.numbers}
    both = sorts & {number.partition(":")[0] for number in hers.numbers}
    return any(
        {n for n in his.numbers if n.startswith(f"{sort}:")}.isdisjoint(hers.numbers)
        for sort in both
    )


def _score(signs: set[Sign]) -> float:
    """How sure some signs make it."""
    named = Sign.NAME in signs
    alike = named or Sign.LIKE_NAME in signs
    reached = Sign.PHONE in signs or Sign.EMAIL in signs
    if Sign.NUMBER in signs:
        return 0.99 if alike else 0.8
    if reached and named:
        return 0.98
    if reached and alike:
        return 0.95 if Sign.PHONE in signs and Sign.EMAIL in signs else 0.9
    if Sign.BIRTHDAY in signs and alike:
        return 0.95 if named else 0.88
    if named and (Sign.CITY in signs or Sign.ORGANISATION in signs):
        return 0.8
    if alike and (Sign.CITY in signs or Sign.ORGANISATION in signs):
        return 0.7
    if Sign.PHONE in signs and Sign.EMAIL in signs:
        return 0.65
    return 0.6 if named else 0.0
