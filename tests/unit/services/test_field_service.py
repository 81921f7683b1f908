"""Custom fields as the owner keeps them: made, renamed, put in order, removed, of other kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.domain.customers import CustomerDraft, CustomerId, CustomerListQuery
from crm_desktop.domain.duplicates import FILL
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.fields import CustomFieldId, Place, reference
from crm_desktop.domain.fields import FieldKind as K
from crm_desktop.services.workspace import Workspace


@pytest.fixture
def ana(workspace: Workspace) -> CustomerId:
    return workspace.customers.create(CustomerDraft("Ana Silva"))


def custom(workspace: Workspace, number: CustomerId) -> dict[str, str]:
    return dict(workspace.customers.get(number).custom)


def found(workspace: Workspace, text: str) -> list[str]:
    return [row.name for row in workspace.customers.search(text)]


def is_sound(workspace: Workspace) -> bool:
    return workspace.backups.check().messages == ()


def names(workspace: Workspace) -> list[str]:
    return [f.name for f in workspace.fields.all()]


def test_each_change_is_a_step_that_can_be_taken_back(workspace: Workspace) -> None:
    fields, history = workspace.fields, workspace.history
    size = fields.add("Size", K.CHOICE, heading="Shop", words=["S", "M", "L"])
    steps = [
        lambda: fields.rename(size, "T-shirt"),
        lambda: fields.set_heading(size, "Clothes"),
        lambda: fields.rename_group("Clothes", "Wardrobe"),
        lambda: fields.set_hidden(size, hidden=True),
        lambda: fields.set_words(size, ["S", "XL"], {"L": "XL"}),
        lambda: fields.remove(size),
    ]
    seen = [fields.all()]
    for step in steps:
        step()
        seen.append(fields.all())
    assert seen[-1] == []
    assert [f.field.name for f in fields.removed()] == ["T-shirt"]
    for before in reversed(seen[:-1]):
        history.undo()
        assert fields.all() == before
    for after in seen[1:]:
        history.redo()
        assert fields.all() == after


@pytest.mark.parametrize("name", ["", "  ", "size", "SIZE"])
def test_a_field_needs_a_name_of_its_own(workspace: Workspace, name: str) -> None:
    workspace.fields.add("Size")
    with pytest.raises(UserError) as told:
        workspace.fields.add(name)
    assert told.value.field == "name"
    other = workspace.fields.add("Colour")
    with pytest.raises(UserError):
        workspace.fields.rename(other, name)
    workspace.fields.rename(other, "COLOUR")


def test_groups_are_kept_together_and_fields_go_where_they_are_put(workspace: Workspace) -> None:
    fields = workspace.fields
    a, b, c = (fields.add(name) for name in "abc")
    fields.set_heading(a, "Travel")
    assert names(workspace) == ["b", "c", "a"]
    fields.arrange([Place(c, ""), Place(a, "Travel"), Place(b, "Travel")])
    assert [(f.name, f.heading) for f in fields.all()] == [
        ("c", ""), ("a", "Travel"), ("b", "Travel"),
    ]  # fmt: skip
    workspace.history.undo()
    assert names(workspace) == ["b", "c", "a"]


def test_a_removed_field_keeps_its_values_until_it_is_erased(
    workspace: Workspace, ana: CustomerId
) -> None:
    fields = workspace.fields
    size = fields.add("Size")
    workspace.customers.set_custom(ana, "Size", "Enormous")
    assert found(workspace, "enormous") == ["Ana Silva"]
    fields.remove(size)
    assert custom(workspace, ana) == {}
    assert found(workspace, "enormous") == []
    assert [(one.field.name, one.values) for one in fields.removed()] == [("Size", 1)]
    assert is_sound(workspace)
    fields.restore(size)
    assert custom(workspace, ana) == {"Size": "Enormous"}
    assert found(workspace, "enormous") == ["Ana Silva"]
    fields.remove(size)
    assert fields.erase() == 1
    assert fields.removed() == []
    with workspace._archive.reading() as c:
        left = c.execute("SELECT count(*) FROM journal WHERE before LIKE '%Enormous%'").fetchone()
    assert left == (0,)
    assert is_sound(workspace)


def test_a_new_field_of_a_removed_name_leaves_the_removed_one_its_values(
    workspace: Workspace, ana: CustomerId
) -> None:
    fields = workspace.fields
    old = fields.add("Size")
    workspace.customers.set_custom(ana, "Size", "L")
    fields.remove(old)
    assert fields.in_trash(" Size ") is not None
    fields.add("Size")
    assert custom(workspace, ana) == {}
    fields.restore(old)
    assert custom(workspace, ana) == {"Size (2)": "L"}
    # By the value alone a field comes about, too.
    fields.remove(old)
    workspace.customers.set_custom(ana, "Size (2)", "M")
    assert custom(workspace, ana) == {"Size (2)": "M"}


def test_undo_of_a_name_that_another_field_bears_since_says_so(workspace: Workspace) -> None:
    fields = workspace.fields
    size = fields.add("Size")
    fields.rename(size, "Height")
    [step, *_older] = workspace.history.steps()
    fields.add("Size")
    done = workspace.history.undo_step(step.id)
    assert [(c.table, c.field, c.kept) for c in done.conflicts] == [
        ("custom_field", "name", "Height")
    ]


# Kinds.


def fill(workspace: Workspace, name: str, *values: str) -> list[CustomerId]:
    numbers = []
    for place, value in enumerate(values):
        numbers.append(workspace.customers.create(CustomerDraft(f"Customer {place}")))
        workspace.customers.set_custom(numbers[-1], name, value)
    return numbers


def test_another_kind_says_what_does_not_fit_and_keeps_it(workspace: Workspace) -> None:
    fields = workspace.fields
    since = fields.add("Since")
    numbers = fill(workspace, "Since", "13/02/2019", "5/3/2020", "summer", "2021-07-01")
    assert fields.look(since, K.DATE) == (3, 1, ("summer",))
    fields.change_kind(since, K.DATE)
    kept = [custom(workspace, n)["Since"] for n in numbers]
    assert kept == ["2019-02-13", "2020-03-05", "summer", "2021-07-01"]
    workspace.history.undo()
    assert [custom(workspace, n)["Since"] for n in numbers][:2] == ["13/02/2019", "5/3/2020"]


@pytest.mark.parametrize(
    ("kind", "values", "new"),
    [
        (K.NUMBER, ["1.234,5", "12,25", "3", "many"], ["1234.5", "12.25", "3", "many"]),
        (K.MONEY, ["12,50 €", "7"], ["12.50 EUR", "7"]),
        (K.YES_NO, ["sim", "não", "talvez"], ["yes", "no", "talvez"]),
        (K.CHOICES, ["red, blue", "red"], ["red; blue", "red"]),
        (K.PHONE, ["912 345 678", "—x"], ["+351912345678", "—x"]),
        (K.EMAIL, ["Ana@Example.org", "@"], ["ana@example.org", "@"]),
        (K.LINK, ["www.example.org"], ["https://www.example.org"]),
    ],
)
def test_texts_become_other_kinds(
    workspace: Workspace, kind: K, values: list[str], new: list[str]
) -> None:
    field = workspace.fields.add("F")
    numbers = fill(workspace, "F", *values)
    workspace.fields.change_kind(field, kind)
    assert [custom(workspace, n)["F"] for n in numbers] == new
    assert is_sound(workspace)


def test_a_choice_takes_its_words_from_the_values(workspace: Workspace) -> None:
    field = workspace.fields.add("Level")
    numbers = fill(workspace, "Level", "Gold", "Silver", "Gold")
    workspace.fields.change_kind(field, K.CHOICE)
    assert workspace.fields.all()[0].choices == ("Gold", "Silver")
    workspace.fields.set_words(field, ["Silver", "Oro"], {"Gold": "Oro"})
    assert [custom(workspace, n)["Level"] for n in numbers] == ["Oro", "Silver", "Oro"]
    with pytest.raises(UserError, match="Silver, Oro"):
        workspace.customers.set_custom(numbers[0], "Level", "Bronze")
    workspace.customers.set_custom(numbers[0], "Level", "Bronze", new_word=True)
    assert workspace.fields.all()[0].choices == ("Silver", "Oro", "Bronze")
    workspace.history.undo()
    assert workspace.fields.all()[0].choices == ("Silver", "Oro")
    assert custom(workspace, numbers[0]) == {"Level": "Oro"}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (K.NUMBER, "1.234,5", "1234.5"),
        (K.MONEY, "12,5", "12.5 EUR"),
        (K.MONEY, "12.50 USD", "12.50 USD"),
        (K.DATE, "5/3/2019", "2019-03-05"),
        (K.YES_NO, "Sim", "yes"),
        (K.PHONE, "912 345 678", "+351912345678\t912 345 678"),
        (K.PHONE, "ask Rita", "ask Rita"),
        (K.EMAIL, "ana@example.org", "ana@example.org"),
        (K.LINK, "www.example.org", "https://www.example.org"),
        (K.LONG_TEXT, "one\ntwo", "one\ntwo"),
    ],
)
def test_what_is_typed_is_kept_by_its_kind(
    workspace: Workspace, ana: CustomerId, kind: K, text: str, value: str
) -> None:
    workspace.fields.add("F", kind)
    workspace.customers.set_custom(ana, "F", text)
    assert custom(workspace, ana) == {"F": value}


@pytest.mark.parametrize("kind", [K.NUMBER, K.MONEY, K.DATE, K.YES_NO, K.EMAIL, K.LINK, K.CUSTOMER])
def test_what_cannot_be_is_refused_with_words(
    workspace: Workspace, ana: CustomerId, kind: K
) -> None:
    workspace.fields.add("F", kind)
    with pytest.raises(UserError) as told:
        workspace.customers.set_custom(ana, "F", "soon, perhaps")
    assert told.value.field == "F"
    assert custom(workspace, ana) == {}


# Customers in fields.


def test_a_customer_in_a_field_is_found_by_his_present_name(
    workspace: Workspace, ana: CustomerId
) -> None:
    rui = workspace.customers.create(CustomerDraft("Rui Costa"))
    workspace.fields.add("Guide", K.CUSTOMER)
    workspace.customers.set_custom(ana, "Guide", reference(rui))
    assert set(found(workspace, "rui costa")) == {"Ana Silva", "Rui Costa"}
    assert workspace.customers.shown_fields(workspace.customers.get(ana)) == {"Guide": "Rui Costa"}
    workspace.customers.update(rui, "name", "Rui Pereira")
    assert set(found(workspace, "pereira")) == {"Ana Silva", "Rui Pereira"}
    assert is_sound(workspace)
    twin = workspace.customers.create(CustomerDraft("Rui A. Pereira"))
    workspace.duplicates.merge(twin, rui, FILL)
    assert custom(workspace, ana) == {"Guide": reference(twin)}
    workspace.history.undo()
    assert custom(workspace, ana) == {"Guide": reference(rui)}
    workspace.customers.delete([rui])
    workspace.customers.erase()
    assert custom(workspace, ana) == {}
    assert is_sound(workspace)


def test_names_become_customers_and_names_again(workspace: Workspace, ana: CustomerId) -> None:
    rui = workspace.customers.create(CustomerDraft("Rui Costa"))
    field = workspace.fields.add("Guide")
    workspace.customers.set_custom(ana, "Guide", "RUI COSTA")
    workspace.customers.set_custom(rui, "Guide", "Nobody")
    workspace.fields.change_kind(field, K.CUSTOMER)
    assert custom(workspace, ana) == {"Guide": reference(rui)}
    assert custom(workspace, rui) == {"Guide": "Nobody"}
    workspace.fields.change_kind(field, K.TEXT)
    assert custom(workspace, ana) == {"Guide": "Rui Costa"}


# In and out.


def ids(workspace: Workspace) -> list[CustomerId]:
    return sorted(CustomerId(n) for n in workspace.customers.ids(CustomerListQuery()))


def test_an_own_export_brings_the_fields_along(
    workspace: Workspace, ana: CustomerId, tmp_path: Path
) -> None:
    fields, customers = workspace.fields, workspace.customers
    rui = customers.create(CustomerDraft("Rui Costa"))
    fields.add("Size", K.CHOICE, heading="Shop", words=["S", "L"])
    fields.set_hidden(fields.add("Price", K.MONEY), hidden=True)
    fields.add("Guide", K.CUSTOMER)
    gone = fields.add("Old", K.DATE)
    customers.set_custom(ana, "Old", "5/3/2019")
    customers.set_custom(ana, "Guide", reference(rui))
    customers.set_custom(ana, "Size", "L")
    fields.remove(gone)
    workspace.exports.export(tmp_path / "own.json")
    with Workspace.open(tmp_path / "b.crm", create=True, data_dir=tmp_path) as other:
        other.imports.import_files([tmp_path / "own.json"])
        assert other.fields.all() == fields.all()
        assert other.fields.removed() == fields.removed()
        for number in ids(workspace):
            assert other.exports.document(number) == workspace.exports.document(number)
        assert is_sound(other)
    with Workspace.open(tmp_path / "c.crm", create=True, data_dir=tmp_path) as other:
        # Another archive has a field of the removed one's name, and customers of its own.
        other.customers.create(CustomerDraft("Somebody Else"))
        other.fields.add("Old")
        other.imports.import_files([tmp_path / "own.json"])
        by_name = {other.customers.get(n).name: other.customers.get(n) for n in ids(other)}
        assert by_name["Ana Silva"].custom == {
            "Size": "L",
            "Guide": reference(by_name["Rui Costa"].id),
        }
        assert [(one.field.name, one.values) for one in other.fields.removed()] == [("Old (2)", 1)]
        assert is_sound(other)


def test_a_sheet_feeds_fields_of_every_kind(
    workspace: Workspace, ana: CustomerId, tmp_path: Path
) -> None:
    fields = workspace.fields
    kinds = {
        "Since": K.DATE, "Points": K.NUMBER, "Price": K.MONEY, "Newsletter": K.YES_NO,
        "Level": K.CHOICE, "Guide": K.CUSTOMER, "Site": K.LINK,
    }  # fmt: skip
    for name, kind in kinds.items():
        fields.add(name, kind, words=["Gold"] if kind is K.CHOICE else ())
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "Nome;Since;Points;Price;Newsletter;Level;Guide;Site\n"
        "Rui Costa;05/03/2019;1.234,5;12,50 €;sim;gold;ana silva;www.example.org\n"
        "Eva Reis;summer;3;7;não;Silver;Nobody;none\n",
        encoding="utf-8",
    )
    workspace.imports.import_files([sheet])
    by_name = {workspace.customers.get(n).name: custom(workspace, n) for n in ids(workspace)}
    assert by_name["Rui Costa"] == {
        "Since": "2019-03-05",
        "Points": "1234.5",
        "Price": "12.50 EUR",
        "Newsletter": "yes",
        "Level": "Gold",
        "Guide": reference(ana),
        "Site": "https://www.example.org",
    }
    assert by_name["Eva Reis"]["Since"] == "summer"
    assert by_name["Eva Reis"]["Guide"] == "Nobody"
    level = next(f for f in fields.all() if f.name == "Level")
    assert level.choices == ("Gold", "Silver")
    assert is_sound(workspace)
    out = tmp_path / "out.csv"
    workspace.exports.export(out)
    assert "Ana Silva" in next(
        line for line in out.read_text("utf-8-sig").splitlines() if line.startswith("Rui Costa")
    )


def test_a_field_erased_twice_is_gone(workspace: Workspace) -> None:
    assert workspace.fields.erase([CustomFieldId(99)]) == 0
    with pytest.raises(UserError):
        workspace.fields.rename(CustomFieldId(99), "x")


def test_earlier_values_read_as_people_write_them_and_come_back(
    workspace: Workspace, ana: CustomerId
) -> None:
    rui = workspace.customers.create(CustomerDraft("Rui Costa"))
    guide = workspace.fields.add("Guide")
    workspace.customers.set_custom(ana, "Guide", "nobody")
    workspace.fields.change_kind(guide, K.CUSTOMER)
    workspace.customers.set_custom(ana, "Guide", reference(rui))
    history = workspace.past.value_history(ana, "custom:Guide")
    shown = [history.shown.get(value.text, value.text) for value in history.values]
    assert shown[:2] == ["Rui Costa", "nobody"]
    # What stood there once may stand there again, marked.
    workspace.customers.set_custom(ana, "Guide", "nobody", strict=False)
    assert custom(workspace, ana) == {"Guide": "nobody"}
