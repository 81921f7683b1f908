"""What Outlook puts into every row of its exports by itself."""

from __future__ import annotations

import pytest
from archives import Bring

ENGLISH = (
    [
        *("First Name", "Last Name", "E-mail Address", "E-mail Type", "Anniversary", "Gender"),
        *("Initials", "Priority", "Private", "Sensitivity"),
    ],
    ["SMTP", "0/0/00", "Unspecified", "A.S.", "Normal", "False", "Normal"],
)
GERMAN = (
    [
        *("Vorname", "Nachname", "E-Mail-Adresse", "E-Mail-Typ", "Jahrestag", "Geschlecht"),
        *("Initialen", "Priorität", "Privat", "Vertraulichkeit"),
    ],
    ["SMTP", "0.0.00", "Keine Angabe", "A.S.", "Normal", "Aus", "Normal"],
)


@pytest.mark.parametrize(("header", "defaults"), [ENGLISH, GERMAN])
def test_they_feed_nothing(bring: Bring, header: list[str], defaults: list[str]) -> None:
    rows = [["Ana", "Silva", "ana@example.com"], ["Rui", "Costa", "rui@example.com"]]
    found = bring([header, *([*row, *defaults] for row in rows)])

    assert found.names == ["Ana Silva", "Rui Costa"]
    assert not any(c["custom"] or c["birthday"] for c in found.customers)
    assert set(list(found.fields().values())[3:]) == {"skip"}
    assert all(set(defaults) <= set(texts) for texts in found.origins)


def test_what_somebody_chose_is_kept(bring: Bring) -> None:
    header, defaults = ENGLISH
    urgent = [*defaults[:4], "High", *defaults[5:]]
    rows = [["Ana", "Silva", "ana@example.com", *urgent], ["Rui", "Costa", "r@x.pt", *defaults]]
    found = bring([header, *rows])
    assert [c["custom"] for c in found.customers] == [{"Priority": "High"}, {"Priority": "Normal"}]


@pytest.mark.parametrize(
    "header",
    [
        ("First Name", "Last Name", "E-mail Address", "E-mail Display Name"),
        ("Vorname", "Nachname", "E-Mail-Adresse", "E-Mail: Angezeigter Name"),
        ("Nome", "Apelido", "E-mail", "Nome a apresentar do e-mail"),
        ("名", "姓", "电子邮件地址", "电子邮件显示名称"),
    ],
)
def test_a_displayed_name_that_repeats_the_others_is_no_field(
    bring: Bring, header: tuple[str, ...]
) -> None:
    people = [["Ana", "Silva", "ana@example.com"], ["Rui", "Costa", "rui@example.com"]]
    shown = ["Ana Silva (ana@example.com)", "Costa, Rui"]
    rows = [[*person, said] for person, said in zip(people, shown, strict=True)]
    assert [c["custom"] for c in bring([header, *rows]).customers] == [{}, {}]


def test_a_displayed_name_that_says_more_is_kept(bring: Bring) -> None:
    header = ["First Name", "Last Name", "E-mail Address", "E-mail Display Name"]
    rows = [["Ana", "Silva", "ana@example.com", "Ana Silva (Café Sol)"]]
    rows += [["Rui", "Costa", "rui@example.com", "Rui Costa"]]
    assert bring([header, *rows]).customers[0]["custom"] == {header[3]: rows[0][3]}
