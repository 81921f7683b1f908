"""Values of a column that are one value written in several ways.

Two steps, after OpenRefine's key collision and nearest neighbours. Values with the same
fingerprint differ only in capitals, blanks, accents and punctuation: those are one. Fingerprints
that are nearly the same may be one with a slip of the keyboard, or two names (Lagos and Lagoa,
Chaves and Chaves de Baixo): they are only offered, and short ones not at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from crm_desktop.bridge.values.text import has_cjk, tidy_line
from crm_desktop.domain.imports import Cluster
from crm_desktop.store.search.fold import fold

# Every value is compared with every other one.
_MOST_COMPARED = 3_000
_MOST_CLUSTERS = 200
_LEAST_LETTERS = 6  # below, one letter makes another name: Lagos and Lagoa, Ovar and Tovar
_LETTERS_A_SLIP = 10  # one slip in words shorter than this, two in longer ones
_CAREFUL = 4  # a careful writing wins over one that is less than so many times as frequent
_BETWEEN_FIGURES = re.compile(r"(?<=\d)[^\w+#*%&@?]+(?=\d)")
# A+ and A, C# and C, 5* and 5, VIP and VIP? are not one.
_TELLING = frozenset("+#*%&@?")


def fingerprint(text: str) -> str:
    """What is left of a value without capitals, blanks, accents and punctuation.

    Between figures punctuation counts (1-2 is not 12), and so does a dash at the end (A-).
    A text without a letter or figure is kept.
    """
    plain = _BETWEEN_FIGURES.sub("_", fold(text))
    kept = [c for c in plain if c in _TELLING or c == "_" or unicodedata.category(c)[0] in "LMNS"]
    if kept and plain.endswith(("-", "\u2212")):
        kept.append("-")
    return "".join(kept) or tidy_line(text)


def find_clusters(counts: Mapping[str, int]) -> tuple[Cluster, ...]:
    """Group a column's values.

    Args:
        counts: how often each stands there; blanks left out.

    Returns:
        What can be made one: first what surely is, the most frequent first. What is only much
        alike names one writing of each value beside it.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for value in counts:
        groups[fingerprint(value)].append(value)
    best = {key: _best(group, counts) for key, group in groups.items()}
    found = [
        _cluster(group, counts, best[key], same=True)
        for key, group in groups.items()
        if len(group) > 1
    ]
    near = _neighbours({key: sum(counts[v] for v in group) for key, group in groups.items()})
    for key, others in near.items():
        slips = [value for other in others for value in groups[other]]
        found.append(_cluster([best[key], *slips], counts, best[key], same=False))
    found.sort(key=lambda c: (not c.same, -sum(n for _v, n in c.values), c.target))
    return tuple(found[:_MOST_CLUSTERS])


def has_spellings(values: Iterable[str]) -> bool:
    """Whether some values differ only in capitals, blanks, accents and punctuation."""
    texts = set(values)
    return len({fingerprint(text) for text in texts}) < len(texts)


def _cluster(
    values: Iterable[str], counts: Mapping[str, int], target: str, *, same: bool
) -> Cluster:
    ordered = sorted(values, key=lambda v: (-counts[v], v != target, v))
    return Cluster(tuple((v, counts[v]) for v in ordered), target, same)


def _best(values: Sequence[str], counts: Mapping[str, int]) -> str:
    """The writing to keep: a frequent one, and among those the most careful."""
    most = max(counts[v] for v in values)
    frequent = [v for v in values if counts[v] * _CAREFUL > most]
    return max(frequent, key=lambda v: (_care(v), counts[v], v))


def _care(value: str) -> tuple[int, int]:
    """How carefully a value is written: with capitals and small letters, with its accents."""
    mixed = value[:1].isupper() and not value.isupper()
    return int(mixed), sum(1 for c in value if not c.isascii())


def _neighbours(keys: Mapping[str, int]) -> dict[str, list[str]]:
    """Rare keys beside a frequent one that they are a slip away from.

    Every key is given to one frequent neighbour at most and neighbours of neighbours do not
    count: a chain of slips leads from any town to any other.
    """
    texts = [key for key in keys if _can_slip(key)]
    if not 1 < len(texts) <= _MOST_COMPARED:
        return {}
    texts.sort(key=lambda key: (-keys[key], key))
    found: dict[str, list[str]] = {}
    taken: set[str] = set()
    for at, key in enumerate(texts):
        if key in taken:
            continue
        rest = texts[at + 1 :]
        slips = 1 if len(key) < _LETTERS_A_SLIP else 2
        hits = process.extract(key, rest, scorer=OSA.distance, score_cutoff=slips, limit=None)
        others = [text for text, _d, _i in hits if text not in taken and _is_slip(key, text, keys)]
        if others:
            found[key] = others
            taken.update((key, *others))
    return found


def _can_slip(key: str) -> bool:
    """Whether a letter more or less would still be the same word; a figure never is."""
    return len(key) >= _LEAST_LETTERS and not has_cjk(key) and not any(map(str.isdigit, key))


def _is_slip(key: str, other: str, counts: Mapping[str, int]) -> bool:
    """A slip is rarer than what was meant, and leaves the first letter alone."""
    return key[0] == other[0] and counts[other] * 2 <= counts[key]
