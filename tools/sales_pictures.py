"""Pictures of what is being sold: the board, the list, one opportunity, its pipeline's stages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog
from sample_sales import fill_sales

from crm_desktop.domain.customers import CustomerId, CustomerListQuery
from crm_desktop.ui.pages.opportunities import OpportunitiesPage
from crm_desktop.ui.shell import Shell

Settle = Callable[..., None]
_LAST = 20


def scenes(shell: Shell, settle: Settle) -> Iterator[tuple[str, Callable[[], QPixmap]]]:
    """Each of them with its name and how to take it; something to sell is made first."""
    page = shown(shell, settle)
    yield "opportunities-empty", shell.grab
    numbers = filled(shell, settle)
    yield "opportunities", shell.grab
    page._open(numbers[4])
    page.board.choose(numbers[4], focus=True)
    _rest(shell, settle)
    yield "opportunity", shell.grab
    page.close_panel()
    page.kind.choose("list")
    page._kind_chosen()
    _rest(shell, settle)
    yield "opportunities-list", shell.grab
    page.kind.choose("board")
    page._kind_chosen()
    columns = page.board.columns
    page.move_to(numbers[0], columns[4].cards.stage.id)
    _rest(shell, settle)
    yield "opportunity-wants", _dialog(shell).grab
    _dialog(shell).done(0)
    page.edit_pipelines()
    _rest(shell, settle)
    yield "pipelines", _dialog(shell).grab
    _dialog(shell).done(0)
    settle()


def shown(shell: Shell, settle: Settle) -> OpportunitiesPage:
    """The page, brought to the front."""
    shell.show_page("opportunities")
    page = shell.page("opportunities")
    assert isinstance(page, OpportunitiesPage)
    _rest(shell, settle)
    return page


def filled(shell: Shell, settle: Settle) -> list[int]:
    """Fill the open archive with something to sell; returns its numbers."""
    assert shell.session is not None
    workspace = shell.session.workspace
    found = list(workspace.customers.ids(CustomerListQuery()))[-_LAST:]
    numbers = fill_sales(workspace, [CustomerId(one) for one in found])
    _rest(shell, settle)
    return [int(one) for one in numbers]


def _dialog(shell: Shell) -> QDialog:
    return [one for one in shell.findChildren(QDialog) if one.isVisible()][-1]


def _rest(shell: Shell, settle: Settle) -> None:
    settle(lambda: not shell.operations.busy)
    shell.toasts.clear()
    settle(lambda: not shell.operations.busy)
