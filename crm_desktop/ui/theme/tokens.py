"""Every colour, size, space and radius of the face: one place, light and dark.

Widgets and delegates ask `crm_desktop.ui.theme.colours()` when they paint, so that a change
of theme needs a repaint and nothing else. Sizes are device-independent pixels.
"""

from __future__ import annotations

from typing import NamedTuple


class Tint(NamedTuple):
    """A text colour and the soft background it stands on (pills, avatars, badges)."""

    text: str
    back: str


class Colours(NamedTuple):
    """The colours of one theme, as `#RRGGBB`.

    Attributes:
        page: behind everything; `card` for raised surfaces; `line` for hairlines.
        text: main text; `mute` secondary; `faint` placeholders.
        accent: the one accent; `on_accent` stands on it; `accent_soft` is selection.
        avatars: tints that a name's hash chooses from.
    """

    dark: bool
    page: str
    card: str
    line: str
    line_strong: str
    text: str
    mute: str
    faint: str
    accent: str
    accent_hover: str
    accent_press: str
    on_accent: str
    accent_soft: str
    hover: str
    press: str
    green: Tint
    amber: Tint
    blue: Tint
    violet: Tint
    red: Tint
    neutral: Tint
    avatars: tuple[Tint, ...]
    toast: str
    on_toast: str
    toast_accent: str
    shadow: str


LIGHT = Colours(
    dark=False,
    page="#F8FAFC",
    card="#FFFFFF",
    line="#E2E8F0",
    line_strong="#CBD5E1",
    text="#0F172A",
    mute="#64748B",
    faint="#94A3B8",
    accent="#4F46E5",
    accent_hover="#4338CA",
    accent_press="#3730A3",
    on_accent="#FFFFFF",
    accent_soft="#EEF2FF",
    hover="#F1F5F9",
    press="#E2E8F0",
    green=Tint("#15803D", "#DCFCE7"),
    amber=Tint("#B45309", "#FEF3C7"),
    blue=Tint("#1D4ED8", "#DBEAFE"),
    violet=Tint("#7C3AED", "#EDE9FE"),
    red=Tint("#DC2626", "#FEE2E2"),
    neutral=Tint("#64748B", "#F1F5F9"),
    avatars=(
        Tint("#4F46E5", "#E0E7FF"),
        Tint("#0284C7", "#E0F2FE"),
        Tint("#D97706", "#FFEDD5"),
        Tint("#059669", "#D1FAE5"),
        Tint("#DB2777", "#FCE7F3"),
        Tint("#7C3AED", "#EDE9FE"),
        Tint("#E11D48", "#FFE4E6"),
        Tint("#0D9488", "#CCFBF1"),
    ),
    toast="#0F172A",
    on_toast="#F8FAFC",
    toast_accent="#A5B4FC",
    shadow="#0F172A",
)

DARK = Colours(
    dark=True,
    page="#0B1120",
    card="#111827",
    line="#1F2937",
    line_strong="#334155",
    text="#F1F5F9",
    mute="#94A3B8",
    faint="#64748B",
    accent="#818CF8",
    accent_hover="#A5B4FC",
    accent_press="#6366F1",
    on_accent="#0B1120",
    accent_soft="#1E1B4B",
    hover="#1A2333",
    press="#263245",
    green=Tint("#4ADE80", "#052E16"),
    amber=Tint("#FBBF24", "#3B2504"),
    blue=Tint("#60A5FA", "#0B2350"),
    violet=Tint("#C4B5FD", "#2E1065"),
    red=Tint("#F87171", "#450A0A"),
    neutral=Tint("#94A3B8", "#1F2937"),
    avatars=(
        Tint("#A5B4FC", "#272B5E"),
        Tint("#38BDF8", "#0F3A55"),
        Tint("#FBBF24", "#46331A"),
        Tint("#34D399", "#10403B"),
        Tint("#F472B6", "#472041"),
        Tint("#C4B5FD", "#33265F"),
        Tint("#FB7185", "#471F33"),
        Tint("#2DD4BF", "#0F4042"),
    ),
    toast="#F1F5F9",
    on_toast="#0B1120",
    toast_accent="#4338CA",
    shadow="#000000",
)


class Type(NamedTuple):
    """Type sizes in pixels, and the two weights that the look uses."""

    caption: int = 11
    secondary: int = 12
    body: int = 13
    section: int = 14
    record: int = 19
    title: int = 22
    regular: int = 400
    semibold: int = 600


class Space(NamedTuple):
    """Spacing in steps of four."""

    xs: int = 4
    s: int = 8
    m: int = 12
    l: int = 16  # noqa: E741  (small, medium, large)
    xl: int = 24
    xxl: int = 32


class Size(NamedTuple):
    """Fixed measures of the layout."""

    rail: int = 216
    panel: int = 384
    row: int = 54
    avatar: int = 34
    avatar_large: int = 56
    icon: int = 18
    control: int = 34
    chip: int = 28
    pill: int = 22
    header: int = 40


class Radius(NamedTuple):
    """Corner radii; never above half of the height (Qt then draws square corners)."""

    card: int = 12
    control: int = 8
    small: int = 6
    chip: int = 13
    pill: int = 11


TYPE = Type()
SPACE = Space()
SIZE = Size()
RADIUS = Radius()

# Inter first; the others take over, in this order, for the characters it lacks.
FAMILIES = (
    "Inter",
    "Noto Sans SC",
    "Noto Sans KR",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Thai",
    "Noto Sans Devanagari",
)
