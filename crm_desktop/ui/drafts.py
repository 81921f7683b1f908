"""Lines that are begun for a customer and not handed over yet: kept while others are shown.

Leaving a field of a record saves it; a line that adds something waits for its Enter. So that
nothing typed into one is lost, `Drafts` (one an open archive) takes it from its place in the
panel when another customer comes, and puts it there again when the first one does. What is
begun elsewhere (the lookup, the line of Today) comes into the panel by `keep_entry`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from crm_desktop.domain.customers import CustomerId

Draft = Mapping[str, str]
NOTHING: Draft = {}
# An entry of a timeline: `kind`, `text` and `follow_up`; begun in the panel and in other places.
ENTRY = "entry"


class DraftPlace(Protocol):
    """A part of the panel that takes a line for the customer shown.

    Attributes:
        draft_key: what tells it from the panel's other places.
    """

    draft_key: str

    def draft(self) -> Draft:
        """What is typed, and what is chosen beside it, by field; empty where nothing is typed."""

    def take_up(self, draft: Draft) -> None:
        """Show a line as it was typed, without the cursor; an empty one puts the line away."""


class Sent(NamedTuple):
    """A line as it stood when its place let go of it: on its way into the archive, or given up."""

    customer: CustomerId
    key: str
    draft: Draft


class Drafts:
    """What is begun for each customer; the one who is shown has his in the panel itself."""

    def __init__(self) -> None:
        self._places: dict[str, DraftPlace] = {}
        self._shown: CustomerId | None = None
        self._kept: dict[CustomerId, dict[str, Draft]] = {}
        self._names: dict[CustomerId, str] = {}
        # Of places outside the panel: what puts by what is begun there.
        self.outside: dict[str, Callable[[], object]] = {}
        # A new customer who is being typed, by field.
        self.newcomer: Draft = NOTHING

    # Showing.

    def follow(self, places: Iterable[DraftPlace]) -> None:
        """The places of a panel that was built; they stand for nobody yet."""
        self._places = {place.draft_key: place for place in places}
        self._shown = None

    def leave(self) -> None:
        """The panel goes: keep what is typed in it."""
        self._put_by()
        self._places, self._shown = {}, None

    def show(self, customer: CustomerId, name: str, merged: Sequence[CustomerId] = ()) -> None:
        """Show what was begun for a customer, and keep what was for the one before.

        Args:
            customer: who is shown now.
            name: his present one.
            merged: who was made one with him: what was begun for them is his where he has none.
        """
        self._names[customer] = name
        if customer != self._shown:
            self._put_by()
            self._shown = customer
            mine = self._kept.pop(customer, {})
            for key, place in self._places.items():
                place.take_up(mine.get(key, NOTHING))
        for other in merged:
            for key, draft in list(self._kept.get(other, {}).items()):
                if not self._places[key].draft():
                    self._places[key].take_up(draft)
                    self._drop(other, key)

    def _put_by(self) -> None:
        if self._shown is not None and (typed := self._typed()):
            self._kept[self._shown] = typed

    def _typed(self) -> dict[str, Draft]:
        typed = {key: place.draft() for key, place in self._places.items()}
        return {key: draft for key, draft in typed.items() if draft}

    # Handing over.

    def sent(self, place: DraftPlace) -> Sent:
        """Note what leaves a place of the customer who is shown."""
        assert self._shown is not None
        return Sent(self._shown, place.draft_key, place.draft())

    def is_shown(self, sent: Sent) -> bool:
        """Whether what is said of it belongs into the panel."""
        return sent.customer == self._shown

    def taken(self, sent: Sent) -> bool:
        """It is in the archive.

        Returns:
            Whether it stands in its place still, for the place to put away; what was typed
            there since, or is typed for somebody else, stays.
        """
        if self.is_shown(sent):
            return self._places[sent.key].draft() == sent.draft
        if self._kept.get(sent.customer, {}).get(sent.key) == sent.draft:
            self._drop(sent.customer, sent.key)
        return False

    def bring_back(self, sent: Sent) -> None:
        """It was given up, and is wanted all the same; what was typed there since stays."""
        if self.is_shown(sent):
            if not self._places[sent.key].draft():
                self._places[sent.key].take_up(sent.draft)
        else:
            self._kept.setdefault(sent.customer, {}).setdefault(sent.key, sent.draft)

    # Entries of other places.

    def keep_entry(self, customer: CustomerId, name: str, entry: Draft) -> None:
        """Put by an entry that was begun outside the panel; it waits in the customer's file.

        What stands there already goes before it: no word is lost.
        """
        if before := self.take_entry(customer):
            next_one = entry["follow_up"] or before["follow_up"]
            other = before["follow_up"] if before["follow_up"] != next_one else ""
            words = (before["text"], other, entry["text"])
            entry = {**entry, "text": " ".join(filter(None, words)), "follow_up": next_one}
        if customer == self._shown:
            self._places[ENTRY].take_up(entry)
        else:
            self._names[customer] = name
            self._kept.setdefault(customer, {})[ENTRY] = entry

    def take_entry(self, customer: CustomerId, kind: str = "") -> Draft:
        """Take the entry that was begun for a customer, to go on with it outside the panel.

        Args:
            customer: whose.
            kind: only one of this kind; another one stays.
        """
        shown = customer == self._shown
        entry = (
            self._places[ENTRY].draft()
            if shown
            else self._kept.get(customer, {}).get(ENTRY, NOTHING)
        )
        if not entry or kind not in ("", entry["kind"]):
            return NOTHING
        if shown:
            self._places[ENTRY].take_up(NOTHING)
        else:
            self._drop(customer, ENTRY)
        return entry

    def entry_logged(self, customer: CustomerId, entry: Draft) -> None:
        """It is in the archive: where it was put by meanwhile, it waits no longer."""
        if self.taken(Sent(customer, ENTRY, entry)):
            self._places[ENTRY].take_up(NOTHING)

    # What there is.

    def begun(self) -> dict[CustomerId | None, str]:
        """For whom something is begun, by name; who is shown comes first, somebody new last.

        What stands in places outside the panel is put by.
        """
        for put_by in self.outside.values():
            put_by()
        shown = [self._shown] if self._shown is not None and self._typed() else []
        begun: dict[CustomerId | None, str] = {n: self._names[n] for n in (*shown, *self._kept)}
        if self.newcomer:
            begun[None] = self.newcomer["name"].strip()
        return begun

    def forget(self, customers: Iterable[CustomerId | None]) -> None:
        """They are gone for good, and what was begun for them too."""
        for customer in customers:
            if customer is None:
                self.newcomer = NOTHING
                continue
            self._kept.pop(customer, None)
            if customer == self._shown:
                for place in self._places.values():
                    place.take_up(NOTHING)
            else:
                self._names.pop(customer, None)

    def _drop(self, customer: CustomerId, key: str) -> None:
        del self._kept[customer][key]
        if not self._kept[customer]:
            del self._kept[customer]
