"""The reading process that waits for its file."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crm_desktop.bridge.process.limits import DEFAULT_LIMITS
from crm_desktop.bridge.process.practice import get_ready
from crm_desktop.bridge.process.reader import Reader, Spare
from crm_desktop.domain.errors import Cancelled
from crm_desktop.domain.imports import SheetPeek
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import choose_language
from crm_desktop.services.workspace import Workspace


@pytest.fixture
def long_csv(tmp_path: Path) -> Path:
    path = tmp_path / "long.csv"
    lines = [f"Ana {n},{912000000 + n},ana{n}@example.org\n" for n in range(20_000)]
    path.write_text("Nome,Telefone,Email\n" + "".join(lines), encoding="utf-8")
    return path


def ours() -> list[int]:
    return [p.pid or 0 for p in multiprocessing.active_children() if "spreadsheet" in p.name]


def test_a_made_up_table_goes_all_the_way() -> None:
    asked: list[bool] = []
    get_ready(lambda: bool(asked.append(False)))
    assert len(asked) > 3
    get_ready(lambda: True)  # an order has come: no more of it


def test_a_reader_takes_the_one_that_waits(long_csv: Path) -> None:
    spare = Spare()
    spare.prepare()
    spare.prepare()  # one is enough
    [waiting] = ours()
    with Reader(long_csv, "PT", spare=spare) as reader:
        assert reader.inspect().sheets[0].rows == 20_000
        assert ours() == [waiting]
    assert ours() == []
    spare.close()


def test_it_knows_neither_file_nor_language_before(long_csv: Path) -> None:
    spare = Spare()
    spare.prepare()
    choose_language("pt")
    with Reader(long_csv, "PT", spare=spare) as reader:
        preview = reader.inspect()
        rows = next(reader.rows(preview.sheets[0].plan))
    assert len(rows) == 1000
    missing = long_csv.with_name("cut.xlsx")
    missing.write_bytes(b"PK\x03\x04" + b"x" * 100)
    spare.prepare()
    with (
        Reader(missing, "PT", spare=spare) as reader,
        pytest.raises(Exception, match="danificado"),
    ):
        reader.inspect()
    spare.close()
    assert ours() == []


def test_others_caps_need_another_process(long_csv: Path) -> None:
    spare = Spare()
    spare.prepare()
    [waiting] = ours()
    limits = DEFAULT_LIMITS._replace(memory=1024 * 1024 * 1024)
    with Reader(long_csv, "PT", limits=limits, spare=spare) as reader:
        reader.inspect()
        assert len(ours()) == 2
    assert ours() == [waiting]
    spare.close()
    assert ours() == []


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of POSIX")
def test_one_that_died_is_not_missed(long_csv: Path) -> None:
    spare = Spare()
    spare.prepare()
    [waiting] = ours()
    os.kill(waiting, signal.SIGKILL)
    with Reader(long_csv, "PT", spare=spare) as reader:
        assert reader.inspect().sheets[0].rows == 20_000
    spare.close()
    assert ours() == []


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks into /proc")
def test_it_is_capped_and_holds_no_file(long_csv: Path) -> None:
    spare = Spare()
    spare.prepare()
    [waiting] = ours()
    proc = Path(f"/proc/{waiting}")
    end = time.monotonic() + 30
    capped = re.compile(rf"^Max address space\s+{DEFAULT_LIMITS.memory}\s", re.MULTILINE)
    while not capped.search((proc / "limits").read_text(encoding="ascii")):
        assert time.monotonic() < end
        time.sleep(0.05)
    held = [str(link.readlink()) for link in (proc / "fd").iterdir() if link.is_symlink()]
    assert not [name for name in held if name.startswith(str(long_csv.parent))]
    spare.close()


def test_it_ends_with_a_program_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import multiprocessing, os, signal, sys\n"
        "from crm_desktop.bridge.process.reader import Spare\n"
        "spare = Spare(); spare.prepare()\n"
        "print(multiprocessing.active_children()[0].pid, flush=True)\n"
        "sys.stdin.readline(); os._exit(9)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        pid = int(program.stdout.readline())
        program.communicate("\n", timeout=30)
    end = time.monotonic() + 30
    while _runs(pid):
        assert time.monotonic() < end
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"  # nobody here takes in orphans


def test_it_ends_with_the_archive(workspace: Workspace) -> None:
    assert ours() == []  # commands have none
    workspace.get_ready_to_import()
    assert len(ours()) == 1
    workspace.close(backup=False)
    assert ours() == []
    workspace.get_ready_to_import()
    assert ours() == []


def test_a_watched_question_is_shown_the_first_rows(long_csv: Path) -> None:
    job = Job()
    parts: list[object] = []
    job.watch(parts.append)
    with Reader(long_csv, "PT") as reader:
        reader.inspect(job)
        [seen] = parts
        assert isinstance(seen, SheetPeek)
        assert seen.cells[1][0] == "Ana 0"
        reader.inspect()  # nobody watches
        assert len(parts) == 1


def test_who_cancels_at_the_first_rows_leaves_nothing(long_csv: Path) -> None:
    job = Job()
    job.watch(lambda _part: job.cancel())
    with Reader(long_csv, "PT") as reader:
        with pytest.raises(Cancelled):
            reader.inspect(job)
        assert ours() == []
