"""Today, the first page: what is due, whom to think of, and the next gap to fill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.changes import Changes
from crm_desktop.domain.customers import CustomerId, CustomerRow
from crm_desktop.domain.targets import Span
from crm_desktop.domain.today import PRESSING, Section, TodayLine, Topic
from crm_desktop.i18n import _, ngettext
from crm_desktop.services.targets import OwnerProgress
from crm_desktop.services.today import FIRST
from crm_desktop.ui import format as say
from crm_desktop.ui.models.today import TodayModel
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.pages.base import Page
from crm_desktop.ui.target_words import at_a_glance_text
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.today_actions import TodayActions
from crm_desktop.ui.today_words import Act, words_of
from crm_desktop.ui.widgets.basic import Card, ElidedLabel, EmptyState, button, label, row
from crm_desktop.ui.widgets.call_bar import CallBar
from crm_desktop.ui.widgets.gap_card import GapCard
from crm_desktop.ui.widgets.owner_choice import OwnerChoice
from crm_desktop.ui.widgets.today_list import TodayList

_SIDE = 320
_MORE = 50
# What a change of these tables may alter: the first answers at once, the second looks at all.
_PRESSING = frozenset(
    (
        *("task", "promise", "service_case", "customer", "interaction", "setting"),
        *("sales_order", "order_version", "payment", "payment_due", "order_step"),
    )
)
_COMING = frozenset(
    ("customer", "document", "interaction", "stage_change", "custom_value", "custom_field",
     "setting", "target")
)  # fmt: skip
# Milliseconds that changes are waited for before all customers are looked at again.
_CALM = 300


class TodayPage(Page):
    """The day's list in the middle, the gap queue at its right.

    `pressing_shown` tells that what is due stands there, `coming_shown` that the rest does.
    """

    pressing_shown = Signal()
    coming_shown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        from crm_desktop.ui.shell import Shell

        shell = self.host
        assert isinstance(shell, Shell)
        self._shell = shell
        # None until it was asked for: whoever reads first does not say that all is done.
        self._pressing: list[Section] | None = None
        self._coming: list[Section] | None = None
        self._is_new = False
        self._stale = True
        self._day = date.min
        self._limits: dict[Topic, int] = {}
        self.does = TodayActions(self)
        self.model = TodayModel(self)
        self.list = TodayList(self.model, self)
        self.call_bar = CallBar(self)
        self.gaps = GapCard(self)
        self.date = ElidedLabel("", "secondary")
        self.plan = button("", "chart-column", kind="link", clicked=self._to_targets)
        self.plan.hide()
        self.owner = OwnerChoice(_("Whose day"), _("Everybody’s day"))
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM)
        self._calm.timeout.connect(self._ask_coming)
        self._build()
        self.list.wanted.connect(self._act)
        self.list.more_wanted.connect(self._show_more)
        self.list.menu_wanted.connect(self._menu)
        self.list.new_wanted.connect(self._new_task)
        self.does.call_wanted.connect(self._start_call)
        self.call_bar.ended.connect(self._to_list)
        self.gaps.left.connect(self._to_list)
        self.owner.activated.connect(self._owner_chosen)
        self.session.bus.changed.connect(self._changed)
        self.session.time_went_on.connect(self._time_went_on)

    def _build(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(label(_("Today"), "title"))
        titles.addWidget(self.date)
        titles.addWidget(self.plan, 0, Qt.AlignmentFlag.AlignLeft)
        commands = self._shell.commands
        self.new_task = button(
            _("New task"), "plus", clicked=self._new_task, tip=_("Write down a task (N)")
        )
        new = button(_("New customer"), "user-plus", tip=commands.new_customer.toolTip())
        new.clicked.connect(commands.new_customer.trigger)
        self._new = new
        head = QHBoxLayout()
        head.setSpacing(SPACE.s)
        head.addLayout(titles, 1)
        head.addLayout(row(self.owner, self.new_task, new, spacing=SPACE.s))
        self._done = EmptyState("circle-check", "", "")
        self._first = EmptyState(
            "sun",
            _("Here your day begins"),
            _(
                "Tasks that are due, birthdays, documents that expire and customers who went "
                "quiet stand here, each with one key. First bring your customers in:"
            ),
            button(_("Import a file"), "file-up", kind="primary", clicked=self._shell.ask_import),
            button(_("New customer"), "plus", clicked=self._shell.new_customer),
            button(_("New task"), "list-checks", clicked=self._new_task),
        )
        card = Card(margins=(1, 6, 1, 8))
        card.body.setSpacing(0)
        self._body = QStackedWidget()
        for part in (QWidget(), self.list, self._done, self._first):
            self._body.addWidget(part)
        # Above the list: messages come and go below it.
        bar = QVBoxLayout()
        bar.setContentsMargins(SPACE.s, 2, SPACE.s, 0)
        bar.addWidget(self.call_bar)
        card.body.addLayout(bar)
        card.body.addWidget(self._body, 1)
        self.gaps.setFixedWidth(_SIDE)
        self.gaps.hide()
        middle = QHBoxLayout()
        middle.setSpacing(SPACE.l)
        middle.addWidget(card, 1)
        middle.addWidget(self.gaps, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.xl, SPACE.xl, SPACE.xl, SPACE.xl - 4)
        box.setSpacing(SPACE.m)
        box.addLayout(head)
        box.addLayout(middle, 1)

    # What the window asks of its page.

    def activate(self) -> None:
        """Into the list, brought up to date: time goes on while nobody looks."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ask()

    def selected(self) -> list[CustomerId]:
        """The chosen line's customer."""
        line = self.list.chosen()
        return [] if line is None or line.customer is None else [line.customer.id]

    def log_call(self) -> bool:
        """Ctrl+L: write down a call with the chosen line's customer."""
        line = self.list.chosen()
        if line is None or line.customer is None:
            return False
        self._start_call(line.customer)
        return True

    def focus_search(self) -> None:
        """Ctrl+F: what is looked for is looked for everywhere."""
        self._shell.open_palette()

    # Reading.

    def ask(self) -> None:
        """Read what is due, then all customers, but only where something may be new of them."""
        workspace, owner, limits = self.workspace, self.owner.owner(), dict(self._limits)

        def read() -> tuple[list[Section], bool]:
            found = workspace.today.pressing(owner=owner, limits=limits)
            return found, workspace.today.is_new()

        ReadOp(self, read, key="pressing").success(self._take_pressing).run()

    def _ask_coming(self) -> None:
        workspace, owner, limits = self.workspace, self.owner.owner(), dict(self._limits)
        self._stale = False

        def read() -> tuple[list[Section], list[str], OwnerProgress | None]:
            coming = workspace.today.coming(owner=owner, limits=limits)
            return coming, workspace.tasks.owners(), workspace.targets.at_a_glance()

        ReadOp(self, read, key="coming").success(self._take_coming).run()
        day = workspace.tasks.clock().date()
        if self._day != day:
            self._day = day
            self.gaps.ask(owner)

    def _take_pressing(self, found: tuple[list[Section], bool]) -> None:
        self._pressing, self._is_new = found
        self._show()
        self.pressing_shown.emit()
        # Not before: two queries at a time take each other's time.
        if self._stale or self._day != self.workspace.tasks.clock().date():
            self._ask_coming()

    def _take_coming(self, found: tuple[list[Section], list[str], OwnerProgress | None]) -> None:
        self._coming, owners, plan = found
        self.owner.show_owners(owners)
        self.plan.setVisible(plan is not None)
        if plan is not None:
            month = self.workspace.targets.now(Span.MONTH)
            self.plan.setText(at_a_glance_text(plan.measures, month))
        self._show()
        self.coming_shown.emit()

    def _to_targets(self) -> None:
        self._shell.show_page("targets")

    def _show(self) -> None:
        sections = [*(self._pressing or ()), *(self._coming or ())]
        today = self.workspace.tasks.clock().date()
        lines = [line for section in sections for line in section.lines]
        for line in lines:
            words = words_of(line, today)
            fonts.ensure_for(words.title, words.detail)
        place, top = self.list.currentIndex().row(), self.list.verticalScrollBar().value()
        kept = self.list.chosen()
        self.model.show(sections, today)
        self.list.verticalScrollBar().setValue(top)
        self._keep_cursor(kept, place)
        known = self._pressing is not None and self._coming is not None
        if lines:
            self._body.setCurrentWidget(self.list)
        elif self._is_new:
            self._body.setCurrentWidget(self._first)
        elif known:
            self._say_done()
        self.gaps.setVisible(not self._is_new and self._pressing is not None)
        self._say_date(today, sections)

    def _keep_cursor(self, kept: TodayLine | None, place: int) -> None:
        """On the same line where it is still there, else where it was."""
        if kept is not None:
            for number, one in enumerate(self.model.rows):
                if isinstance(one, TodayLine) and _same(one, kept):
                    self.list.choose(number)
                    return
        self.list.choose(max(place, 0))

    def _say_done(self) -> None:
        self._done.set_texts(
            _("All done for today"),
            _("Nothing is due, nobody waits for an answer, and no birthday is near."),
        )
        self._body.setCurrentWidget(self._done)

    def _say_date(self, today: date, sections: Sequence[Section]) -> None:
        from PySide6.QtCore import QLocale

        weekday = say.locale().dayName(today.isoweekday(), QLocale.FormatType.LongFormat)
        parts = [f"{weekday}, {say.full_date(None, today.month, today.day)}"]
        totals = {section.topic: section.total for section in sections}
        if late := totals.get(Topic.OVERDUE, 0):
            parts.append(ngettext("{n} overdue", "{n} overdue", late).format(n=say.number(late)))
        if due := totals.get(Topic.DUE, 0):
            parts.append(ngettext("{n} due today", "{n} due today", due).format(n=say.number(due)))
        self.date.set_text(" · ".join(parts))
        self._fit_head()

    def _fit_head(self) -> None:
        """Where the day in words would be cut, buttons show their icon alone."""
        said = self.date.fontMetrics().horizontalAdvance(self.date.full_text()) + SPACE.m
        shown = [self._new, self.new_task]
        for made in shown:
            made.setText(made.accessibleName())
        parts: list[QWidget] = [*shown] if self.owner.isHidden() else [*shown, self.owner]
        for made in shown:
            taken = sum(part.sizeHint().width() + SPACE.s for part in parts)
            if self.width() - 2 * SPACE.xl - taken >= said:
                break
            made.setText("")

    def _show_more(self, topic: Topic) -> None:
        self._limits[topic] = self._limits.get(topic, FIRST) + _MORE
        if topic in PRESSING:
            self.ask()
        else:
            self._ask_coming()

    def _changed(self, changes: Changes) -> None:
        everything = changes.customers is None
        visible = self.isVisible()
        if changes.tables & _COMING or everything:
            if visible:
                self._calm.start()
            else:
                self._stale = True
        if visible and (changes.tables & _PRESSING or everything):
            self.ask()

    def _time_went_on(self) -> None:
        if self.isVisible():
            self.ask()

    # Whose day.

    def _owner_chosen(self) -> None:
        self._limits.clear()
        self._stale = True
        self.ask()
        self.gaps.ask(self.owner.owner())

    def kept(self) -> None:
        """A call that is being written down waits with its customer."""
        self.call_bar.retire()

    # What is done.

    def _act(self, act: Act, line: TodayLine) -> None:
        self.does.act(act, line)

    def _menu(self, at: QPoint) -> None:
        if (line := self.list.chosen()) is not None:
            self.does.menu(line, self.list.viewport().mapToGlobal(at))

    def _start_call(self, customer: CustomerRow) -> None:
        self.call_bar.start(customer)

    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _new_task(self) -> None:
        self._shell.show_page("tasks")
        self._shell.page("tasks").new()

    # Qt's own names.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The head has another width."""
        super().resizeEvent(event)
        self._fit_head()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F goes into the gap's field."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_F and plain and self.gaps.gap is not None:
            self.gaps.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        super().keyPressEvent(event)


def _same(one: TodayLine, other: TodayLine) -> bool:
    """Whether two lines are about the same thing, however it has changed."""
    if one.topic is not other.topic:
        return False
    if one.key or other.key:
        return one.key == other.key
    return _number(one) == _number(other)


def _number(line: TodayLine) -> object:
    subject: object = getattr(line.subject, "task", line.subject)
    return getattr(subject, "id", None)
