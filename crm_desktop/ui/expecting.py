"""Gets ready for a file that may be dropped soon, so that its first rows come at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.i18n import language
from crm_desktop.ui.host import host_of
from crm_desktop.ui.ops import JobOp
from crm_desktop.ui.pages import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from crm_desktop.services.workspace import Workspace
    from crm_desktop.ui.host import Host


def expect_drop(parent: QObject, then: Callable[[], object]) -> None:
    """The same where files are being dragged across the window.

    Args:
        parent: the window, or a part of it.
        then: called on the GUI thread when all is there.
    """
    session = host_of(parent).session
    if session is not None:
        ready = partial(_get_ready, session.workspace, language())
        JobOp(parent, lambda _job: ready(), key="expects-files").success(lambda _none: then()).run()


def expect_files(host: Host) -> None:
    """Do what a file would wait for, on a thread of its own; the second time that is nothing.

    Args:
        host: the window; without an archive there is nothing to get ready for.
    """
    if host.session is not None:
        ready = partial(_get_ready, host.session.workspace, language())
        host.operations.launch_thread(ready, "expects-files")


def _get_ready(workspace: Workspace, tongue: str) -> None:
    """A process that reads, the page's modules, the countries' names."""
    workspace.get_ready_to_import()
    next(spec for spec in PAGES if spec.key == "import").load()
    from crm_desktop.ui.widgets.country import countries

    countries(tongue)
