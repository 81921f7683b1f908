from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crm_desktop.domain.backups import Backup, to_keep
from crm_desktop.domain.customers import CustomerDraft, CustomerListQuery
from crm_desktop.domain.errors import EnvironmentProblem, UserError
from crm_desktop.services import backups
from crm_desktop.services.workspace import Workspace


def test_backup_and_restore_give_the_same_archive(workspace: Workspace, tmp_path: Path) -> None:
    workspace.customers.create(CustomerDraft(name="Ana", tags=("VIP",)))
    made = workspace.backups.make()
    assert made.path.parent == workspace.backups.folder
    workspace.customers.create(CustomerDraft(name="Later"))
    workspace.close(backup=False)
    kept = backups.restore(workspace.path, made.path)
    assert kept is not None
    with Workspace.open(workspace.path, data_dir=tmp_path) as restored:
        assert [r.name for r in restored.customers.first_page(CustomerListQuery())] == ["Ana"]
        assert restored.backups.check().messages == ()
        assert restored.history.can_undo().name == "New customer Ana"
    with Workspace.open(kept, data_dir=tmp_path) as replaced:
        assert replaced.customers.count(CustomerListQuery()) == 2


def test_restore_keeps_what_only_the_log_holds(workspace: Workspace, tmp_path: Path) -> None:
    """The replaced file takes its write-ahead log along, and the new one never sees it."""
    made = workspace.backups.make()
    workspace.customers.create(CustomerDraft(name="Only in the log"))
    files = {
        end: workspace.path.with_name(workspace.path.name + end).read_bytes()
        for end in ("", "-wal", "-shm")
    }
    workspace.close(backup=False)
    for end, data in files.items():  # as a killed program leaves them
        workspace.path.with_name(workspace.path.name + end).write_bytes(data)
    kept = backups.restore(workspace.path, made.path)
    with Workspace.open(workspace.path, data_dir=tmp_path) as restored:
        assert restored.customers.count(CustomerListQuery()) == 0
    with Workspace.open(kept, data_dir=tmp_path) as replaced:
        assert [r.name for r in replaced.customers.search("log")] == ["Only in the log"]


def test_restore_of_a_missing_or_damaged_archive(workspace: Workspace, tmp_path: Path) -> None:
    workspace.customers.create(CustomerDraft(name="Ana"))
    made = workspace.backups.make()
    workspace.close(backup=False)
    workspace.path.write_bytes(b"rubbish")
    assert backups.restore(workspace.path, made.path) is not None
    workspace.path.unlink()
    assert backups.restore(workspace.path, made.path) is None
    with Workspace.open(workspace.path, data_dir=tmp_path) as restored:
        assert restored.customers.count(CustomerListQuery()) == 1


def test_unusable_copies_are_refused_and_nothing_is_touched(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.customers.create(CustomerDraft(name="Ana"))
    good = workspace.backups.make().path
    with pytest.raises(EnvironmentProblem, match="open in another"):
        backups.restore(workspace.path, good)
    workspace.close(backup=False)
    before = workspace.path.read_bytes()
    empty = tmp_path / "empty.crm"
    empty.write_bytes(b"")
    cut = tmp_path / "cut.crm"
    cut.write_bytes(good.read_bytes()[: 4096 * 5])
    for bad in (tmp_path / "none.crm", empty, cut, workspace.path):
        with pytest.raises((UserError, EnvironmentProblem)):
            backups.restore(workspace.path, bad)
        assert workspace.path.read_bytes() == before
    assert not list(tmp_path.glob("*.part"))


def test_copy_is_made_on_close_only_when_something_changed(
    archive_path: Path, tmp_path: Path
) -> None:
    with Workspace.open(archive_path, create=True, data_dir=tmp_path) as w:
        w.customers.create(CustomerDraft(name="Ana"))
        folder = w.backups.folder
    assert len(list(folder.glob("*-close.crm"))) == 1
    with Workspace.open(archive_path, data_dir=tmp_path) as w:
        w.customers.search("ana")
    assert len(list(folder.glob("*"))) == 1


def test_backup_to_a_place_of_ones_own(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "stick" / "copy.crm"
    with pytest.raises(EnvironmentProblem, match=r"could not be written|cannot be opened"):
        workspace.backups.make(target=target)
    target.parent.mkdir()
    assert workspace.backups.make(target=target).path == target
    with pytest.raises(UserError):
        workspace.backups.make(target=workspace.path)


def test_which_copies_are_kept() -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    every_six_hours = [
        Backup(Path(f"{i}.crm"), now - timedelta(hours=6 * i), 1, "close") for i in range(4 * 500)
    ]
    kept = to_keep(every_six_hours)
    dates = sorted(b.made_at for b in every_six_hours if b.path in kept)
    assert {b.path for b in every_six_hours[:5]} <= kept
    assert len({d.date() for d in dates if now - d < timedelta(days=11)}) == 12
    assert (now - dates[0]).days in range(230, 280)
    assert len(kept) <= 5 + 12 + 10 + 9
    few = every_six_hours[:3]
    assert to_keep(few) == {b.path for b in few}
