"""Reading the journal by what a row was: when it came, whoever it belonged to.

An import notes its inserts in ranges, so that both indexes stay small.
"""

SQL = """
CREATE INDEX journal_insert ON journal (table_name, row_id)
  WHERE action = 'I' AND last_row_id IS NULL;
CREATE INDEX journal_range ON journal (table_name, row_id, last_row_id)
  WHERE last_row_id IS NOT NULL;
"""
