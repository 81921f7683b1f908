"""Which later steps built on an earlier one, so that it cannot be taken back whole before them."""

from __future__ import annotations

import json

from crm_desktop.domain.changes import Step
from crm_desktop.domain.relations import RelationKind
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.schema import OWNER, PART_OF
from crm_desktop.store.search.fold import fold_cached

# What hangs on a row that is no customer's: on which, and the column that says so.
HANGING = {
    "article_customer": ("article", "article_id"),
    "product_price": ("product", "product_id"),
    "product_supplier": ("product", "product_id"),
    "pipeline_stage": ("pipeline", "pipeline_id"),
    "process_step": ("process", "process_id"),
}

# Later entries about the rows of a step's: the one by the row, the other by the range.
_LATER = """
  SELECT l.step_id FROM journal e JOIN journal l
    ON l.table_name = e.table_name AND l.row_id = e.row_id AND l.action IN ('U', 'D')
  WHERE e.id BETWEEN :first AND :last AND e.last_row_id IS NULL AND l.id > :last
    AND (e.action <> 'U' OR l.action <> 'U' OR EXISTS (
      SELECT 1 FROM json_each(e.after) a JOIN json_each(l.after) b ON a.key = b.key))
  UNION
  SELECT l.step_id FROM journal e JOIN journal l
    ON l.table_name = e.table_name AND l.row_id BETWEEN e.row_id AND e.last_row_id
      AND l.action IN ('U', 'D')
  WHERE e.id BETWEEN :first AND :last AND e.last_row_id IS NOT NULL AND l.id > :last"""
# Whether a number is that of a row which the step made.
_MADE = """EXISTS (SELECT 1 FROM journal e WHERE e.id BETWEEN :first AND :last
  AND e.table_name = '{whole}' AND e.action = 'I'
  AND {number} BETWEEN e.row_id AND coalesce(e.last_row_id, e.row_id))"""
# Later entries about a row that hangs on one which the step made, since it does.
_ADDED = f"""
  SELECT l.step_id FROM journal l JOIN "{{table}}" t
    ON t.id BETWEEN l.row_id AND coalesce(l.last_row_id, l.row_id)
  WHERE l.id > :last AND l.action IN ('I', 'U') AND l.table_name = '{{table}}'
    AND l.id >= coalesce((SELECT max(m.id) FROM journal m WHERE m.table_name = '{{table}}'
      AND m.row_id = t.id AND m.action <> 'I' AND m.action = 'U'
      AND m.before ->> '{{column}}' IS NOT NULL), 0)
    AND {_MADE.replace("{number}", "t.{column}")}"""
# Later entries about a row that hung on one which the step made, and was moved or taken away. How
# it came, how it was changed, and how it came among many are looked up by an index each.
_MOVED = f"""
  WITH gone (row_id) AS (
    SELECT DISTINCT g.row_id FROM journal g JOIN step s ON s.id = g.step_id
      JOIN step d ON d.id = coalesce(s.target_id, s.id) AND s.kind <> 'undo' AND d.undone = 0
    WHERE g.id > :last AND g.table_name = '{{table}}' AND g.action IN ('U', 'D')
      AND {_MADE.replace("{number}", "g.before ->> '{column}'")})
  SELECT l.step_id FROM gone CROSS JOIN journal l ON l.table_name = '{{table}}'
    AND l.row_id = gone.row_id AND l.action <> 'I' WHERE l.id > :last
  UNION SELECT l.step_id FROM gone CROSS JOIN journal l ON l.table_name = '{{table}}'
    AND l.row_id = gone.row_id AND l.action = 'I' AND l.last_row_id IS NULL WHERE l.id > :last
  UNION SELECT l.step_id FROM journal l WHERE l.table_name = '{{table}}' AND l.id > :last
    AND l.last_row_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM gone WHERE row_id BETWEEN l.row_id AND l.last_row_id)"""
# What a row that the step took away hung on, and was taken away later.
_LOST = """
  SELECT l.step_id FROM journal e JOIN journal l
    ON l.table_name = '{whole}' AND l.row_id = e.before ->> '{column}'
    AND l.action <> 'I' AND l.action = 'D'
  WHERE e.id BETWEEN :first AND :last AND e.action = 'D' AND e.table_name = '{table}'
    AND l.id > :last"""
_RELATED = """
  SELECT l.step_id, r.kind, c.organisation, o.name FROM journal l
    JOIN relation r ON r.id BETWEEN l.row_id AND coalesce(l.last_row_id, l.row_id)
    JOIN customer c ON c.id = r.customer_id JOIN customer o ON o.id = r.other_id
  WHERE l.id > :last AND l.action IN ('I', 'U') AND l.table_name = 'relation' AND EXISTS (
    SELECT 1 FROM journal e WHERE e.id BETWEEN :first AND :last
      AND e.table_name = 'customer' AND e.action = 'I'
      AND (r.customer_id BETWEEN e.row_id AND coalesce(e.last_row_id, e.row_id)
        OR r.other_id BETWEEN e.row_id AND coalesce(e.last_row_id, e.row_id)))"""


def follows_from_name(kind: str, organisation: str, name: str) -> bool:
    """Whether a relation is there because an organisation's name stands in a person's file."""
    return kind == RelationKind.WORKS_AT and fold_cached(organisation) == fold_cached(name)


def built_on(connection: Connection, entries: tuple[int, int]) -> list[Step]:
    """The steps that built, later, on what some entries of the journal had written.

    They changed it, gave something to what was made by it, or took away what it would come
    back to. Steps that are taken back do not count, those that were done again do; a relation
    that follows from a name does not.

    Args:
        connection: for reading.
        entries: first and last id of the entries.

    Returns:
        The newest first.
    """
    first, last = entries
    range_of = {"first": first, "last": last}
    hanging = [
        (table, "customer", column) for table, column in OWNER.items() if table != "customer"
    ]
    hanging += [(table, *whole) for table, whole in (*PART_OF.items(), *HANGING.items())]
    made = _tables(connection, entries, "I")
    gone = _tables(connection, entries, "D")
    queries = [_LATER]
    for table, whole, column in hanging:
        words = {"table": table, "whole": whole, "column": column}
        if whole in made and table != "relation":
            queries += [_ADDED.format(**words), _MOVED.format(**words)]
        if table in gone:
            queries.append(_LOST.format(**words))
    later = {row[0] for query in queries for row in connection.execute(query, range_of)}
    if "customer" in made:
        later.update(
            step
            for step, *told in connection.execute(_RELATED, range_of)
            if not follows_from_name(*told)
        )
    # What was done again stands under the step that did it again.
    rows = connection.execute(
        """SELECT DISTINCT d.id FROM step s JOIN step d ON d.id = coalesce(s.target_id, s.id)
           WHERE s.id IN (SELECT value FROM json_each(?)) AND s.kind <> 'undo' AND d.undone = 0
           ORDER BY d.id DESC""",
        (json.dumps(sorted(later)),),
    )
    found = (steps.get(connection, row[0]) for row in rows.fetchall())
    return [step for step in found if step is not None]


def _tables(connection: Connection, entries: tuple[int, int], action: str) -> set[str]:
    rows = connection.execute(
        "SELECT DISTINCT table_name FROM journal WHERE id BETWEEN ? AND ? AND action = ?",
        (*entries, action),
    )
    return {row[0] for row in rows}
