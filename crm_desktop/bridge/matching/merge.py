"""What an imported row does to a customer who is there.

Without rules blanks are filled and nothing is replaced (`fill`). A rule (see `policies`) keeps a
field as it is, adds to it, or puts the row's value in the known one's place; what stood there
is in the journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from crm_desktop.bridge.matching import facts
from crm_desktop.bridge.matching.match import name_key
from crm_desktop.bridge.matching.policies import ADDRESS_PARTS, NO_RULES, Rules
from crm_desktop.domain import birthdays
from crm_desktop.domain.customers import (
    Address,
    ContactPoint,
    Customer,
    CustomerDraft,
    CustomerKind,
    Stage,
)
from crm_desktop.domain.imports import CUSTOM_PREFIX, Policy
from crm_desktop.store.search.fold import fold

T = TypeVar("T")
_SINGLE = ("given_name", "family_name", "organisation", "birthday", "stage")
# Between the values of an own field that is added to.
_BETWEEN = "; "


@dataclass(slots=True)
class Merge:
    """What a draft does to a customer.

    Attributes:
        fields: new values of single fields.
        facts: new ones of `PersonalFacts`.
        contact_points, addresses, tags, custom: what is new among them.
        differing: single values that stay as they are: (field, kept, offered).
        points_changed, addresses_changed: known ones and what stands in their place, which has
            the number of the known one.
        tags_gone: tags that the customer has no more.
        replaced: how many known values gave way.
    """

    fields: dict[str, str] = field(default_factory=dict)
    facts: facts.Facts = field(default_factory=dict)
    contact_points: list[ContactPoint] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    custom: dict[str, str] = field(default_factory=dict)
    differing: list[tuple[str, str, str]] = field(default_factory=list)
    points_changed: list[tuple[ContactPoint, ContactPoint]] = field(default_factory=list)
    addresses_changed: list[tuple[Address, Address]] = field(default_factory=list)
    tags_gone: list[str] = field(default_factory=list)
    replaced: int = 0

    @property
    def changes(self) -> bool:
        """Whether anything at all is new."""
        return bool(
            self.fields
            or self.facts
            or self.contact_points
            or self.addresses
            or self.tags
            or self.custom
            or self.points_changed
            or self.addresses_changed
            or self.tags_gone
        )


def draft_of(customer: Customer) -> CustomerDraft:
    """A stored customer as a draft, to be merged into."""
    return CustomerDraft(
        name=customer.name,
        kind=customer.kind.value,
        given_name=customer.given_name,
        family_name=customer.family_name,
        organisation=customer.organisation,
        stage=customer.stage.value,
        birthday=customer.birthday,
        notes=customer.notes,
        contact_points=customer.contact_points,
        addresses=customer.addresses,
        tags=customer.tags,
        custom=tuple(customer.custom.items()),
        facts=customer.facts,
    )


def merge_draft(existing: CustomerDraft, draft: CustomerDraft, rules: Rules = NO_RULES) -> Merge:
    """Work out what a draft does to a customer.

    Args:
        existing: a stored customer (`draft_of`), or what earlier rows made of him.
        draft: the new row's.
        rules: what becomes of fields that are known; those without one are filled.
    """
    if not rules:
        return fill(existing, draft)
    draft = _without_kept(draft, rules)
    over = {f for f, policy in rules.items() if policy is Policy.OVERWRITE}
    merge = fill(existing, draft)
    _overwrite_singles(merge, existing, draft, over)
    _overwrite_facts(merge, existing, draft, over)
    _overwrite_points(merge, existing, draft, over)
    _overwrite_addresses(merge, existing, draft, over)
    _overwrite_tags(merge, existing, draft, over)
    _settle_custom(merge, existing, draft, rules)
    return merge


def fill(existing: CustomerDraft, draft: CustomerDraft) -> Merge:
    """Blanks are filled, what is new among phones, tags and the like is added."""
    merge = Merge()
    for name in ("given_name", "family_name", "organisation", "birthday"):
        _merge_single(merge, name, getattr(existing, name), getattr(draft, name))
    # "Potential" is what everybody is before anything is said of him.
    stage = None if existing.stage == Stage.POTENTIAL else existing.stage
    offered = None if draft.stage == existing.stage else draft.stage
    _merge_single(merge, "stage", stage, offered)
    merge.facts, differing = facts.fill(existing.facts, draft.facts)
    merge.differing += differing
    if _is_an_organisation(existing, draft):
        merge.fields["kind"] = draft.kind
    if (
        draft.name
        and draft.name != existing.name
        and name_key(draft.name) != name_key(existing.name)
    ):
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


def _is_an_organisation(existing: CustomerDraft, draft: CustomerDraft) -> bool:
    """Whether a row makes an organisation of one who was a person by default alone."""
    if draft.kind == existing.kind or draft.kind != CustomerKind.ORGANISATION.value:
        return False
    e = existing
    if e.given_name or e.family_name or e.birthday or e.organisation:
        return False
    return name_key(draft.name) == name_key(e.name)


def _merge_single(merge: Merge, name: str, kept: str | None, offered: str | None) -> None:
    if not offered or offered == kept:
        return
    if not kept:
        merge.fields[name] = offered
    elif name == "birthday" and not birthdays.has_year(kept) and birthdays.agree(kept, offered):
        merge.fields[name] = offered  # the year was missing
    elif fold(kept) != fold(offered):
        merge.differing.append((name, kept, offered))


def _merge_addresses(merge: Merge, known: Sequence[Address], offered: Sequence[Address]) -> None:
    keys = [_address_key(address) for address in known]
    for address in offered:
        key = _address_key(address)
        if any(_covers(old, key) for old in keys):
            continue
        keys.append(key)
        if len(known) == len(offered) == 1 and (whole := _together(known[0], address)):
            merge.addresses_changed.append((known[0], whole))
        else:
            merge.addresses.append(address)


def _together(known: Address, offered: Address) -> Address | None:
    """One address of a street and a place that stood in two rows; None where they are two."""
    if bool(known.street) == bool(offered.street) or offered.label not in ("", known.label):
        return None
    parts = {part: getattr(offered, part) for part in ADDRESS_PARTS}
    if any(said and getattr(known, part) for part, said in parts.items()):
        return None
    return known._replace(**{part: said for part, said in parts.items() if said})


def _address_key(address: Address) -> tuple[str, ...]:
    return tuple(fold(part) for part in address[:5])


def _covers(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Whether a known address already says all that another one says."""
    return all(not n or n == o for o, n in zip(old, new, strict=True))


