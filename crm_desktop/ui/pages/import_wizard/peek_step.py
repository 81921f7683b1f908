"""The sheet as it begins, while its file is still being looked through.

It stands where the step of the columns will stand, so that nothing jumps when that is ready.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from crm_desktop.domain.imports import SheetPeek, SheetPlan, SheetPreview
from crm_desktop.domain.jobs import Progress
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.pages.import_wizard.grid import SheetGrid
from crm_desktop.ui.pages.import_wizard.sheet_list import CARD_HEIGHT, LIST_WIDTH
from crm_desktop.ui.pages.import_wizard.sources import OpenFile, SheetChoice, State
from crm_desktop.ui.pages.import_wizard.words import kind_of_file, rows
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import Card, ElidedLabel, button, column, label, row

_BAR = 140
_MOST_NAMES = 8


class PeekStep(QWidget):
    """The first rows as they stand, with letters and numbers; `stop_wanted`: Cancel was pressed."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._peek: SheetPeek | None = None
        self._done = 0
        self._files = (0, 1)
        self.title = ElidedLabel("", "section")
        self.facts = ElidedLabel("", "secondary")
        self.words = label("", "secondary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(_BAR)
        self.bar.setAccessibleName(_("Progress"))
        self.stop = button(_("Cancel"), "x", kind="quiet", clicked=self.stop_wanted.emit)
        self.grid = SheetGrid()
        # There is nothing to choose above the columns yet.
        self.grid.head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.names = QWidget()
        self.names.setFixedWidth(LIST_WIDTH)
        self._list = QVBoxLayout(self.names)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(SPACE.xs)
        head = QHBoxLayout()
        head.setSpacing(SPACE.m)
        head.addLayout(column(self.title, self.facts, spacing=2), 1)
        head.addLayout(row(self.words, self.bar, self.stop, spacing=SPACE.m))
        card = Card(margins=(1, 6, 1, 6))
        card.body.addWidget(self.grid)
        right = column(spacing=SPACE.s)
        right.addLayout(head)
        right.addWidget(card, 1)
        body = QHBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(SPACE.l)
        body.addWidget(self.names)
        body.addLayout(right, 1)
        self.setTabOrder(self.grid, self.stop)

    def show_peek(self, peek: SheetPeek) -> None:
        """Show what a file begins with."""
        self._peek, self._done = peek, 0
        name = peek.names[peek.sheet]
        fonts.ensure_for(peek.file, *peek.names)
        self.title.set_text(f"{peek.file} · {name}" if name else peek.file)
        facts = [kind_of_file(peek.format), _("not looked through yet")]
        self.facts.set_text(" · ".join(facts))
        self._show_names(peek)
        self.bar.setRange(0, 0)
        plan = SheetPlan(peek.sheet, 0, ())
        preview = SheetPreview(peek.sheet, name, peek.rows or 0, plan, peek.cells)
        self.grid.show_sheet(SheetChoice.of(preview))
        self.grid.scrollToTop()
        self._say()

    def _show_names(self, peek: SheetPeek) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, name in enumerate(peek.names[:_MOST_NAMES]):
            made = ElidedLabel(name, "strong" if place == peek.sheet else "mute")
            made.setFixedHeight(CARD_HEIGHT)
            made.setContentsMargins(38, 8, 8, 0)
            made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self._list.addWidget(made)
        self._list.addStretch(1)
        self.names.setVisible(len(peek.names) > 1)

    def show_files(self, files: Sequence[OpenFile]) -> None:
        """Of several files, say how many are open."""
        tried = sum(f.state is not State.OPENING for f in files)
        if (tried, len(files)) != self._files:
            self._files = (tried, len(files))
            self._say()

    def show_progress(self, progress: Progress) -> None:
        """The file was looked through further."""
        self._done = max(progress.done, self._done)
        if progress.total:
            self.bar.setRange(0, 1000)
            self.bar.setValue(min(1000, round(1000 * progress.done / progress.total)))
        elif self.bar.maximum():
            self.bar.setRange(0, 0)
        self._say()

    def start(self) -> None:
        """Let the arrow keys move in the sheet; on Cancel, any Enter would cancel."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        tried, count = self._files
        declared = self._peek.rows if self._peek is not None else None
        if count > 1:
            words = _("{done} of {all} files opened").format(
                done=say.number(tried), all=say.number(count)
            )
        elif declared:
            words = ngettext("Looking through {n} row…", "Looking through {n} rows…", declared)
            words = words.format(n=say.number(declared))
        else:
            words = _("Looking through the file…")
            if self._done:
                words = f"{words} {rows(self._done)}"
        self.words.setText(words)
