"""The archive as it began: customers, their journal, imports, the search."""

SQL = """
CREATE TABLE setting (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE customer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation')),
  name TEXT NOT NULL CHECK (name <> ''),
  given_name TEXT NOT NULL DEFAULT '',
  family_name TEXT NOT NULL DEFAULT '',
  organisation TEXT NOT NULL DEFAULT '',
  stage TEXT NOT NULL DEFAULT 'potential'
    CHECK (stage IN ('potential', 'prospect', 'customer', 'former')),
  birthday TEXT,
  notes TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  deleted_at TEXT
) STRICT;
CREATE INDEX customer_trash ON customer (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE contact_point (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('phone', 'email', 'im')),
  raw TEXT NOT NULL,
  value TEXT,
  label TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX contact_point_customer ON contact_point (customer_id);

CREATE TABLE address (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  street TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  region TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '',
  label TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX address_customer ON address (customer_id);

CREATE TABLE tag (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  colour TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE customer_tag (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  position INTEGER NOT NULL DEFAULT 0,
  UNIQUE (customer_id, tag_id)
) STRICT;
CREATE INDEX customer_tag_tag ON customer_tag (tag_id);

CREATE TABLE custom_field (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL DEFAULT 'customer',
  name TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT 'text',
  position INTEGER NOT NULL DEFAULT 0,
  UNIQUE (entity, name)
) STRICT;
CREATE TABLE custom_value (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  field_id INTEGER NOT NULL REFERENCES custom_field (id) ON DELETE CASCADE,
  value TEXT NOT NULL,
  UNIQUE (customer_id, field_id)
) STRICT;
CREATE INDEX custom_value_field ON custom_value (field_id);

CREATE TABLE interaction (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('call', 'visit', 'message', 'note')),
  at TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX interaction_customer ON interaction (customer_id, at, id);

CREATE TABLE import_batch (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  step_id INTEGER NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE TABLE import_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id INTEGER NOT NULL REFERENCES import_batch (id),
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL
) STRICT;
CREATE INDEX import_file_sha256 ON import_file (sha256);
CREATE TABLE import_sheet (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file_id INTEGER NOT NULL REFERENCES import_file (id),
  name TEXT NOT NULL,
  header_row INTEGER NOT NULL DEFAULT 0,
  columns TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE TABLE import_row (
  sheet_id INTEGER NOT NULL REFERENCES import_sheet (id),
  row INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('created', 'updated', 'merged', 'left_out')),
  reason TEXT NOT NULL DEFAULT '',
  customer_id INTEGER,
  cells TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (sheet_id, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_row_customer ON import_row (customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  at TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT 'do' CHECK (kind IN ('do', 'undo', 'redo')),
  target_id INTEGER REFERENCES step (id),
  undone INTEGER NOT NULL DEFAULT 0,
  first_entry INTEGER NOT NULL DEFAULT 0,
  last_entry INTEGER NOT NULL DEFAULT 0,
  rows INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE journal (
  id INTEGER PRIMARY KEY,
  step_id INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  last_row_id INTEGER,
  action TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;
-- Inserts are left out: an import writes a million of them, and a row's history is its changes.
CREATE INDEX journal_row ON journal (table_name, row_id) WHERE action <> 'I';
CREATE TABLE journal_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  step_id INTEGER,
  by_ranges INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO journal_state (id, step_id) VALUES (1, NULL);

CREATE TABLE customer_summary (
  customer_id INTEGER PRIMARY KEY,
  sort_key TEXT NOT NULL,
  organisation_key TEXT NOT NULL,
  stage TEXT NOT NULL,
  city TEXT NOT NULL,
  phone TEXT NOT NULL,
  email TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX customer_summary_name ON customer_summary (sort_key, customer_id);
CREATE INDEX customer_summary_stage ON customer_summary (stage, sort_key, customer_id);
CREATE INDEX customer_summary_updated ON customer_summary (updated_at, customer_id);
CREATE TABLE search_doc (
  customer_id INTEGER PRIMARY KEY,
  skey TEXT NOT NULL,
  names TEXT NOT NULL
) STRICT;
CREATE TABLE search_name (
  name_key TEXT NOT NULL,
  customer_id INTEGER NOT NULL,
  PRIMARY KEY (name_key, customer_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE search_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  index_version INTEGER NOT NULL
) STRICT;
INSERT INTO search_state (id, index_version) VALUES (1, 0);
CREATE VIRTUAL TABLE search_gram USING fts5 (
  text, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1'
);
CREATE VIRTUAL TABLE search_term USING fts5vocab (search_gram, instance);
INSERT INTO search_gram (search_gram, rank) VALUES ('hashsize', 16777216);
"""
