"""A row of a sheet may tell of two customers: a contact person (part 0) and his firm (part 1)."""

SQL = """
CREATE TABLE import_row_2 (
  sheet_id INTEGER NOT NULL REFERENCES import_sheet (id),
  row INTEGER NOT NULL,
  part INTEGER NOT NULL DEFAULT 0,
  outcome TEXT NOT NULL
    CHECK (outcome IN ('created', 'updated', 'merged', 'continued', 'left_out')),
  reason TEXT NOT NULL DEFAULT '',
  customer_id INTEGER,
  cells TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (sheet_id, row, part)
) STRICT, WITHOUT ROWID;
INSERT INTO import_row_2 (sheet_id, row, outcome, reason, customer_id, cells)
  SELECT sheet_id, row, outcome, reason, customer_id, cells FROM import_row;
DROP TABLE import_row;
ALTER TABLE import_row_2 RENAME TO import_row;
CREATE INDEX import_row_customer ON import_row (customer_id) WHERE customer_id IS NOT NULL;
"""
