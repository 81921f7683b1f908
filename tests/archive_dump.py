"""All that an archive's owner put into it, so that two archives can be compared.

Every column of every journalled table is in it, but for those that `LEFT_OUT` names with a
reason. Numbers of rows say nothing outside of their archive: in their place stands what they
lead to, and where rows have an order, their place in it. Customers keep their numbers.
"""

from __future__ import annotations

import re
from typing import Any

from crm_desktop.domain.exchange import SETTINGS_LEFT_OUT
from crm_desktop.services.workspace import Workspace
from crm_desktop.store.engine import Connection
from crm_desktop.store.schema import JOURNALLED

Row = dict[str, Any]

LEFT_OUT = {
    "*.id": "a number of this archive alone; only customers keep theirs",
    "*.position": "an order: counted anew, from 0 and without gaps",
    "merge.merged_id": "who went has no number in the other archive, where it may be another's",
    "merge.step_id": "the journal stays behind, so that nothing there can take it back",
}
# Rows that have an order, and what they have it within.
_ORDERED = {
    "tag": (),
    "custom_field": ("entity",),
    "relation_kind": (),
    "saved_view": (),
    "article": (),
    "product": (),
    "product_price": ("product_id",),
    "pipeline": (),
    "pipeline_stage": ("pipeline_id",),
    "opportunity": ("customer_id",),
    "opportunity_move": ("opportunity_id",),
    "lead": ("customer_id",),
    "quotation": ("customer_id",),
    "quotation_line": ("quotation_id",),
    "sales_order": ("customer_id",),
    "order_version": ("order_id",),
    "order_line": ("version_id",),
    "order_traveller": ("order_id",),
    "order_requirement": ("order_id",),
    "order_step": ("order_id",),
    "process": (),
    "process_step": ("process_id",),
    "rule": (),
    "target": (),
    "rule_firing": ("customer_id",),
    "payment_due": ("order_id",),
    "payment": ("order_id",),
    "reminder": ("order_id",),
    "survey": (),
    "survey_question": ("survey_id",),
    "survey_request": ("customer_id",),
    "survey_response": ("customer_id",),
    "contact_point": ("customer_id", "kind"),  # the first of a kind is the primary one
    "address": ("customer_id",),
    "customer_tag": ("customer_id",),
    "stage_change": ("customer_id",),
    "interaction": ("customer_id", "at"),
    "task": ("customer_id",),
    "service_case": ("customer_id",),
    "promise": ("customer_id",),
    "relation": ("customer_id",),
    "document": ("customer_id",),
    "document_version": ("document_id",),
    "article_customer": ("article_id",),
    "product_supplier": ("product_id",),
    "merge": ("kept_id", "at"),
}
_LEADS_TO = {
    "tag_id": "tag",
    "field_id": "custom_field",
    "interaction_id": "interaction",
    "document_id": "document",
    "article_id": "article",
    "category_id": "category",
    "parent_id": "category",
    "product_id": "product",
    "pipeline_id": "pipeline",
    "stage_id": "pipeline_stage",
    "opportunity_id": "opportunity",
    "quotation_id": "quotation",
    "earlier_id": "quotation",
    "order_id": "sales_order",
    "process_id": "process",
    "lead_id": "lead",
    "version_id": "order_version",
    "survey_id": "survey",
    "question_id": "survey_question",
    "request_id": "survey_request",
    "response_id": "survey_response",
}
_OWN_FIELD = re.compile(r"custom:(\d+)")


def dump(workspace: Workspace) -> dict[str, list[Row]]:
    """The rows of all journalled tables, in an order of their own."""
    with workspace._archive.reading() as c:
        return _Dump(c).tables


def columns(connection: Connection, table: str) -> list[str]:
    """A table's columns, without those that are left out of every table."""
    names = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    return [n for n in names if not {f"*.{n}", f"{table}.{n}"} & LEFT_OUT.keys()]


class _Dump:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows = {table: self._read(table) for table in JOURNALLED}
        self._into = {
            row[0]: row[1] for row in connection.execute("SELECT merged_id, kept_id FROM merge")
        }
        self.tables = {
            table: sorted(
                (self._told(table, row) for row in rows.values()), key=lambda row: repr(row)
            )
            for table, rows in self._rows.items()
        }
        self.tables["setting"] = [
            row for row in self.tables["setting"] if not row["name"].startswith(SETTINGS_LEFT_OUT)
        ]

    def _read(self, table: str) -> dict[int, Row]:
        cursor = self._connection.execute(f'SELECT * FROM "{table}" ORDER BY id')
        names = [part[0] for part in cursor.description]
        rows = {row[0]: dict(zip(names, row, strict=True)) for row in cursor}
        if table in _ORDERED:
            places: dict[tuple[object, ...], int] = {}
            for row in sorted(rows.values(), key=lambda r: (r.get("position", 0), r["id"])):
                within = tuple(row[name] for name in _ORDERED[table])
                row["place"] = places.get(within, 0)
                places[within] = row["place"] + 1
        return rows

    def _told(self, table: str, row: Row) -> Row:
        told: Row = {"place": row["place"]} if "place" in row else {}
        for name in columns(self._connection, table):
            value = row[name]
            if name in _LEADS_TO and value is not None:
                other = _LEADS_TO[name]
                value = self._told(other, self._rows[other][value])
            elif table == "merge" and name == "kept_id":
                while value in self._into:
                    value = self._into[value]
            elif table == "saved_view" and isinstance(value, str):
                value = _OWN_FIELD.sub(self._field_name, value)
            told[name] = value
        return told

    def _field_name(self, match: re.Match[str]) -> str:
        field = self._rows["custom_field"].get(int(match[1]))
        return "custom:?" if field is None else f"custom:{field['name']}"


def differences(one: dict[str, list[Row]], other: dict[str, list[Row]]) -> dict[str, object]:
    """The rows that only one of two dumps has, by their tables."""
    found = {}
    for table in JOURNALLED:
        mine = [row for row in one[table] if row not in other[table]]
        theirs = [row for row in other[table] if row not in one[table]]
        if mine or theirs or len(one[table]) != len(other[table]):
            found[table] = (mine, theirs)
    return found
