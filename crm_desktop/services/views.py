"""Saved views: filters with a name, their columns and their order. Later parts' segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerListQuery
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.lists import SavedView, SavedViewId
from crm_desktop.i18n import _
from crm_desktop.services import asking, inputs
from crm_desktop.store import lists, views
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps

_LONGEST_NAME = 60  # it stands in the rail


class ViewService:
    """The saved views of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def all(self) -> list[SavedView]:
        """The views in their order."""
        with self._archive.reading() as c:
            return views.every(c)

    def get(self, number: SavedViewId) -> SavedView:
        """One view.

        Raises:
            UserError: it is gone.
        """
        found = next((view for view in self.all() if view.id == number), None)
        if found is None:
            raise UserError(_("There is no such view any more."))
        return found

    def count(self, view: SavedView) -> int:
        """How many customers are in it."""
        with self._archive.reading() as c:
            return lists.count(c, query_of(view), asked=asking.now())

    def save(self, view: SavedView) -> SavedViewId:
        """Keep a view: a new one at the end, or another state of one that stands.

        Raises:
            UserError: it has no name, one that is too long, or that of another one.
        """
        called = inputs.title(view.name, "name", _("Give the view a name."), longest=_LONGEST_NAME)
        clean = replace(view, name=called)

        def act(c: Connection) -> SavedViewId:
            if views.is_taken(c, clean.name, clean.id):
                words = _("There is a view “{name}” already.")
                raise UserError(words.format(name=clean.name), field="name")
            return views.save(c, clean)

        name = _("New view {name}") if view.id is None else _("Change view {name}")
        return self._archive.write(name.format(name=clean.name), act)

    def duplicate(self, number: SavedViewId) -> SavedViewId:
        """Make a second one of a view, with a name of its own."""
        view = self.get(number)
        taken = {other.name for other in self.all()}
        count = 2
        while (name := f"{view.name} {count}") in taken:
            count += 1
        return self.save(replace(view, name=name, id=None, pinned=False))

    def delete(self, number: SavedViewId) -> StepId:
        """Take a view away; its customers stay. Returns the step, for Undo."""
        view = self.get(number)

        def act(c: Connection) -> StepId:
            views.delete(c, number)
            return steps.current(c)

        return self._archive.write(_("Delete view {name}").format(name=view.name), act)

    def arrange(self, numbers: Sequence[SavedViewId]) -> None:
        """Put the views in another order."""
        self._archive.write(_("Order of the views"), lambda c: views.arrange(c, numbers))


def query_of(view: SavedView) -> CustomerListQuery:
    """The list of a view."""
    return CustomerListQuery(filter=view.filter, sort=view.sort or None, descending=view.descending)
