"""Orders with their versions, travellers and required documents; payments and what is due."""

SQL = """
-- number: '' until the first version is agreed. What is agreed stands in the versions.
CREATE TABLE sales_order (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  opportunity_id INTEGER REFERENCES opportunity (id) ON DELETE SET NULL,
  quotation_id INTEGER REFERENCES quotation (id) ON DELETE SET NULL,
  number TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'open', 'done', 'cancelled')),
  title TEXT NOT NULL CHECK (title <> ''),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  language TEXT NOT NULL DEFAULT 'en',
  reason TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  confirmed_at TEXT,
  closed_at TEXT
) STRICT;
CREATE INDEX sales_order_customer ON sales_order (customer_id);
CREATE INDEX sales_order_opportunity ON sales_order (opportunity_id)
  WHERE opportunity_id IS NOT NULL;
CREATE INDEX sales_order_quotation ON sales_order (quotation_id) WHERE quotation_id IS NOT NULL;
CREATE INDEX sales_order_number ON sales_order (number COLLATE NOCASE) WHERE number <> '';

-- One is agreed at most and one is a draft at most. Amounts are minor units of the order's
-- currency, percentages thousandths of a percent. fees: what cancelling costs, days before the
-- start and percentage: '30:10000,7:50000'. total: what it comes to, 0 while it is a draft.
CREATE TABLE order_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES sales_order (id) ON DELETE CASCADE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'agreed', 'replaced')),
  taxes TEXT NOT NULL DEFAULT 'added' CHECK (taxes IN ('added', 'included')),
  discount_percent INTEGER NOT NULL DEFAULT 0 CHECK (discount_percent BETWEEN 0 AND 100000),
  discount_amount INTEGER NOT NULL DEFAULT 0 CHECK (discount_amount >= 0),
  rounding INTEGER NOT NULL DEFAULT 1 CHECK (rounding >= 1),
  starts_on TEXT,
  ends_on TEXT,
  fees TEXT NOT NULL DEFAULT '',
  terms TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  total INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  agreed_at TEXT
) STRICT;
CREATE INDEX order_version_order ON order_version (order_id);

-- key: the line's number within its order, the same in all versions. returns: the key of the
-- line that it takes back. order_id follows from version_id and never changes.
CREATE TABLE order_line (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES sales_order (id) ON DELETE CASCADE,
  version_id INTEGER NOT NULL REFERENCES order_version (id) ON DELETE CASCADE,
  key INTEGER NOT NULL,
  returns INTEGER,
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
  discount_amount INTEGER NOT NULL DEFAULT 0,
  tax_rate INTEGER NOT NULL DEFAULT 0 CHECK (tax_rate BETWEEN 0 AND 100000)
) STRICT;
CREATE INDEX order_line_order ON order_line (order_id);
CREATE INDEX order_line_version ON order_line (version_id);
CREATE INDEX order_line_product ON order_line (product_id) WHERE product_id IS NOT NULL;

CREATE TABLE order_traveller (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES sales_order (id) ON DELETE CASCADE,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  notes TEXT NOT NULL DEFAULT '',
  UNIQUE (order_id, customer_id)
) STRICT;
CREATE INDEX order_traveller_customer ON order_traveller (customer_id);

-- kind: of documents. months: for so many the document has to be valid beyond the end.
CREATE TABLE order_requirement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES sales_order (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind <> ''),
  due_on TEXT,
  months INTEGER NOT NULL DEFAULT 0 CHECK (months BETWEEN 0 AND 600)
) STRICT;
CREATE INDEX order_requirement_order ON order_requirement (order_id);

-- amount: minor units of the order's currency; NULL for the rest.
CREATE TABLE payment_due (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES sales_order (id) ON DELETE CASCADE,
  position INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL CHECK (kind IN ('deposit', 'instalment', 'balance')),
  amount INTEGER CHECK (amount > 0),
  due_on TEXT
) STRICT;
CREATE INDEX payment_due_order ON payment_due (order_id);
CREATE INDEX payment_due_day ON payment_due (due_on) WHERE due_on IS NOT NULL;

-- amount: minor units of currency, as it changed hands; counted: of the order's, at rate.
-- number: of its receipt, '' before one is written; from then on nothing of it changes.
CREATE TABLE payment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES sales_order (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('deposit', 'instalment', 'balance', 'refund')),
  paid_on TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  rate TEXT NOT NULL DEFAULT '1',
  counted INTEGER NOT NULL CHECK (counted > 0),
  method TEXT NOT NULL DEFAULT '',
  reference TEXT NOT NULL DEFAULT '',
  notes TEXT NOT NULL DEFAULT '',
  number TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  receipted_at TEXT,
  voided_at TEXT
) STRICT;
CREATE INDEX payment_order ON payment (order_id);
CREATE INDEX payment_number ON payment (number COLLATE NOCASE) WHERE number <> '';

-- A letter that went out; at: when.
CREATE TABLE reminder (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL REFERENCES sales_order (id) ON DELETE CASCADE,
  tone TEXT NOT NULL CHECK (tone IN ('friendly', 'firm', 'final')),
  amount INTEGER NOT NULL CHECK (amount > 0),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX reminder_order ON reminder (order_id);
"""
