"""Reading the journal by what a row was, documents by their last day, values that name somebody.

An import notes its inserts in ranges, so that the indexes of the journal stay small.
"""

SQL = """
CREATE INDEX journal_insert ON journal (table_name, row_id)
  WHERE action = 'I' AND last_row_id IS NULL;
CREATE INDEX journal_range ON journal (table_name, row_id, last_row_id)
  WHERE last_row_id IS NOT NULL;
CREATE INDEX document_expiry ON document (expires_on) WHERE expires_on IS NOT NULL;
CREATE INDEX custom_value_mention ON custom_value (value)
  WHERE substr(value, 1, 9) = 'customer:';
"""
