"""Archives of every release open today, and an upgrade is safe on its way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crm_desktop.domain.customers import CustomerDraft, CustomerListQuery, SortColumn
from crm_desktop.domain.errors import EnvironmentProblem
from crm_desktop.services.workspace import Workspace
from crm_desktop.store import schema
from crm_desktop.store.connection import connect

_HAS_CITY_ORDER = "SELECT count(*) FROM sqlite_schema WHERE name = 'customer_summary_city'"
DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize("release", sorted(DATA.glob("*.crm")), ids=lambda p: p.stem)
def test_archive_of_a_release_opens_whole(release: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(release, tmp_path / "old.crm"))
    with Workspace.open(path, data_dir=tmp_path) as w:
        names = [r.name for r in w.customers.first_page(CustomerListQuery())]
        assert names == ["Ana Silva", "王秀英", "Weber Reisen GmbH"]
        ana = w.customers.get(w.customers.search("ana")[0].id)
        assert ana.phones[0].value == "+351912345678"
        assert dict(ana.custom) == {"Passport": "X123456"}
        assert ana.tags == ("VIP",)
        assert [i.text for i in w.customers.timeline(ana.id)] == ["Asked for Madeira"]
        assert [r.name for r in w.customers.search("wxy")] == ["王秀英"]
        by_city = w.customers.first_page(CustomerListQuery(sort=SortColumn.CITY))
        assert [r.name for r in by_city] == ["Ana Silva", "王秀英", "Weber Reisen GmbH"]
        with w._archive.reading() as c:
            assert c.execute("PRAGMA user_version").fetchone()[0] == schema.NEWEST
            assert c.execute(_HAS_CITY_ORDER).fetchone() == (1,)
        assert [b.reason for b in w.backups.all()] == ["migration"]
        w.history.undo()
        assert w.customers.timeline(ana.id) == []
        w.history.redo()
        weber = w.customers.search("weber")[0].id
        w.customers.update(ana.id, "organisation", "WEBER REISEN GmbH")
        assert [r.id for r in w.customers.related(ana.id).forward] == [weber]
        w.history.undo()
        assert w.customers.related(weber).backward == ()
        scan = w.documents.add(ana.id, b"scan", file_name="passport.txt")
        w.history.undo()
        w.history.redo()
        assert w.documents.bytes_of(w.documents.get(scan).current.id) == b"scan"
        assert w.backups.check().messages == ()


def _with_another_migration(monkeypatch: pytest.MonkeyPatch, *, fails: bool = False) -> None:
    """A program one version on, whose migration rebuilds a table that others refer to."""
    whole = schema.migrations

    def migrations() -> object:
        history = whole()

        @history(name=f"m{schema.NEWEST:04}_test")
        def newest(db: object) -> None:
            table = db["customer"]  # type: ignore[index]
            table.transform(defaults={"given_name": "?"})  # drops and makes the table anew
            table.add_column("nickname", str, not_null_default="")
            if fails:
                db.execute("DELETE FROM customer")  # type: ignore[attr-defined]

        return history

    monkeypatch.setattr(schema, "NEWEST", schema.NEWEST + 1)
    monkeypatch.setattr(schema, "migrations", migrations)


def _filled(path: Path, data: Path) -> None:
    with Workspace.open(path, create=True, data_dir=data) as w:
        w.customers.create(CustomerDraft(name="Ana", tags=("VIP",), custom=(("Seat", "window"),)))


def test_upgrade_backs_up_first_and_journals_the_new_column(
    archive_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _filled(archive_path, tmp_path)
    _with_another_migration(monkeypatch)
    with pytest.raises(EnvironmentProblem, match="older version"):
        Workspace.open(archive_path, read_only=True, data_dir=tmp_path)
    with Workspace.open(archive_path, data_dir=tmp_path) as w:
        assert "migration" in {b.reason for b in w.backups.all()}
        number = w.customers.search("ana")[0].id
        customer = w.customers.get(number)
        assert (customer.tags, dict(customer.custom)) == (("VIP",), {"Seat": "window"})
        w._archive.write(
            "Nickname", lambda c: c.execute("UPDATE customer SET nickname = 'Aninhas'") and None
        )
        w.history.undo()
        with w._archive.reading() as c:
            assert c.execute("SELECT nickname FROM customer").fetchone() == ("",)
        assert w.backups.check().messages == ()


def test_upgrade_that_would_break_references_changes_nothing(
    archive_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _filled(archive_path, tmp_path)
    with monkeypatch.context() as patched:
        _with_another_migration(patched, fails=True)
        with pytest.raises(EnvironmentProblem):
            Workspace.open(archive_path, data_dir=tmp_path)
    raw = connect(archive_path, read_only=True)
    assert raw.execute("PRAGMA user_version").fetchone()[0] == schema.NEWEST
    assert "nickname" not in [r[1] for r in raw.execute("PRAGMA table_info(customer)")]
    raw.close()
    with Workspace.open(archive_path, data_dir=tmp_path) as w:
        assert [r.name for r in w.customers.search("ana")] == ["Ana"]


def test_what_was_deleted_before_an_upgrade_comes_back_after_it(
    archive_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _filled(archive_path, tmp_path)
    with Workspace.open(archive_path, data_dir=tmp_path) as w:
        w.history.undo()  # Ana's row is gone; the journal knows it without the new column
    _with_another_migration(monkeypatch)
    with Workspace.open(archive_path, data_dir=tmp_path) as w:
        assert w.customers.count(CustomerListQuery()) == 0
        w.history.redo()
        (ana,) = w.customers.search("ana")
        assert w.customers.get(ana.id).tags == ("VIP",)
