"""The customers' page: find, order, edit in place, delete, take back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sheet_files
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, choose, names, row_of, settle, type_text

from crm_desktop.domain.customers import CustomerListQuery, Stage
from crm_desktop.ui import format as say
from crm_desktop.ui.models.customers import PAGE
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.history import HistoryPage
from crm_desktop.ui.pages.new_customer import NewCustomerPanel
from crm_desktop.ui.pages.trash import TrashPage
from crm_desktop.ui.shell import Shell
from crm_desktop.ui.theme.tokens import DARK, LIGHT
from crm_desktop.ui.widgets.facts import ChoiceFact, TextFact
from crm_desktop.ui.widgets.own_values import WordFact
from crm_desktop.ui.widgets.reach import AddressFact


def text_fact(page: CustomersPage, start: str) -> TextFact:
    key = next(k for k in page.panel.facts.keys() if k.startswith(start))  # noqa: SIM118
    fact = page.panel.facts.row(key)
    assert isinstance(fact, TextFact)
    return fact


def retype(fact: TextFact, text: str) -> None:
    fact.edit.start()
    fact.edit.edit.clear()
    type_text(fact.edit.edit, text)


# Finding.


def test_the_list_shows_everybody_and_counts(page: CustomersPage) -> None:
    assert page.model.rowCount() == 10
    assert page.count.text() == "10 in this archive"
    assert "Anna Smith" in names(page)


def test_typing_filters_as_it_goes(page: CustomersPage, qtbot: QtBot) -> None:
    page.focus_search()
    qtbot.keyClicks(page.search, "conceicao")
    qtbot.waitUntil(lambda: names(page) == ["João da Conceição"], timeout=TIMEOUT)
    qtbot.waitUntil(lambda: page.count.text() == "1 found", timeout=TIMEOUT)
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.model.rowCount() == 10, timeout=TIMEOUT)


def test_any_script_is_found(page: CustomersPage, qtbot: QtBot) -> None:
    for typed, found in (("秀英", "王秀英"), ("عبد", "محمد عبد الله"), ("иван", "Иванов Сергей")):
        page.search.clear()
        type_text(page.search, typed)
        qtbot.waitUntil(lambda found=found: names(page) == [found], timeout=TIMEOUT)


def test_no_hit_says_so_and_offers_the_way_back(page: CustomersPage, qtbot: QtBot) -> None:
    page.search.setText("<b>nobody</b>")
    qtbot.waitUntil(
        lambda: page._body.no_hits is not None and page._body.no_hits.isVisible(), timeout=TIMEOUT
    )
    assert page._body.no_hits._title.text() == "Nothing found for “<b>nobody</b>”"
    page.clear_filters()
    qtbot.waitUntil(lambda: page._body.currentWidget() is page.table, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: page.model.rowCount() == 10, timeout=TIMEOUT)


def test_stages_filter(page: CustomersPage, qtbot: QtBot) -> None:
    chip = page.chips._group.button(3)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: (
            page.model.whole
            and page.model.rowCount() == 2
            and all(page.model.row_data(r).stage == Stage.CUSTOMER for r in range(2))
        ),
        timeout=TIMEOUT,
    )


def test_a_click_on_a_head_sorts_and_turns_round(page: CustomersPage, qtbot: QtBot) -> None:
    head = page.table.horizontalHeader()

    def click(column: str) -> None:
        x = head.sectionViewportPosition(page.model.section(column)) + 20
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 12))

    first = names(page)
    click("name")
    settle(page._shell, qtbot)
    assert names(page) == first
    click("name")
    qtbot.waitUntil(lambda: names(page) == first[::-1], timeout=TIMEOUT)
    click("name")
    qtbot.waitUntil(lambda: names(page) == first, timeout=TIMEOUT)


def test_columns_are_hidden_and_remembered(page: CustomersPage, shell: Shell) -> None:
    page.table.switch_column("city")
    assert page.model.section("city") < 0
    assert "city" not in shell.preferences.text("customers/columns")
    page.table.switch_column("city")
    assert page.model.columns[-1] == "city"


def test_a_long_list_is_read_by_windows(
    open_archive: Callable[[Path], CustomersPage],
    make_archive: Callable[[int], Path],
    qtbot: QtBot,
) -> None:
    count = 6 * PAGE + 7
    page = open_archive(make_archive(count))
    assert page.model.rowCount() == count
    last = count - 1
    page.table.scrollTo(page.model.index(last, 0))
    qtbot.waitUntil(lambda: page.model.row_data(last) is not None, timeout=TIMEOUT)
    resets: list[bool] = []
    page.model.modelReset.connect(lambda: resets.append(True))
    page.search.setText("Customer 00037")
    # Its own name first; the others have these figures in their numbers.
    qtbot.waitUntil(
        lambda: page.model.rowCount() == 11 and names(page)[0] == "Customer 00037",
        timeout=TIMEOUT,
    )
    page.search.clear()
    qtbot.waitUntil(lambda: page.model.rowCount() == count, timeout=TIMEOUT)
    assert resets == []
    page.table.selectAll()
    assert len(page.table.selected_ids()) == count


def test_rows_are_painted_whole(page: CustomersPage, shell: Shell, qtbot: QtBot) -> None:
    table = page.table

    def at_the_right_of(row: int) -> str:
        """The colour of a row's ground, right of what its last column says."""
        image = table.viewport().grab().toImage()
        ratio = image.devicePixelRatio()
        x, y = table.viewport().width() - 4, table.rowViewportPosition(row) + 6
        return image.pixelColor(round(x * ratio), round(y * ratio)).name().upper()

    for tokens, theme in ((LIGHT, "light"), (DARK, "dark")):
        shell.choose_theme(theme)
        table.choose_row(2)
        table.hovered = 4
        grounds = [at_the_right_of(row) for row in range(6)]
        rest = tokens.card.upper()
        chosen, hovered = tokens.accent_soft.upper(), tokens.hover.upper()
        assert grounds == [rest, rest, chosen, rest, hovered, rest]
    # The rows cover their ground, so that nothing below them is painted for them.
    assert table.viewport().testAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    shell.choose_theme("light")
    settle(shell, qtbot)


