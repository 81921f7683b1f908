"""The person served ranks above who answers for him, in any language and with any ending."""

from __future__ import annotations

import pytest

from crm_desktop.bridge.sheets.endings import without_gender
from crm_desktop.bridge.sheets.mapping import map_columns
from crm_desktop.bridge.sheets.neighbours import Column
from crm_desktop.bridge.sheets.profile import profile
from crm_desktop.bridge.sheets.synonyms import header_words

PUPILS = ("Ana Silva", "Rui Costa", "Eva Lima", "Ivo Reis")
PARENTS = ("Rosa Silva", "Nuno Costa", "Olga Lima", "Pia Reis")
PHONES = ("912345678", "913456789", "914567890", "915678901")


def _fields(*columns: tuple[str, tuple[str, ...]]) -> list[str]:
    made = [
        Column(place, header, profile(texts, ["PT"]), texts)
        for place, (header, texts) in enumerate(columns)
    ]
    return [mapping.field for mapping in map_columns(made)]


@pytest.mark.parametrize(
    ("served", "guardian"),
    [
        ("Alumno/a", "Padre/Madre/Tutor"),
        ("Alumno", "Padre/Madre/Tutor"),
        ("Alumna/o", "Tutor"),
        ("Alumno(a)", "Tutor/a"),
        ("Alumn@", "Padre, madre o tutor"),
        ("Socio/a", "Tutor legal"),
        ("Cliente/a", "Tutor(a)"),
        ("Nombre", "Tutor"),
        ("Alumno/a", "Responsable"),
        ("Paciente", "Nombre del tutor"),
        ("Allievo/a", "Genitore"),
        ("Allieva", "Tutore"),
        ("Schüler/in", "Erziehungsberechtigte/r"),
        ("Schüler:in", "Eltern"),
        ("Schüler*in", "Vater/Mutter"),
        ("SchülerIn", "Vormund"),
        ("Mitglied", "Eltern"),
        ("Kund:in", "Eltern"),
        ("Élève", "Parents"),
        ("Adhérent·e", "Responsable légal"),
        ("Adhérent(e)", "Tuteur"),
        ("Client.e", "Tutrice"),
        ("Aluno(a)", "Tutor"),
        ("Aluno", "Encarregado de Educação"),
        ("Utente", "Tutor"),
        ("Aluno(a)", "Responsável"),
        ("Sócio/a", "Responsável financeiro"),
        ("Nome", "Tutor"),
        ("Name", "Guardian"),
        ("Student", "Tutor"),
        ("Pupil", "Parent/Guardian"),
        ("Member", "Mother/Father"),
        ("学生", "监护人"),
        ("學員", "家長"),
        ("姓名", "父母"),
        ("生徒名", "保護者"),
        ("학생", "학부모"),
        ("Ученик", "Родитель"),
    ],
)
def test_guardians_do_not_take_the_name(served: str, guardian: str) -> None:
    pupil, parent, phone = (served, PUPILS), (guardian, PARENTS), ("Tel.", PHONES)
    assert _fields(pupil, parent, phone) == ["name", f"custom:{guardian}", "phone"]
    assert _fields(parent, phone, pupil) == [f"custom:{guardian}", "phone", "name"]


@pytest.mark.parametrize("guardian", ["Tutor", "Responsável", "Padre/Madre", "Guardian", "家长"])
def test_without_another_name_the_guardian_is_the_customer(guardian: str) -> None:
    assert _fields((guardian, PARENTS), ("Tel.", PHONES)) == ["name", "phone"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Alumno/a", "Alumno"),
        ("Alumnos/as", "Alumnos"),
        ("Alumn@s", "Alumnos"),
        ("Nascido/a em", "Nascido em"),
        ("Ne(e) le", "Ne(e) le"),
        ("Schuler/innen", "Schuler"),
        ("SchulerInnen", "Schuler"),
        ("Ansprechpartner/-in", "Ansprechpartner"),
        ("Erziehungsberechtigte(r)", "Erziehungsberechtigte"),
        ("Adherent·e·s", "Adherent"),
        ("Passager/ere", "Passager"),
    ],
)
def test_the_second_ending_goes(text: str, plain: str) -> None:
    assert without_gender(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "Phone/E-mail",
        "Telefone/e mail",
        "Mobile/email",
        "LinkedIn",
        "Check-in",
        "A/C",
        "Vitoria/ES",
        "Client/Agent",
        "ana@example.org",
        "Name (maiden)",
    ],
)
def test_what_is_no_ending_stays(text: str) -> None:
    assert without_gender(text) == text


def test_headers_are_folded_without_it() -> None:
    assert header_words("Inscrito/a ") == header_words("INSCRITO(A)") == "inscrito"
