"""Changing many customers at once: one step, with progress, that Undo takes back whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crm_desktop.domain.bulk import BULK_FIELDS, TAG, Edit, Edited, Way
from crm_desktop.domain.customers import CustomerId, PersonalFacts, Stage
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.filters import OWN
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _, ngettext
from crm_desktop.services import field_values, inputs
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import bulk_edit, custom_fields
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps

# Between two of them one may cancel.
_CHUNK = 1_000
_Act = Callable[[Connection, Sequence[CustomerId]], int]


class BulkService:
    """Changes to any selection of one archive's customers."""

    def __init__(self, archive: Archive, settings: SettingsService) -> None:
        self._archive = archive
        self._settings = settings

    def edit(
        self, ids: Sequence[CustomerId], edits: Sequence[Edit], *, job: Job | None = None
    ) -> Edited:
        """Make changes to customers, all of them or none.

        Args:
            ids: whose.
            edits: one or several.
            job: to report to; once it is cancelled nothing was changed.

        Raises:
            UserError: a value makes no sense, or there is no such field.
            Cancelled: the user stopped it.
        """
        job = job or Job()
        acts = [self._act(edit) for edit in edits]
        words = ngettext("Change {n} customer", "Change {n} customers", len(ids))

        def act(c: Connection) -> Edited:
            changed = 0
            total = len(ids) * len(acts)
            for number, one in enumerate(acts):
                for start in range(0, len(ids), _CHUNK):
                    job.progress(_("Changing"), number * len(ids) + start, total)
                    changed += one(c, ids[start : start + _CHUNK])
            # The search's index is what is left.
            job.progress(_("Changing"), total, total)
            return Edited(steps.current(c) if changed else None, changed)

        return self._archive.write(words.format(n=len(ids)), act)

    def _act(self, edit: Edit) -> _Act:
        field, way = edit.field, edit.way
        if field == TAG:
            names = inputs.titles(edit.value.split(","), "value")
            if not names:
                raise UserError(_("Name a tag first."), field="value")
            change = bulk_edit.add_tag if way is Way.ADD else bulk_edit.remove_tag
            return lambda c, ids: sum(change(c, ids, name) for name in names)
        if field.startswith(OWN):
            return self._own(int(field.removeprefix(OWN)), edit)
        if field not in BULK_FIELDS:
            raise UserError(_("There is no such field."), field="field")
        text = "" if way is Way.CLEAR else edit.value
        value: str | int
        if field == "stage":
            value = inputs.one_of(Stage, text, field)
        else:
            assert field in PersonalFacts._fields
            value = inputs.fact(field, text)
            if way is Way.SET and value == "":
                raise UserError(_("Say what it shall be, or clear it."), field="value")
        return lambda c, ids: bulk_edit.set_column(c, ids, field, value)

    def _own(self, number: int, edit: Edit) -> _Act:
        with self._archive.reading() as c:
            found = custom_fields.by_number(c).get(number)
        if found is None:
            raise UserError(_("There is no such field."), field="field")
        text = "" if edit.way is Way.CLEAR else inputs.long_text(edit.value, "value")
        if edit.way is Way.SET and not text:
            raise UserError(_("Say what it shall be, or clear it."), field="value")
        value = field_values.typed(found[1], text, self._settings.home_country()) if text else ""
        return lambda c, ids: bulk_edit.set_custom(c, ids, number, value)
