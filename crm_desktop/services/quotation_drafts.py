"""Quotations while they are drafts: their lines and words, each read and checked at its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.names import shortened
from crm_desktop.domain.quotations import (
    Quotation,
    QuotationId,
    QuotationLine,
    QuotationLineId,
    WholeQuotation,
    may_be_edited,
)
from crm_desktop.i18n import LANGUAGES, _
from crm_desktop.services import inputs
from crm_desktop.services.line_drafts import Act, LineDrafts
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import quotations as rows
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import QUOTATION_LINES, QUOTATIONS


class QuotationDrafts(LineDrafts[QuotationId, QuotationLineId, WholeQuotation]):
    """The drafts of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive, settings: SettingsService) -> None:
        super().__init__(archive, settings, QUOTATION_LINES)

    def get(self, number: QuotationId) -> WholeQuotation:
        """One quotation with its lines and what they come to.

        Raises:
            UserError: it is not there any more.
        """
        with self._archive.reading() as c:
            found = rows.whole(c, number)
        if found is None:
            raise UserError(_("This quotation is not there any more."))
        return found

    def update(self, number: QuotationId, field: str, value: str) -> StepId | None:
        """Change a field of a draft.

        Args:
            number: which.
            field: title, currency, taxes, discount, rounding, language, valid_until, intro, terms.
            value: as typed.

        Returns:
            The step, for Undo; None where it says the same already.

        Raises:
            UserError: the value makes no sense there, or it is no draft.
        """
        whole = self._draft(number)
        changes = self._changes(whole, field, value)
        if all(getattr(whole.quotation, name) == new for name, new in changes.items()):
            return None
        changed = replace(whole.quotation, **changes)
        self._check_total(changed.sheet, whole.lines, field)
        return self._change(whole, lambda c: QUOTATIONS.update(c, [number], changes))

    def _changes(self, whole: WholeQuotation, field: str, value: str) -> dict[str, Any]:
        if field == "title":
            return {field: title(value)}
        if field in ("intro", "terms"):
            return {field: inputs.long_text(value, field)}
        if field == "language":
            if value not in LANGUAGES:
                known = ", ".join(LANGUAGES)
                words = _("“{value}” is none of: {known}.")
                raise UserError(words.format(value=shortened(value), known=known), field=field)
            return {field: value}
        if field == "valid_until":
            found = inputs.day(value, self._settings.home_country(), field)
            last = None if found is None else date.fromisoformat(found)
            check_day(last)
            return {field: last}
        return self._terms_changes(whole, field, value)

    # Parts

    def _draft(self, number: QuotationId) -> WholeQuotation:
        whole = self.get(number)
        if not may_be_edited(whole.quotation):
            raise UserError(
                _("{number} is out and stays as it is. Make a new version to change it.").format(
                    number=whole.quotation.reference
                )
            )
        return whole

    def _owner(self, line: QuotationLine) -> QuotationId:
        assert line.quotation_id is not None
        return line.quotation_id

    def _append_row(self, c: Connection, whole: WholeQuotation, line: QuotationLine) -> int:
        assert whole.quotation.id is not None
        return rows.append(c, whole.quotation.id, line)

    def _change(self, whole: WholeQuotation, act: Act, more: Mapping[str, object] = {}) -> StepId:
        number, now = whole.quotation.id, datetime.now(UTC)
        assert number is not None

        def run(c: Connection) -> None:
            act(c)
            QUOTATIONS.update(c, [number], {**more, "updated_at": now})

        return self._step(_of(whole.quotation), run)


def title(text: str) -> str:
    """What a quotation is called, as typed."""
    return inputs.title(text, "title", _("Say in a few words what it is about."))


def check_day(last: date | None) -> None:
    """Refuse a last day that is over.

    Raises:
        UserError: it is.
    """
    if last is not None and last < date.today():
        raise UserError(_("The last day of validity is over already."), field="valid_until")


def _of(one: Quotation) -> str:
    return _("Quotation {title}").format(title=shortened(one.title))
