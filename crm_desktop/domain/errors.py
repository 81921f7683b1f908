"""The kinds of failure, by what the user can do about them.

Everything that is none of these is a bug: it is logged and reported, and the program goes on.
"""

from __future__ import annotations


class CrmError(Exception):
    """Base of the failures the program expects; `str()` is one clear sentence."""


class UserError(CrmError):
    """Something the user gave or asked for cannot be done as it stands.

    Shown where it happened, in the user's words.

    Attributes:
        field: the input it belongs to, where there is one (`"phone"`, `"birthday"` …).
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class EnvironmentProblem(CrmError):  # noqa: N818  (the design's own word)
    """The machine is in the way: disk full, file locked, read-only, damaged or too new.

    Attributes:
        remedy: one sentence that says what to do.
    """

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


class Cancelled(CrmError):  # noqa: N818  (a fact, not an error)
    """The user stopped a long job; nothing of it is left behind."""
