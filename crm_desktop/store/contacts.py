"""How often and when each customer was in contact: the timeline's own entries, counted.

`customer_contact` follows from `interaction` and is kept by triggers, whoever writes: an edit, an
import, a merge, an undo. Asking half a million entries for the last of each customer took 80 ms a
list; the table's indexes have it in order.
"""

from __future__ import annotations

from crm_desktop.store.engine import Connection

_COUNTED = "SELECT customer_id, count(*), min(at), max(at) FROM interaction GROUP BY customer_id"
_ADD = """
  INSERT INTO customer_contact (customer_id, contacts, first_at, last_at)
  VALUES (new.customer_id, 1, new.at, new.at)
  ON CONFLICT (customer_id) DO UPDATE SET contacts = contacts + 1,
    first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at);
"""
_TAKE = """
  DELETE FROM customer_contact WHERE customer_id = old.customer_id AND contacts = 1;
  UPDATE customer_contact SET contacts = contacts - 1,
    first_at = (SELECT min(at) FROM interaction WHERE customer_id = old.customer_id),
    last_at = (SELECT max(at) FROM interaction WHERE customer_id = old.customer_id)
  WHERE customer_id = old.customer_id;
"""
_TRIGGERS = {
    "contact_insert": f"AFTER INSERT ON interaction BEGIN {_ADD} END",
    "contact_delete": f"AFTER DELETE ON interaction BEGIN {_TAKE} END",
    "contact_update": "AFTER UPDATE OF customer_id, at ON interaction"
    " WHEN old.customer_id <> new.customer_id OR old.at <> new.at"
    f" BEGIN {_TAKE} {_ADD} END",
}


def install(connection: Connection) -> None:
    """Make the triggers anew; to be run after every migration."""
    for name, rest in _TRIGGERS.items():
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
        connection.execute(f"CREATE TRIGGER {name} {rest}")


def is_true(connection: Connection) -> bool:
    """Whether the table says what the entries say."""
    kept = "SELECT customer_id, contacts, first_at, last_at FROM customer_contact"
    for one, other in ((_COUNTED, kept), (kept, _COUNTED)):
        sql = f"SELECT 1 FROM (SELECT * FROM ({one}) EXCEPT SELECT * FROM ({other})) LIMIT 1"
        if connection.execute(sql).fetchone() is not None:
            return False
    return True


def rebuild(connection: Connection) -> None:
    """Count all entries anew."""
    connection.execute("DELETE FROM customer_contact")
    connection.execute(f"INSERT INTO customer_contact {_COUNTED}")
