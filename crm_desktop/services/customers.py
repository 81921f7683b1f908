"""Finding, reading and changing customers."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import (
    TAG_COLOURS,
    Address,
    AddressId,
    ContactKind,
    ContactPointId,
    Customer,
    CustomerDraft,
    CustomerId,
    CustomerKind,
    CustomerListQuery,
    CustomerRow,
    Interaction,
    InteractionId,
    InteractionKind,
    Origin,
    PersonalFacts,
    SortColumn,
    Stage,
    StageChange,
)
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.fields import CustomField
from crm_desktop.domain.relations import Related
from crm_desktop.i18n import _, ngettext
from crm_desktop.services import asking, captions, field_values, inputs, naming
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import (
    custom_fields,
    customers,
    erasing,
    imports,
    lists,
    relations,
    timeline,
    works_at,
)
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import STAGE_CHANGES
from crm_desktop.store.sorting_cache import OrderCache

T = TypeVar("T")

FIRST_PAGE = 128


class CustomerService:
    """The customers of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive, settings: SettingsService) -> None:
        self._archive = archive
        self._settings = settings
        self._orders = OrderCache()
        archive.subscribe(self._orders.forget)

    # Reading

    def get(self, customer_id: CustomerId) -> Customer:
        """One customer with all that hangs on him.

        Raises:
            UserError: there is none of that number.
        """
        with self._archive.reading() as c:
            customer = customers.get(c, customer_id)
        if customer is None:
            raise UserError(_("There is no customer {number}.").format(number=customer_id))
        return customer

    def shown_fields(self, customer: Customer) -> dict[str, str]:
        """The values of his own fields as people read them, by the field's name."""
        return field_values.shown_fields(customer, self.names(field_values.mentioned([customer])))

    def origins(self, customer_id: CustomerId) -> list[Origin]:
        """Where his values came from: the cells of imported files, the latest import first."""
        with self._archive.reading() as c:
            return list(imports.origins(c, customer_id))

    def get_many(self, ids: Sequence[CustomerId]) -> list[Customer]:
        """Several customers, in the order asked for; those that are gone are left out."""
        with self._archive.reading() as c:
            return customers.get_many(c, ids)

    def rows(self, ids: Sequence[CustomerId], *, columns: Sequence[str] = ()) -> list[CustomerRow]:
        """List rows in the order of `ids`; those that are gone are left out.

        Args:
            ids: whose.
            columns: further ones whose values the rows shall have.
        """
        with self._archive.reading() as c:
            return lists.rows(c, ids, columns)

    def names(self, ids: Sequence[CustomerId]) -> dict[CustomerId, str]:
        """The names of any number of customers."""
        with self._archive.reading() as c:
            return customers.names(c, ids)

    def first_page(
        self,
        query: CustomerListQuery,
        *,
        limit: int = FIRST_PAGE,
        columns: Sequence[str] = (),
    ) -> list[CustomerRow]:
        """The first rows of a list, at once."""
        with self._archive.reading() as c:
            found = lists.ids(c, query, limit=limit, asked=asking.now(), orders=self._orders)
            return lists.rows(c, [CustomerId(n) for n in found], columns)

    def get_ready(self) -> None:
        """Do what the first list by city would wait for: Chinese ones want their readings."""
        self.first_page(CustomerListQuery(sort=SortColumn.CITY), limit=1)

    def ids(self, query: CustomerListQuery) -> array[int]:
        """All ids of a list in its order; a search ends after the best 1,000."""
        with self._archive.reading() as c:
            return lists.ids(c, query, asked=asking.now(), orders=self._orders)

    def count(self, query: CustomerListQuery, *, cap: int | None = None) -> int:
        """How long a list is; a search is counted up to `cap`, 1,001 without one."""
        with self._archive.reading() as c:
            return lists.count(c, query, cap=cap, asked=asking.now())

    def search(self, text: str, *, limit: int = 50) -> list[CustomerRow]:
        """The customers that a text finds, best first."""
        return self.first_page(CustomerListQuery(text=text), limit=limit)

    def tags(self) -> list[str]:
        """All tags, by name."""
        with self._archive.reading() as c:
            return customers.tag_names(c)

    def tag_colours(self) -> dict[str, str]:
        """The colours of tags that have one, by the tag's name: names of the theme's tints."""
        with self._archive.reading() as c:
            return customers.tag_colours(c)

    def known(self, field: str) -> list[str]:
        """What others have in a field, to be offered: `owner`, `source`, `title` or `language`."""
        with self._archive.reading() as c:
            return customers.known(c, field)

    def stage_changes(self, customer_id: CustomerId) -> list[StageChange]:
        """How his stage went on, the oldest turn first."""
        with self._archive.reading() as c:
            return STAGE_CHANGES.of(c, customer_id)

    def custom_field_names(self) -> list[str]:
        """The custom fields, in their order."""
        with self._archive.reading() as c:
            return [name for _number, name in custom_fields.names(c)]

    def timeline(
        self,
        customer_id: CustomerId,
        *,
        before: tuple[datetime, InteractionId] | None = None,
        limit: int = 50,
    ) -> list[Interaction]:
        """Entries of a customer's timeline, newest first, older than `before`."""
        with self._archive.reading() as c:
            return timeline.page(c, customer_id, before=before, limit=limit)

    def related(self, customer_id: CustomerId, *, limit: int = 20) -> Related:
        """Whom he is related with: where he works, or who works there."""
        with self._archive.reading() as c:
            return relations.related(c, customer_id, limit=limit)

    # Changing

    def create(self, draft: CustomerDraft) -> CustomerId:
        """Take in a new customer.

        Contact points may come as typed: phones and e-mails are read here.

        Raises:
            UserError: the name is missing, or a value makes no sense.
        """
        act = self.creating(draft)
        name = inputs.name(draft.name)
        return self._archive.write(_("New customer {name}").format(name=name), act)

    def creating(self, draft: CustomerDraft) -> Callable[[Connection], CustomerId]:
        """What `create` does, to be done inside a step of something else.

        Raises:
            UserError: as `create`.
        """
        country = self._settings.home_country()
        clean = draft._replace(
            name=inputs.name(draft.name),
            kind=inputs.one_of(CustomerKind, draft.kind, "kind"),
            stage=inputs.one_of(Stage, draft.stage or Stage.POTENTIAL, "stage"),
            given_name=inputs.line(draft.given_name, "given_name"),
            family_name=inputs.line(draft.family_name, "family_name"),
            organisation=inputs.line(draft.organisation, "organisation"),
            tags=tuple(inputs.titles(draft.tags, "tags")),
            custom=tuple((inputs.line(n, n), inputs.long_text(v, n)) for n, v in draft.custom),
            birthday=inputs.birthday(draft.birthday or "", country),
            notes=inputs.long_text(draft.notes, "notes"),
            contact_points=tuple(
                inputs.contact_point(p.kind, p.raw, country, label=p.label)._replace(
                    do_not_use=p.do_not_use
                )
                for p in draft.contact_points
                if not inputs.is_blank(p.raw)
            ),
            addresses=tuple(a for a in map(inputs.address, draft.addresses) if not a.is_empty),
            facts=inputs.facts(draft.facts),
        )

        def act(c: Connection) -> CustomerId:
            number = customers.insert(c, clean)
            works_at.follow(c, number, None)
            return number

        return act

    def update(self, customer_id: CustomerId, field: str, value: str) -> None:
        """Change one field.

        Args:
            customer_id: whose.
            field: kind, name, given_name, family_name, organisation, stage, birthday, notes, or
                one of `PersonalFacts`.
            value: as typed; "" clears what may be empty.

        Raises:
            UserError: the value makes no sense, with words that help.
        """
        new: str | int | None
        if field in PersonalFacts._fields:
            new = inputs.fact(field, value)
        elif field == "name":
            new = inputs.name(value)
        elif field == "birthday":
            new = inputs.birthday(value, self._settings.home_country())
        elif field == "stage":
            new = inputs.one_of(Stage, value, field)
        elif field == "kind":
            new = inputs.one_of(CustomerKind, value, field)
        elif field == "notes":
            new = inputs.long_text(value, field)
        else:
            new = inputs.line(value, field)

        def act(c: Connection) -> None:
            before = works_at.of(c, customer_id)
            if field in naming.FIELDS:
                naming.change(c, customer_id, field, str(new))
            else:
                customers.set_column(c, customer_id, field, new)
            works_at.follow(c, customer_id, before)

        self._change_field(customer_id, field, act)

    def save_contact_point(
        self,
        customer_id: CustomerId,
        kind: ContactKind,
        raw: str,
        *,
        label: str = "",
        do_not_use: bool = False,
        contact_point_id: ContactPointId | None = None,
        strict: bool = True,
    ) -> None:
        """Add a contact point, change one (with its id), or take it away (with an empty text).

        A phone number that cannot be understood is kept as typed.

        Raises:
            UserError: an e-mail address that cannot be one; without `strict` it is kept too.
        """
        if inputs.is_blank(raw):
            if contact_point_id is not None:
                number = contact_point_id
                self._change_field(
                    customer_id,
                    kind.value,
                    lambda c: customers.delete_contact_point(c, customer_id, number),
                )
            return
        point = inputs.contact_point(
            kind.value, raw, self._settings.home_country(), label=label, strict=strict
        )._replace(id=contact_point_id, do_not_use=do_not_use)
        self._change_field(
            customer_id,
            kind.value,
            lambda c: customers.save_contact_point(c, customer_id, point),
        )

    def put_first(
        self, customer_id: CustomerId, number: ContactPointId | AddressId, *, address: bool = False
    ) -> None:
        """Make a phone, an e-mail, an account or an address the primary one of its customer."""
        table = "address" if address else "contact_point"

        def act(c: Connection) -> None:
            customers.put_first(c, customer_id, table, number)

        self._change(customer_id, _("Primary contact of {name}"), act)

    def save_address(self, customer_id: CustomerId, address: Address) -> None:
        """Add an address (id None), change one, or take it away (all parts empty)."""
        clean = inputs.address(address)
        number = address.id

        def act(c: Connection) -> None:
            if not clean.is_empty:
                customers.save_address(c, customer_id, clean)
            elif number is not None:
                customers.delete_address(c, customer_id, number)

        self._change_field(customer_id, "address", act)

    def set_tags(self, customer_id: CustomerId, tags: Sequence[str]) -> None:
        """Give a customer exactly these tags."""
        names = inputs.titles(tags, "tags")
        self._change(
            customer_id, _("Tag {name}"), lambda c: customers.set_tags(c, customer_id, names)
        )

    def set_tag_colour(self, tag: str, colour: str) -> None:
        """Give a tag a colour wherever it stands; "" takes it away.

        Raises:
            UserError: no such colour.
        """
        if colour and colour not in TAG_COLOURS:
            raise UserError(_("There is no such colour."), field="colour")
        self._archive.write(
            _("Colour of {tag}").format(tag=tag), lambda c: customers.colour_tag(c, tag, colour)
        )

    def set_custom(
        self,
        customer_id: CustomerId,
        name: str,
        value: str,
        *,
        new_word: bool = False,
        strict: bool = True,
    ) -> None:
        """Set a custom field's value, as typed; "" takes it away.

        Args:
            customer_id: whose.
            name: the field's; one that nobody has yet is made, for text.
            value: as typed; of a customer, `fields.reference`.
            new_word: of a choice: what it does not know becomes one of its words.
            strict: refuse what is none of the field's kind; else it is kept, marked.

        Raises:
            UserError: the value is none of the field's kind, with words that help.
        """
        country = self._settings.home_country()

        def act(c: Connection) -> None:
            field = custom_fields.find(c, name)
            if field is None or field.deleted_at is not None:
                field = CustomField(name)
            known = replace(field, choices=()) if new_word else field
            custom_fields.set_value(
                c, customer_id, name, field_values.read(known, value, country, strict=strict)
            )
            if new_word:
                custom_fields.grow(c, [field.id])

        self._change_field(customer_id, f"custom:{name}", act)

    def log_interaction(
        self,
        customer_id: CustomerId,
        kind: InteractionKind,
        text: str,
        *,
        at: datetime | None = None,
    ) -> InteractionId:
        """Write an entry into a customer's timeline; without a time, at this moment.

        Raises:
            UserError: there is nothing to write.
        """
        clean = inputs.long_text(text, "text")
        if inputs.is_blank(clean):
            raise UserError(_("Write a word about it first."), field="text")
        return self._change(
            customer_id,
            _("Timeline of {name}"),
            lambda c: timeline.add(c, customer_id, kind, clean, at),
        )

    def delete(self, ids: Sequence[CustomerId]) -> StepId:
        """Move customers to the trash; returns the step, for Undo."""
        return self._set_deleted(
            ids,
            ngettext("Delete {n} customer", "Delete {n} customers", len(ids)),
            deleted=True,
        )

    def restore(self, ids: Sequence[CustomerId]) -> StepId:
        """Bring customers back from the trash; returns the step, for Undo."""
        return self._set_deleted(
            ids,
            ngettext("Restore {n} customer", "Restore {n} customers", len(ids)),
            deleted=False,
        )

    def erase(self, ids: Sequence[CustomerId] | None = None) -> int:
        """Erase customers of the trash for good, with all that was ever known of them.

        Nothing brings them back but a backup made before.

        Args:
            ids: who; None for all of the trash. Who is not in the trash is left alone.

        Returns:
            How many were erased.

        Raises:
            EnvironmentProblem: there is no room to write the file anew; the free places of the
                old one still hold what was erased.
        """
        with self._archive.reading() as c:
            there = erasing.trashed(c)
        chosen = there if ids is None else [n for n in there if n in set(ids)]
        words = ngettext("Erase {n} customer for good", "Erase {n} customers for good", len(chosen))
        if not chosen:
            return 0
        count = self._archive.write(words.format(n=len(chosen)), lambda c: erasing.erase(c, chosen))
        self._archive.rewrite()
        return count

    def _set_deleted(self, ids: Sequence[CustomerId], name: str, *, deleted: bool) -> StepId:
        def act(c: Connection) -> StepId:
            customers.set_deleted(c, ids, deleted=deleted)
            return steps.current(c)

        return self._archive.write(name.format(n=len(ids)), act)

    def _change_field(
        self, number: CustomerId, place: str, act: Callable[[Connection], object]
    ) -> None:
        """Run a change of one field; the step bears its name beside the customer's."""
        self._change(number, _("{field} of {name}"), act, field=captions.caption(place))

    def _change(
        self, number: CustomerId, name: str, act: Callable[[Connection], T], **words: str
    ) -> T:
        """Run a change of one customer under a step that bears his name."""
        with self._archive.reading() as c:
            row = next(iter(lists.rows(c, [number])), None)
        if row is None:
            raise UserError(_("There is no customer {number}.").format(number=number))
        return self._archive.write(name.format(name=row.name, **words), act)
