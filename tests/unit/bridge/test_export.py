"""What is written is read back the same."""

from __future__ import annotations

import csv
import json
import os
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reading import read

from crm_desktop.bridge.export.own.reading import is_own_export, read_json
from crm_desktop.bridge.export.own.writing import customer_json
from crm_desktop.bridge.export.tables import write_csv, write_json, write_xlsx
from crm_desktop.bridge.values.text import tidy_line, tidy_text
from crm_desktop.domain.customers import (
    Address,
    ContactPoint,
    Customer,
    CustomerId,
    CustomerKind,
    Interaction,
    InteractionId,
    InteractionKind,
    Source,
    Stage,
)
from crm_desktop.domain.dossiers import Dossier
from crm_desktop.domain.errors import Cancelled, EnvironmentProblem, UserError
from crm_desktop.domain.jobs import Job

NOW = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)

ANA = Customer(
    CustomerId(3),
    CustomerKind.PERSON,
    "Ana Silva",
    "Ana",
    "Silva",
    "Mar Alto, Lda",
    Stage.CUSTOMER,
    "--05-12",
    'disse "olá"\ne saiu',
    (
        ContactPoint("phone", "912 345 678", "+351912345678", "mobile"),
        ContactPoint("phone", "pedir", None),
        ContactPoint("email", "Ana@X.org", "ana@x.org", "work"),
        ContactPoint("email", "errado", None),
        ContactPoint("im", "wx1", "wx1", "WeChat"),
    ),
    (Address("Rua A, 5", "1000-001", "Lisboa", "", "Portugal", "home"), Address(city="Faro")),
    ("VIP", "neve"),
    {"NIF": "=1+1", "Lugar": "janela"},
    (Source("clientes.xlsx", "Clientes", 4), Source("2015.xls", "A", 9)),
    NOW,
    NOW,
)
FIRM = Customer(CustomerId(4), CustomerKind.ORGANISATION, "海风贸易有限公司")


def test_the_json_object_of_a_customer() -> None:
    found = customer_json(Dossier(ANA))
    assert list(found)[:17] == [
        *("id", "kind", "name", "given_name", "family_name", "organisation", "phones", "emails"),
        *("ims", "addresses", "birthday", "notes", "tags", "stage", "custom", "sources"),
        "created_at",
    ]
    assert found["phones"] == [
        {"number": "+351912345678", "raw": "912 345 678", "label": "mobile"},
        {"number": None, "raw": "pedir", "label": ""},
    ]
    assert found["emails"][1] == {"address": "errado", "label": ""}
    assert found["sources"][0] == {"file": "clientes.xlsx", "sheet": "Clientes", "row": 4}
    assert json.loads(json.dumps(found)) == found


def test_json_comes_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    note = Interaction(InteractionId(1), ANA.id, InteractionKind.CALL, NOW, "ligou")
    assert write_json([Dossier(ANA, [note]), Dossier(FIRM)], path) == 2
    document = json.loads(path.read_text(encoding="utf-8"))
    assert (document["format"], document["version"]) == ("crm-desktop", 1)
    assert is_own_export(path)
    ana, firm = read_json(path)
    assert (ana.id, ana.sources, ana.created_at) == (3, ANA.sources, NOW)
    assert [(i.kind, i.at, i.text) for i in ana.interactions] == [("call", NOW, "ligou")]
    draft = ana.draft
    again = Customer(
        ANA.id,
        CustomerKind(draft.kind),
        *draft[:1],
        draft.given_name,
        draft.family_name,
        draft.organisation,
        Stage(draft.stage or ""),
        draft.birthday,
        draft.notes,
        draft.contact_points,
        draft.addresses,
        draft.tags,
        dict(draft.custom),
        ana.sources,
        ana.created_at,
        ana.updated_at,
    )
    assert again == ANA
    assert firm.draft.name == FIRM.name


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spacing=st.sampled_from([None, 1, 8]), ascii_only=st.booleans(), count=st.integers(0, 40))
def test_json_in_any_layout(tmp_path: Path, spacing: Any, ascii_only: bool, count: int) -> None:
    path = tmp_path / "x.json"
    people = [{**customer_json(Dossier(ANA)), "id": n, "notes": "é" * n * 50} for n in range(count)]
    document = {"version": 1, "extra": [1.5, {"a": None}], "format": "crm-desktop"}
    text = json.dumps(
        {**document, "customers": people, "z": 12}, indent=spacing, ensure_ascii=ascii_only
    )
    path.write_text(text, encoding="utf-8")
    found = list(read_json(path))
    assert [(c.id, c.draft.notes) for c in found] == [(p["id"], p["notes"]) for p in people]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"format": "other", "version": 1, "customers": []}', "not one that CRM Desktop wrote"),
        ('{"customers": []}', "not one that CRM Desktop wrote"),
        ('{"format": "crm-desktop", "version": 2, "customers": []}', "newer CRM Desktop"),
        ('{"format": "crm-desktop", "version": 1, "customers": [{"id"', "damaged"),
        ('{"format": "crm-desktop", "version": 1, "customers": [{"name": ""}]}', "Customer 1"),
        ('{"format": "crm-desktop", "version": 1, "customers": [7]}', "Customer 1"),
    ],
)
def test_json_that_is_not_ours(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=said):
        list(read_json(path))


