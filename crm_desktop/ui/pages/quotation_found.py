"""What the page of a quotation shows, read in one go."""

from __future__ import annotations

from typing import NamedTuple

from crm_desktop.domain.numbers import Series
from crm_desktop.domain.orders import OrderId
from crm_desktop.domain.quotations import QuotationId, WholeQuotation, may_be_edited
from crm_desktop.services.opportunities import WholeOpportunity
from crm_desktop.services.workspace import Workspace


class Found(NamedTuple):
    """What the page shows.

    Attributes:
        sold: the opportunity that it belongs to.
        expected: the number that a draft is likely to get.
        newer: the version that replaces it, or is to.
        order: the order that it became.
    """

    whole: WholeQuotation
    country: str
    sold: WholeOpportunity | None
    expected: str
    newer: QuotationId | None
    order: OrderId | None = None


def read(workspace: Workspace, number: QuotationId) -> Found:
    """Read it, on a reader's thread.

    Raises:
        UserError: it is not there any more.
    """
    whole = workspace.quotations.get(number)
    one = whole.quotation
    sold = None
    if one.opportunity_id is not None:
        sold = workspace.opportunities.get(one.opportunity_id)
    expected = ""
    if may_be_edited(one):
        if one.earlier_id is None:
            expected = workspace.numbers.expected(Series.QUOTATION)
        else:
            before = workspace.quotations.get(one.earlier_id).quotation
            expected = f"{before.number}/{one.version}"
    others = workspace.quotations.of(one.customer_id)
    newer = next((x.quotation.id for x in others if x.quotation.earlier_id == number), None)
    order = workspace.orders.of_quotation(number)
    made = None if order is None else order.id
    return Found(whole, workspace.settings.home_country(), sold, expected, newer, made)
