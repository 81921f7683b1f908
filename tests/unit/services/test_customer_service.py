from dataclasses import replace

import pytest

from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    CustomerListQuery,
    InteractionKind,
    SortColumn,
    Stage,
)
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.filters import Condition, Group, Op
from crm_desktop.services.workspace import Workspace
from crm_desktop.store import lists


def test_bad_input_is_refused_with_its_field(workspace: Workspace) -> None:
    number = workspace.customers.create(CustomerDraft(name="Ana"))
    for field, value in (
        ("name", "  "),
        ("birthday", "31.02.1980"),
        ("birthday", "yesterday?"),
        ("stage", "friend"),
        ("kind", "dog"),
    ):
        with pytest.raises(UserError) as caught:
            workspace.customers.update(number, field, value)
        assert caught.value.field == field
    with pytest.raises(UserError) as caught:
        workspace.customers.save_contact_point(number, ContactKind.EMAIL, "no address")
    assert caught.value.field == "email"
    with pytest.raises(UserError):
        workspace.customers.create(CustomerDraft(name="\u200b \x00"))
    with pytest.raises(UserError):
        workspace.customers.get(CustomerId(99))
    with pytest.raises(UserError):
        workspace.customers.update(CustomerId(99), "name", "x")
    assert workspace.customers.get(number).name == "Ana"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1980-05-31", "1980-05-31"),
        ("31/05/1980", "1980-05-31"),
        ("--05-31", "--05-31"),
        ("1980年5月31日", "1980-05-31"),
        ("", None),
    ],
)
def test_birthdays_as_people_write_them(workspace: Workspace, typed: str, kept: str | None) -> None:
    number = workspace.customers.create(CustomerDraft(name="Ana"))
    workspace.customers.update(number, "birthday", typed)
    assert workspace.customers.get(number).birthday == kept


def test_odd_names_are_kept_as_they_are(workspace: Workspace) -> None:
    names = ["x" * 300, "🎈 Balloon", "محمد عبد الله", "<b>Bold</b> & Co", 'O\'Neil "Bob"', "=1+1"]
    for name in names:
        number = workspace.customers.create(CustomerDraft(name=name))
        assert workspace.customers.get(number).name == name
        assert number in workspace.customers.ids(CustomerListQuery(text=name[:20]))


def test_phone_that_makes_no_sense_is_kept_as_typed(workspace: Workspace) -> None:
    number = workspace.customers.create(CustomerDraft(name="Ana"))
    workspace.customers.save_contact_point(number, ContactKind.PHONE, "ask at the bar")
    assert workspace.customers.get(number).phones == (
        ContactPoint("phone", "ask at the bar", None, "", 1),
    )
    assert workspace.customers.search("bar")[0].id == number


def test_lists_are_sorted_and_filtered_by_the_archive(workspace: Workspace) -> None:
    people = [
        ("Zé", "Porto", "customer"),
        ("ana", "Braga", "potential"),
        ("Ánita", "porto", "customer"),
        ("王伟", "上海", "prospect"),
        ("Bruno", "", "former"),
    ]
    numbers = {}
    for name, city, stage in people:
        draft = CustomerDraft(name=name, stage=stage, addresses=(Address(city=city),))
        numbers[name] = workspace.customers.create(draft)

    def names(query: CustomerListQuery) -> list[str]:
        ids = workspace.customers.ids(query)
        rows = workspace.customers.rows([CustomerId(n) for n in ids])
        assert [r.id for r in workspace.customers.first_page(query)] == list(ids)
        assert workspace.customers.count(query) == len(ids)
        return [r.name for r in rows]

    assert names(CustomerListQuery()) == ["ana", "Ánita", "Bruno", "王伟", "Zé"]
    assert names(CustomerListQuery(descending=True)) == ["Zé", "王伟", "Bruno", "Ánita", "ana"]
    assert names(CustomerListQuery(stage=Stage.CUSTOMER)) == ["Ánita", "Zé"]
    assert names(CustomerListQuery(sort=SortColumn.CITY))[-1] == "Bruno"  # who has none
    assert names(CustomerListQuery(sort=SortColumn.CITY, stage=Stage.CUSTOMER)) == ["Zé", "Ánita"]
    assert set(names(CustomerListQuery(text="porto"))) == {"Zé", "Ánita"}
    assert names(CustomerListQuery(text="porto", sort=SortColumn.NAME)) == ["Ánita", "Zé"]
    assert names(CustomerListQuery(text="a", stage=Stage.CUSTOMER))[0] == "Ánita"
    workspace.customers.update(numbers["Zé"], "notes", "newest")
    assert names(CustomerListQuery(sort=SortColumn.UPDATED, descending=True))[0] == "Zé"
    workspace.customers.delete([numbers["Bruno"], numbers["ana"]])
    assert names(CustomerListQuery()) == ["Ánita", "王伟", "Zé"]
    assert set(names(CustomerListQuery(trashed=True))) == {"ana", "Bruno"}


