"""What is known of a customer: facts, name parts, lunar birthdays, tags, stages."""

from __future__ import annotations

import pytest

from crm_desktop.domain.customers import CustomerDraft, Stage
from crm_desktop.domain.errors import UserError
from crm_desktop.services.workspace import Workspace


def test_parts_of_a_name_keep_the_whole_in_order(workspace: Workspace) -> None:
    wang = workspace.customers.create(CustomerDraft(name="王秀英"))
    workspace.customers.update(wang, "given_name", "秀英")
    made = workspace.customers.get(wang)
    assert (made.name, made.given_name, made.family_name) == ("王秀英", "秀英", "王")
    workspace.customers.update(wang, "family_name", "李")
    assert workspace.customers.get(wang).name == "李秀英"
    workspace.history.undo()
    made = workspace.customers.get(wang)
    assert (made.name, made.family_name) == ("王秀英", "王")
    workspace.customers.update(wang, "name", "王兰")
    made = workspace.customers.get(wang)
    assert (made.given_name, made.family_name) == ("", "王")
    assert [row.id for row in workspace.customers.search("王兰")] == [wang]


def test_a_middle_name_survives_a_marriage(workspace: Workspace) -> None:
    ana = workspace.customers.create(
        CustomerDraft(name="Ana Maria Silva", given_name="Ana", family_name="Silva")
    )
    workspace.customers.update(ana, "family_name", "Costa")
    assert workspace.customers.get(ana).name == "Ana Maria Costa"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("农历八月十五", "L--08-15"), ("lunar 1984-08-15", "L1984-08-15"), ("L--08-15", "L--08-15")],
)
def test_lunar_birthdays_as_people_write_them(workspace: Workspace, typed: str, kept: str) -> None:
    number = workspace.customers.create(CustomerDraft(name="王秀英", birthday=typed))
    assert workspace.customers.get(number).birthday == kept
    workspace.customers.update(number, "birthday", "")
    workspace.customers.update(number, "birthday", typed)
    assert workspace.customers.get(number).birthday == kept


@pytest.mark.parametrize(
    "typed", ["农历甲子年八月十五", "lunar 1984-13-01", "lunar 2004-01-30", "农历"]
)
def test_lunar_days_that_never_were_are_refused(workspace: Workspace, typed: str) -> None:
    number = workspace.customers.create(CustomerDraft(name="王秀英"))
    with pytest.raises(UserError) as caught:
        workspace.customers.update(number, "birthday", typed)
    assert caught.value.field == "birthday"


def test_tags_have_one_colour_everywhere(workspace: Workspace) -> None:
    number = workspace.customers.create(CustomerDraft(name="Ana", tags=("VIP", "2026")))
    workspace.customers.set_tag_colour("VIP", "amber")
    assert workspace.customers.tag_colours() == {"VIP": "amber"}
    with pytest.raises(UserError):
        workspace.customers.set_tag_colour("VIP", "url(x)")
    workspace.history.undo()
    assert workspace.customers.tag_colours() == {}
    assert workspace.customers.get(number).tags == ("VIP", "2026")


def test_known_words_are_offered_once(workspace: Workspace) -> None:
    for name, owner in (("Ana", "Rita"), ("Rui", "Rita"), ("Eva", "Paulo"), ("Zé", "")):
        number = workspace.customers.create(CustomerDraft(name=name))
        workspace.customers.update(number, "owner", owner)
    assert workspace.customers.known("owner") == ["Paulo", "Rita"]
    with pytest.raises(ValueError, match="name"):
        workspace.customers.known("name")


def test_each_turn_of_the_stage_has_its_day(workspace: Workspace) -> None:
    number = workspace.customers.create(CustomerDraft(name="Ana"))
    for stage in ("prospect", "customer", "customer"):
        workspace.customers.update(number, "stage", stage)
    turns = workspace.customers.stage_changes(number)
    assert [(turn.before, turn.stage) for turn in turns] == [
        (Stage.POTENTIAL, Stage.PROSPECT),
        (Stage.PROSPECT, Stage.CUSTOMER),
    ]
    workspace.history.undo()
    workspace.history.undo()
    assert len(workspace.customers.stage_changes(number)) < 2
