"""What the tests of Today share: a day, an archive opened on it, waiting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle

from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    ContactPoint,
    CustomerDraft,
)
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.pages.today import TodayPage
from crm_desktop.ui.shell import Shell

NOW = datetime(2026, 11, 23, 10, 30)
TODAY = NOW.date()
Open = Callable[[Callable[[Workspace], object]], TodayPage]


def whole(name: str, **more: object) -> CustomerDraft:
    """A customer of whom nothing is missing."""
    points = (
        ContactPoint(ContactKind.PHONE.value, "+351 912 345 678", None),
        ContactPoint(ContactKind.EMAIL.value, "someone@example.org", None),
    )
    made = CustomerDraft(
        name=name,
        stage="customer",
        birthday="1980-05-31",
        contact_points=points,
        addresses=(Address(city="Porto"),),
    )
    return made._replace(**more)  # type: ignore[arg-type]


def later(page: TodayPage, shell: Shell, qtbot: QtBot) -> None:
    """Until the page has looked again at all customers, too."""
    settle(shell, qtbot)
    qtbot.waitUntil(
        lambda: not page._calm.isActive() and not shell.operations.busy, timeout=TIMEOUT
    )
