"""Customers to print, and the printing of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from crm_desktop.domain.customers import (
    Customer,
    CustomerId,
    CustomerKind,
    Interaction,
    InteractionId,
    InteractionKind,
)
from crm_desktop.domain.settings import Firm
from crm_desktop.reports.customer_file import CustomerFile, customer_files_pdf
from crm_desktop.reports.preview import PdfPages

NOW = dt.datetime(2026, 11, 22, 14, 30, tzinfo=dt.UTC)
FIRM = Firm("Atlântico Viagens", "Rua das Flores 128\n4050-263 Porto", "+351 222 012 345")

Print = Callable[..., PdfPages]


def customer(name: str = "João Ferreira", **fields: object) -> Customer:
    kind = fields.pop("kind", CustomerKind.PERSON)
    return Customer(CustomerId(1), kind, name, **fields)  # type: ignore[arg-type]


def interactions(*texts: str) -> list[Interaction]:
    kinds = list(InteractionKind)
    return [
        Interaction(InteractionId(n), CustomerId(1), kinds[n % 4], NOW - dt.timedelta(days=n), text)
        for n, text in enumerate(texts)
    ]


def pdf(*files: CustomerFile, **options: object) -> bytes:
    defaults: dict[str, object] = {"firm": FIRM, "language": "en", "printed_at": NOW}
    return customer_files_pdf(files, **(defaults | options))  # type: ignore[arg-type]
