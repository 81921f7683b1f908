"""Leads: taken in from messages and sheets, judged, and made customers with something to sell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    CustomerKind,
    InteractionKind,
)
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.jobs import Job
from crm_desktop.domain.leads import (
    AcceptedLead,
    Lead,
    LeadId,
    LeadsTaken,
    LeadStatus,
    Likely,
)
from crm_desktop.domain.names import shortened
from crm_desktop.domain.opportunities import OpportunityId, PipelineStageId
from crm_desktop.domain.periods import working_day_after
from crm_desktop.domain.tasks import Task
from crm_desktop.i18n import _
from crm_desktop.services import inputs
from crm_desktop.services.contents import is_same_file, look_at
from crm_desktop.services.customers import CustomerService
from crm_desktop.services.opportunities import OpportunityService
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import customers, timeline
from crm_desktop.store import leads as rows
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import LEADS, TASKS
from crm_desktop.store.search.fold import fold

if TYPE_CHECKING:
    from crm_desktop.domain.imports import SheetPreview

_FIELDS = ("name", "organisation", "email", "phone", "city", "message", "details", "owner")
_LONG = ("message", "details")
_MESSAGES = (".eml",)
_SHOWN = 500
_HITS = 5


class LeadService:
    """The leads of one archive. Each change is one step that can be undone."""

    def __init__(
        self,
        archive: Archive,
        settings: SettingsService,
        customer_service: CustomerService,
        opportunities: OpportunityService,
    ) -> None:
        self._archive = archive
        self._settings = settings
        self._customers = customer_service
        self._opportunities = opportunities

    # Reading

    def list(self, status: LeadStatus | None = LeadStatus.NEW, text: str = "") -> Sequence[Lead]:
        """Leads, the newest first.

        Args:
            status: what was decided of them; None for all.
            text: words that all are somewhere in them.
        """
        with self._archive.reading() as c:
            return rows.search(c, status, text, _SHOWN)

    def waiting(self) -> int:
        """How many nobody has judged yet."""
        with self._archive.reading() as c:
            return rows.waiting(c)

    def get(self, number: LeadId) -> Lead:
        """One lead.

        Raises:
            UserError: it is not there any more.
        """
        with self._archive.reading() as c:
            found = LEADS.get(c, number)
        if found is None:
            raise UserError(_("This lead is not there any more."))
        return found

    def likely(self, number: LeadId) -> Sequence[Likely]:
        """The customers whom a lead may be: who is reached alike, then who is called alike."""
        lead = self.get(number)
        with self._archive.reading() as c:
            sure = rows.reached_by(c, self._values(lead))
        found = [Likely(customer, name, sure=True) for customer, name in sure]
        known = {one.customer for one in found}
        if name := fold(lead.name or lead.organisation):
            alike = self._customers.search(lead.name or lead.organisation, limit=_HITS)
            found += (
                Likely(row.id, row.name, sure=False)
                for row in alike
                if row.id not in known and name in (fold(row.name), fold(row.organisation))
            )
        return found[:_HITS]

    def _values(self, lead: Lead) -> Sequence[str]:
        country = self._settings.home_country()
        points = ((ContactKind.PHONE, lead.phone), (ContactKind.EMAIL, lead.email))
        read = (inputs.contact_point(kind, raw, country) for kind, raw in points if raw)
        return [point.value for point in read if point.value]

    # Taking in

    def add(self, **said: str) -> LeadId:
        """Take in what somebody said, field by field.

        Raises:
            UserError: nobody could be reached by it, or a field makes no sense.
        """
        clean: dict[str, Any] = {field: _clean(field, said.get(field, "")) for field in _FIELDS}
        source = inputs.line(said.get("source", ""), "source")
        lead = Lead(**clean, source=source, received_at=datetime.now(UTC))
        if not (lead.name or lead.organisation or lead.email or lead.phone):
            raise UserError(_("Say who asked: a name, a number or an address."), field="name")
        step = _("New lead {name}").format(name=shortened(lead.called))
        return self._archive.write(step, lambda c: LeadId(LEADS.insert(c, lead)))

    def take_file(self, path: Path, job: Job | None = None) -> LeadsTaken:
        """Take in the leads of a file, in one step: a message (.eml), or a sheet of any kind.

        What came in before is not taken in again.

        Raises:
            UserError: it cannot be read, or nobody is in it.
            Cancelled: the user stopped it.
        """
        job = job or Job()
        is_message = path.suffix.casefold() in _MESSAGES
        found = [self._message(path, job)] if is_message else list(self._sheet(path, job))
        found = [one for one in found if one.called]
        if not found:
            words = _("Nobody who asks for anything is in {file}.")
            raise UserError(words.format(file=path.name))

        def act(c: Connection) -> LeadsTaken:
            # One by one: the same may stand in a file twice.
            made = [number for lead in found if (number := rows.add_new(c, lead)) is not None]
            return LeadsTaken(made, len(found) - len(made))

        with self._archive.reading() as c:
            if all(rows.is_known(c, lead) for lead in found):
                return LeadsTaken((), len(found))
        return self._archive.write(_("Leads of {file}").format(file=path.name), act)

    def _message(self, path: Path, job: Job) -> Lead:
        from crm_desktop.bridge.enquiries.message import read_message

        # To read the live archive as any other file would drop its locks.
        if is_same_file(path, self._archive.path):
            raise UserError(_("{file} is the archive itself.").format(file=path.name))
        data = b"".join(look_at(path, job=job).pieces(job))
        try:
            said = read_message(data)
        except ValueError as error:
            raise UserError(
                _("{file} is no message that can be read.").format(file=path.name)
            ) from error
        told: dict[str, Any] = {
            field: _kept(field, getattr(said, field)) for field in _FIELDS if hasattr(said, field)
        }
        return Lead(**told, source=path.name, received_at=said.received_at or datetime.now(UTC))

    def _sheet(self, path: Path, job: Job) -> Iterator[Lead]:
        from crm_desktop.bridge.process.reader import Reader

        now = datetime.now(UTC)
        with Reader(path, self._settings.home_country()) as reader:
            for sheet in reader.inspect(job).sheets:
                yield from self._rows_of(reader, sheet, path.name, now, job)

    def _rows_of(
        self, reader: object, sheet: SheetPreview, file: str, now: datetime, job: Job
    ) -> Iterator[Lead]:
        if sheet.empty:
            return
        for batch in reader.rows(sheet.plan, job):  # type: ignore[attr-defined]
            for place in range(len(batch)):
                draft = batch.drafts.at(place)
                if draft is not None:
                    yield _lead_of(draft, file, now)

    # Judging

    def update(self, number: LeadId, field: str, value: str) -> StepId | None:
        """Change what is known of somebody who asked, or who follows him up.

        Args:
            number: which lead.
            field: name, organisation, email, phone, city, message, details, owner.
            value: as typed.

        Raises:
            UserError: the value makes no sense there.
        """
        lead = self.get(number)
        if field not in _FIELDS:
            raise ValueError(field)
        clean = _clean(field, value)
        if getattr(lead, field) == clean:
            return None
        return self._step(lead, lambda c: LEADS.update(c, [number], {field: clean}))

    def discard(self, number: LeadId, reason: str = "") -> StepId:
        """Judge that somebody does not mean it.

        Raises:
            UserError: he is a customer already.
        """
        lead = self.get(number)
        if lead.status is LeadStatus.GENUINE:
            raise UserError(_("This lead was found genuine already."))
        changes = {
            "status": LeadStatus.DISCARDED,
            "reason": inputs.line(reason, "reason"),
            "decided_at": datetime.now(UTC),
        }
        name = _("Discard lead {name}").format(name=shortened(lead.called))

        def act(c: Connection) -> None:
            LEADS.update(c, [number], changes)
            _drop(c, _tasks_about(c, number))

        return self._named(name, act)

    def take_up(self, number: LeadId) -> StepId | None:
        """Have a lead that was discarded be judged anew; None where it was not."""
        lead = self.get(number)
        if lead.status is not LeadStatus.DISCARDED:
            return None
        changes = {"status": LeadStatus.NEW, "reason": "", "decided_at": None}
        return self._step(lead, lambda c: LEADS.update(c, [number], changes))

    def accept(
        self,
        number: LeadId,
        *,
        customer: CustomerId | None = None,
        title: str = "",
        owner: str = "",
        stage: PipelineStageId | None = None,
        task: str | None = None,
    ) -> AcceptedLead:
        """Judge that somebody means it, in one step.

        He becomes a customer, or is one; what he wants becomes an opportunity with a first task
        for the next working day, unless a rule made one, and what he wrote stands in his timeline.

        Args:
            number: which lead.
            customer: who he is; None makes a customer of him.
            title: of the opportunity, as typed; "" takes the first words of what he wrote.
            owner: who follows it up; "" takes the lead's.
            stage: where the opportunity stands; None for the first one.
            task: what is to be done first; None for calling him, "" for nothing.

        Raises:
            UserError: he was found genuine already, or there is no such customer.
        """
        lead = self.get(number)
        if lead.status is LeadStatus.GENUINE:
            raise UserError(_("This lead was found genuine already."))
        who = inputs.line(owner, "owner") or lead.owner
        creating = None
        if customer is None:
            creating = self._customers.creating(self._draft(lead))
        else:
            with self._archive.reading() as c:
                if not customers.exists(c, customer):
                    raise UserError(
                        _("There is no customer {number}.").format(number=customer),
                        field="customer",
                    )
        about = title.strip() or _about(lead)
        beginning = self._opportunities.beginning(about, stage=stage, owner=who, source=lead.source)
        first = _("Call {name}").format(name=lead.called) if task is None else task
        first = inputs.line(first, "task")
        now = datetime.now(UTC)

        def act(c: Connection) -> AcceptedLead:
            whom = creating(c) if creating is not None else customer
            assert whom is not None
            sold = beginning(c, whom)
            if lead.message:
                at = lead.received_at
                timeline.add(c, whom, InteractionKind.MESSAGE, _written(lead), at)
            calls = _tasks_about(c, number)
            if task is None or any(one.title == first for one in calls):
                _hand_on(c, calls, whom, sold, who)
            else:
                _drop(c, calls)
                calls = []
            if first and not calls:
                made = Task(
                    first,
                    whom,
                    owner=who,
                    due_on=working_day_after(date.today()),
                    created_at=now,
                    opportunity_id=sold,
                )
                TASKS.insert(c, made)
            changes = {
                "status": LeadStatus.GENUINE,
                "customer_id": whom,
                "owner": who,
                "reason": "",
                "decided_at": now,
            }
            LEADS.update(c, [number], changes)
            return AcceptedLead(whom, sold)

        name = _("Lead {name} is genuine").format(name=shortened(lead.called))
        return self._archive.write(name, act)

    def remove(self, number: LeadId) -> StepId:
        """Take a lead away; returns the step, for Undo."""
        lead = self.get(number)
        name = _("Delete lead {name}").format(name=shortened(lead.called))

        def act(c: Connection) -> None:
            _drop(c, _tasks_about(c, number))
            LEADS.delete(c, [number])

        return self._named(name, act)

    # Parts

    def _draft(self, lead: Lead) -> CustomerDraft:
        points = ((ContactKind.PHONE, lead.phone), (ContactKind.EMAIL, lead.email))
        return CustomerDraft(
            lead.called,
            kind=(CustomerKind.PERSON if lead.name else CustomerKind.ORGANISATION).value,
            organisation=lead.organisation if lead.name else "",
            notes=lead.details,
            contact_points=tuple(
                ContactPoint(kind.value, raw, None) for kind, raw in points if raw
            ),
            addresses=(Address(city=lead.city),) if lead.city else (),
        )

    def _step(self, lead: Lead, act: object) -> StepId:
        return self._named(_("Lead {name}").format(name=shortened(lead.called)), act)

    def _named(self, name: str, act: object) -> StepId:
        def run(c: Connection) -> StepId:
            act(c)  # type: ignore[operator]
            return steps.current(c)

        return self._archive.write(name, run)


def _tasks_about(c: Connection, lead: LeadId) -> list[Task]:
    """The open tasks that a rule made of a lead who is nobody's customer yet."""
    return TASKS.where(c, "t.lead_id = ? AND t.customer_id IS NULL AND t.done_at IS NULL", (lead,))


