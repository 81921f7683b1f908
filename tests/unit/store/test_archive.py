import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from crm_desktop.domain.changes import Changes
from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.errors import Cancelled, EnvironmentProblem, UserError
from crm_desktop.services.workspace import Workspace
from crm_desktop.store import schema
from crm_desktop.store.archive import Archive
from crm_desktop.store.connection import connect
from crm_desktop.store.engine import sqlite


def test_engine_is_new_enough_and_is_what_sqlite_utils_uses() -> None:
    from sqlite_utils.utils import sqlite3

    assert sqlite.sqlite_version_info >= (3, 51, 3)
    assert sqlite3.sqlite_version == sqlite.sqlite_version


def test_settings_of_the_connection(archive_path: Path, tmp_path: Path) -> None:
    archive = Archive.open(archive_path, create=True, data_dir=tmp_path)
    try:
        for name, wanted in (
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("foreign_keys", 1),
            ("trusted_schema", 0),
            ("cell_size_check", 1),
        ):
            assert archive.connection.execute(f"PRAGMA {name}").fetchone()[0] == wanted
    finally:
        archive.close()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda p: None, "There is no archive"),
        (lambda p: p.mkdir(), "is a folder"),
        (lambda p: p.write_bytes(b""), "is empty"),
        (lambda p: p.write_bytes(b"hello world" * 1000), "is not a customer archive"),
        (lambda p: p.write_bytes(b"SQLite format 3\0" + b"\0" * 50), "is not a customer archive"),
    ],
)
def test_what_is_no_archive_is_refused_untouched(archive_path: Path, make, says: str) -> None:
    make(archive_path)
    before = archive_path.read_bytes() if archive_path.is_file() else None
    for read_only in (False, True):
        with pytest.raises((UserError, EnvironmentProblem), match=says):
            Workspace.open(archive_path, read_only=read_only)
    assert (archive_path.read_bytes() if archive_path.is_file() else None) == before


def test_foreign_database_is_refused(archive_path: Path) -> None:
    other = sqlite.connect(str(archive_path))
    other.execute("CREATE TABLE t (a)")
    other.commit()
    other.close()
    with pytest.raises(UserError, match="not a customer archive"):
        Workspace.open(archive_path)


def test_newer_archive_is_refused_untouched(workspace: Workspace, tmp_path: Path) -> None:
    workspace.close(backup=False)
    raw = connect(workspace.path)
    raw.execute(f"PRAGMA user_version = {schema.NEWEST + 1}")
    raw.close()
    before = workspace.path.read_bytes()
    with pytest.raises(EnvironmentProblem, match="newer version") as caught:
        Workspace.open(workspace.path, data_dir=tmp_path)
    assert caught.value.remedy
    assert workspace.path.read_bytes() == before


def test_second_program_is_refused_but_may_read(workspace: Workspace, tmp_path: Path) -> None:
    workspace.customers.create(CustomerDraft(name="Ana Silva"))
    with pytest.raises(EnvironmentProblem, match="open in another"):
        Workspace.open(workspace.path, data_dir=tmp_path)
    with Workspace.open(workspace.path, read_only=True, data_dir=tmp_path) as reader:
        assert [r.name for r in reader.customers.search("ana")] == ["Ana Silva"]


