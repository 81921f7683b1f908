"""Finding who is there twice among 100,000 customers, and merging the certain ones.

    python -m benchmarks.duplicates [--customers 100000] [--twice 2000]

Some customers are put in a second time, as a second list would have them: the phone without its
prefix and the name in capitals, a middle name, no phone but the same city. Goals: all pairs of
the archive in 60 s at most; the seconds are those of one run and say nothing by themselves, so
they stand beside what reading every customer once takes.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from benchmarks._archives import draft, make_archive
from benchmarks._machine import print_facts, print_ratio
from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.duplicates import CERTAIN
from crm_desktop.services.workspace import Workspace
from crm_desktop.store import customers, imports


def again(one: CustomerDraft, way: int) -> CustomerDraft:
    """A customer as a second list has him."""
    phone, email = one.contact_points
    if way == 0:
        return one._replace(name=one.name.upper(), contact_points=(phone,), custom=())
    if way == 1:
        first, _blank, rest = one.name.partition(" ")
        name = f"{first} Maria {rest}" if rest else one.name
        return one._replace(name=name, contact_points=(email,), custom=())
    return one._replace(contact_points=(), custom=())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--twice", type=int, default=2_000)
    options = parser.parse_args()
    print_facts("rapidfuzz", "sqlcipher3")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.crm"
        make_archive(path, options.customers)
        rng = random.Random(options.customers)
        known = [draft(i, rng) for i in range(options.customers)]
        chosen = random.Random(1).sample(range(options.customers), options.twice)
        with Workspace.open(path, data_dir=Path(folder)) as workspace:

            def plant(connection: object) -> dict[int, int]:
                return {
                    int(customers.insert(connection, again(known[i], n % 3))): i + 1  # type: ignore[arg-type]
                    for n, i in enumerate(chosen)
                }

            planted = workspace._archive.write("Plant", plant)
            start = time.perf_counter()
            with workspace._archive.reading() as c:
                count = sum(1 for _one in imports.match_keys(c, lambda name: name == "NIF"))
            reading = time.perf_counter() - start
            start = time.perf_counter()
            pairs = workspace.duplicates.find()
            finding = time.perf_counter() - start
            found = {(pair.one, pair.other) for pair in pairs}
            hit = sum((first, last) in found for last, first in planted.items())
            start = time.perf_counter()
            merged, _step = workspace.duplicates.merge_certain(pairs)
            merging = time.perf_counter() - start
            certain = sum(pair.score >= CERTAIN for pair in pairs)
            print(f"  {count:,} customers read in {reading:.1f} s, {len(pairs):,} pairs found")
            print(f"  {hit:,} of {len(planted):,} that were put in twice; {certain:,} are certain")
            print(f"  {merged:,} merged in {merging:.1f} s")
            workspace.close(backup=False)
    print_ratio("finding all pairs, s", finding, at_most=60)
    print_ratio("found of those put in twice", hit / len(planted), at_least=0.6)


if __name__ == "__main__":
    main()
