"""Today through the real window: with the keyboard alone and with the mouse alone."""

from __future__ import annotations

from datetime import UTC, timedelta
from urllib.parse import unquote

from day_kit import NOW, TODAY, Open, later, whole
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle, type_text

from crm_desktop.domain.cases import CaseStatus
from crm_desktop.domain.customers import (
    ContactKind,
    ContactPoint,
    CustomerId,
    InteractionKind,
    PersonalFacts,
)
from crm_desktop.domain.documents import DocumentFacts
from crm_desktop.domain.payments import PaymentKind
from crm_desktop.domain.promises import Side
from crm_desktop.domain.tasks import Task
from crm_desktop.domain.today import TodayLine, Topic
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.models.today import Head, More
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.today import TodayPage
from crm_desktop.ui.shell import Shell
from crm_desktop.ui.today_words import Act, words_of


def titles(page: TodayPage, topic: Topic | None = None) -> list[str]:
    """The titles of the lines, of one topic or of all."""
    lines = [row for row in page.model.rows if isinstance(row, TodayLine)]
    return [words_of(one, TODAY).title for one in lines if topic in (None, one.topic)]


def go_to(page: TodayPage, title: str) -> int:
    """Put the cursor on a line by the arrow keys; returns its row."""
    for _step in range(len(page.model.rows) + 1):
        QTest.keyClick(page.list, Qt.Key.Key_Up)
    for _step in range(len(page.model.rows) + 1):
        line = page.list.chosen()
        if line is not None and words_of(line, TODAY).title == title:
            return page.list.currentIndex().row()
        QTest.keyClick(page.list, Qt.Key.Key_Down)
    raise AssertionError(f"no line {title!r}: {titles(page)}")


def press(page: TodayPage, shell: Shell, qtbot: QtBot, key: Qt.Key) -> None:
    QTest.keyClick(page.list, key)
    later(page, shell, qtbot)


def click(page: TodayPage, title: str, act: Act) -> None:
    """Move the mouse over a line and press one of its buttons."""
    row = next(
        number
        for number, one in enumerate(page.model.rows)
        if isinstance(one, TodayLine) and words_of(one, TODAY).title == title
    )
    index = page.model.index(row, 0)
    page.list.scrollTo(index)
    QTest.mouseMove(page.list.viewport(), page.list.visualRect(index).center())
    chips = dict(page.list.chips(row))
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=chips[act].center())


def talked(w: Workspace, who: CustomerId, *days_ago: int) -> None:
    for days in days_ago:
        at = NOW.replace(tzinfo=UTC) - timedelta(days=days)
        w.customers.log_interaction(who, InteractionKind.CALL, "Spoke", at=at)


def a_day(w: Workspace) -> None:
    """One line of every topic."""
    ana = w.customers.create(whole("Ana Lopes", given_name="Ana"))
    eva = w.customers.create(whole("Eva Dias", birthday="1976-11-25", given_name="Eva"))
    rui = w.customers.create(whole("Rui Melo"))
    w.tasks.create(Task("Send terms", ana, due_on=TODAY - timedelta(days=2)))
    w.tasks.create(Task("Water the plants", due_on=TODAY))
    w.timeline.log(ana, InteractionKind.CALL, "Wants a plan -> draw it today")
    w.promises.add(ana, Side.WE, "Revised terms", due="2026-11-24")
    w.cases.begin(eva, "Broken suitcase")
    facts = DocumentFacts("Passport", "P1", expires_on="2026-12-10")
    w.documents.add(rui, b"x", file_name="p.txt", facts=facts)
    talked(w, rui, 300)


def a_day_with_money(w: Workspace) -> None:
    """A day, and an order that should have been paid, with a step that comes next."""
    a_day(w)
    [eva] = [row.id for row in w.customers.search("Eva Dias")]
    w.settings.set_home_country("PT")
    order = w.orders.create("Azores", eva)
    w.orders.add_free_line(order, "Journey", "100")
    w.orders.update(order, "starts_on", (TODAY + timedelta(days=3)).isoformat())
    w.orders.agree(order)
    w.order_steps.add(order, "Print the tickets")
    [ticket] = w.order_steps.of(order)
    assert ticket.step.id is not None
    w.order_steps.update(ticket.step.id, "due_from", "start")
    w.payments.add_due(order, PaymentKind.BALANCE, "", (TODAY - timedelta(days=9)).isoformat())


