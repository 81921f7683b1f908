"""What the window does with archives: open, make, close, back up, restore, check, export."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from crm_desktop.domain.errors import EnvironmentProblem
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui.drops import ARCHIVE
from crm_desktop.ui.leaving import ask_first
from crm_desktop.ui.ops import JobOp, ReadOp
from crm_desktop.ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_desktop.domain.backups import Backup, CheckReport
    from crm_desktop.domain.customers import CustomerId, CustomerListQuery
    from crm_desktop.domain.jobs import Job
    from crm_desktop.services.workspace import Workspace
    from crm_desktop.ui.shell import Shell


class Archives(QObject):
    """The window's dealings with files; one archive is open at a time."""

    def __init__(self, shell: Shell, data_dir: Path) -> None:
        super().__init__(shell)
        self._shell = shell
        self._data_dir = data_dir

    # Opening and closing.

    def open(
        self,
        path: Path,
        *,
        create: bool = False,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Close what is open, then open an archive; `then` runs once it is."""
        close = partial(self.close, then=lambda: self._open(path, create=create, then=then))
        ask_first(self._shell, close)

    def _open(self, path: Path, *, create: bool, then: Callable[[], object] | None) -> None:
        data_dir = self._data_dir

        def work(job: Job) -> Workspace:
            from crm_desktop.services.workspace import Workspace

            found = Workspace.open(path, create=create, data_dir=data_dir, job=job)
            if job.cancelled:  # the window has gone meanwhile
                found.close(backup=False)
            job.check()
            return found

        def opened(workspace: Workspace) -> None:
            self._shell.set_session(Session(workspace, self._shell))
            self._shell.preferences.remember(workspace.path)
            self.show_backup()
            if then is not None:
                then()

        self._shell.show_opening(path.stem)
        op = JobOp(self, work, title=_("Opening {name}").format(name=path.stem))
        op.success(opened).always(self._shell.opening_ended).run()

    def close(self, *, then: Callable[[], object] | None = None, backup: bool = True) -> None:
        """Close the open archive with its backup, off the GUI thread; `then` runs after it."""
        session = self._shell.session
        if session is None:
            if then is not None:
                then()
            return
        workspace = session.workspace
        self._shell.set_session(None)
        session.close()
        session.deleteLater()

        def work(_job: Job) -> None:
            # What was typed last may still wait for the writer; the copy is to hold it too.
            workspace.submit(lambda: None).result()
            workspace.close(backup=backup)

        op = JobOp(self, work, title=_("Closing {name}").format(name=workspace.path.stem))
        if then is not None:
            # Where the copy cannot be made, the archive is closed all the same; the window
            # stays and says so.
            op.success(lambda _none: then())
            op.problem(self._closed_without_copy)
        op.run()

    def _closed_without_copy(self, error: EnvironmentProblem) -> None:
        self._shell.stay()
        self._shell.show_welcome()
        self._shell.show_problem(error)

    def close_to_welcome(self) -> None:
        """Close the archive and go to the welcome page."""
        ask_first(self._shell, partial(self.close, then=self._shell.show_welcome))

    def ask_open(self) -> None:
        """Let the user choose an archive to open."""
        dialog = self._dialog(_("Open archive"), QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [_("Archives (*{ending})").format(ending=ARCHIVE), _("All files (*)")]
        )
        dialog.fileSelected.connect(self._open_chosen)
        dialog.open()

    def ask_new(self) -> None:
        """Let the user say where a new archive goes."""
        dialog = self._dialog(_("New archive"), QFileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_("Archives (*{ending})").format(ending=ARCHIVE))
        dialog.setDefaultSuffix(ARCHIVE.strip("."))
        dialog.selectFile(_("Customers") + ARCHIVE)
        # An existing archive is opened, never replaced: nothing to confirm.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.fileSelected.connect(self._create_chosen)
        dialog.open()

    def open_with_import(self, files: list[Path]) -> None:
        """No archive is open and sheets were dropped: make an archive and import them."""
        folder = self._data_dir / "archives"
        folder.mkdir(parents=True, exist_ok=True)
        path = free_name(folder / f"{files[0].stem}{ARCHIVE}")
        self.open(path, create=True, then=lambda: self._shell.open_import(files))

    def open_sample(self) -> None:
        """Open the sample archive; the first time it is made from a sample workbook."""
        from crm_desktop.ui.demo import demo_path, fill_demo

        path = demo_path(self._data_dir)
        if path.exists():
            self.open(path)
            return
        data_dir = self._data_dir
        path.parent.mkdir(parents=True, exist_ok=True)

        def work(job: Job) -> None:
            fill_demo(path, data_dir=data_dir, job=job)

        op = JobOp(self, work, title=_("Making the sample archive"))
        op.success(lambda _none: self.open(path)).run()

    def _open_chosen(self, path: str) -> None:
        self.open(Path(path))

    def _create_chosen(self, path: str) -> None:
        self.open(Path(path), create=True)

    # Copies.

    def show_backup(self) -> None:
        """Bring the status line up to date."""
        session = self._shell.session
        if session is None:
            return
        backups = session.workspace.backups
        ReadOp(self, backups.last, key="backup").success(self._show_last).run()

    def _show_last(self, last: Backup | None) -> None:
        # Here and below: what it imports can wait until the window is painted.
        from crm_desktop.ui import format as say

        self._shell.show_backup_state(
            _("Backed up {when}").format(when=say.moment(last.made_at).lower())
            if last
            else _("No backup yet")
        )

    def backup_now(self) -> None:
        """Make a verified copy."""
        session = self._shell.session
        if session is None:
            return
        backups = session.workspace.backups
        op = JobOp(self, lambda job: backups.make(job=job), title=_("Backup"))
        op.success(self._backed_up).run()

    def _backed_up(self, made: Backup) -> None:
        from crm_desktop.ui import format as say

        self.show_backup()
        self._shell.toast(
            _("Backed up as {file} ({size})").format(file=made.path.name, size=say.size(made.size))
        )
        self._shell.backups_changed.emit()

    def ask_restore(self) -> None:
        """Let the user choose a copy in place of the archive."""
        session = self._shell.session
        if session is None:
            return
        dialog = self._dialog(_("Restore from a backup"), QFileDialog.FileMode.ExistingFile)
        dialog.setDirectory(str(session.workspace.backups.folder))
        dialog.setNameFilters(
            [_("Archives (*{ending})").format(ending=ARCHIVE), _("All files (*)")]
        )
        dialog.fileSelected.connect(self._restore_chosen)
        dialog.open()

    def _restore_chosen(self, path: str) -> None:
        self.confirm_restore(Path(path))

    def confirm_restore(self, source: Path) -> None:
        """Ask once, then put the copy in the archive's place; the replaced file is kept."""
        from crm_desktop.ui.dialogs.info import Confirm

        session = self._shell.session
        if session is None:
            return
        archive = session.workspace.path
        Confirm(
            _("Restore this backup?"),
            _(
                "“{archive}” goes back to what {file} holds. The archive as it is now is kept "
                "beside it under another name."
            ).format(archive=archive.stem, file=source.name),
            (_("Restore"), lambda: self.restore(source)),
            self._shell,
        ).open()

    def restore(self, source: Path) -> None:
        """Close the archive, put the copy in its place, open it again."""
        session = self._shell.session
        if session is None:
            return
        archive = session.workspace.path

        def work(job: Job) -> Path | None:
            from crm_desktop.services.backups import restore

            return restore(archive, source, job=job)

        def restored(kept: Path | None) -> None:
            words = _("Restored. The replaced archive is kept as {file}.")
            if kept is not None:
                self._shell.toast(words.format(file=kept.name))

        def go() -> None:
            op = JobOp(self, work, title=_("Restoring"))
            op.success(restored).always(lambda: self._open(archive, create=False, then=None)).run()

        ask_first(self._shell, partial(self.close, then=go))

    def check(self) -> None:
        """Look the archive over."""
        session = self._shell.session
        if session is None:
            return
        backups = session.workspace.backups
        op = JobOp(self, lambda job: backups.check(job=job), title=_("Checking the archive"))
        op.success(self._checked).run()

    def _checked(self, report: CheckReport) -> None:
        from crm_desktop.ui.dialogs.info import Message

        if report.ok and not report.messages:
            self._shell.toast(_("The archive is sound."))
            return
        title = _("The archive is sound") if report.ok else _("The check found something")
        Message(title, report.messages, self._shell).open()

    # Out of the archive.

    def ask_export(self, ids: Sequence[CustomerId] | bool | None = None) -> None:
        """Let the user say where the customers go: those of the list, or these alone."""
        if self._shell.session is None:
            return
        self._exported = list(ids) if isinstance(ids, list) else None
        dialog = self._dialog(_("Export customers"), QFileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        filters = [_("Excel workbook (*.xlsx)"), _("Text with commas (*.csv)"), _("JSON (*.json)")]
        if self._exported is None and self._shell.list_query().is_plain:
            filters.append(_with_trash())
        dialog.setNameFilters(filters)
        dialog.setDefaultSuffix("xlsx")
        dialog.filterSelected.connect(self._export_filter)
        dialog.selectFile(_("Customers") + ".xlsx")
        dialog.fileSelected.connect(self._export_chosen)
        dialog.open()

    def _export_filter(self, chosen: str) -> None:
        dialog = self.sender()
        if isinstance(dialog, QFileDialog):
            dialog.setDefaultSuffix(chosen.partition("*.")[2].strip(")"))

    def _export_chosen(self, path: str) -> None:
        dialog, query = self.sender(), self._shell.list_query()
        wanted = isinstance(dialog, QFileDialog) and dialog.selectedNameFilter() == _with_trash()
        # Another suffix may have been typed, and only a .json can say who lies in the trash.
        trash = wanted and Path(path).suffix.lower() == ".json"
        self.export(Path(path), None if trash else query, self._exported, trash=trash)

    def export(
        self,
        target: Path,
        query: CustomerListQuery | None,
        ids: Sequence[CustomerId] | None = None,
        *,
        trash: bool = False,
    ) -> None:
        """Write customers into a file.

        Args:
            target: the file.
            query: those of a list; None for all.
            ids: these alone.
            trash: all of them, and those in the trash too.
        """
        session = self._shell.session
        if session is None:
            return
        exports = session.workspace.exports
        op = JobOp(
            self,
            lambda job: exports.export(target, query=query, ids=ids, trash=trash, job=job),
            title=_("Export {file}").format(file=target.name),
        )

        def done(count: int) -> None:
            from crm_desktop.ui import format as say

            words = ngettext(
                "{n} customer written to {file}", "{n} customers written to {file}", count
            )
            self._shell.toast(words.format(n=say.number(count), file=target.name))

        op.success(done).run()

    def _dialog(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = QFileDialog(self._shell, title)
        dialog.setFileMode(mode)
        dialog.finished.connect(dialog.deleteLater)
        return dialog


def _with_trash() -> str:
    return _("JSON, with the customers in the trash (*.json)")


def free_name(path: Path) -> Path:
    """A path that no file has yet: `name.crm`, else `name 2.crm` and so on."""
    number = 2
    free = path
    while free.exists():
        free = path.with_name(f"{path.stem} {number}{path.suffix}")
        number += 1
    return free