def test_a_name_too_long_ends_in_dots_and_is_whole_for_screen_readers(
    page: CustomersPage, qtbot: QtBot
) -> None:
    from crm_desktop.ui.theme import TYPE
    from crm_desktop.ui.widgets.customer_rows import _shape

    name = "Sociedade de Transportes e Turismo do Alto Alentejo"
    fitted = _shape(name, TYPE.body, True, 120)
    assert fitted.width <= 120
    assert fitted.text.text().endswith("…")
    assert _shape("王", TYPE.body, True, 120).text.text() == "王"
    customer = page.model.id_at(0)
    assert customer is not None
    customers = page.workspace.customers
    page.workspace.submit(lambda: customers.update(customer, "name", name)).result()
    qtbot.waitUntil(lambda: name in names(page), timeout=TIMEOUT)
    said = page.model.index(row_of(page, name), 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith(name)


# The chosen one.


def test_choosing_shows_the_panel_and_esc_sends_it_away(page: CustomersPage, qtbot: QtBot) -> None:
    assert page.side.isHidden()
    choose(page, "João da Conceição", qtbot)
    assert page.panel.name.edit.text() == "João da Conceição"
    assert page.panel.organisation.edit.text() == "Lisboa Têxteis, Lda."
    assert text_fact(page, "phone:").edit.edit.text() == "+351 912 345 678"
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert page.side.isHidden()


def test_coming_to_the_list_chooses_nobody_unless_by_tab(page: CustomersPage, qtbot: QtBot) -> None:
    def come(reason: Qt.FocusReason) -> None:
        QApplication.sendEvent(page.table, QFocusEvent(QEvent.Type.FocusIn, reason))
        settle(page._shell, qtbot)

    come(Qt.FocusReason.OtherFocusReason)
    assert page.table.current_id() is None
    assert page.side.isHidden()
    come(Qt.FocusReason.TabFocusReason)
    assert page.table.current_id() == page.model.id_at(0)
    assert page.table.selected_ids() == [page.model.id_at(0)]
    qtbot.waitUntil(page.side.isVisible, timeout=TIMEOUT)


def test_f2_edits_the_name_in_place(page: CustomersPage, qtbot: QtBot) -> None:
    customer = choose(page, "Anna Smith", qtbot)
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    edit = page.panel.name.edit
    assert edit.selectedText() == "Anna Smith"
    type_text(edit, "Ana Méndez")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    get = page.workspace.customers.get
    qtbot.waitUntil(lambda: get(customer).name == "Ana Méndez", timeout=TIMEOUT)
    qtbot.waitUntil(lambda: "Ana Méndez" in names(page), timeout=TIMEOUT)


def test_esc_takes_back_what_is_typed(page: CustomersPage, qtbot: QtBot) -> None:
    choose(page, "Anna Smith", qtbot)
    page.panel.rename()
    type_text(page.panel.name.edit, "Nobody")
    qtbot.keyClick(page.panel.name.edit, Qt.Key.Key_Escape)
    assert page.panel.name.edit.text() == "Anna Smith"
    settle(page._shell, qtbot)
    assert "Anna Smith" in names(page)


def test_a_name_cannot_be_empty_and_the_field_says_so(page: CustomersPage, qtbot: QtBot) -> None:
    choose(page, "Anna Smith", qtbot)
    page.panel.rename()
    page.panel.name.edit.clear()
    qtbot.keyClick(page.panel.name.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.panel.name._error is not None, timeout=TIMEOUT)
    assert page.panel.name._error.text() == "A customer needs a name."
    qtbot.keyClick(page.panel.name.edit, Qt.Key.Key_Escape)
    assert page.panel.name._error.isHidden()


def test_contact_points_are_changed_added_and_taken_away(page: CustomersPage, qtbot: QtBot) -> None:
    customer = choose(page, "Anna Smith", qtbot)
    get = page.workspace.customers.get
    fact = text_fact(page, "phone:")
    retype(fact, "+44 20 7946 0958")
    page.panel.notes.setFocus()  # leaving saves
    qtbot.waitUntil(lambda: get(customer).phones[0].value == "+442079460958", timeout=TIMEOUT)
    assert get(customer).phones[0].label == "mobile"
    settle(page._shell, qtbot)

    page.panel.facts.ask_for("phone:new")
    qtbot.waitUntil(
        lambda: (
            QApplication.focusWidget() is text_fact(page, "phone:new").edit.edit
            or shell_focus(page) is text_fact(page, "phone:new").edit.edit
        ),
        timeout=TIMEOUT,
    )
    type_text(text_fact(page, "phone:new").edit.edit, "+351 210 000 000")
    qtbot.keyClick(text_fact(page, "phone:new").edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(get(customer).phones) == 2, timeout=TIMEOUT)
    qtbot.waitUntil(
        lambda: sum(k.startswith("phone:") for k in page.panel.facts.keys()) == 2,  # noqa: SIM118
        timeout=TIMEOUT,
    )

    mail = text_fact(page, "email:")
    retype(mail, "no address")
    qtbot.keyClick(mail.edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: mail.edit._error is not None, timeout=TIMEOUT)
    assert "no address" in mail.edit._error.text()
    mail.edit.edit.clear()
    qtbot.keyClick(mail.edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: get(customer).emails == (), timeout=TIMEOUT)
    qtbot.waitUntil(lambda: "email:new" in page.panel.facts.keys(), timeout=TIMEOUT)  # noqa: SIM118


def test_a_number_gets_its_label_from_the_fields_menu(page: CustomersPage, qtbot: QtBot) -> None:
    customer = choose(page, "Anna Smith", qtbot)
    fact = text_fact(page, "phone:")
    assert fact.name.full_text() == "Mobile"
    work = next(a for a in fact.marks.menu().actions() if a.data() == "work")
    work.trigger()
    get = page.workspace.customers.get
    qtbot.waitUntil(lambda: get(customer).phones[0].label == "work", timeout=TIMEOUT)
    qtbot.waitUntil(lambda: fact.name.full_text() == "Work", timeout=TIMEOUT)


def test_a_field_of_ones_own_is_added(page: CustomersPage, qtbot: QtBot) -> None:
    customer = choose(page, "Anna Smith", qtbot)
    facts = page.panel.facts
    next(a for a in facts.adders.menu().actions() if a.data() == "own").trigger()
    qtbot.waitUntil(facts.adders.new_field.isVisible, timeout=TIMEOUT)
    type_text(facts.adders.new_field.name, "尺码")
    qtbot.keyClick(facts.adders.new_field.name, Qt.Key.Key_Return)
    type_text(facts.adders.new_field.value, "XL")
    qtbot.keyClick(facts.adders.new_field.value, Qt.Key.Key_Return)
    get = page.workspace.customers.get
    qtbot.waitUntil(lambda: get(customer).custom == {"尺码": "XL"}, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: "custom:尺码" in facts.keys(), timeout=TIMEOUT)  # noqa: SIM118
    assert facts.adders.new_field.isHidden()

    next(a for a in facts.adders.menu().actions() if a.data() == "own").trigger()
    qtbot.waitUntil(facts.adders.new_field.isVisible, timeout=TIMEOUT)
    qtbot.keyClick(facts.adders.new_field.name, Qt.Key.Key_Escape)
    assert facts.adders.new_field.isHidden()


def test_a_field_reads_and_takes_values_by_its_kind(
    page: CustomersPage, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = [["Nome", "E-mail", "Inscrito em", "Newsletter"]]
    for n, day in enumerate(("5/3/2019", "17/4/2020", "1/12/2021")):
        rows.append([f"Rui Costa {n}", f"rui{n}@example.org", day, ("Sim", "Não")[n % 2]])
    sheet_files.write_xlsx(tmp_path / "clientes.xlsx", {"Folha1": rows})
    page.workspace.imports.import_files([tmp_path / "clientes.xlsx"])
    qtbot.waitUntil(lambda: "Rui Costa 0" in names(page), timeout=TIMEOUT)
    customer = choose(page, "Rui Costa 0", qtbot)
    since, letter = text_fact(page, "custom:Inscrito em"), page.panel.facts.row("custom:Newsletter")
    assert isinstance(letter, WordFact)
    qtbot.waitUntil(lambda: since.edit.edit.text() == "5 Mar 2019", timeout=TIMEOUT)
    assert letter.button.text() == "Yes"
    next(a for a in letter.button.menu().actions() if a.data() == "no").trigger()
    get = page.workspace.customers.get
    qtbot.waitUntil(lambda: get(customer).custom["Newsletter"] == "no", timeout=TIMEOUT)
    # As birthdays: what is edited is the day as the archive keeps it.
    since.edit.start()
    assert since.edit.edit.text() == "2019-03-05"
    retype(since, "June 6, 2018")
    qtbot.keyClick(since.edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: get(customer).custom["Inscrito em"] == "2018-06-06", timeout=TIMEOUT)
    qtbot.waitUntil(lambda: since.edit.edit.text() == "2018-06-06", timeout=TIMEOUT)
    letter.button.setFocus()
    assert since.edit.edit.text() == "6 Jun 2018"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+351912345678", "+351 912 345 678"),
        ("+8613800138000", "+86 138 0013 8000"),
        ("+14155550132", "+1 415 555 0132"),
        ("+85212345678", "+852 1234 5678"),
        ("912 345", "912 345"),
        ("", ""),
    ],
)
def test_numbers_read_in_groups(stored: str, shown: str) -> None:
    assert say.phone(stored) == say.in_groups(stored) == shown


