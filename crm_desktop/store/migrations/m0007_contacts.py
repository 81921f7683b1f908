"""How often and when each customer was in contact, and birthdays by their day, for lists.

The triggers that keep it are made anew after every migration, with those of the journal.
"""

SQL = """
CREATE TABLE customer_contact (
  customer_id INTEGER PRIMARY KEY REFERENCES customer (id) ON DELETE CASCADE,
  contacts INTEGER NOT NULL,
  first_at TEXT NOT NULL,
  last_at TEXT NOT NULL
);
INSERT INTO customer_contact
  SELECT customer_id, count(*), min(at), max(at) FROM interaction GROUP BY customer_id;
CREATE INDEX customer_contact_count ON customer_contact (contacts, customer_id);
CREATE INDEX customer_contact_last ON customer_contact (last_at, customer_id);
CREATE INDEX customer_birthday ON customer (substr(rtrim(birthday, '+'), -5))
  WHERE birthday <> '';
"""
