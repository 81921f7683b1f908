"""A field of the owner's own that names another customer: filtered, sorted, compared by name."""

from __future__ import annotations

from crm_desktop.domain.customers import CustomerDraft, CustomerListQuery
from crm_desktop.domain.duplicates import Differences
from crm_desktop.domain.fields import FieldKind, reference
from crm_desktop.domain.filters import OWN, Condition, Group, Op
from crm_desktop.services.workspace import Workspace
from crm_desktop.store.filter_values import KIND_OF
from crm_desktop.ui.pages.duplicate_words import compared, named_in


def test_every_kind_of_field_can_be_filtered_by() -> None:
    assert set(KIND_OF) == set(FieldKind)


def test_a_named_customer_is_filtered_shown_and_sorted_by_his_name(workspace: Workspace) -> None:
    customers = workspace.customers
    zoe, ana, rui, eva = (customers.create(CustomerDraft(n)) for n in ("Zoe", "Ana", "Rui", "Eva"))
    key = f"{OWN}{workspace.fields.add('Guide', FieldKind.CUSTOMER)}"
    customers.set_custom(ana, "Guide", reference(zoe))
    customers.set_custom(zoe, "Guide", reference(rui))

    (field,) = [f for f in workspace.filters.fields() if f.key == key]
    assert field.name == "Guide"
    assert workspace.filters.words(key) == [(reference(rui), "Rui"), (reference(zoe), "Zoe")]
    of_zoe = Group((Condition(key, Op.ANY_OF, (reference(zoe),)),))
    assert list(customers.ids(CustomerListQuery(filter=of_zoe))) == [ana]

    customers.update(zoe, "name", "Bea")
    order = list(customers.ids(CustomerListQuery(sort=key)))
    assert order == [ana, zoe, rui, eva]
    assert [row.more for row in customers.rows(order, columns=[key])] == [
        ((key, "Bea"),),
        ((key, "Rui"),),
        ((key, ""),),
        ((key, ""),),
    ]


def test_two_are_compared_in_words_and_not_in_the_archives_writing(workspace: Workspace) -> None:
    customers = workspace.customers
    zoe = customers.create(CustomerDraft("Zoe"))
    ana = customers.create(CustomerDraft("Ana", birthday="1984-04-12", notes="a **seat**"))
    workspace.fields.add("Guide", FieldKind.CUSTOMER)
    workspace.fields.add("Since", FieldKind.DATE)
    customers.set_custom(ana, "Guide", reference(zoe))
    customers.set_custom(ana, "Since", "2019-03-05")
    one, other = customers.get(ana), customers.get(zoe)
    names = customers.names(named_in(one, other))
    said = {line.caption: line.one for line in compared(one, other, Differences(), names)}
    assert said["Guide"] == "Zoe"
    assert said["Since"] == "5 Mar 2019"
    assert said["Birthday"] == "12 April 1984"
    assert said["Notes"] == "a seat"
