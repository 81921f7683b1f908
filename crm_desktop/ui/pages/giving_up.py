"""Esc in a line of the panel: it goes, and one message long it can be brought back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.i18n import _
from crm_desktop.ui.host import host_of, session_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crm_desktop.ui.drafts import Sent


def offer_back(line: QWidget, given_up: Sent) -> None:
    """Say that what was typed in a line is given up, and offer it again; nothing if it is empty."""
    if given_up.draft:
        back = partial(session_of(line).drafts.bring_back, given_up)
        host_of(line).toast(_("What you typed was given up"), action=(_("Bring back"), back))
