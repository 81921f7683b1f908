"""Processes as the owner edits them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.processes import (
    MOST_DAYS,
    DueFrom,
    Effect,
    Process,
    ProcessId,
    ProcessStep,
    ProcessStepId,
    StepNeed,
    WholeProcess,
    written_effects,
    written_needs,
)
from crm_desktop.i18n import _
from crm_desktop.services import inputs, process_samples
from crm_desktop.services.effects import checked_effect, checked_need
from crm_desktop.services.pipelines import Template, template_name
from crm_desktop.store import processes as rows
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import ORDERS, PROCESS_STEPS, PROCESSES, put_in_order


class ProcessService:
    """The processes of one archive. Each change is one step that can be undone.

    Orders have steps of their own: what is changed here concerns those that begin later.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    # Reading

    def all(self) -> Sequence[WholeProcess]:
        """All processes in their order."""
        with self._archive.reading() as c:
            return rows.every(c)

    def get(self, number: ProcessId) -> WholeProcess:
        """One process.

        Raises:
            UserError: it is not there any more.
        """
        with self._archive.reading() as c:
            found = PROCESSES.get(c, number)
            if found is None:
                raise UserError(_("This process is not there any more."))
            return WholeProcess(found, rows.steps(c, number))

    def running(self, number: ProcessId) -> int:
        """How many open orders run by it; they keep the steps that they have."""
        name = self.get(number).process.name
        with self._archive.reading() as c:
            return rows.running(c, name)

    # Processes

    def begin(self, template: Template) -> ProcessId:
        """Make a process like one of those that the program knows, in the user's words."""
        return self._make(template_name(template), process_samples.steps_of(template))

    def create(self, name: str) -> ProcessId:
        """Make a process without steps.

        Raises:
            UserError: it has no name, or another one has it.
        """
        return self._make(name, ())

    def _make(self, name: str, listed: Sequence[ProcessStep]) -> ProcessId:
        clean = self._checked_name(name)

        def act(c: Connection) -> ProcessId:
            number = ProcessId(PROCESSES.insert(c, Process(clean, len(PROCESSES.all(c)))))
            for position, step in enumerate(listed):
                PROCESS_STEPS.insert(c, step, process_id=number, position=position)
            return number

        return self._archive.write(_("New process {name}").format(name=clean), act)

    def rename(self, number: ProcessId, name: str) -> StepId | None:
        """Call a process otherwise, in the orders that run by it too.

        Raises:
            UserError: it has no name, or another one has it.
        """
        process = self.get(number).process
        clean = self._checked_name(name, besides=number)
        if clean == process.name:
            return None

        def act(c: Connection) -> None:
            PROCESSES.update(c, [number], {"name": clean})
            by_it = ORDERS.where(c, "t.process = ?", (process.name,))
            ORDERS.update(c, [one.id for one in by_it if one.id], {"process": clean})

        return self._step(_("Process {name}").format(name=process.name), act)

    def remove(self, number: ProcessId) -> StepId:
        """Take a process away; orders that run by it go on with the steps that they have."""
        name = self.get(number).process.name
        return self._step(
            _("Remove process {name}").format(name=name), lambda c: PROCESSES.delete(c, [number])
        )

    # Steps

    def add_step(self, number: ProcessId, name: str) -> ProcessStepId:
        """Add a step behind the others.

        Raises:
            UserError: it has no name, or another one of the process has it.
        """
        whole = self.get(number)
        made = ProcessStep(step_name(name, whole.steps), process_id=number)
        place = len(whole.steps)
        return self._archive.write(
            _of(whole),
            lambda c: ProcessStepId(PROCESS_STEPS.insert(c, made, position=place)),
        )

    def update_step(self, number: ProcessStepId, field: str, value: str) -> StepId | None:
        """Change a field of a step.

        Args:
            number: which.
            field: name, details, owner, due_from (a value of `DueFrom`), due_days.
            value: as typed.

        Returns:
            The step of the journal, for Undo; None where it says the same already.

        Raises:
            UserError: the value makes no sense there.
        """
        step, whole = self._found(number)
        others = [one for one in whole.steps if one.id != number]
        return self._change(step, whole, step_change(field, value, others))

    def save_step(
        self,
        number: ProcessStepId,
        fields: Mapping[str, str],
        needs: Sequence[StepNeed],
        effects: Sequence[Effect],
    ) -> StepId | None:
        """Change all that is said of a step at once.

        Args:
            number: which.
            fields: as typed, by their names: those of `update_step`.
            needs: all that it needs.
            effects: all that follows from it.

        Raises:
            UserError: a part of it makes no sense.
        """
        step, whole = self._found(number)
        others = [one for one in whole.steps if one.id != number]
        changes: dict[str, object] = {}
        for field, value in fields.items():
            changes |= step_change(field, value, others)
        changes["needs"] = written_needs(list(map(checked_need, needs)))
        changes["effects"] = written_effects(list(map(checked_effect, effects)))
        return self._change(step, whole, changes)

    def set_needs(self, number: ProcessStepId, needs: Sequence[StepNeed]) -> StepId | None:
        """Say what a step needs.

        Raises:
            UserError: one of them says nothing.
        """
        step, whole = self._found(number)
        return self._change(step, whole, {"needs": written_needs(list(map(checked_need, needs)))})

    def set_effects(self, number: ProcessStepId, effects: Sequence[Effect]) -> StepId | None:
        """Say what a step brings about once it is done.

        Raises:
            UserError: one of them says nothing, or names what nobody knows.
        """
        step, whole = self._found(number)
        return self._change(
            step, whole, {"effects": written_effects(list(map(checked_effect, effects)))}
        )

    def move_step(self, number: ProcessStepId, place: int) -> StepId:
        """Put a step at another place, the first one 0."""
        step, whole = self._found(number)
        order = [one for one in whole.steps if one.id != number]
        order.insert(max(0, place), step)
        return self._step(_of(whole), lambda c: put_in_order(c, PROCESS_STEPS, order))

    def remove_step(self, number: ProcessStepId) -> StepId:
        """Take a step away."""
        step, whole = self._found(number)
        name = _("Remove step {step} of {name}")
        left = [one for one in whole.steps if one.id != number]

        def act(c: Connection) -> None:
            PROCESS_STEPS.delete(c, [number])
            put_in_order(c, PROCESS_STEPS, left)

        return self._step(name.format(step=step.name, name=whole.process.name), act)

    # Parts

    def _change(
        self, step: ProcessStep, whole: WholeProcess, changes: dict[str, object]
    ) -> StepId | None:
        number = step.id
        assert number is not None
        if replace(step, **changes) == step:  # type: ignore[arg-type]
            return None
        return self._step(_of(whole), lambda c: PROCESS_STEPS.update(c, [number], changes))

    def _found(self, number: ProcessStepId) -> tuple[ProcessStep, WholeProcess]:
        with self._archive.reading() as c:
            step = PROCESS_STEPS.get(c, number)
        if step is None or step.process_id is None:
            raise UserError(_("This step is not there any more."))
        return step, self.get(step.process_id)

    def _checked_name(self, name: str, *, besides: ProcessId | None = None) -> str:
        clean = inputs.title(name, "name", _("A process needs a name."))
        if any(w.process.name == clean and w.process.id != besides for w in self.all()):
            raise UserError(_("Another process is called so."), field="name")
        return clean

    def _step(self, name: str, act: Callable[[Connection], object]) -> StepId:
        def run(c: Connection) -> StepId:
            act(c)
            return steps.current(c)

        return self._archive.write(name, run)


