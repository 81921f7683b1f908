"""The user's word on what a sheet's columns are: from a `--mapping` file, saved, or remembered.

    {"columns": {"Telefone 2": "phone", "F": {"field": "phone", "label": "mobile"}},
     "policies": {"phone": "overwrite", "*": "fill"}, "kind": "list",
     "sheets": {"Clientes": {"header_row": 3, "columns": {"A": "name"}},
                "Vendas": {"kind": "list", "cells": {"B4": "912 345 678"},
                           "rows": {"31": "customer", "32": "total"},
                           "colours": {"FFFF00": "VIP"}, "hidden": "skip"}},
     "dates": {"Nascimento": "DMY"},
     "replace": {"Cidade": {"lisboa": "Lisboa"}}}

A column is named by its letter or by its header; what is said for a sheet goes before what is
said for all. A `kind` for all is that of the sheets that have all the columns named beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from crm_desktop.bridge.sheets.mapping import has_identity
from crm_desktop.bridge.values.text import column_index
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.imports import (
    CUSTOM_PREFIX,
    EVERY_FIELD,
    FIELDS,
    SAYABLE,
    SKIP,
    ColumnMapping,
    Fix,
    Policy,
    RowRole,
    SheetKind,
    SheetPlan,
    SheetPreview,
)
from crm_desktop.i18n import _
from crm_desktop.store.search.fold import fold

DATE_ORDERS = ("DMY", "MDY", "YMD", "ROC")
_HIDDEN = {"skip": True, "import": False}
_ROLES = {"customer": None} | {kind.value: kind for kind in SAYABLE if kind is not None}
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
_CELL = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
T = TypeVar("T")


class _Said(NamedTuple):
    """What a mapping says of one column; None leaves that to the proposal."""

    field: str
    label: str | None = None
    compound: str | None = None


def apply_mapping(sheet: SheetPreview, mapping: object) -> SheetPlan:
    """The sheet's plan, changed as the mapping says.

    Raises:
        UserError: the mapping is not of its form, or names a field that does not exist.
    """
    whole = _object(mapping)
    own = _object(_object(whole.get("sheets", {})).get(sheet.name, {}))
    said = _by_column(whole, own, "columns", _said)
    dates = _by_column(whole, own, "dates", _date_order)
    replacements = _by_column(whole, own, "replace", _replacements)
    policies = {
        **dict(sheet.plan.policies),
        **_policies(whole.get("policies", {})),
        **_policies(own.get("policies", {})),
    }
    hidden = own.get("hidden", whole.get("hidden"))
    if hidden is not None and (not isinstance(hidden, str) or hidden not in _HIDDEN):
        raise UserError(_("In the mapping, “hidden” must be “skip” or “import”."))
    header_row = own.get("header_row", sheet.plan.header_row)
    kind = own.get("kind", sheet.plan.kind.value)
    if "kind" in whole and "kind" not in own and _names_all(sheet, whole):
        kind = whole["kind"]
    if kind != sheet.plan.kind and kind not in (
        SheetKind.LIST,
        SheetKind.LEDGER,
        SheetKind.CARDS,
    ):
        raise UserError(_("In the mapping, “kind” must be “list” or “ledger”."))
    if not isinstance(header_row, int) or header_row < 0:
        raise UserError(_("In the mapping, “header_row” must be a number of a row."))
    tags = {**_colours(whole.get("colours", {})), **_colours(own.get("colours", {}))}
    columns = tuple(_chosen(c, said, dates, replacements) for c in sheet.plan.columns)
    if kind == SheetKind.SUMMARY and has_identity(columns):
        kind = SheetKind.LIST  # now somebody has said who the customers are
    plan = replace(
        sheet.plan,
        header_row=header_row,
        colours=tuple((colour, tags.get(colour, tag)) for colour, tag in sheet.plan.colours),
        without_hidden=sheet.plan.without_hidden if hidden is None else _HIDDEN[hidden],
        kind=SheetKind(kind),
        policies=tuple(policies.items()),
        columns=columns,
        fixes=_fixes(own.get("cells", {})),
    )
    for row, role in _roles(own.get("rows", {})):
        plan = plan.with_role(row, role)
    return plan


def _names_all(sheet: SheetPreview, whole: Mapping[str, Any]) -> bool:
    """Whether a sheet has all columns that a mapping names: what it is taken for goes with them."""
    names = {fold(c.header) for c in sheet.plan.columns} | {
        fold(c.column) for c in sheet.plan.columns
    }
    return all(fold(name) in names for name in _object(whole.get("columns", {})))


def describe_plan(plan: SheetPlan, proposal: SheetPlan) -> dict[str, Any]:
    """What `apply` needs to read a sheet of the same headers as a plan does.

    A column is named by its header, or by its letter where that does not tell it from others.
    The order of day and month is the file's own matter, unless the user has chosen it; so is
    what is hidden in it, and a colour that the user has not named.

    Args:
        plan: as the user left it.
        proposal: as the program proposed it.
    """
    proposed = {column.index: column for column in proposal.columns}
    headers = Counter(fold(column.header) for column in plan.columns)
    columns: dict[str, dict[str, str]] = {}
    dates: dict[str, str] = {}
    replacements: dict[str, dict[str, str]] = {}
    for column in plan.columns:
        alone = column.header.strip() and headers[fold(column.header)] == 1
        name = column.header if alone else column.column
        columns[name] = {"field": column.field, "label": column.label}
        if column.compound is not None:
            columns[name]["compound"] = column.compound.value
        before = proposed.get(column.index)
        if column.date_order and (
            before is None
            or (before.date_order, before.date_examples)
            != (column.date_order, column.date_examples)
        ):
            dates[name] = column.date_order
        if column.replacements:
            replacements[name] = dict(column.replacements)
    told = dict(proposal.colours)
    colours = {c.removeprefix("#"): t for c, t in plan.colours if t or told.get(c)}
    parts = {"columns": columns, "dates": dates, "replace": replacements, "colours": colours}
    return {key: part for key, part in parts.items() if part or key == "columns"}


def _said(value: object) -> _Said:
    if not isinstance(value, dict):
        return _Said(_field(value))
    label = value.get("label")
    if not isinstance(label, str | None):
        raise UserError(_("In the mapping, “label” must be a text."))
    return _Said(_field(value.get("field")), label, value.get("compound"))


def _chosen(
    column: ColumnMapping,
    said: Mapping[str, _Said],
    dates: Mapping[str, str],
    replacements: Mapping[str, tuple[tuple[str, str], ...]],
) -> ColumnMapping:
    if (word := _of(column, said)) is not None:
        # Taken apart as the proposal says, where that is what was agreed to.
        agreed = column.compound if column.compound == word.compound else None
        column = replace(column, field=word.field, confidence=1.0, compound=agreed)
        if word.label is not None:
            column = replace(column, label=word.label)
    if (order := _of(column, dates)) is not None:
        column = replace(column, date_order=order, date_examples=())
    if (pairs := _of(column, replacements)) is not None:
        column = replace(column, replacements=pairs)
    return column


def _of(column: ColumnMapping, said: Mapping[str, T]) -> T | None:
    """What is said of a column, by its header or by its letter."""
    names = (fold(column.header), fold(column.column))
    return next((said[name] for name in names if name and name in said), None)


def _by_column(
    whole: Mapping[str, Any], own: Mapping[str, Any], key: str, read: Callable[[object], T]
) -> dict[str, T]:
    """What is said under a key of columns, by their folded names; of the sheet before of all."""
    said = {**_object(whole.get(key, {})), **_object(own.get(key, {}))}
    return {fold(name): read(value) for name, value in said.items()}


def _date_order(value: object) -> str:
    if isinstance(value, str) and value in DATE_ORDERS:
        return value
    raise UserError(
        _("In the mapping, “dates” says “{order}”; there are: {known}.").format(
            order=value, known=", ".join(DATE_ORDERS)
        )
    )


def _replacements(value: object) -> tuple[tuple[str, str], ...]:
    pairs = _object(value)
    if not all(isinstance(text, str) for text in pairs.values()):
        raise UserError(
            _("In the mapping, “replace” must give for each text the one to take instead.")
        )
    return tuple(pairs.items())


def _fixes(cells: object) -> tuple[Fix, ...]:
    found = []
    for name, text in _object(cells).items():
        cell = _CELL.fullmatch(name)
        if cell is None or not isinstance(text, str):
            raise UserError(
                _("In the mapping, “cells” must give for each cell, such as B4, its text.")
            )
        found.append(Fix(int(cell[2]), column_index(cell[1].upper()), text))
    return tuple(found)


def _roles(rows: object) -> list[RowRole]:
    found = []
    for number, role in _object(rows).items():
        if not number.isdecimal() or not isinstance(role, str) or role not in _ROLES:
            raise UserError(
                _(
                    "In the mapping, “rows” must say for each row what it is; there are: {known}."
                ).format(known=", ".join(_ROLES))
            )
        found.append(RowRole(int(number), _ROLES[role]))
    return found


def _colours(colours: object) -> dict[str, str]:
    found = {}
    for name, tag in _object(colours).items():
        colour = _COLOUR.fullmatch(name)
        if colour is None or not isinstance(tag, str):
            raise UserError(
                _("In the mapping, “colours” must give for each colour, such as FFFF00, its tag.")
            )
        found["#" + colour[1].upper()] = tag.strip()
    return found


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