def _without_kept(draft: CustomerDraft, rules: Rules) -> CustomerDraft:
    """The draft without what must not touch the customer."""
    kept = {f for f, policy in rules.items() if policy is Policy.KEEP}
    if not kept:
        return draft
    empty = CustomerDraft(name="")
    singles = {f: getattr(empty, f) for f in (*_SINGLE, "name", "notes", "tags") if f in kept}
    blank: dict[str, Any] = {part: "" for part in ADDRESS_PARTS if part in kept}
    addresses = (address._replace(**blank) for address in draft.addresses)
    return draft._replace(
        **singles,
        contact_points=tuple(p for p in draft.contact_points if p.kind not in kept),
        addresses=tuple(a for a in addresses if not a.is_empty),
        custom=tuple(pair for pair in draft.custom if f"{CUSTOM_PREFIX}{pair[0]}" not in kept),
        facts=facts.without(draft.facts, kept),
    )


def _overwrite_singles(
    merge: Merge, existing: CustomerDraft, draft: CustomerDraft, over: set[str]
) -> None:
    # A row without a name is called by its phone or address, which names nobody.
    stand_in = {text for p in draft.contact_points for text in (p.raw, p.value)}
    for name in (*_SINGLE, "name", "notes"):
        offered, kept = getattr(draft, name), getattr(existing, name)
        if name not in over or not offered or (name == "name" and offered in stand_in):
            continue
        merge.differing = [one for one in merge.differing if one[0] != name]
        if (
            name == "birthday"
            and kept
            and birthdays.agree(kept, offered)
            and not birthdays.has_year(offered)
        ):
            continue  # the same day, and its year is known
        merge.fields.pop(name, None)
        if offered != kept:
            merge.fields[name] = offered
            merge.replaced += bool(kept) and kept != Stage.POTENTIAL


def _overwrite_facts(
    merge: Merge, existing: CustomerDraft, draft: CustomerDraft, over: set[str]
) -> None:
    new, replaced = facts.overwrite(existing.facts, draft.facts, over)
    if new:
        merge.facts.update(new)
        merge.differing = [one for one in merge.differing if one[0] not in new]
        merge.replaced += replaced


