"""Quotations with their lines, and the numbers that were given out on paper."""

SQL = """
-- number, version: '' and the next one expected, until it is issued. Amounts are minor units of
-- its one currency, percentages thousandths of a percent. earlier_id: the version it replaces.
CREATE TABLE quotation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  opportunity_id INTEGER REFERENCES opportunity (id) ON DELETE SET NULL,
  earlier_id INTEGER REFERENCES quotation (id) ON DELETE SET NULL,
  number TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  status TEXT NOT NULL DEFAULT 'draft'
    CHECK (status IN ('draft', 'issued', 'accepted', 'declined', 'replaced')),
  title TEXT NOT NULL CHECK (title <> ''),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  taxes TEXT NOT NULL DEFAULT 'added' CHECK (taxes IN ('added', 'included')),
  discount_percent INTEGER NOT NULL DEFAULT 0 CHECK (discount_percent BETWEEN 0 AND 100000),
  discount_amount INTEGER NOT NULL DEFAULT 0 CHECK (discount_amount >= 0),
  rounding INTEGER NOT NULL DEFAULT 1 CHECK (rounding >= 1),
  language TEXT NOT NULL DEFAULT 'en',
  valid_until TEXT,
  intro TEXT NOT NULL DEFAULT '',
  terms TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  issued_at TEXT,
  decided_at TEXT
) STRICT;
CREATE INDEX quotation_customer ON quotation (customer_id);
CREATE INDEX quotation_opportunity ON quotation (opportunity_id)
  WHERE opportunity_id IS NOT NULL;
CREATE INDEX quotation_earlier ON quotation (earlier_id) WHERE earlier_id IS NOT NULL;
CREATE INDEX quotation_number ON quotation (number COLLATE NOCASE) WHERE number <> '';

-- What is said of a product is copied: what it is called later changes no quotation.
CREATE TABLE quotation_line (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  quotation_id INTEGER NOT NULL REFERENCES quotation (id) ON DELETE CASCADE,
  position INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL DEFAULT 'item' CHECK (kind IN ('item', 'option', 'text')),
  chosen INTEGER NOT NULL DEFAULT 0 CHECK (chosen IN (0, 1)),
  product_id INTEGER REFERENCES product (id) ON DELETE SET NULL,
  description TEXT NOT NULL CHECK (description <> ''),
  details TEXT NOT NULL DEFAULT '',
  quantity TEXT NOT NULL DEFAULT '1',
  unit TEXT NOT NULL DEFAULT '',
  price INTEGER NOT NULL DEFAULT 0 CHECK (price >= 0),
  discount_percent INTEGER NOT NULL DEFAULT 0 CHECK (discount_percent BETWEEN 0 AND 100000),
  discount_amount INTEGER NOT NULL DEFAULT 0 CHECK (discount_amount >= 0),
  tax_rate INTEGER NOT NULL DEFAULT 0 CHECK (tax_rate BETWEEN 0 AND 100000)
) STRICT;
CREATE INDEX quotation_line_quotation ON quotation_line (quotation_id);
CREATE INDEX quotation_line_product ON quotation_line (product_id) WHERE product_id IS NOT NULL;

-- Never journalled: what was given out stays so when a step is taken back. count is 0 where a
-- number came from elsewhere and nobody counted it here.
CREATE TABLE issued_number (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  series TEXT NOT NULL,
  scope TEXT NOT NULL DEFAULT '',
  count INTEGER NOT NULL DEFAULT 0,
  number TEXT NOT NULL COLLATE NOCASE,
  at TEXT NOT NULL,
  UNIQUE (series, number)
) STRICT;
CREATE INDEX issued_number_count ON issued_number (series, scope, count);
"""
