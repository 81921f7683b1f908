"""The gap queue of Today: one question after the other, by keys alone and by the mouse alone."""

from __future__ import annotations

from day_kit import Open, later, whole
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle, type_text

from crm_desktop.domain.customers import (
    ContactKind,
    ContactPoint,
    PersonalFacts,
)
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.today import TodayPage
from crm_desktop.ui.shell import Shell


def gaps(w: Workspace) -> None:
    broken = (ContactPoint(ContactKind.PHONE.value, "ask his wife", None),)
    best = PersonalFacts(rating=5)
    w.customers.create(whole("Best", contact_points=broken, facts=best, birthday=None))
    w.customers.create(whole("Cityless", addresses=(), facts=PersonalFacts(rating=3)))
    w.customers.create(whole("Unborn", birthday=None))


def asked(page: TodayPage) -> tuple[str, str]:
    gap = page.gaps.gap
    return ("", "") if gap is None else (gap.customer.name, gap.kind.value)


def test_gaps_are_filled_by_keys_alone(open_day: Open, shell: Shell, qtbot: QtBot) -> None:
    page = open_day(gaps)
    field = page.gaps.field
    QTest.keyClick(page.list, Qt.Key.Key_F)
    assert field.hasFocus()
    assert asked(page) == ("Best", "phone")
    assert (field.text(), field.selectedText()) == ("ask his wife", "ask his wife")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClicks(field, "12")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(shell, qtbot)
    assert asked(page) == ("Best", "phone")
    assert not page.gaps.error.isHidden()
    field.selectAll()
    QTest.keyClicks(field, "912345678")
    QTest.keyClick(field, Qt.Key.Key_Return)
    later(page, shell, qtbot)
    assert page.gaps.error.isHidden()
    assert asked(page) == ("Best", "birthday")
    assert field.text() == ""
    QTest.keyClick(field, Qt.Key.Key_Return)  # later
    assert asked(page) == ("Cityless", "city")
    QTest.keyClicks(field, "Braga")
    QTest.keyClick(field, Qt.Key.Key_Return)
    later(page, shell, qtbot)
    assert asked(page) == ("Unborn", "birthday")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)  # never
    later(page, shell, qtbot)
    assert page.gaps.gap is None
    QTest.keyClick(field, Qt.Key.Key_Escape)
    w = page.workspace
    by_name = {row.name: w.customers.get(row.id) for row in w.customers.search("")} or {
        name: w.customers.get(w.customers.search(name)[0].id) for name in ("Best", "Cityless")
    }
    assert by_name["Best"].phones[0].value == "+351912345678"
    assert by_name["Cityless"].addresses[0].city == "Braga"
    page.gaps.ask()
    settle(shell, qtbot)
    assert asked(page) == ("Best", "birthday")  # it was put off, not refused


def test_gaps_are_filled_by_the_mouse(open_day: Open, shell: Shell, qtbot: QtBot) -> None:
    page = open_day(gaps)
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(page.gaps.later, left)
    assert asked(page) == ("Best", "birthday")
    QTest.mouseClick(page.gaps.never, left)
    later(page, shell, qtbot)
    assert asked(page) == ("Cityless", "city")
    QTest.mouseClick(page.gaps.field, left)
    type_text(page.gaps.field, "成都")
    QTest.mouseClick(page.gaps.save, left)
    later(page, shell, qtbot)
    assert asked(page) == ("Unborn", "birthday")
    QTest.mouseClick(page.gaps.open, left)
    settle(shell, qtbot)
    customers = shell.current_page()
    assert isinstance(customers, CustomersPage)
    assert customers.panel.customer is not None
    assert customers.panel.customer.name == "Unborn"


def test_what_is_filled_elsewhere_is_not_asked_for(
    open_day: Open, shell: Shell, qtbot: QtBot
) -> None:
    page = open_day(gaps)
    w = page.workspace
    best = w.customers.search("Best")[0].id
    [point] = w.customers.get(best).contact_points
    w.customers.save_contact_point(best, ContactKind.PHONE, "912345678", contact_point_id=point.id)
    qtbot.waitUntil(lambda: asked(page) == ("Best", "birthday"), timeout=TIMEOUT)
    w.customers.delete([best])
    qtbot.waitUntil(lambda: asked(page) == ("Cityless", "city"), timeout=TIMEOUT)