def _overwrite_points(
    merge: Merge, existing: CustomerDraft, draft: CustomerDraft, over: set[str]
) -> None:
    """New phones and the like take the place of known ones of the same label, one each.

    Where the customer has only one of the kind and the row brings only one, the label is no
    matter. What finds nothing to stand for is added; what the row names too stays.
    """
    named = {(p.kind, p.value or p.raw) for p in draft.contact_points}
    for kind in ("phone", "email", "im"):
        offered = [p for p in merge.contact_points if p.kind == kind] if kind in over else []
        free = [
            p
            for p in existing.contact_points
            if p.kind == kind and (kind, p.value or p.raw) not in named
        ]
        alone = len(free) == len(offered) == 1
        for point in offered:
            old = next((p for p in free if alone or fold(p.label) == fold(point.label)), None)
            if old is None:
                continue
            free.remove(old)
            merge.contact_points.remove(point)
            label = point.label or old.label
            merge.points_changed.append((old, point._replace(id=old.id, label=label)))
            merge.replaced += 1


def _overwrite_addresses(
    merge: Merge, existing: CustomerDraft, draft: CustomerDraft, over: set[str]
) -> None:
    """The parts that overwrite stand in the known address, the others fill its blanks."""
    parts = over.intersection(ADDRESS_PARTS)
    named = [_address_key(address) for address in draft.addresses]
    free = [
        a for a in existing.addresses if not any(_covers(_address_key(a), key) for key in named)
    ]
    alone = len(existing.addresses) == len(draft.addresses) == 1
    for offered in list(merge.addresses) if parts else ():
        old = next((a for a in free if alone or _gives_way(a, offered, parts)), None)
        if old is None:
            continue
        free.remove(old)
        merge.addresses.remove(offered)
        new: dict[str, Any] = {}
        for part in ADDRESS_PARTS:
            kept, said = getattr(old, part), getattr(offered, part)
            if not said or said == kept:
                continue
            if part in parts or not kept:
                new[part] = said
                merge.replaced += bool(kept)
            else:
                merge.differing.append((part, kept, said))
        if new:
            merge.addresses_changed.append((old, old._replace(**new)))


def _gives_way(known: Address, offered: Address, parts: set[str]) -> bool:
    """Whether one of several addresses is the one that the row means.

    It has the label, and says nothing else where the row must not overwrite: such a one would
    not say afterwards what the row says, and the next import would add it once more.
    """
    stays = [part for part in ADDRESS_PARTS if part not in parts]
    pairs = ((getattr(known, part), getattr(offered, part)) for part in stays)
    return fold(known.label) == fold(offered.label) and not any(
        kept and said and kept != said for kept, said in pairs
    )


def _overwrite_tags(
    merge: Merge, existing: CustomerDraft, draft: CustomerDraft, over: set[str]
) -> None:
    if "tags" in over and draft.tags:
        wanted = {fold(tag) for tag in draft.tags}
        merge.tags_gone = [tag for tag in existing.tags if fold(tag) not in wanted]
        merge.replaced += len(merge.tags_gone)


def _settle_custom(
    merge: Merge, existing: CustomerDraft, draft: CustomerDraft, rules: Rules
) -> None:
    known = dict(existing.custom)
    for name, value in draft.custom:
        field_name = f"{CUSTOM_PREFIX}{name}"
        policy, kept = rules.get(field_name), known.get(name, "")
        if policy not in (Policy.OVERWRITE, Policy.ADD) or not kept or not value:
            continue
        merge.differing = [one for one in merge.differing if one[0] != field_name]
        if policy is Policy.OVERWRITE and value != kept:
            merge.custom[name] = value
            merge.replaced += 1
        elif policy is Policy.ADD and value not in kept.split(_BETWEEN):
            merge.custom[name] = f"{kept}{_BETWEEN}{value}"


def apply_merge(existing: CustomerDraft, merge: Merge) -> CustomerDraft:
    """The customer with what was added to him."""
    custom = dict(existing.custom)
    custom.update(merge.custom)
    points, addresses, tags = existing.contact_points, existing.addresses, existing.tags
    if merge.points_changed:
        points = tuple(_now(merge.points_changed, point) for point in points)
    if merge.addresses_changed:
        addresses = tuple(_now(merge.addresses_changed, address) for address in addresses)
    if merge.tags_gone:
        tags = tuple(tag for tag in tags if tag not in merge.tags_gone)
    singles: dict[str, Any] = dict(merge.fields)
    return existing._replace(
        **singles,
        contact_points=(*points, *merge.contact_points),
        addresses=(*addresses, *merge.addresses),
        tags=(*tags, *merge.tags),
        custom=tuple(custom.items()),
        facts=existing.facts._replace(**merge.facts),
    )


def _now(changed: Iterable[tuple[T, T]], known: T) -> T:
    return next((new for old, new in changed if old is known), known)
