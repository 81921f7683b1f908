"""Targets: what is to be reached by the firm and by each, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.changes import Changes, StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.targets import Measure, Period, Progress, Span
from crm_desktop.i18n import _
from crm_desktop.services.targets import OwnerProgress, figure_text, target_typed
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages.base import Page
from crm_desktop.ui.target_words import (
    definition,
    measure_text,
    pace_text,
    period_text,
    progress_text,
    span_text,
)
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import Card, Chips, button, label, plain_tip, row
from crm_desktop.ui.widgets.edit import InlineEdit, LineEdit
from crm_desktop.ui.widgets.tab_order import TabOrder
from crm_desktop.ui.widgets.target_bar import TargetBar

_TABLES = frozenset(
    (
        *("target", "sales_order", "order_version", "interaction", "stage_change", "customer"),
        *("opportunity", "setting"),
    )
)


class TargetsPage(Page):
    """A line for the firm and for everybody in it, a column for each measure."""

    in_rail = False

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._service = self.workspace.targets
        self.period: Period = self._service.now(Span.MONTH)
        self.span = Chips([(span.value, span_text(span)) for span in Span])
        self.span.choose(Span.MONTH.value)
        self.span.setFocusProxy(self.span.findChildren(QPushButton)[0])
        self.span.chosen.connect(self._span_chosen)
        self.name = label("", "section")
        back = button("", "chevron-left", kind="quiet", name=_("Before"), clicked=self.earlier)
        on = button("", "chevron-right", kind="quiet", name=_("After"), clicked=self.later)
        self.percent = LineEdit(name=_("How much higher, in percent"))
        self.percent.setPlaceholderText(_("+5 %"))
        self.percent.setFixedWidth(70)
        self.percent.takes_enter = True
        self.percent.returnPressed.connect(self.copy)
        self.take_over = button(_("Take over the year before"), "copy", clicked=self.copy)
        self.hint = label(
            _(
                "Write what is to be reached: click below a figure. A month without a target of its"
                " own takes its share of the quarter or the year; the mark in a bar is where the"
                " days that are over would be."
            ),
            "secondary",
            wrap=True,
        )
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.lines: list[TargetLine] = []
        self.tab_order = TabOrder(self)
        head = QHBoxLayout()
        head.addWidget(label(_("Targets"), "title"), 1)
        head.addLayout(row(self.percent, self.take_over, spacing=SPACE.s))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE.l)
        self._grid.setVerticalSpacing(SPACE.l)
        self._grid.setColumnMinimumWidth(0, 96)
        for place, measure in enumerate(Measure, start=1):
            head_of = label(measure_text(measure), "caption")
            head_of.setToolTip(plain_tip(definition(measure)))
            self._grid.addWidget(head_of, 0, place)
            self._grid.setColumnStretch(place, 1)
        card = Card(margins=(20, 16, 20, 20))
        card.body.addLayout(self._grid)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, SPACE.m, SPACE.l)
        box.addWidget(card)
        box.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE.xl, SPACE.xl, SPACE.m, 0)
        outer.setSpacing(SPACE.m)
        outer.addLayout(head)
        outer.addLayout(row(self.span, back, self.name, on, None, spacing=SPACE.s))
        outer.addWidget(self.hint)
        outer.addWidget(self.error)
        outer.addWidget(self.area, 1)
        self.session.bus.changed.connect(self._changed)

    def activate(self) -> None:
        """To the choice of the period, brought up to date."""
        self.span.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask()

    # Reading.

    def _ask(self) -> None:
        service, period = self._service, self.period
        self.name.setText(period_text(period))
        ReadOp(self, lambda: service.progress(period), key="targets").success(self._show).run()

    def _show(self, found: Sequence[OwnerProgress]) -> None:
        fonts.ensure_for(*(one.owner for one in found))
        while len(self.lines) < len(found):
            self.lines.append(TargetLine(self, self._grid, len(self.lines) + 1))
        for place, line in enumerate(self.lines):
            line.set_visible(shown=place < len(found))
            if place < len(found):
                line.show_owner(found[place])
        self.tab_order.now()

    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.tables & _TABLES or changes.customers is None):
            self._ask()

    # Choosing.

    def _span_chosen(self, key: str) -> None:
        self._go(self.period.within(Span(key)))

    def earlier(self, *_checked: object) -> None:
        """The period before."""
        self._go(self.period.moved(-1))

    def later(self, *_checked: object) -> None:
        """The period after."""
        self._go(self.period.moved(1))

    def _go(self, period: Period) -> None:
        self.period = period
        self.error.hide()
        for line in self.lines:
            line.forget()
        self._ask()

    # Writing.

    def set_target(self, owner: str, measure: Measure, edit: InlineEdit, text: str) -> None:
        """Say what is to be reached."""
        service, period, host = self._service, self.period, self.host

        def done(step: StepId | None) -> None:
            if step is not None:
                host.toast(_("The target is set"), undo=step)

        WriteOp(self, lambda: service.set(owner, measure, period, text)).success(done).failure(
            lambda error: edit.show_error(str(error))
        ).run()

    def copy(self, *_checked: object) -> None:
        """Take over the targets of the year before."""
        service, period, host = self._service, self.period, self.host
        percent = self.percent.text()

        def done(step: StepId) -> None:
            self.error.hide()
            host.toast(_("The targets of the year before are taken over"), undo=step)

        WriteOp(self, lambda: service.copy(period, percent)).success(done).failure(self._tell).run()

    def _tell(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()


class TargetLine:
    """One line of the grid."""

    def __init__(self, page: TargetsPage, grid: QGridLayout, place: int) -> None:
        self.owner = label("", "strong", wrap=True)
        self.cells = [TargetCell(page, measure) for measure in Measure]
        grid.addWidget(self.owner, place, 0, Qt.AlignmentFlag.AlignTop)
        for column, cell in enumerate(self.cells, start=1):
            grid.addWidget(cell, place, column, Qt.AlignmentFlag.AlignTop)

    def show_owner(self, found: OwnerProgress) -> None:
        """Show how far somebody has come."""
        self.owner.setText(found.owner or _("The whole firm"))
        for cell, one in zip(self.cells, found.measures, strict=True):
            cell.show_progress(found.owner, one)

    def set_visible(self, *, shown: bool) -> None:
        """Whether there is somebody to show."""
        for part in (self.owner, *self.cells):
            part.setVisible(shown)

    def forget(self) -> None:
        """What is typed is of another period."""
        for cell in self.cells:
            cell.target.forget()


class TargetCell(QWidget):
    """What was reached, a bar, and the target to be written over."""

    def __init__(self, page: TargetsPage, measure: Measure) -> None:
        super().__init__()
        self._page, self._measure, self._owner = page, measure, ""
        self.done = label("", "strong")
        self.bar = TargetBar()
        self.target = InlineEdit(_("Target"), placeholder=_("no target"))
        self.target.committed.connect(self._save)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        for part in (self.done, self.bar, self.target):
            box.addWidget(part)

    def show_progress(self, owner: str, one: Progress) -> None:
        """Show how far a measure has come."""
        self._owner = owner
        self.done.setText(figure_text(one, one.done))
        said = [pace_text(one), definition(one.measure)]
        if one.elsewhere:
            said.insert(
                0, _("{n} orders of other currencies are not in it").format(n=one.elsewhere)
            )
        self.done.setToolTip(plain_tip("\n".join(filter(None, said))))
        spoken = f"{owner or _('The whole firm')}, {measure_text(one.measure)}"
        self.bar.show_progress(one, f"{spoken}: {progress_text(one)} {pace_text(one)}".strip())
        self.target.edit.setAccessibleName(_("Target: {what}").format(what=spoken))
        typed = target_typed(one)
        shown = ""
        if one.target is not None:
            figure = figure_text(one, one.target)
            words = _("of {target}") if one.own else _("share: {target}")
            shown = words.format(target=figure)
        if typed:
            self.target.set_value(typed, shown)
        else:
            self.target.set_value("")
            self.target.edit.setPlaceholderText(shown or _("no target"))

    def _save(self, text: str) -> None:
        self._page.set_target(self._owner, self._measure, self.target, text)
