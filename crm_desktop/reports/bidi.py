"""The Unicode bidirectional algorithm: which way each character of a paragraph runs.

python-bidi hands out finished display strings only, while we need the levels, to shape each
run in its direction. Its Python implementation is built of steps, which are taken one by one
here; the step it lacks (N0, brackets in pairs) is added, as "ABC (Dubai)" in an Arabic line
would otherwise lose a bracket to the far side.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from bidi import algorithm as uba
from bidi.mirror import MIRRORED

from crm_desktop.reports.fonts import RTL

# Isolates came to Unicode after python-bidi's algorithm with open levels; they only steer.
_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))


def strip_isolates(text: str) -> str:
    """Text without the isolating controls, which only the newest algorithm knows."""
    return text.translate(_ISOLATES)


def is_rtl(text: str) -> bool:
    """Whether a paragraph reads from right to left: its first strong character says so."""
    if not RTL.search(text):
        return False
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL", "L"):
            return kind != "L"
    return False


def bidi_levels(text: str, *, rtl: bool) -> list[int]:
    """Embedding level of each character of a paragraph; odd ones run right to left.

    Args:
        text: the whole paragraph in logical order.
        rtl: the paragraph's own direction.
    """
    if not rtl and not RTL.search(text):
        return [0] * len(text)
    storage = uba.get_empty_storage()
    storage["base_level"] = int(rtl)
    storage["base_dir"] = "R" if rtl else "L"
    uba.get_embedding_levels(text, storage)
    chars = storage["chars"]
    for index, char in enumerate(chars):
        char["index"] = index
    for char in storage["chars"]:
        if not char["type"]:  # newer than Python's tables: its neighbours decide
            char["type"] = char["orig"] = "ON"
    uba.explicit_embed_and_overrides(storage)
    chars = storage["chars"]
    uba.resolve_weak_types(storage)
    for run in storage["runs"]:
        _resolve_brackets(chars[run["start"] : run["start"] + run["length"]], run["sor"])
    uba.resolve_neutral_types(storage, False)
    uba.resolve_implicit_levels(storage, False)
    levels: list[int | None] = [None] * len(text)
    for char in chars:
        levels[char["index"]] = char["level"]
    # embedding controls were taken out on the way: they go along with what precedes them
    known = int(rtl)
    result = []
    for level in levels:
        known = known if level is None else level
        result.append(known)
    return result


def _resolve_brackets(chars: Sequence[dict[str, Any]], before: str) -> None:
    """Rule N0: a pair of brackets takes the direction of what it encloses.

    Args:
        chars: one level run of python-bidi's records, weak types resolved.
        before: direction before the run.
    """
    pairs = _bracket_pairs(chars)
    if not pairs:
        return
    embedding = "R" if chars[0]["level"] & 1 else "L"
    for opening, closing in pairs:
        inside = {_strong(c) for c in chars[opening + 1 : closing]}
        if embedding in inside:
            direction = embedding
        elif inside & {"L", "R"}:
            preceding = (_strong(c) for c in reversed(chars[:opening]))
            context = next((d for d in preceding if d), before)
            direction = context
        else:
            continue  # nothing strong inside: the neutral rules decide
        chars[opening]["type"] = chars[closing]["type"] = direction


def _bracket_pairs(chars: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    stack: list[tuple[str, int]] = []
    pairs = []
    for index, char in enumerate(chars):
        if char["type"] != "ON":
            continue
        sign = char["ch"]
        kind = unicodedata.category(sign)
        if kind == "Ps" and sign in MIRRORED:
            stack.append((MIRRORED[sign], index))
        elif kind == "Pe":
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == sign:
                    pairs.append((stack[depth][1], index))
                    del stack[depth:]
                    break
    return sorted(pairs)


def _strong(char: dict[str, Any]) -> str:
    """Direction of a character as rule N0 sees it: numbers count as right-to-left."""
    kind = char["type"]
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else ""


def with_trailing_space_reset(text: str, levels: Sequence[int], base: int) -> Sequence[int]:
    """Rule L1: white space at the end of a line belongs to the paragraph's direction."""
    kept = len(text.rstrip())
    if kept == len(text):
        return levels
    return [*levels[:kept], *[base] * (len(text) - kept)]


def visual_runs(levels: Sequence[int]) -> list[tuple[int, int, int]]:
    """Rule L2 on runs: (start, end, level) from left to right."""
    runs: list[tuple[int, int, int]] = []
    start = 0
    for index in range(1, len(levels) + 1):
        if index == len(levels) or levels[index] != levels[start]:
            runs.append((start, index, levels[start]))
            start = index
    if not runs:
        return runs
    highest = max(level for _s, _e, level in runs)
    lowest_odd = min((level for _s, _e, level in runs if level & 1), default=highest + 1)
    for threshold in range(highest, lowest_odd - 1, -1):
        at = 0
        while at < len(runs):
            if runs[at][2] < threshold:
                at += 1
                continue
            to = at
            while to < len(runs) and runs[to][2] >= threshold:
                to += 1
            runs[at:to] = runs[at:to][::-1]
            at = to
    return runs
