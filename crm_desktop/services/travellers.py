"""Who travels by an order, and the documents that each of them has to hand in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.names import shortened
from crm_desktop.domain.orders import (
    ListedOrder,
    Order,
    OrderId,
    Requirement,
    RequirementId,
    Traveller,
    TravellerId,
    TravellerPaper,
)
from crm_desktop.i18n import _
from crm_desktop.services import inputs
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import customers
from crm_desktop.store import orders as rows
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import ORDERS, REQUIREMENTS, TRAVELLERS
from crm_desktop.store.search.fold import fold

# A passport that has to last so long beyond a journey has not been heard of.
_MOST_MONTHS = 600


class TravellerService:
    """The travellers of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive, settings: SettingsService) -> None:
        self._archive = archive
        self._settings = settings

    def of(self, order: OrderId) -> Sequence[tuple[Traveller, str]]:
        """Who travels, with their names."""
        with self._archive.reading() as c:
            return rows.travellers(c, order)

    def journeys(self, customer: CustomerId) -> Sequence[ListedOrder]:
        """The orders by which somebody travels, the newest first."""
        with self._archive.reading() as c:
            return rows.with_traveller(c, customer)

    def requirements(self, order: OrderId) -> Sequence[Requirement]:
        """What each has to hand in, what is due first."""
        with self._archive.reading() as c:
            return rows.requirements(c, order)

    def papers(self, order: OrderId, today: date | None = None) -> Sequence[TravellerPaper]:
        """Each traveller with each document: whether it is here, and valid for long enough."""
        with self._archive.reading() as c:
            return rows.traveller_papers(c, order, today or date.today())

    def add(self, order: OrderId, customer: CustomerId, notes: str = "") -> StepId | None:
        """Have a customer travel.

        Returns:
            The step, for Undo; None where he travels already.

        Raises:
            UserError: there is no such order or customer.
        """
        found = self._order(order)
        said = inputs.line(notes, "notes")
        with self._archive.reading() as c:
            whom = customers.get(c, customer)
            there = {one.customer_id for one, _name in rows.travellers(c, order)}
        if whom is None:
            raise UserError(
                _("There is no customer {number}.").format(number=customer), field="customer"
            )
        if customer in there:
            return None
        made = Traveller(customer, order, said)
        return self._step(found, lambda c: TRAVELLERS.insert(c, made))

    def set_notes(self, traveller: TravellerId, notes: str) -> StepId | None:
        """Say something of a traveller: his seat, his diet."""
        found, said = self._traveller(traveller), inputs.line(notes, "notes")
        if found.notes == said:
            return None
        return self._step(
            self._order(found.order_id),
            lambda c: TRAVELLERS.update(c, [traveller], {"notes": said}),
        )

    def remove(self, traveller: TravellerId) -> StepId:
        """Have somebody not travel; returns the step, for Undo."""
        found = self._traveller(traveller)
        return self._step(self._order(found.order_id), lambda c: TRAVELLERS.delete(c, [traveller]))

    def require(self, order: OrderId, kind: str, due_on: str = "", months: str = "") -> StepId:
        """Have every traveller hand in a document.

        Args:
            order: of which order.
            kind: of documents, as typed.
            due_on: by which day, as typed; "" for no day.
            months: for how many it has to be valid beyond the end, as typed.

        Raises:
            UserError: a part of it makes no sense, or it is required already.
        """
        found = self._order(order)
        clean = inputs.title(kind, "kind", _("Say which document, such as Passport."))
        day = inputs.day(due_on, self._settings.home_country(), "due_on")
        with self._archive.reading() as c:
            there = {fold(one.kind) for one in rows.requirements(c, order)}
        if fold(clean) in there:
            words = _("“{kind}” is required already.")
            raise UserError(words.format(kind=shortened(clean)), field="kind")
        made = Requirement(
            clean, order, None if day is None else date.fromisoformat(day), _months(months)
        )
        return self._step(found, lambda c: REQUIREMENTS.insert(c, made))

    def drop(self, requirement: RequirementId) -> StepId:
        """Have a document not be required any more; returns the step, for Undo."""
        with self._archive.reading() as c:
            found = REQUIREMENTS.get(c, requirement)
        if found is None:
            raise UserError(_("This is not required any more."))
        return self._step(
            self._order(found.order_id), lambda c: REQUIREMENTS.delete(c, [requirement])
        )

    # Parts

    def _order(self, number: OrderId | None) -> Order:
        with self._archive.reading() as c:
            found = None if number is None else ORDERS.get(c, number)
        if found is None:
            raise UserError(_("This order is not there any more."))
        return found

    def _traveller(self, number: TravellerId) -> Traveller:
        with self._archive.reading() as c:
            found = TRAVELLERS.get(c, number)
        if found is None:
            raise UserError(_("This traveller is not there any more."))
        return found

    def _step(self, order: Order, act: Callable[[Connection], object]) -> StepId:
        def run(c: Connection) -> StepId:
            act(c)
            return steps.current(c)

        name = _("Travellers of order {title}").format(title=shortened(order.title))
        return self._archive.write(name, run)


def _months(text: str) -> int:
    kept = inputs.tidy(text)
    if not kept:
        return 0
    if not kept.isdecimal() or int(kept) > _MOST_MONTHS:
        raise UserError(
            _("“{text}” is no number of months.").format(text=shortened(kept)), field="months"
        )
    return int(kept)
