"""The whole customer file: facts, tasks, cases, promises, articles, saved views, merges.

The timeline's entries are made anew for one more kind, "email"; their numbers go on where they
had come to, as the journal knows them.
"""

SQL = """
ALTER TABLE customer ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN rating INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5);
ALTER TABLE customer ADD COLUMN preferences TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN deceased INTEGER NOT NULL DEFAULT 0 CHECK (deceased IN (0, 1));
ALTER TABLE customer ADD COLUMN do_not_contact INTEGER NOT NULL DEFAULT 0
  CHECK (do_not_contact IN (0, 1));
CREATE INDEX customer_owner ON customer (owner) WHERE owner <> '';

ALTER TABLE contact_point ADD COLUMN do_not_use INTEGER NOT NULL DEFAULT 0
  CHECK (do_not_use IN (0, 1));
ALTER TABLE address ADD COLUMN do_not_use INTEGER NOT NULL DEFAULT 0
  CHECK (do_not_use IN (0, 1));

ALTER TABLE custom_field ADD COLUMN heading TEXT NOT NULL DEFAULT '';
-- JSON: the words of a choice; "" where there are none.
ALTER TABLE custom_field ADD COLUMN choices TEXT NOT NULL DEFAULT '';
ALTER TABLE custom_field ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1));
ALTER TABLE custom_field ADD COLUMN deleted_at TEXT;

-- How a customer's stage went on; his present one stands with him.
CREATE TABLE stage_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  at TEXT NOT NULL,
  before TEXT NOT NULL,
  stage TEXT NOT NULL
) STRICT;
CREATE INDEX stage_change_customer ON stage_change (customer_id, at, id);

CREATE TABLE interaction_2 (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('call', 'visit', 'message', 'email', 'note')),
  at TEXT NOT NULL,
  text TEXT NOT NULL,
  pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1))
) STRICT;
INSERT INTO interaction_2 (id, customer_id, kind, at, text)
  SELECT id, customer_id, kind, at, text FROM interaction;
DELETE FROM sqlite_sequence WHERE name = 'interaction_2';
INSERT INTO sqlite_sequence (name, seq)
  SELECT 'interaction_2', seq FROM sqlite_sequence WHERE name = 'interaction';
DROP TABLE interaction;
ALTER TABLE interaction_2 RENAME TO interaction;
CREATE INDEX interaction_customer ON interaction (customer_id, at, id);
CREATE INDEX interaction_pinned ON interaction (customer_id) WHERE pinned = 1;

-- A day and a time of the owner's clock; what has no day is for some day.
CREATE TABLE task (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER REFERENCES customer (id) ON DELETE CASCADE,
  interaction_id INTEGER REFERENCES interaction (id) ON DELETE SET NULL,
  title TEXT NOT NULL CHECK (title <> ''),
  notes TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT '',
  due_on TEXT,
  due_time TEXT,
  repeat TEXT NOT NULL DEFAULT '',
  priority INTEGER NOT NULL DEFAULT 0 CHECK (priority BETWEEN -1 AND 1),
  created_at TEXT NOT NULL,
  done_at TEXT,
  CHECK (due_time IS NULL OR due_on IS NOT NULL)
) STRICT;
CREATE INDEX task_customer ON task (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX task_interaction ON task (interaction_id) WHERE interaction_id IS NOT NULL;
CREATE INDEX task_due ON task (due_on, due_time, id) WHERE done_at IS NULL;

CREATE TABLE service_case (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('complaint', 'request')),
  subject TEXT NOT NULL CHECK (subject <> ''),
  text TEXT NOT NULL DEFAULT '',
  severity INTEGER NOT NULL DEFAULT 2 CHECK (severity BETWEEN 1 AND 3),
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'waiting', 'resolved')),
  owner TEXT NOT NULL DEFAULT '',
  promised TEXT NOT NULL DEFAULT '',
  promised_on TEXT,
  resolution TEXT NOT NULL DEFAULT '',
  satisfaction INTEGER CHECK (satisfaction BETWEEN 1 AND 5),
  opened_at TEXT NOT NULL,
  resolved_at TEXT
) STRICT;
CREATE INDEX service_case_customer ON service_case (customer_id);
CREATE INDEX service_case_open ON service_case (promised_on, id) WHERE status <> 'resolved';

CREATE TABLE promise (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('we', 'they')),
  text TEXT NOT NULL CHECK (text <> ''),
  due_on TEXT,
  created_at TEXT NOT NULL,
  kept_at TEXT
) STRICT;
CREATE INDEX promise_customer ON promise (customer_id);
CREATE INDEX promise_open ON promise (due_on, id) WHERE kept_at IS NULL;

-- Kinds of relations of the owner's own: "teacher of", and the other way round "pupil of".
CREATE TABLE relation_kind (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  reverse TEXT NOT NULL DEFAULT ''
) STRICT;

-- A filter, its columns and its order, as JSON; what later parts call a segment.
CREATE TABLE saved_view (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  icon TEXT NOT NULL DEFAULT '',
  filter TEXT NOT NULL DEFAULT '{}',
  columns TEXT NOT NULL DEFAULT '[]',
  sort TEXT NOT NULL DEFAULT '',
  pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
  position INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE article (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL CHECK (title <> ''),
  text TEXT NOT NULL DEFAULT '',
  tags TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE TABLE article_customer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  UNIQUE (article_id, customer_id)
) STRICT;
CREATE INDEX article_customer_customer ON article_customer (customer_id);

-- Who was merged into whom: the rows that he came from are still his evidence.
CREATE TABLE merge (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kept_id INTEGER NOT NULL,
  merged_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  step_id INTEGER NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX merge_kept ON merge (kept_id);
CREATE INDEX merge_merged ON merge (merged_id);
-- Two of whom somebody said that they are two; the smaller number stands first.
CREATE TABLE distinct_pair (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  UNIQUE (customer_id, other_id),
  CHECK (customer_id < other_id)
) STRICT;
CREATE INDEX distinct_pair_other ON distinct_pair (other_id);
"""
