"""The user's word on what a sheet's columns are, from a `--mapping` file.

    {"columns": {"Telefone 2": "phone", "F": "custom:Passport"},
     "sheets": {"Clientes": {"header_row": 3, "columns": {"A": "name"}},
                "Vendas": {"kind": "list"}}}

A column is named by its letter or by its header; what is said for a sheet goes before what is
said for all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.imports import (
    CUSTOM_PREFIX,
    FIELDS,
    SKIP,
    ColumnMapping,
    SheetKind,
    SheetPlan,
    SheetPreview,
)
from crm_desktop.i18n import _
from crm_desktop.store.search.fold import fold


def apply(sheet: SheetPreview, mapping: object) -> SheetPlan:
    """The sheet's plan, changed as the mapping says.

    Raises:
        UserError: the mapping is not of its form, or names a field that does not exist.
    """
    whole = _object(mapping)
    own = _object(_object(whole.get("sheets", {})).get(sheet.name, {}))
    fields = {**_fields(whole.get("columns", {})), **_fields(own.get("columns", {}))}
    header_row = own.get("header_row", sheet.plan.header_row)
    kind = own.get("kind", sheet.plan.kind.value)
    if kind not in (SheetKind.LIST, SheetKind.LEDGER, SheetKind.CARDS):
        raise UserError(_("In the mapping, “kind” must be “list” or “ledger”."))
    if not isinstance(header_row, int) or header_row < 0:
        raise UserError(_("In the mapping, “header_row” must be a number of a row."))
    return replace(
        sheet.plan,
        header_row=header_row,
        kind=SheetKind(kind),
        columns=tuple(_chosen(column, fields) for column in sheet.plan.columns),
    )


def _chosen(column: ColumnMapping, fields: Mapping[str, str]) -> ColumnMapping:
    for name in (fold(column.header), fold(column.column)):
        if name and name in fields:
            return replace(column, field=fields[name], confidence=1.0, compound=None)
    return column


def _fields(columns: object) -> dict[str, str]:
    return {fold(name): _field(value) for name, value in _object(columns).items()}


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


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UserError(
            _("The mapping must be a JSON object with “columns” or “sheets”; see the guide.")
        )
    return value
