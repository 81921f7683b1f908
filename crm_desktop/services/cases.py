"""Complaints and requests for service: opened, worked on, resolved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from crm_desktop.domain.cases import Case, CaseId, CaseKind, CaseStatus, Severity, in_order
from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.services import inputs
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import customers
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import CASES

T = TypeVar("T")


class CaseService:
    """The cases of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive, settings: SettingsService) -> None:
        self._archive = archive
        self._settings = settings

    def of(self, customer_id: CustomerId) -> list[Case]:
        """A customer's cases: what is worst and open first, what is resolved last."""
        with self._archive.reading() as c:
            return in_order(CASES.of(c, customer_id))

    def begin(
        self, customer_id: CustomerId, subject: str, *, kind: CaseKind = CaseKind.REQUEST
    ) -> CaseId:
        """Open a case.

        Raises:
            UserError: nobody says what it is about; there is no such customer.
        """
        clean = _subject(subject)
        case = Case(customer_id, clean, kind, opened_at=datetime.now(UTC))
        return CaseId(self._write(customer_id, lambda c: CASES.insert(c, case)))

    def update(self, case_id: CaseId, field: str, value: str) -> StepId:
        """Change one field of a case; returns the step, for Undo.

        Args:
            case_id: which.
            field: one of `Case`: subject, kind, text, severity, status, owner, promised,
                promised_on, resolution, satisfaction.
            value: as typed; "" clears what may be empty.

        Raises:
            UserError: the value makes no sense, with words that help.
        """
        case = self._get(case_id)
        changes = {field: self._read(field, value)}
        if field == "status":
            resolved = value == CaseStatus.RESOLVED
            changes["resolved_at"] = (case.resolved_at or datetime.now(UTC)) if resolved else None

        def act(c: Connection) -> StepId:
            CASES.update(c, [case_id], changes)
            return steps.current(c)

        return self._write(case.customer_id, act)

    def remove(self, case_id: CaseId) -> StepId:
        """Take a case away; returns the step, for Undo."""
        case = self._get(case_id)

        def act(c: Connection) -> StepId:
            CASES.delete(c, [case_id])
            return steps.current(c)

        return self._write(case.customer_id, act)

    def _read(self, field: str, value: str) -> object:
        """A field's value as typed."""
        if field == "subject":
            return _subject(value)
        if field == "kind":
            return inputs.one_of(CaseKind, value, field)
        if field == "status":
            return inputs.one_of(CaseStatus, value, field)
        if field == "severity":
            if value not in {str(int(one)) for one in Severity}:
                raise UserError(_("A severity is 1, 2 or 3."), field=field)
            return int(value)
        if field == "satisfaction":
            return inputs.stars(value, field) or None
        if field == "promised_on":
            return inputs.day(value, self._settings.home_country(), field)
        if field in ("text", "resolution"):
            return inputs.long_text(value, field)
        if field in ("owner", "promised"):
            return inputs.line(value, field)
        raise ValueError(field)

    def _get(self, case_id: CaseId) -> Case:
        with self._archive.reading() as c:
            case = CASES.get(c, case_id)
        if case is None:
            raise UserError(_("This case is not there any more."))
        return case

    def _write(self, customer_id: CustomerId, act: Callable[[Connection], T]) -> T:
        with self._archive.reading() as c:
            name = customers.names(c, [customer_id]).get(customer_id)
        if name is None:
            raise UserError(_("There is no customer {number}.").format(number=customer_id))
        return self._archive.write(_("Case of {name}").format(name=name), act)


def _subject(text: str) -> str:
    return inputs.title(text, "subject", _("Say in a few words what it is about."))
