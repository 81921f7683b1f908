"""Customers who may be there twice: pair by pair, with the keyboard or the mouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.changes import Changes, StepId
from crm_desktop.domain.customers import Customer, CustomerId
from crm_desktop.domain.duplicates import CERTAIN, Choice, Differences, Pair
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.ops import JobOp, ReadOp, WriteOp
from crm_desktop.ui.pages.base import Page
from crm_desktop.ui.pages.duplicate_words import compared, named_in, sign_text
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import Card, EmptyState, button, label, row
from crm_desktop.ui.widgets.comparison import Comparison
from crm_desktop.ui.widgets.flow import Flow
from crm_desktop.ui.widgets.line_list import Line, LineList


class _Found(NamedTuple):
    pairs: list[Pair]
    names: dict[CustomerId, str]


class _Shown(NamedTuple):
    one: Customer
    other: Customer
    differences: Differences
    named: Mapping[CustomerId, str]


class DuplicatesPage(Page):
    """Finds likely pairs, and asks of each whether they are one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pairs: list[Pair] = []
        self._names: dict[CustomerId, str] = {}
        self._shown: _Shown | None = None
        self._own = False
        self.find_button = button(
            _("Find duplicates"),
            "search",
            kind="primary",
            clicked=self.search,
            tip=_("Look through all customers (F5)"),
        )
        self.certain = button("", "list-checks", clicked=self.merge_certain)
        self.certain.hide()
        self.count = label("", "secondary")
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(label(_("Duplicates"), "title"))
        titles.addWidget(self.count)
        head = QHBoxLayout()
        head.addLayout(titles)
        head.addStretch(1)
        head.addWidget(self.certain)
        head.addWidget(self.find_button)
        self.list = LineList(_("Pairs that may be one customer"))
        self.list.selectionModel().currentChanged.connect(self._ask)
        self.comparison = Comparison()
        self.merge = button(
            _("They are one"), "merge", kind="primary", clicked=self.merge_pair, tip=_("Merge (M)")
        )
        self.apart = button(
            _("They are two"), "users", clicked=self.keep_apart, tip=_("Do not ask again (T)")
        )
        self.later = button(_("Later"), kind="quiet", clicked=self.skip, tip=_("Next pair (L)"))
        self.open_one = button(_("Open"), kind="link", clicked=self._open)
        self._told = label(
            _(
                "Every phone, e-mail, address, note and document of both is kept."
                " Undo makes two again."
            ),
            "secondary",
            wrap=True,
        )
        self._empty = EmptyState(
            "merge",
            _("Is anybody there twice?"),
            _(
                "The search compares phones, e-mails, tax numbers and names,"
                " also Wang Xiuying with 王秀英."
            ),
        )
        self._build(head)
        self.session.bus.changed.connect(self._changed)

    def _build(self, head: QHBoxLayout) -> None:
        left = Card(margins=(6, 6, 6, 6))
        left.body.addWidget(self.list)
        left.setMinimumWidth(220)
        left.setMaximumWidth(380)
        right = Card(margins=(1, SPACE.m, 1, SPACE.m))
        right.body.addWidget(self.comparison, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(SPACE.l, SPACE.s, SPACE.l, 0)
        foot.setSpacing(SPACE.s)
        told = row(self._told, self.open_one)
        told.setStretch(0, 1)
        foot.addLayout(told)
        ways = Flow()
        for made in (self.merge, self.apart, self.later):
            ways.add(made)
        foot.addWidget(ways)
        right.body.addLayout(foot)
        both = QWidget()
        sides = QHBoxLayout(both)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(SPACE.l)
        sides.addWidget(left, 2)
        sides.addWidget(right, 3)
        nothing = Card(margins=(1, 1, 1, 8))
        nothing.body.addWidget(self._empty)
        self._body = QStackedWidget()
        self._body.addWidget(nothing)
        self._body.addWidget(both)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.xl, SPACE.xl, SPACE.xl, SPACE.xl - 4)
        box.setSpacing(SPACE.m)
        box.addLayout(head)
        box.addWidget(self._body, 1)

    def activate(self) -> None:
        """Into the list, or to the button that fills it."""
        (self.list if self.pairs else self.find_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def selected(self) -> list[CustomerId]:
        """Both of the pair that is shown."""
        pair = self._pair()
        return [] if pair is None else [pair.one, pair.other]

    # Finding.

    def search(self) -> None:
        """Look through the whole archive; it can be stopped at the rail's foot."""
        workspace = self.workspace

        def work(job: Job) -> _Found:
            pairs = workspace.duplicates.find(job)
            numbers = sorted({n for pair in pairs for n in (pair.one, pair.other)})
            return _Found(pairs, workspace.customers.names(numbers))

        self.find_button.setEnabled(False)
        op = JobOp(self, work, title=_("Finding duplicates"), key="find")
        op.success(self._take).always(self._may_find).run()

    def _may_find(self) -> None:
        self.find_button.setEnabled(True)

    def _take(self, found: _Found) -> None:
        self.pairs, self._names = found
        fonts.ensure_for(*self._names.values())
        self.list.lines.show([self._line(pair) for pair in self.pairs])
        self._empty.set_texts(
            _("Nobody is there twice"),
            _("No two customers share a phone, an e-mail, a tax number or a name and a city."),
        )
        self._recount()
        if self.pairs:
            self.list.choose(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, pair: Pair) -> Line:
        one, other = (self._names.get(number, "") for number in (pair.one, pair.other))
        title = one if one == other else f"{one}  ·  {other}"
        sure = pair.score >= CERTAIN
        return Line(
            title,
            ", ".join(map(sign_text, pair.signs)),
            _("certain") if sure else _("likely"),
            "green" if sure else "amber",
        )

    def _recount(self) -> None:
        count = len(self.pairs)
        words = ngettext("{n} pair", "{n} pairs", count).format(n=say.number(count))
        self.count.setText(words if count else "")
        certain = sum(pair.score >= CERTAIN for pair in self.pairs)
        words = ngettext("Merge the certain one", "Merge all {n} certain ones", certain)
        self.certain.setText(words.format(n=say.number(certain)))
        self.certain.setVisible(bool(certain))
        self._body.setCurrentIndex(bool(count))

    # One pair.

    def _pair(self) -> Pair | None:
        row_ = self.list.row()
        return self.pairs[row_] if 0 <= row_ < len(self.pairs) else None

    def _ask(self) -> None:
        pair = self._pair()
        self._shown = None
        self._enable()
        if pair is None:
            return
        workspace, (one, other) = self.workspace, pair[:2]

        def read() -> _Shown:
            customers = workspace.customers
            first, second = customers.get(one), customers.get(other)
            differences = workspace.duplicates.differences(one, other)
            return _Shown(first, second, differences, customers.names(named_in(first, second)))

        ReadOp(self, read, key="pair").success(self._show).run()

    def _show(self, shown: _Shown) -> None:
        self._shown = shown
        one, other, differences, named = shown
        fonts.ensure_for(one.name, other.name, one.notes, other.notes)
        self.comparison.show_pair(
            (one.name, other.name),
            (_("Stays"), _("Is merged into the first")),
            compared(one, other, differences, named),
        )
        self._enable()

    def _enable(self) -> None:
        for made in (self.merge, self.apart, self.open_one):
            made.setEnabled(self._shown is not None)

    def merge_pair(self) -> None:
        """They are one: the chosen values count."""
        if self._shown is None or (pair := self._pair()) is None:
            return
        one, other, differences, _named = self._shown
        chosen = self.comparison.of_other()
        choice = Choice(
            fields=chosen - differences.custom.keys(),
            custom=frozenset(chosen & differences.custom.keys()),
        )
        duplicates = self.workspace.duplicates
        said = _("{one} and {other} are one now").format(one=one.name, other=other.name)
        self._decide(pair, lambda: duplicates.merge(one.id, other.id, choice), said, gone=other.id)

    def keep_apart(self) -> None:
        """They are two: nobody asks again."""
        if self._shown is None or (pair := self._pair()) is None:
            return
        one, other, _differences, _named = self._shown
        duplicates = self.workspace.duplicates
        said = _("{one} and {other} stay two").format(one=one.name, other=other.name)
        self._decide(pair, lambda: duplicates.keep_apart(one.id, other.id), said)

    def _decide(
        self, pair: Pair, act: Callable[[], StepId], said: str, *, gone: CustomerId | None = None
    ) -> None:
        def done(step: StepId) -> None:
            self.host.toast(said, undo=step)
            self._drop(pair, gone)

        self._shown = None
        self._enable()
        self._own = True
        WriteOp(self, act).success(done).failure(self.host.show_problem).always(self._settled).run()

    def _settled(self) -> None:
        self._own = False

    def _drop(self, pair: Pair, gone: CustomerId | None) -> None:
        """Take a pair that is decided out, and those of whom one is no more."""
        place = self.pairs.index(pair)
        for row_ in reversed(range(len(self.pairs))):
            if self.pairs[row_] == pair or gone in self.pairs[row_][:2]:
                self.list.lines.take_out(row_)
                del self.pairs[row_]
                place -= row_ < place
        self._recount()
        self.list.choose(place)
        self._ask()
        if self.pairs:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def skip(self) -> None:
        """Leave this one for later."""
        self.list.choose(self.list.row() + 1)

    def _open(self) -> None:
        if self._shown is not None:
            self.host.show_customer(self._shown.one.id)

    # All at once.

    def merge_certain(self) -> None:
        """Merge those of whom nothing speaks against it."""
        pairs, duplicates = list(self.pairs), self.workspace.duplicates

        def done(result: tuple[int, StepId | None]) -> None:
            count, step = result
            words = ngettext("{n} customer was merged", "{n} customers were merged", count)
            self.host.toast(words.format(n=say.number(count)), undo=step)
            self.search()

        self.certain.setEnabled(False)
        op = JobOp(self, lambda job: duplicates.merge_certain(pairs, job), title=_("Merging"))
        op.success(done).always(lambda: self.certain.setEnabled(True)).run()

    def _changed(self, changes: Changes) -> None:
        """What was undone elsewhere may be a pair again: say so by looking anew."""
        if not self._own and self.pairs and "merge" in changes.tables and self.isVisible():
            self.search()

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """M merges, T keeps two, L goes on, F5 searches."""
        run = {
            Qt.Key.Key_M: self.merge_pair,
            Qt.Key.Key_T: self.keep_apart,
            Qt.Key.Key_L: self.skip,
            Qt.Key.Key_F5: self.search,
        }.get(Qt.Key(event.key()))
        if run is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        run()
