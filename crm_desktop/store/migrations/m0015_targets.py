"""Targets, and what tells quickly how far they have come."""

SQL = """
-- owner: '' for the whole firm; amount: of revenue, minor units of currency.
CREATE TABLE target (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner TEXT NOT NULL DEFAULT '',
  measure TEXT NOT NULL
    CHECK (measure IN ('revenue', 'orders', 'new_customers', 'visits', 'calls')),
  span TEXT NOT NULL CHECK (span IN ('month', 'quarter', 'year')),
  first TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount >= 0),
  currency TEXT NOT NULL DEFAULT '',
  UNIQUE (owner, measure, span, first)
) STRICT;
CREATE INDEX interaction_calls ON interaction (at) WHERE kind = 'call';
CREATE INDEX interaction_visits ON interaction (at) WHERE kind = 'visit';
CREATE INDEX stage_change_at ON stage_change (at) WHERE stage = 'customer';
CREATE INDEX order_version_agreed ON order_version (agreed_at) WHERE agreed_at IS NOT NULL;
CREATE INDEX sales_order_confirmed ON sales_order (confirmed_at) WHERE confirmed_at IS NOT NULL;
"""
