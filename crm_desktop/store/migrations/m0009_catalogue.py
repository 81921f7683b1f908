"""What the firm sells and books: products, services and resources, in a tree of categories."""

SQL = """
CREATE TABLE category (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  parent_id INTEGER REFERENCES category (id) ON DELETE SET NULL,
  name TEXT NOT NULL CHECK (name <> '')
) STRICT;
CREATE INDEX category_parent ON category (parent_id);

-- Amounts are minor units of their currency, rates thousandths of a percent.
CREATE TABLE product (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT NOT NULL DEFAULT 'service' CHECK (kind IN ('good', 'service', 'resource')),
  code TEXT NOT NULL DEFAULT '',
  category_id INTEGER REFERENCES category (id) ON DELETE SET NULL,
  unit TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT '',
  notes TEXT NOT NULL DEFAULT '',
  cost INTEGER CHECK (cost >= 0),
  cost_currency TEXT NOT NULL DEFAULT '',
  tax_rate INTEGER CHECK (tax_rate BETWEEN 0 AND 1000000),
  offered INTEGER NOT NULL DEFAULT 1 CHECK (offered IN (0, 1)),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  deleted_at TEXT
) STRICT;
CREATE INDEX product_category ON product (category_id) WHERE category_id IS NOT NULL;

CREATE TABLE product_price (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  amount INTEGER NOT NULL CHECK (amount >= 0),
  valid_from TEXT,
  valid_to TEXT,
  CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)
) STRICT;
CREATE INDEX product_price_product ON product_price (product_id);

CREATE TABLE product_supplier (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
  customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  UNIQUE (product_id, customer_id)
) STRICT;
CREATE INDEX product_supplier_customer ON product_supplier (customer_id);
"""
