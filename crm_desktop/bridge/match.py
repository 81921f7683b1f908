"""Which customer an imported row is: only what is certain counts.

The same person stands in ten yearly sheets, while families share a phone and firms a
switchboard. So a contact point in common decides only between compatible names, and a name
alone only where nothing contradicts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from crm_desktop.bridge.profile import is_person_name
from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    ContactPoint,
    CustomerDraft,
    CustomerKind,
    Stage,
)
from crm_desktop.store.search.fold import fold

_PUNCTUATION = re.compile(r"[^\w\s]+|_", re.UNICODE)
_CLOSE = 85
_ALIKE = 75
_MANY = 20
# Titles say nothing of who somebody is.
_TITLES = frozenset(
    (
        *("mr", "mrs", "ms", "miss", "dr", "prof"),
        *("sr", "sra", "srta", "senhor", "senhora", "dra", "eng", "enga", "d", "dona"),
        *("mme", "herr", "frau", "sig", "signora"),
    )
)
_TITLES_CJK = ("先生", "女士", "小姐", "太太", "总", "總", "老师", "经理", "經理")
_PHONE, _EMAIL = ContactKind.PHONE.value, ContactKind.EMAIL.value
_REACHED = {_PHONE: 1, _EMAIL: 2}
_PERSON = CustomerKind.PERSON.value


class CustomerLike(Protocol):
    """What a draft and a stored customer have in common, as far as matching is concerned."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def given_name(self) -> str: ...  # noqa: D102
    @property
    def family_name(self) -> str: ...  # noqa: D102
    @property
    def organisation(self) -> str: ...  # noqa: D102
    @property
    def birthday(self) -> str | None: ...  # noqa: D102
    @property
    def contact_points(self) -> tuple[ContactPoint, ...]: ...  # noqa: D102


