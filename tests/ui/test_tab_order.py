"""Tab, Shift+Tab, Enter and Esc in every dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

import pytest
from dialog_kit import DIALOGS, opened
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from window_kit import TIMEOUT, settle, type_text

from crm_desktop.ui.dialogs.decide_quotation import AcceptQuotation, DeclineQuotation
from crm_desktop.ui.dialogs.document_details import DocumentDetails
from crm_desktop.ui.dialogs.document_preview import DocumentPreview
from crm_desktop.ui.dialogs.earlier_states import EarlierStates
from crm_desktop.ui.dialogs.give_up import GiveUp
from crm_desktop.ui.dialogs.hand_over import HandOverSheet
from crm_desktop.ui.dialogs.info import About, Confirm, Message, Report
from crm_desktop.ui.dialogs.list_columns import ListColumns
from crm_desktop.ui.dialogs.new_opportunity import NewOpportunity
from crm_desktop.ui.dialogs.new_quotation import NewQuotation
from crm_desktop.ui.dialogs.order_sheets import CancelOrder, NewOrder, NotePayment, TakeBack
from crm_desktop.ui.dialogs.origins import Origins
from crm_desktop.ui.dialogs.pipelines import PipelinesDialog
from crm_desktop.ui.dialogs.print_preview import PrintPreview
from crm_desktop.ui.dialogs.process_step import StepDetails
from crm_desktop.ui.dialogs.processes import ProcessesDialog
from crm_desktop.ui.dialogs.put_off import PutOff
from crm_desktop.ui.dialogs.rule_details import RuleDetails
from crm_desktop.ui.dialogs.sheet import Sheet
from crm_desktop.ui.dialogs.shortcuts import Shortcuts
from crm_desktop.ui.dialogs.stage_needs import StageNeeds
from crm_desktop.ui.dialogs.survey_sheets import AnswerSheet, AskSheet, TakeSheet
from crm_desktop.ui.dialogs.task_details import TaskDetails
from crm_desktop.ui.dialogs.value_history import ValueHistorySheet
from crm_desktop.ui.dialogs.view_details import ViewDetails
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.import_wizard.mapping_menu import NameSheet
from crm_desktop.ui.widgets.edit import LineEdit

DEFAULTS: dict[type[QDialog], list[str]] = {
    About: ["Close"],
    CancelOrder: ["Cancel the order"],
    AcceptQuotation: ["Accepted"],
    AnswerSheet: ["Save"],
    AskSheet: ["By e-mail"],
    Confirm: ["Restore"],
    DeclineQuotation: ["Declined"],
    DocumentDetails: ["Save"],
    DocumentPreview: [],
    EarlierStates: ["Restore this state"],
    GiveUp: ["Stay"],
    HandOverSheet: ["Hand over"],
    ListColumns: ["Close"],
    Message: ["Close"],
    NameSheet: ["Save"],
    NewOpportunity: ["Begin"],
    NewOrder: ["Begin"],
    NotePayment: ["Save"],
    NewQuotation: ["Begin"],
    Origins: ["Close"],
    PipelinesDialog: ["Done"],
    ProcessesDialog: ["Done"],
    PrintPreview: ["Print…"],
    PutOff: ["Put off"],
    Report: ["Close"],
    RuleDetails: ["Save"],
    Shortcuts: ["Close"],
    StageNeeds: ["Move there"],
    StepDetails: ["Save"],
    TakeBack: ["Take back"],
    TakeSheet: ["Take in"],
    TaskDetails: ["Save"],
    ValueHistorySheet: ["Close"],
    ViewDetails: ["Save"],
}
EACH = pytest.mark.parametrize("kind", [*DIALOGS], ids=lambda kind: kind.__name__)


def stops(dialog: QDialog) -> list[QWidget]:
    """What Tab has to come to."""
    return [
        part
        for part in dialog.findChildren(QWidget)
        if part.isVisible()
        and part.isEnabled()
        and part.window() is dialog
        and part.focusProxy() is None
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def walk(dialog: QDialog, qtbot: QtBot, key: Qt.Key) -> list[QWidget]:
    """Press a key until it comes back to where it began; from there on."""
    focus = QApplication.focusWidget()
    if focus is None or not dialog.isAncestorOf(focus):
        qtbot.keyClick(dialog, key)
        focus = QApplication.focusWidget()
    assert focus is not None
    walked = [focus]
    while len(walked) < 200:
        qtbot.keyClick(walked[-1], key)
        now = QApplication.focusWidget()
        assert now is not None
        assert dialog.isAncestorOf(now), f"{key} leaves {dialog} for {now}"
        if now is walked[0]:
            return walked
        walked.append(now)
    raise AssertionError(f"{key} never comes back to {walked[0]}")


def box(part: QWidget, dialog: QDialog) -> QRect:
    return QRect(part.mapTo(dialog, QPoint(0, 0)), part.size())


def is_before(one: QRect, other: QRect) -> bool:
    """Whether one is read first: above the other, or at its left in the same row."""
    shared = min(one.bottom(), other.bottom()) - max(one.top(), other.top())
    if shared > min(one.height(), other.height()) / 2:
        return one.left() < other.left()
    return one.top() < other.top()


def told(parts: Sequence[QWidget]) -> list[str]:
    return [f"{type(part).__name__} {part.accessibleName()!r}" for part in parts]


def known(kind: type[QDialog]) -> set[type[QDialog]]:
    below = {found for one in kind.__subclasses__() for found in known(one)}
    ours = kind.__module__.startswith("crm_desktop")
    return below or ({kind} if ours else set())


def test_no_dialog_is_left_out() -> None:
    assert known(QDialog) == set(DIALOGS)


@EACH
def test_tab_goes_through_it_as_it_is_read(
    page: CustomersPage, qtbot: QtBot, kind: type[QDialog]
) -> None:
    dialog = opened(page, qtbot, kind)
    forward = walk(dialog, qtbot, Qt.Key.Key_Tab)
    back = walk(dialog, qtbot, Qt.Key.Key_Backtab)
    wanted, boxes = stops(dialog), [box(part, dialog) for part in forward]
    dialog.done(0)
    assert sorted(told(forward)) == sorted(told(wanted))
    assert told(forward) == told([back[0], *reversed(back[1:])])
    # In one place it goes up again: from the last to the first.
    turns = [not is_before(one, other) for one, other in pairwise([*boxes, boxes[0]])]
    assert turns.count(True) == 1, told(forward)


def pressed(*buttons: QPushButton) -> list[str]:
    """The names of buttons as they are pressed; what they do otherwise is not done."""
    names: list[str] = []
    for made in buttons:
        made.clicked.disconnect()
        made.clicked.connect(partial(_note, names, made.text()))
    return names


def _note(names: list[str], name: str, *_checked: object) -> None:
    names.append(name)


def buttons_of(dialog: QDialog) -> list[QPushButton]:
    found = [part for part in stops(dialog) if isinstance(part, QPushButton)]
    pressable = (made for made in found if not made.isCheckable() and made.menu() is None)
    return [made for made in pressable if made.isEnabled()]


def takes_enter(part: QWidget) -> bool:
    return isinstance(part, LineEdit) and part.takes_enter


@EACH
def test_enter_presses_what_stands_out(
    page: CustomersPage, qtbot: QtBot, kind: type[QDialog]
) -> None:
    dialog = opened(page, qtbot, kind)
    default = [made for made in buttons_of(dialog) if made.isDefault()]
    assert [made.text() for made in default] == DEFAULTS[kind]
    names = pressed(*buttons_of(dialog))
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, Qt.Key.Key_Return)
    assert names == ([] if takes_enter(focus) else DEFAULTS[kind])
    for field in (part for part in stops(dialog) if isinstance(part, (QLineEdit, QComboBox))):
        names.clear()
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Return)
        wanted = [] if takes_enter(field) else DEFAULTS[kind]
        assert names == wanted, field.accessibleName()
    if default:
        for made in buttons_of(dialog):
            names.clear()
            made.setFocus()
            qtbot.keyClick(made, Qt.Key.Key_Return)
            assert names == [made.text()]
    dialog.done(0)


@EACH
def test_esc_closes_and_changes_nothing(
    page: CustomersPage, qtbot: QtBot, kind: type[QDialog]
) -> None:
    dialog = opened(page, qtbot, kind)
    before = page.workspace.history.can_undo()
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(dialog), timeout=TIMEOUT)
    settle(page._shell, qtbot)
    assert page.workspace.history.can_undo() == before


@pytest.mark.parametrize(
    "kind",
    [DeclineQuotation, DocumentDetails, HandOverSheet, NameSheet, PutOff, TaskDetails, ViewDetails],
    ids=lambda kind: kind.__name__,
)
@pytest.mark.parametrize("once_more", [True, False])
def test_esc_does_not_give_up_what_is_typed(
    page: CustomersPage, qtbot: QtBot, kind: type[Sheet], once_more: bool
) -> None:
    sheet = opened(page, qtbot, kind)
    field = [part for part in stops(sheet) if isinstance(part, QLineEdit)][-1]
    field.setFocus()
    field.selectAll()
    type_text(field, "31/12/2030")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    settle(page._shell, qtbot)
    assert sheet.isVisible()
    assert sheet.unsaved.isVisible()
    assert field.text() == "31/12/2030"
    if once_more:
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    else:
        sheet.close()  # the cross of the window
        assert not isValid(sheet) or not sheet.isVisible()
    qtbot.waitUntil(lambda: not isValid(sheet), timeout=TIMEOUT)


def test_after_the_warning_more_may_be_typed_and_cancel_means_it(
    page: CustomersPage, qtbot: QtBot
) -> None:
    sheet = opened(page, qtbot, TaskDetails)
    type_text(sheet.notes, "once")
    sheet.notes.setFocus()
    qtbot.keyClick(sheet.notes, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    type_text(sheet.notes, " and again")
    qtbot.keyClick(sheet.notes, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    cancel = next(made for made in buttons_of(sheet) if made.text() == "Cancel")
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not isValid(sheet), timeout=TIMEOUT)
    customer = page.panel.customer
    assert customer is not None
    assert [task.notes for task in page.workspace.tasks.of(customer.id)] == [""]


def test_enter_in_a_chosen_owner_saves_the_task_once(page: CustomersPage, qtbot: QtBot) -> None:
    sheet = opened(page, qtbot, TaskDetails)
    sheet.owner.setFocus()
    name = sheet.owner.lineEdit()
    assert name is not None
    type_text(name, "Rita")
    steps = len(page.workspace.history.steps())
    qtbot.keyClick(sheet.owner, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not isValid(sheet), timeout=TIMEOUT)
    settle(page._shell, qtbot)
    customer = page.panel.customer
    assert customer is not None
    assert [task.owner for task in page.workspace.tasks.of(customer.id)] == ["Rita"]
    assert len(page.workspace.history.steps()) == steps + 1


def test_a_view_may_be_pinned_after_its_name_was_given_up(
    page: CustomersPage, qtbot: QtBot
) -> None:
    sheet = opened(page, qtbot, ViewDetails)
    qtbot.keyClick(sheet.name, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(sheet), timeout=TIMEOUT)
    number = page.workspace.views.save(replace(page.views.present(), id=None, name="All of them"))
    views = page._shell.views
    assert views is not None
    qtbot.waitUntil(lambda: views.view(number) is not None, timeout=TIMEOUT)
    page.views.pin(number)
    settle(page._shell, qtbot)
    assert [view.pinned for view in page.workspace.views.all()] == [True]