def _hand_on(
    c: Connection, listed: Sequence[Task], whom: CustomerId, sold: OpportunityId, owner: str
) -> None:
    """Have the tasks about a lead be those of the customer whom he became."""
    found = {"customer_id": whom, "opportunity_id": sold, "owner": owner, "lead_id": None}
    TASKS.update(c, [one.id for one in listed if one.id is not None], found)


def _drop(c: Connection, listed: Sequence[Task]) -> None:
    TASKS.delete(c, [one.id for one in listed if one.id is not None])


def _clean(field: str, text: str) -> str:
    return inputs.long_text(text, field) if field in _LONG else inputs.line(text, field)


def _kept(field: str, text: str) -> str:
    """A text of a file, shortened to what a field can hold."""
    if field in _LONG:
        return text
    return inputs.tidy(text)[: inputs.LONGEST_LINE]


def _lead_of(draft: CustomerDraft, file: str, now: datetime) -> Lead:
    def first(*kinds: str) -> str:
        points = (point.raw for point in draft.contact_points if point.kind in kinds)
        return next(points, "")

    person = draft.kind == CustomerKind.PERSON.value
    further = [
        f"{point.label or point.kind}: {point.raw}"
        for point in draft.contact_points
        if point.raw not in (first("phone"), first("email"))
    ]
    streets = [
        " ".join(filter(None, (one.street, one.postcode)))
        for one in draft.addresses
        if one.street or one.postcode
    ]
    from crm_desktop.bridge.enquiries.words import is_message

    wanted = [value for name, value in draft.custom if is_message(name)]
    others = (f"{name}: {value}" for name, value in draft.custom if not is_message(name))
    told = [*further, *streets, *others]
    return Lead(
        _kept("name", draft.name if person else ""),
        _kept("organisation", draft.organisation if person else draft.name),
        first("email").lower(),
        first("phone"),
        next((one.city for one in draft.addresses if one.city), ""),
        "\n".join(filter(None, (*wanted, draft.notes))),
        "\n".join(told),
        file,
        received_at=now,
    )


def _about(lead: Lead) -> str:
    """What an opportunity is called: the first words of what he wrote."""
    words = next((line for line in lead.message.splitlines() if line.strip()), "")
    return shortened(words.strip()) or _("Enquiry of {name}").format(name=lead.called)


def _written(lead: Lead) -> str:
    return "\n\n".join(filter(None, (lead.message, lead.details)))
