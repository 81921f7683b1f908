"""The fields of the owner's own: made, renamed, put in order, hidden, removed and brought back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.fields import (
    BETWEEN,
    WITH_WORDS,
    CustomField,
    CustomFieldId,
    Entity,
    FieldKind,
    Fitting,
    Place,
    RemovedField,
    referred,
)
from crm_desktop.i18n import _, ngettext
from crm_desktop.services import field_kinds, inputs
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import custom_fields, customers, erasing, mentions
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps

T = TypeVar("T")
_LONGEST_NAME = 100


class FieldService:
    """The custom fields of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive, settings: SettingsService) -> None:
        self._archive = archive
        self._settings = settings

    # Reading

    def all(self, entity: Entity = Entity.CUSTOMER) -> list[CustomField]:
        """The fields in the order in which they are shown, without those in the trash."""
        with self._archive.reading() as c:
            return custom_fields.fields(c, entity)

    def removed(self) -> list[RemovedField]:
        """The fields in the trash, the last removed first."""
        with self._archive.reading() as c:
            return custom_fields.removed(c)

    def counts(self) -> dict[CustomFieldId, int]:
        """How many values each field has, those without any left out."""
        with self._archive.reading() as c:
            return custom_fields.counts(c)

    def in_trash(self, name: str, entity: Entity = Entity.CUSTOMER) -> CustomField | None:
        """A removed field of this name, None where there is none."""
        with self._archive.reading() as c:
            found = custom_fields.find(c, inputs.tidy(name), entity)
        return found if found is not None and found.deleted_at is not None else None

    def look(self, field_id: CustomFieldId, kind: FieldKind) -> Fitting:
        """What would become of a field's values under another kind."""
        with self._archive.reading() as c:
            field = _known(c, field_id)
            counts = custom_fields.values(c, field_id)
            new = self._converted(c, field, kind, counts)
        words = field_kinds.words_of(kind, new, custom_fields.MOST_WORDS)
        return field_kinds.fitting(kind, new, counts, words)

    # Changing

    def add(
        self,
        name: str,
        kind: FieldKind = FieldKind.TEXT,
        *,
        heading: str = "",
        words: Sequence[str] = (),
        entity: Entity = Entity.CUSTOMER,
    ) -> CustomFieldId:
        """Make a field, behind the others of its group.

        A removed field of the same name stays in the trash, under another name.

        Args:
            name: what it is called.
            kind: what it holds.
            heading: the group that it stands in.
            words: of a choice.
            entity: what it belongs to.

        Raises:
            UserError: no name, or another field has it.
        """
        clean = _name(name)
        choices = self._currency() if kind is FieldKind.MONEY else ()
        if kind in WITH_WORDS:
            choices = _words(words, several=kind is FieldKind.CHOICES)
        field = CustomField(clean, kind, inputs.line(heading, "heading"), choices, entity=entity)

        def act(c: Connection) -> CustomFieldId:
            _ensure_free(c, clean, entity)
            return custom_fields.add(c, field)

        return self._archive.write(_("New field {name}").format(name=clean), act)

    def rename(self, field_id: CustomFieldId, name: str) -> None:
        """Give a field another name.

        Raises:
            UserError: no name, or another field has it.
        """
        clean = _name(name)

        def act(c: Connection, field: CustomField) -> None:
            if clean == field.name:
                return
            _ensure_free(c, clean, field.entity, but=field_id)
            known = custom_fields.find(c, clean, field.entity)
            if known is not None and known.deleted_at is not None:
                other = custom_fields.free_name(c, clean, field.entity)
                custom_fields.update(c, known.id, name=other)
            custom_fields.update(c, field_id, name=clean)

        self._change(field_id, _("Rename field {name}"), act)

    def set_heading(self, field_id: CustomFieldId, heading: str) -> None:
        """Put a field into a group, behind its others; "" for none."""
        clean = inputs.line(heading, "heading")
        self._change(
            field_id,
            _("Group of field {name}"),
            lambda c, _field: custom_fields.update(c, field_id, heading=clean),
        )

    def rename_group(self, name: str, new: str, entity: Entity = Entity.CUSTOMER) -> None:
        """Give a group another name; "" takes its heading away, a name in use joins the two."""
        clean = inputs.line(new, "heading")
        self._archive.write(
            _("Rename group {name}").format(name=name),
            lambda c: custom_fields.rename_group(c, entity, name, clean),
        )

    def arrange(self, places: Sequence[Place]) -> None:
        """Put the fields of an entity in order, each under its heading."""
        self._archive.write(
            _("Put the fields in order"), lambda c: custom_fields.arrange(c, places)
        )

    def set_hidden(self, field_id: CustomFieldId, *, hidden: bool) -> None:
        """Hide a field from the files, or show it there again."""
        self._change(
            field_id,
            _("Hide field {name}") if hidden else _("Show field {name}"),
            lambda c, _field: custom_fields.update(c, field_id, hidden=hidden),
        )

    def set_currency(self, field_id: CustomFieldId, currency: str) -> None:
        """Say which currency amounts are in that are typed without one.

        Raises:
            UserError: not three letters.
        """
        clean = inputs.tidy(currency).upper()
        if clean and not (len(clean) == 3 and clean.isascii() and clean.isalpha()):
            raise UserError(_("A currency is three letters, such as EUR."), field="currency")
        self._change(
            field_id,
            _("Currency of field {name}"),
            lambda c, _field: custom_fields.update(c, field_id, choices=(clean,) if clean else ()),
        )

    def set_words(
        self, field_id: CustomFieldId, words: Sequence[str], renamed: Mapping[str, str]
    ) -> None:
        """Give a choice these words, in this order.

        Values of a word that is taken away stay as they are, marked.

        Args:
            field_id: the field.
            words: all of them.
            renamed: new by old ones; the values change with them.

        Raises:
            UserError: a word is there twice, or has the sign that stands between words.
        """
        new = {old: inputs.line(word, "words") for old, word in renamed.items()}

        def act(c: Connection, field: CustomField) -> None:
            several = field.kind is FieldKind.CHOICES
            custom_fields.update(c, field_id, choices=_words(words, several=several))
            if not new:
                return

            def written(value: str) -> str:
                if not several:
                    return new.get(value, value)
                said = (new.get(word, word) for word in value.split(BETWEEN))
                return BETWEEN.join(dict.fromkeys(said))

            known = custom_fields.values(c, field_id)
            custom_fields.replace_values(c, field_id, {v: written(v) for v in known})

        self._change(field_id, _("Words of field {name}"), act)

    def change_kind(self, field_id: CustomFieldId, kind: FieldKind) -> StepId:
        """Let a field hold another kind; what is none of it stays as typed, marked."""

        def act(c: Connection, field: CustomField) -> StepId:
            if kind is field.kind:
                return steps.current(c)
            new = self._converted(c, field, kind, custom_fields.values(c, field_id))
            custom_fields.replace_values(c, field_id, new)
            choices: tuple[str, ...] = ()
            if kind in WITH_WORDS:
                kept = field.choices if field.kind in WITH_WORDS else ()
                words = field_kinds.words_of(kind, new, custom_fields.MOST_WORDS)
                choices = tuple(dict.fromkeys((*kept, *words)))
            elif kind is FieldKind.MONEY:
                choices = self._currency()
            custom_fields.update(c, field_id, kind=kind, choices=choices)
            return steps.current(c)

        return self._change(field_id, _("Kind of field {name}"), act)

    def remove(self, field_id: CustomFieldId) -> StepId:
        """Move a field to the trash, with its values; returns the step, for Undo."""

        def act(c: Connection, _field: CustomField) -> StepId:
            custom_fields.update(c, field_id, deleted_at=datetime.now(UTC))
            return steps.current(c)

        return self._change(field_id, _("Remove field {name}"), act)

    def restore(self, field_id: CustomFieldId) -> StepId:
        """Bring a field back from the trash, with its values; returns the step, for Undo."""

        def act(c: Connection, _field: CustomField) -> StepId:
            custom_fields.update(c, field_id, deleted_at=None)
            return steps.current(c)

        return self._change(field_id, _("Restore field {name}"), act)

    def erase(self, ids: Sequence[CustomFieldId] | None = None) -> int:
        """Erase fields of the trash for good, with their values and what the journal has of them.

        Args:
            ids: which; None for all of the trash. What is not in the trash is left alone.

        Returns:
            How many were erased.

        Raises:
            EnvironmentProblem: there is no room to write the file anew.
        """
        there = [one.field.id for one in self.removed()]
        chosen = there if ids is None else [n for n in there if n in set(ids)]
        if not chosen:
            return 0
        words = ngettext("Erase {n} field for good", "Erase {n} fields for good", len(chosen))
        count = self._archive.write(
            words.format(n=len(chosen)), lambda c: erasing.erase_fields(c, chosen)
        )
        self._archive.rewrite()
        return count

    # Inside

    def _converted(
        self, c: Connection, field: CustomField, kind: FieldKind, values: Mapping[str, int]
    ) -> dict[str, str]:
        numbers = [CustomerId(n) for n in map(referred, values) if n is not None]
        return field_kinds.converted(
            field,
            kind,
            list(values),
            self._settings.home_country(),
            names=customers.names(c, numbers) if field.kind is FieldKind.CUSTOMER else {},
            bearers=mentions.bearers(c, values) if kind is FieldKind.CUSTOMER else {},
        )

    def _currency(self) -> tuple[str, ...]:
        """The currency of the home country."""
        from babel.numbers import get_territory_currencies

        return tuple(get_territory_currencies(self._settings.home_country())[:1])

    def _change(
        self, field_id: CustomFieldId, name: str, act: Callable[[Connection, CustomField], T]
    ) -> T:
        """Run a change of one field under a step that bears its name."""
        with self._archive.reading() as c:
            field = _known(c, field_id)
        return self._archive.write(
            name.format(name=field.name), lambda c: act(c, _known(c, field_id))
        )


def _known(connection: Connection, number: CustomFieldId) -> CustomField:
    field = custom_fields.get(connection, number)
    if field is None:
        raise UserError(_("This field is not there any more."))
    return field


def _name(text: str) -> str:
    return inputs.title(text, "name", _("A field needs a name."), longest=_LONGEST_NAME)


def _ensure_free(
    connection: Connection, name: str, entity: Entity, *, but: CustomFieldId | None = None
) -> None:
    others = (one for one in custom_fields.fields(connection, entity) if one.id != but)
    if name.casefold() in {one.name.casefold() for one in others}:
        raise UserError(_("There is a field “{name}” already.").format(name=name), field="name")


def _words(words: Sequence[str], *, several: bool) -> tuple[str, ...]:
    clean = inputs.titles(words, "words")
    if len({word.casefold() for word in clean}) < len(clean):
        raise UserError(_("Each word can be there once only."), field="words")
    if several and any(";" in word for word in clean):
        raise UserError(
            _("A word cannot have a semicolon: it stands between words."), field="words"
        )
    return tuple(clean)
