"""Edits, merges, undo of any step, redo, earlier states, reopening, in any order.

Each history is done to an archive and to a plain model in memory, and both are the same all
along: every file, the lists, the search, the index.
"""

from __future__ import annotations

from hypothesis import settings
from machine_of_customers import CustomerRules
from machine_of_records import RecordRules


class Archive(CustomerRules, RecordRules):
    """All that can be done."""


TestArchive = Archive.TestCase
TestArchive.settings = settings(max_examples=35, stateful_step_count=30)
