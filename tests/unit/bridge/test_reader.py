"""Reading in a process of its own: every format, far corners, cancel, death."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sheet_files as files
from reading import read, read_apart

from crm_desktop.bridge.files.formats import load
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS
from crm_desktop.bridge.process.reader import Reader, ReadFailure
from crm_desktop.bridge.sheets.pipeline import Workbook
from crm_desktop.bridge.values.text import column_letter
from crm_desktop.domain.errors import Cancelled, UserError
from crm_desktop.domain.jobs import Job, Progress

TABLE: list[list[Any]] = [
    ["Lista de clientes", None, None, None],
    [],
    ["Nome", "Telemóvel", "Nascimento", "NIF"],
    ["Ana Silva", 912345678, dt.date(1980, 5, 12), 123456789],
    ["王秀英", "+86 138 0013 8000", dt.date(1975, 12, 31), None],
    [None, None, None, None],
    ["Rui Costa", "21 345 67 89", None, "AB-1"],
]


def write(kind: str, path: Path) -> None:
    if kind == "xlsx":
        files.write_xlsx(path, {"Clientes": TABLE})
    elif kind == "xls":
        files.write_xls(path, {"Clientes": TABLE})
    elif kind == "ods":
        files.write_ods(path, {"Clientes": TABLE})
    else:
        files.write_csv(path, TABLE, delimiter=";")


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "csv"])
def test_every_format_reads_the_same(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.dat"
    write(kind, path)
    found = read_apart(path)
    assert found.preview.format == kind
    sheet = found.preview.sheets[0]
    assert sheet.name == ("" if kind == "csv" else "Clientes")
    assert (sheet.plan.header_row, sheet.rows) == (3, 3)
    assert found.fields() == ["name", "phone", "birthday", "custom:NIF"]
    assert [row.row for row in found.all_rows] == [4, 5, 7]
    assert [d.name for d in found.drafts] == ["Ana Silva", "王秀英", "Rui Costa"]
    assert [d.contact_points[0].value for d in found.drafts] == [
        "+351912345678",
        "+8613800138000",
        "+351213456789",
    ]
    assert [d.birthday for d in found.drafts] == ["1980-05-12", "1975-12-31", None]
    assert [d.custom for d in found.drafts] == [(("NIF", "123456789"),), (), (("NIF", "AB-1"),)]
    raw = json.loads(found.all_rows[0].raw)
    number: Any = "912345678" if kind == "csv" else 912345678
    assert raw["B"] == number
    assert raw["C"] == "1980-05-12"
    assert sheet.cells[2] == ("Nome", "Telemóvel", "Nascimento", "NIF")
    assert sheet.cells[3][1] == "912345678"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8-sig", "João Ávila"),
        ("cp1252", "João Ávila"),
        ("utf-16", "João Ávila"),
        ("utf-16-le", "João Ávila"),
        ("gb18030", "王秀英"),
        ("big5", "陳雅婷"),
    ],
)
def test_csv_encodings(tmp_path: Path, encoding: str, name: str) -> None:
    path = tmp_path / "lista.csv"
    notes = "喜欢靠海的酒店，下午联系" if encoding == "gb18030" else "喜歡靠海的酒店，下午聯絡"
    if not encoding.startswith(("gb", "big")):
        notes = "Não atende à tarde; avó é sócia"
    rows = [["Name", "Phone", "Notes"], [name, "912345678", notes], ["Ana", "912345679", notes]]
    files.write_csv(path, rows, encoding=encoding, delimiter="\t")
    found = read(path)
    assert found.drafts[0].name == name
    assert found.drafts[0].notes == notes


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_delimiters(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "lista.csv"
    rows = [["Name", "Street", "Notes"], ["Ana", "Rua A, 5; 2|3", 'said "hi"\nand left']] * 3
    files.write_csv(path, rows, delimiter=delimiter)
    assert read(path).drafts[0].addresses[0].street == "Rua A, 5; 2|3"


def test_quotation_mark_that_is_only_a_letter(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    lines = [f'Ana {n};"meia noite;91200{n:04d}' for n in range(60)]
    path.write_text("\n".join(["Nome;Nota;Telefone", *lines]), encoding="utf-8")
    found = read(path)
    assert len(found.drafts) == 60
    assert found.drafts[7].name == "Ana 7"


def test_quotation_mark_that_is_never_closed(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    lines = [f"Ana {n};x;91200{n:04d}" for n in range(80_000)]
    lines[500] = 'Rui;"aberto;912000000'
    path.write_text("\n".join(["Nome;Nota;Telefone", *lines]), encoding="utf-8")
    with pytest.raises(UserError, match="never closed"):
        read(path)


def test_a_stray_cell_far_to_the_right_costs_nothing(make_xlsx: Callable[..., Path]) -> None:
    rows: list[list[Any]] = [["Nome", "Email"]]
    rows += [[f"Ana {n}", f"a{n}@example.org"] for n in range(500)]
    rows[250] = [*rows[250], *[None] * 9000, "perdida"]
    path = make_xlsx(rows)
    start = time.process_time()
    found = read(path)
    assert time.process_time() - start < 5
    assert found.drafts[249].custom == ((column_letter(9002), "perdida"),)
    assert len(found.drafts) == 500


def test_excels_sep_line(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    path.write_bytes(b"sep=;\r\nName;Phone\r\nAna;912345678\r\n")
    found = read(path)
    assert found.all_rows[0].row == 3
    assert found.drafts[0].name == "Ana"


def test_far_corner_is_read_without_asking_for_the_rectangle(tmp_path: Path) -> None:
    path = tmp_path / "hostile.xlsx"
    files.hostile_xlsx(path)
    assert path.stat().st_size < 5000
    found = read_apart(path)
    assert found.drafts[0].name == "Ana Silva"
    assert found.all_rows[-1].row == 1_048_576
    assert json.loads(found.all_rows[-1].raw) == {"XFD": 1}


def test_native_reader_that_dies_is_replaced_by_ours(tmp_path: Path) -> None:
    path = tmp_path / "hostile.xlsx"
    files.hostile_xlsx(path)
    # The scan is told to let everything pass: python-calamine aborts, and ours takes over.
    found = read_apart(path, limits=DEFAULT_LIMITS._replace(dense_cells=1 << 60))
    assert found.drafts[0].name == "Ana Silva"


def test_vast_repeated_cells_are_a_clear_sentence(tmp_path: Path) -> None:
    path = tmp_path / "hungry.ods"
    files.write_ods(path, {"A": [["Nome", "Telefone"], ["@@", "1"]]})
    cell, row = "<table:table-cell", "<table:table-row>"
    _replace_in_ods(path, cell, cell + ' table:number-columns-repeated="16000"')
    _replace_in_ods(path, row, row[:-1] + ' table:number-rows-repeated="1000000">')
    with pytest.raises(UserError, match=r"hungry\.ods"):
        read_apart(path, limits=DEFAULT_LIMITS._replace(memory=700 << 20))


def _replace_in_ods(path: Path, old: str, new: str) -> None:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["content.xml"] = members["content.xml"].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_sparse_reader_reads_what_the_native_one_reads(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    rows = [
        ["Name", "Birthday", "Since", "Amount", "Active", "Notes"],
        ["Ana", dt.date(1980, 5, 12), dt.datetime(2020, 1, 2, 3, 4, 5), 1.5, True, "a\nb"],
        ["  Rui ", None, None, 12345678901, False, "<&>"],
        [None, dt.date(2000, 2, 29), None, 0.1, None, None],
    ]
    files.write_xlsx(path, {"A": rows})
    source = load(path, None, DEFAULT_LIMITS)
    kinds = []
    for sparse in (False, True):
        book = Workbook(source, "PT", DEFAULT_LIMITS, sparse=sparse)
        preview = book.inspect(lambda _done, _total: None)
        plan = preview.sheets[0].plan
        kinds.append((preview, list(book.rows(plan, lambda _done, _total: None))))
    assert kinds[0] == kinds[1]


def test_left_and_upper_margins_keep_letters_and_numbers(make_xlsx: Callable[..., Path]) -> None:
    blank = [None] * 2
    path = make_xlsx([[], [], [*blank, "Nome", "Email"], [*blank, "Ana", "ana@example.org"]])
    found = read_apart(path)
    columns = found.preview.sheets[0].plan.columns
    assert [(c.index, c.column) for c in columns] == [(2, "C"), (3, "D")]
    assert found.all_rows[0].row == 4
    assert json.loads(found.all_rows[0].raw) == {"C": "Ana", "D": "ana@example.org"}


def test_moving_the_header_row(make_xlsx: Callable[..., Path]) -> None:
    path = make_xlsx([["Nome", "Email"], ["Apelido", "Telefone"], ["Silva", "912345678"]])
    with Reader(path, "PT") as reader:
        assert reader.inspect().sheets[0].plan.header_row == 1
        moved = reader.replan(0, 2)
        assert moved.plan.header_row == 2
        assert [c.field for c in moved.plan.columns] == ["family_name", "phone"]
        assert moved.rows == 1
        rows = [row for batch in reader.rows(moved.plan) for row in batch]
    assert [row.row for row in rows] == [3]


# --- the process ---------------------------------------------------------------------------------


@pytest.fixture
def long_csv(tmp_path: Path) -> Path:
    path = tmp_path / "long.csv"
    lines = [f"Ana {n},{912000000 + n},ana{n}@example.org\n" for n in range(20_000)]
    path.write_text("Nome,Telefone,Email\n" + "".join(lines), encoding="utf-8")
    return path


def _no_children() -> bool:
    return not [p for p in multiprocessing.active_children() if p.name == "spreadsheet-reader"]


def test_cancel_while_looking_through(long_csv: Path) -> None:
    job = Job()
    with Reader(long_csv, "PT") as reader:
        timer = threading.Timer(0.15, job.cancel)
        timer.start()
        start = time.monotonic()
        with pytest.raises(Cancelled):
            _inspect_for_ever(reader, job)
        assert time.monotonic() - start < 0.15 + 0.5
        assert _no_children()
        timer.join()


def _inspect_for_ever(reader: Reader, job: Job) -> None:
    while True:
        reader.inspect(job)


def test_cancel_while_rows_come(long_csv: Path) -> None:
    job = Job()
    with Reader(long_csv, "PT") as reader:
        plan = reader.inspect().sheets[0].plan
        rows = reader.rows(plan, job)
        next(rows)
        job.cancel()
        with pytest.raises(Cancelled):
            list(rows)
        assert _no_children()
        # The reader itself is still good: another question starts another process.
        assert len(next(reader.rows(plan))) == 1000


def test_progress_is_reported(long_csv: Path) -> None:
    seen: list[Progress] = []
    with Reader(long_csv, "PT") as reader:
        plan = reader.inspect(Job(seen.append, interval=0)).sheets[0].plan
        assert (
            sum(len(batch) for batch in reader.rows(plan, Job(seen.append, interval=0))) == 20_000
        )
    assert seen
    assert all("long.csv" in progress.phase for progress in seen)


def test_close_ends_the_process_at_once(long_csv: Path) -> None:
    reader = Reader(long_csv, "PT")
    preview = reader.inspect()
    next(reader.rows(preview.sheets[0].plan))
    start = time.monotonic()
    reader.close()
    assert time.monotonic() - start < 0.5
    assert _no_children()


def test_killed_process_is_a_clear_sentence(long_csv: Path) -> None:
    with Reader(long_csv, "PT") as reader:
        rows = reader.rows(reader.inspect().sheets[0].plan)
        next(rows)
        process = reader._process
        assert process is not None
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        with pytest.raises(UserError, match=r"long\.csv"):
            list(rows)


def test_silent_process_is_given_up(long_csv: Path) -> None:
    with Reader(long_csv, "PT") as reader:
        plan = reader.inspect().sheets[0].plan
        reader._limits = DEFAULT_LIMITS._replace(silence=0.3)
        process = reader._process
        assert process is not None
        assert process.pid is not None
        os.kill(process.pid, signal.SIGSTOP)
        with pytest.raises(UserError, match="too long"):
            list(reader.rows(plan))
        assert _no_children()


def test_child_ignores_ctrl_c_and_knows_no_qt(long_csv: Path) -> None:
    with Reader(long_csv, "PT") as reader:
        plan = reader.inspect().sheets[0].plan
        process = reader._process
        assert process is not None
        assert process.pid is not None
        os.kill(process.pid, signal.SIGINT)
        maps = Path(f"/proc/{process.pid}/maps").read_text(encoding="utf-8")
        assert "Qt6" not in maps
        assert "sqlcipher" not in maps
        assert sum(len(batch) for batch in reader.rows(plan)) == 20_000


def test_child_dies_with_its_parent(long_csv: Path) -> None:
    import subprocess
    import sys

    script = (
        "import sys, os, time; from pathlib import Path\n"
        "from crm_desktop.bridge.process.reader import Reader\n"
        "if __name__ == '__main__':\n"
        "    r = Reader(Path(sys.argv[1]), 'PT'); r.inspect()\n"
        "    print(r._process.pid, flush=True); os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(long_csv)], capture_output=True, text=True, check=False
    )
    child = int(done.stdout)
    deadline = time.monotonic() + 5
    while Path(f"/proc/{child}/cmdline").exists() and time.monotonic() < deadline:
        if not Path(f"/proc/{child}/cmdline").read_bytes():
            break  # a zombie nobody fetches in this container
        time.sleep(0.02)
    else:
        assert time.monotonic() < deadline


def test_another_header_row_of_a_file_that_was_not_looked_through_yet(tmp_path: Path) -> None:
    path = tmp_path / "clientes.xlsx"
    write("xlsx", path)
    with Reader(path, "PT") as reader:
        assert reader.replan(0, 4).plan.header_row == 4


def test_a_bug_of_ours_costs_this_file_alone_and_keeps_its_words_to_itself(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = (
        "Traceback (most recent call last):\n"
        '  File "/maria/crm_desktop/bridge/sheets/bands.py", line 75, in <listcomp>\n'
        "    names[customer]\n"
        "KeyError: 'Quitéria Vasconcelos'\n"
    )
    (tmp_path / "clientes.xlsx").write_bytes(b"PK")
    with Reader(tmp_path / "clientes.xlsx") as reader, pytest.raises(ReadFailure) as caught:
        reader._note("bug", text, Job())
    assert "clientes.xlsx" in str(caught.value)
    assert isinstance(caught.value, UserError), "a window with other files goes on with these"
    assert caught.value.details == text
    assert "bridge/sheets/bands.py:75 <listcomp>" in caplog.text
    assert "Quitéria" not in caplog.text
    assert "maria" not in caplog.text
