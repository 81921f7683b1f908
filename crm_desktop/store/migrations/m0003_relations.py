"""What customers are to one another."""

SQL = """
CREATE TABLE relation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind <> ''),
  label TEXT NOT NULL DEFAULT '',
  UNIQUE (customer_id, other_id, kind),
  CHECK (customer_id <> other_id)
) STRICT;
CREATE INDEX relation_other ON relation (other_id);
CREATE INDEX customer_organisation ON customer (kind)
  WHERE kind = 'organisation' AND deleted_at IS NULL;
"""
