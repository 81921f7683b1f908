"""Leads: what came in from forms, messages and sheets at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from crm_desktop.domain.changes import Changes
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.jobs import Job
from crm_desktop.domain.leads import Lead, LeadId, LeadsTaken, LeadStatus
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.ops import JobOp, ReadOp
from crm_desktop.ui.pages.lead_panel import LeadPanel, LeadView, read_lead
from crm_desktop.ui.pages.list_page import ListPage
from crm_desktop.ui.theme import fonts
from crm_desktop.ui.widgets.basic import Chips, EmptyState, button
from crm_desktop.ui.widgets.line_list import Line

_TABLES = frozenset(("lead", "customer", "contact_point"))


class LeadsPage(ListPage):
    """All leads; files are dropped on it, and the keyboard judges."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, find=_("Find a lead"), listed=_("Leads"))
        self.setAcceptDrops(True)
        self._leads: Sequence[Lead] = ()
        self._shown: LeadId | None = None
        self._row = 0
        self.filter = Chips(
            [
                (LeadStatus.NEW.value, _("To be judged")),
                (LeadStatus.GENUINE.value, _("Genuine")),
                (LeadStatus.DISCARDED.value, _("Discarded")),
            ],
            wraps=True,
        )
        self.filter.make_tight()
        self.panel = LeadPanel()
        self._build()
        self.search.textChanged.connect(self._ask_anew)
        self.filter.chosen.connect(self._ask_anew)
        self.list.selectionModel().currentRowChanged.connect(self._chosen)
        self.session.bus.changed.connect(self._changed)

    def _build(self) -> None:
        take = button(_("Take in a file…"), "file-up", kind="primary", clicked=self.ask_file)
        take.setToolTip(_("A message (.eml) or a sheet of enquiries; or drop it here"))
        self._first = button(_("Take in a file…"), "file-up", clicked=self.ask_file)
        nothing = EmptyState("inbox", "", "", self._first)
        self.lay_out(_("Leads"), take, nothing, self.panel, self.filter, widths=(230, 380))

    # What the window asks of its page.

    def activate(self) -> None:
        """Into the list."""
        self._into_list()
        self._ask()

    def new(self) -> bool:
        """Ctrl+N: the file of another lead."""
        self.ask_file()
        return True

    def selected(self) -> list[CustomerId]:
        """Who the chosen lead became."""
        view = self.panel.shown
        whom = None if view is None else view.lead.customer_id
        return [] if whom is None else [whom]

    # Taking in.

    def ask_file(self) -> None:
        """Let the user choose files."""
        dialog = QFileDialog(self, _("Take in leads"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [_("Messages and sheets (*.eml *.csv *.xlsx *.xls *.ods)"), _("All files (*)")]
        )
        dialog.filesSelected.connect(lambda names: self.take_files([Path(n) for n in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take in the leads of files; one that cannot be read says so and stops no other."""
        leads = self.workspace.leads

        def work(job: Job) -> tuple[int, int, list[str], LeadId | None]:
            added = known = 0
            refused: list[str] = []
            first: LeadId | None = None
            for path in paths:
                try:
                    taken: LeadsTaken = leads.take_file(path, job)
                except UserError as error:
                    refused.append(str(error))
                    continue
                added, known = added + len(taken.added), known + taken.known
                first = first or next(iter(taken.added), None)
            return added, known, refused, first

        JobOp(self, work, title=_("Reading leads")).success(self._taken).run()

    def _taken(self, result: tuple[int, int, list[str], LeadId | None]) -> None:
        added, known, refused, first = result
        words = [ngettext("{n} lead came in", "{n} leads came in", added)]
        if known:
            words.append(ngettext("{k} was known", "{k} were known", known))
        said = " · ".join(words).format(n=say.number(added), k=say.number(known))
        self.host.toast("\n".join([said, *refused]), problem=bool(refused))
        if first is not None:
            self.filter.choose(LeadStatus.NEW.value)
            self._shown = first
        self._ask()

    # Reading.

    def _ask_anew(self, *_changed: object) -> None:
        self._row = 0
        self._shown = None
        self._ask()

    def _ask(self) -> None:
        leads, text = self.workspace.leads, self.search.text()
        status = LeadStatus(self.filter.key())
        ReadOp(self, lambda: leads.list(status, text), key="list").success(self._take).run()

    def _take(self, found: Sequence[Lead]) -> None:
        fonts.ensure_for(*(f"{one.called}{one.message[:80]}" for one in found))
        self._leads = found
        numbers = [one.id for one in found]
        if self._shown not in numbers:
            # What was judged goes; what stands in its place comes.
            self._row = min(self._row, max(len(numbers) - 1, 0))
            self._shown = numbers[self._row] if numbers else None
        model = self.list.selectionModel()
        model.blockSignals(True)
        self.list.lines.show([_line(one) for one in found])
        if self._shown in numbers:
            self._row = numbers.index(self._shown)
            self.list.choose(self._row)
        model.blockSignals(False)
        words = ngettext("{n} lead", "{n} leads", len(found))
        self.count.setText(words.format(n=say.number(len(found))) if found else "")
        if self._shown is None:
            self._show_nothing()
        else:
            self._show_lead(self._shown)

    def _show_nothing(self) -> None:
        if self.search.text().strip():
            title, text = _("Nothing found"), _("No lead has these words.")
        elif self.filter.key() == LeadStatus.NEW.value:
            title = _("Nobody waits to be judged")
            text = _(
                "Drop the message of a web form (.eml) or a sheet of enquiries here: each is judged"
                " genuine or discarded, and becomes a customer with something to sell."
            )
        else:
            title, text = _("Nothing here yet"), ""
        self._first.setVisible(self.filter.key() == LeadStatus.NEW.value)
        self._nothing.set_texts(title, text)
        self._side.setCurrentWidget(self._nothing)

    def _chosen(self) -> None:
        at = self.list.row()
        if 0 <= at < len(self._leads):
            number = self._leads[at].id
            if number is not None:
                self._row = at
                self._show_lead(number)

    def _show_lead(self, number: LeadId) -> None:
        self._shown = number
        workspace = self.workspace
        ReadOp(self, lambda: read_lead(workspace, number), key="lead").success(
            self._take_lead
        ).failure(self._gone).run()

    def _take_lead(self, view: LeadView) -> None:
        if view.lead.id == self._shown:
            self.panel.show_lead(view)
            self._side.setCurrentWidget(self.panel)

    def _gone(self, _error: UserError) -> None:
        self._shown = None
        self._ask()

    def _changed(self, changes: Changes) -> None:
        if changes.tables & _TABLES or changes.customers is None:
            self._ask()

    # Qt's own names.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dropped is taken in."""
        paths = [Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take_files(paths)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In the list G finds genuine and Del discards; Down leads into the list."""
        key, listed = event.key(), self.list.hasFocus()
        new = self.filter.key() == LeadStatus.NEW.value and self.panel.number is not None
        if listed and new and key == Qt.Key.Key_G:
            self.panel.accept_likeliest()
        elif listed and new and key == Qt.Key.Key_Delete:
            self.panel.discard()
        elif listed and new and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.panel.title.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Escape) and not listed:
            self._into_list()
        else:
            super().keyPressEvent(event)


def _line(lead: Lead) -> Line:
    words = " ".join(lead.message.split()) or lead.details.replace("\n", " · ")
    said = " · ".join(filter(None, (lead.city, words)))
    return Line(lead.called, said, lead.owner)
