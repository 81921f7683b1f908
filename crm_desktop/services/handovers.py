"""Giving all that one person looks after to another, and the list of it on paper."""

from __future__ import annotations

from datetime import UTC, datetime

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.handovers import Counts, HandOver
from crm_desktop.i18n import _, language
from crm_desktop.services import inputs
from crm_desktop.services.customer_files import PdfFile
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import handovers
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps


class HandOverService:
    """Hand-overs in one archive."""

    def __init__(self, archive: Archive, settings: SettingsService) -> None:
        self._archive = archive
        self._settings = settings

    def owners(self) -> list[str]:
        """Everybody who looks after anything, by name."""
        with self._archive.reading() as c:
            return handovers.owners(c)

    def counts(self, owner: str) -> Counts:
        """How much of each somebody looks after: what would be handed over."""
        with self._archive.reading() as c:
            return handovers.counts(c, owner)

    def hand_over(self, giver: str, taker: str) -> tuple[HandOver, StepId]:
        """Give all that is one's to another, in one step.

        Customers in the trash go along, so that nobody comes back to one who has left; tasks
        and cases that are done stay with those who did them.

        Raises:
            UserError: a name is missing, both are the same, or there is nothing to give.
        """
        if not giver:
            raise UserError(_("Say whose things are handed over."), field="giver")
        to = inputs.title(taker, "taker", _("Say who takes them over."))
        if to == giver:
            raise UserError(_("That is the same person."), field="taker")

        def act(c: Connection) -> tuple[HandOver, StepId]:
            given = handovers.give(c, giver, to)
            if not given:
                raise UserError(_("{name} looks after nothing.").format(name=giver), field="giver")
            return HandOver(giver, to, datetime.now(UTC), given), steps.current(c)

        return self._archive.write(
            _("Hand over from {giver} to {taker}").format(giver=giver, taker=to), act
        )

    def pdf(self, done: HandOver) -> PdfFile:
        """The list of what was handed over, to be signed and filed."""
        from crm_desktop.reports.handover import handover_pdf, missing_in

        firm = self._settings.firm()
        data = handover_pdf(
            done,
            firm=firm,
            language=language(),
            printed_at=datetime.now(UTC).astimezone(),
            home_country=self._settings.home_country(),
            phone=self._settings.phone_writing(),
        )
        return PdfFile(data, missing_in(done, firm))
