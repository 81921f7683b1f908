"""The customer file as a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.domain.cases import in_order
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _, language
from crm_desktop.services.customer_views import feast
from crm_desktop.services.field_values import mentioned, shown_fields
from crm_desktop.services.outputs import write_whole
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import custom_fields, customers, documents, promises, relations, timeline
from crm_desktop.store.archive import Archive
from crm_desktop.store.records import CASES

if TYPE_CHECKING:
    from crm_desktop.reports.customer_file import CustomerFile
    from crm_desktop.reports.preview import Pages as Pages

_CHUNK = 200
# More people than these make a list of customers, not a customer's file.
_MOST_RELATED = 200


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A finished document.

    Attributes:
        data: the bytes that are shown, saved and printed alike.
        missing_characters: the characters of the text that no font of ours has, once each.
    """

    data: bytes
    missing_characters: str


class CustomerFileService:
    """Prints customers of one archive."""

    def __init__(self, archive: Archive, settings: SettingsService) -> None:
        self._archive = archive
        self._settings = settings

    def pdf(self, ids: Sequence[CustomerId] | None, *, job: Job | None = None) -> PdfFile:
        """One document with the files of some customers, or of all where `ids` is None.

        Raises:
            UserError: there is nobody to print.
            Cancelled: the user stopped it.
        """
        from crm_desktop.reports.customer_file import customer_files_pdf, missing_in

        job = job or Job()
        firm = self._settings.firm()
        missing = set(missing_in((), firm))
        printed = 0

        def files() -> Iterator[CustomerFile]:
            nonlocal printed
            total = None if ids is None else len(ids)
            for file in self._read(ids):
                job.progress(_("Printing"), printed, total)
                missing.update(missing_in((file,), firm))
                printed += 1
                yield file

        data = customer_files_pdf(
            files(),
            firm=firm,
            language=language(),
            printed_at=datetime.now(UTC).astimezone(),
            home_country=self._settings.home_country(),
            job=job,
        )
        if not printed:
            raise UserError(_("There is nobody to print."))
        return PdfFile(data, "".join(sorted(missing)))

    def pages(self, pdf: PdfFile) -> Pages:
        """The document's pages as pictures, for the screen and the printer; to be closed."""
        from crm_desktop.reports.preview import PdfPages

        return PdfPages(pdf.data)

    def save(self, pdf: PdfFile, target: Path) -> None:
        """Write a document to a file.

        Raises:
            UserError: the target is the archive itself.
            EnvironmentProblem: it cannot be written.
        """
        if target.absolute() == self._archive.path.absolute():
            raise UserError(_("The document cannot replace the archive itself."))
        write_whole(target, pdf.data)

    def _read(self, ids: Sequence[CustomerId] | None) -> Iterator[CustomerFile]:
        from crm_desktop.reports.customer_file import CustomerFile
        from crm_desktop.reports.sections import Matters

        home, today = self._settings.home_country(), date.today()
        with self._archive.reading() as c:
            chosen = (
                customers.each(c)
                if ids is None
                else (
                    customer
                    for start in range(0, len(ids), _CHUNK)
                    for customer in customers.get_many(c, ids[start : start + _CHUNK])
                )
            )
            own = custom_fields.fields(c)
            for customer in chosen:
                values = shown_fields(customer, customers.names(c, mentioned([customer])))
                # In groups, and without those that are hidden.
                custom = {f.name: values[f.name] for f in own if f.name in values and not f.hidden}
                shown = replace(customer, custom=custom)
                entries = timeline.page(c, customer.id, before=None, limit=None)
                related = relations.related(c, customer.id, limit=_MOST_RELATED)
                matters = Matters(
                    in_order(CASES.of(c, customer.id)),
                    promises.open_of(c, customer.id),
                    feast(customer.birthday or "", today),
                    home,
                    {f.name: f.heading for f in own if f.heading and f.name in custom},
                )
                yield CustomerFile(shown, entries, related, documents.of(c, customer.id), matters)
