"""Opening a connection to an archive, and recognising one.

Everything that touches the live file goes through here. On POSIX systems a process loses its
locks on a file when *any* handle to it is closed: so no other code may open an archive, not
even to read its first bytes.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from crm_desktop.domain.errors import EnvironmentProblem, UserError
from crm_desktop.i18n import _
from crm_desktop.store.engine import Connection, sqlite
from crm_desktop.store.errors import damaged, not_an_archive, translated
from crm_desktop.store.search.fold import fold_cached

APPLICATION_ID = 0x43524D31  # "CRM1"
BUSY_TIMEOUT_MS = 5_000
READER_CACHE_MB = 8
WRITER_CACHE_MB = 32
BULK_CACHE_MB = 16


def connect(
    path: Path,
    *,
    read_only: bool = False,
    create: bool = False,
    cache_mb: int = READER_CACHE_MB,
    key: str | None = None,
) -> Connection:
    """Open a connection with the settings that every archive needs.

    Args:
        path: the archive file.
        read_only: refuse writes.
        create: allow the file to be made.
        cache_mb: page cache in MiB.
        key: the archive's password; None for an archive in plain text. A key on an engine
            without encryption is refused, since SQLite would ignore it silently.

    Raises:
        EnvironmentProblem: the file cannot be opened.
        UserError: it is not an archive.
    """
    mode = "ro" if read_only else "rwc" if create else "rw"
    uri = f"file:{quote(path.absolute().as_posix())}?mode={mode}"
    with translated(path):
        # Autocommit: transactions are begun by `db.atomic()` alone.
        connection = sqlite.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            if key is not None:
                _unlock(connection, key)
            _configure(connection, cache_mb=cache_mb)
        except BaseException:
            connection.close()
            raise
    return connection


def _unlock(connection: Connection, key: str) -> None:
    connection.set_key(key)
    status = connection.execute("PRAGMA cipher_status").fetchone()
    if status is None or str(status[0]) != "1":
        raise EnvironmentProblem(_("This program was built without encryption."))


def _configure(connection: Connection, *, cache_mb: int) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = {-cache_mb * 1024}")
    connection.create_function("folded", 1, fold_cached, deterministic=True)


def use_wal(connection: Connection) -> None:
    """Switch the archive to write-ahead logging (kept in the file)."""
    connection.execute("PRAGMA journal_mode = WAL")


def identify(connection: Connection, path: Path, *, newest: int) -> int:
    """Check that a connection leads to an archive that this program can read.

    Returns:
        The archive's schema version; 0 for a file that has yet to be filled.

    Raises:
        UserError: it is another kind of file.
        EnvironmentProblem: it was made by a newer program, or its head is damaged.
    """
    with translated(path):
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if application != APPLICATION_ID:
            raise not_an_archive(path)
    if version > newest:
        raise EnvironmentProblem(
            _("“{file}” was made by a newer version of CRM Desktop.").format(file=path.name),
            remedy=_("Install the newest version; the file was not touched."),
        )
    return version


def quick_check(connection: Connection, path: Path) -> None:
    """Look whether the file's pages hold together.

    Raises:
        EnvironmentProblem: the archive is damaged.
    """
    with translated(path):
        rows = connection.execute("PRAGMA quick_check(1)").fetchall()
    if rows != [("ok",)]:
        raise damaged(path)


def refuse_unreadable(path: Path) -> None:
    """Say clearly why a path can be no archive, without opening it.

    Raises:
        UserError: missing, a folder, or empty.
    """
    if not path.exists():
        raise UserError(_("There is no archive “{file}”.").format(file=path))
    if path.is_dir():
        raise UserError(_("“{file}” is a folder, not an archive.").format(file=path))
    if path.stat().st_size == 0:
        raise UserError(_("“{file}” is empty: it is not a customer archive.").format(file=path))
