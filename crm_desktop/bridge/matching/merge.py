"""What an imported row adds to a customer who is there: blanks are filled, nothing is replaced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crm_desktop.bridge.matching.match import name_key, same_birthday
from crm_desktop.domain.customers import Address, ContactPoint, Customer, CustomerDraft, Stage
from crm_desktop.store.search.fold import fold


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
    )


def merge_draft(existing: CustomerDraft, draft: CustomerDraft) -> Merge:
    """Work out what a draft adds to a customer: blanks are filled, nothing is replaced.

    Args:
        existing: a stored customer (`draft_of`), or what earlier rows made of him.
        draft: the new row's.
    """
    merge = Merge()
    for name in ("given_name", "family_name", "organisation", "birthday"):
        _merge_single(merge, name, getattr(existing, name), getattr(draft, name))
    # "Potential" is what everybody is before anything is said of him.
    stage = None if existing.stage == Stage.POTENTIAL else existing.stage
    _merge_single(merge, "stage", stage, draft.stage)
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


def _merge_single(merge: Merge, name: str, kept: str | None, offered: str | None) -> None:
    if not offered or offered == kept:
        return
    if not kept:
        merge.fields[name] = offered
    elif name == "birthday" and kept.startswith("-") and same_birthday(kept, offered):
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
    """The customer with what was added to him."""
    custom = dict(existing.custom)
    custom.update(merge.custom)
    return existing._replace(
        **merge.fields,
        contact_points=(*existing.contact_points, *merge.contact_points),
        addresses=(*existing.addresses, *merge.addresses),
        tags=(*existing.tags, *merge.tags),
        custom=tuple(custom.items()),
    )
