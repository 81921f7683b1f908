"""Which cell styles of an ods document say something, their number formats as Excel's codes.

Source: OpenDocument 1.3 part 3, 16.2 (styles), 16.29 (data styles), 20 (their attributes).
"""

from __future__ import annotations

from typing import TypeVar

from crm_desktop.bridge.traits.number_formats import says_more
from crm_desktop.bridge.traits.styles import WHITE, Look

_T = TypeVar("_T")
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_STYLE = f"{_ODF}style:1.0 "
_NUMBER = f"{_ODF}datastyle:1.0 "
_FO = f"{_ODF}xsl-fo-compatible:1.0 "
_FORMATS = {
    _NUMBER + name
    for name in ("number-style", "date-style", "time-style", "text-style")  # no money, no percents
}
_PARTS = {
    "day": ("d", "dd"),
    "month": ("m", "mm"),
    "year": ("yy", "yyyy"),
    "hours": ("h", "hh"),
    "minutes": ("m", "mm"),
    "seconds": ("s", "ss"),
    "day-of-week": ("ddd", "dddd"),
    "era": ("g", "ggg"),
    "am-pm": ("AM/PM", "AM/PM"),
    "quarter": ('"Q"', '"Q"'),
    "week-of-year": ('"W"', '"W"'),
    "text-content": ("@", "@"),
}


class OdsStyles:
    """Collects the styles of `styles.xml` and of the content; those of the content come last."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}
        self._struck: dict[str, bool] = {}
        self._fills: dict[str, str] = {}
        self._data: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        self._name = ""
        self._format = ""
        self._elapsed = False
        self._code: list[str] = []
        self._literal = False
        self._embedded: list[tuple[int, str]] | None = None
        self._digits = ""

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """An element of the styles begins."""
        if tag in (_STYLE + "style", _STYLE + "default-style"):
            is_cell = attrs.get(_STYLE + "family") == "table-cell"
            self._name = attrs.get(_STYLE + "name", "Default") if is_cell else ""
            if is_cell:
                self._parents[self._name] = attrs.get(_STYLE + "parent-style-name", "")
                if data := attrs.get(_STYLE + "data-style-name"):
                    self._data[self._name] = data
        elif self._name and tag == _STYLE + "text-properties":
            line = attrs.get(_STYLE + "text-line-through-style")
            line = line or attrs.get(_STYLE + "text-line-through-type")
            if line is not None:
                self._struck[self._name] = line != "none"
        elif self._name and tag == _STYLE + "table-cell-properties":
            if (colour := attrs.get(_FO + "background-color")) is not None:
                self._fills[self._name] = colour.upper() if colour.startswith("#") else ""
        elif tag in _FORMATS:
            self._format = attrs.get(_STYLE + "name", "")
            self._elapsed = attrs.get(_NUMBER + "truncate-on-overflow") == "false"
            self._code = []
        elif self._format and tag.startswith(_NUMBER):
            self._part(tag[len(_NUMBER) :], attrs)

    def end(self, tag: str) -> None:
        """An element of the styles ends."""
        if tag in _FORMATS:
            if self._format:
                self._codes[self._format] = "".join(self._code)
            self._format = ""
        elif tag == _STYLE + "style":
            self._name = ""
        elif tag == _NUMBER + "number" and self._format:
            self._code.append(self._with_embedded())
        elif self._literal:
            self._literal = False

    def characters(self, text: str) -> None:
        """Text of an element, of which only that of formats counts."""
        if self._literal and self._format:
            if self._embedded is not None:
                position, before = self._embedded[-1]
                self._embedded[-1] = (position, before + text)
            else:
                plain = all(c in " -/.:,()+\u00a0" or (c.isdigit() and c not in "0") for c in text)
                self._code.append(text if plain else f'"{text}"')

    def looks(self) -> dict[str, Look]:
        """The styles that say something, by name."""
        found = {}
        for name in self._parents:
            code = self._codes.get(self._inherited(self._data, name, default=""), "")
            fill = self._inherited(self._fills, name, default="")
            look = Look(
                struck=self._inherited(self._struck, name, default=False),
                fill="" if fill == WHITE or len(fill) != len(WHITE) else fill,
                code=code if says_more(code) else "",
            )
            if any(look):
                found[name] = look
        return found

    def _inherited(self, table: dict[str, _T], name: str, *, default: _T) -> _T:
        seen: set[str] = set()
        while name and name not in seen:
            if name in table:
                return table[name]
            seen.add(name)
            name = self._parents.get(name, "")
        return default

    def _part(self, kind: str, attrs: dict[str, str]) -> None:
        if kind == "text":
            self._literal, self._embedded = True, None
        elif kind == "embedded-text":
            if self._embedded is None:
                self._embedded = []
            position = attrs.get(_NUMBER + "position", "0")
            self._embedded.append((int(position) if position.isdigit() else 0, ""))
            self._literal = True
        elif kind == "number":
            self._embedded = None
            self._digits = _digits(attrs)
        elif kind in _PARTS:
            short, long = _PARTS[kind]
            code = long if attrs.get(_NUMBER + "style") == "long" else short
            if kind == "month" and attrs.get(_NUMBER + "textual") == "true":
                code = "mmmm" if code == "mm" else "mmm"
            if kind in ("hours", "minutes", "seconds") and self._elapsed:
                code, self._elapsed = f"[{code}]", False
            self._code.append(code)

    def _with_embedded(self) -> str:
        """Digits with the texts that stand between them, counted from the right."""
        whole, dot, rest = self._digits.partition(".")
        for position, text in sorted(self._embedded or (), reverse=True):
            cut = max(0, len(whole.replace('"', "")) - position)
            whole = whole[:cut] + text + whole[cut:] if cut > 0 else whole
        self._embedded = None
        return whole + dot + rest


def _digits(attrs: dict[str, str]) -> str:
    least = attrs.get(_NUMBER + "min-integer-digits", "1")
    places = attrs.get(_NUMBER + "decimal-places", "0")
    whole = "0" * min(int(least), 30) if least.isdigit() else "0"
    if attrs.get(_NUMBER + "grouping") == "true":
        whole = "#,##" + (whole or "0")
    decimals = "." + "0" * min(int(places), 30) if places.isdigit() and int(places) else ""
    return (whole or "#") + decimals