def test_cities_stand_where_people_look_for_them(workspace: Workspace) -> None:
    cities = ["Faro", "北京", "Évora", "porto", "", "Águeda", "Evora", "上海", "Porto", "Évora"]
    for number, city in enumerate(cities):
        addresses = (Address(city=city),) if city else ()
        workspace.customers.create(CustomerDraft(name=f"N{number}", addresses=addresses))

    def shown(query: CustomerListQuery) -> list[str]:
        ids = [CustomerId(n) for n in workspace.customers.ids(query)]
        page = workspace.customers.first_page(query, limit=4)
        rows = workspace.customers.rows(ids)
        assert page == rows[:4]
        return [f"{row.city} {row.name[1:]}".strip() for row in rows]

    by_city = CustomerListQuery(sort=SortColumn.CITY)
    # 北京 is read bei jing, 上海 shang hai.
    assert shown(by_city) == [
        *("Águeda 5", "北京 1", "Evora 6", "Évora 2", "Évora 9"),
        *("Faro 0", "Porto 8", "porto 3", "上海 7", "4"),
    ]
    # Who has none stands last either way.
    assert shown(replace(by_city, descending=True)) == [*shown(by_city)[-2::-1], "4"]
    # What is found is ordered the same way.
    assert shown(CustomerListQuery(text="n", sort=SortColumn.CITY)) == shown(by_city)


def test_a_list_by_city_reads_no_more_than_it_shows(workspace: Workspace) -> None:
    workspace.customers.create(CustomerDraft(name="Ana", addresses=(Address(city="Lisboa"),)))
    seen: list[str] = []
    with workspace._archive.reading() as c:
        c.set_trace_callback(seen.append)
        lists.ids(c, CustomerListQuery(sort=SortColumn.CITY, stage=Stage.POTENTIAL), limit=1)
        c.set_trace_callback(None)
        plans = [row[3] for sql in seen for row in c.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert plans
    assert not [p for p in plans if "TEMP B-TREE" in p or p.startswith("SCAN customer_summary")]


def test_timeline_is_paged(workspace: Workspace) -> None:
    number = workspace.customers.create(CustomerDraft(name="Ana"))
    for i in range(25):
        workspace.customers.log_interaction(number, InteractionKind.NOTE, f"entry {i}")
    seen = []
    before = None
    while page := workspace.customers.timeline(number, before=before, limit=10):
        seen += [entry.text for entry in page]
        before = (page[-1].at, page[-1].id)
    assert seen == [f"entry {i}" for i in reversed(range(25))]
    with pytest.raises(UserError):
        workspace.customers.log_interaction(number, InteractionKind.CALL, "  ")


def test_names_that_begin_so_come_first_then_the_newest(workspace: Workspace) -> None:
    for name in ("Mariana", "Rui Ana", "Susana", "Ana Zita", "Ana"):
        workspace.customers.create(CustomerDraft(name=name))
    assert [r.name for r in workspace.customers.search("ana")] == [
        "Ana",
        "Ana Zita",
        "Rui Ana",
        "Susana",
        "Mariana",
    ]


def test_an_order_that_was_read_follows_what_changes(workspace: Workspace) -> None:
    create = workspace.customers.create
    ana, rui = (create(CustomerDraft(name=name)) for name in ("Ana", "Rui"))
    by_owner = CustomerListQuery(sort="owner")
    workspace.customers.update(rui, "owner", "Bruno")
    assert list(workspace.customers.ids(by_owner)) == [rui, ana]
    workspace.customers.update(ana, "owner", "Alda")
    assert [row.id for row in workspace.customers.first_page(by_owner)] == [ana, rui]
    assert list(workspace.customers.ids(by_owner)) == [ana, rui]
    workspace.history.undo()
    assert list(workspace.customers.ids(by_owner)) == [rui, ana]
    workspace.customers.delete([rui])
    assert list(workspace.customers.ids(by_owner)) == [ana]


def test_a_city_orders_a_filter_as_it_orders_everybody(workspace: Workspace) -> None:
    for number in range(60):
        addresses = (Address(city=f"{'ÉEeÀaB'[number % 6]}vora {number % 50}"),)
        stage = list(Stage)[number % 2]
        draft = CustomerDraft(name=f"N{number}", stage=stage, addresses=addresses)
        workspace.customers.create(draft)
    tree = Group((Condition("stage", Op.ANY_OF, (Stage.PROSPECT.value,)),))
    everybody = workspace.customers.ids(CustomerListQuery(sort="city"))
    query = CustomerListQuery(sort="city", filter=tree)
    found = list(workspace.customers.ids(query))
    assert found == [number for number in everybody if number in set(found)]
    assert [row.id for row in workspace.customers.first_page(query, limit=7)] == found[:7]
