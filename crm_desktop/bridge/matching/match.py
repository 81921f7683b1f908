"""Which customer an imported row is: only what is certain counts.

The same person stands in ten yearly sheets, while families share a phone and firms a
switchboard. So a contact point in common decides only between compatible names, and a name
alone only where nothing contradicts it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple

from crm_desktop.bridge.matching.own_ids import (
    CODE,
    code_key,
    id_key,
    id_kind,
    is_state_issued,
    tells_somebody,
)
from crm_desktop.bridge.sheets.profile import is_person_name
from crm_desktop.bridge.values.names import TITLES
from crm_desktop.domain import birthdays
from crm_desktop.domain.customers import (
    ContactKind,
    CustomerKind,
)
from crm_desktop.store.search.fold import fold_cached, has_han
from crm_desktop.store.search.pinyin import spellings

_PUNCTUATION = re.compile(r"[^\w\s]+|_", re.UNICODE)
_CLOSE = 85
_ALIKE = 75
_MANY = 20
_MOST_CONTACT = 200
_FEW = 8
_CROWD = -1
# Titles say nothing of who somebody is.
_TITLES_CJK = ("先生", "女士", "小姐", "太太", "总", "總", "老师", "经理", "經理")
_PHONE, _EMAIL = ContactKind.PHONE.value, ContactKind.EMAIL.value
_REACHED = {_PHONE: 1, _EMAIL: 2}
_EVERY_WAY = 3
_NUMBERED = 4
_WAYS = _EVERY_WAY | _NUMBERED
# Named in parts, born some day or of a firm; else "person" is only what everybody is by default.
_SURELY_PERSON = 8
_new: Any = tuple.__new__
_PERSON, _ORGANISATION = CustomerKind.PERSON.value, CustomerKind.ORGANISATION.value


class Identity(NamedTuple):
    """What tells a customer from others.

    Attributes:
        kind: a `CustomerKind`.
        name: as `name_key` folds it; so is `organisation`.
        organisation: "" where none is known.
        birthday: ISO, perhaps without its year.
        reached: bits of what is known of him: 1 phone, 2 e-mail, 4 a number of the state's,
            8 what only persons have.
        contacts: his phones in E.164 and his e-mails.
        numbers: tax number, identity card and the like (`own_ids.id_key`).
        city: folded, of the first address.
    """

    kind: str
    name: str
    organisation: str
    birthday: str | None
    reached: int
    contacts: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    city: str = ""


def identity(draft: tuple[Any, ...]) -> Identity:
    """What tells a draft's customer from others; `draft` has the fields of `CustomerDraft`."""
    name, kind, given, family, organisation, _stage, birthday, _notes, points, *rest = draft
    reached = _SURELY_PERSON if birthday or given or family or organisation else 0
    contacts = []
    for point in points:
        if (value := point[2]) and (way := _REACHED.get(point[0])):
            reached |= way
            contacts.append(value)
    addresses, _tags, customs, *_facts = rest
    numbers = []
    for field, value in customs:
        # Most fields tell nobody: there are millions of values.
        if not tells_somebody(field):
            continue
        if (sort := id_kind(field)) and (key := id_key(sort, value)):
            numbers.append(key)
            if is_state_issued(sort, key):
                reached |= _NUMBERED
        elif key := code_key(field, value):
            numbers.append(key)
    made: Identity = _new(
        Identity,
        (
            kind,
            name_key(name),
            name_key(organisation) if organisation else "",
            birthday,
            reached,
            tuple(contacts),
            tuple(numbers),
            fold_cached(addresses[0][2]) if addresses else "",
        ),
    )
    return made


