"""Gaps: the best customers first, one at a time, filled or never asked for again."""

from __future__ import annotations

import pytest

from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    CustomerKind,
    InteractionKind,
    PersonalFacts,
)
from crm_desktop.domain.documents import DocumentFacts
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.gaps import Gap, GapKind
from crm_desktop.services.workspace import Workspace

PHONE = ContactPoint(ContactKind.PHONE.value, "+351 912 345 678", None)


def _whole(name: str, **more: object) -> CustomerDraft:
    made = CustomerDraft(
        name=name,
        birthday="1980-01-02",
        contact_points=(PHONE,),
        addresses=(Address(city="Porto"),),
    )
    return made._replace(**more)  # type: ignore[arg-type]


def _find(w: Workspace) -> list[Gap]:
    return w.gaps.find(w.gaps.ranking(), 0)[0]


def _kinds(w: Workspace) -> list[str]:
    return [gap.kind.value for gap in _find(w)]


def test_nothing_is_asked_of_whole_ones(workspace: Workspace) -> None:
    workspace.customers.create(_whole("Ana"))
    firm = _whole("Firm", kind=CustomerKind.ORGANISATION.value, birthday=None)
    workspace.customers.create(firm)
    assert _find(workspace) == []


def test_what_is_wrong_comes_before_what_is_missing(workspace: Workspace) -> None:
    points = (
        ContactPoint(ContactKind.EMAIL.value, "ana(at)example", None),
        ContactPoint(ContactKind.PHONE.value, "ask his wife", None),
    )
    workspace.customers.create(CustomerDraft(name="Ana", contact_points=points))
    assert _kinds(workspace) == ["phone", "email", "city", "birthday"]
    assert [gap.text for gap in _find(workspace)][:2] == ["ask his wife", "ana(at)example"]


def test_what_is_not_to_be_used_is_no_reach_and_no_gap(workspace: Workspace) -> None:
    broken = ContactPoint(ContactKind.PHONE.value, "broken", None, do_not_use=True)
    workspace.customers.create(_whole("Ana", contact_points=(broken,)))
    assert _kinds(workspace) == ["reach"]


def test_papers_that_people_travel_with_need_number_and_last_day(workspace: Workspace) -> None:
    ana = workspace.customers.create(_whole("Ana"))
    for kind, number, last in (
        ("Passport", "", "2030-01-01"),
        ("护照", "E1", None),
        ("Passport", "P2", "2031-01-01"),
        ("Contract", "", None),
    ):
        facts = DocumentFacts(kind, number, expires_on=last)
        content = f"{kind}{number}".encode()
        workspace.documents.add(ana, content, file_name="x.txt", facts=facts)
    assert _kinds(workspace) == ["number", "last_day"]
    number, last_day = _find(workspace)
    workspace.gaps.fill(number, "C123456")
    with pytest.raises(UserError):
        workspace.gaps.fill(last_day, "some day")
    workspace.gaps.fill(last_day, "2032-05-31")
    assert _find(workspace) == []
    assert [d.facts.number for d in workspace.documents.of(ana)] == ["C123456", "E1", "P2", ""]
    assert workspace.documents.of(ana)[1].facts.expires_on == "2032-05-31"


def test_the_best_are_asked_about_first(workspace: Workspace) -> None:
    def made(name: str, stage: str, rating: int = 0) -> CustomerId:
        facts = PersonalFacts(rating=rating)
        return workspace.customers.create(_whole(name, stage=stage, birthday=None, facts=facts))

    made("potential", "potential")
    often = made("often", "customer")
    made("seldom", "customer")
    made("starred", "former", 4)
    made("dead", "customer")
    workspace.customers.update(made("dead", "customer", 5), "deceased", "yes")
    workspace.customers.log_interaction(often, InteractionKind.CALL, "Spoke")
    names = [gap.customer.name for gap in _find(workspace)]
    assert names == ["starred", "often", "seldom", "dead", "potential"]


def test_they_come_a_few_at_a_time(workspace: Workspace) -> None:
    def fill() -> None:
        for number in range(120):
            complete = number < 60
            made = _whole(f"C{number:03}", birthday="1980-01-02" if complete else None)
            workspace.customers.create(made)

    workspace.submit(fill).result()
    ranking = workspace.gaps.ranking()
    first, place = workspace.gaps.find(ranking, 0, wanted=10)
    second, end = workspace.gaps.find(ranking, place, wanted=100)
    names = [gap.customer.name for gap in (*first, *second)]
    assert names == [f"C{number:03}" for number in range(60, 120)]
    assert (place, end) == (100, 120)
    assert workspace.gaps.find(ranking, end) == ([], 120)


def test_who_went_to_the_trash_since_is_not_asked_about(workspace: Workspace) -> None:
    ana = workspace.customers.create(_whole("Ana", birthday=None))
    workspace.customers.create(_whole("Eva", birthday=None))
    ranking = workspace.gaps.ranking()
    workspace.customers.delete([ana])
    assert [gap.customer.name for gap in workspace.gaps.find(ranking, 0)[0]] == ["Eva"]


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("912 345 678", ContactKind.PHONE, "+351912345678"),
        ("Ana@Example.org", ContactKind.EMAIL, "ana@example.org"),
    ],
)
def test_a_reach_is_a_phone_or_an_e_mail(
    workspace: Workspace, typed: str, kind: ContactKind, value: str
) -> None:
    ana = workspace.customers.create(_whole("Ana", contact_points=()))
    [gap] = _find(workspace)
    assert gap.kind is GapKind.REACH
    workspace.gaps.fill(gap, typed)
    [point] = workspace.customers.get(ana).contact_points
    assert (point.kind, point.value) == (kind, value)
    assert _find(workspace) == []
    workspace.history.undo()
    assert _kinds(workspace) == ["reach"]


def test_a_wrong_one_is_put_right_in_its_place(workspace: Workspace) -> None:
    points = (ContactPoint(ContactKind.PHONE.value, "91234567", None, "work"),)
    ana = workspace.customers.create(_whole("Ana", contact_points=points))
    [gap] = _find(workspace)
    for typed in ("91234567", "ask his wife", "", "  "):
        with pytest.raises(UserError):
            workspace.gaps.fill(gap, typed)
    workspace.gaps.fill(gap, "912345678")
    [point] = workspace.customers.get(ana).contact_points
    assert (point.value, point.label) == ("+351912345678", "work")


def test_a_city_joins_the_address_that_lacks_one(workspace: Workspace) -> None:
    street = (Address(street="Rua das Flores 12"),)
    ana = workspace.customers.create(_whole("Ana", addresses=street))
    [gap] = _find(workspace)
    workspace.gaps.fill(gap, "Braga")
    [address] = workspace.customers.get(ana).addresses
    assert (address.street, address.city) == ("Rua das Flores 12", "Braga")


def test_what_is_not_needed_is_never_asked_for_again_until_undone(workspace: Workspace) -> None:
    workspace.customers.create(_whole("Ana", birthday=None))
    workspace.customers.create(_whole("Eva", birthday=None))
    [ana, _eva] = _find(workspace)
    workspace.gaps.not_needed(ana)
    assert [gap.customer.name for gap in _find(workspace)] == ["Eva"]
    workspace.history.undo()
    assert len(_find(workspace)) == 2
