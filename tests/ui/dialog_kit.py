"""Every dialog of the program, opened as the user opens it, on a customer who has all it needs."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TypeVar

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle, type_text

from crm_desktop.domain.backups import CheckReport
from crm_desktop.domain.customers import ContactKind, CustomerDraft, CustomerId, Stage
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.opportunities import OpportunityId
from crm_desktop.domain.surveys import Said
from crm_desktop.services.pipelines import Template
from crm_desktop.services.survey_samples import Sample
from crm_desktop.services.surveys import SheetRow
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
from crm_desktop.ui.dialogs.shortcuts import Shortcuts
from crm_desktop.ui.dialogs.stage_needs import StageNeeds
from crm_desktop.ui.dialogs.survey_sheets import AnswerSheet, AskSheet, TakeSheet
from crm_desktop.ui.dialogs.task_details import TaskDetails
from crm_desktop.ui.dialogs.value_history import ValueHistorySheet
from crm_desktop.ui.dialogs.view_details import ViewDetails
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.import_page import ImportPage
from crm_desktop.ui.pages.import_wizard.mapping_menu import NameSheet
from crm_desktop.ui.pages.import_wizard.steps import Step
from crm_desktop.ui.pages.opportunities import OpportunitiesPage
from crm_desktop.ui.pages.orders import OrdersPage
from crm_desktop.ui.pages.quotation import QuotationPage

NAME = "Dora of the dialogs"
Kind = TypeVar("Kind", bound=QDialog)
Open = Callable[[CustomersPage, QtBot], None]


def fill(page: CustomersPage, qtbot: QtBot) -> CustomerId:
    """Show a customer with a task, a document of two versions and a past."""
    customers = page.workspace.customers
    customer = customers.create(CustomerDraft(NAME, stage=Stage.PROSPECT.value))
    customers.save_contact_point(customer, ContactKind.PHONE, "+351 912 345 678")
    customers.update(customer, "owner", "Rita")
    customers.update(customer, "birthday", "1980-02-01")
    customers.update(customer, "birthday", "1981-02-01")
    page.workspace.tasks.add("Call her", customer_id=customer)
    document = page.workspace.documents.add(customer, b"one", file_name="plan.txt")
    picture = io.BytesIO()
    Image.new("RGB", (80, 60), "red").save(picture, "PNG")
    page.workspace.documents.replace(document, picture.getvalue(), file_name="plan.png")
    page._shell.show_customer(customer)
    qtbot.waitUntil(
        lambda: page.panel.customer is not None and page.panel.customer.id == customer,
        timeout=TIMEOUT,
    )
    settle(page._shell, qtbot)
    return customer


def opened(page: CustomersPage, qtbot: QtBot, kind: type[Kind]) -> Kind:
    """Open a dialog and wait until it stands there, with all that it shows."""
    fill(page, qtbot)
    DIALOGS[kind](page, qtbot)

    def shown() -> list[Kind]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=TIMEOUT)
    [dialog] = shown()
    dialog.activateWindow()
    settle(page._shell, qtbot)
    qtbot.waitUntil(dialog.isActiveWindow, timeout=TIMEOUT)
    return dialog


def _about(page: CustomersPage, _qtbot: QtBot) -> None:
    page._shell.commands.about.trigger()


def _shortcuts(page: CustomersPage, _qtbot: QtBot) -> None:
    page._shell.commands.shortcuts.trigger()


def _report(page: CustomersPage, qtbot: QtBot) -> None:
    page._shell.show_failure("ValueError at line 1")
    qtbot.mouseClick(page._shell.banner.button, Qt.MouseButton.LeftButton)


def _message(page: CustomersPage, _qtbot: QtBot) -> None:
    page._shell.archives._checked(CheckReport(ok=True, messages=("The index was made anew.",)))


def _confirm(page: CustomersPage, _qtbot: QtBot) -> None:
    page._shell.archives.confirm_restore(page.workspace.path.with_name("copy.crm"))


def _give_up(page: CustomersPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.panel.tasks.add, Qt.MouseButton.LeftButton)
    type_text(page.panel.tasks.line, "half a task")
    page._shell.close()


def _hand_over(page: CustomersPage, _qtbot: QtBot) -> None:
    page._shell.commands.hand_over.trigger()


def _print_preview(page: CustomersPage, qtbot: QtBot) -> None:
    page._shell.commands.print_files.trigger()
    [preview] = page._shell.findChildren(PrintPreview)
    qtbot.waitUntil(lambda: preview.document is not None, timeout=TIMEOUT)


def _document_preview(page: CustomersPage, _qtbot: QtBot) -> None:
    page.panel.documents.preview(page.panel.documents.rows()[0].document)


def _document_details(page: CustomersPage, _qtbot: QtBot) -> None:
    page.panel.documents.ask_details(page.panel.documents.rows()[0].document)


def _task_details(page: CustomersPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.panel.tasks.rows()[0], Qt.Key.Key_Return)


def _put_off(page: CustomersPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.panel.tasks.rows()[0], Qt.Key.Key_D)


def _list_columns(page: CustomersPage, _qtbot: QtBot) -> None:
    page._shell.commands.columns.trigger()


def _view_details(page: CustomersPage, _qtbot: QtBot) -> None:
    page._shell.commands.save_view.trigger()


def _value_history(page: CustomersPage, _qtbot: QtBot) -> None:
    page.panel.past.show_value("birthday")


def _earlier_states(page: CustomersPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.panel.states, Qt.MouseButton.LeftButton)


def _origins(page: CustomersPage, qtbot: QtBot) -> None:
    page.panel.past.show_origins()


def _name_sheet(page: CustomersPage, qtbot: QtBot) -> None:
    path = page.workspace.path.with_name("clientes.csv")
    path.write_text("Nome;Telefone\nAna Silva;912345678\n", encoding="utf-8")
    page._shell.open_import([path])
    wizard = page._shell.page("import")
    assert isinstance(wizard, ImportPage)
    qtbot.waitUntil(lambda: wizard.step is Step.COLUMNS and not wizard.busy, timeout=TIMEOUT * 2)
    wizard.columns_step.mappings.ask_name()


def _sales(page: CustomersPage, qtbot: QtBot) -> tuple[OpportunitiesPage, OpportunityId]:
    """The board of outbound travel with something in its first stage."""
    workspace = page.workspace
    workspace.pipelines.begin(Template.OUTBOUND_TRAVEL)
    customer = workspace.customers.create(CustomerDraft("Ana of the board"))
    number = workspace.opportunities.create("Azores", customer)
    page._shell.show_page("opportunities")
    sales = page._shell.page("opportunities")
    assert isinstance(sales, OpportunitiesPage)
    qtbot.waitUntil(lambda: sales.board.listed(number) is not None, timeout=TIMEOUT)
    settle(page._shell, qtbot)
    return sales, number


def _new_opportunity(page: CustomersPage, qtbot: QtBot) -> None:
    _sales(page, qtbot)[0].new()


def _orders(page: CustomersPage, qtbot: QtBot) -> OrdersPage:
    """The page of orders with one that is agreed."""
    workspace, shell = page.workspace, page._shell
    customer = page.panel.customer
    assert customer is not None
    number = workspace.orders.create("Azores", customer.id)
    workspace.orders.add_free_line(number, "Hotel", "100")
    workspace.orders.agree(number)
    shell.show_order(number)
    orders = shell.page("orders")
    assert isinstance(orders, OrdersPage)
    qtbot.waitUntil(lambda: orders.panel.number == number, timeout=TIMEOUT)
    settle(shell, qtbot)
    return orders


def _new_order(page: CustomersPage, qtbot: QtBot) -> None:
    _orders(page, qtbot).new()


def _note_payment(page: CustomersPage, qtbot: QtBot) -> None:
    _orders(page, qtbot).panel.note_payment()


def _cancel_order(page: CustomersPage, qtbot: QtBot) -> None:
    _orders(page, qtbot).panel.ask_cancel()


def _take_back(page: CustomersPage, qtbot: QtBot) -> None:
    _orders(page, qtbot).panel.ask_back()


def _stage_needs(page: CustomersPage, qtbot: QtBot) -> None:
    sales, number = _sales(page, qtbot)
    stage = sales.board.columns[4].cards.stage.id
    assert stage is not None
    sales.move_to(number, stage)


def _pipelines(page: CustomersPage, qtbot: QtBot) -> None:
    _sales(page, qtbot)[0].edit_pipelines()


def _new_quotation(page: CustomersPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.panel.quotations.add, Qt.MouseButton.LeftButton)


def _issued(page: CustomersPage, qtbot: QtBot) -> QuotationPage:
    """A quotation with an option that is out, for something on the board."""
    _sales_page, trip = _sales(page, qtbot)
    workspace = page.workspace
    customer = workspace.opportunities.get(trip).opportunity.customer_id
    number = workspace.quotations.create("", customer, opportunity=trip)
    workspace.quotations.add_free_line(number, "Hotel", "100")
    workspace.quotations.add_free_line(number, "Car & driver", "50", kind=LineKind.OPTION)
    workspace.quotations.issue(number)
    page._shell.show_quotation(number)
    shown = page._shell.page("quotation")
    assert isinstance(shown, QuotationPage)
    qtbot.waitUntil(lambda: shown.whole is not None, timeout=TIMEOUT)
    settle(page._shell, qtbot)
    return shown


def _accept_quotation(page: CustomersPage, qtbot: QtBot) -> None:
    _issued(page, qtbot).accept_it()


def _decline_quotation(page: CustomersPage, qtbot: QtBot) -> None:
    _issued(page, qtbot).decline_it()


def _processes(page: CustomersPage, qtbot: QtBot) -> None:
    page.workspace.processes.begin(Template.OUTBOUND_TRAVEL)
    _orders(page, qtbot).panel.steps.processes_wanted.emit(None)
    [made] = page._shell.findChildren(ProcessesDialog)
    qtbot.waitUntil(lambda: bool(made.rows), timeout=TIMEOUT)


def _process_step(page: CustomersPage, qtbot: QtBot) -> None:
    number = page.workspace.processes.begin(Template.OUTBOUND_TRAVEL)
    StepDetails(page, page.workspace.processes.get(number).steps[1]).open()


def _ask_customer(page: CustomersPage, qtbot: QtBot) -> None:
    page.workspace.surveys.begin(Sample.JOURNEY, "en")
    page.panel.orders.ask.click()
    [made] = page._shell.findChildren(AskSheet)
    qtbot.waitUntil(made.mail.isEnabled, timeout=TIMEOUT)


def _answers(page: CustomersPage, _qtbot: QtBot) -> None:
    survey = page.workspace.surveys.begin(Sample.JOURNEY, "en")
    AnswerSheet(page, page.workspace.surveys.get(survey)).open()


def _sheet_of_answers(page: CustomersPage, _qtbot: QtBot) -> None:
    survey = page.workspace.surveys.begin(Sample.JOURNEY, "en")
    customer, question = page.panel.customer, page.workspace.surveys.get(survey).asked[0].id
    assert customer is not None
    assert question is not None
    said = SheetRow(2, NAME, (customer.id, NAME), None, {question: Said(4)})
    TakeSheet(page, survey, [said], "form.csv").open()


def _rule(page: CustomersPage, _qtbot: QtBot) -> None:
    RuleDetails(page, page.workspace.rules.all()[0], saved=lambda _step: None).open()


DIALOGS: dict[type[QDialog], Open] = {
    About: _about,
    CancelOrder: _cancel_order,
    AcceptQuotation: _accept_quotation,
    AnswerSheet: _answers,
    AskSheet: _ask_customer,
    Confirm: _confirm,
    DeclineQuotation: _decline_quotation,
    DocumentDetails: _document_details,
    DocumentPreview: _document_preview,
    EarlierStates: _earlier_states,
    GiveUp: _give_up,
    HandOverSheet: _hand_over,
    ListColumns: _list_columns,
    Message: _message,
    NameSheet: _name_sheet,
    NewOpportunity: _new_opportunity,
    NewOrder: _new_order,
    NotePayment: _note_payment,
    NewQuotation: _new_quotation,
    Origins: _origins,
    PipelinesDialog: _pipelines,
    ProcessesDialog: _processes,
    PrintPreview: _print_preview,
    PutOff: _put_off,
    Report: _report,
    RuleDetails: _rule,
    Shortcuts: _shortcuts,
    StageNeeds: _stage_needs,
    StepDetails: _process_step,
    TakeBack: _take_back,
    TakeSheet: _sheet_of_answers,
    TaskDetails: _task_details,
    ValueHistorySheet: _value_history,
    ViewDetails: _view_details,
}
