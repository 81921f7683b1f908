"""The guide's pictures of the list: a filter, a saved view, many chosen customers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PySide6.QtGui import QPixmap

from crm_desktop.domain.customers import CustomerListQuery, CustomerRow
from crm_desktop.domain.filters import Condition, Group, Op
from crm_desktop.domain.lists import ListColumn, SavedView
from crm_desktop.ui.demo import fill_demo
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.shell import Shell

Settle = Callable[..., None]
SIZE = (1280, 760)


def filter_shown(rows: Iterable[CustomerRow]) -> Group:
    """Good customers of the two largest cities whom nobody has called."""
    known = Counter(row.city for row in rows if row.city)
    cities = [Condition("city", Op.IS, (city,)) for city, _count in known.most_common(2)]
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
    known = {view.name for view in session.workspace.views.all()}  # of the other theme's round
    for view in (view_shown(), SavedView("Never called", "phone", quiet)):
        if view.name not in known:
            session.workspace.views.save(view)
    settle(lambda: len(shell.rail.view_buttons) == 2 and not shell.operations.busy)
    everybody = session.workspace.customers.first_page(CustomerListQuery(), limit=500)
    page.bar.show_tree(filter_shown(everybody))
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
