"""Processes with their steps, the steps of orders, rules and what they brought about."""

SQL = """
CREATE TABLE process (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  position INTEGER NOT NULL DEFAULT 0
) STRICT;

-- needs, effects: JSON, as `domain/processes.py` writes it.
CREATE TABLE process_step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  process_id INTEGER NOT NULL REFERENCES process (id) ON DELETE CASCADE,
  position INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL CHECK (name <> ''),
  details TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT '',
  due_from TEXT NOT NULL DEFAULT ''
    CHECK (due_from IN ('', 'confirmed', 'previous', 'start', 'end')),
  due_days INTEGER NOT NULL DEFAULT 0 CHECK (due_days BETWEEN -3650 AND 3650),
  needs TEXT NOT NULL DEFAULT '',
  effects TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX process_step_process ON process_step (process_id);

-- process: the name of the one that it runs by; its steps are its own.
ALTER TABLE sales_order ADD COLUMN process TEXT NOT NULL DEFAULT '';
CREATE TABLE order_step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES sales_order (id) ON DELETE CASCADE,
  position INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL CHECK (name <> ''),
  details TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT '',
  due_from TEXT NOT NULL DEFAULT ''
    CHECK (due_from IN ('', 'confirmed', 'previous', 'start', 'end')),
  due_days INTEGER NOT NULL DEFAULT 0 CHECK (due_days BETWEEN -3650 AND 3650),
  needs TEXT NOT NULL DEFAULT '',
  effects TEXT NOT NULL DEFAULT '',
  due_on TEXT,
  done_at TEXT,
  by_itself INTEGER NOT NULL DEFAULT 0 CHECK (by_itself IN (0, 1)),
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX order_step_order ON order_step (order_id);
CREATE INDEX order_step_open ON order_step (due_on) WHERE done_at IS NULL;

-- action: '' or what the task opens: 'mail', 'survey'; letter: the e-mail that is prepared, its
-- subject in the first line, or the survey's name. made_by: the rule or step that made it.
ALTER TABLE task ADD COLUMN order_id INTEGER REFERENCES sales_order (id) ON DELETE SET NULL;
ALTER TABLE task ADD COLUMN lead_id INTEGER REFERENCES lead (id) ON DELETE SET NULL;
ALTER TABLE task ADD COLUMN action TEXT NOT NULL DEFAULT '';
ALTER TABLE task ADD COLUMN letter TEXT NOT NULL DEFAULT '';
ALTER TABLE task ADD COLUMN made_by TEXT NOT NULL DEFAULT '';
CREATE INDEX task_order ON task (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX task_lead ON task (lead_id) WHERE lead_id IS NOT NULL;

-- ready: which of the program's own it stands in place of, '' for the owner's.
CREATE TABLE rule (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  position INTEGER NOT NULL DEFAULT 0,
  ready TEXT NOT NULL DEFAULT '',
  event TEXT NOT NULL,
  about TEXT NOT NULL DEFAULT '',
  months INTEGER NOT NULL DEFAULT 0 CHECK (months BETWEEN 0 AND 600),
  action TEXT NOT NULL,
  what TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL DEFAULT '',
  days INTEGER NOT NULL DEFAULT 0 CHECK (days BETWEEN 0 AND 3650),
  working INTEGER NOT NULL DEFAULT 0 CHECK (working IN (0, 1)),
  owner TEXT NOT NULL DEFAULT '',
  is_on INTEGER NOT NULL DEFAULT 1 CHECK (is_on IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX rule_ready ON rule (ready) WHERE ready <> '';

CREATE TABLE rule_firing (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  order_id INTEGER REFERENCES sales_order (id) ON DELETE SET NULL,
  rule TEXT NOT NULL,
  said TEXT NOT NULL,
  made TEXT NOT NULL DEFAULT '',
  about TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL
) STRICT;
CREATE INDEX rule_firing_customer ON rule_firing (customer_id);
CREATE INDEX rule_firing_order ON rule_firing (order_id) WHERE order_id IS NOT NULL;
"""
