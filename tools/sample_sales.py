"""Opportunities of a travel agency for the pictures: a pipeline with something in each stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.opportunities import OpportunityId
from crm_desktop.domain.quotations import (
    QuotationId,
)
from crm_desktop.services.pipelines import Template
from crm_desktop.services.workspace import Workspace
from crm_desktop.store.records import OPPORTUNITIES

# Title, worth, days until it is decided, owner, next step, stage, days in it.
TRIPS = (
    ("Azores in May, two families", "", None, "Rita", "", 0, 0),
    ("日本樱花季 · 8人团", "64000 CNY", 40, "Inês", "send the first plan tomorrow", 0, 2),
    ("School trip to Évora", "1850 EUR", 25, "Rita", "call the headmistress in 2 days", 1, 1),
    ("Honeymoon, Maldives", "7400 EUR", 60, "Inês", "ask for their passports", 2, 6),
    ("Rail tour through the Alps with a night in Zermatt", "5230.50 EUR", 18, "Rita",
     "itinerary with hotels, on 2026-11-20", 2, 17),
    ("Wine weekend on the Douro", "960 EUR", 12, "Rita", "call back next monday", 3, 3),
    ("Corporate retreat", "12800 EUR", 9, "Inês", "follow up the quotation tomorrow", 3, 9),
    ("Christmas in Vienna", "2150 EUR", 3, "Rita", "ask for the deposit in 3 days", 4, 2),
    ("Madeira, hiking week", "3120 EUR", -4, "Inês", "", 5, 4),
    ("Cruise, Norway", "8800 EUR", -9, "Rita", "", 6, 9),
)  # fmt: skip


def fill_sales(workspace: Workspace, customers: Sequence[CustomerId]) -> list[OpportunityId]:
    """Begin a pipeline of outbound travel with something in each stage; returns all of it."""
    way = workspace.pipelines.get(workspace.pipelines.begin(Template.OUTBOUND_TRAVEL))
    service, now, made = workspace.opportunities, datetime.now(UTC), []
    for place, (title, worth, days, owner, step, stage, since) in enumerate(TRIPS):
        number = service.create(title, customers[place % len(customers)], amount=worth, owner=owner)
        if days is not None:
            day = (now + timedelta(days=days)).date()
            service.update(number, "closes_on", day.isoformat())
        if step:
            service.add_step(number, step)
        target = way.stages[stage].id
        assert target is not None
        service.move(number, target, given={"lost_reason": "Too expensive"} if stage == 6 else {})
        entered = now - timedelta(days=since)
        workspace._archive.write(
            "Sample",
            lambda c, n=number, at=entered: OPPORTUNITIES.update(c, [n], {"entered_at": at}),
        )
        made.append(number)
    return made


def fill_quotation(workspace: Workspace, trip: OpportunityId) -> QuotationId:
    """Begin a quotation for one of them, with a line of each kind."""
    service, catalogue = workspace.quotations, workspace.catalogue
    hotel = catalogue.create("Hotel Zermatterhof, double room")
    for field, value in (
        ("unit", "night"),
        ("tax_rate", "6"),
        ("description", "Half board, view of the Matterhorn\nCheck-in from 15:00"),
    ):
        catalogue.update(hotel, field, value)
    catalogue.add_price(hotel, "289.50 EUR")
    whose = workspace.opportunities.get(trip).opportunity.customer_id
    number = service.create("", whose, opportunity=trip)
    service.update(number, "intro", "Thank you for your call. This is the tour we spoke about.")
    service.add_text(number, "Trains")
    seats = service.add_free_line(
        number, "Bernina Express, 2nd class, with seats", "96", quantity="4", tax_rate="6"
    )
    service.update_line(seats, "unit", "seat")
    service.update_line(seats, "discount", "10 %")
    service.add_text(number, "Nights and guide")
    service.add_product_line(number, hotel, quantity="6")
    service.add_free_line(number, "Mountain guide for a day", "420", tax_rate="23")
    service.add_free_line(
        number, "Travel insurance", "38.50", quantity="4", kind=LineKind.OPTION, tax_rate="0"
    )
    service.update(number, "valid_until", (date.today() + timedelta(days=30)).isoformat())
    return number
