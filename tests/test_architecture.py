"""The house stands as docs/ARCHITECTURE.md says: who may import whom, and who opens the file."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.domain.customers import CustomerDraft, CustomerListQuery
from crm_desktop.domain.errors import UserError
from crm_desktop.services.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "crm_desktop"

ENGINES = {"sqlite3", "sqlcipher3", "pysqlite3", "apsw", "sqlite_utils"}
# What opens, reads or writes a file, by the last part of the name it is called by; all of
# shutil counts as well.
FILE_CALLS = {
    "open",
    "fdopen",
    "read_bytes",
    "read_text",
    "write_bytes",
    "write_text",
    "copyfile",
    "mmap",
}
# The places in store and services that may handle files that way, and why that is safe.
HARMLESS = {
    ("store/backup.py", "restore", "copyfile"): "reads the copy; the archive is closed and locked",
    ("store/backup.py", "_force_to_disk", "open"): "only a finished copy, or a folder",
    ("services/imports/own.py", "_sha256", "open"): "a file to import; preview refuses the archive",
    ("services/outputs.py", "write_pieces", "open"): "a temporary file beside the target",
    ("services/contents.py", "_opened", "open"): "a new document; the service refuses the archive",
    ("services/handover.py", "_over_pipe", "open"): "a pipe of Windows, no file",
    ("services/documents.py", "close", "rmtree"): "a temporary folder of copies that we made",
    ("services/mail_drafts.py", "close", "rmtree"): "a temporary folder of messages of ours",
}


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (SOURCE / folder).rglob("*.py"))


def short(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Each call in a module, with the name of the function it stands in."""

    def walk(node: ast.AST, inside: str) -> Iterator[tuple[str, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from walk(child, child.name)
                continue
            if isinstance(child, ast.Call):
                yield inside, child
            yield from walk(child, inside)

    yield from walk(ast.parse(path.read_text(encoding="utf-8")), "")


def called_name(call: ast.Call) -> tuple[str, str]:
    """`sqlite.connect(…)` as ("sqlite", "connect"); the first is "" where it is no plain name."""
    if isinstance(call.func, ast.Name):
        return "", call.func.id
    if isinstance(call.func, ast.Attribute):
        owner = call.func.value
        return owner.id if isinstance(owner, ast.Name) else "", call.func.attr
    return "", ""


def imported(path: Path) -> set[str]:
    """Top-level packages that a module imports, for its types alone excepted."""
    found = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for block in ast.walk(tree):
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING":
            block.body = [ast.Pass()]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").split(".")[0])
    return found


def test_imports_keep_the_contracts() -> None:
    from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, "`lint-imports` says which contract is broken"


def test_one_module_knows_the_engine() -> None:
    users = {short(path) for path in modules(".") if imported(path) & ENGINES}
    # The schema's history is written in sqlite-utils' own terms; it opens nothing.
    assert users == {"store/engine.py", "store/schema.py"}


def test_one_module_opens_archives() -> None:
    openers = {
        (short(path), inside)
        for path in modules(".")
        for inside, call in calls(path)
        if called_name(call) in {("sqlite", "connect"), ("dbapi2", "connect")}
    }
    assert openers == {("store/connection.py", "connect")}


def test_wrapped_connections_are_our_own() -> None:
    """`Database(path)` of sqlite-utils would open the file behind our back."""
    for path in modules("."):
        for _inside, call in calls(path):
            if called_name(call)[1] == "Database":
                assert short(path) == "store/engine.py"
                assert isinstance(call.args[0], ast.Name)
                assert call.args[0].id == "connection"


def test_store_and_services_handle_files_only_where_we_looked() -> None:
    found = {
        (short(path), inside, called_name(call)[1])
        for path in modules("store", "services")
        for inside, call in calls(path)
        if (called_name(call)[1] in FILE_CALLS or called_name(call)[0] == "shutil")
        and called_name(call) not in {("Workspace", "open"), ("Archive", "open")}
    }
    assert found == set(HARMLESS)


class _Watch:
    """Hears of every file that Python code opens; SQLite's own opening makes no such event."""

    def __init__(self) -> None:
        self.watched: frozenset[str] = frozenset()
        self.opened: list[str] = []

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event != "open" or not self.watched:
            return
        path = arguments[0]
        if isinstance(path, bytes | str | Path):
            name = path.decode() if isinstance(path, bytes) else str(path)
            if name in self.watched:
                self.opened.append(name)


# A hook of this kind can never be taken away again: one for all tests, idle outside of them.
_watch = _Watch()
sys.addaudithook(_watch)


@pytest.fixture
def watch(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> _Watch:
    archive = str(workspace.path)
    monkeypatch.setattr(_watch, "opened", [])
    monkeypatch.setattr(_watch, "watched", frozenset({archive, f"{archive}-wal", f"{archive}-shm"}))
    return _watch


def test_the_guard_itself_hears(watch: _Watch, workspace: Workspace) -> None:
    workspace.path.read_bytes()
    assert watch.opened == [str(workspace.path)]


def test_nothing_opens_the_live_file(watch: _Watch, workspace: Workspace, tmp_path: Path) -> None:
    """On POSIX systems, closing any handle to the file drops the engine's locks on it."""
    customers = workspace.customers
    number = customers.create(CustomerDraft("Maria Silva"))
    customers.update(number, "notes", "prefers mornings")
    customers.search("mar")
    customers.ids(CustomerListQuery())
    workspace.backups.make()
    workspace.backups.make(target=tmp_path / "copy.crm")
    workspace.backups.check()
    for suffix in ("json", "xlsx", "csv"):
        workspace.exports.export(tmp_path / f"customers.{suffix}")
    workspace.files.save(workspace.files.pdf([number]), tmp_path / "customer.pdf")
    workspace.history.undo()
    assert watch.opened == []


def test_the_live_file_is_no_import_and_no_target(watch: _Watch, workspace: Workspace) -> None:
    workspace.customers.create(CustomerDraft("Maria Silva"))
    with pytest.raises(UserError):
        workspace.imports.preview(workspace.path)
    with pytest.raises(UserError):
        workspace.backups.make(target=workspace.path)
    with pytest.raises(UserError):
        workspace.files.save(workspace.files.pdf(None), workspace.path)
    assert watch.opened == []


def test_window_and_commands_keep_their_data_in_one_place() -> None:
    from crm_desktop import app
    from crm_desktop.store import backup

    assert app.default_data_dir() == backup.default_data_dir()
