from __future__ import annotations

from collections.abc import Iterator

import pytest
from report_kit import Print, pdf

from crm_desktop.domain.customers import Customer
from crm_desktop.reports.customer_file import CustomerFile
from crm_desktop.reports.preview import PdfPages


@pytest.fixture
def printed() -> Iterator[Print]:
    """Print customers and open the PDF."""
    opened: list[PdfPages] = []

    def make(*files: CustomerFile | Customer, **options: object) -> PdfPages:
        pages = PdfPages(
            pdf(*(f if isinstance(f, CustomerFile) else CustomerFile(f) for f in files), **options)
        )
        opened.append(pages)
        return pages

    yield make
    for pages in opened:
        pages.close()
