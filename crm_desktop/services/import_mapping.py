"""The user's word on what a sheet's columns are: from a `--mapping` file, saved, or remembered.

    {"columns": {"Telefone 2": "phone", "F": {"field": "phone", "label": "mobile"}},
     "policies": {"phone": "overwrite", "*": "fill"},
     "sheets": {"Clientes": {"header_row": 3, "columns": {"A": "name"}},
                "Vendas": {"kind": "list"}}}

A column is named by its letter or by its header; what is said for a sheet goes before what is
said for all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.imports import (
    CUSTOM_PREFIX,
    EVERY_FIELD,
    FIELDS,
    SKIP,
    ColumnMapping,
    Policy,
    SheetKind,
    SheetPlan,
    SheetPreview,
)
from crm_desktop.i18n import _
from crm_desktop.store.search.fold import fold

_DATE_ORDERS = (None, "", "DMY", "MDY", "YMD", "ROC")


class _Said(NamedTuple):
    """What a mapping says of one column; None leaves that to the proposal."""

    field: str
    label: str | None = None
    date_order: str | None = None
    compound: str | None = None


def apply(sheet: SheetPreview, mapping: object) -> SheetPlan:
    """The sheet's plan, changed as the mapping says.

    Raises:
        UserError: the mapping is not of its form, or names a field that does not exist.
    """
    whole = _object(mapping)
    own = _object(_object(whole.get("sheets", {})).get(sheet.name, {}))
    said = {**_columns(whole.get("columns", {})), **_columns(own.get("columns", {}))}
    policies = {
        **dict(sheet.plan.policies),
        **_policies(whole.get("policies", {})),
        **_policies(own.get("policies", {})),
    }
    header_row = own.get("header_row", sheet.plan.header_row)
    kind = own.get("kind", sheet.plan.kind.value)
    if kind != sheet.plan.kind and kind not in (
        SheetKind.LIST,
        SheetKind.LEDGER,
        SheetKind.CARDS,
    ):
        raise UserError(_("In the mapping, “kind” must be “list” or “ledger”."))
    if not isinstance(header_row, int) or header_row < 0:
        raise UserError(_("In the mapping, “header_row” must be a number of a row."))
    return replace(
        sheet.plan,
        header_row=header_row,
        kind=SheetKind(kind),
        policies=tuple(policies.items()),
        columns=tuple(_chosen(column, said) for column in sheet.plan.columns),
    )


def describe(plan: SheetPlan, proposal: SheetPlan) -> dict[str, Any]:
    """What `apply` needs to read a sheet of the same headers as a plan does.

    A column is named by its header, or by its letter where that does not tell it from others.
    The order of day and month is the file's own matter, unless the user has chosen it.

    Args:
        plan: as the user left it.
        proposal: as the program proposed it.
    """
    proposed = {column.index: column for column in proposal.columns}
    headers = Counter(fold(column.header) for column in plan.columns)
    columns: dict[str, Any] = {}
    for column in plan.columns:
        before = proposed.get(column.index)
        said: dict[str, str] = {"field": column.field, "label": column.label}
        if before is None or (before.date_order, before.date_examples) != (
            column.date_order,
            column.date_examples,
        ):
            said["date_order"] = column.date_order
        if column.compound is not None:
            said["compound"] = column.compound.value
        alone = column.header.strip() and headers[fold(column.header)] == 1
        columns[column.header if alone else column.column] = said
    return {"columns": columns}


def _chosen(column: ColumnMapping, said: Mapping[str, _Said]) -> ColumnMapping:
    for name in (fold(column.header), fold(column.column)):
        if name and name in said:
            field, label, date_order, compound = said[name]
            # Taken apart as the proposal says, where that is what was agreed to.
            agreed = column.compound if column.compound == compound else None
            chosen = replace(column, field=field, confidence=1.0, compound=agreed)
            if label is not None:
                chosen = replace(chosen, label=label)
            if date_order is not None:
                chosen = replace(chosen, date_order=date_order, date_examples=())
            return chosen
    return column


def _columns(columns: object) -> dict[str, _Said]:
    return {fold(name): _said(value) for name, value in _object(columns).items()}


def _said(value: object) -> _Said:
    if not isinstance(value, dict):
        return _Said(_field(value))
    label, date_order = value.get("label"), value.get("date_order")
    if not isinstance(label, str | None) or date_order not in _DATE_ORDERS:
        raise UserError(
            _("In the mapping, “date_order” must be DMY, MDY, YMD or ROC, and “label” a text.")
        )
    return _Said(_field(value.get("field")), label, date_order, value.get("compound"))


def _field(value: object) -> str:
    if isinstance(value, str) and (
        value in FIELDS
        or value == SKIP
        or (value.startswith(CUSTOM_PREFIX) and value != CUSTOM_PREFIX)
    ):
        return value
    raise UserError(
        _("The mapping names a field “{field}”; there are: {known}, custom:…, skip.").format(
            field=value, known=", ".join(FIELDS)
        )
    )


def _policies(policies: object) -> dict[str, str]:
    found = {}
    for field, policy in _object(policies).items():
        if policy not in list(Policy):
            raise UserError(
                _("The mapping names a policy “{policy}”; there are: {known}.").format(
                    policy=policy, known=", ".join(Policy)
                )
            )
        found[field if field == EVERY_FIELD else _field(field)] = str(policy)
    return found


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UserError(
            _("The mapping must be a JSON object with “columns” or “sheets”; see the guide.")
        )
    return value
