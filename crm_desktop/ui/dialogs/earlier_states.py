"""A customer as he stood on some day, beside what he is now; and making him so again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from crm_desktop.domain.customers import Customer, CustomerId
from crm_desktop.domain.duplicates import Differences
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.services.past import PastService, Version
from crm_desktop.ui import format as say
from crm_desktop.ui.dialogs.sheet import Sheet
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages.duplicate_words import compared, named_in
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import button, label
from crm_desktop.ui.widgets.comparison import Comparison
from crm_desktop.ui.widgets.edit import LineEdit

_LIST, _HEIGHT, _ITEM = 280, 430, 54
_NO_DIFFERENCES = Differences()


class EarlierStates(Sheet):
    """At the left each state with its day and step, at the right the chosen one beside now."""

    restored = Signal()

    def __init__(
        self, past: PastService, customer: Customer, versions: Sequence[Version], parent: QWidget
    ) -> None:
        """Show the states.

        Args:
            past: to ask.
            customer: as he is now.
            versions: of his, the newest first; not empty.
            parent: the window.
        """
        name = customer.name
        super().__init__(_("Earlier states of {name}").format(name=name), parent, width=960)
        self._past, self._now, self._versions = past, customer, versions
        self.body.addWidget(
            label(
                _("What was noted of him; calls, tasks and documents stay whatever you restore."),
                "mute",
                wrap=True,
            )
        )
        self.day = LineEdit(name=_("As of"))
        self.day.setPlaceholderText(_("A day, such as 31/12/2025"))
        self.day.setFixedWidth(_LIST)
        self.day.takes_enter = True
        self.day.returnPressed.connect(self._go_to_day)
        self.list = QListWidget()
        self.list.setObjectName("states")
        self.list.setAccessibleName(_("States"))
        self.list.setFixedWidth(_LIST)
        fonts.ensure_for(*(version.step.name for version in versions))
        for version in versions:
            text = f"{say.moment(version.step.at)}\n{version.step.name}"
            item = QListWidgetItem(text)
            item.setSizeHint(QSize(0, _ITEM))
            item.setToolTip(version.step.name)
            self.list.addItem(item)
        self.comparison = Comparison()
        self.comparison.setFixedHeight(_HEIGHT)
        self.comparison.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.comparison.setProperty("reading", True)
        self.comparison.setAccessibleName(_("What was there, and what is now"))
        self.list.setFixedHeight(_HEIGHT - SPACE.s - self.day.sizeHint().height())
        self.restore = button(
            _("Restore this state"), "undo-2", kind="primary", clicked=self._restore
        )
        self.error = label("", "error", wrap=True)
        self.error.hide()
        chosen = QVBoxLayout()
        chosen.setSpacing(SPACE.s)
        chosen.addWidget(self.day)
        chosen.addWidget(self.list)
        sides = QHBoxLayout()
        sides.setSpacing(SPACE.l)
        sides.addLayout(chosen)
        sides.addWidget(self.comparison, 1)
        self.body.addLayout(sides)
        self.body.addWidget(self.error)
        close = button(_("Close"), clicked=self.close)
        self.end_with(None, close, self.restore, default=self.restore)
        self.list.currentRowChanged.connect(self._ask)
        self.list.setCurrentRow(min(1, len(versions) - 1))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_day(self) -> None:
        """Choose the state that stood at the end of a day; the first one where he came later."""
        self.error.hide()
        try:
            wanted = self._past.day(self.day.text())
        except UserError as error:
            self._failed(error)
            return
        if wanted is None:
            return
        held = (
            place
            for place, version in enumerate(self._versions)
            if say.local(version.step.at).date() <= wanted
        )
        self.list.setCurrentRow(next(held, len(self._versions) - 1))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, place: int) -> None:
        self.restore.setEnabled(False)
        version = self._versions[place]
        past, now, customers = self._past, self._now, session_of(self).workspace.customers

        def read() -> tuple[Customer | None, Mapping[CustomerId, str]]:
            was = past.as_of(now.id, version)
            return was, {} if was is None else customers.names(named_in(was, now))

        ReadOp(self, read, key="state").success(partial(self._show, place)).run()

    def _show(self, place: int, found: tuple[Customer | None, Mapping[CustomerId, str]]) -> None:
        was, named = found
        if place != self.list.currentRow() or was is None:
            return
        day = say.moment(self._versions[place].step.at)
        now = self._now
        lines = [
            line
            for line in compared(was, now, _NO_DIFFERENCES, named)
            if line.caption != _("Came in")
        ]
        differing = [line for line in lines if line.one != line.other]
        alike = [line._replace(mute=True) for line in lines if line.one == line.other]
        self.comparison.show_pair(None, (day, _("Now")), [*differing, *alike])
        self.restore.setEnabled(place > 0 and bool(differing))

    def _restore(self) -> None:
        version = self._versions[self.list.currentRow()]
        self.restore.setEnabled(False)
        WriteOp(self, partial(self._past.restore, self._now.id, version)).success(
            partial(self._done, version)
        ).failure(self._failed).run()

    def _done(self, version: Version, step: object) -> None:
        text = _("As on {day} again").format(day=say.moment(version.step.at))
        host_of(self).toast(text, undo=step)  # type: ignore[arg-type]
        self.restored.emit()
        self.close()

    def _failed(self, error: Exception) -> None:
        self.error.setText(str(error))
        self.error.show()