def test_every_topic_has_its_line_and_its_key(open_day: Open) -> None:
    page = open_day(a_day_with_money)
    heads = [row.topic for row in page.model.rows if isinstance(row, Head)]
    assert heads == list(Topic)
    assert titles(page) == [
        *("Send terms", "Water the plants", "draw it", "Revised terms", "Broken suitcase"),
        *("Print the tickets", "Eva Dias", "Eva Dias", "Rui Melo", "Rui Melo"),
    ]
    for row, one in enumerate(page.model.rows):
        spoken = page.model.text_of(one)
        if isinstance(one, TodayLine):
            [(act, _place)] = page.list.chips(row)[-1:]
            assert act in (Act.DONE, Act.GREET, Act.TASK, Act.CALL, Act.OPEN) or row == 1
            assert any(f"{key}: " in spoken for key in ("Space", "G", "T", "L", "↵")), spoken
    assert page.date.full_text() == "Monday, 23 November · 1 overdue · 1 due today"


def test_a_day_done_by_keys(open_day: Open, shell: Shell, qtbot: QtBot, urls: list[str]) -> None:
    page = open_day(a_day)
    w = page.workspace
    assert page.list.hasFocus()
    go_to(page, "Send terms")
    press(page, shell, qtbot, Qt.Key.Key_P)
    assert titles(page, Topic.OVERDUE) == []
    for title in ("Water the plants", "draw it", "Revised terms", "Broken suitcase"):
        go_to(page, title)
        press(page, shell, qtbot, Qt.Key.Key_Space)
        assert title not in titles(page)
    go_to(page, "Eva Dias")
    press(page, shell, qtbot, Qt.Key.Key_G)
    assert [unquote(url) for url in urls] == [
        "mailto:someone@example.org?subject=Happy birthday, Eva!&body=Happy birthday, Eva!"
    ]
    assert titles(page) == ["Rui Melo", "Rui Melo"]
    press(page, shell, qtbot, Qt.Key.Key_T)
    assert titles(page, Topic.DOCUMENTS) == []
    press(page, shell, qtbot, Qt.Key.Key_L)
    assert page.call_bar.line.hasFocus()
    type_text(page.call_bar.line, "He is well -> call back in 2 weeks")
    QTest.keyClick(page.call_bar.line, Qt.Key.Key_Return)
    later(page, shell, qtbot)
    assert page.call_bar.isHidden()
    assert page._body.currentWidget() is page._done
    ana, eva, rui = (w.customers.search(name)[0].id for name in ("Ana", "Eva", "Rui"))
    assert [t.due_on for t in w.tasks.of(ana)] == [TODAY + timedelta(days=1)]
    assert [c.status for c in w.cases.of(eva)] == [CaseStatus.RESOLVED]
    assert w.promises.open_of(ana) == []
    assert w.customers.timeline(eva)[0].text == "Birthday greeting: Happy birthday, Eva!"
    assert [t.title for t in w.tasks.of(rui)] == [
        "Ask for the new document: Passport", "call back",
    ]  # fmt: skip


