"""What may become a sale: leads, and opportunities on their way through a pipeline's stages."""

SQL = """
CREATE TABLE pipeline (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  position INTEGER NOT NULL DEFAULT 0
) STRICT;

-- needs: what an opportunity must have to stand there, names of its fields with blanks between.
CREATE TABLE pipeline_stage (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pipeline_id INTEGER NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
  name TEXT NOT NULL CHECK (name <> ''),
  outcome TEXT NOT NULL DEFAULT 'open' CHECK (outcome IN ('open', 'won', 'lost')),
  probability INTEGER NOT NULL DEFAULT 0 CHECK (probability BETWEEN 0 AND 100),
  most_days INTEGER CHECK (most_days > 0),
  needs TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX pipeline_stage_pipeline ON pipeline_stage (pipeline_id);

-- A stage in which something stands cannot go: no action is stated on purpose.
CREATE TABLE opportunity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  stage_id INTEGER NOT NULL REFERENCES pipeline_stage (id),
  title TEXT NOT NULL CHECK (title <> ''),
  owner TEXT NOT NULL DEFAULT '',
  amount INTEGER CHECK (amount >= 0),
  currency TEXT NOT NULL DEFAULT '',
  closes_on TEXT,
  source TEXT NOT NULL DEFAULT '',
  occasion TEXT NOT NULL DEFAULT '',
  lost_reason TEXT NOT NULL DEFAULT '',
  notes TEXT NOT NULL DEFAULT '',
  entered_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX opportunity_customer ON opportunity (customer_id);
CREATE INDEX opportunity_stage ON opportunity (stage_id);
CREATE INDEX opportunity_owner ON opportunity (owner) WHERE owner <> '';

-- Each stage that an opportunity came to, and when; of a stage that was removed only when.
CREATE TABLE opportunity_move (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  opportunity_id INTEGER NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
  stage_id INTEGER REFERENCES pipeline_stage (id) ON DELETE SET NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX opportunity_move_opportunity ON opportunity_move (opportunity_id);
CREATE INDEX opportunity_move_stage ON opportunity_move (stage_id);

ALTER TABLE task ADD COLUMN
  opportunity_id INTEGER REFERENCES opportunity (id) ON DELETE SET NULL;
CREATE INDEX task_opportunity ON task (opportunity_id) WHERE opportunity_id IS NOT NULL;

-- Somebody who asked and of whom nobody has said yet whether it is meant. customer_id: who he
-- became, or turned out to be.
CREATE TABLE lead (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER REFERENCES customer (id) ON DELETE CASCADE,
  status TEXT NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'genuine', 'discarded')),
  name TEXT NOT NULL DEFAULT '',
  organisation TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  message TEXT NOT NULL DEFAULT '',
  details TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  received_at TEXT NOT NULL,
  decided_at TEXT
) STRICT;
CREATE INDEX lead_status ON lead (status, received_at);
CREATE INDEX lead_customer ON lead (customer_id) WHERE customer_id IS NOT NULL;
"""
