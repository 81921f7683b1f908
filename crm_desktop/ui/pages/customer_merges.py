"""Who was merged into the customer, and making two of them again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.changes import UndoResult
from crm_desktop.domain.duplicates import Merged
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.widgets.basic import ElidedLabel, button, row


class CustomerMerges(QWidget):
    """A line for each merge that stands; hidden where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._lines: list[QWidget] = []
        self.merges: Sequence[Merged] = ()
        self.hide()

    def show_merges(self, merges: Sequence[Merged]) -> None:
        """Show the merges into one customer, the newest first."""
        self.merges = merges
        for line in self._lines:
            self._box.removeWidget(line)
            line.deleteLater()
        self._lines.clear()
        for merge in merges:
            words = _("{name} was merged into this customer, {day}")
            told = ElidedLabel(words.format(name=merge.name, day=say.day(merge.at)), "secondary")
            line, parts = QWidget(), row(told)
            if merge.step is not None:
                again = button(
                    _("Make two again"),
                    kind="link",
                    clicked=partial(self._unmerge, merge),
                    name=_("Make {name} a customer of his own again").format(name=merge.name),
                )
                parts.addWidget(again)
            parts.setStretch(0, 1)
            line.setLayout(parts)
            self._box.addWidget(line)
            self._lines.append(line)
        self.setVisible(bool(merges))

    def _unmerge(self, merge: Merged) -> None:
        duplicates = session_of(self).workspace.duplicates

        def done(result: UndoResult) -> None:
            kept = len(result.conflicts)
            said = _("{name} is a customer of his own again").format(name=merge.name)
            if kept:
                words = ngettext(
                    "{n} value was edited since and stays",
                    "{n} values were edited since and stay",
                    kept,
                )
                said = f"{said} · {words.format(n=say.number(kept))}"
            host_of(self).toast(said)

        WriteOp(self, lambda: duplicates.unmerge(merge.kept, merge.id)).success(done).run()
