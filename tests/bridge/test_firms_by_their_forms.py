"""Names of firms, known by their legal forms, and names of people who look alike."""

from __future__ import annotations

import pytest
from archives import PEOPLE, Bring

from crm_desktop.bridge.sheets.profile import is_organisation_name

FIRMS = [
    *("Blumen Vogt e.K.", "Blumen Vogt e. K.", "Blumen Vogt eK", "Blumen Vogt e.Kfr."),
    *("Tischlerei Huber e.U.", "Huber mbH", "Huber & Sohn GbR", "Huber UG (haftungsbeschränkt)"),
    *("EURL Martin", "Martin EURL", "Boulangerie Martin SASU", "SCI Les Lilas", "Martin & Cie"),
    *("Rossi Vini S.a.s.", "Rossi Vini S.n.c.", "Rossi Vini snc", "Rossi Vini S.r.l.s."),
    *("Bar Pepe S.L.U.", "Bar Pepe, C.B.", "Bar Pepe C.B.", "Aceites Sur S.A.U.", "Gil, S.C."),
    *("Mar Alto Unipessoal", "Mar Alto Unip. Lda", "Mar Alto SGPS", "Silva & Cia"),
    *("Padaria Luz EIRELI", "Padaria Luz ME", "Padaria Luz Ltda - ME", "Padaria Luz Ltda-EPP"),
    *("Padaria Luz S/A", "Wing Shun Trading Co.", "Wing Shun Co., Ltd", "Wing Shun Company"),
    *("Tan Huat Sdn Bhd", "Müller & Co"),
]  # fmt: skip
NOBODYS = ["Anna Ek", "Jose Co", "Ana Eu", "Earl Grey", "Chan Kam Sau", "CHAN KAM SAU", "Zé Me"]


@pytest.mark.parametrize("name", FIRMS)
def test_firms(name: str) -> None:
    assert is_organisation_name(name)


@pytest.mark.parametrize("name", NOBODYS)
def test_people(name: str) -> None:
    assert not is_organisation_name(name)


def test_one_firm_among_people_is_one(bring: Bring) -> None:
    names = [*PEOPLE, "Blumen Vogt e.K.", "Padaria Luz ME", "Anna Ek"]
    found = bring([["Nome", "Telefone"], *([n, f"91234567{i}"] for i, n in enumerate(names))])
    kinds = [found.by_name[name]["kind"] for name in names]
    assert kinds == [*["person"] * 4, "organisation", "organisation", "person"]
