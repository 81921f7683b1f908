"""Quotations: begun, issued under a number, accepted or declined, replaced by newer versions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import Customer, CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.names import shortened
from crm_desktop.domain.numbers import Series
from crm_desktop.domain.opportunities import Opportunity, OpportunityId, PipelineStageId
from crm_desktop.domain.pricing import Taxes
from crm_desktop.domain.quotations import (
    EVERY_QUOTATION,
    ListedQuotation,
    Quotation,
    QuotationId,
    QuotationLineId,
    QuotationQuery,
    QuotationStatus,
    chosen_of,
    may_be_edited,
    may_become,
)
from crm_desktop.i18n import _, language, nearest
from crm_desktop.services import inputs, numbers
from crm_desktop.services.customer_files import PdfFile
from crm_desktop.services.line_drafts import Act
from crm_desktop.services.opportunities import OpportunityService
from crm_desktop.services.quotation_drafts import QuotationDrafts, check_day, title
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import customers
from crm_desktop.store import numbers as given
from crm_desktop.store import quotations as rows
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import OPPORTUNITIES, QUOTATION_LINES, QUOTATIONS

if TYPE_CHECKING:
    from crm_desktop.reports.quotation import PrintedQuotation

# Where nobody has said in which country the firm is, and it has no money of its own.
_FALLBACK_CURRENCY = "EUR"


class QuotationService(QuotationDrafts):
    """The quotations of one archive. Each change is one step that can be undone."""

    def __init__(
        self, archive: Archive, settings: SettingsService, opportunities: OpportunityService
    ) -> None:
        super().__init__(archive, settings)
        self._opportunities = opportunities

    # Reading

    def of(self, customer: CustomerId) -> Sequence[ListedQuotation]:
        """A customer's quotations, the newest first."""
        with self._archive.reading() as c:
            return rows.of_customer(c, customer)

    def of_opportunity(self, opportunity: OpportunityId) -> Sequence[ListedQuotation]:
        """The quotations of an opportunity, the newest first."""
        with self._archive.reading() as c:
            return rows.of_opportunity(c, opportunity)

    def list(self, query: QuotationQuery = EVERY_QUOTATION) -> Sequence[ListedQuotation]:
        """Quotations of all customers, the newest first."""
        with self._archive.reading() as c:
            return rows.search(c, query)

    def pdf(self, number: QuotationId) -> PdfFile:
        """The paper that goes to the customer; a draft says on it that it is one.

        Raises:
            UserError: it is not there any more.
        """
        from crm_desktop.reports.quotation import missing_in, quotation_pdf

        printed = self.printed(number)
        return PdfFile(quotation_pdf(printed), missing_in(printed))

    def printed(self, number: QuotationId) -> PrintedQuotation:
        """All that its paper is drawn from."""
        from crm_desktop.reports.quotation import PrintedQuotation

        whole = self.get(number)
        customer = self._customer(whole.quotation.customer_id)
        return PrintedQuotation(
            whole,
            customer,
            self._settings.firm(),
            date.today(),
            self._settings.home_country(),
        )

    # Beginning

    def create(
        self, name: str, customer: CustomerId, *, opportunity: OpportunityId | None = None
    ) -> QuotationId:
        """Begin a quotation, in the customer's language and the money it is likely to be in.

        Whether prices include taxes, and the terms in that language, are as they were last.

        Args:
            name: what it is about, as typed; "" takes the opportunity's title.
            customer: for whom.
            opportunity: his that it belongs to.

        Raises:
            UserError: it is called nothing, or there is no such customer or opportunity.
        """
        whom = self._customer(customer)
        sold = None if opportunity is None else self._opportunity(opportunity)
        if sold is not None and sold.customer_id != customer:
            raise UserError(_("This opportunity is another customer's."), field="opportunity")
        clean = title(name or ("" if sold is None else sold.title))
        spoken = nearest(whom.facts.language) if whom.facts.language else language()
        with self._archive.reading() as c:
            last, alike = rows.newest(c), rows.newest(c, spoken)
        money = None if sold is None else sold.money
        now = datetime.now(UTC)
        made = Quotation(
            clean,
            customer,
            self.home_currency() if money is None else money.currency,
            opportunity_id=opportunity,
            taxes=Taxes.ADDED if last is None else last.taxes,
            language=spoken,
            terms="" if alike is None else alike.terms,
            created_at=now,
            updated_at=now,
        )
        step = _("New quotation {title}").format(title=shortened(clean))
        return self._archive.write(step, lambda c: rows.insert(c, made, ()))

    def copy(self, number: QuotationId, *, customer: CustomerId | None = None) -> QuotationId:
        """Begin another quotation that says the same, for him or another customer.

        Raises:
            UserError: it is gone, or there is no such customer.
        """
        whole = self.get(number)
        one = whole.quotation
        whose = one.customer_id if customer is None else self._customer(customer).id
        now = datetime.now(UTC)
        made = Quotation(
            one.title,
            whose,
            one.currency,
            opportunity_id=one.opportunity_id if whose == one.customer_id else None,
            taxes=one.taxes,
            discount_percent=one.discount_percent,
            discount_amount=one.discount_amount,
            rounding=one.rounding,
            language=one.language,
            intro=one.intro,
            terms=one.terms,
            created_at=now,
            updated_at=now,
        )
        step = _("Copy quotation {title}").format(title=shortened(one.title))
        return self._archive.write(step, lambda c: rows.insert(c, made, whole.lines))

    def new_version(self, number: QuotationId) -> QuotationId:
        """Begin a draft that replaces what is out once it is issued; one that is there is taken.

        Raises:
            UserError: it is a draft itself, was accepted, or was replaced already.
        """
        whole = self.get(number)
        one = whole.quotation
        if may_be_edited(one):
            raise UserError(_("It is a draft still: change it as it is."))
        if one.status is QuotationStatus.ACCEPTED:
            raise UserError(
                _("{number} was accepted and stands. Copy it to offer something else.").format(
                    number=one.reference
                )
            )
        if not may_become(one, QuotationStatus.REPLACED):
            raise UserError(
                _("A newer version replaces {number} already.").format(number=one.reference)
            )
        with self._archive.reading() as c:
            there = rows.following(c, number)
        if there is not None:
            return there
        now = datetime.now(UTC)
        last = one.valid_until
        made = replace(
            one,
            earlier_id=number,
            number="",
            version=one.version + 1,
            status=QuotationStatus.DRAFT,
            valid_until=None if last is not None and last < date.today() else last,
            reason="",
            created_at=now,
            updated_at=now,
            issued_at=None,
            decided_at=None,
            id=None,
        )
        step = _("New version of quotation {number}").format(number=one.reference)
        return self._archive.write(step, lambda c: rows.insert(c, made, whole.lines))

    # What becomes of it

    def issue(self, number: QuotationId) -> str:
        """Give a draft its number; from now on it stays as it is.

        A new version bears the number of the one that it replaces.

        Returns:
            Its number, with its version where that is not the first.

        Raises:
            UserError: nothing in it counts, its last day is over, or it is no draft.
        """
        whole = self._draft(number)
        one = whole.quotation
        if not any(line.counts for line in whole.lines):
            raise UserError(_("Nothing in it counts yet: add a line with a price."), field="lines")
        check_day(one.valid_until)
        now = datetime.now(UTC)
        with self._archive.reading() as c:
            earlier = None if one.earlier_id is None else QUOTATIONS.get(c, one.earlier_id)
        if earlier is not None and not may_become(earlier, QuotationStatus.REPLACED):
            words = (
                _("{number} was accepted meanwhile and stands. Copy it to offer something else.")
                if earlier.status is QuotationStatus.ACCEPTED
                else _("A newer version replaces {number} already.")
            )
            raise UserError(words.format(number=earlier.reference))

        def act(c: Connection) -> str:
            version = 1
            if earlier is None:
                written = numbers.give(c, Series.QUOTATION, now)
            else:
                written = earlier.number
                version = given.give_version(c, Series.QUOTATION, written, earlier.version + 1, now)
                replaced = {"status": QuotationStatus.REPLACED, "updated_at": now}
                QUOTATIONS.update(c, [earlier.id or 0], replaced)
            changes = {
                "number": written,
                "version": version,
                "status": QuotationStatus.ISSUED,
                "issued_at": now,
                "updated_at": now,
            }
            QUOTATIONS.update(c, [number], changes)
            return replace(one, number=written, version=version).reference

        step = _("Issue quotation {title}").format(title=shortened(one.title))
        return self._archive.write(step, act)

    def accept(
        self,
        number: QuotationId,
        *,
        chosen: Collection[QuotationLineId] | None = None,
        stage: PipelineStageId | None = None,
    ) -> StepId:
        """Note that the customer agreed, and to which options; one that has run out may stand.

        Args:
            number: which.
            chosen: the options that he took, and no others; None leaves them as they are.
            stage: where its opportunity goes in the same step; None leaves that where it is.

        Raises:
            UserError: it is not out, one of these is no option of it, or the stage wants what
                the opportunity does not have.
        """
        one = self.get(number).quotation
        act = self.accepting(number, chosen=chosen, stage=stage)
        return self._step(_("Accept quotation {number}").format(number=one.reference), act)

    def accepting(
        self,
        number: QuotationId,
        *,
        chosen: Collection[QuotationLineId] | None = None,
        stage: PipelineStageId | None = None,
    ) -> Act:
        """What `accept` does, to be done inside a step of something else.

        Raises:
            UserError: as `accept`.
        """
        whole = self.get(number)
        one = whole.quotation
        self._check_turn(one, QuotationStatus.ACCEPTED)
        turned = {}
        if chosen is not None:
            try:
                turned = chosen_of(whole.lines, chosen)
            except ValueError as error:
                raise UserError(_("Only an option can be chosen."), field="chosen") from error
            listed = [
                replace(line, chosen=turned.get(line.id, line.chosen)) if line.id else line
                for line in whole.lines
            ]
            self._check_total(whole.terms, listed, "chosen")
        move = None
        if stage is not None and one.opportunity_id is not None:
            move = self._opportunities.moving(one.opportunity_id, stage)
        now = datetime.now(UTC)

        def act(c: Connection) -> None:
            for line, taken in turned.items():
                QUOTATION_LINES.update(c, [line], {"chosen": taken})
            self._decide(c, number, QuotationStatus.ACCEPTED, now, "")
            if move is not None:
                move(c)

        return act

    def decline(self, number: QuotationId, reason: str = "") -> StepId:
        """Note that the customer does not want it, and why, where he said so.

        Raises:
            UserError: it is not out.
        """
        one = self.get(number).quotation
        self._check_turn(one, QuotationStatus.DECLINED)
        why, now = inputs.line(reason, "reason"), datetime.now(UTC)
        return self._step(
            _("Decline quotation {number}").format(number=one.reference),
            lambda c: self._decide(c, number, QuotationStatus.DECLINED, now, why),
        )

    def remove(self, number: QuotationId) -> StepId:
        """Take a draft away; returns the step, for Undo.

        Raises:
            UserError: it is out: a paper that somebody has cannot be unwritten.
        """
        one = self.get(number).quotation
        if not may_be_edited(one):
            raise UserError(
                _("{number} is out and cannot be deleted; it can be declined.").format(
                    number=one.reference
                )
            )
        return self._step(
            _("Delete quotation {title}").format(title=shortened(one.title)),
            lambda c: QUOTATIONS.delete(c, [number]),
        )

    def hand_over_amount(self, number: QuotationId) -> StepId | None:
        """Have its opportunity be worth what it comes to.

        Returns:
            The step, for Undo; None where it is worth that already.

        Raises:
            UserError: it belongs to no opportunity.
        """
        whole = self.get(number)
        belongs = whole.quotation.opportunity_id
        if belongs is None:
            raise UserError(_("This quotation belongs to no opportunity."), field="opportunity")
        sold = self._opportunity(belongs)
        if sold.money == whole.total:
            return None
        changes = {
            "amount": whole.total.amount,
            "currency": whole.total.currency,
            "updated_at": datetime.now(UTC),
        }
        name = _("Opportunity {title}").format(title=shortened(sold.title))
        return self._step(name, lambda c: OPPORTUNITIES.update(c, [belongs], changes))

    # Parts

    def _check_turn(self, one: Quotation, status: QuotationStatus) -> None:
        if may_become(one, status):
            return
        if may_be_edited(one):
            raise UserError(_("Issue it first: the customer has nothing in his hands yet."))
        words = {
            QuotationStatus.ACCEPTED: _("{number} was accepted already."),
            QuotationStatus.DECLINED: _("{number} was declined already."),
        }.get(one.status, _("A newer version replaces {number} already."))
        raise UserError(words.format(number=one.reference))

    def _decide(
        self, c: Connection, number: QuotationId, status: QuotationStatus, at: datetime, why: str
    ) -> None:
        changes = {"status": status, "decided_at": at, "reason": why, "updated_at": at}
        QUOTATIONS.update(c, [number], changes)

    def _customer(self, number: CustomerId) -> Customer:
        with self._archive.reading() as c:
            found = customers.get(c, number)
        if found is None:
            raise UserError(
                _("There is no customer {number}.").format(number=number), field="customer"
            )
        return found

    def _opportunity(self, number: OpportunityId) -> Opportunity:
        with self._archive.reading() as c:
            found = OPPORTUNITIES.get(c, number)
        if found is None:
            raise UserError(_("This opportunity is not there any more."), field="opportunity")
        return found

    def home_currency(self) -> str:
        """What is asked where nobody says otherwise."""
        from crm_desktop.bridge.values.currencies import home_currency

        return home_currency(self._settings.home_country()) or _FALLBACK_CURRENCY
