"""The check of what an import would do, and the import: off the GUI thread, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.imports import ImportResult, SheetPlan
from crm_desktop.domain.jobs import Job, Progress
from crm_desktop.i18n import _
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import JobOp
from crm_desktop.ui.pages.import_wizard.asking import Asking
from crm_desktop.ui.pages.import_wizard.opening import Opening
from crm_desktop.ui.pages.import_wizard.steps import Step

Plans = tuple[SheetPlan, ...]


class Importing(QObject):
    """Runs the plans of the files that are wanted.

    `began` carries the `Step`, what it is called and what it promises; `progressed` a
    `Progress`; `done` the step and its `ImportResult`; `stopped` the step that the user
    cancelled or that failed; `ended` comes after each of them. `checked_again` carries the
    result of a check that ran while the page stayed.

    Attributes:
        result: of the last check or import.
        only_changed: leave rows out that came in before as they stand.
    """

    began = Signal(object, str, str)
    progressed = Signal(object)
    done = Signal(object, object)
    stopped = Signal(object)
    ended = Signal()
    checked_again = Signal(object)

    def __init__(self, parent: QObject, opening: Opening, asking: Asking) -> None:
        super().__init__(parent)
        self._opening = opening
        self._asking = asking
        self._job: JobOp[ImportResult] | None = None
        self._checked: tuple[Plans, ...] | None = None
        self.result: ImportResult | None = None
        self.only_changed = True

    @property
    def busy(self) -> bool:
        """Whether a check or an import runs."""
        return self._job is not None

    @property
    def stale(self) -> bool:
        """Whether something changed since the last check."""
        return self._checked != self._plans()

    def forget_check(self) -> None:
        """What was checked holds no more."""
        self._checked = None

    def check(self) -> None:
        """Find out what the import would do."""
        self._run(Step.CHECK, _("Checking"), _("Nothing is written yet."))

    def check_again(self) -> None:
        """A cell was put right: the figures follow, and the page stays meanwhile."""
        work = self._work(dry_run=True)
        self._asking.ask("check", work, partial(self._checked_again, self._plans()))

    def run(self) -> None:
        """Take everything in."""
        names = ", ".join(f.name for f in self._opening.wanted)
        title = _("Importing {files}").format(files=names)
        self._run(Step.IMPORT, title, _("Cancel leaves nothing of it in the archive."))

    def stop(self) -> None:
        """Cancel what runs."""
        if self._job is not None:
            self._job.stop()

    def _plans(self) -> tuple[Plans, ...]:
        return tuple(f.plans() for f in self._opening.wanted)

    def _work(self, *, dry_run: bool) -> Callable[[Job], ImportResult]:
        pairs = [(f.session, f.plans()) for f in self._opening.wanted if f.session is not None]
        run = session_of(self).workspace.imports.run
        country, only_changed = self._opening.country, self.only_changed

        def work(job: Job) -> ImportResult:
            return run(
                pairs,
                dry_run=dry_run,
                job=job,
                country=country,
                only_changed=only_changed,
                confirmed=True,
            )

        return work

    def _run(self, step: Step, title: str, promise: str) -> None:
        checks = step is Step.CHECK
        self.began.emit(step, title, promise)
        self._job = JobOp(self, self._work(dry_run=checks), title="" if checks else title)
        self._job.progress(self._progressed)
        self._job.success(partial(self._done, step)).cancelled(partial(self._stopped, step))
        self._job.failure(partial(self._failed, step)).always(self._ended).run()

    def _progressed(self, progress: Progress) -> None:
        self.progressed.emit(progress)

    def _done(self, step: Step, result: ImportResult) -> None:
        self.result = result
        if step is Step.CHECK:
            self._checked = self._plans()
        self.done.emit(step, result)

    def _checked_again(self, plans: tuple[Plans, ...], result: ImportResult) -> None:
        if plans == self._plans():  # else more was put right meanwhile
            self.result, self._checked = result, plans
            self.checked_again.emit(result)

    def _stopped(self, step: Step) -> None:
        self.stopped.emit(step)
        if step is Step.IMPORT:
            host_of(self).toast(_("Cancelled: the archive is as it was."))

    def _failed(self, step: Step, error: UserError) -> None:
        self.stopped.emit(step)
        host_of(self).show_problem(error)

    def _ended(self) -> None:
        self._job = None
        self.ended.emit()
