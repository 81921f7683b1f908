"""Numbers of mothers, fathers and guardians in lists of children, in many languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from opened import Read, points

NUMBERS = {"PT": "91234567{}", "ES": "61234567{}", "CN": "1380013800{}", "GB": "0740021011{}"}


def read(tmp_path: Path, country: str, *headers: str) -> Read:
    """A list whose columns behind the name all hold numbers."""
    lines = [",".join(headers)]
    for n, name in enumerate(("Ana Reis", "Rui Costa", "Eva Sousa", "Ivo Lima")):
        cells = [NUMBERS[country].format(n + 4 * (at % 2)) for at in range(1, len(headers))]
        lines.append(",".join([name, *cells]))
    path = tmp_path / "list.csv"
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return Read(path, country)


@pytest.mark.parametrize(
    ("country", "name", "header", "label"),
    [
        ("PT", "Aluno", "Tel. mãe", "mãe"),
        ("PT", "Aluno", "TELEMÓVEL DO PAI", "pai"),
        ("PT", "Aluno", "Cel. mãe", "mãe"),
        ("PT", "Aluno", "Contacto mãe", "mãe"),
        ("GB", "Pupil", "Mother's phone", "mother"),
        ("GB", "Pupil", "Mob. dad", "dad"),
        ("GB", "Pupil", "Phone (mother)", "mother"),
        ("ES", "Alumno", "Tfno. madre", "madre"),
        ("ES", "Élève", "Portable du père", "père"),
        ("ES", "Schüler", "Handy Mutter", "Mutter"),
        ("ES", "Schüler", "Tel. Vater", "Vater"),
        ("CN", "学生姓名", "妈妈电话", "妈妈"),
        ("CN", "学生姓名", "父亲手机", "父亲"),
    ],
)
def test_a_relatives_number_is_a_phone_labelled_so(
    tmp_path: Path, country: str, name: str, header: str, label: str
) -> None:
    found = read(tmp_path, country, name, header)
    assert [point[0::2] for point in points(found.drafts[0])] == [("phone", label)]


@pytest.mark.parametrize(
    ("country", "headers"),
    [
        ("PT", ("Aluno", "Telemóvel", "Tel. mãe")),
        ("GB", ("Pupil", "Mobile", "Mother's phone")),
        ("ES", ("Alumno", "Móvil", "Tel. madre")),
        ("ES", ("Schüler", "Handy", "Handy Mutter")),
        ("CN", ("学生姓名", "手机", "妈妈电话")),
    ],
)
def test_beside_the_customers_own_phone_it_is_a_field(
    tmp_path: Path, country: str, headers: tuple[str, ...]
) -> None:
    draft = read(tmp_path, country, *headers).drafts[0]
    assert len(points(draft)) == 1
    assert [name for name, _value in draft.custom] == [headers[2]]


@pytest.mark.parametrize(
    "header",
    """Cel. responsável|Telem. encarregado|Tlm. encarregado|Mob. guardian|
    Tfno. tutor|Móv. tutor|Hdy. Eltern|Tel. responsável""".replace("\n    ", "").split("|"),
)
def test_words_cut_short_before_a_role_are_phones(tmp_path: Path, header: str) -> None:
    found = read(tmp_path, "PT", "Aluno", header, "Tel. mãe")
    assert found.columns[header].startswith("phone")
    assert found.columns["Tel. mãe"] == "phone/mãe"
