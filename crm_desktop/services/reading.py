"""How many foreign files are read at once."""

from __future__ import annotations

import contextlib

from crm_desktop.bridge.reader import Reader
from crm_desktop.domain.errors import Cancelled
from crm_desktop.domain.jobs import Job

# An import of more files lets go of each one's process and starts it again when it is needed:
# a process with a workbook in it takes 40 MB and more.
MOST_READERS = 3


def let_go(source: object) -> None:
    """End the process that reads a file; the next question starts another one.

    Args:
        source: a file that is open; an own export has no process.
    """
    if isinstance(source, Reader):
        # A question that is cancelled at once leaves no process behind, and the reader still
        # knows what it has learnt about the file.
        job = Job()
        job.cancel()
        with contextlib.suppress(Cancelled):
            source.inspect(job)
