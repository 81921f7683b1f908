"""Search and saving at 10,000, 100,000 and 1,000,000 customers.

    python -m benchmarks.search [--sizes 10000,100000,1000000] [--keep FOLDER]

Goals: SQL p95 <= 2 ms at 100k, <= 5 ms at 1M, at most 3 x from 10k to 1M; save of one customer
with its index p95 <= 10 ms at 1M; a list's first page and middle.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks._archives import CHARACTERS, FAMILY, GIVEN, SURNAMES, make_archive
from benchmarks._machine import percentile, print_facts, print_ratio
from crm_desktop.domain.customers import CustomerId, CustomerListQuery, SortColumn, Stage
from crm_desktop.services.workspace import Workspace
from crm_desktop.store.search.find import count, find

PAGE = 50
ROUNDS = 150


def queries(rng: random.Random) -> dict[str, Callable[[], str]]:
    def name() -> str:
        return f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}".lower()

    def cut(n: int) -> str:
        word = rng.choice(GIVEN + FAMILY).lower()
        start = rng.randrange(max(1, len(word) - n + 1))
        return word[start : start + n]

    return {
        "Latin 1": lambda: cut(1),
        "Latin 2": lambda: cut(2),
        "Latin 3": lambda: cut(3),
        "Latin 6": lambda: cut(6),
        "two words": name,
        "Chinese 1": lambda: rng.choice(SURNAMES + CHARACTERS),
        "Chinese 2": lambda: rng.choice(SURNAMES) + rng.choice(CHARACTERS),
        "Chinese 3": lambda: rng.choice(SURNAMES) + "".join(rng.choices(CHARACTERS, k=2)),
        "pinyin 6": lambda: rng.choice(("wangwe", "lifang", "zhangm", "chenxi", "liujie")),
        "initials": lambda: rng.choice(("ww", "lf", "zm", "cxy", "lxy")),
        "digits 1": lambda: str(rng.randrange(10)),
        "digits 3": lambda: f"{rng.randrange(1000):03d}",
        "digits 6": lambda: f"{rng.randrange(10**6):06d}",
        "no hit 2": lambda: rng.choice(("qx", "zq", "魑魅")),
        "no hit 6": lambda: rng.choice(("xqzwvk", "qqqqqq", "silvazzz", "999000999000")),
    }


def measure(path: Path) -> dict[str, float]:
    rng = random.Random(1)
    result: dict[str, float] = {}
    every: list[float] = []
    with Workspace.open(path, data_dir=path.parent / "data") as w:
        with w._archive.reading() as c:
            for label, make in queries(rng).items():
                times = []
                for _ in range(ROUNDS):
                    text = make()
                    start = time.perf_counter()
                    find(c, text, limit=PAGE)
                    times.append((time.perf_counter() - start) * 1000)
                every += times
                result[label] = percentile(times, 95)
            result["all queries"] = percentile(every, 95)
            times = []
            for _ in range(ROUNDS):
                text = rng.choice(list(queries(rng).values()))()
                start = time.perf_counter()
                count(c, text, cap=1001)
                times.append((time.perf_counter() - start) * 1000)
            result["count to 1,000+"] = percentile(times, 95)
        for label, query in (
            ("first page by name", CustomerListQuery()),
            (
                "first page by last change",
                CustomerListQuery(sort=SortColumn.UPDATED, descending=True),
            ),
            ("first page of a stage", CustomerListQuery(stage=Stage.PROSPECT)),
            ("first page by city", CustomerListQuery(sort=SortColumn.CITY)),
        ):
            times = []
            for _ in range(20):
                start = time.perf_counter()
                w.customers.first_page(query)
                times.append((time.perf_counter() - start) * 1000)
            result[label] = percentile(times, 95)
        start = time.perf_counter()
        ids = w.customers.ids(CustomerListQuery())
        result["all ids in order"] = (time.perf_counter() - start) * 1000
        times = []
        for _ in range(100):
            at = rng.randrange(len(ids) - 128)
            start = time.perf_counter()
            w.customers.rows([CustomerId(n) for n in ids[at : at + 128]])
            times.append((time.perf_counter() - start) * 1000)
        result["a page of rows anywhere"] = percentile(times, 95)
        times = []
        for _ in range(100):
            number = CustomerId(rng.choice(ids))
            start = time.perf_counter()
            w.customers.update(number, "notes", f"note {rng.random()}")
            times.append((time.perf_counter() - start) * 1000)
        result["save of one customer"] = percentile(times, 95)
        w._archive._changed_since_backup = False
    return result


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--keep", type=Path, help="folder to keep the archives in")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    print_facts("sqlcipher3", "sqlite-utils")
    results: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        for size in sizes:
            path = folder / f"{size}.crm"
            if not path.exists():
                start = time.perf_counter()
                make_archive(path, size)
                print(f"made {size:,} customers in {time.perf_counter() - start:.1f} s")
            results[size] = measure(path)
    print(f"\n{'p95, ms':28}" + "".join(f"{size:>12,}" for size in sizes))
    for label in results[sizes[0]]:
        print(f"{label:28}" + "".join(f"{results[size][label]:12.2f}" for size in sizes))
    if len(sizes) > 1:
        first, last = results[sizes[0]], results[sizes[-1]]
        print()
        print_ratio(
            f"search p95, {sizes[-1]:,} to {sizes[0]:,}",
            last["all queries"] / first["all queries"],
            at_most=3,
        )


if __name__ == "__main__":
    main()
