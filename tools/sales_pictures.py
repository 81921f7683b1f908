"""Pictures of what is being sold: the board, the list, one opportunity, its pipeline's stages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog
from sample_sales import fill_quotation, fill_sales

from crm_desktop.domain.customers import CustomerDraft, CustomerId, CustomerListQuery
from crm_desktop.domain.opportunities import BoardQuery, OpportunityId, PipelineId
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.models.quotation_lines import FIELDS
from crm_desktop.ui.pages.opportunities import OpportunitiesPage
from crm_desktop.ui.pages.quotation import QuotationPage
from crm_desktop.ui.shell import Shell

Settle = Callable[..., None]
_LAST = 20
PEOPLE = (
    *("Ana Lopes", "王秀英", "Escola de São Bento", "Rui Marques", "Zoë Müller"),
    *("Quinta do Vale, Lda.", "Alpenwerk GmbH", "Maria Ferreira", "Tiago Santos", "陈大文"),
)


def scenes(shell: Shell, settle: Settle) -> Iterator[tuple[str, Callable[[], QPixmap]]]:
    """Each of them with its name and how to take it; something to sell is made first."""
    page = shown(shell, settle)
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
    quotation = offered(shell, OpportunityId(numbers[4]), settle)
    yield "quotation", shell.grab
    quotation.go_back()
    _rest(shell, settle)


def guide_scenes(
    shell: Shell, folder: Path, settle: Settle
) -> Iterator[tuple[str, Callable[[], QPixmap]]]:
    """The guide's pictures, in a firm of its own."""
    archive = folder / "Viagens Aurora sales.crm"
    with Workspace.open(archive, create=True, data_dir=folder / "sales-data") as workspace:
        workspace.settings.set_home_country("PT")
        for name in PEOPLE:
            workspace.customers.create(CustomerDraft(name))
        workspace.close(backup=False)
    before = shell.session
    shell.open_archive(archive)
    settle(lambda: shell.session not in (None, before) and not shell.operations.busy)
    for name, take in scenes(shell, settle):
        if name in ("opportunities", "opportunity", "quotation"):
            page = shell.page("quotation" if name == "quotation" else "opportunities")
            box = QRect(page.mapTo(shell, QPoint(0, 0)), page.size())
            yield name, lambda box=box: shell.grab(box)  # type: ignore[misc]
        elif name == "pipelines":
            yield name, take


def shown(shell: Shell, settle: Settle) -> OpportunitiesPage:
    """The page, brought to the front."""
    shell.show_page("opportunities")
    page = shell.page("opportunities")
    assert isinstance(page, OpportunitiesPage)
    _rest(shell, settle)
    return page


def offered(shell: Shell, trip: OpportunityId, settle: Settle) -> QuotationPage:
    """A quotation for one of them, opened with the cursor on a price."""
    assert shell.session is not None
    shell.show_quotation(fill_quotation(shell.session.workspace, trip))
    page = shell.page("quotation")
    assert isinstance(page, QuotationPage)
    settle(lambda: page.whole is not None)
    _rest(shell, settle)
    page.lines.table.go_to(3, FIELDS.index("price"))
    _rest(shell, settle)
    return page


def filled(shell: Shell, settle: Settle) -> list[int]:
    """Fill the open archive with something to sell, once; returns its numbers."""
    assert shell.session is not None
    workspace = shell.session.workspace
    if known := workspace.pipelines.all():
        query = BoardQuery(known[0].pipeline.id or PipelineId(0))
        listed = workspace.opportunities.board(query).listed
        return sorted(int(one.opportunity.id or 0) for one in listed)
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
