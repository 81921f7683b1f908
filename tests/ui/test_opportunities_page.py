"""Opportunities on the board: begun, moved by keys and by mouse, won and lost, and their stages."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle, type_text

from crm_desktop.domain.customers import CustomerDraft, CustomerId, Stage
from crm_desktop.domain.opportunities import OpportunityId
from crm_desktop.services.pipelines import Template
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.dialogs.new_opportunity import NewOpportunity
from crm_desktop.ui.dialogs.pipelines import PipelinesDialog
from crm_desktop.ui.dialogs.stage_needs import StageNeeds
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.opportunities import OpportunitiesPage
from crm_desktop.ui.palette import Palette
from crm_desktop.ui.shell import Shell

_ALT = Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_LEFT = Qt.MouseButton.LeftButton
_PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def workspace(page: CustomersPage) -> Workspace:
    return page.workspace


@pytest.fixture
def sales(shell: Shell, workspace: Workspace, qtbot: QtBot) -> OpportunitiesPage:
    """The page without a pipeline."""
    workspace.settings.set_home_country("PT")
    shell.show_page("opportunities")
    found = shell.page("opportunities")
    assert isinstance(found, OpportunitiesPage)
    settle(shell, qtbot)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow, timeout=TIMEOUT)
    return found


@pytest.fixture
def ana(workspace: Workspace) -> CustomerId:
    return workspace.customers.create(CustomerDraft("Ana Lopes"))


@pytest.fixture
def trip(
    sales: OpportunitiesPage, workspace: Workspace, ana: CustomerId, qtbot: QtBot
) -> OpportunityId:
    """One opportunity in the first stage of outbound travel; the keyboard is on its card."""
    workspace.pipelines.begin(Template.OUTBOUND_TRAVEL)
    made = workspace.opportunities.create("Azores in May", ana)
    qtbot.waitUntil(lambda: cards(sales)[:1] == [["Azores in May"]], timeout=TIMEOUT)
    settle(sales.host, qtbot)  # type: ignore[arg-type]
    sales.board.take_focus()
    qtbot.waitUntil(sales.board.columns[0].list.hasFocus, timeout=TIMEOUT)
    return made


def cards(sales: OpportunitiesPage) -> list[list[str]]:
    """The titles in each column."""
    return [[o.opportunity.title for o in c.cards.listed] for c in sales.board.columns]


def stage_of(workspace: Workspace, number: OpportunityId) -> str:
    return workspace.opportunities.get(number).stage.name


def key(qtbot: QtBot, pressed: Qt.Key, how: Qt.KeyboardModifier = _PLAIN) -> None:
    """Press a key where the keyboard is."""
    at = QApplication.focusWidget()
    assert at is not None
    qtbot.keyClick(at, pressed, how)


def dialog(shell: Shell, kind: type[QDialog], qtbot: QtBot) -> QDialog:
    """The sheet that is open."""

    def there() -> list[QDialog]:
        return [one for one in shell.findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: len(there()) == 1, timeout=TIMEOUT)
    return there()[0]


def undo(shell: Shell, qtbot: QtBot) -> None:
    settle(shell, qtbot)
    shell.commands.undo.trigger()
    settle(shell, qtbot)


def test_from_nothing_to_the_first_one_by_keys(
    sales: OpportunitiesPage, workspace: Workspace, shell: Shell, ana: CustomerId, qtbot: QtBot
) -> None:
    first = sales.starts[Template.SIMPLE_SALE]
    qtbot.waitUntil(first.hasFocus, timeout=TIMEOUT)
    key(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(sales.board.columns) == 5, timeout=TIMEOUT)
    settle(shell, qtbot)
    qtbot.keyClick(shell, Qt.Key.Key_N, _CONTROL)
    new = dialog(shell, NewOpportunity, qtbot)
    assert isinstance(new, NewOpportunity)
    # What is missing is told at its field; nothing that was typed goes.
    type_text(new.title, "冰岛 · 极光")
    qtbot.keyClick(new.title, Qt.Key.Key_Return)
    assert new.error.text() == "Say whose it is."
    new.customer.show_customer(ana, "Ana Lopes")
    type_text(new.amount, "about 900")
    qtbot.keyClick(new.amount, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "is no amount" in new.error.text(), timeout=TIMEOUT)
    new.amount.clear()
    type_text(new.amount, "2.400,50")
    qtbot.keyClick(new.amount, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cards(sales)[:1] == [["冰岛 · 极光"]], timeout=TIMEOUT)
    settle(shell, qtbot)
    # It is open at the right, and counts.
    qtbot.waitUntil(sales.panel.isVisible, timeout=TIMEOUT)
    assert sales.panel.customer.text() == "Ana Lopes"
    assert sales.count.text() == "1 open · €2,400.50, weighted €240.05"
    assert workspace.customers.get(ana).stage is Stage.PROSPECT


def test_moved_by_keys_and_taken_back(
    sales: OpportunitiesPage, workspace: Workspace, shell: Shell, trip: OpportunityId, qtbot: QtBot
) -> None:
    workspace.opportunities.update(trip, "owner", "Rita")
    first = sales.board.columns[0].cards
    qtbot.waitUntil(lambda: first.listed[0].opportunity.owner == "Rita", timeout=TIMEOUT)
    settle(shell, qtbot)
    key(qtbot, Qt.Key.Key_Right, _ALT)
    assert cards(sales)[:2] == [[], ["Azores in May"]]  # before the archive has it
    qtbot.waitUntil(lambda: stage_of(workspace, trip) == "Judged genuine", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert sales.board.columns[1].list.hasFocus()
    key(qtbot, Qt.Key.Key_Left, _ALT)
    qtbot.waitUntil(lambda: stage_of(workspace, trip) == "Enquiry", timeout=TIMEOUT)
    undo(shell, qtbot)
    qtbot.waitUntil(lambda: cards(sales)[1:2] == [["Azores in May"]], timeout=TIMEOUT)


def test_dropped_by_the_mouse(
    sales: OpportunitiesPage, workspace: Workspace, shell: Shell, trip: OpportunityId, qtbot: QtBot
) -> None:
    source, target = sales.board.columns[0], sales.board.columns[2]
    data: QMimeData = source.cards.mimeData([source.cards.index(0)])
    event = QDropEvent(QPointF(QPoint(40, 200)), Qt.DropAction.MoveAction, data, _LEFT, _PLAIN)
    target.list.dropEvent(event)
    assert cards(sales)[2] == ["Azores in May"]
    qtbot.waitUntil(lambda: stage_of(workspace, trip) == "Planning the itinerary", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert shell.toasts.current is not None
    shell.toasts.current.button.click()
    qtbot.waitUntil(lambda: stage_of(workspace, trip) == "Enquiry", timeout=TIMEOUT)
    settle(shell, qtbot)


def test_what_a_stage_wants_is_asked_before(
    sales: OpportunitiesPage, workspace: Workspace, shell: Shell, trip: OpportunityId, qtbot: QtBot
) -> None:
    deposit = sales.board.columns[4].cards.stage.id
    assert deposit is not None
    sales.move_to(trip, deposit)
    sheet = dialog(shell, StageNeeds, qtbot)
    assert isinstance(sheet, StageNeeds)
    assert list(sheet.fields) == ["amount", "closes_on"]
    type_text(sheet.fields["amount"], "1850")
    type_text(sheet.fields["closes_on"], "soonish")
    qtbot.keyClick(sheet.fields["closes_on"], Qt.Key.Key_Return)
    qtbot.waitUntil(sheet.error.isVisible, timeout=TIMEOUT)
    assert sheet.fields["closes_on"].hasFocus()
    assert stage_of(workspace, trip) == "Enquiry"
    sheet.fields["closes_on"].clear()
    type_text(sheet.fields["closes_on"], "2030-05-31")
    qtbot.keyClick(sheet.fields["closes_on"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cards(sales)[4] == ["Azores in May"], timeout=TIMEOUT)
    settle(shell, qtbot)
    one = workspace.opportunities.get(trip).opportunity
    assert (one.amount, one.closes_on) == (1_850_00, date(2030, 5, 31))
    undo(shell, qtbot)
    assert workspace.opportunities.get(trip).opportunity.amount is None


def test_esc_leaves_it_where_it_was(
    sales: OpportunitiesPage, workspace: Workspace, shell: Shell, trip: OpportunityId, qtbot: QtBot
) -> None:
    lost = sales.board.columns[-1].cards.stage.id
    assert lost is not None
    sales.move_to(trip, lost)
    sheet = dialog(shell, StageNeeds, qtbot)
    assert isinstance(sheet, StageNeeds)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    settle(shell, qtbot)
    assert cards(sales)[0] == ["Azores in May"]
    assert stage_of(workspace, trip) == "Enquiry"


def test_the_panel_edits_in_place(
    sales: OpportunitiesPage, workspace: Workspace, shell: Shell, trip: OpportunityId, qtbot: QtBot
) -> None:
    key(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(sales.panel.isVisible, timeout=TIMEOUT)
    settle(shell, qtbot)
    panel = sales.panel
    amount = panel.facts["amount"].edit
    amount.start()
    type_text(amount.edit, "-5")
    qtbot.keyClick(amount.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(amount.has_error, timeout=TIMEOUT)
    qtbot.keyClick(amount.edit, Qt.Key.Key_Escape)
    amount.start()
    amount.edit.clear()
    type_text(amount.edit, "64000 CNY")
    qtbot.keyClick(amount.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: workspace.opportunities.get(trip).opportunity.amount == 64_000_00, timeout=TIMEOUT
    )
    type_text(panel.line, "call about hotels in 2 days")
    qtbot.keyClick(panel.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.steps) == 1, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert panel.line.text() == ""
    [step] = panel.steps
    assert step.task.title == "call about hotels"
    assert sales.board.columns[0].cards.listed[0].next_step is not None
    # Done: nothing is next any more, and the card says so.
    qtbot.keyClick(step, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: panel.steps == [], timeout=TIMEOUT)
    settle(shell, qtbot)
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert sales.board.columns[0].list.hasFocus()


def test_another_one_keeps_what_was_typed_for_the_first(
    sales: OpportunitiesPage,
    workspace: Workspace,
    shell: Shell,
    ana: CustomerId,
    trip: OpportunityId,
    qtbot: QtBot,
) -> None:
    other = workspace.opportunities.create("Bali", ana)
    settle(shell, qtbot)
    sales._open(trip)
    settle(shell, qtbot)
    type_text(sales.panel.line, "ask for passports")
    sales.board.choose(other)
    qtbot.waitUntil(lambda: sales.panel.number == other, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert sales.panel.line.text() == ""
    assert [t.title for t in workspace.opportunities.get(trip).tasks] == ["ask for passports"]
    assert workspace.opportunities.get(other).tasks == []


def test_what_was_refused_waits_and_is_told(
    sales: OpportunitiesPage,
    workspace: Workspace,
    shell: Shell,
    ana: CustomerId,
    trip: OpportunityId,
    qtbot: QtBot,
) -> None:
    other = workspace.opportunities.create("Bali", ana)
    sales._open(trip)
    settle(shell, qtbot)
    amount = sales.panel.facts["amount"].edit
    amount.start()
    type_text(amount.edit, "much")
    qtbot.keyClick(amount.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(amount.has_error, timeout=TIMEOUT)
    sales.panel.line.setFocus()
    workspace.opportunities.update(trip, "source", "Phone")
    qtbot.waitUntil(lambda: sales.panel.facts["source"].edit.value() == "Phone", timeout=TIMEOUT)
    assert amount.has_error()
    assert amount.edit.text() == "much"
    sales._open(other)
    qtbot.waitUntil(lambda: sales.panel.number == other, timeout=TIMEOUT)
    assert shell.toasts.current is not None
    assert "“much” is not saved for Azores in May." in shell.toasts.current.accessibleName()
    shell.toasts.current.button.click()
    qtbot.waitUntil(lambda: sales.panel.number == trip, timeout=TIMEOUT)
    settle(shell, qtbot)


def test_enter_twice_begins_one(
    sales: OpportunitiesPage, workspace: Workspace, shell: Shell, ana: CustomerId, qtbot: QtBot
) -> None:
    workspace.pipelines.begin(Template.SIMPLE_SALE)
    qtbot.waitUntil(lambda: len(sales.board.columns) == 5, timeout=TIMEOUT)
    settle(shell, qtbot)
    sales.new()
    new = dialog(shell, NewOpportunity, qtbot)
    assert isinstance(new, NewOpportunity)
    new.customer.show_customer(ana, "Ana Lopes")
    type_text(new.title, "Bali")
    for _press in range(2):
        qtbot.keyClick(new.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sales.panel.number is not None, timeout=TIMEOUT)
    settle(shell, qtbot)
    type_text(sales.panel.line, "call")
    for _press in range(2):
        qtbot.keyClick(sales.panel.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(sales.panel.steps) == 1, timeout=TIMEOUT)
    settle(shell, qtbot)
    [(one, _stage)] = workspace.opportunities.of(ana)
    assert one.id is not None
    assert len(workspace.opportunities.get(one.id).tasks) == 1


def test_moved_from_the_panel_though_the_board_does_not_show_it(
    sales: OpportunitiesPage, workspace: Workspace, shell: Shell, trip: OpportunityId, qtbot: QtBot
) -> None:
    sales._open(trip)
    settle(shell, qtbot)
    type_text(sales.search, "nobody has this")
    qtbot.waitUntil(lambda: cards(sales)[0] == [], timeout=TIMEOUT)
    settle(shell, qtbot)

    def pick(name: str) -> None:
        menu = sales.panel.stage.menu  # made anew with each stage
        menu.triggered.emit(next(a for a in menu.actions() if a.text() == name))

    pick("Planning the itinerary")
    qtbot.waitUntil(lambda: stage_of(workspace, trip) == "Planning the itinerary", timeout=TIMEOUT)
    settle(shell, qtbot)
    qtbot.waitUntil(
        lambda: "Planning the itinerary" in sales.panel.stage.button.accessibleName(),
        timeout=TIMEOUT,
    )
    pick("Lost")
    sheet = dialog(shell, StageNeeds, qtbot)
    assert isinstance(sheet, StageNeeds)
    assert list(sheet.fields) == ["lost_reason"]
    sheet.done(0)


def test_deleted_and_back(
    sales: OpportunitiesPage, workspace: Workspace, shell: Shell, trip: OpportunityId, qtbot: QtBot
) -> None:
    key(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: cards(sales)[0] == [], timeout=TIMEOUT)
    settle(shell, qtbot)
    assert shell.toasts.current is not None
    shell.toasts.current.button.click()
    qtbot.waitUntil(lambda: cards(sales)[0] == ["Azores in May"], timeout=TIMEOUT)
    settle(shell, qtbot)


def test_search_owner_and_list(
    sales: OpportunitiesPage,
    workspace: Workspace,
    shell: Shell,
    ana: CustomerId,
    trip: OpportunityId,
    qtbot: QtBot,
) -> None:
    workspace.opportunities.create("Bali", ana, amount="900 EUR", owner="Rita")
    settle(shell, qtbot)
    qtbot.keyClick(shell, Qt.Key.Key_F, _CONTROL)
    assert sales.search.hasFocus()
    type_text(sales.search, "lopes azo")
    qtbot.waitUntil(lambda: cards(sales)[0] == ["Azores in May"], timeout=TIMEOUT)
    sales.search.clear()
    qtbot.waitUntil(lambda: len(cards(sales)[0]) == 2, timeout=TIMEOUT)
    settle(shell, qtbot)
    sales.activate()
    qtbot.waitUntil(lambda: sales.owner.findData("Rita") > 0, timeout=TIMEOUT)
    sales.owner.setCurrentIndex(sales.owner.findData("Rita"))
    sales.owner.activated.emit(sales.owner.currentIndex())
    qtbot.waitUntil(lambda: cards(sales)[0] == ["Bali"], timeout=TIMEOUT)
    settle(shell, qtbot)
    sales.owner.setCurrentIndex(0)
    sales.owner.activated.emit(0)
    qtbot.waitUntil(lambda: len(cards(sales)[0]) == 2, timeout=TIMEOUT)
    sales.kind._group.button(1).click()
    assert sales.table.isVisible()
    sales.table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    said = [
        sales.table.lines.data(sales.table.lines.index(line, 0))
        for line in range(sales.table.lines.rowCount())
    ]
    assert said == ["Bali", "Azores in May"]  # what has no amount stands last
    sales.table.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert sales.table.lines.data(sales.table.lines.index(0, 0)) == "Bali"
    settle(shell, qtbot)


def test_the_customer_is_a_click_away(
    sales: OpportunitiesPage, shell: Shell, trip: OpportunityId, ana: CustomerId, qtbot: QtBot
) -> None:
    sales._open(trip)
    settle(shell, qtbot)
    qtbot.mouseClick(sales.panel.customer, _LEFT)
    customers = shell.page("customers")
    assert isinstance(customers, CustomersPage)
    qtbot.waitUntil(
        lambda: (
            customers._panel is not None
            and customers.panel.customer is not None
            and customers.panel.customer.id == ana
        ),
        timeout=TIMEOUT,
    )
    settle(shell, qtbot)


def test_found_by_ctrl_k_and_on_the_file(
    page: CustomersPage,
    sales: OpportunitiesPage,
    shell: Shell,
    trip: OpportunityId,
    ana: CustomerId,
    qtbot: QtBot,
) -> None:
    shell.show_customer(ana)
    qtbot.waitUntil(
        lambda: page._panel is not None and page.panel.opportunities.titles == ["Azores in May"],
        timeout=TIMEOUT,
    )
    settle(shell, qtbot)
    qtbot.mouseClick(page.panel.opportunities.add, _LEFT)
    new = dialog(shell, NewOpportunity, qtbot)
    assert isinstance(new, NewOpportunity)
    new.activateWindow()
    qtbot.waitUntil(new.title.hasFocus, timeout=TIMEOUT)
    type_text(new.title, "Bali")
    qtbot.keyClick(new.title, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: page.panel.opportunities.titles == ["Bali", "Azores in May"], timeout=TIMEOUT
    )
    settle(shell, qtbot)
    shell.commands.palette.trigger()
    palette = shell.findChildren(Palette)[-1]
    type_text(palette.field, "lopes azo")
    qtbot.waitUntil(lambda: "Azores in May" in palette.choices(), timeout=TIMEOUT)
    settle(shell, qtbot)
    palette.list.setCurrentRow(palette.choices().index("Azores in May"))
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sales.panel.number == trip, timeout=TIMEOUT)
    qtbot.waitUntil(sales.panel.isVisible, timeout=TIMEOUT)
    settle(shell, qtbot)


def test_stages_are_edited_in_their_window(
    sales: OpportunitiesPage, workspace: Workspace, shell: Shell, trip: OpportunityId, qtbot: QtBot
) -> None:
    sales.edit_pipelines()
    sheet = dialog(shell, PipelinesDialog, qtbot)
    assert isinstance(sheet, PipelinesDialog)
    qtbot.waitUntil(lambda: len(sheet.rows) == 7, timeout=TIMEOUT)
    settle(shell, qtbot)
    type_text(sheet.new, "签证")
    qtbot.keyClick(sheet.new, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(sheet.rows) == 8, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert sheet.new.text() == ""
    assert [s.name for s in sheet.stages()][4:6] == ["Waiting for the deposit", "签证"]
    chance = sheet.rows[5].chance
    chance.start()
    chance.edit.clear()
    type_text(chance.edit, "120")
    qtbot.keyClick(chance.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(chance.has_error, timeout=TIMEOUT)
    qtbot.keyClick(chance.edit, Qt.Key.Key_Escape)
    # A stage in which something stands asks where that goes.
    sheet.rows[0]._remove()
    qtbot.waitUntil(sheet._question.isVisible, timeout=TIMEOUT)
    assert sheet.asked.text() == "1 opportunity stands in “Enquiry”. It goes to:"
    action = next(a for a in sheet._into_menu.actions() if a.text() == "Judged genuine")
    sheet._into_menu.triggered.emit(action)
    qtbot.waitUntil(lambda: len(sheet.stages()) == 7, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: stage_of(workspace, trip) == "Judged genuine", timeout=TIMEOUT)
    settle(shell, qtbot)
    sheet.accept()
    assert len(sales.board.columns) == 7


def test_thousands_stand_on_the_board(
    sales: OpportunitiesPage, workspace: Workspace, shell: Shell, trip: OpportunityId, qtbot: QtBot
) -> None:
    """More cards than are ever painted; the last one can be gone to."""
    one = workspace.opportunities.get(trip).opportunity
    from dataclasses import replace

    from crm_desktop.store.records import OPPORTUNITIES

    def fill(c: object) -> None:
        for number in range(600):
            OPPORTUNITIES.insert(c, replace(one, title=f"Trip {number}"))

    workspace.submit(lambda: workspace._archive.write("Fill", fill)).result()
    qtbot.waitUntil(lambda: len(cards(sales)[0]) == 601, timeout=TIMEOUT)
    settle(shell, qtbot)
    sales.board.columns[0].list.setFocus()
    key(qtbot, Qt.Key.Key_End)
    assert sales.board.columns[0].list.currentIndex().row() == 600
    settle(shell, qtbot)
