"""Values of a column that are made one: from what the owner accepts to a plan's replacements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from crm_desktop.bridge.rows.mending import replacer
from crm_desktop.domain.imports import Cluster, ColumnMapping

Pairs = tuple[tuple[str, str], ...]


def replaced(column: ColumnMapping, text: str) -> str:
    """A cell's text as the import takes it, in one line."""
    return ", ".join(_replacer(column)(text).split("\n"))


@lru_cache(maxsize=64)
def _replacer(column: ColumnMapping) -> Callable[[str], str]:
    return replacer(column)


def accepted(column: ColumnMapping, cluster: Cluster) -> tuple[bool, str]:
    """Whether a cluster's values are made one, and in which writing.

    What surely is one is proposed; what is only much alike waits for the owner's word.
    """
    known = dict(column.replacements)
    targets = {known[value] for value, _count in cluster.values if value in known}
    if len(targets) == 1:
        return True, targets.pop()
    return cluster.same and not known, cluster.target


def replacements(
    column: ColumnMapping, clusters: Sequence[Cluster], targets: Sequence[str | None]
) -> Pairs:
    """What a column replaces, once the owner has decided on each cluster.

    Args:
        column: what it replaces now of values that are in no cluster stays.
        clusters: those that were shown.
        targets: for each the writing that all shall have, None to leave its values alone.
    """
    shown = {value for cluster in clusters for value, _count in cluster.values}
    found = {old: new for old, new in column.replacements if old not in shown}
    for cluster, target in zip(clusters, targets, strict=True):
        if target:
            found |= {value: target for value, _count in cluster.values if value != target}
    return tuple((old, _last(new, found)) for old, new in found.items() if _last(new, found) != old)


def _last(value: str, found: Mapping[str, str]) -> str:
    """Where a value ends up: what a slip is taken for may itself be written otherwise."""
    seen = {value}
    while (following := found.get(value)) is not None and following not in seen:
        seen.add(following)
        value = following
    return value


def changed_cells(pairs: Iterable[tuple[str, str]], clusters: Sequence[Cluster]) -> int:
    """How many values of the column are replaced."""
    counts = {value: count for cluster in clusters for value, count in cluster.values}
    return sum(counts.get(old, 0) for old, _new in pairs)
