"""Looking an archive over, and mending what can be made anew."""

from __future__ import annotations

from crm_desktop.domain.backups import CheckReport
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.store import contacts
from crm_desktop.store.archive import Archive
from crm_desktop.store.search import index

_MOST_MESSAGES = 20


def run(archive: Archive, *, job: Job | None = None) -> CheckReport:
    """Check pages, references and the search index; rebuild the index where it is wrong.

    An archive that is open for reading only is looked at and not mended.

    Raises:
        Cancelled: the user stopped it.
        EnvironmentProblem: the file cannot even be read.
    """
    job = job or Job()
    messages: list[str] = []
    ok = True
    with archive.reading_afresh() as connection:
        job.progress(_("Checking the file's pages"))
        pages = connection.execute(f"PRAGMA integrity_check({_MOST_MESSAGES})").fetchall()
        if pages != [("ok",)]:
            ok = False
            messages.extend(
                _("The file is damaged: {detail}").format(detail=row[0]) for row in pages
            )
        job.progress(_("Checking references"))
        for table, row, parent, _key in connection.execute("PRAGMA foreign_key_check").fetchall():
            ok = False
            messages.append(
                _("Row {row} of “{table}” refers to a row of “{parent}” that is gone.").format(
                    row=row, table=table, parent=parent
                )
            )
    if not ok:
        return CheckReport(False, tuple(messages[:_MOST_MESSAGES]))
    with archive.reading_afresh() as connection:
        wrong = index.verify(connection, job)
        counted = contacts.is_true(connection)
    if not counted:
        messages.append(_("The times of the last contacts were wrong."))
        if archive.read_only:
            return CheckReport(False, tuple(messages))
        archive.maintain(contacts.rebuild)
    if wrong:
        messages.extend(wrong)
        if archive.read_only:
            return CheckReport(False, tuple(messages))
        archive.maintain(lambda c: index.rebuild(c, job))
        messages.append(_("The search index was made anew."))
    return CheckReport(True, tuple(messages))
