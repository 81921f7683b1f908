"""While something long runs: what it does, how far it is, how fast, and Cancel."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from crm_desktop.domain.jobs import Progress
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Card, Icon, button, label, row

_WIDTH = 560
_SOONEST = 1.0  # seconds before a speed is worth saying


class WorkStep(QWidget):
    """A card in the middle of the page; `stop_wanted` says that Cancel was pressed."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._began: dict[str, tuple[float, int]] = {}
        self._done = 0
        self.title = label("", "section")
        self.phase = label("", "mute")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.counts = label("", "secondary")
        self.stop = button(_("Cancel"), "x", clicked=self._stop)
        self.promise = label("", "secondary", wrap=True)
        card = Card(margins=(24, 22, 24, 20))
        card.setFixedWidth(_WIDTH)
        card.body.setSpacing(SPACE.m)
        card.body.addLayout(
            row(Icon("file-spreadsheet", "accent", 22), self.title, None, spacing=10)
        )
        card.body.addWidget(self.phase)
        card.body.addWidget(self.bar)
        counts = row(self.counts, None)
        counts.setContentsMargins(0, 0, 0, SPACE.s)
        card.body.addLayout(counts)
        foot = row(self.promise, self.stop, spacing=SPACE.l)
        foot.setStretch(0, 1)
        card.body.addLayout(foot)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addStretch(2)
        lines.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addStretch(3)

    def begin(self, title: str, promise: str) -> None:
        """Something begins.

        Args:
            title: what.
            promise: what Cancel means.
        """
        self.title.setText(title)
        self.promise.setText(promise)
        self.phase.setText(_("Starting…"))
        self.counts.setText("")
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._began = {}
        self._done = 0

    def show_progress(self, progress: Progress) -> None:
        """It has come further."""
        now = time.monotonic()
        if progress.phase not in self._began:
            # Reading and writing take turns: a phase is named when it begins, not at each turn.
            self._began[progress.phase] = (now, progress.done)
            self._done = 0
            if self.stop.isEnabled():
                self.phase.setText(progress.phase)
        if progress.done < self._done:
            return
        self._done = progress.done
        if progress.total:
            self.bar.setRange(0, 1000)
            self.bar.setValue(min(1000, round(1000 * progress.done / progress.total)))
        else:
            self.bar.setRange(0, 0)
        self.counts.setText(self._counts(progress, now))

    def _counts(self, progress: Progress, now: float) -> str:
        if not progress.done:
            return ""
        if progress.total:
            words = [
                _("{done} of {total} rows").format(
                    done=say.number(progress.done), total=say.number(progress.total)
                )
            ]
        else:
            words = [
                ngettext("{n} row", "{n} rows", progress.done).format(n=say.number(progress.done))
            ]
        began, first = self._began[progress.phase]
        seconds, rows = now - began, progress.done - first
        if seconds >= _SOONEST and rows > 0:
            speed = rows / seconds
            words.append(_("{n} rows a second").format(n=say.number(round(speed))))
            if progress.total:
                left = max(1, round((progress.total - progress.done) / speed))
                words.append(
                    ngettext("about {n} second left", "about {n} seconds left", left).format(n=left)
                )
        return " · ".join(words)

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.phase.setText(_("Stopping…"))
        self.stop_wanted.emit()