def _child(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_killed_program_leaves_no_lock_and_no_half_step(archive_path: Path, tmp_path: Path) -> None:
    with Workspace.open(archive_path, create=True, data_dir=tmp_path) as made:
        made.customers.create(CustomerDraft(name="Before"))
    child = _child(
        """
        import sys, time
        from pathlib import Path
        from crm_desktop.domain.customers import CustomerDraft
        from crm_desktop.store import customers
        from crm_desktop.store.archive import Archive
        archive = Archive.open(Path(sys.argv[1]), data_dir=Path(sys.argv[2]))
        def work(c):
            for i in range(2000):
                customers.insert(c, CustomerDraft(name=f"Half {i}"))
            print("written", flush=True)
            time.sleep(60)
        archive.write("Half", work)
        """,
        str(archive_path),
        str(tmp_path),
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "written\n"
    os.kill(child.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    child.wait()
    child.stdout.close()
    with Workspace.open(archive_path, data_dir=tmp_path) as opened:
        assert [r.name for r in opened.customers.search("half")] == []
        assert [r.name for r in opened.customers.search("before")] == ["Before"]
        assert opened.backups.check().messages == ()


def test_reading_the_live_file_keeps_the_locks(workspace: Workspace, tmp_path: Path) -> None:
    """POSIX drops a process's locks when any handle to the file is closed; SQLite's must hold."""
    workspace.customers.create(CustomerDraft(name="Ana"))
    workspace.customers.search("ana")
    workspace.backups.make()
    workspace.backups.check()
    workspace.exports.export(tmp_path / "out.csv")
    code = """
    import sys
    from pathlib import Path
    from crm_desktop.store.connection import connect
    c = connect(Path(sys.argv[1]))
    c.execute("PRAGMA busy_timeout = 0")
    try:
        c.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        c.execute("BEGIN EXCLUSIVE")
        print("begun")
    except Exception as error:
        print("refused", error)
    """

    def try_while_writing() -> str:
        child = _child(code, str(workspace.path))
        assert child.stdout is not None
        answer = child.stdout.read()
        child.wait()
        child.stdout.close()
        return answer

    answer = workspace._archive.write("Held", lambda c: _held(c, try_while_writing))
    assert answer.startswith("refused")


def _held(connection: object, action) -> str:
    connection.execute("INSERT INTO tag (name) VALUES ('held')")  # type: ignore[attr-defined]
    return action()


def test_write_outside_a_step_fails(workspace: Workspace) -> None:
    with pytest.raises(sqlite.IntegrityError):
        workspace._archive.maintain(lambda c: c.execute("INSERT INTO tag (name) VALUES ('x')"))


def test_disk_full_changes_nothing(workspace: Workspace) -> None:
    workspace.customers.create(CustomerDraft(name="Ana"))

    def limit(c: object) -> None:
        pages = c.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
        c.execute(f"PRAGMA max_page_count = {pages + 2}")  # type: ignore[attr-defined]

    workspace._archive.submit(lambda: limit(workspace._archive.connection)).result()
    with pytest.raises(EnvironmentProblem, match="full") as caught:
        workspace.customers.create(CustomerDraft(name="Big", notes="word " * 19_000))
    assert "Free some space" in caught.value.remedy
    assert [r.name for r in workspace.customers.search("a")] == ["Ana"]
    assert workspace.history.can_undo().name == "New customer Ana"


def test_damaged_page_is_told(workspace: Workspace, tmp_path: Path) -> None:
    for i in range(300):
        workspace.customers.create(CustomerDraft(name=f"Customer {i}", notes="n" * 500))
    workspace.close(backup=False)
    data = bytearray(workspace.path.read_bytes())
    for page in range(8, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xde\xad" * 32
    workspace.path.write_bytes(data)
    try:
        opened = Workspace.open(workspace.path, data_dir=tmp_path)
    except EnvironmentProblem as problem:
        said = [str(problem), problem.remedy]
    else:
        report = opened.backups.check()
        opened.close(backup=False)
        assert not report.ok
        said = [*report.messages]
    assert "damaged" in said[0]


def test_changes_are_told_with_their_origin(workspace: Workspace) -> None:
    told: list[Changes] = []
    stop = workspace.subscribe(told.append)
    me = object()
    number = workspace.submit(
        lambda: workspace.customers.create(CustomerDraft(name="Ana")), origin=me
    ).result()
    stop()
    workspace.customers.update(number, "notes", "later")
    assert len(told) == 1
    assert told[0].origin is me
    assert told[0].touches(number)
    assert "customer" in told[0].tables


def test_changes_are_told_once_what_made_them_is_done(workspace: Workspace) -> None:
    heard: list[str] = []
    workspace.subscribe(lambda _changes: heard.append("changed"))

    def act() -> None:
        for name in ("Ana", "Bia"):
            workspace.customers.create(CustomerDraft(name=name))
        heard.append("done")

    workspace.submit(act).result()
    assert heard == ["done", "changed", "changed"]


def test_changes_of_what_fails_later_are_told(workspace: Workspace) -> None:
    told: list[Changes] = []
    workspace.subscribe(told.append)

    def act() -> None:
        workspace.customers.create(CustomerDraft(name="Ana"))
        workspace.customers.create(CustomerDraft(name=""))

    with pytest.raises(UserError):
        workspace.submit(act).result()
    assert len(told) == 1


def test_interrupted_search_is_cancelled_and_the_reader_lives_on(workspace: Workspace) -> None:
    from crm_desktop.domain.errors import Cancelled

    def slow() -> None:
        with workspace._archive.reading() as c:
            c.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                " SELECT max(i) FROM n"
            ).fetchone()

    running = workspace.read(slow)
    deadline = time.monotonic() + 20
    while not running.done() and time.monotonic() < deadline:
        workspace.interrupt_reads()
        time.sleep(0.01)
    with pytest.raises(Cancelled):
        running.result(timeout=1)
    assert workspace.customers.search("x") == []


def test_who_gave_up_in_the_middle_holds_no_old_picture(workspace: Workspace) -> None:
    """A cancelled job's cursor stays open while its traceback lives; the next reader sees all."""
    for n in range(5):
        workspace.customers.create(CustomerDraft(name=f"Ana {n}"))
    archive = workspace._archive
    kept = []
    try:
        with archive.reading() as c:
            rows = c.execute("SELECT id FROM customer")
            next(rows)
            raise Cancelled
    except Cancelled as error:
        kept.append((error, rows))
    workspace.customers.create(CustomerDraft(name="Rui"))

    assert [row.name for row in workspace.customers.search("rui")] == ["Rui"]
    assert kept
