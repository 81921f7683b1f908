"""An archive as plain Python: rows in dicts, steps as what they changed, undo as its turning round.

It knows no SQL and none of the program's own code. A row is never changed in place, so that a
snapshot is a copy of the tables alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
Key = tuple[str, int]
Diff = dict[Key, tuple[Row | None, Row | None]]
Tables = dict[str, dict[int, Row]]

# Parents stand before their children.
TABLES = (
    *("tag", "field", "relation_kind", "article", "product", "price"),
    *("customer", "point", "address", "customer_tag", "value", "stage_change", "entry"),
    *("task", "case", "promise", "relation", "document", "version", "link", "supply", "merge"),
)
# The column that says on which customer a row hangs; of a task of the firm's own it is None.
OWNER = {
    name: "customer"
    for name in TABLES[TABLES.index("customer") + 1 :]
    if name not in ("version", "merge")
} | {"merge": "kept"}  # fmt: skip
# What cannot be without what it names.
NEEDS = {
    "point": {"customer": "customer"},
    "address": {"customer": "customer"},
    "customer_tag": {"customer": "customer", "tag": "tag"},
    "value": {"customer": "customer", "field": "field"},
    "stage_change": {"customer": "customer"},
    "entry": {"customer": "customer"},
    "task": {"customer": "customer"},
    "case": {"customer": "customer"},
    "promise": {"customer": "customer"},
    "relation": {"customer": "customer", "other": "customer"},
    "document": {"customer": "customer"},
    "version": {"document": "document"},
    "link": {"customer": "customer", "article": "article"},
    "price": {"product": "product"},
    "supply": {"customer": "customer", "product": "product"},
}
# Columns that no two rows have in common.
UNIQUE = {
    "tag": ("name",),
    "field": ("name",),
    "relation_kind": ("name",),
    "customer_tag": ("customer", "tag"),
    "value": ("customer", "field"),
    "relation": ("customer", "other", "kind"),
    "link": ("customer", "article"),
    "supply": ("customer", "product"),
}
# What others use: it goes with the last of them.
SHARED = {
    "tag": ("customer_tag", "tag", None),
    "field": ("value", "field", None),
    "relation_kind": ("relation", "kind", "name"),
}


@dataclass
class Step:
    """Something that was done: what it changed when it was last done, and last taken back.

    Attributes:
        order: when that was.
    """

    id: int
    done: Diff
    order: int
    undone: Diff | None = None
    stands: bool = True


@dataclass
class Model:
    """The archive's tables."""

    tables: Tables = field(default_factory=lambda: {name: {} for name in TABLES})
    last_key: int = 0
    # Who had each row first.
    first_owner: dict[Key, int] = field(default_factory=dict)

    # Rows

    def rows(self, table: str, **having: object) -> Iterator[tuple[int, Row]]:
        """Rows in the order in which they came, those with certain values."""
        for key, row in sorted(self.tables[table].items()):
            if all(row[column] == value for column, value in having.items()):
                yield key, row

    def insert(self, table: str, row: Row, key: int | None = None) -> int:
        """Put a row in; without a key it gets the next one."""
        if key is None:
            self.last_key += 1
            key = self.last_key
        assert key not in self.tables[table]
        self.tables[table][key] = row
        if table in OWNER and row[OWNER[table]] is not None:
            self.first_owner.setdefault((table, key), row[OWNER[table]])
        return key

    def change(self, table: str, key: int, **values: object) -> None:
        """Set columns of a row."""
        self.tables[table][key] = self.tables[table][key] | values

    def drop(self, table: str, key: int) -> None:
        """Take a row away, and what cannot be without it."""
        del self.tables[table][key]
        for name, needs in NEEDS.items():
            for column, parent in needs.items():
                if parent == table:
                    for other, _row in list(self.rows(name, **{column: key})):
                        self.drop(name, other)
        if table == "entry":  # its follow-up stays
            for other, _row in list(self.rows("task", entry=key)):
                self.change("task", other, entry=None)

    def behind(self, table: str, customer: int) -> int:
        """The place behind the last of a customer's rows."""
        return max(
            (row["position"] + 1 for _k, row in self.rows(table, customer=customer)), default=0
        )

    def placed(self, table: str, customer: int) -> list[tuple[int, Row]]:
        """A customer's rows in their places."""
        return sorted(self.rows(table, customer=customer), key=lambda r: (r[1]["position"], r[0]))

    # Steps

    def snapshot(self) -> Tables:
        """The tables as they are."""
        return {name: dict(rows) for name, rows in self.tables.items()}

    def seen_from_now(self, then: Tables) -> Model:
        """A snapshot as it is still known: by the tags and fields that there are now."""
        past = then | {table: self.tables[table] for table in ("tag", "field")}
        for table, of in (("customer_tag", "tag"), ("value", "field")):
            rows = then[table].items()
            past[table] = {key: row for key, row in rows if row[of] in self.tables[of]}
        return Model(past)

    def since(self, before: Tables) -> Diff:
        """What is other than in a snapshot."""
        found: Diff = {}
        for name, rows in self.tables.items():
            old = before[name]
            for key in old.keys() | rows.keys():
                if old.get(key) != rows.get(key):
                    found[name, key] = (old.get(key), rows.get(key))
        return found

    def turn_round(self, diff: Diff, standing: Iterable[Diff]) -> list[Key]:
        """Take back what a diff did, where it still stands.

        Args:
            diff: of one step.
            standing: of the later ones that stand.

        Returns:
            What was left as it is, because it is other now.
        """
        return _Turning(self, diff, standing).run()

    def fits(self, table: str, key: int, row: Row) -> bool:
        """Whether a row could stand: what it needs is there, and its place is free."""
        needs = NEEDS.get(table, {})
        if not all(self.has((parent, row[column])) for column, parent in needs.items()):
            return False
        if table == "task" and row["entry"] not in (None, *self.tables["entry"]):
            return False
        return table not in UNIQUE or not self.same(table, row) - {key}

    def same(self, table: str, row: Row) -> set[int]:
        """The rows that stand in a row's place."""
        wanted = {column: row[column] for column in UNIQUE[table]}
        return {key for key, _row in self.rows(table, **wanted)}

    def has(self, key: Key) -> bool:
        """Whether there is such a row; nobody is always there."""
        return key[1] is None or key[1] in self.tables[key[0]]


