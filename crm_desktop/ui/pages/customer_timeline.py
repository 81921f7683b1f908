"""The timeline of the chosen customer: reading it by pages, logging, changing entries."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId, InteractionId, InteractionKind
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.tasks import TaskId
from crm_desktop.domain.timeline import TimelineEntry, TimelinePage, TimelineQuery
from crm_desktop.i18n import _
from crm_desktop.services.tasks import TypedTask
from crm_desktop.services.timeline import Logged, TimelineService
from crm_desktop.ui import dues
from crm_desktop.ui.drafts import ENTRY, Draft
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages.giving_up import offer_back
from crm_desktop.ui.timeline_words import KINDS, kind_text
from crm_desktop.ui.widgets.timeline import Timeline

_PAGE = 30
_MORE = 100


class CustomerTimeline(Timeline):
    """Shows a customer's timeline and does what is wanted of it."""

    draft_key = ENTRY

    def __init__(self) -> None:
        super().__init__()
        self._customer: CustomerId | None = None
        self._asking = False
        self.written.connect(self._write)
        self.filtered.connect(self._ask)
        self.view.end_near.connect(self._ask_more)
        self.view.edited.connect(self._edit)
        self.view.pin_wanted.connect(self._pin)
        self.view.delete_wanted.connect(self._delete)
        self.view.menu_wanted.connect(self._menu)
        self.composer.follow_up.textEdited.connect(self._follow_up_typed)

    # Reading.

    def reader(self, customer: CustomerId) -> Callable[[], TimelinePage]:
        """What reads as much of a customer's timeline as is to be shown; for a reader's thread."""
        if customer != self._customer:
            self.clear_filter()
        shown = len(self.events()) if customer == self._customer else 0
        query = self._query(customer, limit=max(_PAGE, shown))
        service = self._service()
        return lambda: service.page(query)

    def show_customer(self, customer: CustomerId, page: TimelinePage) -> None:
        """Show a customer's timeline."""
        self._customer = customer
        self.show_page(page)

    def _query(self, customer: CustomerId, *, limit: int) -> TimelineQuery:
        text = self.search.text().strip()
        return TimelineQuery(customer, self.filter.kinds(), text, limit=limit)

    def _ask(self) -> None:
        if self._customer is None:
            return
        service, query = self._service(), self._query(self._customer, limit=_PAGE)
        ReadOp(self, lambda: service.page(query), key="entries").success(self.show_page).run()

    def _ask_more(self) -> None:
        events = self.events()
        if self._customer is None or not self.more or self._asking or not events:
            return
        self._asking = True
        service, query = self._service(), self._query(self._customer, limit=_MORE)
        query = query._replace(before=events[-1].place)

        def take(page: TimelinePage) -> None:
            # Meanwhile other entries may be shown.
            if self.events()[-1:] == events[-1:]:
                self.show_page(page, append=True)

        ReadOp(self, lambda: service.page(query), key="more").success(take).always(
            self._asked
        ).run()

    def _asked(self) -> None:
        self._asking = False

    # Logging.

    def draft(self) -> Draft:
        """The entry that is typed."""
        return self.composer.typed()

    def take_up(self, draft: Draft) -> None:
        """Show an entry that was typed; an empty one goes."""
        self.composer.done()
        if draft:
            self.composer.fill(draft)
            self._follow_up_typed(draft["follow_up"])

    def _write(self, kind: str, text: str, follow_up: str) -> None:
        service, host, drafts = self._service(), host_of(self), session_of(self).drafts
        sent = drafts.sent(self)

        def done(logged: Logged) -> None:
            if drafts.taken(sent):
                self.composer.done()
            words = _("Logged") if logged.task is None else _("Logged, with a task to follow up")
            host.toast(words, undo=logged.step)

        def refused(error: UserError) -> None:
            (self.composer.show_error if drafts.is_shown(sent) else host.toast)(str(error))

        op = WriteOp(
            self,
            lambda: service.log(sent.customer, InteractionKind(kind), text, follow_up=follow_up),
        )
        op.success(done).failure(refused).run()

    def _follow_up_typed(self, text: str) -> None:
        tasks = session_of(self).workspace.tasks

        def show(typed: TypedTask) -> None:
            if text != self.composer.follow_up.text():
                return  # it was saved, or another customer came
            due = dues.understood(typed.due, tasks.clock())
            self.composer.say(f"{typed.title} → {due}" if due else "")

        ReadOp(self, lambda: tasks.read_line(text), key="follow-up").success(show).run()

    # What is done with an entry.

    def _menu(self, entry: TimelineEntry, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if entry.task is not None:
            menu.addAction(_("Open the task again"), partial(self._untick, entry.task))
            menu.popup(at)
            return
        menu.addAction(_("Edit\tEnter"), self.view.edit)
        kinds = menu.addMenu(_("Kind"))
        for kind in KINDS:
            action = kinds.addAction(kind_text(kind), partial(self._set_kind, entry, kind))
            action.setCheckable(True)
            action.setChecked(kind == entry.kind)
        menu.addAction(
            _("Unpin\tP") if entry.pinned else _("Pin on top\tP"), partial(self._pin, entry)
        )
        menu.addSeparator()
        menu.addAction(_("Delete\tDel"), partial(self._delete, entry))
        menu.popup(at)

    def _untick(self, number: TaskId) -> None:
        tasks, host = session_of(self).workspace.tasks, host_of(self)

        def done(step: StepId) -> None:
            host.toast(_("The task is open again"), undo=step)

        WriteOp(self, lambda: tasks.untick([number])).success(done).run()

    def _edit(self, entry: TimelineEntry, text: str) -> None:
        self._change(entry, lambda service, number: service.edit(number, text))

    def _set_kind(self, entry: TimelineEntry, kind: InteractionKind) -> None:
        self._change(entry, lambda service, number: service.set_kind(number, kind))

    def _pin(self, entry: TimelineEntry) -> None:
        pinned = not entry.pinned
        self._change(entry, lambda service, number: service.pin(number, pinned=pinned))

    def _delete(self, entry: TimelineEntry) -> None:
        self._change(entry, lambda s, number: s.delete(number), _("The entry was deleted"))

    def _change(
        self,
        entry: TimelineEntry,
        act: Callable[[TimelineService, InteractionId], StepId],
        words: str = "",
    ) -> None:
        number = entry.interaction
        if number is None:
            return
        service, host = self._service(), host_of(self)

        def done(step: StepId) -> None:
            if words:
                host.toast(words, undo=step)

        WriteOp(self, lambda: act(service, number)).success(done).run()

    def _service(self) -> TimelineService:
        return session_of(self).workspace.timeline

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives a new entry up; one message long it can be brought back."""
        if event.key() == Qt.Key.Key_Escape and not self.composer.isHidden():
            offer_back(self, session_of(self).drafts.sent(self))
            self.composer.done()
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)
