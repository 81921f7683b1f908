"""The lookup window: a number, its last digits or a name in; the card of who it is out.

It is built once and kept hidden, so that it stands there before the phone rings a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain import calls
from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId, InteractionKind
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.services.lookup import Card, Found, Hit
from crm_desktop.services.tasks import TypedTask
from crm_desktop.services.timeline import Logged
from crm_desktop.ui import dues
from crm_desktop.ui import format as say
from crm_desktop.ui.drafts import Draft, Drafts
from crm_desktop.ui.host import Host
from crm_desktop.ui.lookup.card import CallerCard
from crm_desktop.ui.lookup.nobody import Nobody
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import Icon, button, hairline, label, row
from crm_desktop.ui.widgets.edit import LineEdit
from crm_desktop.ui.widgets.line_list import Line, LineList
from crm_desktop.ui.widgets.timeline import Composer

if TYPE_CHECKING:
    from crm_desktop.services.workspace import Workspace
    from crm_desktop.ui.session import Session
    from crm_desktop.ui.shell import Shell

_WIDTH, _HEIGHT, _LIST = 640, 480, 240


class LookupWindow(QWidget, Host):
    """A small window over all others; it is a host of its own, as the main window may be hidden.

    `customer_wanted` carries whose file is to be opened, `new_wanted` the `Found` of nobody,
    `article_wanted` the number of an article.
    """

    customer_wanted = Signal(object)
    new_wanted = Signal(object)
    article_wanted = Signal(object)

    def __init__(self, shell: Shell, session: Session) -> None:
        kind = Qt.WindowType
        flags = kind.Window | kind.CustomizeWindowHint | kind.WindowTitleHint
        super().__init__(None, flags | kind.WindowCloseButtonHint | kind.WindowStaysOnTopHint)
        self.setObjectName("page")
        self.setWindowTitle(_("Lookup"))
        self.setWindowIcon(shell.windowIcon())
        # The window that is closed last ends the program; this one is never closed.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.resize(_WIDTH, _HEIGHT)
        self.operations = shell.operations
        self.session = session
        self._found = Found("")
        self._opens = False
        self._back: Callable[[], object] | None = None
        self._undo: Callable[[StepId], object] = shell.undo_step
        session.drafts.outside["lookup"] = self.put_by
        self.field = LineEdit(name=_("Number, last four digits, or name"))
        self.field.setPlaceholderText(_("Number, last four digits, or name"))
        self.nobody = Nobody()
        self.list = LineList(_("Who it may be"))
        self.list.setFixedWidth(_LIST)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.card = CallerCard()
        self.composer = Composer()
        self.composer.hide()
        self._build()
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.list.selectionModel().currentRowChanged.connect(self._chosen)
        self.list.doubleClicked.connect(self.open_file)
        self.card.article_wanted.connect(self._read_article)
        self.nobody.new.clicked.connect(self._new)
        self.nobody.restore.clicked.connect(self._restore)
        self.nobody.copied.clicked.connect(self._take_copied)
        self.composer.written.connect(self._log)
        self.composer.follow_up.textEdited.connect(self._follow_up_typed)
        self._show_nothing()

    def _build(self) -> None:
        head = row(Icon("phone", "accent", 18), self.field, spacing=SPACE.m)
        head.setContentsMargins(SPACE.l, SPACE.m, SPACE.l, SPACE.m)
        somebody = QWidget()
        sides = QHBoxLayout(somebody)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(0)
        sides.addWidget(self.list)
        sides.addWidget(self.card, 1)
        self._body = QStackedWidget()
        self._body.addWidget(self.nobody)
        self._body.addWidget(somebody)
        self.said = label("", "secondary")
        self.take_back = button(_("Undo"), kind="link", clicked=self._take_back)
        self.take_back.hide()
        self.log = button(
            _("Log the call"), "phone", clicked=self.start_log, tip=_("Log the call (Ctrl+L)")
        )
        self.open = button(
            _("Open file"), kind="primary", clicked=self.open_file, tip=_("Open file (Enter)")
        )
        foot = row(self.said, self.take_back, None, self.log, self.open)
        foot.setContentsMargins(SPACE.l, SPACE.s, SPACE.l, SPACE.m)
        writing = QVBoxLayout()
        writing.setContentsMargins(SPACE.l, SPACE.s, SPACE.l, 0)
        writing.addWidget(self.composer)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(hairline())
        outer.addWidget(self._body, 1)
        outer.addLayout(writing)
        outer.addLayout(foot)

    def retire(self) -> None:
        """Go for good: its archive is left, or it is built anew."""
        self.hide()
        if self.session is not None:
            self.put_by()
            self.session.drafts.outside.pop("lookup", None)
            self.session = None

    # Opening.

    def look_up(self, text: str = "") -> None:
        """Come to the front with a number or a name; "" waits for one to be typed."""
        self.put_by()
        self._say("")
        shown = calls.asked(text)
        self.nobody.offer_copied()
        if self.field.text() == shown:
            self._typed(shown)
        else:
            self.field.setText(shown)
        self.field.selectAll()
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take_copied(self) -> None:
        self.field.setText(self.nobody.number)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # Looking up.

    def _typed(self, text: str) -> None:
        self._opens = False
        workspace = self._workspace
        if not text.strip():
            self.operations.call_off(self, "lookup")
            self._found = Found("")
            self._show_nothing()
            return
        # The lookup of the letters before this one is of no use any more.
        workspace.interrupt_reads()

        def read() -> tuple[Found, Card | None]:
            found = workspace.lookup.find(text)
            return found, workspace.lookup.card(found.hits[0].row.id) if found.hits else None

        ReadOp(self, read, key="lookup").success(self._take).run()

    def _take(self, read: tuple[Found, Card | None]) -> None:
        self._found, card = read
        hits = self._found.hits
        if card is None:
            self._show_nobody()
            return
        fonts.ensure_for(*(f"{hit.row.name}{hit.row.organisation}" for hit in hits))
        self.list.selectionModel().blockSignals(True)
        self.list.lines.show([_line(hit) for hit in hits])
        self.list.choose(0)
        self.list.selectionModel().blockSignals(False)
        self.list.setVisible(len(hits) > 1)
        self._body.setCurrentIndex(1)
        self._show_card(card)
        if self._opens:
            self.open_file()

    def _show_card(self, card: Card) -> None:
        hit = self.hit()
        point = hit.point if hit is not None else None
        if self.customer() != card.customer.id:
            self.put_by()
        self.card.show_card(card, point, self._workspace.tasks.clock())
        self._switch(on=True)
        if self.composer.isHidden() and (entry := self._drafts.take_entry(card.customer.id)):
            self._take_up(entry)

    def _show_nothing(self) -> None:
        self.nobody.show_nothing()
        self._body.setCurrentIndex(0)
        self._switch(on=False)

    def _show_nobody(self) -> None:
        self.nobody.show_found(self._found)
        self._body.setCurrentIndex(0)
        self._switch(on=False)

    def _switch(self, *, on: bool) -> None:
        """Whether somebody is there to be opened and logged."""
        self.log.setEnabled(on)
        self.open.setEnabled(on)
        if not on:
            self.put_by()
            self.card.card = None

    def hits(self) -> Sequence[Hit]:
        """Who is shown."""
        return self._found.hits

    def hit(self) -> Hit | None:
        """Who is chosen."""
        at = max(self.list.row(), 0)
        return self._found.hits[at] if at < len(self._found.hits) else None

    def _chosen(self) -> None:
        hit = self.hit()
        if hit is None:
            return
        lookup, wanted = self._workspace.lookup, hit.row.id
        self._switch(on=False)
        ReadOp(self, lambda: lookup.card(wanted), key="card").success(self._show_card).run()

    # What is done with who it is.

    def customer(self) -> CustomerId | None:
        """Whose card is shown, None while it is read."""
        return self.card.card.customer.id if self.card.card is not None else None

    def open_file(self) -> None:
        """Enter: his file in the main window; where he is still looked for, as soon as found."""
        customer = self.customer()
        if customer is not None:
            self.hide()
            self.customer_wanted.emit(customer)
        elif not self.field.text().strip() and self.nobody.number:
            self._take_copied()
        else:
            self._opens = True

    def start_log(self) -> None:
        """L: write down the call."""
        if self.customer() is not None:
            self._say("")
            self.composer.start(InteractionKind.CALL.value)

    def _log(self, kind: str, text: str, follow_up: str) -> None:
        customer, timeline = self.customer(), self._workspace.timeline
        if customer is None:
            return
        entry, drafts = self.composer.typed(), self._drafts

        def done(logged: Logged) -> None:
            words = _("Logged") if logged.task is None else _("Logged, with a task to follow up")
            self._say(words, partial(self._undo_step, logged.step))
            if self.customer() == customer and self.composer.typed() == entry:
                self.composer.done()
                self._again()
            else:
                drafts.entry_logged(customer, entry)

        def refused(error: UserError) -> None:
            if self.customer() == customer:
                self.composer.show_error(str(error))
            else:
                self._say(str(error))

        WriteOp(
            self,
            lambda: timeline.log(customer, InteractionKind(kind), text, follow_up=follow_up),
        ).success(done).failure(refused).run()

    def put_by(self) -> None:
        """What is typed for who is shown waits in his file; the line goes."""
        if self.card.card is not None and (entry := self.composer.typed()):
            shown = self.card.card.customer
            self._drafts.keep_entry(shown.id, shown.name, entry)
        self.composer.done()

    def _take_up(self, entry: Draft) -> None:
        self.composer.fill(entry)
        self._follow_up_typed(entry["follow_up"])

    def _give_up(self) -> None:
        """Esc: the line goes; it can be brought back while he is shown."""
        customer, entry = self.customer(), self.composer.typed()
        self.composer.done()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

        def back() -> None:
            if self.customer() == customer:
                self._take_up(entry)

        if entry:
            self._say(_("What you typed was given up"), back)

    def _follow_up_typed(self, text: str) -> None:
        tasks = self._workspace.tasks

        def show(typed: TypedTask) -> None:
            due = dues.understood(typed.due, tasks.clock())
            self.composer.say(f"{typed.title} → {due}" if due else "")

        ReadOp(self, lambda: tasks.read_line(text), key="follow-up").success(show).run()

    def _again(self) -> None:
        """Read the shown card anew."""
        self._chosen()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def _new(self) -> None:
        if self._body.currentIndex() == 0 and not self.nobody.new.isHidden():
            self.hide()
            self.new_wanted.emit(self._found)

    def _restore(self) -> None:
        if not self._found.trashed:
            return
        customers, (number, name) = self._workspace.customers, self._found.trashed[0]

        def done(step: StepId) -> None:
            self._say(_("{name} is back").format(name=name), partial(self._undo_step, step))
            self._typed(self.field.text())

        WriteOp(self, lambda: customers.restore([number])).success(done).run()

    def _read_article(self, article: object) -> None:
        self.hide()
        self.article_wanted.emit(article)

    # What is said.

    def _say(self, text: str, back: Callable[[], object] | None = None) -> None:
        self._back = back
        self.said.setText(text)
        self.take_back.setVisible(back is not None)

    def _take_back(self) -> None:
        if (back := self._back) is not None:
            self._say("")
            back()

    def _undo_step(self, step: StepId) -> None:
        self._undo(step)
        self._typed(self.field.text())

    def toast(
        self,
        text: str,
        *,
        undo: StepId | None = None,
        action: tuple[str, Callable[[], object]] | None = None,
        problem: bool = False,
    ) -> None:
        """Say it at the foot; it has no room for an action or a sign."""
        del action, problem
        self._say(text, partial(self._undo_step, undo) if undo is not None else None)

    def show_problem(self, error: BaseException) -> None:
        """Say it at the foot."""
        self._say(" ".join(filter(None, (str(error), getattr(error, "remedy", "")))))

    @property
    def _drafts(self) -> Drafts:
        assert self.session is not None  # it lives as long as the archive is open
        return self.session.drafts

    @property
    def _workspace(self) -> Workspace:
        assert self.session is not None  # it lives as long as the archive is open
        return self.session.workspace

    # Keys.

    def _key(self, event: QKeyEvent) -> bool:
        """Do what a key says; False leaves it to the field."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        plain = modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        control = modifiers == Qt.KeyboardModifier.ControlModifier
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if plain and key in steps and len(self._found.hits) > 1:
            self.list.choose(max(self.list.row() + steps[key], 0))
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._body.currentIndex() == 0 and not self.nobody.new.isHidden():
                self._new()
            else:
                self.open_file()
        # A letter is none of a number's, so that the bare key is free.
        elif key == Qt.Key.Key_L and (control or (plain and calls.is_number(self.field.text()))):
            self.start_log()
        elif key == Qt.Key.Key_N and control:
            self._new()
        else:
            return False
        return True

    # Qt's own names.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys work while the cursor stays in the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the entry, then the window."""
        if event.key() == Qt.Key.Key_Escape:
            if self.composer.isHidden():
                self.hide()
            else:
                self._give_up()
            return
        focus = self.focusWidget()
        if isinstance(focus, QPushButton) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus.click()
        elif self.composer.isAncestorOf(focus or self) or not self._key(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """It is only hidden: the next caller finds it ready."""
        event.ignore()
        self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever closes it finds what he typed in the customer's file."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.put_by()

    def showEvent(self, event: QShowEvent) -> None:
        """In the middle of the screen that has the mouse, where it was not moved yet."""
        super().showEvent(event)
        if not self.property("placed"):
            self.setProperty("placed", True)
            from PySide6.QtGui import QCursor

            screen = QGuiApplication.screenAt(QCursor.pos()) or self.screen()
            room = screen.availableGeometry()
            self.move(room.center().x() - self.width() // 2, room.top() + room.height() // 5)


def _line(hit: Hit) -> Line:
    number = hit.row.phone if hit.point is None else hit.point.value or hit.point.raw
    parts = [say.phone(number), hit.row.organisation, hit.row.city]
    words = " · ".join(part for part in parts if part)
    if hit.point is not None and hit.point.do_not_use:
        return Line(hit.row.name, words, _("Do not use"), "amber")
    return Line(hit.row.name, words)