def test_the_list_writes_numbers_as_at_home(page: CustomersPage, qtbot: QtBot) -> None:
    def shown(name: str) -> str:
        return str(page.model.index(row_of(page, name), page.model.section("phone")).data())

    settings = page.workspace.settings
    WriteOp(page, lambda: settings.set_home_country("PT")).run()
    qtbot.waitUntil(lambda: shown("João da Conceição") == "912 345 678", timeout=TIMEOUT)
    assert shown("Anna Smith") == "+44 113 496 0000"
    WriteOp(page, lambda: settings.set_home_country("GB")).run()
    qtbot.waitUntil(lambda: shown("Anna Smith") == "0113 496 0000", timeout=TIMEOUT)
    assert shown("João da Conceição") == "+351 912 345 678"


def shell_focus(page: CustomersPage) -> object:
    return page._shell.focusWidget()


def test_stage_kind_tags_birthday_and_notes(page: CustomersPage, qtbot: QtBot) -> None:
    customer = choose(page, "Anna Smith", qtbot)
    get = page.workspace.customers.get
    stage = page.panel.facts.row("stage")
    assert isinstance(stage, ChoiceFact)
    former = next(a for a in stage._menu.actions() if a.data() == Stage.FORMER.value)
    former.trigger()
    qtbot.waitUntil(lambda: get(customer).stage is Stage.FORMER, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: stage.button.text() == "Former", timeout=TIMEOUT)

    tags = text_fact(page, "tags")
    retype(tags, "vip, 老客户，agency,")
    qtbot.keyClick(tags.edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: set(get(customer).tags) == {"vip", "老客户", "agency"}, timeout=TIMEOUT)

    birthday = text_fact(page, "birthday")
    retype(birthday, "yesterday-ish")
    qtbot.keyClick(birthday.edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: birthday.edit._error is not None, timeout=TIMEOUT)
    retype(birthday, "1980-05-31")
    qtbot.keyClick(birthday.edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: get(customer).birthday == "1980-05-31", timeout=TIMEOUT)
    page.panel.notes.setFocus()
    qtbot.waitUntil(lambda: "1980" in birthday.edit.edit.text(), timeout=TIMEOUT)

    page.panel.notes.setPlainText("prefers the window\nseat")
    page.table.setFocus()
    qtbot.waitUntil(lambda: get(customer).notes == "prefers the window\nseat", timeout=TIMEOUT)


