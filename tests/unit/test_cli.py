"""The commands as a shell calls them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crm_desktop.assets import resource
from crm_desktop.domain.customers import CustomerId
from crm_desktop.services.workspace import Workspace

SAMPLE = resource("sample", "clientes.xlsx")


def run(*arguments: object, status: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "crm_desktop", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "LANGUAGE": "en", "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    if status == 1:
        assert len(done.stderr.splitlines()) == 1
        assert done.stdout == ""
    return done


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "firm.crm"
    done = run("import", path, SAMPLE, "--country", "PT", "--json")
    document = json.loads(done.stdout)
    assert set(document) == {"batch", "files", "firm", "relations"}
    for sheet in document["files"][0]["sheets"]:
        counted = sheet["created"] + sheet["updated"] + sheet["merged"] + len(sheet["left_out"])
        assert sheet["rows"] == counted
        assert {"sheet", "header_row", "columns", "problems"} <= set(sheet)
        assert {"column", "header", "field", "confidence"} <= set(sheet["columns"][0])
    return path


def test_search_and_show(archive: Path) -> None:
    found = json.loads(run("search", archive, "silva", "--limit", "3", "--json").stdout)
    assert len(found) == 3
    assert list(found[0]) == ["id", "name", "organisation", "phone", "email", "city"]
    shown = json.loads(run("show", archive, found[0]["id"], "--json").stdout)
    assert shown["name"] == found[0]["name"]
    assert shown["sources"][0]["file"] == "clientes.xlsx"
    assert json.loads(run("search", archive, "qqqqq", "--json").stdout) == []
    assert "Nobody" in run("search", archive, "qqqqq").stdout


def test_export_and_import_give_an_equal_archive(archive: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    run("export", archive, first)
    run("import", tmp_path / "other.crm", first)
    run("export", tmp_path / "other.crm", second)
    assert json.loads(first.read_text("utf-8")) == json.loads(second.read_text("utf-8"))
    for suffix in ("xlsx", "csv"):
        run("export", archive, tmp_path / f"out.{suffix}")
        assert (tmp_path / f"out.{suffix}").stat().st_size > 1000


def test_the_trash_goes_along_where_it_is_asked_for(archive: Path, tmp_path: Path) -> None:
    run("import", tmp_path / "a.crm", SAMPLE, "--country", "PT")
    with Workspace.open(tmp_path / "a.crm", data_dir=tmp_path) as opened:
        opened.customers.delete([CustomerId(2)])
    run("export", tmp_path / "a.crm", tmp_path / "live.json")
    run("export", tmp_path / "a.crm", tmp_path / "all.json", "--trash")
    live, everybody = (
        json.loads((tmp_path / name).read_text("utf-8"))["customers"]
        for name in ("live.json", "all.json")
    )
    assert [one["id"] for one in everybody if "deleted_at" in one] == [2]
    assert [one for one in everybody if "deleted_at" not in one] == live
    refused = run("export", tmp_path / "a.crm", tmp_path / "all.csv", "--trash", status=1)
    assert ".json" in refused.stderr


def test_pictures_come_in_and_are_shown(tmp_path: Path) -> None:
    from PIL import Image
    from xlsxwriter import Workbook

    picture = tmp_path / "image1.png"
    Image.new("RGB", (8, 8), "red").save(picture)
    with Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        for i, row in enumerate((("Nome", "Telefone", "Foto"), ("Ana Silva", "912345678", ""))):
            sheet.write_row(i, 0, row)
        sheet.insert_image("C2", str(picture))
    own = tmp_path / "a.crm"
    looked = json.loads(run("import", own, tmp_path / "a.xlsx", "--dry-run", "--json").stdout)
    assert looked["files"][0]["sheets"][0]["documents"] == 1
    assert "1 picture became a document" in run("import", own, tmp_path / "a.xlsx").stdout
    [listed] = json.loads(run("show", own, 1, "--json").stdout)["documents"]
    assert listed["name"] == "Foto (a.xlsx, row 2)"
    assert (listed["media_type"], listed["size"]) == ("image/png", picture.stat().st_size)
    assert "documents:" in run("show", own, 1).stdout
    assert "sound" in run("check", own).stdout
    run("undo", own)
    run("show", own, 1, status=1)


def test_print(archive: Path, tmp_path: Path) -> None:
    run("print", archive, 1, 2, "-o", tmp_path / "two.pdf")
    assert (tmp_path / "two.pdf").read_bytes().startswith(b"%PDF")
    run("print", archive, 99_999, "-o", tmp_path / "none.pdf", status=1)
    run("print", archive, "-o", tmp_path / "none.pdf", status=2)
    assert not (tmp_path / "none.pdf").exists()


def test_undo_history_backup_restore_check(archive: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.crm"
    assert run("backup", archive, own).stdout.strip() == str(own)
    assert "sound" in run("check", own).stdout
    assert "Import clientes.xlsx" in run("history", own).stdout
    assert "Import clientes.xlsx" in run("undo", own).stdout
    assert json.loads(run("search", own, "silva", "--json").stdout) == []
    assert json.loads(run("history", own, "--json").stdout)[0]["kind"] == "undo"
    run("undo", own, status=1)
    copy = tmp_path / "copy.crm"
    run("backup", archive, copy)
    assert "kept as" in run("restore", own, copy).stdout
    assert json.loads(run("search", own, "silva", "--json").stdout)
    assert run("restore", own, "--list").stdout.count("\n") >= 1


def test_dry_run_makes_no_archive(tmp_path: Path) -> None:
    said = run("import", tmp_path / "a.crm", SAMPLE, "--dry-run", "--json").stdout
    assert json.loads(said)["batch"] is None
    assert list(tmp_path.iterdir()) == []


def test_mapping_and_password_files(tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"columns": {"Observações": "custom:Remarks"}}', encoding="utf-8")
    done = run("import", tmp_path / "a.crm", SAMPLE, "--mapping", mapping, "--json")
    fields = {
        c["header"]: c["field"]
        for s in json.loads(done.stdout)["files"][0]["sheets"]
        for c in s["columns"]
    }
    assert "custom:Remarks" in fields.values()
    mapping.write_text("{", encoding="utf-8")
    run("import", tmp_path / "b.crm", SAMPLE, "--mapping", mapping, status=1)
    run("import", tmp_path / "b.crm", SAMPLE, "--password-file", tmp_path / "no", status=1)
    assert not (tmp_path / "b.crm").exists()


@pytest.mark.parametrize("command", ["search", "show", "undo", "history", "check", "backup"])
def test_missing_archive_is_one_clear_line(tmp_path: Path, command: str) -> None:
    more = {"search": ["x"], "show": ["1"]}.get(command, [])
    done = run(command, tmp_path / "none.crm", *more, status=1)
    assert "There is no archive" in done.stderr


def test_bad_files_are_one_clear_line_and_make_no_archive(tmp_path: Path) -> None:
    (tmp_path / "empty.xlsx").write_bytes(b"")
    (tmp_path / "cut.xlsx").write_bytes(SAMPLE.read_bytes()[:4000])
    (tmp_path / "photo.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 500)
    for name in ("missing.xlsx", "empty.xlsx", "cut.xlsx", "photo.xlsx", "."):
        run("import", tmp_path / "a.crm", tmp_path / name, status=1)
    assert not list(tmp_path.glob("a.crm*"))


def test_wrong_calls_are_usage(tmp_path: Path) -> None:
    run("import", tmp_path / "a.crm", status=2)
    run("search", status=2)
    run("show", tmp_path / "a.crm", "abc", status=2)
    assert "import" in run("--help").stdout
    assert "crm-desktop" in run("--version").stdout


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that nobody may write to")
def test_no_permission(tmp_path: Path, archive: Path) -> None:
    # Root may write anywhere but into the kernel's own folders.
    closed = Path("/proc") if os.geteuid() == 0 else tmp_path
    tmp_path.chmod(0o500)
    assert "cannot be written" in run("import", closed / "a.crm", SAMPLE, status=1).stderr
    run("export", archive, closed / "out.csv", status=1)
    run("print", archive, "1", "-o", closed / "out.pdf", status=1)
    run("backup", archive, closed / "out.crm", status=1)
    tmp_path.chmod(0o700)


def test_lookup_prints_the_card_where_no_window_is_open(archive: Path) -> None:
    found = json.loads(run("search", archive, "silva", "--limit", "1", "--json").stdout)[0]
    said = run("lookup", "--archive", archive, found["phone"]).stdout
    assert found["name"] in said
    document = json.loads(run("lookup", "--archive", archive, found["phone"], "--json").stdout)
    assert document["card"]["id"] == found["id"]
    assert document["hits"][0]["match"] == "number"
    assert document["number"] == found["phone"]
    nobody = run("lookup", "--archive", archive, "tel:+351000000000").stdout
    assert "Nobody" in nobody
    several = run("lookup", "--archive", archive, "silva").stdout.splitlines()
    assert len(several) > 1
    run("lookup", "5678", status=1)  # no archive was ever opened
    run("lookup", "--archive", archive.parent / "no.crm", "5678", status=1)
