"""From what the owner accepts of a column's clusters to its replacements."""

from __future__ import annotations

from dataclasses import replace

from crm_desktop.domain.imports import Cluster, ColumnMapping
from crm_desktop.services.imports.spellings import (
    accepted,
    changed_cells,
    replaced,
    replacements,
)

CITY = ColumnMapping(2, "C", "City", "city", 1.0)
SAME = Cluster((("Lisboa", 30), ("lisboa", 4), ("LISBOA", 2)), "Lisboa", same=True)
ALIKE = Cluster((("Lisboa", 30), ("Lisbao", 1)), "Lisboa", same=False)


def test_what_is_surely_one_is_proposed_and_what_is_alike_is_not() -> None:
    assert accepted(CITY, SAME) == (True, "Lisboa")
    assert accepted(CITY, ALIKE) == (False, "Lisboa")


def test_what_was_decided_is_shown_again() -> None:
    city = replace(CITY, replacements=(("lisboa", "Lisbon"), ("Lisboa", "Lisbon")))
    assert accepted(city, SAME) == (True, "Lisbon")
    # The owner has been here, and left the others alone.
    other = Cluster((("Évora", 5), ("Evora", 2)), "Évora", same=True)
    assert accepted(city, other) == (False, "Évora")


def test_accepted_clusters_become_replacements() -> None:
    assert replacements(CITY, [SAME, ALIKE], ["Lisboa", None]) == (
        ("lisboa", "Lisboa"),
        ("LISBOA", "Lisboa"),
    )
    assert replacements(CITY, [SAME, ALIKE], [None, None]) == ()


def test_a_slip_follows_what_it_is_taken_for() -> None:
    pairs = replacements(CITY, [SAME, ALIKE], ["Lisbon", "Lisboa"])
    assert dict(pairs) == dict.fromkeys(("Lisboa", "lisboa", "LISBOA", "Lisbao"), "Lisbon")
    assert changed_cells(pairs, [SAME, ALIKE]) == 37


def test_replacements_never_run_in_circles() -> None:
    one = Cluster((("a", 1), ("b", 1)), "a", same=True)
    two = Cluster((("a", 1), ("c", 1)), "a", same=False)
    pairs = dict(replacements(CITY, [one, two], ["b", "c"]))
    assert all(old != new for old, new in pairs.items())


def test_what_a_mapping_said_of_other_values_stays() -> None:
    city = replace(CITY, replacements=(("X", "Y"), ("lisboa", "Lisboa")))
    assert replacements(city, [SAME], [None]) == (("X", "Y"),)


def test_a_cell_as_it_will_be_taken() -> None:
    assert replaced(replace(CITY, replacements=(("lisboa", "Lisboa"),)), " lisboa ") == "Lisboa"
    assert replaced(CITY, "lisboa") == "lisboa"
    tags = replace(CITY, field="tags", replacements=(("vip", "VIP"),))
    assert replaced(tags, "vip; Norte") == "VIP, Norte"
    assert replaced(tags, "Sul; Norte") == "Sul; Norte"