def test_an_address_opens_into_its_parts(page: CustomersPage, qtbot: QtBot) -> None:
    customer = choose(page, "Anna Smith", qtbot)
    key = next(k for k in page.panel.facts.keys() if k.startswith("address:"))  # noqa: SIM118
    fact = page.panel.facts.row(key)
    assert isinstance(fact, AddressFact)
    qtbot.mouseClick(fact.line, Qt.MouseButton.LeftButton)
    type_text(fact._fields["street"], "1 Park Row")
    qtbot.keyClick(fact._fields["street"], Qt.Key.Key_Return)
    get = page.workspace.customers.get
    qtbot.waitUntil(lambda: get(customer).addresses[0].street == "1 Park Row", timeout=TIMEOUT)
    assert get(customer).addresses[0].city == "Leeds"
    qtbot.waitUntil(lambda: fact._text.text() == "1 Park Row\nLeeds", timeout=TIMEOUT)


def test_the_timeline_takes_an_entry(page: CustomersPage, qtbot: QtBot) -> None:
    choose(page, "Anna Smith", qtbot)
    timeline = page.panel.timeline
    assert [e.kind for e in timeline.events()] == ["created"]
    qtbot.mouseClick(page.panel.note, Qt.MouseButton.LeftButton)
    qtbot.keyClick(timeline.composer.field, Qt.Key.Key_Return)
    qtbot.waitUntil(timeline.composer._error.isVisible, timeout=TIMEOUT)
    type_text(timeline.composer.field, "想要靠窗的座位")
    qtbot.keyClick(timeline.composer.field, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: [e.kind for e in timeline.events()] == ["note", "created"],
        timeout=TIMEOUT,
    )
    assert not timeline.composer.isVisible()


