"""Saved views in the list: shown, changed, saved, renamed, pinned, put in order, deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.lists import SavedView, SavedViewId
from crm_desktop.i18n import _
from crm_desktop.ui.ops import WriteOp

if TYPE_CHECKING:
    from crm_desktop.ui.dialogs.view_details import ViewDetails
    from crm_desktop.ui.pages.customers import CustomersPage
    from crm_desktop.ui.views import Views


class ListViews(QObject):
    """What the page has to do with saved views; `shown` is the one that the list shows."""

    def __init__(self, page: CustomersPage) -> None:
        super().__init__(page)
        self._page = page
        known = page._shell.views
        assert known is not None  # an archive is open
        self._known: Views = known
        self.shown: SavedViewId | None = None
        self.dialog: ViewDetails | None = None
        self.menu: QMenu | None = None
        self._busy = False
        known.changed.connect(self._views_changed)
        page.bar.save_wanted.connect(self.save_new)
        page.bar.view_wanted.connect(self._chip)
        page.view_button.clicked.connect(self._pop_own_menu)
        page.keep_button.clicked.connect(self.keep)
        if known.shown is not None:
            self.show(known.shown)
        self._views_changed()

    # Showing one.

    def show(self, number: SavedViewId) -> None:
        """Show a view: its filter, its columns, its order."""
        view = self._known.view(number)
        if view is None:
            return
        self._busy = True
        self.shown = number
        page = self._page
        page.search.clear()
        page.chips.choose("")
        page.order.show_columns(view.columns)
        page.order.sort_by(view.sort, descending=view.descending)
        page.bar.show_tree(view.filter, tell=False)
        self._busy = False
        page.refresh()
        self._known.mark(number)

    def leave(self) -> None:
        """Back to the list without a view."""
        if self.shown is None:
            return
        self.shown = None
        self._page.order.show_own()
        self._page.order.sort_by("")
        self._known.mark(None)
        self.look()

    def _chip(self, number: SavedViewId) -> None:
        if self.shown == number:
            self._page.clear_filters()
        else:
            self.show(number)

    def present(self) -> SavedView:
        """What the list shows now, as a view."""
        page = self._page
        old = None if self.shown is None else self._known.view(self.shown)
        return replace(
            old or SavedView(""),
            filter=page.query().whole_filter,
            columns=page.table.columns(),
            sort=page.order.sort,
            descending=page.order.descending,
        )

    def look(self) -> None:
        """Say which view is shown, and whether it was changed."""
        if self._busy:
            return
        page = self._page
        view = None if self.shown is None else self._known.view(self.shown)
        page.title.set_text(view.name if view else _("Customers"))
        page.view_button.setVisible(view is not None)
        page.keep_button.setVisible(view is not None and self.present() != view)
        page.bar.save_button.setVisible(view is None)
        page.bar.mark_view(self.shown)

    def _views_changed(self) -> None:
        if self.shown is not None and self._known.view(self.shown) is None:
            self.shown = None  # deleted; its list stays as it is
        pinned = [view for view in self._known.views if view.pinned]
        self._page.bar.show_pinned(pinned, self._known.counts)
        self.look()

    # Changing.

    def save_new(self) -> None:
        """Give what is shown a name."""
        self._ask(_("Save as a view"), self.present(), partial(self._save, new=True))

    def keep(self) -> None:
        """Save what was changed in the view that is shown."""
        self._save(self.present(), new=False)

    def rename(self, number: SavedViewId) -> None:
        """Another name or icon."""
        if (view := self._known.view(number)) is not None:
            self._ask(_("Rename the view"), view, partial(self._save, new=False))

    def delete(self, number: SavedViewId) -> None:
        """Take a view away; the toast takes it back."""
        view = self._known.view(number)
        if view is None:
            return
        service = self._page.workspace.views

        def done(step: StepId) -> None:
            self._page._shell.toast(
                _("View “{name}” deleted; its customers stay").format(name=view.name), undo=step
            )

        WriteOp(self, lambda: service.delete(number)).success(done).run()

    def duplicate(self, number: SavedViewId) -> None:
        """A second one like it."""
        service = self._page.workspace.views
        WriteOp(self, lambda: service.duplicate(number)).success(self._show_soon).run()

    def move(self, number: SavedViewId, by: int) -> None:
        """Further up or down in the rail."""
        numbers = [view.id for view in self._known.views if view.id is not None]
        place = numbers.index(number)
        if 0 <= place + by < len(numbers):
            numbers.insert(place + by, numbers.pop(place))
            service = self._page.workspace.views
            WriteOp(self, lambda: service.arrange(numbers)).run()

    def pin(self, number: SavedViewId) -> None:
        """Put it above the list as a chip, or take it away from there."""
        if (view := self._known.view(number)) is not None:
            self._save(replace(view, pinned=not view.pinned), new=False)

    def _ask(self, title: str, view: SavedView, then: Callable[[SavedView], object]) -> None:
        from crm_desktop.ui.dialogs.view_details import ViewDetails

        fresh = title == _("Save as a view")
        name = "" if fresh else view.name
        made = ViewDetails(title, name, view.icon, pinned=view.pinned, parent=self._page._shell)
        made.wanted.connect(
            lambda name, icon, pinned: then(replace(view, name=name, icon=icon, pinned=pinned))
        )
        self.dialog = made
        made.finished.connect(self._asked)
        made.open()
        made.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _asked(self) -> None:
        self.dialog = None

    def _save(self, view: SavedView, *, new: bool) -> None:
        service = self._page.workspace.views
        wanted = replace(view, id=None) if new else view

        def failed(error: BaseException) -> None:
            if self.dialog is not None and isinstance(error, UserError):
                self.dialog.show_error(str(error))
            else:
                self._page._shell.show_problem(error)

        def done(number: SavedViewId) -> None:
            if self.dialog is not None:
                self.dialog.accept()
            if new:
                self._show_soon(number)

        WriteOp(self, lambda: service.save(wanted)).success(done).failure(failed).run()

    def _show_soon(self, number: SavedViewId) -> None:
        """Show a view as soon as it is known here."""
        if self._known.view(number) is not None:
            self.show(number)
            return

        def look() -> None:
            if self._known.view(number) is not None:
                self._known.changed.disconnect(look)
                self.show(number)

        self._known.changed.connect(look)

    # The menu.

    def pop_menu(self, number: SavedViewId, at: QPoint) -> None:
        """Everything that can be done with a view."""
        view = self._known.view(number)
        if view is None:
            return
        menu = QMenu(self._page._shell)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Rename, icon…"), partial(self.rename, number))
        menu.addAction(_("Duplicate"), partial(self.duplicate, number))
        pin = _("Take off the list") if view.pinned else _("Pin above the list")
        menu.addAction(pin, partial(self.pin, number))
        menu.addSeparator()
        menu.addAction(_("Move up"), partial(self.move, number, -1))
        menu.addAction(_("Move down"), partial(self.move, number, 1))
        menu.addSeparator()
        menu.addAction(_("Delete view"), partial(self.delete, number))
        self.menu = menu
        menu.popup(at)

    def _pop_own_menu(self) -> None:
        if self.shown is not None:
            made = self._page.view_button
            self.pop_menu(self.shown, made.mapToGlobal(made.rect().bottomLeft()))
