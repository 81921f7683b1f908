"""What the chooser above a column offers."""

from __future__ import annotations

from crm_desktop.domain.imports import FACTS, FIELDS, ColumnMapping
from crm_desktop.services import captions
from crm_desktop.ui.pages.import_wizard.words import certainty, choices, feeds, field_names


def test_every_field_can_be_chosen() -> None:
    assert set(field_names()) == set(FIELDS)
    offered = choices(ColumnMapping(0, "A", "Vendedor", "custom:Vendedor", 1.0))
    assert {choice.field for choice in offered} >= set(FIELDS)


def test_facts_are_called_as_in_the_panel() -> None:
    for field in FACTS:
        column = ColumnMapping(0, "A", "x", field, 1.0)
        assert feeds(column) == captions.of_facts()[field]
        assert certainty(column) == "sure"
        assert sum(choice.same_as(column) for choice in choices(column)) == 1
