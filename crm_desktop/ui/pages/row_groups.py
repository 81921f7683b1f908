"""Rows of the facts card by what they are about; `Facts` puts them together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from crm_desktop.ui.widgets.facts import FactRow

if TYPE_CHECKING:
    from crm_desktop.ui.pages.customer_facts import Facts


class Maker(NamedTuple):
    """How to make a row.

    Attributes:
        make: makes it.
        alike: rows with the same word can stand for each other's customers; "" for one that is
            made anew for everybody.
    """

    make: Callable[[], FactRow]
    alike: str = ""


Makers = dict[str, Maker]


class RowGroup:
    """Some rows of a customer: which there are, how each is made and what it shows."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def wanted(self) -> Makers:
        """How to make each row that the customer of `facts` needs, by key, in order."""
        raise NotImplementedError

    def fill(self) -> None:
        """Show what is stored in the rows that stand."""
        raise NotImplementedError
