"""What an archive can be filtered by, and the words that its fields hold."""

from __future__ import annotations

from typing import NamedTuple

from crm_desktop.domain.customers import CustomerKind, Stage
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.filters import FIELDS, OWN, ValueKind
from crm_desktop.services import inputs
from crm_desktop.store import custom_fields, filter_values, filter_words
from crm_desktop.store.archive import Archive

_FACTS = ("owner", "source", "title", "language")


class FilterField(NamedTuple):
    """A field to filter by, and to show as a column.

    Attributes:
        key: a name of `FIELDS`, or `OWN` and a number.
        kind: what it holds.
        name: the owner's word for a field of his own, "" for the others.
        own: its kind, of an own field.
    """

    key: str
    kind: ValueKind
    name: str = ""
    own: FieldKind | None = None


class FilterService:
    """The filters of one archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def fields(self) -> list[FilterField]:
        """All fields, the owner's own ones last."""
        with self._archive.reading() as c:
            own = custom_fields.by_number(c)
        return [
            *(FilterField(key, kind) for key, kind in FIELDS.items()),
            *(
                FilterField(f"{OWN}{number}", filter_values.KIND_OF[kind], name, kind)
                for number, (name, kind) in own.items()
            ),
        ]

    def day(self, text: str, country: str) -> str:
        """A day as typed, in the archive's writing; it asks nothing of the archive.

        Args:
            text: as typed.
            country: home country, for the order of day and month.

        Raises:
            UserError: there is no such day.
        """
        return inputs.day(text, country, "day") or ""

    def words(self, field: str) -> list[tuple[str, str]]:
        """What a field of few words holds: each as stored, and as it is shown where that differs.

        Args:
            field: its key.
        """
        if field == "stage":
            return [(stage.value, "") for stage in Stage]
        if field == "kind":
            return [(kind.value, "") for kind in CustomerKind]
        with self._archive.reading() as c:
            return filter_words.words(c, field)