def test_what_was_done_is_taken_back(open_day: Open, shell: Shell, qtbot: QtBot) -> None:
    page = open_day(a_day)
    before = titles(page)
    go_to(page, "Broken suitcase")
    press(page, shell, qtbot, Qt.Key.Key_Space)
    go_to(page, "Eva Dias")
    press(page, shell, qtbot, Qt.Key.Key_Space)
    assert len(titles(page)) == len(before) - 2
    for _step in range(2):
        QTest.keyClick(shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        later(page, shell, qtbot)
    assert titles(page) == before


def test_a_day_done_by_the_mouse(
    open_day: Open, shell: Shell, qtbot: QtBot, urls: list[str]
) -> None:
    page = open_day(a_day)
    for title, act in (
        ("Send terms", Act.TOMORROW),
        ("Water the plants", Act.DONE),
        ("draw it", Act.DONE),
        ("Revised terms", Act.DONE),
        ("Broken suitcase", Act.DONE),
        ("Eva Dias", Act.GREET),
    ):
        click(page, title, act)
        later(page, shell, qtbot)
        assert title not in titles(page)
    assert len(urls) == 1
    click(page, "Rui Melo", Act.TASK)
    later(page, shell, qtbot)
    click(page, "Rui Melo", Act.CALL)
    type_text(page.call_bar.line, "He is well")
    button = next(
        b for b in page.call_bar.findChildren(type(page.new_task)) if b.toolTip() == "Enter"
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    later(page, shell, qtbot)
    assert page._body.currentWidget() is page._done


def test_enter_and_a_double_click_open_the_customer(
    open_day: Open, shell: Shell, qtbot: QtBot
) -> None:
    page = open_day(a_day)
    go_to(page, "Broken suitcase")
    press(page, shell, qtbot, Qt.Key.Key_Return)
    customers = shell.current_page()
    assert isinstance(customers, CustomersPage)
    assert customers.panel.customer is not None
    assert customers.panel.customer.name == "Eva Dias"
    shell.show_page("today")
    settle(shell, qtbot)
    row = go_to(page, "Revised terms")
    place = page.list.visualRect(page.model.index(row, 0)).topLeft() + QPoint(100, 20)
    QTest.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    shown = customers.panel
    qtbot.waitUntil(
        lambda: shown.customer is not None and shown.customer.name == "Ana Lopes", timeout=TIMEOUT
    )


def test_the_menu_key_offers_all_that_can_be_done(open_day: Open, qtbot: QtBot) -> None:
    page = open_day(a_day)
    go_to(page, "Eva Dias")
    page.list.menu_wanted.emit(QPoint(10, 10))
    from PySide6.QtWidgets import QMenu

    menu = page.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert [action.text().split("\t")[0] for action in menu.actions()] == [
        "Greet", "Log call", "Open", "Done already", "Tomorrow",
    ]  # fmt: skip
    menu.close()


def test_without_an_e_mail_the_greeting_is_copied_in_his_language(
    open_day: Open, shell: Shell, qtbot: QtBot, urls: list[str]
) -> None:
    def fill(w: Workspace) -> None:
        facts = PersonalFacts(language="pt")
        phone = (ContactPoint(ContactKind.PHONE.value, "+351 912 345 678", None),)
        w.customers.create(
            whole("Eva Dias", birthday="--11-23", given_name="Eva", facts=facts,
                  contact_points=phone)
        )  # fmt: skip

    page = open_day(fill)
    go_to(page, "Eva Dias")
    press(page, shell, qtbot, Qt.Key.Key_G)
    assert urls == []
    assert QGuiApplication.clipboard().text() == "Feliz aniversário, Eva!"
    assert titles(page) == []


def test_a_call_without_a_word_is_refused_and_esc_gives_it_up(
    open_day: Open, shell: Shell, qtbot: QtBot
) -> None:
    page = open_day(a_day)
    go_to(page, "Send terms")
    press(page, shell, qtbot, Qt.Key.Key_L)
    QTest.keyClick(page.call_bar.line, Qt.Key.Key_Return)
    settle(shell, qtbot)
    assert not page.call_bar.error.isHidden()
    QTest.keyClick(page.call_bar.line, Qt.Key.Key_Escape)
    assert page.call_bar.isHidden()
    assert page.list.hasFocus()


def test_more_lines_come_when_they_are_asked_for(
    open_day: Open, shell: Shell, qtbot: QtBot
) -> None:
    def fill(w: Workspace) -> None:
        for number in range(9):
            w.tasks.create(Task(f"Task {number}", due_on=TODAY))

    page = open_day(fill)
    assert len(titles(page)) == 6
    row = next(n for n, one in enumerate(page.model.rows) if isinstance(one, More))
    for _step in range(9):
        QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.list.currentIndex().row() == row
    press(page, shell, qtbot, Qt.Key.Key_Return)
    assert len(titles(page)) == 9


def test_a_new_archive_says_what_to_do_first(open_day: Open, shell: Shell, qtbot: QtBot) -> None:
    page = open_day(lambda _w: None)
    assert page._body.currentWidget() is page._first
    assert page.gaps.isHidden()
    page.workspace.customers.create(whole("Ana"))
    later(page, shell, qtbot)
    qtbot.waitUntil(lambda: page._body.currentWidget() is page._done, timeout=TIMEOUT)
    assert not page.gaps.isHidden()


def test_lines_of_one_owner(open_day: Open, shell: Shell, qtbot: QtBot) -> None:
    def fill(w: Workspace) -> None:
        w.tasks.create(Task("Ana's", owner="Ana", due_on=TODAY))
        w.tasks.create(Task("Rui's", owner="Rui", due_on=TODAY))

    page = open_day(fill)
    assert not page.owner.isHidden()
    page.owner.setFocus()
    QTest.keyClicks(page.owner, "Rui")
    page.owner.activated.emit(page.owner.currentIndex())
    settle(shell, qtbot)
    assert titles(page) == ["Rui's"]


def test_a_new_day_brings_its_own_lines(open_day: Open, shell: Shell, qtbot: QtBot) -> None:
    def fill(w: Workspace) -> None:
        w.tasks.create(Task("Of tomorrow", due_on=TODAY + timedelta(days=1)))

    page = open_day(fill)
    assert titles(page) == []
    page.workspace.tasks.clock = lambda: NOW + timedelta(days=1)
    page.session.time_went_on.emit()
    settle(shell, qtbot)
    assert titles(page) == ["Of tomorrow"]
