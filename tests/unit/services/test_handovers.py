"""All of one owner's things given to another: in one step, with the list of them on paper."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    PersonalFacts,
)
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.handovers import Given, HandOver, What
from crm_desktop.domain.tasks import Task
from crm_desktop.reports.preview import PdfPages
from crm_desktop.services.workspace import Workspace


def _customer(w: Workspace, name: str, owner: str) -> CustomerId:
    return w.customers.create(
        CustomerDraft(
            name=name,
            facts=PersonalFacts(owner=owner),
            addresses=(Address(city="Porto"),),
            contact_points=(ContactPoint(ContactKind.PHONE.value, "912 345 678", None),),
        )
    )


@pytest.fixture
def w(workspace: Workspace) -> Workspace:
    """Rui has two customers, one in the trash, two tasks and two cases, one of each done."""
    ana, gone = _customer(workspace, "Ana", "Rui"), _customer(workspace, "Gone", "Rui")
    _customer(workspace, "Eva", "Inês")
    workspace.customers.delete([gone])
    workspace.tasks.create(Task("Call", ana, owner="Rui", due_on=date(2026, 12, 1)))
    done, _step = workspace.tasks.create(Task("Called", ana, owner="Rui"))
    workspace.tasks.tick([done])
    for subject in ("Broken", "Mended"):
        case = workspace.cases.begin(ana, subject)
        workspace.cases.update(case, "owner", "Rui")
    workspace.cases.update(case, "status", "resolved")
    return workspace


def _owners(w: Workspace) -> list[tuple[str, str]]:
    with w._archive.reading() as c:
        return [
            (str(name), str(owner))
            for table, name in (
                ("customer", "name"),
                ("task", "title"),
                ("service_case", "subject"),
            )
            for name, owner in c.execute(f"SELECT {name}, owner FROM {table} ORDER BY id")
        ]


BEFORE = [
    *(("Ana", "Rui"), ("Gone", "Rui"), ("Eva", "Inês")),
    *(("Call", "Rui"), ("Called", "Rui"), ("Broken", "Rui"), ("Mended", "Rui")),
]
AFTER = [
    *(("Ana", "Zoë"), ("Gone", "Zoë"), ("Eva", "Inês")),
    *(("Call", "Zoë"), ("Called", "Rui"), ("Broken", "Zoë"), ("Mended", "Rui")),
]


def test_all_that_is_open_goes_in_one_step_and_comes_back(w: Workspace) -> None:
    assert w.handovers.owners() == ["Inês", "Rui"]
    counts = {What.CUSTOMERS: 2, What.TASKS: 1, What.CASES: 1, What.OPPORTUNITIES: 0}
    assert w.handovers.counts("Rui") == counts
    assert _owners(w) == BEFORE
    done, step = w.handovers.hand_over("Rui", "  Zoë ")
    assert _owners(w) == AFTER
    assert (done.giver, done.taker) == ("Rui", "Zoë")
    assert done.given == [
        Given(What.CUSTOMERS, "Ana", detail="Porto", phone="+351912345678"),
        Given(What.CUSTOMERS, "Gone", in_trash=True),
        Given(What.TASKS, "Call", "Ana", day=date(2026, 12, 1)),
        Given(What.CASES, "Broken", "Ana"),
    ]
    known = w.history.can_undo()
    assert known is not None
    assert (known.id, known.name) == (step, "Hand over from Rui to Zoë")
    w.history.undo()
    assert _owners(w) == BEFORE
    w.history.redo()
    assert _owners(w) == AFTER
    assert w.handovers.owners() == ["Inês", "Zoë"]


@pytest.mark.parametrize(
    ("giver", "taker", "field"),
    [
        ("", "Zoë", "giver"),
        ("Rui", "  ", "taker"),
        ("Rui", "Rui", "taker"),
        ("Hugo", "Zoë", "giver"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    w: Workspace, giver: str, taker: str, field: str
) -> None:
    before = w.history.can_undo()
    with pytest.raises(UserError) as caught:
        w.handovers.hand_over(giver, taker)
    assert caught.value.field == field
    assert _owners(w) == BEFORE
    assert w.history.can_undo() == before


def test_the_list_is_a_paper_with_every_line(w: Workspace) -> None:
    done, _step = w.handovers.hand_over("Rui", "王芳 😀")
    pdf = w.handovers.pdf(done)
    assert pdf.missing_characters == "😀"
    with PdfPages(pdf.data) as pages:
        assert pages.count == 1


def test_a_long_list_goes_over_many_pages(w: Workspace) -> None:
    many = [
        *(Given(What.CUSTOMERS, f"Customer {n} " * 9, detail="Porto") for n in range(400)),
        Given(What.TASKS, "Last"),
    ]
    done = HandOver("Rui", "Zoë", datetime(2026, 11, 23, tzinfo=UTC), many)
    with PdfPages(w.handovers.pdf(done).data) as pages:
        assert pages.count > 10
