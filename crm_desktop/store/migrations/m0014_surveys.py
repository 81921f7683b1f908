"""Surveys with their questions; who is asked, and what is answered."""

SQL = """
-- key: the same in every archive. low_csat, low_nps: an answer of no more than that is low.
CREATE TABLE survey (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL CHECK (key <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  title TEXT NOT NULL CHECK (title <> ''),
  intro TEXT NOT NULL DEFAULT '',
  thanks TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT 'en',
  low_csat INTEGER NOT NULL DEFAULT 2 CHECK (low_csat BETWEEN 0 AND 5),
  low_nps INTEGER NOT NULL DEFAULT 6 CHECK (low_nps BETWEEN -1 AND 10),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  created_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX survey_key ON survey (key);

-- key: its number within the survey. choices: a line each. retired_at: not asked any more since.
CREATE TABLE survey_question (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  survey_id INTEGER NOT NULL REFERENCES survey (id) ON DELETE CASCADE,
  key INTEGER NOT NULL CHECK (key >= 1),
  kind TEXT NOT NULL CHECK (kind IN ('csat', 'nps', 'choice', 'yes_no', 'text')),
  text TEXT NOT NULL CHECK (text <> ''),
  choices TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0,
  retired_at TEXT,
  UNIQUE (survey_id, key)
) STRICT;

-- A survey by which somebody was asked cannot go: no action is stated on purpose.
CREATE TABLE survey_request (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  survey_id INTEGER NOT NULL REFERENCES survey (id),
  order_id INTEGER REFERENCES sales_order (id) ON DELETE SET NULL,
  code TEXT NOT NULL CHECK (code <> ''),
  way TEXT NOT NULL CHECK (way IN ('email', 'paper')),
  asked_at TEXT NOT NULL
) STRICT;
CREATE INDEX survey_request_customer ON survey_request (customer_id);
CREATE INDEX survey_request_survey ON survey_request (survey_id);
CREATE INDEX survey_request_order ON survey_request (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX survey_request_code ON survey_request (code);

CREATE TABLE survey_response (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  survey_id INTEGER NOT NULL REFERENCES survey (id),
  request_id INTEGER REFERENCES survey_request (id) ON DELETE SET NULL,
  way TEXT NOT NULL CHECK (way IN ('typed', 'email', 'sheet')),
  answered_on TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX survey_response_customer ON survey_response (customer_id);
CREATE INDEX survey_response_survey ON survey_response (survey_id, answered_on);
CREATE INDEX survey_response_request ON survey_response (request_id)
  WHERE request_id IS NOT NULL;

-- A question that was answered cannot go, only be retired: no action is stated on purpose.
CREATE TABLE survey_answer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  response_id INTEGER NOT NULL REFERENCES survey_response (id) ON DELETE CASCADE,
  question_id INTEGER NOT NULL REFERENCES survey_question (id),
  number INTEGER,
  text TEXT NOT NULL DEFAULT '',
  UNIQUE (response_id, question_id)
) STRICT;
CREATE INDEX survey_answer_question ON survey_answer (question_id);
"""
