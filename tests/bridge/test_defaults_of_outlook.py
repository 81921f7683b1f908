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
