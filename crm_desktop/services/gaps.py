"""The gap queue: the best customers' missing or invalid fields, one at a time."""

from __future__ import annotations

from collections.abc import Callable

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import Address, ContactKind, CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.gaps import Gap, GapKind, Ranking, gaps_of
from crm_desktop.domain.names import shortened
from crm_desktop.i18n import _
from crm_desktop.services import inputs
from crm_desktop.services.customers import CustomerService
from crm_desktop.services.documents import DocumentService
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import customers, documents, gaps, settings
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps

_NOT_NEEDED = "today.gap."
_MOST_RANKED = 20_000
_WINDOW = 50
# Papers that nobody travels without; a shop's contracts need neither number nor last day.
_TRAVEL = (
    *(
        "passport",
        "visa",
        "passaporte",
        "visto",
        "护照",
        "護照",
        "签证",
        "簽證",
        "通行证",
        "通行證",
    ),
    *("id card", "identity", "cidadão", "identidade", "residence", "residência", "身份证", "居留"),
)


class GapService:
    """Finds gaps in one archive and fills them. Each filling is one step that can be undone."""

    def __init__(
        self,
        archive: Archive,
        settings_: SettingsService,
        customers_: CustomerService,
        documents_: DocumentService,
    ) -> None:
        self._archive = archive
        self._settings = settings_
        self._customers = customers_
        self._documents = documents_

    def ranking(self, *, owner: str = "") -> Ranking:
        """In which order customers are asked about; takes a look at all of them."""
        with self._archive.reading() as c:
            return gaps.ranked(c, owner, _MOST_RANKED)

    def find(self, ranking: Ranking, start: int, *, wanted: int = 12) -> tuple[list[Gap], int]:
        """The next gaps.

        Args:
            ranking: the customers' order.
            start: where in it to begin.
            wanted: with so many, or a few more, one may begin.

        Returns:
            Gaps, and where in the order to go on.
        """
        found: list[Gap] = []
        with self._archive.reading() as c:
            needless = settings.beginning(c, _NOT_NEEDED).keys()
            while start < len(ranking) and len(found) < wanted:
                window = [CustomerId(n) for n in ranking[start : start + _WINDOW]]
                start += len(window)
                papers = gaps.papers(c, window, _TRAVEL)
                for customer in customers.get_many(c, window):
                    if customer.deleted_at is None:
                        own = [documents.get(c, n) for n in papers.get(customer.id, ())]
                        listed = gaps_of(customer, [one for one in own if one is not None])
                        found += (gap for gap in listed if gap.key not in needless)
        return found, start

    def fill(self, gap: Gap, text: str) -> None:
        """Write what was asked for into its field.

        Raises:
            UserError: it makes no sense there, with words that help.
        """
        number, typed = gap.customer.id, inputs.line(text, gap.kind)
        if inputs.is_blank(typed):
            raise UserError(_("Write something first."), field=gap.kind)
        country = self._settings.home_country()
        if gap.kind in (GapKind.PHONE, GapKind.EMAIL, GapKind.REACH):
            is_mail = gap.kind is GapKind.EMAIL or (gap.kind is GapKind.REACH and "@" in typed)
            kind = ContactKind.EMAIL if is_mail else ContactKind.PHONE
            point = inputs.contact_point(kind.value, typed, country, strict=True)
            if point.value is None:
                raise UserError(
                    _("“{text}” is no phone number that can be dialled.").format(
                        text=shortened(typed)
                    ),
                    field="phone",
                )
            old = gap.point
            self._customers.save_contact_point(
                number,
                kind,
                typed,
                label=old.label if old else "",
                contact_point_id=old.id if old else None,
            )
        elif gap.kind is GapKind.CITY:
            known = next(iter(gap.customer.addresses), Address())
            self._customers.save_address(number, known._replace(city=typed))
        elif gap.kind is GapKind.BIRTHDAY:
            self._customers.update(number, "birthday", typed)
        else:
            self._fill_paper(gap, typed)

    def _fill_paper(self, gap: Gap, typed: str) -> None:
        if gap.document is None:
            raise ValueError(gap.kind)
        facts = self._documents.get(gap.document.id).facts
        number, last = facts.number, facts.expires_on or ""
        self._documents.set_facts(
            gap.document.id,
            kind=facts.kind,
            number=typed if gap.kind is GapKind.NUMBER else number,
            issued_on=facts.issued_on or "",
            expires_on=typed if gap.kind is GapKind.LAST_DAY else last,
        )

    def not_needed(self, gap: Gap) -> StepId:
        """Never ask for this one again."""
        # Neither a name nor a value: the erasing of a customer does not look among the settings.
        return self._write(
            _("Do not ask for a gap again"),
            lambda c: settings.put_anew(c, f"{_NOT_NEEDED}{gap.key}", "-"),
        )

    def _write(self, name: str, act: Callable[[Connection], None]) -> StepId:
        def run(c: Connection) -> StepId:
            act(c)
            return steps.current(c)

        return self._archive.write(name, run)