class MergeTarget(CustomerLike, Protocol):
    """What a draft is merged into: a stored customer or an earlier draft."""

    @property
    def stage(self) -> str | None: ...  # noqa: D102
    @property
    def notes(self) -> str: ...  # noqa: D102
    @property
    def addresses(self) -> tuple[Address, ...]: ...  # noqa: D102
    @property
    def tags(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def custom(self) -> Mapping[str, str] | tuple[tuple[str, str], ...]: ...  # noqa: D102


class MatchIndex:
    """Customers by what identifies them.

    Keeps, for each customer, one small tuple; a key shared by several customers points to all
    of them (a family's phone). Holds 100,000 customers in some 60 MB.
    """

    def __init__(self) -> None:
        self._by_contact: dict[str, int | list[int]] = {}
        self._by_name: dict[str, int | list[int]] = {}
        # name, organisation, birthday, ways to reach (bits of _REACHED)
        self._known: dict[int, tuple[str, str, str | None, int]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def add(self, customer_id: int, customer: CustomerLike) -> None:
        """Make a customer known, or known under more contact points and another name."""
        name = name_key(customer.name)
        organisation = name_key(customer.organisation) if customer.organisation else ""
        reached = 0
        for point in customer.contact_points:
            value = point[2]
            if value and (way := _REACHED.get(point[0])):
                reached |= way
                _put(self._by_contact, value, customer_id)
        before = self._known.get(customer_id)
        birthday = customer.birthday
        if before is not None:
            reached |= before[3]
            organisation = organisation or before[1]
            birthday = birthday or before[2]
        self._known[customer_id] = (name, organisation, birthday, reached)
        key = f"{customer.kind[:1]}|{name}"
        _put(self._by_name, key, customer_id, _MANY)
        if organisation:
            _put(self._by_name, f"{key}|{organisation}", customer_id, _MANY)

    def find(self, draft: CustomerLike) -> int | None:
        """The customer that a draft certainly is, None for a new one."""
        name = name_key(draft.name)
        reached = 0
        for point in draft.contact_points:
            value = point[2]
            if value and (way := _REACHED.get(point[0])):
                reached |= way
                hit = self._by_contact.get(value)
                if hit is not None:
                    found = self._same_person(hit, name, draft)
                    if found is not None:
                        return found
        organisation = name_key(draft.organisation) if draft.organisation else ""
        key = f"{draft.kind[:1]}|{name}"
        for narrowed in (f"{key}|{organisation}", key) if organisation else (key,):
            hit = self._by_name.get(narrowed)
            if hit is not None:
                found = self._namesake(hit, name, organisation, reached, draft)
                if found is not None:
                    return found
        return None

    def _same_person(self, hit: int | list[int], name: str, draft: CustomerLike) -> int | None:
        """Among those who share a contact point, the one whose name agrees."""
        for candidate in (hit,) if isinstance(hit, int) else hit:
            known, _firm, birthday, _reached = self._known[candidate]
            if birthday and draft.birthday and not _same_birthday(birthday, draft.birthday):
                continue
            if known == name or names_agree(known, name):
                return candidate
        return None

    def _namesake(
        self,
        hit: int | list[int],
        name: str,
        organisation: str,
        reached: int,
        draft: CustomerLike,
    ) -> int | None:
        """Among those with the very same name, the one whom nothing tells apart."""
        if not isinstance(hit, int) and len(hit) >= _MANY:
            return None  # a name that so many bear tells nobody
        for candidate in (hit,) if isinstance(hit, int) else hit:
            _name, firm, birthday, known_reached = self._known[candidate]
            if firm and organisation and firm != organisation:
                continue
            if birthday and draft.birthday:
                if _same_birthday(birthday, draft.birthday):
                    return candidate
                continue
            if reached & known_reached:
                continue  # both have a phone, or both an e-mail, and none in common
            same_firm = bool(firm) and firm == organisation
            if same_firm or draft.kind != _PERSON or _is_telling(name):
                return candidate
        return None


def _put(index: dict[str, int | list[int]], key: str, customer_id: int, most: int = 200) -> None:
    before = index.setdefault(key, customer_id)
    if before == customer_id:
        return
    if isinstance(before, int):
        index[key] = [before, customer_id]
    elif len(before) < most and customer_id not in before:
        before.append(customer_id)


def _is_telling(name: str) -> bool:
    """Whether a name is more than a first name or a two-character one that thousands bear."""
    return " " in name or (not name.isascii() and len(name) >= 3)


def _same_birthday(one: str, other: str) -> bool:
    """Whether two birthdays agree as far as both are known."""
    return one[-5:] == other[-5:] if one.startswith("-") or other.startswith("-") else one == other


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """Fold a name for comparing: case, width, accents, punctuation and titles are gone."""
    key = " ".join(w for w in _PUNCTUATION.sub(" ", fold(name)).split() if w not in _TITLES)
    if not name.isascii():
        for title in _TITLES_CJK:
            if len(key) > len(title) + 1 and key.endswith(title):
                return key[: -len(title)]
    return key or fold(name)


def names_agree(one: str, other: str) -> bool:
    """Whether two folded names may be one person's: equal, contained, or nearly equal.

    "ana silva" and "ana maria silva" agree; "ana silva" and "rui silva" do not; neither do
    王伟 and 王芳, although half their characters are the same.
    """
    if not one or not other:
        return False
    if one == other:
        return True
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


# --- merging -------------------------------------------------------------------------------------


@dataclass(slots=True)
class Merge:
    """What a draft adds to a customer.

    Attributes:
        fields: values for fields that were blank.
        contact_points, addresses, tags, custom: what is new among them.
        differing: single values that stay as they are: (field, kept, offered).
    """

    fields: dict[str, str] = field(default_factory=dict)
    contact_points: list[ContactPoint] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    custom: dict[str, str] = field(default_factory=dict)
    differing: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        """Whether anything at all is new."""
        return bool(
            self.fields or self.contact_points or self.addresses or self.tags or self.custom
        )


def merge_draft(existing: MergeTarget, draft: CustomerDraft) -> Merge:
    """Work out what a draft adds to a customer: blanks are filled, nothing is replaced.

    Args:
        existing: a stored customer, or the draft that an earlier row made.
        draft: the new row's.
    """
    merge = Merge()
    for name in ("given_name", "family_name", "organisation", "birthday"):
        _merge_single(merge, name, getattr(existing, name), getattr(draft, name))
    # "Potential" is what everybody is before anything is said of him.
    stage = None if existing.stage == Stage.POTENTIAL else existing.stage
    _merge_single(merge, "stage", stage, draft.stage)
    if draft.name != existing.name and name_key(draft.name) != name_key(existing.name):
        merge.differing.append(("name", existing.name, draft.name))
    if draft.notes and draft.notes not in existing.notes:
        notes = f"{existing.notes}\n{draft.notes}" if existing.notes else draft.notes
        merge.fields["notes"] = notes
    known = {(p.kind, p.value or p.raw) for p in existing.contact_points}
    for point in draft.contact_points:
        if (key := (point.kind, point.value or point.raw)) not in known:
            known.add(key)
            merge.contact_points.append(point)
    _merge_addresses(merge, existing.addresses, draft.addresses)
    tags = {fold(tag) for tag in existing.tags}
    merge.tags = [tag for tag in draft.tags if fold(tag) not in tags]
    custom = dict(existing.custom)
    for name, value in draft.custom:
        if not custom.get(name):
            merge.custom[name] = value
        elif custom[name] != value:
            merge.differing.append((f"custom:{name}", custom[name], value))
    return merge


def _merge_single(merge: Merge, name: str, kept: str | None, offered: str | None) -> None:
    if not offered or offered == kept:
        return
    if not kept:
        merge.fields[name] = offered
    elif name == "birthday" and kept.startswith("-") and _same_birthday(kept, offered):
        merge.fields[name] = offered  # the year was missing
    elif fold(kept) != fold(offered):
        merge.differing.append((name, kept, offered))


def _merge_addresses(merge: Merge, known: Iterable[Address], offered: Iterable[Address]) -> None:
    keys = [_address_key(address) for address in known]
    for address in offered:
        key = _address_key(address)
        if not any(_covers(old, key) for old in keys):
            keys.append(key)
            merge.addresses.append(address)


def _address_key(address: Address) -> tuple[str, ...]:
    return tuple(fold(part) for part in address[:5])


def _covers(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Whether a known address already says all that another one says."""
    return all(not n or n == o for o, n in zip(old, new, strict=True))


def apply_merge(existing: CustomerDraft, merge: Merge) -> CustomerDraft:
    """A draft with another one's additions, for rows of one import that are the same customer."""
    custom = dict(existing.custom)
    custom.update(merge.custom)
    return existing._replace(
        **merge.fields,
        contact_points=(*existing.contact_points, *merge.contact_points),
        addresses=(*existing.addresses, *merge.addresses),
        tags=(*existing.tags, *merge.tags),
        custom=tuple(custom.items()),
    )
