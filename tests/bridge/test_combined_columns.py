"""Columns that hold several things in each cell, and the fields that they feed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import sheet_files
from archives import Imported, import_file

from crm_desktop.domain.fields import Compound
from crm_desktop.services.imports.options import ImportOptions
from crm_desktop.services.workspace import Workspace


def imported(
    workspace: Workspace, tmp_path: Path, rows: Sequence[Sequence[Any]], mapping: Any = None
) -> Imported:
    path = tmp_path / "clientes.xlsx"
    sheet_files.write_xlsx(path, {"Folha1": rows})
    if mapping is None:
        return import_file(workspace, path)
    options = ImportOptions(mapping=mapping)
    return Imported(workspace, workspace.imports.import_files([path], options=options))


def told(found: Imported) -> list[tuple[str, Compound | None]]:
    return [(c.field, c.compound) for c in found.sheets[0].columns]


@pytest.mark.parametrize("header", ["Nome", "Contacto", "Cliente", "Telefone"])
def test_name_and_phone(workspace: Workspace, tmp_path: Path, header: str) -> None:
    found = imported(
        workspace,
        tmp_path,
        [
            [header, "Cidade"],
            ["Ana Silva - 912 345 678", "Porto"],
            ["Rui Costa (213 456 789)", "Faro"],
            ["Eva Lima 934567890", "Braga"],
            ["Ivo Reis", "Beja"],
        ],
    )
    assert found.names == ["Ana Silva", "Rui Costa", "Eva Lima", "Ivo Reis"]
    assert [found.phones(n) for n in found.names] == [
        ["+351912345678"],
        ["+351213456789"],
        ["+351934567890"],
        [],
    ]
    assert found.sheets[0].columns[0].compound is Compound.NAME_PHONE
    assert found.sheets[0].problem_count == 0


@pytest.mark.parametrize("header", ["联系人", "客户", "姓名", "联系方式"])
def test_chinese_name_and_phone(workspace: Workspace, tmp_path: Path, header: str) -> None:
    workspace.settings.set_home_country("CN")
    found = imported(
        workspace,
        tmp_path,
        [
            [header, "城市"],
            ["王秀英 13800138000", "北京"],
            ["李伟13900139000", "上海"],
            ["张丽(手机:13700137000)", "深圳"],
        ],
    )
    assert found.names == ["王秀英", "李伟", "张丽"]
    assert [found.phones(n) for n in found.names] == [
        ["+8613800138000"],
        ["+8613900139000"],
        ["+8613700137000"],
    ]


def test_a_contact_of_firms(workspace: Workspace, tmp_path: Path) -> None:
    found = imported(
        workspace,
        tmp_path,
        [
            ["Empresa", "Contacto"],
            ["Mar Alto, Lda", "Ana Silva 912345678"],
            ["Sol Posto, Lda", "Rui Costa 913456789"],
            ["Boa Vista, SA", "Eva Lima 914567890"],
        ],
    )
    assert [(c["name"], c["organisation"], c["kind"]) for c in found.customers] == [
        ("Ana Silva", "Mar Alto, Lda", "person"),
        ("Rui Costa", "Sol Posto, Lda", "person"),
        ("Eva Lima", "Boa Vista, SA", "person"),
    ]
    assert found.phones("Eva Lima") == ["+351914567890"]


def test_beside_a_column_of_names_the_cell_stays_whole(
    workspace: Workspace, tmp_path: Path
) -> None:
    found = imported(
        workspace,
        tmp_path,
        [
            ["Nome", "Vendedor"],
            ["Ana Silva", "Zé Dias 912345678"],
            ["Rui Costa", "Zé Dias 912345678"],
            ["Eva Lima", "Isa Melo 914567890"],
        ],
    )
    assert told(found) == [("name", None), ("custom:Vendedor", None)]
    assert [c["custom"] for c in found.customers] == [
        {"Vendedor": "Zé Dias 912345678"},
        {"Vendedor": "Zé Dias 912345678"},
        {"Vendedor": "Isa Melo 914567890"},
    ]


@pytest.mark.parametrize("header", ["E-mail", "Contacto", "Cliente"])
def test_name_and_email(workspace: Workspace, tmp_path: Path, header: str) -> None:
    found = imported(
        workspace,
        tmp_path,
        [
            [header, "Cidade"],
            ["Ana Silva <ana@example.org>", "Porto"],
            ["Rui Costa <rui@example.org>", "Faro"],
            ["eva@example.org (Eva Lima)", "Braga"],
        ],
    )
    assert [(c["name"], [e["address"] for e in c["emails"]]) for c in found.customers] == [
        ("Ana Silva", ["ana@example.org"]),
        ("Rui Costa", ["rui@example.org"]),
        ("Eva Lima", ["eva@example.org"]),
    ]


def test_name_phone_and_email(workspace: Workspace, tmp_path: Path) -> None:
    found = imported(
        workspace,
        tmp_path,
        [
            ["Dados", "Cidade"],
            ["Ana Silva; 912345678; ana@example.org", "Porto"],
            ["Rui Costa; 913456789; rui@example.org", "Faro"],
            ["Eva Lima; 914567890; eva@example.org", "Beja"],
            *(
                [f"Ivo Reis {c}; 91234569{i}; ivo{i}@example.org", "Ovar"]
                for i, c in enumerate("ABCDEF")
            ),
            ["a senhora da loja ao fundo da rua 912 345 670", "Beja"],
        ],
    )
    assert told(found)[0] == ("phone", Compound.NAME_PHONE_EMAIL)
    assert found.names[:3] == ["Ana Silva", "Rui Costa", "Eva Lima"]
    assert found.phones("Rui Costa") == ["+351913456789"]
    assert found.by_name["Rui Costa"]["emails"] == [{"address": "rui@example.org", "label": ""}]
    # What cannot be taken apart is kept whole, as a number with words beside it.
    assert found.customers[-1]["phones"][0]["number"] == "+351912345670"


def test_phone_and_email_beside_a_name(workspace: Workspace, tmp_path: Path) -> None:
    found = imported(
        workspace,
        tmp_path,
        [
            ["Nome", "Contactos"],
            ["Ana Silva", "912345678 / ana@example.org"],
            ["Rui Costa", "rui@example.org; 913456789"],
            ["Eva Lima", "914567890 eva@example.org"],
        ],
    )
    assert [
        (found.phones(c["name"]), [e["address"] for e in c["emails"]]) for c in found.customers
    ] == [
        (["+351912345678"], ["ana@example.org"]),
        (["+351913456789"], ["rui@example.org"]),
        (["+351914567890"], ["eva@example.org"]),
    ]


def test_a_whole_address(workspace: Workspace, tmp_path: Path) -> None:
    found = imported(
        workspace,
        tmp_path,
        [
            ["Nome", "Morada"],
            ["Ana Silva", "Rua X 5, 1000-001 Lisboa"],
            ["Rui Costa", "Av. Central, 12 - 2º Dto, 4000-123 Porto"],
            ["Eva Lima", "ao pé da igreja"],
        ],
    )
    parts = ("street", "postcode", "city")
    assert [[c["addresses"][0][p] for p in parts] for c in found.customers] == [
        ["Rua X 5", "1000-001", "Lisboa"],
        ["Av. Central, 12 - 2º Dto", "4000-123", "Porto"],
        ["ao pé da igreja", "", ""],
    ]
    assert told(found)[1] == ("street", Compound.ADDRESS)


def test_a_whole_chinese_address(workspace: Workspace, tmp_path: Path) -> None:
    workspace.settings.set_home_country("CN")
    found = imported(
        workspace,
        tmp_path,
        [
            ["姓名", "地址"],
            ["王秀英", "广东省深圳市南山区科技路5号"],
            ["李伟", "北京市朝阳区建国路88号"],
        ],
    )
    parts = ("region", "city", "street")
    assert [[c["addresses"][0][p] for p in parts] for c in found.customers] == [
        ["广东省", "深圳市", "南山区科技路5号"],
        ["", "北京市", "朝阳区建国路88号"],
    ]


def test_beside_a_column_of_cities_an_address_stays_whole(
    workspace: Workspace, tmp_path: Path
) -> None:
    found = imported(
        workspace,
        tmp_path,
        [
            ["Nome", "Morada", "Localidade"],
            ["Ana Silva", "Rua X 5, 1000-001 Lisboa", "Lisboa"],
            ["Rui Costa", "Rua Y 7, 4000-123 Porto", "Porto"],
        ],
    )
    assert [c["addresses"][0]["street"] for c in found.customers] == [
        "Rua X 5, 1000-001 Lisboa",
        "Rua Y 7, 4000-123 Porto",
    ]


def test_a_mapping_that_names_one_field_has_the_cell_whole(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [
        ["Nome", "Morada"],
        ["Ana Silva", "Rua X 5, 1000-001 Lisboa"],
        ["Rui Costa", "Rua Y 7, 4000-123 Porto"],
    ]
    found = imported(workspace, tmp_path, rows, {"columns": {"Morada": "street"}})
    assert [c["addresses"][0]["street"] for c in found.customers] == [r[1] for r in rows[1:]]
    assert [c["addresses"][0]["city"] for c in found.customers] == ["", ""]


def test_the_row_as_it_stood_is_kept(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["Nome", "Cidade"],
        ["Ana Silva 912345678", "Porto"],
        ["Rui Costa 913456789", "Faro"],
        ["Nome", "Cidade"],
    ]
    found = imported(workspace, tmp_path, rows)
    texts = [o.text for c in found.customers for o in workspace.customers.origins(c["id"])]
    assert texts == ["Ana Silva 912345678", "Porto", "Rui Costa 913456789", "Faro"]
    assert found.left_out() == [4]
