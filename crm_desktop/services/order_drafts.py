"""Orders while a version is drafted: its lines, days and terms, each checked at its field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.names import shortened
from crm_desktop.domain.orders import (
    Fee,
    Order,
    OrderId,
    OrderLine,
    OrderLineId,
    OrderStatus,
    WholeOrder,
    read_fees,
    written_fees,
)
from crm_desktop.i18n import LANGUAGES, _
from crm_desktop.services import amounts, inputs
from crm_desktop.services.line_drafts import Act, LineDrafts
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import orders as rows
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import ORDER_LINES, ORDER_VERSIONS, ORDERS

_FEE = re.compile(r"\s*(\d{1,4})[^\d:]*:\s*(.+)")


class OrderDrafts(LineDrafts[OrderId, OrderLineId, WholeOrder]):
    """The drafts of one archive's orders. Each change is one step that can be undone."""

    def __init__(self, archive: Archive, settings: SettingsService) -> None:
        super().__init__(archive, settings, ORDER_LINES)

    def get(self, number: OrderId) -> WholeOrder:
        """An order with what is agreed, and with the draft where nothing is agreed yet.

        Raises:
            UserError: it is not there any more.
        """
        with self._archive.reading() as c:
            found = rows.whole(c, number)
        if found is None:
            raise UserError(_("This order is not there any more."))
        return found

    def draft(self, number: OrderId) -> WholeOrder | None:
        """An order with the version that is being drafted; None where none is."""
        self.get(number)
        with self._archive.reading() as c:
            return rows.whole(c, number, draft=True)

    def update(self, number: OrderId, field: str, value: str) -> StepId | None:
        """Change a field of the version that is being drafted.

        Args:
            number: of the order.
            field: taxes, discount, rounding, starts_on, ends_on, fees, terms; of an order that
                was not confirmed yet title, language and currency, too.
            value: as typed.

        Returns:
            The step, for Undo; None where it says the same already.

        Raises:
            UserError: the value makes no sense there, or no version is being drafted.
        """
        whole = self._draft(number)
        if field in ("title", "language", "currency"):
            return self._update_head(whole, field, value)
        changes = self._changes(whole, field, value)
        if all(getattr(whole.version, name) == new for name, new in changes.items()):
            return None
        changed = replace(whole.version, **changes)
        self._check_total(changed.sheet(whole.order.currency), whole.lines, field)
        return self._change(whole, lambda c: None, changes)

    def _update_head(self, whole: WholeOrder, field: str, value: str) -> StepId | None:
        if whole.order.status is not OrderStatus.DRAFT:
            words = _("{number} was confirmed; this stands on its papers and stays.")
            raise UserError(words.format(number=whole.order.number), field=field)
        if field == "title":
            changes = {field: title(value)}
        elif field == "currency":
            changes = self._terms_changes(whole, field, value)
        else:
            if value not in LANGUAGES:
                known = ", ".join(LANGUAGES)
                words = _("“{value}” is none of: {known}.")
                raise UserError(words.format(value=shortened(value), known=known), field=field)
            changes = {field: value}
        if getattr(whole.order, field) == changes[field]:
            return None
        number = whole.order.id
        assert number is not None
        return self._change(whole, lambda c: ORDERS.update(c, [number], changes))

    def _changes(self, whole: WholeOrder, field: str, value: str) -> dict[str, Any]:
        if field == "terms":
            return {field: inputs.long_text(value, field)}
        if field == "fees":
            return {field: read_typed_fees(value)}
        if field in ("starts_on", "ends_on"):
            found = inputs.day(value, self._settings.home_country(), field)
            day = None if found is None else date.fromisoformat(found)
            days = {"starts_on": whole.version.starts_on, "ends_on": whole.version.ends_on}
            days[field] = day
            first, last = days["starts_on"], days["ends_on"]
            if first is not None and last is not None and last < first:
                raise UserError(_("It would end before it starts."), field=field)
            return {field: day}
        return self._terms_changes(whole, field, value)

    # Parts

    def _draft(self, number: OrderId) -> WholeOrder:
        found = self.draft(number)
        if found is None:
            order = self.get(number).order
            words = (
                _("{number} was cancelled and stays as it is.")
                if order.status is OrderStatus.CANCELLED
                else _("{number} is agreed. Begin a change to have it otherwise.")
            )
            raise UserError(words.format(number=order.number))
        return found

    def _owner(self, line: OrderLine) -> OrderId:
        assert line.order_id is not None
        with self._archive.reading() as c:
            drafted = rows.whole(c, line.order_id, draft=True)
        if drafted is not None and drafted.version.id != line.version_id:
            raise UserError(_("This line is of a version that was agreed and stays."))
        return line.order_id

    def _append_row(self, c: Connection, whole: WholeOrder, line: OrderLine) -> int:
        assert whole.order.id is not None
        assert whole.version.id is not None
        return rows.append(c, whole.order.id, whole.version.id, line)

    def _change(self, whole: WholeOrder, act: Act, more: Mapping[str, object] = {}) -> StepId:
        number, version, now = whole.order.id, whole.version.id, datetime.now(UTC)
        assert number is not None
        assert version is not None

        def run(c: Connection) -> None:
            act(c)
            ORDER_VERSIONS.update(c, [version], {**more, "updated_at": now})
            ORDERS.update(c, [number], {"updated_at": now})

        return self._step(of(whole.order), run)


def title(text: str) -> str:
    """What an order is called, as typed."""
    return inputs.title(text, "title", _("Say in a few words what it is about."))


def of(order: Order) -> str:
    """What a step that changes an order is called."""
    return _("Order {title}").format(title=shortened(order.title))


def read_typed_fees(text: str) -> str:
    """What cancelling costs, as typed: `30: 10 %; 14: 50 %; 0: 100 %`, days before the start.

    Raises:
        UserError: a part of it makes no sense, or two are for the same day.
    """
    found: dict[int, int] = {}
    for part in re.split(r"[;；\n]", text.replace("：", ":")):
        if not part.strip():
            continue
        match = _FEE.fullmatch(part)
        percent = amounts.rate(match[2], "fees") if match else None
        if match is None or percent is None:
            words = _("“{text}” is no fee. Write days before the start and percent: 30: 10 %.")
            raise UserError(words.format(text=shortened(part.strip())), field="fees")
        if int(match[1]) in found:
            raise UserError(
                _("Two fees are for {days} days before the start.").format(days=match[1]),
                field="fees",
            )
        found[int(match[1])] = percent
    return written_fees([Fee(days, percent) for days, percent in found.items()])


def fees_typed(fees: str) -> str:
    """What cancelling costs as it is typed again."""
    listed = [f"{days}: {amounts.rate_typed(percent)} %" for days, percent in read_fees(fees)]
    return "; ".join(listed)
