"""Lists of 100,000 customers with 500,000 interactions: filtered, sorted, and edited in bulk.

    python -m benchmarks.lists [--customers 100000] [--interactions 500000] [--archive FILE]

Goals: the first page of any sorted or filtered list p95 <= 50 ms, its middle p95 <= 50 ms; a bulk
edit of 10,000 customers <= 2 s, durable. Processor time stands beside the clock's, as the machine
may have other things to do.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks._firm import add_options, firm
from benchmarks._machine import print_facts, print_percentiles, print_ratio
from crm_desktop.domain.bulk import TAG, Edit, Way
from crm_desktop.domain.customers import CustomerId, CustomerListQuery, Stage
from crm_desktop.domain.filters import EVERYBODY, Condition, Group, Op
from crm_desktop.services.workspace import Workspace

# Every way that an order is read: walked, by a scan, by cities, by what hangs on a customer.
SORTS = (
    *("name", "updated", "city", "owner", "rating", "created", "birthday"),
    *("last_contact", "contacts", "task_due"),
)
PAGE_MS, BULK_MS = 50, 2000
_PAGE = 64
_EDITED = 10_000


def filters(own: dict[str, str]) -> dict[str, Group]:
    """Filters that many, some, few or none meet, on every kind of field."""
    c = Condition

    def all_of(*parts: Condition | Group) -> Group:
        return Group(parts)

    return {
        "everybody": EVERYBODY,
        "an owner's": all_of(c("owner", Op.ANY_OF, ("Ana",))),
        "a tag": all_of(c("tag", Op.ANY_OF, ("VIP",))),
        "five stars, a tag, do not contact": all_of(
            c("rating", Op.EQUAL, ("5",)),
            c("do_not_contact", Op.YES),
            c("tag", Op.ANY_OF, ("VIP",)),
        ),
        "quiet for 6 months": all_of(c("last_contact", Op.OLDER, ("6", "month"))),
        "quiet for 7 years": all_of(c("last_contact", Op.OLDER, ("7", "year"))),
        "contact in the last 7 days": all_of(c("last_contact", Op.LAST, ("7", "day"))),
        "more than 14 contacts": all_of(c("contacts", Op.MORE, ("14",))),
        "never contacted": all_of(c("contacts", Op.EQUAL, ("0",))),
        "birthday in 14 days": all_of(c("birthday", Op.NEXT, ("14", "day"))),
        "own money field, few": all_of(c(own["Turnover"], Op.MORE, ("99900",))),
        "own date field": all_of(c(own["Customer since"], Op.THIS, ("year",))),
        "e-mail contains, none": all_of(c("email", Op.CONTAINS, ("qqq",))),
        "name contains, few": all_of(c("name", Op.CONTAINS, ("joao tay",))),
        "notes lack": all_of(c("notes", Op.LACKS, ("madeira",))),
        "task due in 3 days": all_of(c("task_due", Op.NEXT, ("3", "day"))),
        "two groups": all_of(
            c("stage", Op.ANY_OF, ("customer",)),
            Group((c("city", Op.IS, ("Porto",)), c("tag", Op.ANY_OF, ("VIP",))), any_of=True),
        ),
    }


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of this process's processor time."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def pages(workspace: Workspace, sorts: list[str]) -> None:
    """First pages and middles of every filter in every order."""
    own = {field.name: field.key for field in workspace.filters.fields() if field.name}
    sorts += [own["Turnover"], own["Customer since"]]
    chosen = filters(own)
    print(f"{len(chosen)} filters in {len(sorts)} orders")
    # As in the window: another order for what is shown, then other filters in that order.
    asked: dict[str, list[tuple[float, float, str]]] = {"order": [], "filter": []}
    middles, wholes = [], []
    for number, sort in enumerate(sorts):
        columns = [sort]
        for place, (name, tree) in enumerate(chosen.items()):
            query = CustomerListQuery(filter=tree, sort=sort, descending=number % 2 == 1)
            page = partial(workspace.customers.first_page, query, limit=_PAGE, columns=columns)
            kind = "filter" if place else "order"
            asked[kind].append((*timed(page), f"{name}, by {sort}"))
            if place % 4 == 0:
                wholes.append(timed(partial(workspace.customers.ids, query))[1])
                ids = workspace.customers.ids(query)
                half = [CustomerId(n) for n in ids[len(ids) // 2 :][:_PAGE]]
                rows = partial(workspace.customers.rows, half, columns=columns)
                middles.append(timed(rows)[0])
    for kind, runs in asked.items():
        spent = [run[1] for run in runs]
        print_percentiles(f"first page, another {kind}, clock", [r[0] for r in runs])
        print_percentiles("    processor", spent, at_most=PAGE_MS)
        print_ratio("    share within 50 ms", sum(s <= 0.05 for s in spent) / len(spent))
        for _clock, seconds, name in sorted(runs, key=lambda run: -run[1])[:5]:
            print(f"    slowest: {seconds * 1000:7.1f} ms  {name}")
    print_percentiles("its middle, clock", middles, at_most=PAGE_MS)
    print_percentiles("all ids (behind the first page), processor", wholes)


def bulk(workspace: Workspace) -> None:
    """Edits of 10,000 customers, taken back and done again."""
    own = next(f.key for f in workspace.filters.fields() if f.name == "Turnover")
    ids = [CustomerId(n) for n in workspace.customers.ids(CustomerListQuery())[: 3 * _EDITED : 3]]
    for name, edit in (
        ("owner", Edit("owner", Way.SET, "Duarte")),
        ("stage", Edit("stage", Way.SET, Stage.FORMER.value)),
        ("a new tag", Edit(TAG, Way.ADD, "Campaign")),
        ("own field, searched", Edit(own, Way.SET, "77.00")),
    ):
        for what, work in (
            (f"10,000: {name}", lambda e=edit: workspace.bulk.edit(ids, [e])),
            ("  undone", workspace.history.undo),
            ("  done again", workspace.history.redo),
        ):
            clock, processor = timed(work)
            print_percentiles(what, [clock], at_most=BULK_MS)
            print(f"{'':<44} processor {processor * 1000:8.0f} ms")


def main() -> None:
    """Entrance."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--only", choices=("pages", "bulk"))
    options = parser.parse_args()
    print_facts()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lists.crm"
        firm(options, path)
        with Workspace.open(path, data_dir=path.parent / "data") as workspace:
            if options.only != "bulk":
                workspace.customers.get_ready()  # as the window does once it shows the list
                pages(workspace, list(SORTS))
            if options.only != "pages":
                bulk(workspace)
            workspace.close(backup=False)


if __name__ == "__main__":
    main()
