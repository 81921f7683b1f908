"""What nobody foresaw: caught on every thread, logged and shown without customer data.

A report holds the kind of error, the places in the code and the versions; never the error's
own words or a variable's value, which may hold a customer's name.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QObject, Qt, Signal, qVersion

from crm_desktop import __version__

log = logging.getLogger(__name__)


def describe(error: BaseException) -> str:
    """A report of an error, fit to be shown to strangers."""
    import platform

    lines = [
        f"CRM Desktop {__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.release()}",
    ]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        at = seen.__traceback__
        while at is not None:
            code = at.tb_frame.f_code
            parts = Path(code.co_filename).parts[-3:]
            lines.append(f"  {'/'.join(parts)}:{at.tb_lineno} {code.co_qualname}")
            at = at.tb_next
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


class Hooks(QObject):
    """Catches what falls through on any thread.

    `caught` carries the report's text, on the GUI thread.
    """

    caught = Signal(str)
    _caught_anywhere = Signal(str)

    def __init__(self, parent: QObject, *, crash_file: Path | None = None) -> None:
        super().__init__(parent)
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        self._crash: IO[str] | None = None
        # Also from this thread through the queue: a hook runs in the middle of anything.
        self._caught_anywhere.connect(self.caught, Qt.ConnectionType.QueuedConnection)
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook
        sys.unraisablehook = self._unraisable_hook
        if crash_file is not None:
            try:
                crash_file.parent.mkdir(parents=True, exist_ok=True)
                self._crash = crash_file.open("a", encoding="utf-8")
                faulthandler.enable(self._crash)
            except OSError:
                log.info("no crash log can be written")

    def close(self) -> None:
        """Put the former hooks back."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        if self._crash is not None:
            faulthandler.disable()
            self._crash.close()
            self._crash = None

    def report(self, error: BaseException) -> None:
        """Log an unforeseen error and tell the window."""
        if isinstance(error, KeyboardInterrupt):
            return
        text = describe(error)
        log.error("unforeseen error\n%s", text)
        self._caught_anywhere.emit(text)

    def _hook(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        self.report(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self.report(args.exc_value)

    def _unraisable_hook(self, args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)