def step_name(text: str, others: Sequence[object]) -> str:
    """What a step is called, as typed.

    Raises:
        UserError: nothing, or as another one of the same process.
    """
    clean = inputs.title(text, "name", _("A step needs a name."))
    if any(getattr(one, "name", None) == clean for one in others):
        raise UserError(_("Another step is called so."), field="name")
    return clean


def step_change(field: str, value: str, others: Sequence[object]) -> dict[str, object]:
    """The columns that change with a field of a step.

    Raises:
        UserError: the value makes no sense there.
    """
    if field == "name":
        return {field: step_name(value, others)}
    if field == "details":
        return {field: inputs.long_text(value, field)}
    if field in ("owner", "note"):
        return {field: inputs.line(value, field)}
    if field == "due_from":
        return {field: DueFrom(inputs.one_of(DueFrom, value, field) if value else "")}
    if field == "due_days":
        return {field: days(value, field, least=-MOST_DAYS)}
    raise ValueError(field)


def days(text: str, field: str, *, least: int = 0) -> int:
    """A number of days as typed, "" for none.

    Raises:
        UserError: it is none.
    """
    clean = inputs.tidy(text).replace("−", "-").replace(" ", "")
    if not clean:
        return 0
    try:
        found = int(clean)
    except ValueError:
        found = MOST_DAYS + 1
    if not least <= found <= MOST_DAYS:
        words = _("Write a whole number from {least} to {most}.")
        raise UserError(words.format(least=least, most=MOST_DAYS), field=field)
    return found


def _of(whole: WholeProcess) -> str:
    return _("Process {name}").format(name=whole.process.name)
