"""The archive's schema, as a list of migrations that only ever grows.

Each migration is literal SQL: what it made stays true, whatever later code thinks. The newest
version is also kept in `user_version`, so that opening an up-to-date archive asks nothing of
sqlite-utils.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.store import engine  # noqa: F401  (first: it gives sqlite-utils its engine)

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

NEWEST = 4

# Tables whose rows are the user's: every change of theirs is journalled. The others are
# evidence that is never changed (import_*), contents that only ever are what their hash says
# (blob), the journal itself, or can be made anew from these (summary and search).
# Parents stand before their children.
JOURNALLED = (
    "setting",
    "tag",
    "custom_field",
    "customer",
    "contact_point",
    "address",
    "customer_tag",
    "custom_value",
    "interaction",
    "relation",
    "document",
    "document_version",
)
# Bookkeeping that follows from the other columns and is no change of its own.
NOT_JOURNALLED_COLUMNS = frozenset({"updated_at"})

# Where the customer's number stands in each table that hangs on one.
OWNER = {
    "customer": "id",
    "contact_point": "customer_id",
    "address": "customer_id",
    "customer_tag": "customer_id",
    "custom_value": "customer_id",
    "interaction": "customer_id",
    "relation": "customer_id",
    "document": "customer_id",
}
# What belongs to a row of such a table: to which, and where that row's number stands.
PART_OF = {"document_version": ("document", "document_id")}

_M0001 = """
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

# The lists' order by city; the stage lets a filter ask the index alone.
_M0002 = """
CREATE INDEX customer_summary_city ON customer_summary (city, customer_id, stage);
-- Made anew for one more outcome, "continued".
CREATE TABLE import_row_2 (
  sheet_id INTEGER NOT NULL REFERENCES import_sheet (id),
  row INTEGER NOT NULL,
  outcome TEXT NOT NULL
    CHECK (outcome IN ('created', 'updated', 'merged', 'continued', 'left_out')),
  reason TEXT NOT NULL DEFAULT '',
  customer_id INTEGER,
  cells TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (sheet_id, row)
) STRICT, WITHOUT ROWID;
INSERT INTO import_row_2 SELECT sheet_id, row, outcome, reason, customer_id, cells FROM import_row;
DROP TABLE import_row;
ALTER TABLE import_row_2 RENAME TO import_row;
CREATE INDEX import_row_customer ON import_row (customer_id) WHERE customer_id IS NOT NULL;
"""

# What customers are to one another. The second index tells an import at once that there is no
# organisation to work at.
_M0003 = """
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

# Documents. A content is kept once, however many documents have it, and never changes.
_M0004 = """
CREATE TABLE blob (
  sha256 TEXT NOT NULL PRIMARY KEY,
  size INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;
CREATE TABLE document (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT NOT NULL DEFAULT '',
  number TEXT NOT NULL DEFAULT '',
  issued_on TEXT,
  expires_on TEXT,
  added_at TEXT NOT NULL
) STRICT;
CREATE INDEX document_customer ON document (customer_id);
CREATE TABLE document_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  sha256 TEXT NOT NULL REFERENCES blob (sha256),
  size INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  file_name TEXT NOT NULL DEFAULT '',
  added_at TEXT NOT NULL
) STRICT;
CREATE INDEX document_version_document ON document_version (document_id);
CREATE INDEX document_version_sha256 ON document_version (sha256);
"""


def migrations() -> Migrations:
    """The whole history of the schema, for `Migrations.apply`."""
    from sqlite_utils import Migrations

    history = Migrations("crm_desktop")

    @history(name="m0001_archive")
    def m0001(db: Database) -> None:
        run_script(db, _M0001)

    @history(name="m0002_cities_and_continued_rows")
    def m0002(db: Database) -> None:
        run_script(db, _M0002)

    @history(name="m0003_relations")
    def m0003(db: Database) -> None:
        run_script(db, _M0003)

    @history(name="m0004_documents")
    def m0004(db: Database) -> None:
        run_script(db, _M0004)

    return history


def run_script(db: Database, script: str) -> None:
    """Run several statements inside the present transaction (`executescript` would commit)."""
    for statement in script.split(";\n"):
        if statement.strip():
            db.conn.execute(statement)
