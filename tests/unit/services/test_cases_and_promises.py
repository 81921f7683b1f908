"""Cases and promises: opened, changed, settled, taken back."""

from __future__ import annotations

from datetime import date

import pytest

from crm_desktop.domain.cases import CaseId, CaseKind, CaseStatus, Severity
from crm_desktop.domain.customers import CustomerDraft, CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.promises import PromiseId, Side
from crm_desktop.services.workspace import Workspace


@pytest.fixture
def ana(workspace: Workspace) -> CustomerId:
    workspace.settings.set_home_country("PT")
    return workspace.customers.create(CustomerDraft(name="Ana"))


def test_a_case_from_the_first_word_to_the_last(workspace: Workspace, ana: CustomerId) -> None:
    cases = workspace.cases
    number = cases.begin(ana, "  Broken   tap ", kind=CaseKind.COMPLAINT)
    for field, value in (
        ("severity", "3"),
        ("promised", "A new one"),
        ("promised_on", "31/12/2026"),
        ("owner", "Rita"),
        ("text", "since Monday\nkitchen"),
    ):
        cases.update(number, field, value)
    (case,) = cases.of(ana)
    assert (case.subject, case.kind, case.severity) == (
        "Broken tap",
        CaseKind.COMPLAINT,
        Severity.HIGH,
    )
    assert (case.promised, case.promised_on) == ("A new one", date(2026, 12, 31))
    assert case.opened_at is not None
    assert case.is_open
    cases.update(number, "status", "resolved")
    cases.update(number, "satisfaction", "5")
    cases.update(number, "resolution", "exchanged")
    (case,) = cases.of(ana)
    assert (case.is_open, case.satisfaction) == (False, 5)
    resolved_at = case.resolved_at
    assert resolved_at is not None
    cases.update(number, "status", "resolved")
    assert cases.of(ana)[0].resolved_at == resolved_at
    cases.update(number, "status", "waiting")
    assert (cases.of(ana)[0].resolved_at, cases.of(ana)[0].status) == (None, CaseStatus.WAITING)
    workspace.history.undo()
    assert cases.of(ana)[0].resolved_at == resolved_at
    cases.remove(number)
    assert cases.of(ana) == []
    workspace.history.undo()
    assert cases.of(ana)[0].subject == "Broken tap"


def test_the_worst_stands_first_and_the_resolved_last(
    workspace: Workspace, ana: CustomerId
) -> None:
    cases = workspace.cases
    made = {name: cases.begin(ana, name) for name in ("done", "low", "high", "soon")}
    cases.update(made["done"], "status", "resolved")
    cases.update(made["low"], "severity", "1")
    cases.update(made["high"], "severity", "3")
    cases.update(made["soon"], "promised_on", "2026-12-01")
    assert [case.subject for case in cases.of(ana)] == ["high", "soon", "low", "done"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", " "),
        ("status", "maybe"),
        ("severity", "9"),
        ("satisfaction", "6"),
        ("promised_on", "31.02.2026"),
        ("kind", "dog"),
    ],
)
def test_cases_refuse_what_makes_no_sense(
    workspace: Workspace, ana: CustomerId, field: str, value: str
) -> None:
    number = workspace.cases.begin(ana, "Tap")
    with pytest.raises(UserError):
        workspace.cases.update(number, field, value)


def test_what_is_gone_says_so(workspace: Workspace, ana: CustomerId) -> None:
    with pytest.raises(UserError):
        workspace.cases.begin(CustomerId(99), "Tap")
    with pytest.raises(UserError):
        workspace.cases.begin(ana, "\n")
    with pytest.raises(UserError):
        workspace.cases.update(CaseId(99), "subject", "x")
    with pytest.raises(UserError):
        workspace.promises.keep(PromiseId(99))


def test_promises_stand_until_they_are_ticked(workspace: Workspace, ana: CustomerId) -> None:
    promises = workspace.promises
    later = promises.add(ana, Side.WE, "Send the photos", due="2026-12-24")
    never = promises.add(ana, Side.THEY, "Return the ladder")
    soon = promises.add(ana, Side.WE, "Call back", due="1/12/2026")
    assert [one.id for one in promises.open_of(ana)] == [soon, later, never]
    promises.keep(soon)
    assert [one.id for one in promises.open_of(ana)] == [later, never]
    workspace.history.undo()
    assert [one.id for one in promises.open_of(ana)] == [soon, later, never]
    promises.update(never, "side", "we")
    promises.update(never, "text", "Return the long ladder")
    promises.update(never, "due_on", "2026-11-30")
    first = promises.open_of(ana)[0]
    assert (first.side, first.text, first.due_on) == (
        Side.WE,
        "Return the long ladder",
        date(2026, 11, 30),
    )
    promises.remove(never)
    assert [one.id for one in promises.open_of(ana)] == [soon, later]
    for text, due in ((" ", ""), ("Call", "soonish")):
        with pytest.raises(UserError):
            promises.add(ana, Side.WE, text, due=due)


def test_the_trash_takes_them_along_and_gives_them_back(
    workspace: Workspace, ana: CustomerId
) -> None:
    workspace.cases.begin(ana, "Tap")
    workspace.promises.add(ana, Side.WE, "Call")
    workspace.customers.delete([ana])
    workspace.customers.restore([ana])
    assert len(workspace.cases.of(ana)) == len(workspace.promises.open_of(ana)) == 1
