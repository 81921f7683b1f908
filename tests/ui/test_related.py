"""A person's file leads to where he works, an organisation's to its people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, choose, settle

from crm_desktop.domain.customers import ContactPoint, CustomerDraft, CustomerId
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.widgets.related import NameLink, RelatedFact

FIRM = "Silva & Filhos <b>Lda</b>"


@pytest.fixture
def page(open_archive: Callable[[Path], CustomersPage], tmp_path: Path) -> CustomersPage:
    """An organisation of 23, and one who works nowhere."""
    path = tmp_path / "firm.crm"
    with Workspace.open(path, create=True, data_dir=tmp_path / "data") as w:
        w.settings.set_home_country("PT")
        w.customers.create(CustomerDraft(name=FIRM, kind="organisation"))
        for n in range(23):
            phone = (ContactPoint("phone", f"9123456{n:02}", None),)
            w.customers.create(
                CustomerDraft(name=f"Pessoa {n:02}", organisation=FIRM, contact_points=phone)
            )
        w.customers.create(CustomerDraft(name="Zoe"))
        w.close(backup=False)
    return open_archive(path)


def _relations(page: CustomersPage) -> list[str]:
    keys = page.panel.facts.keys()
    return [key for key in keys if key.startswith("relation:")]


def _link(page: CustomersPage) -> NameLink:
    fact = page.panel.facts.row(_relations(page)[0])
    assert isinstance(fact, RelatedFact)
    return fact.link


def _shows(page: CustomersPage, customer: CustomerId, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: page.panel.customer is not None and page.panel.customer.id == customer,
        timeout=TIMEOUT,
    )
    settle(page._shell, qtbot)


def test_links_lead_there_and_back_by_mouse_and_keyboard(page: CustomersPage, qtbot: QtBot) -> None:
    person = choose(page, "Pessoa 01", qtbot)
    settle(page._shell, qtbot)
    link = _link(page)
    assert link.accessibleName() == f"Works at: {FIRM}"
    assert link.text() == FIRM.replace("&", "&&")
    assert page.panel.people.isHidden()
    assert link.customer is not None
    firm = link.customer
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    _shows(page, firm, qtbot)
    assert page.table.current_id() == firm
    assert not _relations(page)
    links = page.panel.people.links()
    assert [one.accessibleName() for one in links[:2]] == [
        "Pessoa 00, 912 345 600",
        "Pessoa 01, 912 345 601",
    ]
    links[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(links[0], Qt.Key.Key_Tab)
    assert links[1].hasFocus()
    qtbot.keyClick(links[1], Qt.Key.Key_Space)
    _shows(page, person, qtbot)
    assert page.panel.isAncestorOf(page.window().focusWidget())


def test_more_people_come_at_a_press(page: CustomersPage, qtbot: QtBot) -> None:
    choose(page, FIRM, qtbot)
    settle(page._shell, qtbot)
    people = page.panel.people
    assert len(people.links()) == 20
    assert people.more.text() == "and 3 more"
    qtbot.keyClick(people.links()[-1], Qt.Key.Key_Tab)
    qtbot.keyClick(people.more, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(people.links()) == 23, timeout=TIMEOUT)
    assert people.more.isHidden() or not people.more.isVisible()
    choose(page, "Zoe", qtbot)
    settle(page._shell, qtbot)
    assert people.isHidden()
    choose(page, FIRM, qtbot)
    settle(page._shell, qtbot)
    assert len(people.links()) == 20


def test_the_panel_follows_edits_of_either_end(page: CustomersPage, qtbot: QtBot) -> None:
    choose(page, "Zoe", qtbot)
    page.panel.save_field("organisation", FIRM, lambda _text: None)
    qtbot.waitUntil(lambda: bool(_relations(page)), timeout=TIMEOUT)
    customers = page.workspace.customers
    firm = _link(page).customer
    assert firm is not None
    customers.update(firm, "name", "Novo Nome")
    qtbot.waitUntil(lambda: _link(page).text() == "Novo Nome", timeout=TIMEOUT)
    customers.delete([firm])
    qtbot.waitUntil(
        lambda: not _relations(page),
        timeout=TIMEOUT,
    )
    settle(page._shell, qtbot)