def test_call_and_mail_go_to_the_system(page: CustomersPage, qtbot: QtBot, urls: list[str]) -> None:
    choose(page, "João da Conceição", qtbot)
    qtbot.mouseClick(page.panel.call, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.panel.mail, Qt.MouseButton.LeftButton)
    assert urls == ["tel:+351912345678", "mailto:joao@example.pt"]
    assert QGuiApplication.clipboard().text() == "+351912345678"


# New, trash, history.


def test_a_new_customer_in_one_step(page: CustomersPage, shell: Shell, qtbot: QtBot) -> None:
    shell.commands.new_customer.trigger()
    made = page._new_panel
    assert isinstance(made, NewCustomerPanel)
    qtbot.keyClick(made.name, Qt.Key.Key_Return)
    qtbot.waitUntil(made._errors["name"].isVisible, timeout=TIMEOUT)
    type_text(made.name, "林小明")
    type_text(made.phone, "+886 912 345 678")
    type_text(made.organisation, "永盛實業")
    qtbot.keyClick(made.email, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: page.panel.customer is not None and page.panel.customer.name == "林小明",
        timeout=TIMEOUT,
    )
    assert page.side.currentWidget() is page.panel
    qtbot.waitUntil(lambda: "林小明" in names(page), timeout=TIMEOUT)
    toast = shell.toasts.current
    assert toast is not None
    assert toast.button is not None
    toast.button.click()
    qtbot.waitUntil(
        lambda: page.model.whole and page.model.rowCount() == 10 and "林小明" not in names(page),
        timeout=TIMEOUT,
    )


