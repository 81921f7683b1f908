"""The foot of the wizard: the way back, the way on, and what goes along."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.imports import ImportResult, Outcome
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.pages.import_wizard.sources import SheetChoice
from crm_desktop.ui.pages.import_wizard.words import rows, total_rows
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import button, label, row


class Foot(QWidget):
    """Two buttons and a hint between them."""

    def __init__(self, go_back: Callable[[], None], go_on: Callable[[], None]) -> None:
        super().__init__()
        self.hint = label("", "secondary")
        self.back = button(
            _("Back"), "arrow-left", kind="quiet", clicked=go_back, tip=_("Back (Esc)")
        )
        self.next = button("", kind="primary", clicked=go_on)
        self.next.setToolTip(_("Go on (Ctrl+Enter)"))
        line = row(self.back, None, self.hint, self.next, spacing=SPACE.m)
        line.setContentsMargins(0, SPACE.xs, 0, 0)
        self.setLayout(line)

    def say_check(self, wanted: Sequence[SheetChoice], *, busy: bool) -> None:
        """The check lies ahead.

        Args:
            wanted: the tables to import.
            busy: whether one of them is being read anew.
        """
        sound = bool(wanted) and all(s.names_customers for s in wanted)
        self.next.setEnabled(sound and not busy)
        if wanted:
            sheets = ngettext("{n} sheet", "{n} sheets", len(wanted)).format(n=len(wanted))
            self.hint.setText(f"{sheets} · {rows(sum(s.preview.rows for s in wanted))}")
        else:
            self.hint.setText(_("No sheet is chosen, or all are empty."))
        self._name(_("Check"))

    def say_import(
        self,
        result: ImportResult | None,
        *,
        of_firm: bool,
        read_only: bool,
        stale: bool,
        busy: bool,
    ) -> None:
        """The import lies ahead; nothing is imported of which the ledger does not balance.

        Args:
            result: of the check.
            of_firm: whether something comes in beside customers.
            read_only: whether the archive is.
            stale: whether cells were put right since.
            busy: whether it is being checked again.
        """
        if stale:
            self.next.setEnabled(not busy)
            self.hint.setText(_("Checking again…") if busy else "")
            self._name(_("Check again"))
            return
        count = total_rows(result) - result.total(Outcome.LEFT_OUT) if result else 0
        balances = result is not None and all(s.balances for f in result.files for s in f.sheets)
        self.next.setEnabled((count > 0 or of_firm) and balances and not read_only)
        if of_firm and not count:
            self.hint.setText(_("No customers: fields, tags, views, articles and the like."))
            self._name(_("Import"))
            return
        self.hint.setText("" if count else _("There is nothing to import."))
        words = ngettext("Import {n} row", "Import {n} rows", count)
        self._name(words.format(n=say.number(count)))

    def _name(self, text: str) -> None:
        self.next.setText(text)
        self.next.setAccessibleName(text)