def test_contents_are_read_a_piece_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    piece = bytes(range(256)) * 4096
    names = ["a" * 64, "b" * 64]

    def pieces() -> Iterator[bytes]:
        for _n in range(20):
            yield piece
            assert path.with_name(f".x.json.{os.getpid()}.part").stat().st_size > 0

    assert write_json([Dossier(FIRM)], path, contents=((name, pieces()) for name in names)) == 1
    assert list(json.loads(path.read_text("utf-8"))["contents"]) == names
    found: dict[str, int] = {}

    def take(name: str, given: Iterator[bytes]) -> None:
        found[name] = sum(one == piece for one in given)

    tracemalloc.start()
    assert [one.id for one in read_json(path, take)] == [FIRM.id]
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == dict.fromkeys(names, 20)
    assert most < 12 * len(piece)  # of forty
    # Nobody has to use a content up, and the customers are read without any.
    assert [one.id for one in read_json(path, lambda _name, _pieces: None)] == [FIRM.id]
    assert [one.id for one in read_json(path)] == [FIRM.id]


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_tables_come_back_the_same(tmp_path: Path, write: Any) -> None:
    path = tmp_path / "out.dat"
    assert write([ANA, FIRM], path, custom_fields=["Lugar", "nobody's"]) == 2
    found = read(path)
    ana, firm = found.drafts
    assert ana[:7] == (
        *("Ana Silva", "person", "Ana", "Silva", "Mar Alto, Lda", "customer", "--05-12"),
    )
    assert ana.notes == ANA.notes
    assert {p.value for p in ana.contact_points} == {p.value for p in ANA.contact_points}
    assert {p.raw for p in ana.contact_points if not p.value} == {"pedir", "errado"}
    assert ana.addresses[0] == Address("Rua A, 5", "1000-001", "Lisboa", "", "Portugal")
    assert ana.tags == ANA.tags
    assert dict(ana.custom) == ANA.custom
    assert (firm.kind, firm.name) == ("organisation", FIRM.name)


def test_formulas_stay_text(tmp_path: Path) -> None:
    import zipfile

    write_xlsx([ANA], tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    write_csv([ANA], tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert "'=1+1" in rows[1]
    assert "+351912345678" in rows[1][4:6]
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")


line = st.text(st.characters(codec="utf-8", exclude_characters="_"), max_size=10).map(tidy_line)
lines = st.text(st.characters(codec="utf-8", exclude_characters="_"), max_size=20).map(tidy_text)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(people=[(",x", "", "", "", "")], write=write_csv)
@given(
    people=st.lists(st.tuples(line, line, lines, lines, line), min_size=1, max_size=7),
    write=st.sampled_from([write_xlsx, write_csv]),
)
def test_any_text_comes_back(tmp_path: Path, people: list[tuple[str, ...]], write: Any) -> None:
    path = tmp_path / "p.dat"
    customers = [
        Customer(
            CustomerId(n),
            CustomerKind.PERSON,
            f"Ana {n} {street}".strip(),
            notes=notes,
            addresses=(Address(street and f"Rua {street}", "", city and f"Vila {city}"),),
            # Words that are surely text: an own field of nothing but "x" says yes.
            custom={"Zona livre": free and f"qz {free}", "Outra": f"qz{other}"},
        )
        for n, (street, city, notes, free, other) in enumerate(people)
    ]
    write(customers, path)
    found = read(path).drafts
    assert [d.name for d in found] == [tidy_line(c.name) for c in customers]
    assert [d.notes for d in found] == [c.notes for c in customers]
    for draft, customer in zip(found, customers, strict=True):
        street, city = customer.addresses[0].street, customer.addresses[0].city
        expected = (Address(street, "", city),) if street or city else ()
        assert draft.addresses == expected
        assert dict(draft.custom) == {k: tidy_text(v) for k, v in customer.custom.items() if v}


# --- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [write_json, write_xlsx, write_csv])
def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path, write: Any) -> None:
    path = tmp_path / "out.dat"
    path.write_text("old", encoding="utf-8")
    job = Job()

    wrap: Any = Dossier if write is write_json else lambda customer: customer

    def people() -> Iterator[Any]:
        yield wrap(ANA)
        job.cancel()
        for _n in range(500):
            yield wrap(FIRM)

    with pytest.raises(Cancelled):
        write(people(), path, job=job)
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.dat"]


@pytest.mark.parametrize("write", [write_json, write_xlsx, write_csv])
def test_a_target_that_cannot_be_written(tmp_path: Path, write: Any) -> None:
    with pytest.raises(EnvironmentProblem, match=r"out\.dat") as caught:
        write([Dossier(ANA) if write is write_json else ANA], tmp_path / "nowhere" / "out.dat")
    assert caught.value.remedy


def test_nobody_is_a_file_too(tmp_path: Path) -> None:
    for write in (write_xlsx, write_csv):
        assert write([], tmp_path / "none.dat") == 0
        assert read(tmp_path / "none.dat").drafts == []
    assert write_json([], tmp_path / "none.json") == 0
    assert list(read_json(tmp_path / "none.json")) == []