def test_delete_goes_to_the_trash_and_undo_brings_back(
    page: CustomersPage, shell: Shell, qtbot: QtBot
) -> None:
    choose(page, "Anna Smith", qtbot)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.model.rowCount() == 9, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: shell.toasts.current is not None, timeout=TIMEOUT)
    assert shell.toasts.current.message.text() == "1 customer moved to the trash"
    shell.focus_page()  # F6 reaches the offer
    assert shell.toasts.current.button.hasFocus() or shell.focusWidget() is (
        shell.toasts.current.button
    )
    qtbot.keyClick(shell.toasts.current.button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.model.rowCount() == 10, timeout=TIMEOUT)


def test_the_trash_is_emptied_once_it_was_asked(
    page: CustomersPage, shell: Shell, qtbot: QtBot
) -> None:
    before = page.workspace.customers.count(CustomerListQuery())
    page.workspace.customers.delete(page.workspace.customers.ids(CustomerListQuery())[:3].tolist())
    shell.show_page("trash")
    trash = shell.current_page()
    assert isinstance(trash, TrashPage)
    qtbot.waitUntil(lambda: trash.model.rowCount() == 3, timeout=TIMEOUT)

    trash.table.choose_row(0)
    qtbot.keyClick(trash.table, Qt.Key.Key_Delete)
    assert trash.question.isVisible()
    assert trash.no.hasFocus()
    qtbot.keyClick(trash.no, Qt.Key.Key_Escape)
    assert not trash.question.isVisible()
    qtbot.keyClick(trash.table, Qt.Key.Key_Delete)
    qtbot.mouseClick(trash.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: trash.model.rowCount() == 2, timeout=TIMEOUT)

    qtbot.mouseClick(trash.empty_button, Qt.MouseButton.LeftButton)
    assert trash.question.text.text().startswith("2 customers")
    qtbot.mouseClick(trash.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: trash.model.rowCount() == 0, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert not trash.empty_button.isEnabled()
    assert page.workspace.customers.count(CustomerListQuery()) == before - 3


def test_the_trash_gives_back(page: CustomersPage, shell: Shell, qtbot: QtBot) -> None:
    page.table.choose_row(row_of(page, "Zoë Müller"))
    page.delete_selected()
    qtbot.waitUntil(lambda: page.model.rowCount() == 9, timeout=TIMEOUT)
    shell.show_page("trash")
    trash = shell.current_page()
    assert isinstance(trash, TrashPage)
    qtbot.waitUntil(lambda: trash.model.rowCount() == 1, timeout=TIMEOUT)
    gone = trash.model.row_data(0)
    assert gone is not None
    assert (gone.city, gone.phone) == ("München", "+4989123456")
    trash.table.choose_row(0)
    trash.restore.click()
    qtbot.waitUntil(lambda: trash.model.rowCount() == 0, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: page.model.rowCount() == 10, timeout=TIMEOUT)


def test_the_history_takes_any_step_back(page: CustomersPage, shell: Shell, qtbot: QtBot) -> None:
    page.table.choose_row(row_of(page, "Zoë Müller"))
    page.delete_selected()
    qtbot.waitUntil(lambda: page.model.rowCount() == 9, timeout=TIMEOUT)
    shell.show_page("history")
    history = shell.current_page()
    assert isinstance(history, HistoryPage)
    from PySide6.QtWidgets import QPushButton

    def offers() -> list[QPushButton]:
        return [
            b
            for b in history.findChildren(QPushButton)
            if b.accessibleName() == "Take back Delete 1 customer" and b.isEnabled()
        ]

    qtbot.waitUntil(lambda: bool(offers()), timeout=TIMEOUT)
    offers()[0].click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 10, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: not offers(), timeout=TIMEOUT)


def test_cells_pasted_on_the_list_become_a_file_to_import() -> None:
    from PySide6.QtCore import QMimeData

    from crm_desktop.ui.pasting import pasted_cells

    data = QMimeData()
    data.setText("Nome\tTelefone\nJoão\t912 345 678\n")
    path = pasted_cells(data)
    assert path is not None
    assert "João\t912" in path.read_text(encoding="utf-8-sig")
    data.setText("just a sentence")
    assert pasted_cells(data) is None
