"""What the owner is warned of: documents before their last day, customers who are quiet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crm_desktop.domain.documents import Warnings
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.services.settings import MOST_MONTHS, SettingsService
from crm_desktop.ui.host import session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import ElidedLabel, label, row
from crm_desktop.ui.widgets.edit import InlineEdit, LineEdit


class WarningRows(QWidget):
    """A row for all kinds of documents, and one for each kind; below it the months."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, InlineEdit] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE.m)
        self._grid.setVerticalSpacing(SPACE.xs)
        self._grid.setColumnMinimumWidth(0, 200)
        self._grid.setColumnStretch(1, 1)
        words = _("months without a call or a note, and Today names the customer")
        self.months = LineEdit(name=words)
        self.months.setValidator(QIntValidator(1, MOST_MONTHS, self))
        self.months.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.months.setFixedWidth(56)
        self.months.editingFinished.connect(self._save_months)
        quiet = label(words)
        quiet.setBuddy(self.months)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.m)
        box.addLayout(self._grid)
        box.addLayout(row(self.months, quiet, None))

    def ask(self) -> None:
        """Read what is set, and which kinds of documents there are."""
        workspace = session_of(self).workspace
        settings, documents = workspace.settings, workspace.documents

        def read() -> tuple[Warnings, list[str], int]:
            return settings.warnings(), documents.kinds(), settings.quiet_months()

        ReadOp(self, read, key="warnings").success(self._show).run()

    def _show(self, found: tuple[Warnings, list[str], int]) -> None:
        warnings, kinds, months = found
        shown = ["", *sorted({*kinds, *warnings.kinds})]
        if list(self.rows) != shown:
            self._build(shown)
        for kind, field in self.rows.items():
            known = kind == "" or kind in warnings.kinds
            field.set_value(_text(warnings.of(kind)) if known else "")
            usual = _("as above: {days}").format(days=_text(warnings.usual))
            field.edit.setPlaceholderText(usual if kind else "90, 30, 7")
        if not (self.months.hasFocus() and self.months.isModified()):
            self.months.setText(str(months))

    def _build(self, kinds: Sequence[str]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self.rows = {}
        for place, kind in enumerate(kinds):
            fonts.ensure_for(kind)
            name = kind or _("All documents")
            field = InlineEdit(_("Days before: {kind}").format(kind=name))
            field.edit.setProperty("flat", False)
            field.committed.connect(partial(self._save, kind))
            self._grid.addWidget(ElidedLabel(name, "strong" if not kind else ""), place, 0)
            self._grid.addWidget(field, place, 1)
            self.rows[kind] = field

    def _save(self, kind: str, text: str) -> None:
        settings, field = self._service(), self.rows[kind]

        def refused(error: UserError) -> None:
            field.show_error(str(error))

        WriteOp(self, lambda: settings.set_warnings(kind, text)).failure(refused).run()

    def _save_months(self) -> None:
        settings, months = self._service(), int(self.months.text())
        self.months.setModified(False)
        WriteOp(self, lambda: settings.set_quiet_months(months)).run()

    def _service(self) -> SettingsService:
        return session_of(self).workspace.settings


def _text(days: Sequence[int]) -> str:
    return ", ".join(map(str, days)) or "0"
