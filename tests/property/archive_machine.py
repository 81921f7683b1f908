"""The core of the state machine: an archive beside its model, undo, redo, reopening, comparing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from archive_model import NEEDS, UNIQUE, Diff, Key, Model, Row, Step, Tables
from archive_seen import (
    check_articles,
    check_catalogue,
    check_fields,
    check_lists,
    check_search,
    expected,
    expected_own,
    own,
    seen,
)
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from model_changes import restore

from crm_desktop.domain.changes import StepId, UndoResult
from crm_desktop.domain.customers import CustomerId
from crm_desktop.services.workspace import Workspace

T = TypeVar("T")
PICK = st.integers(0, 7)


@cache
def _empty_archive() -> bytes:
    """A file to begin with; to make one takes longer than a dozen changes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.crm"
        w = Workspace.open(path, create=True, data_dir=path.parent)
        w.settings.set_home_country("PT")
        w.close(backup=False)
        return path.read_bytes()


class ArchiveMachine(RuleBasedStateMachine):
    """An archive and its model. Rules that change something are in the mixins."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        (self.folder / "a.crm").write_bytes(_empty_archive())
        self.w = Workspace.open(self.folder / "a.crm", data_dir=self.folder)
        self.m = Model()
        self.steps: dict[int, Step] = {}
        self.taken_back: list[int] = []
        self.after: dict[int, Tables] = {}
        self.first_step = self.head()
        self.left: dict[Key, Row] = {}
        self.token = 0
        self.agrees = False

    def teardown(self) -> None:
        try:
            if self.agrees:
                self.look_all_over()
        finally:
            self.w.close(backup=False)
            shutil.rmtree(self.folder)

    # For the rules

    def head(self) -> int:
        """The newest step of the archive's journal."""
        return next((step.id for step in self.w.history.steps(limit=1)), 0)

    def moment(self) -> int:
        """What no other moment is equal to."""
        self.token += 1
        return self.token

    def nth(self, table: str, pick: int, **having: object) -> int:
        """One of the model's rows; 0 where there is none."""
        keys = [key for key, _row in self.m.rows(table, **having)]
        return keys[pick % len(keys)] if keys else 0

    def customer(self, pick: int) -> CustomerId:
        """One of the customers."""
        return CustomerId(self.nth("customer", pick))

    def do(self, act: Callable[[], T], change: Callable[[T], object]) -> T:
        """Do something in the archive and in the model, as one step where anything changes."""
        self.agrees = False
        before, head = self.m.snapshot(), self.head()
        result = act()
        change(result)
        diff = self.m.since(before)
        new = self.head()
        assert (new != head) == bool(diff)
        if diff:
            for key, row in self.m.rows("merge"):
                if row.get("step") is None and key not in before["merge"]:
                    row["step"] = new
            self.steps[new] = Step(new, self.m.since(before), order=new)
            self.after[new] = self.m.snapshot()
            self.taken_back.clear()
        return result

    def turn(self, step: Step, act: Callable[[], UndoResult]) -> UndoResult:
        """Take a step back, or do it again, in both."""
        self.agrees = False
        diff = step.done if step.stands else step.undone
        assert diff is not None
        before = self.m.snapshot()
        later = [s.done for s in self.steps.values() if s.stands and s.order > step.order]
        left = self.m.turn_round(diff, later)
        result = act()
        assert result.step.id == step.id
        assert bool(result.conflicts) == bool(left), (result.conflicts, left)
        turned = self.m.since(before)
        self.check_nothing_else_changed(diff, turned, left)
        self.left = {key: diff[key][0] or diff[key][1] or {} for key in left if key in diff}
        if step.stands:
            step.undone = turned
            self.taken_back.append(step.id)
        else:
            step.done = turned
            self.taken_back.remove(step.id)
        step.stands, step.order = not step.stands, self.head()
        self.after[self.head()] = self.m.snapshot()
        return result

    def check_nothing_else_changed(self, diff: Diff, turned: Diff, left: list[Key]) -> None:
        """The model's own honesty: what goes is what came, and nothing beside it is lost."""
        for key in turned.keys() - diff.keys():
            assert key[0] == "relation" or (key[0] == "task" and key not in left), key

    # Undo, redo, the past

    @precondition(lambda self: self.newest() is not None)
    @rule()
    def undo(self) -> None:
        step = self.newest()
        assert step is not None
        self.turn(step, self.w.history.undo)

    def newest(self) -> Step | None:
        return max((s for s in self.steps.values() if s.stands), key=lambda s: s.id, default=None)

    @precondition(lambda self: self.taken_back)
    @rule()
    def redo(self) -> None:
        self.turn(self.steps[self.taken_back[-1]], self.w.history.redo)

    @precondition(lambda self: self.newest() is not None)
    @rule(pick=PICK)
    def undo_any(self, pick: int) -> None:
        """Take back a step of long ago, with or without those that stand in its way."""
        self.undo_one(self.some_step(pick))

    def some_step(self, pick: int) -> Step:
        standing = [step for _n, step in sorted(self.steps.items()) if step.stands]
        return standing[-1 - pick % len(standing)]

    def undo_one(self, step: Step) -> UndoResult:
        free = not self.w.history.in_the_way(StepId(step.id))
        result = self.turn(step, lambda: self.w.history.undo_step(StepId(step.id)))
        if free:
            self.is_whole(result)
        return result

    @precondition(lambda self: self.newest() is not None)
    @rule(pick=PICK)
    def undo_whole(self, pick: int) -> None:
        """Take back a step of long ago, and before it what stands in its way."""
        step = self.some_step(pick)
        way = [one.id for one in self.w.history.in_the_way(StepId(step.id))]
        assert way == sorted(way, reverse=True)
        for number in way:
            self.turn(self.steps[number], lambda n=number: self.w.history.undo_step(n))
        self.is_whole(self.turn(step, lambda: self.w.history.undo_step(StepId(step.id))))

    def is_whole(self, result: UndoResult) -> None:
        """Where nothing stood in the way, nothing was left as it is.

        But for what hung on something that another undo took away, and what is there again.
        """
        lost = {
            key
            for step in self.steps.values()
            for key, (_before, after) in step.done.items()
            if step.stands and after is None
        }
        for (table, number), row in self.left.items():
            needs = {(parent, row[column]) for column, parent in NEEDS.get(table, {}).items()}
            gone = {key for key in {(table, number), *needs} if not self.m.has(key)}
            again = self.m.has((table, number)) or (table in UNIQUE and self.m.same(table, row))
            assert again or (gone and not gone & lost), result.conflicts
        assert self.left or not result.conflicts, result.conflicts

    @precondition(lambda self: any(self.m.rows("merge")))
    @rule(pick=PICK)
    def unmerge(self, pick: int) -> None:
        """Two again, at any later time."""
        row = self.m.tables["merge"][self.nth("merge", pick)]
        merges = self.w.duplicates.merged_into(CustomerId(row["kept"]))
        (merge,) = [one for one in merges if one.merged == row["merged"]]
        self.turn(self.steps[merge.step], lambda: self.w.duplicates.unmerge(merge.kept, merge.id))
        assert row["merged"] in self.m.tables["customer"]

    @precondition(lambda self: self.m.tables["customer"])
    @rule(who=PICK, pick=PICK)
    def restore_state(self, who: int, pick: int) -> None:
        """A customer as he was; first looked at, then made so."""
        number = self.customer(who)
        versions = self.w.past.versions(number)
        version = versions[pick % len(versions)]
        then = self.after[version.step.id]
        was = self.w.past.as_of(number, version)
        assert (was is None) == (number not in then["customer"])
        if was is None:
            return
        assert own(was) == expected_own(self.m.seen_from_now(then), number)
        self.do(
            lambda: self.w.past.restore(number, version),
            lambda _step: restore(self.m, number, then),
        )

    @rule()
    def reopen(self) -> None:
        self.w.close(backup=False)
        self.w = Workspace.open(self.folder / "a.crm", data_dir=self.folder)

    # Comparing

    @invariant()
    def archive_is_as_the_model(self) -> None:
        assert seen(self.w) == expected(self.m)
        newest, again = self.w.history.can_undo(), self.w.history.can_redo()
        mine = self.newest()
        assert (newest.id if newest else 0) == (mine.id if mine else self.first_step)
        assert (again.id if again else 0) == (self.taken_back[-1] if self.taken_back else 0)
        self.agrees = True

    @rule()
    def look_all_over(self) -> None:
        check_lists(self.w, self.m)
        check_search(self.w, self.m)
        check_fields(self.w, self.m)
        check_articles(self.w, self.m)
        check_catalogue(self.w, self.m)
        assert self.w.backups.check().messages == ()