class MatchIndex:
    """Customers by what identifies them.

    A key shared by several customers (a family's phone) points to all of them. Of the keys
    only the hashes are kept, which saves a third of the memory; with 64 bits, two keys of a
    million customers agree by chance in one of a million archives.
    """

    def __init__(self) -> None:
        self._by_key: dict[int, int | list[int]] = {}
        # name, organisation, birthday, ways to reach (bits of _REACHED)
        self._known: dict[int, tuple[str, str, str | None, int]] = {}
        # Who begins alike in one city or firm; _CROWD where too many do to mean anything.
        self._neighbours: dict[int, int | tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def add(self, customer_id: int, customer: Identity) -> None:
        """Make a customer known, or known under more contact points and another name."""
        kind, name, organisation, birthday, reached, contacts, numbers, city = customer
        known = self._known.get(customer_id)
        if known is None:
            for key in _neighbourhoods(name, organisation, city):
                near = self._neighbours.setdefault(key, customer_id)
                if isinstance(near, tuple):
                    full = len(near) == _FEW
                    self._neighbours[key] = _CROWD if full else (*near, customer_id)
                elif near not in (_CROWD, customer_id):
                    self._neighbours[key] = (near, customer_id)
        if not name and known is not None:
            name = known[0]  # a row that only goes on with this customer
        if known is not None:
            reached |= known[3]
            organisation = organisation or known[1]
            birthday = birthday or known[2]
        # Thousands share a firm, a day or a name: each text is kept once.
        self._known[customer_id] = (
            intern(name),
            intern(organisation),
            intern(birthday) if birthday else None,
            reached,
        )
        own = [hash(value) for value in (*contacts, *numbers)]
        shared = [hash((kind, name))]
        if birthday and birthdays.has_year(birthday):
            shared.append(hash((birthday, name[:1])))
        if organisation:
            shared.append(hash((kind, name, organisation)))
        for keys, most in ((own, _MOST_CONTACT), (shared, _MANY)):
            for key in keys:
                before = self._by_key.setdefault(key, customer_id)
                if before != customer_id:
                    self._share(key, before, customer_id, most)

    def _share(self, key: int, before: int | list[int], customer_id: int, most: int) -> None:
        """Let a key point to one more customer, up to so many."""
        if isinstance(before, int):
            self._by_key[key] = [before, customer_id]
        elif len(before) < most and customer_id not in before:
            before.append(customer_id)

    def find(self, wanted: Identity) -> int | None:
        """The customer that somebody certainly is, None for a new one."""
        kind, name, organisation, *_rest = wanted
        for value in (*wanted.contacts, *wanted.numbers):
            hit = self._by_key.get(hash(value))
            if hit is not None:
                found = self._same_person(hit, wanted, by_code=value.startswith(CODE))
                if found is not None:
                    return found
        names: list[tuple[str, ...]] = [(kind, name)]
        if organisation:
            names.insert(0, (kind, name, organisation))
        for key in names:
            hit = self._by_key.get(hash(key))
            if hit is not None:
                found = self._namesake(hit, wanted)
                if found is not None:
                    return found
        hit = self._by_key.get(hash((_PERSON if kind != _PERSON else _ORGANISATION, name)))
        if hit is not None and (found := self._of_other_kind(hit, wanted)) is not None:
            return found
        birthday = wanted.birthday
        if birthday and birthdays.has_year(birthday):
            # Born on one day and written nearly alike: a typing error, or a name left out.
            hit = self._by_key.get(hash((birthday, name[:1])))
            if hit is not None:
                return self._same_person(hit, wanted, by_birthday=True)
        return None

    def close_to(self, wanted: Identity) -> int | None:
        """Somebody whom a new customer may well be, without its being certain.

        The name is the same or nearly so, and so is the city or the firm; nothing that both
        have says that they are two.
        """
        for key in _neighbourhoods(wanted.name, wanted.organisation, wanted.city):
            near = self._neighbours.get(key, _CROWD)
            if near == _CROWD:
                continue
            for candidate in near if isinstance(near, tuple) else (near,):
                known, firm, birthday, reached = self._known[candidate]
                both = wanted.reached & reached
                if both & _NUMBERED or both & _EVERY_WAY == _EVERY_WAY:
                    continue
                if firm and wanted.organisation and firm != wanted.organisation:
                    continue
                if birthday and wanted.birthday and birthdays.differ(birthday, wanted.birthday):
                    continue
                if known == wanted.name or names_agree(known, wanted.name):
                    return candidate
        return None

    def _same_person(
        self,
        hit: int | list[int],
        wanted: Identity,
        *,
        by_birthday: bool = False,
        by_code: bool = False,
    ) -> int | None:
        """Among those who share a contact point, or a birthday, the one whose name agrees."""
        for candidate in (hit,) if isinstance(hit, int) else hit:
            known, firm, birthday, reached = self._known[candidate]
            if birthday and wanted.birthday and birthdays.differ(birthday, wanted.birthday):
                continue
            if (by_birthday or by_code) and (
                wanted.reached & reached & _NUMBERED
                or (firm and wanted.organisation and firm != wanted.organisation)
            ):
                continue
            # Each list counts its customers anew: a code needs the very same name.
            if known == wanted.name or (not by_code and names_agree(known, wanted.name)):
                return candidate
        return None

    def _namesake(self, hit: int | list[int], wanted: Identity) -> int | None:
        """Among those with the very same name, the one whom nothing tells apart."""
        if not isinstance(hit, int) and len(hit) >= _MANY:
            return None  # a name that so many bear tells nobody
        for candidate in (hit,) if isinstance(hit, int) else hit:
            _name, firm, birthday, reached = self._known[candidate]
            if firm and wanted.organisation and firm != wanted.organisation:
                continue
            if wanted.reached & reached & _NUMBERED:
                continue  # both have a number, and none in common
            if birthday and wanted.birthday:
                if birthdays.agree(birthday, wanted.birthday):
                    return candidate
                if birthdays.differ(birthday, wanted.birthday):
                    continue
            if wanted.reached & reached & _WAYS:
                continue  # both have a phone, or both an e-mail, and none in common
            same_firm = bool(firm) and firm == wanted.organisation
            if same_firm or wanted.kind != _PERSON or _is_telling(wanted.name):
                return candidate
        return None

    def _of_other_kind(self, hit: int | list[int], wanted: Identity) -> int | None:
        """A namesake of the other kind, where nothing says that either is a person."""
        if wanted.reached & _SURELY_PERSON or not _is_telling(wanted.name):
            return None
        bare = [
            one
            for one in ((hit,) if isinstance(hit, int) else hit)
            if not self._known[one][3] & _SURELY_PERSON
        ]
        return self._namesake(bare, wanted)


def _neighbourhoods(name: str, organisation: str, city: str) -> list[int]:
    """Keys of those among whom a name written otherwise may be looked for."""
    return [hash((place, name[:2])) for place in (organisation, city) if place and name]


def _is_telling(name: str) -> bool:
    """Whether a name is more than a first name or a two-character one that thousands bear."""
    return " " in name or (not name.isascii() and len(name) >= 3)


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """Fold a name for comparing: case, width, accents, punctuation and titles are gone."""
    folded = key = fold_cached(name)
    words = key.split(" ")
    if not "".join(words).isalnum():
        words = _PUNCTUATION.sub(" ", key).split()
        key = " ".join(words)
    if not TITLES.isdisjoint(words):
        key = " ".join([w for w in words if w not in TITLES])
    if not key.isascii():
        for title in _TITLES_CJK:
            if len(key) > len(title) + 1 and key.endswith(title):
                return key[: -len(title)]
    return key or folded


def names_agree(one: str, other: str) -> bool:
    """Whether two folded names may be one person's: equal, contained, or nearly equal.

    "ana silva" and "ana maria silva" agree; "ana silva" and "rui silva" do not; neither do
    王伟 and 王芳, although half their characters are the same.
    """
    if not one or not other:
        return False
    if one == other:
        return True
    if has_han(one) != has_han(other):
        return _is_pinyin(one, other) if has_han(one) else _is_pinyin(other, one)
    a, b = one.split(), other.split()
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if one.isascii() or other.isascii() or " " in one or " " in other:
        if len(short) > 1 and _within(short, long):
            return True
        if len(short) == 1:
            # One word is too little, unless it is the whole beginning: "ana" of "ana silva".
            return short[0] == long[0] and len(short[0]) > 1
        return _nearly(short, long)
    if len(one) <= 4 and len(other) <= 4 and is_person_name(one):
        return False  # Chinese names: every character counts
    return one in other or other in one or _ratio(one, other) >= _CLOSE


def _is_pinyin(chinese: str, latin: str) -> bool:
    """Whether a Latin name spells a Chinese one: 王秀英 is Wang Xiuying and Xiu Ying Wang."""
    words = latin.split()
    if not latin.isascii() or not 2 <= len(words) <= 4:
        return False
    orders = {"".join(words), "".join((*words[1:], words[0])), "".join((words[-1], *words[:-1]))}
    return any(whole in orders for whole, _initials in spellings(chinese))


def _within(short: list[str], long: list[str]) -> bool:
    """Whether all words of one name stand in the other, initials counting for words."""
    rest = list(long)
    for word in short:
        hit = next(
            (w for w in rest if w == word or ((len(word) == 1 or len(w) == 1) and w[0] == word[0])),
            None,
        )
        if hit is None:
            return False
        rest.remove(hit)
    return True


def _nearly(short: list[str], long: list[str]) -> bool:
    """Typing errors: the names are nearly equal, and so is each word that differs."""
    if _ratio(" ".join(sorted(short)), " ".join(sorted(long))) < _CLOSE:
        return False
    unmatched = [w for w in short if w not in long]
    others = [w for w in long if w not in short]
    if short[0] in unmatched and not _same_given_name(short[0], long[0]):
        return False
    return all(any(_ratio(w, o) >= _ALIKE for o in others) for w in unmatched)


def _same_given_name(one: str, other: str) -> bool:
    """Paulo and Paula, Daniel and Daniela share a house: endings tell them apart."""
    return one[-2:] == other[-2:] and _ratio(one, other) >= _CLOSE


def _ratio(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return float(fuzz.ratio(one, other))
