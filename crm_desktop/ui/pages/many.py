"""Several chosen customers: the panel for all of them in place of one's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from crm_desktop.domain.bulk import Edit, Edited
from crm_desktop.domain.customers import CustomerRow
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.ops import JobOp, ReadOp
from crm_desktop.ui.pages.list_body import is_capped

if TYPE_CHECKING:
    from crm_desktop.ui.pages.bulk_panel import BulkPanel
    from crm_desktop.ui.pages.customers import CustomersPage


class Many(QObject):
    """What the page does with a selection of several.

    A selection is ranges of the list's ids, which are all here: to choose all of a filter's
    100,000 reads no row.
    """

    def __init__(self, page: CustomersPage) -> None:
        super().__init__(page)
        self._page = page
        self.panel: BulkPanel | None = None
        self.op: JobOp[Edited] | None = None
        self._all_wanted = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._look)
        page.table.selectionModel().selectionChanged.connect(self._changed)
        page.table.all_wanted.connect(self.choose_all)

    @property
    def active(self) -> bool:
        """Whether several are chosen."""
        return self._page.table.count_selected() > 1

    def choose_all(self) -> None:
        """Ctrl+A: all of the filter, also those that are not read yet."""
        self._all_wanted = not self._page.model.whole
        self._page.table.selectAll()
        self._page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def list_is_whole(self) -> None:
        """All ids are here: take those that were chosen before they had come."""
        if self._all_wanted:
            self.choose_all()

    def _changed(self, _on: QItemSelection, _off: QItemSelection) -> None:
        self._soon.start(0)

    def _look(self) -> None:
        page = self._page
        count = page.table.count_selected()
        if count > 1:
            if self.panel is None:
                self._make()
            assert self.panel is not None
            page.bar.ask_fields(self._fields_known)
            capped = is_capped(page.model.rowCount(), page.model.query)
            self.panel.show_count(count, best=capped and count == page.model.rowCount())
            page.side.setCurrentWidget(self.panel)
            page.side.show()
        elif self.panel is not None and page.side.currentWidget() is self.panel:
            page.back_to_one()

    def _make(self) -> None:
        from crm_desktop.ui.pages.bulk_panel import BulkPanel

        made = BulkPanel(self._page)
        made.edit_wanted.connect(self._edit)
        made.copy_wanted.connect(self.copy)
        made.export_wanted.connect(self._export)
        made.print_wanted.connect(self._page._shell.print_selected)
        made.delete_wanted.connect(self._page.delete_selected)
        made.closed.connect(self._page.close_panel)
        made.stop_wanted.connect(self._stop)
        self.panel = made
        self._page.side.addWidget(made)

    def _fields_known(self) -> None:
        if self.panel is not None:
            self.panel.set_fields(self._page.bar.fields)

    # Doing.

    def _edit(self, edit: Edit) -> None:
        ids = self._page.table.selected_ids()
        bulk = self._page.workspace.bulk
        assert self.panel is not None
        panel = self.panel
        words = ngettext("Change {n} customer", "Change {n} customers", len(ids))
        op = JobOp(
            self,
            lambda job: bulk.edit(ids, [edit], job=job),
            title=words.format(n=say.number(len(ids))),
            key="bulk",
        )
        self.op = op
        panel.show_busy(busy=True)

        def done(edited: Edited) -> None:
            panel.show_busy(busy=False)
            panel.edited()
            if edited.step is None:
                self._page._shell.toast(_("Nothing to change: all of them have it already."))
                return
            text = ngettext("{n} value changed", "{n} values changed", edited.changed)
            self._page._shell.toast(text.format(n=say.number(edited.changed)), undo=edited.step)

        def failed(error: BaseException) -> None:
            panel.show_busy(busy=False)
            if isinstance(error, UserError):
                panel.show_error(str(error))
            else:
                self._page._shell.show_problem(error)

        def stopped() -> None:
            panel.show_busy(busy=False)
            self._page._shell.toast(_("Stopped; nothing was changed."))

        op.success(done).failure(failed).cancelled(stopped).progress(panel.show_progress).run()

    def _stop(self) -> None:
        if self.op is not None:
            self.op.stop()

    def copy(self) -> None:
        """Put the chosen customers on the clipboard, as rows that a sheet takes."""
        ids = self._page.table.selected_ids()
        customers = self._page.workspace.customers
        keys = [key for _section, key in self._page.table.shown_columns()]

        def read() -> list[CustomerRow]:
            return [
                row
                for start in range(0, len(ids), 500)
                for row in customers.rows(ids[start : start + 500], columns=keys)
            ]

        ReadOp(self, read, key="copy").success(lambda rows: self._copied(rows, keys)).run()

    def _copied(self, rows: list[CustomerRow], keys: list[str]) -> None:
        model = self._page.model
        lines = ["\t".join(model.title(model.section(key)) for key in keys)]
        for row in rows:
            texts = (row.name if key == "name" else model.text(row, key) for key in keys)
            lines.append("\t".join(" ".join(text.split()) for text in texts))
        QGuiApplication.clipboard().setText("\n".join(lines))
        words = ngettext("{n} customer copied", "{n} customers copied", len(rows))
        self._page._shell.toast(words.format(n=say.number(len(rows))))

    def _export(self) -> None:
        self._page._shell.archives.ask_export(self._page.table.selected_ids())