class _Turning:
    def __init__(self, model: Model, diff: Diff, standing: Iterable[Diff]) -> None:
        self.model = model
        # What is gone and may come back: it needs what it shared with others.
        self.may_come = [
            (key[0], before)
            for one in standing
            for key, (before, after) in one.items()
            if before is not None and before != after
        ]
        self.made = {key: after for key, (before, after) in diff.items() if before is None}
        self.gone = {key: before for key, (before, after) in diff.items() if after is None}
        self.changed = {
            key: (before, after)
            for key, (before, after) in diff.items()
            if before is not None and after is not None
        }
        self.kept_customers: set[int] = set()
        self.kept_rows: set[Key] = set()
        self.left: list[Key] = []

    def run(self) -> list[Key]:
        self.give_back()
        self.find_edited()
        self.find_added()
        self.remove_made()
        self.bring_back()
        self.turn_changes()
        return self.left

    def row(self, key: Key) -> Row | None:
        return self.model.tables[key[0]].get(key[1])

    def give_back(self) -> None:
        """What was moved to somebody whom the step made goes back to whose it was."""
        for key, (before, after) in self.changed.items():
            row = self.row(key)
            for column in ("customer", "other"):
                moved = column in after and before[column] != after[column]
                to_new = moved and ("customer", after[column]) in self.made
                if to_new and row is not None and row[column] == after[column]:
                    self.model.change(*key, **{column: before[column]})

    def owner(self, key: Key, row: Row) -> int | None:
        table, number = key
        if table == "customer":
            return number
        if table == "version":
            document = self.model.tables["document"].get(row["document"])
            return None if document is None else document["customer"]
        return row[OWNER[table]] if table in OWNER else None

    def keep(self, key: Key, owner: int | None) -> None:
        self.left.append(key)
        if owner is None:
            self.kept_rows.add(key)
        else:
            self.kept_customers.add(owner)

    def find_edited(self) -> None:
        for key, made in self.made.items():
            row = self.row(key)
            if row is None:
                owner = self.owner(key, made)
                if key[0] != "relation" and owner in self.model.tables["customer"]:
                    self.keep(key, owner)
            elif row != made and key[0] not in SHARED:
                self.keep(key, self.owner(key, row))
            elif row != made:
                self.keep(key, None)

    def find_added(self) -> None:
        for table in TABLES:
            for number, row in self.model.rows(table):
                key = (table, number)
                if key in self.made:
                    continue
                if table == "price" and ("product", row["product"]) in self.made:
                    self.keep(("product", row["product"]), None)
                if table == "relation":
                    self.protect_related(key, row)
                elif table == "version":
                    if ("document", row["document"]) in self.made:
                        self.keep(key, self.owner(key, row))
                elif table != "customer" and table in OWNER:
                    if ("customer", row[OWNER[table]]) in self.made:
                        self.keep(key, row[OWNER[table]])
                    if table == "link" and ("article", row["article"]) in self.made:
                        self.keep(("article", row["article"]), None)
                    if table == "supply" and ("product", row["product"]) in self.made:
                        self.keep(("product", row["product"]), None)

    def protect_related(self, key: Key, row: Row) -> None:
        """A relation that follows from a name holds nobody back."""
        people = self.model.tables["customer"]
        follows = people[row["customer"]]["organisation"] == people[row["other"]]["name"]
        if row["kind"] == "works_at" and follows:
            return
        for end in (row["customer"], row["other"]):
            if ("customer", end) in self.made:
                self.keep(key, end)

    def remove_made(self) -> None:
        for table in reversed(TABLES):
            doomed = []
            for key in self.made:
                row = self.row(key)
                if key[0] != table or row is None or key in self.kept_rows:
                    continue
                owner = self.owner(key, row)
                used = False
                if table in SHARED:
                    user, column, mine = SHARED[table]
                    value = key[1] if mine is None else row[mine]
                    used = next(self.model.rows(user, **{column: value}), None) is not None
                    used |= any(
                        name == user and old[column] == value for name, old in self.may_come
                    )
                if owner not in self.kept_customers and not used:
                    doomed.append(key)
            for key in doomed:
                if self.row(key) is not None:
                    self.model.drop(*key)

    def bring_back(self) -> None:
        for table in TABLES:
            for key in sorted(self.gone):
                if key[0] != table:
                    continue
                row = self.gone[key]
                assert row is not None
                if table == "task" and row["entry"] not in self.model.tables["entry"]:
                    row = row | {"entry": None}
                if self.row(key) == row:
                    continue
                if self.row(key) is None and self.model.fits(*key, row):
                    self.model.insert(table, row, key[1])
                elif table not in ("relation", "version"):
                    self.left.append(key)

    def turn_changes(self) -> None:
        waiting = {}
        for key, (before, after) in self.changed.items():
            row = self.row(key)
            if row is None:
                self.left.append(key)
                continue
            columns = [name for name in before if before[name] != after[name]]
            back = {name: before[name] for name in columns if row[name] == after[name]}
            if any(row[name] not in (before[name], after[name]) for name in columns):
                self.left.append(key)
            if back:
                waiting[key] = back
        # One may stand in the place of another that goes back as well.
        while fitting := [k for k, back in waiting.items() if self.fits_as(k, back)]:
            self.model.change(*fitting[0], **waiting.pop(fitting[0]))
        self.left += waiting

    def fits_as(self, key: Key, back: Row) -> bool:
        row = self.row(key)
        assert row is not None
        return self.model.fits(*key, row | back)
