"""One open archive: the file, its lock, its one writer, its readers.

A single thread owns the only writable connection. Whatever changes the archive is a function
that runs on that thread, inside one transaction, under one named step of the journal; the
index follows in the same transaction. Readers have connections of their own, one a thread,
and see the last committed state.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from crm_desktop.domain.backups import Backup
from crm_desktop.domain.changes import Changes, StepId, StepKind
from crm_desktop.domain.errors import EnvironmentProblem
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.store import backup as backups
from crm_desktop.store import connection as connections
from crm_desktop.store import contacts, customers, mentions, schema
from crm_desktop.store.engine import Connection, database, sqlite
from crm_desktop.store.errors import damaged, translated
from crm_desktop.store.journal import steps, triggers
from crm_desktop.store.lock import acquire
from crm_desktop.store.search import index

if TYPE_CHECKING:
    from filelock import FileLock
    from sqlite_utils import Database

T = TypeVar("T")

# What follows from what a step wrote, in the same step: it is undone with its cause. Gets the
# first entry of the journal that is the step's.
Consequences = Callable[[Connection, int], None]

# Whoever starts a write may leave a token here; it comes back in `Changes.origin`.
origin: ContextVar[object | None] = ContextVar("origin", default=None)

# More customers than this are reported as "many": no view looks through a longer list.
_MOST_LISTED = 5_000
_CHECKPOINT_PAGES = 1_000


class Archive:
    """An open archive; made by `Archive.open`."""

    def __init__(self, path: Path, *, read_only: bool, data_dir: Path | None) -> None:
        self.path = path
        self.read_only = read_only
        self._data_dir = data_dir
        self._lock: FileLock | None = None
        self._db: Database | None = None
        self._connection: Connection | None = None
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._writer_thread: int | None = None
        self._readers: list[Connection] = []
        self._idle_readers: list[Connection] = []
        self._active_readers: set[Connection] = set()
        self._readers_guard = threading.Lock()
        self._listeners: list[Callable[[Changes], None]] = []
        self._untold: list[Changes] = []  # the writer's own
        self.consequences: Consequences | None = None
        self._changed_since_backup = False
        self._closed = False

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        create: bool = False,
        read_only: bool = False,
        data_dir: Path | None = None,
        job: Job | None = None,
    ) -> Archive:
        """Open an archive, bringing it up to date where that is needed.

        Args:
            path: the file.
            create: make it where it is missing.
            read_only: only read; then no lock is taken and another program may write.
            data_dir: folder for the program's own data; None for the platform's.
            job: to report to.

        Raises:
            UserError: no archive.
            EnvironmentProblem: in use, too new, damaged, not writable.
        """
        archive = cls(path, read_only=read_only, data_dir=data_dir)
        if path.exists() or not create:
            connections.refuse_unreadable(path)
        if read_only:
            archive._open_for_reading()
            return archive
        archive._lock = acquire(path)
        try:
            archive._on_writer(lambda: archive._open_for_writing(create, job or Job()))
        except BaseException:
            archive._shut()
            raise
        return archive

    @property
    def backup_folder(self) -> Path:
        """Where the copies of this archive lie."""
        return backups.folder_for(self.path, self._data_dir)

    # Opening and closing

    def _open_for_reading(self) -> None:
        with self.reading() as connection:
            version = connections.identify(connection, self.path, newest=schema.NEWEST)
        if version < schema.NEWEST:
            raise EnvironmentProblem(
                _("“{file}” was made by an older version of CRM Desktop.").format(
                    file=self.path.name
                ),
                remedy=_("Open it once in the window; it is brought up to date there."),
            )

    def _open_for_writing(self, create: bool, job: Job) -> None:
        is_new = create and not self.path.exists()
        connection = connections.connect(
            self.path, create=is_new, cache_mb=connections.WRITER_CACHE_MB
        )
        self._connection = connection
        try:
            with translated(self.path):
                if is_new:
                    connection.execute(f"PRAGMA application_id = {connections.APPLICATION_ID}")
                version = connections.identify(connection, self.path, newest=schema.NEWEST)
                connections.use_wal(connection)
                if version < schema.NEWEST:
                    self._migrate(is_new, job)
                if not index.is_current(connection):
                    with self.database.atomic():
                        index.rebuild(connection, job)
        except BaseException:
            connection.close()
            self._connection = None
            if is_new:
                self._remove_files()
            raise

    def _migrate(self, is_new: bool, job: Job) -> None:
        connection, db = self.connection, self.database
        if not is_new:
            connections.quick_check(connection, self.path)
            job.progress(_("Backing up before the update"))
            backups.make(connection, self.path, self.backup_folder, reason="migration", job=job)
        # Rebuilding a referenced table needs this off, and a transaction ignores the switch.
        connection.execute("PRAGMA foreign_keys = OFF")
        try:
            with db.atomic():
                schema.migrations().apply(db)
                triggers.install(connection)
                contacts.install(connection)
                if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                    raise damaged(self.path)
                connection.execute(f"PRAGMA user_version = {schema.NEWEST}")
        finally:
            connection.execute("PRAGMA foreign_keys = ON")

    def _remove_files(self) -> None:
        for ending in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)

    def close(self, *, backup: bool = True) -> None:
        """Close the archive; with a verified copy where something changed since the last.

        Raises:
            EnvironmentProblem: the copy could not be made; the archive is closed all the same.
        """
        if self._closed:
            return
        try:
            if backup and not self.read_only:
                # On the writer, behind whatever still waits there: the last edit counts too.
                self._on_writer(self._backup_what_changed)
        finally:
            self._shut()

    def _backup_what_changed(self) -> None:
        if self._changed_since_backup:
            self.make_backup(reason="close")

    def _shut(self) -> None:
        self._closed = True
        self._executor.submit(self._close_connections).result()
        self._executor.shutdown()
        if self._lock is not None:
            self._lock.release()

    def _close_connections(self) -> None:
        with self._readers_guard:
            for reader in self._readers:
                reader.close()
            self._readers.clear()
            self._idle_readers.clear()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # Reading

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reading; on the writer's own thread, inside a step, the writer's.

        Raises:
            Cancelled: `interrupt` was called meanwhile.
            EnvironmentProblem: as the engine reports.
        """
        if threading.get_ident() == self._writer_thread and self._connection is not None:
            with translated(self.path):
                yield self._connection
            return
        reader = self._borrow_reader()
        try:
            with translated(self.path):
                yield reader
        except BaseException:
            # A query that was left in the middle is kept open by the traceback, and with it the
            # archive as it was then: nobody else may read from this one.
            with self._readers_guard:
                self._active_readers.discard(reader)
                if reader in self._readers:  # not where the archive was closed meanwhile
                    self._readers.remove(reader)
            reader.close()
            raise
        with self._readers_guard:
            self._active_readers.discard(reader)
            self._idle_readers.append(reader)

    def _borrow_reader(self) -> Connection:
        with self._readers_guard:
            if self._idle_readers:
                reader = self._idle_readers.pop()
            else:
                reader = connections.connect(self.path, read_only=True)
                self._readers.append(reader)
            self._active_readers.add(reader)
        return reader

    @contextmanager
    def reading_afresh(self) -> Iterator[Connection]:
        """A connection for reading that has seen nothing before; for looking the file over.

        WORKAROUND: FTS5's integrity check on a connection that read the index before another
        one wrote to it goes by a stale picture of its segments and reports damage where there
        is none (seen with SQLite 3.53.4; queries are not affected, they look at the version).
        """
        reader = connections.connect(self.path, read_only=True)
        try:
            with translated(self.path):
                yield reader
        finally:
            reader.close()

    def interrupt(self) -> None:
        """Stop the queries that readers are running; they raise `Cancelled`."""
        with self._readers_guard:
            for reader in self._active_readers:
                reader.interrupt()

    # Writing

    @property
    def connection(self) -> Connection:
        """The writable connection; for the writer's thread only."""
        if self._connection is None:
            raise RuntimeError("the archive is not open for writing")
        return self._connection

    @property
    def database(self) -> Database:
        """The same for sqlite-utils."""
        if self._db is None:
            self._db = database(self.connection)
        return self._db

    def submit(self, function: Callable[[], T], *, started_by: object | None = None) -> Future[T]:
        """Run a function on the writer's thread, behind those that wait already.

        Writes that it makes run at once, each a transaction of its own. Listeners are told of
        them when it is done: whoever sends its result off at its end is heard first.
        """

        def run() -> T:
            token = origin.set(started_by)
            try:
                return function()
            finally:
                origin.reset(token)
                self._tell()

        return self._executor.submit(self._as_writer, run)

    def _as_writer(self, function: Callable[[], T]) -> T:
        self._writer_thread = threading.get_ident()
        return function()

    def _on_writer(self, function: Callable[[], T]) -> T:
        if threading.get_ident() == self._writer_thread:
            return function()
        return self.submit(function, started_by=origin.get()).result()

    def write(
        self,
        name: str,
        function: Callable[[Connection], T],
        *,
        kind: StepKind = StepKind.DO,
        of: StepId | None = None,
    ) -> T:
        """Change the archive: one transaction, one step, one set of changes.

        Args:
            name: the step's name, in the user's language, for Undo and the history.
            function: does the writing; what it returns is returned.
            kind: whether the user did something, or took a step back.
            of: the step that was taken back or done again.

        Raises:
            EnvironmentProblem: disk full, read-only …; nothing was changed.
        """
        return self._on_writer(lambda: self._write(name, function, kind, of))

    def _write(
        self,
        name: str,
        function: Callable[[Connection], T],
        kind: StepKind,
        of: StepId | None,
    ) -> T:
        connection = self.connection
        with translated(self.path), self.database.atomic():
            with steps.step(connection, name, kind=kind, of=of) as opened:
                result = function(connection)
                if kind is StepKind.DO and self.consequences is not None:
                    self.consequences(connection, opened.first_entry)
            owners = steps.owners(connection, opened)
            customers.touch(connection, owners)
            elsewhere = mentions.also_indexed(connection, opened, owners)
            index.refresh(connection, sorted(elsewhere.union(owners)))
            concerned = steps.related(connection, opened).union(owners, elsewhere)
        if opened.entries or kind is not StepKind.DO:
            self._committed(
                Changes(
                    opened.tables,
                    frozenset(concerned) if len(concerned) <= _MOST_LISTED else None,
                    opened.id,
                    origin.get(),
                )
            )
        return result

    def write_bulk(self, name: str, function: Callable[[Connection, StepId], T]) -> T:
        """Like `write`, for a function that keeps the index itself.

        A large import makes its index in the same pass as its rows; looking every customer up
        again afterwards would double its time.
        """
        return self._on_writer(lambda: self._write_bulk(name, function))

    def _write_bulk(self, name: str, function: Callable[[Connection, StepId], T]) -> T:
        connection = self.connection
        connection.execute(f"PRAGMA cache_size = {-connections.BULK_CACHE_MB * 1024}")
        # Each new customer would be looked for in all tables that refer to customers; one
        # check of all references at the end takes a fifth of that.
        connection.execute("PRAGMA foreign_keys = OFF")
        # Once committed it is durable in the log; carrying it over may wait for the next quiet
        # moment of this thread.
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        try:
            with translated(self.path), self.database.atomic():
                with steps.step(connection, name, keep_empty=True) as opened:
                    result = function(connection, opened.id)
                for table in opened.tables:
                    if connection.execute(f'PRAGMA foreign_key_check("{table}")').fetchone():
                        raise sqlite.IntegrityError(f"dangling references in {table}")
        finally:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
            self._executor.submit(self._carry_over)
            connection.execute(f"PRAGMA cache_size = {-connections.WRITER_CACHE_MB * 1024}")
            connection.execute("PRAGMA shrink_memory")
        self._committed(Changes(opened.tables, None, opened.id, origin.get()))
        return result

    def _carry_over(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite.OperationalError):  # the next commit tries again
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def rewrite(self) -> None:
        """Write the file anew, so that nothing of what was erased is left in its free places.

        Raises:
            EnvironmentProblem: there is no room for it beside the old one.
        """

        def run() -> None:
            with translated(self.path):
                self.connection.execute("VACUUM")
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        self._on_writer(run)

    def maintain(self, function: Callable[[Connection], T]) -> T:
        """Run something on the writer that changes no row of the user's, such as indexing."""

        def run() -> T:
            with translated(self.path), self.database.atomic():
                return function(self.connection)

        return self._on_writer(run)

    def _committed(self, changes: Changes) -> None:
        self._changed_since_backup = True
        self._untold.append(changes)

    def _tell(self) -> None:
        told, self._untold = self._untold, []
        for changes in told:
            for listener in tuple(self._listeners):
                listener(changes)

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Be told of every committed step, on the writer's thread, once what made it is done.

        Returns:
            A function that ends it.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    # Copies

    def make_backup(
        self, *, reason: str, target: Path | None = None, job: Job | None = None
    ) -> Backup:
        """Make a verified copy: into the folder of copies, or at `target`.

        Raises:
            EnvironmentProblem: there is no room or no permission.
        """

        def run() -> Backup:
            made = backups.make(
                self.connection, self.path, self.backup_folder, reason=reason, job=job
            )
            self._changed_since_backup = False
            return made

        def run_to(place: Path) -> Backup:
            backups.copy(self.connection, self.path, place, job=job)
            return Backup(place, datetime.now(UTC), place.stat().st_size, reason)

        if target is not None:
            place = target
            return self._on_writer(lambda: run_to(place))
        return self._on_writer(run)

    @property
    def changed_since_backup(self) -> bool:
        """Whether anything was written since the newest copy."""
        return self._changed_since_backup
