"""The customer's file through the real window: facts, ways to reach, relations, cases, promises."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, choose, settle, type_text

from crm_desktop.domain.cases import CaseStatus
from crm_desktop.domain.customers import Address, ContactKind, Customer, CustomerDraft, CustomerId
from crm_desktop.domain.promises import Side
from crm_desktop.ui.pages.customer_facts import Facts
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.settings import SettingsPage
from crm_desktop.ui.widgets.edit import InlineNotes
from crm_desktop.ui.widgets.facts import ChoiceFact, TextFact, WidgetFact
from crm_desktop.ui.widgets.reach import AddressFact, PointFact
from crm_desktop.ui.widgets.related import RelatedFact
from crm_desktop.ui.widgets.stars import Stars
from crm_desktop.ui.widgets.tags import TagsFact


@pytest.fixture
def anna(page: CustomersPage, qtbot: QtBot) -> CustomerId:
    """A customer in Leeds, chosen; the firm is in Portugal."""
    page.workspace.settings.set_home_country("PT")
    customer = choose(page, "Anna Smith", qtbot)
    settle(page._shell, qtbot)
    return customer


def stored(page: CustomersPage, customer: CustomerId) -> Customer:
    return page.workspace.customers.get(customer)


def pick(menu: QMenu, data: object) -> None:
    """Choose an entry of a menu, or of one below it, by its data."""
    listed: list[QAction] = []
    for action in menu.actions():
        below = action.menu()
        listed += below.actions() if isinstance(below, QMenu) else [action]
    next(action for action in listed if action.data() == data).trigger()


def press_toast(page: CustomersPage) -> None:
    """Press the button of the toast that stands."""
    toast = page._shell.toasts.current
    assert toast is not None
    toast.button.click()


def retype(fact: TextFact, text: str, qtbot: QtBot) -> None:
    fact.edit.start()
    fact.edit.edit.clear()
    type_text(fact.edit.edit, text)
    qtbot.keyClick(fact.edit.edit, Qt.Key.Key_Return)


def key_of(facts: Facts, start: str) -> str:
    return next(key for key in facts.keys() if key.startswith(start))  # noqa: SIM118


def point(facts: Facts, start: str) -> PointFact:
    fact = facts.row(key_of(facts, start))
    assert isinstance(fact, PointFact)
    return fact


def offered(fact: PointFact | AddressFact, data: str) -> QAction:
    menu = fact.marks.menu()
    return next(a for a in menu.actions() if a.data() == data)


# Facts.


def test_facts_that_say_nothing_are_hidden_until_asked_for(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    facts = page.panel.facts
    assert not {"title", "owner", "rating", "preferences"} & set(facts.keys())
    for key, text in (("title", "Dr."), ("owner", "Rita"), ("source", "Trade fair")):
        pick(facts.adders.menu(), key)
        fact = facts.row(key)
        assert isinstance(fact, TextFact)
        qtbot.waitUntil(fact.edit.edit.hasFocus, timeout=TIMEOUT)
        type_text(fact.edit.edit, text)
        qtbot.keyClick(fact.edit.edit, Qt.Key.Key_Return)
        qtbot.waitUntil(
            lambda key=key, text=text: getattr(stored(page, anna).facts, key) == text,
            timeout=TIMEOUT,
        )
    settle(page._shell, qtbot)
    page.workspace.history.undo()
    qtbot.waitUntil(lambda: stored(page, anna).facts.source == "", timeout=TIMEOUT)


def test_stars_by_key_and_by_mouse(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    facts = page.panel.facts
    pick(facts.adders.menu(), "rating")
    fact = facts.row("rating")
    assert isinstance(fact, WidgetFact)
    stars = fact.widget
    assert isinstance(stars, Stars)
    qtbot.waitUntil(stars.hasFocus, timeout=TIMEOUT)
    qtbot.keyClick(stars, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: stored(page, anna).facts.rating == 4, timeout=TIMEOUT)
    qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=QPoint(15, 12))
    qtbot.waitUntil(lambda: stored(page, anna).facts.rating == 1, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: stars.accessibleName() == "Rating: 1 star", timeout=TIMEOUT)
    qtbot.keyClick(stars, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: stored(page, anna).facts.rating == 0, timeout=TIMEOUT)


def test_preferences_have_lines_and_language_is_chosen(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    facts = page.panel.facts
    pick(facts.adders.menu(), "preferences")
    fact = facts.row("preferences")
    assert isinstance(fact, WidgetFact)
    notes = fact.widget
    assert isinstance(notes, InlineNotes)
    notes.setPlainText("window seat\nno peanuts")
    qtbot.keyClick(notes, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(
        lambda: stored(page, anna).facts.preferences == "window seat\nno peanuts", timeout=TIMEOUT
    )
    pick(facts.adders.menu(), "language")
    language = facts.row("language")
    assert isinstance(language, ChoiceFact)
    pick(language._menu, "zh")
    qtbot.waitUntil(lambda: stored(page, anna).facts.language == "zh", timeout=TIMEOUT)
    qtbot.waitUntil(lambda: "中文" in language.button.text(), timeout=TIMEOUT)


def test_a_lunar_birthday_shows_its_day_of_this_year(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    fact = page.panel.facts.row("birthday")
    assert isinstance(fact, TextFact)
    retype(fact, "农历甲子年八月十五", qtbot)
    qtbot.waitUntil(fact.edit.has_error, timeout=TIMEOUT)
    retype(fact, "农历八月十五", qtbot)
    qtbot.waitUntil(lambda: stored(page, anna).birthday == "L--08-15", timeout=TIMEOUT)
    page.panel.notes.setFocus()
    qtbot.waitUntil(lambda: fact.edit.edit.text().startswith("lunar --08-15 · "), timeout=TIMEOUT)


def test_parts_of_a_name_make_the_whole_one(page: CustomersPage, qtbot: QtBot) -> None:
    customer = choose(page, "王秀英", qtbot)
    settle(page._shell, qtbot)
    facts = page.panel.facts
    pick(facts.adders.menu(), "given_name")
    given = facts.row("given_name")
    assert isinstance(given, TextFact)
    retype(given, "秀英", qtbot)
    qtbot.waitUntil(lambda: stored(page, customer).family_name == "王", timeout=TIMEOUT)
    retype(given, "秀兰", qtbot)
    qtbot.waitUntil(lambda: page.panel.name.edit.text() == "王秀兰", timeout=TIMEOUT)


def test_the_stage_says_since_when_and_what_was_before(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    stage = page.panel.facts.row("stage")
    assert isinstance(stage, ChoiceFact)
    assert stage.caption.text() == ""
    pick(stage._menu, "former")
    qtbot.waitUntil(lambda: stage.caption.text() == "since Today", timeout=TIMEOUT)
    assert "Prospect → Former" in stage.button.toolTip()


def test_do_not_contact_is_seen_at_once_and_mail_asks_first(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot, urls: list[str]
) -> None:
    panel = page.panel
    assert panel.banner.isHidden()
    pick(panel.facts.adders.menu(), "do_not_contact")
    qtbot.waitUntil(panel.banner.barred.isVisible, timeout=TIMEOUT)
    assert not stored(page, anna).may_be_written_to
    qtbot.mouseClick(panel.mail, Qt.MouseButton.LeftButton)
    assert urls == []
    press_toast(page)
    assert urls == ["mailto:anna@example.co.uk"]
    qtbot.mouseClick(panel.banner.take_back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel.banner.isHidden, timeout=TIMEOUT)
    pick(panel.facts.adders.menu(), "deceased")
    qtbot.waitUntil(lambda: "Deceased" in panel.banner.barred.text.text(), timeout=TIMEOUT)


def test_tags_are_tinted_words_that_are_edited_as_text(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    tags = page.panel.facts.row("tags")
    assert isinstance(tags, TagsFact)
    assert tags.strip.isHidden()
    retype(tags, "vip, agency", qtbot)
    qtbot.waitUntil(lambda: stored(page, anna).tags == ("vip", "agency"), timeout=TIMEOUT)
    page.panel.notes.setFocus()
    qtbot.waitUntil(tags.strip.isVisible, timeout=TIMEOUT)
    assert tags.strip.accessibleName() == "Tags: vip, agency"
    pick(tags.strip.menu_at(QPoint(-1, -1)), ("vip", "amber"))
    colours = page.workspace.customers.tag_colours
    qtbot.waitUntil(lambda: colours() == {"vip": "amber"}, timeout=TIMEOUT)
    settle(page._shell, qtbot)
    assert tags.strip._colours == {"vip": "amber"}
    qtbot.mouseClick(tags.strip, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is tags.edit.edit
    qtbot.keyClick(tags.edit.edit, Qt.Key.Key_Escape)


# Ways to reach.


def test_numbers_are_primary_barred_labelled_and_formatted(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot, urls: list[str]
) -> None:
    customers, facts = page.workspace.customers, page.panel.facts
    customers.save_contact_point(anna, ContactKind.PHONE, "912345678")
    qtbot.waitUntil(
        lambda: sum(key.startswith("phone:") for key in facts.keys()) == 2,  # noqa: SIM118
        timeout=TIMEOUT,
    )
    keys = [key for key in facts.keys() if key.startswith("phone:")]  # noqa: SIM118
    first, second = (facts.row(key) for key in keys)
    assert isinstance(first, PointFact)
    assert isinstance(second, PointFact)
    assert (first.marks.word.text(), second.marks.word.text()) == ("primary", "")
    assert second.edit.edit.text() == "912 345 678"
    assert second.edit.edit.toolTip() == "As typed: 912345678"
    offered(second, "primary").trigger()
    qtbot.waitUntil(lambda: stored(page, anna).phones[0].raw == "912345678", timeout=TIMEOUT)
    qtbot.waitUntil(lambda: second.marks.word.text() == "primary", timeout=TIMEOUT)
    offered(second, "bar").trigger()
    qtbot.waitUntil(lambda: stored(page, anna).phones[1].do_not_use, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: second.edit.edit.property("struck") is True, timeout=TIMEOUT)
    qtbot.mouseClick(page.panel.call, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "+441134960000"
    assert urls == ["tel:+441134960000"]
    offered(second, "own").trigger()
    qtbot.waitUntil(second._label.hasFocus, timeout=TIMEOUT)
    second._label.clear()
    type_text(second._label, "Mother")
    qtbot.keyClick(second._label, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: second.name.full_text() == "Mother", timeout=TIMEOUT)
    offered(second, "remove").trigger()
    qtbot.waitUntil(lambda: len(stored(page, anna).phones) == 1, timeout=TIMEOUT)


def test_a_number_that_makes_no_sense_is_kept_and_marked(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    fact = point(page.panel.facts, "phone:")
    retype(fact, "ask at the bar", qtbot)
    qtbot.waitUntil(fact._hint.isVisible, timeout=TIMEOUT)
    assert "kept as typed" in fact._hint.text()
    assert stored(page, anna).phones[0].raw == "ask at the bar"


def test_an_international_form_is_a_setting(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    fact = point(page.panel.facts, "phone:")
    retype(fact, "912345678", qtbot)
    page.panel.notes.setFocus()
    qtbot.waitUntil(lambda: fact.edit.edit.text() == "912 345 678", timeout=TIMEOUT)
    page.workspace.settings.set_phones_international(on=True)
    qtbot.waitUntil(lambda: fact.edit.edit.text() == "+351 912 345 678", timeout=TIMEOUT)


def test_accounts_of_messengers(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    facts = page.panel.facts
    pick(facts.adders.menu(), "im:WeChat")
    fresh = point(facts, "im:new")
    assert fresh.name.full_text() == "WeChat"
    qtbot.waitUntil(fresh.edit.edit.hasFocus, timeout=TIMEOUT)
    type_text(fresh.edit.edit, "anna_s")
    qtbot.keyClick(fresh.edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: (
            [(p.label, p.raw) for p in stored(page, anna).contact_points if p.kind == "im"]
            == [("WeChat", "anna_s")]
        ),
        timeout=TIMEOUT,
    )
    settle(page._shell, qtbot)
    assert point(facts, "im:").name.full_text() == "WeChat"


def test_addresses_stand_as_on_an_envelope(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    customers, facts = page.workspace.customers, page.panel.facts
    customers.save_address(anna, Address("10 Downing Street", "SW1A 2AA", "London", "", "GB"))
    qtbot.waitUntil(
        lambda: sum(key.startswith("address:") for key in facts.keys()) == 2,  # noqa: SIM118
        timeout=TIMEOUT,
    )
    keys = [key for key in facts.keys() if key.startswith("address:")]  # noqa: SIM118
    second = facts.row(keys[1])
    assert isinstance(second, AddressFact)
    assert second._text.text() == "10 Downing Street\nLondon\nSW1A 2AA\nUnited Kingdom"
    offered(second, "primary").trigger()
    qtbot.waitUntil(lambda: stored(page, anna).addresses[0].city == "London", timeout=TIMEOUT)
    settle(page._shell, qtbot)
    offered(second, "billing").trigger()
    qtbot.waitUntil(lambda: stored(page, anna).addresses[0].label == "billing", timeout=TIMEOUT)
    settle(page._shell, qtbot)
    offered(second, "bar").trigger()
    qtbot.waitUntil(lambda: stored(page, anna).addresses[0].do_not_use, timeout=TIMEOUT)


# Relations.


def test_relations_are_added_and_ended_from_either_side(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    facts = page.panel.facts
    adder = facts.relations.adder
    pick(facts.adders.menu(), "relation")
    qtbot.waitUntil(adder.isVisible, timeout=TIMEOUT)
    adder.choose_kind("parent_of", turned=True)
    type_text(adder.chooser.field, "müller")
    qtbot.waitUntil(lambda: len(adder.chooser.hits()) == 1, timeout=TIMEOUT)
    qtbot.keyClick(adder.chooser.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any("~parent_of" in key for key in facts.keys()), timeout=TIMEOUT)  # noqa: SIM118
    qtbot.waitUntil(adder.isHidden, timeout=TIMEOUT)
    fact = facts.row(key_of(facts, "relation:~parent_of"))
    assert isinstance(fact, RelatedFact)
    assert fact.name.full_text() == "Child of"
    qtbot.mouseClick(fact.link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: page.panel.customer is not None and page.panel.customer.name == "Zoë Müller",
        timeout=TIMEOUT,
    )
    settle(page._shell, qtbot)
    fact = facts.row(key_of(facts, "relation:parent_of"))
    assert isinstance(fact, RelatedFact)
    assert fact.name.full_text() == "Parent of"
    fact.link.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(fact.link, Qt.Key.Key_Delete)
    qtbot.waitUntil(
        lambda: not any(key.startswith("relation:") for key in facts.keys()),  # noqa: SIM118
        timeout=TIMEOUT,
    )


def test_a_relation_of_ones_own_is_refused_without_a_word_then_made(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    facts = page.panel.facts
    adder = facts.relations.adder
    pick(facts.adders.menu(), "relation")
    qtbot.waitUntil(adder.isVisible, timeout=TIMEOUT)
    adder.choose_kind("")
    type_text(adder.chooser.field, "müller")
    qtbot.waitUntil(lambda: len(adder.chooser.hits()) == 1, timeout=TIMEOUT)
    qtbot.keyClick(adder.chooser.field, Qt.Key.Key_Down)
    qtbot.keyClick(adder.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(adder._error.isVisible, timeout=TIMEOUT)
    type_text(adder.word, "Teacher of")
    type_text(adder.reverse, "Pupil of")
    adder.chooser.field.clear()
    type_text(adder.chooser.field, "müller")
    qtbot.waitUntil(lambda: len(adder.chooser.hits()) == 1, timeout=TIMEOUT)
    qtbot.keyClick(adder.chooser.field, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: any(key.startswith("relation:Teacher of") for key in facts.keys()),  # noqa: SIM118
        timeout=TIMEOUT,
    )
    settle(page._shell, qtbot)
    choose(page, "Zoë Müller", qtbot)
    settle(page._shell, qtbot)
    assert page.panel.people.links()[0].accessibleName().startswith("Anna Smith, Pupil of")


def test_an_organisation_lists_its_people_and_lets_them_go(
    page: CustomersPage, qtbot: QtBot
) -> None:
    firm = page.workspace.customers.create(CustomerDraft(name="Mar Alto", kind="organisation"))
    page.workspace.customers.create(CustomerDraft(name="Eva", organisation="Mar Alto"))
    page.open_customer(firm)
    qtbot.waitUntil(lambda: len(page.panel.people.links()) == 1, timeout=TIMEOUT)
    link = page.panel.people.links()[0]
    link.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(link, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.panel.people.isHidden(), timeout=TIMEOUT)
    settle(page._shell, qtbot)


# Cases.


def test_a_case_from_the_first_word_to_the_last(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    panel, cases = page.panel, page.workspace.cases
    qtbot.mouseClick(panel.cases.add, Qt.MouseButton.LeftButton)
    type_text(panel.cases.subject, "Broken tap")
    qtbot.keyClick(panel.cases.subject, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.cases.rows()) == 1, timeout=TIMEOUT)
    qtbot.waitUntil(panel.banner.open_cases.isVisible, timeout=TIMEOUT)
    made = panel.cases.rows()[0]
    qtbot.waitUntil(made.fields.isVisible, timeout=TIMEOUT)
    severity, promised_on = made.rows["severity"], made.rows["promised_on"]
    assert isinstance(severity, ChoiceFact)
    assert isinstance(promised_on, TextFact)
    pick(severity._menu, "3")
    qtbot.waitUntil(
        lambda: "Urgent: Broken tap" in panel.banner.open_cases.text.text(), timeout=TIMEOUT
    )
    retype(promised_on, "soonish", qtbot)
    qtbot.waitUntil(promised_on.edit.has_error, timeout=TIMEOUT)
    retype(promised_on, "2030-12-31", qtbot)
    qtbot.waitUntil(lambda: cases.of(anna)[0].promised_on is not None, timeout=TIMEOUT)
    assert made.rows["satisfaction"].isHidden()
    status = made.rows["status"]
    assert isinstance(status, ChoiceFact)
    pick(status._menu, "resolved")
    qtbot.waitUntil(lambda: cases.of(anna)[0].status is CaseStatus.RESOLVED, timeout=TIMEOUT)
    qtbot.waitUntil(panel.banner.isHidden, timeout=TIMEOUT)
    rated = made.rows["satisfaction"]
    assert isinstance(rated, WidgetFact)
    qtbot.waitUntil(rated.isVisible, timeout=TIMEOUT)
    qtbot.keyClick(rated.widget, Qt.Key.Key_5)
    qtbot.waitUntil(lambda: cases.of(anna)[0].satisfaction == 5, timeout=TIMEOUT)
    made.head.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(made.head, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not panel.cases.rows(), timeout=TIMEOUT)
    press_toast(page)
    qtbot.waitUntil(lambda: len(panel.cases.rows()) == 1, timeout=TIMEOUT)


def test_the_banner_leads_to_the_worst_case(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    for subject in ("Late parcel", "Wrong bill"):
        page.workspace.cases.begin(anna, subject)
    banner = page.panel.banner
    qtbot.waitUntil(
        lambda: banner.open_cases.text.text() == "Late parcel · 1 more is open", timeout=TIMEOUT
    )
    settle(page._shell, qtbot)
    qtbot.keyClick(banner.show_case, Qt.Key.Key_Space)
    row = page.panel.cases.rows()[0]
    assert row.fields.isVisible()
    qtbot.keyClick(row.head, Qt.Key.Key_Return)
    assert row.fields.isHidden()


# Promises.


def test_promises_stand_until_they_are_ticked(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    panel, promises = page.panel.promises, page.workspace.promises
    qtbot.mouseClick(panel.add, Qt.MouseButton.LeftButton)
    type_text(panel.text, "Send the photos")
    type_text(panel.due, "soonish")
    qtbot.keyClick(panel.due, Qt.Key.Key_Return)
    qtbot.waitUntil(panel._error.isVisible, timeout=TIMEOUT)
    panel.due.clear()
    type_text(panel.due, "2020-01-31")
    qtbot.keyClick(panel.due, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.rows()) == 1, timeout=TIMEOUT)
    pick(panel.side.menu(), "they")
    type_text(panel.text, "Return the ladder")
    qtbot.keyClick(panel.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.rows()) == 2, timeout=TIMEOUT)
    settle(page._shell, qtbot)
    assert [one.side for one in promises.open_of(anna)] == [Side.WE, Side.THEY]
    first = panel.rows()[0]
    assert first.due.edit.accessibleDescription() == "overdue"
    first.text.start()
    first.text.edit.clear()
    type_text(first.text.edit, "Send all photos")
    qtbot.keyClick(first.text.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: promises.open_of(anna)[0].text == "Send all photos", timeout=TIMEOUT)
    settle(page._shell, qtbot)
    qtbot.keyClick(first.box, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(panel.rows()) == 1, timeout=TIMEOUT)
    press_toast(page)
    qtbot.waitUntil(lambda: len(panel.rows()) == 2, timeout=TIMEOUT)


def test_tab_walks_the_facts_and_esc_takes_back(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    page.workspace.customers.update(anna, "owner", "Rita")
    qtbot.waitUntil(lambda: "owner" in page.panel.facts.keys(), timeout=TIMEOUT)  # noqa: SIM118
    settle(page._shell, qtbot)
    qtbot.waitUntil(lambda: not page.panel.tab_order.is_due, timeout=TIMEOUT)
    facts = page.panel.facts
    owner, birthday = facts.row("owner"), facts.row("birthday")
    assert isinstance(owner, TextFact)
    assert isinstance(birthday, TextFact)
    owner.edit.start()
    type_text(owner.edit.edit, "Nobody")
    qtbot.keyClick(owner.edit.edit, Qt.Key.Key_Escape)
    assert owner.edit.edit.text() == "Rita"
    qtbot.keyClick(owner.edit.edit, Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    assert focus is birthday.edit.edit
    assert stored(page, anna).facts.owner == "Rita"
    # All of the panel is walked through once, and then left.
    walked: list[QWidget] = []
    while page.panel.isAncestorOf(focus):
        assert focus not in walked
        walked.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert isinstance(focus, QWidget)
    assert len(walked) > 12


def test_the_setting_for_numbers_is_ticked(page: CustomersPage, qtbot: QtBot) -> None:
    page._shell.show_page("settings")
    shown = page._shell.page("settings")
    assert isinstance(shown, SettingsPage)
    settle(page._shell, qtbot)
    qtbot.keyClick(shown.international, Qt.Key.Key_Space)
    qtbot.waitUntil(page.workspace.settings.phones_international, timeout=TIMEOUT)
