"""A field of the owner's own that names another customer: filtered, shown and sorted by name."""

from __future__ import annotations

from crm_desktop.domain.customers import CustomerDraft, CustomerListQuery
from crm_desktop.domain.fields import FieldKind, reference
from crm_desktop.domain.filters import OWN, Condition, Group, Op
from crm_desktop.services.workspace import Workspace
from crm_desktop.store.filters import KIND_OF


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
