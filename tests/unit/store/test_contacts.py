"""How often and when each customer was in contact, whoever writes the timeline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from crm_desktop.domain.customers import (
    CustomerDraft,
    CustomerId,
    CustomerListQuery,
    InteractionKind,
)
from crm_desktop.domain.filters import Condition, Group, Op
from crm_desktop.services.workspace import Workspace
from crm_desktop.store import contacts

START = datetime(2024, 3, 1, 9, tzinfo=UTC)


def _known(w: Workspace) -> dict[int, tuple[int, str, str]]:
    with w._archive.reading_afresh() as connection:
        assert contacts.is_true(connection)
        rows = connection.execute("SELECT * FROM customer_contact")
        return {n: (count, first[:10], last[:10]) for n, count, first, last in rows}


def _write(w: Workspace, sql: str, *values: object) -> None:
    w._archive.write("test", lambda c: c.execute(sql, values))


def test_every_way_to_change_an_entry_is_followed(workspace: Workspace) -> None:
    w = workspace
    ana, rui = (w.customers.create(CustomerDraft(name=name)) for name in ("Ana", "Rui"))
    for day in (5, 1, 9):
        at = START + timedelta(days=day)
        w.customers.log_interaction(ana, InteractionKind.CALL, f"day {day}", at=at)
    assert _known(w) == {ana: (3, "2024-03-02", "2024-03-10")}
    _write(w, "UPDATE interaction SET customer_id = ? WHERE text = 'day 9'", rui)
    assert _known(w) == {
        ana: (2, "2024-03-02", "2024-03-06"),
        rui: (1, "2024-03-10", "2024-03-10"),
    }
    _write(w, "UPDATE interaction SET at = '2020-01-01T00:00:00Z' WHERE text = 'day 5'")
    assert _known(w)[ana] == (2, "2020-01-01", "2024-03-02")
    _write(w, "DELETE FROM interaction WHERE text = 'day 9'")
    assert _known(w) == {ana: (2, "2020-01-01", "2024-03-02")}
    for _step in range(3):
        w.history.undo()
    assert _known(w) == {ana: (3, "2024-03-02", "2024-03-10")}
    w.customers.delete([ana])
    w.customers.erase()
    assert _known(w) == {}


def test_who_lies_in_the_trash_is_in_no_list_by_contact(workspace: Workspace) -> None:
    w = workspace
    people = [w.customers.create(CustomerDraft(name=f"{n}")) for n in range(4)]
    for place, who in enumerate(people[:3]):
        w.customers.log_interaction(
            who, InteractionKind.CALL, "x", at=START + timedelta(days=place)
        )
    w.customers.delete([people[1]])
    for column in ("last_contact", "contacts"):
        query = CustomerListQuery(sort=column, descending=True)
        page = w.customers.first_page(query, columns=[column])
        whole = list(w.customers.ids(query))
        assert [row.id for row in page] == whole == [people[2], people[0], people[3]]
        assert dict(page[2].more)[column] == ""


def test_a_check_finds_and_mends_it(workspace: Workspace) -> None:
    w = workspace
    ana = w.customers.create(CustomerDraft(name="Ana"))
    w.customers.log_interaction(ana, InteractionKind.CALL, "x", at=START)
    never = CustomerListQuery(filter=Group((Condition("contacts", Op.EQUAL, ("0",)),)))
    assert not list(w.customers.ids(never))
    w._archive.maintain(lambda c: c.execute("DELETE FROM customer_contact"))
    assert list(w.customers.ids(never)) == [CustomerId(ana)]
    report = w.backups.check()
    assert report.ok
    assert len(report.messages) == 1
    assert not list(w.customers.ids(never))
    assert w.backups.check().messages == ()
