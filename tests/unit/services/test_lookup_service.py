"""Who is ringing: numbers in any form, last digits, names; the card."""

from __future__ import annotations

import pytest

from crm_desktop.domain.cases import CaseKind
from crm_desktop.domain.customers import (
    ContactKind,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    InteractionKind,
)
from crm_desktop.domain.promises import Side
from crm_desktop.services.lookup import Match, draft
from crm_desktop.services.workspace import Workspace


def add(workspace: Workspace, name: str, *phones: str) -> CustomerId:
    points = tuple(ContactPoint(ContactKind.PHONE.value, phone, None) for phone in phones)
    return workspace.customers.create(CustomerDraft(name=name, contact_points=points))


def hits(workspace: Workspace, text: str) -> list[str]:
    return [hit.row.name for hit in workspace.lookup.find(text).hits]


@pytest.mark.parametrize(
    "text",
    [
        "912 345 678",
        "912345678",
        "+351912345678",
        "+351 912-345-678",
        "00351 912 345 678",
        "351912345678",
        "0912345678",
        "(+351) 912.345.678",
        "tel:+351912345678",
        "callto:912%20345%20678",
        "５６７８",
        "5678",
        "45678",
        "345678",
        "345 678",
    ],
)
def test_a_number_in_any_form(workspace: Workspace, text: str) -> None:
    add(workspace, "Ana", "+351 912 345 678")
    add(workspace, "Rui", "+351 912 999 111")
    assert hits(workspace, text) == ["Ana"]


def test_a_number_abroad_is_found_as_it_is_dialled_there(workspace: Workspace) -> None:
    add(workspace, "王秀英", "+86 138 0013 8000")
    for text in ("13800138000", "138 0013 8000", "+8613800138000", "8000"):
        assert hits(workspace, text) == ["王秀英"], text


def test_a_number_that_was_kept_as_typed(workspace: Workspace) -> None:
    add(workspace, "Old", "call 0138-0013-8000 evenings")
    assert hits(workspace, "+86 138 0013 8000") == ["Old"]


def test_the_country_said_is_no_other(workspace: Workspace) -> None:
    add(workspace, "Portuguese", "+351 912 345 678")
    add(workspace, "German", "+49 30 912345678")
    assert hits(workspace, "+351912345678") == ["Portuguese"]


def test_several_have_one_number_and_the_one_in_use_leads(workspace: Workspace) -> None:
    ana = add(workspace, "Ana", "+351 912 345 678")
    add(workspace, "Firm", "+351 912 345 678")
    point = workspace.customers.get(ana).phones[0]
    workspace.customers.save_contact_point(
        ana, ContactKind.PHONE, point.raw, contact_point_id=point.id, do_not_use=True
    )
    found = workspace.lookup.find("912345678")
    assert [hit.row.name for hit in found.hits] == ["Firm", "Ana"]
    assert found.hits[1].point is not None
    assert found.hits[1].point.do_not_use
    assert {hit.match for hit in found.hits} == {Match.NUMBER}


def test_last_digits_of_many(workspace: Workspace) -> None:
    for number in range(12):
        add(workspace, f"C{number:02}", f"+351 91{number:03} 5678")
    found = workspace.lookup.find("5678", limit=8)
    assert len(found.hits) == 8
    assert found.more
    assert found.number == ""


def test_digits_in_the_middle_are_no_last_digits(workspace: Workspace) -> None:
    add(workspace, "Ana", "+351 912 345 678")
    assert hits(workspace, "1234") == ["Ana"]  # by the search: nobody's number ends so
    assert workspace.lookup.find("1234").hits[0].match is Match.TEXT


@pytest.mark.parametrize("text", ["wang xiu", "wangxiuying", "wxy", "秀英", "joao", "JOÃO"])
def test_names_by_pinyin_and_without_accents(workspace: Workspace, text: str) -> None:
    add(workspace, "王秀英")
    add(workspace, "João da Conceição")
    assert len(hits(workspace, text)) == 1


def test_nobody_and_what_a_new_customer_is_made_of(workspace: Workspace) -> None:
    found = workspace.lookup.find("tel:+351966555444")
    assert not found.hits
    assert not found.trashed
    assert draft(found).contact_points[0].raw == "+351966555444"
    assert draft(workspace.lookup.find("Nobody Known")).name == "Nobody Known"


def test_somebody_in_the_trash_is_told_of(workspace: Workspace) -> None:
    ana = add(workspace, "Ana", "+351 912 345 678")
    workspace.customers.delete([ana])
    for text in ("912345678", "5678", "ana"):
        found = workspace.lookup.find(text)
        assert not found.hits
        assert list(found.trashed) == [(ana, "Ana")], text


def test_nothing_is_asked(workspace: Workspace) -> None:
    assert workspace.lookup.find("  ").hits == ()
    assert workspace.lookup.find("tel:").hits == ()


def test_more_have_the_digits_than_the_index_is_asked_for(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crm_desktop.store import lookup

    for number in range(8):
        add(workspace, f"C{number}", f"+351 912 34{number} 678")
    add(workspace, "Ana", "+351 967 003 519")
    monkeypatch.setattr(lookup, "_MOST_HITS", 3)
    assert hits(workspace, "3519") == ["Ana"]


def test_the_card(workspace: Workspace) -> None:
    ana = add(workspace, "Ana", "+351 912 345 678")
    workspace.customers.set_tags(ana, ["VIP"])
    workspace.customers.log_interaction(ana, InteractionKind.CALL, "Asked for a quote")
    workspace.customers.log_interaction(ana, InteractionKind.NOTE, "Likes tea")
    workspace.tasks.create(_task(ana))
    workspace.cases.begin(ana, "Lost luggage", kind=CaseKind.COMPLAINT)
    workspace.promises.add(ana, Side.THEY, "50 €")
    workspace.promises.add(ana, Side.WE, "a map")
    workspace.customers.update(ana, "do_not_contact", "yes")
    linked = workspace.knowledge.create("Visa for Angola")
    workspace.knowledge.link(linked, ana)
    workspace.knowledge.create("How to treat them", tags="vip, gold")
    workspace.knowledge.create("Other", tags="other")
    card = workspace.lookup.card(ana)
    assert card.last is not None
    assert card.last.text == "Asked for a quote"
    assert [task.title for task in card.tasks] == ["Call back"]
    assert [case.subject for case in card.cases] == ["Lost luggage"]
    assert [promise.text for promise in card.owed] == ["50 €"]
    assert [promise.text for promise in card.owing] == ["a map"]
    assert [article.title for article in card.articles] == ["Visa for Angola", "How to treat them"]
    assert card.linked == {linked}
    assert card.phones == {"+351912345678": "912 345 678"}
    assert not card.customer.may_be_written_to


def _task(customer: CustomerId):
    from crm_desktop.domain.tasks import Task

    return Task("Call back", customer)
