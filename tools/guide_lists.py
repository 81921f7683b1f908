"""The guide's pictures of the list: a filter, a saved view, many chosen customers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtGui import QPixmap

from crm_desktop.domain.filters import Condition, Group, Op
from crm_desktop.domain.lists import ListColumn, SavedView
from crm_desktop.ui.demo import fill_demo
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.shell import Shell

Settle = Callable[..., None]
SIZE = (1280, 760)


def filter_shown() -> Group:
    """Good customers of two cities whom nobody has called."""
    cities = [Condition("city", Op.IS, (city,)) for city in ("Lisboa", "Porto")]
    return Group(
        (
            Condition("stage", Op.ANY_OF, ("customer", "prospect")),
            Condition("last_contact", Op.EMPTY),
            Group(tuple(cities), any_of=True),
        )
    )


def view_shown() -> SavedView:
    """Whose birthday is near, with the columns that one wants then."""
    columns = tuple(map(ListColumn, ("name", "birthday", "phone", "city", "tag")))
    soon = Group((Condition("birthday", Op.NEXT, ("60", "day")),))
    return SavedView("Birthdays soon", "cake", soon, columns, "birthday", pinned=True)


def guide_scenes(
    shell: Shell, folder: Path, settle: Settle
) -> Iterator[tuple[str, Callable[[], QPixmap]]]:
    """The guide's, in an archive of their own."""
    shell.resize(*SIZE)
    archive = folder / "Viagens Aurora lists.crm"
    fill_demo(archive, data_dir=folder / "guide-data")
    shell.open_archive(archive)
    settle(lambda: shell.session is not None and not shell.operations.busy)
    settle(lambda: shell.session is not None and shell.session.workspace.path == archive)
    for name, take in scenes(shell, settle):
        if name in ("filter", "view", "many"):
            yield name, take


def scenes(shell: Shell, settle: Settle) -> Iterator[tuple[str, Callable[[], QPixmap]]]:
    """Each picture's name and how to take it, in the archive that is open."""
    session = shell.session
    assert session is not None
    page = shell.page("customers")
    assert isinstance(page, CustomersPage)
    shell.show_page("customers")
    quiet = Group((Condition("last_contact", Op.EMPTY),))
    session.workspace.views.save(view_shown())
    session.workspace.views.save(SavedView("Never called", "phone", quiet))
    settle(lambda: len(shell.rail.view_buttons) == 2 and not shell.operations.busy)
    page.bar.show_tree(filter_shown())
    page.bar.open_panel()
    settle(lambda: page.bar.panel is not None and not shell.operations.busy)
    yield "filter", shell.grab
    page.bar.close_panel()
    page.clear_filters()
    assert shell.views is not None
    number = shell.views.views[0].id
    assert number is not None
    shell.show_view(number)
    settle(lambda: page.model.whole and not shell.operations.busy)
    yield "view", shell.grab
    page.order.choose()
    settle(lambda: page.order.dialog is not None and not shell.operations.busy)
    dialog = page.order.dialog
    assert dialog is not None
    yield "columns", dialog.grab
    dialog.accept()
    page.views.save_new()
    settle()
    details = page.views.dialog
    assert details is not None
    yield "save-view", details.grab
    details.reject()
    page.clear_filters()
    settle(lambda: page.model.whole and not shell.operations.busy)
    page.many.choose_all()
    settle(lambda: page.many.panel is not None and not shell.operations.busy)
    yield "many", shell.grab
    page.close_panel()
    settle()
