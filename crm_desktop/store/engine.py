"""The SQLite that every archive is opened with.

It is the one inside sqlcipher3: new enough (systems still ship 3.40, whose WAL can lose a
reset) and able to encrypt. sqlite-utils takes whatever is called `pysqlite3`; so this module
gives it that name, and must be imported before sqlite-utils is. Nothing else in the program
imports either of them first.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import sqlcipher3
import sqlcipher3.dbapi2

if TYPE_CHECKING:
    from sqlite_utils import Database

_WAL_RESET_FIXED = (3, 51, 3)

if "sqlite_utils" in sys.modules and "pysqlite3" not in sys.modules:
    raise ImportError("crm_desktop.store.engine must be imported before sqlite_utils")
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

if sqlcipher3.dbapi2.sqlite_version_info < _WAL_RESET_FIXED:
    raise ImportError(
        f"SQLite {sqlcipher3.dbapi2.sqlite_version} is too old:"
        " 3.51.3 fixed a loss of data in WAL mode"
    )

sqlite = sqlcipher3.dbapi2
"""The engine's DB-API module: its errors and constants."""

Connection = Any
"""A connection of the engine; it has no type hints of its own."""


def database(connection: Connection) -> Database:
    """Wrap a connection for sqlite-utils.

    Imported late: it costs 0.3 s, which the first picture on the screen need not wait for.
    """
    from sqlite_utils import Database

    return Database(connection, execute_plugins=False)
